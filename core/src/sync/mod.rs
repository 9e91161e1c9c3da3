//! Keeping this phone and the server in step: pull, push, merge, outbox, and the one task that runs them.
//!
//! Owns: when to talk to the server, what is said, and what its answers mean for the local rows and edits.
//! Never: opens a socket or a database, shows anything, or decides what a member may do.
//! Invariants: pull is the only thing that brings server rows in; a mutation is applied once, however often it is sent;
//! nothing a member typed disappears without being applied, merged, kept in a conflict or rejected.

mod batch;
mod engine;
mod handle;
mod input;
pub mod merge;
mod observer;
mod pull;
mod push;
mod remote;
pub mod schedule;
mod settle;
#[cfg(test)]
mod sim;
mod trial;
mod verdict;
pub mod wire;

pub use engine::{Activity, SyncStatus};
pub use handle::SyncHandle;
pub use input::SyncOutcome;
pub use observer::{NoObserver, SyncObserver};
pub use remote::Remote;
pub use trial::{Trial, trial};
