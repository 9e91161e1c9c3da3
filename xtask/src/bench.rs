//! `cargo xtask bench`: builds the benchmark program with optimisation and runs it.

use std::process::{Command, ExitCode};

use crate::suite::{root, succeeds};

/// Passes `args` on to the benchmark program.
pub(crate) fn run(args: &[&str]) -> ExitCode {
    let mut command = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    command.current_dir(root());
    command
        .args([
            "run",
            "--release",
            "--locked",
            "--package",
            "rockon-bench",
            "--",
        ])
        .args(args);
    ExitCode::from(u8::from(!succeeds(&mut command)))
}
