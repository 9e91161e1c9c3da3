//! The catalogue of synced columns: the one place that names them.
//!
//! Owns: for each kind, which columns the app knows, what type they have, and how two edits of one column meet.
//! The local schema, the merge, the edit checks, the diffs that notices show and the import all read this list.
//! Invariant: names are the server's column names; [`Merge`] agrees with "Text and list fields" in
//! `docs/sync-protocol.md`.

use serde_json::{Value, json};

use super::Kind;

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
    /// Long text: three-way by lines; on a clash both are kept.
    Text,
    /// An array treated as a set of elements: three-way by element.
    Set,
    /// An array of objects with an `id`: three-way by id, order included.
    Items,
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
}

const fn f(name: &'static str, kind: FieldType, merge: Merge) -> Field {
    Field { name, kind, merge }
}

use FieldType::{Bool, Int, Json, Ref, Text as Txt, Time};
use Merge::{Items, ReadOnly, Scalar, Set, Text};

const BAND: &[Field] = &[
    f("name", Txt, Scalar),
    f("description", Txt, Text),
    f("settings", Json, Scalar),
    f("created_by", Ref, ReadOnly),
    f("created_date", Time, ReadOnly),
];

const MEMBERSHIP: &[Field] = &[
    f("user_id", Ref, ReadOnly),
    f("band_id", Ref, ReadOnly),
    f("role", Txt, ReadOnly),
    f("status", Txt, ReadOnly),
    f("member_name", Txt, ReadOnly),
    f("joined_date", Time, ReadOnly),
    f("joined_rev", Int, ReadOnly),
    f("share_seen", Bool, ReadOnly),
];

const SONG: &[Field] = &[
    f("title", Txt, Scalar),
    f("artist", Txt, Scalar),
    f("key", Txt, Scalar),
    f("tempo", Int, Scalar),
    f("time_signature", Txt, Scalar),
    f("duration", Int, Scalar),
    f("difficulty", Int, Scalar),
    f("guitar_tuning", Txt, Scalar),
    f("genre", Txt, Scalar),
    f("notes", Txt, Text),
    f("lyrics_url", Txt, Scalar),
    f("chords_url", Txt, Scalar),
    f("recording_url", Txt, Scalar),
    f("reference_links", Json, Set),
    f("last_practiced", Time, Scalar),
    f("confidence_level", Int, Scalar),
    f("context_type", Txt, Scalar),
    f("context_id", Ref, Scalar),
    f("visibility", Txt, Scalar),
    f("song_group_id", Ref, Scalar),
    f("created_by", Ref, ReadOnly),
    f("created_date", Time, ReadOnly),
    f("updated_date", Time, ReadOnly),
    f("version", Int, ReadOnly),
];

const SETLIST: &[Field] = &[
    f("name", Txt, Scalar),
    f("band_id", Ref, Scalar),
    f("show_id", Ref, Scalar),
    f("status", Txt, Scalar),
    f("notes", Txt, Text),
    f("context_type", Txt, Scalar),
    f("context_id", Ref, Scalar),
    f("tags", Json, Set),
    f("items", Json, Items),
    f("source_setlist_id", Ref, Scalar),
    f("created_by", Ref, ReadOnly),
    f("created_date", Time, ReadOnly),
    f("last_modified", Time, ReadOnly),
    f("version", Int, ReadOnly),
];

const SHOW: &[Field] = &[
    f("name", Txt, Scalar),
    f("venue", Txt, Scalar),
    f("location", Txt, Scalar),
    f("band_id", Ref, Scalar),
    f("setlist_id", Ref, Scalar),
    f("scheduled_date", Time, Scalar),
    f("load_in_time", Txt, Scalar),
    f("soundcheck_time", Txt, Scalar),
    f("set_time", Txt, Scalar),
    f("end_time", Txt, Scalar),
    f("duration", Int, Scalar),
    f("payment", Int, Scalar),
    f("contacts", Json, Items),
    f("notes", Txt, Text),
    f("gig_type", Txt, Scalar),
    f("status", Txt, Scalar),
    f("created_by", Ref, ReadOnly),
    f("created_date", Time, ReadOnly),
    f("updated_date", Time, ReadOnly),
    f("version", Int, ReadOnly),
];

const PRACTICE: &[Field] = &[
    f("band_id", Ref, Scalar),
    f("setlist_id", Ref, Scalar),
    f("scheduled_date", Time, Scalar),
    f("start_time", Time, Scalar),
    f("end_time", Time, Scalar),
    f("duration", Int, Scalar),
    f("location", Txt, Scalar),
    f("type", Txt, Scalar),
    f("status", Txt, Scalar),
    f("notes", Txt, Text),
    f("wrapup_notes", Txt, Text),
    f("objectives", Json, Set),
    f("completed_objectives", Json, Set),
    f("session_rating", Int, Scalar),
    f("songs", Json, Set),
    f("attendees", Json, Set),
    f("created_date", Time, ReadOnly),
    f("version", Int, ReadOnly),
];

const READ_MARK: &[Field] = &[
    f("mark_scope", Ref, ReadOnly),
    f("row_kind", Txt, ReadOnly),
    f("row_id", Ref, ReadOnly),
    f("rev", Int, ReadOnly),
    f("seen_rev", Int, ReadOnly),
];

/// The columns of a kind, in the order of the local table. `id` and the `sync_*` columns come on top.
#[must_use]
pub fn fields(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Band => BAND,
        Kind::Membership => MEMBERSHIP,
        Kind::Song => SONG,
        Kind::Setlist => SETLIST,
        Kind::Show => SHOW,
        Kind::Practice => PRACTICE,
        Kind::ReadMark => READ_MARK,
    }
}

/// One column of a kind by name, if the app knows it.
#[must_use]
pub fn field(kind: Kind, name: &str) -> Option<&'static Field> {
    fields(kind).iter().find(|field| field.name == name)
}

/// What the server puts into a column that an insert leaves out. Agrees with the column defaults of the database, which a
/// test compares; [`Merge::ReadOnly`] columns, which edits never name, are not listed.
#[must_use]
pub fn insert_default(kind: Kind, name: &str) -> Value {
    match (kind, name) {
        (Kind::Song, "difficulty" | "confidence_level") => json!(1),
        (Kind::Song, "guitar_tuning") => json!("Standard"),
        (Kind::Song, "artist") => json!(""),
        (Kind::Song, "visibility" | "context_type") | (Kind::Setlist, "context_type") => {
            json!("band")
        }
        (Kind::Setlist, "status") => json!("draft"),
        (Kind::Show | Kind::Practice, "status") => json!("scheduled"),
        (Kind::Song, "reference_links")
        | (Kind::Setlist, "tags" | "items")
        | (Kind::Show, "contacts")
        | (Kind::Practice, "songs" | "attendees") => json!([]),
        (Kind::Band, "settings") => json!({}),
        _ => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_names_each_column_once() {
        for kind in Kind::ALL {
            for (i, one) in fields(kind).iter().enumerate() {
                assert!(
                    fields(kind)[..i].iter().all(|other| other.name != one.name),
                    "{kind}.{}",
                    one.name
                );
            }
        }
    }
}
