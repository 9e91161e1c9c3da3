//! A clock for tests and simulations.

use std::sync::Mutex;
use std::time::Duration;

use super::{Clock, MonotonicInstant, Timestamp};

/// A clock that moves only when told to.
#[derive(Debug)]
pub struct ManualClock {
    state: Mutex<(Timestamp, MonotonicInstant)>,
}

impl ManualClock {
    /// Starts at `wall`, monotonic zero.
    #[must_use]
    pub fn new(wall: Timestamp) -> Self {
        Self {
            state: Mutex::new((wall, MonotonicInstant::default())),
        }
    }

    /// Both clocks move on by `by`.
    pub fn advance(&self, by: Duration) {
        let mut state = self.lock();
        state.0 = Timestamp(
            state
                .0
                .0
                .saturating_add(i64::try_from(by.as_millis()).unwrap_or(i64::MAX)),
        );
        state.1 = state.1.after(by);
    }

    /// Somebody set the phone's clock: only the wall clock jumps.
    pub fn set_wall(&self, wall: Timestamp) {
        self.lock().0 = wall;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, (Timestamp, MonotonicInstant)> {
        self.state
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Clock for ManualClock {
    fn wall(&self) -> Timestamp {
        self.lock().0
    }

    fn monotonic(&self) -> MonotonicInstant {
        self.lock().1
    }
}
