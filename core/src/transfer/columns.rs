//! Which column of a table means what: by its heading, and by its values where that is not enough.
//!
//! Owns: [`by_heading`] and, where there is no header, [`by_values`].
//! Invariant: pure; looks at the first [`LOOK`] rows only.

use super::cells::{self, Read};
use super::headings::{Heading, heading};
use super::length::{Unit, length};
use super::meaning::Meaning;
use super::records::Record;

/// How many rows are looked at.
pub(super) const LOOK: usize = 200;

/// What a text looks like, whatever stands above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// `3:45`
    Clock,
    /// `6/8`
    Signature,
    /// A whole number.
    Number(i64),
    /// `F#m`, `Es-Dur`
    Key,
    Text,
}

/// The meanings of a header's columns.
pub(super) fn by_heading(header: &Record, rows: &[Record]) -> Vec<Meaning> {
    let said: Vec<Heading> = header.cells.iter().map(|cell| heading(cell)).collect();
    let sure = |meaning: Meaning| said.contains(&Heading::Says(meaning));
    let mut columns: Vec<Meaning> = said
        .iter()
        .enumerate()
        .map(|(at, heading)| match *heading {
            Heading::Says(meaning) => meaning,
            Heading::Perhaps(meaning) if !sure(meaning) => meaning,
            Heading::Time => time(rows, at),
            Heading::Perhaps(_) | Heading::Nothing => Meaning::Ignored,
        })
        .collect();
    parts_of_a_length(&mut columns, rows);
    swapped_tempo(&mut columns, rows);
    if !numbered_keys(&columns, rows) {
        for column in &mut columns {
            if *column == Meaning::Mode {
                *column = Meaning::Ignored;
            }
        }
    }
    columns
}

/// How many meanings a row says, as a header would, each once; and whether the title is among them.
pub(super) fn known(record: &Record) -> (usize, bool) {
    let mut found: Vec<Heading> = record
        .cells
        .iter()
        .take(100)
        .map(|cell| heading(cell))
        .collect();
    found.retain(|heading| *heading != Heading::Nothing);
    found.sort_by_key(|heading| format!("{heading:?}"));
    found.dedup();
    let title = found.iter().any(|heading| {
        matches!(
            heading,
            Heading::Says(Meaning::Title) | Heading::Perhaps(Meaning::Title)
        )
    });
    (found.len(), title)
}

/// A column that is headed "time": durations, unless most of its values are signatures.
fn time(rows: &[Record], at: usize) -> Meaning {
    let looks: Vec<Look> = looks(rows, at).collect();
    let signatures = looks
        .iter()
        .filter(|look| **look == Look::Signature)
        .count();
    let lengths = looks
        .iter()
        .filter(|look| matches!(look, Look::Clock | Look::Number(30..)))
        .count();
    if signatures > lengths || (lengths == 0 && signatures == 0) {
        Meaning::TimeSignature
    } else {
        Meaning::Duration
    }
}

/// Minutes and seconds side by side are the two parts of one length, unless seconds go beyond a minute.
fn parts_of_a_length(columns: &mut [Meaning], rows: &[Record]) {
    if !columns.contains(&Meaning::Minutes) {
        return;
    }
    let seconds: Vec<usize> = positions(columns, Meaning::Seconds).collect();
    for at in seconds {
        let beyond = looks(rows, at).any(|look| matches!(look, Look::Number(60..)));
        if beyond && let Some(column) = columns.get_mut(at) {
            *column = Meaning::Duration;
        }
    }
}

/// "Tempo" is Italian for the time signature too.
fn swapped_tempo(columns: &mut [Meaning], rows: &[Record]) {
    for at in 0..columns.len() {
        if columns.get(at) != Some(&Meaning::Tempo) {
            continue;
        }
        let mut looks = looks(rows, at).peekable();
        if looks.peek().is_some()
            && looks.all(|look| look == Look::Signature)
            && let Some(column) = columns.get_mut(at)
        {
            *column = Meaning::TimeSignature;
        }
    }
}

/// Keys that are all numbers from -1 to 11, as music services write them.
fn numbered_keys(columns: &[Meaning], rows: &[Record]) -> bool {
    let keys = positions(columns, Meaning::Key).next();
    keys.is_some_and(|at| looks(rows, at).all(|look| matches!(look, Look::Number(-1..=11))))
}

fn positions(columns: &[Meaning], meaning: Meaning) -> impl Iterator<Item = usize> + '_ {
    columns
        .iter()
        .enumerate()
        .filter(move |(_, column)| **column == meaning)
        .map(|(at, _)| at)
}

