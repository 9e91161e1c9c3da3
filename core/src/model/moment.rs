//! Dates and times as people's programs write them. Pure.
//!
//! Owns: [`is_moment`], which tells a date with or without a time of day (RFC 3339, with the space, the short zone and the
//! missing zone that PostgreSQL takes too) from anything else. Never: changes the text; it is stored as it was given.
//! PostgreSQL would also take words such as `tomorrow` or `infinity`: no phone can sort or show those.

/// Whether the text is a day of the calendar, alone or with a time and perhaps a zone.
pub(super) fn is_moment(text: &str) -> bool {
    let (day, rest) = text.split_at_checked(10).unwrap_or((text, ""));
    is_day(day) && (rest.is_empty() || is_time(rest))
}

/// `2026-12-05`
fn is_day(text: &str) -> bool {
    let mut parts = text.split('-');
    let (Some(year), Some(month), Some(day), None) = (
        parts.next().and_then(|part| number(part, 4)),
        parts.next().and_then(|part| number(part, 2)),
        parts.next().and_then(|part| number(part, 2)),
        parts.next(),
    ) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    year > 0 && (1..=days).contains(&day)
}

/// `T20:00`, ` 20:00:30.5`, each alone or with `Z`, `+01`, `+0130` or `+01:30` behind it.
fn is_time(text: &str) -> bool {
    let Some(text) = text.strip_prefix(['T', 't', ' ']) else {
        return false;
    };
    let zone = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at(zone);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let parts: Vec<Option<u32>> = clock.split(':').map(|part| number(part, 2)).collect();
    let fits = match parts.as_slice() {
        [Some(hour), Some(minute)] => *hour < 24 && *minute < 60 && fraction == "0",
        [Some(hour), Some(minute), Some(second)] => *hour < 24 && *minute < 60 && *second < 60,
        _ => false,
    };
    let digits = (1..=9).contains(&fraction.len()) && fraction.bytes().all(|b| b.is_ascii_digit());
    fits && digits && is_zone(zone)
}

fn is_zone(text: &str) -> bool {
    if matches!(text, "" | "Z" | "z") {
        return true;
    }
    let Some(text) = text.strip_prefix(['+', '-']) else {
        return false;
    };
    let digits = text.replacen(':', "", 1);
    match digits.len() {
        2 => number(&digits, 2).is_some_and(|hours| hours < 16),
        4 => number(&digits, 4).is_some_and(|zone| zone < 1_600 && zone % 100 < 60),
        _ => false,
    }
}

/// Exactly this many digits.
fn number(text: &str, digits: usize) -> Option<u32> {
    let fits = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::is_moment;

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
}
