//! The sentences as Kotlin: a class for each place, a property or a function for each sentence.
//!
//! The code has no Android imports, so that screens that run on a desktop take it too. The language is chosen at run time.

use std::fmt::Write as _;

use super::catalogue::{Catalogue, Place};
use super::sentence::{Arg, Forms, Language, Part, Sentence, Words};
use crate::generated::{Made, first_line};

/// Where it goes; nothing else is there.
pub(crate) const FOLDER: &str = "android/ui/src/main/kotlin/org/rockon/ui/texts";

const HEAD: &str = "@file:Suppress(\"ktlint\")\n\npackage org.rockon.ui.texts\n\n";

/// Plurals by CLDR: English and German have one form for 1 and one for every other whole number.
const SPEECH: &str = "/** A number with the separators of the language. */
internal fun grouped(number: Long, language: Language): String {
    val separator = when (language) {
        Language.ENGLISH -> ','
        Language.GERMAN -> '.'
    }
    val digits = number.toString().removePrefix(\"-\")
    val sign = if (number < 0) \"-\" else \"\"
    return sign + digits.reversed().chunked(3).joinToString(separator.toString()).reversed()
}
";

/// All files.
pub(super) fn files(catalogue: &Catalogue) -> Made {
    let places = catalogue.places.iter();
    let mut made: Made = places
        .map(|(name, place)| {
            let class = class(name);
            let text = of_place(name, &class, place);
            (format!("{FOLDER}/{class}.kt"), text)
        })
        .collect();
    made.insert(format!("{FOLDER}/Texts.kt"), all(catalogue));
    made
}

fn all(catalogue: &Catalogue) -> String {
    let mut code = first_line("texts/") + HEAD;
    code += "/** A language of the app: the core's. */\npublic typealias Language = org.rockon.Language\n\n";
    code += "/** Every sentence of the app, in one language. */\n";
    code += "public class Texts(public val language: Language) {\n";
    for (name, place) in &catalogue.places {
        let (class, property) = (class(name), camel(name));
        let _ = writeln!(code, "    /** {} */", comment(&place.about));
        let _ = writeln!(
            code,
            "    public val {property}: {class} = {class}(language)"
        );
    }
    code + "}\n\n" + SPEECH
}

fn of_place(name: &str, class: &str, place: &Place) -> String {
    let mut code = first_line(&format!("texts/{name}.json")) + HEAD;
    let _ = writeln!(code, "/** {} */", comment(&place.about));
    let _ = writeln!(
        code,
        "public class {class} internal constructor(private val speech: Language) {{"
    );
    for (key, sentence) in &place.sentences {
        code += &of_sentence(&camel(key), sentence);
    }
    code + "}\n"
}

fn of_sentence(name: &str, sentence: &Sentence) -> String {
    let note = sentence.note.as_deref();
    let note = note.map_or_else(String::new, |n| format!("    /** {} */\n", comment(n)));
    let arg = |arg: &Arg| {
        let kind = if arg.is_number { "Long" } else { "String" };
        format!("{}: {kind}", camel(&arg.name))
    };
    let args: Vec<String> = sentence.args.iter().map(arg).collect();
    let head = if args.is_empty() {
        format!("val {name}: String\n        get() =")
    } else {
        format!("fun {name}({}): String =", args.join(", "))
    };
    let english = expression(sentence, Language::English);
    let german = expression(sentence, Language::German);
    format!(
        "{note}    public {head} when (speech) {{\n            Language.ENGLISH -> {english}\n            \
         Language.GERMAN -> {german}\n        }}\n"
    )
}

fn expression(sentence: &Sentence, language: Language) -> String {
    match (sentence.words(language), sentence.counted()) {
        (Words::Counted(Forms { one, other }), Some(number)) => {
            let (one, other) = (literal(sentence, one), literal(sentence, other));
            let number = camel(&sentence.args[number].name);
            format!("if ({number} == 1L) {one} else {other}")
        }
        (Words::Plain(text) | Words::Counted(Forms { other: text, .. }), _) => {
            literal(sentence, text)
        }
    }
}

fn literal(sentence: &Sentence, text: &str) -> String {
    let mut code = String::from("\"");
    for part in sentence.parts(text).unwrap_or_default() {
        match part {
            Part::Text(text) => code += &escaped(text),
            Part::Value(arg) => {
                let Arg { name, is_number } = &sentence.args[arg];
                let name = camel(name);
                let _ = if *is_number {
                    write!(code, "${{grouped({name}, speech)}}")
                } else {
                    write!(code, "${{{name}}}")
                };
            }
        }
    }
    code + "\""
}

fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    text.replace('$', "\\$").replace('\n', "\\n")
}

/// What is said in a comment must not end it.
fn comment(text: &str) -> String {
    text.replace("*/", "* /").replace("/*", "/ *")
}

fn class(place: &str) -> String {
    pascal(place) + "Texts"
}

fn pascal(name: &str) -> String {
    let word = |word: &str| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_ascii_uppercase() + rest
    };
    name.split('_').map(word).collect()
}

/// `not_yet` as `notYet`.
pub(crate) fn camel(name: &str) -> String {
    let name = pascal(name);
    let (first, rest) = name.split_at(name.len().min(1));
    first.to_ascii_lowercase() + rest
}
