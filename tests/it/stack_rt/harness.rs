//! A project with the tables of the cases for one test.

use std::sync::Arc;
use std::time::UNIX_EPOCH;

use rockon_local_stack::realtime::{Limits, Realtime, Timing};
use rockon_local_stack::{Contents, Keys, ProjectConfig};
use rockon_tests::ws::{Refused, Ws};
use serde_json::{Value, json};
use tokio_postgres::Client;

/// The public development secret that the recordings use too.
const SECRET: &str = "super-secret-jwt-token-with-at-least-32-characters-long";
/// A time no test lives to see.
const FOR_EVER: u64 = 9_999_999_999;
pub(crate) const ANN: &str = "11111111-1111-4111-8111-111111111111";
pub(crate) const BOB: &str = "22222222-2222-4222-8222-222222222222";

pub(crate) struct Project {
    pub(crate) realtime: Arc<Realtime>,
    /// `127.0.0.1:PORT`.
    pub(crate) address: String,
    /// As the superuser.
    pub(crate) sql: Client,
    pub(crate) inner: rockon_local_stack::Project,
}

impl Project {
    pub(crate) async fn start() -> Self {
        Self::with(Timing::fast(), Limits::default()).await
    }

    /// With the tables of the recorded scenarios.
    pub(crate) async fn recorded() -> Self {
        Self::create(Timing::fast(), include_str!("recorded.sql")).await
    }

    pub(crate) async fn with(timing: Timing, limits: Limits) -> Self {
        let project = Self::create(timing, include_str!("tables.sql")).await;
        project.realtime.set_limits(limits);
        project
    }

    async fn create(timing: Timing, tables: &str) -> Self {
        let mut config = ProjectConfig {
            contents: Contents::Bare,
            // The cases ask the service itself, with tokens of their own for keys.
            key_check: false,
            ..ProjectConfig::default()
        };
        config.timing.realtime = timing;
        let inner = rockon_tests::project_with(config).await;
        let sql = inner.admin().await.unwrap();
        sql.batch_execute(tables).await.unwrap();
        let realtime = Arc::clone(&inner.shared().realtime);
        let address = inner.url().trim_start_matches("http://").to_owned();
        Self {
            realtime,
            address,
            sql,
            inner,
        }
    }

    /// Stops the project and drops its database, which works only if it left no slot behind.
    pub(crate) async fn stop(self) {
        drop(self.sql);
        self.inner.shutdown().await.unwrap();
    }

    pub(crate) fn url(&self, query: &str) -> String {
        format!("ws://{}/realtime/v1/websocket?{query}", self.address)
    }

    pub(crate) async fn open(&self, query: &str) -> Result<Ws, Refused> {
        Ws::open(&self.url(query), &[]).await
    }

    pub(crate) async fn v2(&self) -> Ws {
        self.open(&format!("apikey={}&vsn=2.0.0", anon()))
            .await
            .unwrap()
    }

    pub(crate) async fn run(&self, sql: &str) {
        self.sql.batch_execute(sql).await.unwrap();
    }
}

pub(crate) fn token(claims: &Value) -> String {
    Keys::new(Some(SECRET)).unwrap().sign(claims).unwrap()
}

pub(crate) fn anon() -> String {
    token(&json!({"role": "anon", "exp": FOR_EVER}))
}

pub(crate) fn user(id: &str) -> String {
    token(&json!({"role": "authenticated", "sub": id, "exp": FOR_EVER}))
}

/// Unix seconds.
pub(crate) fn now() -> u64 {
    UNIX_EPOCH.elapsed().unwrap().as_secs()
}
