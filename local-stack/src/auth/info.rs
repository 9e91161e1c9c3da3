//! What the service tells about itself.

use axum::http::{HeaderValue, header};
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::answer::ok;
use crate::issuer::PROVIDERS;
use crate::shared::Context;

/// Ways to sign in that apps ask for; of the real service's list these, those that vouch for people, and e-mail.
const OFF: [&str; 2] = ["anonymous_users", "phone"];

/// `GET /health`.
pub(super) fn health() -> Response {
    ok(&json!({
        "version": concat!("v", env!("CARGO_PKG_VERSION"), "-local"),
        "name": "GoTrue",
        "description": "GoTrue is a user registration and authentication API",
    }))
}

/// `GET /settings`.
pub(super) fn settings(context: &Context) -> Response {
    let id_tokens = context.auth.id_tokens_for.is_some();
    let off = OFF.iter().map(|name| (*name, false));
    let others = PROVIDERS.iter().map(|(name, _)| (*name, id_tokens));
    let mut external: Map<String, Value> = off
        .chain(others)
        .map(|(name, on)| (name.to_owned(), Value::Bool(on)))
        .collect();
    external.insert(
        "email".to_owned(),
        Value::Bool(!context.auth.email_disabled),
    );
    ok(&json!({
        "external": external,
        "disable_signup": context.auth.signup_disabled,
        "mailer_autoconfirm": context.auth.autoconfirm,
        "phone_autoconfirm": false,
        "sms_provider": "",
        "saml_enabled": false,
        "saml_private_key_next_configured": true,
        "passkeys_enabled": false,
    }))
}

/// `GET /.well-known/jwks.json`: a symmetric key is never listed.
pub(super) fn jwks() -> Response {
    cached(ok(&json!({"keys": []})))
}

fn cached(mut response: Response) -> Response {
    let value = HeaderValue::from_static("public, max-age=600");
    response.headers_mut().insert(header::CACHE_CONTROL, value);
    response
}
