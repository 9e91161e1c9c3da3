//! The stack's idea of now.
//!
//! Owns: the one place that reads the system's clock; for tests of wrong clocks and expiry it can be moved, and held.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use time::OffsetDateTime;

/// A wall clock that can be moved, and stopped.
#[derive(Debug, Default)]
pub struct Clock {
    offset_ms: AtomicI64,
    /// Milliseconds since 1970 at which it stands still; 0 = it runs.
    held_ms: AtomicI64,
}

impl Clock {
    /// Now, in UTC.
    pub fn now(&self) -> OffsetDateTime {
        let held = self.held_ms.load(Ordering::Relaxed);
        if held != 0 {
            let held = Duration::from_millis(held.unsigned_abs());
            return OffsetDateTime::UNIX_EPOCH + held;
        }
        let offset = Duration::from_millis(self.offset_ms.load(Ordering::Relaxed).unsigned_abs());
        let now = OffsetDateTime::now_utc();
        if self.offset_ms.load(Ordering::Relaxed) < 0 {
            now - offset
        } else {
            now + offset
        }
    }

    /// Now, in whole seconds since 1970, rounded down.
    pub fn unix(&self) -> i64 {
        self.now().unix_timestamp()
    }

    /// Now, as the header `Date` has it (RFC 9110, 5.6.7).
    pub fn http_date(&self) -> String {
        let now = self.now();
        let (weekday, month) = (now.weekday().to_string(), now.month().to_string());
        let (hour, minute, second) = now.to_hms();
        format!(
            "{}, {:02} {} {} {hour:02}:{minute:02}:{second:02} GMT",
            weekday.get(..3).unwrap_or_default(),
            now.day(),
            month.get(..3).unwrap_or_default(),
            now.year(),
        )
    }

    /// Moves the clock: positive is the future. In milliseconds from the real time, not from the last setting.
    pub fn set_offset_ms(&self, offset: i64) {
        self.offset_ms.store(offset, Ordering::Relaxed);
    }

    /// Stops the clock at this time (milliseconds since 1970), for exchanges that were recorded at exact times: how long the
    /// stack takes for one says nothing then.
    pub fn hold_unix_ms(&self, ms: i64) {
        self.held_ms.store(ms, Ordering::Relaxed);
    }
}
