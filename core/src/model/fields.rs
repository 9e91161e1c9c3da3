//! What a field is: its type, how two edits of it meet, and what else the catalogue says of it.
//!
//! Owns: the types of which `catalogue.rs` is made.
//! Invariant: [`Merge`] agrees with "Text and list fields" in `docs/sync-protocol.md`.

use serde_json::{Value, json};

/// The type of a column as the app treats it. On the wire everything is JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldType {
    /// Text.
    Text,
    /// A whole number.
    Int,
    /// True or false.
    Bool,
    /// A point in time, kept verbatim as the server's text.
    Time,
    /// A UUID that names another row or person.
    Ref,
    /// JSON: an array or object, kept verbatim.
    Json,
}

/// How two edits of one column meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merge {
    /// The server's business: the app never edits it.
    ReadOnly,
    /// The last one to arrive wins; the value that gave way is kept for a person to look at.
    Scalar,
    /// Long text: three-way by lines; on a conflict both are kept.
    Text,
    /// An array treated as a set of elements: three-way by element.
    Set,
    /// An array of objects with an `id`: three-way by id, order included.
    Items,
}

/// What the server puts into a column that an insert leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Insert {
    /// Nothing.
    Null,
    /// A text.
    Text(&'static str),
    /// A whole number.
    Whole(i64),
    /// An empty list.
    List,
    /// An empty object.
    Object,
}

impl Insert {
    /// As it comes from the server.
    #[must_use]
    pub fn value(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Text(text) => json!(text),
            Self::Whole(number) => json!(number),
            Self::List => json!([]),
            Self::Object => json!({}),
        }
    }
}

/// What is checked of a value beyond its type, range and length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// Nothing.
    None,
    /// It is a name by the rules of `name.rs`, which tidy it.
    BandName,
}

/// One column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The server's column name.
    pub name: &'static str,
    /// Its type.
    pub kind: FieldType,
    /// How two edits meet.
    pub merge: Merge,
    /// A row must have it: text with at least one visible character.
    pub required: bool,
    /// The smallest and the largest whole number, both included; for other types without meaning.
    pub range: (i64, i64),
    /// What else is checked.
    pub check: Check,
    /// What an insert that leaves it out puts there; without meaning for columns that edits never name.
    pub insert: Insert,
    /// It travels in song files.
    pub in_files: bool,
}

impl Field {
    /// A column that is as most are. The range is that of the server's `integer`.
    pub(super) const fn usual(name: &'static str, kind: FieldType) -> Self {
        Self {
            name,
            kind,
            merge: Merge::Scalar,
            required: false,
            range: (-2_147_483_648, 2_147_483_647),
            check: Check::None,
            insert: Insert::Null,
            in_files: false,
        }
    }

    /// May edits name it?
    #[cfg(feature = "testing")]
    #[must_use]
    pub const fn is_edited(&self) -> bool {
        !matches!(self.merge, Merge::ReadOnly)
    }
}
