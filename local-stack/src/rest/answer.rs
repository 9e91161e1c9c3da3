//! Answers: status line, headers, body.

use axum::body::Body;
use axum::http::header::{HeaderName, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use hyper::ext::ReasonPhrase;
use serde_json::{Map, Value};

use super::error::RestError;

/// An answer in the making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<(String, String)>,
    reason: Option<String>,
}

impl Answer {
    /// An answer without a body.
    pub(crate) fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: None,
            reason: None,
        }
    }

    pub(crate) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    pub(crate) fn header_if(self, name: &str, value: Option<String>) -> Self {
        match value {
            Some(value) => self.header(name, value),
            None => self,
        }
    }

    pub(crate) fn body(mut self, content_type: &str, text: String) -> Self {
        self.body = Some((content_type.to_owned(), text));
        self
    }

    /// The answer to a refused request.
    pub(crate) fn refusal(error: &RestError) -> Self {
        let mut answer = Self::empty(error.status);
        answer.reason.clone_from(&error.reason);
        answer.headers.clone_from(&error.headers);
        answer
            .header("Proxy-Status", format!("PostgREST; error={}", error.code))
            .header_if("WWW-Authenticate", error.challenge.clone())
            .body("application/json; charset=utf-8", error.body())
    }

    /// Applies what the database set as `response.headers` and `response.status`.
    ///
    /// # Errors
    /// PGRST111 for headers that are no list of objects, PGRST112 for a status that is none.
    pub(crate) fn chosen_by_database(
        mut self,
        headers: Option<&str>,
        status: Option<&str>,
    ) -> Result<Self, RestError> {
        if let Some(text) = headers {
            let list: Vec<Map<String, Value>> = serde_json::from_str(text).map_err(|_| {
                let text = "response.headers guc must be a JSON array composed of objects with a single key and a string value";
                RestError::new(500, "PGRST111", text)
            })?;
            for (name, value) in list.into_iter().flatten() {
                let value = value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned);
                self.headers
                    .retain(|(known, _)| !known.eq_ignore_ascii_case(&name));
                self.headers.push((name, value));
            }
        }
        if let Some(text) = status {
            let code = text.parse().ok().filter(|code| (200..=999).contains(code));
            self.status = code.ok_or_else(|| {
                RestError::new(
                    500,
                    "PGRST112",
                    "response.status guc must be a valid status code",
                )
            })?;
        }
        Ok(self)
    }

    /// The HTTP response. A status that HTTP does not allow for an answer becomes 500; a header that cannot be written
    /// is left out, and of a reason phrase the control characters: the real service writes them raw, which lets a
    /// message add headers.
    pub(crate) fn into_response(self) -> Response {
        let (content_type, text) = self.body.unwrap_or_default();
        let mut response = Response::new(Body::from(text));
        let status = StatusCode::from_u16(self.status)
            .ok()
            .filter(|s| !s.is_informational());
        *response.status_mut() = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        for (name, value) in &self.headers {
            put(headers, name, value);
        }
        if !content_type.is_empty() && !headers.contains_key("content-type") {
            put(headers, "content-type", &content_type);
        }
        let reason: String = self
            .reason
            .unwrap_or_default()
            .chars()
            .filter(|c| !c.is_control())
            .collect();
        if let Ok(reason) = ReasonPhrase::try_from(reason)
            && !reason.as_bytes().is_empty()
        {
            response.extensions_mut().insert(reason);
        }
        response
    }
}

fn put(headers: &mut HeaderMap, name: &str, value: &str) {
    let header = HeaderName::from_bytes(name.as_bytes());
    if let (Ok(name), Ok(value)) = (header, HeaderValue::from_bytes(value.as_bytes())) {
        headers.append(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_phrase_cannot_add_a_header() {
        let mut error = RestError::new(409, "PT409", "x\r\nX-Inject: yes");
        error.reason = Some(error.message.clone());
        let response = Answer::refusal(&error).into_response();
        let reason = response.extensions().get::<ReasonPhrase>().unwrap();
        assert_eq!(reason.as_bytes(), b"xX-Inject: yes");
        assert_eq!(response.headers().get("x-inject"), None);
    }

    #[test]
    fn the_database_may_choose_headers_and_status() {
        let answer = Answer::empty(200)
            .chosen_by_database(
                Some(r#"[{"X-From-Db":"1"},{"Cache-Control":"no-store"}]"#),
                Some("202"),
            )
            .unwrap();
        assert_eq!((answer.status, answer.headers.len()), (202, 2));
        let broken = Answer::empty(200)
            .chosen_by_database(Some("{}"), None)
            .unwrap_err();
        assert_eq!(broken.code, "PGRST111");
        for status in ["abc", "99", "100", "1000"] {
            let broken = Answer::empty(200)
                .chosen_by_database(None, Some(status))
                .unwrap_err();
            assert_eq!(broken.code, "PGRST112");
        }
    }

    #[test]
    fn odd_statuses_are_written_and_impossible_ones_are_not() {
        assert_eq!(Answer::empty(999).into_response().status().as_u16(), 999);
        assert_eq!(Answer::empty(101).into_response().status().as_u16(), 500);
        assert_eq!(Answer::empty(7).into_response().status().as_u16(), 500);
    }
}
