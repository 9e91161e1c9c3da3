//! When a refresh may be tried: the pause after a failure, and the one in flight.
//!
//! Pure: is told what time it is.

use std::time::Duration;

use tokio::sync::watch;

use crate::error::{Error, Result};
use crate::time::{Backoff, MonotonicInstant};

/// Waits after failed refreshes: full jitter between these, and never below the first.
const RETRY_MIN: Duration = Duration::from_millis(500);
const RETRY_BASE: Duration = Duration::from_secs(2);
const RETRY_CAP: Duration = Duration::from_mins(1);

/// A refresh under way; `None` until it has ended.
pub(super) type InFlightRefresh = watch::Receiver<Option<Result<()>>>;

/// Whether a refresh may be tried now.
#[derive(Debug)]
pub(super) struct RefreshGuard {
    backoff: Backoff,
    /// Until when callers get the last error instead of a request.
    closed: Option<(MonotonicInstant, Error)>,
    pub(super) refused_at: Option<MonotonicInstant>,
}

impl RefreshGuard {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            backoff: Backoff::new(RETRY_BASE, RETRY_CAP, seed),
            closed: None,
            refused_at: None,
        }
    }

    pub(super) fn open(&mut self) {
        self.backoff.reset();
        self.closed = None;
    }

    pub(super) fn close(&mut self, now: MonotonicInstant, error: &Error) {
        let asked = match error {
            Error::Server { retry_after, .. } => {
                retry_after.map(|s| Duration::from_secs(u64::from(s)))
            }
            // Nothing will change by itself soon: a wrong key, a wrong address.
            error if !error.is_retryable() => Some(RETRY_CAP),
            _ => None,
        };
        let wait = if error.is_away() {
            self.backoff.next_while_away(asked)
        } else {
            self.backoff.next_wait(asked)
        };
        let wait = wait.max(RETRY_MIN);
        self.closed = Some((now.after(wait), error.clone()));
    }

    pub(super) fn error_at(&self, now: MonotonicInstant) -> Option<Error> {
        let (until, error) = self.closed.as_ref()?;
        (now < *until).then(|| error.clone())
    }

    pub(super) fn wait(&self, now: MonotonicInstant) -> Duration {
        self.closed
            .as_ref()
            .map_or(Duration::ZERO, |(until, _)| until.since(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(error: &Error) -> impl Iterator<Item = Duration> {
        let now = MonotonicInstant(Duration::from_secs(9));
        (0..200).map(move |seed| {
            let mut refresh_guard = RefreshGuard::new(seed);
            refresh_guard.close(now, error);
            assert_eq!(refresh_guard.error_at(now), Some(error.clone()));
            refresh_guard.wait(now)
        })
    }

    #[test]
    fn a_failed_refresh_is_never_tried_again_at_once() {
        for wait in waits(&Error::Offline) {
            assert!((RETRY_MIN..=RETRY_BASE).contains(&wait), "{wait:?}");
        }
    }

    #[test]
    fn what_waiting_does_not_cure_is_tried_again_once_a_minute() {
        let wrong_key = Error::Denied {
            reason: "no_api_key".into(),
        };
        assert!(waits(&wrong_key).all(|wait| wait == RETRY_CAP));
    }
}
