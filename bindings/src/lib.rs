//! The core for Kotlin and Swift.
//!
//! Owns: which calls and feeds of the core cross (what a phone's screens need), and what the platform gives: a store of
//! secrets, a log. How a type crosses is said beside it in the core.
//! Never: decides anything; what crosses as it is in the core is one line of `calls!`. Never `unsafe`, never a panic across the boundary.
//! Invariants: every call that may touch the disk or the network is `async` and runs on the client's own runtime to its
//! end, whether or not the caller still waits; feeds are pulled, in batches.

#![allow(
    clippy::needless_pass_by_value,
    unreachable_pub,
    reason = "exported functions take owned values and live in private modules"
)]

mod client;
mod feeds;
mod log;
mod secrets;
mod texts;

use rockon_core::model::Values;

pub use client::Client;
pub use feeds::{Batch, BatchStep, Items, Subscription};
pub use log::{PlatformLog, recent_log, start_log};
pub use secrets::{PlatformError, PlatformSecrets};
pub use texts::*;

uniffi::setup_scaffolding!("rockon");
rockon_core::uniffi_reexport_scaffolding!();
uniffi::use_remote_type!(rockon_core::Values);

/// Version of the core, such as `0.1.0`.
#[uniffi::export]
pub fn core_version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
