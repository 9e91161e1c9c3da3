//! A copy of the app in which mistakes are made.
//!
//! Owns: the copy, below `target`, and what is built of it, which the next mistake and the next run use again. Never: a file
//! of the work tree.
//! Invariant: a file is as it was again before the next mistake is planted; a run that was broken off is mended by the next
//! one, which makes the copy like the work tree first.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::list::{Mutant, PACKAGE};
use crate::suite::{root, target};
use crate::swift::{MODULE, Swift};
use crate::swift_tests::library;
use crate::tally::Tally;

/// What the package's tests need of the repository.
const FOLDERS: [&str; 3] = ["ios/Package", "ios/RockOn", "ios/RockOn.xcodeproj"];
/// The tests that refuse mistakes. Those on the core need a server, and are slow.
const TESTS: &str = "(ModelTests|ScreenTests)\\.";

/// The copy, and how it is built.
#[derive(Debug)]
pub(super) struct Bench {
    swift: Swift,
    out: PathBuf,
    copy: PathBuf,
}

/// What a run of Swift said, and whether it ended well.
struct Said {
    text: String,
    ok: bool,
}

impl Bench {
    /// Makes the copy like the work tree.
    pub(super) fn new(swift: Swift) -> io::Result<Self> {
        let out = target().join("ios-mutants");
        let copy = out.join("repository");
        for folder in FOLDERS.iter().chain([&MODULE]) {
            copy_folder(&root().join(folder), &copy.join(folder))?;
        }
        // Nothing of it is read, but it has to be there to be mounted.
        fs::create_dir_all(copy.join("tests/scenarios"))?;
        Ok(Self { swift, out, copy })
    }

    /// What is there must compile and pass.
    pub(super) fn without_mistake(&self) -> Result<(), String> {
        let built = self.build().map_err(|error| error.to_string())?;
        if !built.ok {
            return Err(format!("without a mistake: {}", built.first_error()));
        }
        let tested = self.test(TESTS).map_err(|error| error.to_string())?;
        let tally = tested.tally();
        if tested.ok && tally.passed > 0 {
            return Ok(());
        }
        Err(format!("without a mistake: {}", tally.failures.join("\n")))
    }

    /// Plants a mistake and takes it away again; what refused it, or why that was not as the list says.
    pub(super) fn judge(&self, mutant: &Mutant) -> Result<String, String> {
        let path = self.copy.join(PACKAGE).join(&mutant.file);
        let code = fs::read_to_string(&path).map_err(|error| error.to_string())?;
        let planted = mutant.planted(&code).ok_or("its text is not there once")?;
        fs::write(&path, planted).map_err(|error| error.to_string())?;
        let refused = self.refused(mutant);
        fs::write(&path, code).map_err(|error| format!("it could not be taken away: {error}"))?;
        refused
    }

    fn refused(&self, mutant: &Mutant) -> Result<String, String> {
        let built = self.build().map_err(|error| error.to_string())?;
        match (built.ok, mutant.test()) {
            (false, None) => built.refused_by_compiler(),
            (true, None) => Err("it compiles".to_owned()),
            (false, Some(_)) => Err(format!("it does not compile: {}", built.first_error())),
            (true, Some(test)) => self
                .test(test)
                .map_err(|error| error.to_string())?
                .refused_by_test(),
        }
    }

    fn build(&self) -> io::Result<Said> {
        self.swift(&["build", "--build-tests"])
    }

    fn test(&self, filter: &str) -> io::Result<Said> {
        self.swift(&["test", "--skip-build", "--filter", filter])
    }

    fn swift(&self, args: &[&str]) -> io::Result<Said> {
        let scratch = self.swift.inside(&self.out, "build");
        let args = [args, &["--scratch-path", &scratch]].concat();
        let (copy, out) = (&self.copy, &self.out);
        let mut command = self.swift.command_of(copy, PACKAGE, &args, out, &library());
        let output = command.output()?;
        let text =
            [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
        Ok(Said {
            text: text.concat(),
            ok: output.status.success(),
        })
    }
}

impl Said {
    fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for line in self.text.lines() {
            tally.read_swift_line(line);
        }
        tally
    }

