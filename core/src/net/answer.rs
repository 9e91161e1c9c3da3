//! Who answered? Told by the shape of an answer, so that a gateway's words are never taken for a service's.
//!
//! Gateway bodies are `{"message"}` without a code; `PostgREST` has `code`, `details`, `hint`; `GoTrue` has
//! `error_code` or a code with `msg`/`message` (or the header `x-sb-error-code`); the realtime upgrade has `error`.

use serde_json::Value;

/// What an HTTP answer looked like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Who speaks, by the shape of the body.
    pub shape: Shape,
}

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// The gateway's `{"message"}`; the text is one of a known list, else `None`.
    Gateway(Option<&'static str>),
    /// `GoTrue`, with its code.
    Auth(String),
    /// `PostgREST`, with its code (`PGRST...` or an SQLSTATE).
    Rest(String),
    /// The realtime server's refusal; the text is one of a known list, else `None`.
    Realtime(Option<&'static str>),
    /// Other JSON: what a healthy service answers.
    Json,
    /// A web page.
    Html,
    /// Nothing.
    Empty,
    /// Text that is neither.
    Text,
}

/// Gateway texts that mean something certain. Others are only "the gateway said no".
const GATEWAY: [&str; 12] = [
    "no Route matched with those values",
    "No API key found in request",
    "Invalid API key",
    "Invalid authentication credentials",
    "Unauthorized",
    "Duplicate API key found",
    "You cannot consume this service",
    "An invalid response was received from the upstream server",
    "name resolution failed",
    "failure to get a peer from the ring-balancer",
    "The upstream server is currently unavailable",
    "The upstream server is timing out",
];

/// Realtime refusals at the upgrade.
const REALTIME: [&str; 8] = [
    "API key is missing",
    "The token provided is not a valid JWT",
    "Failed to validate JWT signature",
    "Token has expired",
    "Tenant not found",
    "Realtime was disabled for this tenant",
    "Too many joins per second",
    "Too many connected users",
];

/// Tells who answered. `code_header` is the value of `x-sb-error-code`, `body` at most a few kilobytes.
#[must_use]
pub(crate) fn classify(status: u16, code_header: Option<&str>, body: &[u8]) -> Answer {
    Answer {
        status,
        shape: shape(code_header, body),
    }
}

/// Is it a web page? No JSON begins as one does.
pub(super) fn is_page(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

fn shape(code_header: Option<&str>, body: &[u8]) -> Shape {
    let text = String::from_utf8_lossy(body);
    let text = text.trim();
    if let Some(code) = code_header {
        return Shape::Auth(safe_code(code));
    }
    if text.is_empty() {
        return Shape::Empty;
    }
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(map)) => of_object(&map),
        Ok(_) => Shape::Json,
        Err(_) if is_page(body) => Shape::Html,
        Err(_) => Shape::Text,
    }
}

fn of_object(map: &serde_json::Map<String, Value>) -> Shape {
    let text = |key: &str| map.get(key).and_then(Value::as_str);
    if let (Some(error), true) = (text("error"), map.contains_key("error_description")) {
        return Shape::Auth(oauth_code(error));
    }
    if let Some(error) = text("error") {
        return Shape::Realtime(known(&REALTIME, error));
    }
    if let Some(code) = text("error_code") {
        return Shape::Auth(safe_code(code));
    }
    if let (Some(code), true) = (text("code"), map.contains_key("details")) {
        return Shape::Rest(safe_code(code));
    }
    if let (Some(code), true) = (text("code"), map.contains_key("message")) {
        return Shape::Auth(safe_code(code));
    }
    match text("message") {
        Some("Success") | None => Shape::Json,
        Some("Tenant not found in database") => Shape::Realtime(Some("Tenant not found")),
        Some(message) => Shape::Gateway(known(&GATEWAY, message)),
    }
}

fn known(list: &[&'static str], text: &str) -> Option<&'static str> {
    list.iter().find(|known| text.starts_with(**known)).copied()
}

/// A sign-in with another service's token is refused in words of OAuth, two of which have a blank in them.
fn oauth_code(error: &str) -> String {
    match error {
        "invalid request" => "invalid_request".to_owned(),
        "invalid nonce" => "invalid_nonce".to_owned(),
        other => safe_code(other),
    }
}

/// A code is letters, digits and underscores; anything else is not shown, for it could hold anything.
fn safe_code(code: &str) -> String {
    let fits = code.len() <= 64 && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if fits {
        code.to_owned()
    } else {
        "unreadable_code".to_owned()
    }
}
