//! What the program prints. `println!` and the like are ours in this crate: nothing reaches the terminal unseen.
//!
//! Owns: the two output streams, and [`printable`], which every text of others passes: titles, names, cells of files,
//! answers of servers.
//! Never: lets a control sequence, a change of reading direction or a pile of combining marks through.
//! Invariant: what is written holds no control character but the end of a line. A stream that nobody reads is no error.

use std::fmt::Arguments;
use std::io::{self, Write};

use rockon_core::model::UNSEEN;
use unicode_normalization::char::is_combining_mark;

/// Combining marks that one letter keeps. Every language is written with fewer.
const MARKS: usize = 4;
/// In place of a control character, so that it is seen that something was there.
const REPLACED: char = '\u{fffd}';
/// Back to the start of the line, and clear it.
const CLEAR: &str = "\r\x1b[2K";

/// Prints a line, as the macro of this name does elsewhere.
macro_rules! println {
    ($($arg:tt)*) => { $crate::out::line(&mut std::io::stdout(), format_args!($($arg)*)) };
}

/// Prints a line to standard error.
macro_rules! eprintln {
    ($($arg:tt)*) => { $crate::out::line(&mut std::io::stderr(), format_args!($($arg)*)) };
}

/// Prints text that ends its lines itself.
macro_rules! print {
    ($($arg:tt)*) => { $crate::out::text(&mut std::io::stdout(), format_args!($($arg)*)) };
}

/// Writes a line. Ends of lines inside it stay: what comes from others goes through [`printable`] before.
pub(crate) fn line(to: &mut dyn Write, said: Arguments<'_>) {
    text(to, format_args!("{said}\n"));
}

/// Writes text as it is, without what only a terminal would see.
pub(crate) fn text(to: &mut dyn Write, said: Arguments<'_>) {
    let said = said.to_string();
    let lines: Vec<String> = said.split('\n').map(printable).collect();
    // Nobody is left to be told where the stream is closed.
    let _ = to.write_all(lines.join("\n").as_bytes());
    let _ = to.flush();
}

/// The last line of a terminal, written over by the next; `None` clears it.
pub(crate) fn passing(said: Option<&str>) {
    let said = said.map(printable).unwrap_or_default();
    let mut to = io::stderr();
    let _ = write!(to, "{CLEAR}{said}");
    let _ = to.flush();
}

/// A text of others on one line of a terminal: white space is blanks, control characters are replaced, formatting and
/// invisible characters go, and of more than four combining marks on one letter the first four stay.
pub(crate) fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut marks = 0;
    for c in text.chars() {
        let mark = is_combining_mark(c);
        marks = if mark { marks + 1 } else { 0 };
        match c {
            '\n' | '\r' | '\t' => shown.push(' '),
            c if c.is_control() => shown.push(REPLACED),
            c if is_unseen(c) || mark && marks > MARKS => {}
            c => shown.push(c),
        }
    }
    shown
}

fn is_unseen(c: char) -> bool {
    let c = u32::from(c);
    UNSEEN.iter().any(|&(from, to)| (from..=to).contains(&c))
}

/// The text with a capital at its beginning.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.map_or_else(String::new, |first| first.chain(letters).collect())
}

/// `1 song`, `2 songs`.
pub(crate) fn counted(count: usize, one: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        n => format!("{n} {one}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_of_a_foreign_text_steers_the_terminal() {
        let unseen = UNSEEN.iter().flat_map(|&(from, to)| from..=to);
        let all = (0..0x3000).chain(unseen).filter_map(char::from_u32);
        for c in all {
            let shown = printable(&format!("a{c}b"));
            let steers = |c: char| c.is_control() || is_unseen(c);
            assert!(!shown.contains(steers), "{:x}", u32::from(c));
            assert!(shown.starts_with('a') && shown.ends_with('b'));
        }
        assert_eq!(
            printable("W\x1b]0;PWNED\x07\x1b[41mx\u{9b}2J"),
            "W\u{fffd}]0;PWNED\u{fffd}\u{fffd}[41mx\u{fffd}2J"
        );
        assert_eq!(printable("Sa\u{202e}m\r\nnext\tline"), "Sam  next line");
    }

    #[test]
    fn letters_of_every_language_stay_and_piles_of_marks_do_not() {
        for kept in [
            "Motörhead",
            "Ti\u{65}\u{302}\u{301}n",
            "שָׁלוֹם",
            "🎸❤️",
            "君が代",
        ] {
            assert_eq!(printable(kept), kept);
        }
        let pile = format!("Z{}algo", "\u{301}".repeat(500));
        assert_eq!(printable(&pile), format!("Z{}algo", "\u{301}".repeat(4)));
    }

    #[test]
    fn all_that_is_written_is_printable_and_keeps_its_lines() {
        let mut written = Vec::new();
        line(&mut written, format_args!("{} of\n{}", 3, "\x1b[31mB"));
        assert_eq!(written, "3 of\n\u{fffd}[31mB\n".as_bytes());
        assert_eq!(counted(1, "song"), "1 song");
        assert_eq!(counted(0, "song"), "0 songs");
    }
}
