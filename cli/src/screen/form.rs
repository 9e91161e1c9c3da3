//! Several fields filled in together: a song, or one long text.
//!
//! Pure. Owns: which fields a song has, how each is written and read, and what a key does among them.
//! Invariants: a field that was not touched is not part of what is saved; Esc asks once before typed text goes.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use rockon_core::model::{RowId, Values};
use serde_json::{Value, json};

use super::dialog::About;
use super::input::Input;
use super::model::ConflictLine;

/// How a field is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Line,
    Text,
    Number,
    Length,
    /// One element of a list a line.
    List,
}

/// Column, label, how it is written.
type Column = (&'static str, &'static str, Way);

/// Everything of a song that a person fills in.
const SONG: &[Column] = &[
    ("title", "Title", Way::Line),
    ("artist", "Artist", Way::Line),
    ("key", "Key", Way::Line),
    ("tempo", "Tempo (bpm)", Way::Number),
    ("time_signature", "Time signature", Way::Line),
    ("duration", "Length (m:ss)", Way::Length),
    ("difficulty", "Difficulty (1-5)", Way::Number),
    ("confidence_level", "Confidence (1-5)", Way::Number),
    ("guitar_tuning", "Tuning", Way::Line),
    ("capo", "Capo (0-11)", Way::Number),
    ("genre", "Genre", Way::Line),
    ("notes", "Notes", Way::Text),
    ("lyrics_url", "Link to lyrics", Way::Line),
    ("chords_url", "Link to chords", Way::Line),
    ("recording_url", "Link to recording", Way::Line),
    ("reference_links", "Other links", Way::List),
    ("last_practiced", "Last practised", Way::Line),
];

/// The columns of a song's form, in its order.
pub(crate) fn columns() -> impl Iterator<Item = &'static str> {
    SONG.iter().map(|(name, ..)| *name)
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    name: &'static str,
    pub(crate) label: &'static str,
    form: Way,
    pub(crate) input: Input,
    /// As it was; what is the same at the end is not saved.
    before: String,
    /// Only the beginning is on this phone: it cannot be edited here.
    pub(crate) cut: bool,
}

/// Fields, one of which takes the keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) title: String,
    pub(crate) about: About,
    pub(crate) fields: Vec<Field>,
    pub(crate) at: usize,
    /// What is wrong with what was entered, or a question before it is closed.
    pub(crate) problem: String,
    leaving: bool,
}

/// How a form is after a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Left {
    Open,
    Closed,
    Saved,
}

impl Form {
    /// All fields of a song, or its notes alone.
    pub(crate) fn of_song(id: RowId, row: &Values, cut: &[String], notes_only: bool) -> Self {
        let columns = SONG.iter();
        let wanted = columns.filter(|(name, ..)| !notes_only || *name == "notes");
        let fields = wanted.map(|&(name, label, form)| {
            let text = written(row.get(name), form);
            Field {
                name,
                label: if notes_only { "" } else { label },
                form,
                input: if matches!(form, Way::Text | Way::List) {
                    Input::lines(&text)
                } else {
                    Input::line(&text)
                },
                before: text,
                cut: cut.iter().any(|column| column == name),
            }
        });
        let title = row.get("title").and_then(Value::as_str).unwrap_or_default();
        let title = crate::out::printable(title);
        Self {
            title: if notes_only {
                format!("Notes of \"{title}\"")
            } else {
                title
            },
            about: About::Song(id),
            fields: fields.collect(),
            at: 0,
            problem: String::new(),
            leaving: false,
        }
    }

    /// A value made of both of a conflict.
    pub(crate) fn of_both(conflict: &ConflictLine) -> Self {
        let text = conflict.both.clone().unwrap_or_default();
        let input = Input::lines(&text);
        Self {
            title: format!("Both: {}", conflict.about),
            about: About::Both(conflict.id),
            fields: vec![Field {
                name: "",
                label: "",
                form: Way::Text,
                input,
                // Saving it as it stands is a choice too.
                before: text,
                cut: false,
            }],
            at: 0,
            problem: String::new(),
            leaving: false,
        }
    }

