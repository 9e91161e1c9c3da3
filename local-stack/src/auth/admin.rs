//! `/admin/...`: what a server with the service key does. Enough for tests and for `auth.admin` of the official client.

use axum::http::{HeaderValue, Method, header};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use deadpool_postgres::Transaction;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::account::{merge, show, taken};
use super::answer::{Answered, AuthError, ok};
use super::signup::email_provider;
use super::users::{NewUser, User, identities, not_found};
use super::{body, link, password, request};
use crate::keys::Claims;
use crate::shared::Context;

/// Users per page when the query names no number.
const PAGE: i64 = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Change {
    id: Option<Uuid>,
    role: Option<String>,
    email: Option<String>,
    password: Option<String>,
    email_confirm: bool,
    ban_duration: Option<String>,
    user_metadata: Option<Map<String, Value>>,
    app_metadata: Option<Map<String, Value>>,
}

/// Only a server may.
pub(super) fn check(claims: &Claims) -> Result<(), AuthError> {
    match claims.get("role").and_then(Value::as_str) {
        Some("service_role" | "supabase_admin") => Ok(()),
        _ => Err(AuthError::new(403, "not_admin", "User not allowed")),
    }
}

/// The part of the path behind `/admin/`.
pub(super) async fn serve(
    context: &Context,
    tx: &Transaction<'_>,
    request: &request::Parts<'_>,
    path: &str,
) -> Answered {
    match (path, request.method) {
        ("users", &Method::POST) => create(context, tx, request.body).await,
        ("users", &Method::GET) => list(tx, request).await,
        ("users", _) => Ok(request::not_allowed("GET, POST")),
        ("generate_link", &Method::POST) => link::generate(context, tx, request.body).await,
        ("generate_link", _) => Ok(request::not_allowed("POST")),
        _ => {
            let Some(id) = path.strip_prefix("users/") else {
                return Ok(request::not_found());
            };
            let id = Uuid::parse_str(id)
                .map_err(|_| AuthError::new(404, "validation_failed", "user_id must be an UUID"))?;
            let user = User::by_id(tx, id).await?.ok_or_else(not_found)?;
            match *request.method {
                Method::GET => show(tx, id).await,
                Method::PUT => update(context, tx, &user, request.body).await,
                Method::DELETE => delete(context, tx, &user, request.body).await,
                _ => Ok(request::not_allowed("DELETE, GET, PUT")),
            }
        }
    }
}

async fn create(context: &Context, tx: &Transaction<'_>, bytes: &[u8]) -> Answered {
    let change: Change = body::parse(bytes)?;
    let Some(email) = change.email.filter(|email| !email.is_empty()) else {
        let text = "Cannot create a user without either an email or phone";
        return Err(AuthError::invalid(text));
    };
    body::check_email(&email)?;
    let email = email.to_lowercase();
    if User::by_email(tx, &email).await?.is_some() {
        return Err(taken());
    }
    let now = context.clock.now();
    let id = change.id.unwrap_or_else(Uuid::new_v4);
    let mut app_metadata = email_provider();
    app_metadata.extend(change.app_metadata.unwrap_or_default());
    let mut user_metadata = change.user_metadata.unwrap_or_default();
    user_metadata.insert("email_verified".to_owned(), json!(true));
    let identity =
        json!({"email": email, "email_verified": false, "phone_verified": false, "sub": id});
    let password_hash = match change.password.filter(|given| !given.is_empty()) {
        Some(given) => Some(password::hash(given).await?),
        None => None,
    };
    let new = NewUser {
        id,
        role: change.role.unwrap_or_else(|| "authenticated".to_owned()),
        email,
        password_hash,
        app_metadata,
        user_metadata,
        identity_data: identity.as_object().cloned().unwrap_or_default(),
        confirmed: change.email_confirm,
    };
    new.insert(tx, now).await?;
    ban(tx, id, change.ban_duration.as_deref(), now).await?;
    let user = User::by_id(tx, id).await?.ok_or_else(not_found)?;
    let mut user_json = user.json(identities(tx, id).await?);
    user_json.confirmed_at = None;
    Ok(ok(&user_json))
}

