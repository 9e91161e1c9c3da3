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
        // A write that failed half-way for want of space is reported as an IO error by some file systems.
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
