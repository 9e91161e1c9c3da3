//! Every way the stack can fail.
//!
//! Owns: one error type. Never: a password, a token or a row's content in a text. Texts of PostgreSQL and of the
//! operating system are passed on, since the reader is a developer at the machine.

use std::io;
use std::path::PathBuf;

/// Result of the stack's operations.
pub type Result<T, E = StackError> = std::result::Result<T, E>;

/// Why the stack could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StackError {
    /// No PostgreSQL server on this machine, and downloading was not allowed or not possible.
    #[error("no PostgreSQL server found: {0}")]
    NoPostgres(String),
    /// A directory or file could not be used.
    #[error("cannot use {path}: {source}")]
    Path {
        /// Which one.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// Another process runs a stack on the same data directory.
    #[error("{0} is in use by another stack")]
    InUse(PathBuf),
    /// The data directory was made by another major version of PostgreSQL than any found here.
    #[error("the data was written by PostgreSQL {found}, and there is no server of that version")]
    Version {
        /// Contents of `PG_VERSION`.
        found: String,
    },
    /// The server refuses to run as root and there is no other user to run it as.
    #[error("running as root, and there is no other user to run PostgreSQL as")]
    NoUser,
    /// The server's user cannot get to the data directory.
    #[error(
        "PostgreSQL does not run as root; it runs as {user}, who cannot enter {}. Choose a data directory below one that \
         everybody may enter, such as /var/lib, or let everybody pass: chmod o+x {}",
        directory.display(),
        directory.display()
    )]
    NoWay {
        /// The first directory on the way that is closed.
        directory: PathBuf,
        /// Name of the server's user.
        user: String,
    },
    /// The data directory holds something else; it would be closed to everybody, and given away when we are root.
    #[error(
        "{0} is not empty and holds no data of a stack: choose another directory, or a new one"
    )]
    Occupied(PathBuf),
    /// Programs would be run from a place where others can put theirs.
    #[error(
        "{path} is not a safe place for programs ({why}): remove it, or set XDG_CACHE_HOME to a directory of your own"
    )]
    Untrusted {
        /// The directory or file.
        path: PathBuf,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A program failed.
    #[error("{program} failed: {detail}")]
    Program {
        /// Its name.
        program: &'static str,
        /// The end of what it printed.
        detail: String,
    },
    /// The server did not become ready in time.
    #[error("PostgreSQL did not become ready within {seconds} s: {detail}")]
    NotReady {
        /// The deadline, in seconds.
        seconds: u64,
        /// The end of its log.
        detail: String,
    },
    /// A statement failed while a database was prepared.
    #[error("applying {what} failed: {source}")]
    Sql {
        /// Which file or step.
        what: String,
        /// What PostgreSQL said.
        source: tokio_postgres::Error,
    },
    /// PostgreSQL refused or broke off.
    #[error("database: {0}")]
    Database(#[from] tokio_postgres::Error),
    /// No connection could be taken from the pool.
    #[error("no database connection: {0}")]
    Pool(#[from] deadpool_postgres::PoolError),
    /// The port cannot be listened on.
    #[error("cannot listen on 127.0.0.1:{port}: {source}")]
    Listen {
        /// Port asked for.
        port: u16,
        /// What the operating system said.
        source: io::Error,
    },
    /// Internal: a token could not be signed.
    #[error("signing a token failed")]
    Signing,
    /// The operating system refused something that has no path.
    #[error("{what}: {source}")]
    System {
        /// What was tried.
        what: &'static str,
        /// What the operating system said.
        source: io::Error,
    },
}

impl StackError {
    /// For `map_err` on file operations.
    pub(crate) fn path(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Path { path, source }
    }

    /// For `map_err` on statements of a named step.
    pub(crate) fn sql(what: impl Into<String>) -> impl FnOnce(tokio_postgres::Error) -> Self {
        let what = what.into();
        move |source| Self::Sql { what, source }
    }

    /// For `map_err` on the building of a connection pool.
    pub(crate) fn pool(error: deadpool_postgres::BuildError) -> Self {
        Self::System {
            what: "building a connection pool",
            source: io::Error::other(error),
        }
    }

    /// For `map_err` on system calls without a path.
    pub(crate) fn system(what: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::System { what, source }
    }
}
