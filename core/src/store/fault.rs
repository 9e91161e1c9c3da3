//! What `SQLite` reports, as the core's error.

use rusqlite::{Error as Sql, ErrorCode, ffi};

use crate::error::{Error, StorageFault};

impl From<Sql> for Error {
    fn from(error: Sql) -> Self {
        match error {
            Sql::SqliteFailure(code, _) => Self::Storage {
                fault: classify(code),
            },
            Sql::QueryReturnedNoRows => Self::NotFound { what: "row" },
            _ => Self::Internal { place: "store" },
        }
    }
}

fn classify(code: ffi::Error) -> StorageFault {
    match code.code {
        ErrorCode::DiskFull => StorageFault::Full,
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StorageFault::Damaged,
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StorageFault::Locked,
        ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::ReadOnly => {
            StorageFault::Unreadable
        }
        // Failed reads and writes among them. `SQLite` tells a full disk (`ENOSPC`, a short write) as `SQLITE_FULL`; what
        // it tells as `SQLITE_IOERR_WRITE` is anything else: a quota, a broken or removed medium.
        _ => StorageFault::Sqlite(code.extended_code),
    }
}

/// True for what only a damaged file explains.
pub(super) fn is_damage(error: &Error) -> bool {
    matches!(
        error,
        Error::Storage {
            fault: StorageFault::Damaged
        }
    )
}

/// Shorthand for a storage error.
pub(super) fn storage(fault: StorageFault) -> Error {
    Error::Storage { fault }
}

/// What is inside our own tables cannot be read back. A bug or a damaged file.
pub(super) fn unreadable_body() -> Error {
    Error::Internal {
        place: "store body",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_full_disk_is_called_full_and_a_failed_write_has_advice_of_its_own() {
        let fault = |code| classify(ffi::Error::new(code));
        assert_eq!(fault(ffi::SQLITE_FULL), StorageFault::Full);
        for code in [
            ffi::SQLITE_IOERR_WRITE,
            ffi::SQLITE_IOERR_FSYNC,
            ffi::SQLITE_IOERR_SHMSIZE,
        ] {
            let failed = fault(code);
            assert_eq!(failed, StorageFault::Sqlite(code));
            assert_ne!(failed.advice(), StorageFault::Full.advice());
            assert_ne!(
                failed.advice(),
                StorageFault::Sqlite(ffi::SQLITE_ERROR).advice()
            );
        }
    }
}
