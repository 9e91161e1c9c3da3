//! Song lists in and out: CSV with a header, and the metadata of `ChordPro` files.
//!
//! Owns: reading a file into drafts with every bad line named (a dry run), and writing songs to a file.
//! Never: stores anything; the caller hands good drafts to the edit path, which checks and queues them.
//! Invariants: a file is read completely or refused as a whole ([`ImportError`]); a bad line never hides a good one;
//! reading what was written gives the same songs, and a value that is not whole here is named.

mod chordpro;
mod csv_file;
mod values;

#[cfg(test)]
mod tests;

use crate::model::Values;

/// Largest file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 5 * 1024 * 1024;
/// Most songs that one file may hold.
pub const MAX_SONGS: usize = 10_000;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma, semicolon or tab separated, first line names the columns.
    Csv,
    /// One or more `ChordPro` songs; only the metadata is read.
    ChordPro,
}

impl Format {
    /// By a file name's ending; `None` if it is neither.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
        match ending.as_str() {
            "csv" | "tsv" | "txt" => Some(Self::Csv),
            "cho" | "crd" | "chopro" | "chordpro" | "pro" => Some(Self::ChordPro),
            _ => None,
        }
    }
}

/// What a dry run found. Nothing is stored yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportPlan {
    /// Songs that can be added, as column values, in the order of the file.
    pub songs: Vec<Values>,
    /// Lines that cannot, each with the reason. Their songs are not in `songs`.
    pub bad: Vec<BadLine>,
    /// Columns of the file that mean nothing to us; their values are left out.
    pub ignored_columns: Vec<String>,
}

/// A line of the file that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// Line number in the file, from 1.
    pub line: u64,
    /// The column, if one value is at fault.
    pub column: Option<&'static str>,
    /// What is wrong, a constant.
    pub reason: &'static str,
}

/// Why a file cannot be read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// More than [`MAX_FILE_BYTES`].
    #[error("the file is larger than 5 MB")]
    TooLarge,
    /// More than [`MAX_SONGS`].
    #[error("the file holds more than 10,000 songs; split it")]
    TooMany,
    /// Neither UTF-8 nor Windows-1252 text.
    #[error("the file is not text")]
    NotText,
    /// Nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// The header names no title.
    #[error("the first line names no column `title`")]
    NoTitleColumn,
    /// A quoted value that begins on this line never ends.
    #[error("the quoted value that begins on line {line} never ends")]
    OpenQuote {
        /// Line number in the file, from 1.
        line: u64,
    },
}

/// Reads a file into a plan.
///
/// # Errors
/// [`ImportError`] when the file as a whole cannot be read; a bad line is in the plan instead.
pub fn read(bytes: &[u8], format: Format) -> Result<ImportPlan, ImportError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(ImportError::TooLarge);
    }
    let text = text_of(bytes)?;
    if text.trim().is_empty() {
        return Err(ImportError::Empty);
    }
    let plan = match format {
        Format::Csv => csv_file::read(&text)?,
        Format::ChordPro => chordpro::read(&text),
    };
    if plan.songs.len() > MAX_SONGS {
        Err(ImportError::TooMany)
    } else {
        Ok(plan)
    }
}

/// Songs as the text of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SongFile {
    /// The file.
    pub text: String,
    /// Values that are not whole in it: this phone has the beginning or nothing of them. Tell the person.
    pub shortened: Vec<ShortLine>,
}

/// A value that is not whole in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortLine {
    /// On which line its song begins, from 1.
    pub line: u64,
    /// The column.
    pub column: &'static str,
}

/// Writes songs, given as column values, to a file. Reading it gives the same values.
#[must_use]
pub fn write(songs: &[Values], format: Format) -> SongFile {
    match format {
        Format::Csv => csv_file::write(songs),
        Format::ChordPro => chordpro::write(songs),
    }
}

/// UTF-8 with or without a byte order mark. Spreadsheets on Windows still write their 8-bit code page; its letters
/// outside ASCII are read as Latin-1, which holds all that European titles need.
fn text_of(bytes: &[u8]) -> Result<String, ImportError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.contains(&0) {
        return Err(ImportError::NotText);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Ok(bytes.iter().map(|&byte| char::from(byte)).collect()),
    }
}
