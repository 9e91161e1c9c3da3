//! Realtime: learns within a moment that a scope has moved, and never more than that.
//!
//! Owns: the wire format ([`protocol`], pure), the decisions ([`machine`], pure), the socket and the task that joins the
//! two. What leaves are hints, joins and gaps, by [`Hints`](crate::hint::Hints), and the state of the connection.
//! Never: carries a row, touches the store, or decides what to pull. A hint is a reason to ask, not an answer, so a lost,
//! late, doubled or forged one costs time or one request and nothing else.
//! Invariants: at most one live join per scope; no timer and no request in the background; every queue is bounded.
//!
//! Which messages exist and how the server behaves was observed on a running server; rules taken from there name the
//! case (`c28` and so on) that the tests of this module repeat.

mod driver;
pub(crate) mod event;
pub(crate) mod machine;
#[cfg(feature = "testing")]
pub mod protocol;
#[cfg(not(feature = "testing"))]
pub(crate) mod protocol;
mod socket;
mod token;

pub use event::{ConnectionError, ConnectionState, OffReason};
pub use protocol::{Transport, UpgradeReason};

testing! {
    use driver::{Realtime, Setup, TokenFuture, TokenSource};
    use socket::Endpoint;
    use token::AccessToken;
}
pub(crate) use socket::{Opening, opens};
