//! Carrying out what the server said about our edits, inside one transaction.

use super::observer::SyncObserver;
use super::verdict::{Decision, Done, decide};
use super::wire::{ChangedBy, PushResult};
use crate::error::Result;
use crate::model::{MutationNo, Rev};
use serde_json::{Value, json};

use crate::store::{Asks, ConflictDetails, Edit, EntryState, Op, OutboxEntry, Rejection, WriteTx};

/// Settles each result whose edit still waits for one; the others are old news.
///
/// `shown_until`: the edit stays on top of the server's row until a pull commits this revision of its scope.
pub(super) fn settle(
    tx: &mut WriteTx<'_>,
    results: Vec<PushResult>,
    shown_until: Rev,
    observer: &dyn SyncObserver,
) -> Result<()> {
    for mut result in results {
        let Some(entry) = tx.entry_numbered(result.n)? else {
            continue;
        };
        if entry.state != EntryState::Sent {
            continue;
        }
        for by in &mut result.changed_by {
            by.name = tx.name_in(entry.scope, by.user, by.name.take())?;
        }
        let later = later_edit(tx, &entry)?;
        match decide(&entry, later.as_ref(), &result) {
            Decision::Done(done)
                if !deleted_later(later.as_ref()) && has_no_row(tx, &entry, &done)? =>
            {
                reject(tx, result.n, Rejection::scope_gone(), observer)?;
            }
            Decision::Done(done) => {
                let named = !result.current.is_empty();
                let (retry, _) = done.resent();
                let unapplied = if named { &result.current } else { &retry };
                tx.answer(result.n, shown_until, unapplied)?;
                finish(tx, &entry, later.as_ref(), &done, &result, observer)?;
            }
            Decision::RestoreWhole => tx.resend_whole(result.n)?,
            Decision::Reject(rejection) => reject(tx, result.n, rejection, observer)?,
            Decision::Cross(_) if restored_later(later.as_ref()) => tx.withdraw(result.n)?,
            Decision::Cross(rejection) => cross(tx, rejection, &result, observer)?,
        }
    }
    Ok(())
}

fn reject(
    tx: &mut WriteTx<'_>,
    n: MutationNo,
    rejection: Rejection,
    observer: &dyn SyncObserver,
) -> Result<()> {
    if let Some(entry) = tx.reject(n, rejection)? {
        observer.rejected(tx, &entry)?;
    }
    Ok(())
}

/// A delete that was not done is kept as a question: what somebody else changed unseen is not lost without one.
fn cross(
    tx: &mut WriteTx<'_>,
    rejection: Rejection,
    result: &PushResult,
    observer: &dyn SyncObserver,
) -> Result<()> {
    let Some(entry) = tx.reject(result.n, rejection)? else {
        return Ok(());
    };
    let by = newest(&result.changed_by);
    let found = ConflictDetails {
        scope: entry.scope,
        kind: entry.kind,
        row: entry.row,
        asks: if entry.op == Op::Delete {
            Asks::Delete
        } else {
            Asks::Move
        },
        field: String::new(),
        mine: Value::Null,
        theirs: json!(by.map(|by| &by.fields)),
        by: by.and_then(|by| by.user),
        by_name: by.and_then(|by| by.name.clone()),
    };
    let conflict = tx.add_crossing(&found, &entry)?;
    observer.crossed(tx, &entry, &result.changed_by, conflict)
}

fn newest(by: &[ChangedBy]) -> Option<&ChangedBy> {
    by.iter().max_by_key(|one| one.rev)
}

/// The member has taken the delete back already.
fn restored_later(later: Option<&OutboxEntry>) -> bool {
    later.is_some_and(|later| later.op == Op::Restore)
}

/// A row that this member is about to delete needs no merged text.
fn deleted_later(later: Option<&OutboxEntry>) -> bool {
    later.is_some_and(|later| later.op == Op::Delete)
}

/// Something must be sent again, but the row was moved where this member sees nothing: a person has to decide.
fn has_no_row(tx: &WriteTx<'_>, entry: &OutboxEntry, done: &Done) -> Result<bool> {
    Ok(!done.resend.is_empty() && tx.row(entry.kind, entry.row)?.is_none())
}

fn later_edit(tx: &WriteTx<'_>, entry: &OutboxEntry) -> Result<Option<OutboxEntry>> {
    let entries = tx.entries_of(entry.kind, entry.row)?;
    Ok(entries
        .into_iter()
        .find(|later| later.seq > entry.seq && later.state == EntryState::Queued))
}

fn finish(
    tx: &mut WriteTx<'_>,
    entry: &OutboxEntry,
    later: Option<&OutboxEntry>,
    done: &Done,
    result: &PushResult,
    observer: &dyn SyncObserver,
) -> Result<()> {
    if !done.resend.is_empty() && !deleted_later(later) {
        let (set, base) = done.resent();
        tx.edit(Edit::merge(entry.kind, entry.row, set, base))?;
    }
    if !done.field_conflicts.is_empty() {
        let mut conflicts = Vec::new();
        for field_conflict in &done.field_conflicts {
            let by = ChangedBy::last_in(&result.changed_by, &field_conflict.field);
            conflicts.push(tx.add_conflict(&ConflictDetails {
                scope: entry.scope,
                kind: entry.kind,
                row: entry.row,
                asks: Asks::Value,
                field: field_conflict.field.clone(),
                mine: field_conflict.mine.clone(),
                theirs: field_conflict.theirs.clone(),
                by: by.and_then(|by| by.user),
                by_name: by.and_then(|by| by.name.clone()),
            })?);
        }
        observer.conflicted(
            tx,
            entry,
            &done.field_conflicts,
            &result.changed_by,
            &conflicts,
        )?;
    }
    // Who asked for the row needs no notice that it is back.
    let asked_for = entry.op == Op::Restore && entry.set.is_empty();
    if done.restored && !asked_for {
        observer.restored(tx, entry, &result.changed_by)?;
    }
    Ok(())
}
