//! Long text on lines of a given width. Pure.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// Columns that a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// Where each line of the text begins and ends, in bytes. Lines break at blanks, and inside a word that is longer than a
/// line; a blank at the end of a line may stand beyond the edge.
pub(super) fn wrap(text: &str, width: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut from = 0;
    for line in text.split('\n') {
        wrap_line(line, from, width.max(1), &mut lines);
        from += line.len() + 1;
    }
    lines
}

fn wrap_line(line: &str, offset: usize, width: usize, lines: &mut Vec<Range<usize>>) {
    let (mut start, mut used, mut blank) = (0, 0, 0);
    for (at, letter) in line.grapheme_indices(true) {
        let wide = letter.width();
        if letter != " " && used + wide > width && at > start {
            let end = if blank > start { blank } else { at };
            lines.push(offset + start..offset + end);
            start = end;
            used = line.get(start..at).unwrap_or_default().width();
        }
        used += wide;
        if letter == " " {
            blank = at + 1;
        }
    }
    lines.push(offset + start..offset + line.len());
}

/// The text on lines of this width, for showing.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let lines = wrap(text, width).into_iter();
    let shown = lines.map(|line| text.get(line).unwrap_or_default().trim_end().to_owned());
    shown.collect()
}

/// The text cut to this many columns, with an ellipsis where something is missing.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut shown = String::new();
    for letter in text.graphemes(true) {
        if shown.width() + letter.width() + 1 > columns {
            break;
        }
        shown.push_str(letter);
    }
    if columns > 0 {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_blanks_and_nothing_is_lost() {
        let text = "Capo 2, Sam starts alone\n\nDrop D";
        assert_eq!(
            wrapped(text, 10),
            ["Capo 2,", "Sam starts", "alone", "", "Drop D"]
        );
        let lines = wrap(text, 10);
        let whole: String = lines.iter().map(|line| &text[line.clone()]).collect();
        assert_eq!(whole, text.replace('\n', ""));
    }

    #[test]
    fn a_word_longer_than_a_line_is_cut_between_letters_as_they_are_seen() {
        assert_eq!(wrapped("abcdefg", 3), ["abc", "def", "g"]);
        assert_eq!(wrapped("君が代は", 4), ["君が", "代は"]);
        assert_eq!(
            wrapped("e\u{301}e\u{301}e\u{301}", 2),
            ["e\u{301}e\u{301}", "e\u{301}"]
        );
        for width in [0, 1] {
            assert_eq!(wrapped("🎸a", width).concat(), "🎸a");
        }
    }

    #[test]
    fn what_is_cut_says_so() {
        assert_eq!(cut("Wonderwall", 10), "Wonderwall");
        assert_eq!(cut("Wonderwall", 5), "Wond…");
        assert_eq!(cut("君が代", 4), "君…");
        assert_eq!(cut("ab", 0), "");
    }
}
