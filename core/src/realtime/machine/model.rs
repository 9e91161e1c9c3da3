//! A world of random events around the machine: a server that answers, refuses, stays silent or dies, a phone that
//! comes and goes, tokens that end. Whatever happens, the invariants hold; once the world is healthy, every scope is live.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::realtime::protocol::{ChannelTopic, Event, Ref, Refusal, Signal, Transport};

/// One event of the world.
#[derive(Debug, Clone)]
enum Act {
    Scopes(u8),
    Foreground(bool),
    Network(bool),
    Token(u16),
    TokenFailed,
    SignedOut,
    Open,
    Fail(u8),
    Close(u16),
    /// Answers the join at this place of the queue in this way; the next acts may do it again.
    Reply(u8, u8),
    /// Closes or crashes the channel of this join, current or not.
    End(u8, bool),
    System(u8, u8),
    Hint(u8),
    /// Sync found a change by asking.
    Found(u8, u8),
    Broadcast(bool),
    Beat,
    Pass(u16),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        1 => any::<u8>().prop_map(Act::Scopes),
        1 => any::<bool>().prop_map(Act::Foreground),
        1 => any::<bool>().prop_map(Act::Network),
        1 => (0_u16..4000).prop_map(Act::Token),
        1 => Just(Act::TokenFailed),
        1 => Just(Act::SignedOut),
        4 => Just(Act::Open),
        1 => any::<u8>().prop_map(Act::Fail),
        1 => prop::sample::select(vec![1000, 1001, 1006, 1009, 1012]).prop_map(Act::Close),
        6 => (any::<u8>(), 0_u8..12).prop_map(|(at, how)| Act::Reply(at, how)),
        1 => (any::<u8>(), any::<bool>()).prop_map(|(at, crash)| Act::End(at, crash)),
        2 => (any::<u8>(), any::<u8>()).prop_map(|(at, what)| Act::System(at, what)),
        1 => any::<u8>().prop_map(Act::Hint),
        2 => (any::<u8>(), any::<u8>()).prop_map(|(n, rev)| Act::Found(n, rev)),
        1 => any::<bool>().prop_map(Act::Broadcast),
        2 => Just(Act::Beat),
        6 => (0_u16..40_000).prop_map(Act::Pass),
    ]
}

/// The world's own view, kept from the effects alone.
struct Simulation {
    machine: Machine,
    now: MonotonicInstant,
    opening: Option<ConnId>,
    open: Option<ConnId>,
    asked: bool,
    tokens: u64,
    /// Joins sent on the open socket: number, scope, transport.
    joins: Vec<(u64, ScopeId, Transport)>,
    /// What the server would hold as joined or under way, by scope.
    held: BTreeMap<ScopeId, u64>,
    attempts: Vec<MonotonicInstant>,
    healthy: bool,
}

impl Simulation {
    fn new(seed: u64) -> Self {
        Self {
            machine: Machine::new(seed),
            now: MonotonicInstant(Duration::from_secs(10_000)),
            opening: None,
            open: None,
            asked: false,
            tokens: 0,
            joins: Vec::new(),
            held: BTreeMap::new(),
            attempts: Vec::new(),
            healthy: false,
        }
    }

    fn input(&mut self, input: Input) {
        let effects = self.machine.step(self.now, input);
        for effect in effects {
            self.effect(effect);
        }
        self.check();
    }

    fn effect(&mut self, effect: Effect) {
        match effect {
            Effect::Connect(conn) => {
                assert!(self.open.is_none() && self.opening.is_none(), "two sockets");
                self.opening = Some(conn);
                self.attempts.push(self.now);
            }
            Effect::Close(conn) => {
                assert!(
                    self.open == Some(conn) || self.opening == Some(conn),
                    "closed what is not open"
                );
                self.lost();
            }
            Effect::Send(conn, push) => {
                assert_eq!(self.open, Some(conn), "sent on a closed socket: {push:?}");
                self.sent(push);
            }
            Effect::AskToken { .. } => {
                assert!(!self.asked, "two questions at a time");
                self.asked = true;
            }
            Effect::Emit(RealtimeEvent::Hint(hint)) => {
                assert!(self.machine.wanted.contains(&hint.scope));
            }
            Effect::Emit(_) => {}
        }
    }

