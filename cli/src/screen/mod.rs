//! The terminal view: one phone, or two side by side.
//!
//! Owns: what is drawn ([`model`], [`dialog`]), how ([`draw`], [`layout`]), and what a key means ([`keys`]). All of it is
//! pure: state and key give a state and an [`effect`], which the program carries out; it fills the model from the clients'
//! feeds.
//! Never: talks to a client, a server or the real terminal.

pub(crate) mod dialog;
pub(crate) mod draw;
pub(crate) mod effect;
pub(crate) mod form;
mod help;
pub(crate) mod input;
pub(crate) mod keys;
mod layout;
pub(crate) mod list;
pub(crate) mod model;
mod reading;
pub(crate) mod sheet;
mod wrap;

#[cfg(test)]
mod tests;
