//! The auth service: the conformance cases S 113 to 126, and what was recorded from a real server.

mod cases;
mod replay;
mod transcript;
