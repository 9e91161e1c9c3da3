//! Changing what is in a setlist, item by item.
//!
//! Owns: the shape of an item (`id`, `type`, `position` and what its type has), where a new one goes, and what each is
//! called ([`names`]).
//! Never: touches a member of an item that it does not know, nor an item that is not named.
//! Invariants: an item keeps its id; `position` is the place from 1, as other clients write it; an item of a type that
//! this version does not know can be moved and taken out, and is refused by name for everything else. Read, changed and
//! written in one transaction, so that two calls cannot lose each other's.

use serde_json::{Map, Value, json};

use super::edit_form::Edit;
use super::tx::WriteTx;
use crate::error::{Error, Result};
use crate::model::{Kind, MAX_LINE_CHARS, RowId, Values, checked};

const ITEMS: &str = "items";
/// A break of a day is a mistake.
const LONGEST_BREAK: i64 = 1_440;

/// Where an item goes. Items are called by [`SetlistItem::id`](super::SetlistItem::id).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum ItemPlace {
    /// Before all others.
    First,
    /// Behind all others.
    #[default]
    Last,
    /// Before this one.
    Before {
        /// Which.
        item: String,
    },
    /// Behind this one.
    After {
        /// Which.
        item: String,
    },
}

/// An item that is not in the setlist yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewItem {
    /// A song of the setlist's band, or of mine if it is mine.
    Song(RowId),
    /// A pause.
    Break {
        /// Minutes.
        minutes: i64,
        /// Notes on it.
        notes: Option<String>,
    },
    /// A heading.
    Section {
        /// Its text.
        title: String,
    },
}

/// An item that was taken out, to be put back.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct TakenItem {
    /// The item as it was in the row.
    pub raw: Value,
    /// Behind which item it was; `None` = it was the first.
    pub after: Option<String>,
}

/// A change of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemChange {
    /// Of a break: its length and notes.
    Break {
        /// Minutes.
        minutes: i64,
        /// Notes; `None` or empty: none.
        notes: Option<String>,
    },
    /// Of a section: its text.
    Section {
        /// The text.
        title: String,
    },
    /// Of a song or a break: its notes.
    Notes {
        /// Notes; `None` or empty: none.
        notes: Option<String>,
    },
}

/// What the items of a list are called: by their ids. One that has none, or another's, gets a name that is no other's.
pub(super) fn names<'a>(items: impl Iterator<Item = &'a Value>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for item in items {
        let own = item.get("id").and_then(Value::as_str).unwrap_or_default();
        let mut name = own.to_owned();
        let mut count = 1;
        while name.is_empty() || names.contains(&name) {
            count += 1;
            name = format!("{own}#{count}");
        }
        names.push(name);
    }
    names
}

impl WriteTx<'_> {
    /// Puts new items into a setlist. Returns what they are called, in order.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a setlist, a song or a place that is not here; [`Error::Invalid`] for a song of another
    /// band, and for what cannot be in a new item; as [`WriteTx::edit`].
    pub fn add_items(
        &mut self,
        list: RowId,
        new: Vec<NewItem>,
        place: &ItemPlace,
    ) -> Result<Vec<String>> {
        let scope = self.scope_of(Kind::Setlist, list)?;
        for item in &new {
            if let NewItem::Song(song) = item {
                let found = self.scope_of(Kind::Song, *song)?;
                let found = found.ok_or(Error::NotFound { what: "song" })?;
                if scope.is_some_and(|scope| scope != found) {
                    return Err(bad("song", "it belongs to another band"));
                }
            }
        }
        let new = new.into_iter().map(made).collect::<Result<Vec<_>>>()?;
        let ids = new.iter().map(|(id, _)| id.clone()).collect();
        self.edit_items(list, |items| {
            let at = index(items, place)?;
            items.splice(at..at, new.into_iter().map(|(_, item)| item));
            Ok(ids)
        })
    }

    /// Moves an item. A place beside itself is where it is.
    ///
    /// # Errors
    /// [`Error::NotFound`]; as [`WriteTx::edit`].
    pub fn move_item(&mut self, list: RowId, item: &str, place: &ItemPlace) -> Result<()> {
        self.edit_items(list, |items| {
            let from = find(items, item)?;
            let to = index(items, place)?;
            let moved = items.remove(from);
            items.insert(if to > from { to - 1 } else { to }, moved);
            Ok(())
        })
    }

    /// Takes an item out.
    ///
    /// # Errors
    /// [`Error::NotFound`]; as [`WriteTx::edit`].
    pub fn remove_item(&mut self, list: RowId, item: &str) -> Result<TakenItem> {
        self.edit_items(list, |items| {
            let at = find(items, item)?;
            let before = at.checked_sub(1);
            let after = before.and_then(|before| names(items.iter()).get(before).cloned());
            let raw = items.remove(at);
            Ok(TakenItem { raw, after })
        })
    }

    /// Puts an item back where it was, with its id; at the end if what was before it has gone.
    ///
    /// # Errors
    /// [`Error::NotFound`] for the setlist; [`Error::Invalid`] when it is there already; as [`WriteTx::edit`].
    pub fn put_item_back(&mut self, list: RowId, taken: TakenItem) -> Result<()> {
        self.edit_items(list, |items| {
            let id = |item: &Value| item.get("id").cloned().filter(|id| !id.is_null());
            let own = id(&taken.raw);
            if own.is_some() && items.iter().any(|item| id(item) == own) {
                return Err(bad("item", "it is in the setlist already"));
            }
            let at = match taken.after {
                None => 0,
                Some(after) => find(items, &after).map_or(items.len(), |at| at + 1),
            };
            items.insert(at, taken.raw);
            Ok(())
        })
    }

    /// Changes an item.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Invalid`] for an item of another type, and for what cannot be in it; as
    /// [`WriteTx::edit`].
    pub fn change_item(&mut self, list: RowId, item: &str, change: ItemChange) -> Result<()> {
        self.edit_items(list, |items| {
            let at = find(items, item)?;
            match items.get_mut(at) {
                Some(Value::Object(item)) => changed(item, change),
                _ => Err(bad("item", NEWER)),
            }
        })
    }

    fn edit_items<T>(
        &mut self,
        list: RowId,
        change: impl FnOnce(&mut Vec<Value>) -> Result<T>,
    ) -> Result<T> {
        let row = self.row(Kind::Setlist, list)?;
        let mut row = row.ok_or(Error::NotFound { what: "setlist" })?;
        let mut items = match row.remove(ITEMS) {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(items)) => items,
            Some(_) => return Err(bad(ITEMS, "it is no list")),
        };
        let done = change(&mut items)?;
        for (position, item) in (1..).zip(&mut items) {
            if let Value::Object(item) = item {
                item.insert("position".to_owned(), json!(position));
            }
        }
        let items = checked(Kind::Setlist, ITEMS, Value::Array(items))?;
        let set = Values::from_iter([(ITEMS.to_owned(), items)]);
        self.edit(Edit::update(Kind::Setlist, list, set))?;
        Ok(done)
    }
}

