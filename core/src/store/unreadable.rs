//! Rows, or values in them, that could not be read: named, and asked for again by another version of the program.
//!
//! Owns: the table of them. A row leaves it when it arrives whole, is deleted, or its scope goes or starts over.
//! Invariant: at most [`MAX_NOTED`] rows of a scope are named. Rows come in the order of their revisions, so those that
//! are named are the oldest, and asking again from there brings the others too.

use rusqlite::params;
use serde_json::Value;

use super::changes::Topic;
use super::pull::{Cursor, LostRow};
use super::row::{self, Blob};
use super::tx::{Reader, WriteTx};
use crate::error::Result;
use crate::model::{Kind, Rev, RowId, ScopeId, Values};

/// Rows of one scope that are named at most.
const MAX_NOTED: u32 = 1_000;
/// The column in which the server, or the reading of its answer, names values that could not be read.
pub(crate) const UNREADABLE: &str = "sync_unreadable";

/// A row that is not whole on this phone because something in it cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct UnreadableRow {
    /// Where it is.
    pub scope: ScopeId,
    /// What it is.
    pub kind: Kind,
    /// Which it is; the nil id if not even that could be read.
    pub id: RowId,
    /// Names of the columns whose value is missing; empty = the whole row is.
    pub columns: Vec<String>,
}

impl Reader<'_> {
    /// The first `limit` rows that could not be read, whole or in part.
    pub fn unreadable(&self, limit: u32) -> Result<Vec<UnreadableRow>> {
        let mut statement = self.conn.prepare_cached(
            "select scope, kind, row, columns from unreadable order by scope, kind, row limit ?1",
        )?;
        let found = statement.query_map([limit], |found| {
            let columns: String = found.get(3)?;
            Ok(UnreadableRow {
                scope: ScopeId(row::uuid_at(found, 0)?),
                kind: row::kind_at(found, 1)?,
                id: RowId(row::uuid_at(found, 2)?),
                columns: serde_json::from_str(&columns).unwrap_or_default(),
            })
        })?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }
}

impl WriteTx<'_> {
    /// A row arrived: it is whole, or says which of its values are not here.
    pub(super) fn note_values(
        &mut self,
        scope: ScopeId,
        kind: Kind,
        (id, rev): (RowId, i64),
        values: &Values,
    ) -> Result<()> {
        match values.get(UNREADABLE).and_then(Value::as_array) {
            Some(names) if !names.is_empty() => {
                let columns = Value::Array(names.clone()).to_string();
                self.note_unreadable(scope, kind, (id, rev), &columns)
            }
            _ => self.forget_unreadable(scope, kind, id),
        }
    }

    /// A row that could not be read at all.
    pub(super) fn note_lost(&mut self, scope: ScopeId, lost: &LostRow) -> Result<()> {
        self.note_unreadable(scope, lost.kind.parse()?, (lost.id, lost.rev.0), "[]")
    }

    fn note_unreadable(
        &mut self,
        scope: ScopeId,
        kind: Kind,
        (id, rev): (RowId, i64),
        columns: &str,
    ) -> Result<()> {
        self.unreadable.set(Some(true));
        self.touch(Topic::Unreadable);
        self.conn
            .prepare_cached(
                "insert into unreadable (scope, kind, row, rev, columns, core) select ?1, ?2, ?3, ?4, ?5, ?6
                 where (select count(*) from unreadable where scope = ?1) < ?7
                 on conflict do update set rev = min(rev, excluded.rev), columns = excluded.columns, core = excluded.core",
            )?
            .execute(params![
                Blob::from(scope),
                kind.as_str(),
                Blob::from(id),
                rev,
                columns,
                crate::VERSION,
                MAX_NOTED
            ])?;
        Ok(())
    }

    /// The row is here whole, or gone.
    pub(super) fn forget_unreadable(
        &mut self,
        scope: ScopeId,
        kind: Kind,
        id: RowId,
    ) -> Result<()> {
        if self.any_unreadable()? {
            let gone = self
                .conn
                .prepare_cached(
                    "delete from unreadable where scope = ?1 and kind = ?2 and row = ?3",
                )?
                .execute(params![Blob::from(scope), kind.as_str(), Blob::from(id)])?;
            if gone > 0 {
                self.touch(Topic::Unreadable);
            }
        }
        Ok(())
    }

    /// The scope is gone, or is read from its beginning.
    pub(super) fn forget_unreadable_in(&mut self, scope: ScopeId) -> Result<()> {
        self.conn
            .prepare_cached("delete from unreadable where scope = ?1")?
            .execute([Blob::from(scope)])?;
        self.touch(Topic::Unreadable);
        Ok(())
    }

    fn any_unreadable(&self) -> Result<bool> {
        if let Some(any) = self.unreadable.get() {
            return Ok(any);
        }
        let any = self
            .conn
            .prepare_cached("select 1 from unreadable limit 1")?
            .exists([])?;
        self.unreadable.set(Some(any));
        Ok(any)
    }

    /// Another version of the program than `version` could not read some rows: the cursors of their scopes go back to
    /// below them, once. What is committed stays on the screens.
    pub(crate) fn ask_again(&mut self, version: &str) -> Result<()> {
        let below: Vec<(ScopeId, i64)> = {
            let mut statement = self.conn.prepare(
                "select scope, min(rev) from unreadable where core <> ?1 group by scope",
            )?;
            let found = statement.query_map([version], |found| {
                Ok((ScopeId(row::uuid_at(found, 0)?), found.get(1)?))
            })?;
            found.collect::<rusqlite::Result<_>>()?
        };
        if below.is_empty() {
            return Ok(());
        }
        self.drop_staged()?;
        for (id, rev) in below {
            if let Some(mut scope) = self.scope_row(id)?.filter(|scope| scope.committed) {
                let to = Rev(rev.saturating_sub(1).max(0)).min(scope.rev);
                scope.cursor = Some(Cursor {
                    rev: to,
                    ord: None,
                    id: None,
                    since: None,
                });
                self.save_scope(&scope)?;
            }
        }
        self.conn
            .prepare("update unreadable set core = ?1")?
            .execute([version])?;
        Ok(())
    }
}
