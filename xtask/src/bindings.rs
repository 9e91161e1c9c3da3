//! `cargo xtask bindings`: builds the library and generates its Kotlin and Swift sides below `target/bindings`.
//!
//! Generated code is never committed: it must come from the very library that it is used with.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::graph::{first, workspace};
use crate::suite::{Screen, root, succeeds, target};

/// Where the parts are.
#[derive(Debug)]
pub(crate) struct Generated {
    /// `rockon.kt`, in the folders of its package.
    pub(crate) kotlin: PathBuf,
    /// `RockOnFFI.swift` and `rockonFFI.h`.
    pub(crate) swift: PathBuf,
    /// The library: `.so` or `.dylib`, and `.a`.
    pub(crate) library: PathBuf,
}

/// Builds the workspace and generates; `None` with the reason on the terminal when a step failed.
pub(crate) fn build_and_generate() -> Option<Generated> {
    let built = first(&mut workspace("build"));
    (built.failed == 0).then(|| generate(&Screen::Live))?
}

/// Generates from the library that was built; `None` with the reason on the screen when a step failed.
pub(crate) fn generate(screen: &Screen) -> Option<Generated> {
    let library = target().join("debug");
    let out = target().join("bindings");
    for language in ["kotlin", "swift"] {
        if !succeeds(
            &mut generator(&library, language, &out.join(language)),
            screen,
        ) {
            return None;
        }
    }
    Some(Generated {
        kotlin: out.join("kotlin"),
        swift: out.join("swift"),
        library,
    })
}

fn generator(library: &Path, language: &str, out: &Path) -> Command {
    let name = format!(
        "{}rockon{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    let mut command = Command::new(library.join("rockon-bindgen"));
    command
        .current_dir(root())
        .arg("generate")
        .arg(library.join(name))
        .args(["--language", language, "--no-format"])
        .args(["--config", "bindings/uniffi.toml"])
        .arg("--out-dir")
        .arg(out);
    command
}

/// The task: says where everything is.
pub(crate) fn task() -> ExitCode {
    let Some(made) = build_and_generate() else {
        return ExitCode::FAILURE;
    };
    println!("Kotlin   {}", made.kotlin.display());
    println!("Swift    {}", made.swift.display());
    println!("library  {}", made.library.display());
    ExitCode::SUCCESS
}
