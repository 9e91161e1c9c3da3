//! The rows that screens read, made from the catalogue: struct, columns and decoding of one list, so that they cannot shift.
//!
//! Owns: [`Song`], [`Setlist`], [`Show`], [`Practice`], and how a column becomes a value of theirs.
//! Invariant: a list that is not what its field holds is as good as empty, a time that cannot be read as good as none: it
//! fails no row, and the row keeps the value.

use rusqlite::Row;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::super::row;
use super::parts::{Attendee, Contact, PractisedSong};
use super::setlists::SetlistItem;
use crate::error::Result;
use crate::model::{
    Kind, PracticeStatus, PracticeType, Rev, RowId, ScopeId, SetlistStatus, ShowStatus, ShowTime,
    TimeOfDay, TimeSignature, timestamp,
};
use crate::time::Timestamp;

/// A row that screens read.
pub(super) trait ReadRow: Sized {
    /// What it is.
    const KIND: Kind;
    /// What is selected of row `r`, in the order of [`ReadRow::read`]; what came shortened and whether it is unread follow.
    const COLUMNS: &'static str;

    /// Reads what was selected.
    fn read(row: &Row<'_>) -> Result<Self>;
}

/// A field of such a row, read from a column.
trait Cell: Sized {
    fn at(row: &Row<'_>, at: usize) -> Result<Self>;
}

impl Cell for String {
    fn at(row: &Row<'_>, at: usize) -> Result<Self> {
        Ok(row.get::<_, Option<Self>>(at)?.unwrap_or_default())
    }
}

impl Cell for Option<i64> {
    fn at(row: &Row<'_>, at: usize) -> Result<Self> {
        Ok(row.get(at)?)
    }
}

/// What is stored as a text. One that cannot be read is as good as none.
trait FromText: Sized {
    fn from_text(text: String) -> Option<Self>;
}

impl<T: FromText> Cell for Option<T> {
    fn at(row: &Row<'_>, at: usize) -> Result<Self> {
        let text: Option<String> = row.get(at)?;
        Ok(text.and_then(T::from_text))
    }
}

impl FromText for RowId {
    fn from_text(text: String) -> Option<Self> {
        text.parse().ok()
    }
}

impl FromText for Timestamp {
    fn from_text(text: String) -> Option<Self> {
        timestamp(&text)
    }
}

macro_rules! any_text {
    ($($of:ty)*) => { $(impl FromText for $of {
        fn from_text(text: String) -> Option<Self> {
            Some(text.into())
        }
    })* };
}

any_text! { String TimeSignature ShowTime SetlistStatus ShowStatus PracticeStatus PracticeType }

impl<T: DeserializeOwned> Cell for Vec<T> {
    fn at(row: &Row<'_>, at: usize) -> Result<Self> {
        let text: Option<String> = row.get(at)?;
        Ok(text
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default())
    }
}

macro_rules! read_rows {
    (@kind $kind:ident $fields:tt {}) => {};
    (@kind $kind:ident
       { $($column:ident: $type:ident $of:tt $(as $says:literal $name:ident: $rust:ty)?,)* }
       { $doc:literal { $($computed_says:literal $computed:ident: $computed_rust:ty,)* } }) => {
        impl $kind {
            /// One without values: what a test or a preview begins with.
            #[must_use]
            pub fn blank(id: RowId, scope: ScopeId) -> Self {
                Self {
                    id,
                    scope,
                    $($($name: <$rust>::default(),)?)*
                    $($computed: <$computed_rust>::default(),)*
                    shortened: Vec::new(),
                    unread: false,
                    pending: false,
                    rev: Rev(0),
                }
            }
        }

        impl ReadRow for $kind {
            const KIND: Kind = Kind::$kind;
            const COLUMNS: &'static str = concat!(
                "r.id, r.scope",
                $($(", r.\"", stringify!($column), "\" as \"", stringify!($name), "\"",)?)*
                ", r.pending, r.sync_rev"
            );

            fn read(row: &Row<'_>) -> Result<Self> {
                let mut last = 1;
                let mut next = || {
                    last += 1;
                    last
                };
                let (id, scope) = (row::uuid_at(row, 0)?, row::uuid_at(row, 1)?);
                Ok(Self {
                    $($($name: Cell::at(row, next())?,)?)*
                    pending: row.get(next())?,
                    rev: Rev(row.get(next())?),
                    shortened: Cell::at(row, next())?,
                    unread: row.get(next())?,
                    ..Self::blank(RowId(id), ScopeId(scope))
                })
            }
        }
    };
    ($($kind:ident $name:literal $doc:literal $facts:tt $fields:tt $row:tt)*) => {
        $(read_rows! { @kind $kind $fields $row })*
    };
}

crate::catalogue! { [crate::row_structs] [
    #[derive(Debug, Clone, PartialEq)]
    #[cfg_attr(feature = "ffi", derive(uniffi::Record))]
] }
crate::catalogue! { [read_rows] }
