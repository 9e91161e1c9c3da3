//! The steps of `cargo xtask test` and `cargo xtask ci`.
//!
//! Everything is compiled first, in one step of the whole workspace. Then three lanes run side by side: integration tests,
//! unit tests (which give way), Kotlin with the app for Android and Swift with the one for iOS. Most tests wait more than they compute.

use std::ffi::OsStr;
use std::hash::{BuildHasher as _, Hasher as _};
use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread;

use crate::graph::{first, later, later_on, workspace};
use crate::report::Report;
use crate::scenario_server::ScenarioServer;
use crate::suite::{Screen, cargo, succeeds, target};
use crate::table::Table;
use crate::tally::Tally;
use crate::{android, bindings, browser, hygiene, ios_tests, kotlin, publish, swift, swift_tests};

/// Tests that run at the same time in one program: they wait more than they compute.
const TEST_THREADS: &str = "4";
/// Histories of sync in each run of all tests, always the same ones; a plain `cargo test` runs a few hundred.
const FIXED_HISTORIES: &str = "2000";
/// Histories of `cargo xtask test histories`, others each time.
const RANDOM_HISTORIES: &str = "20000";

/// Runs the tests; exit code 1 on a failure, and on a skip when `CI=true`.
pub(crate) fn test(filter: Option<&str>) -> ExitCode {
    let mut report = Report::default();
    match filter {
        None => everything(&mut report),
        Some("histories") => report.step("sync histories", || first(&mut random_histories())),
        Some("kotlin") => one_language(&mut report, kotlin_branch),
        Some("android") => one_language(&mut report, android_branch),
        Some("swift") => one_language(&mut report, swift_branch),
        Some("ios") => one_language(&mut report, ios_branch),
        Some(filter) => {
            report.step("Rust tests", || rust(&mut selected(&[filter]), None, first));
        }
    }
    report.close()
}

/// Plays the scenarios, one after the other, on servers that run already: those of the project at `url` that `project` tells
/// how to drive (the further arguments of `rockon-scenario-server`), or of the scenario server at `url` when it tells nothing.
pub(crate) fn scenarios_against(url: &str, project: &[&str]) -> ExitCode {
    let mut report = Report::default();
    report.step("build", || first(workspace("build").arg("--all-targets")));
    if report.tally.failed == 0 {
        report.step("scenarios", || {
            on_scenario_server(url, project).unwrap_or_else(|reason| {
                eprintln!("{reason}");
                Tally::of(false)
            })
        });
    }
    report.close()
}

fn on_scenario_server(url: &str, project: &[&str]) -> Result<Tally, String> {
    let driven = match project {
        [] => None,
        project => Some(ScenarioServer::start(
            &[&["--project", url], project].concat(),
        )?),
    };
    let address = driven
        .as_ref()
        .map_or(url, |scenario_server| scenario_server.address.as_str());
    let mut command = workspace("test");
    command.args(["--test", "it", "--", "scenarios::", "--test-threads=1"]);
    Ok(later(command.env("ROCKON_SCENARIO_SERVER", address)))
}

/// Format, spelling, crates of others, lint and docs, then every test, which are not run after a failure of those.
pub(crate) fn ci() -> ExitCode {
    let mut report = Report::default();
    report.step("format", || {
        Tally::of(succeeds(
            cargo().args(["fmt", "--all", "--check"]),
            &Screen::Live,
        ))
    });
    hygiene::check(&mut report);
    report.step("lint", || {
        first(workspace("clippy").args(["--all-targets", "--", "-D", "warnings"]))
    });
    report.step("lint as phones get it", || {
        later(workspace("clippy").args(["--no-default-features", "--", "-D", "warnings"]))
    });
    report.step("lint the core alone", || later(&mut core_alone()));
    report.step("docs", || {
        later(
            workspace("doc")
                .args(["--no-deps", "--quiet"])
                .env("RUSTDOCFLAGS", "-D warnings"),
        )
    });
    if report.tally.failed == 0 {
        everything(&mut report);
    }
    report.close()
}

