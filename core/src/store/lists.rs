//! What a setlist held before and after a pull, so that a notice can say which song was added, removed or moved.
//!
//! Owns: the table of such changes. Written when a pull brings a setlist with other items, in the same transaction.
//! Never: says who made a change; the log does. Several people may have written between the two images.
//! Invariant: at most [`KEPT`] changes a scope, each of lists of at most [`LONGEST`] bytes; a longer one is not kept.

use rusqlite::{OptionalExtension as _, params};
use serde_json::Value;

use super::row::{self, Blob, Placement};
use super::tx::{Reader, WriteTx};
use crate::error::Result;
use crate::model::{Kind, Rev, RowId, ScopeId, UserId, Values, Verb};

/// Changes kept of one scope; the oldest go first.
const KEPT: u32 = 50;
/// A list longer than this as JSON is told as changed only.
const LONGEST: usize = 30_000;
/// The column.
const ITEMS: &str = "items";

/// What one or more revisions made of a setlist's items.
#[derive(Debug, Clone, PartialEq)]
pub struct ListChange {
    /// The last revision that changed them.
    pub rev: Rev,
    /// The items before: those of this author's change, if [`Reader::list_change`] found one.
    pub was: Value,
    /// The items after.
    pub now: Value,
}

impl Reader<'_> {
    /// What `author` did to the items of a setlist in the change that `rev` belongs to; `None` when this phone has not
    /// both images, or when somebody else wrote between them too.
    pub fn list_change(
        &self,
        scope: ScopeId,
        id: RowId,
        rev: Rev,
        author: Option<UserId>,
    ) -> Result<Option<ListChange>> {
        let mut statement = self.conn.prepare_cached(
            "select since, rev, was, now from list_change
              where scope = ?1 and row = ?2 and rev >= ?3 and since < ?3 order by rev limit 1",
        )?;
        let found = statement
            .query_row(params![Blob::from(scope), Blob::from(id), rev.0], |found| {
                let texts: (String, String) = (found.get(2)?, found.get(3)?);
                Ok((Rev(found.get(0)?), Rev(found.get(1)?), texts))
            })
            .optional()?;
        let Some((since, rev, (was, now))) = found else {
            return Ok(None);
        };
        let mut changes = self.log_of_row_in(scope, Kind::Setlist, id, (since, rev))?;
        changes.retain(|one| {
            one.verb != Verb::Changed || one.fields.iter().any(|one| one.field == ITEMS)
        });
        let alone = changes
            .iter()
            .all(|one| one.verb == Verb::Changed && one.actor == author);
        let rev = changes.iter().map(|one| one.rev).max().unwrap_or(rev);
        let parsed = serde_json::from_str(&was)
            .ok()
            .zip(serde_json::from_str(&now).ok());
        Ok(parsed
            .filter(|_| alone)
            .map(|(was, now)| ListChange { rev, was, now }))
    }

    /// The title of a song as it is shown.
    pub fn song_title(&self, id: RowId) -> Result<Option<String>> {
        self.title(Kind::Song, id)
    }
}

impl WriteTx<'_> {
    /// A setlist comes with `values`: keeps what its items were and are.
    pub(super) fn note_list(&mut self, at: Placement, rev: i64, values: &Values) -> Result<()> {
        let Some((since, before)) = self.server_list(at)? else {
            return Ok(());
        };
        let since = since.max(self.scope_row(at.scope)?.map_or(0, |scope| scope.rev.0));
        let text = |values: &Values| {
            let whole = !values.contains_key("sync_too_large");
            let text = values.get(ITEMS).unwrap_or(&Value::Null).to_string();
            (whole && text.len() <= LONGEST).then_some(text)
        };
        let (Some(was), Some(now)) = (text(&before), text(values)) else {
            return Ok(());
        };
        if was == now || since >= rev {
            return Ok(());
        }
        self.conn
            .prepare_cached(
                "insert or replace into list_change (scope, rev, row, since, was, now) values (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                Blob::from(at.scope),
                rev,
                Blob::from(at.id),
                since,
                was,
                now
            ])?;
        self.conn
            .prepare_cached(
                "delete from list_change where scope = ?1 and rev <
                 (select min(rev) from (select rev from list_change where scope = ?1 order by rev desc limit ?2))",
            )?
            .execute(params![Blob::from(at.scope), KEPT])?;
        Ok(())
    }

    /// The server's setlist of this scope as this phone has it, and its revision.
    fn server_list(&self, at: Placement) -> Result<Option<(i64, Values)>> {
        if let Some(server_row) = self.kept_server_row(Kind::Setlist, at.id)? {
            let there = server_row.scope == at.scope && !server_row.deleted;
            return Ok(server_row
                .body
                .filter(|_| there)
                .map(|body| (server_row.rev, body)));
        }
        let stored = row::read(self.conn, Kind::Setlist, at.id)?;
        let stored = stored.filter(|stored| stored.scope == at.scope);
        Ok(stored.map(|stored| (row::rev_of(&stored.values).0, stored.values)))
    }

    /// Changes of lists up to `rev` are told.
    pub fn forget_lists(&mut self, scope: ScopeId, up_to: Rev) -> Result<()> {
        self.conn
            .prepare_cached("delete from list_change where scope = ?1 and rev <= ?2")?
            .execute(params![Blob::from(scope), up_to.0])?;
        Ok(())
    }
}
