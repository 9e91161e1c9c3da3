//! The catalogue of kinds and fields: the one place that names them.
//!
//! Owns: for each kind its name, the server's table, the column of its scope, its title and the order of its list; for each
//! field its type, whether a row must have it, its range, how two edits of it meet, what an insert that leaves it out puts
//! there, whether it travels in song files, and what screens read of it. What people call them is in `speech`.
//! From it come [`Kind`], [`Field`], the checks of edits, the local tables and their statements, the rows that screens
//! read with their decoding, and the records of the bindings.
//! Never: holds what differs by kind in more than a value (how a move is replayed, who may delete): that is code, beside
//! what it is about. The migrations of the server are written by hand; a test compares them with this list.
//! Invariants: names are the server's column names; a field is added at the end of its kind's list or anywhere in it, and
//! never renamed or removed, because older files hold it.

use serde_json::Value;

use super::Kind;
use super::fields::Check::BandName;
use super::fields::Insert::{List, Object, Text as Word, Whole};
use super::fields::Merge::{Items, ReadOnly, Set, Text as Long};
use super::fields::{Field, FieldType};

/// Hands the whole catalogue to a macro: `catalogue! { [path::of::macro] anything of the caller's }`.
///
/// A kind is `Variant "name" "what it is" { what it is as a whole } { its fields } { its row }`. A field is
/// `column: Type { what differs from the usual }`, and where screens read it `as "what it is" name: Type`, in the order of
/// the row's fields. A row is `"what it is"`, then computed fields in braces; a kind that has none is read otherwise.
#[macro_export]
macro_rules! catalogue {
    ([$($then:tt)*] $($given:tt)*) => { $($then)*! { $($given)*
        Band "band" "A band: name, description, settings."
        { table: "bands", scope: Some("id"), title: Some("name"), order: &["name"] }
        {
            name: Text { required: true, check: BandName },
            description: Text { merge: Long },
            settings: Json { insert: Object },
            created_by: Ref { merge: ReadOnly },
            created_date: Time { merge: ReadOnly },
        } {}

        Membership "membership" "Who is in the band, with role and name."
        { table: "band_memberships", scope: Some("band_id"), title: Some("member_name"), order: &["member_name"] }
        {
            user_id: Ref { merge: ReadOnly },
            band_id: Ref { merge: ReadOnly },
            role: Text { merge: ReadOnly },
            status: Text { merge: ReadOnly },
            member_name: Text { merge: ReadOnly },
            joined_date: Time { merge: ReadOnly },
            joined_rev: Int { merge: ReadOnly },
            share_seen: Bool { merge: ReadOnly },
        } {}

        Song "song" "A song of a band or of one person."
        { table: "songs", scope: Some("context_id"), title: Some("title"), order: &["title", "artist"] }
        {
            title: Text { required: true, in_files: true } as "Title." title: String,
            artist: Text { insert: Word(""), in_files: true } as "Artist." artist: Option<String>,
            key: Text { in_files: true } as "Musical key, as written, such as `F#m`." key: Option<String>,
            tempo: Int { range: (1, 1_000), in_files: true } as "Beats a minute." tempo: Option<i64>,
            time_signature: Text { in_files: true }
                as "How it is counted." time_signature: Option<TimeSignature>,
            duration: Int { range: (0, 86_400), in_files: true } as "Seconds." duration: Option<i64>,
            difficulty: Int { range: (1, 5), insert: Whole(1), in_files: true }
                as "How hard it is; 1 is easy." difficulty: Option<i64>,
            guitar_tuning: Text { insert: Word("Standard"), in_files: true }
                as "How guitars are tuned." guitar_tuning: Option<String>,
            capo: Int { range: (0, 11), in_files: true } as "Fret of the capo; 0 is none." capo: Option<i64>,
            genre: Text { in_files: true } as "Genre." genre: Option<String>,
            notes: Text { merge: Long, in_files: true } as "Notes." notes: Option<String>,
            lyrics_url: Text {},
            chords_url: Text {},
            recording_url: Text {},
            reference_links: Json { merge: Set, insert: List }
                as "Links to recordings or sheets, as they are in the row." reference_links: Vec<Value>,
            last_practiced: Time {},
            confidence_level: Int { range: (1, 5), insert: Whole(1) },
            context_type: Text { insert: Word("band") },
            context_id: Ref { required: true },
            visibility: Text { insert: Word("band") },
            song_group_id: Ref {},
            created_by: Ref { merge: ReadOnly },
            created_date: Time { merge: ReadOnly },
            updated_date: Time { merge: ReadOnly },
            version: Int { merge: ReadOnly },
        }
        { "A song as a screen shows it." {
            "Its band's name; `None` for a song of one person." band: Option<String>,
        } }

        Setlist "setlist" "A setlist of a band or of one person."
        { table: "setlists", scope: Some("context_id"), title: Some("name"), order: &["name"] }
        {
            name: Text { required: true } as "Name." name: String,
            status: Text { insert: Word("draft") } as "How far it is." status: Option<SetlistStatus>,
            notes: Text { merge: Long } as "Notes." notes: Option<String>,
            show_id: Ref {} as "The show it is for." show: Option<RowId>,
            tags: Json { merge: Set, insert: List } as "Words to find it by." tags: Vec<String>,
            items: Json { merge: Items, insert: List }
                as "What is played, in order." items: Vec<SetlistItem>,
            band_id: Ref {},
            context_type: Text { insert: Word("band") },
            context_id: Ref {},
            source_setlist_id: Ref {},
            created_by: Ref { merge: ReadOnly },
            created_date: Time { merge: ReadOnly },
            last_modified: Time { merge: ReadOnly },
            version: Int { merge: ReadOnly },
        }
        { "A setlist as a screen shows it." {
            "Seconds: songs of known duration plus breaks." running_time: u64,
            "Songs without a known duration, deleted ones included; the running time does not count them." untimed: u32,
            "How many songs are in it, deleted ones included." songs: u32,
            "When its show is: the one it names, else the latest that names it; `None` where none is known here."
                show_date: Option<Timestamp>,
            "When its set begins by that show, by the clock of the place; `None` where that is in words, or not known."
                start: Option<TimeOfDay>,
            "When its set ends: the start and the running time; after midnight it is a time of the next day."
                end: Option<TimeOfDay>,
        } }

        Show "show" "A gig."
        { table: "shows", scope: Some("band_id"), title: Some("name"), order: &["scheduled_date"] }
        {
            name: Text { required: true } as "Name." name: String,
            venue: Text {} as "Venue." venue: Option<String>,
            location: Text {} as "Place." location: Option<String>,
            band_id: Ref { required: true },
            setlist_id: Ref {}
                as "The setlist played; it may name one that is not here." setlist: Option<RowId>,
            scheduled_date: Time { required: true }
                as "When." scheduled_date: Option<Timestamp>,
            load_in_time: Text {} as "Load-in." load_in_time: Option<ShowTime>,
            soundcheck_time: Text {} as "Sound check." soundcheck_time: Option<ShowTime>,
            set_time: Text {} as "Start of the set." set_time: Option<ShowTime>,
            end_time: Text {} as "End." end_time: Option<ShowTime>,
            duration: Int { range: (0, 86_400) } as "Minutes." duration: Option<i64>,
            payment: Int { range: (0, 2_147_483_647) } as "Cents." payment: Option<i64>,
            contacts: Json { merge: Items, insert: List } as "People at the venue." contacts: Vec<Contact>,
            notes: Text { merge: Long } as "Notes." notes: Option<String>,
            gig_type: Text {} as "Kind of gig." gig_type: Option<String>,
            status: Text { insert: Word("scheduled") }
                as "Whether it takes place." status: Option<ShowStatus>,
            created_by: Ref { merge: ReadOnly },
            created_date: Time { merge: ReadOnly },
            updated_date: Time { merge: ReadOnly },
            version: Int { merge: ReadOnly },
        }
        { "A show as a screen shows it." {} }

        Practice "practice" "A rehearsal, writing or recording session, an audition, a lesson."
        { table: "practice_sessions", scope: Some("band_id"), title: Some("scheduled_date"), order: &["scheduled_date"] }
        {
            type: Text { required: true }
                as "What it is." practice_type: Option<PracticeType>,
            status: Text { insert: Word("scheduled") }
                as "Whether it takes place." status: Option<PracticeStatus>,
            scheduled_date: Time { required: true }
                as "When." scheduled_date: Option<Timestamp>,
            start_time: Time {} as "When it began." start_time: Option<Timestamp>,
            end_time: Time {} as "When it ended." end_time: Option<Timestamp>,
            duration: Int { range: (0, 86_400) } as "Minutes." duration: Option<i64>,
            location: Text {} as "Place." location: Option<String>,
            setlist_id: Ref {}
                as "The setlist practised; it may name one that is not here." setlist: Option<RowId>,
            notes: Text { merge: Long } as "Notes." notes: Option<String>,
            wrapup_notes: Text { merge: Long } as "Notes from the end." wrapup_notes: Option<String>,
            objectives: Json { merge: Set } as "What is to be reached." objectives: Vec<String>,
            completed_objectives: Json { merge: Set }
                as "What was reached." completed_objectives: Vec<String>,
            session_rating: Int { range: (1, 5) } as "How it went; 5 is best." session_rating: Option<i64>,
            songs: Json { merge: Set, insert: List } as "Songs practised." songs: Vec<PractisedSong>,
            attendees: Json { merge: Set, insert: List }
                as "Who comes and came." attendees: Vec<Attendee>,
            band_id: Ref { required: true },
            created_date: Time { merge: ReadOnly },
            version: Int { merge: ReadOnly },
        }
        { "A practice as a screen shows it." {} }

        ReadMark "read_mark" "How far I have read; only in my own scope."
        { table: "read_marks", local: false }
        {
            mark_scope: Ref { merge: ReadOnly },
            row_kind: Text { merge: ReadOnly },
            row_id: Ref { merge: ReadOnly },
            rev: Int { merge: ReadOnly },
            seen_rev: Int { merge: ReadOnly },
        } {}
    } };
}

