//! Refusals of the REST service: the four-key body, the status and the headers that go with it.
//!
//! Owns the texts of the service's own codes (`PGRST...`). Errors of the database are turned into the same type by
//! [`super::sqlstate`]. A message never holds a token or a claim; it repeats what the caller sent only where the real
//! service does (names of tables, columns, functions, the unparsed piece of a query string).

use std::ops::{Deref, DerefMut};

use serde_json::Value;

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
    /// Reason phrase of the status line where the database chose one (`PT...`).
    pub(crate) reason: Option<String>,
    /// Value of `WWW-Authenticate` on a 401.
    pub(crate) challenge: Option<String>,
    /// Further headers: those a function asked for, `Retry-After`.
    pub(crate) headers: Vec<(String, String)>,
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
            reason: None,
            challenge,
            headers: Vec::new(),
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

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
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

    /// PGRST102: a body of a type the service does not read.
    pub(crate) fn content_type(sent: &str) -> Self {
        Self::new(
            400,
            "PGRST102",
            format!("Content-Type not acceptable: {sent}"),
        )
    }

    /// PGRST103: a range that cannot be given.
    pub(crate) fn range(details: impl Into<String>) -> Self {
        Self::new(416, "PGRST103", "Requested range not satisfiable").details(details)
    }

    /// PGRST105: a PUT whose filters are not exactly the primary key.
    pub(crate) fn put_filters() -> Self {
        let text = "Filters must include all and only primary key columns with 'eq' operators";
        Self::new(405, "PGRST105", text)
    }

    /// PGRST106: a schema that is not exposed.
    pub(crate) fn schema(sent: &str, exposed: &[String]) -> Self {
        let hint = format!(
            "Only the following schemas are exposed: {}",
            exposed.join(", ")
        );
        Self::new(406, "PGRST106", format!("Invalid schema: {sent}")).hint(Some(hint))
    }

    /// PGRST107: none of the accepted media types can be produced.
    pub(crate) fn media(accept: &str) -> Self {
        let text = format!("None of these media types are available: {accept}");
        Self::new(406, "PGRST107", text)
    }

    /// PGRST108: a filter, order or limit on something that was not embedded.
    pub(crate) fn not_embedded(name: &str) -> Self {
        let text = format!("'{name}' is not an embedded resource in this request");
        let hint = format!("Verify that '{name}' is included in the 'select' query parameter.");
        Self::new(400, "PGRST108", text).hint(Some(hint))
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

    /// PGRST122: unknown preferences under `handling=strict`.
    pub(crate) fn preferences(invalid: &[String]) -> Self {
        Self::new(
            400,
            "PGRST122",
            "Invalid preferences given with handling=strict",
        )
        .details(format!("Invalid preferences: {}", invalid.join(", ")))
    }

    /// PGRST124: more rows were changed than `max-affected` allows.
    pub(crate) fn max_affected(rows: i64) -> Self {
        Self::new(
            400,
            "PGRST124",
            "Query result exceeds max-affected preference constraint",
        )
        .details(format!("The query affects {rows} rows"))
    }

    /// PGRST125: a path of another shape.
    pub(crate) fn path() -> Self {
        Self::new(404, "PGRST125", "Invalid path specified in request URL")
    }

    /// PGRST200: embedding, of which this service has none: no relation is in its cache.
    pub(crate) fn no_relation(table: &str, embedded: &str, schema: &str) -> Self {
        let message = format!(
            "Could not find a relationship between '{table}' and '{embedded}' in the schema cache"
        );
        let details = format!(
            "Searched for a foreign key relationship between '{table}' and '{embedded}' in the schema '{schema}', but no matches were found."
        );
        Self::new(400, "PGRST200", message)
            .details(details)
            .hint(Some(
                "This development server does not embed other tables.".to_owned(),
            ))
    }

    /// PGRST204: a column named in the body or in `columns` that the cache does not hold.
    pub(crate) fn no_column(column: &str, table: &str) -> Self {
        let text = format!("Could not find the '{column}' column of '{table}' in the schema cache");
        Self::new(400, "PGRST204", text)
    }

    /// PGRST205: a table the cache does not hold. `near` is a name like it.
    pub(crate) fn no_table(schema: &str, table: &str, near: Option<&str>) -> Self {
        let text = format!("Could not find the table '{schema}.{table}' in the schema cache");
        let hint = near.map(|name| format!("Perhaps you meant the table '{schema}.{name}'"));
        Self::new(404, "PGRST205", text).hint(hint)
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
        Self::new(503, "PGRST001", text)
            .details(details)
            .header("Retry-After", "0")
    }

    /// PGRST002: the schema cache cannot be read, because the database does not answer.
    pub(crate) fn no_schema_cache() -> Self {
        let text = "Could not query the database for the schema cache. Retrying.";
        Self::new(503, "PGRST002", text).header("Retry-After", "0")
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
        let error = RestError::no_table("public", "a\"b", None);
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
}
