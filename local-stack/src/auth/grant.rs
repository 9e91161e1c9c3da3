//! `POST /token`: the grants.

use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::{Answered, AuthError};
use super::session::{Method, answer, open};
use super::users::User;
use super::{body, id_token, password, refresh};
use crate::shared::Context;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PasswordRequest {
    email: Option<String>,
    phone: Option<String>,
    password: Option<String>,
}

/// Whether the query names a grant that is offered; others are refused before the rate limit counts.
pub(super) fn is_known(grant: &str) -> bool {
    ["password", "refresh_token", "id_token"].contains(&grant)
}

pub(super) async fn token(context: &Context, grant: &str, bytes: &[u8]) -> Answered {
    match grant {
        "password" => by_password(context, bytes).await,
        "refresh_token" => refresh::refresh(context, bytes).await,
        "id_token" => id_token::by_id_token(context, bytes).await,
        "pkce" | "web3" => Err(AuthError::not_offered(&format!("the grant \"{grant}\""))),
        _ => Err(AuthError::new(
            400,
            "invalid_credentials",
            "unsupported_grant_type",
        )),
    }
}

async fn by_password(context: &Context, bytes: &[u8]) -> Answered {
    let request: PasswordRequest = body::parse(bytes)?;
    let email = request.email.unwrap_or_default();
    let phone = request.phone.unwrap_or_default();
    let given = request.password.unwrap_or_default();
    check_provider(context, &email, &phone)?;
    let now = context.clock.now();
    let mut client = context.auth_pool.get().await?;
    let tx = client.transaction().await?;
    let user = User::by_email(&tx, &email).await?.ok_or_else(wrong)?;
    if user.is_banned(now) {
        return Err(AuthError::new(400, "user_banned", "User is banned"));
    }
    if !password::matches(given.clone(), user.password_hash.clone()).await? {
        return Err(wrong());
    }
    if user.email_confirmed_at.is_none() {
        return Err(AuthError::new(
            400,
            "email_not_confirmed",
            "Email not confirmed",
        ));
    }
    let mut issued = open(&tx, user.id, Method::Password, now).await?;
    let weakness = password::weakness(&given, context.auth.min_password);
    let weakness = weakness.map(|message| json!({"message": message, "reasons": ["length"]}));
    issued.weak_password = Some(weakness.unwrap_or(Value::Null));
    let response = answer(context, &tx, user.id, issued).await?;
    tx.commit().await?;
    Ok(response)
}

fn check_provider(context: &Context, email: &str, phone: &str) -> Result<(), AuthError> {
    match (email.is_empty(), phone.is_empty()) {
        (false, false) => Err(AuthError::invalid(
            "Only an email address or phone number should be provided on login.",
        )),
        (true, true) => Err(AuthError::invalid("missing email or phone")),
        (true, false) => Err(AuthError::new(
            422,
            "phone_provider_disabled",
            "Phone logins are disabled",
        )),
        (false, true) if context.auth.email_disabled => Err(AuthError::new(
            422,
            "email_provider_disabled",
            "Email logins are disabled",
        )),
        (false, true) => Ok(()),
    }
}

/// One answer for everything that is wrong, so that nobody learns which addresses exist.
fn wrong() -> AuthError {
    AuthError::new(400, "invalid_credentials", "Invalid login credentials")
}
