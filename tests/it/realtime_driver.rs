//! The realtime driver against a scripted WebSocket server: each test plays the server's side itself, frame by frame.

use std::collections::BTreeSet;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use rockon_core::hint::Hint;
use rockon_core::model::{Rev, ScopeId};
use rockon_core::realtime::protocol::Ignored;
use rockon_core::realtime::protocol::binary::UserBroadcast;
use rockon_core::realtime::{
    AccessToken, ConnectionError, ConnectionState, Endpoint, OffReason, TokenFuture, TokenSource,
    UpgradeReason,
};
use rockon_core::redact::Secret;
use rockon_core::time::{Clock, SystemClock};
use rockon_tests::listener::{Listener, Told};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::{WebSocketStream, accept_hdr_async};

/// Longer than anything here takes; a test that gets this far has failed.
const PATIENCE: Duration = Duration::from_secs(20);

async fn soon<F: Future>(what: &str, future: F) -> F::Output {
    tokio::time::timeout(PATIENCE, future)
        .await
        .unwrap_or_else(|_| panic!("waited too long for {what}"))
}

/// Gives `token 1`, `token 2` and so on, each good for an hour.
#[derive(Debug)]
struct Tokens {
    clock: Arc<SystemClock>,
    asked: AtomicU32,
}

impl Tokens {
    fn make(&self, text: &str) -> AccessToken {
        AccessToken {
            secret: Secret::new(text),
            expires: self.clock.monotonic().after(Duration::from_hours(1)),
            lifetime: Duration::from_hours(1),
        }
    }
}

impl TokenSource for Tokens {
    fn token(&self, _min_valid: Duration, _rejected: Option<Secret>) -> TokenFuture {
        let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let token = self.make(&format!("token {number}"));
        Box::pin(async move { Ok(token) })
    }
}

/// A phone and the port its server listens on.
struct Bench {
    listener: TcpListener,
    phone: Listener,
    tokens: Arc<Tokens>,
}

fn scope() -> ScopeId {
    ScopeId(uuid::Uuid::from_u128(0xb1))
}

fn topic() -> String {
    format!("realtime:scope:{}", scope())
}

impl Bench {
    /// In the foreground, with one scope; it connects by itself.
    async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let clock = Arc::new(SystemClock::new());
        let tokens = Arc::new(Tokens {
            clock: Arc::clone(&clock),
            asked: AtomicU32::new(0),
        });
        let endpoint = Endpoint {
            url: format!("http://{}", listener.local_addr().unwrap()),
            key: Secret::new("anon.key.x"),
            tls: rockon_core::net::tls::client_config_with("").unwrap(),
        };
        let source: Arc<dyn TokenSource> = Arc::clone(&tokens) as _;
        Self {
            listener,
            phone: Listener::start(endpoint, source, clock, [scope()]),
            tokens,
        }
    }

    #[expect(
        clippy::result_large_err,
        reason = "the library's callback has this shape"
    )]
    async fn accept(&self) -> Conn {
        let (tcp, _) = soon("a connection", self.listener.accept()).await.unwrap();
        let check = |request: &Request, response: Response| {
            let uri = request.uri();
            assert_eq!(uri.path(), "/realtime/v1/websocket");
            assert_eq!(uri.query(), Some("apikey=anon.key.x&vsn=2.0.0"));
            Ok(response)
        };
        Conn(accept_hdr_async(tcp, check).await.unwrap())
    }

    /// Connected and live in the private transport.
    async fn live(&mut self) -> Conn {
        let mut conn = self.accept().await;
        let join = conn.expect("phx_join").await;
        conn.reply_ok(&join, &json!([])).await;
        self.until(Told::Gap).await;
        conn
    }

    /// Takes events until the wanted one; says which others came when it does not.
    async fn until(&mut self, wanted: Told) {
        let what = format!("{wanted:?}");
        let same = |told| (told == wanted).then_some(());
        self.phone.until(&what, PATIENCE, same).await;
    }
}

/// The server's side of one connection.
struct Conn(WebSocketStream<TcpStream>);

