//! A server in memory for one phone: a band whose songs change all the time. It runs on a thread of its own, so that its
//! work is told apart from the phone's; what it answers is text, which the phone's side parses.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use fastrand::Rng;
use rockon_core::error::Error;
use rockon_core::hint::Hint;
use rockon_core::model::{Rev, Values};
use rockon_core::sync::Remote;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::{machine, rows};

/// Songs of the band.
const SONGS: usize = 2_000;
/// Transactions, and rows in each.
pub(crate) const TRANSACTIONS: usize = 1_000;
const ROWS: usize = 10;
/// Between two transactions: four seconds for all of them.
const PACE: Duration = Duration::from_millis(4);
const EPOCH: Uuid = Uuid::from_u128(0xe);

/// The key that the last transaction gives to the first song of the list.
pub(crate) const LAST_KEY: &str = "F#m";

enum Call {
    Ask(Value, oneshot::Sender<String>),
    Start,
}

/// What the phone calls.
#[derive(Debug, Clone)]
pub(crate) struct FakeRemote {
    calls: mpsc::SyncSender<Call>,
    pulls: Arc<AtomicU64>,
}

impl std::fmt::Debug for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Call")
    }
}

impl FakeRemote {
    /// Begins the stream of changes.
    pub(crate) fn start_changes(&self) {
        let _ = self.calls.send(Call::Start);
    }

    /// Calls of `sync_pull` so far.
    pub(crate) fn pulls(&self) -> u64 {
        self.pulls.load(Ordering::Relaxed)
    }
}

impl Remote for FakeRemote {
    async fn call(
        &self,
        function: &'static str,
        arguments: Value,
    ) -> rockon_core::Result<Box<RawValue>> {
        if function == "sync_pull" {
            self.pulls.fetch_add(1, Ordering::Relaxed);
        }
        let (reply, answer) = oneshot::channel();
        self.calls
            .send(Call::Ask(arguments, reply))
            .map_err(|_| Error::Offline)?;
        let text = answer.await.map_err(|_| Error::Offline)?;
        serde_json::from_str(&text).map_err(|_| Error::Offline)
    }
}

/// Starts the server's thread. It calls `hint` after each transaction, as realtime does. The thread ends with the last
/// [`FakeRemote`] and gives its processor time since the changes began and the time of the last transaction.
pub(crate) fn start(
    hint: impl Fn(Hint) + Send + 'static,
) -> (
    FakeRemote,
    std::thread::JoinHandle<(Duration, Option<Instant>)>,
) {
    let (calls, incoming) = mpsc::sync_channel(64);
    let remote = FakeRemote {
        calls,
        pulls: Arc::default(),
    };
    let thread = std::thread::spawn(move || Server::new().serve(&incoming, &hint));
    (remote, thread)
}

struct Server {
    /// Text and revision of each song.
    songs: Vec<(i64, Values)>,
    /// Songs by the revision that last changed them.
    changed: BTreeMap<i64, Vec<usize>>,
    log: BTreeMap<i64, Vec<Value>>,
    head: i64,
    random: Rng,
}

impl Server {
    fn new() -> Self {
        let mut random = Rng::with_seed(3);
        let band = rows::bands()[0];
        let songs = (0..SONGS).map(|at| {
            let id = rows::random_id(&mut random);
            let mut song = rows::song(&mut random, band, at);
            song["title"] = json!(format!("Song {at:05}"));
            (1, rows::stamped(song, id, band, 1))
        });
        Self {
            songs: songs.collect(),
            changed: BTreeMap::from([(1, (0..SONGS).collect())]),
            log: BTreeMap::new(),
            head: 1,
            random,
        }
    }

    fn serve(
        mut self,
        incoming: &mpsc::Receiver<Call>,
        hint: &dyn Fn(Hint),
    ) -> (Duration, Option<Instant>) {
        let mut due: Option<Instant> = None;
        let mut last = None;
        let mut began = machine::thread_time();
        loop {
            let wait = due.map_or(Duration::from_hours(1), |due| {
                due.saturating_duration_since(Instant::now())
            });
            match incoming.recv_timeout(wait) {
                Ok(Call::Start) => {
                    due = Some(Instant::now());
                    began = machine::thread_time();
                }
                Ok(Call::Ask(arguments, reply)) => drop(reply.send(self.answer(&arguments))),
                Err(mpsc::RecvTimeoutError::Disconnected) => break,
                Err(mpsc::RecvTimeoutError::Timeout) => {}
            }
            if due.is_some_and(|due| due <= Instant::now()) {
                self.transaction();
                let done = self.head > i64::try_from(TRANSACTIONS).unwrap_or(i64::MAX);
                last = Some(Instant::now());
                due = due.map(|due| due + PACE).filter(|_| !done);
                hint(Hint {
                    scope: rows::bands()[0],
                    rev: Rev(self.head),
                    epoch: EPOCH,
                });
            }
        }
        (machine::thread_time().saturating_sub(began), last)
    }

