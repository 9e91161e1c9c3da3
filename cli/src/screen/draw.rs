//! Drawing.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, List, ListItem, ListState, Paragraph, Wrap};

use super::keys::HELP;
use super::model::{Link, Pane, Phone, World};

const ACCENT: Color = Color::Cyan;
const DOT: Color = Color::Yellow;
/// From this many columns on, the keys fit on two lines.
const WIDE: u16 = 104;

/// Draws everything.
pub(crate) fn draw(frame: &mut Frame<'_>, world: &World) {
    let help = if frame.area().width < WIDE { 3 } else { 2 };
    let rows = Layout::vertical([
        Constraint::Min(10),
        Constraint::Length(1),
        Constraint::Length(help),
    ]);
    let [phones, message, help] = rows.areas(frame.area());
    let columns = Layout::horizontal(vec![Constraint::Fill(1); world.phones.len().max(1)]);
    for (n, area) in columns.split(phones).iter().enumerate() {
        if let Some(one) = world.phones.get(n) {
            phone(frame, *area, one, n == world.focus);
        }
    }
    frame.render_widget(bottom_line(world), message);
    frame.render_widget(
        Paragraph::new(HELP)
            .wrap(Wrap { trim: true })
            .style(Style::new().fg(Color::DarkGray)),
        help,
    );
    if let Some(listing) = &world.listing {
        overlay(frame, &listing.title, &listing.lines.join("\n"));
    }
    if let Some(report) = &world.report {
        overlay(frame, "Doctor · any key closes", report);
    }
}

fn bottom_line(world: &World) -> Paragraph<'_> {
    if let Some(prompt) = &world.prompt {
        let line = Line::from(vec![
            Span::styled(
                format!("{} ", prompt.question),
                Style::new().fg(ACCENT).add_modifier(Modifier::BOLD),
            ),
            Span::raw(prompt.answer.as_str()),
            Span::styled("▏", Style::new().fg(ACCENT)),
        ]);
        return Paragraph::new(line);
    }
    let mut spans = Vec::new();
    if !world.stopped.is_empty() {
        let text = format!(" stopped: {} ", world.stopped.join(", "));
        spans.push(Span::styled(
            text,
            Style::new().fg(Color::White).bg(Color::Red),
        ));
        spans.push(Span::raw(" "));
    }
    spans.push(Span::raw(world.message.as_str()));
    Paragraph::new(Line::from(spans))
}

fn phone(frame: &mut Frame<'_>, area: Rect, phone: &Phone, focused: bool) {
    let border = Style::new().fg(if focused { ACCENT } else { Color::DarkGray });
    let mut name = phone.owner.clone();
    if !phone.role.is_empty() {
        name = format!("{name} · {}", phone.role);
    }
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(border)
        .title(Line::from(format!(" {name} ")).style(Style::new().add_modifier(Modifier::BOLD)))
        .title(status(phone).right_aligned());
    let inner = block.inner(area);
    frame.render_widget(block, area);
    if phone.link == Link::Killed {
        let text = "\n  The program is not running. x opens it again.";
        frame.render_widget(Paragraph::new(text).style(Color::DarkGray), inner);
    } else {
        panes(frame, inner, phone, focused);
    }
}

fn panes(frame: &mut Frame<'_>, area: Rect, phone: &Phone, focused: bool) {
    let parts = [
        Constraint::Fill(5),
        Constraint::Fill(4),
        Constraint::Fill(3),
    ];
    let [songs, setlist, notices] = Layout::vertical(parts).areas(area);
    let at = |pane| (focused && phone.pane == pane).then_some(phone.cursor);
    let unread = phone.songs.iter().filter(|song| song.unread).count();
    let title = head("Songs", phone.songs.len(), unread);
    list(
        frame,
        songs,
        &title,
        phone.songs.iter().map(song_line),
        at(Pane::Songs),
    );
    let title = format!("{} {}", phone.setlist_name, phone.setlist_time);
    list(
        frame,
        setlist,
        &title,
        phone.items.iter().map(item_line),
        at(Pane::Setlist),
    );
    let unseen = phone.notices.iter().filter(|notice| !notice.seen).count();
    let title = head("Notices", phone.notices.len(), unseen);
    list(
        frame,
        notices,
        &title,
        phone.notices.iter().map(notice_line),
        at(Pane::Notices),
    );
}

