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
    assert_eq!(with("bindings/kotlin/src", &[".kt"], &words), [""; 0]);
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

/// The lines of a text without indents and empty ones.
fn bare(text: &str) -> Vec<&str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect()
}

/// The code blocks of a document in these languages.
fn blocks<'a>(text: &'a str, languages: &[&str]) -> Vec<Vec<&'a str>> {
    let mut fences = text
        .split("\n```")
        .skip(1)
        .step_by(2)
        .map(|block| block.split_once('\n'));
    let code = fences
        .by_ref()
        .flatten()
        .filter(|(language, _)| languages.contains(language));
    code.map(|(_, lines)| bare(lines)).collect()
}

#[test]
fn every_code_block_of_the_readmes_is_in_a_file_that_is_compiled() {
    let mut compiled = files("bindings", &[".kt", ".swift", "pom.xml"]);
    compiled.extend(files("ios/Package/Sources/Platform", &[".swift"]));
    let compiled: Vec<_> = compiled
        .iter()
        .filter(|(path, _)| !path.contains("/target/") && !path.contains("/.build/"))
        .map(|(path, text)| (path, bare(text)))
        .collect();
    let mut seen = 0;
    for readme in [
        "README.md",
        "bindings/kotlin/README.md",
        "bindings/swift/README.md",
    ] {
        let text = read(readme);
        for block in blocks(&text, &["kotlin", "swift", "xml"]) {
            let found = compiled
                .iter()
                .any(|(_, lines)| lines.windows(block.len()).any(|at| at == block));
            assert!(
                found,
                "{readme}: no file has the block that begins with {:?}",
                block.first()
            );
            seen += 1;
        }
    }
    assert_eq!(seen, 12, "blocks that were looked for");
}

#[test]
fn the_swift_package_runs_on_ios_17_and_takes_no_lock() {
    let words = [
        "NSLock",
        "NSRecursiveLock",
        "Semaphore",
        "import Synchronization",
        "os_unfair_lock",
        "pthread_mutex",
    ];
    assert_eq!(with("bindings/swift/Sources", &[".swift"], &words), [""; 0]);
    for package in ["Package.swift", "published/Package.swift"] {
        let text = read(&format!("bindings/swift/{package}"));
        assert!(text.contains("platforms: [.iOS(.v17), "), "{package}");
    }
}

/// Names after `before` in these lines.
fn names<'a>(text: &'a str, before: &str) -> BTreeSet<&'a str> {
    let after = text
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix(before));
    after
        .filter_map(|rest| rest.split(['(', '<']).next())
        .collect()
}

#[test]
fn a_call_has_one_name_in_kotlin_and_swift() {
    let folder = "bindings/kotlin/src/main/kotlin/org/rockon";
    let mut kotlin = BTreeSet::new();
    let parts = [
        "Session",
        "Credentials",
        "Feeds",
        "Edits",
        "Setlists",
        "Gigs",
        "Bands",
        "Tools",
    ]
    .map(|part| read(&format!("{folder}/{part}.kt")));
    for text in &parts {
        let interface = text.split("\ninternal class ").next().unwrap();
        kotlin.extend(names(interface, "suspend fun "));
        kotlin.extend(names(interface, "fun "));
    }
    let swift = files("bindings/swift/Sources/RockOn", &[".swift"]);
    let swift = swift
        .iter()
        .filter(|(path, _)| path.contains("/RockOn.swift") || path.contains("/RockOn+"));
    let swift: BTreeSet<_> = swift
        .flat_map(|(_, text)| names(text, "public func "))
        .collect();
    assert!(kotlin.len() > 70, "{kotlin:?}");
    // Kotlin reads it from a state; a file's name is asked about by a function there and an initializer here.
    let only_swift: Vec<_> = swift.difference(&kotlin).copied().collect();
    let only_kotlin: Vec<_> = kotlin.difference(&swift).copied().collect();
    assert_eq!(
        (only_swift, only_kotlin),
        (vec!["statusNow"], vec!["formatOf"])
    );
}

#[test]
fn what_is_published_has_one_version_and_no_registry() {
    let version = format!("<version>{}</version>", env!("CARGO_PKG_VERSION"));
    for pom in [
        "bindings/kotlin/pom.xml",
        "bindings/kotlin/consumer/pom.xml",
    ] {
        let text = read(pom);
        let (_, ours) = text
            .split_once("<artifactId>rockon-core</artifactId>")
            .unwrap();
        assert!(ours.trim_start().starts_with(&version), "{pom}");
        assert!(!text.contains("<repository>"), "{pom}");
    }
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
