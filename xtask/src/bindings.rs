//! `cargo xtask bindings`: builds the library and generates its Kotlin and Swift sides below `target/bindings`;
//! `publish` lays them where apps look for them.
//!
//! Generated code is never committed: it must come from the very library that it is used with.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::graph::{first, workspace};
use crate::suite::{Screen, root, succeeds, target};
use crate::{numbers, publish};

/// Where the parts are.
#[derive(Debug)]
pub(crate) struct Generated {
    /// `rockon_core.kt`, `Drafts.kt` and `rockon.kt`, in the folders of their packages.
    pub(crate) kotlin: PathBuf,
    /// `RockOnTypes.swift` and `RockOnCalls.swift` with a header of each, and `RockOnDrafts.swift`.
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
    // What an earlier version has generated, under other names, would be compiled too.
    let _ = std::fs::remove_dir_all(&out);
    for language in ["kotlin", "swift"] {
        if !succeeds(
            &mut generator(&library, language, &out.join(language)),
            screen,
        ) {
            return None;
        }
    }
    let drafts = [
        ("kotlin", "org/rockon/RowDrafts.kt"),
        ("swift", "RockOnDrafts.swift"),
    ];
    let finished = drafts
        .into_iter()
        .try_for_each(|(language, file)| {
            write_drafts(&library, language, &out.join(language).join(file))
        })
        .and_then(|()| one_module(&out.join("swift")))
        .and_then(|()| messages(&out.join("kotlin")))
        .and_then(|()| count_in_kotlin(&out.join("kotlin/org/rockon/rockon_core.kt")));
    if let Err(error) = finished {
        eprintln!("the generated code could not be read or written: {error}");
        return None;
    }
    Some(Generated {
        kotlin: out.join("kotlin"),
        swift: out.join("swift"),
        library,
    })
}

/// The drafts that the generator prints.
fn write_drafts(library: &Path, language: &str, path: &Path) -> std::io::Result<()> {
    let output = Command::new(library.join("rockon-bindgen"))
        .args(["drafts", language])
        .output()?;
    if !output.status.success() {
        let reason = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(std::io::Error::other(reason));
    }
    std::fs::write(path, output.stdout)
}

/// Makes the generated types fit for Kotlin: it counts in signed numbers.
fn count_in_kotlin(types: &Path) -> std::io::Result<()> {
    let text = std::fs::read_to_string(types)?;
    std::fs::write(types, numbers::kotlin(&text))
}

/// Makes the generated Swift fit for the module that apps import: types stay public and count in `Int`, calls and handles
/// do not show.
fn one_module(folder: &Path) -> std::io::Result<()> {
    for (name, fit) in [
        ("RockOnTypes.swift", numbers::swift as fn(&str) -> String),
        ("RockOnDrafts.swift", str::to_owned),
        ("RockOnCalls.swift", internal),
    ] {
        let path = folder.join(name);
        let text = fit(&std::fs::read_to_string(&path)?);
        std::fs::write(path, format!("// swift-format-ignore-file\n{text}"))?;
    }
    Ok(())
}

/// The generator's messages of errors are lists of their fields: `messageOf` of `Errors.kt` has the core's texts.
fn messages(folder: &Path) -> std::io::Result<()> {
    let path = folder.join("org/rockon/rockon_core.kt");
    let text = std::fs::read_to_string(&path)?;
    std::fs::write(path, told_by_the_core(&text))
}

/// A Kotlin file whose errors are told by the core.
fn told_by_the_core(text: &str) -> String {
    let mut message = false;
    let lines = text.lines().map(|line| {
        let code = line.trim_start();
        let indent = &line[..line.len() - code.len()];
        let getter = message && code.starts_with("get() = \"");
        message = code == "override val message";
        let code = if getter {
            "get() = messageOf(this)"
        } else {
            code
        };
        format!("{indent}{code}\n")
    });
    lines.collect()
}

/// The declarations of a Swift file, none of them for other modules.
fn internal(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let code = line.trim_start();
        let indent = &line[..line.len() - code.len()];
        let (required, code) = code
            .strip_prefix("required ")
            .map_or(("", code), |code| ("required ", code));
        let code = ["public ", "open "]
            .iter()
            .find_map(|word| code.strip_prefix(word))
            .unwrap_or(code);
        format!("{indent}{required}{code}\n")
    });
    lines.collect()
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
pub(crate) fn task(args: &[&str]) -> ExitCode {
    let places = match publish::Places::read(args) {
        Ok(places) => places,
        Err(reason) => {
            eprintln!("{reason}");
            return ExitCode::from(2);
        }
    };
    let Some(made) = build_and_generate() else {
        return ExitCode::FAILURE;
    };
    if let Some(places) = places {
        return publish::task(&made, &places);
    }
    println!("Kotlin   {}", made.kotlin.display());
    println!("Swift    {}", made.swift.display());
    println!("library  {}", made.library.display());
    ExitCode::SUCCESS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_declaration_of_an_internal_file_is_for_other_modules() {
        let text = "public protocol P {\n    func a()\n}\nopen class C: P {\n    required public init() {}\n    open func a() {}\n    public static func b() {}\n    // public is a word\n}\n";
        let hidden = "protocol P {\n    func a()\n}\nclass C: P {\n    required init() {}\n    func a() {}\n    static func b() {}\n    // public is a word\n}\n";
        assert_eq!(internal(text), hidden);
    }

    #[test]
    fn the_message_of_an_error_is_the_cores() {
        let text = "class X(val s: String) : E() {\n    override val message\n        get() = \"s=${ s }\"\n}\nget() = \"s\"\n";
        let told = text.replace("get() = \"s=${ s }\"", "get() = messageOf(this)");
        assert_eq!(told_by_the_core(text), told);
    }
}
