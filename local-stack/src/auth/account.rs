//! `GET /user`, `PUT /user`, `POST /logout`: what a signed-in user does with the account.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use deadpool_postgres::Transaction;
use serde::Deserialize;
use serde_json::{Map, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use super::answer::{Answered, AuthError, ok};
use super::codes::{self, Kind};
use super::mailbox::Mail;
use super::request::Parts;
use super::token::Bearer;
use super::users::{User, identities, not_found};
use super::{body, mail, password};
use crate::shared::Context;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Change {
    email: Option<String>,
    phone: Option<String>,
    password: Option<String>,
    nonce: String,
    data: Option<Map<String, Value>>,
    app_metadata: Option<Map<String, Value>>,
}

/// The user object.
pub(super) async fn show(tx: &Transaction<'_>, id: Uuid) -> Answered {
    let user = User::by_id(tx, id).await?.ok_or_else(not_found)?;
    Ok(ok(&user.json(identities(tx, id).await?)))
}

/// `PUT /user`. The mails go into the mailbox after the commit.
pub(super) async fn change(
    context: &Context,
    tx: &Transaction<'_>,
    bearer: &Bearer,
    request: &Parts<'_>,
) -> Answered<(Response, Vec<Mail>)> {
    let change: Change = body::parse(request.body)?;
    let now = context.clock.now();
    let user = &bearer.user;
    if change.app_metadata.is_some() {
        let text = "Updating app_metadata requires admin privileges";
        return Err(AuthError::new(403, "not_admin", text));
    }
    if change
        .phone
        .is_some_and(|phone| !phone.is_empty() && phone != user.phone)
    {
        return Err(AuthError::new(
            500,
            "unexpected_failure",
            "Unable to get SMS provider",
        ));
    }
    let mut mails = Vec::new();
    if let Some(email) = change.email.filter(|email| !email.is_empty()) {
        mails = change_email(context, tx, user, &email, request).await?;
    }
    if let Some(given) = change.password {
        change_password(context, tx, bearer, (given, &change.nonce), now).await?;
    }
    if let Some(data) = change.data {
        let merged = merge(&user.metadata, data);
        set_metadata(tx, user.id, &merged, now).await?;
    }
    Ok((show(tx, user.id).await?, mails))
}

/// Shallow: a `null` removes the key, an object replaces the old one.
pub(super) fn merge(old: &Value, data: Map<String, Value>) -> Value {
    let mut merged = old.as_object().cloned().unwrap_or_default();
    for (key, value) in data {
        if value.is_null() {
            merged.remove(&key);
        } else {
            merged.insert(key, value);
        }
    }
    Value::Object(merged)
}

async fn set_metadata(
    tx: &Transaction<'_>,
    user: Uuid,
    metadata: &Value,
    now: OffsetDateTime,
) -> Result<(), AuthError> {
    let sql = "update auth.users set raw_user_meta_data = $2, updated_at = $3 where id = $1";
    tx.execute(sql, &[&user, metadata, &now]).await?;
    Ok(())
}

/// The new address waits until both it and the one before have been confirmed.
async fn change_email(
    context: &Context,
    tx: &Transaction<'_>,
    user: &User,
    email: &str,
    request: &Parts<'_>,
) -> Result<Vec<Mail>, AuthError> {
    body::check_email(email)?;
    let email = email.to_lowercase();
    if email == user.email {
        return Ok(Vec::new());
    }
    if User::by_email(tx, &email).await?.is_some() {
        return Err(taken());
    }
    let sql = "update auth.users set email_change = $2, email_change_confirm_status = 0, updated_at = $3 where id = $1";
    tx.execute(sql, &[&user.id, &email, &context.clock.now()])
        .await?;
    let user = User {
        email_change: Some(email),
        ..user.clone()
    };
    mail::change(context, tx, &user, request).await
}

/// A code of one of the two addresses was handed in. By the second the user has the new one; false: it was the first.
pub(super) async fn confirm_change(
    tx: &Transaction<'_>,
    user: &User,
    now: OffsetDateTime,
) -> Result<bool, AuthError> {
    let first = "update auth.users set email_change_confirm_status = 1 \
                 where id = $1 and coalesce(email_change_confirm_status, 0) = 0";
    if tx.execute(first, &[&user.id]).await? == 1 {
        return Ok(false);
    }
    let email = user.email_change.clone().unwrap_or_default();
    if User::by_email(tx, &email).await?.is_some() {
        return Err(taken());
    }
    let sql = "update auth.users set email = email_change, email_change = '', email_change_confirm_status = 0, \
               updated_at = $2 where id = $1";
    tx.execute(sql, &[&user.id, &now]).await?;
    let sql = "update auth.identities set identity_data = identity_data || \
               jsonb_build_object('email', $2::text, 'email_verified', true), updated_at = $3 \
               where user_id = $1 and provider = 'email'";
    tx.execute(sql, &[&user.id, &email, &now]).await?;
    Ok(true)
}

pub(super) fn taken() -> AuthError {
    let text = "A user with this email address has already been registered";
    AuthError::new(422, "email_exists", text)
}

/// Every other session of the user ends.
async fn change_password(
    context: &Context,
    tx: &Transaction<'_>,
    bearer: &Bearer,
    (given, nonce): (String, &str),
    now: OffsetDateTime,
) -> Result<(), AuthError> {
    let user = &bearer.user;
    password::check(&given, context.auth.min_password)?;
    if let Some(recent) = context.auth.reauthenticate_after {
        let recent = now - recent;
        check_presence(context, tx, bearer, (nonce, recent)).await?;
    }
    if password::matches(given.clone(), user.password_hash.clone()).await? {
        let text = "New password should be different from the old password.";
        return Err(AuthError::new(422, "same_password", text));
    }
    let hash = password::hash(given).await?;
    let sql = "update auth.users set encrypted_password = $2, updated_at = $3 where id = $1";
    tx.execute(sql, &[&user.id, &hash, &now]).await?;
    end_others(tx, bearer).await
}

/// Whoever signed in long ago shows by a code that it is still them.
async fn check_presence(
    context: &Context,
    tx: &Transaction<'_>,
    bearer: &Bearer,
    (nonce, recent): (&str, OffsetDateTime),
) -> Result<(), AuthError> {
    let sql = "select from auth.sessions where id = $1 and created_at > $2";
    if tx
        .query_opt(sql, &[&bearer.session, &recent])
        .await?
        .is_some()
    {
        return Ok(());
    }
    if nonce.is_empty() {
        let text = "Password update requires reauthentication";
        return Err(AuthError::new(400, "reauthentication_needed", text));
    }
    let user = &bearer.user;
    let hash = codes::hash(&user.email, nonce);
    let spent = codes::spend(context, tx, (user.id, &hash), &[Kind::Reauthentication]).await?;
    spent.map(drop).ok_or_else(|| {
        let text = "Nonce has expired or is invalid";
        AuthError::new(422, "reauthentication_not_valid", text)
    })
}

async fn end_others(tx: &Transaction<'_>, bearer: &Bearer) -> Result<(), AuthError> {
    let sql = "delete from auth.sessions where user_id = $1 and id is distinct from $2";
    tx.execute(sql, &[&bearer.user.id, &bearer.session]).await?;
    Ok(())
}

/// `POST /logout?scope=`: sessions are deleted, their refresh tokens with them.
pub(super) async fn logout(
    tx: &Transaction<'_>,
    bearer: &Bearer,
    scope: &str,
) -> Answered<Response> {
    match (scope, bearer.session) {
        ("" | "global", _) => {
            let sql = "delete from auth.sessions where user_id = $1";
            tx.execute(sql, &[&bearer.user.id]).await?;
        }
        ("local", session) => {
            tx.execute("delete from auth.sessions where id = $1", &[&session])
                .await?;
        }
        ("others", _) => end_others(tx, bearer).await?,
        _ => {
            let text = format!("Unsupported logout scope \"{scope}\"");
            return Err(AuthError::invalid(text));
        }
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}
