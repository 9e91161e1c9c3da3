//! What two people want of one row, both kept until a person chooses.
//!
//! Owns: two values of one field; a delete or a move of what somebody else has changed unseen, which waits in the outbox
//! as a rejected entry that is in no list of refused edits; which notice asks about them.
//! The shown row already has one of two values; choosing the other is an ordinary edit, made by the caller.

use rusqlite::{Row, params};
use serde_json::Value;

use super::changes::Topic;
use super::edit_form::Edit;
use super::failure::unreadable_body;
use super::outbox::OutboxEntry;
use super::rebase::moved_to;
use super::row::{self, Blob};
use super::tx::{Reader, WriteTx};
use crate::error::{Error, Result};
use crate::model::{ConflictId, EditId, Kind, NoticeId, RowId, ScopeId, UserId};
use crate::time::Timestamp;

/// Columns that say in which scope a song or a setlist is.
const PLACE: [&str; 3] = ["context_type", "context_id", "band_id"];

/// What a person is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum Asks {
    /// Which of two values of a field.
    Value,
    /// Whether to delete a row that somebody else has changed unseen.
    Delete,
    /// Whether to move such a row away.
    Move,
}

impl Asks {
    fn as_str(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Delete => "delete",
            Self::Move => "move",
        }
    }

    fn parse(text: &str) -> Result<Self> {
        [Self::Value, Self::Delete, Self::Move]
            .into_iter()
            .find(|asks| asks.as_str() == text)
            .ok_or(Error::Internal {
                place: "store asks",
            })
    }
}

/// Whose wish holds now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum Side {
    /// Mine: the field has my value; the row is deleted, or moved.
    Mine,
    /// The other's: the field has that value; the row is there.
    Theirs,
    /// The field has another value by now.
    Other,
    /// The row is not there any more.
    Gone,
}

/// A conflict as it was found.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct ConflictDetails {
    /// Where.
    pub scope: ScopeId,
    /// What the row is.
    pub kind: Kind,
    /// Which row.
    pub row: RowId,
    /// What a person is asked.
    pub asks: Asks,
    /// Column name; empty for a delete or a move.
    pub field: String,
    /// What this user wrote; `null` for a delete or a move.
    pub mine: Value,
    /// What somebody else wrote; for a delete or a move the names of the columns that they changed, as far as known.
    pub theirs: Value,
    /// Who.
    pub by: Option<UserId>,
    /// Their name then.
    pub by_name: Option<String>,
}

/// A conflict that waits for a person.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Conflict {
    /// Identifies it on this device.
    pub id: ConflictId,
    /// What conflicts.
    pub what: ConflictDetails,
    /// Whose wish holds now, as shown on this device.
    pub live: Side,
    /// The notice that asks.
    pub notice: Option<NoticeId>,
    /// When it was found, wall clock.
    pub at: Timestamp,
}

const COLUMNS: &str = "id, scope, kind, row, field, mine, theirs, by_id, by_name, at, asks, notice";

fn conflict(row: &Row<'_>) -> Result<Conflict> {
    let value = |at: usize| -> Result<Value> {
        let text: String = row.get(at)?;
        serde_json::from_str(&text).map_err(|_| unreadable_body())
    };
    let by: Option<String> = row.get(7)?;
    let asks: String = row.get(10)?;
    Ok(Conflict {
        id: ConflictId(row.get(0)?),
        what: ConflictDetails {
            scope: ScopeId(row::uuid_at(row, 1)?),
            kind: row::kind_at(row, 2)?,
            row: RowId(row::uuid_at(row, 3)?),
            asks: Asks::parse(&asks)?,
            field: row.get(4)?,
            mine: value(5)?,
            theirs: value(6)?,
            by: by.and_then(|text| text.parse().ok()),
            by_name: row.get(8)?,
        },
        live: Side::Gone,
        notice: row.get::<_, Option<i64>>(11)?.map(NoticeId),
        at: Timestamp(row.get(9)?),
    })
}

impl Reader<'_> {
    /// Conflicts waiting for a person, newest first, at most `limit`.
    pub fn conflicts(&self, limit: u32) -> Result<Vec<Conflict>> {
        self.conflicts_by("order by id desc limit ?1", params![limit])
    }

    /// The conflicts of one row, newest first.
    pub fn conflicts_of(&self, kind: Kind, id: RowId) -> Result<Vec<Conflict>> {
        self.conflicts_by(
            "where kind = ?1 and row = ?2 order by id desc",
            params![kind.as_str(), Blob::from(id)],
        )
    }

    /// The conflicts that a notice asks about, the oldest first.
    pub fn conflicts_told_by(&self, notice: NoticeId) -> Result<Vec<Conflict>> {
        self.conflicts_by("where notice = ?1 order by id", params![notice.0])
    }

    /// One conflict.
    pub fn conflict(&self, id: ConflictId) -> Result<Option<Conflict>> {
        Ok(self.conflicts_by("where id = ?1", params![id.0])?.pop())
    }

    fn conflicts_by(&self, rest: &str, args: &[&dyn rusqlite::ToSql]) -> Result<Vec<Conflict>> {
        let mut statement = self
            .conn
            .prepare_cached(&format!("select {COLUMNS} from conflict {rest}"))?;
        let mut rows = statement.query(args)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let mut one = conflict(row)?;
            one.live = self.live(&one.what)?;
            found.push(one);
        }
        Ok(found)
    }

    fn live(&self, what: &ConflictDetails) -> Result<Side> {
        let shown = row::read(self.conn, what.kind, what.row)?;
        Ok(match (what.asks, shown) {
            (Asks::Delete, None) => Side::Mine,
            (_, None) => Side::Gone,
            (Asks::Delete, Some(_)) => Side::Theirs,
            (Asks::Move, Some(row)) if row.scope == what.scope => Side::Theirs,
            (Asks::Move, Some(_)) => Side::Mine,
            (Asks::Value, Some(row)) => match row.values.get(&what.field).unwrap_or(&Value::Null) {
                value if *value == what.mine => Side::Mine,
                value if *value == what.theirs => Side::Theirs,
                _ => Side::Other,
            },
        })
    }
}

