//! What a member is told, and what waits for their choice.

use rockon_core::client::Choice;
use rockon_core::model::{Kind, MutationNo, Rev, Role, RowId, ScopeId, UserId, Values};
use rockon_core::notices::text;
use rockon_core::notices::{
    Author, DigestEntry, FieldChange, ListItem, ListStep, MembershipEvent, NoticeBody, RowChange,
    Verb,
};
use rockon_core::store::{
    Asks, Conflict, ConflictDetails, EntryState, Op, OutboxEntry, Rejection, Side, StoredNotice,
};
use rockon_core::time::Timestamp;
use serde_json::Value;

/// One entry of the feed of notices.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Notice {
    /// Identifies it on this device; grows with time.
    pub id: i64,
    /// When it was made, milliseconds since 1970 by this phone's clock.
    pub at: Timestamp,
    /// The band it is about; nothing = the whole device.
    pub scope: Option<ScopeId>,
    /// What it says; nothing when a newer version of the program made it.
    pub body: Option<NoticeBody>,
    /// The same in English, one or two sentences.
    pub text: String,
    /// Has this member looked at it?
    pub seen: bool,
}

impl From<StoredNotice> for Notice {
    fn from(stored: StoredNotice) -> Self {
        Self {
            id: stored.id,
            at: stored.at,
            scope: stored.scope,
            body: NoticeBody::of(&stored),
            text: text::of(&stored),
            seen: stored.seen,
        }
    }
}

/// What a notice says.
#[uniffi::remote(Enum)]
pub enum NoticeBody {
    /// One person's changes within a window.
    Changes {
        /// Who.
        author: Author,
        /// The newest changes, one a row, at most `MAX_ROWS`; of each kind and verb that there is at least one.
        rows: Vec<RowChange>,
        /// How many rows changed, those not in `rows` included.
        count: u32,
    },
    /// What several people did while this phone was away or in gig mode.
    Digest {
        /// One entry a person, each as in `Changes`.
        people: Vec<DigestEntry>,
    },
    /// Two edits of one field met; both values are kept until a person chooses.
    Conflict {
        /// What the row is.
        kind: Kind,
        /// Which row.
        id: RowId,
        /// Its title.
        title: String,
        /// Column names that conflict.
        fields: Vec<String>,
        /// Whose value met mine.
        other: Author,
    },
    /// The server refused an edit, or several alike within a short time; they are rejected and can be tried again or discarded.
    Rejected {
        /// What the row is.
        kind: Kind,
        /// Which row; of several the newest.
        id: RowId,
        /// Its title.
        title: String,
        /// The machine-readable reason (SQLSTATE).
        reason: String,
        /// What the edit did.
        verb: Verb,
        /// Which columns, if it changed some.
        fields: Vec<String>,
        /// The member was a viewer of the band then.
        viewer: bool,
        /// How many edits wait, at least 1. Of several, `fields` are those of the newest.
        count: u32,
    },
    /// I deleted a row, or moved it away, that somebody else had changed unseen. It was not done: a person chooses.
    Crossed {
        /// What the row is.
        kind: Kind,
        /// Which row.
        id: RowId,
        /// Its title.
        title: String,
        /// It was a move.
        moved: bool,
        /// What the other changed; empty when that is not known.
        fields: Vec<String>,
        /// Who changed it.
        other: Author,
    },
    /// An edit of mine met a delete: the row is back.
    Restored {
        /// What the row is.
        kind: Kind,
        /// Which row.
        id: RowId,
        /// Its title.
        title: String,
        /// Who had deleted it.
        other: Author,
    },
    /// Somebody joined, left, was removed or got another role.
    Membership {
        /// Who did it.
        author: Author,
        /// Whom it is about.
        member: Author,
        /// What happened.
        event: MembershipEvent,
        /// The band's name where it is not on this phone any more.
        band: Option<String>,
    },
    /// My account was deleted, and what I could see has been removed from this phone.
    AccountGone {
        /// How many edits were not sent. They are among the refused ones, until somebody signs out or in here.
        kept: u32,
    },
    /// Edits made offline have reached the server.
    Sent {
        /// How many.
        count: u32,
    },
}

/// One person's part of a digest.
#[uniffi::remote(Record)]
pub struct DigestEntry {
    /// Who.
    pub author: Author,
    /// The newest changes, one a row.
    pub rows: Vec<RowChange>,
    /// How many rows changed.
    pub count: u32,
}

/// Who did something.
#[uniffi::remote(Record)]
pub struct Author {
    /// The person; `None` when the change came from no person (a service), shown as "System".
    pub id: Option<UserId>,
    /// Their name in the band at that time.
    pub name: String,
}

/// What happened to one row.
#[uniffi::remote(Record)]
pub struct RowChange {
    /// What was done.
    pub verb: Verb,
    /// What the row is.
    pub kind: Kind,
    /// Which row.
    pub id: RowId,
    /// Its title, or what stands for one (a practice's date).
    pub title: String,
    /// What changed in it, as far as this device knows.
    pub fields: Vec<FieldChange>,
    /// Of a changed setlist: what was done to its items; empty where that is not known.
    pub steps: Vec<ListStep>,
}

/// One column's old and new value: what its author found and what he left.
#[uniffi::remote(Record)]
pub struct FieldChange {
    /// Column name.
    pub field: String,
    /// Value before; `null` when empty, or not known.
    pub from: Value,
    /// Value after; `null` when empty, or not known.
    pub to: Value,
    /// Are `from` and `to` this author's? If not, only the name of the column is to be told.
    pub known: bool,
}

