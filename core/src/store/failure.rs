//! What `SQLite` reports, as the core's error.

use rusqlite::{Error as Sql, ErrorCode, ffi};

use crate::error::{Error, StorageFailure};

impl From<Sql> for Error {
    fn from(error: Sql) -> Self {
        match error {
            Sql::SqliteFailure(code, _) => Self::Storage {
                failure: classify(code),
            },
            Sql::QueryReturnedNoRows => Self::NotFound { what: "row" },
            _ => Self::Internal { place: "store" },
        }
    }
}

fn classify(code: ffi::Error) -> StorageFailure {
    match code.code {
        ErrorCode::DiskFull => StorageFailure::Full,
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StorageFailure::Damaged,
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StorageFailure::Locked,
        ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::ReadOnly => {
            StorageFailure::Unreadable
        }
        // Failed reads and writes among them. `SQLite` tells a full disk (`ENOSPC`, a short write) as `SQLITE_FULL`; what
        // it tells as `SQLITE_IOERR_WRITE` is anything else: a quota, a broken or removed medium.
        _ => StorageFailure::Sqlite(code.extended_code),
    }
}

/// True for what only a damaged file explains.
pub(super) fn is_damage(error: &Error) -> bool {
    matches!(
        error,
        Error::Storage {
            failure: StorageFailure::Damaged
        }
    )
}

/// Shorthand for a storage error.
pub(super) fn storage(failure: StorageFailure) -> Error {
    Error::Storage { failure }
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
    use crate::speech::Language;

    #[test]
    fn only_a_full_disk_is_called_full_and_a_failed_write_has_advice_of_its_own() {
        let failure = |code| classify(ffi::Error::new(code));
        assert_eq!(failure(ffi::SQLITE_FULL), StorageFailure::Full);
        for code in [
            ffi::SQLITE_IOERR_WRITE,
            ffi::SQLITE_IOERR_FSYNC,
            ffi::SQLITE_IOERR_SHMSIZE,
        ] {
            let failed = failure(code);
            assert_eq!(failed, StorageFailure::Sqlite(code));
            assert_ne!(
                failed.advice(Language::English),
                StorageFailure::Full.advice(Language::English)
            );
            assert_ne!(
                failed.advice(Language::English),
                StorageFailure::Sqlite(ffi::SQLITE_ERROR).advice(Language::English)
            );
        }
    }
}
