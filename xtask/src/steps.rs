//! `cargo xtask test`, step by step.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use crate::stage::Stage;
use crate::suite::{cargo, run, succeeds, target};
use crate::table::Table;
use crate::tally::Tally;
use crate::{bindings, kotlin, swift_tests};

/// Runs everything; exit code 1 on a failure, and on a skip when `CI=true`.
pub(crate) fn test(filter: Option<&str>) -> ExitCode {
    let mut tally = Tally::default();
    let wanted = |name: &str| filter.is_none_or(|filter| filter == name);
    let log = target().join("scenarios.log");
    let _ = std::fs::remove_file(&log);
    step("programs", || {
        if !succeeds(cargo().args(["build", "--workspace", "--bins", "--locked"])) {
            tally.failed += 1;
        }
    });
    if !["histories", "kotlin", "swift"]
        .iter()
        .any(|name| filter == Some(name))
    {
        step("Rust tests", || tally.add(rust(filter, &log)));
    }
    if wanted("histories") {
        step("sync histories", || tally.add(histories()));
    }
    if wanted("kotlin") || wanted("swift") {
        tally.add(languages(&wanted, &log));
    }
    if filter.is_none() {
        tally.add(scenarios(&log));
    }
    close(&tally)
}

/// Kotlin and Swift, on one stage.
fn languages(wanted: &dyn Fn(&str) -> bool, log: &Path) -> Tally {
    let mut tally = Tally::default();
    let mut made = None;
    step("bindings", || made = bindings::generate());
    let started = Stage::start().map_err(|reason| eprintln!("{reason}"));
    let (Some(made), Ok(stage)) = (made, started) else {
        tally.failed += 1;
        return tally;
    };
    if wanted("kotlin") {
        step("Kotlin tests", || {
            tally.add(kotlin::test(&made, &stage.address, log));
        });
    }
    if wanted("swift") {
        step("Swift tests", || {
            tally.add(swift_tests::test(&made, &stage.address, log));
        });
    }
    tally
}

/// The table of scenarios; one that a language left out counts as a failure.
fn scenarios(log: &Path) -> Tally {
    let table = Table::read(&std::fs::read_to_string(log).unwrap_or_default());
    println!("\n{table}");
    let mut tally = Tally::default();
    for name in table.left_out() {
        println!("left out: {name}");
        tally.failed += 1;
    }
    tally
}

fn close(tally: &Tally) -> ExitCode {
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

/// A test that finds that it cannot run here writes a line to the file named by `ROCKON_SKIPS`.
fn rust(filter: Option<&str>, log: &Path) -> Tally {
    let skips = std::env::temp_dir().join(format!("rockon-skips-{}", std::process::id()));
    let mut command = cargo();
    command
        .args(["test", "--workspace", "--locked", "--no-fail-fast"])
        .args(filter);
    command.env("ROCKON_SKIPS", &skips);
    command.env("ROCKON_SCENARIO_LOG", log);
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
