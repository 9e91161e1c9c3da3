//! From what the core delivers to lines on the screen. Pure.

use rockon_core::client::Status;
use rockon_core::error::Error;
use rockon_core::notices::text;
use rockon_core::realtime::ConnectionState;
use rockon_core::store::{ItemBody, Setlist, SetlistItem, Song, StoredNotice};

use super::watch::Shown;
use crate::screen::model::{ItemLine, Link, NoticeLine, Pane, Phone, SongLine};

/// Fills a phone. The cursor stays on the row it is on, wherever that has moved to.
pub(super) fn fill(phone: &mut Phone, before: &Shown, now: &Shown, list: usize) {
    let at = place(phone, before, now, list);
    phone.link = now.status.as_ref().map_or(Link::Connecting, link);
    let counts = now.status.as_ref().map(|status| status.outbox);
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    phone.unsent = counts.map_or(0, |counts| number(counts.unsent));
    phone.parked = counts.map_or(0, |counts| number(counts.parked)) + now.conflicts.len();
    let status = now.status.as_ref();
    phone.unreadable = status.map_or(0, |status| status.unreadable.len());
    let role = now.bands.first().and_then(|band| band.my_role);
    phone.role = role
        .map(|role| role.as_str().to_owned())
        .unwrap_or_default();
    phone.songs = now.songs.iter().map(song).collect();
    let setlist = now.setlists.get(list);
    phone.setlist_name = setlist.map_or_else(|| "No setlist".to_owned(), |list| list.name.clone());
    phone.setlist_time = setlist.map(running_time).unwrap_or_default();
    phone.items = setlist.map(items).unwrap_or_default();
    phone.notices = now.notices.iter().map(notice).collect();
    phone.cursor = at.min(phone.lines().saturating_sub(1));
}

fn place(phone: &Phone, before: &Shown, now: &Shown, list: usize) -> usize {
    let at = phone.cursor;
    let found = match phone.pane {
        Pane::Songs => before
            .songs
            .get(at)
            .and_then(|old| now.songs.iter().position(|song| song.id == old.id)),
        Pane::Setlist => {
            let items = |shown: &Shown| shown.setlists.get(list).map(|list| list.items.clone());
            let old = items(before).and_then(|items| items.get(at).cloned());
            old.and_then(|old| items(now)?.iter().position(|item| item.id == old.id))
        }
        Pane::Notices => before
            .notices
            .get(at)
            .and_then(|old| now.notices.iter().position(|notice| notice.id == old.id)),
    };
    found.unwrap_or(at)
}

/// Hints that arrive are no life where nothing can be read.
fn link(status: &Status) -> Link {
    let error = status.sync.as_ref().and_then(|sync| sync.error.as_ref());
    match status.connection {
        _ if !status.network || error == Some(&Error::Offline) => Link::Offline,
        _ if error.is_some() => Link::Failing,
        Some(ConnectionState::Live(_)) => Link::Live,
        None | Some(ConnectionState::Off(_) | ConnectionState::Connecting) => Link::Connecting,
        Some(_) => Link::Polling,
    }
}

fn song(song: &Song) -> SongLine {
    SongLine {
        title: song.title.clone(),
        artist: song.artist.clone().unwrap_or_default(),
        key: song.key.clone().unwrap_or_default(),
        unread: song.unread,
        unsent: song.pending,
    }
}

fn items(list: &Setlist) -> Vec<ItemLine> {
    let mut number = 0;
    let one = |item: &SetlistItem| {
        let is_song = matches!(item.body, ItemBody::Song { .. });
        number += usize::from(is_song);
        ItemLine {
            text: item_text(&item.body, number),
            is_song,
        }
    };
    list.items.iter().map(one).collect()
}

fn item_text(body: &ItemBody, number: usize) -> String {
    match body {
        ItemBody::Song { title, key, .. } => {
            let title = title.as_deref().unwrap_or("(song deleted)");
            let key = key.as_deref().unwrap_or_default();
            format!("{number:>2}  {title}  {key}").trim_end().to_owned()
        }
        ItemBody::Break { minutes, notes } => {
            let notes = notes.as_deref().map(|text| format!(": {text}"));
            format!("    Break {minutes} min{}", notes.unwrap_or_default())
        }
        ItemBody::Section { title } => title.clone(),
        ItemBody::Other => "(a newer version knows)".to_owned(),
    }
}

fn running_time(list: &Setlist) -> String {
    let minutes = list.running_time / 60;
    format!("{}:{:02} h", minutes / 60, minutes % 60)
}

fn notice(notice: &StoredNotice) -> NoticeLine {
    NoticeLine {
        text: text::of(notice),
        seen: notice.seen,
    }
}

#[cfg(test)]
mod tests {
    use rockon_core::model::{Rev, RowId, ScopeId};
    use uuid::Uuid;

    use super::*;

    fn row(n: u128, title: &str) -> Song {
        Song {
            id: RowId(Uuid::from_u128(n)),
            scope: ScopeId(Uuid::from_u128(1)),
            title: title.to_owned(),
            artist: None,
            key: Some("G".to_owned()),
            tempo: None,
            time_signature: None,
            duration: None,
            difficulty: None,
            guitar_tuning: None,
            genre: None,
            notes: None,
            reference_links: Vec::new(),
            shortened: Vec::new(),
            unread: true,
            pending: false,
            rev: Rev(1),
        }
    }

    #[test]
    fn the_cursor_stays_on_its_song_when_another_comes_in_above() {
        let before = Shown {
            songs: vec![row(2, "Creep"), row(3, "Run")],
            ..Shown::default()
        };
        let mut now = before.clone();
        now.songs.insert(0, row(1, "Acquiesce"));
        let mut phone = Phone::dark("Sam");
        fill(&mut phone, &Shown::default(), &before, 0);
        phone.cursor = 1;
        fill(&mut phone, &before, &now, 0);
        assert_eq!(phone.songs[phone.cursor].title, "Run");
        now.songs.clear();
        fill(&mut phone, &now.clone(), &now, 0);
        assert_eq!((phone.cursor, phone.lines()), (0, 0));
    }
}
