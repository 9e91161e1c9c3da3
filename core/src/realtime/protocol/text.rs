//! Text frames.

use serde_json::{Map, Value};

use super::{Event, Ignored, Incoming, Ref, hint, parse_topic, reason};

/// `[join_ref, ref, topic, event, payload]`; more elements are tolerated, as the server tolerates them.
pub(super) fn decode(text: &str) -> Result<Incoming, Ignored> {
    let Value::Array(frame) = parse(text)? else {
        return Err(Ignored::Shape);
    };
    let [join_ref, refer, topic, event, payload, ..] = frame.as_slice() else {
        return Err(Ignored::Shape);
    };
    incoming(
        reference(join_ref)?,
        reference(refer)?,
        string(Some(topic))?,
        string(Some(event))?,
        payload,
    )
}

fn incoming(
    join_ref: Ref,
    reference: Ref,
    topic: &str,
    event: &str,
    payload: &Value,
) -> Result<Incoming, Ignored> {
    let topic = parse_topic(topic);
    let event = match event {
        "phx_reply" => reply(payload)?,
        "phx_close" => Event::Close,
        "phx_error" => Event::Crash,
        "system" => Event::System(reason::system(payload).ok_or(Ignored::Shape)?),
        "broadcast" => Event::Broadcast(hint::from_broadcast(topic, payload)?),
        "postgres_changes" => Event::Change {
            ids: numbers(payload.get("ids")),
            signal: hint::from_change(topic, payload)?,
        },
        _ => return Err(Ignored::Event),
    };
    Ok(Incoming {
        join_ref,
        reference,
        topic,
        event,
    })
}

fn reply(payload: &Value) -> Result<Event, Ignored> {
    let response = payload.get("response");
    match payload.get("status").and_then(Value::as_str) {
        Some("ok") => Ok(Event::ReplyOk {
            bindings: bindings(response.and_then(Value::as_object)),
        }),
        // The response of an error is an object with a reason, an empty object, or a bare string.
        Some(_) => Ok(Event::ReplyError(reason::refusal(
            response
                .and_then(|r| r.get("reason").unwrap_or(r).as_str())
                .unwrap_or_default(),
        ))),
        None => Err(Ignored::Shape),
    }
}

fn bindings(response: Option<&Map<String, Value>>) -> Vec<u64> {
    let list = response.and_then(|r| r.get("postgres_changes"));
    let entries = list.and_then(Value::as_array).map(Vec::as_slice);
    let ids = entries.unwrap_or_default().iter();
    ids.filter_map(|entry| entry.get("id")?.as_u64()).collect()
}

fn numbers(list: Option<&Value>) -> Vec<u64> {
    let entries = list.and_then(Value::as_array).map(Vec::as_slice);
    let entries = entries.unwrap_or_default().iter();
    entries.filter_map(Value::as_u64).collect()
}

fn parse(text: &str) -> Result<Value, Ignored> {
    serde_json::from_str(text).map_err(|_| Ignored::NotJson)
}

fn string(value: Option<&Value>) -> Result<&str, Ignored> {
    value.and_then(Value::as_str).ok_or(Ignored::Shape)
}

fn reference(value: &Value) -> Result<Ref, Ignored> {
    match value {
        Value::Null => Ok(Ref::Null),
        Value::String(text) => Ok(text.parse().map_or(Ref::Foreign, Ref::Number)),
        _ => Err(Ignored::Shape),
    }
}
