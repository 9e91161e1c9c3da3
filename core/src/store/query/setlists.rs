//! Setlists: list, one, items and running time.

use rusqlite::Row;
use serde_json::Value;

use super::super::row::{self, Blob};
use super::super::tx::Reader;
use super::{in_scope, json_at, select};
use crate::error::Result;
use crate::model::{Kind, Rev, RowId, ScopeId, Values};

/// A setlist as a screen shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Setlist {
    /// Its id.
    pub id: RowId,
    /// The band or person it belongs to.
    pub scope: ScopeId,
    /// Name.
    pub name: String,
    /// `draft`, `active` or `archived`.
    pub status: Option<String>,
    /// Notes.
    pub notes: Option<String>,
    /// The show it is for.
    pub show: Option<RowId>,
    /// Tags.
    pub tags: Vec<String>,
    /// What is played, in order.
    pub items: Vec<SetlistItem>,
    /// Seconds: songs of known duration plus breaks.
    pub running_time: u64,
    /// Songs without a known duration, deleted ones included; the running time does not count them.
    pub untimed: u32,
    /// Columns of which this phone has the beginning or nothing, because the whole setlist is too large for it; they cannot
    /// be edited here. Empty for nearly every setlist.
    pub shortened: Vec<String>,
    /// Somebody else changed it since this user looked.
    pub unread: bool,
    /// It has edits the server has not confirmed.
    pub pending: bool,
    /// Revision of the server's row; 0 = not on the server yet.
    pub rev: Rev,
}

/// One item of a setlist.
#[derive(Debug, Clone, PartialEq)]
pub struct SetlistItem {
    /// The item's own id.
    pub id: String,
    /// What it is.
    pub body: ItemBody,
    /// The item as it is in the row, for editing: keys nobody here knows must not be lost.
    pub raw: Value,
}

/// What an item of a setlist is.
#[derive(Debug, Clone, PartialEq)]
pub enum ItemBody {
    /// A song. Title and duration are `None` when it was deleted or has not arrived.
    Song {
        /// Which, if the item says so readably.
        id: Option<RowId>,
        /// Its title.
        title: Option<String>,
        /// Its artist.
        artist: Option<String>,
        /// Its key.
        key: Option<String>,
        /// Its tempo.
        tempo: Option<i64>,
        /// Its length in seconds.
        duration: Option<i64>,
        /// Notes on this item.
        notes: Option<String>,
    },
    /// A pause.
    Break {
        /// Minutes.
        minutes: i64,
        /// Notes on this item.
        notes: Option<String>,
    },
    /// A heading.
    Section {
        /// Its text.
        title: String,
    },
    /// Something a newer version knows.
    Other,
}

/// A window of a list of setlists, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SetlistQuery {
    /// Only of this band or person; `None` = all.
    pub scope: Option<ScopeId>,
    /// How many.
    pub limit: u32,
}

const COLUMNS: &str =
    "r.id, r.scope, r.name, r.status, r.notes, r.show_id, r.tags, r.items, r.pending, r.sync_rev";

impl Reader<'_> {
    /// The first setlists by name.
    pub fn setlists(&self, query: &SetlistQuery) -> Result<Vec<Setlist>> {
        let sql = format!(
            "{} where {} order by r.sort, r.id limit :limit",
            select(Kind::Setlist, COLUMNS),
            in_scope(query.scope)
        );
        let scope = query.scope.map(Blob::from);
        self.list(
            &sql,
            &[(":scope", &scope), (":limit", &query.limit)],
            |row| self.setlist_at(row),
        )
    }

    /// One setlist.
    pub fn setlist(&self, id: RowId) -> Result<Option<Setlist>> {
        self.one((Kind::Setlist, COLUMNS), id, |row| self.setlist_at(row))
    }

    fn setlist_at(&self, row: &Row<'_>) -> Result<Setlist> {
        let raw: Vec<Value> = json_at(row, 7)?;
        let items = raw
            .into_iter()
            .map(|raw| self.item(raw))
            .collect::<Result<Vec<_>>>()?;
        let (running_time, untimed) = running_time(&items);
        let show: Option<String> = row.get(5)?;
        Ok(Setlist {
            id: RowId(row::uuid_at(row, 0)?),
            scope: ScopeId(row::uuid_at(row, 1)?),
            name: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
            status: row.get(3)?,
            notes: row.get(4)?,
            show: show.and_then(|id| id.parse().ok()),
            tags: json_at(row, 6)?,
            items,
            running_time,
            untimed,
            pending: row.get(8)?,
            rev: Rev(row.get(9)?),
            shortened: json_at(row, 10)?,
            unread: row.get(11)?,
        })
    }

    fn item(&self, raw: Value) -> Result<SetlistItem> {
        let empty = Values::new();
        let map = raw.as_object().unwrap_or(&empty);
        let text = |name: &str| map.get(name).and_then(Value::as_str).map(str::to_owned);
        let body = match map.get("type").and_then(Value::as_str) {
            Some("song") => self.song_item(text("songId"), text("notes"))?,
            Some("break") => ItemBody::Break {
                minutes: map
                    .get("breakDuration")
                    .and_then(Value::as_i64)
                    .unwrap_or(0),
                notes: text("breakNotes"),
            },
            Some("section") => ItemBody::Section {
                title: text("sectionTitle").unwrap_or_default(),
            },
            _ => ItemBody::Other,
        };
        Ok(SetlistItem {
            id: text("id").unwrap_or_default(),
            body,
            raw,
        })
    }

    fn song_item(&self, id: Option<String>, notes: Option<String>) -> Result<ItemBody> {
        use rusqlite::OptionalExtension as _;
        let id: Option<RowId> = id.and_then(|id| id.parse().ok());
        let mut statement = self
            .conn
            .prepare_cached("select title, artist, key, tempo, duration from song where id = ?1")?;
        let found = statement
            .query_row([id.map(Blob::from)], |row| {
                Ok(ItemBody::Song {
                    id,
                    title: row.get(0)?,
                    artist: row.get(1)?,
                    key: row.get(2)?,
                    tempo: row.get(3)?,
                    duration: row.get(4)?,
                    notes: notes.clone(),
                })
            })
            .optional()?;
        Ok(found.unwrap_or(ItemBody::Song {
            id,
            title: None,
            artist: None,
            key: None,
            tempo: None,
            duration: None,
            notes,
        }))
    }
}

/// Pure: seconds that are known, and how many songs they leave out.
fn running_time(items: &[SetlistItem]) -> (u64, u32) {
    let seconds = |number: i64| u64::try_from(number).ok().filter(|n| *n > 0);
    let mut total = 0_u64;
    let mut untimed = 0;
    for item in items {
        match &item.body {
            ItemBody::Song { duration, .. } => match duration.and_then(seconds) {
                Some(duration) => total = total.saturating_add(duration),
                None => untimed += 1,
            },
            ItemBody::Break { minutes, .. } => {
                total = total.saturating_add(seconds(*minutes).unwrap_or(0).saturating_mul(60));
            }
            ItemBody::Section { .. } | ItemBody::Other => {}
        }
    }
    (total, untimed)
}
