//! A phone: a client with its own directory and secrets, which can be killed and opened again.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use rockon_core::client::{Client, Status, Workspace};
use rockon_core::config::ClientConfig;
use rockon_core::error::{Error, StorageFailure};
use rockon_core::feed::{Feed, Keyed};
use rockon_core::model::{Kind, RowId, ScopeId, Values};
use rockon_core::notices::text;
use rockon_core::redact::Secret;
use rockon_core::session::MemorySecrets;
use rockon_core::speech::Language;
use rockon_core::store::{Song, SongQuery};
use rockon_core::sync::Activity;
use rockon_core::time::{Clock, MonotonicInstant, SystemClock, Timestamp};
use rockon_local_stack::Project;
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use crate::eventually;
use crate::lossy_proxy::LossyProxy;
use crate::scripted::locked;

/// The seeded covers band.
pub const BAND: ScopeId = ScopeId(Uuid::from_u128(0xb000_0000_0000_4000_8000_0000_0000_0001));
/// Every seeded member's password.
pub const PASSWORD: &str = "rock-on-demo";
/// How long a state may take before a test fails.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// One member's phone.
#[derive(Debug)]
pub struct Phone {
    /// The running program; `None` while it is killed.
    client: Option<Client>,
    config: ClientConfig,
    secrets: Arc<MemorySecrets>,
    clock: Arc<dyn Clock>,
    dir: TempDir,
    /// What the platform says; it outlives the program.
    platform: Mutex<Platform>,
}

#[derive(Debug, Clone, Copy)]
struct Platform {
    foreground: bool,
    network: bool,
}

/// The machine's clock with the wall clock set wrong, as a person may have set it.
#[derive(Debug)]
pub struct WrongClock {
    real: SystemClock,
    /// Milliseconds it is ahead; negative is behind.
    ahead_ms: i64,
}

impl Clock for WrongClock {
    fn wall(&self) -> Timestamp {
        Timestamp(self.real.wall().0 + self.ahead_ms)
    }

    fn monotonic(&self) -> MonotonicInstant {
        self.real.monotonic()
    }
}

impl Phone {
    /// A new phone with nobody signed in, in the foreground.
    pub fn new(project: &Project) -> Self {
        Self::with_key(project.url(), project.anon_key())
    }

    /// A new phone for any address and key.
    pub fn with_key(url: &str, key: &str) -> Self {
        Self::with_clock(url, key, Arc::new(SystemClock::new()))
    }

    /// A new phone that trusts these certificates (PEM) besides the public ones.
    pub fn with_roots(url: &str, key: &str, extra_roots: &str) -> Self {
        Self::made(url, key, extra_roots, Arc::new(SystemClock::new()))
    }

    fn with_clock(url: &str, key: &str, clock: Arc<dyn Clock>) -> Self {
        Self::made(url, key, "", clock)
    }

    fn made(url: &str, key: &str, extra_roots: &str, clock: Arc<dyn Clock>) -> Self {
        let dir = TempDir::new().unwrap();
        let config = ClientConfig {
            extra_roots: extra_roots.to_owned(),
            ..ClientConfig::new(url, key, dir.path())
        };
        let mut phone = Self {
            client: None,
            config,
            secrets: Arc::new(MemorySecrets::new()),
            clock,
            dir,
            platform: Mutex::new(Platform {
                foreground: true,
                network: true,
            }),
        };
        phone.open();
        phone
    }

    /// A new phone with a seeded member signed in and everything pulled.
    pub async fn of(project: &Project, name: &str) -> Self {
        Self::new(project).signed_in(name).await
    }

    /// The same, with this proxy between the phone and its project.
    pub async fn by(proxy: &LossyProxy, project: &Project, name: &str) -> Self {
        let phone = Self::with_key(proxy.url(), project.anon_key());
        phone.signed_in(name).await
    }

    /// The same as [`Phone::of`], with a wall clock that is this many milliseconds ahead (negative: behind).
    pub async fn ahead(project: &Project, name: &str, ahead_ms: i64) -> Self {
        let real = SystemClock::new();
        let clock = Arc::new(WrongClock { real, ahead_ms });
        let phone = Self::with_clock(project.url(), project.anon_key(), clock);
        phone.signed_in(name).await
    }

    async fn signed_in(self, name: &str) -> Self {
        let email = format!("{name}@rock-on.test");
        let account = self.client().sign_in(&email, Secret::new(PASSWORD)).await;
        account.unwrap();
        self.caught_up().await;
        self
    }

    /// The program is started, and told what the platform said last: of the network before of the foreground, so that
    /// nothing is sent meanwhile. One that was just killed frees its file a moment later than a real kill would.
    pub fn open(&mut self) {
        let started = std::time::Instant::now();
        let client = loop {
            let (config, secrets) = (self.config.clone(), self.secrets.clone());
            match Client::open_with(config, secrets, self.clock.clone(), fastrand::u64(..)) {
                Ok(client) => break client,
                Err(Error::Storage {
                    failure: StorageFailure::Locked,
                }) if started.elapsed() < PATIENCE => {
                    std::thread::yield_now();
                }
                Err(error) => panic!("cannot open: {error:?}"),
            }
        };
        let platform = *locked(&self.platform);
        client.set_network(platform.network);
        client.set_foreground(platform.foreground);
        self.client = Some(client);
    }

