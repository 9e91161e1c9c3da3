//! Plays recorded sessions of the real server against the stack: the same frames are sent and the same must come.
//!
//! Of a recording the sockets of protocol 1.0.0 are left out, and it ends where it asks for what this server does not offer.
//!
//! Compared exactly, except for what must differ: times, generated uuids and refs, the server's hash of a binding.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rockon_local_stack::realtime::Limits;
use rockon_tests::ws::{Got, Ws};
use serde_json::{Value, json};

use super::harness::{ANN, BOB, Project, now};

/// Whether the frames of one socket must come in the recorded order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Strict,
    /// Presence state and diffs race with replies on the real server too.
    Loose,
}

fn recording(name: &str) -> Vec<Value> {
    let path = format!(
        "{}/fixtures/realtime/{name}.jsonl",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(&path).unwrap();
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

async fn play(name: &str, order: Order) {
    let mut lines = recording(name);
    arrange(&mut lines);
    let project = Project::recorded().await;
    prepare(&project, &lines).await;
    let mut watcher = project.v2().await;
    let entries = json!([{"event": "*", "schema": "polled", "table": "rows"}]);
    watcher
        .subscribe("polled", json!({"config": {"postgres_changes": entries}}))
        .await;
    let mut player = Player {
        project,
        sockets: HashMap::new(),
        former: Vec::new(),
        answer: None,
        order,
        compared: 0,
        ended: false,
        older: HashSet::new(),
        changed: 0.0,
        watcher,
    };
    for (at, line) in lines.iter().enumerate() {
        player.line(line, &format!("{name}, line {}", at + 1)).await;
        if player.ended {
            break;
        }
    }
    for (_, socket) in player.sockets.drain().filter(|_| !player.ended) {
        socket.finish(name);
    }
    assert!(player.compared > 3, "{name}: nothing was compared");
    player.project.stop().await;
}

/// Puts HTTP requests, recorded when they were answered, before what they caused; leaves out who was seen leaving when
/// the recording ended.
fn arrange(lines: &mut Vec<Value>) {
    // How many presence diffs a channel still gets while it is closed for its rate depends on the server's batches.
    let is_rate = |line: &Value| {
        line["frame"]
            .as_str()
            .is_some_and(|text| text.starts_with("rate limit"))
    };
    if let Some(end) = lines.iter().position(is_rate) {
        lines.truncate(end);
    }
    for at in 1..lines.len() {
        let mut to = at;
        while lines[at]["frame"]["http"].is_string() && to > 0 && lines[to - 1]["dir"] == "recv" {
            to -= 1;
        }
        lines[to..=at].rotate_right(1);
    }
    let last = lines
        .iter()
        .rposition(|line| line["dir"] == "send" || line["dir"] == "sql")
        .unwrap_or(0);
    let mut at = 0;
    lines.retain(|line| {
        at += 1;
        at <= last
            || !line["frame"]
                .as_str()
                .is_some_and(|text| text.contains("\"joins\":{}"))
    });
}

/// Sets the clock to the recording's and the identity columns to its first ids.
async fn prepare(project: &Project, lines: &[Value]) {
    let started = lines[0]["frame"]["started"].as_str().unwrap();
    let row = project
        .sql
        .query_one(
            "select extract(epoch from $1::text::timestamptz)::int8",
            &[&started],
        )
        .await
        .unwrap();
    let started: i64 = row.get(0);
    let offset = started - i64::try_from(now()).unwrap();
    project.inner.clock().set_offset_ms(offset * 1_000);
    for (table, id) in first_ids(lines) {
        project
            .run(&format!(
                "alter table {table} alter column id restart with {id}"
            ))
            .await;
    }
}

/// The lowest recorded id of each table that numbers its rows itself.
fn first_ids(lines: &[Value]) -> HashMap<String, i64> {
    let mut first: HashMap<String, i64> = HashMap::new();
    for line in lines.iter().filter(|line| line["dir"] == "recv") {
        let text = line["frame"].as_str();
        let frame: Value = text
            .and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default();
        let payload = frame
            .get(4)
            .or_else(|| frame.get("payload"))
            .cloned()
            .unwrap_or_default();
        let data = payload.get("data").unwrap_or(&payload);
        let id = data["record"]["id"]
            .as_i64()
            .or(data["old_record"]["id"].as_i64());
        if let (Some(table), Some(id)) = (data["table"].as_str(), id)
            && (table.starts_with("todos") || table.starts_with("notes"))
        {
            let known = first.entry(table.to_owned()).or_insert(id);
            *known = id.min(*known);
        }
    }
    first
}

struct Socket {
    ws: Ws,
    early: Vec<Value>,
}

impl Socket {
    /// Nothing came that was not recorded, save who was seen leaving at the end.
    fn finish(self, place: &str) {
        let is_fine = |frame: &Value| frame.to_string().contains("\"joins\":{}");
        let early: Vec<Value> = self
            .early
            .into_iter()
            .filter(|frame| !is_fine(frame))
            .collect();
        assert!(early.is_empty(), "{place}: not recorded: {early:?}");
    }
}

struct Player {
    project: Project,
    sockets: HashMap<String, Socket>,
    former: Vec<(String, Socket)>,
    /// The answer to the last HTTP request.
    answer: Option<(u16, String)>,
    order: Order,
    compared: usize,
    /// Something was asked for that is not offered.
    ended: bool,
    /// Sockets of protocol 1.0.0.
    older: HashSet<String>,
    /// Recorded time of the last statement.
    changed: f64,
    watcher: Ws,
}

impl Player {
    fn socket(&mut self, conn: &str) -> Option<&mut Socket> {
        match self.sockets.get_mut(conn) {
            Some(socket) => Some(socket),
            None => self
                .former
                .iter_mut()
                .find(|(name, _)| name == conn)
                .map(|(_, socket)| socket),
        }
    }

    fn end(&mut self, conn: &str) -> Option<Socket> {
        self.sockets.remove(conn).or_else(|| {
            let at = self.former.iter().position(|(name, _)| name == conn)?;
            Some(self.former.remove(at).1)
        })
    }

    /// Status and body of a recorded HTTP request.
    async fn request(&self, frame: &Value) -> (u16, String) {
        assert_eq!(frame["http"], json!("POST"));
        let url = format!(
            "http://{}/realtime/v1{}",
            self.project.address,
            frame["path"].as_str().unwrap()
        );
        let mut request = rockon_tests::http::client()
            .post(url)
            .body(frame["body"].as_str().unwrap().to_owned());
        for (name, value) in frame["headers"]
            .as_object()
            .unwrap()
            .iter()
            .filter(|(name, _)| *name != "Host")
        {
            request = request.header(name, value.as_str().unwrap());
        }
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// Waits until the server has polled.
    async fn barrier(&mut self) {
        self.project
            .run("insert into polled.rows default values")
            .await;
        self.watcher.json().await;
    }

    async fn line(&mut self, line: &Value, place: &str) {
        let conn = line["conn"].as_str().unwrap_or_default().to_owned();
        if self.older.contains(&conn) {
            return;
        }
        let frame = &line["frame"];
        match line["dir"].as_str().unwrap() {
            "open" => self.open(conn, frame.as_str().unwrap()).await,
            "sql" => self.change(line).await,
            "close" => self.end(&conn).expect(place).finish(place),
            "send" => match self.sockets.get_mut(&conn) {
                Some(socket) => send(&mut socket.ws, frame).await,
                None => self.answer = Some(self.request(frame).await),
            },
            "http" if conn.is_empty() => {
                let (status, body) = self.answer.take().expect(place);
                if status == 501 {
                    self.ended = true;
                    return;
                }
                let expected = (frame["status"].clone(), frame["body"].clone());
                assert_eq!((json!(status), json!(body)), expected, "{place}");
            }
            "recv" => {
                self.compared += 1;
                let order = self.order;
                let socket = self.socket(&conn).expect(place);
                let offered = expect(socket, &recorded(frame), order, place).await;
                self.ended = !offered;
            }
            _ => {}
        }
    }

    async fn open(&mut self, conn: String, url: &str) {
        let (host, query) = url.split_once('?').unwrap();
        if host.contains("//privateonly.") {
            self.project.realtime.set_limits(Limits {
                private_only: true,
                ..Limits::default()
            });
        }
        let ws = match self.project.open(query).await {
            Ok(ws) => ws,
            Err(refused) => {
                assert_eq!(refused.status, 501, "{refused:?}");
                self.older.insert(conn);
                return;
            }
        };
        let socket = Socket {
            ws,
            early: Vec::new(),
        };
        // A recording may use a name again while the former socket still has frames to come.
        if let Some(former) = self.sockets.insert(conn.clone(), socket) {
            self.former.push((conn, former));
        }
    }

    async fn change(&mut self, line: &Value) {
        let at = line["t"].as_f64().unwrap();
        // Longer than a poll takes: what was changed before was decided before.
        if at - self.changed > 0.6 {
            self.barrier().await;
        }
        self.changed = at;
        self.project.run(&statement(&line["frame"])).await;
    }
}

async fn send(ws: &mut Ws, frame: &Value) {
    match frame.as_str() {
        // The recording cut frames of megabytes short.
        Some(text) if text.contains("...<") => {}
        Some(text) => ws.text(text).await,
        None => {
            let bytes = STANDARD.decode(frame["base64"].as_str().unwrap()).unwrap();
            ws.binary(&bytes).await;
        }
    }
}

/// Waits for a frame; `false`: the server says that it does not offer what was asked.
async fn expect(socket: &mut Socket, expected: &Value, order: Order, place: &str) -> bool {
    if let Some(at) = socket.early.iter().position(|early| early == expected) {
        socket.early.remove(at);
        return true;
    }
    loop {
        let next = tokio::time::timeout(Duration::from_secs(5), socket.ws.next()).await;
        let Ok(next) = next else {
            panic!(
                "{place}:\n expected {expected}\n got nothing but {:?}",
                socket.early
            );
        };
        let got = received(next);
        if got == *expected {
            return true;
        }
        if got.to_string().contains("does not offer") {
            return false;
        }
        assert!(
            order == Order::Loose,
            "{place}:\n expected {expected}\n got      {got}"
        );
        assert!(
            !matches!(got["closed"], Value::Number(_)),
            "{place}: closed, expected {expected}"
        );
        socket.early.push(got);
    }
}

/// The recorded frame in the form that is compared.
fn recorded(frame: &Value) -> Value {
    match frame.as_str() {
        Some(text) => serde_json::from_str(text).map_or_else(|_| json!({"text": text}), normal),
        None => bytes(&STANDARD.decode(frame["base64"].as_str().unwrap()).unwrap()),
    }
}

fn received(got: Got) -> Value {
    match got {
        Got::Json(value) => normal(value),
        Got::Text(text) => json!({"text": text}),
        Got::Binary(frame) => bytes(&frame),
        Got::Closed(code) => json!({"closed": code}),
    }
}

fn bytes(frame: &[u8]) -> Value {
    let mut frame = frame.to_vec();
    for at in 0..frame.len().saturating_sub(35) {
        if is_uuid(&frame[at..at + 36]) {
            frame[at..at + 36].fill(b'u');
        }
    }
    json!({"bytes": String::from_utf8_lossy(&frame)})
}

fn is_uuid(text: &[u8]) -> bool {
    text.len() == 36
        && text.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// Replaces what must differ between two runs.
fn normal(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(key, field)| {
                let field = match key.as_str() {
                    "commit_timestamp" | "created_at" if field.is_string() => json!("time"),
                    "phx_ref" | "phx_ref_prev" => json!("ref"),
                    "postgres_changes" => bindings(field),
                    "ids" => json!(field.as_array().map(Vec::len)),
                    _ => normal(field),
                };
                (
                    if is_uuid(key.as_bytes()) {
                        "uuid".to_owned()
                    } else {
                        key
                    },
                    field,
                )
            });
            fields.collect()
        }
        Value::Array(items) => items.into_iter().map(normal).collect(),
        Value::String(text) if is_uuid(text.as_bytes()) && text != ANN && text != BOB => {
            json!("uuid")
        }
        Value::String(text) if text.contains("Token has expired") => {
            json!(
                text.chars()
                    .filter(|letter| !letter.is_ascii_digit())
                    .collect::<String>()
            )
        }
        Value::String(text) => Value::String(text.replace(" (raise_exception)", "")),
        other => other,
    }
}

/// The echoed bindings without their ids.
fn bindings(mut list: Value) -> Value {
    for binding in list.as_array_mut().into_iter().flatten() {
        if let Some(id) = binding
            .as_object_mut()
            .and_then(|binding| binding.remove("id"))
        {
            assert!(id.as_u64().is_some_and(|id| id < 1 << 27), "{id}");
        }
    }
    list
}

/// A recorded statement with its parameters put in as literals.
fn statement(frame: &Value) -> String {
    if let Some(text) = frame.as_str() {
        return text.to_owned();
    }
    let mut sql = frame[0].as_str().unwrap().to_owned();
    for parameter in frame[1].as_array().unwrap() {
        sql = sql.replacen("%s", &format!("'{}'", parameter.as_str().unwrap()), 1);
    }
    sql
}

macro_rules! replay {
    ($($test:ident: $order:ident $($file:literal),+;)+) => {$(
        #[tokio::test]
        async fn $test() {
            $(play($file, Order::$order).await;)+
        }
    )+};
}

replay! {
    recorded_connect_heartbeat_and_leave: Strict "s01_connect_heartbeat_leave.v2";
    recorded_changes_under_row_level_security: Strict "s02_pgchanges_rls_default_identity.v2";
    recorded_changes_with_identity_full: Strict "s03_pgchanges_rls_full_identity.v2";
    recorded_changes_without_row_level_security: Strict "s04_pgchanges_no_rls.v2";
    recorded_roles_and_grants: Loose "s05_roles_and_grants.v2";
    recorded_events_and_bindings: Loose "s06_events_and_multiple_bindings.v2";
    recorded_bad_bindings: Strict "s08_bad_bindings.v2";
    recorded_bad_tokens: Strict "s12_bad_access_tokens.v2";
    recorded_join_errors: Strict "s15_join_errors.v2";
    recorded_malformed_frames: Strict "s16_malformed_frames.v2";
    recorded_duplicate_joins: Strict "s17_duplicate_join_rejoin.v2";
    recorded_presence: Loose "s20_presence.v2";
    recorded_broadcasts: Strict "s22_broadcast.v2";
    recorded_binary_broadcasts: Strict "s22b_binary_broadcast.v2";
    recorded_private_channels: Loose "s23_private_channels.v2";
    recorded_column_types: Strict "s28_types.v2";
}
