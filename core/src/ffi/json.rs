//! The value of a column as the two languages have it.

use std::collections::HashMap;

use serde_json::{Number, Value};

use crate::error::Error;
use crate::model::Values;

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
    type Error = Error;

    fn try_from(json: Json) -> Result<Self, Error> {
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

const NO_NUMBER: Error = Error::Invalid {
    field: "number",
    reason: "it is infinite or no number",
};

/// A row's values by column.
pub(super) fn named(values: Values) -> HashMap<String, Json> {
    values
        .into_iter()
        .map(|(name, value)| (name, Json::from(value)))
        .collect()
}

/// The same, back.
pub(super) fn values(fields: HashMap<String, Json>) -> Result<Values, Error> {
    fields
        .into_iter()
        .map(|(name, json)| Ok((name, Value::try_from(json)?)))
        .collect()
}
