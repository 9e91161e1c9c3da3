//! Notices that ask for a choice go when the choice is made, in the same transaction: one that still asked would be wrong.
//!
//! Pure but for reading and writing the feed.

use super::body::NoticeBody;
use crate::error::{Error, Result};
use crate::model::{Kind, RowId, ScopeId};
use crate::store::{EntryState, StoredNotice, WriteTx};

/// A conflict of the row was closed: its notice names the other fields that wait, or goes with the last one.
///
/// # Errors
/// [`Error::Storage`].
pub fn conflict_closed(tx: &mut WriteTx<'_>, row: RowId) -> Result<()> {
    let told = tx.notices_naming(row)?;
    without_closed(tx, told)
}

/// A scope went, and its conflicts with it.
pub(super) fn scope_gone(tx: &mut WriteTx<'_>, scope: ScopeId) -> Result<()> {
    let told = tx.notices_of(scope)?;
    without_closed(tx, told)
}

/// A refused edit of the row was retried or given up: with the last one of the row its notices go. If a retried one is
/// refused again, that is told anew.
///
/// # Errors
/// [`Error::Storage`].
pub fn refusal_settled(tx: &mut WriteTx<'_>, kind: Kind, row: RowId) -> Result<()> {
    let entries = tx.entries_of(kind, row)?;
    if entries.iter().any(|one| one.state == EntryState::Parked) {
        return Ok(());
    }
    for notice in tx.notices_naming(row)? {
        if matches!(NoticeBody::of(&notice), Some(NoticeBody::Refused { id, .. }) if id == row) {
            tx.remove_notice(notice.id)?;
        }
    }
    Ok(())
}

/// A clash and its notice are written by one transaction, so the time of both is the same.
fn without_closed(tx: &mut WriteTx<'_>, told: Vec<StoredNotice>) -> Result<()> {
    for notice in told {
        let Some(NoticeBody::Conflict {
            kind,
            id,
            title,
            fields,
            other,
        }) = NoticeBody::of(&notice)
        else {
            continue;
        };
        let open = tx.conflicts_of(kind, id)?;
        let waits = |field: &String| {
            let mut open = open.iter();
            open.any(|one| one.what.field == *field && one.at == notice.at)
        };
        let (fields, closed): (Vec<_>, Vec<_>) = fields.into_iter().partition(waits);
        if fields.is_empty() {
            tx.remove_notice(notice.id)?;
        } else if !closed.is_empty() {
            let rest = NoticeBody::Conflict {
                kind,
                id,
                title,
                fields,
                other,
            };
            let rest = serde_json::to_value(rest).map_err(|_| Error::Internal {
                place: "notice body",
            })?;
            tx.reword_notice(notice.id, &rest)?;
        }
    }
    Ok(())
}
