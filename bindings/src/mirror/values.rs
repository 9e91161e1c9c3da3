//! Small values that cross as something simpler: ids as texts, numbers with a name, JSON as an enum.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use rockon_core::Error as CoreError;
use rockon_core::model::{MutationNo, Rev, RowId, ScopeId, UserId, Values};
use rockon_core::redact::{Address, Secret, Unsaved};
use rockon_core::time::Timestamp;
use serde_json::{Number, Value};

/// Constant words of the core. Those that come back, in an error or a report, are the same constants.
pub type Words = &'static str;

/// More than the core has constants; what comes back beyond it was never ours.
const MAX_WORDS: usize = 4_096;

/// Bytes; no constant of the core is longer.
const LONGEST_WORDS: usize = 500;

/// Words that came back so far, each held once for the life of the process.
static WORDS: Mutex<BTreeSet<Words>> = Mutex::new(BTreeSet::new());

fn known(text: String) -> Words {
    let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(word) = words.get(text.as_str()) {
        return word;
    }
    if words.len() == MAX_WORDS || text.len() > LONGEST_WORDS {
        return "";
    }
    let word: Words = text.leak();
    words.insert(word);
    word
}

/// The value of a column, as the server keeps it.
#[derive(Debug, Clone, PartialEq, uniffi::Enum)]
pub enum Json {
    /// Nothing.
    Null,
    /// Yes or no.
    Flag {
        /// Which.
        on: bool,
    },
    /// A whole number.
    Whole {
        /// The number.
        number: i64,
    },
    /// Any other number.
    Real {
        /// The number; never infinite, never NaN.
        number: f64,
    },
    /// Text, a day, a point in time, an id.
    Text {
        /// The text.
        text: String,
    },
    /// Values in order.
    Array {
        /// The values.
        items: Vec<Json>,
    },
    /// Values by name.
    Object {
        /// The values.
        fields: HashMap<String, Json>,
    },
}

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(on) => Self::Flag { on },
            Value::Number(number) => number.as_i64().map_or_else(
                || Self::Real {
                    number: number.as_f64().unwrap_or_default(),
                },
                |number| Self::Whole { number },
            ),
            Value::String(text) => Self::Text { text },
            Value::Array(items) => Self::Array {
                items: items.into_iter().map(Self::from).collect(),
            },
            Value::Object(fields) => Self::Object {
                fields: named(fields),
            },
        }
    }
}

impl TryFrom<Json> for Value {
    type Error = CoreError;

    fn try_from(json: Json) -> Result<Self, CoreError> {
        Ok(match json {
            Json::Null => Self::Null,
            Json::Flag { on } => Self::Bool(on),
            Json::Whole { number } => Self::Number(number.into()),
            Json::Real { number } => Self::Number(Number::from_f64(number).ok_or(NO_NUMBER)?),
            Json::Text { text } => Self::String(text),
            Json::Array { items } => Self::Array(
                items
                    .into_iter()
                    .map(Self::try_from)
                    .collect::<Result<_, _>>()?,
            ),
            Json::Object { fields } => Self::Object(values(fields)?),
        })
    }
}

const NO_NUMBER: CoreError = CoreError::Invalid {
    field: "number",
    reason: "it is infinite or no number",
};

fn named(values: Values) -> HashMap<String, Json> {
    values
        .into_iter()
        .map(|(name, value)| (name, Json::from(value)))
        .collect()
}

fn values(fields: HashMap<String, Json>) -> Result<Values, CoreError> {
    fields
        .into_iter()
        .map(|(name, json)| Ok((name, Value::try_from(json)?)))
        .collect()
}

uniffi::custom_type!(Value, Json, {
    remote,
    lower: |value| Json::from(value),
    try_lift: |json| Ok(Value::try_from(json)?),
});

type FieldValues = HashMap<String, Json>;
uniffi::custom_type!(Values, FieldValues, {
    remote,
    lower: |fields| named(fields),
    try_lift: |fields| Ok(values(fields)?),
});

type UnsavedValues = HashMap<String, Json>;
uniffi::custom_type!(Unsaved, UnsavedValues, {
    remote,
    lower: |edit| named(edit.into_values()),
    try_lift: |fields| Ok(Unsaved::new(values(fields)?)),
});

uniffi::custom_type!(RowId, String, { remote, lower: |id| id.to_string(), try_lift: |text| Ok(text.parse::<RowId>()?) });
uniffi::custom_type!(ScopeId, String, { remote, lower: |id| id.to_string(), try_lift: |text| Ok(text.parse::<ScopeId>()?) });
uniffi::custom_type!(UserId, String, { remote, lower: |id| id.to_string(), try_lift: |text| Ok(text.parse::<UserId>()?) });
uniffi::custom_type!(Rev, i64, { remote, lower: |rev| rev.0, try_lift: |number| Ok(Rev(number)) });
uniffi::custom_type!(MutationNo, i64, { remote, lower: |n| n.0, try_lift: |number| Ok(MutationNo(number)) });
uniffi::custom_type!(Timestamp, i64, { remote, lower: |at| at.0, try_lift: |millis| Ok(Timestamp(millis)) });
uniffi::custom_type!(Secret, String, { remote, lower: |secret| secret.expose().to_owned(), try_lift: |text| Ok(Secret::new(text)) });
uniffi::custom_type!(Address, String, { remote, lower: |address| address.text().to_owned(), try_lift: |text| Ok(Address::new(text)) });
uniffi::custom_type!(PathBuf, String, {
    remote,
    lower: |path| path.to_string_lossy().into_owned(),
    try_lift: |text| Ok(PathBuf::from(text)),
});
uniffi::custom_type!(Words, String, {
    remote,
    lower: |words| words.to_owned(),
    try_lift: |text| Ok(known(text)),
});
