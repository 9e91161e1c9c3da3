//! The user's token as this room sees it.

use std::time::Duration;

use crate::redact::Secret;
use crate::time::{MonotonicInstant, enough};

/// A user's access token and how long it can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessToken {
    /// The token itself.
    pub secret: Secret,
    /// When it ends, on the monotonic clock that the driver was given. The session works it out from the server's
    /// `expires_in`, so that a wrong wall clock does not matter.
    pub expires: MonotonicInstant,
    /// How long it was made to last.
    pub lifetime: Duration,
}

impl AccessToken {
    /// How long it can still be used; zero when it has ended.
    #[must_use]
    pub fn left(&self, now: MonotonicInstant) -> Duration {
        self.expires.since(now)
    }

    /// Whether it lasts for something that wants `at_least`, by the rule that the session goes by too.
    #[must_use]
    pub fn lasts(&self, now: MonotonicInstant, at_least: Duration) -> bool {
        self.left(now) >= enough(self.lifetime, at_least)
    }
}
