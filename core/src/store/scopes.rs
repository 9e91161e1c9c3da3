//! Scopes: which there are, and how far each is read.
//!
//! A scope has a committed cursor (what screens show) and, while pages wait to be committed, a staged one behind it.

use rusqlite::{OptionalExtension as _, Row, params};
use uuid::Uuid;

use super::changes::Topic;
use super::pull::{Cursor, ScopePage, ScopeState};
use super::row::{self, Blob};
use super::tx::{Reader, WriteTx};
use crate::error::{Error, Result};
use crate::model::{Kind, Rev, ScopeId, ScopeType};

/// Everything that is kept of one scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ScopeRow {
    pub(super) id: ScopeId,
    pub(super) scope_type: ScopeType,
    pub(super) epoch: Option<Uuid>,
    pub(super) rev: Rev,
    pub(super) cursor: Option<Cursor>,
    pub(super) committed: bool,
    pub(super) staged: Option<StagedCursor>,
}

/// How far staged pages reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StagedCursor {
    pub(super) cursor: Cursor,
    pub(super) epoch: Uuid,
    pub(super) reset: bool,
    /// Of a reset: what it does not bring back is gone already.
    pub(super) swept: bool,
}

/// `staged_reset` of a reset that has taken away what it does not bring back; 1 = it has not yet.
const SWEPT: i64 = 2;

const COLUMNS: &str =
    "id, type, epoch, rev, cursor, committed, staged_cursor, staged_epoch, staged_reset";

fn scope_row(row: &Row<'_>) -> Result<ScopeRow> {
    let optional_uuid = |at: usize| -> Result<Option<Uuid>> {
        let bytes: Option<Vec<u8>> = row.get(at)?;
        Ok(bytes.and_then(|bytes| Uuid::from_slice(&bytes).ok()))
    };
    let cursor = |at: usize| -> Result<Option<Cursor>> {
        let text: Option<String> = row.get(at)?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    };
    let kind: String = row.get(1)?;
    let staged = match (cursor(6)?, optional_uuid(7)?) {
        (Some(cursor), Some(epoch)) => Some(StagedCursor {
            cursor,
            epoch,
            reset: row.get::<_, i64>(8)? != 0,
            swept: row.get::<_, i64>(8)? == SWEPT,
        }),
        _ => None,
    };
    Ok(ScopeRow {
        id: ScopeId(row::uuid_at(row, 0)?),
        scope_type: if kind == "user" {
            ScopeType::User
        } else {
            ScopeType::Band
        },
        epoch: optional_uuid(2)?,
        rev: Rev(row.get(3)?),
        cursor: cursor(4)?,
        committed: row.get(5)?,
        staged,
    })
}

impl ScopeRow {
    /// Before anything is known of it.
    pub(super) fn new(page: &ScopePage) -> Self {
        Self {
            id: page.id,
            scope_type: page.scope_type,
            epoch: None,
            rev: Rev(0),
            cursor: None,
            committed: false,
            staged: None,
        }
    }

    /// Something of it was read.
    pub(super) fn is_started(&self) -> bool {
        self.staged.is_some() || self.cursor.is_some()
    }

    /// The page ends where the committed cursor stands, and nothing is staged behind it.
    pub(super) fn is_at(&self, page: &ScopePage) -> bool {
        self.committed
            && self.staged.is_none()
            && self.cursor == Some(page.cursor)
            && self.epoch == Some(page.epoch)
    }

    fn state(&self) -> ScopeState {
        let staged = self.staged.map(|s| (Some(s.epoch), Some(s.cursor)));
        let (epoch, cursor) = staged.unwrap_or((self.epoch, self.cursor));
        ScopeState {
            id: self.id,
            scope_type: self.scope_type,
            rev: self.rev,
            epoch,
            cursor,
            committed: self.committed,
        }
    }
}

