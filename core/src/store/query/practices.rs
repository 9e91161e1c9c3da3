//! Practices: by date.

use super::super::tx::Reader;
use super::Practice;
use crate::error::Result;
#[cfg(test)]
use crate::model::RowId;
use crate::model::ScopeId;

/// A window of a list of practices, the earliest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct PracticeQuery {
    /// Only of this band; `None` = all.
    pub scope: Option<ScopeId>,
    /// Only from this time on (as the server writes times); empty = all.
    pub from: String,
    /// How many.
    pub limit: u32,
}

impl Reader<'_> {
    /// The first practices from a time on.
    pub fn practices(&self, query: &PracticeQuery) -> Result<Vec<Practice>> {
        self.dated(query.scope, &query.from, query.limit)
    }

    /// One practice.
    #[cfg(test)]
    pub fn practice(&self, id: RowId) -> Result<Option<Practice>> {
        self.one(id)
    }
}
