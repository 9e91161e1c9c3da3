//! Where everything is on a screen of a size. Pure.
//!
//! Owns: which parts a small screen leaves out, so that each of them can still be reached by a key: the other phone by
//! `Tab`, the other lists by left and right, all keys by `h`.

use ratatui::layout::{Constraint, Layout, Rect, Size};

use super::dialog::Dialog;
use super::draw::{bottom_rows, key_rows, phone_name, phone_status};
use super::model::{Model, Pane, PhoneView};
use super::reading;
use super::wrap::{width, wrapped};

/// Narrower phones are not put side by side.
const NARROWEST: u16 = 36;
/// From this many columns on, a phone has its setlist beside its songs.
const BESIDE: u16 = 76;
/// A phone with fewer lines shows one list at a time.
const LOWEST: u16 = 12;
/// From this many lines on, the keys have two.
const ROOMY: u16 = 20;
/// ... and from this many on, three.
const TALL: u16 = 30;
/// Most lines of a message or a question.
const MESSAGE: usize = 4;

/// The parts of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    /// Phones by number.
    pub(super) phones: Vec<(usize, Rect)>,
    pub(super) message: Rect,
    pub(super) keys: Rect,
}

impl Parts {
    /// Where dialogs lie: over the phones, above message and keys.
    pub(super) fn over(&self) -> Rect {
        let areas = self.phones.iter().map(|(_, area)| *area);
        areas.reduce(Rect::union).unwrap_or_default()
    }
}

/// Divides the screen.
pub(super) fn parts(area: Rect, model: &Model) -> Parts {
    let keys = match (area.height, &model.dialog) {
        (0..8, _) => 0,
        // What a dialog asks can be answered on any screen.
        (_, Some(_)) => key_rows(model, area.width).clamp(1, 3),
        (8..ROOMY, None) => 1,
        (ROOMY..TALL, None) => 2,
        _ => 3,
    };
    let lines = bottom_rows(model, usize::from(area.width)).lines.len();
    let message = u16::try_from(lines.clamp(1, MESSAGE)).unwrap_or(1);
    let rows = [
        Constraint::Min(3),
        Constraint::Length(message),
        Constraint::Length(keys),
    ];
    let [phones, message, keys] = Layout::vertical(rows).areas(area);
    let count = u16::try_from(model.phones.len()).unwrap_or(1).max(1);
    let phones = if phones.width / count < NARROWEST {
        vec![(model.focus, phones)]
    } else {
        let columns = Layout::horizontal(vec![Constraint::Fill(1); usize::from(count)]);
        columns.split(phones).iter().copied().enumerate().collect()
    };
    Parts {
        phones,
        message,
        keys,
    }
}

/// The lists of a phone that are on the screen, inside its frame.
pub(super) fn panes(inside: Rect, phone: &PhoneView) -> Vec<(Pane, Rect)> {
    if inside.height < LOWEST {
        return vec![(phone.pane, inside)];
    }
    let [songs, setlist, notices] = if inside.width >= BESIDE {
        let columns = [
            Constraint::Fill(1),
            Constraint::Length(2),
            Constraint::Fill(1),
        ];
        let [left, _, right] = Layout::horizontal(columns).areas(inside);
        let rows = [Constraint::Fill(3), Constraint::Fill(2)];
        let [upper, lower] = Layout::vertical(rows).areas(right);
        [left, upper, lower]
    } else {
        let rows = [
            Constraint::Fill(5),
            Constraint::Fill(4),
            Constraint::Fill(3),
        ];
        Layout::vertical(rows).areas(inside)
    };
    vec![
        (Pane::Songs, songs),
        (Pane::Setlist, setlist),
        (Pane::Notices, notices),
    ]
}

/// Inside the frame of a phone: a line of its status where the frame has no room for it, and the lists.
pub(super) fn inside(area: Rect, phone: &PhoneView) -> (Option<Rect>, Rect) {
    let inner = Rect {
        x: area.x.saturating_add(1),
        y: area.y.saturating_add(1),
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    };
    let wanted = width(&phone_name(phone)) + phone_status(phone).width() + 2;
    let fits = wanted <= usize::from(inner.width);
    if fits || inner.height < 2 {
        return (None, inner);
    }
    let rows = [Constraint::Length(1), Constraint::Min(0)];
    let [status, lists] = Layout::vertical(rows).areas(inner);
    (Some(status), lists)
}

/// Where a dialog lies; a small screen is covered by it.
pub(super) fn dialog(area: Rect) -> Rect {
    if area.width < 100 || area.height < 24 {
        return area;
    }
    let (x, y) = (area.width / 12, area.height / 10);
    Rect {
        x: area.x + x,
        y: area.y + y,
        width: area.width - 2 * x,
        height: area.height - 2 * y,
    }
}

/// Inside the frame of a dialog.
pub(super) fn dialog_inside(area: Rect) -> Rect {
    let area = dialog(area);
    Rect {
        x: area.x.saturating_add(2),
        y: area.y.saturating_add(1),
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(2),
    }
}

/// Room for a list, and the lines of the note below it.
pub(super) fn above_note(inside: Rect, note: &str) -> (Rect, Vec<String>) {
    let lines = if note.is_empty() {
        Vec::new()
    } else {
        wrapped(note, usize::from(inside.width))
    };
    let taken = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let list = Rect {
        height: inside.height.saturating_sub(taken),
        ..inside
    };
    (list, lines)
}

impl Model {
    /// The screen has this size now: every cursor is brought on it, and no text is scrolled past its end.
    pub(crate) fn fit(&mut self, size: Size) {
        let area = Rect::new(0, 0, size.width, size.height);
        let parts = parts(area, self);
        let whole = parts.over();
        for (number, phone) in self.phones.iter_mut().enumerate() {
            let place = parts.phones.iter().find(|(n, _)| *n == number);
            let (_, lists) = inside(place.map_or(whole, |(_, area)| *area), phone);
            for (pane, area) in panes(lists, phone) {
                let lines = usize::from(area.height.saturating_sub(1));
                match pane {
                    Pane::Songs => phone.songs.fit(lines),
                    Pane::Setlist => phone.items.fit(lines),
                    Pane::Notices => phone.notices.fit(lines),
                }
            }
            let lines = usize::from(dialog_inside(whole).height);
            phone.setlists.fit(lines);
            phone.places.fit(lines);
        }
        self.fit_dialog(dialog_inside(whole));
    }

    fn fit_dialog(&mut self, inside: Rect) {
        let (columns, lines) = (usize::from(inside.width), usize::from(inside.height));
        let read = reading::open(self).map(|mut sheet| {
            sheet.fit(columns, lines);
            sheet
        });
        match (&mut self.dialog, read) {
            (Some(Dialog::Sheet(sheet, _)), Some(read)) => *sheet = read,
            (Some(Dialog::Conflicts(from) | Dialog::Refused(from)), Some(read)) => {
                *from = read.from();
            }
            // What was to be chosen is settled.
            (Some(Dialog::Conflicts(_) | Dialog::Refused(_)), None) => self.dialog = None,
            (Some(Dialog::Deleted(rows)), _) => {
                let (list, _) = above_note(inside, &rows.note);
                rows.list.fit(usize::from(list.height));
            }
            _ => {}
        }
    }
}
