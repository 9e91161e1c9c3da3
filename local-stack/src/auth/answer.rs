//! Answers of the auth service: JSON, and errors in both shapes.

use std::borrow::Cow;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::not_offered;

/// Result of a handler.
pub(super) type Answered<T = Response> = Result<T, AuthError>;

const VERSION: HeaderName = HeaderName::from_static("x-supabase-api-version");
const CODE: HeaderName = HeaderName::from_static("x-sb-error-code");
/// First version with the newer error shape.
const NEWER: &str = "2024-01-01";

/// A refusal.
#[derive(Debug)]
pub(super) struct AuthError {
    pub(super) status: u16,
    pub(super) code: &'static str,
    /// In the shape of OAuth, whatever version is asked for.
    oauth: bool,
    pub(super) message: Cow<'static, str>,
    /// Why a password is weak; only for `weak_password`.
    pub(super) reasons: Vec<&'static str>,
    pub(super) headers: Vec<(&'static str, String)>,
}

impl AuthError {
    pub(super) fn new(
        status: u16,
        code: &'static str,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            status,
            code,
            oauth: false,
            message: message.into(),
            reasons: Vec::new(),
            headers: Vec::new(),
        }
    }

    pub(super) fn invalid(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(400, "validation_failed", message)
    }

    /// A refusal of what another service has signed.
    pub(super) fn oauth(error: &'static str, description: impl Into<Cow<'static, str>>) -> Self {
        Self {
            oauth: true,
            ..Self::new(400, error, description)
        }
    }

    /// What the real service does and this one does not.
    pub(super) fn not_offered(what: &str) -> Self {
        Self::new(501, "not_offered", not_offered::text(what))
    }

    /// Logged here, since the caller learns nothing.
    fn internal(error: &dyn std::fmt::Display) -> Self {
        tracing::warn!(%error, "the auth service failed");
        let text = "Unexpected failure, please check server logs for more information";
        Self::new(500, "unexpected_failure", text)
    }

    pub(super) fn with_header(mut self, name: &'static str, value: &impl ToString) -> Self {
        self.headers.push((name, value.to_string()));
        self
    }

    /// The error in the shape the caller's version wants.
    pub(super) fn into_response(self, request: &HeaderMap) -> Response {
        let newer = is_newer(request);
        let mut body = Map::new();
        if self.oauth {
            body.insert("error".to_owned(), json!(self.code));
            body.insert("error_description".to_owned(), json!(self.message));
        } else if newer {
            body.insert("code".to_owned(), json!(self.code));
            body.insert("message".to_owned(), json!(self.message));
        } else {
            body.insert("code".to_owned(), json!(self.status));
            body.insert("error_code".to_owned(), json!(self.code));
            body.insert("msg".to_owned(), json!(self.message));
            if self.status == 500 {
                body.insert("error_id".to_owned(), json!(Uuid::new_v4()));
            }
        }
        let weak = !self.reasons.is_empty();
        if weak {
            body.insert("weak_password".to_owned(), json!({"reasons": self.reasons}));
        }
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = json_response(status, &Value::Object(body));
        let headers = response.headers_mut();
        if newer {
            headers.insert(VERSION, HeaderValue::from_static(NEWER));
        }
        if !(self.oauth || newer && weak) {
            headers.insert(CODE, HeaderValue::from_static(self.code));
        }
        add_headers(headers, &self.headers);
        response
    }
}

impl From<tokio_postgres::Error> for AuthError {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::internal(&error)
    }
}

impl From<deadpool_postgres::PoolError> for AuthError {
    fn from(error: deadpool_postgres::PoolError) -> Self {
        Self::internal(&error)
    }
}

impl From<crate::error::StackError> for AuthError {
    fn from(error: crate::error::StackError) -> Self {
        Self::internal(&error)
    }
}

impl From<tokio::task::JoinError> for AuthError {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::internal(&error)
    }
}

/// Whether the caller asks for the shape of 2024. A date compares as text; anything else is the older shape.
fn is_newer(request: &HeaderMap) -> bool {
    let asked = request
        .get(VERSION)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let is_date = asked.len() == NEWER.len()
        && asked
            .bytes()
            .zip(NEWER.bytes())
            .all(|(byte, form)| match form {
                b'-' => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
    is_date && asked >= NEWER
}

pub(super) fn add_headers(headers: &mut HeaderMap, add: &[(&'static str, String)]) {
    for (name, value) in add {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
}

/// A JSON answer without a charset, as the real service sends it.
pub(super) fn json_response(status: StatusCode, body: &impl Serialize) -> Response {
    let bytes = serde_json::to_vec(body).unwrap_or_default();
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}

pub(super) fn ok(body: &impl Serialize) -> Response {
    json_response(StatusCode::OK, body)
}
