//! Binary frames of version 2.0.0: one byte of kind, one byte for each length, then the strings, then the payload.
//!
//! A broadcast of a user is kind 4: lengths of topic, event and meta; encoding; the same, in order; payload. Kinds 0 (push),
//! 1 (reply) and 2 (broadcast) carry raw data that a hint client has no use for, and kind 3 goes to the server.

use super::{Event, Ignored, Incoming, Ref, hint, parse_topic};

const USER_BROADCAST: u8 = 4;
const ENCODING_JSON: u8 = 1;

/// A broadcast as a server of the tests sends it on.
#[cfg(any(test, feature = "testing"))]
#[derive(Debug, Clone, Copy)]
pub struct UserBroadcast<'a> {
    /// The full topic, `realtime:` included.
    pub topic: &'a str,
    /// The user's event.
    pub event: &'a str,
    /// JSON text, or empty.
    pub meta: &'a str,
    /// True: the payload is JSON; false: bytes.
    pub json: bool,
    /// The payload itself.
    pub payload: &'a [u8],
}

#[cfg(any(test, feature = "testing"))]
impl UserBroadcast<'_> {
    /// The frame; `None` where a string is longer than 255 bytes: one length byte cannot tell it (c026).
    pub fn encode(&self) -> Option<Vec<u8>> {
        let strings = [self.topic, self.event, self.meta];
        let mut frame = vec![USER_BROADCAST];
        for text in strings {
            frame.push(u8::try_from(text.len()).ok()?);
        }
        frame.push(u8::from(self.json));
        for text in strings {
            frame.extend_from_slice(text.as_bytes());
        }
        frame.extend_from_slice(self.payload);
        Some(frame)
    }
}

/// Understands a frame of the server.
pub(super) fn decode(bytes: &[u8]) -> Result<Incoming, Ignored> {
    match bytes.split_first() {
        Some((&USER_BROADCAST, rest)) => user_broadcast(rest),
        Some(_) => Err(Ignored::BinaryKind),
        None => Err(Ignored::BinaryShape),
    }
}

fn user_broadcast(rest: &[u8]) -> Result<Incoming, Ignored> {
    let &[topic_len, event_len, meta_len, encoding, ref rest @ ..] = rest else {
        return Err(Ignored::BinaryShape);
    };
    let (topic, rest) = take(rest, topic_len)?;
    let (event, rest) = take(rest, event_len)?;
    let (_, payload) = take(rest, meta_len)?;
    if encoding != ENCODING_JSON {
        return Err(Ignored::OtherBroadcast);
    }
    let topic = parse_topic(text(topic)?);
    Ok(Incoming {
        join_ref: Ref::Null,
        reference: Ref::Null,
        topic,
        event: Event::Broadcast(hint::from_bytes(topic, text(event)?, payload)?),
    })
}

fn take(bytes: &[u8], length: u8) -> Result<(&[u8], &[u8]), Ignored> {
    bytes
        .split_at_checked(usize::from(length))
        .ok_or(Ignored::BinaryShape)
}

fn text(bytes: &[u8]) -> Result<&str, Ignored> {
    std::str::from_utf8(bytes).map_err(|_| Ignored::BinaryShape)
}
