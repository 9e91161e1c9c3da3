//! The log, and calls of its sink. One test, for the log is the process's.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use rockon::{PlatformError, PlatformLog, recent_log, start_log};
use rockon_core::ffi::{LogLevel, LogLine};

const PATIENCE: Duration = Duration::from_secs(10);

/// Takes a line only when it is let.
#[derive(Default)]
struct Slow {
    open: Mutex<bool>,
    opened: Condvar,
    lines: Mutex<Vec<String>>,
}

impl PlatformLog for Slow {
    fn line(&self, line: LogLine) -> Result<(), PlatformError> {
        let mut open = self.open.lock().unwrap();
        while !*open {
            open = self.opened.wait(open).unwrap();
        }
        self.lines.lock().unwrap().push(line.text);
        Err(PlatformError::Failed)
    }
}

fn until(what: &str, holds: impl Fn() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < PATIENCE, "{what}");
        std::thread::yield_now();
    }
}

#[test]
fn a_log_keeps_500_lines_and_counts_what_the_sink_missed() {
    assert!(start_log(LogLevel::Debug, None));
    let sink = Arc::new(Slow::default());
    start_log(LogLevel::Info, Some(sink.clone()));
    for n in 0..600 {
        tracing::info!(target: "rockon_test", "line {n}");
    }
    tracing::debug!(target: "rockon_test", "not of this level");
    tracing::info!(target: "another_library", "not ours");
    let kept = recent_log();
    assert_eq!(kept.len(), 500);
    assert_eq!(kept.first().unwrap().text, "line 100");
    assert_eq!(kept.last().unwrap().text, "line 599");
    *sink.open.lock().unwrap() = true;
    sink.opened.notify_all();
    let lines = || sink.lines.lock().unwrap().clone();
    until("the sink got nothing", || lines().len() >= 256);
    let counts = |lines: &[String]| -> usize {
        let missed = lines.iter().filter_map(|line| line.split_once(" ("));
        let missed = missed.filter_map(|(_, rest)| rest.strip_suffix(" lines left out)"));
        missed.map(|n| n.parse::<usize>().unwrap()).sum()
    };
    tracing::info!(target: "rockon_test", "the next line");
    until("not every line came or was counted", || {
        let lines = lines();
        lines.len() + counts(&lines) == 601
    });
    start_log(LogLevel::Info, None);
}
