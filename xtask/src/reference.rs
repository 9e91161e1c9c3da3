//! `cargo xtask docs`: the reference of both languages below `target/docs`, as their own tools write it.
//!
//! Owns: how `Dokka` and `DocC` are called. Never: text; that is in the comments of the core and the adapters.
//! A tool that cannot be had is named, and the other reference is made all the same.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use crate::bindings::{self, Generated};
use crate::suite::{Screen, root, succeeds, target};
use crate::swift::{Swift, find, there};
use crate::{publish, swift_tests};

/// The module that apps import.
const MODULE: &str = "RockOnCore";

/// Makes both; exit code 1 when a tool that is there failed.
pub(crate) fn task() -> ExitCode {
    let Some(made) = bindings::build_and_generate() else {
        return ExitCode::FAILURE;
    };
    let folder = target().join("docs");
    let _ = fs::remove_dir_all(&folder);
    let kotlin = kotlin(&made, &folder.join("kotlin"));
    let swift = swift(&made, &folder.join("swift"));
    if kotlin && swift {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn kotlin(made: &Generated, folder: &Path) -> bool {
    if !there("mvn") || !there("java") {
        println!("skipped: Kotlin: no Maven or no JDK on the PATH");
        return true;
    }
    let mut command = Command::new("mvn");
    command
        .current_dir(root().join("bindings/kotlin"))
        .args(["--batch-mode", "--quiet", "dokka:dokka"])
        .arg(format!("-Dgenerated.dir={}", made.kotlin.display()))
        .arg(format!("-Dreference.dir={}", folder.display()));
    said(
        succeeds(&mut command, &Screen::Live),
        "Kotlin",
        &folder.join("index.html"),
    )
}

/// Swift's compiler writes what is public, `DocC` makes pages of it.
fn swift(made: &Generated, folder: &Path) -> bool {
    let swift = match find() {
        Ok(swift) => swift,
        Err(reason) => {
            println!("skipped: Swift: {reason}");
            return true;
        }
    };
    let Some(docc) = swift.tool("docc") else {
        println!("skipped: Swift: its toolchain has no docc");
        return true;
    };
    let out = swift_tests::out();
    let made = swift_tests::place(made).is_ok()
        && graphs(&swift, &out)
        && pages(&swift, &docc, &out)
        && fs::create_dir_all(folder).is_ok()
        && publish::copy_folder(&out.join(PAGES), folder, &|_| true).is_ok();
    said(made, "Swift", folder)
}

/// Folders in that of Swift.
const GRAPHS: &str = "graphs";
const PAGES: &str = "pages";

/// What is public in our module, as the compiler writes it.
fn graphs(swift: &Swift, out: &Path) -> bool {
    let folder = out.join(GRAPHS);
    let _ = fs::remove_dir_all(&folder);
    let (scratch, at) = (swift.scratch(out), swift.inside(out, GRAPHS));
    let scratch = scratch.with_file_name("build-reference");
    let scratch = scratch.to_string_lossy();
    let mut args = vec!["build", "--scratch-path", &scratch, "--target", MODULE];
    for option in ["-emit-symbol-graph", "-emit-symbol-graph-dir", &at] {
        args.extend(["-Xswiftc", option]);
    }
    let mut build = swift.command(&args, out, &swift_tests::library());
    fs::create_dir_all(&folder).is_ok() && succeeds(&mut build, &Screen::Live) && only_ours(&folder)
}

fn pages(swift: &Swift, docc: &str, out: &Path) -> bool {
    let _ = fs::remove_dir_all(out.join(PAGES));
    let (graphs, pages) = (swift.inside(out, GRAPHS), swift.inside(out, PAGES));
    let mut args = vec!["convert", "--additional-symbol-graph-dir", &graphs];
    args.extend(["--fallback-display-name", MODULE]);
    args.extend(["--fallback-bundle-identifier", "org.rockon.core"]);
    args.extend(["--output-path", &pages]);
    let mut convert = swift.program(docc, &args, out, &swift_tests::library());
    succeeds(&mut convert, &Screen::Live)
}

/// The compiler writes a graph of each module that it builds; the reference is of one.
fn only_ours(graphs: &Path) -> bool {
    let Ok(entries) = fs::read_dir(graphs) else {
        return false;
    };
    let mut ours = false;
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(MODULE) {
            ours = true;
        } else if fs::remove_file(entry.path()).is_err() {
            return false;
        }
    }
    ours
}

fn said(made: bool, language: &str, place: &Path) -> bool {
    if made {
        println!("{language:<8} {}", place.display());
    } else {
        eprintln!("{language}: no reference was made, see above");
    }
    made
}
