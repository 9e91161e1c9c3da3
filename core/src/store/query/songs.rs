//! Songs: list, search, one.

use rusqlite::Row;

use super::super::fold::like_anywhere;
use super::super::marks::unread_sql;
use super::super::row::{self, Blob};
use super::super::tx::Reader;
use super::{json_at, select};
use crate::error::Result;
use crate::model::{Kind, Rev, RowId, ScopeId};

/// A song as a screen shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Song {
    /// Its id.
    pub id: RowId,
    /// The band or person it belongs to.
    pub scope: ScopeId,
    /// Title.
    pub title: String,
    /// Artist.
    pub artist: Option<String>,
    /// Musical key, as written.
    pub key: Option<String>,
    /// Beats a minute.
    pub tempo: Option<i64>,
    /// Such as `4/4`.
    pub time_signature: Option<String>,
    /// Seconds.
    pub duration: Option<i64>,
    /// 1 to 5.
    pub difficulty: Option<i64>,
    /// Guitar tuning.
    pub guitar_tuning: Option<String>,
    /// Genre.
    pub genre: Option<String>,
    /// Notes.
    pub notes: Option<String>,
    /// Links.
    pub reference_links: Vec<serde_json::Value>,
    /// Columns of which this phone has the beginning or nothing, because the whole song is too large for it; they cannot
    /// be edited here. Empty for nearly every song.
    pub shortened: Vec<String>,
    /// Somebody else changed it since this user looked.
    pub unread: bool,
    /// It has edits the server has not confirmed.
    pub pending: bool,
    /// Revision of the server's row; 0 = not on the server yet.
    pub rev: Rev,
}

/// How a list of songs is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SongOrder {
    /// By title, then artist, ignoring case and accents.
    #[default]
    Title,
    /// By artist, then title.
    Artist,
    /// The newest change first.
    Newest,
}

/// A window of a list of songs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SongQuery {
    /// Only of this band or person; `None` = all.
    pub scope: Option<ScopeId>,
    /// Only with this text in title or artist, ignoring case and accents; empty = all.
    pub search: String,
    /// Only unread ones.
    pub unread_only: bool,
    /// Order.
    pub order: SongOrder,
    /// How many; 0 = none.
    pub limit: u32,
}

const COLUMNS: &str =
    "r.id, r.scope, r.title, r.artist, r.key, r.tempo, r.time_signature, r.duration, r.difficulty,
  r.guitar_tuning, r.genre, r.notes, r.reference_links, r.pending, r.sync_rev";

fn song(row: &Row<'_>) -> Result<Song> {
    Ok(Song {
        id: RowId(row::uuid_at(row, 0)?),
        scope: ScopeId(row::uuid_at(row, 1)?),
        title: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
        artist: row.get(3)?,
        key: row.get(4)?,
        tempo: row.get(5)?,
        time_signature: row.get(6)?,
        duration: row.get(7)?,
        difficulty: row.get(8)?,
        guitar_tuning: row.get(9)?,
        genre: row.get(10)?,
        notes: row.get(11)?,
        reference_links: json_at(row, 12)?,
        pending: row.get(13)?,
        rev: Rev(row.get(14)?),
        shortened: json_at(row, 15)?,
        unread: row.get(16)?,
    })
}

fn filter(query: &SongQuery, unread: &str) -> String {
    let mut parts = vec!["1"];
    if query.scope.is_some() {
        parts.push("r.scope = :scope");
    }
    if !query.search.trim().is_empty() {
        parts.push("r.sort like :search escape '\\'");
    }
    if query.unread_only {
        parts.push(unread);
    }
    parts.join(" and ")
}

impl Reader<'_> {
    /// The first songs of a list.
    pub fn songs(&self, query: &SongQuery) -> Result<Vec<Song>> {
        let unread = unread_sql(Kind::Song);
        let order = match query.order {
            SongOrder::Title => "r.sort, r.id",
            SongOrder::Artist => "r.artist collate nocase, r.sort, r.id",
            SongOrder::Newest => "r.sync_rev desc, r.id",
        };
        let filter = filter(query, &unread);
        let sql = format!(
            "{} where {filter} order by {order} limit :limit",
            select(Kind::Song, COLUMNS)
        );
        let scope = query.scope.map(Blob::from);
        let search = like_anywhere(&query.search);
        let mut args: Vec<(&str, &dyn rusqlite::ToSql)> = vec![(":limit", &query.limit)];
        if scope.is_some() {
            args.push((":scope", &scope));
        }
        if filter.contains(":search") {
            args.push((":search", &search));
        }
        self.list(&sql, &args, song)
    }

    /// One song.
    pub fn song(&self, id: RowId) -> Result<Option<Song>> {
        self.one((Kind::Song, COLUMNS), id, song)
    }

    /// How many songs a scope has.
    pub fn song_count(&self, scope: ScopeId) -> Result<u32> {
        let mut statement = self
            .conn
            .prepare_cached("select count(*) from song where scope = ?1")?;
        Ok(statement.query_row([Blob::from(scope)], |row| row.get(0))?)
    }
}
