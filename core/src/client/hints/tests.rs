//! Sync's schedule and the realtime machine, joined as the client joins them, with a server between them in virtual time:
//! one that joins and stays silent, and one that is only slow.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::hint::Hint;
use crate::model::{Rev, ScopeId};
use crate::realtime::event::RealtimeEvent;
use crate::realtime::machine::{ConnId, Effect, Input, Machine, rules};
use crate::realtime::protocol::{Push, Transport, Wire, decode};
use crate::realtime::{AccessToken, ConnectionError, ConnectionState};
use crate::redact::Secret;
use crate::sync::schedule::{Ended, HEAD_CHECK_ALONE, Job, Next, Schedule};
use crate::time::{MonotonicInstant, Timestamp};
use std::time::Duration;

const EPOCH: Uuid = Uuid::from_u128(9);
const SCOPE: ScopeId = ScopeId(Uuid::from_u128(1));
const STEP: Duration = Duration::from_millis(50);
/// From a call to its answer, or from a frame to the other side.
const CALL: Duration = Duration::from_millis(100);

/// A phone, and its server.
struct Simulation {
    schedule: Schedule,
    machine: Machine,
    now: MonotonicInstant,
    random: fastrand::Rng,
    /// Where the scope stands on the server, and since when.
    head: (i64, MonotonicInstant),
    /// Lanes that carry hints.
    carries: Vec<Transport>,
    /// Longest way of a hint.
    delay: Duration,
    joined: Option<(u64, Transport)>,
    on_the_way: Vec<(MonotonicInstant, Frame)>,
    running: Option<(Job, MonotonicInstant, i64)>,
    read: i64,
    states: Vec<ConnectionState>,
    /// How long the newest change took to be read.
    took: Vec<Duration>,
}

enum Frame {
    Opened(ConnId),
    Text(ConnId, Value),
    Hint(Transport, i64),
}

impl Simulation {
    fn new(seed: u64, carries: &[Transport], delay: Duration) -> Self {
        let mut schedule = Schedule::new(seed);
        schedule.learn(SCOPE, Rev(1), Some(EPOCH));
        let mut simulation = Self {
            schedule,
            machine: Machine::new(seed),
            now: MonotonicInstant(Duration::from_secs(1_000)),
            random: fastrand::Rng::with_seed(seed),
            head: (1, MonotonicInstant::default()),
            carries: carries.to_vec(),
            delay,
            joined: None,
            on_the_way: Vec::new(),
            running: None,
            read: 1,
            states: Vec::new(),
            took: Vec::new(),
        };
        simulation.schedule.set_session(true);
        simulation.input(Input::Scopes([SCOPE].into()));
        simulation.token();
        simulation.foreground(true);
        simulation
    }

    fn token(&mut self) {
        self.input(Input::Token(AccessToken {
            secret: Secret::new("token"),
            expires: self.now.after(Duration::from_hours(24)),
            lifetime: Duration::from_hours(24),
        }));
    }

    fn foreground(&mut self, on: bool) {
        self.schedule.set_foreground(on);
        self.input(Input::Foreground(on));
    }

    fn input(&mut self, input: Input) {
        for effect in self.machine.step(self.now, input) {
            match effect {
                Effect::Connect(conn) => self.later(Frame::Opened(conn)),
                Effect::Close(_) => self.joined = None,
                Effect::Send(conn, push) => self.pushed(conn, &push),
                Effect::AskToken { .. } => panic!("the token is good"),
                Effect::Emit(RealtimeEvent::Hint(hint)) => self.schedule.hint(hint, self.now),
                Effect::Emit(RealtimeEvent::Joined(_) | RealtimeEvent::Gapped(_)) => {
                    self.schedule.joined();
                }
                Effect::Emit(RealtimeEvent::State(state)) => {
                    self.schedule.set_hints(state.is_live(), self.now);
                    self.states.push(state);
                }
            }
        }
    }

    fn later(&mut self, frame: Frame) {
        self.on_the_way.push((self.now.after(CALL), frame));
    }

