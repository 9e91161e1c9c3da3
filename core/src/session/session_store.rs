//! What is stored, and in which order.
//!
//! Owns: two keys of the secret store. `session.current` holds the id of the person whose data this device shows;
//! `session.<id>` holds one versioned JSON value with everything of that person's session, so that one write is atomic.
//! Never: keeps two people's tokens longer than a switch takes; gives one server's tokens to another.
//! Invariants: a value is written before the pointer to it and removed before it, so whatever step a crash follows, the
//! pointer names a whole value or none; a damaged, newer or lost value asks for a sign-in, and never hides whose data is
//! here.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::secrets::{Held, SecretError, SecretStore};
use super::token;
use super::token_response::{Account, Tokens};
use crate::error::{Error, Result};
use crate::model::{AuthErrorCode, UserId};
use crate::redact::{Address, Secret};
use crate::time::Timestamp;

const CURRENT: &str = "session.current";
const VERSION: u32 = 1;

/// A person's session as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSession {
    /// Whose.
    pub account: Account,
    /// Tokens, or why there are none.
    pub state: StoredState,
}

/// Tokens, or why there are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoredState {
    /// A session.
    Live {
        /// Its tokens.
        tokens: Tokens,
        /// This device's wall clock at receipt.
        received: Timestamp,
    },
    /// The server ended it; the code says why.
    Ended {
        /// Which.
        reason: AuthErrorCode,
    },
}

#[derive(Serialize, Deserialize)]
struct Value {
    v: u32,
    user: UserId,
    /// Whose tokens they are. Versions before this field wrote none: theirs are the configured server's.
    #[serde(default)]
    server: Option<String>,
    email: Option<String>,
    #[serde(default)]
    access: Option<String>,
    #[serde(default)]
    refresh: Option<String>,
    #[serde(default)]
    lifetime_s: u64,
    #[serde(default)]
    received_ms: i64,
    #[serde(default)]
    ended: Option<AuthErrorCode>,
}

/// The stored session. Methods block; call them on a thread that may.
#[derive(Clone)]
pub(super) struct SessionStore {
    store: Arc<dyn SecretStore>,
    server: Arc<str>,
}

impl fmt::Debug for SessionStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionStore")
    }
}

impl SessionStore {
    /// Over a platform's store, for the server with this address. A session of another one is kept as it is, so that it
    /// is there again when the address is, and reads as one that has ended.
    pub(super) fn new(store: Arc<dyn SecretStore>, server: &str) -> Self {
        Self {
            store,
            server: server.into(),
        }
    }

    /// The session of the current person, if there is a current person.
    pub(super) fn load(&self) -> Result<Option<StoredSession>> {
        let Some(user) = self.current()? else {
            return Ok(None);
        };
        self.load_user(user)
    }

    /// The session of one person. `None` if there is no value: a sign-out that was interrupted.
    pub(super) fn load_user(&self, user: UserId) -> Result<Option<StoredSession>> {
        Ok(match self.step("read", |store| store.read(&key(user)))? {
            Held::Value(text) => Some(self.parsed(user, &text).unwrap_or_else(|| unreadable(user))),
            Held::Nothing => None,
            Held::Lost => Some(unreadable(user)),
        })
    }

    /// Stores a session and makes its person the current one. A former person's value goes last.
    pub(super) fn enter(&self, stored: &StoredSession) -> Result<()> {
        let former = self.current().unwrap_or(None);
        let user = stored.account.user;
        self.update(stored)?;
        let id = Secret::new(user.to_string());
        self.step("write", |store| store.write(CURRENT, &id))?;
        if let Some(former) = former.filter(|former| *former != user) {
            // The switch is done; what is left of the former person's session is ended on the server as well.
            let gone = self.step("delete", |store| store.delete(&key(former)));
            if gone.is_err() {
                tracing::warn!(
                    "a former person's session could not be removed from the secret store"
                );
            }
        }
        Ok(())
    }

    /// Replaces a person's value in one write.
    pub(super) fn update(&self, stored: &StoredSession) -> Result<()> {
        let text = self.written(stored)?;
        self.step("write", |store| {
            store.write(&key(stored.account.user), &text)
        })
    }

    /// Removes a person's value, then the pointer.
    pub(super) fn leave(&self, user: UserId) -> Result<()> {
        self.step("delete", |store| store.delete(&key(user)))?;
        self.step("delete", |store| store.delete(CURRENT))
    }

    fn parsed(&self, user: UserId, text: &Secret) -> Option<StoredSession> {
        let value: Value = serde_json::from_str(text.expose()).ok()?;
        if value.v != VERSION || value.user != user {
            return None;
        }
        let server = value.server.as_deref();
        let state = match (value.access, value.refresh, value.ended) {
            _ if server.is_some_and(|server| *server != *self.server) => StoredState::Ended {
                reason: AuthErrorCode::StoredSessionOfAnotherServer,
            },
            (_, _, Some(reason)) => StoredState::Ended { reason },
            (Some(access), Some(refresh), None) => {
                let access = Secret::new(access);
                token::claims(&access).filter(|claims| claims.sub == user)?;
                StoredState::Live {
                    tokens: Tokens {
                        access,
                        refresh: Secret::new(refresh),
                        lifetime: Duration::from_secs(value.lifetime_s),
                    },
                    received: Timestamp(value.received_ms),
                }
            }
            _ => return None,
        };
        let account = Account {
            user,
            email: value.email.map(Address::new),
        };
        Some(StoredSession { account, state })
    }

    fn written(&self, stored: &StoredSession) -> Result<Secret> {
        let email = stored.account.email.as_ref();
        let mut value = Value {
            v: VERSION,
            user: stored.account.user,
            server: Some(self.server.to_string()),
            email: email.map(|email| email.text().to_owned()),
            access: None,
            refresh: None,
            lifetime_s: 0,
            received_ms: 0,
            ended: None,
        };
        match &stored.state {
            StoredState::Live { tokens, received } => {
                value.access = Some(tokens.access.expose().to_owned());
                value.refresh = Some(tokens.refresh.expose().to_owned());
                value.lifetime_s = tokens.lifetime.as_secs();
                value.received_ms = received.0;
            }
            StoredState::Ended { reason } => value.ended = Some(reason.clone()),
        }
        serde_json::to_string(&value)
            .map(Secret::new)
            .map_err(|_| Error::Internal {
                place: "session::session_store",
            })
    }

    fn current(&self) -> Result<Option<UserId>> {
        Ok(match self.step("read", |store| store.read(CURRENT))? {
            Held::Value(id) => id.expose().parse().ok(),
            // Whose data is here is not known either; a sign-in of the same person finds it again.
            Held::Nothing | Held::Lost => None,
        })
    }

    /// One call of the platform's store. A panic in there is a failure of the store like any other: it must not end what
    /// has nothing to do with it, and nothing of ours is left half done.
    fn step<T>(
        &self,
        step: &'static str,
        call: impl FnOnce(&dyn SecretStore) -> Result<T, SecretError>,
    ) -> Result<T> {
        catch_unwind(AssertUnwindSafe(|| call(&*self.store)))
            .unwrap_or(Err(SecretError))
            .map_err(|SecretError| Error::Secrets { step })
    }
}

fn key(user: UserId) -> String {
    format!("session.{user}")
}

fn unreadable(user: UserId) -> StoredSession {
    StoredSession {
        account: Account { user, email: None },
        state: StoredState::Ended {
            reason: AuthErrorCode::StoredSessionUnreadable,
        },
    }
}
