//! Android's `strings.xml`, one for each language.

use std::fmt::Write as _;

use super::catalogue::Catalogue;
use super::sentence::{Forms, Language, Part, Sentence, Words};

/// How a number is put in: with the separators of the language.
const NUMBER: &str = "$,d";
const TEXT: &str = "$s";

/// Where it goes; English is what Android takes for every other language.
pub(super) fn path(language: Language) -> String {
    let folder = match language {
        Language::English => "values".to_owned(),
        Language::German => format!("values-{}", language.tag()),
    };
    format!("android/app/src/main/res/{folder}/strings.xml")
}

/// The file.
pub(super) fn strings(catalogue: &Catalogue, language: Language) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <!-- Made from texts/ by `cargo xtask texts`. Change that, not this. -->\n<resources>\n",
    );
    for (place, texts) in &catalogue.places {
        let _ = writeln!(xml, "    <!-- {} -->", comment(&texts.about));
        for (key, sentence) in &texts.sentences {
            if let Some(note) = &sentence.note {
                let _ = writeln!(xml, "    <!-- {} -->", comment(note));
            }
            xml += &entry(&format!("{place}_{key}"), sentence, language);
        }
    }
    xml + "</resources>\n"
}

fn entry(name: &str, sentence: &Sentence, language: Language) -> String {
    match sentence.words(language) {
        Words::Plain(text) => {
            let text = value(sentence, text);
            format!("    <string name=\"{name}\">{text}</string>\n")
        }
        Words::Counted(Forms { one, other }) => {
            let item = |quantity: &str, text: &str| {
                let text = value(sentence, text);
                format!("        <item quantity=\"{quantity}\">{text}</item>\n")
            };
            let (one, other) = (item("one", one), item("other", other));
            format!("    <plurals name=\"{name}\">\n{one}{other}    </plurals>\n")
        }
    }
}

fn value(sentence: &Sentence, text: &str) -> String {
    let mut said = String::new();
    for part in sentence.parts(text).unwrap_or_default() {
        match part {
            // A percent sign is one only where values are put in.
            Part::Text(text) if sentence.args.is_empty() => said += &escaped(text),
            Part::Text(text) => said += &escaped(text).replace('%', "%%"),
            Part::Value(arg) => {
                let number = sentence.args[arg].is_number;
                let kind = if number { NUMBER } else { TEXT };
                let _ = write!(said, "%{}{kind}", arg + 1);
            }
        }
    }
    if said.starts_with(['@', '?']) {
        said.insert(0, '\\');
    }
    said
}

/// As aapt2 reads a string: XML's own signs, then its own.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '\n' => out += "\\n",
            '\\' | '"' | '\'' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

/// A comment of XML must not hold two hyphens.
fn comment(text: &str) -> String {
    text.replace("--", "–")
}
