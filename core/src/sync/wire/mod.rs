//! What travels between a device and `sync_pull` / `sync_push`, as types.
//!
//! Owns: the requests, the answers, and every check of an answer's shape. `docs/sync-protocol.md` is the contract.
//! Never: does IO or decides what an answer means.
//! Invariants: parsing never panics and never guesses. Unknown keys, kinds and log entries are passed over, because a
//! newer server may have them; a known thing of the wrong shape makes the whole answer [`Error::Protocol`], because half
//! an answer would be a silent loss. A kind that was passed over must be read again from the beginning by the version
//! that knows it: its migration resets the cursors.

mod parse;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::error::{Error, Result, Service};
use crate::model::{ClientId, Kind, MutationNo, Rev, RowId, ScopeId, ScopeType, UserId, Values};

/// Items a page: rows, tombstones and log entries together. The contract allows 1 to 2,000.
pub const PAGE_ITEMS: u16 = 1_000;
/// Mutations a call, by the contract.
pub const MAX_MUTATIONS: usize = 100;
/// Bytes of a push call's body, by the contract: 512 kB.
pub const MAX_PUSH_BYTES: usize = 512 * 1024;
/// The largest revision that is believed: what a JSON number carries exactly everywhere. Above it is an absurdity.
pub const MAX_REV: i64 = 1 << 53;

/// How far one scope has been read. Opaque but for its `rev`: it is kept as the server gave it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cursor {
    rev: Rev,
    verbatim: Value,
}

impl Cursor {
    /// Reads a cursor as the server wrote it, or as it was stored.
    ///
    /// # Errors
    /// [`Error::Protocol`] when it is no object with a believable `rev`.
    pub fn from_value(verbatim: Value) -> Result<Self> {
        let rev = verbatim
            .get("rev")
            .and_then(Value::as_i64)
            .filter(|rev| (0..=MAX_REV).contains(rev))
            .ok_or(protocol("cursor"))?;
        Ok(Self {
            rev: Rev(rev),
            verbatim,
        })
    }

    /// Everything up to here, perhaps without the end of the revision itself, has been read.
    #[must_use]
    pub fn rev(&self) -> Rev {
        self.rev
    }

    /// The cursor as the server wrote it.
    #[must_use]
    pub fn as_value(&self) -> &Value {
        &self.verbatim
    }
}

/// One scope of a pull request.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PullScope {
    /// Which scope.
    pub id: ScopeId,
    /// The cursor of the last page, staged or published; null = from the beginning.
    pub cursor: Option<Value>,
    /// The epoch that cursor belongs to.
    pub epoch: Option<Uuid>,
}

/// The argument of `sync_pull`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PullRequest {
    /// Whose results to report.
    pub client_id: ClientId,
    /// What to read; empty asks for the list of scopes and their heads.
    pub scopes: Vec<PullScope>,
    /// Items of the whole answer at most.
    pub limit: u16,
}

/// A row as the server sent it, with what every row has picked out.
#[derive(Debug, Clone, PartialEq)]
pub struct WireRow {
    /// The row.
    pub id: RowId,
    /// The revision of its scope in which it was last written.
    pub rev: Rev,
    /// All columns verbatim, those of this struct included.
    pub values: Values,
}

/// What a deleted or moved row left behind.
#[derive(Debug, Clone, PartialEq)]
pub struct WireTombstone {
    /// What it was.
    pub kind: Kind,
    /// Which one.
    pub id: RowId,
    /// The revision that deleted it.
    pub rev: Rev,
    /// Everything verbatim: actor, title and time are for notices.
    pub values: Values,
}

/// Who changed which columns of which row in which revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WireLog {
    /// The revision.
    pub rev: Rev,
    /// What changed.
    pub kind: Kind,
    /// Which one.
    pub id: RowId,
    /// `insert`, `update` or `delete`; a newer server may have more.
    pub op: String,
    /// Who; none = no person ("System").
    pub actor: Option<UserId>,
    /// The names of the columns that changed.
    pub columns: Vec<String>,
}

