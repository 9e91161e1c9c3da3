//! What screens read: one file a family of tables.
//!
//! Owns: the typed read models and the queries for windows of lists. Each has `unread` and `pending`.
//! Never: computes in memory what an index can answer; never returns more than the window asked for.

mod bands;
mod practices;
mod setlists;
mod shows;
mod songs;

use rusqlite::Row;
use serde::de::DeserializeOwned;

pub(super) use bands::BEFORE;
pub use bands::{Band, Member};
pub use practices::{Practice, PracticeQuery};
pub use setlists::{ItemBody, Setlist, SetlistItem, SetlistQuery};
pub use shows::{Show, ShowQuery};
pub use songs::{Song, SongOrder, SongQuery};

use super::marks::unread_sql;
use super::row::Blob;
use super::tx::Reader;
use crate::error::Result;
use crate::model::{Kind, RowId, ScopeId};

/// A JSON column as a list or object of ours; what does not fit is as good as empty.
fn json_at<T: DeserializeOwned + Default>(row: &Row<'_>, at: usize) -> Result<T> {
    let text: Option<String> = row.get(at)?;
    Ok(text
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default())
}

/// Reading rows `r` of a table: these columns, then what came shortened, then whether it is unread.
fn select(kind: Kind, columns: &str) -> String {
    let table = kind.as_str();
    let unread = unread_sql(kind);
    format!("select {columns}, json_extract(r.extra, '$.sync_too_large'), {unread} from {table} r")
}

/// Condition of the rows of one scope, or of all.
fn in_scope(scope: Option<ScopeId>) -> &'static str {
    match scope {
        Some(_) => "r.scope = :scope",
        None => ":scope is null",
    }
}

/// A window of a list by date.
struct Dated<'q> {
    kind: Kind,
    columns: &'static str,
    scope: Option<ScopeId>,
    from: &'q str,
    limit: u32,
}

impl Reader<'_> {
    fn one<T>(
        &self,
        (kind, columns): (Kind, &str),
        id: RowId,
        read: impl Fn(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let sql = format!("{} where r.id = :id", select(kind, columns));
        Ok(self.list(&sql, &[(":id", &Blob::from(id))], read)?.pop())
    }

    /// The first rows from a time on, the earliest first.
    fn dated<T>(&self, window: &Dated<'_>, read: impl Fn(&Row<'_>) -> Result<T>) -> Result<Vec<T>> {
        let sql = format!(
            "{} where {} and r.sort >= :from order by r.sort, r.id limit :limit",
            select(window.kind, window.columns),
            in_scope(window.scope)
        );
        let scope = window.scope.map(Blob::from);
        let args: [(&str, &dyn rusqlite::ToSql); 3] = [
            (":scope", &scope),
            (":from", &window.from),
            (":limit", &window.limit),
        ];
        self.list(&sql, &args, read)
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
