//! What the benchmarks need of other tools: the library as phones get it, and the programs of Kotlin and Swift, which
//! measure in a folder that the benchmark program makes and reads.
//!
//! A tool that is not there leaves `WORD.skipped` with the reason in the folder; so does a program that fails, and then
//! the whole run fails.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::bindings::{self, Generated};
use crate::suite::{Screen, cargo, root, target};
use crate::swift::{find, there};
use crate::swift_tests;

/// The words of `cargo xtask bench` that are measured here.
const WORDS: [&str; 3] = ["kotlin", "swift", "size"];

/// Where the programs measure. In Swift's folder, because a Swift in a Debian root sees no other.
pub(crate) fn folder() -> PathBuf {
    swift_tests::out().join("bench")
}

/// Does what the words need; no word is every word. False when a program failed.
pub(crate) fn measure(words: &[&str]) -> bool {
    let wanted = |word: &str| words.is_empty() || words.contains(&word);
    if !WORDS.iter().any(|word| wanted(word)) {
        return true;
    }
    let folder = folder();
    let dir = folder.to_string_lossy();
    let mut rust = program(&["--rust", &dir]);
    if !succeeds(&mut program(&["--prepare", &dir])) {
        return false;
    }
    let built = if wanted("size") {
        size(&folder)
    } else {
        succeeds(&mut phone())
    };
    if !built {
        return false;
    }
    if !wanted("kotlin") && !wanted("swift") {
        return true;
    }
    let Some(made) = bindings::build_and_generate() else {
        return false;
    };
    let made = Generated {
        library: library(),
        ..made
    };
    let mut all = keep(&mut rust, &folder, "rust");
    if wanted("kotlin") {
        all &= kotlin(&made, &folder);
    }
    if wanted("swift") {
        all &= swift(&made, &folder);
    }
    all
}

/// The benchmark program, with optimisation.
pub(crate) fn program(args: &[&str]) -> Command {
    let mut command = cargo();
    let run = ["run", "--release", "--locked", "--package", "rockon-bench"];
    command.args(run).arg("--").args(args);
    command
}

const SHARED: &str = "librockon.so";

/// Where cargo puts the library as phones get it.
fn library() -> PathBuf {
    target().join("phone")
}

/// The library as phones get it.
fn phone() -> Command {
    compiler("cdylib,staticlib")
}

/// Without the Rust library that the package can also be: beside it cargo does not optimise across crates, which makes
/// the others a sixth larger.
fn compiler(crate_types: &str) -> Command {
    let mut command = cargo();
    let build = ["rustc", "--profile", "phone", "--locked"];
    command.args(build).args(["--package", "rockon-bindings"]);
    command.args(["--lib", "--crate-type", crate_types]);
    command.args(for_linker());
    command
}

/// Relocations in the short form, as `bindings/android/build-native.sh` asks for them.
fn for_linker() -> &'static [&'static str] {
    if cfg!(target_os = "linux") {
        &["--", "-C", "link-arg=-Wl,-z,pack-relative-relocs"]
    } else {
        &["--"]
    }
}

/// Builds it, and leaves it in the folder, with symbols and without.
fn size(folder: &Path) -> bool {
    if !cfg!(target_os = "linux") {
        return skip(folder, "size", "it is measured on Linux only") && succeeds(&mut phone());
    }
    symbols(folder)
        && succeeds(&mut phone())
        && fs::copy(library().join(SHARED), folder.join(SHARED)).is_ok()
}

/// The same with its symbols, for a look at its parts. Cargo names both alike, so this one is taken away, which also
/// makes cargo build the other one again.
fn symbols(folder: &Path) -> bool {
    if !there("nm") {
        // The table says it, and the whole can be measured without.
        return true;
    }
    let mut command = compiler("cdylib");
    command.args(["-C", "strip=none"]);
    let places = [library().join(SHARED), library().join("deps").join(SHARED)];
    for place in &places {
        let _ = fs::remove_file(place);
    }
    let to = folder.join("librockon-symbols.so");
    let made = succeeds(&mut command) && fs::copy(&places[0], to).is_ok();
    for place in &places {
        let _ = fs::remove_file(place);
    }
    made
}

fn skip(folder: &Path, word: &str, reason: &str) -> bool {
    println!("skipped: {word}: {reason}");
    fs::write(folder.join(word).with_extension("skipped"), reason).is_ok()
}

/// Runs a program and keeps what it says on its standard output.
fn keep(command: &mut Command, folder: &Path, word: &str) -> bool {
    let Ok(file) = File::create(folder.join(word).with_extension("jsonl")) else {
        return false;
    };
    if succeeds(command.stdout(Stdio::from(file))) {
        return true;
    }
    skip(folder, word, "its program failed, see above");
    false
}

fn kotlin(made: &Generated, folder: &Path) -> bool {
    if !there("mvn") || !there("java") {
        return skip(folder, "kotlin", "no Maven or no JDK on the PATH");
    }
    let mut command = Command::new("mvn");
    command
        .current_dir(root().join("bindings/kotlin"))
        .args(["--batch-mode", "--quiet", "test-compile", "exec:java@bench"])
        .arg(format!("-Dgenerated.dir={}", made.kotlin.display()))
        .arg(format!("-Dnative.dir={}", made.library.display()))
        .arg(format!("-Dexec.args={}", folder.display()));
    keep(&mut command, folder, "kotlin")
}

fn swift(made: &Generated, folder: &Path) -> bool {
    let swift = match find() {
        Ok(swift) => swift,
        Err(reason) => return skip(folder, "swift", &reason),
    };
    if swift_tests::place(made).is_err() {
        return false;
    }
    let out = swift_tests::out();
    let scratch = swift.scratch(&out).with_file_name("build-release");
    let inside = scratch.with_file_name("bench");
    let (scratch, inside) = (scratch.to_string_lossy(), inside.to_string_lossy());
    let args = ["run", "-c", "release", "--scratch-path", &scratch];
    let args = [&args[..], &["rockon-swift-bench", &inside]].concat();
    let mut command = swift.command(&args, &out, &swift_tests::library());
    keep(&mut command, folder, "swift")
}

fn succeeds(command: &mut Command) -> bool {
    crate::suite::succeeds(command, &Screen::Live)
}
