//! Dialogs, drawn over the phones.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Paragraph};

use super::super::dialog::Dialog;
use super::super::form::Form;
use super::super::layout;
use super::super::list::List;
use super::super::model::{DeletedLine, DeletedRows, Model, PlaceLine, SetlistLine};
use super::super::reading;
use super::super::sheet::Sheet;
use super::super::wrap::{cut, width};
use super::{ACCENT, DOT, QUIET, bold, selected};

/// Columns of the names of fields.
const LABEL: usize = 18;

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, model: &Model, dialog: &Dialog) {
    let Some(phone) = model.shown() else { return };
    match dialog {
        Dialog::Prompt(_) | Dialog::Search(_) => {}
        Dialog::Form(form) => draw_form(frame, area, form),
        Dialog::Sheet(..) | Dialog::Conflicts(_) | Dialog::Refused(_) => {
            if let Some(sheet) = reading::open(model) {
                draw_sheet(frame, area, &sheet);
            }
        }
        Dialog::Setlists => {
            let none = "No setlists yet (a makes one)";
            menu(frame, area, "Setlists", none, &phone.setlists, setlist_line);
        }
        Dialog::Places => {
            let none = "No bands yet (j joins one with a code, n makes one)";
            menu(
                frame,
                area,
                "Bands and own songs",
                none,
                &phone.places,
                place_line,
            );
        }
        Dialog::Deleted(rows) => draw_deleted(frame, area, rows),
    }
}

/// A frame with a title; gives the room inside.
fn framed(frame: &mut Frame<'_>, area: Rect, title: &str, right: &str) -> Rect {
    let outer = layout::dialog(area);
    let room = usize::from(outer.width.saturating_sub(4)).saturating_sub(width(right));
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(Style::new().fg(ACCENT))
        .title(Line::styled(format!(" {} ", cut(title, room)), bold()))
        .title(Line::styled(right.to_owned(), Style::new().fg(QUIET)).right_aligned());
    frame.render_widget(Clear, outer);
    frame.render_widget(block, outer);
    layout::dialog_inside(area)
}

fn draw_sheet(frame: &mut Frame<'_>, area: Rect, sheet: &Sheet) {
    let inside = layout::dialog_inside(area);
    let (columns, height) = (usize::from(inside.width), usize::from(inside.height));
    let rows = sheet.rows(columns);
    let from = sheet.from().min(rows.len().saturating_sub(height));
    let to = (from + height).min(rows.len());
    let place = if rows.len() > height {
        format!(" {}-{to} of {} ", from + 1, rows.len())
    } else {
        String::new()
    };
    let inside = framed(frame, area, &sheet.title, &place);
    let rows = rows.into_iter().skip(from).take(height);
    let lines = rows.map(|row| {
        let style = if row.head {
            bold().fg(ACCENT)
        } else {
            Style::new()
        };
        Line::styled(row.text, style)
    });
    frame.render_widget(Paragraph::new(lines.collect::<Vec<_>>()), inside);
}

fn menu<T>(
    frame: &mut Frame<'_>,
    area: Rect,
    title: &str,
    none: &str,
    list: &List<T>,
    line: impl Fn(&T) -> (String, String),
) {
    let inside = framed(frame, area, title, &place(list));
    if list.lines().is_empty() {
        let text = Paragraph::new(none.to_owned()).style(QUIET);
        frame.render_widget(text, inside);
        return;
    }
    draw_list(frame, inside, list, line);
}

/// Where the cursor is in a list that is longer than the screen.
fn place<T>(list: &List<T>) -> String {
    if list.is_longer() {
        format!(" {}/{} ", list.at() + 1, list.lines().len())
    } else {
        String::new()
    }
}

fn draw_list<T>(
    frame: &mut Frame<'_>,
    inside: Rect,
    list: &List<T>,
    line: impl Fn(&T) -> (String, String),
) {
    let columns = usize::from(inside.width);
    let (lines, on) = list.visible();
    let lines = lines.iter().enumerate().map(|(n, one)| {
        let (left, right) = line(one);
        let left = cut(&left, columns.saturating_sub(width(&right) + 1));
        let gap = columns.saturating_sub(width(&left) + width(&right));
        let text = format!("{left}{:gap$}{right}", "");
        let style = if n == on { selected() } else { Style::new() };
        Line::styled(text, style)
    });
    frame.render_widget(Paragraph::new(lines.collect::<Vec<_>>()), inside);
}

