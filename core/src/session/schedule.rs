//! When to refresh. Pure.
//!
//! Owns: how old a token is and when a new one is due. The server's clock is never compared with ours: a lifetime counts
//! from receipt. The monotonic clock stands still while a phone sleeps, so the wall clock may make a token older, never
//! younger; a wrong wall clock is wrong at both ends and cancels, and one jump costs one refresh.
//! Invariant: after a refresh the next one is due no sooner than half a lifetime and [`SPACING`] later, whatever clocks do.

use std::time::Duration;

use crate::time::{MonotonicInstant, Timestamp, enough};

/// Refreshes ahead of expiry are at least this far apart, even for tokens that live for a second.
pub(super) const SPACING: Duration = Duration::from_secs(5);
/// A fifth of the lifetime, but no less than this ...
const MARGIN_MIN: Duration = Duration::from_secs(10);
/// ... and at most this: five minutes of an hour's token.
const MARGIN_MAX: Duration = Duration::from_mins(5);

/// When a token was received, on both clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TokenLifetime {
    /// Its lifetime from receipt.
    pub lifetime: Duration,
    wall: Timestamp,
    monotonic: MonotonicInstant,
    /// Age at `mono`; not zero for a token that was restored.
    age: Duration,
}

impl TokenLifetime {
    /// A token that has just come.
    #[must_use]
    pub(crate) fn fresh(lifetime: Duration, wall: Timestamp, monotonic: MonotonicInstant) -> Self {
        Self {
            lifetime,
            wall,
            monotonic,
            age: Duration::ZERO,
        }
    }

    /// A token from an earlier run. A receipt in the future means that the clock was changed: the token counts as old.
    #[must_use]
    pub(super) fn restored(
        lifetime: Duration,
        received: Timestamp,
        wall: Timestamp,
        monotonic: MonotonicInstant,
    ) -> Self {
        let age = between(received, wall).unwrap_or(lifetime);
        Self {
            lifetime,
            wall,
            monotonic,
            age,
        }
    }

    /// How long the token is still good.
    #[must_use]
    pub(super) fn remaining(&self, wall: Timestamp, monotonic: MonotonicInstant) -> Duration {
        let ticked = monotonic.since(self.monotonic);
        let shown = between(self.wall, wall).unwrap_or(Duration::ZERO);
        let age = self.age.saturating_add(ticked.max(shown));
        self.lifetime.saturating_sub(age)
    }

    /// How long until a refresh is due; zero if it is. Measured on the monotonic clock.
    #[must_use]
    pub(super) fn due_in(&self, wall: Timestamp, monotonic: MonotonicInstant) -> Duration {
        let due = self
            .remaining(wall, monotonic)
            .saturating_sub(margin(self.lifetime));
        let spaced = if self.age.is_zero() {
            SPACING.saturating_sub(monotonic.since(self.monotonic))
        } else {
            Duration::ZERO
        };
        due.max(spaced)
    }

    /// What a caller may ask for at most: asking for more than half a lifetime would refresh on every call.
    #[must_use]
    pub(crate) fn asked(&self, min_validity: Duration) -> Duration {
        enough(self.lifetime, min_validity)
    }
}

/// How long before its end a token is replaced.
#[must_use]
pub(super) fn margin(lifetime: Duration) -> Duration {
    (lifetime / 5)
        .clamp(MARGIN_MIN, MARGIN_MAX)
        .min(lifetime / 2)
}

fn between(earlier: Timestamp, later: Timestamp) -> Option<Duration> {
    let ms = later.0.checked_sub(earlier.0)?;
    u64::try_from(ms).ok().map(Duration::from_millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_hours(1);

    fn s(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp(seconds * 1_000)
    }

    #[test]
    fn an_hours_token_is_replaced_five_minutes_before_its_end() {
        let token_lifetime = TokenLifetime::fresh(HOUR, at(0), MonotonicInstant(s(100)));
        assert_eq!(
            token_lifetime.due_in(at(0), MonotonicInstant(s(100))),
            s(3300)
        );
        assert_eq!(
            token_lifetime.due_in(at(3299), MonotonicInstant(s(3399))),
            s(1)
        );
        assert_eq!(
            token_lifetime.due_in(at(3300), MonotonicInstant(s(3400))),
            s(0)
        );
        assert_eq!(
            token_lifetime.remaining(at(3300), MonotonicInstant(s(3400))),
            s(300)
        );
    }

    #[test]
    fn short_tokens_keep_a_margin_below_their_life_and_a_distance() {
        assert_eq!(margin(s(60)), s(12));
        assert_eq!(margin(s(2)), s(1));
        let token_lifetime = TokenLifetime::fresh(s(1), at(0), MonotonicInstant(s(0)));
        assert_eq!(token_lifetime.due_in(at(1), MonotonicInstant(s(1))), s(4));
    }

    #[test]
    fn c134_a_clock_two_hours_wrong_either_way_changes_nothing() {
        for skew in [7_200, -7_200] {
            let now = 1_800_000_000 + skew;
            let token_lifetime = TokenLifetime::fresh(HOUR, at(now), MonotonicInstant(s(0)));
            assert_eq!(
                token_lifetime.due_in(at(now + 60), MonotonicInstant(s(60))),
                s(3240)
            );
            let restored =
                TokenLifetime::restored(HOUR, at(now), at(now + 60), MonotonicInstant(s(9)));
            assert_eq!(
                restored.remaining(at(now + 60), MonotonicInstant(s(9))),
                s(3540)
            );
        }
    }

    #[test]
    fn c134_a_clock_set_two_hours_on_costs_one_refresh_and_set_back_costs_none() {
        let token_lifetime = TokenLifetime::fresh(HOUR, at(0), MonotonicInstant(s(0)));
        assert_eq!(
            token_lifetime.due_in(at(7_210), MonotonicInstant(s(10))),
            s(0)
        );
        let next = TokenLifetime::fresh(HOUR, at(7_210), MonotonicInstant(s(10)));
        assert_eq!(next.due_in(at(7_211), MonotonicInstant(s(11))), s(3299));
        assert_eq!(
            token_lifetime.due_in(at(-7_190), MonotonicInstant(s(10))),
            s(3290)
        );
    }

    #[test]
    fn a_phone_that_slept_knows_that_its_token_is_old() {
        let token_lifetime = TokenLifetime::fresh(HOUR, at(0), MonotonicInstant(s(0)));
        assert_eq!(
            token_lifetime.remaining(at(7_200), MonotonicInstant(s(3))),
            s(0)
        );
    }

    #[test]
    fn a_receipt_in_the_future_counts_as_old() {
        let restored = TokenLifetime::restored(HOUR, at(7_200), at(0), MonotonicInstant(s(0)));
        assert_eq!(restored.remaining(at(0), MonotonicInstant(s(0))), s(0));
        assert_eq!(restored.due_in(at(0), MonotonicInstant(s(0))), s(0));
    }

    #[test]
    fn nobody_can_ask_for_more_than_half_a_lifetime() {
        let token_lifetime = TokenLifetime::fresh(s(60), at(0), MonotonicInstant(s(0)));
        assert_eq!(token_lifetime.asked(HOUR), s(30));
        assert_eq!(token_lifetime.asked(s(10)), s(10));
    }
}
