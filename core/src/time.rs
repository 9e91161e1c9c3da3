//! Clocks and waiting times.
//!
//! Owns: the [`Clock`] trait (the only place that asks the machine for the time), [`Backoff`] (full jitter), and [`rest`].
//! Never: sleeps by itself. Waiting is the drivers' work.
//! Invariant: durations are measured on the monotonic clock; the wall clock is only shown or stored, never compared
//! with a server's time to decide what is newer.

#[cfg(any(test, feature = "testing"))]
mod manual;

use std::fmt;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

#[cfg(any(test, feature = "testing"))]
pub use manual::ManualClock;

/// A wall-clock time: milliseconds since 1970-01-01T00:00:00Z. May jump; never used to order changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

/// Time since an arbitrary start of this process. Never jumps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct MonotonicInstant(pub Duration);

impl MonotonicInstant {
    /// This time plus `by`.
    #[must_use]
    pub fn after(self, by: Duration) -> Self {
        Self(self.0.saturating_add(by))
    }

    /// How long from `earlier` until now; zero if `earlier` is later.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }
}

/// Source of time. Threads: callable from any.
pub trait Clock: Send + Sync + fmt::Debug {
    /// The wall clock, as the person has set it.
    fn wall(&self) -> Timestamp;
    /// The monotonic clock.
    fn monotonic(&self) -> MonotonicInstant;
}

/// The machine's own clocks.
#[derive(Debug)]
pub struct SystemClock {
    start: Instant,
}

impl SystemClock {
    /// Starts counting now.
    #[must_use]
    pub fn new() -> Self {
        Self {
            start: Instant::now(),
        }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that asks the machine"
    )]
    fn wall(&self) -> Timestamp {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        Timestamp(since.map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX)))
    }

    fn monotonic(&self) -> MonotonicInstant {
        MonotonicInstant(self.start.elapsed())
    }
}

/// Sleeps that long, or for ever: without a deadline there is no timer.
pub(crate) async fn rest(time: Option<Duration>) {
    match time {
        Some(time) => tokio::time::sleep(time).await,
        None => std::future::pending().await,
    }
}

/// How much of its life a token must still have before it is used for something that wants it to last `at_least`: never
/// more than half of the `lifetime` it was given, or a server with short tokens would have none that is good enough.
/// Session and realtime connection both go by this, so that what one hands out the other takes.
#[must_use]
pub fn enough(lifetime: Duration, at_least: Duration) -> Duration {
    at_least.min(lifetime / 2)
}

/// Longest wait while nothing answers at all.
pub const AWAY_CAP: Duration = Duration::from_secs(3);
/// After so many tries in a row, some five minutes, the waits grow as usual.
const AWAY_TRIES: u32 = 200;

/// Exponential backoff with full jitter: the n-th wait is uniform in `0..=min(cap, base * 2^n)`.
#[derive(Debug, Clone)]
pub struct Backoff {
    base: Duration,
    cap: Duration,
    attempt: u32,
    random: fastrand::Rng,
}

impl Backoff {
    /// `base` bounds the first wait, `cap` every wait. The seed makes tests repeatable.
    #[must_use]
    pub fn new(base: Duration, cap: Duration, seed: u64) -> Self {
        Self {
            base,
            cap,
            attempt: 0,
            random: fastrand::Rng::with_seed(seed),
        }
    }

    /// How long to wait before the next attempt; `floor` is the server's `Retry-After`, if any.
    pub fn next_wait(&mut self, floor: Option<Duration>) -> Duration {
        self.next_within(self.cap, floor)
    }

    /// The same while nothing answers at all: somebody looks at the screen, and a try costs a server that is away nothing.
    /// No longer than [`AWAY_CAP`], but for an outage of more than some five minutes.
    pub fn next_while_away(&mut self, floor: Option<Duration>) -> Duration {
        let patient = self.attempt >= AWAY_TRIES;
        self.next_within(if patient { self.cap } else { AWAY_CAP }, floor)
    }

    fn next_within(&mut self, cap: Duration, floor: Option<Duration>) -> Duration {
        let bound = self
            .base
            .saturating_mul(1_u32.checked_shl(self.attempt).unwrap_or(u32::MAX))
            .min(cap.min(self.cap));
        self.attempt = self.attempt.saturating_add(1);
        let jittered = bound.mul_f64(self.random.f64());
        jittered.max(floor.unwrap_or_default())
    }

    /// Attempts since the last reset.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempt
    }

    /// It worked, or the world changed (network is back): start from the smallest wait again.
    pub fn reset(&mut self) {
        self.attempt = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backoff_grows_to_its_cap_and_starts_again_after_a_reset() {
        let (base, cap) = (Duration::from_secs(1), Duration::from_secs(30));
        let mut backoff = Backoff::new(base, cap, 7);
        for n in 0..40_u32 {
            let bound = base.saturating_mul(1 << n.min(20)).min(cap);
            assert!(
                backoff.next_wait(None) <= bound,
                "wait {n} is above its bound"
            );
        }
        backoff.reset();
        assert!(backoff.next_wait(None) <= base);
        assert!(
            backoff.next_wait(Some(cap)) >= cap,
            "Retry-After is a floor"
        );
    }

    #[test]
    fn a_wall_clock_jump_does_not_touch_the_monotonic_clock() {
        let clock = ManualClock::new(Timestamp(1_000));
        clock.advance(Duration::from_secs(5));
        clock.set_wall(Timestamp(-1));
        assert_eq!(clock.wall(), Timestamp(-1));
        assert_eq!(clock.monotonic(), MonotonicInstant(Duration::from_secs(5)));
    }
}
