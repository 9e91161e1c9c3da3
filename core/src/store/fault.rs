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
        // Used up quotas and limits of file size are told as a failed write, not as a full disk.
        _ if matches!(
            code.extended_code,
            ffi::SQLITE_IOERR_WRITE | ffi::SQLITE_IOERR_SHMSIZE
        ) =>
        {
            StorageFault::Full
        }
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
