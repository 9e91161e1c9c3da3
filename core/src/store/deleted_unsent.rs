//! New rows that were deleted before they were sent.
//!
//! Owns: keeping such a row so that its delete can be taken back, like that of any other row.
//! Never: sends one, shows one among the rows, or counts one as unsent: for the band it has never been.
//! Invariants: a row is here or in the outbox, never in both; at most [`KEPT`] rows, each for [`KEPT_FOR`].

use std::time::Duration;

use rusqlite::{Connection, params};

use super::edit_form::Edit;
use super::outbox::OutboxEntry;
use super::row::{self, Blob, parse_values, values_text};
use super::tx::{Reader, WriteTx};
use crate::error::Result;
use crate::model::{Kind, RowId, ScopeId, Values};
use crate::time::Timestamp;

/// As many as the list of deleted rows has.
const KEPT: u32 = 500;

/// As long as the server keeps a deleted row.
const KEPT_FOR: Duration = Duration::from_hours(90 * 24);

/// A new row that was deleted before it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletedUnsent {
    /// What it was.
    pub kind: Kind,
    /// Which row.
    pub id: RowId,
    /// What it was called, if it was called anything.
    pub title: Option<String>,
    /// When it was deleted, wall clock.
    pub at: Timestamp,
}

/// Such a row as it is kept.
pub(super) struct KeptRow {
    pub(super) kind: Kind,
    pub(super) id: RowId,
    pub(super) scope: ScopeId,
    pub(super) values: Values,
    pub(super) at: Timestamp,
}

/// Reads kept rows one by one; what was read before an error is the caller's.
pub(super) fn read_deleted_unsent(
    conn: &Connection,
    rest: &str,
    args: &[&dyn rusqlite::ToSql],
    take: &mut dyn FnMut(KeptRow),
) -> Result<()> {
    let columns = "select kind, row, scope, body, at from deleted_unsent";
    let mut statement = conn.prepare_cached(&format!("{columns} {rest}"))?;
    let mut rows = statement.query(args)?;
    while let Some(one) = rows.next()? {
        take(KeptRow {
            kind: row::kind_at(one, 0)?,
            id: RowId(row::uuid_at(one, 1)?),
            scope: ScopeId(row::uuid_at(one, 2)?),
            values: parse_values(&one.get::<_, String>(3)?)?,
            at: Timestamp(one.get(4)?),
        });
    }
    Ok(())
}

impl Reader<'_> {
    /// The rows of a scope that were deleted before they were sent, the newest first.
    pub fn deleted_unsent(&self, scope: ScopeId) -> Result<Vec<DeletedUnsent>> {
        let mut found = Vec::new();
        let mut take = |kept: KeptRow| {
            let title = kept.kind.title_column();
            let title = title.and_then(|column| kept.values.get(column)?.as_str());
            found.push(DeletedUnsent {
                kind: kept.kind,
                id: kept.id,
                title: title.map(str::to_owned),
                at: kept.at,
            });
        };
        let newest = "where scope = ?1 order by at desc, row";
        read_deleted_unsent(self.conn, newest, &[&Blob::from(scope)], &mut take)?;
        Ok(found)
    }
}

impl WriteTx<'_> {
    /// Keeps the new row of an entry that leaves the outbox because the row was deleted. What is too old or too much goes.
    pub(super) fn keep_deleted_unsent(&mut self, entry: &OutboxEntry) -> Result<()> {
        self.add_deleted_unsent(&KeptRow {
            kind: entry.kind,
            id: entry.row,
            scope: entry.scope,
            values: entry.set.clone(),
            at: self.now,
        })?;
        let kept_for = i64::try_from(KEPT_FOR.as_millis()).unwrap_or(i64::MAX);
        self.conn
            .prepare_cached(
                "delete from deleted_unsent where at < ?1 or (kind, row) in
                   (select kind, row from deleted_unsent order by at desc limit -1 offset ?2)",
            )?
            .execute(params![self.now.0.saturating_sub(kept_for), KEPT])?;
        Ok(())
    }

    /// Keeps a row as it is.
    pub(super) fn add_deleted_unsent(&mut self, kept: &KeptRow) -> Result<()> {
        self.conn
            .prepare_cached(
                "insert or replace into deleted_unsent (kind, row, scope, body, at) values (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                kept.kind.as_str(),
                Blob::from(kept.id),
                Blob::from(kept.scope),
                values_text(&kept.values),
                kept.at.0
            ])?;
        Ok(())
    }

    /// The edit that makes such a row once more; it is not kept any longer.
    pub(super) fn take_deleted_unsent(&mut self, kind: Kind, id: RowId) -> Result<Option<Edit>> {
        let mut statement = self.conn.prepare_cached(
            "delete from deleted_unsent where kind = ?1 and row = ?2 returning scope, body",
        )?;
        let mut rows = statement.query(params![kind.as_str(), Blob::from(id)])?;
        let Some(one) = rows.next()? else {
            return Ok(None);
        };
        let scope = ScopeId(row::uuid_at(one, 0)?);
        let values = parse_values(&one.get::<_, String>(1)?)?;
        Ok(Some(Edit::create(scope, kind, id, values)))
    }

    /// The scope is not this member's any more.
    pub(super) fn forget_deleted_unsent(&mut self, scope: ScopeId) -> Result<()> {
        self.conn
            .prepare_cached("delete from deleted_unsent where scope = ?1")?
            .execute([Blob::from(scope)])?;
        Ok(())
    }
}
