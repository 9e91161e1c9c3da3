//! One import is one notice: what somebody goes on adding joins the notice that told the beginning. Pure.
//!
//! An import reaches this phone in several pulls over more than one window. Each window still speaks, but by a notice that
//! takes the place of the one before and counts both. Never over another notice about the same person: what he did would be
//! told in another order.

use std::time::Duration;

use super::batch::MAX_ROWS;
use super::body::{NoticeBody, RowChange};
use crate::model::{Kind, UserId, Verb};
use crate::time::Timestamp;

/// A notice that was told longer ago is not continued.
pub const PAUSE: Duration = Duration::from_secs(30);
/// How many of the newest notices are looked at.
pub(super) const LOOKED_AT: u32 = 20;

/// Is a notice made at `at` still being continued `now`?
pub(super) fn is_recent(at: Timestamp, now: Timestamp) -> bool {
    u128::from(at.0.abs_diff(now.0)) <= PAUSE.as_millis()
}

/// Does the earlier one tell of somebody of whom the newer one tells too?
pub(super) fn is_of_one(earlier: &NoticeBody, newer: &NoticeBody) -> bool {
    let newer = people(newer);
    people(earlier).iter().any(|one| newer.contains(one))
}

fn people(body: &NoticeBody) -> Vec<Option<UserId>> {
    match body {
        NoticeBody::Changes { author, .. } => vec![author.id],
        NoticeBody::Digest { people } => people.iter().map(|one| one.author.id).collect(),
        _ => Vec::new(),
    }
}

/// Both as one, where one person goes on adding things of one kind.
pub(super) fn joined(earlier: &NoticeBody, newer: &NoticeBody) -> Option<NoticeBody> {
    let NoticeBody::Changes {
        author,
        rows,
        count,
    } = newer
    else {
        return None;
    };
    let NoticeBody::Changes {
        author: before,
        rows: known,
        count: told,
    } = earlier
    else {
        return None;
    };
    if before.id != author.id || added(known)? != added(rows)? {
        return None;
    }
    let again = |row: &&RowChange| known.iter().any(|one| one.id == row.id);
    let again = u32::try_from(rows.iter().filter(again).count()).unwrap_or(u32::MAX);
    let is_old = |row: &&RowChange| !rows.iter().any(|one| one.id == row.id);
    let mut all: Vec<_> = known.iter().filter(is_old).chain(rows).cloned().collect();
    all.drain(..all.len().saturating_sub(MAX_ROWS));
    Some(NoticeBody::Changes {
        author: author.clone(),
        rows: all,
        count: told.saturating_add(*count).saturating_sub(again),
    })
}

/// The kind of these rows, if all of them are new ones of it.
fn added(rows: &[RowChange]) -> Option<Kind> {
    let first = rows.first()?.kind;
    let mut rows = rows.iter();
    rows.all(|row| row.verb == Verb::Added && row.kind == first)
        .then_some(first)
}
