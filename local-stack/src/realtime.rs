//! The Realtime server of one project: Phoenix channels over `WebSockets` in protocol 2.0.0, broadcast, presence, row
//! changes.
//!
//! Owns the sockets, the topics, one replication stream with a temporary slot and one polling connection. Never decides
//! what a user may see: PostgreSQL's policies do, asked as the user's role. Behaviour, texts and waits are those
//! observed on the real server; where it loses events silently, so does this one.
//!
//! | queue | bound | when full |
//! |---|---|---|
//! | events for one socket | 8,192 | the socket is cut without a close frame |
//! | transactions waiting for a poll | 22,000 rows, 64 MiB | the newest is lost (logged) |
//! | rows of one transaction | 11,000 | the transaction is lost (logged) |
//! | replication events | 1,024 | PostgreSQL waits |
//! | database clients for policies and subscriptions | 4 | joins wait |
//!
//! Differences from the real server: any host name is the project, the length of an `in` list is bounded by its 100
//! values only (not by an index row), messages from the database count against no rate, and the first join waits until
//! messages from the database flow. Not offered, and refused by name: protocol 1.0.0, joins without `config`, replay,
//! broadcast over HTTP, pushes in bytes, `select` and operators beyond comparisons in subscriptions to row changes.

mod authorize;
mod binary;
mod changes;
mod channels;
mod faults;
mod filter;
mod follow;
mod frame;
mod http;
mod hub;
mod inspect;
mod join;
mod limits;
mod outbox;
mod presence;
mod socket;
mod stream;
mod timing;
mod token;
mod upgrade;

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::{any, get};
use deadpool_postgres::tokio_postgres::{self, Client, NoTls};
use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod};
use serde_json::{Map, Value};
use tokio::sync::{OnceCell, watch};
use tokio::task::AbortHandle;

pub use self::faults::{Faults, Switches};
pub use self::limits::Limits;
pub use self::timing::Timing;

use self::changes::{Changes, Subscribed, Subscription};
use self::frame::{Broadcast, Frame};
use self::hub::{Hub, Topic};
use self::limits::{Rate, Window};
use self::outbox::Event;
use self::token::{Claims, TokenError};
use crate::clock::Clock;
use crate::faults::FaultState;

/// Database clients kept for policies and subscriptions.
const CLIENTS: usize = 4;
/// How long the first join waits for the stream; then it goes on without.
const STREAM_WAIT: Duration = Duration::from_secs(5);

/// Where the project's database is: a socket directory of a server that trusts local users.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Directory of the unix socket.
    pub socket_dir: String,
    /// Port number in the socket's name.
    pub port: u16,
    /// A superuser.
    pub user: String,
    /// Database name.
    pub database: String,
}

/// What a project's realtime server needs to know.
#[derive(Clone)]
pub struct Settings {
    /// Its database.
    pub place: Place,
    /// Secret of the project's tokens (HS256).
    pub secret: Vec<u8>,
    /// New-style keys and the tokens they stand for.
    pub keys: Vec<(String, String)>,
    /// The stack's clock.
    pub clock: Arc<Clock>,
    /// The project's switches.
    pub switches: watch::Receiver<FaultState>,
    /// Waits.
    pub timing: Timing,
    /// Limits.
    pub limits: Limits,
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings")
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

/// The realtime server of one project. Shared by its sockets; ended by [`Realtime::stop`].
#[derive(Debug)]
pub struct Realtime {
    hub: Hub,
    changes: Changes,
    timing: Timing,
    settings: Settings,
    pool: Pool,
    limits: RwLock<Limits>,
    faults: Faults,
    joins: Mutex<Window>,
    broadcasts: Mutex<Rate>,
    warm_at: OnceLock<Instant>,
    stream: OnceCell<()>,
    tasks: Mutex<Vec<AbortHandle>>,
}

impl Realtime {
    /// Makes a server that connects to nothing until the first join. Needs a tokio runtime.
    ///
    /// # Errors
    /// When no pool can be built.
    pub fn new(settings: Settings) -> Result<Arc<Self>, deadpool_postgres::BuildError> {
        let manager = ManagerConfig {
            recycling_method: RecyclingMethod::Fast,
        };
        let manager = Manager::from_config(config(&settings.place), NoTls, manager);
        let switches = settings.switches.clone();
        let realtime = Arc::new(Self {
            hub: Hub::default(),
            changes: Changes::default(),
            timing: settings.timing,
            pool: Pool::builder(manager).max_size(CLIENTS).build()?,
            limits: RwLock::new(settings.limits.clone()),
            faults: Faults::default(),
            joins: Mutex::default(),
            broadcasts: Mutex::default(),
            warm_at: OnceLock::new(),
            stream: OnceCell::new(),
            tasks: Mutex::default(),
            settings,
        });
        let follow = tokio::spawn(follow::run(Arc::clone(&realtime), switches));
        lock(&realtime.tasks).push(follow.abort_handle());
        Ok(realtime)
    }

