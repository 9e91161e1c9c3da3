//! Threads: one writer, a few readers, bounded queues between them and the async callers.
//!
//! Invariants: every write goes through the one writer thread, one transaction at a time; a reader never waits for the
//! writer. A long pull runs as many short transactions and lets waiting edits in between them; while it commits, the
//! readers keep the earlier snapshot, so that screens see all of it or nothing. Dropping the last handle on any
//! thread ends the threads: the queues close, each thread finishes what it has and closes its connection. The writer
//! opens the files and lets them go (`opened.rs`); the threads stay.

mod opened;
mod pull;
mod purge;
mod reader;
mod steps;
mod writer;

use pull::resume;
pub(super) use pull::{Finish, pull};
pub(super) use reader::{ReadJob, ReaderThread};
pub(super) use writer::{ShortJob, Writer, WriterCommand, start};

/// Commands that wait for a thread; above it the caller waits.
pub(super) const QUEUE: usize = 64;

#[cfg(test)]
mod tests;
