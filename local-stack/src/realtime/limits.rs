//! Rates as the real server counts them: an average per second over up to twelve ticks of five seconds. Pure; the
//! caller gives the time.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

const TICK: Duration = Duration::from_secs(5);
const TICKS: usize = 12;

/// What one project allows. The defaults are the real server's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Open sockets.
    pub users: usize,
    /// Channels of one socket.
    pub channels: usize,
    /// Joins in one second.
    pub joins_per_second: u32,
    /// Average of broadcasts (and, counted apart, of row events times subscriptions) per second over a minute.
    pub events_per_second: u32,
    /// Presence calls of one channel in 30 s.
    pub presence_calls: usize,
    /// Largest broadcast payload in bytes.
    pub payload_bytes: usize,
    /// Only private channels may be joined.
    pub private_only: bool,
    /// Every upgrade is refused: the project's realtime is switched off.
    pub suspended: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            users: 200,
            channels: 100,
            joins_per_second: 100,
            events_per_second: 100,
            presence_calls: 5,
            payload_bytes: 3_000_000,
            private_only: false,
            suspended: false,
        }
    }
}

/// A running average: at most twelve counters, whatever the load.
#[derive(Debug, Default)]
pub(crate) struct Rate {
    ticks: VecDeque<(Instant, u64)>,
}

impl Rate {
    /// Counts `events` at `now`.
    pub(crate) fn add(&mut self, now: Instant, events: u64) {
        self.forget(now);
        match self.ticks.back_mut() {
            Some((start, count)) if now.duration_since(*start) < TICK => *count += events,
            _ => self.ticks.push_back((now, events)),
        }
    }

    /// Whether the average over the last minute is above `per_second`.
    pub(crate) fn exceeds(&mut self, now: Instant, per_second: u32) -> bool {
        self.forget(now);
        let total: u64 = self.ticks.iter().map(|(_, count)| count).sum();
        let allowed = u64::from(per_second) * TICK.as_secs() * (TICKS as u64);
        total > allowed
    }

    fn forget(&mut self, now: Instant) {
        let window = TICK * 12;
        while self
            .ticks
            .front()
            .is_some_and(|(start, _)| now.duration_since(*start) >= window)
        {
            self.ticks.pop_front();
        }
    }
}

/// At most `limit` calls in a sliding window; remembers at most `limit` times.
#[derive(Debug, Default)]
pub(crate) struct Window {
    calls: VecDeque<Instant>,
}

impl Window {
    /// Counts a call; `false` when it is one too many.
    pub(crate) fn allow(&mut self, now: Instant, limit: usize, window: Duration) -> bool {
        while self
            .calls
            .front()
            .is_some_and(|call| now.duration_since(*call) >= window)
        {
            self.calls.pop_front();
        }
        if self.calls.len() >= limit {
            return false;
        }
        self.calls.push_back(now);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_below_a_minute_s_worth_passes_and_one_above_mutes_until_it_is_a_minute_old() {
        let start = Instant::now();
        let mut rate = Rate::default();
        rate.add(start, 6_000);
        assert!(!rate.exceeds(start, 100));
        rate.add(start + Duration::from_secs(6), 1);
        assert!(rate.exceeds(start + Duration::from_secs(6), 100));
        assert!(!rate.exceeds(start + Duration::from_mins(1), 100));
    }

    #[test]
    fn the_sixth_call_in_the_window_is_refused_and_a_later_one_allowed() {
        let start = Instant::now();
        let mut window = Window::default();
        let length = Duration::from_secs(30);
        assert!((0..5).all(|_| window.allow(start, 5, length)));
        assert!(!window.allow(start, 5, length));
        assert!(window.allow(start + length, 5, length));
    }
}
