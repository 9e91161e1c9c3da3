//! Simulation: real engines on real stores against a model of the server, with every fault that a network and a phone
//! can have, in virtual time. Seeded: a failing history is run again by its seed.
//!
//! One history (`histories`): two phones and the web app edit, move, delete and bring back a few rows of two bands;
//! hints are lost, doubled, late and out of order; calls are lost before or after the server has acted; phones are killed
//! in a call; members leave, join, become viewers; values are refused, then retried or given up; epochs change and logs are
//! pruned. Then everything heals, and at quiet each phone must show the server's rows, stand at the heads, have nothing
//! to send, count unread rows as a recount does, and no typed text may have vanished (`typed`).
//! `server` is the protocol in memory, `phone` a phone with its line, `run` the runner and the controls: each leaves out
//! one rule ([`Rule`]) and must see histories end wrong.
//!
//! Not modelled: read marks on the server, two devices of one member, a restored backup (`client_reset`), power cuts
//! between two commits of one pull, more than 400 items in a publish outside of a reset.

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
mod typed;

pub(crate) use crate::store::rules::Rule;
