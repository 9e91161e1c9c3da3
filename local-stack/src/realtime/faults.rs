//! What the realtime server is made to do wrong, for tests and the demo. Each switch stays until it is set back; none
//! touches the database.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

/// The state of all switches. `Default` is: nothing broken.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Switches {
    /// See [`Faults::drop_events`].
    pub drop_events: bool,
    /// See [`Faults::delay_events`]; milliseconds.
    pub delay_events_ms: u64,
    /// See [`Faults::refuse_joins`].
    pub refuse_joins: Option<String>,
    /// See [`Faults::freeze`].
    pub frozen: bool,
    /// See [`Faults::refuse_like_older_servers`].
    pub bare_refusals: bool,
}

/// Switches of one project's realtime server; all off at first.
#[derive(Debug)]
pub struct Faults {
    state: watch::Sender<Switches>,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            state: watch::Sender::new(Switches::default()),
        }
    }
}

impl Faults {
    /// The state now.
    pub fn state(&self) -> Switches {
        self.state.borrow().clone()
    }

    /// Sets every switch.
    pub fn set(&self, state: Switches) {
        self.state.send_replace(state);
    }

    /// Broadcasts and row changes are lost without a word; replies and system messages still come.
    pub fn drop_events(&self, on: bool) {
        self.state.send_modify(|state| state.drop_events = on);
    }

    /// Broadcasts and row changes come this much later, in order. Whole milliseconds.
    pub fn delay_events(&self, delay: Duration) {
        let ms = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
        self.state.send_modify(|state| state.delay_events_ms = ms);
    }

    /// Every join is refused with this reason (after the usual wait); `None` ends it. A reason of `TenantNotFound`
    /// closes the socket with 1001 too, as on the real server.
    pub fn refuse_joins(&self, reason: Option<&str>) {
        let reason = reason.map(str::to_owned);
        self.state.send_modify(|state| state.refuse_joins = reason);
    }

    /// Every upgrade is refused as servers before July 2026 did: 403, empty body.
    pub fn refuse_like_older_servers(&self, on: bool) {
        self.state.send_modify(|state| state.bare_refusals = on);
    }

    /// Sockets stay open and answer nothing.
    pub fn freeze(&self, on: bool) {
        self.state.send_modify(|state| state.frozen = on);
    }

    /// Whether sockets answer nothing now.
    pub fn is_frozen(&self) -> bool {
        self.state.borrow().frozen
    }

    /// How much later an event is due, or `None` when it is lost.
    pub(crate) fn event_delay(&self) -> Option<Duration> {
        let state = self.state.borrow();
        (!state.drop_events).then(|| Duration::from_millis(state.delay_events_ms))
    }

    /// The reason for which joins are refused.
    pub(crate) fn refused_join(&self) -> Option<String> {
        self.state.borrow().refuse_joins.clone()
    }

    /// Whether refusals say nothing.
    pub(crate) fn bare_refusals(&self) -> bool {
        self.state.borrow().bare_refusals
    }

    /// Waits while frozen.
    pub(crate) async fn thaw(&self) {
        // The sender lives as long as self.
        let _ = self.state.subscribe().wait_for(|state| !state.frozen).await;
    }
}
