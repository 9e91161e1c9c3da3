//! A phone that nobody touches: what goes out in the foreground, and that nothing does in the background.
//!
//! An hour of the connection passes in virtual time; the head checks of that hour are the schedule's own test
//! (`core/src/sync/schedule`). The whole phone is counted at the line between it and the real local stack.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use rockon_core::model::ScopeId;
use rockon_core::realtime::{
    AccessToken, ConnectionState, Endpoint, OffReason, TokenFuture, TokenSource,
};
use rockon_core::redact::Secret;
use rockon_core::time::{Clock, MonotonicInstant, Timestamp};
use rockon_tests::listener::{Listener, Told};
use rockon_tests::phone::{BAND, PASSWORD, PATIENCE, Phone};
use rockon_tests::{eventually, project};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::accept_async;
use tokio_tungstenite::tungstenite::Message;

const HOUR: Duration = Duration::from_hours(1);

/// The runtime's time, which stands still until nothing is left to do and then jumps to the next deadline.
#[derive(Debug)]
struct VirtualClock(tokio::time::Instant);

impl Clock for VirtualClock {
    fn wall(&self) -> Timestamp {
        Timestamp(1_800_000_000_000)
    }

    fn monotonic(&self) -> MonotonicInstant {
        MonotonicInstant(self.0.elapsed())
    }
}

/// Tokens that outlive the test.
#[derive(Debug)]
struct Tokens(Arc<VirtualClock>);

impl TokenSource for Tokens {
    fn token(&self, _min_valid: Duration, _rejected: Option<Secret>) -> TokenFuture {
        let lifetime = 24 * HOUR;
        let token = AccessToken {
            secret: Secret::new("token"),
            expires: self.0.monotonic().after(lifetime),
            lifetime,
        };
        Box::pin(async move { Ok(token) })
    }
}

/// What a server was sent: frames by event, and connections.
type Sent = Arc<Mutex<BTreeMap<String, usize>>>;

fn count(sent: &Sent, what: &str) {
    *sent.lock().unwrap().entry(what.to_owned()).or_default() += 1;
}

/// Says yes to everything on every connection.
async fn agree(listener: TcpListener, sent: Sent) {
    while let Ok((tcp, _)) = listener.accept().await {
        count(&sent, "connection");
        let sent = Arc::clone(&sent);
        tokio::spawn(async move {
            let mut socket = accept_async(tcp).await.unwrap();
            while let Some(Ok(message)) = socket.next().await {
                let Message::Text(text) = message else {
                    count(&sent, if message.is_close() { "close" } else { "other" });
                    continue;
                };
                let push: Value = serde_json::from_str(&text).unwrap();
                count(&sent, push[3].as_str().unwrap());
                let ok = json!({ "status": "ok", "response": { "postgres_changes": [] } });
                let reply = json!([push[0], push[1], push[2], "phx_reply", ok]);
                let _ = socket.send(Message::text(reply.to_string())).await;
            }
        });
    }
}

#[tokio::test(start_paused = true)]
async fn an_hour_on_screen_is_one_join_and_heartbeats_and_an_hour_in_the_background_is_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let clock = Arc::new(VirtualClock(tokio::time::Instant::now()));
    let endpoint = Endpoint {
        url: format!("http://{}", listener.local_addr().unwrap()),
        key: Secret::new("anon.key.x"),
        tls: rockon_core::net::tls::client_config_with("").unwrap(),
    };
    let tokens = Arc::new(Tokens(Arc::clone(&clock)));
    let sent = Sent::default();
    tokio::spawn(agree(listener, Arc::clone(&sent)));
    let scope = ScopeId(uuid::Uuid::from_u128(0xb1));
    let mut phone = Listener::start(endpoint, tokens, clock, [scope]);
    while phone.next().await != Some(Told::Gap) {}
    tokio::time::sleep(HOUR).await;
    let mut on_screen = sent.lock().unwrap().clone();
    let heartbeats = on_screen.remove("heartbeat").unwrap_or_default();
    assert!(
        (140..=144).contains(&heartbeats),
        "one in 25 s: {heartbeats}"
    );
    let once = |what: &str| (what.to_owned(), 1);
    assert_eq!(
        on_screen,
        BTreeMap::from([once("connection"), once("phx_join")])
    );

    phone.set_foreground(false);
    let off = Told::State(ConnectionState::Off(OffReason::Background));
    while phone.next().await != Some(off) {}
    tokio::time::sleep(Duration::from_secs(10)).await; // the goodbye
    let goodbye = sent.lock().unwrap().clone();
    tokio::time::sleep(HOUR).await;
    assert_eq!(*sent.lock().unwrap(), goodbye, "a background app is silent");
}

