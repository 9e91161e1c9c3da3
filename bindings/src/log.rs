//! The log: the last lines in memory for the doctor's report, and each line to the platform's log if it wants them.
//!
//! Owns: the process's one subscriber. Never: takes a line of another library, whose texts we do not answer for; the core's
//! own carry no token, title or address of a person.
//! Invariants: logging never waits. Lines on their way to the sink are bounded ([`WAITING`]); when they are full the new
//! one is left out for the sink, and the next line that gets through says how many were. The ring keeps [`KEPT`] lines,
//! dropping the oldest.

use std::collections::VecDeque;
use std::fmt::{self, Write as _};
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rockon_core::ffi::{LogLevel, LogLine};
use rockon_core::time::{Clock as _, SystemClock};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

use crate::secrets::PlatformError;

/// Lines kept in memory.
const KEPT: usize = 500;
/// Lines on their way to the sink.
const WAITING: usize = 256;
/// The longest line, in bytes.
const LINE: usize = 1_000;

/// The platform's log. Called by one thread of its own, never by the main thread.
#[uniffi::export(foreign)]
pub trait PlatformLog: Send + Sync {
    /// One line.
    fn line(&self, line: LogLine) -> Result<(), PlatformError>;
}

struct Log {
    level: AtomicU8,
    lines: Mutex<VecDeque<LogLine>>,
    sink: Mutex<Option<Arc<dyn PlatformLog>>>,
    way: SyncSender<LogLine>,
    left_out: AtomicU32,
}

static LOG: OnceLock<Arc<Log>> = OnceLock::new();

/// Keeps lines up to `level` from now on, and gives each to `sink` if there is one. The last call counts; one log serves
/// all clients of the process. False when another subscriber holds the process's log already: then nothing is kept.
#[uniffi::export]
pub fn start_log(level: LogLevel, sink: Option<Arc<dyn PlatformLog>>) -> bool {
    let mut ours = true;
    let log = LOG.get_or_init(|| {
        let (log, lines) = Log::new();
        ours = install(&log);
        let carrier = Arc::clone(&log);
        // Without the thread nothing reaches the sink; the ring works all the same.
        let started = std::thread::Builder::new()
            .name("rockon-log".to_owned())
            .spawn(move || carrier.carry(&lines));
        ours &= started.is_ok();
        log
    });
    log.level.store(level as u8, Ordering::Relaxed);
    *held(&log.sink) = sink;
    tracing::callsite::rebuild_interest_cache();
    ours
}

/// The last lines, the oldest first: at most 500.
#[uniffi::export]
pub fn recent_log() -> Vec<LogLine> {
    LOG.get()
        .map(|log| held(&log.lines).iter().cloned().collect())
        .unwrap_or_default()
}

fn install(log: &Arc<Log>) -> bool {
    let subscriber = tracing_subscriber::registry().with(Ours {
        log: Arc::clone(log),
        clock: SystemClock::new(),
    });
    tracing::subscriber::set_global_default(subscriber).is_ok()
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Log {
    fn new() -> (Arc<Self>, Receiver<LogLine>) {
        let (way, lines) = sync_channel(WAITING);
        let log = Self {
            level: AtomicU8::new(LogLevel::Info as u8),
            lines: Mutex::new(VecDeque::with_capacity(KEPT)),
            sink: Mutex::new(None),
            way,
            left_out: AtomicU32::new(0),
        };
        (Arc::new(log), lines)
    }

    fn keep(&self, line: LogLine) {
        {
            let mut lines = held(&self.lines);
            if lines.len() == KEPT {
                lines.pop_front();
            }
            lines.push_back(line.clone());
        }
        if held(&self.sink).is_some() && self.way.try_send(line).is_err() {
            self.left_out.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn carry(&self, lines: &Receiver<LogLine>) {
        for mut line in lines {
            let left_out = self.left_out.swap(0, Ordering::Relaxed);
            if left_out > 0 {
                // The line itself still comes whole; a write to a `String` cannot fail.
                let _ = write!(line.text, " ({left_out} lines left out)");
            }
            let sink = held(&self.sink).clone();
            if let Some(sink) = sink {
                // A sink that throws has nowhere else to say so; the ring keeps the line.
                let _ = sink.line(line);
            }
        }
    }
}

struct Ours {
    log: Arc<Log>,
    clock: SystemClock,
}

impl<S: Subscriber> Layer<S> for Ours {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        let kept = self.log.level.load(Ordering::Relaxed);
        metadata.target().starts_with("rockon") && level(*metadata.level()) as u8 <= kept
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let metadata = event.metadata();
        let mut text = Text(String::new());
        event.record(&mut text);
        self.log.keep(LogLine {
            at: self.clock.wall(),
            level: level(*metadata.level()),
            part: metadata.target().to_owned(),
            text: text.0,
        });
    }
}

fn level(level: Level) -> LogLevel {
    match level {
        Level::ERROR => LogLevel::Error,
        Level::WARN => LogLevel::Warn,
        Level::INFO => LogLevel::Info,
        _ => LogLevel::Debug,
    }
}

/// The fields of an event as one line.
struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let name = field.name();
        // A write to a `String` cannot fail.
        let _ = if name == "message" {
            write!(self.0, "{value:?}")
        } else {
            write!(self.0, " {name}={value:?}")
        };
        if self.0.len() > LINE {
            let end = (0..=LINE).rev().find(|at| self.0.is_char_boundary(*at));
            self.0.truncate(end.unwrap_or(0));
        }
    }
}
