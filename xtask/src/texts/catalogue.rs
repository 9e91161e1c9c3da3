//! The whole catalogue, read from the files of `texts/`.
//!
//! Owns: reading a folder of files, each `{"about": "...", "texts": {"key": {"en": ..., "de": ...}}}`, into places.
//! Invariant: a key is there once; a file that names it twice is refused, which JSON readers are not by themselves.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};

use super::sentence::{Sentence, Written, is_key};

/// Every place, by its name: that of its file.
#[derive(Debug)]
pub(crate) struct Catalogue {
    pub(super) places: BTreeMap<String, Place>,
}

/// The sentences of one screen, or of several.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) about: String,
    pub(super) sentences: BTreeMap<String, Sentence>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    about: String,
    texts: Once,
}

impl Catalogue {
    /// Reads and checks all files of the folder; the error names every fault, one a line.
    pub(crate) fn read(folder: &Path) -> Result<Self, String> {
        let said = |error: std::io::Error| format!("{}: {error}", folder.display());
        let mut files = BTreeMap::new();
        for file in fs::read_dir(folder).map_err(said)? {
            let path = file.map_err(said)?.path();
            if path.extension().is_some_and(|end| end == "json") {
                let name = path.file_stem().unwrap_or_default().to_string_lossy();
                let text = fs::read_to_string(&path).map_err(said)?;
                files.insert(name.into_owned(), text);
            }
        }
        Self::of(&files)
    }

    /// The same from the texts of files.
    pub(super) fn of(files: &BTreeMap<String, String>) -> Result<Self, String> {
        let mut places = BTreeMap::new();
        let mut faults = Vec::new();
        for (name, text) in files {
            match place(text) {
                Ok((place, wrong)) => {
                    faults.extend(wrong.into_iter().map(|fault| format!("{name}.{fault}")));
                    places.insert(name.clone(), place);
                }
                Err(error) => faults.push(format!("{name}: {error}")),
            }
            if !is_key(name) {
                faults.push(format!("{name}: it cannot name a place"));
            }
        }
        if faults.is_empty() {
            Ok(Self { places })
        } else {
            Err(faults.join("\n"))
        }
    }
}

/// The place of a file, and what is wrong with its sentences.
fn place(text: &str) -> Result<(Place, Vec<String>), serde_json::Error> {
    let file: File = serde_json::from_str(text)?;
    let mut sentences = BTreeMap::new();
    let mut faults = Vec::new();
    for (key, written) in file.texts.0 {
        if !is_key(&key) {
            faults.push(format!("{key}: it cannot name a text"));
        }
        match Sentence::read(written) {
            Ok(sentence) => drop(sentences.insert(key, sentence)),
            Err(fault) => faults.push(format!("{key}: {fault}")),
        }
    }
    let about = file.about;
    Ok((Place { about, sentences }, faults))
}

/// A map whose keys are there once.
#[derive(Debug)]
struct Once(BTreeMap<String, Written>);

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Once;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("texts by their keys")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Once, A::Error> {
                let mut read = BTreeMap::new();
                while let Some((key, written)) = map.next_entry::<String, Written>()? {
                    if read.contains_key(&key) {
                        return Err(A::Error::custom(format_args!("{key} is there twice")));
                    }
                    read.insert(key, written);
                }
                Ok(Once(read))
            }
        }

        deserializer.deserialize_map(Reader)
    }
}
