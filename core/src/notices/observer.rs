//! Notices that belong to the very transaction in which sync settles something: conflicts, rejections, restored rows, and
//! bands that are gone. Changes of others are not told here but by the [`super::Notices`] task, which batches them.

use std::collections::BTreeMap;

use super::body::{Author, MembershipEvent, NoticeBody};
use super::generator::add;
use super::{derive, rejected, settled, text};
use crate::error::Result;
use crate::model::{ConflictId, ScopeId, UserId, field};
use crate::speech::{Language, notices as say};
use crate::store::{Op, OutboxEntry, WriteTx};
use crate::sync::SyncObserver;
use crate::sync::merge::FieldConflict;
use crate::sync::wire::{ChangedBy, Gone};

/// Writes the notices of the sync engine.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoticeObserver;

impl SyncObserver for NoticeObserver {
    fn gone(&self, tx: &mut WriteTx<'_>, gone: &Gone, name: Option<String>) -> Result<()> {
        settled::scope_gone(tx, gone.id)?;
        let me = tx.user();
        // Without a name nobody removed me: I left, or the band was deleted or set up again.
        let (Some(by), Some(by_name)) = (gone.by, gone.by_name.clone()) else {
            return Ok(());
        };
        if by == me {
            return Ok(());
        }
        let member = Author {
            id: Some(me),
            name: say::you(Language::English).to_owned(),
        };
        let author = Author {
            id: Some(by),
            name: by_name,
        };
        let body = NoticeBody::Membership {
            author,
            member,
            event: MembershipEvent::Removed,
            band: name,
        };
        add(tx, ScopeId::from(me), &body).map(drop)
    }

    fn rejected(&self, tx: &mut WriteTx<'_>, entry: &OutboxEntry) -> Result<()> {
        rejected::tell(tx, entry)
    }

    fn conflicted(
        &self,
        tx: &mut WriteTx<'_>,
        entry: &OutboxEntry,
        field_conflicts: &[FieldConflict],
        by: &[ChangedBy],
        conflicts: &[ConflictId],
    ) -> Result<()> {
        // A notice a person: each names what that person changed.
        let mut met: BTreeMap<Option<UserId>, Met> = BTreeMap::new();
        for (field_conflict, conflict) in field_conflicts.iter().zip(conflicts) {
            let other = author(ChangedBy::last_in(by, &field_conflict.field));
            let met = met.entry(other.id).or_insert_with(|| Met::with(other));
            met.fields.push(field_conflict.field.clone());
            met.conflicts.push(*conflict);
        }
        for met in met.into_values() {
            let body = NoticeBody::Conflict {
                kind: entry.kind,
                id: entry.row,
                title: derive::title_of(tx, entry)?,
                fields: met.fields,
                other: met.other,
            };
            let notice = add(tx, entry.scope, &body)?;
            tx.ask_by(notice, &met.conflicts)?;
        }
        Ok(())
    }

    fn crossed(
        &self,
        tx: &mut WriteTx<'_>,
        entry: &OutboxEntry,
        by: &[ChangedBy],
        conflict: ConflictId,
    ) -> Result<()> {
        let newest = by.iter().max_by_key(|one| one.rev);
        let known = |name: &&String| {
            field(entry.kind, name).is_some() || text::put_to_use(name, Language::English).is_some()
        };
        let fields = newest.map(|by| by.fields.iter().filter(known).cloned().collect());
        let body = NoticeBody::Crossed {
            kind: entry.kind,
            id: entry.row,
            title: derive::title_of(tx, entry)?,
            moved: entry.op != Op::Delete,
            fields: fields.unwrap_or_default(),
            other: author(newest),
        };
        let notice = add(tx, entry.scope, &body)?;
        tx.ask_by(notice, &[conflict])
    }

    fn restored(&self, tx: &mut WriteTx<'_>, entry: &OutboxEntry, by: &[ChangedBy]) -> Result<()> {
        // Who changed something in it too need not be the one who deleted it: that may have been me, on another phone.
        let body = NoticeBody::Restored {
            kind: entry.kind,
            id: entry.row,
            title: derive::title_of(tx, entry)?,
            other: author(ChangedBy::last_delete(by)),
        };
        add(tx, entry.scope, &body).map(drop)
    }
}

/// What met the changes of one person.
struct Met {
    other: Author,
    fields: Vec<String>,
    conflicts: Vec<ConflictId>,
}

impl Met {
    fn with(other: Author) -> Self {
        Self {
            other,
            fields: Vec::new(),
            conflicts: Vec::new(),
        }
    }
}

/// One of those who changed the row meanwhile.
fn author(newest: Option<&ChangedBy>) -> Author {
    let id: Option<UserId> = newest.and_then(|one| one.user);
    let name = newest
        .and_then(|one| one.name.clone())
        .unwrap_or_else(|| say::somebody_else(Language::English).to_owned());
    Author { id, name }
}
