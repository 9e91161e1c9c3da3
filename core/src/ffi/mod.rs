//! How the core's types cross to Kotlin and Swift; only with the feature `ffi`.
//!
//! Owns: what cannot be written as a derive beside a type: ids, times and constants, which cross as something simpler, and
//! the values that exist for the two languages only ([`Json`], [`Notice`], [`LogLine`]).
//! Never: exports a function, calls anything, or is named by another room. Records, enums and the error derive their
//! crossing where they are, with `cfg_attr(feature = "ffi", ...)`.

mod json;
mod values;
mod words;

use std::collections::HashMap;
use std::path::PathBuf;

use serde_json::Value;

use crate::model::{ConflictId, EditId, NoticeId, Rev, RowId, ScopeId, TimeOfDay, UserId, Values};
use crate::redact::{Address, Secret, Unsaved};
use crate::time::Timestamp;

pub use json::Json;
pub use values::{LogLevel, LogLine, Notice};
pub use words::Words;

uniffi::custom_type!(Value, Json, {
    remote,
    lower: |value| Json::from(value),
    try_lift: |json| Ok(Value::try_from(json)?),
});

type FieldValues = HashMap<String, Json>;
uniffi::custom_type!(Values, FieldValues, {
    remote,
    lower: |fields| json::named(fields),
    try_lift: |fields| Ok(json::values(fields)?),
});

type UnsavedValues = HashMap<String, Json>;
uniffi::custom_type!(Unsaved, UnsavedValues, {
    lower: |edit| json::named(edit.into_values()),
    try_lift: |fields| Ok(Unsaved::new(json::values(fields)?)),
});

uniffi::custom_type!(RowId, String, { lower: |id| id.to_string(), try_lift: |text| Ok(text.parse::<RowId>()?) });
uniffi::custom_type!(ScopeId, String, { lower: |id| id.to_string(), try_lift: |text| Ok(text.parse::<ScopeId>()?) });
uniffi::custom_type!(UserId, String, { lower: |id| id.to_string(), try_lift: |text| Ok(text.parse::<UserId>()?) });
uniffi::custom_type!(Rev, i64, { lower: |rev| rev.0, try_lift: |number| Ok(Rev(number)) });
uniffi::custom_type!(ConflictId, i64, { lower: |id| id.0, try_lift: |number| Ok(ConflictId(number)) });
uniffi::custom_type!(EditId, i64, { lower: |id| id.0, try_lift: |number| Ok(EditId(number)) });
uniffi::custom_type!(NoticeId, i64, { lower: |id| id.0, try_lift: |number| Ok(NoticeId(number)) });
uniffi::custom_type!(Timestamp, i64, { lower: |at| at.0, try_lift: |millis| Ok(Timestamp(millis)) });
uniffi::custom_type!(TimeOfDay, String, { lower: |time| time.to_string(), try_lift: |text| Ok(text.parse::<TimeOfDay>()?) });
uniffi::custom_type!(Secret, String, { lower: |secret| secret.expose().to_owned(), try_lift: |text| Ok(Secret::new(text)) });
uniffi::custom_type!(Address, String, { lower: |address| address.text().to_owned(), try_lift: |text| Ok(Address::new(text)) });
uniffi::custom_type!(PathBuf, String, {
    remote,
    lower: |path| path.to_string_lossy().into_owned(),
    try_lift: |text| Ok(PathBuf::from(text)),
});
uniffi::custom_type!(Words, String, {
    remote,
    lower: |words| words.to_owned(),
    try_lift: |text| Ok(words::known(text)),
});
