//! The two text serializers (vsn 1.0.0: an object; vsn 2.0.0: an array of five) and what a broadcast looks like to each.
//! Pure. Never fails loudly: a frame that is not understood is `None` and the socket lives on, as on the real server.
//!
//! Payloads are carried as raw JSON text so that numbers of any size and key order pass through unchanged.

use std::fmt::Write as _;

use bytes::Bytes;
use serde_json::Value;
use serde_json::value::RawValue;

use super::binary;

/// Frames above this close the socket with 1009. Bytes.
pub(crate) const MAX_FRAME: usize = 5_000_000;

/// Which serializer a socket speaks, from the `vsn` query parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Vsn {
    /// Objects with `topic, event, payload, ref`; the server's frames have no `join_ref`.
    V1,
    /// Arrays `[join_ref, ref, topic, event, payload]` and binary frames.
    V2,
}

impl Vsn {
    /// Accepts what `~> 1.0` and `~> 2.0` accept; absent means 1.0.0, anything else is refused (403, empty body).
    pub(crate) fn parse(text: Option<&str>) -> Option<Self> {
        let Some(text) = text else {
            return Some(Self::V1);
        };
        let mut parts = text.split('.');
        let major = parts.next()?;
        let rest: Vec<&str> = parts.collect();
        let numbers = rest.iter().all(|part| part.parse::<u32>().is_ok());
        match (major, rest.len(), numbers) {
            ("1", 2, true) => Some(Self::V1),
            ("2", 2, true) => Some(Self::V2),
            _ => None,
        }
    }
}

/// What is written to the WebSocket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    /// A text frame.
    Text(String),
    /// A binary frame (vsn 2 only).
    Binary(Bytes),
}

/// The payload of a client's push.
#[derive(Clone, Debug)]
pub(crate) enum Payload {
    /// JSON as sent.
    Json(Box<RawValue>),
    /// Binary kind 3: a broadcast whose user event and payload are not wrapped in JSON.
    User(UserBroadcast),
    /// Binary kind 0: bytes for the named event.
    Bytes(Bytes),
}

/// A broadcast in its binary form (kind 3 from a client, kind 4 to receivers).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UserBroadcast {
    /// The application's event name, at most 255 bytes on the wire.
    pub event: String,
    /// `{"id": ...}` for messages from the database; a client's own metadata is dropped.
    pub meta: Option<String>,
    /// Whether `payload` claims to be JSON. It may lie: the real server passes it on all the same.
    pub json: bool,
    /// The bytes as sent.
    pub payload: Bytes,
}

/// One frame from a client. `join_ref`, `ref` and `topic` are echoed as sent, so they stay JSON values.
#[derive(Clone, Debug)]
pub(crate) struct Push {
    /// `null` (or absent, or empty in a binary frame) is accepted everywhere.
    pub join_ref: Value,
    /// Echoed in the reply.
    pub reference: Value,
    /// Anything but a known string is an unmatched topic.
    pub topic: Value,
    /// Event name.
    pub event: String,
    /// Payload.
    pub payload: Payload,
}

/// Reads a text frame; `None` for everything that is not a push of this serializer.
pub(crate) fn decode_text(vsn: Vsn, text: &str) -> Option<Push> {
    match vsn {
        Vsn::V1 => decode_v1(text),
        Vsn::V2 => decode_v2(text),
    }
}

fn decode_v1(text: &str) -> Option<Push> {
    #[derive(serde::Deserialize)]
    struct Wire<'a> {
        #[serde(borrow)]
        topic: &'a RawValue,
        event: String,
        #[serde(borrow)]
        payload: &'a RawValue,
        #[serde(borrow, rename = "ref")]
        reference: &'a RawValue,
        #[serde(default)]
        join_ref: Value,
    }
    // An array would fill the fields by position.
    if !text.trim_start().starts_with('{') {
        return None;
    }
    let wire: Wire<'_> = serde_json::from_str(text).ok()?;
    Some(Push {
        join_ref: wire.join_ref,
        reference: serde_json::from_str(wire.reference.get()).ok()?,
        topic: serde_json::from_str(wire.topic.get()).ok()?,
        event: wire.event,
        payload: Payload::Json(wire.payload.to_owned()),
    })
}

