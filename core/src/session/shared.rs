//! The handle and what its parts share.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, watch};

use super::refresh_guard::{InFlightRefresh, RefreshGuard};
use super::schedule::TokenLifetime;
use super::secrets::SecretStore;
use super::session_store::{SessionStore, StoredSession, StoredState};
use super::token_response::{Account, TokenResponse, Tokens};
use crate::error::{Error, Result};
use crate::model::AuthErrorCode;
use crate::net::Http;
use crate::time::Clock;

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum SessionState {
    /// Nobody.
    SignedOut,
    /// Somebody; the access token may be old, which only matters to network calls.
    SignedIn {
        /// Who.
        account: Account,
    },
    /// The server ended the session. Local data stays readable; sending waits for a new sign-in.
    NeedsSignIn {
        /// Whose data is here.
        account: Account,
        /// Why. With [`AuthErrorCode::AccountGone`] there is nobody to sign in again, and what the person could see has been
        /// removed from this device.
        reason: AuthErrorCode,
    },
}

impl SessionState {
    /// The person whose data this device shows.
    #[must_use]
    pub fn account(&self) -> Option<&Account> {
        match self {
            Self::SignedOut => None,
            Self::SignedIn { account } | Self::NeedsSignIn { account, .. } => Some(account),
        }
    }
}

/// The session. Cheap to clone; callable from any thread. Its async methods need a tokio runtime.
#[derive(Debug, Clone)]
pub struct Session(pub(super) Arc<Shared>);

#[derive(Debug)]
pub(super) struct Shared {
    pub(super) http: Http,
    pub(super) session_store: SessionStore,
    pub(super) clock: Arc<dyn Clock>,
    core: Mutex<Core>,
    /// Orders everything that writes to the session store or changes the generation. Held over blocking work, never over a request.
    pub(super) session_store_turn: tokio::sync::Mutex<()>,
    /// One sign-in at a time.
    pub(super) entry_turn: tokio::sync::Mutex<()>,
    pub(super) state: watch::Sender<SessionState>,
    pub(super) renewals: watch::Sender<u64>,
    pub(super) wake: Notify,
}

/// What is in memory. The lock is never held over an await.
#[derive(Debug)]
pub(super) struct Core {
    /// Counts sign-ins, sign-outs and ends; an answer of an older generation is discarded.
    pub(super) generation: u64,
    pub(super) live: Option<LiveSession>,
    pub(super) in_flight: Option<InFlightRefresh>,
    pub(super) refresh_guard: RefreshGuard,
}

/// A session with tokens.
#[derive(Debug, Clone)]
pub(super) struct LiveSession {
    pub(super) account: Account,
    pub(super) tokens: Tokens,
    pub(super) token_lifetime: TokenLifetime,
}

impl Session {
    /// A session over a project and a secret store, which keeps it for that project's server alone; signed out until
    /// [`Session::restore`] or a sign-in. `seed` feeds the jitter of retries.
    #[must_use]
    pub fn new(
        http: Http,
        secrets: Arc<dyn SecretStore>,
        clock: Arc<dyn Clock>,
        seed: u64,
    ) -> Self {
        let core = Core {
            generation: 0,
            live: None,
            in_flight: None,
            refresh_guard: RefreshGuard::new(seed),
        };
        Self(Arc::new(Shared {
            session_store: SessionStore::new(secrets, http.server()),
            http,
            clock,
            core: Mutex::new(core),
            session_store_turn: tokio::sync::Mutex::new(()),
            entry_turn: tokio::sync::Mutex::new(()),
            state: watch::Sender::new(SessionState::SignedOut),
            renewals: watch::Sender::new(0),
            wake: Notify::new(),
        }))
    }

    /// Takes up the stored session without any network. Blocks on the secret store; call it once, when opening.
    ///
    /// # Errors
    /// [`Error::Secrets`] if the store cannot be read, such as before the first unlock of the phone; try again later.
    pub fn restore(&self) -> Result<SessionState> {
        if let Some(stored) = self.0.session_store.load()? {
            self.0.take_up(stored);
        }
        Ok(self.state())
    }

