//! Times of a show's day: load-in, sound check, set, end.
//!
//! Owns: [`TimeOfDay`], and [`ShowTime`], because those columns are texts and hold what somebody wrote.
//! Never: guesses: `6 pm` stays words. Nothing here knows a day or a zone; the clock is that of the place.
//! Invariant: a text that is read as a time of day is the text of that time, but for `:00` behind the minutes.

use std::fmt;
use std::str::FromStr;

use crate::error::Error;

/// A time of day: `17:30`, or `17:30:15`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay {
    hour: u8,
    minute: u8,
    second: u8,
}

impl TimeOfDay {
    /// A time of day; `None` for one that no clock shows.
    #[must_use]
    pub fn new(hour: u8, minute: u8, second: u8) -> Option<Self> {
        let shown = hour < 24 && minute < 60 && second < 60;
        shown.then_some(Self {
            hour,
            minute,
            second,
        })
    }

    /// So many seconds later; past midnight the time of the next day.
    #[must_use]
    pub(crate) fn after(self, seconds: u64) -> Self {
        let [hour, minute, second] = [self.hour, self.minute, self.second].map(u64::from);
        let later = hour * 3_600 + minute * 60 + second + seconds % 86_400;
        let part = |number: u64| u8::try_from(number).unwrap_or(0);
        Self {
            hour: part(later / 3_600 % 24),
            minute: part(later / 60 % 60),
            second: part(later % 60),
        }
    }

    /// Hour, minute, second.
    #[must_use]
    pub fn parts(self) -> (u8, u8, u8) {
        (self.hour, self.minute, self.second)
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)?;
        match self.second {
            0 => Ok(()),
            second => write!(f, ":{second:02}"),
        }
    }
}

impl FromStr for TimeOfDay {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let parts: Vec<Option<u8>> = text.split(':').map(two_digits).collect();
        let found = match parts.as_slice() {
            [Some(hour), Some(minute)] => Self::new(*hour, *minute, 0),
            [Some(hour), Some(minute), Some(second)] => Self::new(*hour, *minute, *second),
            _ => None,
        };
        found.ok_or(Error::Invalid {
            field: "time of day",
            reason: "it is no time such as 17:30",
        })
    }
}

fn two_digits(text: &str) -> Option<u8> {
    let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// When something of a show is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum ShowTime {
    /// By the clock of the place.
    At {
        /// The time of day.
        time: TimeOfDay,
    },
    /// In words: `after the support act`, `6 pm`.
    Words {
        /// As somebody wrote it.
        text: String,
    },
}

impl From<String> for ShowTime {
    fn from(text: String) -> Self {
        match text.parse() {
            Ok(time) => Self::At { time },
            Err(_) => Self::Words { text },
        }
    }
}

impl fmt::Display for ShowTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At { time } => time.fmt(f),
            Self::Words { text } => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_ends_after_midnight_too() {
        let time = |text: &str| text.parse::<TimeOfDay>().unwrap();
        for (start, seconds, end) in [
            ("20:30", 8_100, "22:45"),
            ("23:30:30", 3_600, "00:30:30"),
            ("00:00", 86_399, "23:59:59"),
            ("12:00", u64::MAX, "19:00:15"),
        ] {
            assert_eq!(time(start).after(seconds), time(end), "{start} {seconds}");
        }
    }

    #[test]
    fn a_time_of_day_is_what_a_clock_shows_and_all_else_is_words() {
        for (text, said) in [
            ("17:30", "17:30"),
            ("00:00:00", "00:00"),
            ("23:59:59", "23:59:59"),
        ] {
            let time = ShowTime::from(text.to_owned());
            assert!(matches!(time, ShowTime::At { .. }), "{text}");
            assert_eq!(time.to_string(), said);
        }
        for text in [
            "",
            "6 pm",
            "24:00",
            "9:30",
            "17:60",
            "17:30 sharp",
            "17.30",
            "+1:30",
        ] {
            let text = text.to_owned();
            assert_eq!(ShowTime::from(text.clone()), ShowTime::Words { text });
        }
    }
}