    /// Ten songs get another tempo; the last transaction also changes the first song of the list.
    fn transaction(&mut self) {
        self.head += 1;
        let rev = self.head;
        for n in 0..ROWS {
            let last = self.head > i64::try_from(TRANSACTIONS).unwrap_or(i64::MAX);
            let at = if last && n == 0 {
                0
            } else {
                self.random.usize(1..SONGS)
            };
            let tempo = self.random.u8(60..200);
            let Some((before, song)) = self.songs.get_mut(at) else {
                continue;
            };
            if let Some(list) = self.changed.get_mut(before) {
                list.retain(|other| *other != at);
            }
            *before = rev;
            for (name, value) in [
                ("sync_rev", json!(rev)),
                ("sync_by_rev", json!(rev)),
                ("tempo", json!(tempo)),
            ] {
                song.insert(name.to_owned(), value);
            }
            if at == 0 {
                song.insert("key".to_owned(), json!(LAST_KEY));
            }
            let entry = json!([rev, "song", song.get("id"), "update", rows::SAM, ["tempo"]]);
            self.changed.entry(rev).or_default().push(at);
            let log = self.log.entry(rev).or_default();
            if !log.iter().any(|other| other[2] == entry[2]) {
                log.push(entry);
            }
        }
    }

    fn answer(&self, arguments: &Value) -> String {
        let request = &arguments["request"];
        let answer = if request["mutations"].is_array() {
            self.push(request)
        } else {
            self.pull(request)
        };
        answer.to_string()
    }

    fn pull(&self, request: &Value) -> Value {
        let band = rows::bands()[0];
        let asked = request["scopes"].as_array().cloned().unwrap_or_default();
        let known = |id: &Value| id == &json!(band);
        let cursor = |scope: &Value| scope["cursor"]["rev"].as_i64();
        let scopes: Vec<Value> = if asked.is_empty() {
            vec![
                self.scope(&json!(band), "band", None),
                self.scope(&json!(rows::ME), "user", None),
            ]
        } else {
            let kind = |id: &Value| if known(id) { "band" } else { "user" };
            let page = |scope: &Value| {
                self.scope(
                    &scope["id"],
                    kind(&scope["id"]),
                    Some(cursor(scope).unwrap_or(0)),
                )
            };
            asked.iter().map(page).collect()
        };
        json!({ "user_id": rows::ME, "scopes": scopes, "gone": [], "results": [] })
    }

    /// Everything above the cursor in one page; a band's burst between two pulls is never more than the limit.
    fn scope(&self, id: &Value, kind: &str, from: Option<i64>) -> Value {
        let band = kind == "band";
        let head = if band { self.head } else { 1 };
        let (mut songs, mut log) = (Vec::new(), Vec::new());
        if let (true, Some(from)) = (band, from) {
            let changed = self.changed.range(from + 1..).flat_map(|(_, at)| at);
            songs = changed
                .filter_map(|at| self.songs.get(*at))
                .map(|(_, song)| song)
                .collect();
            if from > 0 {
                log = self
                    .log
                    .range(from + 1..)
                    .flat_map(|(_, log)| log)
                    .collect();
            }
        }
        json!({ "id": id, "type": kind, "epoch": EPOCH, "head": head, "reset": false,
            "cursor": { "rev": head, "ord": null, "id": null }, "has_more": false,
            "rows": { "song": songs }, "tombstones": [], "log": log })
    }

    /// Read marks: everything is applied.
    fn push(&self, request: &Value) -> Value {
        let sent = request["mutations"].as_array().cloned().unwrap_or_default();
        let results: Vec<Value> = sent
            .iter()
            .map(|m| json!({ "n": m["n"], "verdict": "applied", "rev": 0, "restored": false, "overwritten": {},
                "current": {}, "changed_by": [], "sqlstate": null, "reason": null, "field": null }))
            .collect();
        json!({ "scope": request["scope"], "epoch": EPOCH, "head": self.head, "client_reset": false, "results": results })
    }
}
