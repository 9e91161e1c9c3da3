//! Kinds of rows, roles of members, types of scopes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::Error;

macro_rules! kinds {
    ($($kind:ident $name:literal $doc:literal $facts:tt $fields:tt $row:tt)*) => {
        /// What a synced row is. The names are those of the sync protocol.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
        pub enum Kind {
            $(#[doc = $doc] $kind,)*
        }

        impl Kind {
            /// How many there are.
            pub const COUNT: usize = Self::ALL.len();

            /// Every kind, in the order of the protocol.
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$kind),*];
        }
    };
}

crate::catalogue! { [kinds] }

impl Kind {
    /// The kinds a member edits, reads and gets notices about.
    pub const CONTENT: [Self; 4] = [Self::Song, Self::Setlist, Self::Show, Self::Practice];

    /// The kinds whose rows have a table here.
    pub fn local() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|kind| kind.facts().local)
    }

    /// Name in the protocol and in the local database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.facts().name
    }

    /// The column that a row is called by; `None` = rows of this kind are called nothing.
    #[must_use]
    pub fn title_column(self) -> Option<&'static str> {
        self.facts().title
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(Error::Invalid {
                field: "kind",
                reason: "unknown kind",
            })
    }
}

/// What a scope is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ScopeType {
    /// Shared by the members of a band.
    Band,
    /// One person's own.
    User,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_kinds_read_back() {
        for kind in Kind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
        assert!("songs".parse::<Kind>().is_err());
    }
}
