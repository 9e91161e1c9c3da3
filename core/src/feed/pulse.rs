//! When to read again: after a change that concerns the query, at most once a frame.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::watch;
use tokio::time::Instant;

use crate::speech::Language;
use crate::store::{ChangeSet, Store};

type Concerns = Box<dyn Fn(&ChangeSet) -> bool + Send + Sync>;

/// The shortest time between two deliveries: one frame of a screen.
pub const FRAME: Duration = Duration::from_millis(16);

/// Cancel-safe: what was noticed stays noticed until [`Pulse::taken`].
pub(super) struct Pulse {
    changes: Receiver<Arc<ChangeSet>>,
    concerns: Concerns,
    window: Option<watch::Receiver<u32>>,
    language: Option<watch::Receiver<Language>>,
    due: bool,
    lagged: bool,
    not_before: Option<Instant>,
}

impl Pulse {
    /// The first [`Pulse::ready`] is at once. Subscribes now, so no change after the first reading is missed.
    pub(super) fn new(
        store: &Store,
        concerns: impl Fn(&ChangeSet) -> bool + Send + Sync + 'static,
        window: Option<watch::Receiver<u32>>,
    ) -> Self {
        Self {
            changes: store.changes(),
            concerns: Box::new(concerns),
            window,
            language: None,
            due: true,
            lagged: false,
            not_before: None,
        }
    }

    /// The query says something in this language, too.
    pub(super) fn also_after(&mut self, language: watch::Receiver<Language>) {
        self.language = Some(language);
    }

    /// Returns when the query must be read, and takes note of all changes up to now. Boxed: it is in the library once, not
    /// once for each feed.
    pub(super) fn ready(&mut self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(self.until_ready())
    }

    async fn until_ready(&mut self) {
        while !self.due {
            tokio::select! {
                change = self.changes.recv() => self.note(change),
                () = another(&mut self.window) => self.due = true,
                () = another(&mut self.language) => self.due = true,
            }
        }
        if let Some(at) = self.not_before {
            tokio::time::sleep_until(at).await;
        }
        // What is read next includes all of these.
        loop {
            match self.changes.try_recv() {
                Ok(_) => {}
                Err(TryRecvError::Lagged(_)) => self.lagged = true,
                Err(TryRecvError::Empty | TryRecvError::Closed) => break,
            }
        }
        if let Some(window) = &mut self.window {
            window.mark_unchanged();
        }
        if let Some(language) = &mut self.language {
            language.mark_unchanged();
        }
    }

    fn note(&mut self, change: Result<Arc<ChangeSet>, RecvError>) {
        match change {
            Ok(set) => self.due |= (self.concerns)(&set),
            Err(RecvError::Lagged(_)) => {
                self.due = true;
                self.lagged = true;
            }
            // The store is gone; reading says so.
            Err(RecvError::Closed) => self.due = true,
        }
    }

    /// The query was read. True when changes were missed since the reading before.
    pub(super) fn taken(&mut self) -> bool {
        self.due = false;
        std::mem::take(&mut self.lagged)
    }

    /// Something was delivered: not again within a frame.
    pub(super) fn delivered(&mut self) {
        self.not_before = Some(Instant::now() + FRAME);
    }
}

/// Waits for another value; for ever if there is none.
async fn another<T>(watched: &mut Option<watch::Receiver<T>>) {
    if let Some(watched) = watched
        && watched.changed().await.is_ok()
    {
        return;
    }
    std::future::pending::<()>().await;
}