    /// The state now.
    #[must_use]
    pub fn state(&self) -> SessionState {
        self.0.state.borrow().clone()
    }

    /// The state and its changes.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<SessionState> {
        self.0.state.subscribe()
    }

    /// Counts up with every new access token, so that the realtime connection can hand it on.
    #[must_use]
    pub fn renewals(&self) -> watch::Receiver<u64> {
        self.0.renewals.subscribe()
    }

    /// The network is back or the app is in front: a waiting retry may run now.
    pub fn retry_now(&self) {
        self.0.core().refresh_guard.open();
        self.0.wake.notify_one();
    }
}

impl Shared {
    pub(super) fn core(&self) -> MutexGuard<'_, Core> {
        self.core.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take_up(&self, stored: StoredSession) {
        let account = stored.account;
        match stored.state {
            StoredState::Live { tokens, received } => {
                let (wall, monotonic) = (self.clock.wall(), self.clock.monotonic());
                let token_lifetime =
                    TokenLifetime::restored(tokens.lifetime, received, wall, monotonic);
                let live = LiveSession {
                    account: account.clone(),
                    tokens,
                    token_lifetime,
                };
                self.change(Some(live), SessionState::SignedIn { account });
            }
            StoredState::Ended { reason } => {
                self.change(None, SessionState::NeedsSignIn { account, reason });
            }
        }
    }

    /// Starts a new generation. Returns what was live before.
    pub(super) fn change(
        &self,
        live: Option<LiveSession>,
        state: SessionState,
    ) -> Option<LiveSession> {
        let former = {
            let mut core = self.core();
            core.generation += 1;
            core.in_flight = None;
            core.refresh_guard.open();
            std::mem::replace(&mut core.live, live)
        };
        self.state.send_replace(state);
        self.renewals.send_modify(|n| *n += 1);
        self.wake.notify_one();
        former
    }

    /// A grant that has just come, as it is kept in memory.
    pub(super) fn live_from(&self, token_response: TokenResponse) -> LiveSession {
        let (wall, monotonic) = (self.clock.wall(), self.clock.monotonic());
        LiveSession {
            token_lifetime: TokenLifetime::fresh(token_response.tokens.lifetime, wall, monotonic),
            account: token_response.account,
            tokens: token_response.tokens,
        }
    }

    /// Runs blocking work on the session store off the async threads.
    pub(super) async fn in_session_store<T: Send + 'static>(
        &self,
        work: impl FnOnce(&SessionStore) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let session_store = self.session_store.clone();
        let work: Box<dyn FnOnce() -> Result<T> + Send> = Box::new(move || work(&session_store));
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|error| unjoined(&error))?
    }
}

impl LiveSession {
    /// As it is stored.
    pub(super) fn stored(&self, received: crate::time::Timestamp) -> StoredSession {
        StoredSession {
            account: self.account.clone(),
            state: StoredState::Live {
                tokens: self.tokens.clone(),
                received,
            },
        }
    }

    pub(super) fn remaining(&self, clock: &dyn Clock) -> Duration {
        self.token_lifetime
            .remaining(clock.wall(), clock.monotonic())
    }
}

/// Runs `work` in its own task, so that it ends although the caller stops waiting.
pub(super) async fn detached<T: Send + 'static>(
    work: impl Future<Output = Result<T>> + Send + 'static,
) -> Result<T> {
    let work: Pin<Box<dyn Future<Output = Result<T>> + Send>> = Box::pin(work);
    tokio::spawn(work).await.map_err(|error| unjoined(&error))?
}

/// A task that did not come to its end: the runtime is shutting down, or a bug of ours ended it.
fn unjoined(error: &tokio::task::JoinError) -> Error {
    if error.is_panic() {
        Error::Internal {
            place: "session task",
        }
    } else {
        Error::Closed
    }
}
