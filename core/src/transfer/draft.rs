//! A song under construction: texts go in by meaning, a song's values come out, and no text is lost.
//!
//! Owns: [`Draft`]: what becomes of a text that does not fit its column (it goes into the notes, with a warning), of a
//! second value, and of what songs have no column for.
//! Invariant: what [`Draft::finish`] gives passes the checks of an edit.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;

use super::cells::{self, Read};
use super::length::{Unit, length};
use super::meaning::Meaning;
use super::plan::WarningKind;
use crate::model::{Kind, MAX_LINE_CHARS, MAX_TEXT_BYTES, Values, checked};

/// Longest text of a warning, in characters.
const MAX_QUOTE: usize = 200;
/// Most texts that the notes of one song are made of, and most remarks on it; what is more is left out with a warning.
const MAX_PIECES: usize = 1_000;
/// Most artists that one song names.
const MAX_ARTISTS: usize = 20;

/// What a person should know of one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Remark {
    pub(super) meaning: Meaning,
    pub(super) text: String,
    pub(super) kind: WarningKind,
}

/// A song under construction.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub(super) line: u64,
    values: Values,
    notes: Vec<String>,
    pub(super) remarks: Vec<Remark>,
    /// Texts are taken as they are, as in a file that we wrote.
    verbatim: bool,
}

impl Draft {
    pub(super) fn new(line: u64, verbatim: bool) -> Self {
        Self {
            line,
            verbatim,
            ..Self::default()
        }
    }

    pub(super) fn has(&self, meaning: Meaning) -> bool {
        meaning
            .column()
            .is_some_and(|column| self.values.contains_key(column))
    }

    pub(super) fn title(&self) -> Option<&str> {
        self.values.get("title").and_then(Value::as_str)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty() && self.notes.is_empty()
    }

    /// Takes a text. `label` stands before it where it goes into the notes.
    pub(super) fn put(&mut self, meaning: Meaning, label: &str, text: &str) {
        let text = if self.verbatim {
            text.to_owned()
        } else {
            tidy(text, meaning == Meaning::Notes)
        };
        if text.is_empty() {
            return;
        }
        match meaning {
            Meaning::Notes => self.note(text),
            Meaning::Capo | Meaning::Tags if meaning.column().is_none() => self.keep(label, &text),
            Meaning::Capo => self.number(meaning, label, &text, cells::fret(&text)),
            Meaning::Tempo => self.number(meaning, label, &text, cells::tempo(&text)),
            Meaning::Difficulty => self.number(meaning, label, &text, cells::difficulty(&text)),
            Meaning::Duration | Meaning::Seconds => {
                self.length(meaning, label, &text, Unit::Seconds);
            }
            Meaning::Minutes => self.length(meaning, label, &text, Unit::Minutes),
            Meaning::Milliseconds => self.length(meaning, label, &text, Unit::Milliseconds),
            Meaning::TimeSignature => {
                let value = if self.verbatim {
                    text.as_str()
                } else {
                    signature(&text)
                };
                self.value(meaning, label, &text, Value::from(value));
            }
            Meaning::Title | Meaning::Artist | Meaning::Key | Meaning::Genre | Meaning::Tuning => {
                self.value(meaning, label, &text, Value::from(text.as_str()));
            }
            Meaning::Tags | Meaning::Mode | Meaning::Chart | Meaning::Ignored => {}
        }
    }

    fn length(&mut self, meaning: Meaning, label: &str, text: &str, unit: Unit) {
        let read = match length(text, unit) {
            Read::Nothing if self.verbatim => Read::Number(0),
            read => read,
        };
        self.number(meaning, label, text, read);
    }

    fn number(&mut self, meaning: Meaning, label: &str, text: &str, read: Read) {
        match read {
            Read::Nothing => {}
            Read::Number(number) => self.value(meaning, label, text, Value::from(number)),
            Read::Part(number) => {
                self.value(meaning, label, text, Value::from(number));
                self.keep_with(meaning, label, text, WarningKind::ReadInPart);
            }
            Read::Not => self.keep_with(meaning, label, text, WarningKind::Unreadable),
        }
    }

    /// Sets a value unless there is one; a value that may not be is kept in the notes.
    fn value(&mut self, meaning: Meaning, label: &str, text: &str, value: Value) {
        let Some(column) = meaning.column() else {
            return;
        };
        match self.values.get(column) {
            Some(before) if *before == value => return,
            Some(_) => return self.keep_with(meaning, label, text, WarningKind::SecondValue),
            None => {}
        }
        match checked(Kind::Song, column, value) {
            Ok(value) => drop(self.values.insert(column.to_owned(), value)),
            Err(_) if meaning == Meaning::Title => {
                let beginning: String = text.chars().take(MAX_LINE_CHARS).collect();
                self.values
                    .insert(column.to_owned(), Value::from(beginning));
                self.keep_with(meaning, label, text, WarningKind::TooLong);
            }
            Err(_) => self.keep_with(meaning, label, text, WarningKind::Unreadable),
        }
    }

    /// One more artist of the same song.
    pub(super) fn join_artist(&mut self, text: &str) {
        let text = tidy(text, false);
        let before = self.values.get("artist").and_then(Value::as_str);
        let joined = match before.map(|before| (before, before.split(", ").count())) {
            Some((before, count))
                if count < MAX_ARTISTS && before.len() + text.len() < MAX_LINE_CHARS =>
            {
                if text.is_empty() || before.split(", ").any(|one| one == text) {
                    return;
                }
                format!("{before}, {text}")
            }
            _ => return self.put(Meaning::Artist, Meaning::Artist.label(), &text),
        };
        self.values.insert("artist".to_owned(), Value::from(joined));
    }

