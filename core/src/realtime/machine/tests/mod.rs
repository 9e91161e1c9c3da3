//! Cases of the machine in virtual time; a number in a name is that of `docs/cases.md`.
//!
//! No row travels in realtime here, so there is nothing to merge, buffer, delete or keep exact: a hint leads to a pull.

mod channels;
mod connection;
mod silence;
mod tokens;

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};

use super::*;
use crate::realtime::protocol::{Transport, Wire, decode, encode};
use crate::time::AWAY_CAP;

const fn secs(n: u64) -> Duration {
    Duration::from_secs(n)
}

/// A second less than a deadline.
fn less(deadline: Duration) -> Duration {
    deadline.saturating_sub(secs(1))
}

fn scope(n: u128) -> ScopeId {
    ScopeId(uuid::Uuid::from_u128(n))
}

fn scopes(n: u128) -> BTreeSet<ScopeId> {
    (1..=n).map(scope).collect()
}

/// A machine, its time, and what it did.
struct Harness {
    machine: Machine,
    now: MonotonicInstant,
    sent: Vec<Push>,
    events: Vec<RealtimeEvent>,
    connects: Vec<MonotonicInstant>,
    closes: u32,
    asks: Vec<Option<Secret>>,
    conn: ConnId,
}

impl Harness {
    /// In the foreground with `n` scopes and a token for an hour; the first connection is being opened.
    fn new(n: u128) -> Self {
        let mut harness = Self::idle();
        harness.input(Input::Scopes(scopes(n)));
        harness.token("t1", 3600);
        harness.input(Input::Foreground(true));
        harness
    }

    fn idle() -> Self {
        Self {
            machine: Machine::new(7),
            now: MonotonicInstant(secs(1000)),
            sent: Vec::new(),
            events: Vec::new(),
            connects: Vec::new(),
            closes: 0,
            asks: Vec::new(),
            conn: ConnId(0),
        }
    }

    /// Joined and live in the private transport.
    fn live(n: u128) -> Self {
        let mut harness = Self::new(n);
        harness.open();
        harness.answer_joins();
        assert_eq!(
            harness.machine.state(),
            ConnectionState::Live(Transport::Private)
        );
        harness
    }

    /// Joined in the changes transport, the subscription not yet confirmed.
    fn changes() -> Self {
        let mut harness = Self::new(1);
        harness.open();
        harness
            .refuse("Unauthorized: You do not have permissions to read from this Channel topic: x");
        harness.answer_joins();
        harness
    }

    fn input(&mut self, input: Input) {
        for effect in self.machine.step(self.now, input) {
            match effect {
                Effect::Connect(conn) => {
                    self.conn = conn;
                    self.connects.push(self.now);
                }
                Effect::Send(conn, push) => {
                    assert_eq!(conn, self.conn, "sent on another socket than the open one");
                    self.sent.push(push);
                }
                Effect::Close(_) => self.closes += 1,
                Effect::AskToken { rejected } => self.asks.push(rejected),
                Effect::Emit(event) => self.events.push(event),
            }
        }
    }

    fn token(&mut self, text: &str, valid: u64) {
        self.token_of(text, valid, 3600.max(valid));
    }

    /// A token with `valid` of its `lifetime` left, in seconds.
    fn token_of(&mut self, text: &str, valid: u64, lifetime: u64) {
        self.input(Input::Token(AccessToken {
            secret: Secret::new(text),
            expires: self.now.after(secs(valid)),
            lifetime: secs(lifetime),
        }));
    }

    fn open(&mut self) {
        self.input(Input::Opened(self.conn));
    }

    /// Lets time pass as a driver does: wakes at each deadline and at no other time.
    fn pass(&mut self, by: Duration) -> u32 {
        let end = self.now.after(by);
        let mut wakes = 0;
        while let Some(at) = self.machine.next_deadline().filter(|at| *at <= end) {
            self.now = at.max(self.now);
            wakes += 1;
            assert!(wakes < 10_000, "busy: {:?}", self.machine);
            self.input(Input::Tick);
        }
        self.now = end;
        wakes
    }

