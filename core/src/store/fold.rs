//! Text folded for searching and ordering: lower case, no accents.
//!
//! Pure. "Motörhead", "MOTORHEAD" and "motorhead" fold to the same text.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds `text`.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// `SQLite` refuses a longer pattern (50,000 bytes) with an error; five are left for the last character and the end.
const MAX_PATTERN: usize = 50_000 - 6;

/// The pattern for `LIKE ... ESCAPE '\'` that finds `text` anywhere in folded text. What is longer than any title is cut.
pub(super) fn like_anywhere(text: &str) -> String {
    let folded = fold(text.trim());
    let mut pattern = String::with_capacity(folded.len() + 2);
    pattern.push('%');
    for c in folded.chars() {
        if pattern.len() > MAX_PATTERN {
            break;
        }
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_do_not_matter() {
        assert_eq!(fold("Motörhead"), fold("MOTORHEAD"));
        assert_eq!(like_anywhere("100% Pure_"), "%100\\% pure\\_%");
    }
}
