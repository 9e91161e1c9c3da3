//! A list with a cursor: what moves it, and what stays where it is when lines come and go.
//!
//! Pure. Invariants: the cursor is inside the list; after [`List::fit`] it is on the screen; new lines never move the line
//! under it.

/// A line that can be found again.
pub(crate) trait Line {
    /// What it is known by; not always unique.
    type Id: PartialEq;

    /// What it is known by.
    fn id(&self) -> Self::Id;
}

/// Where a key takes the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Go {
    Up,
    Down,
    PageUp,
    PageDown,
    Home,
    End,
}

/// Lines, a cursor, and the part that is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct List<T> {
    lines: Vec<T>,
    at: usize,
    top: usize,
    height: usize,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self {
            lines: Vec::new(),
            at: 0,
            top: 0,
            height: 1,
        }
    }
}

impl<T> List<T> {
    /// All lines.
    pub(crate) fn lines(&self) -> &[T] {
        &self.lines
    }

    /// Where the cursor is.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// The line at the cursor.
    pub(crate) fn selected(&self) -> Option<&T> {
        self.lines.get(self.at)
    }

    /// Moves the cursor, staying inside the list.
    pub(crate) fn go(&mut self, to: Go) {
        let page = self.height.saturating_sub(1).max(1);
        let last = self.lines.len().saturating_sub(1);
        self.at = match to {
            Go::Up => self.at.saturating_sub(1),
            Go::Down => self.at + 1,
            Go::PageUp => self.at.saturating_sub(page),
            Go::PageDown => self.at.saturating_add(page),
            Go::Home => 0,
            Go::End => last,
        }
        .min(last);
        self.show();
    }

    /// This many lines are on the screen.
    pub(crate) fn fit(&mut self, height: usize) {
        self.height = height.max(1);
        self.show();
    }

    fn show(&mut self) {
        let most = self.lines.len().saturating_sub(self.height);
        let lowest = (self.at + 1).saturating_sub(self.height);
        self.top = self.top.clamp(lowest, self.at.max(lowest)).min(most);
    }

    /// The lines on the screen, and which of them the cursor is on.
    pub(crate) fn visible(&self) -> (&[T], usize) {
        let end = self.top.saturating_add(self.height).min(self.lines.len());
        let lines = self.lines.get(self.top..end).unwrap_or_default();
        (lines, self.at.saturating_sub(self.top))
    }

    /// Whether there is more than the screen shows.
    pub(crate) fn is_longer(&self) -> bool {
        self.lines.len() > self.height
    }
}

impl<T: Line> List<T> {
    /// Shows other lines. The cursor stays on its line, wherever that has moved to, and the line where it is on the screen.
    pub(crate) fn replace(&mut self, lines: Vec<T>) {
        let on = self.selected().map(Line::id);
        let same = lines
            .iter()
            .enumerate()
            .filter(|(_, line)| on.as_ref().is_some_and(|on| *on == line.id()));
        let nearest = same.map(|(at, _)| at).min_by_key(|at| at.abs_diff(self.at));
        let before = self.at;
        self.at = nearest.unwrap_or(before).min(lines.len().saturating_sub(1));
        self.top = (self.top + self.at).saturating_sub(before);
        self.lines = lines;
        self.show();
    }

    /// Puts the cursor on the line of this id; false when there is none.
    pub(crate) fn select(&mut self, id: &T::Id) -> bool {
        let found = self.lines.iter().position(|line| line.id() == *id);
        if let Some(at) = found {
            self.at = at;
            self.show();
        }
        found.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Line for u32 {
        type Id = Self;

        fn id(&self) -> Self {
            *self
        }
    }

    fn list(lines: impl IntoIterator<Item = u32>, height: usize) -> List<u32> {
        let mut list = List::default();
        list.replace(lines.into_iter().collect());
        list.fit(height);
        list
    }

    #[test]
    fn every_line_of_a_long_list_can_be_reached_and_is_shown_then() {
        let mut list = list(0..10_000, 7);
        for (to, at) in [
            (Go::End, 9_999),
            (Go::Up, 9_998),
            (Go::PageUp, 9_992),
            (Go::Home, 0),
            (Go::Up, 0),
            (Go::PageDown, 6),
            (Go::Down, 7),
        ] {
            list.go(to);
            let (lines, on) = list.visible();
            assert_eq!(
                (list.at(), lines[on], lines.len()),
                (at, u32::try_from(at).unwrap(), 7)
            );
        }
    }

    #[test]
    fn going_up_moves_the_cursor_before_the_list() {
        let mut list = list(0..100, 10);
        list.go(Go::End);
        list.go(Go::Up);
        assert_eq!(list.visible().1, 8, "the list itself stays");
    }

    #[test]
    fn lines_that_come_above_move_neither_the_cursor_nor_its_place() {
        let mut list = list(10..30, 5);
        for _ in 0..7 {
            list.go(Go::Down);
        }
        let (on, place) = (list.selected().copied(), list.visible().1);
        list.replace((0..40).collect());
        assert_eq!((list.selected().copied(), list.visible().1), (on, place));
        list.replace(vec![1, 2]);
        assert_eq!(
            list.selected(),
            Some(&2),
            "a line that is gone leaves the cursor inside"
        );
        list.replace(Vec::new());
        assert_eq!((list.selected(), list.visible().0.len()), (None, 0));
    }

    #[test]
    fn of_two_lines_of_one_id_the_nearer_keeps_the_cursor() {
        let mut list = list([7, 1, 2, 7, 7], 5);
        list.go(Go::End);
        list.replace(vec![7, 1, 2, 7, 7, 9]);
        assert_eq!(list.at(), 4);
    }
}
