//! Tables: CSV with any delimiter, with or without a header, and plain lists of titles.
//!
//! Owns: finding delimiter and header, and one song from each row.
//! Invariant: a row with a title is a song, whatever its other cells hold; a row without one is named.

use std::borrow::Cow;

use super::MAX_COLUMNS;
use super::build::Build;
use super::columns::{self, LOOK};
use super::draft::{Draft, quote, tidy};
use super::meaning::{Meaning, columns};
use super::plan::{ColumnPlan, FilePlan, ImportError, WarningKind};
use super::records::{Dialect, Record, Records, line_breaks};
use super::write::unguarded;

/// How far down a header is looked for, in rows that are not empty.
const HEADER_WITHIN: usize = 20;
const DELIMITERS: [u8; 4] = *b",;\t|";
/// Values of a column that the plan shows, and the characters of each.
const SAMPLES: usize = 3;
const SAMPLE: usize = 80;

/// A table as it was understood, before its songs are read.
struct Layout {
    dialect: Dialect,
    /// The header's place among the rows; none: there is none.
    header: Option<usize>,
    columns: Vec<Meaning>,
    headings: Vec<String>,
    header_line: u64,
    /// Written by us: texts are taken as they are.
    own: bool,
}

/// Reads a table into the plan. `given` are meanings that the caller chose, by place; the rest is found.
pub(super) fn read(
    text: &str,
    given: &[Meaning],
    file: &mut FilePlan,
    build: &mut Build,
) -> Result<(), ImportError> {
    let (text, line, forced) = without_sep(text);
    let layout = layout(text, line, forced, given)?;
    file.delimiter = char::from(layout.dialect.delimiter).to_string();
    file.header_line = layout.header_line;
    let mut plans: Vec<ColumnPlan> = layout
        .columns
        .iter()
        .enumerate()
        .map(|(at, meaning)| column_plan(&layout, at, *meaning))
        .collect();
    let skip = layout.header.map_or(0, |at| at + 1);
    for record in Records::new(text, line, layout.dialect).skip(skip) {
        let record = record?;
        for (plan, cell) in plans.iter_mut().zip(&record.cells) {
            sample(plan, cell);
        }
        if plans_chart(&plans, &record) {
            file.has_chart = true;
        }
        song(&record, &layout, build)?;
    }
    plans.retain(|plan| !(plan.heading.is_empty() && plan.samples.is_empty()));
    file.columns = plans;
    Ok(())
}

fn column_plan(layout: &Layout, at: usize, meaning: Meaning) -> ColumnPlan {
    ColumnPlan {
        heading: layout.headings.get(at).cloned().unwrap_or_default(),
        meaning,
        samples: Vec::new(),
    }
}

fn sample(plan: &mut ColumnPlan, cell: &str) {
    if plan.samples.len() < SAMPLES && !cell.trim().is_empty() {
        let beginning: String = cell.chars().take(SAMPLE * 4).collect();
        plan.samples
            .push(tidy(&beginning, false).chars().take(SAMPLE).collect());
    }
}

fn plans_chart(plans: &[ColumnPlan], record: &Record) -> bool {
    plans
        .iter()
        .zip(&record.cells)
        .any(|(plan, cell)| plan.meaning == Meaning::Chart && !cell.trim().is_empty())
}

/// `sep=;` in the first line names the delimiter. Returns what follows, the line it begins on, and the delimiter.
fn without_sep(text: &str) -> (&str, u64, Option<u8>) {
    let start = text.trim_start_matches(['\n', '\r', ' ', '\u{feff}']);
    let skipped = &text[..text.len() - start.len()];
    let line = 1 + line_breaks(skipped);
    let end = start.find(['\n', '\r']).unwrap_or(start.len());
    let first = start[..end].trim_matches(['"', ' ']);
    let Some(rest) = first
        .get(..4)
        .filter(|word| word.eq_ignore_ascii_case("sep="))
        .map(|_| &first[4..])
    else {
        return (start, line, None);
    };
    let delimiter = match rest.as_bytes() {
        [] if start[..end].ends_with('\t') => b'\t',
        [b'\\', b't'] => b'\t',
        [delimiter] if DELIMITERS.contains(delimiter) => *delimiter,
        _ => return (start, line, None),
    };
    let rest = &start[end..];
    let rest = rest
        .strip_prefix("\r\n")
        .or_else(|| rest.strip_prefix(['\n', '\r']))
        .unwrap_or(rest);
    (rest, line + 1, Some(delimiter))
}

/// How well a delimiter does, and what it makes of the first lines: their records and which of them is the header.
type TableReading = ((usize, usize, usize), Dialect, Vec<Record>, Option<usize>);

