//! Notices that ask for a choice go when the choice is made, in the same transaction: one that still asked would be wrong.
//!
//! Pure but for reading and writing the feed.

use super::body::NoticeBody;
use super::generator::add;
use crate::error::{Error, Result};
use crate::model::{NoticeId, ScopeId};
use crate::store::{StoredNotice, WriteTx};

/// A conflict was closed: the notice that asked about it names the other fields that wait, or goes with the last one.
///
/// # Errors
/// [`Error::Storage`].
pub fn conflict_closed(tx: &mut WriteTx<'_>, notice: Option<NoticeId>) -> Result<()> {
    match notice.map(|id| tx.notice(id)).transpose()?.flatten() {
        Some(notice) => ask_for_the_rest(tx, &notice),
        None => Ok(()),
    }
}

/// My account was deleted, and with it every scope went from this phone.
///
/// # Errors
/// [`Error::Storage`].
pub(crate) fn account_gone(tx: &mut WriteTx<'_>) -> Result<()> {
    for notice in tx.notices(None, u32::MAX)? {
        ask_for_the_rest(tx, &notice)?;
    }
    let kept = u32::try_from(tx.outbox_counts()?.rejected).unwrap_or(u32::MAX);
    let me = ScopeId::from(tx.user());
    add(tx, me, &NoticeBody::AccountGone { kept }).map(drop)
}

/// A scope went, and its conflicts with it.
pub(super) fn scope_gone(tx: &mut WriteTx<'_>, scope: ScopeId) -> Result<()> {
    for notice in tx.notices_of(scope)? {
        ask_for_the_rest(tx, &notice)?;
    }
    Ok(())
}

fn ask_for_the_rest(tx: &mut WriteTx<'_>, notice: &StoredNotice) -> Result<()> {
    let Some(mut asks @ (NoticeBody::Conflict { .. } | NoticeBody::Crossed { .. })) =
        NoticeBody::of(notice)
    else {
        return Ok(());
    };
    let open = tx.conflicts_told_by(notice.id)?;
    if open.is_empty() {
        return tx.remove_notice(notice.id);
    }
    if let NoticeBody::Conflict { fields, .. } = &mut asks {
        let waits = |field: &String| open.iter().any(|one| one.what.field == *field);
        if fields.iter().all(waits) {
            return Ok(());
        }
        fields.retain(waits);
        let rest = serde_json::to_value(asks).map_err(|_| Error::Internal {
            place: "notice body",
        })?;
        tx.reword_notice(notice.id, &rest)?;
    }
    Ok(())
}