    /// The first of the compiler's errors; else the last line.
    fn first_error(&self) -> String {
        let error = self.text.lines().find(|line| is_error(line));
        let line = error.or(self.text.lines().last()).unwrap_or_default();
        // Without the folders of the file.
        let file = line.split(".swift:").next().unwrap_or_default();
        line[file.rfind('/').map_or(0, |slash| slash + 1)..].to_owned()
    }

    /// A disk that is full refuses everything: it has to be an error of the code.
    fn refused_by_compiler(&self) -> Result<String, String> {
        if self.text.lines().any(is_error) {
            return Ok(self.first_error());
        }
        Err(format!("no error of the code: {}", self.first_error()))
    }

    fn refused_by_test(&self) -> Result<String, String> {
        let tally = self.tally();
        if let Some(failure) = tally.failures.first() {
            return Ok(failure.chars().take(160).collect());
        }
        let crashed = self
            .text
            .lines()
            .find(|line| line.contains("Fatal error: "));
        match (crashed, self.ok, tally.passed) {
            (Some(line), false, _) => Ok(line.chars().take(160).collect()),
            (_, true, 0) => Err("no test has this name".to_owned()),
            (_, true, _) => Err("the test passes".to_owned()),
            (_, false, _) => Err(format!("the tests did not run: {}", self.first_error())),
        }
    }
}

fn is_error(line: &str) -> bool {
    line.contains(".swift:") && line.contains(": error: ")
}

/// Makes a folder like another. A file that is the same already is left alone: what was built of it stays good.
fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    let wanted = names(from)?;
    for name in names(to)?.difference(&wanted) {
        let path = to.join(name);
        if path.is_dir() {
            fs::remove_dir_all(path)?;
        } else {
            fs::remove_file(path)?;
        }
    }
    for name in wanted {
        let (from, to) = (from.join(&name), to.join(&name));
        if from.is_dir() {
            copy_folder(&from, &to)?;
            continue;
        }
        let content = fs::read(&from)?;
        if fs::read(&to).ok().as_ref() != Some(&content) {
            fs::write(&to, content)?;
        }
    }
    Ok(())
}

/// What is in a folder, but for what Swift has built there.
fn names(folder: &Path) -> io::Result<BTreeSet<OsString>> {
    let all = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.file_name()));
    let all: io::Result<BTreeSet<OsString>> = all.collect();
    all.map(|names| names.into_iter().filter(|name| name != ".build").collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_like_its_folder_and_what_is_the_same_is_not_written() {
        let place = std::env::temp_dir().join(format!("rockon-mutants-{}", std::process::id()));
        let (from, to) = (place.join("from"), place.join("to"));
        fs::create_dir_all(from.join("a")).unwrap();
        fs::write(from.join("a/same"), "1").unwrap();
        fs::write(from.join("other"), "1").unwrap();
        copy_folder(&from, &to).unwrap();
        let written = |path: &Path| fs::metadata(path).unwrap().modified().unwrap();
        let before = written(&to.join("a/same"));
        fs::write(to.join("other"), "a mistake").unwrap();
        fs::write(to.join("gone"), "").unwrap();
        copy_folder(&from, &to).unwrap();
        assert_eq!(written(&to.join("a/same")), before);
        assert_eq!(fs::read_to_string(to.join("other")).unwrap(), "1");
        assert!(!to.join("gone").exists());
        fs::remove_dir_all(place).unwrap();
    }

    #[test]
    fn what_refused_a_mistake_is_told_apart() {
        let said = |text: &str, ok| Said {
            text: text.to_owned(),
            ok,
        };
        let error = said("/src/A.swift:1:2: error: no 'x'\n", false);
        assert_eq!(
            error.refused_by_compiler(),
            Ok("A.swift:1:2: error: no 'x'".to_owned())
        );
        assert!(
            said("error: disk full\n", false)
                .refused_by_compiler()
                .is_err()
        );
        let failed = "✘ Test a() recorded an issue at T.swift:1:2: Expectation failed: b\n✘ Test a() failed after 0.1 seconds with 1 issue.\n";
        assert!(said(failed, false).refused_by_test().is_ok());
        assert!(
            said("✔ Test a() passed after 0.1 seconds.\n", true)
                .refused_by_test()
                .is_err()
        );
        assert!(said("", true).refused_by_test().is_err());
        assert!(said("disk full\n", false).refused_by_test().is_err());
        assert!(
            said("Fatal error: Index out of range\n", false)
                .refused_by_test()
                .is_ok()
        );
    }
}
