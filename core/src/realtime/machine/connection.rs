//! The socket: when to open it, how to know that it is dead, how long to wait after it was lost.

use std::collections::VecDeque;
use std::time::Duration;

use super::channel::State;
use super::{ConnId, ConnectFailure, Effect, Machine, Push, rules};
use crate::model::ScopeId;
use crate::realtime::event::ConnectionError;
use crate::realtime::protocol::UpgradeReason;
use crate::time::{Backoff, MonotonicInstant};

/// Where the socket is.
#[derive(Debug)]
pub(super) enum Phase {
    /// There is none and none is wanted.
    Off,
    /// One is wanted, not before `at`.
    Waiting { at: MonotonicInstant },
    /// One is wanted now, and only a good token is missing.
    NeedsToken,
    /// It is being opened.
    Connecting {
        conn: ConnId,
        deadline: MonotonicInstant,
    },
    /// It is open.
    Open(Open),
}

/// An open socket.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) conn: ConnId,
    since: MonotonicInstant,
    last_beat: MonotonicInstant,
    /// The heartbeat that is not answered: when sent and how long it may take.
    pending: Option<(MonotonicInstant, Duration)>,
    /// Joins that are not answered, oldest first: the server works through them one by one.
    pub(super) joins: VecDeque<(ScopeId, u64)>,
    /// Since when the oldest one is the server's next work.
    head_since: MonotonicInstant,
    /// When a join was last settled.
    settled: MonotonicInstant,
    timeouts: u32,
}

impl Open {
    fn new(conn: ConnId, now: MonotonicInstant) -> Self {
        Self {
            conn,
            since: now,
            last_beat: now,
            pending: None,
            joins: VecDeque::new(),
            head_since: now,
            settled: now,
            timeouts: 0,
        }
    }

    /// A join was sent.
    pub(super) fn joining(&mut self, now: MonotonicInstant, scope: ScopeId, join_ref: u64) {
        if self.joins.is_empty() {
            self.head_since = now;
        }
        self.joins.push_back((scope, join_ref));
    }

    /// A join was answered.
    pub(super) fn answered(&mut self, now: MonotonicInstant, join_ref: u64) {
        let Some(place) = self.joins.iter().position(|(_, r)| *r == join_ref) else {
            return;
        };
        self.joins.remove(place);
        self.timeouts = 0;
        self.settled = now;
        if place == 0 {
            self.head_since = now;
        }
    }

    /// The oldest join, if it has had its time.
    fn timed_out_join(&mut self, now: MonotonicInstant) -> Option<(ScopeId, u64)> {
        if self.joins.is_empty() || now < self.head_since.after(rules::JOIN_DEADLINE) {
            return None;
        }
        self.timeouts += 1;
        self.settled = now;
        self.head_since = now;
        self.joins.pop_front()
    }

    fn beat_deadline(&self) -> Option<MonotonicInstant> {
        let (sent, limit) = self.pending.filter(|_| self.joins.is_empty())?;
        Some(sent.max(self.settled).after(limit))
    }

    fn deadline(&self) -> MonotonicInstant {
        let beat = self.last_beat.after(rules::HEARTBEAT_EVERY);
        let join = (!self.joins.is_empty()).then(|| self.head_since.after(rules::JOIN_DEADLINE));
        [self.beat_deadline(), join]
            .into_iter()
            .flatten()
            .fold(beat, MonotonicInstant::min)
    }
}

/// What is remembered from one connection to the next.
#[derive(Debug)]
pub(super) struct Reconnect {
    backoff: Backoff,
    conns: u64,
    last_attempt: Option<MonotonicInstant>,
    /// Refusals in a row that waiting does not cure.
    refusals: u32,
    /// What ended the last connection or attempt.
    pub(super) cause: Option<ConnectionError>,
}

impl Reconnect {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            backoff: Backoff::new(rules::BACKOFF_BASE, rules::BACKOFF_CAP, seed),
            conns: 0,
            last_attempt: None,
            refusals: 0,
            cause: None,
        }
    }

    /// The soonest moment for an attempt that somebody waits for.
    fn immediate(&self, now: MonotonicInstant) -> MonotonicInstant {
        self.last_attempt
            .map_or(now, |at| at.after(rules::IMMEDIATE_GAP).max(now))
    }
}

/// Nothing of the server answers: trying again costs it nothing, and it may be back any moment.
fn is_away(cause: ConnectionError) -> bool {
    matches!(
        cause,
        ConnectionError::Unreachable
            | ConnectionError::Silent
            | ConnectionError::UpgradeRefused(502..=504 | 520..=530, _)
    )
}

