//! Values as the real server prints them inside its error texts. Pure.

use serde_json::{Map, Value};

/// `nil`, `"text"`, `[1, 2]`, `%{"key" => value}`.
pub(crate) fn value(value: &Value) -> String {
    match value {
        Value::Null => "nil".to_owned(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(self::value).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(fields) => map(fields),
        other => other.to_string(),
    }
}

/// `%{"key" => value}`.
pub(crate) fn map(fields: &Map<String, Value>) -> String {
    let fields: Vec<String> = fields
        .iter()
        .map(|(key, field)| format!("{} => {}", string(key), value(field)))
        .collect();
    format!("%{{{}}}", fields.join(", "))
}

/// `"text"` with quotes and backslashes escaped.
pub(crate) fn string(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

/// `["a", "b"]`.
pub(crate) fn strings<T: AsRef<str>>(items: &[T]) -> String {
    let items: Vec<String> = items.iter().map(|item| string(item.as_ref())).collect();
    format!("[{}]", items.join(", "))
}