fn head(name: &str, all: usize, new: usize) -> String {
    if new > 0 {
        format!("{name} {all} ({new} new)")
    } else {
        format!("{name} {all}")
    }
}

fn status(phone: &Phone) -> Line<'static> {
    let (text, color) = match phone.link {
        Link::Live => ("● live", Color::Green),
        Link::Connecting => ("◌ connecting", Color::Yellow),
        Link::Polling => ("◐ online, updates may be delayed", Color::Yellow),
        Link::Failing => ("◐ sync fails", Color::Red),
        Link::Offline => ("○ offline", Color::Red),
        Link::Killed => ("closed", Color::DarkGray),
    };
    let mut spans = vec![Span::styled(format!(" {text} "), Style::new().fg(color))];
    for (count, word) in [
        (phone.unsent, "unsent"),
        (phone.parked, "refused"),
        (phone.unreadable, "unreadable"),
    ] {
        if count > 0 {
            spans.push(Span::styled(
                format!("{count} {word} "),
                Style::new().fg(DOT),
            ));
        }
    }
    if phone.gig_mode {
        spans.push(Span::styled(
            " GIG ",
            Style::new().fg(Color::Black).bg(Color::Magenta),
        ));
    }
    Line::from(spans)
}

fn list<'a>(
    frame: &mut Frame<'_>,
    area: Rect,
    title: &str,
    items: impl Iterator<Item = ListItem<'a>>,
    at: Option<usize>,
) {
    let color = if at.is_some() { ACCENT } else { Color::Gray };
    let title = Span::styled(
        title.to_owned(),
        Style::new().fg(color).add_modifier(Modifier::BOLD),
    );
    let list = List::new(items)
        .block(Block::new().title(title))
        .highlight_style(Style::new().add_modifier(Modifier::REVERSED));
    let mut state = ListState::default().with_selected(at);
    frame.render_stateful_widget(list, area, &mut state);
}

fn song_line(song: &super::model::SongLine) -> ListItem<'_> {
    let mut spans = vec![dot(song.unread), Span::raw(song.title.as_str())];
    if !song.artist.is_empty() {
        spans.push(Span::styled(
            format!(" · {}", song.artist),
            Style::new().fg(Color::DarkGray),
        ));
    }
    if !song.key.is_empty() {
        spans.push(Span::styled(
            format!("  {}", song.key),
            Style::new().fg(ACCENT),
        ));
    }
    if song.unsent {
        spans.push(Span::styled(" ↑", Style::new().fg(DOT)));
    }
    ListItem::new(Line::from(spans))
}

fn item_line(item: &super::model::ItemLine) -> ListItem<'_> {
    let style = if item.is_song {
        Style::new()
    } else {
        Style::new()
            .fg(Color::DarkGray)
            .add_modifier(Modifier::ITALIC)
    };
    ListItem::new(Line::styled(format!("  {}", item.text), style))
}

fn notice_line(notice: &super::model::NoticeLine) -> ListItem<'_> {
    ListItem::new(Line::from(vec![
        dot(!notice.seen),
        Span::raw(notice.text.as_str()),
    ]))
}

fn dot(shown: bool) -> Span<'static> {
    if shown {
        Span::styled("● ", Style::new().fg(DOT))
    } else {
        Span::raw("  ")
    }
}

fn overlay(frame: &mut Frame<'_>, title: &str, text: &str) {
    let whole = frame.area();
    let area = Rect {
        x: whole.width / 12,
        y: whole.height / 10,
        width: whole.width.saturating_sub(whole.width / 6),
        height: whole.height.saturating_sub(whole.height / 5),
    };
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .title(format!(" {title} "));
    frame.render_widget(Clear, area);
    frame.render_widget(
        Paragraph::new(text).wrap(Wrap { trim: false }).block(block),
        area,
    );
}