    /// Wakes at each deadline until that many connections were tried.
    fn pass_until_connect(&mut self, tries: usize) {
        while self.connects.len() < tries {
            self.now = self.machine.next_deadline().unwrap().max(self.now);
            self.input(Input::Tick);
        }
    }

    fn frame(&mut self, frame: &Value) {
        let input = match decode(Wire::Text(&frame.to_string())) {
            Ok(frame) => Input::Frame(self.conn, frame),
            Err(why) => Input::Ignored(self.conn, why),
        };
        self.input(input);
    }

    fn push(&self) -> Value {
        let push = self.sent.last().unwrap();
        serde_json::from_str(&encode(push)).unwrap()
    }

    fn joins(&self) -> Vec<(u64, ScopeId, Transport)> {
        let joins = self.sent.iter().filter_map(|push| match push {
            Push::Join {
                reference,
                scope,
                transport,
                ..
            } => Some((*reference, *scope, *transport)),
            _ => None,
        });
        joins.collect()
    }

    fn last_join(&self) -> (u64, ScopeId, Transport) {
        *self.joins().last().unwrap()
    }

    fn of_channel(&mut self, join_ref: Option<u64>, scope: ScopeId, event: &str, payload: &Value) {
        let join_ref = join_ref.map(|r| r.to_string());
        let topic = format!("realtime:scope:{scope}");
        self.frame(&json!([join_ref, null, topic, event, payload]));
    }

    fn reply(&mut self, reference: u64, scope: ScopeId, payload: &Value) {
        let reference = reference.to_string();
        let topic = format!("realtime:scope:{scope}");
        self.frame(&json!([reference, reference, topic, "phx_reply", payload]));
    }

    fn answer_joins(&mut self) {
        for (reference, scope, transport) in self.joins() {
            let bindings = match transport {
                Transport::Private => json!([]),
                Transport::Changes => json!([{ "id": 99 }]),
            };
            let ok = json!({ "status": "ok", "response": { "postgres_changes": bindings } });
            self.reply(reference, scope, &ok);
        }
    }

    fn refuse(&mut self, reason: &str) {
        let (reference, scope, _) = self.last_join();
        let error = json!({ "status": "error", "response": { "reason": reason } });
        self.reply(reference, scope, &error);
    }

    fn system(&mut self, extension: &str, status: &str, message: &str) {
        let (join_ref, scope, _) = self.last_join();
        let payload = json!({ "extension": extension, "status": status, "message": message });
        self.of_channel(Some(join_ref), scope, "system", &payload);
    }

    fn subscribed(&mut self) {
        self.system("postgres_changes", "ok", "Subscribed to PostgreSQL");
    }

    fn beat_answered(&mut self) {
        let ok = json!({ "status": "ok", "response": {} });
        self.frame(&json!([null, "1", "phoenix", "phx_reply", ok]));
    }

    fn count(&self, event: RealtimeEvent) -> usize {
        self.events.iter().filter(|e| **e == event).count()
    }

    fn hints(&self) -> usize {
        self.events
            .iter()
            .filter(|e| matches!(e, RealtimeEvent::Hint(_)))
            .count()
    }

    /// Both ways in which a hint of the scope can arrive.
    fn hint_by(&mut self, transport: Transport, scope: ScopeId, ids: &Value) {
        let epoch = uuid::Uuid::from_u128(9);
        match transport {
            Transport::Private => {
                let body = json!({ "scope": scope, "rev": 5, "epoch": epoch });
                let payload = json!({ "event": "hint", "type": "broadcast", "payload": body });
                self.of_channel(None, scope, "broadcast", &payload);
            }
            Transport::Changes => {
                let record = json!({ "scope_id": scope, "rev": 5, "epoch": epoch });
                let data = json!({ "table": "sync_head", "record": record, "errors": null });
                let payload = json!({ "ids": ids, "data": data });
                self.of_channel(None, scope, "postgres_changes", &payload);
            }
        }
    }
}
