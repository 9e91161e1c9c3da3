//! One sentence of the apps in every language, and its placeholders.
//!
//! Owns: how a sentence is written in `texts/`: text with `{name}` where a value goes, or one form for one and one for
//! more. `args` lists the values in the order of the call: `"title"` is a text, `"count: number"` a number.
//! Invariant: a sentence that was read is complete: each language says it, with the same values, and all are in `args`.

use serde::Deserialize;

/// A language of the apps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    English,
    German,
}

impl Language {
    pub(super) const ALL: [Self; 2] = [Self::English, Self::German];

    /// As systems name it.
    pub(super) fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }
}

/// As it stands in a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    en: Words,
    de: Words,
    #[serde(default)]
    args: Vec<String>,
    note: Option<String>,
}

/// One language's words.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(super) enum Words {
    Plain(String),
    Counted(Forms),
}

/// The forms of English and German.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Forms {
    pub(super) one: String,
    pub(super) other: String,
}

/// A value that a sentence takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Arg {
    pub(super) name: String,
    pub(super) is_number: bool,
}

/// A part of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'a> {
    Text(&'a str),
    /// The value at this place of the call, counted from 0.
    Value(usize),
}

/// One sentence.
#[derive(Debug)]
pub(super) struct Sentence {
    english: Words,
    german: Words,
    pub(super) args: Vec<Arg>,
    pub(super) note: Option<String>,
}

impl Sentence {
    /// Checks what is written.
    pub(super) fn read(written: Written) -> Result<Self, String> {
        let args: Result<_, _> = written.args.iter().map(|arg| read_arg(arg)).collect();
        let sentence = Self {
            english: written.en,
            german: written.de,
            args: args?,
            note: written.note,
        };
        for language in Language::ALL {
            let checked = sentence.check(language);
            checked.map_err(|fault| format!("{}: {fault}", language.tag()))?;
        }
        if sentence.counted().is_some() != matches!(sentence.german, Words::Counted(_)) {
            return Err("one language counts, the other does not".to_owned());
        }
        Ok(sentence)
    }

    pub(super) fn words(&self, language: Language) -> &Words {
        match language {
            Language::English => &self.english,
            Language::German => &self.german,
        }
    }

    /// The place of the number that chooses the form.
    pub(super) fn counted(&self) -> Option<usize> {
        let number = self.args.iter().position(|arg| arg.is_number);
        number.filter(|_| matches!(self.english, Words::Counted(_)))
    }

    /// The parts of one of its texts.
    pub(super) fn parts<'a>(&self, text: &'a str) -> Result<Vec<Part<'a>>, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find(['{', '}']) {
            let (before, place) = rest.split_at(open);
            let inside = place.strip_prefix('{').and_then(|p| p.split_once('}'));
            let (name, after) = inside.ok_or("a brace is alone")?;
            let arg = self.args.iter().position(|arg| arg.name == name);
            let arg = arg.ok_or(format!("{{{name}}} is not among its args"))?;
            parts.extend((!before.is_empty()).then_some(Part::Text(before)));
            parts.push(Part::Value(arg));
            rest = after;
        }
        parts.extend((!rest.is_empty()).then_some(Part::Text(rest)));
        Ok(parts)
    }

    fn check(&self, language: Language) -> Result<(), String> {
        let all = 0..self.args.len();
        match self.words(language) {
            Words::Plain(text) => {
                let used = self.check_text(text)?;
                let unused = all.clone().find(|arg| !used.contains(arg));
                unused.map_or(Ok(()), |arg| Err(self.unused(arg)))
            }
            Words::Counted(Forms { one, other }) => {
                let numbers = self.args.iter().filter(|arg| arg.is_number).count();
                if numbers != 1 {
                    return Err("what counts takes one number".to_owned());
                }
                let (one, other) = (self.check_text(one)?, self.check_text(other)?);
                // "One song" may leave the number out.
                let left_out = |arg: &usize| !self.args[*arg].is_number && !one.contains(arg);
                let unused = all
                    .clone()
                    .find(|arg| !other.contains(arg) || left_out(arg));
                unused.map_or(Ok(()), |arg| Err(self.unused(arg)))
            }
        }
    }

    fn unused(&self, arg: usize) -> String {
        format!("{{{}}} is left out", self.args[arg].name)
    }

    /// Which values a text names.
    fn check_text(&self, text: &str) -> Result<Vec<usize>, String> {
        if text.trim().is_empty() {
            return Err("it is empty".to_owned());
        }
        if text.trim() != text || text.contains("  ") || text.contains('\t') {
            return Err(format!("spaces that a system would drop: {text:?}"));
        }
        if text.contains("...") || text.contains('\'') {
            return Err(format!("write … and ’: {text:?}"));
        }
        let parts = self.parts(text)?;
        let values = parts.iter().filter_map(|part| match part {
            Part::Value(arg) => Some(*arg),
            Part::Text(_) => None,
        });
        Ok(values.collect())
    }
}

fn read_arg(written: &str) -> Result<Arg, String> {
    let (name, is_number) = match written.split_once(": ") {
        Some((name, "number")) => (name, true),
        Some((_, other)) => return Err(format!("`{other}` is no type of a value")),
        None => (written, false),
    };
    if !is_key(name) {
        return Err(format!("`{name}` cannot name a value"));
    }
    Ok(Arg {
        name: name.to_owned(),
        is_number,
    })
}

/// Words that Kotlin, Swift or what is made of the sentences keep for themselves, and that nobody would miss.
const KEPT: [&str; 17] = [
    "as", "break", "class", "continue", "do", "else", "false", "for", "if", "in", "is", "null",
    "object", "return", "speech", "true", "when",
];

/// A name that is one in JSON, XML, Kotlin and Swift: lower case, digits and single underscores.
pub(super) fn is_key(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(plain)
        && !name.ends_with('_')
        && !name.contains("__")
        && !KEPT.contains(&name)
}
