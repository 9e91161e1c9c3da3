//! Notices that belong to the very transaction in which sync settles something: conflicts, refusals, restored rows, and
//! bands that are gone. Changes of others are not told here but by the [`super::Notices`] task, which batches them.

use super::body::{Author, MembershipEvent, NoticeBody};
use super::teller::add;
use super::{derive, refused, settled, text, told};
use crate::error::Result;
use crate::model::{ScopeId, UserId, field};
use crate::store::{Entry, Op, Published, WriteTx};
use crate::sync::Witness;
use crate::sync::merge::Clash;
use crate::sync::wire::{ChangedBy, Gone};

/// Writes the notices of the sync engine.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoticeWitness;

impl Witness for NoticeWitness {
    /// A scope that was set back has its log from the beginning: nothing of it is news.
    fn published(&self, tx: &mut WriteTx<'_>, published: &Published) -> Result<()> {
        for (scope, from, to) in &published.moved {
            if from.is_none() {
                told::write(tx, *scope, &told::Mark::at(*to))?;
            }
        }
        Ok(())
    }

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
            name: "you".to_owned(),
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

    fn parked(&self, tx: &mut WriteTx<'_>, entry: &Entry) -> Result<()> {
        refused::tell(tx, entry)
    }

    fn clashed(
        &self,
        tx: &mut WriteTx<'_>,
        entry: &Entry,
        clashes: &[Clash],
        by: &[ChangedBy],
        conflicts: &[i64],
    ) -> Result<()> {
        let fields = clashes.iter().map(|clash| clash.field.clone()).collect();
        let title = derive::title_of(tx, entry)?;
        let body = NoticeBody::Conflict {
            kind: entry.kind,
            id: entry.row,
            title,
            fields,
            other: other(by),
        };
        let notice = add(tx, entry.scope, &body)?;
        tx.ask_by(notice, conflicts)
    }

    fn crossed(
        &self,
        tx: &mut WriteTx<'_>,
        entry: &Entry,
        by: &[ChangedBy],
        conflict: i64,
    ) -> Result<()> {
        let newest = by.iter().max_by_key(|one| one.rev);
        let known =
            |name: &&String| field(entry.kind, name).is_some() || text::put_to_use(name).is_some();
        let fields = newest.map(|by| by.fields.iter().filter(known).cloned().collect());
        let body = NoticeBody::Crossed {
            kind: entry.kind,
            id: entry.row,
            title: derive::title_of(tx, entry)?,
            moved: entry.op != Op::Delete,
            fields: fields.unwrap_or_default(),
            other: other(by),
        };
        let notice = add(tx, entry.scope, &body)?;
        tx.ask_by(notice, &[conflict])
    }

    fn restored(&self, tx: &mut WriteTx<'_>, entry: &Entry, by: &[ChangedBy]) -> Result<()> {
        let title = derive::title_of(tx, entry)?;
        add(
            tx,
            entry.scope,
            &NoticeBody::Restored {
                kind: entry.kind,
                id: entry.row,
                title,
                other: other(by),
            },
        )
        .map(drop)
    }
}

/// The newest of those who changed the row meanwhile.
fn other(by: &[ChangedBy]) -> Author {
    let newest = by.iter().max_by_key(|one| one.rev);
    let id: Option<UserId> = newest.and_then(|one| one.user);
    let name = newest
        .and_then(|one| one.name.clone())
        .unwrap_or_else(|| "Somebody else".to_owned());
    Author { id, name }
}
