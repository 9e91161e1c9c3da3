//! How often a thing may be tried: the request limits of the real service.
//!
//! Owns: one bucket for each kind of request, for everybody together, since every caller is on this machine. Time is the
//! stack's clock. Bounds: as many buckets as kinds.

use std::sync::{Mutex, PoisonError};

use time::OffsetDateTime;

use super::answer::AuthError;

/// Kinds of requests, each with a bucket of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attempt {
    /// A sign-up.
    SignUp,
    /// A mail with a code, for whatever reason but a forgotten password.
    Code,
    /// A mail for a forgotten password.
    Recovery,
    /// A code or a link that is handed in.
    Verification,
    /// A password or a refresh token.
    Grant,
}

impl Attempt {
    /// Milliseconds until a used-up bucket lets one more through: 30 in five minutes, and 150 of grants.
    fn pause_ms(self) -> f64 {
        match self {
            Self::Grant => 2_000.0,
            _ => 10_000.0,
        }
    }
}

/// Fill and time of the last change, by kind.
#[derive(Debug, Default)]
pub struct Attempts {
    spent: Mutex<[Spent; 5]>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Spent {
    count: f64,
    at_ms: i64,
}

impl Attempts {
    /// Counts one more, or refuses it (429). `burst` may come at once.
    pub(super) fn count(
        &self,
        attempt: Attempt,
        burst: u32,
        now: OffsetDateTime,
    ) -> Result<(), AuthError> {
        let at_ms = now.unix_timestamp() * 1000 + i64::from(now.millisecond());
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(spent) = spent.get_mut(attempt as usize) else {
            return Ok(());
        };
        #[expect(
            clippy::cast_precision_loss,
            reason = "milliseconds between two requests"
        )]
        let passed = (at_ms - spent.at_ms).max(0) as f64;
        spent.count = (spent.count - passed / attempt.pause_ms()).max(0.0);
        spent.at_ms = at_ms;
        if spent.count + 1.0 > f64::from(burst) {
            return Err(too_many());
        }
        spent.count += 1.0;
        Ok(())
    }
}

/// No time to wait is told, as on the real service.
pub(super) fn too_many() -> AuthError {
    AuthError::new(429, "over_request_rate_limit", "Request rate limit reached")
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::*;

    #[test]
    fn a_burst_passes_then_one_for_each_pause_and_kinds_are_apart() {
        let attempts = Attempts::default();
        let start = OffsetDateTime::UNIX_EPOCH + Duration::days(20_000);
        let after = |attempt, seconds: f64| {
            let now = start + Duration::seconds_f64(seconds);
            attempts.count(attempt, 3, now).is_ok()
        };
        let first: Vec<bool> = (0..5).map(|_| after(Attempt::Grant, 0.0)).collect();
        assert_eq!(first, [true, true, true, false, false]);
        assert!(after(Attempt::SignUp, 0.0));
        assert!(!after(Attempt::Grant, 1.9));
        assert!(after(Attempt::Grant, 2.1));
        assert!(!after(Attempt::Grant, 2.2));
        assert!(!after(Attempt::Grant, -3_600.0), "a clock that goes back");
        let later: Vec<bool> = (0..4).map(|_| after(Attempt::Grant, 3_600.0)).collect();
        assert_eq!(later, [true, true, true, false]);
    }
}
