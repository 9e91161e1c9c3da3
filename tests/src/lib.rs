//! What the integration tests share: one database cluster per process, a project per test, a plain HTTP client, and
//! waiting for states instead of times.
//!
//! The cluster is started by the first test that needs it and ends with the process: a static is never dropped, but the
//! server's watchdog sees the process go and removes everything.
#![cfg(feature = "testing")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::missing_panics_doc,
    reason = "a test fails by panicking and says why on stderr"
)]

pub mod auth_harness;
pub mod http;
pub mod js;
pub mod listener;
pub mod lossy_proxy;
pub mod phone;
pub mod reverse_proxy;
pub mod scenario_server;
pub mod scripted;
pub mod ws;

use std::fmt::Debug;
use std::future::Future;
use std::sync::{Arc, Once};
use std::time::{Duration, Instant};

use rockon_local_stack::{
    AuthSettings, Cluster, ClusterConfig, Contents, Project, ProjectConfig, Timing,
};
use tokio::sync::OnceCell;

/// The process's shared PostgreSQL server.
pub async fn cluster() -> &'static Arc<Cluster> {
    static CLUSTER: OnceCell<Arc<Cluster>> = OnceCell::const_new();
    static LOG: Once = Once::new();
    LOG.call_once(|| {
        let filter = tracing_subscriber::EnvFilter::from_default_env();
        let _ = tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_test_writer()
            .try_init();
    });
    CLUSTER
        .get_or_init(async || {
            Cluster::start(ClusterConfig::default())
                .await
                .expect("PostgreSQL starts")
        })
        .await
}

/// A fresh project with the migrations and the seed, with short waits.
pub async fn project() -> Project {
    project_with(ProjectConfig {
        contents: Contents::Seeded,
        ..fast()
    })
    .await
}

/// A fresh project with the migrations and no rows, with short waits.
pub async fn empty_project() -> Project {
    project_with(fast()).await
}

/// A fresh project with only what a Supabase project has before any migration.
pub async fn bare_project() -> Project {
    project_with(ProjectConfig {
        contents: Contents::Bare,
        ..fast()
    })
    .await
}

/// A project with these settings on the shared cluster.
pub async fn project_with(config: ProjectConfig) -> Project {
    Project::start(cluster().await, config)
        .await
        .expect("the project starts")
}

/// Settings for tests: waits that only cost time are short, and nobody signs in too often.
pub fn fast() -> ProjectConfig {
    ProjectConfig {
        timing: Timing::fast(),
        auth: AuthSettings {
            attempts: 100_000,
            ..AuthSettings::default()
        },
        ..ProjectConfig::default()
    }
}

/// Asks `probe` again and again until it gives a value, at most for `deadline`; then fails with `what`.
#[track_caller]
pub fn eventually<T, F>(
    what: impl Debug,
    deadline: Duration,
    mut probe: impl FnMut() -> F,
) -> impl Future<Output = T>
where
    F: Future<Output = Option<T>>,
{
    let caller = std::panic::Location::caller();
    async move {
        let started = Instant::now();
        loop {
            if let Some(value) = probe().await {
                return value;
            }
            assert!(
                started.elapsed() < deadline,
                "{caller}: not within {deadline:?}: {what:?}"
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

/// Names the calling test as one that cannot run on this machine, with the reason; the test then returns. `cargo xtask
/// test` counts it as skipped (the file named by `ROCKON_SKIPS`), and fails when `CI=true`.
pub fn skip(reason: &str) {
    use std::io::Write as _;
    let thread = std::thread::current();
    let line = format!("{}: {reason}\n", thread.name().unwrap_or("a test"));
    eprint!("skipped: {line}");
    if let Ok(path) = std::env::var("ROCKON_SKIPS") {
        let mut file = std::fs::File::options()
            .create(true)
            .append(true)
            .open(path);
        file.as_mut().unwrap().write_all(line.as_bytes()).unwrap();
    }
}
