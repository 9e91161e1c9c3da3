//! The core for Kotlin and Swift.
//!
//! Owns: which part of the core crosses (what a phone's screens need), how its types look there, and calling back.
//! Never: decides anything; a method is one line of delegation. Never `unsafe`, never a panic across the boundary.
//! Invariants: every call that may touch the disk or the network is `async` and runs on the client's own runtime to its
//! end, whether or not the caller still waits; a listener is called by one thread at a time, in order; lists cross in
//! batches.

#![allow(
    clippy::needless_pass_by_value,
    unreachable_pub,
    reason = "exported functions take owned values and live in private modules"
)]

mod client;
mod error;
mod listen;
mod log;
mod mirror;
mod secrets;

pub use client::Client;
pub use listen::*;
pub use log::{LogLevel, LogLine, LogSink, recent_log, start_log};
pub use mirror::{Json, Words};
pub use secrets::{PlatformError, SecretStore};

uniffi::setup_scaffolding!("rockon");

/// Version of the core, such as `0.1.0`.
#[uniffi::export]
pub fn core_version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