/// The meanings of columns without a header: the first column of words is the title, the next the artist; a column whose
/// values nearly all look like a key, a length, a signature or a tempo is that.
pub(super) fn by_values(rows: &[Record]) -> Vec<Meaning> {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut columns = vec![Meaning::Ignored; width];
    for at in 0..width {
        let looks: Vec<Look> = looks(rows, at).collect();
        let most = |right: fn(&Look) -> bool| {
            !looks.is_empty()
                && looks.iter().filter(|look| right(look)).count() * 5 >= looks.len() * 4
        };
        let meaning = if most(|look| *look == Look::Clock) {
            Meaning::Duration
        } else if most(|look| *look == Look::Signature) {
            Meaning::TimeSignature
        } else if most(|look| *look == Look::Key) && columns.contains(&Meaning::Title) {
            Meaning::Key
        } else if most(|look| matches!(look, Look::Number(40..=260)))
            && columns.contains(&Meaning::Title)
        {
            Meaning::Tempo
        } else if looks.is_empty() || most(|look| matches!(look, Look::Number(_))) {
            Meaning::Ignored
        } else if !columns.contains(&Meaning::Title) {
            Meaning::Title
        } else if !columns.contains(&Meaning::Artist) {
            Meaning::Artist
        } else {
            Meaning::Ignored
        };
        let free = meaning == Meaning::Ignored || !columns.contains(&meaning);
        if let Some(column) = columns.get_mut(at)
            && free
        {
            *column = meaning;
        }
    }
    columns
}

fn looks(rows: &[Record], at: usize) -> impl Iterator<Item = Look> + '_ {
    rows.iter()
        .map(move |row| row.cell(at).trim())
        .filter(|cell| !cell.is_empty())
        .map(look)
}

fn look(cell: &str) -> Look {
    let Some(plain) = cells::plain(cell) else {
        return Look::Text;
    };
    if let Ok(number) = plain.parse() {
        return Look::Number(number);
    }
    if plain.contains(':') && matches!(length(&plain, Unit::Seconds), Read::Number(_)) {
        return Look::Clock;
    }
    if let Some((over, under)) = plain.split_once('/')
        && over
            .trim()
            .parse::<u8>()
            .is_ok_and(|over| (1..=32).contains(&over))
        && under
            .trim()
            .parse::<u8>()
            .is_ok_and(|under| matches!(under, 1 | 2 | 4 | 8 | 16 | 32))
    {
        return Look::Signature;
    }
    if is_key(cell) { Look::Key } else { Look::Text }
}

/// A note, an accidental, and the words of major and minor: nothing else.
fn is_key(cell: &str) -> bool {
    let Some(rest) = cell.strip_prefix(|c: char| "ABCDEFGHabcdefgh".contains(c)) else {
        return false;
    };
    let rest = rest.trim_start_matches(['#', 'b', '♯', '♭', 's']);
    let rest = rest
        .strip_prefix("is")
        .or_else(|| rest.strip_prefix("es"))
        .unwrap_or(rest);
    let rest = rest.trim_start_matches([' ', '-']).to_lowercase();
    matches!(
        rest.as_str(),
        "" | "m"
            | "min"
            | "minor"
            | "maj"
            | "major"
            | "dur"
            | "moll"
            | "mol"
            | "mineur"
            | "majeur"
            | "minore"
            | "maggiore"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use Meaning::{
        Artist, Duration, Ignored, Key, Minutes, Mode, Seconds, Tempo, TimeSignature, Title,
    };

    fn table(text: &str) -> Vec<Record> {
        let row = |line: &str| Record {
            line: 1,
            cells: line.split(';').map(str::to_owned).collect(),
        };
        text.split('|').map(row).collect()
    }

    #[test]
    fn values_decide_where_headings_do_not() {
        for (text, right) in [
            ("Title;Time|One;4:36", vec![Title, Duration]),
            ("Title;Time|One;4/4|Two;3/4", vec![Title, TimeSignature]),
            ("Title;Time|One;276", vec![Title, Duration]),
            ("Title;Time|One;", vec![Title, TimeSignature]),
            ("Titolo;Tempo|Uno;3/4", vec![Title, TimeSignature]),
            (
                "Title;Minutes;Seconds|One;4;36",
                vec![Title, Minutes, Seconds],
            ),
            (
                "Title;Length (min);Length (sec)|One;4.6;276",
                vec![Title, Minutes, Duration],
            ),
            ("Title;Author|One;U2", vec![Title, Artist]),
            (
                "Title;Author;Artist|One;Bono;U2",
                vec![Title, Ignored, Artist],
            ),
            ("Track Name;Key;Mode|One;11;0", vec![Title, Key, Mode]),
            ("Title;Key;Mode|One;Am;dark", vec![Title, Key, Ignored]),
        ] {
            let rows = table(text);
            assert_eq!(by_heading(&rows[0], &rows[1..]), right, "{text}");
        }
    }

    #[test]
    fn a_table_without_a_header_is_guessed_by_its_values() {
        for (text, right) in [
            ("One;U2;C|Two;X;D", vec![Title, Artist, Key]),
            (
                "1;One;U2;3:45;4/4;120|2;Two;X;4:00;6/8;96",
                vec![Ignored, Title, Artist, Duration, TimeSignature, Tempo],
            ),
            ("One|Two", vec![Title]),
            ("1|2", vec![Ignored]),
        ] {
            assert_eq!(by_values(&table(text)), right, "{text}");
        }
    }
}
