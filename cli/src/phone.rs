//! One member's phone: a client with its own directory and secrets, which can be killed and opened again.
//!
//! Invariant: [`Phone::kill`] tells the core nothing: what must survive is on the disk already.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rockon_core::client::{Client, Status, Workspace};
use rockon_core::config::ClientConfig;
use rockon_core::error::StorageFailure;
use rockon_core::session::SecretStore;
use rockon_core::sync::Activity;
use rockon_core::{Error, Result};

/// A killed program's threads end within moments; until then the file is theirs.
const LOCK_PATIENCE: Duration = Duration::from_secs(5);

/// A phone, switched on or not.
pub(crate) struct Phone {
    /// Whose it is.
    pub(crate) owner: String,
    client: Option<Client>,
    config: ClientConfig,
    secrets: Arc<dyn SecretStore>,
}

impl Phone {
    /// A phone whose program does not run yet.
    pub(crate) fn new(
        owner: &str,
        url: &str,
        key: &str,
        data_dir: PathBuf,
        secrets: Arc<dyn SecretStore>,
    ) -> Self {
        Self {
            owner: owner.to_owned(),
            client: None,
            config: ClientConfig::new(url, key, data_dir),
            secrets,
        }
    }

    /// Trusts these certificates (PEM) besides the public ones.
    pub(crate) fn trusting(mut self, roots: String) -> Self {
        self.config.extra_roots = roots;
        self
    }

    /// Starts the program, with or without a signal from the first moment on. Returns how long it took.
    pub(crate) async fn open(&mut self, network: bool) -> Result<Duration> {
        let until = Instant::now() + LOCK_PATIENCE;
        loop {
            let started = Instant::now();
            match Client::open(self.config.clone(), Arc::clone(&self.secrets)) {
                Ok(client) => {
                    client.set_network(network);
                    client.set_foreground(true);
                    self.client = Some(client);
                    return Ok(started.elapsed());
                }
                // There is no event to wait for: the lock is the operating system's.
                Err(Error::Storage {
                    failure: StorageFailure::Locked,
                }) if Instant::now() < until => {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// The program ends as a kill ends it: nothing is said, nothing is saved.
    pub(crate) fn kill(&mut self) {
        self.client = None;
    }

    /// The running program.
    ///
    /// # Errors
    /// [`Error::Closed`] when it is not running.
    pub(crate) fn client(&self) -> Result<&Client> {
        self.client.as_ref().ok_or(Error::Closed)
    }

    /// The signed-in member's data.
    ///
    /// # Errors
    /// [`Error::Closed`], [`Error::SignedOut`].
    pub(crate) fn workspace(&self) -> Result<Arc<Workspace>> {
        self.client()?.workspace()
    }
}

/// Everything that can be read is read, but there are scopes that cannot.
pub(crate) fn is_stuck(status: &Status) -> bool {
    status.sync.as_ref().is_some_and(|sync| {
        let rests = matches!(sync.activity, Activity::Idle | Activity::Retrying);
        rests && !sync.apart.is_empty()
    })
}

/// Everything is read and sent, and nothing went wrong.
pub(crate) fn is_caught_up(status: &Status) -> bool {
    let synced = status.sync.as_ref().is_some_and(|sync| {
        sync.activity == Activity::Idle && sync.error.is_none() && sync.synced_at.is_some()
    });
    synced && status.outbox.unsent == 0
}
