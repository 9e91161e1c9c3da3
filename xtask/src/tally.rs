//! Counting: what the runners' closing lines say. Pure.

use std::fmt;

/// Tests that ran, and those that could not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    /// Names, each with its reason.
    pub(crate) skipped: Vec<String>,
    /// Tests that leave this machine and are run by hand only (`cargo test -- --ignored`): named, not counted.
    pub(crate) by_hand: Vec<String>,
}

/// The reason of a test that asks a package registry: tests' traffic stays on this machine.
const BY_HAND: &str = "needs the network";

impl Tally {
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped.extend(other.skipped);
        self.by_hand.extend(other.by_hand);
    }

    /// A test that ran to its end but said that it could not do its work counts as skipped, not as passed.
    pub(crate) fn skip_instead_of_pass(&mut self, names: Vec<String>) {
        self.passed = self.passed.saturating_sub(names.len());
        self.skipped.extend(names);
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
        let Some(counts) = line.strip_prefix("test result: ") else {
            return;
        };
        self.passed += count_before(counts, " passed");
        self.failed += count_before(counts, " failed");
    }
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
    fn cargo_lines_are_counted_and_ignored_tests_named() {
        let mut tally = Tally::default();
        for line in [
            "test a::b ... ok",
            "test c::d ... ignored, needs a phone",
            "test e::f ... ignored, needs the network",
            "test result: FAILED. 41 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out",
            "test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out",
        ] {
            tally.read_cargo_line(line);
        }
        assert_eq!(tally.to_string(), "42 passed, 2 failed, 1 skipped");
        assert_eq!(tally.skipped, ["c::d: needs a phone"]);
        assert_eq!(tally.by_hand, ["e::f: needs the network"]);
    }
}
