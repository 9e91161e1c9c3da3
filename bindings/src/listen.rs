//! Listeners: the one place where the core calls Kotlin and Swift.
//!
//! Owns: a trait for each feed, the forwarder that carries a feed to it, and [`Subscription`], which ends it.
//! Invariants: a listener is called by one thread at a time, with the feed's deliveries in order; the next one is read
//! only when the last call has returned, so a slow listener gets fewer and larger batches and nothing is queued for it;
//! a failure is logged and told, and the feed goes on; a listener that throws is logged once and called again; no call begins
//! after `cancel` or the last handle is gone; a feed that ends by itself (sign-out, another member, shutdown) says so in its last call.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use rockon_core::Error as CoreError;
use rockon_core::client::{Deleted, DeletedFeed};
use rockon_core::feed::{Feed, Keyed, ListDiff, Live, Window};
use tokio::runtime::Handle;
use tokio::task::AbortHandle;

use crate::secrets::PlatformError;

mod kinds;

pub use kinds::*;

/// A running feed. Cancelled by `cancel`, or when the last reference goes.
#[derive(Debug, uniffi::Object)]
pub struct Subscription {
    task: AbortHandle,
    window: Option<Window>,
}

#[uniffi::export]
impl Subscription {
    /// Ends the feed. A call of the listener that runs already comes to its end; no other begins. Idempotent.
    pub fn cancel(&self) {
        self.task.abort();
    }

    /// Shows the first `limit` items of a list from now on; nothing for a feed of one value.
    pub fn set_limit(&self, limit: u32) {
        if let Some(window) = &self.window {
            window.set(limit);
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What a listener is told.
pub(crate) enum Delivery<T> {
    /// The next batch or value.
    Next(T),
    /// Why there is none; the feed goes on.
    Failure(CoreError),
    /// There is no other.
    End,
}

/// What a feed gives next: a batch or a value, or why there is none; `None` at its end.
pub(crate) trait Source: Send + 'static {
    /// One delivery.
    type Item: Send + 'static;

    /// The next one.
    fn next(&mut self) -> impl Future<Output = Option<Result<Self::Item, CoreError>>> + Send;

    /// The handle that changes how much of a list it shows; none for one value.
    fn window(&self) -> Option<Window> {
        None
    }
}

impl<T: Keyed<Key: Send + Sync> + Clone + PartialEq + Send + Sync + 'static> Source for Feed<T> {
    type Item = Vec<ListDiff<T>>;

    async fn next(&mut self) -> Option<Result<Self::Item, CoreError>> {
        Self::next(self).await
    }

    fn window(&self) -> Option<Window> {
        Some(Self::window(self))
    }
}

impl Source for DeletedFeed {
    type Item = Vec<ListDiff<Deleted>>;

    async fn next(&mut self) -> Option<Result<Self::Item, CoreError>> {
        Self::next(self).await
    }

    fn window(&self) -> Option<Window> {
        Some(Self::window(self))
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> Source for Live<T> {
    type Item = T;

    async fn next(&mut self) -> Option<Result<T, CoreError>> {
        Self::next(self).await
    }
}

impl Source for rockon_core::client::StatusFeed {
    type Item = rockon_core::client::Status;

    async fn next(&mut self) -> Option<Result<Self::Item, CoreError>> {
        Self::next(self).await.map(Ok)
    }
}

/// Carries `source` to `call` until either ends. The call may block, so it is made on a thread for that.
pub(crate) fn forward<S: Source>(
    handle: &Handle,
    mut source: S,
    call: impl Fn(Delivery<S::Item>) -> Result<(), PlatformError> + Send + Sync + 'static,
) -> Arc<Subscription> {
    let (call, window) = (Arc::new(call), source.window());
    // Boxed, both of them: the runtime's code for a task is there once, not once for each feed.
    let task: Pin<Box<dyn Future<Output = ()> + Send>> = Box::pin(async move {
        let (mut told, mut goes_on) = (false, true);
        while goes_on {
            let delivery = match source.next().await {
                Some(Ok(item)) => Delivery::Next(item),
                Some(Err(error)) => {
                    tracing::warn!(error = error.code(), "a feed could not be read; it goes on");
                    Delivery::Failure(error)
                }
                None => Delivery::End,
            };
            goes_on = !matches!(delivery, Delivery::End);
            let call = Arc::clone(&call);
            let call: Box<dyn FnOnce() -> Result<(), PlatformError> + Send> =
                Box::new(move || call(delivery));
            let done = tokio::task::spawn_blocking(call).await;
            if !matches!(done, Ok(Ok(()))) && !told {
                told = true;
                tracing::warn!("a listener threw; it is called again, and this is said once");
            }
        }
    });
    Arc::new(Subscription {
        task: handle.spawn(task).abort_handle(),
        window,
    })
}

/// An index of a list. Lists are bounded by their windows, which are `u32`.
fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
