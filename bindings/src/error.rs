//! The one error that every call may throw.
//!
//! Owns: the mirror of the core's error. User interfaces switch on its cases; texts come from `error_advice` or from
//! their own words, never from a server.

use rockon_core::Error as CoreError;
use rockon_core::error::{Service, StorageFailure};
use rockon_core::redact::Unsaved;

use crate::mirror::Words;

/// Why an operation failed.
#[uniffi::remote(Error)]
pub enum CoreError {
    /// A setting is unusable: the URL, the key, the data directory.
    Config {
        /// Which setting.
        field: Words,
        /// What is wrong with it, a constant.
        reason: Words,
    },
    /// There is no session; local data can still be read.
    SignedOut,
    /// The auth service refused; the code is `GoTrue`'s, such as `invalid_credentials`.
    Auth {
        /// `GoTrue`'s error code.
        reason: String,
    },
    /// The server could not be reached at all.
    Offline,
    /// No answer in time.
    Timeout {
        /// Who did not answer.
        service: Service,
    },
    /// The server answered with a failure that is not about this request.
    Server {
        /// Who answered.
        service: Service,
        /// HTTP status.
        status: u16,
        /// The machine-readable code of the body, if it had one.
        reason: Option<String>,
        /// Seconds the server asked to wait (`Retry-After`), if it did.
        retry_after: Option<u32>,
    },
    /// The answer was not what this server should say: HTML, cut off, too large, wrong shape.
    Protocol {
        /// Who answered.
        service: Service,
        /// What was wrong, a constant.
        reason: Words,
    },
    /// The server's rules do not allow it. `reason` is an SQLSTATE or a code such as `last_admin`.
    Denied {
        /// The machine-readable reason.
        reason: String,
    },
    /// Bands would be left without an admin: somebody else must be made one first.
    HandOver {
        /// How many bands.
        bands: u32,
    },
    /// The row, feed or entry does not exist here.
    NotFound {
        /// What was looked for, a constant.
        what: Words,
    },
    /// The row of an edit is not here any more: somebody deleted it, or it was moved away. The edit comes back.
    Gone {
        /// What was to be saved.
        edit: Unsaved,
    },
    /// The caller's input cannot be accepted.
    Invalid {
        /// Which field.
        field: Words,
        /// Why, a constant.
        reason: Words,
    },
    /// The local database failed.
    Storage {
        /// What is wrong with it.
        failure: StorageFailure,
    },
    /// The platform's secret store failed; the constant names the step.
    Secrets {
        /// `read`, `write` or `delete`.
        step: Words,
    },
    /// The client was shut down.
    Closed,
    /// A bug of ours. The constant names the place.
    Internal {
        /// Where.
        place: Words,
    },
}

/// Which part of the back end answered, or should have.
#[uniffi::remote(Enum)]
pub enum Service {
    /// The proxy in front of everything.
    Gateway,
    /// Sign-in and tokens (`GoTrue`).
    Auth,
    /// Tables and functions (`PostgREST`).
    Rest,
    /// The `WebSocket` of hints.
    Realtime,
    /// PostgreSQL itself.
    Database,
}

/// What is wrong with the local database.
#[uniffi::remote(Enum)]
pub enum StorageFailure {
    /// The disk is full. Nothing was written; nothing was lost.
    Full,
    /// The directory or file cannot be read or written.
    Unreadable,
    /// The file was written by a newer version of the program.
    Newer,
    /// The file is damaged. It was quarantined, not deleted.
    Damaged,
    /// Another program holds the file.
    Locked,
    /// Anything else `SQLite` reported; the number is its extended result code.
    Sqlite(i32),
}
