//! Numbered steps from any older database to this version's.

use rusqlite::{Connection, TransactionBehavior};

use super::fault::storage;
use super::row::{self, Placement, sort_key, sql};
use super::tx::encoders;
use crate::error::{Error, Result, StorageFault};
use crate::model::{ClientId, Kind, RowId, UserId};

/// One SQL script a version, never changed once released.
const STEPS: [&str; 6] = [
    include_str!("../../migrations/001_init.sql"),
    include_str!("../../migrations/002_reset_sweep.sql"),
    include_str!("../../migrations/003_log_in_order.sql"),
    include_str!("../../migrations/004_choices.sql"),
    include_str!("../../migrations/005_notices.sql"),
    include_str!("../../migrations/006_unreadable.sql"),
];

/// Brings the database up to date: each step in one transaction with its number.
pub(super) fn migrate(conn: &mut Connection, user: UserId) -> Result<()> {
    let version: i64 = conn.query_row("pragma user_version", [], |row| row.get(0))?;
    let version = usize::try_from(version).unwrap_or(usize::MAX);
    if version > STEPS.len() {
        return Err(storage(StorageFault::Newer));
    }
    for (at, step) in STEPS.iter().enumerate().skip(version) {
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(step)?;
        if at == 0 {
            let insert = "insert into meta (key, value) values (?1, ?2)";
            tx.execute(insert, ["client_id", &ClientId::fresh().to_string()])?;
            tx.execute(insert, ["user", &user.to_string()])?;
        }
        if version > 0 && at + 1 == STEPS.len() {
            fill_new_columns(&tx, user)?;
        }
        tx.pragma_update(
            None,
            "user_version",
            i64::try_from(at + 1).unwrap_or(i64::MAX),
        )?;
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

/// Columns that an older version did not know were kept in `extra`: writing each row again puts them where they belong.
pub(super) fn fill_new_columns(conn: &Connection, user: UserId) -> Result<()> {
    let encoders = encoders(user);
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::ReadMark) {
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