    /// The program ends without a word, as a kill does: nothing is shut down.
    pub fn kill(&mut self) {
        self.client = None;
    }

    /// Where its files are.
    pub fn dir(&self) -> &std::path::Path {
        self.dir.path()
    }

    /// The running program.
    pub fn client(&self) -> &Client {
        self.client.as_ref().expect("the program is running")
    }

    /// The signed-in member's data.
    pub fn workspace(&self) -> Arc<Workspace> {
        self.client().workspace().unwrap()
    }

    /// No signal, or signal again.
    pub fn network(&self, on: bool) {
        locked(&self.platform).network = on;
        self.client().set_network(on);
    }

    /// The app comes to the screen, or leaves it.
    pub fn foreground(&self, on: bool) {
        locked(&self.platform).foreground = on;
        self.client().set_foreground(on);
    }

    /// Waits until everything is read and sent.
    pub async fn caught_up(&self) {
        let mut feed = self.client().status();
        let quiet = |status: &Status| {
            let sync = status.sync.as_ref();
            sync.is_some_and(|s| {
                s.activity == Activity::Idle && s.error.is_none() && s.synced_at.is_some()
            }) && status.outbox.unsent == 0
        };
        let wait = async {
            while let Some(status) = feed.next().await {
                if quiet(&status) {
                    return;
                }
            }
        };
        let quiet = tokio::time::timeout(PATIENCE, wait).await;
        assert!(
            quiet.is_ok(),
            "not caught up: {:?}",
            self.client().status_now().await
        );
    }

    /// Adds a song to the band.
    pub async fn add_song(&self, title: &str) -> RowId {
        let song = values(json!({ "title": title, "artist": "Oasis", "key": "G" }));
        self.workspace().add(BAND, Kind::Song, song).await.unwrap()
    }

    /// Changes columns of a song.
    pub async fn change_song(&self, id: RowId, set: Value) {
        self.workspace()
            .change(Kind::Song, id, values(set))
            .await
            .unwrap();
    }

    /// The song as the list shows it.
    pub async fn song(&self, title: &str) -> Option<Song> {
        let query = SongQuery {
            scope: Some(BAND),
            search: title.to_owned(),
            limit: 100,
            ..SongQuery::default()
        };
        let mut feed = self.workspace().songs(query);
        let steps = feed.next().await?.unwrap();
        let mut songs = Vec::new();
        rockon_core::feed::apply(&mut songs, &steps);
        songs.into_iter().find(|song: &Song| song.title == title)
    }

    /// Waits until the list shows the song as `when` wants it; a failure says what it shows instead.
    #[track_caller]
    pub fn sees<'a>(
        &'a self,
        title: &'a str,
        when: impl Fn(&Song) -> bool + 'a,
    ) -> impl Future<Output = Song> + 'a {
        let caller = std::panic::Location::caller();
        async move {
            let started = std::time::Instant::now();
            loop {
                let shown = self.song(title).await;
                match shown.as_ref().filter(|song| when(song)) {
                    Some(song) => return song.clone(),
                    None if started.elapsed() < PATIENCE => {
                        tokio::time::sleep(Duration::from_millis(10)).await;
                    }
                    None => {
                        let status = self.client().status_now().await;
                        panic!("{caller}: {title} is not as wanted: {shown:?}\n{status:?}");
                    }
                }
            }
        }
    }

    /// All notices as text, oldest first.
    pub async fn notices(&self) -> Vec<String> {
        let mut feed = self.workspace().notices(100);
        let mut stored = Vec::new();
        if let Some(steps) = feed.next().await {
            rockon_core::feed::apply(&mut stored, &steps.unwrap());
        }
        stored
            .iter()
            .rev()
            .map(|notice| text::of(notice, Language::English))
            .collect()
    }

    /// Waits until a notice says something with these words.
    #[track_caller]
    pub fn hears<'a>(&'a self, words: &'a str) -> impl Future<Output = String> + 'a {
        eventually(format!("notice {words}"), PATIENCE, move || async move {
            self.notices()
                .await
                .into_iter()
                .find(|text| text.contains(words))
        })
    }
}

/// What a list shows now.
pub async fn first<T: Keyed + Clone + PartialEq + Send + Sync + 'static>(
    mut feed: Feed<T>,
) -> Vec<T> {
    let steps = feed.next().await.expect("the client is open").unwrap();
    let mut list = Vec::new();
    rockon_core::feed::apply(&mut list, &steps);
    list
}

/// Column values from JSON.
pub fn values(value: Value) -> Values {
    let Value::Object(map) = value else {
        panic!("not an object")
    };
    map
}
