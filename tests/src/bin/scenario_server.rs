//! `rockon-scenario-server`: worlds for the scenario runners. Prints its address, ends when its input ends.
//!
//! Without arguments the worlds are on the local stack. `--project URL --key KEY --database URL [--services COMMAND]`: on
//! that project, one after the other; see `tests/scenarios/README.md`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a tool of the tests"
)]

use std::collections::HashMap;
use std::process::ExitCode;
use std::sync::Arc;

use rockon_tests::scenario_server::{HostedConfig, Worlds};
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some(worlds) = worlds(&args) else {
        eprintln!(
            "usage: rockon-scenario-server [--project URL --key KEY --database URL [--services COMMAND]]"
        );
        return ExitCode::from(2);
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("scenario server http://{}", listener.local_addr().unwrap());
    let (mut input, mut rest) = (tokio::io::stdin(), Vec::new());
    tokio::select! {
        served = rockon_tests::scenario_server::serve(listener, worlds) => served.unwrap(),
        // Whoever started it is gone, however they went.
        _ = input.read_to_end(&mut rest) => {}
    }
    ExitCode::SUCCESS
}

/// What the arguments ask for; `None` when they cannot be understood.
fn worlds(args: &[String]) -> Option<Worlds> {
    let known = ["--project", "--key", "--database", "--services"];
    let pairs = args.chunks(2).map(|pair| match pair {
        [name, value] if known.contains(&name.as_str()) => Some((name.as_str(), value.clone())),
        _ => None,
    });
    let mut given: HashMap<&str, String> = pairs.collect::<Option<_>>()?;
    if given.is_empty() {
        return Some(Worlds::Local);
    }
    let services = given.remove("--services").unwrap_or_default();
    let mut need = |name| given.remove(name);
    let config = HostedConfig::new(
        need("--project")?,
        need("--key")?,
        need("--database")?,
        services,
    );
    Some(Worlds::Hosted(Arc::new(config)))
}
