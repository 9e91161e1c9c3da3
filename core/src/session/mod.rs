//! The session: who is signed in, and a good access token for whoever needs one.
//!
//! Owns: sign-in, sign-up, changes of what a person signs in with, restoring without a network, refreshing ahead of
//! expiry, one refresh for many callers, and sign-out. [`policy`] and [`schedule`] are pure; [`session_store`] says what is stored; [`token`] reads claims.
//! Never: opens or closes a database, nor blocks reading it: local data is there whatever the token's state. Never shows
//! a token, password or address.
//! Invariants:
//! - New tokens are stored before they are used. A process that dies in between starts again with the old refresh token,
//!   which the server still answers with the new ones ("parent rule").
//! - Only the codes in [`policy::ENDING`], in reply to a refresh, end a session.
//! - Whatever a late answer says, it cannot undo a sign-out or a change of user: every answer is checked against the
//!   generation it was asked in, under the lock that orders the writes to the session store.
//! - Once an answer may exist, the work goes on although its caller has gone: it runs in its own task.

mod credentials;
mod enter;
mod leave;
#[cfg(feature = "testing")]
pub mod policy;
#[cfg(not(feature = "testing"))]
mod policy;
mod refresh_guard;
mod renew;
pub(crate) mod schedule;
mod secrets;
#[cfg(feature = "testing")]
pub mod session_store;
#[cfg(not(feature = "testing"))]
mod session_store;
mod shared;
mod token;
mod token_response;

pub use credentials::EmailChange;
pub use enter::SignUp;
pub use leave::SignOut;
pub use secrets::{Held, MemorySecrets, SecretError, SecretStore};
pub use shared::SessionState;
pub use token_response::Account;

pub use crate::net::IdProvider;

testing! {
    use shared::Session;
}
