//! Dates and times as people's programs write them. Pure.
//!
//! Owns: which texts are points in time: a date with or without a time of day (RFC 3339, with the space, the short zone and the
//! missing zone that PostgreSQL takes too); the [`Timestamp`] of one; and how one is written where texts are compared.
//! Never: changes the text of a row; it is stored as it was given.
//! Invariants: without a zone it is UTC, as for the server; PostgreSQL would also take words such as `tomorrow` or
//! `infinity`, which no phone can sort or show.

use crate::time::Timestamp;

/// A point in time: whole seconds since 1970, and the digits behind them.
struct Moment<'t> {
    seconds: i64,
    fraction: &'t str,
}

const DAY: i64 = 86_400;
/// The first moment of the year 1 and the last millisecond of the year 9999, in milliseconds since 1970.
const ENDS: (i64, i64) = (-62_135_596_800_000, 253_402_300_799_999);

/// Whether the text is a day of the calendar, alone or with a time and perhaps a zone.
pub(super) fn is_moment(text: &str) -> bool {
    read(text).is_some()
}

/// The point in time of a text, to the millisecond; `None` = it is none.
pub(crate) fn timestamp(text: &str) -> Option<Timestamp> {
    let moment = read(text)?;
    let millis = format!(
        "{:0<3}",
        moment.fraction.get(..3).unwrap_or(moment.fraction)
    );
    let millis: i64 = millis.parse().ok()?;
    Some(Timestamp(moment.seconds * 1_000 + millis))
}

/// A point in time, so that texts as the server writes them compare with it. Outside of the years 1 to 9999: their ends.
pub(crate) fn written(at: Timestamp) -> String {
    let millis = at.0.clamp(ENDS.0, ENDS.1);
    let fraction = format!("{:03}", millis.rem_euclid(1_000));
    let moment = Moment {
        seconds: millis.div_euclid(1_000),
        fraction: &fraction,
    };
    moment.in_utc()
}

/// A text that sorts as its point in time does, which is the server's own; any other text as it is.
pub(crate) fn sortable(text: &str) -> String {
    match read(text) {
        Some(moment) => moment.in_utc() + "+00:00",
        None => text.to_owned(),
    }
}

fn read(text: &str) -> Option<Moment<'_>> {
    let (day, rest) = text.split_at_checked(10).unwrap_or((text, ""));
    let days = day_number(day)?;
    let (second, fraction) = if rest.is_empty() {
        (0, "0")
    } else {
        second_of_day(rest)?
    };
    Some(Moment {
        seconds: days * DAY + second,
        fraction,
    })
}

impl Moment<'_> {
    /// `2026-12-05T20:00:00.5`: no zone, no zeros at the end.
    fn in_utc(&self) -> String {
        let (year, month, day) = calendar(self.seconds.div_euclid(DAY));
        let second = self.seconds.rem_euclid(DAY);
        let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
        let clock = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
        match self.fraction.trim_end_matches('0') {
            "" => clock,
            fraction => format!("{clock}.{fraction}"),
        }
    }
}

/// Days of the years before this one, counted from the year 0 of the calendar that is in use now.
fn days_before(year: i64) -> i64 {
    let last = year - 1;
    year * 365 + last.div_euclid(4) - last.div_euclid(100) + last.div_euclid(400) + 1
}

