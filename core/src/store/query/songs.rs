//! Songs: list, search, one.

use super::super::fold::like_anywhere;
use super::super::marks::unread_sql;
use super::super::row::Blob;
use super::super::tx::Reader;
use super::rows::ReadRow as _;
use super::{Song, select};
use crate::error::Result;
use crate::model::{Kind, RowId, ScopeId};

/// How a list of songs is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
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
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
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
            select::<Song>()
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
        self.list(&sql, &args, Song::read)
    }

    /// One song.
    pub fn song(&self, id: RowId) -> Result<Option<Song>> {
        self.one(id)
    }
}