/// The core as it is without Kotlin and Swift, which nothing else builds: the bindings' feature `ffi` is on wherever they are.
fn core_alone() -> Command {
    let mut command = workspace("clippy");
    command.args([
        "--exclude",
        "rockon-bindings",
        "--lib",
        "--no-default-features",
    ]);
    command.args(["--", "-D", "warnings"]);
    command
}

fn everything(report: &mut Report) {
    let log = target().join("scenarios.log");
    let _ = std::fs::remove_file(&log);
    let (built, wait) = mpsc::channel();
    let languages = thread::scope(|scope| {
        let scenarios = &log;
        let browser = scope.spawn(browser::bring);
        let beside = scope.spawn(move || languages(&wait, scenarios));
        report.step("build", || first(workspace("build").arg("--all-targets")));
        // Whatever came of it: the tests say what they lack.
        let _ = browser.join();
        // Without a receiver the lane has ended, and says why.
        let _ = built.send(report.tally.failed == 0);
        if report.tally.failed == 0 {
            report.step("Rust tests", || all_rust(&log));
        }
        beside.join()
    });
    match languages {
        Ok((screen, branch)) => {
            screen.show();
            report.add(branch);
        }
        Err(_) => report.tally.failed += 1,
    }
    report.tally.add(scenarios(&log));
}

/// Kotlin and Swift, on one scenario server, as soon as `built` says that the programs are there. A Swift toolchain that is missing
/// is brought while they are built.
fn languages(built: &Receiver<bool>, log: &Path) -> (Screen, Report) {
    let mut report = Report::default();
    let Ok(screen) = Screen::kept("languages") else {
        report.tally.failed += 1;
        return (Screen::Live, report);
    };
    let swift = swift::find();
    if built.recv() == Ok(true) {
        with_scenario_server(&mut report, &screen, |report, made, scenario_server| {
            report.step("Kotlin", || {
                kotlin::test(made, &scenario_server.address, log, &screen)
            });
            // On the jar that the step before has made.
            report.step("Android", || {
                android::test(made, &scenario_server.address, &screen)
            });
            report.step("Swift", || {
                swift_tests::test(&swift, made, &scenario_server.address, log, &screen)
            });
            // On the generated Swift that the step before has put in its place.
            report.step("iOS", || {
                ios_tests::test(&swift, &scenario_server.address, &screen)
            });
        });
    }
    (screen, report)
}

type Branch = fn(&mut Report, &bindings::Generated, &ScenarioServer);

fn one_language(report: &mut Report, branch: Branch) {
    report.step("build", || first(&mut workspace("build")));
    if report.tally.failed == 0 {
        with_scenario_server(report, &Screen::Live, branch);
    }
}

fn kotlin_branch(
    report: &mut Report,
    made: &bindings::Generated,
    scenario_server: &ScenarioServer,
) {
    let log = target().join("scenarios.log");
    report.step("Kotlin", || {
        kotlin::test(made, &scenario_server.address, &log, &Screen::Live)
    });
}

fn android_branch(
    report: &mut Report,
    made: &bindings::Generated,
    scenario_server: &ScenarioServer,
) {
    report.step("Android", || {
        if !publish::package(made, &Screen::Live) {
            return Tally::of(false);
        }
        android::test(made, &scenario_server.address, &Screen::Live)
    });
}

fn swift_branch(report: &mut Report, made: &bindings::Generated, scenario_server: &ScenarioServer) {
    let log = target().join("scenarios.log");
    report.step("Swift", || {
        swift_tests::test(
            &swift::find(),
            made,
            &scenario_server.address,
            &log,
            &Screen::Live,
        )
    });
}

fn ios_branch(report: &mut Report, made: &bindings::Generated, scenario_server: &ScenarioServer) {
    report.step("iOS", || {
        if let Err(error) = swift_tests::place(made) {
            eprintln!("the generated Swift could not be put in its place: {error}");
            return Tally::of(false);
        }
        ios_tests::test(&swift::find(), &scenario_server.address, &Screen::Live)
    });
}