fn setlist_line(list: &SetlistLine) -> (String, String) {
    let dot = if list.unread { "● " } else { "  " };
    (format!("{dot}{}", list.name), list.time.clone())
}

fn place_line(place: &PlaceLine) -> (String, String) {
    let new = match place.unread {
        0 => String::new(),
        n => format!("{n} new  "),
    };
    (place.name.clone(), format!("{new}{}", place.role))
}

/// The note stands right below the last row.
fn draw_deleted(frame: &mut Frame<'_>, area: Rect, rows: &DeletedRows) {
    let inside = framed(frame, area, "Deleted lately", &place(&rows.list));
    let (list, note) = layout::above_note(inside, &rows.note);
    draw_list(frame, list, &rows.list, deleted_line);
    let shown = u16::try_from(rows.list.visible().0.len()).unwrap_or(u16::MAX);
    let above = shown.min(list.height);
    let room = Rect {
        y: inside.y.saturating_add(above),
        height: inside.height.saturating_sub(above),
        ..inside
    };
    let note: Vec<_> = note.into_iter().map(Line::from).collect();
    frame.render_widget(Paragraph::new(note).style(QUIET), room);
}

fn deleted_line(line: &DeletedLine) -> (String, String) {
    (line.text.clone(), line.when.clone())
}

/// The lines of a form, and where its text goes on.
struct Drawn {
    lines: Vec<Line<'static>>,
    cursor: (usize, usize),
}

fn draw_form(frame: &mut Frame<'_>, area: Rect, form: &Form) {
    let inside = framed(frame, area, &form.title, "");
    let problem = u16::from(!form.problem.is_empty());
    let room = Rect {
        height: inside.height.saturating_sub(problem),
        ..inside
    };
    let drawn = lines_of(form, usize::from(room.width));
    let (row, column) = drawn.cursor;
    let first = (row + 1).saturating_sub(usize::from(room.height));
    let lines = drawn.lines.into_iter().skip(first);
    let lines: Vec<_> = lines.take(usize::from(room.height)).collect();
    frame.render_widget(Paragraph::new(lines), room);
    if problem > 0 {
        let line = Rect {
            y: room.bottom(),
            height: inside.height.min(1),
            ..inside
        };
        let text = cut(&form.problem, usize::from(line.width));
        frame.render_widget(Paragraph::new(text).style(bold().fg(DOT)), line);
    }
    let at = |base: u16, n: usize| base.saturating_add(u16::try_from(n).unwrap_or(u16::MAX));
    let (x, y) = (at(room.x, column), at(room.y, row.saturating_sub(first)));
    if room.width > 0 && room.height > 0 {
        frame.set_cursor_position(Position::new(x.min(room.right().saturating_sub(1)), y));
    }
}

fn lines_of(form: &Form, columns: usize) -> Drawn {
    let label = form.fields.iter().any(|field| !field.label.is_empty());
    let indent = if label { LABEL.min(columns / 2) } else { 0 };
    let mut drawn = Drawn {
        lines: Vec::new(),
        cursor: (0, 0),
    };
    for (number, field) in form.fields.iter().enumerate() {
        let at = number == form.at;
        let (mut texts, (row, column)) = field.input.shown(columns.saturating_sub(indent));
        if field.cut {
            texts = vec!["(too large for a phone: edit it in the web app)".to_owned()];
        }
        if at {
            drawn.cursor = (drawn.lines.len() + row, indent + column);
        }
        for (n, text) in texts.into_iter().enumerate() {
            let name = if n == 0 { field.label } else { "" };
            let name = format!("{:indent$}", cut(name, indent.saturating_sub(1)));
            let style = if at {
                bold().fg(ACCENT)
            } else {
                Style::new().fg(QUIET)
            };
            let spans = vec![Span::styled(name, style), Span::raw(text)];
            drawn.lines.push(Line::from(spans));
        }
    }
    drawn
}
