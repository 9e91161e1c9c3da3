//! An engine moved by hand, for the simulation: no task of its own, one job at a time, in the time of its clock.

use std::sync::Arc;

use tokio::sync::watch;

use super::{Engine, SyncStatus};
use crate::error::Result;
use crate::hint::Hint;
use crate::platform::Platform;
use crate::store::Store;
use crate::sync::observer::SyncObserver;
use crate::sync::remote::Remote;
use crate::sync::schedule::{Job, Next};
use crate::time::Clock;

/// An engine in the foreground, with a session, that does what it is told to.
pub struct ManualEngine<R>(Engine<R>);

impl<R> std::fmt::Debug for ManualEngine<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ManualEngine").finish_non_exhaustive()
    }
}

impl<R: Remote> ManualEngine<R> {
    /// What a start of the program makes; the seed spreads its waits.
    ///
    /// # Errors
    /// What the store answers.
    pub async fn start(
        store: Store,
        remote: R,
        observer: Arc<dyn SyncObserver>,
        clock: Arc<dyn Clock>,
        seed: u64,
    ) -> Result<Self> {
        let platform = watch::channel(Platform::default()).1;
        let parts = (store, remote, observer, clock);
        let mut engine = Engine::new(parts, seed, platform, Arc::default());
        engine.schedule.set_foreground(true);
        engine.schedule.set_session(true);
        engine.begin().await?;
        Ok(Self(engine))
    }

    /// Its store.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// What it says of itself.
    pub fn status(&self) -> SyncStatus {
        self.0.status.borrow().clone()
    }

    /// There is something new to send.
    pub fn edited(&mut self) {
        self.0.schedule.edited();
    }

    /// A hint has come.
    pub fn hint(&mut self, hint: Hint) {
        let now = self.0.clock.monotonic();
        self.0.schedule.hint(hint, now);
    }

    /// The job that is due now, if one is; it counts as running.
    pub fn next_job(&mut self) -> Option<Job> {
        match self.0.schedule.next(self.0.clock.monotonic()) {
            Next::Run(job) => Some(job),
            Next::Until(_) | Next::Idle => None,
        }
    }

    /// Does one job to its end.
    pub async fn work(&mut self, job: Job) {
        self.0.work(job).await;
    }

    /// Nothing is left to do or to wait for.
    pub fn is_quiet(&self) -> bool {
        self.0.schedule.is_quiet()
    }
}
