//! Opening the file of one user: lock, upgrade, and what to do with a damaged one.
//!
//! Owns: the policy. A newer file is refused; a locked one is refused; only proven damage sets a file aside, under
//! another name beside the new one, after the unsent edits that can be read were carried over. Nothing is deleted.

use std::fs::{File, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use uuid::Uuid;

use super::connect::connect;
use super::failure::{is_damage, storage};
use super::migrate::migrate;
use super::{private, salvage};
use crate::error::{Error, Result, StorageFailure};
use crate::model::UserId;
use crate::time::Timestamp;

/// A damaged file that was replaced by a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// Where the damaged file is now.
    pub path: PathBuf,
    /// Unsent edits carried over into the new file.
    pub saved_edits: usize,
}

/// Names of one user's files.
#[derive(Debug, Clone)]
pub(super) struct Files {
    pub(super) database: PathBuf,
    /// There when damage was met while running: the next start checks the file.
    pub(super) suspect: PathBuf,
    pub(super) lock: PathBuf,
}

impl Files {
    pub(super) fn of(dir: &Path, user: UserId) -> Self {
        let name = |end: &str| dir.join(format!("user-{user}{end}"));
        Self {
            database: name(".sqlite"),
            suspect: name(".suspect"),
            lock: name(".lock"),
        }
    }
}

pub(super) fn io_failure(error: &io::Error) -> Error {
    storage(match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StorageFailure::Full,
        _ => StorageFailure::Unreadable,
    })
}

/// Takes the operating system's lock on the file beside the database; it ends with the process, however that ends.
pub(super) fn lock(dir: &Path, files: &Files) -> Result<File> {
    private::make_dir(dir).map_err(|error| io_failure(&error))?;
    let file = private::open(&files.lock).map_err(|error| io_failure(&error))?;
    match file.try_lock() {
        Ok(()) => {
            private::narrow_all(dir, &files.database);
            Ok(file)
        }
        Err(TryLockError::WouldBlock) => Err(storage(StorageFailure::Locked)),
        Err(TryLockError::Error(error)) => Err(io_failure(&error)),
    }
}

/// Leaves the sign of this store in the lock file that it holds. True when it was there already: nobody else has had the
/// files since.
pub(super) fn sign(mut lock: &File, sign: Uuid) -> bool {
    let mut found = Vec::new();
    if lock.read_to_end(&mut found).is_ok() && found == sign.as_bytes() {
        return true;
    }
    let written = lock
        .rewind()
        .and_then(|()| lock.set_len(0))
        .and_then(|()| lock.write_all(sign.as_bytes()));
    if let Err(error) = written {
        // Next time it is not found, and that errs on the safe side.
        tracing::warn!(kind = ?error.kind(), "the lock file cannot be signed");
    }
    false
}

/// Opens or creates the database. The caller holds the lock.
pub(super) fn open(
    files: &Files,
    user: UserId,
    now: Timestamp,
) -> Result<(Connection, Option<Quarantined>)> {
    match try_open(files, user) {
        Ok(conn) => Ok((conn, None)),
        Err(error) if is_damage(&error) && proven(files) => {
            let kept_file = quarantine(files, now)?;
            let conn = try_open(files, user)?;
            let saved_edits = salvage::carry_over(&kept_file, &conn, user, now)?;
            tracing::warn!(saved_edits, "a damaged database was quarantined");
            Ok((
                conn,
                Some(Quarantined {
                    path: kept_file,
                    saved_edits,
                }),
            ))
        }
        Err(error) => Err(error),
    }
}

fn try_open(files: &Files, user: UserId) -> Result<Connection> {
    // Made here, not by `SQLite`, so that it never has a moment for others.
    private::open(&files.database).map_err(|error| io_failure(&error))?;
    let mut conn = connect(
        &files.database,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    )?;
    conn.pragma_update(None, "journal_mode", "wal")?;
    conn.pragma_update(None, "synchronous", "full")?;
    if files.suspect.exists() {
        check_integrity(&conn)?;
        let _ = std::fs::remove_file(&files.suspect);
    }
    migrate(&mut conn, user)?;
    Ok(conn)
}

fn check_integrity(conn: &Connection) -> Result<()> {
    let verdict: String = conn.query_row("pragma integrity_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" {
        Ok(())
    } else {
        Err(storage(StorageFailure::Damaged))
    }
}

/// Asks the file itself, on a fresh connection: an error once is not yet damage.
fn proven(files: &Files) -> bool {
    let check = connect(&files.database, OpenFlags::SQLITE_OPEN_READ_WRITE)
        .and_then(|conn| check_integrity(&conn));
    matches!(check, Err(error) if is_damage(&error))
}

fn quarantine(files: &Files, now: Timestamp) -> Result<PathBuf> {
    let mut kept_file = files
        .database
        .with_extension(format!("damaged-{}.sqlite", now.0));
    let mut again = 1;
    while kept_file.exists() {
        kept_file = files
            .database
            .with_extension(format!("damaged-{}-{again}.sqlite", now.0));
        again += 1;
    }
    let with = |path: &Path, end: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    };
    // The log belongs to the file: first it, so that a crash in between leaves a pair that is opened again.
    for end in ["-wal", "-shm", ""] {
        let from = with(&files.database, end);
        if from.exists() {
            std::fs::rename(&from, with(&kept_file, end)).map_err(|error| io_failure(&error))?;
        }
    }
    let _ = std::fs::remove_file(&files.suspect);
    Ok(kept_file)
}
