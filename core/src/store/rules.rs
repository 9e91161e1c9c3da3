//! Rules that a test leaves out, to show that the simulation notices. Compiled with the feature `testing` only.
//!
//! `tests/sim` has the list of all rules. Most it leaves out itself: by a line that changes what travels, by a faulty server,
//! or by a step that does to a phone's store what a store without the rule would do, which is below. The few that only the
//! store, the schedule or the notices can leave out ask [`left_out`] there.

use std::cell::Cell;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::failure::unreadable_body;
use super::outbox::{OutboxEntry, read_entries};
use super::pull::CommittedPages;
use super::row::Placement;
use super::tx::{Reader, WriteTx};
use crate::error::Result;
use crate::model::{Rev, ScopeId};

/// The setting with everything that was committed, in databases that have it: those of the histories.
const MOVES: &str = "sim.moves";

/// A page commit moved a scope: where from, `None` = it began again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// The scope.
    pub scope: ScopeId,
    /// The epoch of its revisions.
    pub epoch: Option<Uuid>,
    /// Where it stood.
    pub from: Option<Rev>,
    /// Where it stands now.
    pub to: Rev,
}

/// A rule that only the core can leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// A tombstone removes only a row with a lower revision.
    TombstoneOfLowerRev,
    /// The heads are asked for when no hint has come for a while.
    HeadCheck,
    /// Changes fold only where nobody else's came between.
    FoldsOwnChangesOnly,
    /// What ends where it began is not told.
    NothingIsNotTold,
    /// What is due is told.
    DueIsTold,
    /// What is told is marked as told.
    ToldIsMarked,
}

thread_local! {
    static LEFT_OUT: Cell<Option<Rule>> = const { Cell::new(None) };
}

/// From now on the current thread leaves out this rule and no other.
pub fn leave_out(rule: Option<Rule>) {
    LEFT_OUT.set(rule);
}

/// Is this rule left out on the current thread?
pub(crate) fn left_out(rule: Rule) -> bool {
    LEFT_OUT.get() == Some(rule)
}

impl Reader<'_> {
    /// Every edit that no pull has brought back, oldest first; with `rejected` the refused ones too.
    pub fn all_edits(&self, rejected: bool) -> Result<Vec<OutboxEntry>> {
        let mut found = Vec::new();
        let rest = if rejected {
            "order by seq"
        } else {
            "where state <> 'rejected' order by seq"
        };
        read_entries(self.conn, rest, &[], &mut |entry| found.push(entry))?;
        Ok(found)
    }
}

impl Reader<'_> {
    /// Everything that was committed since [`WriteTx::keep_moves`].
    pub fn moves(&self) -> Result<Vec<Move>> {
        let text = self.meta(MOVES)?.unwrap_or_default();
        serde_json::from_str(&text).map_err(|_| unreadable_body())
    }
}

impl WriteTx<'_> {
    /// From now on this database keeps what is committed, in the transactions that commit it.
    pub fn keep_moves(&mut self) -> Result<()> {
        self.set_meta(MOVES, "[]")
    }

    /// Keeps what is committed.
    pub(super) fn note_moves(&mut self, committed: &CommittedPages) -> Result<()> {
        if self.meta(MOVES)?.is_none() || committed.moved.is_empty() {
            return Ok(());
        }
        let mut moves = self.moves()?;
        for (scope, from, to) in &committed.moved {
            moves.push(Move {
                scope: *scope,
                epoch: self.scope_row(*scope)?.and_then(|row| row.epoch),
                from: *from,
                to: *to,
            });
        }
        let text = serde_json::to_string(&moves).map_err(|_| unreadable_body())?;
        self.set_meta(MOVES, &text)
    }

    /// Takes away the answered edits, as a store would that forgets them before a pull has brought their row.
    pub fn forget_answered(&mut self) -> Result<()> {
        for scope in self.scopes()? {
            self.sweep_answered(scope.id, None)?;
        }
        Ok(())
    }

    /// Shows the server's rows without the unsent edits, as a store would that lets a pull cover them.
    pub fn show_server_rows(&mut self) -> Result<()> {
        for scope in self.scopes()? {
            for (kind, id) in self.server_rows_in(scope.id)? {
                let Some(server_row) = self.kept_server_row(kind, id)? else {
                    continue;
                };
                let at = Placement {
                    scope: scope.id,
                    id,
                    pending: true,
                };
                match server_row.body.filter(|_| !server_row.deleted) {
                    Some(values) => self.put_live(kind, at, &values)?,
                    None => self.delete_live(scope.id, kind, id)?,
                }
            }
        }
        Ok(())
    }
}
