//! What a run says at its end: which steps took how long, what was skipped, what failed and what it said, and the line that counts.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::tally::Tally;

/// The steps so far and what came of them.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) tally: Tally,
    steps: Vec<(String, Duration)>,
}

impl Report {
    /// Runs a step and keeps its time.
    pub(crate) fn step(&mut self, name: &str, work: impl FnOnce() -> Tally) {
        println!("\n== {name}");
        let start = Instant::now();
        let mut tally = work();
        tally.name_failures(name);
        self.tally.add(tally);
        let took = start.elapsed();
        println!("== {name}: {:.1} s", took.as_secs_f64());
        self.steps.push((name.to_owned(), took));
    }

    /// Adds a lane that ran beside this one.
    pub(crate) fn add(&mut self, branch: Self) {
        self.tally.add(branch.tally);
        let beside = |(name, took)| (format!("{name} (beside)"), took);
        self.steps.extend(branch.steps.into_iter().map(beside));
    }

    /// Says everything; exit code 1 on a failure, and on a skip when `CI=true`.
    pub(crate) fn close(&self) -> ExitCode {
        println!("\nstep                     seconds");
        for (name, took) in &self.steps {
            println!("{name:<24} {:>7.1}", took.as_secs_f64());
        }
        for name in &self.tally.by_hand {
            println!("by hand only: {name}");
        }
        for name in &self.tally.skipped {
            println!("skipped: {name}");
        }
        for line in &self.tally.failures {
            println!("failed: {line}");
        }
        let ci = std::env::var("CI").is_ok_and(|value| value == "true");
        println!("\n{}", self.tally);
        let red = self.tally.failed > 0 || (ci && !self.tally.skipped.is_empty());
        ExitCode::from(u8::from(red))
    }
}
