//! Rules that a mutation check switches off, to show that the simulated runs of sync notice. Compiled for tests only.
//!
//! Most are left out by the simulation itself (`sync/sim`): by a line that changes what travels, by a faulty server, or by
//! a step that does to a phone's store what a store without the rule would do. The few that only the store or the
//! schedule can leave out ask [`left_out`] there.

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
pub(crate) struct Move {
    pub(crate) scope: ScopeId,
    pub(crate) epoch: Option<Uuid>,
    pub(crate) from: Option<Rev>,
    pub(crate) to: Rev,
}

/// One rule of sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Rule {
    /// None is left out: all rules hold.
    #[default]
    None,

    /// Publish only what has reached the head of its own snapshot. Left out: every page counts as the last one.
    CommitAtOwnHead,
    /// A page may end inside a revision. Left out: the revision it ends in counts as read.
    PageEndsInsideRevision,
    /// A cursor moves with the rows below it. Left out: it moves before, and stays when the page is lost.
    CursorMovesWithRows,
    /// A cursor below the pruned revisions is void.
    CursorBelowPrunedIsVoid,
    /// What is deleted during a first reading comes as a tombstone.
    TombstonesOfFirstReading,
    /// A restored server has new epochs.
    NewEpochAfterRestore,
    /// What a reset does not bring back goes.
    ResetSweeps,
    /// A scope that the user has lost access to is cleared.
    GoneScopeIsPurged,
    /// Tombstones remove rows.
    TombstonesRemove,
    /// A tombstone removes only a row with a lower revision.
    TombstoneOfLowerRev,
    /// Revisions of two scopes are not compared: a row that moved replaces the one of its old scope.
    MovedRowReplaces,
    /// The last revision by somebody else is known beside the last one.
    AuthorPair,
    /// An author is a person. Left out: what another phone of the same member wrote is somebody else's.
    AuthorIsAPerson,
    /// Read marks of one phone reach the others of the same member.
    MarksArePulled,

    /// The heads are asked for when no hint has come for a while.
    HeadCheck,

    /// An edit without an answer is sent again. Left out: what was sent counts as applied.
    SentAgain,
    /// It is sent again under its number. Left out: under a new one.
    SameNumberAgain,
    /// The server does a number once. Left out: as often as it comes.
    NumberIsDoneOnce,
    /// A scalar of somebody else's that gives way is returned.
    OverwrittenIsReturned,
    /// A text or list of somebody else's does not give way.
    TextsAreMerged,
    /// A delete, or a move, of what somebody else has changed unseen is not done.
    DeleteYieldsToUnseen,
    /// Nor is one of what somebody else has put to use unseen.
    UsesHoldADelete,
    /// An edit that puts to use what was deleted unseen brings it back.
    UseBringsBack,
    /// An edit of a row that has moved to another scope is refused. Left out: it counts as done.
    MovedIsRefused,
    /// A row with unsent edits shows them, whatever a pull brings.
    OwnEditsStay,
    /// An answered edit is shown until the pull with its row.
    AnsweredStaysUntilPulled,

    /// The values of a log entry are those of its revision. Left out: what is now is what its author wrote.
    ValuesAreTheAuthors,
    /// The log tells new, changed and deleted rows apart.
    VerbsAreTold,
    /// And of these the rows that came back, and those that were moved away.
    ReturnsAndMovesAreTold,
    /// The log has every change of a row. Left out: a page has the last one of each row.
    LogIsWhole,
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
    static LEFT_OUT: Cell<Rule> = const { Cell::new(Rule::None) };
}

/// From now on the current thread leaves out this rule and no other.
pub(crate) fn leave_out(rule: Rule) {
    LEFT_OUT.set(rule);
}

/// Is this rule left out on the current thread?
pub(crate) fn left_out(rule: Rule) -> bool {
    LEFT_OUT.get() == rule
}

impl Reader<'_> {
    /// Every edit that no pull has brought back, oldest first; with `rejected` the refused ones too.
    pub(crate) fn all_edits(&self, rejected: bool) -> Result<Vec<OutboxEntry>> {
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
    pub(crate) fn moves(&self) -> Result<Vec<Move>> {
        let text = self.meta(MOVES)?.unwrap_or_default();
        serde_json::from_str(&text).map_err(|_| unreadable_body())
    }
}

impl WriteTx<'_> {
    /// From now on this database keeps what is committed, in the transactions that commit it.
    pub(crate) fn keep_moves(&mut self) -> Result<()> {
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

    /// Takes away the answered edits, as a store without [`Rule::AnsweredStaysUntilPulled`] would.
    pub(crate) fn forget_answered(&mut self) -> Result<()> {
        for scope in self.scopes()? {
            self.sweep_answered(scope.id, None)?;
        }
        Ok(())
    }

    /// Shows the server's rows without the unsent edits, as a store without [`Rule::OwnEditsStay`] would.
    pub(crate) fn show_server_rows(&mut self) -> Result<()> {
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