/// The rows that screens read, as structs under the attributes in brackets: `catalogue! { [row_structs] [#[derive(..)]] }`.
/// The types that the catalogue names are those of the caller.
#[macro_export]
macro_rules! row_structs {
    (@kind $with:tt $kind:ident $fields:tt {}) => {};
    (@kind [$($with:tt)*] $kind:ident
       { $($column:ident: $type:ident $of:tt $(as $says:literal $name:ident: $rust:ty)?,)* }
       { $doc:literal { $($computed_says:literal $computed:ident: $computed_rust:ty,)* } }) => {
        #[doc = $doc]
        $($with)*
        pub struct $kind {
            /// Its id.
            pub id: RowId,
            /// The band or person it belongs to.
            pub scope: ScopeId,
            $($(#[doc = $says] pub $name: $rust,)?)*
            $(#[doc = $computed_says] pub $computed: $computed_rust,)*
            /// Columns of which this phone has the beginning or nothing, because the whole row is too large for it; they
            /// cannot be edited here. Empty for nearly every row.
            pub shortened: Vec<String>,
            /// Somebody else changed it since this user looked.
            pub unread: bool,
            /// It has edits the server has not confirmed.
            pub pending: bool,
            /// Revision of the server's row; 0 = not on the server yet.
            pub rev: Rev,
        }
    };
    ($with:tt $($kind:ident $name:literal $doc:literal $facts:tt $fields:tt $row:tt)*) => {
        $($crate::row_structs! { @kind $with $kind $fields $row })*
    };
}

/// What is true of a kind as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Name in the protocol and of the local table.
    pub name: &'static str,
    /// The server's table.
    pub table: &'static str,
    /// The column that names a row's scope; `None` = no column does, it is its user's.
    pub scope: Option<&'static str>,
    /// The column that a row is called by; `None` = rows of this kind are called nothing.
    pub title: Option<&'static str>,
    /// What the default list is ordered by: texts without case and accents, times as they are.
    pub order: &'static [&'static str],
    /// Its rows have a table here. Read marks live in `mark`.
    pub local: bool,
    /// The columns. `id` and the `sync_*` columns come on top.
    pub fields: &'static [Field],
}

impl Facts {
    const USUAL: Self = Self {
        name: "",
        table: "",
        scope: None,
        title: None,
        order: &[],
        local: true,
        fields: &[],
    };
}

macro_rules! facts {
    ($($kind:ident $name:literal $doc:literal { $($fact:ident: $value:expr),* $(,)? }
       { $($column:ident: $type:ident { $($of:ident: $is:expr),* } $(as $says:literal $shown:ident: $rust:ty)?,)* }
       { $($row:tt)* })*) => {
        /// Every kind, by its number.
        const FACTS: [Facts; Kind::COUNT] = [$({
            const FIELDS: &[Field] = &[$(Field {
                $($of: $is,)*
                ..Field::usual(stringify!($column), FieldType::$type)
            }),*];
            // A row's columns are counted in 64 bits where it is written.
            const _: () = assert!(FIELDS.len() <= 64);
            Facts { name: $name, fields: FIELDS, $($fact: $value,)* ..Facts::USUAL }
        }),*];
    };
}

catalogue! { [facts] }

impl Kind {
    /// What is true of the kind.
    #[must_use]
    pub const fn facts(self) -> &'static Facts {
        &FACTS[self as usize]
    }
}

/// The columns of a kind.
#[must_use]
pub fn fields(kind: Kind) -> &'static [Field] {
    kind.facts().fields
}

/// One column of a kind by name, if the app knows it.
#[must_use]
pub fn field(kind: Kind, name: &str) -> Option<&'static Field> {
    fields(kind).iter().find(|field| field.name == name)
}

/// What the server puts into a column that an insert leaves out.
#[must_use]
pub(crate) fn insert_default(kind: Kind, name: &str) -> Value {
    field(kind, name).map_or(Value::Null, |field| field.insert.value())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_names_each_column_once() {
        for kind in Kind::ALL {
            for (at, one) in fields(kind).iter().enumerate() {
                let before = &fields(kind)[..at];
                assert!(
                    before.iter().all(|other| other.name != one.name),
                    "{kind}.{}",
                    one.name
                );
            }
        }
    }

    #[test]
    fn title_order_and_scope_name_columns_of_their_kind() {
        for kind in Kind::ALL {
            let facts = kind.facts();
            let scope = facts.scope.filter(|name| *name != "id");
            for name in facts.title.iter().chain(&scope).chain(facts.order) {
                assert!(field(kind, name).is_some(), "{kind}.{name}");
            }
        }
    }
}