    /// Sets a value that was written whole by [`super::write`].
    pub(super) fn set(&mut self, column: &'static str, value: Value) {
        if column == "notes" {
            self.notes = value.as_str().map(str::to_owned).into_iter().collect();
        } else if let Ok(value) = checked(Kind::Song, column, value) {
            self.values.insert(column.to_owned(), value);
        }
    }

    /// Keeps a text in the notes.
    pub(super) fn keep(&mut self, label: &str, text: &str) {
        let line = if label.is_empty() {
            text.to_owned()
        } else {
            format!("{label}: {text}")
        };
        self.note(line);
    }

    fn note(&mut self, text: String) {
        if self.notes.len() == MAX_PIECES {
            self.remark(Meaning::Notes, &text, WarningKind::TooLong);
        } else if !self.notes.contains(&text) {
            self.notes.push(text);
        }
    }

    pub(super) fn keep_with(
        &mut self,
        meaning: Meaning,
        label: &str,
        text: &str,
        kind: WarningKind,
    ) {
        self.keep(label, text);
        self.remark(meaning, text, kind);
    }

    pub(super) fn remark(&mut self, meaning: Meaning, text: &str, kind: WarningKind) {
        if self.remarks.len() < MAX_PIECES {
            self.remarks.push(Remark {
                meaning,
                text: quote(text),
                kind,
            });
        }
    }

    /// The song's values and what there is to say of it. Without a title they are no song.
    pub(super) fn finish(mut self) -> (Values, Vec<Remark>) {
        let mut notes = self.notes.join("\n").replace('\0', "");
        if notes.len() > MAX_TEXT_BYTES {
            self.remark(Meaning::Notes, &notes, WarningKind::TooLong);
            notes.truncate(notes.floor_char_boundary(MAX_TEXT_BYTES));
        }
        if !notes.is_empty() {
            self.values.insert("notes".to_owned(), Value::from(notes));
        }
        (self.values, self.remarks)
    }
}

/// The beginning of a text, for a warning or a sample.
pub(super) fn quote(text: &str) -> String {
    text.chars().take(MAX_QUOTE).collect()
}

/// Joined accents, no control characters, no outer space; in one line, or with plain line ends.
pub(super) fn tidy(text: &str, lines: bool) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = text.chars().filter_map(|c| match c {
        '\n' | '\t' if lines => Some(c),
        '\n' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{feff}' => None,
        c if c.is_control() => None,
        c => Some(c),
    });
    let kept: String = kept.collect();
    kept.nfc().collect::<String>().trim().to_owned()
}

/// As it is typed, but for the signs of common and cut time.
fn signature(text: &str) -> &str {
    match text {
        "C" | "c" | "𝄴" => "4/4",
        "C|" | "¢" | "𝄵" => "2/2",
        text => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn song(texts: &[(Meaning, &str)]) -> (Value, Vec<WarningKind>) {
        let mut draft = Draft::new(1, false);
        for (meaning, text) in texts {
            draft.put(*meaning, meaning.label(), text);
        }
        let (values, remarks) = draft.finish();
        (
            Value::Object(values),
            remarks.into_iter().map(|remark| remark.kind).collect(),
        )
    }

    #[test]
    fn what_does_not_fit_is_named_and_kept() {
        let (values, kinds) = song(&[
            (Meaning::Title, " A\u{301}  \u{7}b "),
            (Meaning::Tempo, "fast"),
            (Meaning::Duration, "3:45"),
            (Meaning::Duration, "225"),
            (Meaning::Key, "C"),
            (Meaning::Key, "D"),
            (Meaning::Tags, "slow"),
            (Meaning::Tempo, "120-124"),
            (Meaning::Notes, "my\r\nwords"),
        ]);
        assert_eq!(
            values,
            json!({"title": "Á  b", "duration": 225, "key": "C", "tempo": 120,
                "notes": "Tempo: fast\nKey: D\nTags: slow\nTempo: 120-124\nmy\nwords"})
        );
        assert_eq!(
            kinds,
            [
                WarningKind::Unreadable,
                WarningKind::SecondValue,
                WarningKind::ReadInPart
            ]
        );
    }

    #[test]
    fn texts_that_are_too_long_lose_no_song() {
        let long = "x".repeat(MAX_LINE_CHARS + 1);
        let (values, kinds) = song(&[(Meaning::Title, &long), (Meaning::Artist, &long)]);
        assert_eq!(values["title"].as_str().map(str::len), Some(MAX_LINE_CHARS));
        assert_eq!(values.get("artist"), None);
        assert_eq!(kinds, [WarningKind::TooLong, WarningKind::Unreadable]);
        let notes = "é".repeat(MAX_TEXT_BYTES);
        let (values, kinds) = song(&[(Meaning::Title, "T"), (Meaning::Notes, &notes)]);
        assert!(
            values["notes"]
                .as_str()
                .is_some_and(|text| text.len() <= MAX_TEXT_BYTES)
        );
        assert_eq!(kinds, [WarningKind::TooLong]);
    }
}
