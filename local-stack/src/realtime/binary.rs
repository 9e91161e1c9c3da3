//! Binary broadcasts of serializer 2.0.0. Pure. Every length is one byte; a frame that is too short, of an unknown kind or
//! with text that is not UTF-8 is `None` (dropped in silence, as on the real server).
//!
//! | kind | direction | after the kind byte |
//! |---|---|---|
//! | 3 | in | join ref, ref, topic, user event, meta lengths; encoding; the five strings; payload |
//! | 4 | out | topic, user event, meta lengths; encoding; the three strings; payload |

use bytes::{BufMut as _, Bytes, BytesMut};
use serde_json::Value;

use super::frame::{Payload, Push, UserBroadcast};

const PUSH: u8 = 0;
const USER_PUSH: u8 = 3;
const USER_BROADCAST: u8 = 4;
const ENCODING_JSON: u8 = 1;

/// Whether this is a plain push in bytes, which the real server takes and no client of ours sends.
pub(crate) fn is_plain_push(frame: &Bytes) -> bool {
    frame.len() > 4 && frame.first() == Some(&PUSH)
}

/// Reads a client's binary frame.
pub(crate) fn decode(frame: &Bytes) -> Option<Push> {
    let (&[USER_PUSH, join, reference, topic, event, meta, encoding], body) =
        frame.split_first_chunk::<7>()?
    else {
        return None;
    };
    let mut body = Cursor(body);
    let join_ref = match body.string(join)? {
        // An empty join ref means none.
        text if text.is_empty() => Value::Null,
        text => Value::String(text),
    };
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

struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    fn string(&mut self, length: u8) -> Option<String> {
        let (head, tail) = self.0.split_at_checked(usize::from(length))?;
        self.0 = tail;
        Some(std::str::from_utf8(head).ok()?.to_owned())
    }
}

/// Kind 4; `None` when a name does not fit its one-byte length.
pub(crate) fn encode(topic: &str, user: &UserBroadcast) -> Option<Bytes> {
    let meta = user.meta.as_deref().unwrap_or_default();
    let mut out = BytesMut::new();
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The bytes of these frames were recorded from the real server.
    #[test]
    fn a_broadcast_goes_out_as_it_came_without_the_senders_refs() {
        let sent = b"\x03\x01\x02\x0c\x07\x00\x011b1realtime:binev-json{\"bin\": \"json\"}";
        let push = decode(&Bytes::from_static(sent)).unwrap();
        assert_eq!(
            (&push.topic, &*push.event),
            (&json!("realtime:bin"), "broadcast")
        );
        let Payload::User(user) = push.payload else {
            unreachable!()
        };
        let wanted = b"\x04\x0c\x07\x00\x01realtime:binev-json{\"bin\": \"json\"}";
        assert_eq!(encode("realtime:bin", &user).as_deref(), Some(&wanted[..]));
        assert_eq!(encode(&"t".repeat(256), &user), None, "too long a name");
    }

    #[test]
    fn short_and_unknown_frames_are_dropped() {
        for bytes in [
            &b""[..],
            b"\x00\x01\x02",
            &[0xff; 50],
            b"\x09abc",
            b"\x03\xff\x00\x00\x00\x00\x00",
        ] {
            let bytes = Bytes::copy_from_slice(bytes);
            assert!(decode(&bytes).is_none() && !is_plain_push(&bytes));
        }
    }
}
