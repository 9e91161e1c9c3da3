//! Songs to the text of a file: CSV for spreadsheets, or `ChordPro`.
//!
//! Owns: the form of both files, and the guard that keeps a spreadsheet from running a title as a formula.
//! Invariant: reading what was written gives the same values; nothing is written that a song does not have.

use std::fmt::Write as _;

use serde_json::Value;

use super::chart::{OWN, directives};
use super::draft::tidy;
use super::meaning::columns;
use super::{Format, ShortLine, SongFile, read_one};
use crate::model::Values;
use crate::store::is_cut;

/// Writes songs, given as column values, to a file. Reading it gives the same values.
#[must_use]
pub(crate) fn write(songs: &[Values], format: Format) -> SongFile {
    let mut file = SongFile {
        songs: u32::try_from(songs.len()).unwrap_or(u32::MAX),
        ..SongFile::default()
    };
    match format {
        Format::Csv => csv(songs, &mut file),
        Format::ChordPro => chord_pro(songs, &mut file),
    }
    file
}

/// With a byte order mark, which makes spreadsheets read UTF-8, and the line ends of the format.
fn csv(songs: &[Values], file: &mut SongFile) {
    file.text.push('\u{feff}');
    file.text.push_str(&columns().collect::<Vec<_>>().join(","));
    file.text.push_str("\r\n");
    let mut line = 2;
    for song in songs {
        let begin = file.text.len();
        for (at, column) in columns().enumerate() {
            if at > 0 {
                file.text.push(',');
            }
            cell(&mut file.text, &shown(song, column));
        }
        file.text.push_str("\r\n");
        file.shortened.extend(shortened(song, line));
        line += super::records::line_breaks(&file.text[begin..]);
    }
}

/// Quoted where anything in it could be taken for more than text.
fn cell(text: &mut String, value: &str) {
    let guard = if is_guarded(value) { "'" } else { "" };
    let plain =
        |c: char| !matches!(c, ',' | ';' | '\t' | '|' | '"' | '\n' | '\r') && !c.is_control();
    let outer = value.starts_with(char::is_whitespace) || value.ends_with(char::is_whitespace);
    if guard.is_empty() && !outer && value.chars().all(plain) {
        text.push_str(value);
    } else {
        // Writing to a string cannot fail.
        let _ = write!(text, "\"{guard}{}\"", value.replace('"', "\"\""));
    }
}

/// Whether a spreadsheet would take a cell for a formula, or reading would take the guard off one that has it already.
fn is_guarded(value: &str) -> bool {
    value
        .trim_start_matches('\'')
        .trim_start()
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
        || value
            .trim_start_matches('\'')
            .starts_with(['\t', '\r', '\n'])
}

/// A cell without its guard.
pub(super) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_guarded(rest) => rest,
        _ => cell,
    }
}

fn chord_pro(songs: &[Values], file: &mut SongFile) {
    let mut line = 1;
    for (n, song) in songs.iter().enumerate() {
        let begin = file.text.len();
        if n > 0 {
            file.text.push_str("{new_song}\n");
        }
        file.shortened
            .extend(shortened(song, line + u64::from(n > 0)));
        for column in columns() {
            directive(&mut file.text, song, column);
        }
        line += super::records::line_breaks(&file.text[begin..]);
    }
}

/// A value as a directive of the format; as one of ours too, if it would not come back from that as it is.
fn directive(text: &mut String, song: &Values, column: &'static str) {
    let (Some(value), shown) = (song.get(column), shown(song, column)) else {
        return;
    };
    if shown.is_empty() {
        return;
    }
    let line = |plain: &str| match column {
        "time_signature" => format!("{{time: {plain}}}\n"),
        "genre" | "guitar_tuning" | "difficulty" => format!("{{meta: {column} {plain}}}\n"),
        _ => format!("{{{column}: {plain}}}\n"),
    };
    let exact = line(&shown);
    if column != "notes" && read_again(&exact, column).as_ref() == Some(value) {
        text.push_str(&exact);
        return;
    }
    // For other programs, as near as the format can say it.
    let near = line(&tidy(&shown, false).replace('{', "(").replace('}', ")"));
    if column != "notes" && read_again(&near, column).is_some() {
        text.push_str(&near);
    }
    let json = value
        .to_string()
        .replace('{', "\\u007b")
        .replace('}', "\\u007d");
    let _ = writeln!(text, "{{{OWN}{column}: {json}}}");
}

/// What reading a line gives for its column; none if it gives nothing, or anything else.
fn read_again(line: &str, column: &str) -> Option<Value> {
    let (all, rest) = directives(line.strip_suffix('\n')?)?;
    if all.len() != 1 || !rest.is_empty() || line.contains('\r') || line.matches('\n').count() != 1
    {
        return None;
    }
    // Any title makes it a song.
    let title = if column == "title" {
        ""
    } else {
        "{title: x}\n"
    };
    let plan = read_one("x.cho", format!("{title}{line}").as_bytes()).ok()?;
    let [song] = plan.songs.as_slice() else {
        return None;
    };
    let others = song.values.len() - usize::from(!title.is_empty());
    let alone = plan.warnings.is_empty() && others == 1;
    song.values.get(column).filter(|_| alone).cloned()
}

/// A value as it is written to a file; empty if there is none.
fn shown(song: &Values, column: &str) -> String {
    match song.get(column) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(n)) if column == "duration" => n
            .as_i64()
            .map_or_else(String::new, |s| format!("{}:{:02}", s / 60, s % 60)),
        Some(other) => other.to_string(),
    }
}

/// Which values of a song are not whole on this phone. It begins on `line`.
fn shortened(song: &Values, line: u64) -> impl Iterator<Item = ShortLine> + '_ {
    let cut = columns().filter(|column| is_cut(song, column));
    cut.map(move |column| ShortLine { line, column })
}
