//! Text folded for searching and ordering: lower case, no accents.
//!
//! Pure. "Motörhead", "MOTORHEAD" and "motorhead" fold to the same text.

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
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

/// Is `needle`, which is folded, in `text`, which is not?
fn has(text: &str, needle: &str) -> bool {
    if text.is_ascii() && !needle.is_ascii() {
        return false;
    }
    fold(text).contains(needle)
}

/// Gives a connection `folded(text)` and `folded_has(text, needle)`; of null they are null and 0.
pub(super) fn add_functions(conn: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS;
    conn.create_scalar_function("folded", 1, flags, |call| {
        let text = call.get_raw(0).as_str_or_null()?;
        Ok(text.map(fold))
    })?;
    conn.create_scalar_function("folded_has", 2, flags, |call| {
        let text = call.get_raw(0).as_str_or_null()?;
        let needle = call.get_raw(1).as_str()?;
        Ok(text.is_some_and(|text| has(text, needle)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_do_not_matter() {
        assert_eq!(fold("Motörhead"), fold("MOTORHEAD"));
        assert!(has("Über 100% Pure_", &fold("ÜBER 100%")));
        assert!(has("plain", "lai") && !has("plain", &fold("ж")));
    }
}