impl Machine {
    /// The app or the network is back: try at once, or look whether the open socket still lives.
    pub(super) fn wake(&mut self, now: MonotonicInstant, on: bool) {
        if !on {
            return;
        }
        self.stopped = None;
        self.tokens.hurry(now);
        match &mut self.phase {
            Phase::Waiting { at } => *at = self.reconnect.immediate(now).min(*at),
            Phase::Open(open) if now.since(open.last_beat) >= rules::IMMEDIATE_GAP => {
                self.beat(now, rules::PROBE_DEADLINE);
            }
            Phase::Open(_) | Phase::Off | Phase::NeedsToken | Phase::Connecting { .. } => {}
        }
    }

    /// A network is there, or another one: what was under way on the old one may hang for long.
    pub(super) fn moved(&mut self, now: MonotonicInstant, on: bool) {
        if on && let Phase::Connecting { conn, .. } = &self.phase {
            self.effects.push(Effect::Close(*conn));
            self.phase = Phase::Waiting {
                at: self.reconnect.immediate(now),
            };
        }
        self.wake(now, on);
        if on && let Phase::Open(open) = &mut self.phase {
            // A heartbeat of a moment ago went by the old network.
            open.pending = open
                .pending
                .map(|(sent, limit)| (sent, limit.min(rules::PROBE_DEADLINE)));
        }
    }

    pub(super) fn open_conn(&self) -> Option<ConnId> {
        match &self.phase {
            Phase::Open(open) => Some(open.conn),
            _ => None,
        }
    }

    pub(super) fn opened(&mut self, now: MonotonicInstant, conn: ConnId) {
        if matches!(self.phase, Phase::Connecting { conn: c, .. } if c == conn) {
            self.phase = Phase::Open(Open::new(conn, now));
            self.reconnect.refusals = 0;
            self.reconnect.cause = None;
        }
    }

    pub(super) fn connect_failed(
        &mut self,
        now: MonotonicInstant,
        conn: ConnId,
        failure: ConnectFailure,
    ) {
        if !matches!(self.phase, Phase::Connecting { conn: c, .. } if c == conn) {
            return;
        }
        let (status, reason) = match failure {
            ConnectFailure::Unreachable => {
                return self.lose(now, ConnectionError::Unreachable, Duration::ZERO);
            }
            ConnectFailure::Refused(status, reason) => (status, reason),
        };
        let cause = match reason {
            UpgradeReason::TenantUnknown => ConnectionError::TenantUnknown,
            UpgradeReason::TenantDisabled => ConnectionError::TenantDisabled,
            _ => ConnectionError::UpgradeRefused(status, reason),
        };
        if matches!(
            cause,
            ConnectionError::TenantUnknown | ConnectionError::TenantDisabled
        ) {
            self.stopped = Some(cause);
            return self.lose(now, cause, Duration::ZERO);
        }
        let passing = status == 429 || status >= 500 || reason == UpgradeReason::Busy;
        let floor = if passing {
            Duration::ZERO
        } else {
            self.refusal_floor()
        };
        self.lose(now, cause, floor);
    }

    /// The first refusal may come from a key or a server that was just changed and is tried again soon; more of them are
    /// tried again slowly (c013).
    fn refusal_floor(&mut self) -> Duration {
        self.reconnect.refusals = self.reconnect.refusals.saturating_add(1);
        if self.reconnect.refusals < 2 {
            return Duration::ZERO;
        }
        rules::SLOW_RETRY.mul_f64(1.0 + self.random.f64())
    }

    pub(super) fn closed(&mut self, now: MonotonicInstant, conn: ConnId, code: u16) {
        match &self.phase {
            Phase::Connecting { conn: c, .. } | Phase::Open(Open { conn: c, .. }) if *c == conn => {
                self.lose(now, ConnectionError::Closed(code), Duration::ZERO);
            }
            _ => self.counters.stale += 1,
        }
    }

    /// The connection is gone, by whatever way; the next one comes after a jittered wait.
    fn lose(&mut self, now: MonotonicInstant, cause: ConnectionError, floor: Duration) {
        if let Phase::Open(open) = &self.phase
            && now.since(open.since) >= rules::SETTLED
        {
            self.reconnect.backoff.reset();
        }
        self.reconnect.cause = Some(cause);
        let backoff = &mut self.reconnect.backoff;
        let wait = if is_away(cause) {
            backoff.next_while_away(Some(floor))
        } else {
            backoff.next_wait(Some(floor))
        };
        self.phase = Phase::Waiting {
            at: now.after(wait),
        };
        self.forget_joins(now);
    }

