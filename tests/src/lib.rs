//! What the integration tests share: a database cluster, projects on it, phones.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking and says why on stderr"
)]
