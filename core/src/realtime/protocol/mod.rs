//! Frames: what the bytes of the realtime server mean, and the bytes we answer with.
//!
//! Owns: the serializer 2.0.0, text and binary frames, the reasons a server gives, and the extraction of a [`Hint`] from
//! either transport.
//! Never: does IO, keeps state, or fails: [`decode`] is total. A frame that means nothing to a hint client is an
//! [`Ignored`], to be counted; it never costs the socket.
//! Invariant: no text of the server leaves this module; reasons are enums.

pub mod binary;
mod encode;
mod hint;
mod reason;
#[cfg(test)]
mod tests;
mod text;
#[cfg(test)]
mod transcripts;

pub use encode::{Push, Transport, encode};
pub use reason::{Refusal, System, SystemMessage, UpgradeReason, upgrade_reason};

use crate::hint::Hint;
use crate::model::ScopeId;

/// Larger frames are counted and dropped unread. A hint and everything around it stays below 2 KiB.
pub const MAX_FRAME: usize = 64 * 1024;

/// The serializer we ask for, as `vsn` in the URL: JSON arrays and binary frames.
pub(super) const VERSION: &str = "2.0.0";

/// One message of the socket, not yet understood.
#[derive(Debug, Clone, Copy)]
pub enum Wire<'a> {
    /// A text frame.
    Text(&'a str),
    /// A binary frame.
    Binary(&'a [u8]),
}

/// A reference in a frame. Ours are decimal numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ref {
    /// `null` or absent.
    Null,
    /// One of ours, by its form.
    Number(u64),
    /// Something we never send.
    Foreign,
}

/// Whom a frame is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelTopic {
    /// The socket itself (`phoenix`): heartbeats.
    Socket,
    /// `realtime:scope:<uuid>`.
    Scope(ScopeId),
    /// A topic we never join.
    Other,
}

/// A frame that means something to a hint client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// The join this frame belongs to.
    pub join_ref: Ref,
    /// The push it answers.
    pub reference: Ref,
    /// Whom it is for.
    pub topic: ChannelTopic,
    /// What it says.
    pub event: Event,
}

/// What a frame says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// `phx_reply` with status ok; the ids of the bindings the server echoed.
    ReplyOk {
        /// Ids of `postgres_changes`, in the order asked.
        bindings: Vec<u64>,
    },
    /// `phx_reply` with status error.
    ReplyError(Refusal),
    /// `phx_close`: the channel has ended.
    Close,
    /// `phx_error`: the channel has crashed.
    Crash,
    /// `system`: news of an extension.
    System(System),
    /// Broadcast `hint`.
    Broadcast(Signal),
    /// `postgres_changes` of `sync_head`.
    Change {
        /// Bindings that matched.
        ids: Vec<u64>,
        /// What it tells.
        signal: Signal,
    },
}

/// What an event of either transport tells about its scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Where the scope is now.
    Hint(Hint),
    /// Something happened, but the server could not or did not say what: ask.
    Gap,
}

/// Why a frame was dropped. Counted by the machine, never an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ignored {
    /// Above [`MAX_FRAME`].
    TooLarge,
    /// Text that is not JSON.
    NotJson,
    /// JSON without the fields of this serializer.
    Shape,
    /// A binary frame of a kind that a server does not send to a hint client.
    BinaryKind,
    /// A binary frame that ends before its lengths say, or whose names are not UTF-8.
    BinaryShape,
    /// A well-formed event that a hint client does not use.
    Event,
    /// A broadcast other than `hint`.
    OtherBroadcast,
    /// A change of another table than `sync_head`.
    OtherTable,
    /// A hint without its fields, with an absurd revision, or about another scope than its topic.
    BadHint,
}

/// Understands one message. Total: every input has an answer, and none of them is a failure of the socket.
pub fn decode(wire: Wire<'_>) -> Result<Incoming, Ignored> {
    match wire {
        Wire::Text(text) if text.len() > MAX_FRAME => Err(Ignored::TooLarge),
        Wire::Binary(bytes) if bytes.len() > MAX_FRAME => Err(Ignored::TooLarge),
        Wire::Text(text) => text::decode(text),
        Wire::Binary(bytes) => binary::decode(bytes),
    }
}

/// Prefix that the wire adds to every name a user gives a channel.
const TOPIC_PREFIX: &str = "realtime:";
/// Our channels: `scope:<uuid>`, as the database names them.
const SCOPE_PREFIX: &str = "scope:";
/// Topic of the socket itself.
const SOCKET_TOPIC: &str = "phoenix";

fn topic_of(scope: ScopeId) -> String {
    format!("{TOPIC_PREFIX}{SCOPE_PREFIX}{scope}")
}

fn parse_topic(text: &str) -> ChannelTopic {
    if text == SOCKET_TOPIC {
        return ChannelTopic::Socket;
    }
    text.strip_prefix(TOPIC_PREFIX)
        .and_then(|name| name.strip_prefix(SCOPE_PREFIX))
        .filter(|id| id.len() == 36)
        .and_then(|id| id.parse().ok())
        .map_or(ChannelTopic::Other, ChannelTopic::Scope)
}
