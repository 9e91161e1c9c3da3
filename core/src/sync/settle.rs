//! Carrying out what the server said about our edits, inside one transaction.

use super::verdict::{Decision, Done, decide};
use super::wire::{ChangedBy, PushResult};
use super::witness::Witness;
use crate::error::Result;
use crate::model::{MutationNo, Rev};
use serde_json::{Value, json};

use crate::store::{Asks, Edit, Entry, EntryState, NewConflict, Op, Refusal, WriteTx};

/// Settles each result whose edit still waits for one; the others are old news.
///
/// `shown_until`: the edit stays on top of the server's row until a pull publishes this revision of its scope.
pub(super) fn settle(
    tx: &mut WriteTx<'_>,
    results: Vec<PushResult>,
    shown_until: Rev,
    witness: &dyn Witness,
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
                park(tx, result.n, Refusal::scope_gone(), witness)?;
            }
            Decision::Done(done) => {
                let named = !result.current.is_empty();
                let unapplied = if named { &result.current } else { &done.again };
                tx.answer(result.n, shown_until, unapplied)?;
                finish(tx, &entry, later.as_ref(), done, &result, witness)?;
            }
            Decision::RestoreWhole => tx.resend_whole(result.n)?,
            Decision::Park(refusal) => park(tx, result.n, refusal, witness)?,
            Decision::Cross(_) if restored_later(later.as_ref()) => tx.withdraw(result.n)?,
            Decision::Cross(refusal) => cross(tx, refusal, &result, witness)?,
        }
    }
    Ok(())
}

fn park(
    tx: &mut WriteTx<'_>,
    n: MutationNo,
    refusal: Refusal,
    witness: &dyn Witness,
) -> Result<()> {
    if let Some(entry) = tx.park(n, refusal)? {
        witness.parked(tx, &entry)?;
    }
    Ok(())
}

/// A delete that was not done is kept as a question: what somebody else changed unseen is not lost without one.
fn cross(
    tx: &mut WriteTx<'_>,
    refusal: Refusal,
    result: &PushResult,
    witness: &dyn Witness,
) -> Result<()> {
    let Some(entry) = tx.park(result.n, refusal)? else {
        return Ok(());
    };
    let by = newest(&result.changed_by);
    let found = NewConflict {
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
    witness.crossed(tx, &entry, &result.changed_by, conflict)
}

fn newest(by: &[ChangedBy]) -> Option<&ChangedBy> {
    by.iter().max_by_key(|one| one.rev)
}

/// The member has taken the delete back already.
fn restored_later(later: Option<&Entry>) -> bool {
    later.is_some_and(|later| later.op == Op::Restore)
}

/// A row that this member is about to delete needs no merged text.
fn deleted_later(later: Option<&Entry>) -> bool {
    later.is_some_and(|later| later.op == Op::Delete)
}

/// Something must be sent again, but the row was moved where this member sees nothing: a person has to decide.
fn has_no_row(tx: &WriteTx<'_>, entry: &Entry, done: &Done) -> Result<bool> {
    Ok(!done.again.is_empty() && tx.row(entry.kind, entry.row)?.is_none())
}

fn later_edit(tx: &WriteTx<'_>, entry: &Entry) -> Result<Option<Entry>> {
    let entries = tx.entries_of(entry.kind, entry.row)?;
    Ok(entries
        .into_iter()
        .find(|later| later.seq > entry.seq && later.state == EntryState::Queued))
}

fn finish(
    tx: &mut WriteTx<'_>,
    entry: &Entry,
    later: Option<&Entry>,
    done: Done,
    result: &PushResult,
    witness: &dyn Witness,
) -> Result<()> {
    if !done.again.is_empty() && !deleted_later(later) {
        tx.edit(Edit {
            scope: entry.scope,
            kind: entry.kind,
            id: entry.row,
            op: Op::Update,
            set: done.again,
            base: Some(done.again_base),
        })?;
    }
    if !done.clashes.is_empty() {
        let mut conflicts = Vec::new();
        for clash in &done.clashes {
            let by = ChangedBy::last_in(&result.changed_by, &clash.field);
            conflicts.push(tx.add_conflict(&NewConflict {
                scope: entry.scope,
                kind: entry.kind,
                row: entry.row,
                asks: Asks::Value,
                field: clash.field.clone(),
                mine: clash.mine.clone(),
                theirs: clash.theirs.clone(),
                by: by.and_then(|by| by.user),
                by_name: by.and_then(|by| by.name.clone()),
            })?);
        }
        witness.clashed(tx, entry, &done.clashes, &result.changed_by, &conflicts)?;
    }
    // Who asked for the row needs no notice that it is back.
    let asked_for = entry.op == Op::Restore && entry.set.is_empty();
    if done.restored && !asked_for {
        witness.restored(tx, entry, &result.changed_by)?;
    }
    Ok(())
}