    fn sent(&mut self, push: Push) {
        match push {
            Push::Join {
                reference,
                scope,
                transport,
                token,
            } => {
                assert!(token.is_some(), "joined without a token");
                let good = self.machine.tokens.good(self.now);
                assert!(
                    good.is_some_and(|token| token.lasts(self.now, rules::TOKEN_MIN)),
                    "joined with a stale token"
                );
                assert!(
                    self.held.insert(scope, reference).is_none(),
                    "two live joins of one scope"
                );
                self.joins.push((reference, scope, transport));
            }
            Push::Leave {
                join_ref, scope, ..
            } => {
                if self.held.get(&scope) == Some(&join_ref) {
                    self.held.remove(&scope);
                }
            }
            Push::Heartbeat { .. } | Push::Token { .. } => {}
        }
    }

    fn lost(&mut self) {
        self.open = None;
        self.opening = None;
        self.joins.clear();
        self.held.clear();
    }

    /// What must hold after every step.
    fn check(&self) {
        let off = !self.machine.foreground || !self.machine.network;
        if off {
            assert_eq!(
                self.machine.next_deadline(),
                None,
                "a timer in the background"
            );
            assert!(self.open.is_none() && self.opening.is_none());
        }
        if let Some(at) = self.machine.next_deadline() {
            let longest = rules::BINDING_RETRY + rules::BACKOFF_CAP;
            assert!(
                at.since(self.now) <= longest,
                "a deadline too far away: {:?}",
                at.since(self.now)
            );
            assert!(at > self.now, "a deadline that is over: busy loop");
        }
    }

    /// Time passes as for the driver: one wake-up per deadline.
    fn pass(&mut self, by: Duration) {
        let end = self.now.after(by);
        let mut wakes = 0_u32;
        while let Some(at) = self.machine.next_deadline().filter(|at| *at <= end) {
            self.now = at;
            wakes += 1;
            assert!(wakes < 500, "storm of timers: {:?}", self.machine);
            self.input(Input::Tick);
            if self.healthy {
                self.serve();
            }
        }
        self.now = end;
    }

    fn frame(&mut self, join_ref: Ref, reference: Ref, topic: ChannelTopic, event: Event) {
        let Some(conn) = self.open else { return };
        let frame = Incoming {
            join_ref,
            reference,
            topic,
            event,
        };
        self.input(Input::Frame(conn, frame));
    }

    fn pick(&self, at: u8) -> Option<(u64, ScopeId, Transport)> {
        let count = self.joins.len().max(1);
        self.joins.get(usize::from(at) % count).copied()
    }

    fn act(&mut self, act: &Act) {
        match act {
            Act::Scopes(bits) => {
                let wanted = (0..8).filter(|n| bits & (1 << n) != 0);
                let wanted = wanted.map(|n| ScopeId(uuid::Uuid::from_u128(n))).collect();
                self.input(Input::Scopes(wanted));
                for scope in self.held.keys() {
                    assert!(self.machine.wanted.contains(scope), "joined and not wanted");
                }
            }
            Act::Foreground(on) => self.input(Input::Foreground(*on)),
            Act::Network(on) => self.input(Input::Network(*on)),
            Act::Token(valid) => self.token(u64::from(*valid)),
            Act::TokenFailed if self.asked => {
                self.asked = false;
                self.input(Input::TokenFailed);
            }
            Act::SignedOut => {
                self.asked = false;
                self.input(Input::SignedOut);
            }
            Act::Open => self.opened(),
            Act::Fail(how) => self.fail(*how),
            Act::Close(code) => {
                if let Some(conn) = self.open {
                    self.lost();
                    self.input(Input::Closed(conn, *code));
                }
            }
            Act::Beat => {
                let ok = Event::ReplyOk {
                    bindings: Vec::new(),
                };
                self.frame(Ref::Null, Ref::Null, ChannelTopic::Socket, ok);
            }
            Act::Found(n, rev) => self.found(*n, *rev),
            Act::Broadcast(can) => self.input(Input::Broadcast(*can)),
            Act::Pass(millis) => self.pass(Duration::from_millis(u64::from(*millis))),
            other => self.act_on_channel(other),
        }
    }

