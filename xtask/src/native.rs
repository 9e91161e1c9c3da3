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
    command.args(["--lib", "--crate-type", crate_types, "--"]);
    if cfg!(target_os = "linux") {
        command.args(for_linker());
    }
    command.env("CARGO_ENCODED_RUSTFLAGS", for_every_crate().join("\x1f"));
    command
}

/// As in `bindings/android/build-native.sh`: relocations in the short form, ends of texts shared, no descriptions of calls.
fn for_linker() -> Vec<String> {
    let script = root().join("bindings/phone.ld");
    let script = format!("-T,{}", script.display());
    let asked = ["-z,pack-relative-relocs", "-O2", &script];
    let flags = asked.map(|ask| ["-C".to_owned(), format!("link-arg=-Wl,{ask}")]);
    flags.concat()
}

/// Beside what the environment asks for, as in `bindings/android/build-native.sh`: paths in panics that begin at a crate's
/// name, not with where this machine keeps its source; and frame pointers, which the 64-bit ARM of phones has in any case:
/// tables for unwinding are a quarter smaller with them.
fn for_every_crate() -> Vec<String> {
    let said = std::env::var("RUSTFLAGS").unwrap_or_default();
    let mut flags: Vec<String> = said.split_whitespace().map(str::to_owned).collect();
    if cfg!(target_arch = "x86_64") {
        flags.extend(["-C", "force-frame-pointers=yes"].map(str::to_owned));
    }
    for sources in sources_of_crates() {
        flags.push(format!("--remap-path-prefix={}=", sources.display()));
    }
    flags
}

/// Where cargo has unpacked the crates of others: a folder for each registry.
fn sources_of_crates() -> Vec<PathBuf> {
    let home = std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cargo"));
    let Some(cargo) = std::env::var_os("CARGO_HOME").map(PathBuf::from).or(home) else {
        return Vec::new();
    };
    let folders = fs::read_dir(cargo.join("registry/src"));
    folders.map_or_else(
        |_| Vec::new(),
        |folders| folders.flatten().map(|folder| folder.path()).collect(),
    )
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
