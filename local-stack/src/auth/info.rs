//! What the service tells about itself.

use axum::http::{HeaderValue, header};
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::answer::ok;
use crate::shared::Context;

/// Sign-in providers the real service lists; all but e-mail are off here.
const PROVIDERS: [&str; 25] = [
    "anonymous_users",
    "apple",
    "azure",
    "bitbucket",
    "discord",
    "facebook",
    "figma",
    "fly",
    "github",
    "gitlab",
    "google",
    "kakao",
    "keycloak",
    "linkedin",
    "linkedin_oidc",
    "notion",
    "phone",
    "slack",
    "slack_oidc",
    "snapchat",
    "spotify",
    "twitch",
    "twitter",
    "workos",
    "zoom",
];

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

/// `GET /.well-known/openid-configuration`, the part that is true here.
pub(super) fn openid(context: &Context) -> Response {
    let issuer = format!("{}/auth/v1", context.url);
    cached(ok(&json!({
        "issuer": issuer,
        "jwks_uri": format!("{issuer}/.well-known/jwks.json"),
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "HS256", "ES256"],
    })))
}

fn cached(mut response: Response) -> Response {
    let value = HeaderValue::from_static("public, max-age=600");
    response.headers_mut().insert(header::CACHE_CONTROL, value);
    response
}
