//! Request bodies: JSON whatever the content type says, at most 1 MiB.

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;

use super::answer::AuthError;

/// Largest body, in bytes.
pub(super) const LIMIT: usize = 1024 * 1024;

/// Parses a body. `null` is the empty object; unknown members are ignored.
pub(super) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, AuthError> {
    let bad = |detail: String| {
        AuthError::new(
            400,
            "bad_json",
            format!("Could not parse request body as JSON: {detail}"),
        )
    };
    let value: Value = serde_json::from_slice(bytes).map_err(|error| bad(syntax(bytes, &error)))?;
    let value = match value {
        Value::Null => Value::Object(serde_json::Map::new()),
        Value::Object(_) => value,
        Value::Array(_) => {
            return Err(bad("json: cannot unmarshal array into an object".to_owned()));
        }
        _ => {
            return Err(bad(
                "json: cannot unmarshal a scalar into an object".to_owned()
            ));
        }
    };
    serde_json::from_value(value).map_err(|error| bad(format!("json: cannot unmarshal: {error}")))
}

/// The parser's complaint in the words of the real service.
fn syntax(bytes: &[u8], error: &serde_json::Error) -> String {
    if error.classify() == Category::Eof {
        return "unexpected end of JSON input".to_owned();
    }
    let mut values = serde_json::Deserializer::from_slice(bytes).into_iter::<Value>();
    let first = values.next();
    let offset = values.byte_offset();
    let rest = bytes.get(offset..).unwrap_or_default();
    let text = String::from_utf8_lossy(rest);
    let character = text.trim_start().chars().next().unwrap_or(' ');
    match first {
        Some(Ok(_)) => format!("invalid character '{character}' after top-level value"),
        _ => format!("invalid character '{character}' looking for beginning of value"),
    }
}

/// Whether the text is an e-mail address by the rule of HTML forms (no top-level domain needed).
pub(super) fn check_email(email: &str) -> Result<(), AuthError> {
    if email.len() > 255 {
        return Err(AuthError::invalid("An email address is too long"));
    }
    let invalid = || AuthError::invalid("Unable to validate email address: invalid format");
    let (local, domain) = email.split_once('@').ok_or_else(invalid)?;
    let local_ok = |c: char| c.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c);
    let label_ok = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let valid = !local.is_empty() && local.chars().all(local_ok) && domain.split('.').all(label_ok);
    if valid { Ok(()) } else { Err(invalid()) }
}
