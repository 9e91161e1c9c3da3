//! Tests and format of `ios/Package`, the app but for its `@main`, over doubles of Apple's modules.
//!
//! Owns: building it with the core's library, running its tests, and the format of its files.
//! Never: Xcode, a simulator or a phone; those are for a Mac.
//! Invariant: the generated Swift lies in `bindings/swift` already, made from the library beside it.

use std::io;
use std::path::PathBuf;

use crate::bindings::Generated;
use crate::suite::{Screen, run, succeeds, target};
use crate::swift::{self, Swift};
use crate::swift_tests::{library, place};
use crate::tally::Tally;

/// The package, from the top of the repository.
const PACKAGE: &str = "ios/Package";

/// Runs them, where there is a Swift.
pub(crate) fn test(found: &Result<Swift, String>, scenario_server: &str, screen: &Screen) -> Tally {
    let mut tally = Tally::default();
    let swift = match found {
        Ok(swift) => swift,
        Err(reason) => {
            tally.skipped.push(format!("iOS: {reason}"));
            return tally;
        }
    };
    tally.add(lint(swift, screen));
    let out = out();
    let scratch = swift.inside(&out, "build");
    // Warnings are errors by the package's own settings on Linux.
    let args = ["test", "--scratch-path", &scratch];
    let mut command = swift.command_in(PACKAGE, &args, &out, &library());
    command.env("ROCKON_SCENARIO_SERVER", scenario_server);
    let read = &mut |tally: &mut Tally, line: &str| {
        tally.read_swift_line(line);
        true
    };
    tally.add(run(&mut command, screen, read));
    tally
}

/// The states of all screens as pages for a browser; the folder where they are.
pub(crate) fn pages(made: &Generated) -> io::Result<PathBuf> {
    place(made)?;
    let swift = swift::find().map_err(io::Error::other)?;
    let pages = out().join("pages");
    let _ = std::fs::remove_dir_all(&pages);
    std::fs::create_dir_all(&pages)?;
    let scratch = swift.inside(&out(), "build");
    let args = [
        "test",
        "--scratch-path",
        &scratch,
        "--filter",
        "everyStateIsDrawn",
    ];
    let mut command = swift.command_in(PACKAGE, &args, &out(), &library());
    command.env("ROCKON_PICTURES", swift.inside(&out(), "pages"));
    if succeeds(&mut command, &Screen::Live) {
        return Ok(pages);
    }
    Err(io::Error::other("the tests that draw did not pass"))
}

/// Everything that is made. Apart from the module's own: the two packages have other flags.
fn out() -> PathBuf {
    target().join("ios-out")
}

/// `swift format` counts as one test.
fn lint(swift: &Swift, screen: &Screen) -> Tally {
    let args = ["format", "lint", "--strict", "--recursive"];
    let what = ["Sources", "Tests", "Doubles", "Package.swift", "../RockOn"];
    let args = [&args[..], &what[..]].concat();
    let mut command = swift.command_in(PACKAGE, &args, &out(), &library());
    let mut tally = Tally::default();
    if succeeds(&mut command, screen) {
        tally.passed = 1;
    } else {
        tally.failed = 1;
    }
    tally
}
