//! `rockon stack`: a development project that stays until Ctrl-C.
//!
//! Owns: what is printed of it. Never: an account that is not there; a database that was brought has its own.

use std::sync::{Arc, Mutex, PoisonError};

use rockon_local_stack::{
    AuthSettings, Cluster, ClusterConfig, Contents, Project, ProjectConfig, Step,
};
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::args::StackArgs;
use crate::failure::Failure;
use crate::progress::{slow, slow_steps};

/// The database of a stack whose data stay.
const DATABASE: &str = "rockon";

/// The app's client id at Apple and Google.
const APP: &str = "org.rockon.app";

/// What the start of PostgreSQL is at, if that takes long.
static STEP: Mutex<Option<Step>> = Mutex::new(None);

/// Starts it, prints how to reach it, and waits.
pub(crate) async fn run(args: StackArgs) -> Result<(), Failure> {
    let kept = args.data.is_some();
    let cluster = start_cluster(args.data).await?;
    let config = ProjectConfig {
        port: args.port,
        contents: Contents::Seeded,
        database: kept.then(|| DATABASE.to_owned()),
        auth: AuthSettings {
            autoconfirm: !args.confirm,
            id_tokens_for: Some(APP.to_owned()),
            ..AuthSettings::default()
        },
        ..ProjectConfig::default()
    };
    let project = start_project(&cluster, config).await?;
    let members = members(&project).await?;
    // Before it is said that it runs: whoever reads that may end it at once.
    let mut ends = Ends::watched()?;
    println!("{}", described(&project, &members));
    println!("\nCtrl-C ends it.");
    ends.asked().await;
    eprintln!("stopping ...");
    project.shutdown().await?;
    Ok(())
}

/// Starts a PostgreSQL of our own.
pub(crate) async fn start_cluster(
    data: Option<std::path::PathBuf>,
) -> Result<Arc<Cluster>, Failure> {
    let config = ClusterConfig {
        data,
        progress: |step| *STEP.lock().unwrap_or_else(PoisonError::into_inner) = Some(step),
        ..ClusterConfig::default()
    };
    let what = || starting(*STEP.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(slow_steps(what, Cluster::start(config)).await?)
}

fn starting(step: Option<Step>) -> String {
    match step {
        None => "starting PostgreSQL".to_owned(),
        Some(Step::Waiting) => "waiting for another program that downloads PostgreSQL".to_owned(),
        Some(Step::Downloading { received, total }) => {
            format!(
                "no PostgreSQL is installed: downloading it once, {}",
                amount(received, total)
            )
        }
        Some(Step::Unpacking) => "unpacking PostgreSQL and starting it".to_owned(),
    }
}

/// `3.1 of 10.4 MB (30 %)`.
fn amount(received: u64, total: Option<u64>) -> String {
    let megabytes = |bytes: u64| {
        let tenths = bytes / 100_000;
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    let so_far = megabytes(received);
    match total {
        Some(total) if total > 0 => {
            let percent = received.saturating_mul(100) / total;
            format!("{so_far} of {} MB ({percent} %)", megabytes(total))
        }
        _ => format!("{so_far} MB"),
    }
}

/// Prepares the database and starts the services.
pub(crate) async fn start_project(
    cluster: &Arc<Cluster>,
    config: ProjectConfig,
) -> Result<Project, Failure> {
    let start = Project::start(cluster, config);
    Ok(slow("preparing the database", start).await?)
}

/// The seeded members who are there, with what they may do, as a line of text.
async fn members(project: &Project) -> Result<String, Failure> {
    const SEEDED: [(&str, &str); 3] = [
        ("eric@rock-on.test", " (admin)"),
        ("sam@rock-on.test", ""),
        ("toni@rock-on.test", " (viewer)"),
    ];
    let database = project.admin().await?;
    let emails = "select email::text from auth.users where email = any($1)";
    let seeded = SEEDED.map(|(email, _)| email);
    let there = database.query(emails, &[&seeded.as_slice()]).await;
    let there = there.map_err(|error| Failure::new(format!("accounts cannot be read: {error}")))?;
    let there: Vec<String> = there.iter().map(|row| row.get(0)).collect();
    let known = SEEDED
        .iter()
        .filter(|(email, _)| there.iter().any(|known| known == email));
    let known: Vec<String> = known
        .map(|(email, role)| format!("{email}{role}"))
        .collect();
    Ok(known.join(", "))
}

/// The names and their order are those of `supabase status`, as far as there is such a service.
fn described(project: &Project, members: &str) -> String {
    let (url, keys) = (project.url(), project.keys());
    let (rest, realtime) = (
        format!("{url}/rest/v1"),
        format!("{}/realtime/v1", url.replacen("http", "ws", 1)),
    );
    let lines = [
        ("API URL", url),
        ("REST URL", &rest),
        ("Realtime URL", &realtime),
        ("DB URL", &project.database_url()),
        ("publishable key", keys.publishable()),
        ("secret key", keys.secret_key()),
        ("JWT secret", project.jwt_secret()),
        ("anon key", project.anon_key()),
        ("service_role key", project.service_key()),
        ("admin key", project.admin_key()),
        ("members", members),
        ("password", "rock-on-demo"),
    ];
    let accounts = |name: &str| ["members", "password"].contains(&name);
    lines
        .iter()
        .filter(|(name, _)| !members.is_empty() || !accounts(name))
        .map(|(name, value)| format!("{name:>16}: {value}"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Ctrl-C, and a polite end from outside.
struct Ends {
    pressed: Signal,
    terminate: Signal,
}

impl Ends {
    /// From now on neither ends the program by itself.
    fn watched() -> Result<Self, Failure> {
        let of = |kind| {
            signal(kind)
                .map_err(|error| Failure::new(format!("signals cannot be received: {error}")))
        };
        Ok(Self {
            pressed: of(SignalKind::interrupt())?,
            terminate: of(SignalKind::terminate())?,
        })
    }

    async fn asked(&mut self) {
        tokio::select! {
            _ = self.pressed.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_download_tells_how_far_it_is() {
        let at = |received, total| starting(Some(Step::Downloading { received, total }));
        let text = at(3_140_000, Some(10_400_000));
        assert!(text.ends_with("once, 3.1 of 10.4 MB (30 %)"), "{text}");
        assert!(at(990_000, None).ends_with("once, 0.9 MB"));
        assert!(at(0, Some(0)).ends_with("once, 0.0 MB"));
    }
}
