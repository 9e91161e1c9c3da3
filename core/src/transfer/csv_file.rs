//! CSV with a header line.

use super::values::{COLUMNS, column_of, parse, shortened, show};
use super::{BadLine, ImportError, ImportPlan, SongFile};
use crate::model::Values;

pub(super) fn read(text: &str) -> Result<ImportPlan, ImportError> {
    let delimiter = delimiter(text);
    check_quotes(text, delimiter)?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut plan = ImportPlan::default();
    let headings = reader.headers().map_err(|_| ImportError::NotText)?.clone();
    let columns: Vec<Option<&'static str>> = headings.iter().map(column_of).collect();
    if !columns.contains(&Some("title")) {
        return Err(ImportError::NoTitleColumn);
    }
    let unknown = headings
        .iter()
        .zip(&columns)
        .filter(|(_, known)| known.is_none());
    plan.ignored_columns = unknown.map(|(heading, _)| heading.to_owned()).collect();
    for record in reader.records() {
        let Ok(record) = record else { continue };
        let line = record.position().map_or(0, csv::Position::line);
        match song(&record, &columns) {
            Ok(None) => {}
            Ok(Some(song)) => plan.songs.push(song),
            Err((column, reason)) => plan.bad.push(BadLine {
                line,
                column,
                reason,
            }),
        }
    }
    Ok(plan)
}

type Fault = (Option<&'static str>, &'static str);

/// A record as a song; `None` for a line of nothing but delimiters.
fn song(
    record: &csv::StringRecord,
    columns: &[Option<&'static str>],
) -> Result<Option<Values>, Fault> {
    if record.iter().all(|cell| cell.trim().is_empty()) {
        return Ok(None);
    }
    if record.len() > columns.len() {
        return Err((None, "it has more values than the header has columns"));
    }
    let mut song = Values::new();
    for (cell, column) in record.iter().zip(columns) {
        let Some(column) = column else { continue };
        if let Some(value) = parse(column, cell).map_err(|reason| (Some(*column), reason))? {
            song.insert((*column).to_owned(), value);
        }
    }
    if song.contains_key("title") {
        Ok(Some(song))
    } else {
        Err((Some("title"), "it is missing"))
    }
}

/// The one of comma, semicolon and tab that the header holds most of.
fn delimiter(text: &str) -> u8 {
    let header = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let count = |c: u8| header.bytes().filter(|byte| *byte == c).count();
    [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|c| (count(*c), *c == b','))
        .unwrap_or(b',')
}

/// The reader is lenient: it would take a forgotten closing quote as one huge value up to the end of the file.
fn check_quotes(text: &str, delimiter: u8) -> Result<(), ImportError> {
    let (mut line, mut opened, mut quoted, mut start) = (1_u64, 1_u64, false, true);
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' if quoted && bytes.peek() == Some(&b'"') => {
                bytes.next();
            }
            b'"' if quoted => quoted = false,
            b'"' if start => (quoted, opened) = (true, line),
            _ => {}
        }
        start = !quoted && (byte == delimiter || byte == b'\n' || byte == b'\r');
        line += u64::from(byte == b'\n');
    }
    if quoted {
        Err(ImportError::OpenQuote { line: opened })
    } else {
        Ok(())
    }
}

pub(super) fn write(songs: &[Values]) -> SongFile {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut file = SongFile::default();
    // Writing to memory cannot fail, and every record has as many cells as the header.
    let _ = writer.write_record(COLUMNS);
    let mut line = 2;
    for song in songs {
        let cells = COLUMNS.map(|column| show(song, column));
        let _ = writer.write_record(&cells);
        file.shortened.extend(shortened(song, &COLUMNS, line));
        let breaks = cells.iter().flat_map(|cell| cell.bytes());
        line += 1 + breaks.map(|byte| u64::from(byte == b'\n')).sum::<u64>();
    }
    let bytes = writer.into_inner().ok();
    file.text = bytes
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_default();
    file
}
