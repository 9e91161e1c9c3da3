//! From any older database to this version's: numbered scripts, then the columns that came to the catalogue.

use rusqlite::{Connection, TransactionBehavior};

use super::failure::storage;
use super::row::{self, Placement, sort_key, sql};
use super::tx::encoders;
use crate::error::{Error, Result, StorageFailure};
use crate::model::{ClientId, Kind, RowId, UserId, fields};

/// One SQL script a version, never changed once released.
const STEPS: [&str; 11] = [
    include_str!("../../migrations/001_init.sql"),
    include_str!("../../migrations/002_reset_sweep.sql"),
    include_str!("../../migrations/003_log_in_order.sql"),
    include_str!("../../migrations/004_choices.sql"),
    include_str!("../../migrations/005_notices.sql"),
    include_str!("../../migrations/006_unreadable.sql"),
    include_str!("../../migrations/007_words.sql"),
    include_str!("../../migrations/008_deleted_unsent.sql"),
    include_str!("../../migrations/009_log_times.sql"),
    include_str!("../../migrations/010_gig.sql"),
    include_str!("../../migrations/011_told.sql"),
];

/// `user_version` counts the scripts below it and, in units of it, the columns of the catalogue: older programs refuse a
/// file with columns they do not know, as they would write rows without them.
const UNIT: usize = 1_000;

/// Brings the database up to date: each step in one transaction with its number, then the columns of the catalogue.
pub(super) fn migrate(conn: &mut Connection, user: UserId) -> Result<()> {
    let version: i64 = conn.query_row("pragma user_version", [], |row| row.get(0))?;
    let version = usize::try_from(version).unwrap_or(usize::MAX);
    let (steps, columns) = (version % UNIT, version / UNIT);
    let wanted = Kind::local().map(|kind| fields(kind).len()).sum();
    if steps > STEPS.len() || columns > wanted {
        return Err(storage(StorageFailure::Newer));
    }
    for (at, step) in STEPS.iter().enumerate().skip(steps) {
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(step)?;
        if at == 0 {
            let insert = "insert into meta (key, value) values (?1, ?2)";
            tx.execute(insert, ["client_id", &ClientId::fresh().to_string()])?;
            tx.execute(insert, ["user", &user.to_string()])?;
        }
        set_version(&tx, at + 1, columns)?;
        tx.commit()?;
    }
    if columns < wanted {
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if add_columns(&tx)? {
            fill_new_columns(&tx, user)?;
        }
        set_version(&tx, STEPS.len(), wanted)?;
        tx.commit()?;
    }
    let owner: String = conn.query_row("select value from meta where key = 'user'", [], |row| {
        row.get(0)
    })?;
    if owner != user.to_string() {
        return Err(Error::Config {
            field: "data directory",
            reason: "the database belongs to another user",
        });
    }
    Ok(())
}

fn set_version(conn: &Connection, steps: usize, columns: usize) -> Result<()> {
    let version = i64::try_from(columns * UNIT + steps).unwrap_or(i64::MAX);
    Ok(conn.pragma_update(None, "user_version", version)?)
}

/// Adds the columns that came to the catalogue since the tables were made; true when there were any.
fn add_columns(conn: &Connection) -> Result<bool> {
    let mut added = false;
    for kind in Kind::local() {
        let table = kind.as_str();
        let known: Vec<String> = {
            let mut statement = conn.prepare("select name from pragma_table_info(?1)")?;
            let names = statement.query_map([table], |row| row.get(0))?;
            names.collect::<rusqlite::Result<_>>()?
        };
        let new = fields(kind).iter();
        for field in new.filter(|field| known.iter().all(|name| name != field.name)) {
            let column = row::column_type(field.kind);
            let sql = format!("alter table {table} add column \"{}\" {column}", field.name);
            conn.execute(&sql, [])?;
            added = true;
        }
    }
    Ok(added)
}

/// Columns that an older version did not know were kept in `extra`: writing each row again puts them where they belong.
fn fill_new_columns(conn: &Connection, user: UserId) -> Result<()> {
    let encoders = encoders(user);
    for kind in Kind::local() {
        let ids = {
            let table = kind.as_str();
            let mut statement =
                conn.prepare(&format!("select id from {table} where extra is not null"))?;
            let ids = statement.query_map([], |found| Ok(RowId(row::uuid_at(found, 0)?)))?;
            ids.collect::<rusqlite::Result<Vec<_>>>()?
        };
        for id in ids {
            if let Some(stored) = row::read(conn, kind, id)? {
                let at = Placement {
                    scope: stored.scope,
                    id,
                    pending: stored.pending,
                };
                let mut statement = conn.prepare_cached(&sql(kind).put)?;
                let sort = sort_key(kind, &stored.values);
                let encoder = &mut encoders.borrow_mut()[kind as usize];
                encoder.put(&mut statement, at, &sort, &stored.values)?;
            }
        }
    }
    Ok(())
}
