//! What a person or a band may be called. The database has the same rule (`sync.name_from`); a test holds them together.
//!
//! Owns: [`checked_name`], which refuses before anything is sent, and [`told_apart`], for two people of one name.

use crate::error::{Error, Result};

/// Longest name, in characters.
pub(super) const MAX_NAME_CHARS: usize = 80;
/// What somebody is called who has not given a name yet.
pub(super) const UNNAMED: &str = "New member";
/// What somebody is called whose account was deleted.
pub(super) const FORMER: &str = "Former member";

/// Characters that no name may hold: control and formatting characters (bidirectional overrides and zero width among
/// them), line separators, blank letters. From, to.
pub const UNSEEN: [(u32, u32); 27] = [
    (0x00, 0x1f),
    (0x7f, 0x9f),
    (0xad, 0xad),
    (0x34f, 0x34f),
    (0x600, 0x605),
    (0x61c, 0x61c),
    (0x6dd, 0x6dd),
    (0x70f, 0x70f),
    (0x890, 0x891),
    (0x8e2, 0x8e2),
    (0x115f, 0x1160),
    (0x17b4, 0x17b5),
    (0x180b, 0x180f),
    (0x200b, 0x200f),
    (0x2028, 0x202e),
    (0x2060, 0x206f),
    (0x2800, 0x2800),
    (0x3164, 0x3164),
    (0xfeff, 0xfeff),
    (0xffa0, 0xffa0),
    (0xfff0, 0xfffb),
    (0x1_10bd, 0x1_10bd),
    (0x1_10cd, 0x1_10cd),
    (0x1_3430, 0x1_343f),
    (0x1_bca0, 0x1_bca3),
    (0x1_d173, 0x1_d17a),
    (0xe_0000, 0xe_0fff),
];

/// Accepts a name: trimmed, single spaces between words.
///
/// # Errors
/// [`Error::Invalid`] for the field `name`, saying what is wrong.
pub(crate) fn checked_name(text: &str) -> Result<String> {
    let refused = |reason| Error::Invalid {
        field: "name",
        reason,
    };
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(refused("it is empty"));
    } else if name.chars().count() > MAX_NAME_CHARS {
        return Err(refused("it is longer than 80 characters"));
    } else if text.trim().chars().any(is_unseen) {
        return Err(refused("it contains a character that nobody can see"));
    }
    let reserved = [UNNAMED, FORMER, "System"];
    if reserved.iter().any(|word| name.eq_ignore_ascii_case(word)) {
        return Err(refused("this name is reserved"));
    }
    Ok(name)
}

pub(super) fn is_unseen(c: char) -> bool {
    let c = u32::from(c);
    UNSEEN.iter().any(|&(from, to)| (from..=to).contains(&c))
}

/// The name of a person of whom `before` namesakes joined the band earlier: "Sam", "Sam (2)", "Sam (3)".
#[must_use]
pub(crate) fn told_apart(name: String, before: u32) -> String {
    match before {
        0 => name,
        _ if name == FORMER || name == UNNAMED => name,
        n => format!("{name} ({})", n + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_trimmed_or_refused_with_what_is_wrong() {
        assert_eq!(checked_name("  Zo\u{eb}  B. ").unwrap(), "Zo\u{eb} B.");
        assert_eq!(
            checked_name("O'Neil \u{1f3b8}").unwrap(),
            "O'Neil \u{1f3b8}"
        );
        for bad in [
            "",
            " ",
            "Sa\u{202e}m",
            "Sam\u{200b}",
            "a\nb",
            "\u{2800}",
            "former MEMBER",
            "system",
        ] {
            assert!(checked_name(bad).is_err(), "{bad:?}");
        }
        assert!(checked_name(&"x".repeat(80)).is_ok());
        assert!(checked_name(&"x".repeat(81)).is_err());
    }

    #[test]
    fn namesakes_are_numbered_in_the_order_in_which_they_joined() {
        let shown: Vec<String> = (0..3).map(|n| told_apart("Sam".to_owned(), n)).collect();
        assert_eq!(shown, ["Sam", "Sam (2)", "Sam (3)"]);
        assert_eq!(told_apart(FORMER.to_owned(), 4), FORMER);
    }
}