impl Reader<'_> {
    /// Every scope this device reads, in the order of their ids.
    pub fn scopes(&self) -> Result<Vec<ScopeState>> {
        let mut statement = self
            .conn
            .prepare_cached(&format!("select {COLUMNS} from scope order by id"))?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(scope_row(row)?.state());
        }
        Ok(found)
    }

    /// One scope; `None` when nothing is known of it.
    pub fn scope(&self, id: ScopeId) -> Result<Option<ScopeState>> {
        Ok(self.scope_row(id)?.map(|row| row.state()))
    }

    pub(super) fn scope_row(&self, id: ScopeId) -> Result<Option<ScopeRow>> {
        let mut statement = self
            .conn
            .prepare_cached(&format!("select {COLUMNS} from scope where id = ?1"))?;
        let mut rows = statement.query([Blob::from(id)])?;
        rows.next()?.map(scope_row).transpose()
    }

    /// True while pages wait to be committed.
    pub fn has_staged(&self) -> Result<bool> {
        let mut statement = self
            .conn
            .prepare_cached("select 1 from scope where staged_cursor is not null")?;
        Ok(statement.query_row([], |_| Ok(())).optional()?.is_some())
    }
}

fn json(cursor: Cursor) -> Result<String> {
    serde_json::to_string(&cursor).map_err(|_| Error::Internal {
        place: "store cursor",
    })
}

/// The setting that says so.
const SYNCED: &str = "synced_once";

impl Reader<'_> {
    /// Has everything of this member been read to its head, in this run or in an earlier one?
    pub fn has_synced(&self) -> Result<bool> {
        Ok(self.meta(SYNCED)?.is_some())
    }

    /// Rows here that came from the server.
    pub fn count_received(&self) -> Result<u64> {
        let tables = Kind::local().map(Kind::as_str);
        let counts = tables.map(|table| {
            let sql = format!("select count(*) from {table} where sync_rev > 0");
            let count: u32 = self.conn.query_row(&sql, [], |row| row.get(0))?;
            Ok(u64::from(count))
        });
        counts.sum()
    }
}

impl WriteTx<'_> {
    pub(super) fn save_scope(&mut self, scope: &ScopeRow) -> Result<()> {
        let kind = match scope.scope_type {
            ScopeType::Band => "band",
            ScopeType::User => "user",
        };
        let staged = scope.staged;
        self.conn
            .prepare_cached(&format!(
                "insert or replace into scope ({COLUMNS}) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
            ))?
            .execute(params![
                Blob::from(scope.id),
                kind,
                scope.epoch.map(Blob),
                scope.rev.0,
                scope.cursor.map(json).transpose()?,
                scope.committed,
                staged.map(|s| json(s.cursor)).transpose()?,
                staged.map(|s| Blob(s.epoch)),
                staged.map_or(0, |s| if s.swept { SWEPT } else { s.reset.into() }),
            ])?;
        self.changes.scope(Topic::Scopes, scope.id);
        Ok(())
    }

    /// What a reset of the scope does not bring back is gone. It must not be looked for again: what is applied of the
    /// reset is staged no longer.
    pub(super) fn note_swept(&mut self, scope: ScopeId) -> Result<()> {
        self.conn
            .prepare_cached(
                "update scope set staged_reset = ?2 where id = ?1 and staged_reset <> 0",
            )?
            .execute(params![Blob::from(scope), SWEPT])?;
        Ok(())
    }

    /// Everything has been read to its head once: see [`Reader::has_synced`].
    pub fn note_synced(&mut self) -> Result<()> {
        self.set_meta(SYNCED, "1")
    }

    /// Forgets pages that were staged but not committed; the next pull starts from the committed cursors.
    pub fn drop_staged(&mut self) -> Result<()> {
        self.conn.execute("delete from staged", [])?;
        self.conn.execute(
            "update scope set staged_cursor = null, staged_epoch = null, staged_reset = 0",
            [],
        )?;
        Ok(())
    }
}
