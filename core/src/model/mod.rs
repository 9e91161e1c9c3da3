//! Names of things: ids, roles, and the catalogue of every kind and column that syncs.
//!
//! Owns: types that several modules share, and parsing them.
//! Never: does IO or decides anything; behaviour lives in the modules that use these types.

mod catalogue;
mod check;
mod fields;
mod ids;
mod kind;
mod moment;
mod name;
pub mod rejection;
pub mod sign_in;

pub use catalogue::{Facts, field, fields, insert_default, label};
pub use check::{MAX_DEPTH, MAX_JSON_BYTES, MAX_LINE_CHARS, MAX_TEXT_BYTES, checked, depth};
pub use fields::{Check, Field, FieldType, Insert, Merge};
pub use ids::{ClientId, MAX_REV, MutationNo, Rev, RowId, ScopeId, UserId};
pub use kind::{Kind, Role, ScopeType};
pub use name::{FORMER, MAX_NAME_CHARS, UNNAMED, UNSEEN, checked_name, told_apart};

/// One row or part of a row: column name to JSON value, exactly as the server wrote it.
pub type Values = serde_json::Map<String, serde_json::Value>;
