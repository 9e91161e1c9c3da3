//! The yardstick: the same rows written with `rusqlite` alone, as a hand-written import would.
//!
//! Same file layout (the store makes the file: same tables, columns and indexes), same settings (write-ahead log,
//! `synchronous = normal`, same page cache), one prepared `insert` a table, one transaction a page. It gets the rows
//! parsed, as the store does. It compares nothing, keeps no cursor, no unread state, no unknown columns, tells nobody,
//! and blocks every other writer for as long as it likes.

use std::path::{Path, PathBuf};

use rockon_core::model::{FieldType, Kind, ScopeId, Values, fields};
use rockon_core::store::PullPage;
use rusqlite::{Connection, Statement};
use serde_json::Value;
use uuid::Uuid;

use crate::Outcome;

/// The database file in a directory where a store has been opened once.
pub(crate) fn database_in(dir: &Path) -> Outcome<PathBuf> {
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "sqlite") {
            return Ok(path);
        }
    }
    Err("no database file".into())
}

/// The same settings as the store's writer.
pub(crate) fn open(path: &Path) -> Outcome<Connection> {
    let conn = Connection::open(path)?;
    conn.pragma_update(None, "journal_mode", "wal")?;
    conn.pragma_update(None, "synchronous", "normal")?;
    conn.pragma_update(None, "temp_store", "memory")?;
    conn.pragma_update(None, "wal_autocheckpoint", 8_000)?;
    conn.set_prepared_statement_cache_capacity(128);
    Ok(conn)
}

/// Writes a page in one transaction.
pub(crate) fn insert(conn: &mut Connection, page: &PullPage) -> Outcome<()> {
    let tx = conn.transaction()?;
    insert_rows(&tx, page)?;
    tx.commit()?;
    Ok(())
}

/// Writes the rows of a page into the transaction that is open.
pub(crate) fn insert_rows(conn: &Connection, page: &PullPage) -> Outcome<()> {
    for scope in &page.scopes {
        for (kind, rows) in &scope.rows {
            let kind: Kind = kind.parse()?;
            let mut statement = conn.prepare_cached(&sql(kind))?;
            for row in rows {
                bind(&mut statement, kind, scope.id, row)?;
                statement.raw_execute()?;
            }
        }
    }
    Ok(())
}

fn sql(kind: Kind) -> String {
    let own: Vec<String> = fields(kind)
        .iter()
        .map(|f| format!("\"{}\"", f.name))
        .collect();
    let marks = vec!["?"; 9 + own.len()].join(", ");
    format!(
        "insert into {} (id, scope, sync_rev, sync_by, sync_by_rev, sync_other_rev, other_rev, sort, pending, {})
         values ({marks})",
        kind.as_str(),
        own.join(", ")
    )
}

fn bind(statement: &mut Statement<'_>, kind: Kind, scope: ScopeId, row: &Values) -> Outcome<()> {
    let text = |name: &str| row.get(name).and_then(Value::as_str);
    let number = |name: &str| row.get(name).and_then(Value::as_i64);
    let id = Uuid::try_parse(text("id").unwrap_or(""))?;
    statement.raw_bind_parameter(1, id.as_bytes().as_slice())?;
    statement.raw_bind_parameter(2, scope.0.as_bytes().as_slice())?;
    statement.raw_bind_parameter(3, number("sync_rev"))?;
    statement.raw_bind_parameter(4, text("sync_by"))?;
    statement.raw_bind_parameter(5, number("sync_by_rev"))?;
    statement.raw_bind_parameter(6, number("sync_other_rev"))?;
    statement.raw_bind_parameter(7, number("sync_by_rev"))?;
    let sort = match kind {
        Kind::Song => text("title").unwrap_or("").to_lowercase() + text("artist").unwrap_or(""),
        Kind::Setlist => text("name").unwrap_or("").to_lowercase(),
        _ => text("scheduled_date").unwrap_or("").to_owned(),
    };
    statement.raw_bind_parameter(8, sort)?;
    statement.raw_bind_parameter(9, false)?;
    for (at, field) in fields(kind).iter().enumerate() {
        bind_field(statement, 10 + at, field.kind, row.get(field.name))?;
    }
    Ok(())
}

fn bind_field(
    statement: &mut Statement<'_>,
    at: usize,
    kind: FieldType,
    value: Option<&Value>,
) -> Outcome<()> {
    match value {
        None | Some(Value::Null) => statement.raw_bind_parameter(at, rusqlite::types::Null)?,
        Some(Value::String(text)) => statement.raw_bind_parameter(at, text)?,
        Some(Value::Bool(flag)) => statement.raw_bind_parameter(at, flag)?,
        Some(Value::Number(number)) if kind == FieldType::Int => {
            statement.raw_bind_parameter(at, number.as_i64())?;
        }
        Some(other) => statement.raw_bind_parameter(at, other.to_string())?,
    }
    Ok(())
}
