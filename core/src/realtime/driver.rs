//! The task that joins socket and machine.
//!
//! Owns: one socket at a time, one question for a token at a time, and the sleep until the machine's next deadline.
//! Never: decides. Never wakes up without a frame, news from the handle, a token or a deadline.
//! Invariants: it ends, socket and all, when its [`Realtime`] is dropped. Into it go values that are replaced, not queues;
//! out of it go [`Hints`] and the newest state. So nothing here can overflow, and no caller ever waits.

use std::collections::BTreeSet;
use std::fmt;
use std::future::{Future, pending};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::sync::watch;

use super::event::{ConnectionState, OffReason, RealtimeEvent};
use super::machine::{ConnId, ConnectFailure, Counters, Effect, Input, Machine, rules};
use super::protocol::{Wire, decode, encode};
use super::socket::{Endpoint, Received, Socket};
use super::token::AccessToken;
use crate::error::{Error, Result};
use crate::hint::{Hint, Hints};
use crate::model::ScopeId;
use crate::platform::{self, Platform};
use crate::redact::Secret;
use crate::time::{Clock, rest};

/// A token source that has not answered in this time has failed.
const TOKEN_LIMIT: Duration = Duration::from_secs(30);

/// Answer of a [`TokenSource`].
pub type TokenFuture = Pin<Box<dyn Future<Output = Result<AccessToken>> + Send>>;

/// Where tokens come from: the session, seen from here. Threads: called on the client's runtime.
pub trait TokenSource: Send + Sync + fmt::Debug {
    /// A token that is valid for at least `min_valid` and is not `rejected`, which the server has refused. It may refresh.
    /// [`Error::SignedOut`] ends the connection until [`Realtime::set_token`]; after any other error it is asked again every
    /// few seconds, so the pauses between requests are the source's.
    fn token(&self, min_valid: Duration, rejected: Option<Secret>) -> TokenFuture;
}

/// What a connection is made of.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Where to connect.
    pub endpoint: Endpoint,
    /// Where tokens come from.
    pub tokens: Arc<dyn TokenSource>,
    /// Time. The same clock as the tokens' ends are measured on.
    pub clock: Arc<dyn Clock>,
    /// Decides jittered waits: random in the product, fixed in tests.
    pub seed: u64,
    /// What the platform says.
    pub platform: watch::Receiver<Platform>,
    /// Where hints go.
    pub hints: Arc<Hints>,
}

/// News of the session.
#[derive(Debug, Clone, Default)]
enum SessionInput {
    #[default]
    Unknown,
    Token(AccessToken),
    SignedOut,
}

/// A value and how often it was set: setting it again is news too.
#[derive(Debug, Clone, Default)]
struct Set<T> {
    value: T,
    times: u64,
}

impl<T> Set<T> {
    fn set(&mut self, value: T) {
        self.value = value;
        self.times += 1;
    }
}

/// Everything the handle says.
#[derive(Debug, Clone, Default)]
struct Wanted {
    scopes: Set<BTreeSet<ScopeId>>,
    session: Set<SessionInput>,
    found: Set<Vec<Hint>>,
    broadcast: Set<bool>,
}

/// The running connection. Dropping it ends the task and closes the socket. Threads: callable from any; nothing waits.
#[derive(Debug)]
pub struct Realtime {
    wanted: watch::Sender<Wanted>,
    state: watch::Receiver<ConnectionState>,
    counters: watch::Receiver<Counters>,
}

impl Realtime {
    /// Starts the task on `runtime`, without scopes: no socket yet.
    #[must_use]
    pub fn start(runtime: &tokio::runtime::Handle, setup: Setup) -> Self {
        let (wanted, requests) = watch::channel(Wanted::default());
        let (counted, counters) = watch::channel(Counters::default());
        let (told, state) = watch::channel(ConnectionState::Off(OffReason::Background));
        let driver = Driver {
            machine: Machine::new(setup.seed),
            setup,
            seen: Wanted::default(),
            heard: Platform::default(),
            told,
            counted,
            link: Link::None,
            asking: None,
        };
        runtime.spawn(driver.run(requests).boxed());
        Self {
            wanted,
            state,
            counters,
        }
    }

