//! The facade: opens, wires, delegates. What a user interface holds.
//!
//! Owns: the runtime, the session, and the [`Workspace`] of the member who is signed in; tells each part of the others.
//! Never: holds logic of its own; every verb is a few lines of delegation.
//! Invariants: [`Client::open`] needs no network; a workspace shows one person's data only, and is closed before another's
//! is opened; everything ends when the last handle goes, on whatever thread.
//!
//! Threads: every method may be called from any thread. `async` methods run on whatever executor the caller has, but
//! need this client's runtime around them: use [`Client::runtime`] (`spawn` and await), as the bindings do.

mod account;
mod band;
mod credentials;
mod decisions;
mod deleted;
mod doctor;
mod edits;
mod feeds;
mod gig;
mod hints;
mod import;
mod language;
mod link;
mod member;
mod remote;
mod setlists;
mod share;
mod status;
mod workspace;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::runtime::{Handle, Runtime};
use tokio::sync::watch;

pub use band::{INVITE_HOURS, Invite, SeenBy};
pub use decisions::Choice;
pub use deleted::{Deleted, DeletedFeed, MAX_DELETED};
pub use doctor::DoctorFeed;
#[cfg(feature = "testing")]
pub use feeds::songs;
pub use import::ImportDone;
pub use status::{Status, StatusFeed};
pub use workspace::Workspace;

use crate::config::ClientConfig;
use crate::error::{Error, Result};
use crate::net::tls::client_config_with;
use crate::net::{Http, LogoutScope, Timeouts};
use crate::platform::Platform;
use crate::redact::Secret;
use crate::session::{Account, SecretStore, Session, SessionState, SignOut, SignUp};
use crate::speech::Language;
use crate::sync::SyncOutcome;
use crate::time::{Clock, SystemClock, rest};

/// How long a background job waits until the files are let go, if something else holds them.
const LET_GO_WITHIN: Duration = Duration::from_secs(1);

