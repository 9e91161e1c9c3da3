//! A request as the handlers of the auth service see it, and the answers for a wrong path or method.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

/// What handlers look at.
pub(super) struct Parts<'a> {
    pub(super) method: &'a Method,
    pub(super) path: &'a str,
    pub(super) query: &'a str,
    pub(super) headers: &'a HeaderMap,
    /// JSON.
    pub(super) body: &'a [u8],
}

impl Parts<'_> {
    /// The first query parameter of this name, decoded.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        let mut pairs = form_pairs(self.query);
        pairs.find(|(key, _)| key == name).map(|(_, value)| value)
    }
}

/// Names and values of a query; enough decoding for what clients send here.
fn form_pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    let uri: axum::http::Uri = format!("/?{query}").parse().unwrap_or_default();
    let pairs = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri);
    pairs
        .map(|axum::extract::Query(pairs)| pairs)
        .unwrap_or_default()
        .into_iter()
}

pub(super) fn not_found() -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/plain; charset=utf-8"),
        ),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
    ];
    (StatusCode::NOT_FOUND, headers, "404 page not found\n").into_response()
}

pub(super) fn not_allowed(allow: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    if let Ok(value) = HeaderValue::from_str(allow) {
        response.headers_mut().insert(header::ALLOW, value);
    }
    response
}
