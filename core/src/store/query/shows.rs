//! Shows: by date.

use super::super::tx::Reader;
use super::{ALL, Show};
use crate::error::Result;
#[cfg(test)]
use crate::model::RowId;
use crate::model::ScopeId;
use crate::time::Timestamp;

/// A window of a list of shows, the earliest first.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct ShowQuery {
    /// Only of this band; `None` = all.
    #[cfg_attr(feature = "ffi", uniffi(default = None))]
    pub scope: Option<ScopeId>,
    /// Only from this time on; `None` = all.
    #[cfg_attr(feature = "ffi", uniffi(default = None))]
    pub from: Option<Timestamp>,
    /// How many; [`ALL`] = all.
    #[cfg_attr(feature = "ffi", uniffi(default = 4294967295))]
    pub limit: u32,
}

impl Default for ShowQuery {
    fn default() -> Self {
        Self {
            scope: None,
            from: None,
            limit: ALL,
        }
    }
}

impl Reader<'_> {
    /// How many shows the list has without its limit.
    pub fn count_shows(&self, query: &ShowQuery) -> Result<u32> {
        self.count_rows::<Show>(query.scope, query.from)
    }

    /// The first shows from a time on.
    pub fn shows(&self, query: &ShowQuery) -> Result<Vec<Show>> {
        self.dated(query.scope, query.from, query.limit)
    }

    /// One show.
    #[cfg(test)]
    pub fn show(&self, id: RowId) -> Result<Option<Show>> {
        self.one(id)
    }
}
