//! Where secrets are kept: the platform's Keychain or Keystore behind a trait.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use crate::redact::Secret;

/// The store could not do it: locked, full, or gone. It says nothing else: its texts could hold anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the secret store failed")]
pub struct SecretError;

/// What a store has under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// This value.
    Value(Secret),
    /// Nothing.
    Nothing,
    /// Something that can never be opened again, now or later: a backup restored on another phone, a key that the platform
    /// has thrown away, bytes that are no text. The session is lost, and only that: its person signs in again.
    Lost,
}

impl From<Option<Secret>> for Held {
    fn from(value: Option<Secret>) -> Self {
        value.map_or(Self::Nothing, Self::Value)
    }
}

/// A small key-value store for secrets, implemented by the platform. Synchronous; called on threads that may block.
///
/// Keys are ASCII letters, digits, `.` and `-`, at most 64 bytes. Values are UTF-8 of at most 64 kB.
/// A write replaces a value as a whole or not at all: after a crash the old or the new value is there. A value that is
/// [`Held::Lost`] is replaced by a write and removed by a delete like any other.
pub trait SecretStore: Send + Sync {
    /// What there is.
    ///
    /// # Errors
    /// [`SecretError`] if that cannot be known now but may be later, such as before the first unlock of the phone. For what
    /// will never be readable the answer is [`Held::Lost`]: after an error the app does not open.
    fn read(&self, key: &str) -> Result<Held, SecretError>;

    /// Writes or replaces a value, durably.
    ///
    /// # Errors
    /// [`SecretError`] if the old value may still be there.
    fn write(&self, key: &str, value: &Secret) -> Result<(), SecretError>;

    /// Removes a value; no error if there is none.
    ///
    /// # Errors
    /// [`SecretError`] if it may still be there.
    fn delete(&self, key: &str) -> Result<(), SecretError>;
}

/// A store that forgets when the process ends. For tests and for programs that ask for the password each time.
#[derive(Default)]
pub struct MemorySecrets {
    values: Mutex<HashMap<String, Secret>>,
}

impl MemorySecrets {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn values(&self) -> std::sync::MutexGuard<'_, HashMap<String, Secret>> {
        self.values.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for MemorySecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemorySecrets").finish_non_exhaustive()
    }
}

impl SecretStore for MemorySecrets {
    fn read(&self, key: &str) -> Result<Held, SecretError> {
        Ok(self.values().get(key).cloned().into())
    }

    fn write(&self, key: &str, value: &Secret) -> Result<(), SecretError> {
        self.values().insert(key.to_owned(), value.clone());
        Ok(())
    }

    fn delete(&self, key: &str) -> Result<(), SecretError> {
        self.values().remove(key);
        Ok(())
    }
}
