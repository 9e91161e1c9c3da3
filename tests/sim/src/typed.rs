//! What people typed, and what may have become of it: no value may vanish.
//!
//! Every typed text is different, so it can be found again wherever it went. At quiet each one must be in a row of the
//! server, in a conflict or a rejected edit of a phone, or given up by somebody who had it before his eyes (he changed the
//! field or deleted the row) or who had written it himself, on whatever phone. No deletion is meant for what another wrote
//! and the person had not seen yet.

use std::collections::BTreeSet;

use serde_json::Value;

use rockon_core::model::Values;

/// The texts in these values.
fn texts(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            // A merged text holds several.
            found.extend(text.split(['.', '\n']).map(|text| text.trim().to_owned()));
        }
        Value::Array(list) => list.iter().for_each(|value| texts(value, found)),
        Value::Object(map) => map.values().for_each(|value| texts(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Texts that stand somewhere, or stood there.
#[derive(Debug, Default)]
pub(crate) struct Texts(BTreeSet<String>);

impl Texts {
    pub(crate) fn note(&mut self, value: &Value) {
        texts(value, &mut self.0);
    }

    pub(crate) fn note_all(&mut self, values: &Values) {
        values.values().for_each(|value| self.note(value));
    }

    /// The fields of `before` that are others in `after`.
    pub(crate) fn note_replaced(&mut self, before: &Values, after: &Values) {
        for (name, value) in before {
            if after.get(name) != Some(value) {
                self.note(value);
            }
        }
    }

    /// Everything of `others` that is not in `kept`.
    pub(crate) fn note_except(&mut self, others: Self, kept: &Self) {
        let lost = others.0.into_iter().filter(|text| !kept.has(text));
        self.0.extend(lost);
    }

    /// Only those of which this holds.
    pub(crate) fn keep(&mut self, holds: impl Fn(&String) -> bool) {
        self.0.retain(holds);
    }

    pub(crate) fn into_all(self) -> impl Iterator<Item = String> {
        self.0.into_iter()
    }

    pub(crate) fn has(&self, text: &str) -> bool {
        self.0.contains(text)
    }
}
