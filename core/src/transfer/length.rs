//! How long a song lasts, as people, spreadsheets and programs write it.

use super::cells::{Read, number, plain, says_nothing, whole};

/// Longest song that is believed to be hours, minutes and seconds: what is longer and ends in `:00` is minutes and
/// seconds, which a spreadsheet took for hours and minutes.
const LONGEST: i64 = 5_400;
/// The longest a song may last, in seconds.
const DAY: i64 = 86_400;

/// The unit of a plain number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Minutes,
    Seconds,
    Milliseconds,
}

/// `3:45`, `0:03:45`, `3m45s`, `3′45″`, `225`, `225 s`, `PT3M45S`, `1899-12-30 00:03:45`, `225000 ms`; 0 = none.
pub(super) fn length(text: &str, unit: Unit) -> Read {
    let Some(plain) = plain(text) else {
        return Read::Not;
    };
    if says_nothing(&plain) {
        return Read::Nothing;
    }
    let seconds = clock(&plain)
        .or_else(|| marked(&plain))
        .or_else(|| counted(&plain, unit));
    match seconds {
        Some(0) => Read::Nothing,
        Some(seconds) if seconds <= DAY => Read::Number(seconds),
        _ => Read::Not,
    }
}

/// Parts between colons, with what spreadsheets add: a date in front, AM or PM behind, a fraction.
fn clock(plain: &str) -> Option<i64> {
    let time = without_day(plain);
    let midnight = time.strip_suffix("am").map(str::trim_end);
    let time = midnight.unwrap_or(time);
    let time = ["minutes", "min.", "min", "mins", "m:s", "h", "m", "s"]
        .iter()
        .find_map(|word| time.strip_suffix(word))
        .unwrap_or(time)
        .trim();
    let parts: Vec<&str> = time.split(':').collect();
    if !(2..=4).contains(&parts.len()) {
        return None;
    }
    let last = parts.len() - 1;
    let numbers = parts.iter().enumerate().map(|(at, part)| {
        // Only seconds have fractions.
        let (value, rest) = number(part.trim())?;
        let fits = rest.is_empty() && (at == last || value.fract() == 0.0);
        whole(value.floor()).filter(|_| fits)
    });
    let numbers = numbers.collect::<Option<Vec<_>>>()?;
    match (numbers.as_slice(), midnight.is_some()) {
        // 12:03 AM is three minutes past midnight.
        ([12, m, s], true) => sum(0, *m, *s),
        ([m, s], _) => sum(0, *m, *s).filter(|_| *s < 60),
        ([h, m, s], _) => sum(*h, *m, *s).map(|sum| {
            if sum > LONGEST && *s == 0 {
                h * 60 + m
            } else {
                sum
            }
        }),
        ([0, h, m, s], _) => sum(*h, *m, *s),
        _ => None,
    }
}

fn sum(hours: i64, minutes: i64, seconds: i64) -> Option<i64> {
    let fits = seconds < 60 && minutes <= 1_440 && hours <= 1_440 && (hours == 0 || minutes < 60);
    fits.then_some(hours * 3_600 + minutes * 60 + seconds)
}

/// Without the day that spreadsheets count from.
fn without_day(plain: &str) -> &str {
    let Some(at) = plain.find([' ', 't']) else {
        return plain;
    };
    let (day, time) = (&plain[..at], &plain[at + 1..]);
    let first = ["1899", "1900", "1904"]
        .iter()
        .any(|year| day.starts_with(year) || day.ends_with(year));
    let short = ["12/30/99", "12/31/99", "30.12.99"].contains(&day);
    let dated = day.len() >= 8 && day.chars().all(|c| c.is_ascii_digit() || "-/.".contains(c));
    if dated && (first || short) {
        time.trim_end_matches('z').trim()
    } else {
        plain
    }
}

/// Numbers that each say what they count: `1h 2m 3s`, `3′45″`, `3 min 45`, `pt3m45s`.
fn marked(plain: &str) -> Option<i64> {
    let mut rest = plain.strip_prefix("pt").unwrap_or(plain);
    let mut total = 0.0;
    let mut before: Option<f64> = None;
    while !rest.is_empty() {
        let (value, after) = number(rest)?;
        let (factor, after) = match (mark(after.trim_start()), before) {
            (Some(found), _) => found,
            // A last number without a mark is of the next smaller kind, as in 3'45.
            (None, Some(factor)) if after.trim().is_empty() && value < 60.0 => (factor / 60.0, ""),
            _ => return None,
        };
        if before.is_some_and(|before| factor >= before) || factor < 0.001 {
            return None;
        }
        total += value * factor;
        before = Some(factor);
        rest = after.trim_start_matches([' ', ',', ':', '.']);
        if let Some(more) = rest
            .strip_prefix("and ")
            .or_else(|| rest.strip_prefix("und "))
        {
            rest = more;
        }
    }
    before.and_then(|_| whole(total))
}

