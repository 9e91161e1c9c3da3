//! Tests and format of `bindings/kotlin`, by Maven, and an app that takes it.

use std::path::Path;
use std::process::Command;

use crate::bindings::Generated;
use crate::consumers;
use crate::suite::{Screen, root, succeeds};
use crate::swift::there;
use crate::tally::Tally;

/// Runs them. Maven's own report files are counted: its text is for people.
pub(crate) fn test(made: &Generated, scenario_server: &str, log: &Path, screen: &Screen) -> Tally {
    let mut tally = Tally::default();
    if !there("mvn") || !there("java") {
        tally
            .skipped
            .push("Kotlin: no Maven or no JDK on the PATH".to_owned());
        return tally;
    }
    let module = root().join("bindings/kotlin");
    let folder = module.join("target/surefire-reports");
    // Those of an earlier run would be counted again.
    let _ = std::fs::remove_dir_all(&folder);
    let mut command = Command::new("mvn");
    command
        .current_dir(&module)
        .args(["--batch-mode", "--quiet", "verify"])
        .arg(format!("-Dgenerated.dir={}", made.kotlin.display()))
        .arg(format!("-Dnative.dir={}", made.library.display()))
        .env("ROCKON_SCENARIO_SERVER", scenario_server)
        .env("ROCKON_SCENARIO_LOG", log);
    let green = succeeds(&mut command, screen);
    for report in reports(&folder) {
        tally.read_surefire(&report);
    }
    if !green && tally.failed == 0 || tally.passed + tally.failed == 0 {
        tally.failed += 1;
    }
    if green {
        tally.add(consumers::kotlin(made, screen));
    }
    tally
}

/// The texts of the report files in a folder.
pub(crate) fn reports(dir: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(dir) else {
        return Vec::new();
    };
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "xml"))
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .collect()
}
