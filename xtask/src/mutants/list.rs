//! The list of mistakes, `ios/mutants.json`.
//!
//! Owns: its form, and what it means to plant one. Never: running anything.
//! Invariant: the text that a mistake stands for occurs once in its file, so that the list cannot grow stale unseen.

use std::path::PathBuf;

use serde::Deserialize;

use crate::suite::root;

/// The package that mistakes are planted into, from the top of the repository.
pub(super) const PACKAGE: &str = "ios/Package";
/// What stands for the compiler where others name a test.
const COMPILER: &str = "compiler";

/// A mistake.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Mutant {
    /// Below the package.
    pub(super) file: String,
    /// What stands there.
    text: String,
    /// What a tired person writes instead.
    wrong: String,
    /// What goes wrong by that.
    pub(super) breaks: String,
    /// `compiler`, or the test that has to fail: `Suite/test`.
    refused_by: String,
}

impl Mutant {
    /// The test that has to fail; nothing where the compiler refuses it.
    pub(super) fn test(&self) -> Option<&str> {
        (self.refused_by != COMPILER).then_some(&*self.refused_by)
    }

    /// The file with the mistake in it; nothing when it is not there to be made, exactly once.
    pub(super) fn planted(&self, code: &str) -> Option<String> {
        let once = code.matches(&self.text).count() == 1;
        once.then(|| code.replace(&self.text, &self.wrong))
    }
}

/// All of them, in the order in which they are numbered.
pub(super) fn read() -> Result<Vec<Mutant>, String> {
    let text = std::fs::read_to_string(path()).map_err(|error| format!("the list: {error}"))?;
    serde_json::from_str(&text).map_err(|error| format!("the list: {error}"))
}

fn path() -> PathBuf {
    root().join("ios/mutants.json")
}

/// The first and the last number of `7` or `7-20`; of all of them for nothing.
pub(super) fn range(which: Option<&str>, all: usize) -> Result<(usize, usize), String> {
    let (from, to) = match which {
        None => (Ok(1), Ok(all)),
        Some(which) => {
            let (from, to) = which.split_once('-').unwrap_or((which, which));
            (from.parse(), to.parse())
        }
    };
    match (from, to) {
        (Ok(from), Ok(to)) if 0 < from && from <= to && to <= all => Ok((from, to)),
        _ => Err(format!("which mistakes? 7, or 7-20, of 1-{all}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names of suites and tests in the files of tests.
    fn tests() -> String {
        let folders =
            ["ModelTests", "ScreenTests"].map(|name| root().join(PACKAGE).join("Tests").join(name));
        let files = folders
            .iter()
            .flat_map(|folder| std::fs::read_dir(folder).unwrap());
        let paths = files
            .map(|file| file.unwrap().path())
            .filter(|path| path.is_file());
        paths
            .map(|path| std::fs::read_to_string(path).unwrap())
            .collect()
    }

    #[test]
    fn every_mistake_can_be_made_and_names_what_refuses_it() {
        let (all, tests) = (read().unwrap(), tests());
        assert!(all.len() >= 60, "{}", all.len());
        for mutant in &all {
            let code = std::fs::read_to_string(root().join(PACKAGE).join(&mutant.file)).unwrap();
            let planted = mutant.planted(&code);
            assert!(
                planted.is_some(),
                "not once in {}: {}",
                mutant.file,
                mutant.text
            );
            assert_ne!(mutant.text, mutant.wrong);
            assert!(!mutant.breaks.is_empty());
            let Some(test) = mutant.test() else { continue };
            let (suite, name) = test.split_once('/').unwrap();
            assert!(
                tests.contains(&format!("struct {suite} ")),
                "no suite {suite}"
            );
            assert!(tests.contains(&format!("func {name}(")), "no test {name}");
        }
    }

    #[test]
    fn a_text_that_is_not_there_once_is_not_planted() {
        let of = |text: &str| Mutant {
            file: String::new(),
            text: text.to_owned(),
            wrong: "c".to_owned(),
            breaks: String::new(),
            refused_by: COMPILER.to_owned(),
        };
        assert_eq!(of("a").planted("a b").as_deref(), Some("c b"));
        assert_eq!(of("a").planted("a a"), None);
        assert_eq!(of("a").planted("b"), None);
    }

    #[test]
    fn some_of_them_are_named_by_their_numbers() {
        assert_eq!(range(None, 60), Ok((1, 60)));
        assert_eq!(range(Some("7"), 60), Ok((7, 7)));
        assert_eq!(range(Some("7-20"), 60), Ok((7, 20)));
        for wrong in ["0", "20-7", "7-61", "x", "7-"] {
            assert!(range(Some(wrong), 60).is_err(), "{wrong}");
        }
    }
}
