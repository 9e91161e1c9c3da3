//! A text to read: wrapped to the screen, scrolled when it is longer. Pure.

use super::list::Go;
use super::wrap::wrapped;

/// Lines that a page key moves, where the height is not known yet.
const PAGE: usize = 10;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    Head(String),
    Body(String),
}

/// A text to read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Sheet {
    pub(crate) title: String,
    pub(crate) pieces: Vec<Piece>,
    from: usize,
    height: usize,
}

/// A line as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) text: String,
    pub(crate) head: bool,
}

impl Sheet {
    /// A text under a title.
    pub(crate) fn new(title: &str, pieces: Vec<Piece>) -> Self {
        Self {
            title: title.to_owned(),
            pieces,
            ..Self::default()
        }
    }

    /// Nothing but a place.
    pub(crate) fn at(from: usize) -> Self {
        Self {
            from,
            ..Self::default()
        }
    }

    /// The first line that is shown.
    pub(crate) fn from(&self) -> usize {
        self.from
    }

    /// Scrolls; [`Sheet::fit`] minds the end of the text.
    pub(crate) fn go(&mut self, to: Go) {
        let page = if self.height == 0 {
            PAGE
        } else {
            self.height.saturating_sub(1).max(1)
        };
        self.from = match to {
            Go::Up => self.from.saturating_sub(1),
            Go::Down => self.from.saturating_add(1),
            Go::PageUp => self.from.saturating_sub(page),
            Go::PageDown => self.from.saturating_add(page),
            Go::Home => 0,
            Go::End => usize::MAX,
        };
    }

    /// The text has this much room: the end is not scrolled past.
    pub(crate) fn fit(&mut self, columns: usize, height: usize) {
        self.height = height;
        let most = self.rows(columns).len().saturating_sub(height);
        self.from = self.from.min(most);
    }

    /// All lines, wrapped.
    pub(crate) fn rows(&self, columns: usize) -> Vec<Row> {
        let row = |head: bool| move |text| Row { text, head };
        let rows = self.pieces.iter().flat_map(|piece| match piece {
            Piece::Head(text) => wrapped(text, columns).into_iter().map(row(true)),
            Piece::Body(text) => wrapped(text, columns).into_iter().map(row(false)),
        });
        rows.collect()
    }
}
