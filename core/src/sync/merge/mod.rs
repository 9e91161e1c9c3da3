//! Three-way merge: two edits that started from one value become one value, or both are kept.
//!
//! Owns: the merge of one field by its [`Merge`] and of all fields of a row.
//! Never: does IO, looks at a clock or decides what is sent; it only says what the value becomes and what conflicted.
//! Invariants (property tests in `tests.rs`): an unchanged side never wins over a changed one, equal sides stay as they
//! are, no line, element or value appears that no side had, and an item of a list is neither lost nor doubled.

mod list;
mod text;

#[cfg(test)]
mod tests;

use serde_json::Value;

use crate::model::{Kind, Merge, Values, field};

/// Which side a conflict leaves in the row. The other side's value goes to the conflict record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// The edit of this device.
    Mine,
    /// The server's value.
    Theirs,
}

/// What became of one field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Merged {
    /// The value the row gets.
    pub value: Value,
    /// Set when the two sides could not both be honoured: which one `value` follows where they conflict.
    pub field_conflict: Option<Kept>,
}

/// A conflict that a person should see, with both values.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldConflict {
    /// Column name.
    pub field: String,
    /// The value both sides started from; null when unknown.
    pub base: Value,
    /// What this device wrote.
    pub mine: Value,
    /// What the server had.
    pub theirs: Value,
    /// Which of the two the row shows.
    pub kept: Kept,
}

/// What became of several fields of one row.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct RowMerge {
    /// Fields whose merged value differs from the server's: to be sent again, with the server's value as base.
    pub send: Values,
    /// Fields in which both sides cannot live together.
    pub field_conflicts: Vec<FieldConflict>,
}

/// Merges one field. `base` is what both sides started from; `None` = unknown, as after a restored backup. Nothing that
/// somebody typed can be lost where the server has nothing, so an unknown base conflicts with no empty value.
///
/// A conflict of two scalars keeps mine, because the last one to reach the server wins; a conflict of two texts keeps theirs,
/// because the server holds it and nobody has agreed to lose it. Either way the other value is not gone: the caller
/// records it.
#[must_use]
pub(crate) fn merge_value(
    rule: Merge,
    base: Option<&Value>,
    mine: &Value,
    theirs: &Value,
) -> Merged {
    let clean = |value: &Value| Merged {
        value: value.clone(),
        field_conflict: None,
    };
    if mine == theirs || base == Some(mine) {
        return clean(theirs);
    }
    if base == Some(theirs) || (base.is_none() && is_empty(theirs)) {
        return clean(mine);
    }
    match rule {
        Merge::ReadOnly => clean(theirs),
        Merge::Scalar => Merged {
            value: mine.clone(),
            field_conflict: Some(Kept::Mine),
        },
        Merge::Text => text::merge(base, mine, theirs),
        Merge::Set | Merge::Items => list::merge(base, mine, theirs),
    }
}

/// No value at all, a text without a character, a list without an element.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

/// Merges every field of `mine` with the server's `theirs`; fields that `theirs` does not name are left out.
///
/// A column the app does not know is treated as a scalar.
#[must_use]
pub(crate) fn merge_row(kind: Kind, base: &Values, mine: &Values, theirs: &Values) -> RowMerge {
    let mut out = RowMerge::default();
    for (name, mine) in mine {
        let Some(theirs) = theirs.get(name) else {
            continue;
        };
        let rule = field(kind, name).map_or(Merge::Scalar, |field| field.merge);
        let base = base.get(name);
        let merged = merge_value(rule, base, mine, theirs);
        if let Some(kept) = merged.field_conflict {
            out.field_conflicts.push(FieldConflict {
                field: name.clone(),
                base: base.cloned().unwrap_or(Value::Null),
                mine: mine.clone(),
                theirs: theirs.clone(),
                kept,
            });
        }
        if merged.value != *theirs {
            out.send.insert(name.clone(), merged.value);
        }
    }
    out
}
