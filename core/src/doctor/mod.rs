//! The doctor: when it does not work, it names the first broken layer.
//!
//! Owns: an ordered list of checks (services, network, auth, app), each with evidence and one fix, and the report.
//! It grew out of an incident: services had been stopped, and hours went into application code before anyone looked there.
//! Never: changes anything of anybody's, and never fails; what goes wrong while looking is a finding. Evidence holds
//! statuses, machine-readable codes and numbers: no token, title or address of a person.
//! Invariants: once a layer is broken, higher layers are "not judged": nothing is blamed for what lies below it. What was
//! not judged is never called well.

mod checks;
mod probe;
mod report;

#[cfg(test)]
mod tests;

pub use report::{Check, CheckStatus, DoctorReport, Layer};

pub(crate) use checks::{
    EchoSeen, Evidence, LocalSeen, PullSeen, RowSeen, Seen, SessionSeen, TransportSeen, judge,
};
#[cfg(feature = "testing")]
pub use probe::NEEDS_SCHEMA;
pub(crate) use probe::{ask_for_echo, look, look_as_member};
