//! Cross-origin rules: browsers may call from anywhere, as Supabase's gateways allow.
//!
//! The services send none of these headers themselves here; the gateway answers every preflight.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;

const METHODS: &str = "GET,HEAD,PUT,PATCH,POST,DELETE,OPTIONS,TRACE,CONNECT";
/// What official clients send; any other header a browser names is allowed as well.
const HEADERS: &str = "apikey,authorization,x-client-info,content-type,prefer,accept-profile,content-profile,range,\
     x-supabase-api-version,x-retry-count";
const EXPOSED: &str = "Content-Encoding,Content-Location,Content-Range,Content-Type,Date,Location,Preference-Applied,\
     Server,Transfer-Encoding,Range-Unit,X-Total-Count,Link,X-Supabase-Api-Version,X-Sb-Error-Code,Sb-Auth-User-Id,\
     Sb-Auth-Session-Id";

/// Whether a request is a browser's question and not a real `OPTIONS`.
pub(super) fn is_preflight(method: &Method, headers: &HeaderMap) -> bool {
    method == Method::OPTIONS
        && headers.contains_key(header::ORIGIN)
        && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// The answer to a preflight. The path is not looked at.
pub(super) fn preflight(request: &HeaderMap) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let asked = request.get(header::ACCESS_CONTROL_REQUEST_HEADERS);
    let allowed = asked.cloned().unwrap_or(HeaderValue::from_static(HEADERS));
    let headers = response.headers_mut();
    allow_origin(headers);
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static(METHODS),
    );
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, allowed);
    headers.insert(
        header::ACCESS_CONTROL_MAX_AGE,
        HeaderValue::from_static("3600"),
    );
    response
}

/// Adds the rules to an answer for a browser. A service's own rules are replaced.
pub(super) fn decorate(response: &mut Response) {
    let headers = response.headers_mut();
    allow_origin(headers);
    let exposed = HeaderValue::from_static(EXPOSED);
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
}

fn allow_origin(headers: &mut HeaderMap) {
    let names: [(HeaderName, &'static str); 3] = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_CREDENTIALS, "true"),
        (header::VARY, "Origin"),
    ];
    for (name, value) in names {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
