//! Shows: by date.

use super::super::tx::Reader;
use super::Show;
use crate::error::Result;
#[cfg(test)]
use crate::model::RowId;
use crate::model::ScopeId;

/// A window of a list of shows, the earliest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct ShowQuery {
    /// Only of this band; `None` = all.
    pub scope: Option<ScopeId>,
    /// Only from this time on (as the server writes times); empty = all.
    pub from: String,
    /// How many.
    pub limit: u32,
}

impl Reader<'_> {
    /// The first shows from a time on.
    pub fn shows(&self, query: &ShowQuery) -> Result<Vec<Show>> {
        self.dated(query.scope, &query.from, query.limit)
    }

    /// One show.
    #[cfg(test)]
    pub fn show(&self, id: RowId) -> Result<Option<Show>> {
        self.one(id)
    }
}
