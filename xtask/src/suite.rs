//! Running a child and reading its lines as they come.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::tally::Tally;

/// The top of the repository.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Where cargo builds: the folder above that of this very program.
pub(crate) fn target() -> PathBuf {
    let exe = std::env::current_exe().unwrap_or_default();
    let target = exe.parent().and_then(Path::parent);
    target.map_or_else(|| root().join("target"), Path::to_path_buf)
}

/// The cargo that runs this task, at the top of the repository.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    command.current_dir(root());
    command
}

/// Runs the command to its end with its output shown; true if it succeeded.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command.status().is_ok_and(|status| status.success())
}

/// Runs a test runner, shows its output and counts by `read`. A runner that fails without a failed test (it did not
/// compile, it crashed) counts as one failure.
pub(crate) fn run(command: &mut Command, read: fn(&mut Tally, &str)) -> Tally {
    let mut tally = Tally::default();
    let Ok(mut child) = command.stdout(Stdio::piped()).spawn() else {
        eprintln!("cannot start {}", command.get_program().to_string_lossy());
        tally.failed = 1;
        return tally;
    };
    if let Some(out) = child.stdout.take() {
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            println!("{line}");
            read(&mut tally, &line);
        }
    }
    let ok = child.wait().is_ok_and(|status| status.success());
    if !ok && tally.failed == 0 {
        tally.failed = 1;
    }
    tally
}
