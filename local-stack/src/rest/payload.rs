//! Bodies of requests. Pure.
//!
//! A body is checked here and handed on as the text that was sent: numbers keep every digit and the database reads each
//! value as the type of its column. Only the keys of the top level are looked at. Broken JSON, invalid UTF-8, raw
//! control characters and lone surrogates are PGRST102, as on the real service; `\u0000` is left to the database, which
//! refuses it (22P05).

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::error::RestError;
use super::media::BodyType;
use super::url;

/// A checked body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Payload {
    /// JSON text; for [`Shape::Raw`] whatever was sent.
    pub(crate) text: String,
    /// The keys of the object, or of every object of the array.
    pub(crate) keys: BTreeSet<String>,
    pub(crate) shape: Shape,
}

/// What the top level of a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Object,
    Array {
        length: usize,
    },
    /// A number, a text, `null`: no row.
    Scalar,
    /// No JSON at all: empty, text or bytes.
    Raw,
}

impl Payload {
    /// Whether the body holds no row.
    pub(crate) fn is_empty(&self) -> bool {
        !matches!(self.shape, Shape::Object | Shape::Array { length: 1.. })
    }

    /// Reads the rows of an insert or a change. `any_keys`: the `columns` parameter says which keys count.
    pub(crate) fn rows(kind: BodyType, body: &[u8], any_keys: bool) -> Result<Self, RestError> {
        match kind {
            BodyType::Json => json(body, any_keys),
            BodyType::Form => form(body),
            BodyType::Csv => csv_rows(body),
            BodyType::Text => Err(RestError::content_type("text/plain")),
            BodyType::Bytes => Err(RestError::content_type("application/octet-stream")),
        }
    }

    /// Reads the arguments of a function; an empty body is no argument.
    pub(crate) fn arguments(kind: BodyType, body: &[u8]) -> Result<Self, RestError> {
        match kind {
            BodyType::Json if body.is_empty() => Ok(Self::raw(String::new())),
            BodyType::Text => String::from_utf8(body.to_vec())
                .map(Self::raw)
                .map_err(|_| RestError::bad_json()),
            BodyType::Bytes => Ok(Self::raw(bytea(body))),
            _ => Self::rows(kind, body, false),
        }
    }

    fn raw(text: String) -> Self {
        Self {
            text,
            keys: BTreeSet::new(),
            shape: Shape::Raw,
        }
    }
}

/// The hexadecimal text form of `bytea`.
fn bytea(body: &[u8]) -> String {
    body.iter().fold(String::from("\\x"), |mut text, byte| {
        for nibble in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(u32::from(nibble), 16));
        }
        text
    })
}

type Object<'a> = std::collections::BTreeMap<String, &'a RawValue>;

#[derive(Deserialize)]
struct Elements<'a>(#[serde(borrow)] Vec<&'a RawValue>);

fn json(body: &[u8], any_keys: bool) -> Result<Payload, RestError> {
    let bad = |_| RestError::bad_json();
    let text = std::str::from_utf8(body).map_err(|_| RestError::bad_json())?;
    let whole: &RawValue = serde_json::from_str(text).map_err(bad)?;
    if has_lone_surrogate(text.as_bytes()) {
        return Err(RestError::bad_json());
    }
    let (keys, shape) = match whole.get().as_bytes().first() {
        Some(b'{') => (object_keys(whole)?, Shape::Object),
        Some(b'[') => {
            let Elements(elements) = serde_json::from_str(whole.get()).map_err(bad)?;
            (
                array_keys(&elements, any_keys)?,
                Shape::Array {
                    length: elements.len(),
                },
            )
        }
        _ => (BTreeSet::new(), Shape::Scalar),
    };
    Ok(Payload {
        text: text.to_owned(),
        keys,
        shape,
    })
}

