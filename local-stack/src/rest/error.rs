//! Refusals of the REST service: the four-key body, the status and the headers that go with it.
//!
//! Owns the texts of the service's own codes (`PGRST...`). Errors of the database are turned into the same type by
//! [`super::sqlstate`]. A message never holds a token or a claim; it repeats what the caller sent only where the real
//! service does (names of tables, columns, functions, the unparsed piece of a query string).

use std::ops::{Deref, DerefMut};

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use serde_json::Value;

use crate::not_offered;

/// One refusal, ready to be sent; on the heap, so that results stay small.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RestError(Box<Refusal>);

/// The parts of a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// HTTP status, 100 to 999 (the database may choose it).
    pub(crate) status: u16,
    /// `PGRST...`, or the SQLSTATE of the database.
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) details: Option<String>,
    pub(crate) hint: Option<String>,
    /// Value of `WWW-Authenticate` on a 401.
    pub(crate) challenge: Option<String>,
    /// `Retry-After: 0`: another try may do.
    pub(crate) again: bool,
}

impl Deref for RestError {
    type Target = Refusal;

    fn deref(&self) -> &Refusal {
        &self.0
    }
}

impl DerefMut for RestError {
    fn deref_mut(&mut self) -> &mut Refusal {
        &mut self.0
    }
}

impl RestError {
    /// A refusal without details and hint.
    pub(crate) fn new(status: u16, code: &str, message: impl Into<String>) -> Self {
        let challenge = (status == 401).then(|| "Bearer".to_owned());
        Self(Box::new(Refusal {
            status,
            code: code.to_owned(),
            message: message.into(),
            details: None,
            hint: None,
            challenge,
            again: status == 503,
        }))
    }

    pub(crate) fn details(mut self, details: impl Into<String>) -> Self {
        self.details = Some(details.into());
        self
    }

