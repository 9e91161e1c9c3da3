//! One phone: its frame with name and status, and its lists.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Paragraph};

use super::super::layout;
use super::super::list::List;
use super::super::model::{ItemLine, Link, NoticeLine, Pane, PhoneView, SongLine};
use super::super::wrap::{cut, width};
use super::{ACCENT, DOT, QUIET, bold, selected};

/// So many unreadable rows the core names at most.
const NAMED: usize = 50;

/// Whose phone it is, which band is on it, and the role there.
pub(in super::super) fn name(phone: &PhoneView) -> String {
    let mut name = phone.owner.clone();
    if let Some(place) = phone.place() {
        name = format!("{name} · {}", place.name);
        if !place.role.is_empty() {
            name = format!("{name} · {}", place.role);
        }
    }
    format!(" {name} ")
}

/// How it stands to the server, and what waits.
pub(in super::super) fn status(phone: &PhoneView) -> Line<'static> {
    let (text, color) = match phone.link {
        Link::Live => ("● Live", Color::Green),
        Link::Connecting => ("◌ Connecting", Color::Yellow),
        Link::Polling => ("◐ Online, updates may be delayed", Color::Yellow),
        Link::Failing => ("◐ Sync fails (?)", Color::LightRed),
        Link::SignedOut => ("○ Signed out (i)", Color::LightRed),
        Link::Offline => ("○ Offline", Color::LightRed),
        Link::Killed => ("Closed", QUIET),
    };
    let mut spans = vec![Span::styled(format!(" {text} "), Style::new().fg(color))];
    let conflicts = if phone.conflict_count == 1 {
        "conflict"
    } else {
        "conflicts"
    };
    for (count, word) in [
        (phone.unsent, "unsent"),
        (phone.rejected_count, "refused"),
        (phone.conflict_count, conflicts),
        (phone.unreadable, "unreadable"),
    ] {
        if count > 0 {
            let more = if word == "unreadable" && count >= NAMED {
                "+"
            } else {
                ""
            };
            let text = format!("{count}{more} {word} ");
            spans.push(Span::styled(text, Style::new().fg(DOT)));
        }
    }
    if phone.gig_mode {
        let style = bold().fg(Color::Black).bg(Color::Magenta);
        spans.push(Span::styled(" GIG ", style));
    }
    Line::from(spans)
}

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, phone: &PhoneView, focused: bool) {
    let border = Style::new().fg(if focused { ACCENT } else { QUIET });
    let (own_line, lists) = layout::inside(area, phone);
    let room = usize::from(area.width.saturating_sub(2));
    let mut block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(border)
        .title(Line::from(cut(&name(phone), room)).style(bold()));
    if own_line.is_none() {
        block = block.title(status(phone).right_aligned());
    }
    frame.render_widget(block, area);
    if let Some(line) = own_line {
        frame.render_widget(status(phone), line);
    }
    if phone.link == Link::Killed {
        let text = "\n  The program is not running (x opens it)";
        frame.render_widget(Paragraph::new(text).style(QUIET), lists);
        return;
    }
    let panes = layout::panes(lists, phone);
    let alone = panes.len() == 1;
    for (pane, area) in panes {
        let look = Look {
            area,
            at: focused && phone.pane == pane,
            alone,
        };
        match pane {
            Pane::Songs => list(frame, &look, &songs_head(phone), &phone.songs, song_line),
            Pane::Setlist => list(frame, &look, &setlist_head(phone), &phone.items, item_line),
            Pane::Notices => list(
                frame,
                &look,
                &notices_head(phone),
                &phone.notices,
                notice_line,
            ),
        }
    }
}

fn songs_head(phone: &PhoneView) -> String {
    let songs = phone.songs.lines();
    if !phone.search.is_empty() {
        return format!("Songs with \"{}\" {}", phone.search, songs.len());
    }
    if songs.is_empty() {
        return "No songs yet (a adds one)".to_owned();
    }
    head(
        "Songs",
        songs.len(),
        songs.iter().filter(|song| song.unread).count(),
    )
}

