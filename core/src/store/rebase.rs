//! The row as the member sees it: the server's row with the unconfirmed edits replayed on top.
//!
//! Owns: the server row (kept only while a row has unconfirmed edits) and the rebase, which makes the live row.
//! Invariant: a live row without a server row is exactly the server's row; a live row with one is server row + edits.

use rusqlite::{OptionalExtension as _, params};
use serde_json::Value;

use super::outbox::{Op, OutboxEntry};
use super::row::{self, Blob, Placement, StoredRow, parse_values, values_text};
use super::tx::{Reader, WriteTx};
use crate::error::Result;
use crate::model::{Kind, RowId, ScopeId, Values};

/// The server's side of a row with unconfirmed edits.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ServerRow {
    pub(super) scope: ScopeId,
    pub(super) rev: i64,
    /// `None`: the server has no such row as far as we know.
    pub(super) body: Option<Values>,
    /// The server has deleted it; `body` is its last image.
    pub(super) deleted: bool,
}

impl Reader<'_> {
    pub(super) fn kept_server_row(&self, kind: Kind, id: RowId) -> Result<Option<ServerRow>> {
        let mut statement = self.conn.prepare_cached(
            "select scope, rev, body, deleted from server_row where kind = ?1 and row = ?2",
        )?;
        let found = statement
            .query_row(params![kind.as_str(), Blob::from(id)], |row| {
                let body: Option<String> = row.get(2)?;
                let scope = ScopeId(row::uuid_at(row, 0)?);
                Ok((scope, row.get(1)?, body, row.get(3)?))
            })
            .optional()?;
        let Some((scope, rev, body, deleted)) = found else {
            return Ok(None);
        };
        let body = body.as_deref().map(parse_values).transpose()?;
        Ok(Some(ServerRow {
            scope,
            rev,
            body,
            deleted,
        }))
    }

    /// Rows with unconfirmed edits whose server row is in this scope.
    pub(super) fn server_rows_in(&self, scope: ScopeId) -> Result<Vec<(Kind, RowId)>> {
        let mut statement = self
            .conn
            .prepare_cached("select kind, row from server_row where scope = ?1")?;
        let rows = statement.query_map([Blob::from(scope)], |found| {
            Ok((row::kind_at(found, 0)?, RowId(row::uuid_at(found, 1)?)))
        })?;
        Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?)
    }

    /// The server's row as far as this device knows it, without unsent edits. What a merge starts from.
    pub(crate) fn server_row(&self, kind: Kind, id: RowId) -> Result<Option<Values>> {
        match self.kept_server_row(kind, id)? {
            Some(server_row) if server_row.deleted => Ok(None),
            Some(server_row) => Ok(server_row.body),
            None => self.row(kind, id),
        }
    }
}

