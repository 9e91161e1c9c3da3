//! Tests and format of `android`, by Maven: screens and models on the JVM and on the desktop, the app on Android's own classes.
//!
//! Owns: running the reactor of `android/pom.xml` against the core's jar and library, and the rule that both builds of the app
//! name the same libraries.
//! Never: Gradle, an APK or a phone; those are for machines that have an SDK.
//! Invariant: the jar of `bindings/kotlin` was made from the library that is handed in.

use std::process::Command;

use crate::bindings::Generated;
use crate::kotlin::reports;
use crate::suite::{Screen, root, succeeds};
use crate::swift::there;
use crate::tally::Tally;

/// Modules with tests.
const TESTED: [&str; 3] = ["ui", "desktop", "app"];

/// Runs them. The first run brings what Maven lacks, some hundred megabytes of it Android's own classes.
pub(crate) fn test(made: &Generated, scenario_server: &str, screen: &Screen) -> Tally {
    let mut tally = Tally::default();
    if !there("mvn") || !there("java") {
        tally
            .skipped
            .push("Android: no Maven or no JDK on the PATH".to_owned());
        return tally;
    }
    let folder = root().join("android");
    let folders = TESTED.map(|module| folder.join(module).join("target/surefire-reports"));
    for folder in &folders {
        // Those of an earlier run would be counted again.
        let _ = std::fs::remove_dir_all(folder);
    }
    let mut command = Command::new("mvn");
    command
        .current_dir(&folder)
        .args(["--batch-mode", "--quiet", "--fail-at-end", "test"])
        .arg(format!("-Dnative.dir={}", made.library.display()))
        .env("ROCKON_SCENARIO_SERVER", scenario_server);
    let green = succeeds(&mut command, screen);
    for report in folders.iter().flat_map(|folder| reports(folder)) {
        tally.read_surefire(&report);
    }
    if !green && tally.failed == 0 || tally.passed + tally.failed == 0 {
        tally.failed += 1;
    }
    tally
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::fs::read_to_string;

    use super::*;

    /// Below it a pom lists what Gradle finds by itself.
    const NEEDED: &str = "<!-- What those need";

    fn read(path: &str) -> String {
        read_to_string(root().join(path)).unwrap()
    }

    /// `name = ...` below a heading of the catalogue.
    fn section(catalogue: &str, heading: &str) -> BTreeMap<String, String> {
        let lines = catalogue
            .lines()
            .skip_while(|line| *line != format!("[{heading}]"));
        let lines = lines.skip(1).take_while(|line| !line.starts_with('['));
        lines
            .filter_map(|line| line.split_once(" = "))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    fn quoted<'a>(text: &'a str, after: &str) -> &'a str {
        let (_, rest) = text.split_once(after).unwrap();
        rest.split('"').nth(1).unwrap()
    }

    fn tag<'a>(text: &'a str, name: &str) -> Option<&'a str> {
        let (_, rest) = text.split_once(&format!("<{name}>"))?;
        Some(rest.split_once("</")?.0)
    }

    /// Each library of the catalogue, `group:artifact`, with the name of its version.
    fn named_by_gradle() -> BTreeSet<(String, String)> {
        let libraries = section(&read("android/gradle/libs.versions.toml"), "libraries");
        libraries
            .values()
            .map(|library| {
                let module = quoted(library, "module = ").to_owned();
                (module, quoted(library, "version.ref = ").to_owned())
            })
            .collect()
    }

    /// The same of Maven's poms, without the ending by which Maven tells apart what Gradle chooses.
    fn named_by_maven() -> BTreeSet<(String, String)> {
        let mut named = BTreeSet::new();
        for module in ["maven/libs", "ui", "app", "desktop"] {
            let pom = read(&format!("android/{module}/pom.xml"));
            let pom = pom.split(NEEDED).next().unwrap();
            let pom = pom.split("</dependencyManagement>").last().unwrap();
            let pom = pom.split("<build>").next().unwrap();
            for dependency in pom.split("<dependency>").skip(1) {
                let group = tag(dependency, "groupId").unwrap();
                let artifact = tag(dependency, "artifactId").unwrap();
                let version = tag(dependency, "version").unwrap();
                if group.starts_with("org.rockon") {
                    continue;
                }
                let ends = ["-android", "-jvm", "-desktop"];
                let artifact = match artifact {
                    "desktop-jvm" => "desktop",
                    // A name of its own: the other one is no part of it.
                    "kotlinx-coroutines-android" => artifact,
                    _ => ends
                        .iter()
                        .find_map(|end| artifact.strip_suffix(end))
                        .unwrap_or(artifact),
                };
                let version = version
                    .strip_prefix("${")
                    .and_then(|name| name.strip_suffix(".version}"));
                let version = version.unwrap_or("no property").to_owned();
                named.insert((format!("{group}:{artifact}"), version));
            }
        }
        named
    }

    #[test]
    fn gradle_and_maven_name_the_same_libraries() {
        let (gradle, maven) = (named_by_gradle(), named_by_maven());
        let only_gradle: Vec<_> = gradle.difference(&maven).collect();
        let only_maven: Vec<_> = maven.difference(&gradle).collect();
        assert!(gradle.len() > 20, "{gradle:?}");
        assert!(
            only_gradle.is_empty() && only_maven.is_empty(),
            "only libs.versions.toml: {only_gradle:?}\nonly a pom: {only_maven:?}"
        );
    }

    #[test]
    fn gradle_and_maven_and_the_core_take_the_same_versions() {
        let versions = section(&read("android/gradle/libs.versions.toml"), "versions");
        let (ours, core) = (read("android/pom.xml"), read("bindings/kotlin/pom.xml"));
        for (name, version) in &versions {
            let version = version.trim_matches('"');
            let property = format!("{name}.version");
            if name == "agp" {
                // Maven does the plugin's work with a tool of its own.
                let library = read("bindings/android/build.gradle.kts");
                assert!(library.contains(&format!("version \"{version}\"")));
                continue;
            }
            assert_eq!(tag(&ours, &property), Some(version), "{property}");
            // JUnit is another one there.
            if let Some(theirs) = tag(&core, &property).filter(|_| name != "junit") {
                assert_eq!(theirs, version, "{property} of bindings/kotlin");
            }
        }
        let named = ours.split("<!-- Of this build alone").next().unwrap();
        let named = named.split("<!-- As gradle").nth(1).unwrap();
        assert_eq!(named.matches(".version>").count() / 2, versions.len() - 1);
    }

    #[test]
    fn gradle_applies_what_its_catalogue_names() {
        let catalogue = read("android/gradle/libs.versions.toml");
        let libraries = section(&catalogue, "libraries").into_keys();
        let plugins = section(&catalogue, "plugins").into_keys();
        let plugins = plugins.map(|name| format!("plugins-{name}"));
        let known: BTreeSet<String> = libraries.chain(plugins).collect();
        let mut used = BTreeSet::new();
        for build in ["", "ui/", "app/", "desktop/"] {
            let text = read(&format!("android/{build}build.gradle.kts"));
            let aliases = text.split("(libs.").skip(1);
            used.extend(aliases.filter_map(|rest| Some(rest.split_once(')')?.0.replace('.', "-"))));
        }
        assert_eq!(used, known);
    }

    #[test]
    fn neither_build_names_a_registry_or_holds_a_secret() {
        let files = [
            "settings.gradle.kts",
            "build.gradle.kts",
            "gradle.properties",
            "app/build.gradle.kts",
            "pom.xml",
            "maven/libs/pom.xml",
            "app/src/main/res/values/server.xml",
        ];
        for file in files {
            let text = read(&format!("android/{file}"));
            let hosts = text
                .split("://")
                .skip(1)
                .filter_map(|rest| rest.split(['/', '"', ' ']).next());
            let known = ["maven.apache.org", "www.w3.org"];
            let others: Vec<_> = hosts.filter(|host| !known.contains(host)).collect();
            assert!(others.is_empty(), "{file}: {others:?}");
            assert!(!text.contains("sb_publishable_"), "{file}");
        }
    }
}
