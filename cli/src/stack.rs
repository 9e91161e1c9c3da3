//! `rockon stack`: a development project that stays until Ctrl-C.

use std::sync::Arc;

use rockon_local_stack::{Cluster, ClusterConfig, Contents, Project, ProjectConfig};
use tokio::signal::unix::{SignalKind, signal};

use crate::args::StackArgs;
use crate::failure::Failure;
use crate::progress::slow;

/// The database of a stack whose data stay.
const DATABASE: &str = "rockon";

/// Starts it, prints how to reach it, and waits.
pub(crate) async fn run(args: StackArgs) -> Result<(), Failure> {
    let kept = args.data.is_some();
    let cluster = start_cluster(args.data).await?;
    let config = ProjectConfig {
        port: args.port,
        contents: Contents::Seeded,
        database: kept.then(|| DATABASE.to_owned()),
        ..ProjectConfig::default()
    };
    let project = start_project(&cluster, config).await?;
    println!("{}", described(&project));
    println!("\nCtrl-C ends it.");
    ended().await?;
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
        ..ClusterConfig::default()
    };
    Ok(slow("starting PostgreSQL", Cluster::start(config)).await?)
}

/// Prepares the database and starts the services.
pub(crate) async fn start_project(
    cluster: &Arc<Cluster>,
    config: ProjectConfig,
) -> Result<Project, Failure> {
    let start = Project::start(cluster, config);
    Ok(slow("preparing the database", start).await?)
}

fn described(project: &Project) -> String {
    let line = |name: &str, value: &str| format!("{name:>16}: {value}");
    [
        line("API URL", project.url()),
        line("anon key", project.anon_key()),
        line("service_role key", project.service_key()),
        line("JWT secret", project.jwt_secret()),
        line(
            "members",
            "eric@rock-on.test (admin), sam@rock-on.test, toni@rock-on.test (viewer)",
        ),
        line("password", "rock-on-demo"),
    ]
    .join("\n")
}

/// Waits for Ctrl-C, or for a polite end from outside.
async fn ended() -> Result<(), Failure> {
    let refused = |error| Failure::new(format!("signals cannot be received: {error}"));
    let mut terminate = signal(SignalKind::terminate()).map_err(refused)?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed.map_err(refused),
        _ = terminate.recv() => Ok(()),
    }
}
