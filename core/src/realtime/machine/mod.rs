//! Decisions of the realtime connection: what to do when, as a pure machine.
//!
//! Owns: the states of the socket and of one channel per scope, every deadline, and which token is good enough.
//! Never: does IO, reads a clock, or draws from a random source of its own. Time comes in with each call, chance from a
//! seed, and what is to be done leaves as [`Effect`]s.
//! Invariants: at most one live join per scope; nothing is sent on a closed socket; [`Machine::next_deadline`] is `None`
//! unless something will be done then; in the background there is neither a socket nor a deadline.
//!
//! How it works: an [`Input`] only records what happened; then [`Machine::step`] compares what is wanted with what is,
//! and does what is missing. So it does not matter in which order things are learned.

mod channel;
mod channels;
mod connection;
mod frames;
#[cfg(test)]
mod model;
pub(crate) mod rules;
mod silence;
mod status;
#[cfg(test)]
mod tests;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};

use super::event::{ConnectionError, ConnectionState, OffReason, RealtimeEvent};
use super::protocol::{Ignored, Incoming, Push, UpgradeReason};
use super::token::AccessToken;
use crate::hint::Hint;
use crate::model::ScopeId;
use crate::redact::Secret;
use crate::time::MonotonicInstant;

use channel::Channel;
use connection::{Phase, Reconnect};
use tokens::TokenState;

/// One connection, numbered from 1. What an older one still reports is ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ConnId(pub u64);

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Input {
    /// The scopes to listen to, all of them.
    Scopes(BTreeSet<ScopeId>),
    /// The app is in the foreground or not. `true` again means: it came back, look whether the socket still lives.
    Foreground(bool),
    /// There is a network or not. `true` again means: another network.
    Network(bool),
    /// A token: the answer to [`Effect::AskToken`] or news of the session.
    Token(AccessToken),
    /// The answer to [`Effect::AskToken`]: none for now.
    TokenFailed,
    /// Nobody is signed in.
    SignedOut,
    /// Heads that sync found by asking, above all it knew, while nothing of its own was under way.
    Found(Vec<Hint>),
    /// Whether the database can broadcast, as it says itself.
    Broadcast(bool),
    /// The socket is open.
    Opened(ConnId),
    /// The socket could not be opened.
    ConnectFailed(ConnId, ConnectFailure),
    /// The socket has ended; the close code, 1006 when there was none.
    Closed(ConnId, u16),
    /// A frame was understood.
    Frame(ConnId, Incoming),
    /// A frame was not.
    Ignored(ConnId, Ignored),
    /// A deadline was reached.
    Tick,
}

/// Why a socket could not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ConnectFailure {
    /// Name, TCP or TLS.
    Unreachable,
    /// The server answered the upgrade with an HTTP status.
    Refused(u16, UpgradeReason),
}

/// Something to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Open a socket; answer with [`Input::Opened`] or [`Input::ConnectFailed`].
    Connect(ConnId),
    /// Send a frame.
    Send(ConnId, Push),
    /// Close the socket, or stop opening it. Nothing more is heard of it.
    Close(ConnId),
    /// Get a token valid for at least [`rules::TOKEN_MIN`], and another one than `rejected`; answer with
    /// [`Input::Token`], [`Input::TokenFailed`] or [`Input::SignedOut`]. One question at a time.
    AskToken {
        /// A token that the server refused.
        rejected: Option<Secret>,
    },
    /// Tell the sync engine.
    Emit(RealtimeEvent),
}

/// What was seen and dropped, for the doctor and for tests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counters {
    /// Frames that were not understood or not of use, by reason.
    pub ignored: BTreeMap<Ignored, u64>,
    /// Frames of a join that is over, or of an older connection.
    pub stale: u64,
    /// Frames about scopes that are not wanted.
    pub unknown_scope: u64,
    /// Hints that came by another transport, or for another binding, than the channel was joined with.
    pub wrong_transport: u64,
    /// Hints handed on.
    pub hints: u64,
    /// Connections tried.
    pub attempts: u64,
    /// Joins sent.
    pub joins: u64,
    /// Heartbeats sent.
    pub heartbeats: u64,
}

