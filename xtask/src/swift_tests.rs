//! Tests and format of `bindings/swift`.

use std::path::Path;

use crate::bindings::Generated;
use crate::suite::{root, run, succeeds, target};
use crate::swift::{Swift, find};
use crate::tally::Tally;

/// The generated files, and where the package looks for them. They are ignored by git.
const PLACES: [(&str, &str); 2] = [
    ("RockOnFFI.swift", "Sources/RockOnFFI/RockOnFFI.swift"),
    ("rockonFFI.h", "Sources/rockonFFI/include/rockonFFI.h"),
];

/// Runs them, where there is a Swift or one can be brought.
pub(crate) fn test(made: &Generated, stage: &str, log: &Path) -> Tally {
    let mut tally = Tally::default();
    let swift = match find() {
        Ok(swift) => swift,
        Err(reason) => {
            tally.skipped.push(format!("Swift: {reason}"));
            return tally;
        }
    };
    if let Err(error) = place(made) {
        eprintln!("the generated Swift could not be put in its place: {error}");
        tally.failed = 1;
        return tally;
    }
    tally.add(lint(&swift));
    let package = swift.project().join("bindings/swift");
    let scratch = swift.target().join("swift");
    let library = swift.target().join("bindings/swift-library");
    let scenarios = swift.project().join("tests/scenarios");
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let log = swift.target().join(log.file_name().unwrap_or_default());
    let mut command = swift.command(
        &[
            "test",
            "--package-path",
            &text(&package),
            "--scratch-path",
            &text(&scratch),
        ],
        &[
            ("ROCKON_STAGE", stage),
            ("ROCKON_LIBRARY", &text(&library)),
            ("ROCKON_SCENARIOS", &text(&scenarios)),
            ("ROCKON_SCENARIO_LOG", &text(&log)),
        ],
    );
    tally.add(run(&mut command, Tally::read_swift_line));
    tally
}

fn place(made: &Generated) -> std::io::Result<()> {
    for (from, to) in PLACES {
        let to = root().join("bindings/swift").join(to);
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::copy(made.swift.join(from), to)?;
    }
    // In a folder of its own: a linker prefers the shared library of the same name that lies beside it.
    let alone = target().join("bindings/swift-library");
    std::fs::create_dir_all(&alone)?;
    std::fs::copy(made.library.join("librockon.a"), alone.join("librockon.a"))?;
    Ok(())
}

/// `swift format` counts as one test.
fn lint(swift: &Swift) -> Tally {
    let mut tally = Tally::default();
    let package = swift.project().join("bindings/swift");
    let path = |name: &str| package.join(name).to_string_lossy().into_owned();
    let mut command = swift.command(
        &[
            "format",
            "lint",
            "--strict",
            "--recursive",
            &path("Sources/RockOn"),
            &path("Sources/RockOnValues"),
            &path("Examples"),
            &path("Bench"),
            &path("Tests"),
            &path("Package.swift"),
        ],
        &[],
    );
    if succeeds(&mut command) {
        tally.passed = 1;
    } else {
        tally.failed = 1;
    }
    tally
}
