//! The session: who is signed in, and a good access token for whoever needs one.
//!
//! Owns: sign-in, sign-up, restoring without a network, refreshing ahead of expiry, one refresh for many callers, and
//! sign-out. [`policy`] and [`schedule`] are pure; [`vault`] says what is stored; [`token`] reads claims.
//! Never: opens or closes a database, nor blocks reading it: local data is there whatever the token's state. Never shows
//! a token, password or address.
//! Invariants:
//! - New tokens are stored before they are used. A process that dies in between starts again with the old refresh token,
//!   which the server still answers with the new ones ("parent rule").
//! - Only the codes in [`policy::ENDING`], in reply to a refresh, end a session.
//! - Whatever a late answer says, it cannot undo a sign-out or a change of user: every answer is checked against the
//!   generation it was asked in, under the lock that orders the writes to the vault.
//! - Once an answer may exist, the work goes on although its caller has gone: it runs in its own task.

mod enter;
mod gate;
mod grant;
mod leave;
pub mod policy;
mod renew;
pub mod schedule;
mod secrets;
mod shared;
pub mod token;
pub mod vault;

pub use enter::SignUp;
pub use grant::{Account, Tokens};
pub use leave::SignOut;
pub use renew::ACCOUNT_GONE;
pub use secrets::{Held, MemorySecrets, SecretFault, SecretStore};
pub use shared::{Session, SessionState};

pub use crate::net::LogoutScope;
