//! iOS's string catalog, all languages in one file, laid out as Xcode writes it.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::catalogue::Catalogue;
use super::sentence::{Forms, Language, Part, Sentence, Words};

/// Where it goes.
pub(super) const PATH: &str = "ios/RockOn/Localizable.xcstrings";

/// The file.
pub(super) fn catalogue(catalogue: &Catalogue) -> String {
    let mut strings = serde_json::Map::new();
    for (place, texts) in &catalogue.places {
        for (key, sentence) in &texts.sentences {
            strings.insert(format!("{place}.{key}"), entry(sentence));
        }
    }
    let all = json!({"sourceLanguage": "en", "strings": strings, "version": "1.0"});
    let mut out = String::new();
    write(&all, 0, &mut out);
    out + "\n"
}

fn entry(sentence: &Sentence) -> Value {
    let mut said = serde_json::Map::new();
    for language in Language::ALL {
        let words = match sentence.words(language) {
            Words::Plain(text) => unit(sentence, text),
            Words::Counted(Forms { one, other }) => {
                let (one, other) = (unit(sentence, one), unit(sentence, other));
                json!({"variations": {"plural": {"one": one, "other": other}}})
            }
        };
        said.insert(language.tag().to_owned(), words);
    }
    let mut entry = json!({"extractionState": "manual", "localizations": said});
    if let (Some(note), Some(entry)) = (&sentence.note, entry.as_object_mut()) {
        entry.insert("comment".to_owned(), json!(note));
    }
    entry
}

fn unit(sentence: &Sentence, text: &str) -> Value {
    let mut value = String::new();
    for part in sentence.parts(text).unwrap_or_default() {
        match part {
            Part::Text(text) if sentence.args.is_empty() => value += text,
            Part::Text(text) => value += &text.replace('%', "%%"),
            Part::Value(arg) => {
                let number = sentence.args[arg].is_number;
                let kind = if number { "lld" } else { "@" };
                let _ = if sentence.args.len() > 1 {
                    write!(value, "%{}${kind}", arg + 1)
                } else {
                    write!(value, "%{kind}")
                };
            }
        }
    }
    json!({"stringUnit": {"state": "translated", "value": value}})
}

/// Keys in order, two spaces, and a space before each colon.
fn write(value: &Value, depth: usize, out: &mut String) {
    let Value::Object(map) = value else {
        *out += &value.to_string();
        return;
    };
    let mut entries: Vec<_> = map.iter().collect();
    entries.sort_by_key(|(key, _)| *key);
    let indent = "  ".repeat(depth + 1);
    for (at, (key, value)) in entries.into_iter().enumerate() {
        *out += if at == 0 { "{\n" } else { ",\n" };
        let _ = write!(out, "{indent}{} : ", Value::String(key.clone()));
        write(value, depth + 1, out);
    }
    let _ = write!(out, "\n{}}}", "  ".repeat(depth));
}
