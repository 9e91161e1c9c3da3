//! Checks of values that a person or a file brings in, before anything is stored.
//!
//! Owns: [`checked`], which accepts or refuses one value of one column and tidies text.
//! Never: looks at other rows; whether a row exists or may be edited is decided elsewhere.
//! Invariant: what passes here fits the type of PostgreSQL's column (no U+0000). Lists of allowed words such as `status`
//! are the database's: it refuses others, and the edit is rejected.

use serde_json::Value;

use super::moment::is_moment;
use super::{Check, Field, FieldType, Kind, MAX_REV, Merge, checked_name, field};
use crate::error::{Error, Result};

/// Longest single-line text (title, venue, ...), in characters.
pub const MAX_LINE_CHARS: usize = 10_000;
/// Longest note, in bytes. A row must stay well below the 1 MiB where servers start to cut.
pub const MAX_TEXT_BYTES: usize = 256 * 1024;
/// Largest JSON column (setlist items, contacts), in bytes once written.
pub const MAX_JSON_BYTES: usize = 256 * 1024;

/// Lists and objects inside each other in one value, by the contract.
pub(crate) const MAX_DEPTH: usize = 32;

/// Accepts a value for a column and returns it as it is stored: text without U+0000, JSON likewise.
///
/// # Errors
/// [`Error::Invalid`] naming the column and what is wrong, or [`Error::UnknownColumn`]; nothing else.
pub fn checked(kind: Kind, name: &str, mut value: Value) -> Result<Value> {
    let known = field(kind, name).ok_or_else(|| Error::unknown_column(name))?;
    if known.merge == Merge::ReadOnly {
        return Err(bad(known, "it cannot be edited"));
    }
    if depth(&value) > MAX_DEPTH {
        return Err(bad(known, "it is nested too deeply"));
    }
    if has_odd_number(&value) {
        return Err(bad(known, "a number in it is too large"));
    }
    drop_nul(&mut value);
    check_required(known, &value)?;
    check_type(known, &value)?;
    check_range(known, &value)?;
    match (known.check, value) {
        (Check::BandName, Value::String(text)) => checked_name(&text).map(Value::String),
        (Check::BandName | Check::None, value) => Ok(value),
    }
}

fn bad(field: &'static Field, reason: &'static str) -> Error {
    Error::Invalid {
        field: field.name,
        reason,
    }
}

/// Takes U+0000 out of every text: PostgreSQL stores none in text or JSON; one in a call would refuse the whole call.
pub(crate) fn drop_nul(value: &mut Value) {
    match value {
        Value::String(text) if text.contains('\0') => text.retain(|c| c != '\0'),
        Value::Array(list) => list.iter_mut().for_each(drop_nul),
        Value::Object(map) => {
            if map.keys().any(|key| key.contains('\0')) {
                *map = std::mem::take(map)
                    .into_iter()
                    .map(|(key, value)| (key.replace('\0', ""), value))
                    .collect();
            }
            map.values_mut().for_each(drop_nul);
        }
        _ => {}
    }
}

/// How many lists and objects lie inside each other, the outermost included; 0 = neither.
#[must_use]
pub(crate) fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(map) => 1 + map.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// A whole number that a double does not keep: other programs would change it.
fn has_odd_number(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(has_odd_number),
        Value::Object(map) => map.values().any(has_odd_number),
        Value::Number(n) if n.is_f64() => false,
        Value::Number(n) => n
            .as_i64()
            .is_none_or(|n| n.unsigned_abs() > MAX_REV.unsigned_abs()),
        _ => false,
    }
}

fn check_required(known: &'static Field, value: &Value) -> Result<()> {
    match value {
        _ if !known.required => Ok(()),
        Value::Null => Err(bad(known, "it is missing")),
        Value::String(text) if text.trim().is_empty() => Err(bad(known, "it is empty")),
        _ => Ok(()),
    }
}

fn check_type(known: &'static Field, value: &Value) -> Result<()> {
    if value.is_null() {
        return Ok(());
    }
    let fits = match known.kind {
        FieldType::Text | FieldType::Time => value.is_string(),
        FieldType::Int => value.is_i64(),
        FieldType::Bool => value.is_boolean(),
        FieldType::Ref => value
            .as_str()
            .is_some_and(|text| uuid::Uuid::try_parse(text).is_ok()),
        FieldType::Json => value.is_array() || value.is_object(),
    };
    if !fits {
        return Err(bad(known, "it has the wrong type"));
    }
    match (known.kind, value.as_str()) {
        (FieldType::Time, Some(text)) if !is_moment(text) => Err(bad(known, "it is no date")),
        _ => Ok(()),
    }
}

fn check_range(known: &'static Field, value: &Value) -> Result<()> {
    let (least, most) = known.range;
    let range = least..=most;
    if value.as_i64().is_some_and(|n| !range.contains(&n)) {
        return Err(bad(known, "it is out of range"));
    }
    match (known.kind, value) {
        (FieldType::Text, Value::String(text)) if known.merge == Merge::Text => {
            if text.len() > MAX_TEXT_BYTES {
                Err(bad(known, "it is longer than 256 kB"))
            } else {
                Ok(())
            }
        }
        (FieldType::Text, Value::String(text)) => {
            let long = text.chars().nth(MAX_LINE_CHARS).is_some();
            if long {
                Err(bad(known, "it is longer than 10,000 characters"))
            } else {
                Ok(())
            }
        }
        (FieldType::Json, json) if json.to_string().len() > MAX_JSON_BYTES => {
            Err(bad(known, "it is larger than 256 kB"))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn reason(name: &str, value: Value) -> Option<&'static str> {
        match checked(Kind::Song, name, value) {
            Err(Error::Invalid { reason, .. }) => Some(reason),
            Err(_) => Some("other"),
            Ok(_) => None,
        }
    }

    #[test]
    fn long_titles_emoji_and_right_to_left_text_pass_unchanged() {
        for title in [
            "x".repeat(MAX_LINE_CHARS),
            "🎸🥁".to_owned(),
            "שלום".to_owned(),
        ] {
            assert_eq!(checked(Kind::Song, "title", json!(title)), Ok(json!(title)));
        }
        assert_eq!(
            reason("title", json!("x".repeat(MAX_LINE_CHARS + 1))),
            Some("it is longer than 10,000 characters")
        );
    }

    #[test]
    fn an_empty_title_is_refused_and_a_nul_is_dropped() {
        assert_eq!(reason("title", json!(" \u{2003}")), Some("it is empty"));
        assert_eq!(reason("title", json!("\0")), Some("it is empty"));
        assert_eq!(reason("title", json!(null)), Some("it is missing"));
        assert_eq!(checked(Kind::Song, "title", json!("a\0b")), Ok(json!("ab")));
        assert_eq!(
            checked(Kind::Setlist, "items", json!([{"a\0": "b\0"}])),
            Ok(json!([{"a": "b"}]))
        );
    }

    #[test]
    fn values_outside_a_column_are_refused() {
        assert_eq!(
            reason("tempo", json!("fast")),
            Some("it has the wrong type")
        );
        assert_eq!(reason("tempo", json!(0)), Some("it is out of range"));
        assert_eq!(reason("difficulty", json!(6)), Some("it is out of range"));
        assert_eq!(
            reason("created_by", json!(null)),
            Some("it cannot be edited")
        );
        let unknown = checked(Kind::Song, "colour", json!("red"));
        assert_eq!(unknown, Err(Error::unknown_column("colour")));
        assert_eq!(reason("artist", json!(null)), None);
    }
}