    /// Routes below `/realtime/v1`.
    pub fn router(self: &Arc<Self>) -> Router {
        Router::new()
            .route("/websocket", get(upgrade::websocket))
            .route("/api/broadcast", any(async || http::broadcast()))
            .route("/api/broadcast/{*rest}", any(async || http::broadcast()))
            .route("/api/ping", get(async || http::ping()))
            .with_state(Arc::clone(self))
    }

    /// The switches that make it misbehave.
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// Replaces the limits; open sockets and channels stay.
    pub fn set_limits(&self, limits: Limits) {
        *self.limits.write().unwrap_or_else(PoisonError::into_inner) = limits;
    }

    /// Ends every socket now, with this close code or without a close frame.
    pub fn cut_sockets(&self, code: Option<u16>) {
        for outbox in self.hub.sockets() {
            outbox.cut(code);
        }
    }

    /// Treats the token of every open channel as expired now: system error and close, the sockets stay.
    pub fn expire_tokens(&self) {
        self.tell_all(|| Event::ExpireTokens);
    }

    /// What a changed secret or an operator does: a system message on each channel, then close 1012.
    pub fn disconnect_all(&self) {
        self.tell_all(|| Event::Disconnect);
    }

    pub(crate) fn tell_all(&self, event: impl Fn() -> Event) {
        for outbox in self.hub.sockets() {
            outbox.send(event(), Duration::ZERO);
        }
    }

    /// Ends sockets (1012) and background tasks and lets go of the database, without waiting. Can be called twice.
    pub fn abort(&self) {
        self.cut_sockets(Some(1012));
        for task in lock(&self.tasks).drain(..) {
            task.abort();
        }
        self.pool.close();
    }

