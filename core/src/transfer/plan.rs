//! What a dry run found, in a form that a screen can show: which file was read how, and what each song brings.
//!
//! Owns: the types of the plan and of what can be wrong with a file, a line or a cell. Plain values; no reading.
//! Invariant: nothing of a file is dropped without a word here: a line without a song is in `bad`, a text that does not
//! fit its column is a [`Warning`] and in the notes, a column or directive that means nothing is in `ignored`.

use std::borrow::Cow;
use std::fmt;

use super::meaning::Meaning;
use crate::error::Error;
use crate::model::{RowId, Values};
use crate::speech::{Language, files as say};

/// A file that a person chose.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct SourceFile {
    /// Its name; the ending helps where the content could be two things, and a chart without a title is named after it.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// What kind of file it was found to be, by content first, then by the ending of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum FileKind {
    /// Rows of cells: CSV with any delimiter, or a plain list of titles.
    Table,
    /// `ChordPro` or `OnSong`: directives or header lines, then lyrics and chords.
    Chart,
    /// `OpenSong` or a similar XML file.
    OpenSong,
}

/// What a dry run found. Nothing is stored yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct ImportPlan {
    /// The files in the order given, also those that could not be read.
    pub files: Vec<FilePlan>,
    /// Every song found, in order.
    pub songs: Vec<PlannedSong>,
    /// Lines that hold no song, the first 1,000.
    pub bad: Vec<BadLine>,
    /// How many lines hold no song.
    pub bad_lines: u32,
    /// What else a person should know, the first 1,000.
    pub warnings: Vec<Warning>,
    /// How many warnings there are.
    pub warning_count: u32,
}

/// How one file was read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct FilePlan {
    /// As given.
    pub name: String,
    /// Why nothing of it could be read; none when it could.
    pub failure: Option<ImportError>,
    /// What it is.
    pub kind: FileKind,
    /// How its bytes were read, such as `UTF-8` or `windows-1252`.
    pub encoding: &'static str,
    /// What stands between the cells of a table; empty otherwise.
    pub delimiter: String,
    /// On which line the table's header stands, from 1. 0 in a table: there is none, and `columns` is a guess.
    pub header_line: u64,
    /// The columns of a table, in order, each with what it was taken for.
    pub columns: Vec<ColumnPlan>,
    /// Directives or elements of a chart that mean nothing here, the first 100; their values are left out.
    pub ignored: Vec<String>,
    /// How many songs it holds.
    pub songs: u32,
    /// It holds lyrics or chords. They are not imported yet.
    pub has_chart: bool,
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct ColumnPlan {
    /// What stands above it, at most 200 characters; empty when nothing does.
    pub heading: String,
    /// What it was taken for. [`Meaning::Ignored`]: its values are left out.
    pub meaning: Meaning,
    /// The first three values that are not empty, at most 80 characters each.
    pub samples: Vec<String>,
}

/// One song of the plan.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct PlannedSong {
    /// Its values by column.
    pub values: Values,
    /// Which of the files it is in, from 0.
    pub file: u32,
    /// On which line it begins, from 1.
    pub line: u64,
    /// The song that it is the same as, if there is one: by title and artist, whatever the case, the accents' form, the
    /// spaces and the punctuation.
    pub twin: Option<Twin>,
}

impl Eq for PlannedSong {}

/// The other one of two songs that are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum Twin {
    /// An earlier song of the plan.
    Planned {
        /// Its place in the plan, from 0.
        index: u32,
    },
    /// A song that the band has.
    Kept {
        /// Its row.
        id: RowId,
    },
}

/// A line of a file that holds no song.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct BadLine {
    /// Which of the files, from 0.
    pub file: u32,
    /// Line number in the file, from 1.
    pub line: u64,
    /// The column, if one value is at fault.
    pub column: Option<&'static str>,
    /// What is wrong, a constant.
    pub reason: &'static str,
}

/// Something that was read, but not as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Warning {
    /// Which of the files, from 0.
    pub file: u32,
    /// Line number in the file, from 1; 0 = the whole file.
    pub line: u64,
    /// What it was taken for.
    pub meaning: Meaning,
    /// The text, at most 200 characters.
    pub text: String,
    /// What became of it.
    pub kind: WarningKind,
}

/// What became of a text that was not taken as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum WarningKind {
    /// It could not be read as what its column means. It is in the notes.
    Unreadable,
    /// It says more than was read. The whole text is in the notes.
    ReadInPart,
    /// The song has another value for this already. It is in the notes.
    SecondValue,
    /// It is longer than a song's column may be. The beginning was taken; the notes have as much as they hold.
    TooLong,
    /// The row has more cells than the header has columns. They are in the notes.
    NoColumn,
    /// The song has no title; it was given this one, after the file's name or its first line.
    NamedAfter,
    /// Some bytes are not in the encoding of the rest; they were read as Windows-1252.
    StrayBytes,
}

impl WarningKind {
    /// One plain sentence without a full stop.
    #[must_use]
    pub fn words(self, language: Language) -> &'static str {
        match self {
            Self::Unreadable => say::unreadable(language),
            Self::ReadInPart => say::read_in_part(language),
            Self::SecondValue => say::second_value(language),
            Self::TooLong => say::too_long(language),
            Self::NoColumn => say::no_column(language),
            Self::NamedAfter => say::named_after(language),
            Self::StrayBytes => say::stray_bytes(language),
        }
    }
}

/// Why a file cannot be read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum ImportError {
    /// More than [`super::MAX_FILE_BYTES`], or all files together more than [`super::MAX_ALL_BYTES`].
    TooLarge,
    /// More than [`super::MAX_SONGS`], all files together.
    TooMany,
    /// More than [`super::MAX_FILES`].
    TooManyFiles,
    /// More than [`super::MAX_COLUMNS`].
    TooWide,
    /// Bytes that no text has.
    NotText,
    /// Nothing but white space.
    Empty,
    /// Neither a table nor a chart, by content and by the ending of the name.
    UnknownKind,
    /// The header names no title.
    NoTitleColumn,
    /// A quoted value that begins on this line never ends.
    OpenQuote {
        /// Line number in the file, from 1.
        line: u64,
    },
}

impl ImportError {
    /// One plain sentence without a full stop.
    #[must_use]
    pub fn words(self, language: Language) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::TooLarge => say::too_large(language),
            Self::TooMany => say::too_many(language),
            Self::TooManyFiles => say::too_many_files(language),
            Self::TooWide => say::too_wide(language),
            Self::NotText => say::not_text(language),
            Self::Empty => say::empty(language),
            Self::UnknownKind => say::unknown_kind(language),
            Self::NoTitleColumn => say::no_title(language),
            Self::OpenQuote { line } => return Cow::Owned(say::open_quote(language, &line)),
        })
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(Language::English))
    }
}

impl std::error::Error for ImportError {}

impl From<ImportError> for Error {
    fn from(error: ImportError) -> Self {
        Self::Invalid {
            field: "file",
            reason: match error {
                ImportError::TooLarge => "it is larger than 5 MB, or 20 MB altogether",
                ImportError::TooMany => "more than 10,000 songs at once; split it",
                ImportError::TooManyFiles => "more than 2,000 files at once",
                ImportError::TooWide => "the table has more than 1,000 columns",
                ImportError::NotText => "it is not text",
                ImportError::Empty => "it is empty",
                ImportError::UnknownKind => "it is neither a song list nor a chart",
                ImportError::NoTitleColumn => "its header names no column `title`",
                ImportError::OpenQuote { .. } => "a quoted value never ends",
            },
        }
    }
}
