//! From what the core delivers to lines on the screen. Pure.
//!
//! Owns: which part is shown ([`View`]). Every text of others passes [`printable`] here.

mod waiting;

use std::sync::Arc;

use rockon_core::client::Status;
use rockon_core::error::Error;
use rockon_core::model::{RowId, ScopeId};
use rockon_core::notices::text;
use rockon_core::realtime::ConnectionState;
use rockon_core::session::SessionState;
use rockon_core::speech::Language;
use rockon_core::store::{Band, ItemBody, Setlist, SetlistItem, Song, StoredNotice};

use super::watch::Shown;
use crate::out::{counted, printable};
use crate::screen::model::{
    ItemLine, Link, NoticeLine, PhoneView, PlaceLine, SetlistLine, SongLine,
};

pub(super) use waiting::{field_name, value_text};

/// What the member's own space is called.
const OWN: &str = "My songs";

/// Which part of what is on a phone is on the screen.
#[derive(Debug, Clone, Default)]
pub(super) struct View {
    /// The member's own space.
    pub(super) own: Option<ScopeId>,
    /// The band, or the own space, that was chosen.
    pub(super) place: Option<ScopeId>,
    /// The setlist that was chosen.
    pub(super) list: Option<RowId>,
    /// A song that the cursor goes to once it is in the list.
    pub(super) turn_to: Option<RowId>,
    /// Only songs with this text.
    pub(super) search: String,
    /// Those songs, once they are found.
    pub(super) found: Option<Arc<Vec<Song>>>,
}

impl View {
    /// The place on the screen: the chosen one while it is there, else the first band, else the own space.
    pub(super) fn place_in(&self, now: &Shown) -> Option<ScopeId> {
        let there =
            |id: &ScopeId| self.own == Some(*id) || now.bands.iter().any(|band| band.id == *id);
        let first = now.bands.first().map(|band| band.id);
        self.place.filter(there).or(first).or(self.own)
    }
}

/// Fills a phone. Cursors stay on their rows, wherever those have moved to.
pub(super) fn fill(phone: &mut PhoneView, now: &Shown, view: &View) {
    let status = now.status.as_ref();
    phone.link = status.map_or(Link::Connecting, link);
    let counts = status.map(|status| status.outbox);
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    phone.unsent = counts.map_or(0, |counts| number(counts.unsent));
    phone.rejected_count = counts.map_or(0, |counts| number(counts.rejected));
    phone.conflict_count = counts.map_or(0, |counts| number(counts.conflicts));
    phone.unreadable = status.map_or(0, |status| status.unreadable.len());
    phone.place = view.place_in(now);
    phone.places.replace(places(now, view));
    phone.search = printable(&view.search);
    let found = view.found.as_ref().filter(|_| !view.search.is_empty());
    let songs = found.unwrap_or(&now.songs).iter();
    let here = songs.filter(|song| Some(song.scope) == phone.place);
    phone.songs.replace(here.map(song).collect());
    let lists = now.setlists.iter();
    let here: Vec<&Setlist> = lists
        .filter(|list| Some(list.scope) == phone.place)
        .collect();
    let chosen = here.iter().find(|list| Some(list.id) == view.list);
    let on = chosen.or(here.first()).copied();
    if phone.setlist != on.map(|list| list.id) {
        phone.items = crate::screen::list::List::default();
    }
    phone.setlist = on.map(|list| list.id);
    phone
        .setlists
        .replace(here.iter().copied().map(setlist).collect());
    phone.items.replace(on.map(items).unwrap_or_default());
    phone
        .notices
        .replace(now.notices.iter().map(notice).collect());
    let conflicts = now.conflicts.iter();
    let conflicts = conflicts.map(|one| waiting::conflict(one, now));
    phone.conflicts.replace(conflicts.collect());
    let rejected = now.rejected.iter();
    phone
        .refused
        .replace(rejected.map(|one| waiting::refused(one, now)).collect());
}

