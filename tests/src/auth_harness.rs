//! A session over a scripted auth service, with clocks and a secret store that a test can turn.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rockon_core::config::ClientConfig;
use rockon_core::model::UserId;
use rockon_core::net::{Http, Timeouts, tls};
use rockon_core::redact::Secret;
use rockon_core::session::{Held, MemorySecrets, SecretError, SecretStore, Session};
use rockon_core::time::{Clock, ManualClock, Timestamp};
use serde_json::{Value, json};

use crate::scripted::{Reply, Request, ScriptedServer};

/// Eric.
pub const ERIC: &str = "46d1e466-0000-4c62-b43b-7f41855ba872";
/// Sam.
pub const SAM: &str = "5a3d1e46-0000-4c62-b43b-7f41855ba872";
/// Everybody's password.
pub const PASSWORD: &str = "pass-word-PLANTED";
/// Part of every token.
pub const MARK: &str = "PLANTED";
/// Wall clock at the start of each test.
pub const START: Timestamp = Timestamp(1_800_000_000_000);

/// A person's id.
pub fn user(id: &str) -> UserId {
    id.parse().expect("an id")
}

/// A session object for `id`; `n` makes its tokens different from others.
pub fn grant(id: &str, n: u32, expires_in: i64) -> Value {
    let claims = json!({ "sub": id, "exp": 1_800_000_000_i64 + expires_in, "iat": 1_800_000_000_i64,
        "session_id": id, "n": n });
    let payload = URL_SAFE_NO_PAD.encode(claims.to_string());
    json!({ "access_token": format!("e30.{payload}.{MARK}{n}"), "token_type": "bearer", "expires_in": expires_in,
        "refresh_token": refresh(n), "user": { "id": id, "email": format!("{MARK}@example.com"), "aud": "authenticated" } })
}

/// The n-th refresh token.
pub fn refresh(n: u32) -> String {
    format!("{MARK}-refresh-{n}")
}

/// The n-th access token of `id`.
pub fn access(id: &str, n: u32, expires_in: i64) -> String {
    let grant = grant(id, n, expires_in);
    grant["access_token"].as_str().expect("a token").to_owned()
}

/// An error of the auth service.
pub fn refusal(status: u16, code: &str) -> Reply {
    let headers = format!("x-sb-error-code: {code}\r\nx-supabase-api-version: 2024-01-01\r\n");
    Reply::JsonWith(status, headers, json!({ "code": code, "message": MARK }))
}

/// A stand-in for the auth service's rotation: the active token gives the next one; its parent gives the active one again.
#[derive(Debug, Default)]
pub struct Rotation {
    active: Mutex<u32>,
    /// Lifetime of access tokens, in seconds.
    pub expires_in: i64,
}

impl Rotation {
    /// Tokens of an hour.
    pub fn hourly() -> Arc<Self> {
        Arc::new(Self {
            active: Mutex::new(0),
            expires_in: 3_600,
        })
    }

    /// Answers sign-in, refresh and sign-out of Eric.
    pub fn answer(&self, request: &Request) -> Reply {
        let mut active = self.active.lock().expect("unpoisoned");
        if request.target.contains("grant_type=password") {
            return Reply::Json(200, grant(ERIC, *active, self.expires_in));
        }
        if request.target.contains("/logout") {
            return Reply::Json(204, Value::Null);
        }
        let given = request.json()["refresh_token"].clone();
        if given == json!(refresh(*active)) {
            *active += 1;
        } else if *active == 0 || given != json!(refresh(*active - 1)) {
            return refusal(400, "refresh_token_already_used");
        }
        Reply::Json(200, grant(ERIC, *active, self.expires_in))
    }
}

/// A secret store that can be locked.
#[derive(Debug, Default)]
pub struct TestSecrets {
    inner: MemorySecrets,
    /// Writes and deletes fail.
    pub locked: AtomicBool,
    /// Every step panics.
    pub panics: AtomicBool,
    lost: Mutex<Vec<&'static str>>,
}

impl TestSecrets {
    fn whole(&self) {
        assert!(!self.panics.load(Ordering::SeqCst), "planted {MARK}");
    }

    /// What is stored under keys with this end can never be opened again, until it is written or deleted.
    pub fn lose(&self, end: &'static str) {
        self.lost.lock().expect("unpoisoned").push(end);
    }

