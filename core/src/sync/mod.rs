//! Keeping this phone and the server in step: pull, push, merge, outbox, and the one task that runs them.

pub mod merge;
pub mod schedule;
pub mod wire;
