//! Names of things: ids, roles, and the catalogue of every kind and column that syncs.
//!
//! Owns: types that several modules share, and parsing them.
//! Never: does IO or decides anything; behaviour lives in the modules that use these types.

mod catalogue;
mod change;
mod check;
mod codes;
mod fields;
mod ids;
mod kind;
mod link;
mod moment;
mod name;
mod order;
#[cfg(feature = "testing")]
pub mod rejection;
#[cfg(not(feature = "testing"))]
pub(crate) mod rejection;
mod show_time;
pub(crate) mod sign_in;
mod tagged;
mod text_changes;
mod time_signature;
mod web_link;

pub use catalogue::{field, fields};
pub use change::{FieldChange, Verb};
pub use codes::{PracticeStatus, PracticeType, Role, SetlistStatus, ShowStatus};
pub use fields::{Check, Field, FieldType, Insert, Merge};
pub use ids::{ClientId, ConflictId, EditId, MutationNo, NoticeId, Rev, RowId, ScopeId, UserId};
pub use kind::{Kind, ScopeType};
pub use link::{AppLink, link_text, parse_link};
pub use name::UNSEEN;
pub use rejection::RefusalCode;
pub use show_time::{ShowTime, TimeOfDay};
pub use sign_in::AuthErrorCode;
pub use text_changes::{TextPart, TextPartKind, text_changes};
pub use time_signature::TimeSignature;
pub use web_link::{WebLink, WebLinkSort, web_links};

#[cfg(feature = "testing")]
pub use check::MAX_JSON_BYTES;
testing! {
    use check::{MAX_LINE_CHARS, MAX_TEXT_BYTES, checked};
}
pub(crate) use catalogue::insert_default;
pub(crate) use check::{MAX_DEPTH, depth, drop_nul};
pub(crate) use ids::MAX_REV;
pub(crate) use moment::{sortable, timestamp, written};
pub(crate) use name::{checked_name, told_apart};
pub(crate) use order::{longest_rising, one_by_one};
pub(crate) use tagged::{Fields, tagged};

/// One row or part of a row: column name to JSON value, exactly as the server wrote it.
pub type Values = serde_json::Map<String, serde_json::Value>;
