//! Bodies of requests: JSON. Pure.
//!
//! A body is checked here and handed on as the text that was sent: numbers keep every digit and the database reads each
//! value as the type of its column. Only the keys of the top level are looked at.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::value::RawValue;

use super::error::RestError;

/// A checked body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Payload {
    /// JSON text.
    pub(crate) text: String,
    /// The keys of the object, or of every object of the array.
    pub(crate) keys: BTreeSet<String>,
    /// Rows of an array; `None` for an object.
    pub(crate) rows: Option<usize>,
}

impl Payload {
    /// Reads a body. `any_keys`: the `columns` parameter says which keys count.
    pub(crate) fn read(
        content_type: Option<&str>,
        body: &[u8],
        any_keys: bool,
    ) -> Result<Self, RestError> {
        let kind = content_type.unwrap_or("application/json");
        let name = kind.split(';').next().unwrap_or_default().trim();
        if !name.eq_ignore_ascii_case("application/json") {
            return Err(RestError::not_offered("a body that is no JSON"));
        }
        let text = std::str::from_utf8(body).map_err(|_| RestError::bad_json())?;
        let whole: &RawValue = parsed(text)?;
        let (keys, rows) = match whole.get().as_bytes().first() {
            Some(b'{') => (object_keys(whole)?, None),
            Some(b'[') => {
                let elements: Vec<&RawValue> = parsed(whole.get())?;
                (array_keys(&elements, any_keys)?, Some(elements.len()))
            }
            _ => return Err(RestError::not_offered("a body that is a bare value")),
        };
        Ok(Self {
            text: text.to_owned(),
            keys,
            rows,
        })
    }
}

fn parsed<'a, T: serde::Deserialize<'a>>(text: &'a str) -> Result<T, RestError> {
    serde_json::from_str(text).map_err(|_| RestError::bad_json())
}

fn object_keys(object: &RawValue) -> Result<BTreeSet<String>, RestError> {
    let object: BTreeMap<String, &RawValue> = parsed(object.get())?;
    Ok(object.into_keys().collect())
}

fn array_keys(elements: &[&RawValue], any_keys: bool) -> Result<BTreeSet<String>, RestError> {
    let mut keys: Option<BTreeSet<String>> = None;
    for element in elements {
        if !element.get().starts_with('{') {
            return Err(RestError::keys_differ());
        }
        if any_keys {
            continue;
        }
        let own = object_keys(element)?;
        if keys.get_or_insert_with(|| own.clone()) != &own {
            return Err(RestError::keys_differ());
        }
    }
    Ok(keys.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Result<Payload, RestError> {
        Payload::read(None, body.as_bytes(), false)
    }

    #[test]
    fn the_text_is_kept_as_sent_and_the_keys_are_found() {
        let sent = r#"{"n":12345678901234567890.123456789,"e":1e400,"n":2}"#;
        let payload = read(sent).unwrap();
        assert_eq!((&*payload.text, payload.rows), (sent, None));
        assert_eq!(payload.keys.into_iter().collect::<String>(), "en");
        let array = read(r#" [{"a":1,"b":{"c":[]}}, {"b":2,"a":"x"}] "#).unwrap();
        assert_eq!((array.rows, array.keys.len()), (Some(2), 2));
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(500_000), "]".repeat(500_000));
        assert!(read(&deep).is_ok(), "depth costs no stack");
    }

    #[test]
    fn rows_with_different_keys_are_refused_unless_columns_are_named() {
        let body = r#"[{"a":1},{"b":2}]"#;
        assert!(Payload::read(None, body.as_bytes(), true).is_ok());
        for body in [body, r#"["x"]"#, r#"[{"a":1},null]"#] {
            assert_eq!(read(body).unwrap_err(), RestError::keys_differ(), "{body}");
        }
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for body in ["", "{\"a\"", "{\"a\":1} x", "{\"a\":\"x\u{0}y\"}", "[1,"] {
            assert_eq!(read(body).unwrap_err(), RestError::bad_json());
        }
        let bytes = b"{\"a\":\"\xff\xfe\"}";
        assert!(Payload::read(None, bytes, false).is_err());
        for (kind, body) in [
            ("text/csv", "a\n1"),
            ("text/plain", "{}"),
            ("application/json", "null"),
        ] {
            let error = Payload::read(Some(kind), body.as_bytes(), false).unwrap_err();
            assert_eq!(error.code, "NOT_OFFERED", "{kind}");
        }
    }
}
