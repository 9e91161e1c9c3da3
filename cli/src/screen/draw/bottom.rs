//! The bottom of the screen: the last message or the question that is being answered, and the keys.

use ratatui::Frame;
use ratatui::layout::Position;
use ratatui::style::{Color, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::super::dialog::Dialog;
use super::super::help;
use super::super::input::Input;
use super::super::layout::Parts;
use super::super::model::Model;
use super::super::wrap::{width, wrapped};
use super::{ACCENT, DOT, QUIET, bold};

/// Lines above the keys, and where in them the text goes on that is being typed.
pub(in super::super) struct Bottom {
    pub(in super::super) lines: Vec<String>,
    cursor: Option<(usize, usize)>,
}

/// What stands above the keys, on lines of this width.
pub(in super::super) fn rows(model: &Model, columns: usize) -> Bottom {
    match &model.dialog {
        Some(Dialog::Prompt(prompt)) => {
            let asked = asked(&prompt.question, &prompt.input, columns);
            under(&model.message, asked, columns)
        }
        Some(Dialog::Search(input)) => asked("Find:", input, columns),
        _ => Bottom {
            lines: wrapped(&said(model), columns),
            cursor: None,
        },
    }
}

/// What was wrong with the last answer stands above the question.
fn under(message: &str, asked: Bottom, columns: usize) -> Bottom {
    if message.is_empty() {
        return asked;
    }
    let mut lines = wrapped(message, columns);
    let above = lines.len();
    lines.extend(asked.lines);
    let cursor = asked.cursor.map(|(row, column)| (above + row, column));
    Bottom { lines, cursor }
}

fn said(model: &Model) -> String {
    if model.stopped.is_empty() {
        return model.message.clone();
    }
    let stopped = model.stopped.join(", ");
    format!("Stopped: {stopped}. {}", model.message)
}

/// On one line where there is room, else the text below the question.
fn asked(question: &str, input: &Input, columns: usize) -> Bottom {
    let before = width(question) + 1;
    let (lines, (row, column)) = input.shown(columns.saturating_sub(before));
    if let [line] = lines.as_slice() {
        return Bottom {
            lines: vec![format!("{question} {line}")],
            cursor: Some((row, before + column)),
        };
    }
    let (typed, (row, column)) = input.shown(columns);
    let mut lines = wrapped(question, columns);
    let cursor = Some((row + lines.len(), column));
    lines.extend(typed);
    Bottom { lines, cursor }
}

pub(super) fn draw(frame: &mut Frame<'_>, parts: &Parts, model: &Model) {
    let area = parts.message;
    let bottom = rows(model, usize::from(area.width));
    let height = usize::from(area.height);
    // Of what is longer, the part where the text goes on.
    let last = bottom.cursor.map_or(height, |(row, _)| row + 1);
    let first = last.saturating_sub(height);
    let style = match (&model.dialog, model.stopped.is_empty()) {
        (Some(Dialog::Prompt(_) | Dialog::Search(_)), _) => bold(),
        (_, false) => Style::new().fg(Color::White).bg(Color::Red),
        _ => Style::new().fg(DOT),
    };
    let lines = bottom.lines.into_iter().skip(first).take(height);
    let lines: Vec<Line<'_>> = lines.map(|line| Line::styled(line, style)).collect();
    frame.render_widget(Paragraph::new(lines), area);
    if let Some((row, column)) = bottom.cursor {
        let at = |base: u16, n: usize| base.saturating_add(u16::try_from(n).unwrap_or(u16::MAX));
        let (x, y) = (at(area.x, column), at(area.y, row.saturating_sub(first)));
        let edge = area.right().saturating_sub(1);
        if area.width > 0 && area.height > 0 {
            frame.set_cursor_position(Position::new(x.min(edge), y));
        }
    }
    keys(frame, parts, model);
}

/// Lines that all keys need.
pub(in super::super) fn key_rows(model: &Model, columns: u16) -> u16 {
    let lines = lines_of(&help::bottom(model).0, usize::from(columns)).len();
    u16::try_from(lines).unwrap_or(u16::MAX)
}

/// As many keys as there is room for; the last ones always.
fn keys(frame: &mut Frame<'_>, parts: &Parts, model: &Model) {
    let (mut hints, last) = help::bottom(model);
    let columns = usize::from(parts.keys.width);
    let rows = usize::from(parts.keys.height);
    while lines_of(&hints, columns).len() > rows && hints.len() > last {
        hints.remove(hints.len() - last - 1);
    }
    let lines = lines_of(&hints, columns);
    let drawn = lines.into_iter().map(|line| {
        let spans = line.into_iter().flat_map(|(key, word)| {
            [
                Span::styled(key.clone(), bold().fg(ACCENT)),
                Span::styled(format!(" {word}  "), Style::new().fg(QUIET)),
            ]
        });
        Line::from(spans.collect::<Vec<_>>())
    });
    frame.render_widget(Paragraph::new(drawn.collect::<Vec<_>>()), parts.keys);
}

fn lines_of(hints: &[(&'static str, String)], columns: usize) -> Vec<Vec<(String, String)>> {
    let mut lines: Vec<Vec<(String, String)>> = Vec::new();
    let mut used = columns;
    for (key, word) in hints {
        let wide = width(key) + 1 + width(word);
        if used + wide > columns {
            lines.push(Vec::new());
            used = 0;
        }
        used += wide + 2;
        if let Some(line) = lines.last_mut() {
            line.push(((*key).to_owned(), word.clone()));
        }
    }
    lines
}