    /// A pull finds news of a scope, known or not.
    fn found(&mut self, scope: u8, rev: u8) {
        self.input(Input::Found(vec![Hint {
            scope: ScopeId(uuid::Uuid::from_u128(u128::from(scope % 9))),
            rev: crate::model::Rev(i64::from(rev) + 1),
            epoch: uuid::Uuid::nil(),
        }]));
    }

    fn act_on_channel(&mut self, act: &Act) {
        match act {
            Act::Reply(at, how) => {
                if let Some((reference, scope, transport)) = self.pick(*at) {
                    self.reply(reference, scope, transport, *how);
                }
            }
            Act::End(at, crash) => {
                if let Some((reference, scope, _)) = self.pick(*at) {
                    self.ended(scope, reference);
                    let event = if *crash { Event::Crash } else { Event::Close };
                    self.frame(
                        Ref::Number(reference),
                        Ref::Null,
                        ChannelTopic::Scope(scope),
                        event,
                    );
                }
            }
            Act::System(at, what) => {
                if let Some((reference, scope, _)) = self.pick(*at) {
                    self.system(reference, scope, *what);
                }
            }
            Act::Hint(n) => {
                let scope = ScopeId(uuid::Uuid::from_u128(u128::from(*n % 9)));
                let event = Event::Broadcast(Signal::Gap);
                self.frame(Ref::Null, Ref::Null, ChannelTopic::Scope(scope), event);
            }
            _ => {}
        }
    }

    fn token(&mut self, valid: u64) {
        self.tokens += 1;
        self.asked = false;
        let token = AccessToken {
            secret: Secret::new(format!("token {}", self.tokens)),
            expires: self.now.after(Duration::from_secs(valid)),
            // Each third is a short-lived one, the others are what is left of a day.
            lifetime: Duration::from_secs(if valid.is_multiple_of(3) {
                valid
            } else {
                86_400
            }),
        };
        // A pushed token that does not last leaves the question open only if it was none.
        self.input(Input::Token(token));
        self.asked = self.machine.tokens.is_asked();
    }

    fn opened(&mut self) {
        if let Some(conn) = self.opening.take() {
            self.open = Some(conn);
            self.input(Input::Opened(conn));
        }
    }

    fn fail(&mut self, how: u8) {
        let failure = match how % 6 {
            0 => ConnectFailure::Unreachable,
            1 => ConnectFailure::Refused(401, UpgradeReason::Key),
            2 => ConnectFailure::Refused(403, UpgradeReason::Unknown),
            3 => ConnectFailure::Refused(404, UpgradeReason::TenantUnknown),
            4 => ConnectFailure::Refused(429, UpgradeReason::Busy),
            _ => ConnectFailure::Refused(503, UpgradeReason::Unknown),
        };
        if let Some(conn) = self.opening.take() {
            self.input(Input::ConnectFailed(conn, failure));
        }
    }

    fn ended(&mut self, scope: ScopeId, reference: u64) {
        if self.held.get(&scope) == Some(&reference) {
            self.held.remove(&scope);
        }
    }

    fn reply(&mut self, reference: u64, scope: ScopeId, transport: Transport, how: u8) {
        const WHY: [Refusal; 10] = [
            Refusal::TokenExpired,
            Refusal::TokenRejected,
            Refusal::Unauthorized,
            Refusal::PrivateOnly,
            Refusal::TooManyChannels,
            Refusal::TooManyJoins,
            Refusal::TenantDisabled,
            Refusal::Unmatched,
            Refusal::Transient,
            Refusal::Unknown,
        ];
        let event = match WHY.get(usize::from(how)) {
            Some(why) => Event::ReplyError(*why),
            None => Event::ReplyOk {
                bindings: if transport == Transport::Changes {
                    vec![1]
                } else {
                    Vec::new()
                },
            },
        };
        // An error in answer to a join that is already joined is a doubled reply: the channel lives on.
        if matches!(event, Event::ReplyError(_)) && self.is_joining(scope, reference) {
            self.ended(scope, reference);
        }
        let number = Ref::Number(reference);
        self.frame(number, number, ChannelTopic::Scope(scope), event);
    }

    fn is_joining(&self, scope: ScopeId, reference: u64) -> bool {
        let channel = self.machine.channels.get(&scope);
        matches!(channel.map(|c| &c.state), Some(channel::State::Joining(join)) if join.join_ref == reference)
    }

