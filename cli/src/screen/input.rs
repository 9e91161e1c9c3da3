//! A text that is being typed.
//!
//! Pure. Owns: the text and the place in it. Invariants: the place lies between two letters as they are seen; a control
//! character typed or pasted never gets in, a new line only where there are several; what was there before stays as it was.

use std::ops::Range;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use unicode_segmentation::UnicodeSegmentation as _;

use super::wrap::{width, wrap};

/// Longest text, in bytes: the longest note that a phone takes.
const MAX_BYTES: usize = 256 * 1024;

/// A text and a place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Input {
    text: String,
    at: usize,
    /// It has lines.
    pub(crate) lines: bool,
    /// It is shown as dots.
    pub(crate) secret: bool,
}

impl Input {
    /// One line, the place at its end.
    pub(crate) fn line(text: &str) -> Self {
        Self {
            at: text.len(),
            text: text.to_owned(),
            lines: false,
            secret: false,
        }
    }

    /// Several lines.
    pub(crate) fn lines(text: &str) -> Self {
        Self {
            lines: true,
            ..Self::line(text)
        }
    }

    /// A password.
    pub(crate) fn secret() -> Self {
        Self {
            secret: true,
            ..Self::line("")
        }
    }

    /// What was typed.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Puts in text at the place, as typed or pasted.
    pub(crate) fn insert(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let fits = |c: char| (!c.is_control()).then_some(c);
        let clean = |c: char| match c {
            '\n' if self.lines => Some('\n'),
            '\n' | '\t' => Some(' '),
            c => fits(c),
        };
        let mut text: String = text.chars().filter_map(clean).collect();
        let room = MAX_BYTES.saturating_sub(self.text.len());
        while text.len() > room {
            text.pop();
        }
        self.text.insert_str(self.at, &text);
        self.at += text.len();
    }

    /// Takes a key. False when it does nothing in a text: it may mean something to whoever holds this.
    pub(crate) fn key(&mut self, key: KeyEvent) -> bool {
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char(c) if ctrl => return self.command(c),
            _ if key
                .modifiers
                .intersects(KeyModifiers::ALT | KeyModifiers::SUPER) =>
            {
                return false;
            }
            KeyCode::Char(c) => self.insert(c.encode_utf8(&mut [0; 4])),
            KeyCode::Enter if self.lines => self.insert("\n"),
            KeyCode::Backspace => self.remove(self.before()..self.at),
            KeyCode::Delete => self.remove(self.at..self.after()),
            KeyCode::Left => self.at = self.before(),
            KeyCode::Right => self.at = self.after(),
            KeyCode::Home => self.at = self.row().start,
            KeyCode::End => self.at = self.row().end,
            KeyCode::Up | KeyCode::Down if self.lines => {
                return self.other_row(key.code == KeyCode::Down);
            }
            _ => return false,
        }
        true
    }

    /// The keys that every shell has.
    fn command(&mut self, c: char) -> bool {
        match c {
            'a' => self.at = self.row().start,
            'e' => self.at = self.row().end,
            'u' => self.remove(self.row().start..self.at),
            'k' => self.remove(self.at..self.row().end),
            'w' => {
                let before = self.text.get(..self.at).unwrap_or_default();
                let word = before.trim_end().rfind(char::is_whitespace);
                self.remove(word.map_or(0, |at| at + 1)..self.at);
            }
            _ => return false,
        }
        true
    }

    fn remove(&mut self, range: Range<usize>) {
        let range = range.start.min(self.text.len())..range.end.min(self.text.len());
        if self.text.is_char_boundary(range.start) && self.text.is_char_boundary(range.end) {
            self.at = range.start;
            self.text.replace_range(range, "");
        }
    }

    fn before(&self) -> usize {
        let before = self.text.get(..self.at).unwrap_or_default();
        let last = before.grapheme_indices(true).next_back();
        last.map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        let after = self.text.get(self.at..).unwrap_or_default();
        self.at + after.graphemes(true).next().map_or(0, str::len)
    }

    /// The line of the text that the place is in.
    fn row(&self) -> Range<usize> {
        let (before, after) = self.text.split_at(self.at);
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let end = after.find('\n').map_or(self.text.len(), |at| self.at + at);
        start..end
    }

    /// To the line above or below; false when there is none.
    fn other_row(&mut self, down: bool) -> bool {
        let row = self.row();
        let letters = self.text.get(row.start..self.at).unwrap_or_default();
        let column = letters.graphemes(true).count();
        let edge = if down {
            (row.end < self.text.len()).then_some(row.end + 1)
        } else {
            row.start.checked_sub(1)
        };
        let Some(edge) = edge else { return false };
        self.at = edge;
        let other = self.row();
        let line = self.text.get(other.clone()).unwrap_or_default();
        let at = line.grapheme_indices(true).nth(column);
        self.at = at.map_or(other.end, |(at, _)| other.start + at);
        true
    }

    /// The text on lines of this width, and the line and column of the place.
    pub(crate) fn shown(&self, columns: usize) -> (Vec<String>, (usize, usize)) {
        // Room for the place behind the last letter.
        let lines = wrap(&self.text, columns.saturating_sub(1));
        let row = lines.iter().rposition(|line| line.start <= self.at);
        let row = row.unwrap_or(0);
        let start = lines.get(row).map_or(0, |line| line.start);
        let before = self.text.get(start..self.at).unwrap_or_default();
        let column = if self.secret {
            before.graphemes(true).count()
        } else {
            width(before)
        };
        let text = |line: Range<usize>| self.text.get(line).unwrap_or_default();
        let show = |line: Range<usize>| {
            if self.secret {
                "•".repeat(text(line).graphemes(true).count())
            } else {
                crate::out::printable(text(line))
            }
        };
        (lines.into_iter().map(show).collect(), (row, column))
    }
}