    /// The scopes to listen to, all of them.
    pub fn set_scopes(&self, scopes: BTreeSet<ScopeId>) {
        self.wanted.send_modify(|wanted| wanted.scopes.set(scopes));
    }

    /// The session has a new token, or somebody has signed in.
    pub fn set_token(&self, token: AccessToken) {
        let session = SessionInput::Token(token);
        self.wanted
            .send_modify(|wanted| wanted.session.set(session));
    }

    /// Nobody is signed in any more.
    pub fn signed_out(&self) {
        let session = SessionInput::SignedOut;
        self.wanted
            .send_modify(|wanted| wanted.session.set(session));
    }

    /// Heads that sync found by asking, above all it knew, while nothing of its own was under way: a transport that carries
    /// hints has told of them, or does so in a moment.
    pub fn found(&self, heads: Vec<Hint>) {
        self.wanted.send_modify(|wanted| wanted.found.set(heads));
    }

    /// Whether the database can broadcast, as `sync_health` says.
    pub fn set_broadcast(&self, can: bool) {
        self.wanted.send_modify(|wanted| wanted.broadcast.set(can));
    }

    /// How well hints flow, and its changes; the newest only.
    #[must_use]
    pub fn watch_state(&self) -> watch::Receiver<ConnectionState> {
        self.state.clone()
    }

    /// What the machine has seen, each time it changes.
    pub fn watch_counters(&self) -> watch::Receiver<Counters> {
        self.counters.clone()
    }
}

type OpeningSocket = Pin<Box<dyn Future<Output = Result<Socket, ConnectFailure>> + Send>>;

/// The one socket, or the way to it.
enum Link {
    None,
    OpeningSocket(ConnId, OpeningSocket),
    Open(ConnId, Socket),
}

/// What the link has to say.
enum LinkEvent {
    Connected(Result<Socket, ConnectFailure>),
    Received(Received),
}

impl Link {
    /// Cancel-safe: nothing is lost when another branch was quicker.
    async fn next(&mut self) -> (ConnId, LinkEvent) {
        match self {
            Self::None => pending().await,
            Self::OpeningSocket(conn, opening) => {
                (*conn, LinkEvent::Connected(opening.as_mut().await))
            }
            Self::Open(conn, socket) => (*conn, LinkEvent::Received(socket.next().await)),
        }
    }
}

struct Driver {
    setup: Setup,
    machine: Machine,
    seen: Wanted,
    heard: Platform,
    told: watch::Sender<ConnectionState>,
    counted: watch::Sender<Counters>,
    link: Link,
    asking: Option<TokenFuture>,
}

impl Driver {
    async fn run(mut self, mut requests: watch::Receiver<Wanted>) {
        let mut platform = self.setup.platform.clone();
        platform.mark_changed();
        loop {
            let deadline = self.machine.next_deadline();
            let sleep = deadline.map(|at| at.since(self.setup.clock.monotonic()));
            tokio::select! {
                changed = requests.changed() => {
                    if changed.is_err() {
                        break;
                    }
                    let wanted = requests.borrow_and_update().clone();
                    self.follow(wanted).await;
                }
                () = platform::changed(&mut platform) => {
                    let now = *platform.borrow_and_update();
                    self.hear(now).await;
                }
                (conn, event) = self.link.next() => self.linked(conn, event).await,
                answer = answer(&mut self.asking) => self.answered(answer).await,
                () = rest(sleep) => self.input(Input::Tick).await,
            }
            let counters = self.machine.counters();
            self.counted.send_if_modified(|told| {
                let changed = told != counters;
                if changed {
                    told.clone_from(counters);
                }
                changed
            });
        }
        self.close().await;
    }

    /// Says to the machine what the platform has said since last time.
    async fn hear(&mut self, now: Platform) {
        let before = std::mem::replace(&mut self.heard, now);
        for on in now.network.since(&before.network) {
            self.input(Input::Network(*on)).await;
        }
        for on in now.foreground.since(&before.foreground) {
            self.input(Input::Foreground(*on)).await;
        }
    }

