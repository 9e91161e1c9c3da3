//! Files of songs: what a plan says, what a person chooses, what is written.

use rockon_core::client::ImportDone;
use rockon_core::model::{RowId, Values};
use rockon_core::transfer::{
    BadLine, ColumnPlan, FileKind, FilePlan, Format, ImportChoices, ImportError, ImportPlan,
    Meaning, PlannedSong, ShortLine, SongChoice, SongFile, SongPick, SourceFile, Twin, Warning,
    WarningKind,
};

use super::values::Words;

/// A file that a person chose.
#[uniffi::remote(Record)]
pub struct SourceFile {
    /// Its name; the ending helps where the content could be two things, and a chart without a title is named after it.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// What kind of file it was found to be, by content first, then by the ending of its name.
#[uniffi::remote(Enum)]
pub enum FileKind {
    /// Rows of cells: CSV with any delimiter, or a plain list of titles.
    Table,
    /// `ChordPro` or `OnSong`: directives or header lines, then lyrics and chords.
    Chart,
    /// `OpenSong` or a similar XML file.
    OpenSong,
}

/// What a column stands for. A caller may give it for each column of a table.
#[uniffi::remote(Enum)]
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
    /// How long it lasts, in minutes; with `Seconds` beside it, the whole minutes of it.
    Minutes,
    /// How long it lasts, in seconds; with `Minutes` beside it, the seconds over.
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

/// What a dry run found. Nothing is stored yet.
#[uniffi::remote(Record)]
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
#[uniffi::remote(Record)]
pub struct FilePlan {
    /// As given.
    pub name: String,
    /// Why nothing of it could be read; none when it could.
    pub failure: Option<ImportError>,
    /// What it is.
    pub kind: FileKind,
    /// How its bytes were read, such as `UTF-8` or `windows-1252`.
    pub encoding: Words,
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
#[uniffi::remote(Record)]
pub struct ColumnPlan {
    /// What stands above it, at most 200 characters; empty when nothing does.
    pub heading: String,
    /// What it was taken for. `Ignored`: its values are left out.
    pub meaning: Meaning,
    /// The first three values that are not empty, at most 80 characters each.
    pub samples: Vec<String>,
}

/// One song of the plan.
#[uniffi::remote(Record)]
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

/// The other one of two songs that are the same.
#[uniffi::remote(Enum)]
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
#[uniffi::remote(Record)]
pub struct BadLine {
    /// Which of the files, from 0.
    pub file: u32,
    /// Line number in the file, from 1.
    pub line: u64,
    /// The column, if one value is at fault.
    pub column: Option<Words>,
    /// What is wrong, a constant.
    pub reason: Words,
}

/// Something that was read, but not as it stands.
#[uniffi::remote(Record)]
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
#[uniffi::remote(Enum)]
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

/// Why a file cannot be read at all.
#[uniffi::remote(Enum)]
pub enum ImportError {
    /// More than 5 MB.
    TooLarge,
    /// More than 10,000 songs, all files together.
    TooMany,
    /// More than 2,000 files.
    TooManyFiles,
    /// More than 1,000 columns.
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

/// What becomes of a song.
#[uniffi::remote(Enum)]
pub enum SongChoice {
    /// It is left out.
    Skip,
    /// Its filled cells go into the song that it is the same as; notes are added to the notes there. Where there is no
    /// such song it is added.
    Update,
    /// It is added, beside the one that is the same.
    Add,
}

/// A choice for one song.
#[uniffi::remote(Record)]
pub struct SongPick {
    /// Its place in the plan, from 0. One that is not there is passed over.
    pub index: u32,
    /// What becomes of it.
    pub choice: SongChoice,
}

/// What a person chose.
#[uniffi::remote(Record)]
pub struct ImportChoices {
    /// For every song that is the same as another. Other songs are added.
    pub twins: SongChoice,
    /// For single songs, whatever they are the same as.
    pub songs: Vec<SongPick>,
}

/// What an import did.
#[uniffi::remote(Record)]
pub struct ImportDone {
    /// The songs that were added, in the order of the plan.
    pub added: Vec<RowId>,
    /// How many songs of the band were changed.
    pub updated: u32,
    /// How many songs of the plan were left out: chosen so, or the same as another.
    pub skipped: u32,
}

/// What a file is written as.
#[uniffi::remote(Enum)]
pub enum Format {
    /// Comma separated, the first line names the columns; as spreadsheets read it.
    Csv,
    /// The metadata of `ChordPro` songs, one after the other.
    ChordPro,
}

/// Songs as the text of a file.
#[uniffi::remote(Record)]
pub struct SongFile {
    /// The file.
    pub text: String,
    /// How many songs are in it.
    pub songs: u32,
    /// Values that are not whole in it: this phone has the beginning or nothing of them. Tell the person.
    pub shortened: Vec<ShortLine>,
}

/// A value that is not whole in a file.
#[uniffi::remote(Record)]
pub struct ShortLine {
    /// On which line its song begins, from 1.
    pub line: u64,
    /// The column.
    pub column: Words,
}