    /// The server says yes to everything, whatever it will carry.
    fn pushed(&mut self, conn: ConnId, push: &Push) {
        let topic = format!("realtime:scope:{SCOPE}");
        match push {
            Push::Join {
                reference,
                transport,
                ..
            } => {
                self.joined = Some((*reference, *transport));
                let (number, bindings) = match transport {
                    Transport::Private => (reference.to_string(), json!([])),
                    Transport::Changes => (reference.to_string(), json!([{ "id": 7 }])),
                };
                let ok = json!({ "status": "ok", "response": { "postgres_changes": bindings } });
                let reply = json!([number, number, topic, "phx_reply", ok]);
                self.later(Frame::Text(conn, reply));
                let subscribed = json!({ "status": "ok", "extension": "postgres_changes",
                    "message": "Subscribed to PostgreSQL" });
                let system = json!([number, null, topic, "system", subscribed]);
                self.later(Frame::Text(conn, system));
            }
            Push::Leave { .. } => self.joined = None,
            Push::Heartbeat { reference } => {
                let ok = json!({ "status": "ok", "response": {} });
                let number = reference.to_string();
                let reply = json!([null, number, "phoenix", "phx_reply", ok]);
                self.later(Frame::Text(conn, reply));
            }
            Push::Token { .. } => {}
        }
    }

    /// Somebody changes something; of each commit every transport that carries anything tells once.
    fn change(&mut self) {
        self.head = (self.head.0 + 1, self.now);
        for transport in self.carries.clone() {
            let due = self.now.after(self.delay.mul_f64(self.random.f64()));
            self.on_the_way
                .push((due, Frame::Hint(transport, self.head.0)));
        }
    }

    fn arrive(&mut self, conn: ConnId, frame: Frame) {
        let text = match frame {
            Frame::Opened(conn) => return self.input(Input::Opened(conn)),
            Frame::Text(conn, text) => (conn, text),
            Frame::Hint(transport, rev) => match self.joined {
                Some((_, joined)) if joined == transport => (conn, hint(transport, rev)),
                _ => return,
            },
        };
        if let Ok(frame) = decode(Wire::Text(&text.1.to_string())) {
            self.input(Input::Frame(text.0, frame));
        }
    }

    fn step(&mut self) {
        self.now = self.now.after(STEP);
        let now = self.now;
        let due: Vec<usize> = (0..self.on_the_way.len())
            .filter(|at| self.on_the_way[*at].0 <= now)
            .collect();
        let conn = ConnId(self.machine.counters().attempts);
        let mut frames = Vec::new();
        for at in due.into_iter().rev() {
            frames.push(self.on_the_way.remove(at).1);
        }
        for frame in frames.into_iter().rev() {
            self.arrive(conn, frame);
        }
        if self.machine.next_deadline().is_some_and(|at| at <= now) {
            self.input(Input::Tick);
        }
        self.work();
    }

    fn work(&mut self) {
        let now = self.now;
        if let Some((job, _, head)) = self.running.take_if(|(_, end, _)| *end <= now) {
            self.done(job, head);
        }
        if let Next::Run(job) = self.schedule.next(now) {
            if job == Job::Push {
                self.change();
            }
            self.running = Some((job, now.after(CALL), self.head.0));
        }
    }

    /// The answer to a call tells how things stood when the server read it.
    fn done(&mut self, job: Job, head: i64) {
        let seen = Hint {
            scope: SCOPE,
            rev: Rev(head),
            epoch: EPOCH,
        };
        let mut changed = false;
        match job {
            Job::List => {
                let found = self.schedule.listed(&[seen]);
                self.input(Input::Found(found));
            }
            Job::Pull => {
                changed = head > self.read;
                if changed {
                    self.took.push(self.now.since(self.head.1));
                }
                self.read = head;
                self.schedule.learn(SCOPE, Rev(head), Some(EPOCH));
            }
            Job::Push => changed = true,
        }
        let done = Ended::Done {
            changed,
            more: false,
        };
        self.schedule.ended(job, done, self.now);
    }

    fn pass(&mut self, by: Duration) {
        let end = self.now.after(by);
        while self.now < end {
            self.step();
        }
    }

    /// Another member changes something every twenty seconds or so.
    fn evening(&mut self, changes: u32) {
        for _ in 0..changes {
            self.change();
            let pause = 10.0 + 20.0 * self.random.f64();
            self.pass(Duration::from_secs_f64(pause));
        }
    }

    fn was_silent(&self) -> bool {
        self.states.iter().any(|state| {
            matches!(
                state,
                ConnectionState::Degraded {
                    cause: Some(ConnectionError::NoHints),
                    ..
                }
            )
        })
    }
}

