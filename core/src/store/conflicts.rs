//! Two values of one field, both kept until a person chooses.
//!
//! The shown row already has one of them; choosing the other is an ordinary edit, made by the caller.

use rusqlite::{Row, params};
use serde_json::Value;

use super::changes::Topic;
use super::fault::unreadable_body;
use super::row::{self, Blob};
use super::tx::{Reader, WriteTx};
use crate::error::{Error, Result};
use crate::model::{Kind, RowId, ScopeId, UserId};
use crate::time::Timestamp;

/// A clash as it was found.
#[derive(Debug, Clone, PartialEq)]
pub struct NewConflict {
    /// Where.
    pub scope: ScopeId,
    /// What the row is.
    pub kind: Kind,
    /// Which row.
    pub row: RowId,
    /// Column name.
    pub field: String,
    /// What this user wrote.
    pub mine: Value,
    /// What somebody else wrote.
    pub theirs: Value,
    /// Who.
    pub by: Option<UserId>,
    /// Their name then.
    pub by_name: Option<String>,
}

/// A clash that waits for a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// Identifies it on this device.
    pub id: i64,
    /// What clashes.
    pub what: NewConflict,
    /// When it was found, wall clock.
    pub at: Timestamp,
}

const COLUMNS: &str = "id, scope, kind, row, field, mine, theirs, by_id, by_name, at";

fn conflict(row: &Row<'_>) -> Result<Conflict> {
    let value = |at: usize| -> Result<Value> {
        let text: String = row.get(at)?;
        serde_json::from_str(&text).map_err(|_| unreadable_body())
    };
    let by: Option<String> = row.get(7)?;
    Ok(Conflict {
        id: row.get(0)?,
        what: NewConflict {
            scope: ScopeId(row::uuid_at(row, 1)?),
            kind: row::kind_at(row, 2)?,
            row: RowId(row::uuid_at(row, 3)?),
            field: row.get(4)?,
            mine: value(5)?,
            theirs: value(6)?,
            by: by.and_then(|text| text.parse().ok()),
            by_name: row.get(8)?,
        },
        at: Timestamp(row.get(9)?),
    })
}

impl Reader<'_> {
    /// Conflicts waiting for a person, newest first, at most `limit`.
    pub fn conflicts(&self, limit: u32) -> Result<Vec<Conflict>> {
        self.conflicts_by("order by id desc limit ?1", params![limit])
    }

    /// The conflicts of one row, newest first.
    pub fn conflicts_of(&self, kind: Kind, id: RowId) -> Result<Vec<Conflict>> {
        self.conflicts_by(
            "where kind = ?1 and row = ?2 order by id desc",
            params![kind.as_str(), Blob::from(id)],
        )
    }

    /// One conflict.
    pub fn conflict(&self, id: i64) -> Result<Option<Conflict>> {
        Ok(self.conflicts_by("where id = ?1", params![id])?.pop())
    }

    fn conflicts_by(&self, rest: &str, args: &[&dyn rusqlite::ToSql]) -> Result<Vec<Conflict>> {
        let mut statement = self
            .conn
            .prepare_cached(&format!("select {COLUMNS} from conflict {rest}"))?;
        let mut rows = statement.query(args)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(conflict(row)?);
        }
        Ok(found)
    }
}

impl WriteTx<'_> {
    /// Keeps a clash; returns its id.
    pub fn add_conflict(&mut self, found: &NewConflict) -> Result<i64> {
        self.conn
            .prepare_cached(
                "insert into conflict (scope, kind, row, field, mine, theirs, by_id, by_name, at)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                Blob::from(found.scope),
                found.kind.as_str(),
                Blob::from(found.row),
                found.field,
                found.mine.to_string(),
                found.theirs.to_string(),
                found.by.map(|by| by.to_string()),
                found.by_name,
                self.now.0
            ])?;
        self.changes.scope(Topic::Conflicts, found.scope);
        Ok(self.conn.last_insert_rowid())
    }

    /// A person has chosen.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it was closed already.
    pub fn close_conflict(&mut self, id: i64) -> Result<()> {
        let gone = self
            .conn
            .prepare_cached("delete from conflict where id = ?1")?
            .execute([id])?;
        self.touch(Topic::Conflicts);
        if gone == 0 {
            return Err(Error::NotFound { what: "conflict" });
        }
        Ok(())
    }
}