    fn system(&mut self, reference: u64, scope: ScopeId, what: u8) {
        use crate::realtime::protocol::{System, SystemMessage};
        let (changes, ok, message) = match what % 8 {
            0 | 1 => (true, true, SystemMessage::Subscribed),
            2 => (true, false, SystemMessage::Other),
            3 => (false, true, SystemMessage::ReplicationReady),
            4 => (false, false, SystemMessage::ReplicationLate),
            5 => (false, false, SystemMessage::TokenExpired),
            6 => (false, false, SystemMessage::ReadDenied),
            _ => (false, false, SystemMessage::RateLimited),
        };
        if !changes && !ok && !self.is_joining(scope, reference) {
            self.ended(scope, reference);
        }
        let system = Event::System(System {
            changes,
            ok,
            message,
        });
        self.frame(
            Ref::Number(reference),
            Ref::Null,
            ChannelTopic::Scope(scope),
            system,
        );
    }

    /// A healthy server and session: they answer everything at once.
    fn serve(&mut self) {
        for _ in 0..50 {
            if self.asked {
                self.token(36_000);
            } else if self.opening.is_some() {
                self.opened();
            } else if let Some((reference, scope, transport)) = self.unanswered() {
                self.reply(reference, scope, transport, 99);
                self.system(reference, scope, 0);
                self.hints(scope, transport);
            } else {
                for (reference, scope, transport) in self.joins.clone() {
                    if self.held.get(&scope) == Some(&reference) {
                        // Each token that is pushed subscribes again.
                        self.system(reference, scope, 0);
                        self.hints(scope, transport);
                    }
                }
                self.act(&Act::Beat);
                return;
            }
        }
    }

    /// Something comes through, by the transport that was joined.
    fn hints(&mut self, scope: ScopeId, transport: Transport) {
        let event = match transport {
            Transport::Private => Event::Broadcast(Signal::Gap),
            Transport::Changes => Event::Change {
                ids: vec![1],
                signal: Signal::Gap,
            },
        };
        self.frame(Ref::Null, Ref::Null, ChannelTopic::Scope(scope), event);
    }

    fn unanswered(&self) -> Option<(u64, ScopeId, Transport)> {
        let mut joins = self.joins.iter();
        joins
            .find(|(reference, scope, _)| self.is_joining(*scope, *reference))
            .copied()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_the_invariants_hold_and_a_healthy_world_makes_every_scope_live(
        seed in any::<u64>(),
        acts in prop::collection::vec(act(), 1..120),
    ) {
        let mut simulation = Simulation::new(seed);
        simulation.act(&Act::Scopes(7));
        simulation.token(3600);
        simulation.act(&Act::Foreground(true));
        for act in &acts {
            simulation.act(act);
        }
        simulation.healthy = true;
        simulation.act(&Act::Scopes(0b1010_0110));
        simulation.act(&Act::Network(true));
        simulation.token(36_000);
        simulation.act(&Act::Foreground(true));
        simulation.serve();
        simulation.pass(rules::BINDING_RETRY * 2);
        prop_assert!(simulation.machine.state().is_live());
        prop_assert_eq!(simulation.held.keys().copied().collect::<BTreeSet<_>>(), simulation.machine.wanted.clone());
    }

    #[test]
    fn attempts_against_a_dead_server_stay_within_the_backoff_law(seed in any::<u64>(), how in any::<u8>()) {
        let mut simulation = Simulation::new(seed);
        simulation.act(&Act::Scopes(7));
        simulation.token(36_000);
        simulation.act(&Act::Foreground(true));
        let start = simulation.now;
        while simulation.now.since(start) < Duration::from_mins(10) {
            simulation.fail(how);
            let Some(at) = simulation.machine.next_deadline() else { break };
            simulation.now = at;
            simulation.input(Input::Tick);
        }
        // While nothing answers at all: waits uniform in 0..3 s for the first 200 tries, some five minutes, then in 0..30 s.
        // Of a server that answers: ten minutes of the latter, 40 on average, and 5 on the way to the cap.
        let most = if matches!(how % 6, 0 | 5) { 300 } else { 90 };
        prop_assert!(simulation.attempts.len() < most, "{} attempts", simulation.attempts.len());
    }
}
