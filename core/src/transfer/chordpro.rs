//! The metadata directives of `ChordPro` files: `{title: ...}`, `{meta: key G}`, several songs divided by `{new_song}`.

use super::values::{COLUMNS, column_of, parse, shortened, show};
use super::{BadLine, ImportPlan, SongFile};
use crate::model::Values;

/// The columns that are written: all but the notes, the last of them, which are no metadata.
const WRITTEN: &[&str] = COLUMNS.split_at(COLUMNS.len() - 1).0;

/// A song under construction: its values, its first line, its first fault.
#[derive(Default)]
struct Draft {
    values: Values,
    line: u64,
    fault: Option<BadLine>,
    seen: bool,
}

pub(super) fn read(text: &str) -> ImportPlan {
    let mut plan = ImportPlan::default();
    let mut draft = Draft {
        line: 1,
        ..Draft::default()
    };
    for (line, text) in (1_u64..).zip(text.lines()) {
        let Some((name, value)) = directive(text) else {
            draft.seen |= !text.trim().is_empty();
            continue;
        };
        if matches!(name, "new_song" | "ns") {
            finish(
                std::mem::replace(
                    &mut draft,
                    Draft {
                        line,
                        ..Draft::default()
                    },
                ),
                &mut plan,
            );
            continue;
        }
        draft.seen = true;
        let (name, value) = if name == "meta" {
            value.split_once(' ').unwrap_or((value, ""))
        } else {
            (name, value)
        };
        take(&mut draft, line, name, value);
    }
    finish(draft, &mut plan);
    plan
}

fn take(draft: &mut Draft, line: u64, name: &str, value: &str) {
    let Some(column) = column_of(name).filter(|column| *column != "notes") else {
        return;
    };
    match parse(column, value) {
        Ok(Some(value)) => drop(draft.values.entry(column).or_insert(value)),
        Ok(None) => {}
        Err(reason) => {
            draft.fault.get_or_insert(BadLine {
                line,
                column: Some(column),
                reason,
            });
        }
    }
}

fn finish(draft: Draft, plan: &mut ImportPlan) {
    if !draft.seen {
        return;
    }
    match draft.fault {
        Some(fault) => plan.bad.push(fault),
        None if draft.values.contains_key("title") => plan.songs.push(draft.values),
        None => plan.bad.push(BadLine {
            line: draft.line,
            column: Some("title"),
            reason: "it is missing",
        }),
    }
}

/// `{name: value}` or `{name value}`; the name in lower case as the format asks.
fn directive(line: &str) -> Option<(&str, &str)> {
    let inner = line.trim().strip_prefix('{')?.strip_suffix('}')?.trim();
    let end = inner.find([':', ' ']).unwrap_or(inner.len());
    let (name, value) = inner.split_at(end);
    Some((name, value.trim_start_matches([':', ' ']).trim()))
}

pub(super) fn write(songs: &[Values]) -> SongFile {
    let mut file = SongFile::default();
    let mut line = 1;
    for (n, song) in songs.iter().enumerate() {
        if n > 0 {
            file.text.push_str("{new_song}\n");
            line += 1;
        }
        file.shortened.extend(shortened(song, WRITTEN, line));
        for &column in WRITTEN {
            // A directive is one line; a line break in a value would end it.
            let value = show(song, column).replace(['\n', '\r'], " ");
            let directive = match column {
                _ if value.is_empty() => continue,
                "title" | "artist" | "key" | "tempo" | "duration" => {
                    format!("{{{column}: {value}}}\n")
                }
                "time_signature" => format!("{{time: {value}}}\n"),
                other => format!("{{meta: {other} {value}}}\n"),
            };
            file.text.push_str(&directive);
            line += 1;
        }
    }
    file
}