impl Conn {
    /// The next text frame, as JSON; `None` when the phone has closed.
    async fn next(&mut self) -> Option<Value> {
        loop {
            match soon("a frame", self.0.next()).await {
                Some(Ok(Message::Text(text))) => return Some(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }

    async fn expect(&mut self, event: &str) -> Value {
        let frame = self.next().await.unwrap();
        assert_eq!(frame[3], json!(event));
        frame
    }

    async fn send(&mut self, frame: &Value) {
        self.raw(Message::text(frame.to_string())).await;
    }

    async fn raw(&mut self, message: Message) {
        self.0.send(message).await.unwrap();
    }

    async fn reply_ok(&mut self, push: &Value, bindings: &Value) {
        let ok = json!({ "status": "ok", "response": { "postgres_changes": bindings } });
        self.send(&json!([push[0], push[1], push[2], "phx_reply", ok]))
            .await;
    }

    async fn hint(&mut self, rev: i64) {
        let payload = body("scope", rev).to_string();
        let topic = topic();
        let frame = UserBroadcast {
            topic: &topic,
            event: "hint",
            meta: "{\"id\":\"1\"}",
            json: true,
            payload: payload.as_bytes(),
        };
        let frame = frame.encode().unwrap();
        self.raw(Message::binary(frame)).await;
    }

    async fn close(&mut self, code: u16) {
        let reason = "".into();
        let frame = CloseFrame {
            code: code.into(),
            reason,
        };
        self.0.close(Some(frame)).await.unwrap();
    }
}

fn body(key: &str, rev: i64) -> Value {
    json!({ key: scope(), "rev": rev, "epoch": uuid::Uuid::from_u128(1) })
}

fn hint(rev: i64) -> Told {
    Told::Hint(Hint {
        scope: scope(),
        rev: Rev(rev),
        epoch: uuid::Uuid::from_u128(1),
    })
}

#[tokio::test]
async fn a_binary_broadcast_arrives_as_a_hint_and_the_join_held_the_token() {
    let mut bench = Bench::new().await;
    let mut conn = bench.accept().await;
    let join = conn.expect("phx_join").await;
    assert_eq!(join[2], json!(topic()));
    assert_eq!(join[4]["access_token"], json!("token 1"));
    assert_eq!(join[4]["config"]["private"], json!(true));
    conn.reply_ok(&join, &json!([])).await;
    bench.until(Told::Gap).await;
    conn.hint(42).await;
    bench.until(hint(42)).await;
}

#[tokio::test]
async fn where_the_private_join_is_unauthorized_the_changes_transport_delivers() {
    let mut bench = Bench::new().await;
    let mut conn = bench.accept().await;
    let join = conn.expect("phx_join").await;
    let reason = "Unauthorized: You do not have permissions to read from this Channel topic: x";
    let error = json!({ "status": "error", "response": { "reason": reason } });
    conn.send(&json!([join[0], join[1], join[2], "phx_reply", error]))
        .await;
    let join = conn.expect("phx_join").await;
    let filter = format!("scope_id=eq.{}", scope());
    assert_eq!(
        join[4]["config"]["postgres_changes"][0]["filter"],
        json!(filter)
    );
    conn.reply_ok(&join, &json!([{ "id": 5 }])).await;
    let system = json!({ "extension": "postgres_changes", "status": "ok",
        "message": "Subscribed to PostgreSQL", "channel": "x" });
    conn.send(&json!([join[0], null, join[2], "system", system]))
        .await;
    bench.until(Told::Gap).await;
    let data = json!({ "table": "sync_head", "record": body("scope_id", 7), "errors": null });
    let change = json!({ "ids": [5], "data": data });
    conn.send(&json!([null, null, join[2], "postgres_changes", change]))
        .await;
    bench.until(hint(7)).await;
}

#[tokio::test]
async fn every_close_code_and_a_silent_drop_lead_to_a_new_connection_and_a_new_join() {
    let mut bench = Bench::new().await;
    for code in [1000, 1001, 1009, 1012] {
        let mut conn = bench.live().await;
        conn.close(code).await;
        let state = ConnectionState::Retrying(ConnectionError::Closed(code));
        bench.until(Told::State(state)).await;
        bench.phone.set_network(true);
    }
    let conn = bench.live().await;
    drop(conn);
    let state = ConnectionState::Retrying(ConnectionError::Closed(1006));
    bench.until(Told::State(state)).await;
    bench.live().await;
}

#[tokio::test]
async fn a_new_token_of_the_session_is_pushed_to_the_open_channel() {
    let mut bench = Bench::new().await;
    let mut conn = bench.live().await;
    bench
        .phone
        .realtime()
        .set_token(bench.tokens.make("renewed"));
    let push = conn.expect("access_token").await;
    assert_eq!(push[4], json!({ "access_token": "renewed" }));
}

#[tokio::test]
async fn malformed_and_oversized_frames_cost_nothing_but_a_count() {
    let mut bench = Bench::new().await;
    let mut conn = bench.live().await;
    let shapes = ["", "not json", "[]", "{}", "[1,2,3]", "null"];
    for text in shapes {
        conn.raw(Message::text(text)).await;
    }
    conn.raw(Message::binary(vec![9, 9, 9])).await;
    conn.raw(Message::binary(Vec::new())).await;
    conn.raw(Message::text("x".repeat(200_000))).await;
    conn.hint(i64::MAX).await;
    conn.hint(3).await;
    bench.until(hint(3)).await;
    let mut counters = bench.phone.realtime().watch_counters().borrow().clone();
    // The counters are published after the event, so the last of them may need another look.
    soon("the counters", async {
        while counters.hints == 0 {
            tokio::task::yield_now().await;
            counters = bench.phone.realtime().watch_counters().borrow().clone();
        }
    })
    .await;
    let count = |why| counters.ignored.get(&why).copied().unwrap_or_default();
    let seen = [
        count(Ignored::NotJson),
        count(Ignored::Shape),
        count(Ignored::BinaryKind),
        count(Ignored::BinaryShape),
        count(Ignored::TooLarge),
        count(Ignored::BadHint),
    ];
    assert_eq!(seen, [2, 4, 1, 1, 1, 1]);
    assert_eq!(counters.attempts, 1);
}

#[tokio::test]
async fn c012_c013_the_reason_in_a_refused_upgrade_is_told_as_a_class() {
    let cases = [
        (
            "401 Unauthorized",
            "{\"error\":\"Token has expired\"}",
            401,
            UpgradeReason::Key,
        ),
        ("403 Forbidden", "", 403, UpgradeReason::Unknown),
        (
            "503 Service Unavailable",
            "{\"message\":\"name resolution failed\"}",
            503,
            UpgradeReason::Unknown,
        ),
    ];
    for (status, body, code, reason) in cases {
        let mut bench = Bench::new().await;
        let (mut tcp, _) = soon("a connection", bench.listener.accept()).await.unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            let byte = soon("the request", tcp.read_u8()).await.unwrap();
            request.push(byte);
        }
        let answer = format!(
            "HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        tcp.write_all(answer.as_bytes()).await.unwrap();
        let cause = ConnectionError::UpgradeRefused(code, reason);
        bench
            .until(Told::State(ConnectionState::Retrying(cause)))
            .await;
    }
}

#[tokio::test]
async fn the_background_closes_the_socket_and_the_foreground_joins_again() {
    let mut bench = Bench::new().await;
    let mut conn = bench.live().await;
    bench.phone.set_foreground(false);
    assert_eq!(conn.next().await, None, "closed");
    let off = ConnectionState::Off(OffReason::Background);
    bench.until(Told::State(off)).await;
    bench.phone.set_foreground(true);
    bench.live().await;
}

#[tokio::test]
async fn scopes_are_left_and_joined_on_the_wire() {
    let mut bench = Bench::new().await;
    let mut conn = bench.live().await;
    let other = ScopeId(uuid::Uuid::from_u128(0xb2));
    bench.phone.realtime().set_scopes(BTreeSet::from([other]));
    assert_eq!(conn.expect("phx_leave").await[2], json!(topic()));
    let join = conn.expect("phx_join").await;
    assert_eq!(join[2], json!(format!("realtime:scope:{other}")));
}

#[tokio::test]
async fn dropping_the_handle_closes_the_socket_and_ends_the_events() {
    let mut bench = Bench::new().await;
    let mut conn = bench.live().await;
    bench.phone.realtime = None;
    assert_eq!(conn.next().await, None, "closed");
    while soon("the end", bench.phone.next()).await.is_some() {}
}

#[tokio::test]
async fn an_idle_connection_sends_nothing_between_two_heartbeats() {
    let mut bench = Bench::new().await;
    let mut conn = bench.live().await;
    // Within two seconds nothing is due; the first heartbeat comes after 25.
    let quiet = tokio::time::timeout(Duration::from_secs(2), conn.0.next()).await;
    assert!(quiet.is_err(), "{quiet:?}");
}