    /// Takes a key.
    pub(crate) fn key(&mut self, key: KeyEvent) -> Left {
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        if key.code == KeyCode::Esc {
            return self.leave();
        }
        self.leaving = false;
        self.problem.clear();
        match key.code {
            KeyCode::Char('s') if ctrl => return Left::Saved,
            KeyCode::Tab => self.step(true),
            KeyCode::BackTab => self.step(false),
            _ => {
                let used = self.field().is_some_and(|field| field.input.key(key));
                match key.code {
                    _ if used => {}
                    KeyCode::Enter => return Left::Saved,
                    KeyCode::Down => self.step(true),
                    KeyCode::Up => self.step(false),
                    _ => {}
                }
            }
        }
        Left::Open
    }

    /// Pasted text goes into the field.
    pub(crate) fn paste(&mut self, text: &str) {
        if let Some(field) = self.field() {
            field.input.insert(text);
        }
    }

    /// The field that takes the keys, unless it cannot be edited.
    fn field(&mut self) -> Option<&mut Field> {
        self.fields.get_mut(self.at).filter(|field| !field.cut)
    }

    fn step(&mut self, down: bool) {
        let last = self.fields.len().saturating_sub(1);
        self.at = if down {
            (self.at + 1).min(last)
        } else {
            self.at.saturating_sub(1)
        };
    }

    fn leave(&mut self) -> Left {
        let typed = |field: &Field| field.input.text() != field.before;
        if self.leaving || !self.fields.iter().any(typed) {
            return Left::Closed;
        }
        self.leaving = true;
        "Esc again throws away what you typed".clone_into(&mut self.problem);
        Left::Open
    }

    /// The columns that were changed.
    ///
    /// # Errors
    /// What cannot be read, in words; the cursor is on that field then.
    pub(crate) fn changed(&mut self) -> Result<Values, String> {
        let mut set = Values::new();
        for (at, field) in self.fields.iter().enumerate() {
            if field.input.text() == field.before {
                continue;
            }
            match read(field.input.text(), field.form) {
                Ok(value) => drop(set.insert(field.name.to_owned(), value)),
                Err(problem) => {
                    self.at = at;
                    return Err(problem.to_owned());
                }
            }
        }
        Ok(set)
    }

    /// The text of a form with one field.
    pub(crate) fn text(&self) -> &str {
        self.fields.first().map_or("", |field| field.input.text())
    }

    /// Puts the cursor on the field of a column that cannot be accepted.
    pub(crate) fn turn_to(&mut self, column: &str) {
        let found = self.fields.iter().position(|field| field.name == column);
        self.at = found.unwrap_or(self.at);
    }
}

/// A value as it is edited.
fn written(value: Option<&Value>, form: Way) -> String {
    match (value, form) {
        (None | Some(Value::Null), _) => String::new(),
        (Some(Value::String(text)), _) => text.clone(),
        (Some(Value::Number(n)), Way::Length) => n.as_i64().map_or_else(String::new, length),
        (Some(Value::Array(items)), Way::List) => {
            let line = |item: &Value| {
                item.as_str()
                    .map_or_else(|| item.to_string(), str::to_owned)
            };
            items.iter().map(line).collect::<Vec<_>>().join("\n")
        }
        (Some(other), _) => other.to_string(),
    }
}

/// `3:45`.
pub(crate) fn length(seconds: i64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// What was typed, as a value. An empty text is none.
fn read(text: &str, form: Way) -> Result<Value, &'static str> {
    let line = text.trim();
    Ok(match form {
        Way::List => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            json!(lines.map(element).collect::<Vec<_>>())
        }
        _ if line.is_empty() => Value::Null,
        Way::Line => json!(line),
        Way::Text => json!(text.trim_end()),
        Way::Number => {
            let number: i64 = line.parse().map_err(|_| "Please enter a whole number")?;
            json!(number)
        }
        Way::Length => {
            let seconds = seconds(line);
            json!(seconds.ok_or("Please enter minutes and seconds, such as 3:45")?)
        }
    })
}

/// An element of a list: a text, or what other programs wrote as JSON.
fn element(line: &str) -> Value {
    let object = serde_json::from_str(line).ok();
    let object = object.filter(|value: &Value| value.is_object() || value.is_array());
    object.unwrap_or_else(|| json!(line))
}

fn seconds(text: &str) -> Option<i64> {
    let part = |text: &str| {
        text.trim()
            .parse()
            .ok()
            .filter(|n| (0..100_000).contains(n))
    };
    match text.split_once(':') {
        None => part(text),
        Some((minutes, seconds)) => {
            let seconds = part(seconds).filter(|n| *n < 60)?;
            Some(part(minutes)? * 60 + seconds)
        }
    }
}
