//! Song lists in and out, and what is sent to people outside the app: tables (CSV and its kin), charts (`ChordPro`, `OnSong`) and `OpenSong` files.
//!
//! Owns: reading files into a plan (a dry run) that says how each was understood and what does not fit, the songs of a
//! plan that are the same as others and what a person chose for them, and writing songs to a file.
//! Never: stores anything; the caller hands what was settled to the edit path, which checks and queues it.
//! Invariants: a song is never left out because of an optional value, and nothing is dropped without a word in the plan;
//! reading what was written gives the same songs, and a value that is not whole here is named; time and memory grow with
//! the bytes of a file and no faster, and no bytes make it panic.

mod build;
mod bytes;
mod cells;
mod chart;
mod columns;
mod draft;
mod headings;
mod length;
mod meaning;
mod opensong;
mod plan;
mod records;
mod share;
mod table;
mod twins;
mod write;

#[cfg(test)]
mod tests;

pub use meaning::Meaning;
pub use plan::{
    BadLine, ColumnPlan, FileKind, FilePlan, ImportError, ImportPlan, PlannedSong, SourceFile,
    Twin, Warning, WarningKind,
};
pub(crate) use share::{setlist_html, setlist_text, song_text};
pub use twins::{ImportChoices, SongChoice, SongPick};
pub(crate) use twins::{Likeness, fill, settle};
pub(crate) use write::write;

use build::Build;

/// Largest file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 5 * 1024 * 1024;
/// Most bytes of all files that are read at once.
pub const MAX_ALL_BYTES: usize = 20 * 1024 * 1024;
/// Most files that are read at once.
pub const MAX_FILES: usize = 2_000;
/// Most songs that are read at once.
pub const MAX_SONGS: usize = 10_000;
/// Most columns of a table.
pub const MAX_COLUMNS: usize = 1_000;

/// What a file is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum Format {
    /// Comma separated, the first line names the columns; as spreadsheets read it.
    Csv,
    /// The metadata of `ChordPro` songs, one after the other.
    ChordPro,
}

impl Format {
    /// By a file name's ending; `None` if it is neither.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        match ending(name).as_str() {
            "csv" => Some(Self::Csv),
            "cho" | "crd" | "chopro" | "chordpro" | "chord" | "pro" => Some(Self::ChordPro),
            _ => None,
        }
    }
}

/// Songs as the text of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct SongFile {
    /// The file.
    pub text: String,
    /// How many songs are in it.
    pub songs: u32,
    /// Values that are not whole in it: this phone has the beginning or nothing of them. Tell the person.
    pub shortened: Vec<ShortLine>,
}

/// A value that is not whole in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct ShortLine {
    /// On which line its song begins, from 1.
    pub line: u64,
    /// The column.
    pub column: &'static str,
}

/// Reads files into a plan; songs that are the same inside them are marked. `columns` are meanings that a person chose for
/// the columns of a table, by place: what is left out is found. A file that cannot be read says so in the plan.
///
/// # Errors
/// [`ImportError`] when there is too much altogether: files, bytes, songs.
pub fn read(files: &[SourceFile], columns: &[Meaning]) -> Result<ImportPlan, ImportError> {
    if files.len() > MAX_FILES {
        return Err(ImportError::TooManyFiles);
    }
    if files
        .iter()
        .map(|file| file.bytes.len())
        .fold(0, usize::saturating_add)
        > MAX_ALL_BYTES
    {
        return Err(ImportError::TooLarge);
    }
    let mut build = Build::default();
    for (index, source) in (0..).zip(files) {
        build.file = index;
        let file = read_file(source, columns, &mut build)?;
        build.plan.files.push(file);
    }
    let mut plan = build.plan;
    plan.mark_twins([]);
    Ok(plan)
}

/// Reads one file that needs no choice.
fn read_one(name: &str, bytes: &[u8]) -> Result<ImportPlan, ImportError> {
    let file = SourceFile {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    };
    read(&[file], &[])
}

/// Reads a file; what is wrong with it alone stays in its plan.
fn read_file(
    source: &SourceFile,
    columns: &[Meaning],
    build: &mut Build,
) -> Result<FilePlan, ImportError> {
    let before = (
        build.plan.songs.len(),
        build.plan.bad.len(),
        build.plan.warnings.len(),
    );
    let counts = (build.plan.bad_lines, build.plan.warning_count);
    let mut file = FilePlan {
        name: source.name.clone(),
        failure: None,
        kind: FileKind::Table,
        encoding: "",
        delimiter: String::new(),
        header_line: 0,
        columns: Vec::new(),
        ignored: Vec::new(),
        songs: 0,
        has_chart: false,
    };
    match read_text(source, columns, &mut file, build) {
        Ok(()) => {}
        Err(ImportError::TooMany) => return Err(ImportError::TooMany),
        Err(failure) => {
            // Half a file is none.
            build.plan.songs.truncate(before.0);
            build.plan.bad.truncate(before.1);
            build.plan.warnings.truncate(before.2);
            (build.plan.bad_lines, build.plan.warning_count) = counts;
            file.failure = Some(failure);
        }
    }
    file.songs = u32::try_from(build.plan.songs.len() - before.0).unwrap_or(u32::MAX);
    Ok(file)
}

fn read_text(
    source: &SourceFile,
    columns: &[Meaning],
    file: &mut FilePlan,
    build: &mut Build,
) -> Result<(), ImportError> {
    if source.bytes.len() > MAX_FILE_BYTES {
        return Err(ImportError::TooLarge);
    }
    let decoded = bytes::decode(&source.bytes)?;
    let text = decoded.text.as_str();
    if text
        .trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
        .is_empty()
    {
        return Err(ImportError::Empty);
    }
    file.encoding = decoded.encoding;
    if decoded.stray > 0 {
        build.stray();
    }
    file.kind = kind(&source.name, text).ok_or(ImportError::UnknownKind)?;
    match file.kind {
        FileKind::Table => table::read(text, columns, file, build),
        FileKind::Chart => chart::read(text, file, build),
        FileKind::OpenSong => opensong::read(text, file, build),
    }
}

/// What a file is: by its content where that is clear, else by the ending of its name.
fn kind(name: &str, text: &str) -> Option<FileKind> {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if opensong::is_song(start) {
        return Some(FileKind::OpenSong);
    }
    if start.starts_with(['<'])
        || ["{\\rtf", "%PDF", "PK\u{3}", "{\"", "[{"]
            .iter()
            .any(|sign| start.starts_with(sign))
    {
        return None;
    }
    match ending(name).as_str() {
        "csv" | "tsv" | "tab" if !start.starts_with('{') => Some(FileKind::Table),
        "cho" | "crd" | "chopro" | "chordpro" | "chord" | "pro" | "onsong" => Some(FileKind::Chart),
        _ if chart::has_directives(text) || chart::looks_like_chart(text) => Some(FileKind::Chart),
        "txt" | "" | "csv" | "tsv" | "tab" => Some(FileKind::Table),
        _ => None,
    }
}

/// The ending of a file's name in lower case; empty if it has none.
fn ending(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase())
        .unwrap_or_default()
}
