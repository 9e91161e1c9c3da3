//! Text to rows of cells, forgiving what programs and people do to CSV.
//!
//! Owns: [`Records`] and [`Dialect`]: a quote after a space, a quote inside a cell, quotes by backslash, any line ends.
//! Never: knows what a cell means.
//! Invariant: one pass; a row never has more than [`MAX_COLUMNS`] cells, however many delimiters a line has.

use super::MAX_COLUMNS;
use super::plan::ImportError;

/// How the cells of a table are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    pub(super) delimiter: u8,
    /// `\"` is a quote inside a quoted cell, beside `""`.
    pub(super) backslash: bool,
}

/// One row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Record {
    /// On which line it begins, from 1.
    pub(super) line: u64,
    pub(super) cells: Vec<String>,
}

impl Record {
    /// Nothing but delimiters and spaces.
    pub(super) fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    pub(super) fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", String::as_str)
    }
}

/// The rows of a text that are not empty, in order. Ends after the first error.
#[derive(Debug, Clone)]
pub(super) struct Records<'a> {
    text: &'a str,
    line: u64,
    dialect: Dialect,
}

/// What ended a cell.
#[derive(PartialEq, Eq)]
enum End {
    Cell,
    Row,
}

impl<'a> Records<'a> {
    /// `line` is that of the text's beginning.
    pub(super) fn new(text: &'a str, line: u64, dialect: Dialect) -> Self {
        Self {
            text,
            line,
            dialect,
        }
    }

    fn record(&mut self) -> Result<Record, ImportError> {
        let mut record = Record {
            line: self.line,
            cells: Vec::new(),
        };
        loop {
            let (cell, end) = self.cell()?;
            if record.cells.len() < MAX_COLUMNS {
                record.cells.push(cell);
            } else if !cell.trim().is_empty() {
                return Err(ImportError::TooWide);
            }
            if end == End::Row {
                return Ok(record);
            }
        }
    }

    fn cell(&mut self) -> Result<(String, End), ImportError> {
        let inner = self
            .text
            .trim_start_matches(|c| c == ' ' || (c == '\t' && self.dialect.delimiter != b'\t'));
        let Some(quoted) = inner.strip_prefix('"') else {
            return Ok(self.plain());
        };
        let begun = self.line;
        self.text = quoted;
        let mut cell = self
            .quoted()
            .ok_or(ImportError::OpenQuote { line: begun })?;
        let (rest, end) = self.plain();
        if !rest.trim().is_empty() {
            // Not a quoted cell after all, as in: "Heroes" (live)
            cell = format!("\"{cell}\"{rest}");
        }
        Ok((cell, end))
    }

    /// Up to the next delimiter or the end of the line.
    fn plain(&mut self) -> (String, End) {
        let stop = |byte: u8| byte == self.dialect.delimiter || byte == b'\n' || byte == b'\r';
        let bytes = self.text.as_bytes();
        let at = bytes
            .iter()
            .position(|byte| stop(*byte))
            .unwrap_or(bytes.len());
        let cell = self.text[..at].to_owned();
        let (skip, end) = match (bytes.get(at), bytes.get(at + 1)) {
            (None, _) => (0, End::Row),
            (Some(b'\r'), Some(b'\n')) => (2, End::Row),
            (Some(b'\r' | b'\n'), _) => (1, End::Row),
            _ => (1, End::Cell),
        };
        self.text = &self.text[at + skip..];
        self.line += u64::from(skip > 0 && end == End::Row);
        (cell, end)
    }

    /// Up to the closing quote. None: there is none.
    fn quoted(&mut self) -> Option<String> {
        let mut cell = String::new();
        loop {
            let at = self.text.find('"')?;
            let (part, rest) = (&self.text[..at], &self.text[at + 1..]);
            self.line += line_breaks(part);
            self.text = rest;
            if self.dialect.backslash && part.ends_with('\\') {
                cell.push_str(&part[..part.len() - 1]);
            } else if let Some(rest) = rest.strip_prefix('"') {
                cell.push_str(part);
                self.text = rest;
            } else {
                cell.push_str(part);
                return Some(cell);
            }
            cell.push('"');
        }
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Record, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.text.is_empty() {
            match self.record() {
                Ok(record) if record.is_empty() => {}
                Ok(record) => return Some(Ok(record)),
                Err(error) => {
                    self.text = "";
                    return Some(Err(error));
                }
            }
        }
        None
    }
}

/// Line ends of any kind.
pub(super) fn line_breaks(text: &str) -> u64 {
    let mut count = 0;
    let mut before = 0;
    for byte in text.bytes() {
        count += u64::from(byte == b'\r' || (byte == b'\n' && before != b'\r'));
        before = byte;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, delimiter: u8, backslash: bool) -> Vec<(u64, Vec<String>)> {
        let dialect = Dialect {
            delimiter,
            backslash,
        };
        Records::new(text, 1, dialect)
            .map(|row| row.unwrap())
            .map(|row| (row.line, row.cells))
            .collect()
    }

    fn cells(text: &str) -> Vec<String> {
        rows(text, b',', false).remove(0).1
    }

    #[test]
    fn quotes_where_programs_and_people_put_them() {
        assert_eq!(
            cells("\"One\", \"U2, the\", \"two\nlines\""),
            ["One", "U2, the", "two\nlines"]
        );
        assert_eq!(cells("12\" Mix,DJ"), ["12\" Mix", "DJ"]);
        assert_eq!(cells("\"a \"\"b\"\"\",c"), ["a \"b\"", "c"]);
        assert_eq!(
            cells("\"Heroes\" (live),Bowie"),
            ["\"Heroes\" (live)", "Bowie"]
        );
        assert_eq!(
            rows("\"Say \\\"Hi\\\"\",B", b',', true)[0].1,
            ["Say \"Hi\"", "B"]
        );
        assert_eq!(cells("\"C:\\\",B"), ["C:\\", "B"]);
        assert_eq!(cells("\"\",,x"), ["", "", "x"]);
    }

    #[test]
    fn lines_are_counted_whatever_ends_them() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "", "\"c", "d\",e", "f,g"].join(end);
            let lines: Vec<u64> = rows(&text, b',', false).iter().map(|row| row.0).collect();
            assert_eq!(lines, [1, 3, 5], "{end:?}");
        }
    }

    #[test]
    fn a_quote_that_never_ends_and_a_row_that_is_too_wide_are_errors() {
        let dialect = Dialect {
            delimiter: b',',
            backslash: false,
        };
        let mut open = Records::new("a\n\n\"b,c\nd\n", 1, dialect);
        assert!(open.next().is_some_and(|row| row.is_ok()));
        assert_eq!(open.next(), Some(Err(ImportError::OpenQuote { line: 3 })));
        assert_eq!(open.next(), None);
        let commas = format!("a{}", ",".repeat(1_000_000));
        assert_eq!(cells(&commas).len(), MAX_COLUMNS);
        let wide = format!("{commas}b");
        assert_eq!(
            Records::new(&wide, 1, dialect).next(),
            Some(Err(ImportError::TooWide))
        );
    }
}