fn with_scenario_server(
    report: &mut Report,
    screen: &Screen,
    branch: impl FnOnce(&mut Report, &bindings::Generated, &ScenarioServer),
) {
    let started = ScenarioServer::start(&[]).map_err(|reason| eprintln!("{reason}"));
    match (bindings::generate(screen), started) {
        (Some(made), Ok(scenario_server)) => branch(report, &made, &scenario_server),
        _ => report.tally.failed += 1,
    }
}

/// The table of scenarios; one that a language left out counts as a failure.
fn scenarios(log: &Path) -> Tally {
    let table = Table::read(&std::fs::read_to_string(log).unwrap_or_default());
    println!("\n{table}");
    let mut tally = Tally::default();
    for name in table.left_out() {
        tally.failures.push(format!("left out: {name}"));
        tally.failed += 1;
    }
    tally
}

/// Unit tests beside the integration tests: those compute, these mostly wait, and go first where both want a core.
fn all_rust(log: &Path) -> Tally {
    let Ok(screen) = Screen::kept("unit-tests") else {
        return Tally::of(false);
    };
    let units = [&["--lib", "--bins"][..], &["--doc"]];
    thread::scope(|scope| {
        let beside = scope.spawn(|| {
            let mut tally = Tally::default();
            for targets in units {
                let mut command = politely(&selected(targets));
                tally.add(rust(&mut command, None, |command| {
                    later_on(command, &screen)
                }));
            }
            tally
        });
        let mut tally = rust(&mut selected(&["--test", "*"]), Some(log), later);
        tally.add(beside.join().unwrap_or_else(|_| Tally::of(false)));
        screen.show();
        tally
    })
}

/// Tests of these targets or of these names.
fn selected(which: &[&str]) -> Command {
    let mut command = workspace("test");
    command.arg("--no-fail-fast").args(which);
    command
}

/// The same command, which gives way to others.
fn politely(command: &Command) -> Command {
    let mut polite = Command::new("nice");
    polite.args(["-n", "10"]);
    polite.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => polite.env(name, value),
            None => polite.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        polite.current_dir(folder);
    }
    polite
}

/// A test that finds that it cannot run here writes a line to the file named by `ROCKON_SKIPS`.
fn rust(
    command: &mut Command,
    log: Option<&Path>,
    run: impl FnOnce(&mut Command) -> Tally,
) -> Tally {
    static RUNS: AtomicU32 = AtomicU32::new(0);
    let (id, run_of) = (std::process::id(), RUNS.fetch_add(1, Ordering::Relaxed));
    let skips = std::env::temp_dir().join(format!("rockon-skips-{id}-{run_of}"));
    command.env("ROCKON_SKIPS", &skips);
    command.env(
        "ROCKON_SCENARIO_LOG",
        log.map_or(OsStr::new(""), Path::as_os_str),
    );
    unless_set(command, "RUST_TEST_THREADS", TEST_THREADS);
    unless_set(command, "ROCKON_HISTORIES", FIXED_HISTORIES);
    let mut tally = run(command);
    let said = std::fs::read_to_string(&skips).unwrap_or_default();
    let _ = std::fs::remove_file(&skips);
    tally.skip_instead_of_pass(said.lines().map(str::to_owned).collect());
    tally
}

/// In the test program that is built for all; a failure names its seed, and so does the first line.
fn random_histories() -> Command {
    let mut command = workspace("test");
    let only = [
        "--lib",
        "fault_heavy_histories_end_right",
        "--",
        "--nocapture",
    ];
    command.args(only);
    unless_set(&mut command, "ROCKON_HISTORIES", RANDOM_HISTORIES);
    // The standard library's own random keys: 32 bits are enough, and short to type.
    let random = std::hash::RandomState::new().build_hasher().finish() >> 32;
    unless_set(&mut command, "ROCKON_HISTORIES_FROM", &random.to_string());
    command
}

fn unless_set(command: &mut Command, name: &str, value: &str) {
    if std::env::var_os(name).is_none() {
        command.env(name, value);
    }
}
