//! Practices: by date.

use rusqlite::Row;
use serde_json::Value;

use super::super::row;
use super::super::tx::Reader;
use super::{Dated, json_at};
use crate::error::Result;
use crate::model::{Kind, Rev, RowId, ScopeId};

/// A practice as a screen shows it. Times are the server's texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Practice {
    /// Its id.
    pub id: RowId,
    /// The band.
    pub scope: ScopeId,
    /// `rehearsal`, `writing`, `recording`, `audition` or `lesson`.
    pub practice_type: Option<String>,
    /// `scheduled`, `in-progress`, `completed` or `cancelled`.
    pub status: Option<String>,
    /// When.
    pub scheduled_date: Option<String>,
    /// When it began.
    pub start_time: Option<String>,
    /// When it ended.
    pub end_time: Option<String>,
    /// Minutes.
    pub duration: Option<i64>,
    /// Place.
    pub location: Option<String>,
    /// The setlist practised; it may name one that is not here.
    pub setlist: Option<RowId>,
    /// Notes.
    pub notes: Option<String>,
    /// Notes from the end.
    pub wrapup_notes: Option<String>,
    /// What is to be reached.
    pub objectives: Vec<String>,
    /// What was reached.
    pub completed_objectives: Vec<String>,
    /// 1 to 5.
    pub session_rating: Option<i64>,
    /// Songs practised, as they are in the row.
    pub songs: Vec<Value>,
    /// Who comes and came, as it is in the row.
    pub attendees: Vec<Value>,
    /// Columns of which this phone has the beginning or nothing, because the whole practice is too large for it; they cannot
    /// be edited here. Empty for nearly every practice.
    pub shortened: Vec<String>,
    /// Somebody else changed it since this user looked.
    pub unread: bool,
    /// It has edits the server has not confirmed.
    pub pending: bool,
    /// Revision of the server's row; 0 = not on the server yet.
    pub rev: Rev,
}

/// A window of a list of practices, the earliest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PracticeQuery {
    /// Only of this band; `None` = all.
    pub scope: Option<ScopeId>,
    /// Only from this time on (as the server writes times); empty = all.
    pub from: String,
    /// How many.
    pub limit: u32,
}

const COLUMNS: &str = "r.id, r.scope, r.type, r.status, r.scheduled_date, r.start_time, r.end_time, r.duration,
  r.location, r.setlist_id, r.notes, r.wrapup_notes, r.objectives, r.completed_objectives, r.session_rating, r.songs,
  r.attendees, r.pending, r.sync_rev";

fn practice(row: &Row<'_>) -> Result<Practice> {
    let setlist: Option<String> = row.get(9)?;
    Ok(Practice {
        id: RowId(row::uuid_at(row, 0)?),
        scope: ScopeId(row::uuid_at(row, 1)?),
        practice_type: row.get(2)?,
        status: row.get(3)?,
        scheduled_date: row.get(4)?,
        start_time: row.get(5)?,
        end_time: row.get(6)?,
        duration: row.get(7)?,
        location: row.get(8)?,
        setlist: setlist.and_then(|id| id.parse().ok()),
        notes: row.get(10)?,
        wrapup_notes: row.get(11)?,
        objectives: json_at(row, 12)?,
        completed_objectives: json_at(row, 13)?,
        session_rating: row.get(14)?,
        songs: json_at(row, 15)?,
        attendees: json_at(row, 16)?,
        pending: row.get(17)?,
        rev: Rev(row.get(18)?),
        shortened: json_at(row, 19)?,
        unread: row.get(20)?,
    })
}

impl Reader<'_> {
    /// The first practices from a time on.
    pub fn practices(&self, query: &PracticeQuery) -> Result<Vec<Practice>> {
        let window = Dated {
            kind: Kind::Practice,
            columns: COLUMNS,
            scope: query.scope,
            from: &query.from,
            limit: query.limit,
        };
        self.dated(&window, practice)
    }

    /// One practice.
    pub fn practice(&self, id: RowId) -> Result<Option<Practice>> {
        self.one((Kind::Practice, COLUMNS), id, practice)
    }
}