fn setlist_head(phone: &PhoneView) -> String {
    let Some(list) = phone.setlist() else {
        return "No setlist (l makes one)".to_owned();
    };
    let (lists, time) = (phone.setlists.lines(), &list.time);
    let at = lists.iter().position(|one| one.id == list.id).unwrap_or(0) + 1;
    let of = if lists.len() > 1 {
        format!(" ({at} of {})", lists.len())
    } else {
        String::new()
    };
    format!("{} · {time}{of}", list.name)
}

fn notices_head(phone: &PhoneView) -> String {
    let notices = phone.notices.lines();
    let unseen = notices.iter().filter(|notice| !notice.seen).count();
    head("Notices", notices.len(), unseen)
}

fn head(name: &str, all: usize, new: usize) -> String {
    if new > 0 {
        format!("{name} {all} ({new} new)")
    } else {
        format!("{name} {all}")
    }
}

/// Where a list is, whether the keys move in it, and whether it is the only one on the screen.
struct Look {
    area: Rect,
    at: bool,
    alone: bool,
}

fn list<T>(
    frame: &mut Frame<'_>,
    look: &Look,
    head: &str,
    list: &List<T>,
    line: impl Fn(&T, usize, bool) -> Line<'static>,
) {
    let columns = usize::from(look.area.width);
    let place = if look.at && list.is_longer() {
        format!(" {}/{}", list.at() + 1, list.lines().len())
    } else {
        String::new()
    };
    let head = if look.alone {
        format!("‹ {head} ›")
    } else {
        head.to_owned()
    };
    let head = cut(&head, columns.saturating_sub(width(&place)));
    let gap = columns.saturating_sub(width(&head) + width(&place));
    let color = if look.at { ACCENT } else { QUIET };
    let title = Line::from(vec![
        Span::styled(head, bold().fg(color)),
        Span::styled(format!("{:gap$}{place}", ""), Style::new().fg(QUIET)),
    ]);
    let (lines, on) = list.visible();
    let lines = lines.iter().enumerate().map(|(n, one)| {
        let at = look.at && n == on;
        let line = line(one, columns, at);
        if at { line.style(selected()) } else { line }
    });
    let rows = std::iter::once(title).chain(lines).collect::<Vec<_>>();
    frame.render_widget(Paragraph::new(rows), look.area);
}

/// Text on the left, cut where there is no room, and text on the right; with blanks in between up to the edge.
fn spread(left: Vec<(String, Style)>, right: &str, columns: usize, at: bool) -> Line<'static> {
    let plain = |style: Style| if at { Style::new() } else { style };
    let mut room = columns.saturating_sub(width(right) + usize::from(!right.is_empty()));
    let mut spans = Vec::new();
    for (text, style) in left {
        let text = cut(&text, room);
        room -= width(&text).min(room);
        spans.push(Span::styled(text, plain(style)));
    }
    spans.push(Span::raw(" ".repeat(room + usize::from(!right.is_empty()))));
    spans.push(Span::styled(right.to_owned(), plain(bold().fg(ACCENT))));
    Line::from(spans)
}

fn song_line(song: &SongLine, columns: usize, at: bool) -> Line<'static> {
    let mut left = vec![dot(song.unread), (song.title.clone(), Style::new())];
    if !song.artist.is_empty() {
        left.push((format!(" · {}", song.artist), Style::new().fg(QUIET)));
    }
    let right = if song.unsent {
        format!("{} ↑", song.key)
    } else {
        song.key.clone()
    };
    spread(left, &right, columns, at)
}

fn item_line(item: &ItemLine, columns: usize, at: bool) -> Line<'static> {
    let style = if item.is_song {
        Style::new()
    } else {
        Style::new().fg(QUIET).add_modifier(Modifier::ITALIC)
    };
    let left = vec![(format!("  {}", item.text), style)];
    spread(left, &item.key, columns, at)
}

fn notice_line(notice: &NoticeLine, columns: usize, at: bool) -> Line<'static> {
    let left = vec![dot(!notice.seen), (notice.text.clone(), Style::new())];
    spread(left, "", columns, at)
}

fn dot(shown: bool) -> (String, Style) {
    let text = if shown { "● " } else { "  " };
    (text.to_owned(), Style::new().fg(DOT))
}
