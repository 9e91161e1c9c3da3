//! The HTTP side: ping, and what is not offered.

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Response, StatusCode};
use serde_json::{Value, json};

use crate::not_offered;

/// A JSON answer.
pub(crate) fn json(status: StatusCode, body: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

/// `GET /realtime/v1/api/ping`.
pub(crate) fn ping() -> Response<Body> {
    json(StatusCode::OK, &json!({"message": "Success"}))
}

/// Broadcast by POST.
pub(crate) fn broadcast() -> Response<Body> {
    let text = not_offered::text("broadcast over HTTP");
    json(StatusCode::NOT_IMPLEMENTED, &json!({"message": text}))
}