/// What an item of a setlist is called.
#[uniffi::remote(Enum)]
pub enum ListItem {
    /// A song; without a title where this phone does not know it.
    Song {
        /// Its title.
        title: Option<String>,
    },
    /// A pause.
    Break {
        /// Its length.
        minutes: i64,
    },
    /// A heading.
    Section {
        /// Its text.
        title: String,
    },
    /// Something a newer version knows.
    Other,
}

/// One thing that was done to a setlist. Places count from 1.
#[uniffi::remote(Enum)]
pub enum ListStep {
    /// It is new.
    Added {
        /// What.
        item: ListItem,
        /// Its place in the new list.
        at: u32,
    },
    /// It is gone.
    Removed {
        /// What.
        item: ListItem,
        /// Its place in the old list.
        at: u32,
    },
    /// It stands elsewhere.
    Moved {
        /// What.
        item: ListItem,
        /// Its place in the old list.
        from: u32,
        /// Its place in the new list.
        at: u32,
        /// Which song of the new list it is, where that is another number than before.
        number: Option<u32>,
    },
    /// A pause has another length.
    Break {
        /// The new length.
        minutes: i64,
        /// Its place in the new list.
        at: u32,
    },
    /// Something else about it is different.
    Changed {
        /// What.
        item: ListItem,
        /// Its place in the new list.
        at: u32,
    },
}

/// What was done to a row.
#[uniffi::remote(Enum)]
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

/// What happened to a membership.
#[uniffi::remote(Enum)]
pub enum MembershipEvent {
    /// Joined, or came back.
    Joined,
    /// Left by themselves.
    Left,
    /// Was removed by somebody.
    Removed,
    /// Has another role now.
    Role(Role),
}

/// A conflict that waits for a person.
#[uniffi::remote(Record)]
pub struct Conflict {
    /// Identifies it on this device.
    pub id: i64,
    /// What conflicts.
    pub what: ConflictDetails,
    /// Whose wish holds now, as shown on this device.
    pub live: Side,
    /// The notice that asks.
    pub notice: Option<i64>,
    /// When it was found, wall clock.
    pub at: Timestamp,
}

/// A conflict as it was found.
#[uniffi::remote(Record)]
pub struct ConflictDetails {
    /// Where.
    pub scope: ScopeId,
    /// What the row is.
    pub kind: Kind,
    /// Which row.
    pub row: RowId,
    /// What a person is asked.
    pub asks: Asks,
    /// Column name; empty for a delete or a move.
    pub field: String,
    /// What this user wrote; `null` for a delete or a move.
    pub mine: Value,
    /// What somebody else wrote; for a delete or a move the names of the columns that they changed, as far as known.
    pub theirs: Value,
    /// Who.
    pub by: Option<UserId>,
    /// Their name then.
    pub by_name: Option<String>,
}

/// What a person is asked.
#[uniffi::remote(Enum)]
pub enum Asks {
    /// Which of two values of a field.
    Value,
    /// Whether to delete a row that somebody else has changed unseen.
    Delete,
    /// Whether to move such a row away.
    Move,
}

/// Whose wish holds now.
#[uniffi::remote(Enum)]
pub enum Side {
    /// Mine: the field has my value; the row is deleted, or moved.
    Mine,
    /// The other's: the field has that value; the row is there.
    Theirs,
    /// The field has another value by now.
    Other,
    /// The row is not there any more.
    Gone,
}

/// What a person chooses in a conflict.
#[uniffi::remote(Enum)]
pub enum Choice {
    /// My value; delete or move it anyway.
    Mine,
    /// The other's; keep the row.
    Theirs,
    /// Something made of both values.
    Other(Value),
}

/// One edit in the outbox.
#[uniffi::remote(Record)]
pub struct OutboxEntry {
    /// Identifies the entry on this device; grows with time.
    pub seq: i64,
    /// Its number at the server; `None` until first sent.
    pub n: Option<MutationNo>,
    /// Where to push it: the scope the row was in when it was edited.
    pub scope: ScopeId,
    /// What the row is.
    pub kind: Kind,
    /// Which row.
    pub row: RowId,
    /// What to do.
    pub op: Op,
    /// `sync_rev` of the server's row when the first of the folded edits was made; of a delete and of a move, when that
    /// was made; 0 = nothing is known of the row in that scope.
    pub base_rev: Rev,
    /// New values by field.
    pub set: Values,
    /// The server's values in the same fields when they were first edited; a field may be missing (unknown).
    pub base: Values,
    /// Where it is on its way.
    pub state: EntryState,
    /// How often it was sent.
    pub attempt: u32,
    /// Rejected: why.
    pub rejection: Option<Rejection>,
    /// When it was made, wall clock.
    pub at: Timestamp,
}

/// Where an entry is on its way.
#[uniffi::remote(Enum)]
pub enum EntryState {
    /// Not sent yet; further edits of the row fold into it.
    Queued,
    /// Sent under its number at least once; the answer is not stored yet.
    Sent,
    /// Applied by the server; shown until a pull brings the row itself.
    Answered,
    /// Refused; waits for a person.
    Rejected,
}

/// What a mutation does.
#[uniffi::remote(Enum)]
pub enum Op {
    /// A new row; `set` is all of it.
    Insert,
    /// Changed fields of a row.
    Update,
    /// The row goes.
    Delete,
    /// A deleted row comes back, with `set` on top.
    Restore,
    /// A read mark; made by `mark_read` and its like only.
    Mark,
}

/// Why an edit was refused. Codes and constants only.
#[uniffi::remote(Record)]
pub struct Rejection {
    /// SQLSTATE, or a code of the device's own: `scope_gone`.
    pub sqlstate: String,
    /// The server's constant text.
    pub reason: Option<String>,
    /// The column it is about.
    pub field: Option<String>,
}
