//! What was done to a row, and what it did to a column: words that the store, notices and apps share.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What was done to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum Verb {
    /// It is new.
    Added,
    /// Some of its columns have other values.
    Changed,
    /// It is gone.
    Deleted,
    /// It had been deleted and is there again.
    Restored,
    /// It is elsewhere now: in another band, or in somebody's personal scope.
    Moved,
}

/// One column's old and new value: what its author found and what he left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct FieldChange {
    /// Column name.
    pub field: String,
    /// Value before; `null` when empty, or not known.
    pub from: Value,
    /// Value after; `null` when empty, or not known.
    pub to: Value,
    /// Are `from` and `to` this author's? If not, only the name of the column is to be told.
    #[serde(default)]
    pub known: bool,
}
