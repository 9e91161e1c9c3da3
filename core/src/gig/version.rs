//! A setlist with its songs as it is at one moment, bounded, as it is kept.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::GigBody;
use crate::error::Result;
use crate::model::{Rev, RowId, ScopeId};
use crate::store::{ItemBody, Reader, SetlistItem, Song};

/// Items of a setlist that are pinned.
pub(super) const MAX_ITEMS: usize = 1_000;
/// Bytes of notes of songs that are pinned, of all songs together: more than a band reads in a night.
pub(super) const MAX_NOTES: usize = 1_000_000;
/// A title, an artist or a key is shown up to here.
const MAX_NAME: usize = 2_000;

/// A setlist as it was at one moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Version {
    pub(super) scope: ScopeId,
    pub(super) name: String,
    /// Of the setlist's row.
    pub(super) rev: Rev,
    pub(super) items: Vec<VersionItem>,
}

/// One item of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct VersionItem {
    pub(super) id: String,
    pub(super) song: Option<RowId>,
    /// Of the song's row, where it is here.
    pub(super) rev: Option<Rev>,
    pub(super) body: GigBody,
}

impl Version {
    /// The setlist as it is shown now; `None` when it is not here.
    pub(super) fn read(reader: &Reader<'_>, setlist: RowId) -> Result<Option<Self>> {
        let Some(list) = reader.setlist(setlist)? else {
            return Ok(None);
        };
        let mut songs = Songs::new(reader);
        let mut items = Vec::new();
        for item in list.items.into_iter().take(MAX_ITEMS) {
            items.extend(songs.item(item)?);
        }
        Ok(Some(Self {
            scope: list.scope,
            name: cut(list.name, MAX_NAME),
            rev: list.rev,
            items,
        }))
    }
}

/// The songs of a setlist; one that is played twice is looked up once.
struct Songs<'r, 'c> {
    reader: &'r Reader<'c>,
    known: HashMap<RowId, Option<Song>>,
    notes_left: usize,
}

impl<'r, 'c> Songs<'r, 'c> {
    fn new(reader: &'r Reader<'c>) -> Self {
        Self {
            reader,
            known: HashMap::new(),
            notes_left: MAX_NOTES,
        }
    }

    /// The item as it is pinned; `None` for one that only a newer version knows.
    fn item(&mut self, item: SetlistItem) -> Result<Option<VersionItem>> {
        let (mut song, mut rev) = (None, None);
        let body = match item.body {
            ItemBody::Song { id, notes, .. } => {
                song = id;
                let found = self.song(id)?;
                rev = found.as_ref().map(|found| found.rev);
                self.body(found, written(notes))
            }
            ItemBody::Break { minutes, notes } => {
                let notes = written(notes);
                GigBody::Break { minutes, notes }
            }
            ItemBody::Section { title } => GigBody::Section { title },
            ItemBody::Other => return Ok(None),
        };
        Ok(Some(VersionItem {
            id: item.id,
            song,
            rev,
            body,
        }))
    }

    fn song(&mut self, id: Option<RowId>) -> Result<Option<Song>> {
        let Some(id) = id else { return Ok(None) };
        if let Some(known) = self.known.get(&id) {
            return Ok(known.clone());
        }
        let found = self.reader.song(id)?;
        self.known.insert(id, found.clone());
        Ok(found)
    }

    fn body(&mut self, song: Option<Song>, item_notes: Option<String>) -> GigBody {
        let name = |text: Option<String>| written(text).map(|text| cut(text, MAX_NAME));
        let of = song.as_ref();
        let (capo, tempo) = (
            of.and_then(|song| song.capo).filter(|fret| *fret > 0),
            of.and_then(|song| song.tempo),
        );
        let seconds = of.and_then(|song| song.duration);
        let (title, artist, key, notes) = match song {
            Some(song) => (Some(song.title), song.artist, song.key, song.notes),
            None => (None, None, None, None),
        };
        let song_notes = written(notes).map(|notes| cut(notes, self.notes_left));
        self.notes_left -= song_notes.as_ref().map_or(0, String::len);
        GigBody::Song {
            title: name(title),
            artist: name(artist),
            key: name(key),
            capo,
            tempo,
            seconds,
            item_notes,
            song_notes,
        }
    }
}

/// A text in which something is written: the server gives a new song empty ones, which say no more than none.
fn written(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

/// The beginning of a text, of whole characters.
fn cut(mut text: String, bytes: usize) -> String {
    text.truncate(text.floor_char_boundary(bytes));
    text
}
