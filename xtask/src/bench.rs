//! `cargo xtask bench`: lets Kotlin and Swift measure, then runs the benchmark program, which measures the rest and makes
//! the table of all.

use std::process::ExitCode;

use crate::native;
use crate::suite::{Screen, succeeds};

/// Passes `args`, the words of what is wanted, on to the benchmark program.
pub(crate) fn run(args: &[&str]) -> ExitCode {
    let measured = native::measure(args);
    let mut table = native::program(args);
    table.env("ROCKON_NATIVE", native::folder());
    ExitCode::from(u8::from(!succeeds(&mut table, &Screen::Live) || !measured))
}
