//! The official JavaScript client against the local stack, alone and beside a phone of ours. Its version is pinned in
//! `tests/js/package.json`.

mod auth;
mod phones;
mod realtime;
mod rest;
