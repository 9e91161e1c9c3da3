//! Simulation: real engines on real stores against a model of the server, with every fault that a network and a phone
//! can have, in virtual time. Seeded: a failing history is run again by its seed.

#[expect(
    clippy::too_many_lines,
    reason = "the set-up and the check of a history are read in one piece"
)]
mod histories;
mod phone;
mod run;
#[expect(
    clippy::too_many_lines,
    reason = "laid out like the protocol, to be compared with it"
)]
mod server;

/// A rule of sync that a test leaves out, to show that the histories notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// All rules hold.
    None,
    /// Publish only what has reached the head of its own snapshot. Left out: every page passes for the last one.
    PublishAtOwnHead,
}
