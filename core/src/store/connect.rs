//! A connection to a database file, set up as all of ours are.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::fold::add_functions;
use crate::error::Result;

/// A connection that only reads.
pub(super) fn open_reader(path: &Path) -> Result<Connection> {
    connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
}

/// A connection opened with `flags`, for one thread at a time.
pub(super) fn connect(path: &Path, flags: OpenFlags) -> Result<Connection> {
    let conn = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.pragma_update(None, "temp_store", "memory")?;
    // Only a debugging tool can be in the way: the lock keeps our own programs apart.
    conn.busy_timeout(std::time::Duration::from_secs(2))?;
    // A plan is made once for a statement, not again for each value bound to it: our statements are written so that one
    // plan is right for every value, and a list is read after every change.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    add_functions(&conn)?;
    conn.set_prepared_statement_cache_capacity(128);
    Ok(conn)
}