async fn update(context: &Context, tx: &Transaction<'_>, user: &User, bytes: &[u8]) -> Answered {
    let change: Change = body::parse(bytes)?;
    let now = context.clock.now();
    if let Some(given) = &change.password {
        password::check(given, context.auth.min_password)?;
        let hash = password::hash(given.clone()).await?;
        let sql = "update auth.users set encrypted_password = $2 where id = $1";
        tx.execute(sql, &[&user.id, &hash]).await?;
    }
    let email = change.email.as_deref().filter(|email| !email.is_empty());
    if let Some(email) = email {
        body::check_email(email)?;
    }
    let confirms = change.email_confirm && user.email_confirmed_at.is_none();
    let mut metadata = merge(&user.metadata, change.user_metadata.unwrap_or_default());
    if confirms {
        metadata["email_verified"] = json!(true);
    }
    let app_metadata = merge(&user.app_metadata, change.app_metadata.unwrap_or_default());
    tx.execute(
        "update auth.users set email = coalesce(lower($2), email), role = coalesce($3, role), \
         email_confirmed_at = case when $4 then $5 else email_confirmed_at end, raw_app_meta_data = $6, \
         raw_user_meta_data = $7, updated_at = $5 where id = $1",
        &[&user.id, &email, &change.role, &confirms, &now, &app_metadata, &metadata],
    )
    .await?;
    ban(tx, user.id, change.ban_duration.as_deref(), now).await?;
    let user = User::by_id(tx, user.id).await?.ok_or_else(not_found)?;
    let mut user_json = user.json(identities(tx, user.id).await?);
    if confirms {
        // As observed: present only once it has been read back.
        user_json.confirmed_at = None;
    }
    Ok(ok(&user_json))
}

/// `none` lifts a ban; otherwise a number and a unit such as `24h`.
async fn ban(
    tx: &Transaction<'_>,
    user: Uuid,
    duration: Option<&str>,
    now: OffsetDateTime,
) -> Result<(), AuthError> {
    let until = match duration {
        None | Some("") => return Ok(()),
        Some("none") => None,
        Some(text) => Some(
            now + parse_duration(text)
                .ok_or_else(|| AuthError::invalid("invalid format for ban duration"))?,
        ),
    };
    tx.execute(
        "update auth.users set banned_until = $2 where id = $1",
        &[&user, &until],
    )
    .await?;
    Ok(())
}

fn parse_duration(text: &str) -> Option<Duration> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(digits);
    let number: i64 = number.parse().ok()?;
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        _ => return None,
    };
    number.checked_mul(seconds).map(Duration::seconds)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Removal {
    should_soft_delete: bool,
}

/// A soft deletion keeps the row without a readable address, and ends every session.
async fn delete(context: &Context, tx: &Transaction<'_>, user: &User, bytes: &[u8]) -> Answered {
    let soft = !bytes.is_empty() && body::parse::<Removal>(bytes)?.should_soft_delete;
    if soft {
        let hidden = Sha256::digest(format!("{}{}", user.id, user.email));
        let hidden = URL_SAFE_NO_PAD.encode(hidden);
        tx.execute(
            "update auth.users set email = $2, encrypted_password = null, deleted_at = $3 where id = $1",
            &[&user.id, &hidden, &context.clock.now()],
        )
        .await?;
        tx.execute("delete from auth.sessions where user_id = $1", &[&user.id])
            .await?;
        tx.execute(
            "delete from auth.identities where user_id = $1",
            &[&user.id],
        )
        .await?;
    } else {
        tx.execute("delete from auth.users where id = $1", &[&user.id])
            .await?;
    }
    Ok(ok(&json!({})))
}

async fn list(tx: &Transaction<'_>, request: &request::Parts<'_>) -> Answered<Response> {
    let number = |name: &str, default: i64| match request.parameter(name) {
        None => Ok(default),
        Some(text) if text.is_empty() => Ok(default),
        Some(text) => text
            .parse::<i64>()
            .ok()
            .filter(|n| (1..=10_000).contains(n))
            .ok_or_else(|| AuthError::invalid(format!("Bad Pagination Parameters: {name}"))),
    };
    let (page, size) = (number("page", 1)?, number("per_page", PAGE)?);
    let users = User::page(tx, size, (page - 1) * size).await?;
    let total: i64 = tx
        .query_one("select count(*) from auth.users", &[])
        .await?
        .get(0);
    let users: Vec<_> = users.iter().map(|user| user.json(Value::Null)).collect();
    let mut response = ok(&json!({"users": users, "aud": "authenticated"}));
    let last = (total + size - 1) / size;
    let mut links = Vec::new();
    if page < last {
        links.push(format!(
            "</admin/users?page={}&per_page={size}>; rel=\"next\"",
            page + 1
        ));
    }
    links.push(format!(
        "</admin/users?page={last}&per_page={size}>; rel=\"last\""
    ));
    let headers = response.headers_mut();
    headers.insert("x-total-count", HeaderValue::from(total));
    if let Ok(value) = HeaderValue::from_str(&links.join(", ")) {
        headers.insert(header::LINK, value);
    }
    Ok(response)
}
