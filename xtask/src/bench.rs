//! `cargo xtask bench`: builds the benchmark program with optimisation and runs it.

use std::process::ExitCode;

use crate::suite::{cargo, succeeds};

/// Passes `args` on to the benchmark program.
pub(crate) fn run(args: &[&str]) -> ExitCode {
    let mut command = cargo();
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
