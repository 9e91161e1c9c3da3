//! Tests and format of `bindings/swift`.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::bindings::Generated;
use crate::consumers;
use crate::suite::{Screen, root, run, succeeds, target};
use crate::swift::Swift;
use crate::tally::Tally;

/// The generated files, and where the package looks for them. They are ignored by git.
const PLACES: [(&str, &str); 5] = [
    ("RockOnTypes.swift", "Sources/RockOn/Generated"),
    ("RockOnDrafts.swift", "Sources/RockOn/Generated"),
    ("RockOnCalls.swift", "Sources/RockOn/Generated"),
    ("rockonCoreFFI.h", "Sources/rockonFFI/include"),
    ("rockonFFI.h", "Sources/rockonFFI/include"),
];

/// It compares the threads of the process before and after, so it runs alone; all others run beside each other.
const COUNTS_THREADS: &str = "subscriptionsLeaveNothingBehind";

/// Runs them, where there is a Swift.
pub(crate) fn test(
    found: &Result<Swift, String>,
    made: &Generated,
    scenario_server: &str,
    log: &Path,
    screen: &Screen,
) -> Tally {
    let mut tally = Tally::default();
    let swift = match found {
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
    tally.add(lint(swift, screen));
    tally.add(consumers::swift(swift, made, &library(), screen));
    match played(swift, scenario_server, log, screen) {
        Ok(tests) => tally.add(tests),
        Err(error) => {
            eprintln!("the log of scenarios could not be written: {error}");
            tally.failed += 1;
        }
    }
    tally
}

/// The tests themselves. Their lines for the table of scenarios go to a file in Swift's folder, then to `log`.
fn played(
    swift: &Swift,
    scenario_server: &str,
    log: &Path,
    screen: &Screen,
) -> std::io::Result<Tally> {
    let mut tally = Tally::default();
    let out = out();
    let own_log = out.join("scenarios.log");
    // Opened for appending by the tests.
    std::fs::create_dir_all(&out)?;
    std::fs::write(&own_log, "")?;
    let scratch = swift.scratch(&out).to_string_lossy().into_owned();
    for which in ["--skip", "--filter"] {
        let args = ["test", "--scratch-path", &scratch, which, COUNTS_THREADS];
        let mut command = swift.command(&args, &out, &library());
        command.env("ROCKON_SCENARIO_SERVER", scenario_server);
        let read = &mut |tally: &mut Tally, line: &str| {
            tally.read_swift_line(line);
            true
        };
        tally.add(run(&mut command, screen, read));
    }
    let all = OpenOptions::new().create(true).append(true).open(log);
    all?.write_all(&std::fs::read(&own_log)?)?;
    Ok(tally)
}

/// Everything that Swift makes.
pub(crate) fn out() -> PathBuf {
    target().join("swift-out")
}

/// In a folder of its own: a linker prefers the shared library of the same name that would lie beside it.
pub(crate) fn library() -> PathBuf {
    target().join("bindings/swift-library")
}

/// Puts the generated files into a package.
pub(crate) fn place_in(package: &Path, made: &Generated) -> std::io::Result<()> {
    for (name, folder) in PLACES {
        let folder = package.join(folder);
        std::fs::create_dir_all(&folder)?;
        std::fs::copy(made.swift.join(name), folder.join(name))?;
    }
    Ok(())
}

pub(crate) fn place(made: &Generated) -> std::io::Result<()> {
    place_in(&root().join("bindings/swift"), made)?;
    let alone = library();
    std::fs::create_dir_all(&alone)?;
    std::fs::copy(made.library.join("librockon.a"), alone.join("librockon.a"))?;
    Ok(())
}

/// An earlier task has put everything in its place.
pub(crate) fn is_placed() -> bool {
    let package = root().join("bindings/swift");
    PLACES
        .iter()
        .all(|(name, folder)| package.join(folder).join(name).exists())
        && library().join("librockon.a").exists()
}

/// `swift format` counts as one test.
fn lint(swift: &Swift, screen: &Screen) -> Tally {
    let mut tally = Tally::default();
    let args = ["format", "lint", "--strict", "--recursive"];
    let what = [
        "Sources/RockOn",
        "Examples",
        "Bench",
        "Tests",
        "consumer",
        "published",
        "Package.swift",
    ];
    let args = [&args[..], &what[..]].concat();
    let mut command = swift.command(&args, &out(), &library());
    if succeeds(&mut command, screen) {
        tally.passed = 1;
    } else {
        tally.failed = 1;
    }
    tally
}
