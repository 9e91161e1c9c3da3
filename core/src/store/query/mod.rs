//! What screens read: one file a family of tables.
//!
//! Owns: the typed read models and the queries for windows of lists. Each has `unread` and `pending`.
//! Never: computes in memory what an index can answer; never returns more than the window asked for.

mod bands;
mod calendar;
mod dated;
mod letters;
mod parts;
mod rows;
mod setlists;
mod songs;

use rusqlite::Row;

pub(super) use bands::BEFORE;
// What these files show is what screens read.
pub use bands::*;
pub use calendar::CalendarEntry;
pub use dated::*;
pub use letters::*;
pub use parts::{Attendee, Contact, PractisedSong};
pub use rows::{Practice, Setlist, Show, Song};
pub use setlists::*;
pub use songs::*;

use rows::ReadRow;

use super::marks::unread_sql;
use super::row::Blob;
use super::tx::Reader;
use crate::error::Result;
use crate::model::{RowId, ScopeId, written};
use crate::time::Timestamp;

/// Reading rows `r` of a table: its columns, then what came shortened, then whether it is unread.
fn select<T: ReadRow>() -> String {
    let (columns, table) = (T::COLUMNS, T::KIND.as_str());
    let unread = unread_sql(T::KIND);
    format!("select {columns}, json_extract(r.extra, '$.sync_too_large'), {unread} from {table} r")
}

/// Condition of the rows of one scope, or of all.
fn in_scope(scope: Option<ScopeId>) -> &'static str {
    match scope {
        Some(_) => "r.scope = :scope",
        None => ":scope is null",
    }
}

/// As the lists of kinds that have a time are ordered by it.
fn since(from: Option<Timestamp>) -> String {
    from.map(written).unwrap_or_default()
}

/// As the limit of a window: all there are.
pub const ALL: u32 = u32::MAX;

impl Reader<'_> {
    fn count(&self, sql: &str, args: &[(&str, &dyn rusqlite::ToSql)]) -> Result<u32> {
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_row(args, |row| row.get(0))?)
    }

    /// Rows of a kind in one scope or in all, from a time on if the kind has one.
    fn count_rows<T: ReadRow>(
        &self,
        scope: Option<ScopeId>,
        from: Option<Timestamp>,
    ) -> Result<u32> {
        let (table, scoped) = (T::KIND.as_str(), in_scope(scope));
        let sql = format!("select count(*) from {table} r where {scoped} and r.sort >= :from");
        let (scope, from) = (scope.map(Blob::from), since(from));
        self.count(&sql, &[(":scope", &scope), (":from", &from)])
    }

    fn one<T: ReadRow>(&self, id: RowId) -> Result<Option<T>> {
        let sql = format!("{} where r.id = :id", select::<T>());
        Ok(self.list(&sql, &[(":id", &Blob::from(id))], T::read)?.pop())
    }

    /// The first rows from a time on, the earliest first.
    fn dated<T: ReadRow>(
        &self,
        scope: Option<ScopeId>,
        from: Option<Timestamp>,
        limit: u32,
    ) -> Result<Vec<T>> {
        let sql = format!(
            "{} where {} and r.sort >= :from order by r.sort, r.id limit :limit",
            select::<T>(),
            in_scope(scope)
        );
        let (scope, from) = (scope.map(Blob::from), since(from));
        let args: [(&str, &dyn rusqlite::ToSql); 3] =
            [(":scope", &scope), (":from", &from), (":limit", &limit)];
        self.list(&sql, &args, T::read)
    }

    fn list<T>(
        &self,
        sql: &str,
        args: &[(&str, &dyn rusqlite::ToSql)],
        one: impl Fn(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = statement.query(args)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(one(row)?);
        }
        Ok(found)
    }
}
