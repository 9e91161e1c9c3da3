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
pub(crate) mod merge;
mod observer;
mod pull;
mod push;
mod remote;
#[cfg(feature = "testing")]
pub mod schedule;
#[cfg(not(feature = "testing"))]
pub(crate) mod schedule;
mod settle;
mod trial;
mod verdict;
pub(crate) mod wire;

#[cfg(feature = "testing")]
pub use engine::ManualEngine;
pub use engine::{Activity, SyncStatus};
pub use input::SyncOutcome;

testing! {
    use handle::SyncHandle;
    use remote::Remote;
}
#[cfg(test)]
pub(crate) use observer::NoObserver;
pub(crate) use observer::SyncObserver;
pub(crate) use trial::{Trial, trial};
