//! Who is present on one topic: keys with one entry per channel. Pure.
//!
//! Bound: one entry per channel and topic, so at most channels-per-socket times sockets entries.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// Presence of one topic.
#[derive(Debug, Default)]
pub(crate) struct Presence {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    owner: u64,
    key: String,
    reference: String,
    previous: Option<String>,
    payload: Map<String, Value>,
}

impl Entry {
    fn meta(&self) -> Value {
        let mut meta = self.payload.clone();
        meta.insert("phx_ref".to_owned(), self.reference.clone().into());
        if let Some(previous) = &self.previous {
            meta.insert("phx_ref_prev".to_owned(), previous.clone().into());
        }
        Value::Object(meta)
    }
}

impl Presence {
    /// Tracks `payload` for a channel. The diff to send, or `None` when nothing changed.
    pub(crate) fn track(
        &mut self,
        owner: u64,
        key: &str,
        reference: String,
        payload: Map<String, Value>,
    ) -> Option<Value> {
        let Some(entry) = self.entries.iter_mut().find(|entry| entry.owner == owner) else {
            self.entries.push(Entry {
                owner,
                key: key.to_owned(),
                reference,
                previous: None,
                payload,
            });
            let entry = self.entries.last()?;
            return Some(diff(&single(&entry.key, &entry.meta()), &json!({})));
        };
        if entry.payload == payload {
            return None;
        }
        let left = entry.meta();
        entry.previous = Some(std::mem::replace(&mut entry.reference, reference));
        entry.payload = payload;
        Some(diff(
            &single(&entry.key, &entry.meta()),
            &single(&entry.key, &left),
        ))
    }

    /// Ends a channel's presence. The diff to send, or `None` when it was not tracked.
    pub(crate) fn untrack(&mut self, owner: u64) -> Option<Value> {
        let at = self.entries.iter().position(|entry| entry.owner == owner)?;
        let entry = self.entries.remove(at);
        Some(diff(&json!({}), &single(&entry.key, &entry.meta())))
    }

    /// `{key: {"metas": [...]}}`.
    pub(crate) fn state(&self) -> Value {
        let mut keys: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
        for entry in &self.entries {
            keys.entry(&entry.key).or_default().push(entry.meta());
        }
        keys.into_iter()
            .map(|(key, metas)| (key.to_owned(), json!({ "metas": metas })))
            .collect::<Map<_, _>>()
            .into()
    }

    /// Whether nobody is present.
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

fn single(key: &str, meta: &Value) -> Value {
    json!({ key: { "metas": [meta] } })
}

fn diff(joins: &Value, leaves: &Value) -> Value {
    json!({ "joins": joins, "leaves": leaves })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payload(status: &str) -> Map<String, Value> {
        Map::from_iter([("status".to_owned(), status.into())])
    }

    #[test]
    fn an_update_joins_with_the_previous_ref_and_leaves_with_the_old_meta() {
        let mut presence = Presence::default();
        let first = presence.track(1, "alice", "r1".to_owned(), payload("here"));
        assert_eq!(
            first,
            Some(
                json!({"joins": {"alice": {"metas": [{"phx_ref": "r1", "status": "here"}]}}, "leaves": {}})
            )
        );
        let second = presence.track(1, "alice", "r2".to_owned(), payload("away"));
        assert_eq!(
            second,
            Some(json!({
                "joins": {"alice": {"metas": [{"phx_ref": "r2", "phx_ref_prev": "r1", "status": "away"}]}},
                "leaves": {"alice": {"metas": [{"phx_ref": "r1", "status": "here"}]}},
            }))
        );
    }

    #[test]
    fn the_same_payload_again_is_no_diff() {
        let mut presence = Presence::default();
        presence.track(1, "alice", "r1".to_owned(), payload("here"));
        assert_eq!(
            presence.track(1, "alice", "r2".to_owned(), payload("here")),
            None
        );
        assert_eq!(
            presence.state(),
            json!({"alice": {"metas": [{"phx_ref": "r1", "status": "here"}]}})
        );
    }

    #[test]
    fn two_channels_of_one_key_are_two_metas() {
        let mut presence = Presence::default();
        presence.track(1, "alice", "r1".to_owned(), payload("here"));
        presence.track(2, "alice", "r2".to_owned(), payload("phone"));
        assert_eq!(
            presence.state()["alice"]["metas"].as_array().map(Vec::len),
            Some(2)
        );
        assert!(presence.untrack(1).is_some());
        assert_eq!(presence.untrack(1), None);
        assert!(!presence.is_empty());
    }
}
