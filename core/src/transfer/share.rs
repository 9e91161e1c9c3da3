//! A song or a setlist for people outside the app: plain text to send, a page to print.
//!
//! Owns: the form of both, in the language of the app. Never: reads anything, or knows of shows, payments and contacts: songs
//! and setlists are all it is given.
//! Invariants: what a person typed on one line stays on one line; a title from right to left, or with marks of direction in
//! it, turns nothing around it; on the page everything that a person typed is escaped, and the page runs and loads nothing.

mod page;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use crate::model::RowId;
use crate::speech::{Language, capital, kinds, label, share as say};
use crate::store::{ItemBody, Setlist, SetlistItem, Song};

pub(crate) use page::setlist_html;

/// One item of a setlist, in words.
#[derive(Debug, PartialEq)]
enum Line {
    /// A song: which one of the setlist it is, what it is called, and key, capo, tempo and length.
    Song {
        number: u32,
        title: String,
        artist: Option<String>,
        details: Vec<String>,
        notes: Option<String>,
    },
    /// A pause.
    Break { says: String, notes: Option<String> },
    /// A heading.
    Section { title: String },
}

/// A song as plain text.
#[must_use]
pub(crate) fn song_text(song: &Song, language: Language) -> String {
    let mut lines = vec![one_line(&song.title)];
    lines.extend(typed(song.artist.as_ref()));
    let capo = song.capo.filter(|fret| *fret > 0);
    let values = [
        ("key", typed(song.key.as_ref())),
        ("capo", capo.map(|fret| fret.to_string())),
        ("tempo", song.tempo.map(|bpm| say::tempo(language, &bpm))),
        (
            "time_signature",
            typed(
                song.time_signature
                    .as_ref()
                    .map(ToString::to_string)
                    .as_ref(),
            ),
        ),
        ("duration", song.duration.and_then(length)),
        ("guitar_tuning", typed(song.guitar_tuning.as_ref())),
        ("genre", typed(song.genre.as_ref())),
    ];
    let known = values.into_iter().filter_map(|(column, value)| {
        let name = capital(label(language, column));
        value.map(|value| format!("{name}: {value}"))
    });
    let known: Vec<String> = known.collect();
    if !known.is_empty() {
        lines.push(String::new());
        lines.extend(known);
    }
    let notes = song.notes.as_deref().unwrap_or_default().trim();
    if !notes.is_empty() {
        lines.push(String::new());
        lines.extend(notes.lines().map(one_line));
    }
    lines.join("\n") + "\n"
}

/// A setlist as plain text, songs numbered. `capos` are those of its songs.
#[must_use]
pub(crate) fn setlist_text(
    list: &Setlist,
    capos: &HashMap<RowId, i64>,
    language: Language,
) -> String {
    let mut text = vec![one_line(&list.name), String::new()];
    for line in lines(list, capos, language) {
        let (says, notes) = match line {
            Line::Song {
                number,
                title,
                artist,
                details,
                notes,
            } => {
                let artist = artist
                    .map(|artist| format!(" – {artist}"))
                    .unwrap_or_default();
                let details = match details.join(", ") {
                    none if none.is_empty() => none,
                    some => format!(" ({some})"),
                };
                (format!("{number}. {title}{artist}{details}"), notes)
            }
            Line::Break { says, notes } => (format!("— {says} —"), notes),
            Line::Section { title } => {
                // A line of its own, apart from what is before it.
                if text.last().is_some_and(|before| !before.is_empty()) {
                    text.push(String::new());
                }
                (format!("[{title}]"), None)
            }
        };
        text.push(says);
        text.extend(notes.map(|notes| format!("   {notes}")));
    }
    text.push(String::new());
    text.push(total(list, language));
    text.join("\n") + "\n"
}

/// "23 songs · Running time 1:32:00 · 2 songs without a length".
fn total(list: &Setlist, language: Language) -> String {
    let songs = list.songs;
    let mut parts = vec![kinds::counted(
        language,
        Some(crate::model::Kind::Song),
        songs,
    )];
    let seconds = i64::try_from(list.running_time).unwrap_or(i64::MAX);
    parts.extend(length(seconds).map(|time| say::running_time(language, &time)));
    if list.untimed > 0 {
        parts.push(say::untimed(language, u64::from(list.untimed)));
    }
    parts.join(" · ")
}

/// The items in words. What a newer version knows is left out.
fn lines(list: &Setlist, capos: &HashMap<RowId, i64>, language: Language) -> Vec<Line> {
    let items = list.items.iter();
    let lines = items.filter_map(|item| match &item.body {
        ItemBody::Song { .. } => song_line(item, capos, language),
        ItemBody::Break { minutes, notes } => Some(Line::Break {
            says: say::pause(language, minutes),
            notes: typed(notes.as_ref()),
        }),
        ItemBody::Section { title } => Some(Line::Section {
            title: one_line(title),
        }),
        ItemBody::Other => None,
    });
    lines.collect()
}

fn song_line(item: &SetlistItem, capos: &HashMap<RowId, i64>, language: Language) -> Option<Line> {
    let ItemBody::Song {
        id,
        title,
        artist,
        key,
        tempo,
        duration,
        notes,
    } = &item.body
    else {
        return None;
    };
    let capo = id.and_then(|id| capos.get(&id)).filter(|fret| **fret > 0);
    let details = [
        typed(key.as_ref()),
        capo.map(|fret| say::capo(language, fret)),
        tempo.map(|bpm| say::tempo(language, &bpm)),
        duration.and_then(length),
    ];
    Some(Line::Song {
        number: item.number.unwrap_or_default(),
        title: typed(title.as_ref()).unwrap_or_else(|| say::no_song(language).to_owned()),
        artist: typed(artist.as_ref()),
        details: details.into_iter().flatten().collect(),
        notes: typed(notes.as_ref()),
    })
}

/// As musicians write it: `3:45`, `1:02:00`; `None` for no length at all.
fn length(seconds: i64) -> Option<String> {
    let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    match (seconds, hours) {
        (..=0, _) => None,
        (_, 0) => Some(format!("{minutes}:{rest:02}")),
        _ => Some(format!("{hours}:{minutes:02}:{rest:02}")),
    }
}

/// What somebody typed, on one line; `None` for nothing.
fn typed(text: Option<&String>) -> Option<String> {
    let line = one_line(text?);
    (!line.is_empty()).then_some(line)
}

/// On one line; kept apart from its neighbours if it may run from right to left.
fn one_line(text: &str) -> String {
    let plain = plain(text);
    if plain.chars().any(is_right_to_left) {
        // First strong isolate, pop directional isolate.
        return format!("\u{2068}{plain}\u{2069}");
    }
    plain
}

/// Without line breaks, other control characters, and marks that turn what stands around them.
fn plain(text: &str) -> String {
    let turns = |c: &char| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let line: String = text
        .chars()
        .filter(turns)
        .map(|c| if breaks(c) { ' ' } else { c })
        .collect();
    line.trim().to_owned()
}

/// Of a script that is written so, or its mark.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}
