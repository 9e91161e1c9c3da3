//! The terminal view: two phones side by side.
//!
//! Owns: what is drawn ([`model`]), how ([`draw`]), and what a key means ([`keys`]). All of it pure: the program fills
//! the model from the clients' feeds and carries out the actions.
//! Never: talks to a client, a server or the real terminal.

pub(crate) mod draw;
pub(crate) mod keys;
pub(crate) mod model;

#[cfg(test)]
mod tests;
