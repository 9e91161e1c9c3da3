//! Shows: by date.

use rusqlite::Row;
use serde_json::Value;

use super::super::row;
use super::super::tx::Reader;
use super::{Dated, json_at};
use crate::error::Result;
use crate::model::{Kind, Rev, RowId, ScopeId};

/// A show as a screen shows it. Times are the server's texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Show {
    /// Its id.
    pub id: RowId,
    /// The band.
    pub scope: ScopeId,
    /// Name.
    pub name: String,
    /// Venue.
    pub venue: Option<String>,
    /// Place.
    pub location: Option<String>,
    /// The setlist played; it may name one that is not here.
    pub setlist: Option<RowId>,
    /// When.
    pub scheduled_date: Option<String>,
    /// Load-in.
    pub load_in_time: Option<String>,
    /// Sound check.
    pub soundcheck_time: Option<String>,
    /// Start of the set.
    pub set_time: Option<String>,
    /// End.
    pub end_time: Option<String>,
    /// Minutes.
    pub duration: Option<i64>,
    /// Cents.
    pub payment: Option<i64>,
    /// Contacts, as they are in the row.
    pub contacts: Vec<Value>,
    /// Notes.
    pub notes: Option<String>,
    /// Kind of gig.
    pub gig_type: Option<String>,
    /// `scheduled`, `confirmed`, `completed` or `cancelled`.
    pub status: Option<String>,
    /// Columns of which this phone has the beginning or nothing, because the whole show is too large for it; they cannot
    /// be edited here. Empty for nearly every show.
    pub shortened: Vec<String>,
    /// Somebody else changed it since this user looked.
    pub unread: bool,
    /// It has edits the server has not confirmed.
    pub pending: bool,
    /// Revision of the server's row; 0 = not on the server yet.
    pub rev: Rev,
}

/// A window of a list of shows, the earliest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ShowQuery {
    /// Only of this band; `None` = all.
    pub scope: Option<ScopeId>,
    /// Only from this time on (as the server writes times); empty = all.
    pub from: String,
    /// How many.
    pub limit: u32,
}

const COLUMNS: &str = "r.id, r.scope, r.name, r.venue, r.location, r.setlist_id, r.scheduled_date, r.load_in_time,
  r.soundcheck_time, r.set_time, r.end_time, r.duration, r.payment, r.contacts, r.notes, r.gig_type, r.status,
  r.pending, r.sync_rev";

fn show(row: &Row<'_>) -> Result<Show> {
    let setlist: Option<String> = row.get(5)?;
    Ok(Show {
        id: RowId(row::uuid_at(row, 0)?),
        scope: ScopeId(row::uuid_at(row, 1)?),
        name: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
        venue: row.get(3)?,
        location: row.get(4)?,
        setlist: setlist.and_then(|id| id.parse().ok()),
        scheduled_date: row.get(6)?,
        load_in_time: row.get(7)?,
        soundcheck_time: row.get(8)?,
        set_time: row.get(9)?,
        end_time: row.get(10)?,
        duration: row.get(11)?,
        payment: row.get(12)?,
        contacts: json_at(row, 13)?,
        notes: row.get(14)?,
        gig_type: row.get(15)?,
        status: row.get(16)?,
        pending: row.get(17)?,
        rev: Rev(row.get(18)?),
        shortened: json_at(row, 19)?,
        unread: row.get(20)?,
    })
}

impl Reader<'_> {
    /// The first shows from a time on.
    pub fn shows(&self, query: &ShowQuery) -> Result<Vec<Show>> {
        let window = Dated {
            kind: Kind::Show,
            columns: COLUMNS,
            scope: query.scope,
            from: &query.from,
            limit: query.limit,
        };
        self.dated(&window, show)
    }

    /// One show.
    pub fn show(&self, id: RowId) -> Result<Option<Show>> {
        self.one((Kind::Show, COLUMNS), id, show)
    }
}
