//! What is known of one scope's channel.

use crate::realtime::event::Trouble;
use crate::realtime::machine::rules;
use crate::realtime::machine::silence::Carried;
use crate::realtime::protocol::Lane;
use crate::time::{Backoff, Mono};

/// Where a channel is. Only [`State::Joining`] and [`State::Joined`] exist on the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum State {
    /// Joins at `at`, when the socket is open and the token good.
    Waiting {
        /// Not before.
        at: Mono,
        /// Why it has to wait.
        trouble: Option<Trouble>,
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
        trouble: Trouble,
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
    /// Its lane.
    pub(super) lane: Lane,
    /// Serial number of the token the server knows for it.
    pub(super) serial: u64,
    /// Number of the last `access_token` sent for it, to know a reply that says the channel is gone.
    pub(super) token_ref: Option<u64>,
}

/// Whether hints flow on a joined channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    /// Yes, since then.
    Live(Mono),
    /// The subscription is not confirmed; counts as degraded from then on.
    Pending(Mono),
    /// It was not confirmed in time.
    Late,
    /// It was refused; the channel is joined again then.
    Refused(Mono),
}

/// One wanted scope.
#[derive(Debug, Clone)]
pub(super) struct Channel {
    pub(super) state: State,
    pub(super) backoff: Backoff,
    /// When the private lane was found unsupported.
    pub(super) private_refused: Option<Mono>,
    /// Private joins in a row that ended for an unknown reason.
    pub(super) strikes: u32,
    /// Serial number of the last token the server called expired, until the channel has settled again.
    pub(super) expired: Option<u64>,
    /// What came through it.
    pub(super) carried: Carried,
}

impl Channel {
    pub(super) fn new(now: Mono, seed: u64) -> Self {
        Self {
            state: State::Waiting {
                at: now,
                trouble: None,
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
    pub(super) fn has_settled(&self, now: Mono) -> bool {
        matches!(self.state, State::Joined { flow: Flow::Live(since), .. } if now.since(since) >= rules::SETTLED)
    }

    /// Lane of the next join; `broadcast`: the database can send by the private one.
    pub(super) fn lane(&mut self, now: Mono, broadcast: bool) -> Lane {
        match self.private_refused {
            _ if !broadcast => Lane::Changes,
            Some(at) if now.since(at) < rules::LANE_MEMORY => Lane::Changes,
            Some(_) => {
                self.private_refused = None;
                self.strikes = 0;
                Lane::Private
            }
            None => Lane::Private,
        }
    }

    /// The channel has ended; it joins again at once.
    pub(super) fn wait(&mut self, at: Mono, trouble: Option<Trouble>) {
        self.state = State::Waiting { at, trouble };
        self.carried.left();
    }

    /// The channel has ended; it joins again after a jittered wait of at least `floor`. A channel that was live long
    /// enough starts with the smallest wait.
    pub(super) fn back_off(&mut self, now: Mono, floor: std::time::Duration, trouble: Trouble) {
        if self.has_settled(now) {
            self.backoff.reset();
        }
        let wait = self.backoff.next_wait(Some(floor));
        self.wait(now.after(wait), Some(trouble));
    }

    /// What keeps hints from flowing, if that is known.
    pub(super) fn trouble(&self) -> Option<Trouble> {
        match &self.state {
            State::Waiting { trouble, .. } => *trouble,
            State::Blocked { trouble, .. } => Some(*trouble),
            State::Joined {
                flow: Flow::Late | Flow::Refused(_),
                ..
            } => Some(Trouble::NotSubscribed),
            _ if self.carried.is_silent() => Some(Trouble::NoHints),
            State::Joining(_) | State::Joined { .. } => None,
        }
    }
}
