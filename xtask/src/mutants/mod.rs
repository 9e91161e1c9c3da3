//! `cargo xtask mutants ios`: mistakes that are planted into the app for iOS one after the other, each of which has to be
//! refused. A test that lets one live tests less than it says; a double that does, takes what Apple's compiler would not.
//!
//! Owns: the task, and what it says. Never: the list, which is `ios/mutants.json`; a file of the work tree, because mistakes
//! are planted in a copy alone.
//! Invariant: without a mistake the copy compiles and passes, so that it is the mistake that is refused.

mod bench;
mod list;

use std::process::ExitCode;
use std::time::Instant;

use crate::bindings;
use crate::swift;
use crate::swift_tests;
use bench::Bench;
use list::Mutant;

/// The task, of all mistakes or of some of them: `7`, `7-20`.
pub(crate) fn task(which: Option<&str>) -> ExitCode {
    match run(which) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

/// How many were not refused.
fn run(which: Option<&str>) -> Result<usize, String> {
    if !cfg!(target_os = "linux") {
        return Err("the doubles that refuse them are there on Linux only".to_owned());
    }
    let mutants = list::read()?;
    let (from, to) = list::range(which, mutants.len())?;
    prepare()?;
    let bench = Bench::new(swift::find()?).map_err(|error| format!("no copy: {error}"))?;
    let begin = Instant::now();
    bench.without_mistake()?;
    println!("without a mistake: passes, {} s", begin.elapsed().as_secs());
    let mut survivors = Vec::new();
    for (number, mutant) in (1..).zip(&mutants).take(to).skip(from - 1) {
        if !says(&bench, number, mutant) {
            survivors.push(format!("{number} {}: {}", mutant.file, mutant.breaks));
        }
    }
    let (planted, minutes) = (to - from + 1, begin.elapsed().as_secs() / 60);
    println!(
        "\n{planted} planted, {} refused, {} not; {minutes} min",
        planted - survivors.len(),
        survivors.len()
    );
    for line in &survivors {
        println!("  {line}");
    }
    Ok(survivors.len())
}

/// What an earlier task has built of the core is taken; the first run without a mistake sees whether it still fits.
fn prepare() -> Result<(), String> {
    if swift_tests::is_placed() {
        return Ok(());
    }
    let made = bindings::build_and_generate().ok_or("the core was not built")?;
    swift_tests::place(&made).map_err(|error| format!("the generated Swift: {error}"))
}

/// Plants one and says what became of it; true when it was refused as the list says.
fn says(bench: &Bench, number: usize, mutant: &Mutant) -> bool {
    let begin = Instant::now();
    let outcome = bench.judge(mutant);
    let seconds = begin.elapsed().as_secs();
    let (mark, said) = match &outcome {
        Ok(said) => ("refused", said),
        Err(said) => ("SURVIVED", said),
    };
    println!(
        "{number:3} {mark} {seconds:3} s  {}: {}\n      {said}",
        mutant.file, mutant.breaks
    );
    outcome.is_ok()
}
