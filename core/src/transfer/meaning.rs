//! What a column of a table, a directive or an element stands for.
//!
//! Owns: [`Meaning`], the columns that travel in a file, and which meaning ends in which of them.
//! Never: looks at words of headings (`headings.rs`) or reads a value (`cells.rs`, `length.rs`).
//! Invariant: every meaning but [`Meaning::Ignored`] and [`Meaning::Chart`] ends in a song: in a column or in its notes.

use crate::model::{Kind, fields};

/// The columns that travel in a song file, in the order in which they are written.
pub(super) fn columns() -> impl Iterator<Item = &'static str> {
    let travels = fields(Kind::Song).iter().filter(|field| field.in_files);
    travels.map(|field| field.name)
}

/// What a column stands for. A caller may give it for each column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum Meaning {
    /// The song's title.
    Title,
    /// Who plays it in the original.
    Artist,
    /// The key, kept as it is typed.
    Key,
    /// Beats a minute.
    Tempo,
    /// The time signature, such as 6/8.
    TimeSignature,
    /// How long it lasts, in any form that is understood; a plain number is seconds.
    Duration,
    /// How long it lasts, in minutes; with [`Meaning::Seconds`] beside it, the whole minutes of it.
    Minutes,
    /// How long it lasts, in seconds; with [`Meaning::Minutes`] beside it, the seconds over.
    Seconds,
    /// How long it lasts, in thousandths of a second.
    Milliseconds,
    /// The genre.
    Genre,
    /// How guitars are tuned.
    Tuning,
    /// How hard it is, 1 to 5.
    Difficulty,
    /// Notes. A column that means something else but is wanted goes here with its heading.
    Notes,
    /// The fret of the capo.
    Capo,
    /// Labels; songs have no column for them, so they go into the notes.
    Tags,
    /// Major or minor as 1 or 0, beside a key that is a number from 0 to 11, as music services write them.
    Mode,
    /// Lyrics or chords, which are not imported yet.
    Chart,
    /// Left out, and named in the plan.
    Ignored,
}

impl Meaning {
    /// All of them, in the order in which a person would choose.
    pub const ALL: [Self; 18] = [
        Self::Title,
        Self::Artist,
        Self::Key,
        Self::Tempo,
        Self::TimeSignature,
        Self::Duration,
        Self::Minutes,
        Self::Seconds,
        Self::Milliseconds,
        Self::Genre,
        Self::Tuning,
        Self::Difficulty,
        Self::Notes,
        Self::Capo,
        Self::Tags,
        Self::Mode,
        Self::Chart,
        Self::Ignored,
    ];

    /// A short name that does not change: the song's column where there is one.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Artist => "artist",
            Self::Key => "key",
            Self::Tempo => "tempo",
            Self::TimeSignature => "time_signature",
            Self::Duration => "duration",
            Self::Minutes => "minutes",
            Self::Seconds => "seconds",
            Self::Milliseconds => "milliseconds",
            Self::Genre => "genre",
            Self::Tuning => "guitar_tuning",
            Self::Difficulty => "difficulty",
            Self::Notes => "notes",
            Self::Capo => "capo",
            Self::Tags => "tags",
            Self::Mode => "mode",
            Self::Chart => "chart",
            Self::Ignored => "-",
        }
    }

    /// By its [`Meaning::name`], whatever the case; `tuning` and `time` are understood too.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        match name.as_str() {
            "tuning" => Some(Self::Tuning),
            "time" => Some(Self::TimeSignature),
            "" => Some(Self::Ignored),
            name => Self::ALL.into_iter().find(|meaning| meaning.name() == name),
        }
    }

    /// The column of a song that it ends in; none if it is kept in the notes, helps to read another, or is left out.
    #[must_use]
    pub fn column(self) -> Option<&'static str> {
        let name = match self {
            Self::Minutes | Self::Seconds | Self::Milliseconds => Self::Duration.name(),
            other => other.name(),
        };
        columns().find(|column| *column == name)
    }

    /// What stands before a text that is kept in the notes.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::Artist => "Artist",
            Self::Key => "Key",
            Self::Tempo => "Tempo",
            Self::TimeSignature => "Time signature",
            Self::Duration | Self::Minutes | Self::Seconds | Self::Milliseconds => "Duration",
            Self::Genre => "Genre",
            Self::Tuning => "Tuning",
            Self::Difficulty => "Difficulty",
            Self::Capo => "Capo",
            Self::Tags => "Tags",
            Self::Notes | Self::Mode | Self::Chart | Self::Ignored => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_meaning_is_found_by_its_name_and_every_column_is_meant_by_one() {
        for meaning in Meaning::ALL {
            assert_eq!(
                Meaning::of_name(&meaning.name().to_uppercase()),
                Some(meaning)
            );
        }
        for column in columns() {
            assert_eq!(
                Meaning::of_name(column).and_then(Meaning::column),
                Some(column)
            );
        }
    }
}