    /// Says to the machine what the handle has set since last time.
    async fn follow(&mut self, wanted: Wanted) {
        let before = std::mem::replace(&mut self.seen, wanted.clone());
        if wanted.session.times != before.session.times {
            match wanted.session.value {
                SessionInput::Token(token) => self.input(Input::Token(token)).await,
                SessionInput::SignedOut => self.input(Input::SignedOut).await,
                SessionInput::Unknown => {}
            }
        }
        if wanted.broadcast.times != before.broadcast.times {
            self.input(Input::Broadcast(wanted.broadcast.value)).await;
        }
        if wanted.found.times != before.found.times {
            self.input(Input::Found(wanted.found.value)).await;
        }
        if wanted.scopes.times != before.scopes.times {
            self.input(Input::Scopes(wanted.scopes.value)).await;
        }
    }

    async fn linked(&mut self, conn: ConnId, event: LinkEvent) {
        let input = match event {
            LinkEvent::Connected(Ok(socket)) => {
                self.link = Link::Open(conn, socket);
                Input::Opened(conn)
            }
            LinkEvent::Connected(Err(failure)) => {
                self.link = Link::None;
                Input::ConnectFailed(conn, failure)
            }
            LinkEvent::Received(Received::Closed(code)) => {
                self.link = Link::None;
                Input::Closed(conn, code)
            }
            LinkEvent::Received(Received::Text(text)) => frame(conn, Wire::Text(&text)),
            LinkEvent::Received(Received::Binary(bytes)) => frame(conn, Wire::Binary(&bytes)),
        };
        self.input(input).await;
    }

    async fn answered(&mut self, answer: Result<AccessToken>) {
        self.asking = None;
        let input = match answer {
            Ok(token) => Input::Token(token),
            Err(Error::SignedOut) => Input::SignedOut,
            Err(_) => Input::TokenFailed,
        };
        self.input(input).await;
    }

    /// One step of the machine and everything that follows from it.
    async fn input(&mut self, input: Input) {
        let mut next = Some(input);
        while let Some(input) = next.take() {
            let effects = self.machine.step(self.setup.clock.monotonic(), input);
            for effect in effects {
                if let Some(lost) = self.effect(effect).await {
                    next = Some(lost);
                }
            }
        }
    }

    /// Does one thing; a socket that turns out to be gone is news for the machine.
    async fn effect(&mut self, effect: Effect) -> Option<Input> {
        match effect {
            Effect::Connect(conn) => {
                let opening = Socket::connect(self.setup.endpoint.clone());
                self.link = Link::OpeningSocket(conn, Box::pin(opening));
            }
            Effect::Send(conn, push) => {
                if let Link::Open(open, socket) = &mut self.link
                    && *open == conn
                    && let Err(code) = socket.send(encode(&push)).await
                {
                    self.link = Link::None;
                    return Some(Input::Closed(conn, code));
                }
            }
            Effect::Close(_) => self.close().await,
            Effect::AskToken { rejected } => {
                let question = self.setup.tokens.token(rules::TOKEN_MIN, rejected);
                self.asking = Some(Box::pin(limited(question)));
            }
            Effect::Emit(event) => self.tell(event),
        }
        None
    }

    fn tell(&self, event: RealtimeEvent) {
        let hints = &self.setup.hints;
        match event {
            RealtimeEvent::Hint(hint) => hints.tell(hint),
            RealtimeEvent::Joined(_) | RealtimeEvent::Gapped(_) => hints.tell_gap(),
            RealtimeEvent::State(state) => {
                hints.tell_flow(state.is_live());
                self.told.send_replace(state);
            }
        }
    }

    async fn close(&mut self) {
        if let Link::Open(_, socket) = std::mem::replace(&mut self.link, Link::None) {
            socket.close().await;
        }
    }
}

fn frame(conn: ConnId, wire: Wire<'_>) -> Input {
    match decode(wire) {
        Ok(frame) => Input::Frame(conn, frame),
        Err(why) => Input::Ignored(conn, why),
    }
}

async fn limited(question: TokenFuture) -> Result<AccessToken> {
    let service = crate::error::Service::Auth;
    let limited = tokio::time::timeout(TOKEN_LIMIT, question).await;
    limited.unwrap_or(Err(Error::Timeout { service }))
}

async fn answer(asking: &mut Option<TokenFuture>) -> Result<AccessToken> {
    match asking {
        Some(question) => question.as_mut().await,
        None => pending().await,
    }
}
