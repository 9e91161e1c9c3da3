//! How the setlist differs from the pinned one, and whose doing that is.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::version::{Version, VersionItem};
use super::{GigBody, GigUpdate};
use crate::error::Result;
use crate::model::{Kind, Rev, RowId, Verb, one_by_one};
use crate::notices::{ListedItem, list_changes};
use crate::store::Reader;

/// People who are named.
const MAX_NAMES: usize = 10;

/// Columns that a page shows something of.
const SHOWN: [&str; 9] = [
    "name", "items", "title", "artist", "key", "capo", "tempo", "duration", "notes",
];

/// What is different now; `None` when nothing is that a page shows.
pub(super) fn update(
    reader: &Reader<'_>,
    setlist: RowId,
    pinned: &Version,
) -> Result<Option<GigUpdate>> {
    let Some(now) = Version::read(reader, setlist)? else {
        let rows = [(Kind::Setlist, setlist, pinned.rev)];
        return Ok(Some(GigUpdate {
            by: names(reader, pinned, &rows)?,
            steps: Vec::new(),
            added: 0,
            removed: 0,
            is_reordered: false,
            is_deleted: true,
        }));
    };
    let changes = list_changes(&listed(pinned), &listed(&now));
    if pinned.name == now.name && !changes.is_any {
        return Ok(None);
    }
    Ok(Some(GigUpdate {
        by: names(reader, pinned, &rows_that_differ(setlist, pinned, &now))?,
        steps: changes.steps,
        added: changes.added,
        removed: changes.removed,
        is_reordered: changes.is_reordered,
        is_deleted: false,
    }))
}

/// As the difference of two lists looks at them: by id, and with everything that a page shows.
fn listed(version: &Version) -> Vec<ListedItem> {
    let one = |item: &VersionItem| {
        let (value, title) = match &item.body {
            GigBody::Song { title, .. } => (
                json!({"id": item.id, "type": "song", "songId": item.song, "shown": item.body}),
                title.clone(),
            ),
            GigBody::Break { minutes, notes } => (
                json!({"id": item.id, "type": "break", "breakDuration": minutes, "notes": notes}),
                None,
            ),
            GigBody::Section { title } => (
                json!({"id": item.id, "type": "section", "sectionTitle": title}),
                None,
            ),
        };
        ListedItem::titled(&value, title)
    };
    version.items.iter().map(one).collect()
}

/// The rows of which a page shows something else than before, each with the revision that was pinned.
fn rows_that_differ(setlist: RowId, pinned: &Version, now: &Version) -> Vec<(Kind, RowId, Rev)> {
    let mut rows = Vec::new();
    let own = |version: &Version| version.items.iter().map(own_part).collect::<Vec<_>>();
    if pinned.name != now.name || own(pinned) != own(now) {
        rows.push((Kind::Setlist, setlist, pinned.rev));
    }
    let songs = |version: &Version| -> BTreeMap<RowId, (Option<Rev>, Value)> {
        let with_song = version.items.iter().filter_map(|item| {
            let song = item.song?;
            Some((song, (item.rev, song_part(item))))
        });
        one_by_one(with_song)
    };
    let after = songs(now);
    for (song, (rev, before)) in songs(pinned) {
        if let (Some(rev), Some((_, other))) = (rev, after.get(&song))
            && before != *other
        {
            rows.push((Kind::Song, song, rev));
        }
    }
    rows
}

/// What the setlist itself says of an item.
fn own_part(item: &VersionItem) -> Value {
    match &item.body {
        GigBody::Song { item_notes, .. } => json!([item.id, item.song, item_notes]),
        other => json!([item.id, other]),
    }
}

/// What the song's row says.
fn song_part(item: &VersionItem) -> Value {
    let mut shown = json!(item.body);
    if let Some(shown) = shown.as_object_mut() {
        shown.remove("item_notes");
    }
    shown
}

/// Who changed these rows since, each once; the member only where nobody else did.
fn names(
    reader: &Reader<'_>,
    pinned: &Version,
    rows: &[(Kind, RowId, Rev)],
) -> Result<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    let mut mine = None;
    let mut take = |by, name: Option<String>| match name {
        Some(name) if by == Some(reader.user()) => mine = Some(name),
        Some(name) if names.len() < MAX_NAMES && !names.contains(&name) => names.push(name),
        _ => {}
    };
    for (kind, id, rev) in rows {
        for change in reader.log_of_row_above(pinned.scope, (*kind, *id), *rev)? {
            let shown = change
                .fields
                .iter()
                .any(|one| SHOWN.contains(&one.field.as_str()));
            if change.verb != Verb::Changed || shown {
                let name = reader.name_in(change.scope, change.actor, change.actor_name)?;
                take(change.actor, name);
            }
        }
        if let Some(last) = reader.last_change(*kind, *id)? {
            take(last.by, last.by_name);
        }
    }
    if names.is_empty() {
        names.extend(mine);
    }
    Ok(names)
}
