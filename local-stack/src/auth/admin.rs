//! `/admin/...`: what a server with the service key does, as far as tests and tools need it: a user who is there, and the
//! code of a mail. Everything else of it is refused by name.

use axum::http::Method;
use deadpool_postgres::Transaction;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::account::taken;
use super::answer::{Answered, AuthError, ok};
use super::signup::email_provider;
use super::users::{NewUser, User, identities};
use super::{body, link, password, request};
use crate::keys::Claims;
use crate::shared::Context;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
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
        ("generate_link", &Method::POST) => link::generate(context, tx, request.body).await,
        ("users" | "generate_link", _) => Err(AuthError::not_offered("lists of users")),
        _ if path.starts_with("users/") => Err(AuthError::not_offered("changes of other users")),
        _ => Ok(request::not_found()),
    }
}

async fn create(context: &Context, tx: &Transaction<'_>, bytes: &[u8]) -> Answered {
    let wanted: Wanted = body::parse(bytes)?;
    if wanted.ban_duration.is_some() {
        return Err(AuthError::not_offered("bans"));
    }
    let Some(email) = wanted.email.clone().filter(|email| !email.is_empty()) else {
        let text = "Cannot create a user without either an email or phone";
        return Err(AuthError::invalid(text));
    };
    body::check_email(&email)?;
    let email = email.to_lowercase();
    if User::by_email(tx, &email).await?.is_some() {
        return Err(taken());
    }
    let new = new_user(wanted, email).await?;
    let now = context.clock.now();
    let user = new.insert(tx, now).await?;
    let mut user_json = user.json(identities(tx, user.id).await?);
    user_json.confirmed_at = None;
    Ok(ok(&user_json))
}

async fn new_user(wanted: Wanted, email: String) -> Result<NewUser, AuthError> {
    let id = wanted.id.unwrap_or_else(Uuid::new_v4);
    let mut app_metadata = email_provider();
    app_metadata.extend(wanted.app_metadata.unwrap_or_default());
    let mut user_metadata = wanted.user_metadata.unwrap_or_default();
    user_metadata.insert("email_verified".to_owned(), json!(true));
    let identity =
        json!({"email": email, "email_verified": false, "phone_verified": false, "sub": id});
    let password_hash = match wanted.password.filter(|given| !given.is_empty()) {
        Some(given) => Some(password::hash(given).await?),
        None => None,
    };
    Ok(NewUser {
        id,
        role: wanted.role.unwrap_or_else(|| "authenticated".to_owned()),
        email,
        password_hash,
        app_metadata,
        user_metadata,
        identity_data: identity.as_object().cloned().unwrap_or_default(),
        confirmed: wanted.email_confirm,
    })
}