/// Days of each month.
fn months(year: i64) -> [i64; 12] {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let february = if leap { 29 } else { 28 };
    [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}

/// `2026-12-05`, as days since 1970.
fn day_number(text: &str) -> Option<i64> {
    let mut parts = text.split('-');
    let year = i64::from(number(parts.next()?, 4)?);
    let month = number(parts.next()?, 2)? as usize;
    let day = i64::from(number(parts.next()?, 2)?);
    let months = months(year);
    let days = *months.get(month.checked_sub(1)?)?;
    let fits = parts.next().is_none() && year > 0 && (1..=days).contains(&day);
    let before: i64 = months.iter().take(month - 1).sum();
    fits.then_some(days_before(year) - days_before(1970) + before + day - 1)
}

/// Year, month and day of a day since 1970.
fn calendar(days: i64) -> (i64, i64, i64) {
    let days = days + days_before(1970);
    // Exact, or one too high: no 400 years have fewer days than this many.
    let mut year = days * 400 / 146_097 + 1;
    while days_before(year) > days {
        year -= 1;
    }
    let mut day = days - days_before(year);
    let mut month = 1;
    for length in months(year) {
        if day < length {
            break;
        }
        day -= length;
        month += 1;
    }
    (year, month, day + 1)
}

/// `T20:00`, ` 20:00:30.5`, each alone or with `Z`, `+01`, `+0130` or `+01:30` behind it: the second of the day in UTC, which
/// may be one of the day before or after, and the digits behind it.
fn second_of_day(text: &str) -> Option<(i64, &str)> {
    let text = text.strip_prefix(['T', 't', ' '])?;
    let zone = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at(zone);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let parts: Vec<Option<u32>> = clock.split(':').map(|part| number(part, 2)).collect();
    let (hour, minute, second) = match parts.as_slice() {
        [Some(hour), Some(minute)] if fraction == "0" => (*hour, *minute, 0),
        [Some(hour), Some(minute), Some(second)] => (*hour, *minute, *second),
        _ => return None,
    };
    let digits = (1..=9).contains(&fraction.len()) && fraction.bytes().all(|b| b.is_ascii_digit());
    let fits = digits && hour < 24 && minute < 60 && second < 60;
    let local = i64::from(hour * 3_600 + minute * 60 + second);
    fits.then_some((local - zone_seconds(zone)?, fraction))
}

/// How far a zone is before UTC.
fn zone_seconds(text: &str) -> Option<i64> {
    if matches!(text, "" | "Z" | "z") {
        return Some(0);
    }
    let ahead = text.starts_with('+');
    let digits = text.strip_prefix(['+', '-'])?.replacen(':', "", 1);
    let seconds = match digits.len() {
        2 => number(&digits, 2).filter(|hours| *hours < 16)? * 3_600,
        4 => {
            let zone = number(&digits, 4).filter(|zone| *zone < 1_600 && zone % 100 < 60)?;
            zone / 100 * 3_600 + zone % 100 * 60
        }
        _ => return None,
    };
    let seconds = i64::from(seconds);
    Some(if ahead { seconds } else { -seconds })
}

/// Exactly this many digits.
fn number(text: &str, digits: usize) -> Option<u32> {
    let fits = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_as_programs_write_them_are_moments() {
        for text in [
            "2026-12-05",
            "2024-02-29",
            "2026-12-05T20:00",
            "2026-12-05 20:00+00",
            "2026-12-05T20:00:00Z",
            "2026-12-05T20:00:00.123456+00:00",
            "2026-12-05T20:00:00-0330",
        ] {
            assert!(is_moment(text), "{text}");
        }
    }

    #[test]
    fn words_impossible_days_and_half_a_time_are_none() {
        for text in [
            "",
            "tomorrow",
            "infinity",
            "2026-02-29",
            "2026-13-01",
            "0000-01-01",
            "2026-12-05T",
            "2026-12-05T24:00:00Z",
            "2026-12-05T20",
            "2026-12-05T20:00:00.",
            "2026-12-05T20:00:00+99:00",
            "2026-12-05T20:00:00Z and more",
            "05.12.2026",
            "2026-12-0\u{664}",
            "🎸🎸🎸🎸",
        ] {
            assert!(!is_moment(text), "{text}");
        }
    }

    #[test]
    fn a_moment_is_the_same_whatever_zone_it_is_written_in() {
        let at = |text: &str| timestamp(text).unwrap().0;
        assert_eq!(at("1970-01-01"), 0);
        assert_eq!(at("2026-12-05T20:00:00+00:00"), 1_796_500_800_000);
        for same in [
            "2026-12-05 21:30+01:30",
            "2026-12-05T20:00Z",
            "2026-12-05T10:00:00-10",
        ] {
            assert_eq!(at(same), 1_796_500_800_000, "{same}");
            assert_eq!(sortable(same), "2026-12-05T20:00:00+00:00");
        }
        assert_eq!(at("1969-12-31T23:59:59.1239Z"), -877);
        assert_eq!(
            sortable("2026-12-05T20:00:00.120Z"),
            "2026-12-05T20:00:00.12+00:00"
        );
        assert_eq!(sortable("some day"), "some day");
    }

    #[test]
    fn each_day_is_written_as_it_was_read() {
        for year in [
            1, 4, 100, 400, 1600, 1899, 1900, 1969, 1970, 2000, 2024, 2100, 9999,
        ] {
            for (month, day) in [(1, 1), (2, 28), (3, 1), (12, 31)] {
                let text = format!("{year:04}-{month:02}-{day:02}T00:00:00");
                assert_eq!(written(timestamp(&text).unwrap()), text);
            }
        }
        assert_eq!(written(Timestamp(i64::MIN)), "0001-01-01T00:00:00");
        assert_eq!(written(Timestamp(i64::MAX)), "9999-12-31T23:59:59.999");
        assert_eq!(written(Timestamp(-877)), "1969-12-31T23:59:59.123");
    }
}
