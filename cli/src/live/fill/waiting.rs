//! What waits for a person, in words: conflicts and refused edits.

use rockon_core::model::{FieldType, Kind, Merge, Role, RowId, field};
use rockon_core::notices::text;
use rockon_core::speech::{Language, label};
use rockon_core::store::{Asks, Conflict, RejectedEdit, Side};
use serde_json::Value;

use super::super::watch::Shown;
use super::title_of;
use crate::out::{capital, printable};
use crate::screen::form::length;
use crate::screen::model::{ConflictLine, RejectedLine};

/// Text of several lines, printable.
fn lines(text: &str) -> String {
    let lines = text.split('\n').map(printable);
    lines.collect::<Vec<_>>().join("\n")
}

/// What a column is called.
pub(in super::super) fn field_name(column: &str) -> String {
    label(Language::English, column).replace('_', " ")
}

pub(super) fn conflict(one: &Conflict, now: &Shown) -> ConflictLine {
    let what = &one.what;
    let title = title_of(now, what.row).unwrap_or_else(|| format!("a {}", what.kind));
    let other = printable(what.by_name.as_deref().unwrap_or("somebody"));
    let about = match what.asks {
        Asks::Value => capital(&format!("{} of {title}", field_name(&what.field))),
        Asks::Delete => format!("You deleted {title}, but {other} had changed it."),
        Asks::Move => format!("You moved {title} away, but {other} had changed it."),
    };
    let shown = |value: &Value| match value_text(&what.field, value, now) {
        text if text.is_empty() => "(empty)".to_owned(),
        text => lines(&text),
    };
    ConflictLine {
        id: one.id,
        asks: what.asks,
        about,
        mine: shown(&what.mine),
        theirs: shown(&what.theirs),
        mine_is_shown: one.live == Side::Mine,
        theirs_is_shown: one.live == Side::Theirs,
        both: (what.asks == Asks::Value).then(|| both(one)).flatten(),
        other,
    }
}

/// Both values as one text to edit, where the column is a text or a number.
fn both(one: &Conflict) -> Option<String> {
    let what = &one.what;
    let known = field(what.kind, &what.field)?;
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Null => Some(String::new()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let (mine, theirs) = (text(&what.mine)?, text(&what.theirs)?);
    match known.kind {
        FieldType::Int => Some(mine),
        FieldType::Text if known.merge == Merge::Text => Some(format!("{theirs}\n{mine}")),
        FieldType::Text => Some(format!("{theirs} / {mine}")),
        _ => None,
    }
}

/// A value as a person reads it.
pub(in super::super) fn value_text(column: &str, value: &Value, now: &Shown) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(n) if column == "duration" => n.as_i64().map_or_else(String::new, length),
        Value::Array(items) => {
            let items = items.iter().map(|item| element(item, now));
            items.collect::<Vec<_>>().join("\n")
        }
        other => other.to_string(),
    }
}

/// An item of a setlist by what is played; anything else as it is.
fn element(item: &Value, now: &Shown) -> String {
    let text = |name: &str| item.get(name).and_then(Value::as_str);
    match text("type") {
        Some("song") => {
            let id: Option<RowId> = text("songId").and_then(|id| id.parse().ok());
            let song = now.songs.iter().find(|song| Some(song.id) == id);
            song.map_or_else(|| "(song deleted)".to_owned(), |song| song.title.clone())
        }
        Some("break") => format!("Break {} min", item["breakDuration"].as_i64().unwrap_or(0)),
        Some("section") => text("sectionTitle").unwrap_or_default().to_owned(),
        _ => item
            .as_str()
            .map_or_else(|| item.to_string(), str::to_owned),
    }
}

pub(super) fn refused(entry: &RejectedEdit, now: &Shown) -> RejectedLine {
    let role = now.bands.iter().find(|band| band.id == entry.scope);
    let viewer = role.is_some_and(|band| band.my_role == Some(Role::Viewer));
    let typed = entry
        .set
        .iter()
        .filter(|(name, _)| is_typed(entry.kind, name));
    let typed = typed.map(|(name, value)| {
        let value = value_text(name, value, now);
        lines(&format!("{}: {value}", capital(&field_name(name))))
    });
    RejectedLine {
        id: entry.id,
        what: printable(&text::tried(entry, Language::English)),
        why: text::why(&entry.rejection.code, entry.verb, viewer, Language::English).to_owned(),
        typed: typed.collect::<Vec<_>>().join("\n"),
    }
}

/// A person fills it in; where a row belongs is not typed.
fn is_typed(kind: Kind, column: &str) -> bool {
    field(kind, column).is_some_and(|known| known.kind != FieldType::Ref)
        && !matches!(column, "context_type" | "visibility")
}
