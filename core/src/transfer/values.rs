//! One cell or directive to one column value, and back. Shared by both formats.

use serde_json::Value;

use super::ShortLine;
use crate::error::Error;
use crate::model::{Kind, Values, checked};
use crate::store::is_cut;

/// The columns that travel in a song file, in the order they are written.
pub(super) const COLUMNS: [&str; 10] = [
    "title",
    "artist",
    "key",
    "tempo",
    "time_signature",
    "duration",
    "genre",
    "guitar_tuning",
    "difficulty",
    "notes",
];

/// The column that a heading or directive means. Headings of other apps' exports are understood.
pub(super) fn column_of(heading: &str) -> Option<&'static str> {
    let heading: String = heading.trim().to_lowercase().replace([' ', '-'], "_");
    let name = match heading.as_str() {
        "song" | "name" | "song_title" | "song_name" | "titel" | "t" => "title",
        "band" | "performer" | "original_artist" | "interpret" => "artist",
        "bpm" => "tempo",
        "time" | "meter" | "timesig" => "time_signature",
        "length" | "time_length" | "duration_(s)" => "duration",
        "tuning" => "guitar_tuning",
        "note" | "comment" | "comments" => "notes",
        "level" => "difficulty",
        other => other,
    };
    COLUMNS.into_iter().find(|column| *column == name)
}

/// Reads one value. Empty means "not given" (`None`), except for the title, which must be there.
pub(super) fn parse(column: &'static str, text: &str) -> Result<Option<Value>, &'static str> {
    let text = text.trim();
    if text.is_empty() && column != "title" {
        return Ok(None);
    }
    let value = match column {
        "tempo" | "difficulty" => Value::from(
            text.parse::<i64>()
                .map_err(|_| "it is not a whole number")?,
        ),
        "duration" => Value::from(seconds(text).ok_or("it is neither m:ss nor seconds")?),
        _ => Value::from(text),
    };
    match checked(Kind::Song, column, value) {
        Ok(value) => Ok(Some(value)),
        Err(Error::Invalid { reason, .. }) => Err(reason),
        Err(_) => Err("it cannot be used"),
    }
}

/// A value as it is written to a file.
pub(super) fn show(song: &Values, column: &str) -> String {
    match song.get(column) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(n)) if column == "duration" => n
            .as_i64()
            .map_or_else(String::new, |s| format!("{}:{:02}", s / 60, s % 60)),
        Some(other) => other.to_string(),
    }
}

/// `3:45`, `1:02:03` or plain seconds.
fn seconds(text: &str) -> Option<i64> {
    let parts: Vec<i64> = text
        .split(':')
        .map(|part| part.trim().parse().ok().filter(|n| *n >= 0))
        .collect::<Option<_>>()?;
    match parts.as_slice() {
        [s] => Some(*s),
        [m, s] if *s < 60 => m.checked_mul(60)?.checked_add(*s),
        [h, m, s] if *m < 60 && *s < 60 => h.checked_mul(3600)?.checked_add(m * 60 + s),
        _ => None,
    }
}

/// Which of the `columns` written of a song are not whole on this phone. The song begins on `line`.
pub(super) fn shortened<'a>(
    song: &'a Values,
    columns: &'a [&'static str],
    line: u64,
) -> impl Iterator<Item = ShortLine> + 'a {
    let cut = columns.iter().filter(|column| is_cut(song, column));
    cut.map(move |column| ShortLine { line, column })
}
