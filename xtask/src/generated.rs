//! `cargo xtask texts`: the files that are made from `texts/` and `design/tokens.json`, which both apps share.
//!
//! Owns: which folders hold nothing but such files, writing them, and seeing what is stale.
//! Never: a file that a person edits. Everything made says in its first lines what it is made from.
//! Invariant: what is made depends on the sources alone, so that two machines make the same bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use crate::suite::root;
use crate::texts::{self, Catalogue};
use crate::tokens::{self, Tokens};

/// The files, by their path from the top of the repository.
pub(crate) type Made = BTreeMap<String, String>;

/// Folders that hold made files alone: another file in them is left over.
const FOLDERS: [&str; 2] = [texts::KOTLIN, tokens::KOTLIN];

/// The first line of a made Kotlin or Swift file.
pub(crate) fn first_line(source: &str) -> String {
    format!("// Made from {source} by `cargo xtask texts`. Change that, not this.\n")
}

/// Writes what is stale, removes what is left over, and says both.
pub(crate) fn task() -> ExitCode {
    match make().and_then(|made| renew(&root(), &made)) {
        Ok(0) => {
            println!("everything is up to date");
            ExitCode::SUCCESS
        }
        Ok(renewed) => {
            println!("{renewed} renewed");
            ExitCode::SUCCESS
        }
        Err(faults) => {
            eprintln!("{faults}");
            ExitCode::FAILURE
        }
    }
}

/// All files, or what is wrong with the sources.
fn make() -> Result<Made, String> {
    let catalogue = Catalogue::read(&root().join("texts"))?;
    let tokens = Tokens::read(&root().join("design/tokens.json"))?;
    let mut made = texts::files(&catalogue);
    made.extend(tokens::files(&tokens));
    Ok(made)
}

fn renew(root: &Path, made: &Made) -> Result<usize, String> {
    let stale = stale(root, made);
    for path in &stale {
        let place = root.join(path);
        let said = |error: std::io::Error| format!("{path}: {error}");
        match made.get(path) {
            Some(text) => {
                fs::create_dir_all(place.parent().unwrap_or(root)).map_err(said)?;
                fs::write(&place, text).map_err(said)?;
            }
            None => fs::remove_file(&place).map_err(said)?,
        }
        println!("{path}");
    }
    Ok(stale.len())
}

/// Paths whose file is missing, differs, or is left over.
fn stale(root: &Path, made: &Made) -> Vec<String> {
    let differs = |(path, text): &(&String, &String)| {
        fs::read_to_string(root.join(path)).ok().as_ref() != Some(*text)
    };
    let mut stale: Vec<String> = made
        .iter()
        .filter(differs)
        .map(|(path, _)| path.clone())
        .collect();
    for folder in FOLDERS {
        let there = fs::read_dir(root.join(folder)).into_iter().flatten();
        let there = there.flatten().map(|file| file.file_name());
        let there = there.map(|name| format!("{folder}/{}", name.to_string_lossy()));
        stale.extend(there.filter(|path| !made.contains_key(path)));
    }
    stale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_from_texts_and_tokens_is_checked_in_as_it_is() {
        let stale = stale(&root(), &make().unwrap());
        assert!(stale.is_empty(), "run `cargo xtask texts`: {stale:?}");
    }

    #[test]
    fn a_missing_a_changed_and_a_left_over_file_are_stale_until_they_are_renewed() {
        let folder = std::env::temp_dir().join(format!("rockon-made-{}", std::process::id()));
        let path = |name: &str| format!("{}/{name}", texts::KOTLIN);
        let made = Made::from([
            (path("A.kt"), "a".to_owned()),
            (path("B.kt"), "b".to_owned()),
        ]);
        let place = folder.join(texts::KOTLIN);
        fs::create_dir_all(&place).unwrap();
        fs::write(place.join("B.kt"), "old").unwrap();
        fs::write(place.join("C.kt"), "left").unwrap();
        let all = ["A.kt", "B.kt", "C.kt"].map(path);
        assert_eq!(stale(&folder, &made), all);
        assert_eq!(renew(&folder, &made), Ok(3));
        assert_eq!(stale(&folder, &made), [""; 0]);
        fs::remove_dir_all(&folder).unwrap();
    }
}