fn hint(transport: Transport, rev: i64) -> Value {
    let topic = format!("realtime:scope:{SCOPE}");
    match transport {
        Transport::Private => {
            let body = json!({ "scope": SCOPE, "rev": rev, "epoch": EPOCH });
            let payload = json!({ "event": "hint", "type": "broadcast", "payload": body });
            json!([null, null, topic, "broadcast", payload])
        }
        Transport::Changes => {
            let record = json!({ "scope_id": SCOPE, "rev": rev, "epoch": EPOCH });
            let data = json!({ "table": "sync_head", "record": record, "errors": null });
            let payload = json!({ "ids": [7], "data": data });
            json!([null, null, topic, "postgres_changes", payload])
        }
    }
}

const NO_DELAY: Duration = Duration::from_millis(10);

#[test]
fn a_server_that_joins_and_stays_silent_on_one_transport_is_heard_on_the_other_within_minutes() {
    for seed in 0..20 {
        let mut simulation = Simulation::new(seed, &[Transport::Changes], NO_DELAY);
        simulation.pass(Duration::from_secs(10));
        assert_eq!(
            simulation.machine.state(),
            ConnectionState::Live(Transport::Private)
        );
        simulation.evening(12);
        assert!(
            simulation.was_silent(),
            "seed {seed}: {:?}",
            simulation.states
        );
        assert_eq!(
            simulation.machine.state(),
            ConnectionState::Live(Transport::Changes),
            "seed {seed}: {:?}",
            simulation.states
        );
        simulation.took.clear();
        simulation.evening(5);
        let slowest = simulation.took.iter().max().copied().unwrap();
        assert!(slowest < Duration::from_secs(1), "seed {seed}: {slowest:?}");
    }
}

#[test]
fn a_server_that_is_silent_on_both_transports_is_said_to_be_and_asked_often() {
    for seed in 0..20 {
        let mut simulation = Simulation::new(seed, &[], NO_DELAY);
        simulation.evening(20);
        assert!(
            matches!(
                simulation.machine.state(),
                ConnectionState::Degraded {
                    cause: Some(ConnectionError::NoHints),
                    ..
                }
            ),
            "seed {seed}: {:?}",
            simulation.states
        );
        simulation.took.clear();
        simulation.evening(10);
        let slowest = simulation.took.iter().max().copied().unwrap();
        let most = HEAD_CHECK_ALONE.1 + Duration::from_secs(1);
        assert!(slowest <= most, "seed {seed}: {slowest:?}");
    }
}

#[test]
fn a_server_that_is_only_slow_is_never_called_silent_whatever_the_phone_does() {
    for seed in 0..40 {
        let both = [Transport::Private, Transport::Changes];
        let mut simulation = Simulation::new(seed, &both, Duration::from_secs(4));
        for _ in 0..60 {
            match simulation.random.u8(0..8) {
                0 => simulation.schedule.edited(),
                1 => simulation.schedule.recheck(),
                2 => {
                    simulation.foreground(false);
                    simulation.change();
                    simulation.pass(Duration::from_secs(20));
                    simulation.foreground(true);
                }
                3 => {
                    let conn = ConnId(simulation.machine.counters().attempts);
                    simulation.joined = None;
                    simulation.input(Input::Closed(conn, 1006));
                    simulation.change();
                }
                _ => simulation.change(),
            }
            let pause = 40.0 * simulation.random.f64();
            simulation.pass(Duration::from_secs_f64(pause));
        }
        assert!(
            !simulation.was_silent(),
            "seed {seed}: {:?}",
            simulation.states
        );
    }
}

#[test]
fn what_the_session_hands_out_as_good_the_connection_takes_whatever_the_lifetime() {
    for lifetime in (1..400).map(Duration::from_secs) {
        let token_lifetime = crate::session::schedule::TokenLifetime::fresh(
            lifetime,
            Timestamp(0),
            MonotonicInstant::default(),
        );
        // The least that a session gives to somebody who asks for this long.
        let least = token_lifetime.asked(rules::TOKEN_MIN);
        let now = MonotonicInstant(Duration::from_secs(9));
        let token = AccessToken {
            secret: Secret::new("token"),
            expires: now.after(least),
            lifetime,
        };
        let mut machine = Machine::new(1);
        let mut effects = Vec::new();
        for input in [
            Input::Scopes([SCOPE].into()),
            Input::Foreground(true),
            Input::Token(token),
        ] {
            effects.extend(machine.step(now, input));
        }
        assert!(
            effects.contains(&Effect::Connect(ConnId(1))),
            "{lifetime:?}"
        );
    }
}
