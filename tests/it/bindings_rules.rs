//! The rules of `bindings/`: what depends on what, and what the packages for phones say.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::architecture::files;

fn code<'a>(text: &'a str, comment: &'a str) -> impl Iterator<Item = &'a str> {
    text.lines()
        .filter(move |line| !line.trim_start().starts_with(comment))
}

/// Files below `under` in which a line of code holds one of `words`.
fn with(under: &str, extensions: &[&str], words: &[&str]) -> Vec<String> {
    files(under, extensions)
        .into_iter()
        .filter(|(path, _)| !path.contains("/generated/") && !path.contains("/.build/"))
        .filter(|(_, text)| {
            code(text, "//").any(|line| words.iter().any(|word| line.contains(word)))
        })
        .map(|(path, _)| path)
        .collect()
}

#[test]
fn the_bindings_depend_on_the_core_only_and_nobody_else_names_uniffi() {
    let manifests = files("", &["Cargo.toml"]);
    for (path, text) in &manifests {
        let ours = path.starts_with("bindings/") || path == "Cargo.toml";
        let names = code(text, "#").any(|line| line.trim_start().starts_with("uniffi"));
        assert!(
            ours || !names || path == "core/Cargo.toml",
            "{path} names uniffi"
        );
    }
    let (_, text) = manifests
        .iter()
        .find(|(path, _)| path == "bindings/Cargo.toml")
        .unwrap();
    let shipped = text.split("[dev-dependencies]").next().unwrap();
    let rooms: BTreeSet<_> = code(shipped, "#")
        .filter(|line| line.starts_with("rockon-"))
        .collect();
    assert_eq!(
        rooms,
        BTreeSet::from([r#"rockon-core = { workspace = true, features = ["ffi"] }"#])
    );
    assert!(
        text.contains("[lints]\nworkspace = true"),
        "unsafe is forbidden by the workspace"
    );
    let elsewhere = with("", &[".rs"], &["uniffi::"]);
    let elsewhere = elsewhere.iter().filter(|path| {
        let checks = path.contains("architecture") || path.contains("_rules");
        // What the core may say of it is checked with the import rules.
        !path.starts_with("bindings/") && !path.starts_with("core/src/") && !checks
    });
    assert_eq!(elsewhere.count(), 0);
}

#[test]
fn the_kotlin_module_knows_no_android() {
    let words = ["import android.", "import androidx."];
    assert_eq!(with("bindings/kotlin", &[".kt", ".kts"], &words), [""; 0]);
}

#[test]
fn generated_code_is_named_by_the_adapters_only() {
    let kotlin = with("", &[".kt"], &["org.rockon.ffi"]);
    let swift = with("bindings", &[".swift"], &["import rockonFFI"]);
    assert!(!kotlin.is_empty());
    assert!(
        kotlin
            .iter()
            .all(|path| path.starts_with("bindings/kotlin/src/"))
    );
    assert_eq!(swift, [""; 0], "only the generated code names the library");
}

#[test]
fn the_swift_package_is_checked_by_the_compiler_and_knows_no_swift_ui() {
    let words = ["@unchecked", "import SwiftUI", "nonisolated(unsafe)"];
    assert_eq!(with("bindings", &[".swift", ".kt"], &words), [""; 0]);
}

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::read_to_string(root.join(path)).unwrap()
}

/// Between two marks of a compiled example, without the indent of what is around it.
fn example(path: &str, begin: &str, end: &str) -> String {
    let text = read(path);
    let (_, rest) = text.split_once(begin).expect("the example begins");
    let (lines, _) = rest.split_once(end).expect("the example ends");
    let indent = lines.len() - lines.trim_start_matches(' ').len();
    let lines = lines
        .lines()
        .map(|line| line.get(indent..).unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

#[test]
fn the_readmes_show_the_examples_that_are_compiled() {
    let kotlin = example(
        "bindings/kotlin/src/test/kotlin/org/rockon/Example.kt",
        "// example: begin\n",
        "// example: end",
    );
    let swift = example(
        "bindings/swift/Examples/Example.swift",
        "// README: begin\n",
        "// README: end",
    );
    let top = read("README.md");
    assert!(top.contains(&kotlin), "README.md, Kotlin");
    assert!(top.contains(&swift), "README.md, Swift");
    assert!(
        read("bindings/swift/README.md").contains(&swift),
        "bindings/swift/README.md"
    );
}

#[test]
fn the_packaging_names_what_is_there() {
    for script in [
        "bindings/android/build-native.sh",
        "bindings/apple/make-xcframework.sh",
    ] {
        let parsed = std::process::Command::new("sh")
            .args(["-n", script])
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
            .status();
        assert!(parsed.unwrap().success(), "{script}");
        let text = read(script);
        assert!(text.contains("--profile phone"), "{script}");
        assert!(text.contains("--package rockon-bindings"), "{script}");
    }
    assert!(read("Cargo.toml").contains("[profile.phone]"));
    let (native, gradle) = (
        read("bindings/android/build-native.sh"),
        read("bindings/android/build.gradle.kts"),
    );
    for abi in ["arm64-v8a", "armeabi-v7a", "x86_64"] {
        assert!(native.contains(&format!("--target {abi}")), "{abi}");
        assert!(gradle.contains(&format!("\"{abi}\"")), "{abi}");
    }
    assert!(native.contains("max-page-size=16384"));
    assert!(native.contains("api=26") && gradle.contains("minSdk = 26"));
    let package = read("bindings/uniffi.toml");
    let rules = read("bindings/kotlin/consumer-rules.pro");
    assert!(package.contains("package_name = \"org.rockon\""));
    assert!(rules.contains("org.rockon.** ") && rules.contains("com.sun.jna.**"));
}