/// The bands by name, then the own songs.
fn places(now: &Shown, view: &View) -> Vec<PlaceLine> {
    let unread = |id: ScopeId| {
        let songs = now
            .songs
            .iter()
            .filter(|song| song.scope == id && song.unread);
        let lists = now.setlists.iter();
        songs.count() + lists.filter(|list| list.scope == id && list.unread).count()
    };
    let band = |band: &Band| PlaceLine {
        id: band.id,
        name: printable(&band.name),
        role: band
            .my_role
            .as_ref()
            .map(|role| printable(role.code()))
            .unwrap_or_default(),
        unread: unread(band.id),
        is_band: true,
    };
    let own = view.own.map(|id| PlaceLine {
        id,
        name: OWN.to_owned(),
        role: String::new(),
        unread: unread(id),
        is_band: false,
    });
    now.bands.iter().map(band).chain(own).collect()
}

/// Hints that arrive are no life where nothing can be read.
fn link(status: &Status) -> Link {
    let error = status.sync.as_ref().and_then(|sync| sync.error.as_ref());
    match status.connection {
        _ if matches!(status.session, SessionState::NeedsSignIn { .. }) => Link::SignedOut,
        _ if !status.network || error == Some(&Error::Offline) => Link::Offline,
        _ if error.is_some() => Link::Failing,
        Some(ConnectionState::Live(_)) => Link::Live,
        None | Some(ConnectionState::Off(_) | ConnectionState::Connecting) => Link::Connecting,
        Some(_) => Link::Polling,
    }
}

fn song(song: &Song) -> SongLine {
    let text = |text: &Option<String>| printable(text.as_deref().unwrap_or_default());
    SongLine {
        id: song.id,
        title: printable(&song.title),
        artist: text(&song.artist),
        key: text(&song.key),
        unread: song.unread,
        unsent: song.pending,
    }
}

fn setlist(list: &Setlist) -> SetlistLine {
    SetlistLine {
        id: list.id,
        name: printable(&list.name),
        time: running_time(list),
        unread: list.unread,
    }
}

fn items(list: &Setlist) -> Vec<ItemLine> {
    let mut number = 0;
    let one = |item: &SetlistItem| {
        number += usize::from(matches!(item.body, ItemBody::Song { .. }));
        item_line(item, number)
    };
    list.items.iter().map(one).collect()
}

fn item_line(item: &SetlistItem, number: usize) -> ItemLine {
    let (song, text, key) = match &item.body {
        ItemBody::Song { id, title, key, .. } => {
            let title = title.as_deref().unwrap_or("(song deleted)");
            (*id, format!("{number:>2}  {title}"), key.clone())
        }
        body => (None, item_text(body), None),
    };
    ItemLine {
        id: item.id.clone(),
        song,
        text: printable(&text),
        key: printable(&key.unwrap_or_default()),
        is_song: matches!(item.body, ItemBody::Song { .. }),
    }
}

/// What is played, in words.
pub(super) fn item_text(body: &ItemBody) -> String {
    match body {
        ItemBody::Song { title, .. } => title.as_deref().unwrap_or("(song deleted)").to_owned(),
        ItemBody::Break { minutes, notes } => {
            let notes = notes.as_deref().map(|text| format!(": {text}"));
            format!("    Break {minutes} min{}", notes.unwrap_or_default())
        }
        ItemBody::Section { title } => title.clone(),
        ItemBody::Other => "(unknown item: update the app)".to_owned(),
    }
}

/// `35 min`, `1 h 5 min`; songs without a length are counted.
fn running_time(list: &Setlist) -> String {
    let minutes = list.running_time / 60;
    let time = match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    };
    match usize::try_from(list.untimed).unwrap_or(usize::MAX) {
        0 => time,
        songs => format!("{time} + {}", counted(songs, "song")),
    }
}

fn notice(notice: &StoredNotice) -> NoticeLine {
    NoticeLine {
        id: notice.id,
        text: printable(&text::of(notice, Language::English)),
        seen: notice.seen,
    }
}

/// What a row is called, in quotes; what it is where that is not known.
pub(super) fn title_of(now: &Shown, id: RowId) -> Option<String> {
    let song = now.songs.iter().find(|song| song.id == id);
    let list = now.setlists.iter().find(|list| list.id == id);
    let title = song.map(|song| &song.title).or(list.map(|list| &list.name));
    title.map(|title| format!("\"{}\"", printable(title)))
}

#[cfg(test)]
mod tests;
