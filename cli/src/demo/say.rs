//! What the evening prints: a heading a step, a line for each thing that a phone does or shows, times on the right.

use std::time::Duration;

/// Columns before the time.
const WIDTH: usize = 70;

/// A step begins.
pub(super) fn heading(number: usize, name: &str) {
    println!("\n{number:>2}  {name}");
}

/// Something a phone does or shows.
pub(super) fn line(who: &str, what: &str) {
    println!("{}", aligned(who, what, None));
}

/// As [`line()`], with how long it took.
pub(super) fn timed(who: &str, what: &str, took: Duration) {
    println!("{}", aligned(who, what, Some(took)));
}

fn aligned(who: &str, what: &str, took: Option<Duration>) -> String {
    let text = cut(format!("    {who:<7} {what}"));
    let Some(took) = took else { return text };
    let pad = WIDTH.saturating_sub(text.chars().count());
    format!("{text}{:pad$}{:>9}", "", duration(took))
}

/// A line stays a line.
fn cut(text: String) -> String {
    match text.char_indices().nth(WIDTH - 1) {
        Some((at, _)) if text.chars().count() > WIDTH => format!("{}…", &text[..at]),
        _ => text,
    }
}

/// A time as people read it: `0.42 ms`, `12 ms`, `2.1 s`.
pub(super) fn duration(took: Duration) -> String {
    let ms = took.as_secs_f64() * 1_000.0;
    match ms {
        ms if ms < 10.0 => format!("{ms:.2} ms"),
        ms if ms < 1_000.0 => format!("{ms:.0} ms"),
        ms => format!("{:.1} s", ms / 1_000.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_stand_in_one_column_whatever_letters_come_before() {
        let plain = aligned("Sam", "notice", Some(Duration::from_millis(12)));
        let dotted = aligned("Sam", "● Café", Some(Duration::from_micros(420)));
        let long = aligned("Sam", &"ö".repeat(200), Some(Duration::from_millis(12)));
        assert_eq!(long.chars().count(), plain.chars().count());
        assert_eq!(plain.chars().count(), dotted.chars().count());
        assert!(plain.ends_with("    12 ms"), "{plain}");
        assert!(dotted.ends_with("  0.42 ms"), "{dotted}");
        assert_eq!(duration(Duration::from_millis(2_130)), "2.1 s");
    }
}