    /// We give the socket up ourselves.
    fn drop_socket(&mut self, now: MonotonicInstant, cause: ConnectionError) {
        if let Phase::Connecting { conn, .. } | Phase::Open(Open { conn, .. }) = &self.phase {
            self.effects.push(Effect::Close(*conn));
        }
        self.lose(now, cause, Duration::ZERO);
    }

    /// No socket is wanted: none is kept, and no deadline either.
    pub(super) fn turn_off(&mut self, now: MonotonicInstant) {
        if let Phase::Connecting { conn, .. } | Phase::Open(Open { conn, .. }) = &self.phase {
            self.effects.push(Effect::Close(*conn));
        }
        if let Phase::Open(open) = &self.phase
            && now.since(open.since) >= rules::SETTLED
        {
            self.reconnect.backoff.reset();
        }
        self.phase = Phase::Off;
        self.reconnect.cause = None;
        self.forget_joins(now);
    }

    /// What was joined on a lost socket is to be joined again. Nothing is replayed, so joining again makes the sync
    /// engine pull.
    fn forget_joins(&mut self, now: MonotonicInstant) {
        for channel in self.channels.values_mut() {
            if matches!(channel.state, State::Joining(_) | State::Joined { .. }) {
                channel.wait(now, None);
            }
        }
    }

    pub(super) fn run_connection(&mut self, now: MonotonicInstant) {
        if matches!(self.phase, Phase::Off) {
            self.phase = Phase::Waiting {
                at: self.reconnect.immediate(now),
            };
        }
        match &self.phase {
            Phase::Waiting { at } if *at <= now => self.connect(now),
            Phase::NeedsToken => self.connect(now),
            Phase::Connecting { deadline, .. } if *deadline <= now => {
                self.drop_socket(now, ConnectionError::Silent);
            }
            Phase::Open(_) => self.run_open(now),
            Phase::Off | Phase::Waiting { .. } | Phase::Connecting { .. } => {}
        }
    }

    fn connect(&mut self, now: MonotonicInstant) {
        if self.tokens.good(now).is_none() {
            self.phase = Phase::NeedsToken;
            return self.ask_token(now);
        }
        self.reconnect.conns += 1;
        self.reconnect.last_attempt = Some(now);
        self.counters.attempts += 1;
        let conn = ConnId(self.reconnect.conns);
        self.phase = Phase::Connecting {
            conn,
            deadline: now.after(rules::CONNECT_DEADLINE),
        };
        self.effects.push(Effect::Connect(conn));
    }

    fn run_open(&mut self, now: MonotonicInstant) {
        while let Phase::Open(open) = &mut self.phase
            && let Some((scope, join_ref)) = open.timed_out_join(now)
        {
            if open.timeouts >= rules::JOIN_TIMEOUTS {
                return self.drop_socket(now, ConnectionError::Silent);
            }
            self.join_timed_out(now, scope, join_ref);
        }
        let Phase::Open(open) = &self.phase else {
            return;
        };
        if open.beat_deadline().is_some_and(|at| at <= now) {
            return self.drop_socket(now, ConnectionError::Silent);
        }
        if open.last_beat.after(rules::HEARTBEAT_EVERY) <= now {
            self.beat(now, rules::HEARTBEAT_DEADLINE);
            let good = self.tokens.good(now);
            if !good.is_some_and(|token| token.lasts(now, rules::TOKEN_AHEAD)) {
                self.ask_token(now);
            }
        }
    }

    fn beat(&mut self, now: MonotonicInstant, limit: Duration) {
        let reference = self.next_ref();
        if let Phase::Open(open) = &mut self.phase {
            open.last_beat = now;
            open.pending = Some((now, limit));
            self.counters.heartbeats += 1;
            let push = Push::Heartbeat { reference };
            self.effects.push(Effect::Send(open.conn, push));
        }
    }

    /// Any answer to a heartbeat proves that both directions live.
    pub(super) fn beat_answered(&mut self) {
        if let Phase::Open(open) = &mut self.phase {
            open.pending = None;
        }
    }

    pub(super) fn needs_token(&self) -> bool {
        matches!(self.phase, Phase::NeedsToken)
    }

    pub(super) fn phase_deadline(&self) -> Option<MonotonicInstant> {
        match &self.phase {
            Phase::Off | Phase::NeedsToken => None,
            Phase::Waiting { at } => Some(*at),
            Phase::Connecting { deadline, .. } => Some(*deadline),
            Phase::Open(open) => Some(open.deadline()),
        }
    }
}