/// What a number counts, in seconds, and the text after the mark.
fn mark(text: &str) -> Option<(f64, &str)> {
    const MARKS: [(f64, &str); 4] = [
        (0.001, "milliseconds|millis|msec|ms"),
        (
            3_600.0,
            "hours|hour|stunden|stunde|heures|heure|horas|hora|uur|std|hrs|hr|h",
        ),
        (
            60.0,
            "minutes|minute|minuten|minutos|minuto|minuti|minuut|mins|min|mn|m|′|’|'",
        ),
        (
            1.0,
            "seconds|second|sekunden|sekunde|secondes|seconde|segundos|segundo|secondi|secondo|seconden\
             |secs|sec|sek|seg|s|″|”|\"|''|′′|’’",
        ),
    ];
    let mut best: Option<(f64, &str, usize)> = None;
    for (factor, words) in MARKS {
        for word in words.split('|') {
            if let Some(after) = text.strip_prefix(word)
                && best.is_none_or(|(_, _, length)| word.len() > length)
            {
                best = Some((factor, after, word.len()));
            }
        }
    }
    let (factor, after, _) = best?;
    (!after.starts_with(char::is_alphabetic)).then_some((factor, after))
}

/// A plain number: of the unit; or by its size, where people and programs leave the unit out.
fn counted(plain: &str, unit: Unit) -> Option<i64> {
    let plain = plain.strip_prefix('+').unwrap_or(plain);
    let (value, rest) = number(plain)?;
    if !rest.is_empty() {
        return None;
    }
    let written = plain
        .split_once(['.', ','])
        .map_or(("", 0), |(_, digits)| (digits, digits.len()));
    match unit {
        Unit::Milliseconds => whole(value / 1_000.0),
        // A fraction of a day is what a spreadsheet has under a time.
        _ if value < 0.1 && written.1 > 2 => whole(value * 86_400.0),
        Unit::Seconds if (1.0..20.0).contains(&value) && (1..=2).contains(&written.1) => {
            minutes_or_clock(value, written.0)
        }
        Unit::Minutes if written.1 == 2 => minutes_or_clock(value, written.0),
        Unit::Minutes => whole(value * 60.0),
        // Ten thousand seconds are no song; ten are one in thousandths.
        Unit::Seconds if (10_000.0..=5_400_000.0).contains(&value) => whole(value / 1_000.0),
        Unit::Seconds => whole(value),
    }
}

/// `3.45` is three minutes and 45 seconds as people write it; `3.75` and `3.5` can only be parts of a minute.
fn minutes_or_clock(value: f64, digits: &str) -> Option<i64> {
    let seconds: i64 = digits.parse().ok()?;
    if digits.len() == 2 && seconds < 60 {
        whole(value.trunc()).map(|minutes| minutes * 60 + seconds)
    } else {
        whole(value * 60.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Read::{Not, Nothing, Number};
    use super::*;

    const LENGTHS: &[(&str, Read)] = &[
        ("3:45", Number(225)),
        ("225", Number(225)),
        ("0:03:45", Number(225)),
        ("03:45", Number(225)),
        ("3:5", Number(185)),
        ("3m45s", Number(225)),
        ("3m 45s", Number(225)),
        ("3 min 45 sec", Number(225)),
        ("3 Minuten und 45 Sekunden", Number(225)),
        ("3min45", Number(225)),
        ("3:45 min", Number(225)),
        ("3′45″", Number(225)),
        ("3'45", Number(225)),
        ("3'45\"", Number(225)),
        ("3’45”", Number(225)),
        ("3'45''", Number(225)),
        ("3.45", Number(225)),
        ("3,75", Number(225)),
        ("3.5", Number(210)),
        ("225.0", Number(225)),
        ("225.4", Number(225)),
        ("225s", Number(225)),
        ("225 sec", Number(225)),
        ("4 min", Number(240)),
        ("3.5 min", Number(210)),
        ("03:45.0", Number(225)),
        ("3:45.789", Number(225)),
        ("3:45:00", Number(225)),
        ("1:02:03", Number(3_723)),
        ("1:20:00", Number(4_800)),
        ("1:30:00", Number(5_400)),
        ("1:31:00", Number(91)),
        ("1h 2m 3s", Number(3_723)),
        ("225000", Number(225)),
        ("225000 ms", Number(225)),
        ("00:03:45 AM", Number(225)),
        ("12:03:45 AM", Number(225)),
        ("1899-12-30 00:03:45", Number(225)),
        ("1899-12-30T00:03:45", Number(225)),
        ("1899-12-30T00:03:45.000Z", Number(225)),
        ("12/30/1899 0:03:45", Number(225)),
        ("30.12.1899 00:03:45", Number(225)),
        ("1900-01-00 00:03:45", Number(225)),
        ("0.002604166666", Number(225)),
        ("PT3M45S", Number(225)),
        ("+225", Number(225)),
        ("３：４５", Number(225)),
        ("1439:59", Number(86_399)),
        ("1440:00", Number(86_400)),
        ("0", Nothing),
        ("0:00", Nothing),
        ("", Nothing),
        ("-", Nothing),
        ("-3:45", Not),
        ("3:-5", Not),
        ("3:99", Not),
        ("1e3", Not),
        ("long", Not),
        ("3:45 - 4:00", Not),
        ("2024-05-01 20:00", Not),
        ("1:2:3:4:5", Not),
        ("99999999999", Not),
    ];

    #[test]
    fn lengths_as_people_and_programs_write_them() {
        for (text, right) in LENGTHS {
            assert_eq!(length(text, Unit::Seconds), *right, "{text:?}");
        }
        assert_eq!(length("4", Unit::Minutes), Number(240));
        assert_eq!(length("3.45", Unit::Minutes), Number(225));
        assert_eq!(length("4:30", Unit::Minutes), Number(270));
        assert_eq!(length("276000", Unit::Milliseconds), Number(276));
        assert_eq!(length("4500", Unit::Milliseconds), Number(5));
    }
}
