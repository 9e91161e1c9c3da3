//! What the service tells about itself.

use axum::http::{HeaderValue, header};
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::answer::ok;
use crate::shared::Context;

/// Ways to sign in that apps ask for; of the real service's list these and e-mail. All but e-mail are off here.
const PROVIDERS: [&str; 4] = ["anonymous_users", "apple", "google", "phone"];

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
    let mut external: Map<String, Value> = PROVIDERS
        .iter()
        .map(|name| ((*name).to_owned(), Value::Bool(false)))
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
