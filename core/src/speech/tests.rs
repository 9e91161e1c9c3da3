use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::reasons::{REASONS, reason};
use super::sentences::Sentence;
use super::*;
use crate::error::{Error, Service};
use crate::model::{Kind, fields};

fn all() -> impl Iterator<Item = &'static Sentence> {
    let files = [
        checks::ALL,
        doctor::ALL,
        errors::ALL,
        files::ALL,
        kinds::ALL,
        lists::ALL,
        notices::ALL,
        refusals::ALL,
        share::ALL,
        sign_in::ALL,
    ];
    files.into_iter().flatten()
}

/// The values that a text names.
fn values(text: &str) -> BTreeSet<&str> {
    let parts = text.split('{').skip(1);
    parts
        .filter_map(|part| Some(part.split_once('}')?.0))
        .collect()
}

#[test]
fn every_sentence_says_all_of_its_values_in_both_languages() {
    assert!(all().count() > 250, "the check looks in the wrong place");
    let mut wrong = Vec::new();
    for sentence in all() {
        let args = sentence.args.trim_matches(['(', ')']).split(", ");
        let args: BTreeSet<&str> = args.filter(|arg| !arg.is_empty()).collect();
        assert_eq!(sentence.english.len(), sentence.german.len());
        for text in sentence.english.iter().chain(sentence.german) {
            if values(text) != args || text.is_empty() {
                wrong.push(format!("{}: {text}", sentence.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Words of English that no German sentence has.
const ENGLISH: [&str; 20] = [
    "the", "is", "are", "of", "and", "or", "not", "your", "you", "this", "that", "with", "from",
    "it", "again", "please", "song's", "changed", "added", "band's",
];

/// Words of the polite form, where no sentence begins.
const POLITE: [&str; 4] = ["Ihre", "Ihren", "Ihnen", "Ihr"];

fn faults(english: &str, german: &str) -> bool {
    let word = |c: char| !(c.is_alphanumeric() || c == '\'');
    // The names of values are English.
    let parts = german.split(['{', '}']).step_by(2);
    let german_words: Vec<&str> = parts.flat_map(|part| part.split(word)).collect();
    let left = german_words
        .iter()
        .any(|word| ENGLISH.contains(word) || POLITE.contains(word));
    let same = english == german && english.split(word).filter(|w| w.len() > 2).count() > 4;
    left || same
}

#[test]
fn no_english_is_left_in_german_and_german_says_du() {
    assert!(faults("x", "Check the Code") && faults("x", "Bitte Ihre Adresse"));
    let pairs = all().flat_map(|one| one.english.iter().zip(one.german));
    let pairs = pairs.map(|(english, german)| (*english, *german));
    let wrong: Vec<_> = pairs
        .chain(REASONS.iter().copied())
        .filter(|(english, german)| faults(english, german))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_field_has_a_label_once() {
    let mut seen = BTreeSet::new();
    for label in labels::LABELS {
        assert!(seen.insert(label.column), "{} twice", label.column);
    }
    for kind in Kind::ALL {
        for field in fields(kind) {
            assert!(
                seen.contains(field.name),
                "{kind}.{} has no label",
                field.name
            );
        }
    }
    assert_eq!(label(Language::German, "key"), "Tonart");
    assert_eq!(labels::with_article(Language::German, "key"), "die Tonart");
    assert_eq!(
        labels::with_article(Language::English, "load_in_time"),
        "load-in"
    );
    assert_eq!(label(Language::German, "new_column"), "new_column");
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "tests" && name != "speech" {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") && name != "tests.rs" {
            found.push(path);
        }
    }
}

/// Constants of errors look like this: "it is empty", "its header names no title".
fn constants(text: &str) -> Vec<&str> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let quoted = code.split('"').skip(1).step_by(2);
    let says = |text: &&str| text.starts_with("it ") || text.starts_with("its ");
    quoted
        .filter(says)
        .filter(|text| text.len() > "it ".len())
        .collect()
}

#[test]
fn every_constant_of_an_error_can_be_said_in_german() {
    let mut files = Vec::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut files,
    );
    let known: BTreeSet<&str> = REASONS.iter().map(|(english, _)| *english).collect();
    assert_eq!(known.len(), REASONS.len(), "one is there twice");
    let mut wrong = Vec::new();
    let mut seen = 0;
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        for constant in constants(&text) {
            seen += 1;
            if !known.contains(constant) {
                wrong.push(format!("{}: {constant}", path.display()));
            }
        }
    }
    assert!(seen > 40, "{seen}: the check looks in the wrong place");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(
        reason(Language::German, "it is out of range"),
        "liegt außerhalb des Erlaubten"
    );
}

#[test]
fn a_tag_names_a_language() {
    for tag in ["de", "de-AT", "DE_ch", "de.UTF-8"] {
        assert_eq!(Language::of_tag(tag), Language::German, "{tag}");
    }
    for tag in ["en", "en-GB", "fr", "den", ""] {
        assert_eq!(Language::of_tag(tag), Language::English, "{tag}");
    }
}

#[test]
fn a_message_in_german_has_no_english_in_it() {
    let said = |error: Error| error.message(Language::German);
    let invalid = |field, reason| said(Error::Invalid { field, reason });
    assert_eq!(
        invalid("title", "it is empty"),
        "Gib den Titel ein. Es wurde nichts gespeichert."
    );
    assert_eq!(
        invalid("time_signature", "it is longer than 10,000 characters"),
        "Taktart: ist länger als 10.000 Zeichen. Korrigiere den Wert und speichere noch einmal."
    );
    assert_eq!(
        said(Error::Offline),
        "Der Server ist nicht erreichbar. Arbeite weiter; Änderungen werden gesendet, sobald es Netz gibt."
    );
    let busy = Error::Server {
        service: Service::Auth,
        status: 429,
        reason: Some("over_request_rate_limit".to_owned()),
        retry_after: Some(1),
    };
    assert_eq!(
        busy.advice(Language::German),
        "Das waren zu viele Versuche. Versuch es in 1 Sekunde noch einmal."
    );
}