/// The machine. See the module.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent conditions of the outside world, not states of one thing"
)]
pub(crate) struct Machine {
    wanted: BTreeSet<ScopeId>,
    foreground: bool,
    network: bool,
    tokens: TokenState,
    /// A reason that trying again does not cure.
    stopped: Option<ConnectionError>,
    phase: Phase,
    reconnect: Reconnect,
    channels: BTreeMap<ScopeId, Channel>,
    /// The database can broadcast, as far as is known.
    broadcast: bool,
    /// A channel is due to join and only a good token is missing.
    starved: bool,
    /// Time of the last step: what was due then and is still undone waits for something else than time.
    now: MonotonicInstant,
    last_ref: u64,
    random: fastrand::Rng,
    told: ConnectionState,
    counters: Counters,
    effects: Vec<Effect>,
}

impl Machine {
    /// In the background, with a network, without scopes or token. `seed` decides every jittered wait.
    #[must_use]
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        Self {
            wanted: BTreeSet::new(),
            foreground: false,
            network: true,
            tokens: TokenState::new(),
            stopped: None,
            phase: Phase::Off,
            reconnect: Reconnect::new(random.u64(..)),
            channels: BTreeMap::new(),
            broadcast: true,
            starved: false,
            now: MonotonicInstant::default(),
            last_ref: 0,
            random,
            told: ConnectionState::Off(OffReason::Background),
            counters: Counters::default(),
            effects: Vec::new(),
        }
    }

    /// Takes in what happened and says what is to be done, in this order.
    pub(crate) fn step(&mut self, now: MonotonicInstant, input: Input) -> Vec<Effect> {
        self.now = now;
        self.take_in(now, input);
        self.run(now);
        self.tell_state();
        std::mem::take(&mut self.effects)
    }

    /// When [`Input::Tick`] is due at the latest; `None`: nothing will happen by itself.
    #[must_use]
    pub(crate) fn next_deadline(&self) -> Option<MonotonicInstant> {
        if !self.wants_socket() {
            return None;
        }
        [
            self.phase_deadline(),
            self.channel_deadline(),
            self.token_deadline(),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// What was seen so far.
    #[must_use]
    pub(crate) fn counters(&self) -> &Counters {
        &self.counters
    }

    /// The state as last told.
    #[cfg(test)]
    pub(crate) fn state(&self) -> ConnectionState {
        self.told
    }

    fn take_in(&mut self, now: MonotonicInstant, input: Input) {
        match input {
            Input::Scopes(wanted) => self.wanted = wanted,
            Input::Foreground(on) => {
                self.foreground = on;
                self.wake(now, on);
            }
            Input::Network(on) => {
                self.network = on;
                self.moved(now, on);
            }
            Input::Token(token) => self.token_came(now, token),
            Input::TokenFailed => self.tokens.failed(now),
            Input::SignedOut => self.tokens.signed_out(),
            Input::Found(heads) => {
                for head in heads {
                    self.found(now, head);
                }
            }
            Input::Broadcast(can) => self.can_broadcast(now, can),
            Input::Opened(conn) => self.opened(now, conn),
            Input::ConnectFailed(conn, failure) => self.connect_failed(now, conn, failure),
            Input::Closed(conn, code) => self.closed(now, conn, code),
            Input::Frame(conn, frame) => self.frame(now, conn, &frame),
            Input::Ignored(_, why) => self.ignore(why),
            Input::Tick => {}
        }
    }

    /// Compares what is wanted with what is, and does what is missing.
    fn run(&mut self, now: MonotonicInstant) {
        self.follow_scopes(now);
        if self.wants_socket() {
            self.run_connection(now);
            self.run_channels(now);
        } else {
            self.turn_off(now);
        }
    }

    /// A reason to hold a socket: somebody looks, there is a network, a user, and a scope that may be joined.
    fn wants_socket(&self) -> bool {
        self.foreground
            && self.network
            && self.stopped.is_none()
            && !self.tokens.is_signed_out()
            && self.channels.values().any(|c| !self.is_blocked(c))
    }

    fn ignore(&mut self, why: Ignored) {
        *self.counters.ignored.entry(why).or_default() += 1;
    }

    fn next_ref(&mut self) -> u64 {
        self.last_ref += 1;
        self.last_ref
    }
}
