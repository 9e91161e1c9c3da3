//! The log where the app has one of its own already.

use rockon::{recent_log, start_log};
use rockon_core::ffi::LogLevel;

#[test]
fn another_subscriber_keeps_the_log_and_the_call_says_so() {
    let other = tracing_subscriber::registry();
    assert!(tracing::subscriber::set_global_default(other).is_ok());
    assert!(!start_log(LogLevel::Debug, None));
    tracing::error!(target: "rockon_test", "it goes to the other");
    assert!(recent_log().is_empty());
}
