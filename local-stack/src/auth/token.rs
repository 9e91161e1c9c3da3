//! The bearer token of a request: who asks.

use axum::http::{HeaderMap, header};
use base64::Engine as _;
use deadpool_postgres::Transaction;
use serde_json::Value;
use uuid::Uuid;

use super::answer::AuthError;
use super::users::User;
use crate::keys::{Claims, TokenError};
use crate::shared::Context;

/// A user proven by a token, with the session it belongs to.
#[derive(Debug)]
pub(super) struct Bearer {
    pub(super) user: User,
    /// Absent when the token names none; such tokens are accepted.
    pub(super) session: Option<Uuid>,
}

/// The claims of a valid token; nothing is looked up.
pub(super) fn claims(context: &Context, headers: &HeaderMap) -> Result<Claims, AuthError> {
    let token = bearer(headers).ok_or_else(|| {
        let text = "This endpoint requires a valid Bearer token";
        AuthError::new(401, "no_authorization", text)
    })?;
    context.verify(token).map_err(|error| {
        let prefix = "invalid JWT: unable to parse or verify signature, ";
        bad_jwt(format!("{prefix}{}", why(error, token)))
    })
}

/// Checks in the real service's order: header, token, `sub`, user, session, ban.
pub(super) async fn user(
    context: &Context,
    tx: &Transaction<'_>,
    claims: &Claims,
) -> Result<Bearer, AuthError> {
    let text = |name| {
        claims
            .get(name)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    };
    let subject = text("sub").ok_or_else(|| bad_jwt("invalid claim: missing sub claim"))?;
    let id = Uuid::parse_str(subject)
        .map_err(|_| AuthError::new(400, "bad_jwt", "invalid claim: sub claim must be a UUID"))?;
    let user = User::by_id(tx, id).await?.ok_or_else(|| {
        let text = "User from sub claim in JWT does not exist";
        AuthError::new(403, "user_not_found", text)
    })?;
    let session = match text("session_id") {
        Some(session) => Some(find_session(tx, session).await?),
        None => None,
    };
    if user.is_banned(context.clock.now()) {
        return Err(AuthError::new(403, "user_banned", "User is banned"));
    }
    Ok(Bearer { user, session })
}

async fn find_session(tx: &Transaction<'_>, text: &str) -> Result<Uuid, AuthError> {
    let id = Uuid::parse_str(text)
        .map_err(|_| bad_jwt("invalid claim: session_id claim must be a UUID"))?;
    let found = tx
        .query_opt("select from auth.sessions where id = $1", &[&id])
        .await?;
    found.map(|_| id).ok_or_else(|| {
        let text = "Session from session_id claim in JWT does not exist";
        AuthError::new(403, "session_not_found", text)
    })
}

/// `Bearer` in any case, one blank, a token without blanks.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let valid = scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() && !token.contains(' ');
    valid.then_some(token)
}

fn bad_jwt(message: impl Into<std::borrow::Cow<'static, str>>) -> AuthError {
    AuthError::new(403, "bad_jwt", message)
}

fn why(error: TokenError, token: &str) -> String {
    match error {
        TokenError::Malformed if token.split('.').count() != 3 => {
            "token is malformed: token contains an invalid number of segments".to_owned()
        }
        TokenError::Malformed => "token is malformed: could not base64 decode header".to_owned(),
        TokenError::Algorithm => {
            let name = algorithm(token);
            format!("token signature is invalid: signing method {name} is invalid")
        }
        TokenError::Signature => "token signature is invalid: signature is invalid".to_owned(),
        TokenError::Expired => "token has invalid claims: token is expired".to_owned(),
        TokenError::NotYet => "token has invalid claims: token is not valid yet".to_owned(),
    }
}

/// The algorithm a token claims, shortened: it is a stranger's text.
fn algorithm(token: &str) -> String {
    let header = token.split('.').next().unwrap_or_default();
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(header)
        .unwrap_or_default();
    let value: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let name = value.get("alg").and_then(Value::as_str).unwrap_or_default();
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .take(16)
        .collect()
}
