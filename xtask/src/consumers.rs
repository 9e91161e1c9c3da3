//! Apps outside of the workspace, made in temporary directories, that take the core as the quick starts say.
//!
//! Owns: the way from a published core to a program that ran. Never: a line of those programs; they are beside the READMEs,
//! in `bindings/kotlin/consumer` and `bindings/swift/consumer`; the example of the Keychain is the iOS app's own file.
//! Invariants: each finds the core by what was published for it alone; nothing of it is left in a place of the user's.

use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bindings::Generated;
use crate::publish::{self, copy_folder};
use crate::suite::{Screen, root, succeeds};
use crate::swift::Swift;
use crate::tally::Tally;

/// A directory that is gone afterwards.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str) -> io::Result<Self> {
        let path = std::env::temp_dir().join(format!("rockon-{name}-{}", std::process::id()));
        fs::create_dir_all(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Builds and runs the Kotlin app, with the jar that Maven has just made. Two programs: two tests.
pub(crate) fn kotlin(made: &Generated, screen: &Screen) -> Tally {
    counted("Kotlin", || {
        let temporary = Temporary::new("kotlin-app")?;
        let repository = temporary.0.join("repository");
        beside_local(&repository)?;
        publish::kotlin(&repository)?;
        let app = temporary.0.join("app");
        copy_folder(&root().join("bindings/kotlin/consumer"), &app, &|name| {
            name != "target"
        })?;
        let mut tally = Tally::default();
        for (goals, main) in [
            (&["compile", "exec:java"][..], "MainKt"),
            (&["exec:java"], "PromisesKt"),
        ] {
            let mut command = Command::new("mvn");
            command
                .current_dir(&app)
                .args(["--batch-mode", "--quiet"])
                .args(goals)
                .arg(format!("-Dexec.mainClass={main}"))
                .arg(format!("-Djna.library.path={}", made.library.display()))
                .arg(format!("-Dmaven.repo.local={}", repository.display()));
            tally.add(Tally::of(succeeds(&mut command, screen)));
        }
        Ok(tally)
    })
}

/// A Maven repository with all that the local one has, but nothing of ours.
fn beside_local(repository: &Path) -> io::Result<()> {
    let local = publish::local_repository().ok_or_else(|| io::Error::other("HOME is not set"))?;
    let below = repository.join("org");
    fs::create_dir_all(&below)?;
    for (from, to) in [(&local, repository), (&local.join("org"), &below)] {
        for entry in fs::read_dir(from)? {
            let name = entry?.file_name();
            if name != "org" && name != "rockon" {
                symlink(from.join(&name), to.join(&name))?;
            }
        }
    }
    Ok(())
}

/// Builds and runs the Swift app. Two programs: two tests.
pub(crate) fn swift(swift: &Swift, made: &Generated, library: &Path, screen: &Screen) -> Tally {
    counted("Swift", || {
        let temporary = Temporary::new("swift-app")?;
        publish::swift(made, &temporary.0.join("rock-on"))?;
        copy_folder(
            &root().join("bindings/swift/consumer"),
            &temporary.0.join("app"),
            &|name| name != ".build",
        )?;
        with_keychain(&temporary.0.join("app"))?;
        let seen = swift.scratch(&temporary.0);
        let (app, scratch) = (seen.with_file_name("app"), seen.to_string_lossy());
        let app = app.to_string_lossy();
        let mut tally = Tally::default();
        for program in ["App", "Promises"] {
            let args = [
                "run",
                "--package-path",
                &app,
                "--scratch-path",
                &scratch,
                program,
            ];
            let mut command = swift.command(&args, &temporary.0, library);
            tally.add(Tally::of(succeeds(&mut command, screen)));
        }
        Ok(tally)
    })
}

/// Puts the iOS app's secrets in the Keychain into this one, and the double that they are compiled against on Linux.
fn with_keychain(app: &Path) -> io::Result<()> {
    let package = root().join("ios/Package");
    let secrets = "Sources/Platform/KeychainSecrets.swift";
    fs::copy(package.join(secrets), app.join(secrets))?;
    let (double, stub) = ("Doubles/Security", "Stubs/Security");
    copy_folder(&package.join(double), &app.join(stub), &|_| true)
}

fn counted(language: &str, run: impl FnOnce() -> io::Result<Tally>) -> Tally {
    run().unwrap_or_else(|error| {
        eprintln!("the {language} app of the quick start could not be made: {error}");
        Tally::of(false)
    })
}
