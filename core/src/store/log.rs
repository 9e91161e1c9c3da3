//! Who changed what: the server's change log, as far as it was pulled.
//!
//! Never: decides who gets a notice. A reader of the log keeps its own watermark (`Reader::meta`), so that a killed
//! program does not miss what was committed in its last moment.

use rusqlite::{OptionalExtension as _, Row, params};
use serde::Deserialize as _;
use serde_json::Value;
use uuid::Uuid;

use super::pull::{LogEntry, Tombstone};
use super::query::BEFORE;
use super::row::{self, Blob};
use super::tx::{Reader, WriteTx};
use crate::error::{Error, Result};
use crate::model::{
    FieldChange, Kind, Merge, Rev, RowId, ScopeId, UserId, Values, Verb, field, timestamp,
    told_apart,
};
use crate::time::Timestamp;

/// One change of one row by one person.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct LoggedChange {
    /// Where.
    pub scope: ScopeId,
    /// At which revision.
    pub rev: Rev,
    /// What the row is.
    pub kind: Kind,
    /// Which row.
    pub row: RowId,
    /// What was done to it.
    pub verb: Verb,
    /// When, by the server's clock; `None` = an older server did not say.
    pub at: Option<Timestamp>,
    /// Who; `None` = no person ("System").
    pub actor: Option<UserId>,
    /// Their name: from the tombstone, else from the band's members ([`Reader::name_change`]).
    pub actor_name: Option<String>,
    /// What the row is called: from the tombstone, else from the row ([`Reader::name_change`]).
    pub title: Option<String>,
    /// The changed columns, with the values where this very change's are known.
    pub fields: Vec<FieldChange>,
}

impl LoggedChange {
    /// Leaves out the columns that say nothing to a person, and those known to end where they began.
    pub(crate) fn keep_told(&mut self) {
        let kind = self.kind;
        let kept = |name: &str| {
            kind == Kind::Membership
                || field(kind, name).is_some_and(|one| one.merge != Merge::ReadOnly)
        };
        self.fields
            .retain(|change| kept(&change.field) && !change.is_nothing());
    }
}

/// Who changed a row last, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct LastChange {
    /// Who; `None` = no person ("System").
    pub by: Option<UserId>,
    /// Their name, as far as this phone knows it.
    pub by_name: Option<String>,
    /// When: an edit that is not sent yet by this phone's clock, else by the server's; `None` = not known.
    pub at: Option<Timestamp>,
}

/// Where the log of a scope begins on this phone: at its first reading, or where it was set back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogStart {
    /// Of the scope's revisions.
    pub epoch: Option<Uuid>,
    /// What came up to it is no news.
    pub rev: Rev,
}

fn start_of(scope: ScopeId) -> String {
    format!("store.log.{scope}")
}

const SELECT: &str =
    "select l.scope, l.rev, l.kind, l.row, l.op, l.actor, l.actor_name, l.title, l.columns, l.vals, l.at
  from change_log l";

fn logged(row: &Row<'_>) -> Result<LoggedChange> {
    let columns: String = row.get(8)?;
    let columns: Vec<String> = serde_json::from_str(&columns).unwrap_or_default();
    let values: Option<String> = row.get(9)?;
    let values: Option<Values> = values.and_then(|text| serde_json::from_str(&text).ok());
    let mut values = values.unwrap_or_default();
    let op = row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?;
    let actor = row.get_ref(5)?.as_str_or_null();
    let actor = actor.map_err(rusqlite::Error::from)?;
    Ok(LoggedChange {
        scope: ScopeId(row::uuid_at(row, 0)?),
        rev: Rev(row.get(1)?),
        kind: row::kind_at(row, 2)?,
        row: RowId(row::uuid_at(row, 3)?),
        verb: verb(op),
        at: row.get::<_, Option<i64>>(10)?.map(Timestamp),
        actor: actor.and_then(|text| text.parse().ok()),
        actor_name: row.get(6)?,
        title: row.get(7)?,
        fields: columns
            .into_iter()
            .map(|name| {
                let pair = values.remove(&name);
                changed(name, pair)
            })
            .collect(),
    })
}

/// What the server calls so; one that is not known here is a change.
fn verb(op: &str) -> Verb {
    match op {
        "insert" => Verb::Added,
        "restore" => Verb::Restored,
        "delete" => Verb::Deleted,
        "move" => Verb::Moved,
        _ => Verb::Changed,
    }
}

/// A column, and `[old, new]` where that is known.
fn changed(field: String, pair: Option<Value>) -> FieldChange {
    let pair = pair.and_then(|pair| <[Value; 2]>::deserialize(pair).ok());
    let known = pair.is_some();
    let [from, to] = pair.unwrap_or_default();
    FieldChange {
        field,
        from,
        to,
        known,
    }
}

