//! Counting: what the runners' closing lines say. Pure.

use std::fmt;

/// Tests that ran, and those that could not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    /// What is known of those: names, then what each said, so that a run's last lines tell what is to be looked at.
    pub(crate) failures: Vec<String>,
    /// Names, each with its reason.
    pub(crate) skipped: Vec<String>,
    /// Tests that leave this machine and are run by hand only (`cargo test -- --ignored`): named, not counted.
    pub(crate) by_hand: Vec<String>,
    /// How many lines of the failure that `cargo test` is telling are still taken.
    pub(crate) telling: usize,
}

/// Lines kept of what one failed test said: the place, the message, both sides of a comparison.
const TOLD: usize = 12;
/// Characters kept of a message in a report file.
const SAID: usize = 300;

/// The reason of a test that asks a package registry: tests' traffic stays on this machine.
const BY_HAND: &str = "needs the network";

impl Tally {
    /// A step that is no test: only its failure counts.
    pub(crate) fn of(succeeded: bool) -> Self {
        Self {
            failed: usize::from(!succeeded),
            ..Self::default()
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.failures.extend(other.failures);
        self.skipped.extend(other.skipped);
        self.by_hand.extend(other.by_hand);
    }

    /// Failures that nothing was heard of are at least those of this step.
    pub(crate) fn name_failures(&mut self, step: &str) {
        if self.failed > 0 && self.failures.is_empty() {
            self.failures.push(step.to_owned());
        }
    }

    /// A test that ran to its end but said that it could not do its work counts as skipped, not as passed.
    pub(crate) fn skip_instead_of_pass(&mut self, names: Vec<String>) {
        self.passed = self.passed.saturating_sub(names.len());
        self.skipped.extend(names);
    }

    /// Reads one line of Swift Testing: a mark, then `Test NAME passed after 0.001 seconds.`; with arguments
    /// `Test NAME with 40 test cases passed ...`. Each counts as one test.
    pub(crate) fn read_swift_line(&mut self, line: &str) {
        let Some((_, said)) = line.split_once(" Test ") else {
            return;
        };
        if said.starts_with("run with") {
            return;
        }
        if said.contains(" recorded an issue ") {
            self.failures.push(format!("Swift: {said}"));
        } else if said.contains(" passed after ") {
            self.passed += 1;
        } else if said.contains(" failed after ") {
            self.failed += 1;
        } else if said.contains(" skipped") {
            self.skipped.push(format!("Swift: {said}"));
        }
    }

    /// Reads a report file in the form of `JUnit`, as Maven's surefire writes it: one test class.
    pub(crate) fn read_surefire(&mut self, xml: &str) {
        let Some((_, rest)) = xml.split_once("<testsuite ") else {
            return;
        };
        let tag = format!(" {}", rest.split('>').next().unwrap_or_default());
        let failed = attribute(&tag, "failures") + attribute(&tag, "errors");
        let skipped = attribute(&tag, "skipped");
        self.failed += failed;
        self.passed += attribute(&tag, "tests").saturating_sub(failed + skipped);
        let name = tag
            .split_once(" name=\"")
            .and_then(|(_, rest)| rest.split('"').next());
        let name = name.unwrap_or("a test class");
        self.skipped
            .extend((0..skipped).map(|_| format!("Kotlin: a test of {name}")));
        self.failures.extend(surefire_failures(name, rest));
    }

    /// Reads one line of `cargo test`.
    pub(crate) fn read_cargo_line(&mut self, line: &str) {
        if let Some(name) = line
            .strip_prefix("test ")
            .and_then(|l| l.split_once(" ... ignored"))
        {
            let line = format!("{}{}", name.0, name.1.replace(", ", ": "));
            let list = if line.ends_with(BY_HAND) {
                &mut self.by_hand
            } else {
                &mut self.skipped
            };
            list.push(line);
        }
        self.hear_failure(line);
        let Some(counts) = line.strip_prefix("test result: ") else {
            return;
        };
        self.passed += count_before(counts, " passed");
        self.failed += count_before(counts, " failed");
    }

    /// After its list `cargo test` tells of each failure: `---- NAME stdout ----`, then what was printed.
    fn hear_failure(&mut self, line: &str) {
        if let Some(name) = line.strip_prefix("---- ") {
            self.failures
                .push(name.trim_end_matches(" ----").to_owned());
            self.telling = TOLD;
        } else if ["failures:", "stack backtrace:"].contains(&line) {
            self.telling = 0;
        } else if self.telling > 0 && !line.is_empty() {
            self.failures.push(format!("    {line}"));
            self.telling -= 1;
        }
    }
}

/// The failed tests of a class, each with the first line of its message.
fn surefire_failures(class: &str, xml: &str) -> Vec<String> {
    let tests = xml.split("<testcase ").skip(1);
    let broken = tests.filter_map(|test| {
        let at = test.find("<failure").or_else(|| test.find("<error"))?;
        let name = test.strip_prefix("name=\"")?.split('"').next()?;
        let said = test[at..]
            .split_once("message=\"")
            .map_or("", |(_, said)| said);
        let said = said.split(['"', '\n']).next().unwrap_or_default();
        let said: String = said.chars().take(SAID).collect();
        Some(format!("Kotlin: {class}.{name}: {said}"))
    });
    broken.collect()
}

/// The number in `name="NUMBER"`; 0 if there is none.
fn attribute(tag: &str, name: &str) -> usize {
    let value = tag.split_once(&format!(" {name}=\""));
    let value = value.and_then(|(_, rest)| rest.split_once('"'));
    value
        .and_then(|(number, _)| number.parse().ok())
        .unwrap_or(0)
}

fn count_before(text: &str, word: &str) -> usize {
    let before = text.split(word).next().unwrap_or_default();
    before
        .rsplit(' ')
        .next()
        .and_then(|n| n.parse().ok())
        .unwrap_or(0)
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} passed, {} failed, {} skipped",
            self.passed,
            self.failed,
            self.skipped.len()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swift_lines_are_counted() {
        let mut tally = Tally::default();
        for line in [
            "◇ Test aListIsFolded() started.",
            "✔ Test aListIsFolded() passed after 0.010 seconds.",
            "✘ Test other() recorded an issue at Other.swift:3:5: Expectation failed: 1 == 2",
            "✘ Test other() failed after 0.2 seconds with 1 issue.",
            "➜ Test third() skipped: \"no phone\"",
            "✔ Suite Lists passed after 0.1 seconds.",
            "✘ Test run with 3 tests failed after 0.3 seconds with 1 issue.",
        ] {
            tally.read_swift_line(line);
        }
        assert_eq!(tally.to_string(), "1 passed, 1 failed, 1 skipped");
        assert_eq!(tally.failures.len(), 1);
        assert!(tally.failures[0].ends_with("Other.swift:3:5: Expectation failed: 1 == 2"));
    }