fn decode_v2(text: &str) -> Option<Push> {
    let parts: Vec<&RawValue> = serde_json::from_str(text).ok()?;
    let [join_ref, reference, topic, event, payload, ..] = parts.as_slice() else {
        return None;
    };
    Some(Push {
        join_ref: serde_json::from_str(join_ref.get()).ok()?,
        reference: serde_json::from_str(reference.get()).ok()?,
        topic: serde_json::from_str(topic.get()).ok()?,
        event: serde_json::from_str(event.get()).ok()?,
        payload: Payload::Json((*payload).to_owned()),
    })
}

/// A frame of the server before it is written in one of the two forms.
#[derive(Clone, Debug)]
pub(crate) struct Out<'a> {
    /// Absent from vsn 1 frames.
    pub join_ref: &'a Value,
    /// The push's ref in a reply, the join's ref in `phx_close` and `phx_error`, else `null`.
    pub reference: &'a Value,
    /// Topic as the client wrote it.
    pub topic: &'a Value,
    /// Event name.
    pub event: &'a str,
    /// JSON text.
    pub payload: &'a str,
}

impl Out<'_> {
    /// Writes the frame for one serializer.
    pub(crate) fn encode(&self, vsn: Vsn) -> Frame {
        let Self {
            join_ref,
            reference,
            topic,
            event,
            payload,
        } = self;
        let event = json_string(event);
        Frame::Text(match vsn {
            Vsn::V1 => format!(
                r#"{{"ref":{reference},"event":{event},"topic":{topic},"payload":{payload}}}"#
            ),
            Vsn::V2 => format!("[{join_ref},{reference},{topic},{event},{payload}]"),
        })
    }
}

/// What members of a topic receive.
#[derive(Clone, Debug)]
pub(crate) enum Broadcast {
    /// A JSON event (`broadcast`, `presence_diff`): event name and payload text.
    Json(&'static str, String),
    /// A broadcast whose payload is a string: it reaches vsn 1 only, and the sender's channel dies of it.
    Odd(String),
    /// A binary broadcast: kind 4 for vsn 2, JSON for vsn 1 (nothing when its payload is not JSON).
    User(UserBroadcast),
    /// A binary push of kind 0 on event `broadcast`: kind 2 for vsn 2, nothing for vsn 1.
    Bytes(Bytes),
}

impl Broadcast {
    /// The frame a receiver of this serializer gets; `None` where the real server sends nothing (binary to vsn 1, or
    /// names too long for a binary frame's one-byte lengths).
    pub(crate) fn encode(&self, vsn: Vsn, topic: &str) -> Option<Frame> {
        let null = Value::Null;
        let topic_value = Value::String(topic.to_owned());
        let text = |event: &str, payload: &str| {
            Out {
                join_ref: &null,
                reference: &null,
                topic: &topic_value,
                event,
                payload,
            }
            .encode(vsn)
        };
        match (self, vsn) {
            (Self::Json(event, payload), _) => Some(text(event, payload)),
            (Self::Odd(payload), Vsn::V1) => Some(text("broadcast", payload)),
            (Self::User(user), Vsn::V2) => binary::encode_user(topic, user).map(Frame::Binary),
            (Self::User(user), Vsn::V1) if user.json => {
                Some(text("broadcast", &user_as_json(user)?))
            }
            (Self::Bytes(bytes), Vsn::V2) => {
                binary::encode_bytes(topic, "broadcast", bytes).map(Frame::Binary)
            }
            (Self::Odd(_), Vsn::V2) | (Self::User(_) | Self::Bytes(_), Vsn::V1) => None,
        }
    }
}

/// Spliced, not parsed: a client that claims JSON and lies makes an invalid text frame for vsn 1 receivers, as observed.
fn user_as_json(user: &UserBroadcast) -> Option<String> {
    let payload = std::str::from_utf8(&user.payload).ok()?;
    let mut json = format!(
        r#"{{"event":{},"payload":{payload},"type":"broadcast""#,
        json_string(&user.event)
    );
    if let Some(meta) = &user.meta {
        // Writing to a String cannot fail.
        let _ = write!(json, r#","meta":{meta}"#);
    }
    json.push('}');
    Some(json)
}

/// JSON text of a string.
pub(crate) fn json_string(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests;
