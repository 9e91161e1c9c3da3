//! Binary frames of serializer 2.0.0. Pure. Every length is one byte; a frame that is too short, of an unknown kind or
//! with text that is not UTF-8 is `None` (dropped in silence).
//!
//! | kind | direction | after the kind byte |
//! |---|---|---|
//! | 0 | in | join ref, ref, topic and event lengths; the four strings; data |
//! | 2 | out | topic and event lengths; both strings; data |
//! | 3 | in | join ref, ref, topic, user event, meta lengths; encoding; the five strings; payload |
//! | 4 | out | topic, user event, meta lengths; encoding; the three strings; payload |

use bytes::{BufMut as _, Bytes, BytesMut};
use serde_json::Value;

use super::frame::{Payload, Push, UserBroadcast};

const PUSH: u8 = 0;
const BROADCAST: u8 = 2;
const USER_PUSH: u8 = 3;
const USER_BROADCAST: u8 = 4;
const ENCODING_JSON: u8 = 1;

/// Reads a client's binary frame.
pub(crate) fn decode(frame: &Bytes) -> Option<Push> {
    let (&kind, rest) = frame.split_first()?;
    match kind {
        PUSH => {
            let (&[join, reference, topic, event], body) = rest.split_first_chunk::<4>()?;
            let mut body = Cursor(body);
            Some(Push {
                join_ref: body.optional(join)?,
                reference: Value::String(body.string(reference)?),
                topic: Value::String(body.string(topic)?),
                event: body.string(event)?,
                payload: Payload::Bytes(frame.slice_ref(body.0)),
            })
        }
        USER_PUSH => {
            let (&[join, reference, topic, event, meta, encoding], body) =
                rest.split_first_chunk::<6>()?;
            let mut body = Cursor(body);
            let join_ref = body.optional(join)?;
            let reference = Value::String(body.string(reference)?);
            let topic = Value::String(body.string(topic)?);
            let event = body.string(event)?;
            // The sender's metadata is read past and dropped, as observed.
            body.string(meta)?;
            Some(Push {
                join_ref,
                reference,
                topic,
                event: "broadcast".to_owned(),
                payload: Payload::User(UserBroadcast {
                    event,
                    meta: None,
                    json: encoding == ENCODING_JSON,
                    payload: frame.slice_ref(body.0),
                }),
            })
        }
        _ => None,
    }
}

struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    fn string(&mut self, length: u8) -> Option<String> {
        let (head, tail) = self.0.split_at_checked(usize::from(length))?;
        self.0 = tail;
        Some(std::str::from_utf8(head).ok()?.to_owned())
    }

    /// An empty join ref means none.
    fn optional(&mut self, length: u8) -> Option<Value> {
        let text = self.string(length)?;
        Some(if text.is_empty() {
            Value::Null
        } else {
            Value::String(text)
        })
    }
}

/// Kind 4; `None` when a name does not fit its one-byte length.
pub(crate) fn encode_user(topic: &str, user: &UserBroadcast) -> Option<Bytes> {
    let meta = user.meta.as_deref().unwrap_or_default();
    let mut out = BytesMut::with_capacity(
        5 + topic.len() + user.event.len() + meta.len() + user.payload.len(),
    );
    out.put_u8(USER_BROADCAST);
    for text in [topic, &user.event, meta] {
        out.put_u8(u8::try_from(text.len()).ok()?);
    }
    out.put_u8(u8::from(user.json));
    for text in [topic, &user.event, meta] {
        out.put_slice(text.as_bytes());
    }
    out.put_slice(&user.payload);
    Some(out.freeze())
}

/// Kind 2; `None` when a name does not fit its one-byte length.
pub(crate) fn encode_bytes(topic: &str, event: &str, data: &Bytes) -> Option<Bytes> {
    let mut out = BytesMut::with_capacity(3 + topic.len() + event.len() + data.len());
    out.put_u8(BROADCAST);
    out.put_u8(u8::try_from(topic.len()).ok()?);
    out.put_u8(u8::try_from(event.len()).ok()?);
    out.put_slice(topic.as_bytes());
    out.put_slice(event.as_bytes());
    out.put_slice(data);
    Some(out.freeze())
}
