//! A browser for the tests of pages: the one on the `PATH`, or, on Debian as root, Debian's Chromium.
//!
//! Where there is none the tests are skipped by name; they look for one themselves (`tests/src/js.rs`).

use crate::debian;
use crate::swift::there;

/// Names of a Chromium on the `PATH`.
const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// The one that is there.
pub(crate) fn name() -> Option<&'static str> {
    NAMES.into_iter().find(|name| there(name))
}

/// Brings a browser unless there is one, or says why not.
pub(crate) fn bring() {
    if name().is_some() || !debian::can_install() {
        return;
    }
    println!("bringing Chromium once: 160 MB of Debian's packages, about a minute");
    if let Err(step) = debian::install(&["chromium"], "apt-get install chromium") {
        eprintln!("no browser could be brought: {step}");
    }
}