    pub(crate) fn hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint;
        self
    }

    /// What the real service does and this one does not; `what` is named as a user knows it.
    pub(crate) fn not_offered(what: &str) -> Self {
        Self::new(501, "NOT_OFFERED", not_offered::text(what))
            .hint(Some(not_offered::HINT.to_owned()))
    }

    /// The body: exactly four keys, in this order, absent values as `null`.
    pub(crate) fn body(&self) -> String {
        let text = |value: &str| Value::from(value).to_string();
        let optional = |value: &Option<String>| value.as_deref().map_or("null".to_owned(), text);
        format!(
            r#"{{"code":{},"details":{},"hint":{},"message":{}}}"#,
            text(&self.code),
            optional(&self.details),
            optional(&self.hint),
            text(&self.message),
        )
    }

    /// The answer. A status that HTTP does not allow for one becomes 500.
    pub(crate) fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body()));
        let status = StatusCode::from_u16(self.status)
            .ok()
            .filter(|status| !status.is_informational());
        *response.status_mut() = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let code = format!("PostgREST; error={}", self.code);
        let headers = [
            ("content-type", Some(super::JSON.to_owned())),
            ("proxy-status", Some(code)),
            ("www-authenticate", self.challenge.clone()),
            ("retry-after", self.again.then(|| "0".to_owned())),
        ];
        for (name, value) in headers {
            let value = value.and_then(|value| HeaderValue::from_str(&value).ok());
            if let Some(value) = value {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }

    /// PGRST100: the query string does not parse. `column` counts characters from 1.
    pub(crate) fn unparsed(what: &str, input: &str, column: usize, details: String) -> Self {
        let message = format!(r#""failed to parse {what} ({input})" (line 1, column {column})"#);
        Self::new(400, "PGRST100", message).details(details)
    }

    /// PGRST102: the body is no JSON.
    pub(crate) fn bad_json() -> Self {
        Self::new(400, "PGRST102", "Empty or invalid json")
    }

    /// PGRST102: the objects of an array have different keys.
    pub(crate) fn keys_differ() -> Self {
        Self::new(400, "PGRST102", "All object keys must match")
    }

    /// PGRST103: a range that cannot be given.
    pub(crate) fn range(details: impl Into<String>) -> Self {
        Self::new(416, "PGRST103", "Requested range not satisfiable").details(details)
    }

    /// PGRST106: another schema than the one that is exposed.
    pub(crate) fn schema(sent: &str, exposed: &str) -> Self {
        let hint = format!("Only the following schemas are exposed: {exposed}");
        Self::new(406, "PGRST106", format!("Invalid schema: {sent}")).hint(Some(hint))
    }

    /// PGRST116: one object was asked for, the result has another number of rows.
    pub(crate) fn not_single(rows: i64) -> Self {
        Self::new(
            406,
            "PGRST116",
            "Cannot coerce the result to a single JSON object",
        )
        .details(format!("The result contains {rows} rows"))
    }

    /// PGRST117: a method the service does not know.
    pub(crate) fn method(method: &str) -> Self {
        Self::new(
            405,
            "PGRST117",
            format!("Unsupported HTTP method: {method}"),
        )
    }

    /// PGRST125: a path of another shape.
    pub(crate) fn path() -> Self {
        Self::new(404, "PGRST125", "Invalid path specified in request URL")
    }

    /// PGRST204: a column named in the body or in `columns` that the cache does not hold.
    pub(crate) fn no_column(column: &str, table: &str) -> Self {
        let text = format!("Could not find the '{column}' column of '{table}' in the schema cache");
        Self::new(400, "PGRST204", text)
    }

    /// PGRST205: a table the cache does not hold.
    pub(crate) fn no_table(schema: &str, table: &str) -> Self {
        let text = format!("Could not find the table '{schema}.{table}' in the schema cache");
        Self::new(404, "PGRST205", text)
    }

    /// PGRST301: the token cannot be trusted.
    pub(crate) fn token(message: &str, details: Option<&str>) -> Self {
        let mut error = Self::invalid_token("PGRST301", message);
        error.details = details.map(str::to_owned);
        error
    }

    /// PGRST303: the token's claims do not hold now.
    pub(crate) fn claims(message: &str) -> Self {
        Self::invalid_token("PGRST303", message)
    }

    fn invalid_token(code: &str, message: &str) -> Self {
        let mut error = Self::new(401, code, message);
        let challenge = format!(r#"Bearer error="invalid_token", error_description="{message}""#);
        error.challenge = Some(challenge);
        error
    }

    /// PGRST001: the connection broke under the request.
    pub(crate) fn connection_lost(details: &str) -> Self {
        let text = "Database client error. Retrying the connection.";
        Self::new(503, "PGRST001", text).details(details)
    }

    /// PGRST002: the schema cache cannot be read, because the database does not answer.
    pub(crate) fn no_schema_cache() -> Self {
        let text = "Could not query the database for the schema cache. Retrying.";
        Self::new(503, "PGRST002", text)
    }

    /// PGRST003: no connection became free in time.
    pub(crate) fn pool_timeout() -> Self {
        let text = "Timed out acquiring connection from connection pool.";
        Self::new(504, "PGRST003", text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_has_four_keys_in_order_and_escapes_what_was_sent() {
        let error = RestError::no_table("public", "a\"b");
        assert_eq!(
            error.body(),
            r#"{"code":"PGRST205","details":null,"hint":null,"message":"Could not find the table 'public.a\"b' in the schema cache"}"#
        );
    }

    #[test]
    fn a_refused_token_says_why_in_the_challenge() {
        let error = RestError::claims("JWT expired");
        assert_eq!(
            error.challenge.as_deref(),
            Some(r#"Bearer error="invalid_token", error_description="JWT expired""#)
        );
    }

    #[test]
    fn statuses_that_http_does_not_know_become_500() {
        for (status, sent) in [(418, 418), (999, 999), (101, 500), (7, 500)] {
            let response = RestError::new(status, "PT999", "x").into_response();
            assert_eq!(response.status().as_u16(), sent);
        }
        let again = RestError::no_schema_cache().into_response();
        assert_eq!(again.headers()["retry-after"], "0");
    }
}
