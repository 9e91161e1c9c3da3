//! `cargo xtask test`, step by step.

use std::process::{Command, ExitCode};
use std::time::Instant;

use crate::suite::{root, run, succeeds};
use crate::tally::Tally;

/// Runs everything; exit code 1 on a failure, and on a skip when `CI=true`.
pub(crate) fn test(filter: Option<&str>) -> ExitCode {
    let mut tally = Tally::default();
    step("programs", || {
        if !succeeds(cargo().args(["build", "--workspace", "--bins", "--locked"])) {
            tally.failed += 1;
        }
    });
    step("Rust tests", || tally.add(rust(filter)));
    if filter.is_none_or(|name| name == "histories") {
        step("sync histories", || tally.add(histories()));
    }
    for name in &tally.by_hand {
        println!("by hand only: {name}");
    }
    for name in &tally.skipped {
        println!("skipped: {name}");
    }
    let ci = std::env::var("CI").is_ok_and(|value| value == "true");
    println!("\n{tally}");
    let red = tally.failed > 0 || (ci && !tally.skipped.is_empty());
    ExitCode::from(u8::from(red))
}

fn step(name: &str, work: impl FnOnce()) {
    println!("\n== {name}");
    let start = Instant::now();
    work();
    println!("== {name}: {:.1} s", start.elapsed().as_secs_f64());
}

fn cargo() -> Command {
    let mut command = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    command.current_dir(root());
    command
}

/// A test that finds that it cannot run here writes a line to the file named by `ROCKON_SKIPS`.
fn rust(filter: Option<&str>) -> Tally {
    let skips = std::env::temp_dir().join(format!("rockon-skips-{}", std::process::id()));
    let mut command = cargo();
    command
        .args(["test", "--workspace", "--locked", "--no-fail-fast"])
        .args(filter);
    command.env("ROCKON_SKIPS", &skips);
    let mut tally = run(&mut command, Tally::read_cargo_line);
    let said = std::fs::read_to_string(&skips).unwrap_or_default();
    let _ = std::fs::remove_file(&skips);
    tally.skip_instead_of_pass(said.lines().map(str::to_owned).collect());
    tally
}

/// How many faulty histories of sync are run; a plain `cargo test` runs a few hundred.
const HISTORIES: &str = "20000";

/// The core alone is built with optimisation for it, on the libraries that are there already: it saves more than it costs.
fn histories() -> Tally {
    let mut command = cargo();
    command
        .args(["test", "--package", "rockon-core", "--lib", "--locked"])
        .args(["--config", "profile.dev.package.rockon-core.opt-level=2"])
        .args([
            "--config",
            "profile.dev.package.rockon-core.debug-assertions=false",
        ])
        .args(["fault_heavy_histories_end_right", "--", "--nocapture"]);
    let count = std::env::var("ROCKON_HISTORIES").unwrap_or_else(|_| HISTORIES.to_owned());
    command.env("ROCKON_HISTORIES", count);
    run(&mut command, Tally::read_cargo_line)
}