fn object_keys(object: &RawValue) -> Result<BTreeSet<String>, RestError> {
    let object: Object<'_> =
        serde_json::from_str(object.get()).map_err(|_| RestError::bad_json())?;
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

/// Looks for `\uD800` to `\uDFFF` that are no pair. The text is already known to be well-formed JSON.
fn has_lone_surrogate(text: &[u8]) -> bool {
    let mut at = 0;
    let mut high_ended_at = None;
    while let Some(offset) = text
        .get(at..)
        .and_then(|rest| rest.iter().position(|b| *b == b'\\'))
    {
        let escape = at + offset;
        if text.get(escape + 1) != Some(&b'u') {
            if high_ended_at.is_some() {
                return true;
            }
            at = escape + 2;
            continue;
        }
        let digits = text
            .get(escape + 2..escape + 6)
            .and_then(|hex| std::str::from_utf8(hex).ok());
        let unit = digits
            .and_then(|hex| u16::from_str_radix(hex, 16).ok())
            .unwrap_or(0);
        match (high_ended_at.take(), unit) {
            (Some(end), 0xDC00..=0xDFFF) if end == escape => {}
            (Some(_), _) | (None, 0xDC00..=0xDFFF) => return true,
            (None, 0xD800..=0xDBFF) => high_ended_at = Some(escape + 6),
            (None, _) => {}
        }
        at = escape + 6;
    }
    high_ended_at.is_some()
}

fn form(body: &[u8]) -> Result<Payload, RestError> {
    let text = std::str::from_utf8(body).map_err(|_| RestError::bad_json())?;
    let pairs = url::pairs(text).map_err(|_| RestError::bad_json())?;
    let object: Map<String, Value> = pairs
        .into_iter()
        .map(|(name, value)| (name, Value::from(value)))
        .collect();
    let keys = object.keys().cloned().collect();
    Ok(Payload {
        text: Value::Object(object).to_string(),
        keys,
        shape: Shape::Object,
    })
}

/// Rows of CSV with a header line; `NULL` is null, every other value is text.
fn csv_rows(body: &[u8]) -> Result<Payload, RestError> {
    let bad = |error: csv::Error| RestError::new(400, "PGRST102", error.to_string());
    let mut reader = csv::Reader::from_reader(body);
    let names = reader.headers().map_err(bad)?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(bad)?;
        let value = |text: &str| {
            if text == "NULL" {
                Value::Null
            } else {
                Value::from(text)
            }
        };
        let row: Map<String, Value> = names
            .iter()
            .map(str::to_owned)
            .zip(record.iter().map(value))
            .collect();
        rows.push(Value::Object(row));
    }
    let keys = names.iter().map(str::to_owned).collect();
    let shape = Shape::Array { length: rows.len() };
    Ok(Payload {
        text: Value::Array(rows).to_string(),
        keys,
        shape,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(body: &str) -> Result<Payload, RestError> {
        Payload::rows(BodyType::Json, body.as_bytes(), false)
    }

    fn keys(payload: &Payload) -> Vec<&str> {
        payload.keys.iter().map(String::as_str).collect()
    }

    #[test]
    fn the_text_is_kept_as_sent_and_the_keys_are_found() {
        let sent = r#"{"n":12345678901234567890.123456789,"e":1e400,"n":2}"#;
        let payload = rows(sent).unwrap();
        assert_eq!(
            (payload.text.as_str(), keys(&payload)),
            (sent, vec!["e", "n"])
        );
        let array = rows(r#" [{"a":1,"b":{"c":[]}}, {"b":2,"a":"x"}] "#).unwrap();
        assert_eq!(
            (array.shape, keys(&array)),
            (Shape::Array { length: 2 }, vec!["a", "b"])
        );
    }

    #[test]
    fn rows_with_different_keys_are_refused_unless_columns_are_named() {
        let body = r#"[{"a":1},{"b":2}]"#;
        assert_eq!(rows(body).unwrap_err(), RestError::keys_differ());
        assert!(Payload::rows(BodyType::Json, body.as_bytes(), true).is_ok());
        for body in [r#"["x"]"#, "[1,2]", r#"[{"a":1},null]"#] {
            assert_eq!(rows(body).unwrap_err(), RestError::keys_differ(), "{body}");
        }
    }

    #[test]
    fn what_holds_no_row_is_empty() {
        for body in ["[]", "null", "\"x\"", "1"] {
            assert!(rows(body).unwrap().is_empty(), "{body}");
        }
        assert!(!rows("{}").unwrap().is_empty());
        assert!(!rows("[{}]").unwrap().is_empty());
    }

    #[test]
    fn broken_json_is_refused() {
        let deep = "[".repeat(1 << 20);
        for body in [
            "",
            "{\"a\"",
            "{\"a\":1} x",
            "hello",
            "{\"a\":\"x\u{0}y\"}",
            "[1,",
            &deep,
        ] {
            assert_eq!(rows(body).unwrap_err(), RestError::bad_json());
        }
        let bytes = b"{\"a\":\"\xff\xfe\"}";
        assert!(Payload::rows(BodyType::Json, bytes, false).is_err());
    }

    #[test]
    fn lone_surrogates_are_refused_and_pairs_are_not() {
        for body in [
            r#"{"t":"a\ud800b"}"#,
            r#"{"t":"\udc00"}"#,
            r#"{"t":"\ud800\n"}"#,
            r#"{"\ud83c":1}"#,
            r#"{"t":"\ud83cx\udfb5"}"#,
        ] {
            assert!(rows(body).is_err(), "{body}");
        }
        for body in [
            r#"{"t":"\ud83c\udfb5"}"#,
            r#"{"t":"\\ud800"}"#,
            r#"{"t":"\u0000"}"#,
        ] {
            assert!(rows(body).is_ok(), "{body}");
        }
    }

    #[test]
    fn deep_bodies_cost_no_stack() {
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(500_000), "]".repeat(500_000));
        assert!(rows(&deep).is_ok());
    }

    #[test]
    fn forms_and_csv_become_json() {
        let form = Payload::rows(BodyType::Form, b"label=a+b&n=1", false).unwrap();
        assert_eq!(form.text, r#"{"label":"a b","n":"1"}"#);
        let csv = Payload::rows(BodyType::Csv, b"id,notes\n1,NULL\n2,\"a,b\"\n", false).unwrap();
        assert_eq!(
            csv.text,
            r#"[{"id":"1","notes":null},{"id":"2","notes":"a,b"}]"#
        );
        assert!(Payload::rows(BodyType::Csv, b"id,notes\n1\n", false).is_err());
    }

    #[test]
    fn a_function_takes_an_empty_body_text_and_bytes() {
        let empty = Payload::arguments(BodyType::Json, b"").unwrap();
        assert_eq!((empty.shape, empty.text.as_str()), (Shape::Raw, ""));
        assert_eq!(
            Payload::arguments(BodyType::Bytes, b"\x01\xff")
                .unwrap()
                .text,
            "\\x01ff"
        );
    }
}
