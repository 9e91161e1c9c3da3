//! What travels between a device and `sync_pull` / `sync_push`, as types.
//!
//! Owns: the requests, the answers, and every check of an answer's shape. The pages of a pull and the mutations of a
//! push are the store's types; they are read here. `docs/sync-protocol.md` is the contract.
//! Never: does IO or decides what an answer means.
//! Invariants: parsing never panics and never guesses. Unknown keys, kinds and log entries are passed over, because a
//! newer server may have them; a known thing of the wrong shape makes the whole answer [`Error::Protocol`], because half
//! an answer would be a silent loss. But a value or a row that cannot be read costs itself alone, by name, and a result
//! that cannot be read refuses its edit. A kind that was passed over must be read again from the beginning by the version
//! that knows it: its migration resets the cursors.

mod parse;
mod rows;

#[cfg(test)]
mod tests;

pub(crate) use parse::parse_heads;

use serde::Serialize;
use uuid::Uuid;

use crate::error::{Error, Service};
use crate::model::{ClientId, MAX_REV, MutationNo, RefusalCode, Rev, ScopeId, UserId, Values};
use crate::store::{Batch, Cursor, Mutation, PullPage, ScopeState};

/// Items a page: rows, tombstones and log entries together. The contract allows 1 to 2,000.
pub(crate) const PAGE_ITEMS: u16 = 1_000;
/// Mutations a call, by the contract.
pub(crate) const MAX_MUTATIONS: usize = 100;
/// Bytes of a push call's body, by the contract: 512 kB.
pub(crate) const MAX_PUSH_BYTES: usize = 512 * 1024;

/// One scope of a pull request.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct PullScope {
    /// Which scope.
    pub id: ScopeId,
    /// The cursor of the last page, staged or committed; null = from the beginning.
    pub cursor: Option<Cursor>,
    /// The epoch that cursor belongs to.
    pub epoch: Option<Uuid>,
}

impl From<ScopeState> for PullScope {
    fn from(state: ScopeState) -> Self {
        Self {
            id: state.id,
            // A scope that the first page did not get to has a cursor that says nothing. Of one that is read, it says that
            // everything is asked for again, deletions too.
            cursor: state.cursor.filter(|cursor| {
                cursor.rev > Rev(0) || (state.committed && cursor.since.is_none())
            }),
            epoch: state.epoch,
        }
    }
}

/// The argument of `sync_pull`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct PullRequest {
    /// Whose results to report.
    pub client_id: ClientId,
    /// What to read; empty asks for the list of scopes and their heads.
    pub scopes: Vec<PullScope>,
    /// Items of the whole answer at most.
    pub limit: u16,
}

/// The answer of `sync_pull`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PullAnswer {
    /// The scopes asked for, and those that are not mine.
    pub page: PullPage,
    /// What became of this client's mutations, from the same snapshot as the rows.
    pub results: Vec<PushResult>,
    /// Who ended my membership of a gone scope, where my own membership row tells.
    pub ended: Vec<Gone>,
    /// Scopes whose head is below what was read of them. A server that was set back should have called the cursor void.
    pub below: Vec<ScopeId>,
}

/// A scope that is not mine any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// Which.
    pub id: ScopeId,
    /// Who ended the membership; none = nobody knows.
    pub by: Option<UserId>,
    /// That person's name.
    pub by_name: Option<String>,
}

/// The argument of `sync_push`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct PushRequest {
    /// Whose numbers these are.
    pub client_id: ClientId,
    /// The one scope of the call.
    pub scope: ScopeId,
    /// Every number up to it is answered and durable here.
    pub acked: MutationNo,
    /// In the order in which they are to be done.
    pub mutations: Vec<Mutation>,
}

impl From<Batch> for PushRequest {
    fn from(batch: Batch) -> Self {
        Self {
            client_id: batch.client,
            scope: batch.scope,
            acked: batch.acked,
            mutations: batch.mutations,
        }
    }
}

/// What became of a mutation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Verdict {
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
    /// Which columns; empty when that is not known.
    pub fields: Vec<String>,
    /// What was done, in the words of the log; none where the server does not say it.
    pub ops: Option<Vec<String>>,
}

impl ChangedBy {
    /// Of these, who changed the column last; or else who brought the row, or brought it back, with all its values.
    #[must_use]
    pub fn last_in<'a>(by: &'a [Self], field: &str) -> Option<&'a Self> {
        let newest = |named: &dyn Fn(&Self) -> bool| {
            by.iter().filter(|one| named(one)).max_by_key(|one| one.rev)
        };
        newest(&|one| one.fields.iter().any(|name| name == field))
            .or_else(|| newest(&|one| one.did(&["insert", "restore"])))
    }

    /// Of these, who deleted the row last. Who only moved it did not.
    pub(crate) fn last_delete(by: &[Self]) -> Option<&Self> {
        by.iter()
            .filter(|one| one.did(&["delete"]))
            .max_by_key(|one| one.rev)
    }

    /// One of these; where that is not said, anything of which no columns are told.
    fn did(&self, one_of: &[&str]) -> bool {
        match &self.ops {
            Some(ops) => ops.iter().any(|op| one_of.contains(&op.as_str())),
            None => self.fields.is_empty(),
        }
    }
}

/// The stored result of one mutation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PushResult {
    /// Its number.
    pub n: MutationNo,
    /// The tag that came with it; see [`OutboxEntry::tag`](crate::store::OutboxEntry::tag).
    pub tag: Option<String>,
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
    /// Why not.
    pub code: Option<RefusalCode>,
    /// Why not, as a constant text.
    pub reason: Option<String>,
    /// Which field was at fault.
    pub field: Option<String>,
}

/// The answer of `sync_push`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PushAnswer {
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
pub(super) fn protocol(what: &'static str) -> Error {
    Error::Protocol {
        service: Service::Rest,
        reason: what,
    }
}
