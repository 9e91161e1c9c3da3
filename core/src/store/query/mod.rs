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

pub use bands::{Band, Member};
pub use practices::{Practice, PracticeQuery};
pub use setlists::{ItemBody, Setlist, SetlistItem, SetlistQuery};
pub use shows::{Show, ShowQuery};
pub use songs::{Song, SongOrder, SongQuery};

use super::tx::Reader;
use crate::error::Result;

/// A JSON column as a list or object of ours; what does not fit is as good as empty.
fn json_at<T: DeserializeOwned + Default>(row: &Row<'_>, at: usize) -> Result<T> {
    let text: Option<String> = row.get(at)?;
    Ok(text
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default())
}

impl Reader<'_> {
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