/// A line between a phone and a server that counts what the phone sends.
#[derive(Debug, Default)]
struct Line {
    bytes: AtomicU64,
    sockets: AtomicUsize,
}

impl Line {
    /// Passes everything on to `server` (`http://host:port`); gives its own address.
    async fn to(server: &str) -> (Arc<Self>, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (line, server) = (Arc::<Self>::default(), server.replace("http://", ""));
        let passing = Arc::clone(&line);
        tokio::spawn(async move {
            while let Ok((phone, _)) = listener.accept().await {
                let server = TcpStream::connect(&server).await.unwrap();
                tokio::spawn(Arc::clone(&passing).pass(phone, server));
            }
        });
        (line, url)
    }

    async fn pass(self: Arc<Self>, phone: TcpStream, server: TcpStream) {
        let (mut from_phone, mut to_phone) = phone.into_split();
        let (mut from_server, mut to_server) = server.into_split();
        let back = tokio::spawn(async move {
            let _ = tokio::io::copy(&mut from_server, &mut to_phone).await;
        });
        let (mut buffer, mut is_socket) = (vec![0; 16_384], false);
        while let Ok(length @ 1..) = from_phone.read(&mut buffer).await {
            self.bytes.fetch_add(length as u64, Ordering::SeqCst);
            if !is_socket && buffer.starts_with(b"GET /realtime/") {
                is_socket = true;
                self.sockets.fetch_add(1, Ordering::SeqCst);
            }
            if to_server.write_all(&buffer[..length]).await.is_err() {
                break;
            }
        }
        back.abort();
        if is_socket {
            self.sockets.fetch_sub(1, Ordering::SeqCst);
        }
    }

    fn sent(&self) -> u64 {
        self.bytes.load(Ordering::SeqCst)
    }
}

/// Waits until the phone's connection is in this state.
async fn connection(phone: &Phone, wanted: ConnectionState) {
    eventually(format!("{wanted:?}"), PATIENCE, || async {
        let status = phone.client().status_now().await.unwrap();
        (status.connection == Some(wanted)).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_in_the_background_sends_not_a_byte_while_its_band_is_busy() {
    let project = project().await;
    let eric = Phone::of(&project, "eric").await;
    let (line, url) = Line::to(project.url()).await;
    let sam = Phone::with_key(&url, project.anon_key());
    sam.client()
        .sign_in("sam@rock-on.test", Secret::new(PASSWORD))
        .await
        .unwrap();
    sam.caught_up().await;
    connection(
        &sam,
        ConnectionState::Live(rockon_core::realtime::Transport::Private),
    )
    .await;
    eric.add_song("On Screen").await;
    sam.sees("On Screen", |song| song.scope == BAND).await;
    sam.caught_up().await;

    sam.client().set_foreground(false);
    connection(&sam, ConnectionState::Off(OffReason::Background)).await;
    let closed = || async { (line.sockets.load(Ordering::SeqCst) == 0).then_some(()) };
    eventually("the socket is closed", PATIENCE, closed).await;
    let before = line.sent();
    for n in 0..20 {
        eric.add_song(&format!("Out of Sight {n}")).await;
        eric.caught_up().await;
    }
    assert_eq!(line.sent(), before, "the hints of 20 edits woke nobody");
    sam.client().set_foreground(true);
    sam.sees("Out of Sight 19", |_| true).await;
    assert!(line.sent() > before, "and what is sent is counted");
}
