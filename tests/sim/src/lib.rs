//! Simulation: real engines on real stores against a model of the server, with every fault that a network and a phone
//! can have, in virtual time. Seeded: a failing history is run again by its seed.
//!
//! One simulated run (history; `histories`): two phones and the web app edit, move, delete and bring back a few rows of two bands and put
//! songs into lists, and members read them; sometimes both phones have seen the same and do what crosses
//! (`histories/cross`); in a quarter of the histories the first member has a second phone, with its own file and client id;
//! hints are lost, doubled, late and out of order; calls are lost before or after the server has acted; phones are killed
//! in a call, between any two commits of a job (then in steps of two items, so that there are many), and again while they
//! finish at the next start what was left half done; members leave, join, become viewers; values are refused, then
//! retried or given up; epochs change and logs are pruned; in some, a phone or the server goes back to its backup. Then
//! everything heals, and at quiet each phone must show the server's rows, stand at the heads, have nothing to send, count
//! unread rows as a recount does, know every read mark of the server, no typed text may have vanished (`typed`), none
//! been written twice, and no list may name a song that was deleted by somebody who did not know it to be there
//! (`server/uses`).
//! What it has told must be what people did (`histories/feed`, `histories/fold`, `histories/members`): every change of
//! another person in what it has pulled once, in his own values, with no other's; what became of own edits as the server
//! answered them; and a notice that asks for a choice stands as long as there is something to choose (`histories/truth`).
//! After each step own edits must be shown, and nothing older after their answer.
//! `server` is the protocol in memory, `line` the faults of calls, `phone` a phone, `run` the runner. `controls` leaves out
//! one rule (`Rule`) at a time and must see histories end wrong. `restored` is what chance meets too seldom.
//!
//! Not modelled: power cuts that take commits back (`Durability::Normal`); edits let in between the steps of a pull. Two
//! phones of one member that begin before the read-up-to mark of either has reached the other may keep different read-up-to marks.
//!
//! Not felt alone: that a cursor above the head is void. Only a restored server has such cursors, and it has new epochs.

#[cfg(test)]
mod controls;
#[cfg(test)]
#[expect(
    clippy::too_many_lines,
    reason = "the set-up and the check of a history are read in one piece"
)]
mod histories;
#[cfg(test)]
mod line;
#[cfg(test)]
mod phone;
#[cfg(test)]
mod restored;
#[cfg(test)]
mod rule;
#[cfg(test)]
mod run;
#[cfg(test)]
#[expect(
    clippy::too_many_lines,
    reason = "laid out like the protocol, to be compared with it"
)]
mod server;
#[cfg(test)]
mod typed;

#[cfg(test)]
use rule::Rule;
