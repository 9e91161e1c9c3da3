//! What a copy of a row is made of.
//!
//! Owns: which columns go into a copy. Who looked at the row, its history and where it stood stay with it.
//! Never: writes the copy, or says where it goes. What came shortened is not copied, for the copy would be the whole.

use serde_json::{Value, json};

use super::edit::whole;
use super::tx::Reader;
use crate::error::{Error, Result};
use crate::model::{Kind, Merge, RowId, ScopeId, Values, fields};

/// Of a setlist: neither its show nor how far it is.
const OF_SETLIST: [&str; 3] = ["notes", "tags", "items"];

/// Of a song: where it is, and what one band or person did with it there.
const NOT_OF_SONG: [&str; 6] = [
    "context_type",
    "context_id",
    "visibility",
    "song_group_id",
    "last_practiced",
    "confidence_level",
];

impl Reader<'_> {
    /// A setlist under another name, and where it belongs. What the copy has of its own are its items' ids.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Invalid`] for what came shortened.
    pub fn copy_of_setlist(&self, list: RowId, name: &str) -> Result<(ScopeId, Values)> {
        let mut copy = self.copy_of(Kind::Setlist, list, &OF_SETLIST)?;
        copy.insert("name".to_owned(), json!(name));
        if let Some(Value::Array(items)) = copy.get_mut("items") {
            for item in items.iter_mut().filter_map(Value::as_object_mut) {
                item.insert("id".to_owned(), json!(RowId::fresh().to_string()));
            }
        }
        let scope = self.scope_of(Kind::Setlist, list)?;
        Ok((scope.ok_or(Error::NotFound { what: "setlist" })?, copy))
    }

    /// A song as it can be added elsewhere.
    ///
    /// # Errors
    /// As [`Reader::copy_of_setlist`].
    pub fn copy_of_song(&self, song: RowId) -> Result<Values> {
        let content = fields(Kind::Song)
            .iter()
            .filter(|field| field.merge != Merge::ReadOnly && !NOT_OF_SONG.contains(&field.name));
        let content: Vec<&str> = content.map(|field| field.name).collect();
        self.copy_of(Kind::Song, song, &content)
    }

    /// These columns of a row, as far as there is something in them.
    fn copy_of(&self, kind: Kind, id: RowId, columns: &[&str]) -> Result<Values> {
        let what = kind.as_str();
        let mut row = self.row(kind, id)?.ok_or(Error::NotFound { what })?;
        whole(&row, kind, columns.iter().copied())?;
        let some = columns.iter().filter_map(|column| {
            let value = row.remove(*column).filter(|value| !value.is_null())?;
            Some(((*column).to_owned(), value))
        });
        Ok(some.collect())
    }
}