impl Reader<'_> {
    /// Where the log of a scope begins; `None` when an earlier version has read it first.
    pub fn log_start(&self, scope: ScopeId) -> Result<Option<LogStart>> {
        let text = self.meta(&start_of(scope))?.unwrap_or_default();
        let parts = text.split_once(' ');
        Ok(parts.and_then(|(rev, epoch)| {
            Some(LogStart {
                epoch: epoch.parse().ok(),
                rev: Rev(rev.parse().ok()?),
            })
        }))
    }

    /// Changes of a scope above `above`, oldest first, at most `limit`; own ones included. Names and titles are only
    /// those that the log itself has, of tombstones: see [`Reader::name_change`].
    pub fn log_since(&self, scope: ScopeId, above: Rev, limit: u32) -> Result<Vec<LoggedChange>> {
        let sql = format!("{SELECT} where l.scope = ?1 and l.rev > ?2 order by l.rev limit ?3");
        let mut statement = self.conn.prepare_cached(&sql)?;
        collect(statement.query(params![Blob::from(scope), above.0, limit])?)
    }

    /// The changes of one row between two revisions, the first excluded.
    pub(super) fn log_of_row_in(
        &self,
        scope: ScopeId,
        kind: Kind,
        id: RowId,
        (above, to): (Rev, Rev),
    ) -> Result<Vec<LoggedChange>> {
        let sql = format!(
            "{SELECT} where l.scope = ?1 and l.rev > ?2 and l.rev <= ?3 and l.kind = ?4 and l.row = ?5"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let (scope, id) = (Blob::from(scope), Blob::from(id));
        collect(statement.query(params![scope, above.0, to.0, kind.as_str(), id])?)
    }

    /// The changes of one row since it was as `seen`, newest first.
    pub(crate) fn log_of_row_since(
        &self,
        scope: ScopeId,
        (kind, id): (Kind, RowId),
        seen: &Values,
    ) -> Result<Vec<LoggedChange>> {
        self.log_of_row_above(scope, (kind, id), row::rev_of(seen))
    }

    /// The changes of one row above a revision, newest first.
    pub(crate) fn log_of_row_above(
        &self,
        scope: ScopeId,
        (kind, id): (Kind, RowId),
        above: Rev,
    ) -> Result<Vec<LoggedChange>> {
        let mut found = self.log_of_row_in(scope, kind, id, (above, Rev(i64::MAX)))?;
        found.sort_by_key(|change| std::cmp::Reverse(change.rev));
        Ok(found)
    }

    /// Who changed a row last; `None` when it is not here.
    pub fn last_change(&self, kind: Kind, id: RowId) -> Result<Option<LastChange>> {
        let Some(stored) = row::read(self.conn, kind, id)? else {
            return Ok(None);
        };
        let (scope, values) = (stored.scope, stored.values);
        let (by, at) = if let Some(mine) = self.open_entries_of(kind, id)?.pop() {
            (Some(self.user()), Some(mine.at))
        } else {
            let by = values.get("sync_by").and_then(Value::as_str);
            let by = by.and_then(|by| by.parse().ok());
            (by, self.changed_at(scope, (kind, id), &values)?)
        };
        let by_name = self.name_in(scope, by, None)?;
        Ok(Some(LastChange { by, by_name, at }))
    }

    /// When somebody changed the content of a row last: by the log, else (a first reading brings none) by its own column.
    fn changed_at(
        &self,
        scope: ScopeId,
        (kind, id): (Kind, RowId),
        values: &Values,
    ) -> Result<Option<Timestamp>> {
        let rev = values.get("sync_by_rev").and_then(Value::as_i64);
        let mut statement = self.conn.prepare_cached(
            "select at from change_log where scope = ?1 and rev = ?2 and kind = ?3 and row = ?4",
        )?;
        let (scope, id) = (Blob::from(scope), Blob::from(id));
        let logged = statement.query_row(params![scope, rev, kind.as_str(), id], |row| {
            row.get::<_, Option<i64>>(0)
        });
        let dates = ["updated_date", "last_modified"].into_iter();
        let mut dates = dates.filter_map(|name| values.get(name)?.as_str().and_then(timestamp));
        let logged = logged.optional()?.flatten().map(Timestamp);
        Ok(logged.or_else(|| dates.next()))
    }

    /// The newest changes of one row, newest first, at most `limit`.
    pub fn log_of_row(&self, kind: Kind, id: RowId, limit: u32) -> Result<Vec<LoggedChange>> {
        let sql = format!("{SELECT} where l.kind = ?1 and l.row = ?2 order by l.rev desc limit ?3");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut found = collect(statement.query(params![kind.as_str(), Blob::from(id), limit])?)?;
        for change in &mut found {
            change.keep_told();
            self.name_change(change)?;
        }
        Ok(found)
    }

    /// Fills in who made a change and what its row is called, as far as this phone knows: from the band's members, left
    /// ones included, and from the row as it is shown. Apart from [`Reader::log_since`] because of a storm of changes
    /// most are only counted.
    pub fn name_change(&self, change: &mut LoggedChange) -> Result<()> {
        let told = change.actor_name.take();
        change.actor_name = self.name_in(change.scope, change.actor, told)?;
        if change.title.is_none() {
            change.title = self.title(change.kind, change.row)?;
        }
        Ok(())
    }

    pub(super) fn title(&self, kind: Kind, id: RowId) -> Result<Option<String>> {
        let Some(column) = kind.title_column() else {
            return Ok(None);
        };
        let sql = format!("select {column} from {} where id = ?1", kind.as_str());
        let mut statement = self.conn.prepare_cached(&sql)?;
        let found = statement.query_row([Blob::from(id)], |row| row.get(0));
        Ok(found.optional()?.flatten())
    }

    /// What somebody is called in a band, told apart from namesakes; `told`, which the server said, of one whom this phone
    /// does not know.
    pub fn name_in(
        &self,
        scope: ScopeId,
        user: Option<UserId>,
        told: Option<String>,
    ) -> Result<Option<String>> {
        let known = user.map(|user| self.member_name(scope, user)).transpose()?;
        Ok(known.flatten().or(told))
    }

    /// The name of a person in a band, left members included, told apart from namesakes.
    pub fn member_name(&self, scope: ScopeId, user: UserId) -> Result<Option<String>> {
        let sql = format!(
            "select r.member_name, {BEFORE} from membership r where r.scope = ?1 and r.user_id = ?2"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let found = statement
            .query_row(params![Blob::from(scope), user.to_string()], |row| {
                Ok((row.get::<_, Option<String>>(0)?, row.get(1)?))
            })
            .optional()?;
        Ok(found.and_then(|(name, before)| name.map(|name| told_apart(name, before))))
    }
}

fn collect(mut rows: rusqlite::Rows<'_>) -> Result<Vec<LoggedChange>> {
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(logged(row)?);
    }
    Ok(found)
}

