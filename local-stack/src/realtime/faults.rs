//! What the realtime server is made to do wrong, for tests and the demo. Each switch stays until it is set back; none
//! touches the database.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

/// Switches of one project's realtime server; all off at first.
#[derive(Debug)]
pub struct Faults {
    drop_events: AtomicBool,
    delay: Mutex<Duration>,
    refuse_joins: Mutex<Option<String>>,
    frozen: watch::Sender<bool>,
    bare_refusals: AtomicBool,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            drop_events: AtomicBool::new(false),
            delay: Mutex::new(Duration::ZERO),
            refuse_joins: Mutex::new(None),
            frozen: watch::Sender::new(false),
            bare_refusals: AtomicBool::new(false),
        }
    }
}

impl Faults {
    /// Broadcasts and row changes are lost without a word; replies and system messages still come.
    pub fn drop_events(&self, on: bool) {
        self.drop_events.store(on, Ordering::SeqCst);
    }

    /// Broadcasts and row changes come this much later, in order.
    pub fn delay_events(&self, delay: Duration) {
        *self.delay.lock().unwrap_or_else(PoisonError::into_inner) = delay;
    }

    /// Every join is refused with this reason (after the usual wait); `None` ends it. A reason of `TenantNotFound`
    /// closes the socket with 1001 too, as on the real server.
    pub fn refuse_joins(&self, reason: Option<&str>) {
        *self
            .refuse_joins
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = reason.map(str::to_owned);
    }

    /// Every upgrade is refused as servers before July 2026 did: 403, empty body.
    pub fn refuse_like_older_servers(&self, on: bool) {
        self.bare_refusals.store(on, Ordering::SeqCst);
    }

    /// Sockets stay open and answer nothing.
    pub fn freeze(&self, on: bool) {
        self.frozen.send_replace(on);
    }

    /// Whether sockets answer nothing now.
    pub fn is_frozen(&self) -> bool {
        *self.frozen.borrow()
    }

    /// How much later an event is due, or `None` when it is lost.
    pub(crate) fn event_delay(&self) -> Option<Duration> {
        let lost = self.drop_events.load(Ordering::SeqCst);
        (!lost).then(|| *self.delay.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The reason for which joins are refused.
    pub(crate) fn refused_join(&self) -> Option<String> {
        self.refuse_joins
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Whether refusals say nothing.
    pub(crate) fn bare_refusals(&self) -> bool {
        self.bare_refusals.load(Ordering::SeqCst)
    }

    /// Waits while frozen.
    pub(crate) async fn thaw(&self) {
        // The sender lives as long as self.
        let _ = self.frozen.subscribe().wait_for(|frozen| !frozen).await;
    }
}
