//! The handle and what its parts share.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, watch};

use super::gate::{Flight, Gate};
use super::grant::{Account, Grant, Tokens};
use super::schedule::Receipt;
use super::secrets::SecretStore;
use super::vault::{Stored, StoredState, Vault};
use crate::error::{Error, Result};
use crate::net::Http;
use crate::time::Clock;

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
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
        /// `GoTrue`'s code, [`super::vault::UNREADABLE`], or [`ACCOUNT_GONE`](super::ACCOUNT_GONE): then there is nobody to sign
        /// in again, and what the person could see has been removed from this device.
        reason: String,
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
    pub(super) vault: Vault,
    pub(super) clock: Arc<dyn Clock>,
    core: Mutex<Core>,
    /// Orders everything that writes to the vault or changes the generation. Held over blocking work, never over a request.
    pub(super) vault_turn: tokio::sync::Mutex<()>,
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
    pub(super) live: Option<Live>,
    pub(super) flight: Option<Flight>,
    pub(super) gate: Gate,
}

/// A session with tokens.
#[derive(Debug, Clone)]
pub(super) struct Live {
    pub(super) account: Account,
    pub(super) tokens: Tokens,
    pub(super) receipt: Receipt,
}

impl Session {
    /// A session over a project and a secret store; signed out until [`Session::restore`] or a sign-in. `seed` feeds the
    /// jitter of retries.
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
            flight: None,
            gate: Gate::new(seed),
        };
        Self(Arc::new(Shared {
            http,
            vault: Vault::new(secrets),
            clock,
            core: Mutex::new(core),
            vault_turn: tokio::sync::Mutex::new(()),
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
        if let Some(stored) = self.0.vault.load()? {
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
        self.0.core().gate.open();
        self.0.wake.notify_one();
    }
}

impl Shared {
    pub(super) fn core(&self) -> MutexGuard<'_, Core> {
        self.core.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take_up(&self, stored: Stored) {
        let account = stored.account;
        match stored.state {
            StoredState::Live { tokens, received } => {
                let (wall, mono) = (self.clock.wall(), self.clock.mono());
                let receipt = Receipt::restored(tokens.lifetime, received, wall, mono);
                let live = Live {
                    account: account.clone(),
                    tokens,
                    receipt,
                };
                self.change(Some(live), SessionState::SignedIn { account });
            }
            StoredState::Ended { reason } => {
                self.change(None, SessionState::NeedsSignIn { account, reason });
            }
        }
    }

    /// Starts a new generation. Returns what was live before.
    pub(super) fn change(&self, live: Option<Live>, state: SessionState) -> Option<Live> {
        let former = {
            let mut core = self.core();
            core.generation += 1;
            core.flight = None;
            core.gate.open();
            std::mem::replace(&mut core.live, live)
        };
        self.state.send_replace(state);
        self.renewals.send_modify(|n| *n += 1);
        self.wake.notify_one();
        former
    }

    /// A grant that has just come, as it is kept in memory.
    pub(super) fn live_from(&self, grant: Grant) -> Live {
        let (wall, mono) = (self.clock.wall(), self.clock.mono());
        Live {
            receipt: Receipt::fresh(grant.tokens.lifetime, wall, mono),
            account: grant.account,
            tokens: grant.tokens,
        }
    }

    /// Runs blocking work on the vault off the async threads.
    pub(super) async fn in_vault<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Vault) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let vault = self.vault.clone();
        let work: Box<dyn FnOnce() -> Result<T> + Send> = Box::new(move || work(&vault));
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|error| unjoined(&error))?
    }
}

impl Live {
    /// As it is stored.
    pub(super) fn stored(&self, received: crate::time::Timestamp) -> Stored {
        Stored {
            account: self.account.clone(),
            state: StoredState::Live {
                tokens: self.tokens.clone(),
                received,
            },
        }
    }

    pub(super) fn remaining(&self, clock: &dyn Clock) -> Duration {
        self.receipt.remaining(clock.wall(), clock.mono())
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
