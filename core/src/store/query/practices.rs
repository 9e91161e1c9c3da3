//! Practices: by date.

use super::super::tx::Reader;
use super::{ALL, Practice};
use crate::error::Result;
#[cfg(test)]
use crate::model::RowId;
use crate::model::ScopeId;
use crate::time::Timestamp;

/// A window of a list of practices, the earliest first.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct PracticeQuery {
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

impl Default for PracticeQuery {
    fn default() -> Self {
        Self {
            scope: None,
            from: None,
            limit: ALL,
        }
    }
}

impl Reader<'_> {
    /// How many practices the list has without its limit.
    pub fn count_practices(&self, query: &PracticeQuery) -> Result<u32> {
        self.count_rows::<Practice>(query.scope, query.from)
    }

    /// The first practices from a time on.
    pub fn practices(&self, query: &PracticeQuery) -> Result<Vec<Practice>> {
        self.dated(query.scope, query.from, query.limit)
    }

    /// One practice.
    #[cfg(test)]
    pub fn practice(&self, id: RowId) -> Result<Option<Practice>> {
        self.one(id)
    }
}
