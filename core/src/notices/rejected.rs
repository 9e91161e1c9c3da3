//! The notice of refused edits: of one notice, those that did the same to things of one kind in one band, and were refused for one
//! reason one soon after the other. An import that is refused is one notice.
//!
//! Invariant: it counts the edits that wait and names the newest of them; with the last one it goes.

use super::body::NoticeBody;
use super::{derive, gather, generator};
use crate::error::{Error, Result};
use crate::model::{NoticeId, RefusalCode, Role, Verb};
use crate::store::{OutboxEntry, WriteTx};

/// Tells of an edit that was refused just now.
pub(super) fn tell(tx: &mut WriteTx<'_>, entry: &OutboxEntry) -> Result<()> {
    let viewer = tx.my_role(entry.scope)? == Some(Role::Viewer);
    let alone = body(tx, entry, viewer, 1)?;
    let now = tx.now();
    let shown = tx.held_above()?;
    for earlier in tx.notices(None, gather::LOOKED_AT)? {
        // What is shown is not made news while notices are held back.
        let is_shown = shown.is_some_and(|newest| earlier.id <= newest);
        if is_shown || earlier.scope != Some(entry.scope) || !gather::is_recent(earlier.at, now) {
            continue;
        }
        let before = NoticeBody::of(&earlier);
        if let Some(count) = before.and_then(|before| alike(&before, &alone)) {
            let all = body(tx, entry, viewer, count.saturating_add(1))?;
            tx.renew_notice(earlier.id, &value(&all)?)?;
            return tx.tell_rejection_by(earlier.id, entry.seq);
        }
    }
    let notice = generator::add(tx, entry.scope, &alone)?;
    tx.tell_rejection_by(notice, entry.seq)
}

/// A refused edit was retried or given up: the notice that told of it tells of the others, or goes with the last one. If a
/// retried one is refused again, that is told again.
///
/// # Errors
/// [`Error::Storage`].
pub fn rejection_settled(tx: &mut WriteTx<'_>, notice: Option<NoticeId>) -> Result<()> {
    let Some(id) = notice else {
        return Ok(());
    };
    let told = tx.notice(id)?.as_ref().and_then(NoticeBody::of);
    let (count, newest) = tx.rejections_told_by(id)?;
    match (told, newest) {
        (Some(NoticeBody::Rejected { viewer, .. }), Some(newest)) => {
            let rest = body(tx, &newest, viewer, count)?;
            tx.reword_notice(id, &value(&rest)?)
        }
        _ => tx.remove_notice(id),
    }
}

fn body(tx: &WriteTx<'_>, entry: &OutboxEntry, viewer: bool, count: u32) -> Result<NoticeBody> {
    let verb = entry.verb();
    let fields = entry.set.keys().filter(|_| verb == Verb::Changed);
    let rejection = entry.rejection.as_ref();
    Ok(NoticeBody::Rejected {
        kind: entry.kind,
        id: entry.row,
        title: derive::title_of(tx, entry)?,
        reason: rejection.map_or(RefusalCode::Unstated, |rejection| rejection.code.clone()),
        verb,
        fields: fields.cloned().collect(),
        viewer,
        count,
    })
}

/// How many the first one tells of, if the second tells of one more such edit.
fn alike(told: &NoticeBody, newer: &NoticeBody) -> Option<u32> {
    let what = |body: &NoticeBody| match body {
        NoticeBody::Rejected {
            kind,
            reason,
            verb,
            viewer,
            count,
            ..
        } => Some(((*kind, reason.clone(), *verb, *viewer), *count)),
        _ => None,
    };
    let ((before, count), (now, _)) = (what(told)?, what(newer)?);
    (before == now).then_some(count)
}

fn value(body: &NoticeBody) -> Result<serde_json::Value> {
    serde_json::to_value(body).map_err(|_| Error::Internal {
        place: "notice body",
    })
}

#[cfg(test)]
mod tests;
