//! The platform's Keychain or Keystore.

use std::sync::Arc;

use rockon_core::redact::Secret;
use rockon_core::session::{self, Held, SecretError};

/// What a foreign implementation may throw: the step failed. Its own text stays where it is, for it could hold anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Error)]
pub enum PlatformError {
    /// It could not be done.
    Failed,
    /// What is there can never be opened again. Only [`PlatformSecrets::read`] may say so.
    Lost,
}

impl std::fmt::Display for PlatformError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Failed => "the platform failed",
            Self::Lost => "a secret is lost",
        })
    }
}

impl std::error::Error for PlatformError {}

impl From<uniffi::UnexpectedUniFFICallbackError> for PlatformError {
    /// The reason holds a stack trace of the platform: it is not kept.
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed
    }
}

/// A small key-value store for secrets, implemented with the Keychain or the Keystore. Called on threads that may block,
/// never on the main thread.
///
/// Keys are ASCII letters, digits, `.` and `-`, at most 64 bytes. Values are texts of at most 64 kB. A write replaces a
/// value as a whole or not at all: after a crash the old or the new value is there.
#[uniffi::export(foreign)]
pub trait PlatformSecrets: Send + Sync {
    /// The value; nothing if there is none. Throws `Lost` when something is there that can never be opened again, as after a
    /// restored backup or with a new key of the platform: its person is asked to sign in again, and everything else stays.
    /// Throws `Failed` when it cannot be known now but may be later, such as before the first unlock: then the client does
    /// not open.
    fn read(&self, key: String) -> Result<Option<String>, PlatformError>;

    /// Writes or replaces a value, durably; a lost one too. Throws when the old value may still be there.
    fn write(&self, key: String, value: String) -> Result<(), PlatformError>;

    /// Removes a value; no error if there is none. Throws when it may still be there.
    fn delete(&self, key: String) -> Result<(), PlatformError>;
}

/// The foreign store as the core sees it.
pub(crate) struct Foreign(pub(crate) Arc<dyn PlatformSecrets>);

impl session::SecretStore for Foreign {
    fn read(&self, key: &str) -> Result<Held, SecretError> {
        match self.0.read(key.to_owned()) {
            Ok(found) => Ok(found.map(Secret::new).into()),
            Err(PlatformError::Lost) => Ok(Held::Lost),
            Err(PlatformError::Failed) => Err(SecretError),
        }
    }

    fn write(&self, key: &str, value: &Secret) -> Result<(), SecretError> {
        self.0
            .write(key.to_owned(), value.expose().to_owned())
            .map_err(|_| SecretError)
    }

    fn delete(&self, key: &str) -> Result<(), SecretError> {
        self.0.delete(key.to_owned()).map_err(|_| SecretError)
    }
}
