//! Shows and practices: lists in the order of a date.

use super::super::tx::Reader;
use super::{ALL, Practice, Show};
use crate::error::Result;
use crate::model::{RowId, ScopeId};
use crate::time::Timestamp;

/// What a list of dated rows is asked for, and how: the query, the row, then how many, the first ones, and one.
macro_rules! dated {
    ($($(#[$says:meta])* $query:ident of $row:ident: $count:ident, $list:ident, $one:ident;)*) => { $(
        $(#[$says])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[cfg_attr(feature = "ffi", derive(uniffi::Record))]
        pub struct $query {
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

        impl Default for $query {
            fn default() -> Self {
                Self {
                    scope: None,
                    from: None,
                    limit: ALL,
                }
            }
        }

        impl Reader<'_> {
            /// How many the list has without its limit.
            pub fn $count(&self, query: &$query) -> Result<u32> {
                self.count_rows::<$row>(query.scope, query.from)
            }

            /// The first from a time on.
            pub fn $list(&self, query: &$query) -> Result<Vec<$row>> {
                self.dated(query.scope, query.from, query.limit)
            }

            /// One of them.
            pub fn $one(&self, id: RowId) -> Result<Option<$row>> {
                self.one(id)
            }
        }
    )* };
}

dated! {
    /// A window of a list of shows, the earliest first.
    ShowQuery of Show: count_shows, shows, show;
    /// A window of a list of practices, the earliest first.
    PracticeQuery of Practice: count_practices, practices, practice;
}
