//! Tasks of this repository: `cargo xtask test`, `cargo xtask ci`, `cargo xtask bindings`, `cargo xtask phones`,
//! `cargo xtask mutants ios`, `cargo xtask apk`, `cargo xtask texts`, `cargo xtask docs`, `cargo xtask bench`.
//!
//! `test` is every test there is, setting up what it needs. It closes with a table of steps and a plain line
//! `N passed, N failed, N skipped`. What cannot run on this machine is skipped by name; with `CI=true` a skip fails.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a task talks to the person who ran it"
)]

mod android;
mod apk;
mod bench;
mod bindings;
mod browser;
mod consumers;
mod debian;
mod generated;
mod graph;
mod hygiene;
mod ios_tests;
mod kotlin;
mod mutants;
mod native;
mod numbers;
mod phones;
mod publish;
mod reference;
mod report;
mod scenario_server;
mod screens;
mod steps;
mod suite;
mod swift;
mod swift_tests;
mod table;
mod tally;
mod texts;
mod tokens;

use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask <task>
  test [FILTER]   every test; FILTER narrows the Rust tests; \"histories\" runs 20,000 random fault-heavy
                  histories of sync, \"kotlin\" and \"swift\" the tests of the bindings,
                  \"android\" and \"ios\" those of the apps
  ci              format, spelling, crates of others, lint and docs, then every test: what .ci/run runs
  hygiene         spelling and crates of others alone
  bindings        the library and its Kotlin and Swift sides, below target/bindings
    --publish-local [--maven DIR] [--swift DIR]
                  the same as an app takes it: a jar in the local Maven repository or in DIR, a Swift package in
                  target/bindings/rock-on or in DIR
  phones          two phones of one band, on a server of their own: what one types appears at the other's
    --pictures DIR
                  an evening of theirs as pictures in DIR, without a display
  mutants ios [FROM-TO]
                  plants the mistakes of ios/mutants.json into a copy of the app, one after the other: each has to be
                  refused, by the compiler or by its test. Half an hour or more; no part of \"test\"
  screens         the contact sheet of Android's app, docs/screens/android
  screens ios     the pictures of the app for iOS and their contact sheet, docs/screens/ios
  apk             the app as a phone installs it, without native code, and its size
  texts           what both apps share, made from texts/ and design/tokens.json
  docs            the reference of both languages, below target/docs
  bench           the benchmarks, as ratios in one run; writes target/bench.json";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["test"] => steps::test(None),
        ["test", "scenarios", "--against", url, project @ ..] => {
            steps::scenarios_against(url, project)
        }
        ["test", filter] => steps::test(Some(filter)),
        ["ci"] => steps::ci(),
        ["hygiene"] => hygiene::task(),
        ["bindings", rest @ ..] => bindings::task(rest),
        ["phones", rest @ ..] => phones::task(rest),
        ["mutants", "ios", which @ ..] if which.len() < 2 => mutants::task(which.first().copied()),
        ["apk"] => apk::task(),
        ["screens"] => screens::task(),
        ["screens", "ios"] => screens::ios(),
        ["texts"] => generated::task(),
        ["docs"] => reference::task(),
        ["bench", rest @ ..] => bench::run(rest),
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}
