//! What the room hands on, and the state it is in.

use crate::hint::Hint;
use crate::model::ScopeId;
use crate::realtime::protocol::{Transport, UpgradeReason};

/// What the sync engine hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RealtimeEvent {
    /// A scope moved. At or below the cursor it is ignored; above, it is a reason to pull.
    Hint(Hint),
    /// Hints of this scope flow from now on, for the first time or again: pull once, because nothing is replayed for the
    /// time before.
    Joined(ScopeId),
    /// The server said that something happened but not what: pull once.
    Gapped(ScopeId),
    /// The connection's state changed. While it is not [`ConnectionState::Live`], hints may be missing: poll.
    State(ConnectionState),
}

/// How well hints flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum ConnectionState {
    /// No socket and no timer, on purpose.
    Off(OffReason),
    /// On the way to the first or next connection; nothing went wrong so far.
    Connecting,
    /// Every wanted scope gets its hints, by this transport; by the slower one if any scope has to use that.
    Live(Transport),
    /// The socket is open, but `wanted - live` scopes get no hints.
    Degraded {
        /// Scopes whose hints flow.
        live: u32,
        /// Scopes whose hints should flow.
        wanted: u32,
        /// Why, as far as known.
        cause: Option<ConnectionError>,
    },
    /// The connection was lost or refused and is tried again by itself.
    Retrying(ConnectionError),
    /// Trying again by itself would not help. A new token, the foreground or a new network starts it again.
    Stopped(ConnectionError),
}

impl ConnectionState {
    /// Whether every wanted scope gets its hints, by whatever transport.
    #[must_use]
    pub fn is_live(self) -> bool {
        matches!(self, Self::Live(_))
    }
}

/// Why there is no socket on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum OffReason {
    /// The app is in the background.
    Background,
    /// The platform says there is no network.
    NoNetwork,
    /// There is nothing to listen to.
    NoScopes,
    /// Nobody is signed in.
    SignedOut,
}

/// What went wrong, as a kind: no text of the server gets further than the decoder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum ConnectionError {
    /// No connection: name not found, refused, cut, TLS failed.
    Unreachable,
    /// No answer in time: the upgrade, a heartbeat or two joins.
    Silent,
    /// The server closed the socket; the WebSocket close code, 1006 when it gave none.
    Closed(u16),
    /// The upgrade was refused; the HTTP status and what the body said.
    UpgradeRefused(u16, UpgradeReason),
    /// No token could be had for now.
    NoToken,
    /// The server does not accept the token: malformed, wrongly signed, without claims, or expired by its clock.
    TokenRefused,
    /// The policies do not let this user listen to the scope.
    NotAllowed,
    /// The project allows private channels only and refused the private one.
    PrivateOnly,
    /// The connection has as many channels as the server allows.
    TooManyChannels,
    /// Rate limit or lack of database connections on the server.
    ServerBusy,
    /// The server does not know the project.
    TenantUnknown,
    /// Realtime is switched off for the project.
    TenantDisabled,
    /// The server did not subscribe to `sync_head`: table not published, or no answer in time.
    NotSubscribed,
    /// The channel is joined, but changes happened of which no hint came. Updates may be delayed; the other transport is tried.
    NoHints,
    /// The channel was closed or crashed, or the server gave a reason that is not known here.
    ChannelFailed,
}
