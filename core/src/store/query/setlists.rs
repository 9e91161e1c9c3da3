//! Setlists: list, one, items and running time.

use std::collections::HashMap;

use rusqlite::OptionalExtension as _;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::super::items::names;
use super::super::row::{self, Blob};
use super::super::tx::Reader;
use super::rows::ReadRow as _;
use super::{ALL, Setlist, in_scope, select};
use crate::error::Result;
use crate::model::{Kind, RowId, ScopeId, SetlistStatus, TimeOfDay, timestamp};
use crate::time::Timestamp;

/// One item of a setlist.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct SetlistItem {
    /// What it is called in its setlist: its own id, or a made-up one where it has none or shares one.
    pub id: String,
    /// What it is.
    pub body: ItemBody,
    /// The item as it is in the row, for editing: keys nobody here knows must not be lost.
    pub raw: Value,
    /// Of a song: which one of the setlist it is, from 1.
    #[cfg_attr(feature = "ffi", uniffi(default = None))]
    pub number: Option<u32>,
}

impl<'de> Deserialize<'de> for SetlistItem {
    /// As far as the item itself says it: of a song, its id.
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        let raw = Value::deserialize(from)?;
        let text = |name: &str| raw.get(name).and_then(Value::as_str).map(str::to_owned);
        let body = match raw.get("type").and_then(Value::as_str) {
            Some("song") => {
                let id = text("songId").and_then(|id| id.parse().ok());
                unknown_song(id, text("notes"))
            }
            Some("break") => ItemBody::Break {
                minutes: raw
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
        Ok(Self {
            id: text("id").unwrap_or_default(),
            body,
            raw,
            number: None,
        })
    }
}

fn unknown_song(id: Option<RowId>, notes: Option<String>) -> ItemBody {
    ItemBody::Song {
        id,
        title: None,
        artist: None,
        key: None,
        tempo: None,
        duration: None,
        notes,
    }
}

/// What an item of a setlist is.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
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

/// A window of a list of setlists, by name: those that are in use, or the archived ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct SetlistQuery {
    /// Only of this band or person; `None` = all.
    #[cfg_attr(feature = "ffi", uniffi(default = None))]
    pub scope: Option<ScopeId>,
    /// The archived ones alone; else all the others.
    #[cfg_attr(feature = "ffi", uniffi(default = false))]
    pub archived: bool,
    /// How many; [`ALL`] = all.
    #[cfg_attr(feature = "ffi", uniffi(default = 4294967295))]
    pub limit: u32,
}

impl SetlistQuery {
    fn filter(&self) -> String {
        let (scoped, is) = (in_scope(self.scope), if self.archived { "=" } else { "<>" });
        let archived = SetlistStatus::Archived;
        format!("{scoped} and coalesce(r.status, '') {is} '{archived}'")
    }
}

impl Default for SetlistQuery {
    fn default() -> Self {
        Self {
            scope: None,
            archived: false,
            limit: ALL,
        }
    }
}

/// When shows are, and when the set begins.
type ShowDates = HashMap<(Kind, RowId), (Timestamp, Option<TimeOfDay>)>;

impl Reader<'_> {
    /// How many setlists the list has without its limit.
    pub fn count_setlists(&self, query: &SetlistQuery) -> Result<u32> {
        let sql = format!("select count(*) from setlist r where {}", query.filter());
        self.count(&sql, &[(":scope", &query.scope.map(Blob::from))])
    }

    /// The first setlists by name.
    pub fn setlists(&self, query: &SetlistQuery) -> Result<Vec<Setlist>> {
        let sql = format!(
            "{} where {} order by r.sort, r.id limit :limit",
            select::<Setlist>(),
            query.filter()
        );
        let scope = query.scope.map(Blob::from);
        let args: [(&str, &dyn rusqlite::ToSql); 2] =
            [(":scope", &scope), (":limit", &query.limit)];
        let dates = self.show_dates()?;
        self.list(&sql, &args, |row| {
            self.with_songs(Setlist::read(row)?, &dates)
        })
    }

    /// One setlist.
    pub fn setlist(&self, id: RowId) -> Result<Option<Setlist>> {
        let list: Option<Setlist> = self.one(id)?;
        let Some(list) = list else { return Ok(None) };
        self.with_songs(list, &self.show_dates()?).map(Some)
    }

    /// When the shows are, by their own id and by the setlist that they name; of several that name one, the latest.
    fn show_dates(&self) -> Result<ShowDates> {
        let mut statement = self.conn.prepare_cached(
            "select id, setlist_id, scheduled_date, set_time from show order by sort, id",
        )?;
        let mut rows = statement.query([])?;
        let mut dates = ShowDates::new();
        while let Some(row) = rows.next()? {
            let (list, date): (Option<String>, Option<String>) = (row.get(1)?, row.get(2)?);
            let Some(date) = date.as_deref().and_then(timestamp) else {
                continue;
            };
            let start: Option<String> = row.get(3)?;
            let date = (date, start.and_then(|text| text.parse().ok()));
            dates.insert((Kind::Show, RowId(row::uuid_at(row, 0)?)), date);
            if let Some(list) = list.and_then(|id| id.parse().ok()) {
                dates.insert((Kind::Setlist, list), date);
            }
        }
        Ok(dates)
    }

    /// Its songs and its show are looked up, and what depends on them is computed.
    fn with_songs(&self, mut list: Setlist, dates: &ShowDates) -> Result<Setlist> {
        let names = names(list.items.iter().map(|item| &item.raw));
        for (item, name) in list.items.iter_mut().zip(names) {
            item.id = name;
            if let ItemBody::Song { id, notes, .. } = &mut item.body {
                item.body = self.song_item(*id, notes.take())?;
            }
        }
        (list.running_time, list.untimed) = running_time(&list.items);
        let items = list.items.iter_mut();
        for item in items.filter(|item| matches!(item.body, ItemBody::Song { .. })) {
            list.songs = list.songs.saturating_add(1);
            item.number = Some(list.songs);
        }
        let its_own = list.show.and_then(|show| dates.get(&(Kind::Show, show)));
        let naming = dates.get(&(Kind::Setlist, list.id));
        let show = its_own.or(naming);
        list.show_date = show.map(|(date, _)| *date);
        list.start = show.and_then(|(_, start)| *start);
        list.end = list.start.map(|start| start.after(list.running_time));
        Ok(list)
    }

    fn song_item(&self, id: Option<RowId>, notes: Option<String>) -> Result<ItemBody> {
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
        Ok(found.unwrap_or(unknown_song(id, notes)))
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
