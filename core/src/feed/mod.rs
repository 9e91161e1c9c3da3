//! Live queries: a list on a screen that keeps itself right.
//!
//! Owns: [`Feed`] (lists, as batches of [`ListDiff`]) and [`Live`] (one value). They read the store; nothing here writes.
//! Invariants: the first delivery is the whole window; then at most one delivery per [`FRAME`], however many commits
//! there are; nothing is delivered when nothing in the window changed. A feed is not a task: it works while it is
//! awaited, so a slow reader gets fewer, larger batches, and dropping it ends it. Both `next` are cancel-safe.
//! Needs a tokio runtime with time.

mod diff;
mod lists;
mod pulse;

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use tokio::sync::watch;

pub(crate) use diff::diff;
pub use diff::{Keyed, ListDiff, apply};
pub(crate) use lists::{outbox_counts, scopes, unreadable};
#[cfg(feature = "testing")]
pub use pulse::FRAME;

use crate::error::{Error, Result};
use crate::speech::Language;
use crate::store::{ChangeSet, Reader, Store};
use pulse::Pulse;

type ListQuery<T> = Arc<dyn Fn(&Reader<'_>, u32) -> Result<Vec<T>> + Send + Sync>;
type ValueQuery<T> = Arc<dyn Fn(&Reader<'_>) -> Result<T> + Send + Sync>;

/// A live list.
pub struct Feed<T> {
    store: Store,
    query: ListQuery<T>,
    pulse: Pulse,
    window: Window,
    shown: Option<Arc<Vec<T>>>,
}

/// Changes the size of a feed's window from anywhere, also while `next` is awaited.
#[derive(Debug, Clone)]
pub struct Window(Arc<watch::Sender<u32>>);

impl Window {
    /// A window of this size.
    pub(crate) fn new(limit: u32) -> Self {
        Self(Arc::new(watch::Sender::new(limit)))
    }

    /// Tells of each new size.
    pub(crate) fn subscribe(&self) -> watch::Receiver<u32> {
        self.0.subscribe()
    }

    /// Shows the first `limit` items from now on.
    pub fn set(&self, limit: u32) {
        self.0.send_replace(limit);
    }

    /// Items shown at most.
    #[must_use]
    pub fn limit(&self) -> u32 {
        *self.0.borrow()
    }
}

impl<T> fmt::Debug for Feed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Feed").finish_non_exhaustive()
    }
}

impl<T: Keyed + Clone + PartialEq + Send + Sync + 'static> Feed<T> {
    /// A feed of `query(reader, limit)`, read again after commits for which `concerns` holds.
    pub(crate) fn new(
        store: &Store,
        limit: u32,
        concerns: impl Fn(&ChangeSet) -> bool + Send + Sync + 'static,
        query: impl Fn(&Reader<'_>, u32) -> Result<Vec<T>> + Send + Sync + 'static,
    ) -> Self {
        let window = Window::new(limit);
        Self {
            store: store.clone(),
            query: Arc::new(query),
            pulse: Pulse::new(store, concerns, Some(window.subscribe())),
            window,
            shown: None,
        }
    }

    /// The same, read again when the language changes too.
    #[must_use]
    pub(crate) fn again_with(mut self, language: watch::Receiver<Language>) -> Self {
        self.pulse.also_after(language);
        self
    }

    /// The handle that changes the window.
    #[must_use]
    pub fn window(&self) -> Window {
        self.window.clone()
    }

    /// The next batch of steps; `None` once the store is closed. The first is a [`ListDiff::Reset`], and so is the
    /// first after this feed has missed changes (it was not awaited for more than 256 commits).
    ///
    /// # Errors
    /// Why the window could not be read. The next call tries again after the next change.
    pub async fn next(&mut self) -> Option<Result<Vec<ListDiff<T>>>> {
        loop {
            self.pulse.ready().await;
            let limit = self.window.limit();
            let query = Arc::clone(&self.query);
            let read = self.store.read(move |reader| query(reader, limit)).await;
            let lagged = self.pulse.taken();
            let new = match read {
                Ok(new) => Arc::new(new),
                Err(Error::Closed) => return None,
                Err(error) => return Some(Err(error)),
            };
            let steps = match &self.shown {
                Some(old) if !lagged => diff(old, &new),
                _ => vec![ListDiff::Reset(new.to_vec())],
            };
            self.shown = Some(new);
            if !steps.is_empty() {
                self.pulse.delivered();
                return Some(Ok(steps));
            }
        }
    }
}

/// One live value.
pub struct Live<T> {
    store: Store,
    query: ValueQuery<T>,
    pulse: Pulse,
    shown: Option<T>,
}

impl<T> fmt::Debug for Live<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Live").finish_non_exhaustive()
    }
}

impl<T: Clone + PartialEq + Send + 'static> Live<T> {
    /// The value of `query(reader)`, read again after commits for which `concerns` holds.
    pub(crate) fn new(
        store: &Store,
        concerns: impl Fn(&ChangeSet) -> bool + Send + Sync + 'static,
        query: impl Fn(&Reader<'_>) -> Result<T> + Send + Sync + 'static,
    ) -> Self {
        Self {
            store: store.clone(),
            query: Arc::new(query),
            pulse: Pulse::new(store, concerns, None),
            shown: None,
        }
    }

    /// The value now (first call), then each time it has changed; `None` once the store is closed.
    ///
    /// # Errors
    /// Why it could not be read. The next call tries again after the next change.
    pub async fn next(&mut self) -> Option<Result<T>> {
        loop {
            self.pulse.ready().await;
            let query = Arc::clone(&self.query);
            let read = self.store.read(move |reader| query(reader)).await;
            self.pulse.taken();
            match read {
                Ok(value) if self.shown.as_ref() == Some(&value) => {}
                Ok(value) => {
                    self.shown = Some(value.clone());
                    self.pulse.delivered();
                    return Some(Ok(value));
                }
                Err(Error::Closed) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
