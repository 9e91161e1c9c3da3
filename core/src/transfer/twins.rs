//! Songs that are the same, and what a person chose to do with them.
//!
//! Owns: [`Likeness`], by which two songs are one; [`ImportPlan::mark_twins`]; and [`settle`], from plan and choices to
//! what is added and what is changed.
//! Invariant: pure; an update never empties a cell, and changes no note but by adding to it.

use std::collections::HashMap;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;

use super::plan::{ImportPlan, PlannedSong, Twin};
use crate::model::{RowId, Values};

/// Title and artist without what people spell differently: case, accents' form, spaces, punctuation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Likeness {
    title: String,
    artist: String,
}

impl Likeness {
    /// Of a title and an artist, which may be empty.
    #[must_use]
    pub fn of(title: &str, artist: &str) -> Self {
        Self {
            title: bare(title),
            artist: bare(artist),
        }
    }

    /// Of a song's values.
    #[must_use]
    pub fn of_song(song: &Values) -> Self {
        let text = |name: &str| song.get(name).and_then(Value::as_str).unwrap_or_default();
        Self::of(text("title"), text("artist"))
    }
}

/// Letters and digits only, in lower case; all of it where there are none.
fn bare(text: &str) -> String {
    let small: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let folded = || small.nfc();
    let bare: String = folded()
        .map(|c| if c == '&' { '+' } else { c })
        .filter(|c| c.is_alphanumeric() || *c == '+')
        .collect();
    if bare.is_empty() {
        folded().filter(|c| !c.is_whitespace()).collect()
    } else {
        bare
    }
}

/// What becomes of a song.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum SongChoice {
    /// It is left out.
    #[default]
    Skip,
    /// Its filled cells go into the song that it is the same as; notes are added to the notes there. Where there is no
    /// such song it is added.
    Update,
    /// It is added, beside the one that is the same.
    Add,
}

/// What a person chose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct ImportChoices {
    /// For every song that is the same as another. Other songs are added.
    pub twins: SongChoice,
    /// For single songs, whatever they are the same as.
    pub songs: Vec<SongPick>,
}

/// A choice for one song.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct SongPick {
    /// Its place in the plan, from 0. One that is not there is passed over.
    pub index: u32,
    /// What becomes of it.
    pub choice: SongChoice,
}

/// What a plan and its choices come to.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Settled {
    /// Songs to add.
    pub add: Vec<Values>,
    /// Rows to change, each once, with the values to set. Notes are to be added to the notes that are there.
    pub update: Vec<(RowId, Values)>,
    /// How many songs are left out.
    pub skipped: u32,
}

impl ImportPlan {
    /// Marks each song that is the same as one of `kept`, or as an earlier one of the plan.
    pub fn mark_twins(&mut self, kept: impl IntoIterator<Item = (RowId, Likeness)>) {
        let mut there: HashMap<Likeness, RowId> = HashMap::new();
        for (id, likeness) in kept {
            there.entry(likeness).or_insert(id);
        }
        let mut planned: HashMap<Likeness, u32> = HashMap::new();
        for (index, song) in (0..).zip(&mut self.songs) {
            let likeness = Likeness::of_song(&song.values);
            song.twin = match (planned.get(&likeness), there.get(&likeness)) {
                (Some(index), _) => Some(Twin::Planned { index: *index }),
                (None, Some(id)) => Some(Twin::Kept { id: *id }),
                (None, None) => None,
            };
            planned.entry(likeness).or_insert(index);
        }
    }

    /// How many songs are the same as another.
    #[must_use]
    pub fn twins(&self) -> usize {
        self.songs.iter().filter(|song| song.twin.is_some()).count()
    }
}

/// Applies the choices.
#[must_use]
pub(crate) fn settle(songs: Vec<PlannedSong>, choices: &ImportChoices) -> Settled {
    let picks = choices.songs.iter().map(|pick| (pick.index, pick.choice));
    let picks: HashMap<u32, SongChoice> = picks.collect();
    let mut settling = Settling::default();
    for (index, song) in (0..).zip(songs) {
        let otherwise = match song.twin {
            Some(_) => choices.twins,
            None => SongChoice::Add,
        };
        settling.song(song, picks.get(&index).copied().unwrap_or(otherwise));
    }
    settling.settled
}

/// Where an update of a song goes.
#[derive(Clone, Copy)]
enum Place {
    /// This one of the songs that are added.
    Added(usize),
    Row(RowId),
}

/// Choices being applied, song by song.
#[derive(Default)]
struct Settling {
    settled: Settled,
    /// Where each song so far went; if it was left out, what the band has of it.
    places: Vec<Option<Place>>,
    /// The rows that are changed, by their place there.
    rows: HashMap<RowId, usize>,
}

impl Settling {
    fn song(&mut self, song: PlannedSong, choice: SongChoice) {
        let twin = match song.twin {
            Some(Twin::Kept { id }) => Some(Place::Row(id)),
            Some(Twin::Planned { index }) => {
                let index = usize::try_from(index).ok();
                index.and_then(|index| *self.places.get(index)?)
            }
            None => None,
        };
        let place = match (choice, twin) {
            (SongChoice::Skip, twin) => {
                self.settled.skipped += 1;
                twin
            }
            (SongChoice::Update, Some(place)) => {
                self.update(place, song.values);
                Some(place)
            }
            (SongChoice::Update | SongChoice::Add, _) => {
                self.settled.add.push(song.values);
                Some(Place::Added(self.settled.add.len() - 1))
            }
        };
        self.places.push(place);
    }

    fn update(&mut self, place: Place, mut song: Values) {
        // The same, but for their spelling: that of the song that is there stays.
        song.remove("title");
        song.remove("artist");
        let there = match place {
            Place::Added(at) => self.settled.add.get_mut(at),
            Place::Row(id) => {
                let update = &mut self.settled.update;
                let at = *self.rows.entry(id).or_insert_with(|| {
                    update.push((id, Values::new()));
                    update.len() - 1
                });
                update.get_mut(at).map(|(_, values)| values)
            }
        };
        if let Some(there) = there {
            fill(there, song);
        }
    }
}

/// Sets the filled cells; notes are added.
pub(crate) fn fill(there: &mut Values, song: Values) {
    for (column, value) in song {
        let value = match (column.as_str(), there.get(&column)) {
            ("notes", Some(before)) => added(before, value),
            _ => value,
        };
        there.insert(column, value);
    }
}

fn added(before: &Value, after: Value) -> Value {
    match (before.as_str(), after.as_str()) {
        (Some(before), Some(new)) if !before.trim().is_empty() => {
            if before.contains(new) {
                Value::from(before)
            } else {
                Value::from(format!("{before}\n{new}"))
            }
        }
        _ => after,
    }
}
