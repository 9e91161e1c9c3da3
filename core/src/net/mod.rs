//! The way to the server: one TLS set-up and one HTTP client.
//!
//! Owns: every HTTP request the core makes ([`Http`]), the TLS configuration that HTTP and the web socket share
//! ([`tls::client_config_with`]), telling who answered ([`answer`]) and turning failures into [`crate::Error`] ([`verdict`]).
//! Never: repeats a request, keeps a session or decides when to call; callers do. Never follows a redirect, never uses a
//! proxy (the web socket could not follow it), never writes a body, a token or a query string into an error or a log.
//! Invariants: an answer longer than [`MAX_BODY`] after decompression is never held in memory; every request ends by a
//! time-out; only [`Unreached`] and the answer's shape decide the error, never a server's free text.

pub(crate) mod answer;
mod auth;
mod date;
mod http;
mod raw;
pub mod tls;
pub(crate) mod verdict;

pub use auth::{
    AuthCall, CodeMessage, CodePurpose, CredentialChange, Credentials, IdProvider, LogoutScope,
};
pub(crate) use http::percent_encoded;
pub use http::{Bearer, Http, Timeouts};
#[cfg(feature = "testing")]
pub use raw::MAX_BODY;
pub use raw::{RawAnswer, Unreached};
