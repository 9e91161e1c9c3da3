//! Ways to break the stack on purpose. The realtime service has its own switches, [`crate::realtime::Faults`].
//!
//! Owns: the switches and their state. Never: acts itself; the gateway and the auth service look at the state.
//! Threads: shared; [`Faults::watch`] tells a task of every change.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

/// A part that can be broken alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// Sign-in and tokens.
    Auth,
    /// Tables and functions.
    Rest,
    /// The WebSocket.
    Realtime,
}

/// How a stopped service looks from outside, as the gateway words it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outage {
    /// The container is gone: 503 "name resolution failed".
    Removed,
    /// The process is dead or starting: 502 "An invalid response was received from the upstream server".
    Crashed,
    /// No healthy upstream: 503 "failure to get a peer from the ring-balancer".
    NoPeer,
    /// The service hangs: 504 "The upstream server is timing out", after [`FaultState::hang`].
    Hanging,
}

/// An answer no client expects, given once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BadAnswer {
    /// 200 with a web page: a captive portal.
    Html,
    /// 200 with JSON that ends in the middle; the connection is cut.
    CutOff,
    /// 200 with 6 MiB of valid JSON.
    Huge,
    /// 200 with valid JSON of a shape nobody asked for.
    WrongShape,
    /// This status with an empty body.
    Status(u16),
}

/// The whole state. `Default` is: nothing broken.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FaultState {
    /// Stopped services.
    pub stopped: Vec<(Service, Outage)>,
    /// Pause before every HTTP answer of a service; as JSON `delay_ms`.
    #[serde(rename = "delay_ms", with = "millis")]
    pub delay: Duration,
    /// How long a hanging service keeps a request before the gateway gives up; as JSON `hang_ms`.
    #[serde(rename = "hang_ms", with = "millis")]
    pub hang: Duration,
    /// Answers to give instead of the real ones, first in first out, by service.
    pub bad_answers: Vec<(Service, BadAnswer)>,
    /// Auth answers 429 `over_request_rate_limit` to sign-in, sign-up, refresh, mails and codes.
    pub rate_limited: bool,
    /// Tokens issued at or before this time (unix seconds) count as expired, whatever they say.
    pub tokens_expired_until: Option<i64>,
}

impl FaultState {
    /// How `service` is stopped, or `None` when it runs.
    pub fn outage(&self, service: Service) -> Option<Outage> {
        self.stopped
            .iter()
            .find(|(stopped, _)| *stopped == service)
            .map(|(_, outage)| *outage)
    }
}

/// A duration as whole milliseconds.
mod millis {
    use std::time::Duration;

    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(value: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(u64::try_from(value.as_millis()).unwrap_or(u64::MAX))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        u64::deserialize(from).map(Duration::from_millis)
    }
}

/// The switches of one project.
#[derive(Debug)]
pub struct Faults {
    state: watch::Sender<FaultState>,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            state: watch::Sender::new(FaultState::default()),
        }
    }
}

impl Faults {
    /// The state now.
    pub fn state(&self) -> FaultState {
        self.state.borrow().clone()
    }

    /// A receiver that is told of every change; reading it is cheap.
    pub fn watch(&self) -> watch::Receiver<FaultState> {
        self.state.subscribe()
    }

    /// Changes the state and tells everyone.
    pub fn change(&self, change: impl FnOnce(&mut FaultState)) {
        self.state.send_modify(change);
    }

    /// Stops a service. The database is stopped by [`crate::Context::stop_database`], in PostgreSQL itself.
    pub fn stop(&self, service: Service, outage: Outage) {
        self.change(|state| {
            state.stopped.retain(|(stopped, _)| *stopped != service);
            state.stopped.push((service, outage));
        });
    }

    /// Starts a service again.
    pub fn start(&self, service: Service) {
        self.change(|state| state.stopped.retain(|(stopped, _)| *stopped != service));
    }

    /// The next request to `service` gets this answer; several queue up.
    pub fn answer_once(&self, service: Service, answer: BadAnswer) {
        self.change(|state| state.bad_answers.push((service, answer)));
    }

    /// Everything works again.
    pub fn clear(&self) {
        self.change(|state| *state = FaultState::default());
    }

    /// Takes the bad answer that is due for `service`.
    pub(crate) fn take_bad_answer(&self, service: Service) -> Option<BadAnswer> {
        let mut taken = None;
        self.state.send_if_modified(|state| {
            let found = state
                .bad_answers
                .iter()
                .position(|(due, _)| *due == service);
            taken = found.map(|index| state.bad_answers.remove(index).1);
            taken.is_some()
        });
        taken
    }
}
