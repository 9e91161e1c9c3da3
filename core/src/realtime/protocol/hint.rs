//! From an event of either transport to what it tells about its scope.

use serde_json::Value;
use uuid::Uuid;

use super::{ChannelTopic, Ignored, Signal};
use crate::hint::Hint;
use crate::model::{MAX_REV, Rev, ScopeId};

/// Name of the broadcast, as the trigger in the database sends it.
const BROADCAST: &str = "hint";
/// The table of the other transport.
const TABLE: &str = "sync_head";

/// A JSON broadcast: `{"event", "payload", "type"}`.
pub(super) fn from_broadcast(topic: ChannelTopic, payload: &Value) -> Result<Signal, Ignored> {
    if payload.get("event").and_then(Value::as_str) != Some(BROADCAST) {
        return Err(Ignored::OtherBroadcast);
    }
    let body = payload.get("payload").ok_or(Ignored::BadHint)?;
    hint(topic, "scope", body)
        .map(Signal::Hint)
        .ok_or(Ignored::BadHint)
}

/// A binary broadcast: the event's name and the bytes of its JSON.
pub(super) fn from_bytes(topic: ChannelTopic, event: &str, body: &[u8]) -> Result<Signal, Ignored> {
    if event != BROADCAST {
        return Err(Ignored::OtherBroadcast);
    }
    let body = serde_json::from_slice(body).map_err(|_| Ignored::BadHint)?;
    hint(topic, "scope", &body)
        .map(Signal::Hint)
        .ok_or(Ignored::BadHint)
}

/// A change. With errors the record is not to be trusted (c072), a deleted head means that the scope has gone, and a
/// record without the columns is no hint: in all three cases only asking helps.
pub(super) fn from_change(topic: ChannelTopic, payload: &Value) -> Result<Signal, Ignored> {
    let data = payload.get("data").ok_or(Ignored::Shape)?;
    if data.get("errors").is_some_and(|errors| !errors.is_null()) {
        return Ok(Signal::Gap);
    }
    if data.get("table").and_then(Value::as_str) != Some(TABLE) {
        return Err(Ignored::OtherTable);
    }
    let Some(record) = data.get("record").and_then(Value::as_object) else {
        return Ok(Signal::Gap);
    };
    if ["scope_id", "rev", "epoch"]
        .iter()
        .any(|c| !record.contains_key(*c))
    {
        return Ok(Signal::Gap);
    }
    hint(topic, "scope_id", &data["record"])
        .map(Signal::Hint)
        .ok_or(Ignored::BadHint)
}

fn hint(topic: ChannelTopic, scope_key: &str, body: &Value) -> Option<Hint> {
    let uuid = |key: &str| Uuid::try_parse(body.get(key)?.as_str()?).ok();
    let scope = ScopeId(uuid(scope_key)?);
    let rev = body.get("rev")?.as_i64()?;
    let epoch = uuid("epoch")?;
    (topic == ChannelTopic::Scope(scope) && (1..=MAX_REV).contains(&rev)).then_some(Hint {
        scope,
        rev: Rev(rev),
        epoch,
    })
}
