//! The figures of the machine, each with where it comes from.

use std::time::Duration;

/// Between two heartbeats. The server closes a socket that it has heard nothing from for 60 s.
pub(crate) const HEARTBEAT_EVERY: Duration = Duration::from_secs(25);
/// An unanswered heartbeat this old means a dead socket. The clock stands while a join is under way, because a refused
/// join blocks the whole socket of the real server for 5 s, heartbeats included.
pub(crate) const HEARTBEAT_DEADLINE: Duration = Duration::from_secs(10);
/// The same for the heartbeat sent when the app comes back or the network changes: a person is looking.
pub(crate) const PROBE_DEADLINE: Duration = Duration::from_secs(4);
/// A join without a reply this long after the joins before it were settled has timed out.
pub(crate) const JOIN_DEADLINE: Duration = Duration::from_secs(10);
/// This many join time-outs in a row condemn the socket.
pub(crate) const JOIN_TIMEOUTS: u32 = 2;
/// From the join to "Subscribed to PostgreSQL" in the changes transport: 10 ms warm, 3 s cold. After this long the scope
/// counts as degraded; the channel is kept.
pub(crate) const SUBSCRIBED_DEADLINE: Duration = Duration::from_secs(15);
/// The server does not try a refused `sync_head` binding again by itself; we do, this rarely.
pub(crate) const BINDING_RETRY: Duration = Duration::from_mins(5);
/// Name, TCP, TLS and upgrade together. A refused upgrade takes the real server 2 s.
pub(crate) const CONNECT_DEADLINE: Duration = Duration::from_secs(20);
/// A token must be valid at least this long before a connection or a join uses it; a short-lived one half its life
/// ([`crate::time::enough`]).
pub(crate) const TOKEN_MIN: Duration = Duration::from_mins(1);
/// A heartbeat that finds less than this left, or less than half a short life, asks for a new token, so that no channel
/// is closed at expiry.
pub(crate) const TOKEN_AHEAD: Duration = Duration::from_secs(90);
/// A question for a token that failed is asked again after this: often enough for a person who looks, and it costs no
/// request, for the session keeps the pauses between those.
pub(crate) const TOKEN_AGAIN: Duration = Duration::from_secs(5);
/// First and largest bound of the waits between attempts, full jitter.
pub(crate) const BACKOFF_BASE: Duration = Duration::from_secs(1);
/// See [`BACKOFF_BASE`].
pub(crate) const BACKOFF_CAP: Duration = Duration::from_secs(30);
/// A connection or channel that lived this long was good: waits start small again.
pub(crate) const SETTLED: Duration = Duration::from_secs(30);
/// Foreground, network and new scopes try at once, but no sooner than this after the attempt before.
pub(crate) const IMMEDIATE_GAP: Duration = Duration::from_secs(2);
/// Floor of the wait after the second refusal in a row that waiting does not cure (401, 403, 404); jitter doubles it.
pub(crate) const SLOW_RETRY: Duration = Duration::from_mins(1);
/// Floor of the wait when the server is out of room.
pub(crate) const BUSY_RETRY: Duration = Duration::from_secs(15);
/// Floor of the wait after "Too many messages per second", which the server averages over up to a minute.
pub(crate) const RATE_RETRY: Duration = Duration::from_mins(1);
/// How long a scope stays on the changes transport after its private join was refused as unsupported.
pub(crate) const TRANSPORT_MEMORY: Duration = Duration::from_hours(1);
/// Private joins that end for an unknown reason, or for want of a replication connection, before the transport is changed.
pub(crate) const TRANSPORT_STRIKES: u32 = 2;
/// A hint may come this long after sync has found its change by asking: broadcast takes milliseconds, changes half a second,
/// a busy server a few seconds. A channel joined for less than this has promised nothing yet.
pub(crate) const HINT_GRACE: Duration = Duration::from_secs(5);
/// Changes in a row without a hint that make a transport silent: one can be lost on the way without a word.
pub(crate) const HINT_MISSES: u32 = 2;
/// Channels on one connection: the server's default limit. Scopes beyond it are polled.
pub(crate) const MAX_CHANNELS: usize = 100;