    fn found(&self, key: &str) {
        let mut lost = self.lost.lock().expect("unpoisoned");
        lost.retain(|end| !key.ends_with(end));
    }

    fn unlocked(&self) -> Result<&MemorySecrets, SecretError> {
        self.whole();
        let locked = self.locked.load(Ordering::SeqCst);
        if locked {
            Err(SecretError)
        } else {
            Ok(&self.inner)
        }
    }
}

impl SecretStore for TestSecrets {
    fn read(&self, key: &str) -> Result<Held, SecretError> {
        self.whole();
        let lost = self.lost.lock().expect("unpoisoned");
        if lost.iter().any(|end| key.ends_with(end)) {
            return Ok(Held::Lost);
        }
        self.inner.read(key)
    }

    fn write(&self, key: &str, value: &Secret) -> Result<(), SecretError> {
        self.unlocked()?.write(key, value)?;
        self.found(key);
        Ok(())
    }

    fn delete(&self, key: &str) -> Result<(), SecretError> {
        self.unlocked()?.delete(key)?;
        self.found(key);
        Ok(())
    }
}

/// A phone's session and everything around it.
#[derive(Debug)]
pub struct AuthHarness {
    /// Its server.
    pub server: ScriptedServer,
    /// The client.
    pub http: Http,
    /// The session.
    pub session: Session,
    /// Where its tokens are.
    pub secrets: Arc<TestSecrets>,
    /// Its clocks.
    pub clock: Arc<ManualClock>,
}

impl AuthHarness {
    /// A phone that is signed out.
    pub async fn new(script: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let server = ScriptedServer::start(script).await;
        let (secrets, clock) = (
            Arc::new(TestSecrets::default()),
            Arc::new(ManualClock::new(START)),
        );
        let http = http(server.url(), "anon.key.PLANTED", clock.clone());
        let session = Session::new(http.clone(), secrets.clone(), clock.clone(), 7);
        Self {
            server,
            http,
            session,
            secrets,
            clock,
        }
    }

    /// A phone on which Eric is signed in, by a service that rotates.
    pub async fn signed_in() -> Self {
        let rotation = Rotation::hourly();
        let harness = Self::new(move |request| rotation.answer(request)).await;
        harness.sign_in().await;
        harness
    }

    /// Eric signs in.
    pub async fn sign_in(&self) {
        let signed_in = self
            .session
            .sign_in("eric@example.com", Secret::new(PASSWORD));
        assert_eq!(signed_in.await.expect("signed in").user, user(ERIC));
    }

    /// The process is killed and started again: the same secrets, nothing else.
    pub fn restarted(&self) -> Session {
        self.restarted_at(self.server.url())
    }

    /// The same, and the app names a server at `url` now.
    pub fn restarted_at(&self, url: &str) -> Session {
        let clock = Arc::new(ManualClock::new(self.clock.wall()));
        let http = http(url, "anon.key.PLANTED", clock.clone());
        let session = Session::new(http, self.secrets.clone(), clock, 7);
        session.restore().expect("restored");
        session
    }

    /// Eric's token.
    pub async fn token(&self) -> rockon_core::Result<Secret> {
        self.session.token(user(ERIC), Duration::from_mins(1)).await
    }

    /// How many refreshes the server has seen.
    pub fn refreshes(&self) -> usize {
        self.server.seen("grant_type=refresh_token").len()
    }
}

/// A client that waits for long, so that a busy machine changes nothing.
pub fn http(url: &str, key: &str, clock: Arc<dyn Clock>) -> Http {
    http_that_waits(url, key, clock, Duration::from_secs(20))
}

/// A client that waits at most `wait` for each thing.
pub fn http_that_waits(url: &str, key: &str, clock: Arc<dyn Clock>, wait: Duration) -> Http {
    let config = ClientConfig::new(url, key, "unused");
    let timeouts = Timeouts {
        connect: wait,
        idle: wait,
        rpc: wait,
        other: wait,
    };
    let tls = tls::client_config_with("").expect("TLS");
    Http::new(
        &config.validated().expect("settings"),
        &tls,
        clock,
        timeouts,
    )
    .expect("a client")
}
