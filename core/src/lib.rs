//! Rock-On core: what a band's phones share.
//!
//! It keeps the session, listens for realtime hints, pulls and pushes changes, keeps every row in `SQLite`, tracks what
//! the member has not yet read and tells them about it. User interfaces only draw what its feeds deliver.
//!
//! `ARCHITECTURE.md` at the top of the repository is the map of the modules and says who may import whom;
//! `docs/sync-protocol.md` is the contract with the server.

// Without the feature, what only tests ask for is of this crate alone, and the compiler says what nobody uses.
#![cfg_attr(
    not(feature = "testing"),
    allow(unreachable_pub, reason = "public to tests alone")
)]

/// Gives names to tests, benchmarks and the simulation: public with the feature `testing`, else of this crate alone.
macro_rules! testing {
    ($(use $module:ident::$names:tt;)*) => {$(
        #[cfg(feature = "testing")]
        pub use $module::$names;
        #[cfg(not(feature = "testing"))]
        pub(crate) use $module::$names;
    )*};
}

pub mod client;
pub mod config;
pub mod doctor;
pub mod error;
pub mod feed;
#[cfg(feature = "ffi")]
pub mod ffi;
pub mod gig;
#[cfg(feature = "testing")]
pub mod hint;
#[cfg(not(feature = "testing"))]
mod hint;
pub mod model;
#[cfg(feature = "testing")]
pub mod net;
#[cfg(not(feature = "testing"))]
mod net;
pub mod notices;
#[cfg(feature = "testing")]
pub mod platform;
#[cfg(not(feature = "testing"))]
mod platform;
pub mod realtime;
pub mod redact;
pub mod session;
pub mod speech;
pub mod store;
pub mod sync;
pub mod time;
pub mod transfer;

pub use error::{Error, Result};
pub use net::tls::client_config_with;

#[cfg(feature = "ffi")]
uniffi::setup_scaffolding!("rockon_core");

/// The version of the core: a newer one may read what this one cannot.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