    #[test]
    fn a_report_file_is_counted() {
        let mut tally = Tally::default();
        tally.read_surefire(
            r#"<?xml version="1.0"?><testsuite name="org.rockon.X" time="1.5" tests="9" errors="1" skipped="2" failures="1"><testcase name="a" time="1"/><testcase name="b" classname="org.rockon.X" time="1">
  <failure message="expected 1" type="E">at X</failure></testcase></testsuite>"#,
        );
        assert_eq!(tally.to_string(), "5 passed, 2 failed, 2 skipped");
        assert_eq!(tally.failures, ["Kotlin: org.rockon.X.b: expected 1"]);
    }

    #[test]
    fn cargo_lines_are_counted_and_ignored_tests_named() {
        let mut tally = Tally::default();
        for line in [
            "test a::b ... ok",
            "test c::d ... ignored, needs a phone",
            "test e::f ... ignored, needs the network",
            "failures:",
            "",
            "---- g::h stdout ----",
            "",
            "thread 'g::h' panicked at it.rs:1:2:",
            "failures:",
            "    g::h",
            "test result: FAILED. 41 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out",
            "test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out",
        ] {
            tally.read_cargo_line(line);
        }
        assert_eq!(tally.to_string(), "42 passed, 2 failed, 1 skipped");
        assert_eq!(tally.skipped, ["c::d: needs a phone"]);
        assert_eq!(tally.by_hand, ["e::f: needs the network"]);
        let told = ["g::h stdout", "    thread 'g::h' panicked at it.rs:1:2:"];
        assert_eq!(tally.failures, told);
    }

    #[test]
    fn a_step_that_says_nothing_of_its_failure_is_named() {
        let mut tally = Tally::of(false);
        tally.name_failures("lint");
        assert_eq!(tally.failures, ["lint"]);
    }
}
