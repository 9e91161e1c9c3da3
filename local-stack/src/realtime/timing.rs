//! How long the realtime server takes for things. The default is what was measured on the real server; tests use
//! [`Timing::fast`], which shortens waits and changes no order.

use std::time::Duration;

/// Waits of the realtime server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// Before a refused upgrade is answered (2 s).
    pub upgrade_refusal: Duration,
    /// Before a refused join is answered; blocks the whole socket (5 s).
    pub join_refusal: Duration,
    /// Between polls for row changes while other changes flow (100 ms).
    pub poll_busy: Duration,
    /// Between polls while nothing happens (500 ms).
    pub poll_idle: Duration,
    /// Before the first subscription to row changes of a cold project is active (2 to 2.9 s).
    pub cold_subscribe: Duration,
    /// Between a new token and the renewed subscription to row changes (1 to 3 s).
    pub resubscribe: Duration,
    /// Between looks at the set of published tables (60 s).
    pub publication_check: Duration,
    /// A socket that sends nothing is closed with 1000 (60 s).
    pub silence: Duration,
    /// A socket without channels is closed (10 min).
    pub no_channel: Duration,
    /// Between attempts to reach the database again (13 s seen until changes flowed).
    pub reconnect: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            upgrade_refusal: Duration::from_secs(2),
            join_refusal: Duration::from_secs(5),
            poll_busy: Duration::from_millis(100),
            poll_idle: Duration::from_millis(500),
            cold_subscribe: Duration::from_millis(2_400),
            resubscribe: Duration::from_secs(2),
            publication_check: Duration::from_mins(1),
            silence: Duration::from_mins(1),
            no_channel: Duration::from_mins(10),
            reconnect: Duration::from_secs(10),
        }
    }
}

impl Timing {
    /// Short waits for tests.
    #[must_use]
    pub fn fast() -> Self {
        Self {
            upgrade_refusal: Duration::from_millis(20),
            join_refusal: Duration::from_millis(60),
            poll_busy: Duration::from_millis(10),
            poll_idle: Duration::from_millis(30),
            cold_subscribe: Duration::from_millis(50),
            resubscribe: Duration::from_millis(100),
            publication_check: Duration::from_millis(300),
            reconnect: Duration::from_millis(100),
            ..Self::default()
        }
    }
}