/// One scope of a pull answer.
#[derive(Debug, Clone, PartialEq)]
pub struct ScopePage {
    /// Which scope.
    pub id: ScopeId,
    /// A band or a person.
    pub scope_type: ScopeType,
    /// Its epoch.
    pub epoch: Uuid,
    /// Its newest revision in this answer's snapshot.
    pub head: Rev,
    /// The request's cursor was void: this page starts from the beginning.
    pub reset: bool,
    /// How far this page reaches; none in the list of scopes.
    pub cursor: Option<Cursor>,
    /// There is more in this snapshot.
    pub has_more: bool,
    /// Rows by kind, in the order of the protocol.
    pub rows: Vec<(Kind, Vec<WireRow>)>,
    /// What was deleted or moved away.
    pub tombstones: Vec<WireTombstone>,
    /// Who changed what.
    pub log: Vec<WireLog>,
}

/// A scope that is not mine: left, removed, deleted or never there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// Which scope.
    pub id: ScopeId,
    /// Who did it, when my own membership row tells.
    pub by: Option<UserId>,
    /// That person's name.
    pub by_name: Option<String>,
}

/// The answer of `sync_pull`.
#[derive(Debug, Clone, PartialEq)]
pub struct PullAnswer {
    /// Who the server takes the caller for.
    pub user_id: UserId,
    /// The scopes asked for, or all of mine.
    pub scopes: Vec<ScopePage>,
    /// Scopes asked for that are not mine.
    pub gone: Vec<Gone>,
    /// What became of this client's mutations, from the same snapshot as the rows.
    pub results: Vec<PushResult>,
}

impl PullAnswer {
    /// True when every scope of the answer was read to the head of its own snapshot.
    #[must_use]
    pub fn is_last(&self) -> bool {
        self.scopes.iter().all(|page| !page.has_more)
    }
}

/// What a mutation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Op {
    /// `set` is the whole new row.
    Insert,
    /// `set` holds changed fields only.
    Update,
    /// The row goes, a tombstone stays.
    Delete,
    /// Brings a deleted row back.
    Restore,
    /// A read mark.
    Mark,
}

/// One edit of one row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mutation {
    /// Its number.
    pub n: MutationNo,
    /// What the row is.
    pub kind: Kind,
    /// Which row.
    pub id: RowId,
    /// What to do.
    pub op: Op,
    /// The row's revision when it was edited.
    pub base_rev: Rev,
    /// New values.
    pub set: Values,
    /// What the device had in those fields; a field left out is unknown.
    pub base: Values,
}

/// The argument of `sync_push`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PushRequest {
    /// Whose numbers these are.
    pub client_id: ClientId,
    /// The one scope of the call.
    pub scope: ScopeId,
    /// Every number up to it is answered and durable here.
    pub acked: MutationNo,
    /// In the order in which they are to be done.
    pub mutations: Vec<Mutation>,
}

/// What became of a mutation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Done, all fields.
    Applied,
    /// Done, but for the fields in `current`.
    Partial,
    /// Nothing done.
    Refused,
}

/// Somebody who changed the row since the mutation's base revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedBy {
    /// Who; none = no person.
    pub user: Option<UserId>,
    /// That person's name.
    pub name: Option<String>,
    /// In which revision.
    pub rev: Rev,
}

/// The stored result of one mutation.
#[derive(Debug, Clone, PartialEq)]
pub struct PushResult {
    /// Its number.
    pub n: MutationNo,
    /// What became of it.
    pub verdict: Verdict,
    /// The revision it made; 0 when it made none.
    pub rev: Rev,
    /// The row had been deleted and came back with this edit.
    pub restored: bool,
    /// Values of somebody else that gave way.
    pub overwritten: Values,
    /// Fields not applied, with the server's values.
    pub current: Values,
    /// Who changed the row meanwhile.
    pub changed_by: Vec<ChangedBy>,
    /// Why not, as PostgreSQL's five characters.
    pub sqlstate: Option<String>,
    /// Why not, as a constant text.
    pub reason: Option<String>,
    /// Which field was at fault.
    pub field: Option<String>,
}

/// The answer of `sync_push`.
#[derive(Debug, Clone, PartialEq)]
pub struct PushAnswer {
    /// The scope of the call.
    pub scope: ScopeId,
    /// Its newest revision.
    pub head: Rev,
    /// This database is a restored backup: nothing was done, take a new client id.
    pub client_reset: bool,
    /// One for each mutation, in any order.
    pub results: Vec<PushResult>,
}

/// The answer was not what this function should say. `what` is a constant naming the part.
fn protocol(what: &'static str) -> Error {
    Error::Protocol {
        service: Service::Rest,
        reason: what,
    }
}