fn layout(
    text: &str,
    line: u64,
    forced: Option<u8>,
    given: &[Meaning],
) -> Result<Layout, ImportError> {
    let backslash = escapes_quotes(text);
    let tries = DELIMITERS
        .iter()
        .filter(|delimiter| forced.is_none_or(|forced| forced == **delimiter));
    let mut best: Option<TableReading> = None;
    let mut failure = None;
    for delimiter in tries {
        let dialect = Dialect {
            delimiter: *delimiter,
            backslash,
        };
        let rows: Result<Vec<Record>, ImportError> = Records::new(text, line, dialect)
            .take(HEADER_WITHIN + LOOK)
            .collect();
        match rows {
            Ok(rows) => {
                let header = header(&rows);
                let score = score(&rows, header);
                if best.as_ref().is_none_or(|(before, ..)| score > *before) {
                    best = Some((score, dialect, rows, header));
                }
            }
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    let Some((_, dialect, rows, header)) = best else {
        return Err(failure.unwrap_or(ImportError::Empty));
    };
    // Without a header, the delimiter that failed may well be the right one.
    if let (None, Some(failure)) = (header, failure) {
        return Err(failure);
    }
    understood(dialect, &rows, header, given)
}

/// `\"` with a cell that goes on behind it: a backslash before the last quote of a cell, or before a doubled quote, is one
/// of the text.
fn escapes_quotes(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find("\\\"") {
        rest = &rest[at + 2..];
        if let Some(doubled) = rest.strip_prefix('"') {
            rest = doubled;
        } else if rest.starts_with(|c: char| !matches!(c, ',' | ';' | '\t' | '|' | '\n' | '\r')) {
            return true;
        }
    }
    false
}

/// The row that says most, as a header does, with a title; the first of equals.
fn header(rows: &[Record]) -> Option<usize> {
    let mut best = None;
    let mut most = 0;
    for (at, row) in rows.iter().take(HEADER_WITHIN).enumerate() {
        let (known, title) = columns::known(row);
        if title && known > most {
            (best, most) = (Some(at), known);
        }
    }
    best
}

/// How well rows fit a delimiter: what the header says, then how many rows are as wide as it, then how wide.
fn score(rows: &[Record], header: Option<usize>) -> (usize, usize, usize) {
    let first = rows.get(header.unwrap_or(0));
    let width = first.map_or(0, |row| row.cells.len());
    let said = header
        .and_then(|at| rows.get(at))
        .map_or(0, |row| columns::known(row).0);
    let alike = rows
        .iter()
        .filter(|row| width > 1 && row.cells.len() == width)
        .count();
    (said, alike, width)
}

fn understood(
    dialect: Dialect,
    rows: &[Record],
    header: Option<usize>,
    given: &[Meaning],
) -> Result<Layout, ImportError> {
    let head = header.and_then(|at| rows.get(at));
    let below = rows
        .get(header.map_or(0, |at| at + 1)..)
        .unwrap_or_default();
    let below = below.get(..below.len().min(LOOK)).unwrap_or_default();
    let mut columns = match head {
        Some(head) => columns::by_heading(head, below),
        None if given.is_empty() && rows.iter().take(HEADER_WITHIN).any(says_only_other_things) => {
            return Err(ImportError::NoTitleColumn);
        }
        None => columns::by_values(below),
    };
    choose(&mut columns, given);
    if !columns.contains(&Meaning::Title) {
        return Err(ImportError::NoTitleColumn);
    }
    // What stands below an empty end of the header has no column.
    while let (Some(head), Some(Meaning::Ignored)) = (head, columns.last())
        && head.cell(columns.len() - 1).trim().is_empty()
    {
        columns.pop();
    }
    Ok(Layout {
        dialect,
        header,
        headings: head.map(headings).unwrap_or_default(),
        header_line: head.map_or(0, |head| head.line),
        own: given.is_empty() && dialect.delimiter == b',' && head.is_some_and(is_ours),
        columns,
    })
}

/// A header that we wrote. Versions before this one knew fewer columns, in another order; the first knew ten.
fn is_ours(head: &Record) -> bool {
    const FIRST: usize = 10;
    let mut cells: Vec<&str> = head.cells.iter().map(AsRef::as_ref).collect();
    let known = cells.iter().all(|cell| columns().any(|one| one == *cell));
    cells.sort_unstable();
    cells.dedup();
    known && cells.len() == head.cells.len() && cells.len() >= FIRST
}

/// What the caller chose goes first.
fn choose(columns: &mut Vec<Meaning>, given: &[Meaning]) {
    columns.truncate(MAX_COLUMNS);
    for (at, meaning) in given.iter().take(MAX_COLUMNS).enumerate() {
        match columns.get_mut(at) {
            Some(column) => *column = *meaning,
            None => columns.push(*meaning),
        }
    }
}

fn headings(head: &Record) -> Vec<String> {
    head.cells
        .iter()
        .map(|cell| quote(&tidy(cell, false)))
        .collect()
}

/// A header that names other things, but no title.
fn says_only_other_things(row: &Record) -> bool {
    let (known, title) = columns::known(row);
    let cells = row
        .cells
        .iter()
        .filter(|cell| !cell.trim().is_empty())
        .count();
    !title && known >= 2 && known * 2 >= cells
}

fn song(record: &Record, layout: &Layout, build: &mut Build) -> Result<(), ImportError> {
    let mut draft = Draft::new(record.line, layout.own);
    let parts = whole_length(record, &layout.columns);
    if let Some(length) = &parts {
        draft.put(Meaning::Duration, Meaning::Duration.label(), length);
    }
    for (at, meaning) in layout.columns.iter().enumerate() {
        let cell = unguarded(record.cell(at));
        if (cell.trim().is_empty() && !layout.own)
            || (parts.is_some() && matches!(meaning, Meaning::Minutes | Meaning::Seconds))
        {
            continue;
        }
        let heading = layout.headings.get(at).map_or("", String::as_str);
        if *meaning == Meaning::Notes && is_other(heading) {
            draft.put(Meaning::Notes, "", &format!("{heading}: {cell}"));
            continue;
        }
        let label = if heading.is_empty() {
            meaning.label()
        } else {
            heading
        };
        let text = match meaning {
            Meaning::Key => key(cell, record, &layout.columns),
            Meaning::TimeSignature => signature(cell, &layout.columns),
            _ => Cow::Borrowed(cell),
        };
        draft.put(*meaning, label, &text);
    }
    more_cells(record, layout, &mut draft);
    build.song(draft)
}

/// Cells beyond the last column.
fn more_cells(record: &Record, layout: &Layout, draft: &mut Draft) {
    let more = record.cells.iter().skip(layout.columns.len());
    for cell in more.map(|cell| tidy(cell, false)) {
        if !cell.is_empty() {
            draft.keep_with(Meaning::Notes, "", &cell, WarningKind::NoColumn);
        }
    }
}

/// A column that the caller sends to the notes though its heading says something else.
fn is_other(heading: &str) -> bool {
    use super::headings::{Heading, heading as said};
    !heading.is_empty() && said(heading) != Heading::Says(Meaning::Notes)
}

/// Minutes and seconds of two columns as `m:ss`; none if they are not both plain numbers.
fn whole_length(record: &Record, columns: &[Meaning]) -> Option<String> {
    let cell = |wanted: Meaning| {
        let at = columns.iter().position(|meaning| *meaning == wanted)?;
        let cell = record.cell(at).trim();
        (cell.len() <= 4 && cell.bytes().all(|byte| byte.is_ascii_digit())).then_some(cell)
    };
    let (minutes, seconds) = (cell(Meaning::Minutes)?, cell(Meaning::Seconds)?);
    let both = !(minutes.is_empty() && seconds.is_empty());
    let zero = |part: &str| {
        if part.is_empty() {
            "0".to_owned()
        } else {
            part.to_owned()
        }
    };
    both.then(|| format!("{}:{:0>2}", zero(minutes), zero(seconds)))
}

/// A key that is a number, as music services write it, with its mode beside it; any other as it is.
fn key<'a>(cell: &'a str, record: &Record, columns: &[Meaning]) -> Cow<'a, str> {
    const NAMES: [&str; 12] = [
        "C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B",
    ];
    let mode = columns.iter().position(|meaning| *meaning == Meaning::Mode);
    let (Some(mode), Ok(number)) = (mode, cell.trim().parse::<i64>()) else {
        return Cow::Borrowed(cell);
    };
    if number == -1 {
        return Cow::Borrowed("");
    }
    let minor = record.cell(mode).trim() == "0";
    let name = usize::try_from(number)
        .ok()
        .and_then(|number| NAMES.get(number));
    name.map_or(Cow::Borrowed(cell), |name| {
        Cow::Owned(format!("{name}{}", if minor { "m" } else { "" }))
    })
}

/// The upper number of a signature alone, as music services write it; any other as it is.
fn signature<'a>(cell: &'a str, columns: &[Meaning]) -> Cow<'a, str> {
    let number = cell.trim();
    let alone = number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit());
    if alone && columns.contains(&Meaning::Mode) {
        Cow::Owned(format!("{number}/4"))
    } else {
        Cow::Borrowed(cell)
    }
}