impl WriteTx<'_> {
    pub(super) fn set_server_row(
        &mut self,
        kind: Kind,
        id: RowId,
        server_row: &ServerRow,
    ) -> Result<()> {
        let body = server_row.body.as_ref().map(values_text);
        self.has_server_rows.set(None);
        self.conn
            .prepare_cached(
                "insert or replace into server_row (kind, row, scope, rev, body, deleted) values (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                kind.as_str(),
                Blob::from(id),
                Blob::from(server_row.scope),
                server_row.rev,
                body,
                server_row.deleted
            ])?;
        Ok(())
    }

    /// Called before the first edit of a row: what is live now is the server's. A row that is not here will be in `scope`.
    pub(super) fn ensure_server_row(
        &mut self,
        kind: Kind,
        id: RowId,
        scope: ScopeId,
        live: Option<StoredRow>,
    ) -> Result<ServerRow> {
        if let Some(server_row) = self.kept_server_row(kind, id)? {
            return Ok(server_row);
        }
        let server_row = ServerRow {
            scope: live.as_ref().map_or(scope, |row| row.scope),
            rev: live.as_ref().map_or(0, |row| row::rev_of(&row.values).0),
            body: live.map(|row| row.values),
            deleted: false,
        };
        self.set_server_row(kind, id, &server_row)?;
        Ok(server_row)
    }

    /// Makes the live row what its server row and its edits say, and drops the server row once no edit is left.
    pub(super) fn rebase(&mut self, kind: Kind, id: RowId) -> Result<()> {
        let Some(server_row) = self.kept_server_row(kind, id)? else {
            return Ok(());
        };
        let open = self.open_entries_of(kind, id)?;
        self.show(kind, id, server_row, &open)
    }

    /// As [`WriteTx::rebase`], for a caller that has read the server row and the unconfirmed edits.
    pub(super) fn show(
        &mut self,
        kind: Kind,
        id: RowId,
        server_row: ServerRow,
        open: &[OutboxEntry],
    ) -> Result<()> {
        let (scope, image) = if open.is_empty() {
            self.drop_server_row(kind, id)?;
            (
                server_row.scope,
                if server_row.deleted {
                    None
                } else {
                    server_row.body
                },
            )
        } else {
            replay(kind, id, server_row, open)
        };
        let pending = !open.is_empty();
        match image {
            Some(values) => self.put_live(kind, Placement { scope, id, pending }, &values),
            None => self.delete_live(scope, kind, id),
        }
    }

    /// The scope of the server's row is not this member's any more: nothing of that row is left to show, wherever an
    /// unsent move showed it. Edits in other scopes wait for what the server says.
    pub(super) fn lose_server_row(&mut self, gone: ScopeId, kind: Kind, id: RowId) -> Result<()> {
        let Some(server_row) = self.kept_server_row(kind, id)?.filter(|m| m.scope == gone) else {
            return self.rebase(kind, id);
        };
        let open = self.open_entries_of(kind, id)?;
        let scope = open.first().map_or(server_row.scope, |entry| entry.scope);
        let nothing = ServerRow {
            scope,
            rev: 0,
            body: None,
            deleted: false,
        };
        self.set_server_row(kind, id, &nothing)?;
        self.rebase(kind, id)
    }

    fn drop_server_row(&mut self, kind: Kind, id: RowId) -> Result<()> {
        self.conn
            .prepare_cached("delete from server_row where kind = ?1 and row = ?2")?
            .execute(params![kind.as_str(), Blob::from(id)])?;
        Ok(())
    }
}

/// Pure: the server's row, then every edit in order.
fn replay(
    kind: Kind,
    id: RowId,
    server_row: ServerRow,
    edits: &[OutboxEntry],
) -> (ScopeId, Option<Values>) {
    let mut scope = server_row.scope;
    let mut last = server_row.body;
    let mut shown = !server_row.deleted && last.is_some();
    for edit in edits {
        match edit.op {
            Op::Delete => shown = false,
            // The server has the row; here is nothing of it to show.
            Op::Restore if last.is_none() && edit.set.is_empty() => {}
            Op::Insert | Op::Restore => {
                if last.is_none() {
                    scope = edit.scope;
                }
                let values = last.get_or_insert_with(|| new_row(id));
                overlay(values, &edit.set);
                shown = true;
            }
            // Without a row to change there is nothing to show; the edit waits for the server's answer.
            Op::Update => {
                if let Some(values) = last.as_mut() {
                    overlay(values, &edit.set);
                    shown = true;
                }
            }
            Op::Mark => {}
        }
        if let Some(moved) = moved_to(kind, &edit.set) {
            scope = moved;
        }
    }
    (scope, last.filter(|_| shown))
}

fn new_row(id: RowId) -> Values {
    let mut values = Values::new();
    values.insert("id".to_owned(), Value::String(id.to_string()));
    values
}

fn overlay(values: &mut Values, set: &Values) {
    for (name, value) in set {
        values.insert(name.clone(), value.clone());
    }
}

/// Songs and setlists name their scope in `context_id`.
pub(crate) fn moved_to(kind: Kind, set: &Values) -> Option<ScopeId> {
    if !matches!(kind, Kind::Song | Kind::Setlist) {
        return None;
    }
    set.get("context_id")?.as_str()?.parse().ok()
}
