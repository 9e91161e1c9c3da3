//! The handle: what the rest of the client asks of sync.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;

use super::engine::{Engine, SyncStatus};
use super::input::{InputQueue, SyncOutcome};
use super::observer::SyncObserver;
use super::remote::Remote;
use crate::error::{Error, Result};
use crate::hint::{Hint, Hints};
use crate::platform::Platform;
use crate::store::{Durability, Edit, Store, WriteTx};
use crate::time::Clock;

/// Handle to the engine of one user. Every method may be called from any thread; none but the `async` ones waits.
pub struct SyncHandle {
    store: Store,
    inputs: Arc<InputQueue>,
    status: watch::Receiver<SyncStatus>,
    found: watch::Receiver<Vec<Hint>>,
    task: tokio::sync::Mutex<Option<JoinHandle<()>>>,
}

impl fmt::Debug for SyncHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SyncHandle").finish_non_exhaustive()
    }
}

impl SyncHandle {
    /// Starts the engine's task on the current tokio runtime, without a session. It goes by what `platform` and `hints`
    /// say from then on. The seed spreads its waits; phones must not act in step.
    pub fn start<R: Remote>(
        store: Store,
        remote: R,
        observer: Arc<dyn SyncObserver>,
        clock: Arc<dyn Clock>,
        seed: u64,
        platform: watch::Receiver<Platform>,
        hints: Arc<Hints>,
    ) -> Self {
        let parts = (store.clone(), remote, observer, clock);
        let engine = Engine::new(parts, seed, platform, hints);
        let inputs = Arc::clone(&engine.inputs);
        let (status, found) = (engine.status.subscribe(), engine.found.subscribe());
        let task = tokio::spawn(engine.run().boxed());
        Self {
            store,
            inputs,
            status,
            found,
            task: tokio::sync::Mutex::new(Some(task)),
        }
    }

    /// The state of sync, newest first.
    #[must_use]
    pub fn status(&self) -> watch::Receiver<SyncStatus> {
        self.status.clone()
    }

    /// Makes an edit: durable, shown and queued when it returns; sent as soon as there is a way.
    ///
    /// # Errors
    /// As [`WriteTx::edit`], and [`Error::Storage`].
    pub async fn edit(&self, edit: Edit) -> Result<bool> {
        self.write(move |tx| tx.edit(edit)).await
    }

    /// Any write that may put something into the outbox: several edits at once, read marks, a conflict resolved.
    ///
    /// # Errors
    /// What `f` returns, and [`Error::Storage`].
    pub async fn write<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut WriteTx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let value = self.store.write(Durability::Full, f).await?;
        self.inputs.put(|input| input.edited = true);
        Ok(value)
    }

    /// A function call changed something that no hint of a known scope will tell of, such as a joined band.
    pub fn recheck(&self) {
        self.inputs.put(|input| input.recheck = true);
    }

    /// Heads that were found by asking although nobody had told of them; each change is another find.
    #[must_use]
    pub fn found(&self) -> watch::Receiver<Vec<Hint>> {
        self.found.clone()
    }

    /// There is a session to call with, or none.
    pub fn set_session(&self, on: bool) {
        self.inputs.put(|input| input.session = Some(on));
    }

    /// Sends and reads everything there is, in the background too, within `budget`.
    ///
    /// # Errors
    /// [`Error::Closed`] when the engine is stopped.
    pub async fn sync_once(&self, budget: Duration) -> Result<SyncOutcome> {
        let (reply, answer) = oneshot::channel();
        if self.task.lock().await.is_none() {
            return Err(Error::Closed);
        }
        self.inputs.put_once(budget, reply);
        answer.await.map_err(|_| Error::Closed)
    }

    /// Stops the engine and waits for it. Idempotent. What was in flight is sent again next time.
    pub async fn shutdown(&self) {
        self.inputs.put(|input| input.stop = true);
        if let Some(task) = self.task.lock().await.take() {
            // An engine that panicked has stopped too.
            let _ = task.await;
        }
    }
}
