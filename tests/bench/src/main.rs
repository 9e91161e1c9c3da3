//! `cargo xtask bench`: the core's speed and size, beside the simplest program that does the same, in the same run.
//!
//! Prints one table (measured, target, met or not) and writes `target/bench.json`. `docs/benchmarks.md` says what each
//! line means and holds the figures of one run. Other work on the machine disturbs every figure: what is compared is
//! measured in turns, the ratio is that of processor times, and the median of several rounds counts.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program that talks to the person who ran it"
)]
#![allow(
    clippy::cast_precision_loss,
    reason = "counts become figures in a table; none is near 2^52"
)]

mod apply;
mod cold;
mod edits;
mod files;
mod hop;
mod machine;
mod native;
mod page;
mod push;
mod raw;
mod report;
mod rows;
mod search;
mod server;
mod size;
mod stats;
mod storm;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use rockon_core::store::{Store, StoreConfig};
use rockon_core::time::SystemClock;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use report::Line;

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// A directory that goes with the value.
#[derive(Debug)]
struct Scratch(TempDir);

impl Scratch {
    fn new() -> Outcome<Self> {
        Ok(Self(TempDir::new()?))
    }

    fn config(&self) -> StoreConfig {
        StoreConfig {
            dir: self.0.path().to_owned(),
            user: rows::ME,
            clock: Arc::new(SystemClock::new()),
        }
    }

    fn store(&self) -> Outcome<Store> {
        Ok(Store::open(&self.config())?)
    }

    /// The store's own empty file, opened with `rusqlite` alone.
    fn raw(&self) -> Outcome<rusqlite::Connection> {
        drop(self.store()?);
        raw::open(&raw::database_in(self.0.path())?)
    }
}

fn runtime() -> Outcome<Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?)
}

/// Runs this program again for one measurement that needs a process of its own; it prints a number.
fn child(args: &[&str]) -> Outcome<f64> {
    let output = std::process::Command::new(std::env::current_exe()?)
        .arg("--child")
        .args(args)
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}

fn as_child(args: &[&str]) -> Outcome<f64> {
    match args {
        ["memory", total] => Ok(apply::memory(total.parse()?)? as f64),
        ["raw-memory", total] => Ok(apply::raw_memory(total.parse()?)? as f64),
        ["cold", dir] => cold::start(Path::new(dir)),
        _ => Err("unknown measurement".into()),
    }
}

type Workload = fn() -> Outcome<Vec<Line>>;

/// The workloads by name, in the order of the table.
const WORKLOADS: &[(&str, Workload)] = &[
    ("w1", || apply::run(10_000, 11)),
    ("w1-large", || apply::run(100_000, 3)),
    ("w2", storm::run),
    ("w3", cold::run),
    ("w4", hop::run),
    ("w5", memory),
    ("edit", edits::run),
    ("search", search::run),
    ("page", page::run),
    ("push", push::run),
    ("import", || Ok(files::run())),
    ("kotlin", native::kotlin),
    ("swift", native::swift),
    ("size", size::run),
];

/// W5.
fn memory() -> Outcome<Vec<Line>> {
    let mut lines = Vec::new();
    for (name, key) in [("the store", "memory"), ("raw", "raw-memory")] {
        let mut small = 0.0;
        for total in [10_000, 100_000] {
            let grown = child(&[key, &total.to_string()])? / 1_024.0;
            let what = format!("memory while applying {}: {name}", apply::thousands(total));
            let line = Line::new("W5", &what, grown, "MB");
            lines.push(if key == "memory" {
                line.at_most(12.0)
            } else {
                line
            });
            if total == 10_000 {
                small = grown;
            } else if key == "memory" {
                let what = "growth of it from 10k to 100k rows";
                lines.push(Line::new("W5", what, grown - small, "MB").at_most(2.0));
            }
        }
    }
    Ok(lines)
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match args.as_slice() {
        ["--child", rest @ ..] => as_child(rest).map(|figure| println!("{figure}")),
        ["--prepare", dir] => native::prepare(Path::new(dir)),
        ["--rust", dir] => native::measure(Path::new(dir)),
        names => all(names),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the workloads named, or all. A target that is not met is no failure of the run: the table says it.
fn all(names: &[&str]) -> Outcome<()> {
    if let Some(name) = names
        .iter()
        .find(|name| WORKLOADS.iter().all(|(known, _)| known != *name))
    {
        let known: Vec<&str> = WORKLOADS.iter().map(|(name, _)| *name).collect();
        return Err(format!("no workload {name}; there are {}", known.join(", ")).into());
    }
    let machine = machine::Machine::of_this();
    let mut lines = Vec::new();
    for (name, run) in WORKLOADS {
        if names.is_empty() || names.contains(name) {
            eprintln!("bench: {name}");
            lines.extend(run().map_err(|error| format!("{name}: {error}"))?);
        }
    }
    print!("{}", report::table(&lines));
    let met: Vec<Option<bool>> = lines.iter().map(Line::met).collect();
    let results: Vec<serde_json::Value> = lines
        .iter()
        .zip(met)
        .map(|(line, met)| serde_json::json!({ "line": line, "met": met }))
        .collect();
    let file = serde_json::json!({ "machine": machine, "results": results });
    let path = target_dir().join("bench.json");
    std::fs::write(&path, serde_json::to_string_pretty(&file)?)?;
    println!("\nwritten to {}", path.display());
    Ok(())
}

/// The program lies in `target/release`.
fn target_dir() -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    program
        .ancestors()
        .nth(2)
        .map_or_else(|| PathBuf::from("target"), PathBuf::from)
}