    /// [`Realtime::abort`], then waits until the database has dropped the slot, at most two seconds.
    pub async fn stop(&self) {
        self.abort();
        let Ok(client) = self.connect().await else {
            return;
        };
        let gone = async {
            let left = "select 1 from pg_replication_slots where database = current_database() and temporary";
            while client
                .query(left, &[])
                .await
                .is_ok_and(|rows| !rows.is_empty())
            {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        // The slot is temporary: it goes when its session notices, which the deadline does not change.
        let _ = tokio::time::timeout(Duration::from_secs(2), gone).await;
    }

    fn place(&self) -> &Place {
        &self.settings.place
    }

    fn secret(&self) -> &[u8] {
        &self.settings.secret
    }

    fn limits(&self) -> Limits {
        self.limits
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The token a new-style key stands for; anything else is a token itself.
    fn translate_key(&self, key: &str) -> String {
        let known = self.settings.keys.iter().find(|(name, _)| name == key);
        known.map_or_else(|| key.to_owned(), |(_, token)| token.clone())
    }

    /// Unix time in seconds by the stack's clock.
    fn now_precise(&self) -> f64 {
        let now = self.settings.clock.now();
        #[expect(
            clippy::cast_precision_loss,
            reason = "seconds since 1970 fit a double exactly"
        )]
        let seconds = now.unix_timestamp() as f64;
        seconds + f64::from(now.nanosecond()) / 1e9
    }

    /// Judges a token now, with the switch for expired tokens in force.
    fn verify(&self, token: &str) -> Result<Claims, TokenError> {
        let now = self.settings.clock.unix();
        let claims = token::verify(token, self.secret(), now)?;
        if self.is_cancelled(&claims) {
            Err(TokenError::Expired(0))
        } else {
            Ok(claims)
        }
    }

    /// Whether a switch declares these claims expired whatever they say.
    fn is_cancelled(&self, claims: &Claims) -> bool {
        let until = self.settings.switches.borrow().tokens_expired_until;
        matches!((until, claims.issued), (Some(until), Some(issued)) if issued <= until)
    }

    async fn thaw(&self) {
        self.faults.thaw().await;
    }

    fn refused_join(&self) -> Option<String> {
        self.faults.refused_join()
    }

    fn event_delay(&self) -> Option<Duration> {
        self.faults.event_delay()
    }

    /// Counts a join; `false` when it is one too many in this second.
    fn count_join(&self) -> bool {
        let limit = usize::try_from(self.limits().joins_per_second).unwrap_or(usize::MAX);
        lock(&self.joins).allow(Instant::now(), limit, Duration::from_secs(1))
    }

    /// Counts a client's broadcast; `true` when the average is now too high.
    fn count_broadcast(&self) -> bool {
        let mut rate = lock(&self.broadcasts);
        rate.add(Instant::now(), 1);
        rate.exceeds(Instant::now(), self.limits().events_per_second)
    }

    /// A connection of its own.
    async fn connect(&self) -> Result<Client, tokio_postgres::Error> {
        let (client, connection) = config(self.place()).connect(NoTls).await?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a realtime database connection ended");
            }
        });
        Ok(client)
    }

    /// A pooled connection; the cause of a failure is logged.
    async fn client(&self) -> Result<Object, ()> {
        self.pool
            .get()
            .await
            .map_err(|error| tracing::warn!(%error, "realtime cannot reach its database"))
    }

    /// Starts stream and poller at the first join and waits until messages flow.
    async fn start_stream(self: &Arc<Self>) {
        let ready = self.stream.get_or_init(|| async {
            let (sender, mut ready) = watch::channel(false);
            let stream = tokio::spawn(stream::run(Arc::clone(self), sender));
            let poller = tokio::spawn(changes::poller::run(Arc::clone(self)));
            lock(&self.tasks).extend([stream.abort_handle(), poller.abort_handle()]);
            if tokio::time::timeout(STREAM_WAIT, ready.wait_for(|ready| *ready))
                .await
                .is_err()
            {
                tracing::warn!("the replication stream is not there yet; joining without");
            }
        });
        ready.await;
    }

    /// Resolves a join's bindings; the first of a cold project take a while.
    async fn resolve(&self, entries: &[Map<String, Value>], claims: Claims) -> Subscribed {
        let warm_at = *self
            .warm_at
            .get_or_init(|| Instant::now() + self.timing.cold_subscribe);
        tokio::time::sleep_until(warm_at.into()).await;
        let result = match self.client().await {
            Ok(client) => changes::subscribe::resolve(&client, entries, &claims).await,
            Err(()) => Err("Realtime was unable to connect to the project database".to_owned()),
        };
        Subscribed { claims, result }
    }

    fn deliver_message(&self, topic: &Topic, broadcast: &Broadcast) {
        if let Some(delay) = self.event_delay() {
            self.hub.broadcast(topic, broadcast, None, delay);
        }
    }

    fn deliver_change(&self, subscription: &Subscription, frame: Frame) {
        if let Some(delay) = self.event_delay() {
            subscription
                .outbox
                .send(Event::Frame(subscription.channel, frame), delay);
        }
    }
}

fn config(place: &Place) -> tokio_postgres::Config {
    let mut config = tokio_postgres::Config::new();
    config
        .host_path(&place.socket_dir)
        .port(place.port)
        .user(&place.user)
        .dbname(&place.database);
    config
        .application_name("realtime")
        .options("-c timezone=UTC");
    config
}

/// Counters and handles stay whole whatever panicked elsewhere.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
