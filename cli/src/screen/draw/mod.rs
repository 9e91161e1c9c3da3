//! Drawing. Pure: the same world gives the same picture.

mod bottom;
mod over;
mod phone;

use ratatui::Frame;
use ratatui::style::{Color, Modifier, Style};

pub(super) use bottom::{key_rows, rows as bottom_rows};
pub(super) use phone::{name as phone_name, status as phone_status};

use super::layout;
use super::model::Model;

/// What takes the keys, keys themselves, musical keys.
const ACCENT: Color = Color::Cyan;
/// What wants to be looked at.
const DOT: Color = Color::Yellow;
/// What stands back. Lighter than dark grey, which a dark stage swallows.
const QUIET: Color = Color::Gray;

fn bold() -> Style {
    Style::new().add_modifier(Modifier::BOLD)
}

/// The line at the cursor: no colours of its own, so that it is one bar.
fn selected() -> Style {
    Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD)
}

/// Draws everything.
pub(crate) fn draw(frame: &mut Frame<'_>, model: &Model) {
    let parts = layout::parts(frame.area(), model);
    for (number, area) in &parts.phones {
        if let Some(one) = model.phones.get(*number) {
            phone::draw(frame, *area, one, *number == model.focus);
        }
    }
    if let Some(dialog) = &model.dialog {
        over::draw(frame, parts.over(), model, dialog);
    }
    bottom::draw(frame, &parts, model);
}
