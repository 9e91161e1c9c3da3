//! Drawing. Pure: the same world gives the same picture.

mod bottom;
mod over;
mod phone;

use ratatui::Frame;
use ratatui::style::{Color, Modifier, Style};

pub(super) use bottom::{key_rows, rows as bottom_rows};
pub(super) use phone::{name as phone_name, status as phone_status};

use super::layout;
use super::model::World;

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
pub(crate) fn draw(frame: &mut Frame<'_>, world: &World) {
    let parts = layout::parts(frame.area(), world);
    for (number, area) in &parts.phones {
        if let Some(one) = world.phones.get(*number) {
            phone::draw(frame, *area, one, *number == world.focus);
        }
    }
    if let Some(dialog) = &world.dialog {
        over::draw(frame, parts.over(), world, dialog);
    }
    bottom::draw(frame, &parts, world);
}