impl WriteTx<'_> {
    /// Keeps a conflict; returns its id.
    pub fn add_conflict(&mut self, found: &ConflictDetails) -> Result<ConflictId> {
        self.conn
            .prepare_cached(
                "insert into conflict (scope, kind, row, asks, field, mine, theirs, by_id, by_name, at)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                Blob::from(found.scope),
                found.kind.as_str(),
                Blob::from(found.row),
                found.asks.as_str(),
                found.field,
                found.mine.to_string(),
                found.theirs.to_string(),
                found.by.map(|by| by.to_string()),
                found.by_name,
                self.now.0
            ])?;
        let id = ConflictId(self.conn.last_insert_rowid());
        self.changes.scope(Topic::Conflicts, found.scope);
        Ok(id)
    }

    /// Keeps a delete or a move that was rejected as [`RefusalCode::Crossed`](crate::model::RefusalCode::Crossed): a question in place of
    /// an older one about the row, which is no longer asked; what was typed with that is kept with this.
    pub fn add_crossing(
        &mut self,
        found: &ConflictDetails,
        rejected: &OutboxEntry,
    ) -> Result<ConflictId> {
        let older = self.conflicts_of(found.kind, found.row)?;
        let mut kept = rejected.clone();
        for older in older.iter().filter(|one| one.what.asks != Asks::Value) {
            if let Some(entry) = self.drop_crossing(older.id)? {
                keep_typed(&mut kept, entry);
            }
            self.close_conflict(older.id)?;
            if let Some(notice) = older.notice {
                self.remove_notice(notice)?;
            }
        }
        if kept != *rejected {
            self.save_entry(&kept)?;
        }
        let id = self.add_conflict(found)?;
        self.conn
            .prepare_cached("update conflict set entry = ?2 where id = ?1")?
            .execute([id.0, rejected.seq.0])?;
        Ok(id)
    }

    /// A person has chosen about a delete or a move: it is made again, by one who has seen what is shown now, or the row
    /// stays, with the other edits that were folded into it. Nothing is left to choose for a row that is gone.
    pub fn settle_crossing(&mut self, conflict: &Conflict, insist: bool) -> Result<()> {
        let Some(mut rejected) = self.drop_crossing(conflict.id)? else {
            return Ok(());
        };
        let (kind, id) = (rejected.kind, rejected.row);
        if row::read(self.conn, kind, id)?.is_none() {
            return Ok(());
        }
        if insist && conflict.what.asks == Asks::Delete {
            return self.edit(Edit::delete(kind, id)).map(drop);
        }
        if !insist && moved_to(kind, &rejected.set).is_some() {
            let place = |name: &String| PLACE.contains(&name.as_str());
            rejected.set.retain(|name, _| !place(name));
        }
        if rejected.set.is_empty() {
            return Ok(());
        }
        let rest = Edit::merge(kind, id, rejected.set, rejected.base);
        self.edit(rest).map(drop)
    }

    /// Takes the rejected entry of a conflict out of the outbox.
    fn drop_crossing(&mut self, conflict: ConflictId) -> Result<Option<OutboxEntry>> {
        let seq: Option<i64> = self
            .conn
            .prepare_cached("select entry from conflict where id = ?1")?
            .query_row([conflict.0], |row| row.get(0))?;
        let Some(entry) = seq
            .map(|seq| self.entry(EditId(seq)))
            .transpose()?
            .flatten()
        else {
            return Ok(None);
        };
        self.discard_rejected(entry.seq)?;
        Ok(Some(entry))
    }

    /// This notice asks about these conflicts.
    pub fn ask_by(&mut self, notice: NoticeId, conflicts: &[ConflictId]) -> Result<()> {
        for conflict in conflicts {
            self.conn
                .prepare_cached("update conflict set notice = ?2 where id = ?1")?
                .execute([conflict.0, notice.0])?;
        }
        Ok(())
    }

    /// A person has chosen.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it was closed already.
    pub fn close_conflict(&mut self, id: ConflictId) -> Result<()> {
        let gone = self
            .conn
            .prepare_cached("delete from conflict where id = ?1")?
            .execute([id.0])?;
        self.touch(Topic::Conflicts);
        if gone == 0 {
            return Err(Error::NotFound { what: "conflict" });
        }
        Ok(())
    }
}

/// What the older edit had beside its delete or move goes into the newer one, which decides where both name a field.
fn keep_typed(newer: &mut OutboxEntry, older: OutboxEntry) {
    let mut base = older.base;
    for (name, value) in older.set {
        if PLACE.contains(&name.as_str()) || newer.set.contains_key(&name) {
            continue;
        }
        if let Some(base) = base.remove(&name) {
            newer.base.insert(name.clone(), base);
        }
        newer.set.insert(name, value);
    }
}
