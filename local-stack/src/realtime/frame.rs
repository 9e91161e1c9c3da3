//! Text frames of serializer 2.0.0 (arrays of five), and what a broadcast looks like. Pure. Never fails loudly: a frame
//! that is not understood is `None` and the socket lives on, as on the real server.
//!
//! Payloads are carried as raw JSON text so that numbers of any size and key order pass through unchanged.

use bytes::Bytes;
use serde_json::Value;
use serde_json::value::RawValue;

use super::binary;

/// Frames above this close the socket with 1009. Bytes.
pub(crate) const MAX_FRAME: usize = 5_000_000;

/// Whether a socket may be opened in the protocol of its `vsn` parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Vsn {
    /// 2.0.0, the one that is spoken here.
    Spoken,
    /// 1.0.0, which absent means too: the real server speaks it.
    Older,
    /// No version of the protocol.
    Unknown,
}

impl Vsn {
    /// Accepts what `~> 1.0` and `~> 2.0` accept.
    pub(crate) fn parse(text: Option<&str>) -> Self {
        let mut parts = text.unwrap_or("1.0.0").split('.');
        let major = parts.next();
        let rest: Vec<&str> = parts.collect();
        let numbers = rest.iter().all(|part| part.parse::<u32>().is_ok());
        match (major, rest.len(), numbers) {
            (Some("1"), 2, true) => Self::Older,
            (Some("2"), 2, true) => Self::Spoken,
            _ => Self::Unknown,
        }
    }
}

/// What is written to the WebSocket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    /// A text frame.
    Text(String),
    /// A binary frame.
    Binary(Bytes),
}

/// The payload of a client's push.
#[derive(Clone, Debug)]
pub(crate) enum Payload {
    /// JSON as sent.
    Json(Box<RawValue>),
    /// Binary kind 3: a broadcast whose user event and payload are not wrapped in JSON.
    User(UserBroadcast),
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

/// Reads a text frame; `None` for everything that is no push.
pub(crate) fn decode_text(text: &str) -> Option<Push> {
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

/// A frame of the server before it is written.
#[derive(Clone, Debug)]
pub(crate) struct Out<'a> {
    /// The join it belongs to; `null` for what belongs to a topic.
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
    /// Writes the frame.
    pub(crate) fn encode(&self) -> Frame {
        let Self {
            join_ref,
            reference,
            topic,
            event,
            payload,
        } = self;
        let event = json_string(event);
        Frame::Text(format!(
            "[{join_ref},{reference},{topic},{event},{payload}]"
        ))
    }
}

/// What members of a topic receive.
#[derive(Clone, Debug)]
pub(crate) enum Broadcast {
    /// A JSON event (`broadcast`, `presence_diff`): event name and payload text.
    Json(&'static str, String),
    /// A broadcast in its binary form.
    User(UserBroadcast),
}

impl Broadcast {
    /// The frame a receiver gets; `None` where the real server sends nothing (names too long for one-byte lengths).
    pub(crate) fn encode(&self, topic: &str) -> Option<Frame> {
        match self {
            Self::Json(event, payload) => {
                let out = Out {
                    join_ref: &Value::Null,
                    reference: &Value::Null,
                    topic: &Value::String(topic.to_owned()),
                    event,
                    payload,
                };
                Some(out.encode())
            }
            Self::User(user) => binary::encode(topic, user).map(Frame::Binary),
        }
    }
}

/// JSON text of a string.
pub(crate) fn json_string(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn version_two_is_spoken_and_absent_means_one() {
        assert_eq!(Vsn::parse(Some("2.0.1")), Vsn::Spoken);
        assert_eq!(Vsn::parse(Some("1.0.0")), Vsn::Older);
        assert_eq!(Vsn::parse(None), Vsn::Older);
        for refused in ["3.0.0", "garbage", "", "2", "2.x.0", "1.0.0.0"] {
            assert_eq!(Vsn::parse(Some(refused)), Vsn::Unknown, "{refused}");
        }
    }

    #[test]
    fn a_frame_of_the_wrong_shape_is_dropped() {
        for text in [
            "not json",
            "",
            "[]",
            "{}",
            "[1,2,3]",
            "null",
            r#"["1","2"]"#,
            r#"{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"obj"}"#,
            r#"[null,"1","t",7,{}]"#,
        ] {
            assert!(decode_text(text).is_none(), "{text}");
        }
    }

    #[test]
    fn refs_topics_and_numbers_of_any_size_are_kept() {
        let push =
            decode_text(r#"[44, 5, null, "broadcast", {"n":12345678901234567890.1}, "extra"]"#);
        let push = push.unwrap();
        let refs = (&push.join_ref, &push.reference, &push.topic);
        assert_eq!(refs, (&json!(44), &json!(5), &Value::Null));
        let Payload::Json(raw) = push.payload else {
            unreachable!()
        };
        assert_eq!(raw.get(), r#"{"n":12345678901234567890.1}"#);
    }
}
