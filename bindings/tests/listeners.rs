//! Calls out of the core: a listener that throws, a handle that is dropped, and the log.
//! One test, for the log is the process's.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use rockon::{
    Client, LogLevel, LogLine, LogSink, PlatformError, SecretStore, StatusListener, recent_log,
    start_log,
};
use rockon_core::Error;
use rockon_core::client::Status;
use rockon_core::config::ClientConfig;

const PATIENCE: Duration = Duration::from_secs(10);

struct NoSecrets;

impl SecretStore for NoSecrets {
    fn read(&self, _key: String) -> Result<Option<String>, PlatformError> {
        Ok(None)
    }

    fn write(&self, _key: String, _value: String) -> Result<(), PlatformError> {
        Ok(())
    }

    fn delete(&self, _key: String) -> Result<(), PlatformError> {
        Ok(())
    }
}

fn client(dir: &tempfile::TempDir) -> Arc<Client> {
    let config = ClientConfig::new("http://127.0.0.1:9", "sb_publishable_key", dir.path());
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let opening = Client::open(config, Arc::new(NoSecrets));
    runtime.unwrap().block_on(opening).unwrap()
}

/// Throws each time, and says that it was called.
struct Throws(Mutex<Sender<bool>>);

impl StatusListener for Throws {
    fn on_value(&self, value: Status) -> Result<(), PlatformError> {
        self.0.lock().unwrap().send(value.network).unwrap();
        Err(PlatformError::Failed)
    }

    fn on_failure(&self, _error: Error) -> Result<(), PlatformError> {
        Ok(())
    }

    fn on_end(&self) -> Result<(), PlatformError> {
        Ok(())
    }
}

/// Takes a line only when it is let.
#[derive(Default)]
struct Slow {
    open: Mutex<bool>,
    opened: Condvar,
    lines: Mutex<Vec<String>>,
}

impl LogSink for Slow {
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

fn calls_until(calls: &Receiver<bool>, network: bool) {
    while calls.recv_timeout(PATIENCE).unwrap() != network {}
}

#[test]
fn calls_out_of_the_core_may_fail_and_the_log_is_bounded() {
    assert!(start_log(LogLevel::Debug, None));
    let dir = tempfile::TempDir::new().unwrap();
    let client = client(&dir);
    a_listener_that_throws_is_called_again_and_said_once(&client);
    a_dropped_subscription_lets_its_listener_go(&client);
    a_log_keeps_500_lines_and_counts_what_the_sink_missed();
}

fn a_listener_that_throws_is_called_again_and_said_once(client: &Client) {
    let (sender, calls) = channel();
    let feed = client.observe_status(Arc::new(Throws(Mutex::new(sender))));
    let feed = feed.unwrap();
    calls_until(&calls, true);
    for network in [false, true, false, true] {
        client.set_network(network);
        calls_until(&calls, network);
    }
    let said = recent_log();
    let said = said
        .iter()
        .filter(|line| line.text.contains("listener threw"));
    assert_eq!(said.count(), 1);
    feed.cancel();
    feed.cancel();
}

fn a_dropped_subscription_lets_its_listener_go(client: &Client) {
    let (sender, calls) = channel();
    let listener = Arc::new(Throws(Mutex::new(sender)));
    let weak = Arc::downgrade(&listener);
    let feed = client.observe_status(listener).unwrap();
    calls_until(&calls, true);
    assert!(weak.upgrade().is_some());
    drop(feed);
    until("the listener is held", || weak.upgrade().is_none());
}

fn a_log_keeps_500_lines_and_counts_what_the_sink_missed() {
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
