//! The realtime server of the local stack against the protocol's server cases (`sNNN`). Where the observed server
//! differs from the protocol file, the observed one is tested and the test says so.

mod bindings;
mod broadcasts;
mod changes;
mod handshake;
mod harness;
mod hints;
mod joins;
mod outages;
mod presences;
mod replay;
mod tokens;
