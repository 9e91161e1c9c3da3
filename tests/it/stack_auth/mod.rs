//! The auth service: the conformance cases S 113 to 126, and what was recorded from a real server.

mod address;
mod attempts;
mod cases;
mod id_token;
mod mail;
mod replay;
mod transcript;
