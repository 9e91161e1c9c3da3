//! What is known of one scope's channel.

use crate::realtime::event::ConnectionError;
use crate::realtime::machine::rules;
use crate::realtime::machine::silence::Carried;
use crate::realtime::protocol::Transport;
use crate::time::{Backoff, MonotonicInstant};

/// Where a channel is. Only [`State::Joining`] and [`State::Joined`] exist on the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum State {
    /// Joins at `at`, when the socket is open and the token good.
    Waiting {
        /// Not before.
        at: MonotonicInstant,
        /// Why it has to wait.
        cause: Option<ConnectionError>,
    },
    /// A join is under way.
    Joining(Join),
    /// The server confirmed the join.
    Joined {
        /// Which join.
        join: Join,
        /// Id of the `sync_head` binding.
        binding: Option<u64>,
        /// Whether hints flow.
        flow: Flow,
    },
    /// Refused for good; only another token helps.
    Blocked {
        /// Why.
        cause: ConnectionError,
        /// Serial number of the token that was refused.
        serial: u64,
    },
}

/// One join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_field_names,
    reason = "`join_ref` is the protocol's word"
)]
pub(super) struct Join {
    /// Its number on the wire.
    pub(super) join_ref: u64,
    /// Its transport.
    pub(super) transport: Transport,
    /// Serial number of the token the server knows for it.
    pub(super) serial: u64,
    /// Number of the last `access_token` sent for it, to know a reply that says the channel is gone.
    pub(super) token_ref: Option<u64>,
}

/// Whether hints flow on a joined channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    /// Yes, since then.
    Live(MonotonicInstant),
    /// The subscription is not confirmed; counts as degraded from then on.
    Pending(MonotonicInstant),
    /// It was not confirmed in time.
    Late,
    /// It was refused; the channel is joined again then.
    Refused(MonotonicInstant),
}

/// One wanted scope.
#[derive(Debug, Clone)]
pub(super) struct Channel {
    pub(super) state: State,
    pub(super) backoff: Backoff,
    /// When the private transport was found unsupported.
    pub(super) private_refused: Option<MonotonicInstant>,
    /// Private joins in a row that ended for an unknown reason.
    pub(super) strikes: u32,
    /// Serial number of the last token the server called expired, until the channel has settled again.
    pub(super) expired: Option<u64>,
    /// What came through it.
    pub(super) carried: Carried,
}

impl Channel {
    pub(super) fn new(now: MonotonicInstant, seed: u64) -> Self {
        Self {
            state: State::Waiting {
                at: now,
                cause: None,
            },
            backoff: Backoff::new(rules::BACKOFF_BASE, rules::BACKOFF_CAP, seed),
            private_refused: None,
            strikes: 0,
            expired: None,
            carried: Carried::default(),
        }
    }

    pub(super) fn join(&self) -> Option<&Join> {
        match &self.state {
            State::Joining(join) | State::Joined { join, .. } => Some(join),
            State::Waiting { .. } | State::Blocked { .. } => None,
        }
    }

    pub(super) fn is_live(&self) -> bool {
        let joined = matches!(
            self.state,
            State::Joined {
                flow: Flow::Live(_),
                ..
            }
        );
        joined && !self.carried.is_silent()
    }

    /// It was live long enough: what went wrong before is over.
    pub(super) fn has_settled(&self, now: MonotonicInstant) -> bool {
        matches!(self.state, State::Joined { flow: Flow::Live(since), .. } if now.since(since) >= rules::SETTLED)
    }

    /// Transport of the next join; `broadcast`: the database can send by the private one.
    pub(super) fn transport(&mut self, now: MonotonicInstant, broadcast: bool) -> Transport {
        match self.private_refused {
            _ if !broadcast => Transport::Changes,
            Some(at) if now.since(at) < rules::TRANSPORT_MEMORY => Transport::Changes,
            Some(_) => {
                self.private_refused = None;
                self.strikes = 0;
                Transport::Private
            }
            None => Transport::Private,
        }
    }

    /// The channel has ended; it joins again at once.
    pub(super) fn wait(&mut self, at: MonotonicInstant, cause: Option<ConnectionError>) {
        self.state = State::Waiting { at, cause };
        self.carried.left();
    }

    /// The channel has ended; it joins again after a jittered wait of at least `floor`. A channel that was live long
    /// enough starts with the smallest wait.
    pub(super) fn back_off(
        &mut self,
        now: MonotonicInstant,
        floor: std::time::Duration,
        cause: ConnectionError,
    ) {
        if self.has_settled(now) {
            self.backoff.reset();
        }
        let wait = self.backoff.next_wait(Some(floor));
        self.wait(now.after(wait), Some(cause));
    }

    /// What keeps hints from flowing, if that is known.
    pub(super) fn cause(&self) -> Option<ConnectionError> {
        match &self.state {
            State::Waiting { cause, .. } => *cause,
            State::Blocked { cause, .. } => Some(*cause),
            State::Joined {
                flow: Flow::Late | Flow::Refused(_),
                ..
            } => Some(ConnectionError::NotSubscribed),
            _ if self.carried.is_silent() => Some(ConnectionError::NoHints),
            State::Joining(_) | State::Joined { .. } => None,
        }
    }
}