const NEWER: &str = "it was made by a newer version of the app";

fn bad(field: &'static str, reason: &'static str) -> Error {
    Error::Invalid { field, reason }
}

fn find(items: &[Value], item: &str) -> Result<usize> {
    let names = names(items.iter());
    let found = names.iter().position(|name| name == item);
    found.ok_or(Error::NotFound { what: "item" })
}

/// Before which of the items as they are a new one goes.
fn index(items: &[Value], place: &ItemPlace) -> Result<usize> {
    match place {
        ItemPlace::First => Ok(0),
        ItemPlace::Last => Ok(items.len()),
        ItemPlace::Before { item } => find(items, item),
        ItemPlace::After { item } => find(items, item).map(|at| at + 1),
    }
}

/// The item and its id.
fn made(item: NewItem) -> Result<(String, Value)> {
    let id = RowId::fresh().to_string();
    let mut made = Map::new();
    made.insert("id".to_owned(), json!(id));
    match item {
        NewItem::Song(song) => {
            made.insert("type".to_owned(), json!("song"));
            made.insert("songId".to_owned(), json!(song));
        }
        NewItem::Break { minutes, notes } => {
            made.insert("type".to_owned(), json!("break"));
            changed(&mut made, ItemChange::Break { minutes, notes })?;
        }
        NewItem::Section { title } => {
            made.insert("type".to_owned(), json!("section"));
            changed(&mut made, ItemChange::Section { title })?;
        }
    }
    Ok((id, Value::Object(made)))
}

fn changed(item: &mut Map<String, Value>, change: ItemChange) -> Result<()> {
    let kind = item.get("type").and_then(Value::as_str).unwrap_or_default();
    match (kind, change) {
        ("break", ItemChange::Break { minutes, notes }) => {
            if !(1..=LONGEST_BREAK).contains(&minutes) {
                return Err(bad("break", "it is not from 1 to 1,440 minutes long"));
            }
            put(item, "breakNotes", notes)?;
            item.insert("breakDuration".to_owned(), json!(minutes));
            Ok(())
        }
        ("section", ItemChange::Section { title }) => {
            if title.trim().is_empty() {
                return Err(bad("section", "it is empty"));
            }
            put(item, "sectionTitle", Some(title))
        }
        ("song", ItemChange::Notes { notes }) => put(item, "notes", notes),
        ("break", ItemChange::Notes { notes }) => put(item, "breakNotes", notes),
        ("section", ItemChange::Notes { .. }) => Err(bad("item", "it is a section, without notes")),
        ("song" | "section", ItemChange::Break { .. }) => Err(bad("item", "it is no break")),
        ("song" | "break", ItemChange::Section { .. }) => Err(bad("item", "it is no section")),
        _ => Err(bad("item", NEWER)),
    }
}

/// A text of an item; nothing in it: the member goes.
fn put(item: &mut Map<String, Value>, name: &'static str, text: Option<String>) -> Result<()> {
    match text.filter(|text| !text.trim().is_empty()) {
        None => {
            item.remove(name);
        }
        Some(text) if text.chars().count() > MAX_LINE_CHARS => {
            return Err(bad("item", "it is longer than 10,000 characters"));
        }
        Some(text) => {
            item.insert(name.to_owned(), json!(text));
        }
    }
    Ok(())
}
