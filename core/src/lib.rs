//! Rock-On core: what a band's phones share.
//!
//! It keeps the session, listens for realtime hints, pulls and pushes changes, keeps every row in `SQLite`, tracks what
//! the member has not yet read and tells them about it. User interfaces only draw what its feeds deliver.
//!
//! `ARCHITECTURE.md` at the top of the repository is the map of the modules and says who may import whom;
//! `docs/sync-protocol.md` is the contract with the server.

pub mod client;
pub mod config;
pub mod doctor;
pub mod error;
pub mod feed;
pub mod hint;
pub mod model;
pub mod net;
pub mod notices;
pub mod platform;
pub mod realtime;
pub mod redact;
pub mod session;
pub mod store;
pub mod sync;
pub mod time;
pub mod transfer;

pub use error::{Error, Result};

/// The version of the core: a newer one may read what this one cannot.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
