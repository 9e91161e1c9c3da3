//! Identifiers. Each is its own type, so that a scope is never passed where a row is meant.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::Error;

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident, $field:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self, Error> {
                Uuid::try_parse(text)
                    .map(Self)
                    .map_err(|_| Error::Invalid { field: $field, reason: "not a UUID" })
            }
        }
    };
}

uuid_id!(
    /// A band's id or a user's id: the unit of access, of revisions and of hints.
    ScopeId, "scope"
);
uuid_id!(
    /// A row's id. Made on the device (version 7), so that a row can be created offline.
    RowId, "id"
);
uuid_id!(
    /// A person.
    UserId, "user"
);
uuid_id!(
    /// One database file of one user on one device, for exactly-once delivery.
    ClientId, "client_id"
);

impl RowId {
    /// A new id, ordered by time of creation.
    #[must_use]
    pub fn fresh() -> Self {
        Self(Uuid::now_v7())
    }
}

impl ClientId {
    /// A new, random client id.
    #[must_use]
    pub fn fresh() -> Self {
        Self(Uuid::new_v4())
    }
}

impl From<UserId> for ScopeId {
    /// Every user is also a scope: personal songs, personal setlists, read marks.
    fn from(user: UserId) -> Self {
        Self(user.0)
    }
}

macro_rules! local_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);
    };
}

local_id!(
    /// A conflict on this device; grows with time.
    ConflictId
);
local_id!(
    /// An edit of this device's outbox; grows with time.
    EditId
);
local_id!(
    /// A notice on this device; grows with time.
    NoticeId
);

/// A revision of a scope: 1.. in commit order; 0 = before everything.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Rev(pub i64);

/// Number of a mutation, unique per [`ClientId`]; 1.. .
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct MutationNo(pub i64);

/// The largest revision that is believed: what a JSON number carries exactly everywhere. Above it is an absurdity.
pub(crate) const MAX_REV: i64 = 1 << 53;
