//! Long text: three-way by lines.

use serde_json::Value;

use super::{Kept, Merged};

/// Lines of one side beyond which no merge is tried: the diff's time grows with the square of the differences, and no
/// song has notes of this length.
const MAX_LINES: usize = 4_000;

/// Merges by lines. Changes of different lines are both honoured; changes of the same or of touching lines conflict and
/// the server's text stays. A side that is not text (null: cleared) conflicts with any other change.
pub(super) fn merge(base: Option<&Value>, mine: &Value, theirs: &Value) -> Merged {
    let merged = match (base.map(as_text), mine, theirs) {
        (Some(Some(base)), Value::String(mine), Value::String(theirs)) => {
            by_lines(base, mine, theirs)
        }
        _ => None,
    };
    match merged {
        Some(text) => Merged {
            value: Value::String(text),
            field_conflict: None,
        },
        None => Merged {
            value: theirs.clone(),
            field_conflict: Some(Kept::Theirs),
        },
    }
}

/// Null is an empty text: a field that was never filled in.
fn as_text(value: &Value) -> Option<&str> {
    match value {
        Value::Null => Some(""),
        Value::String(text) => Some(text),
        _ => None,
    }
}

fn by_lines(base: &str, mine: &str, theirs: &str) -> Option<String> {
    if [base, mine, theirs]
        .iter()
        .any(|text| text.lines().count() > MAX_LINES)
    {
        return None;
    }
    // With its own line end, the last line is the same line whether or not something was written below it.
    let closed = |text: &str| {
        if text.is_empty() {
            String::new()
        } else {
            format!("{text}\n")
        }
    };
    let merged = diffy::merge(&closed(base), &closed(mine), &closed(theirs)).ok()?;
    Some(
        merged
            .strip_suffix('\n')
            .map_or(merged.clone(), str::to_owned),
    )
}
