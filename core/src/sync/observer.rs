//! What the rest of the client wants to note in the very transaction in which something becomes true.

use super::merge::FieldConflict;
use super::wire::{ChangedBy, Gone};
use crate::error::Result;
use crate::model::ConflictId;
use crate::store::{OutboxEntry, WriteTx};

/// Called inside the store's write transaction, on the writer thread: do little, never wait. An error undoes the
/// transaction; it is tried again. Notices are written here, so that a kill can neither lose nor double one.
pub trait SyncObserver: Send + Sync + 'static {
    /// A scope is not mine any more and its rows are purged. `name` is what the band was called.
    fn gone(&self, tx: &mut WriteTx<'_>, gone: &Gone, name: Option<String>) -> Result<()> {
        let _ = (tx, gone, name);
        Ok(())
    }

    /// An edit was refused for good and waits for a person.
    fn rejected(&self, tx: &mut WriteTx<'_>, entry: &OutboxEntry) -> Result<()> {
        let _ = (tx, entry);
        Ok(())
    }

    /// Two edits of one field met. Both values are in the store already, in these conflicts.
    fn conflicted(
        &self,
        tx: &mut WriteTx<'_>,
        entry: &OutboxEntry,
        field_conflicts: &[FieldConflict],
        by: &[ChangedBy],
        conflicts: &[ConflictId],
    ) -> Result<()> {
        let _ = (tx, entry, field_conflicts, by, conflicts);
        Ok(())
    }

    /// A delete or a move met a change that its author had not seen, and was not done. It waits in this conflict.
    fn crossed(
        &self,
        tx: &mut WriteTx<'_>,
        entry: &OutboxEntry,
        by: &[ChangedBy],
        conflict: ConflictId,
    ) -> Result<()> {
        let _ = (tx, entry, by, conflict);
        Ok(())
    }

    /// An edit brought back a row that somebody had deleted.
    fn restored(&self, tx: &mut WriteTx<'_>, entry: &OutboxEntry, by: &[ChangedBy]) -> Result<()> {
        let _ = (tx, entry, by);
        Ok(())
    }
}

/// Notes nothing.
#[cfg(test)]
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct NoObserver;

#[cfg(test)]
impl SyncObserver for NoObserver {}