/// One phone's client of one project.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    /// Taken when the last handle goes, so that it can be shut down without waiting.
    runtime: Mutex<Option<Runtime>>,
    handle: Handle,
    config: ClientConfig,
    http: Http,
    tls: Arc<rustls::ClientConfig>,
    session: Session,
    clock: Arc<dyn Clock>,
    seed: u64,
    /// One change of member at a time.
    turn: tokio::sync::Mutex<()>,
    member: watch::Sender<Option<Arc<member::RunningMember>>>,
    platform: watch::Sender<Platform>,
    language: watch::Sender<Language>,
    closed: watch::Sender<bool>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("config", &self.inner.config)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Opens the client: local data of the stored session can be read at once, without a network. In the background
    /// until [`Client::set_foreground`] says otherwise. Blocks for a few milliseconds.
    ///
    /// # Errors
    /// [`Error::Config`], [`Error::Secrets`], [`Error::Storage`].
    pub fn open(config: ClientConfig, secrets: Arc<dyn SecretStore>) -> Result<Self> {
        Self::open_with(
            config,
            secrets,
            Arc::new(SystemClock::new()),
            fastrand::u64(..),
        )
    }

    /// As [`Client::open`], with a clock and a seed of the caller's: for tests.
    ///
    /// # Errors
    /// As [`Client::open`].
    pub fn open_with(
        config: ClientConfig,
        secrets: Arc<dyn SecretStore>,
        clock: Arc<dyn Clock>,
        seed: u64,
    ) -> Result<Self> {
        let config = config.validated()?;
        let runtime = runtime()?;
        let tls = client_config_with(&config.extra_roots)?;
        let http = Http::new(&config, &tls, clock.clone(), Timeouts::default())?;
        let session = Session::new(http.clone(), secrets, clock.clone(), seed);
        let language = language::spoken(config.language);
        let inner = Inner {
            handle: runtime.handle().clone(),
            runtime: Mutex::new(Some(runtime)),
            config,
            http,
            tls,
            session,
            clock,
            seed,
            turn: tokio::sync::Mutex::new(()),
            member: watch::Sender::new(None),
            platform: watch::Sender::new(Platform::default()),
            language,
            closed: watch::Sender::new(false),
        };
        let client = Self {
            inner: Arc::new(inner),
        };
        if let Some(account) = client.inner.session.restore()?.account() {
            let member = client.inner.open_member(account.user)?;
            client.inner.member.send_replace(Some(member));
        }
        link::supervise(&client.inner);
        Ok(client)
    }

    /// The runtime that the async methods need around them.
    #[must_use]
    pub fn runtime(&self) -> &Handle {
        &self.inner.handle
    }

    /// The data of the member whose session this phone holds.
    ///
    /// # Errors
    /// [`Error::SignedOut`]; [`Error::Closed`] after [`Client::shutdown`].
    pub fn workspace(&self) -> Result<Arc<Workspace>> {
        self.running()?;
        let member = self.inner.member.borrow();
        member
            .as_ref()
            .map(|member| Arc::clone(&member.workspace))
            .ok_or(Error::SignedOut)
    }

    fn running(&self) -> Result<()> {
        if *self.inner.closed.borrow() {
            Err(Error::Closed)
        } else {
            Ok(())
        }
    }

    /// Signs in. Another person's session on this phone ends; their data stays on it, out of sight.
    ///
    /// # Errors
    /// [`Error::Auth`] with `GoTrue`'s code, such as `invalid_credentials`; network errors; [`Error::Storage`];
    /// [`Error::Closed`].
    pub async fn sign_in(&self, email: &str, password: Secret) -> Result<Account> {
        self.running()?;
        let account = self.inner.session.sign_in(email, password).await?;
        self.inner.settle_member().await?;
        Ok(account)
    }

    /// Makes an account and, unless its address must be confirmed first, signs it in. `name` is what the bands see.
    ///
    /// # Errors
    /// As [`Client::sign_in`]; `user_already_exists`, `weak_password`; [`Error::Invalid`] for the name.
    pub async fn sign_up(&self, email: &str, password: Secret, name: &str) -> Result<SignUp> {
        self.running()?;
        let outcome = self.inner.session.sign_up(email, password, name).await?;
        self.inner.settle_member().await?;
        Ok(outcome)
    }

    /// Signs out, at once and without a network if need be. Data and unsent edits stay on the phone for the next
    /// sign-in of the same person.
    ///
    /// # Errors
    /// [`Error::Secrets`] when the tokens could not be removed; then nobody was signed out. [`Error::Closed`].
    pub async fn sign_out(&self, everywhere: bool) -> Result<SignOut> {
        self.running()?;
        let scope = if everywhere {
            LogoutScope::Global
        } else {
            LogoutScope::Local
        };
        let outcome = self.inner.session.sign_out(scope).await?;
        self.inner.settle_member().await?;
        Ok(outcome)
    }

    /// The session and its changes.
    #[must_use]
    pub fn session(&self) -> watch::Receiver<SessionState> {
        self.inner.session.watch()
    }

    /// Whether the app is in the foreground. In the background no timer runs, and nothing is sent but by
    /// [`Client::sync_once`] and, once, what was left to send when the app went there.
    ///
    /// In the background the files are closed and their locks given up when nobody has used them for a moment, well within a
    /// second: a phone may end an app that is suspended with a lock on a file. The next call opens them again, unseen; it
    /// fails with [`Error::Storage`] if another program has taken them meanwhile, and works once that has let go.
    pub fn set_foreground(&self, on: bool) {
        self.inner
            .platform
            .send_modify(|now| now.foreground.set(on));
    }

    /// What the platform says about the network; `true` again: it is another one, and everything is tried at once by it.
    /// Only a hint: the truth is whether requests work. An edit made after this call with `false` is not sent before one
    /// with `true`.
    pub fn set_network(&self, on: bool) {
        if on {
            self.inner.http.forget_connections();
        }
        self.inner.platform.send_modify(|now| now.network.set(on));
    }

    /// Sends and reads what there is, in the background too, within `budget`. In the background it comes back when the files
    /// are let go, so that the app may be suspended at once: a moment later than without, a second at most.
    ///
    /// # Errors
    /// [`Error::SignedOut`], [`Error::Closed`].
    pub async fn sync_once(&self, budget: Duration) -> Result<SyncOutcome> {
        let workspace = self.workspace()?;
        let held = workspace.store.hold();
        let outcome = workspace.sync.sync_once(budget).await?;
        drop(held);
        let mut platform = self.inner.platform.subscribe();
        tokio::select! {
            _ = platform.wait_for(|now| now.foreground.on) => {}
            () = workspace.store.is_let_go() => {}
            () = rest(Some(LET_GO_WITHIN)) => {}
        }
        Ok(outcome)
    }

    /// Connection, sync and counts; the value now and its changes.
    #[must_use]
    pub fn status(&self) -> StatusFeed {
        StatusFeed::new(&self.inner)
    }

    /// Stops everything and frees the files. Unsent edits are on the disk. Idempotent.
    pub async fn shutdown(&self) {
        self.inner.closed.send_replace(true);
        let _turn = self.inner.turn.lock().await;
        if let Some(member) = self.inner.member.send_replace(None) {
            member.close().await;
        }
    }

    async fn call<T: DeserializeOwned>(
        &self,
        function: &'static str,
        arguments: Value,
    ) -> Result<T> {
        let user = self.workspace()?.user();
        self.inner.session.rpc(user, function, &arguments).await
    }

    /// A function has changed something that no hint of a known scope tells of.
    fn recheck(&self) {
        if let Ok(workspace) = self.workspace() {
            workspace.sync.recheck();
        }
    }
}

impl Drop for Inner {
    /// The last handle may go on a thread of a garbage collector, or on one of the runtime's own: nothing may wait here.
    fn drop(&mut self) {
        self.member.send_replace(None);
        let runtime = self
            .runtime
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(runtime) = runtime {
            runtime.shutdown_background();
        }
    }
}

fn runtime() -> Result<Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("rockon")
        .enable_all()
        .build()
        .map_err(|_| Error::Internal {
            place: "client runtime",
        })
}
