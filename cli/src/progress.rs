//! Saying what takes long. Quick things are not mentioned.
//!
//! A terminal shows one line that is written again each second and goes at the end; elsewhere lines come ever more rarely.

use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

use crate::out::passing;

/// Waits of this length are explained.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often a terminal's line is written again.
const AGAIN: Duration = Duration::from_secs(1);
/// Longest time without a line where there is no terminal.
const RAREST: Duration = Duration::from_secs(10);

/// Waits for `work`; from two seconds on, tells on standard error what is being waited for.
pub(crate) async fn slow<T>(what: &str, work: impl Future<Output = T>) -> T {
    Box::pin(slow_steps(|| what.to_owned(), work)).await
}

/// As [`slow`], for work that can say what it is at.
pub(crate) async fn slow_steps<T>(what: impl Fn() -> String, work: impl Future<Output = T>) -> T {
    let terminal = std::io::stderr().is_terminal();
    let started = Instant::now();
    // On the heap: the futures of the core are large.
    let mut work = Box::pin(work);
    let mut wait = PATIENCE;
    let mut told = false;
    loop {
        let Ok(done) = tokio::time::timeout(wait, &mut work).await else {
            let line = format!("{} ... {:.0} s", what(), started.elapsed().as_secs_f64());
            if terminal {
                passing(Some(&line));
                wait = AGAIN;
            } else {
                eprintln!("{line}");
                wait = (wait * 2).min(RAREST);
            }
            told = true;
            continue;
        };
        if terminal && told {
            passing(None);
        }
        return done;
    }
}