impl WriteTx<'_> {
    /// The log of a scope begins again, above `rev`; what its lists were before is no longer told.
    pub(super) fn begin_log(
        &mut self,
        scope: ScopeId,
        epoch: Option<Uuid>,
        rev: Rev,
    ) -> Result<()> {
        self.forget_lists(scope, Rev(i64::MAX))?;
        let epoch = epoch.map_or_else(String::new, |id| id.to_string());
        self.set_meta(&start_of(scope), &format!("{} {epoch}", rev.0))
    }

    pub(super) fn add_log(&mut self, scope: ScopeId, entry: &LogEntry) -> Result<()> {
        let LogEntry(rev, kind, row, op, actor, columns, values, at) = entry;
        if kind.parse::<Kind>().is_err() {
            return Ok(());
        }
        let columns =
            serde_json::to_string(columns).map_err(|_| Error::Internal { place: "store log" })?;
        let values = (!values.is_empty()).then(|| row::values_text(values));
        self.conn
            .prepare_cached(
                "insert into change_log (scope, rev, kind, row, op, actor, columns, vals, at)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                 on conflict do update set op = excluded.op, actor = excluded.actor, columns = excluded.columns,
                   vals = excluded.vals, at = excluded.at",
            )?
            .execute(params![
                Blob::from(scope),
                rev.0,
                kind,
                Blob::from(*row),
                op,
                actor.map(|id| id.hyphenated().to_string()),
                columns,
                values,
                at.map(|at| at.0)
            ])?;
        Ok(())
    }

    /// A tombstone knows the name and the title that the rows will not tell any more.
    pub(super) fn log_tombstone(
        &mut self,
        scope: ScopeId,
        kind: Kind,
        tombstone: &Tombstone,
    ) -> Result<()> {
        self.conn
            .prepare_cached(
                "insert into change_log (scope, rev, kind, row, op, actor, actor_name, title, columns)
                 values (?1, ?2, ?3, ?4, 'delete', ?5, ?6, ?7, '[]')
                 on conflict do update set actor_name = excluded.actor_name, title = excluded.title",
            )?
            .execute(params![
                Blob::from(scope),
                tombstone.rev.0,
                kind.as_str(),
                Blob::from(tombstone.id),
                tombstone.actor.map(|id| id.hyphenated().to_string()),
                tombstone.actor_name,
                tombstone.title
            ])?;
        Ok(())
    }

    /// Forgets the log of a scope up to `rev`, but the newest 10,000 changes above it stay anyway.
    pub fn prune_log(&mut self, scope: ScopeId, up_to: Rev) -> Result<()> {
        self.conn
            .prepare_cached("delete from change_log where scope = ?1 and rev <= ?2")?
            .execute(params![Blob::from(scope), up_to.0])?;
        Ok(())
    }
}
