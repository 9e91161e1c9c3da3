//! What is different between two texts, word by word. Pure.
//!
//! Law: what stayed and what was removed is the old text; what stayed and what was added is the new one.
//! Invariant: the work grows with the length of the texts, not with its square: words that are there very often are paired
//! in order, and texts that are together longer than [`LONGEST`] are told as one replaced by the other.

use std::collections::HashMap;

use super::check::MAX_TEXT_BYTES;
use super::longest_rising;

/// Two notes as long as their column takes.
const LONGEST: usize = 2 * MAX_TEXT_BYTES;
/// A word that could be paired in more ways than this is paired in order.
const MOST_PAIRS: usize = 64;

/// What became of a part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum TextPartKind {
    /// It is in both.
    Same,
    /// It is in the old text only.
    Removed,
    /// It is in the new text only.
    Added,
}

/// A part of two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct TextPart {
    /// What became of it.
    pub kind: TextPartKind,
    /// The part, never empty.
    pub text: String,
}

/// The parts of both texts in order: first by lines, then, within lines that differ, by words. Where something was replaced,
/// the old part comes first.
#[must_use]
pub fn text_changes(from: &str, to: &str) -> Vec<TextPart> {
    let mut parts = Parts::default();
    if from.len().saturating_add(to.len()) > LONGEST && from != to {
        parts.replaced(from, to);
        return parts.0;
    }
    let lines = |text| str::split_inclusive(text, '\n').collect::<Vec<_>>();
    between(&lines(from), &lines(to), &mut parts, &|from, to, parts| {
        between(&words(from), &words(to), parts, &|from, to, parts| {
            parts.replaced(from, to);
        });
    });
    parts.0
}

/// What is told, parts of one kind joined.
#[derive(Debug, Default)]
struct Parts(Vec<TextPart>);

impl Parts {
    fn push(&mut self, kind: TextPartKind, text: &str) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.kind == kind => last.text.push_str(text),
            _ => self.0.push(TextPart {
                kind,
                text: text.to_owned(),
            }),
        }
    }

    fn replaced(&mut self, from: &str, to: &str) {
        self.push(TextPartKind::Removed, from);
        self.push(TextPartKind::Added, to);
    }
}

/// Tells pieces that stayed, and hands what lies between them, as texts, to `differs`.
fn between(
    from: &[&str],
    to: &[&str],
    parts: &mut Parts,
    differs: &dyn Fn(&str, &str, &mut Parts),
) {
    let (mut in_from, mut in_to) = (0, 0);
    for (at_from, at_to) in staying(from, to) {
        differs(
            &from[in_from..at_from].concat(),
            &to[in_to..at_to].concat(),
            parts,
        );
        parts.push(TextPartKind::Same, from[at_from]);
        (in_from, in_to) = (at_from + 1, at_to + 1);
    }
    differs(&from[in_from..].concat(), &to[in_to..].concat(), parts);
}

/// The pieces that stayed: places in both, rising in both.
fn staying(from: &[&str], to: &[&str]) -> Vec<(usize, usize)> {
    let mut places: HashMap<&str, (Vec<usize>, usize)> = HashMap::new();
    for (at, piece) in to.iter().enumerate() {
        places.entry(piece).or_default().0.push(at);
    }
    let mut often: HashMap<&str, usize> = HashMap::new();
    for piece in from {
        *often.entry(piece).or_default() += 1;
    }
    // Of each piece its places in the other list, the last first: a rising sequence takes at most one of them.
    let (mut pairs, mut targets) = (Vec::new(), Vec::new());
    for (at, piece) in from.iter().enumerate() {
        let Some((there, used)) = places.get_mut(piece) else {
            continue;
        };
        let ways = there
            .len()
            .saturating_mul(often.get(piece).copied().unwrap_or(1));
        let of_this: Vec<usize> = if ways <= MOST_PAIRS {
            there.iter().rev().copied().collect()
        } else {
            there.get(*used).copied().into_iter().collect()
        };
        *used += 1;
        for target in of_this {
            pairs.push((at, target));
            targets.push(Some(target));
        }
    }
    let stays = longest_rising(&targets);
    let pairs = pairs.into_iter().zip(stays);
    pairs
        .filter_map(|(pair, stays)| stays.then_some(pair))
        .collect()
}

/// Words with the blanks behind them, and every other character alone.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut last) = (0, Class::Other);
    for (at, character) in text.char_indices() {
        let class = Class::of(character);
        let goes_on = match (last, class) {
            (Class::Letter, Class::Letter | Class::Blank) | (Class::Blank, Class::Blank) => true,
            (Class::Letter | Class::Blank | Class::Other, _) => false,
        };
        if !goes_on && at > start {
            words.push(&text[start..at]);
            start = at;
        }
        last = class;
    }
    words.extend((start < text.len()).then(|| &text[start..]));
    words
}

#[derive(Debug, Clone, Copy)]
enum Class {
    Letter,
    Blank,
    Other,
}

impl Class {
    fn of(character: char) -> Self {
        match character {
            ' ' | '\t' => Self::Blank,
            '\'' | '\u{2019}' | '#' => Self::Letter,
            other if other.is_alphanumeric() => Self::Letter,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `-[removed]`, `+[added]`, the rest as it is.
    fn said(from: &str, to: &str) -> String {
        let one = |part: TextPart| match part.kind {
            TextPartKind::Same => part.text,
            TextPartKind::Removed => format!("-[{}]", part.text),
            TextPartKind::Added => format!("+[{}]", part.text),
        };
        text_changes(from, to).into_iter().map(one).collect()
    }

    #[test]
    fn words_that_are_others_stand_between_those_that_stayed() {
        assert_eq!(
            said("slow intro, loud", "slow outro, loud"),
            "slow -[intro]+[outro], loud"
        );
        assert_eq!(said("", "new"), "+[new]");
        assert_eq!(said("old", ""), "-[old]");
        assert_eq!(said("same", "same"), "same");
        assert_eq!(said("", ""), "");
        assert_eq!(
            said("G# then don't", "G then don't"),
            "-[G# ]+[G ]then don't"
        );
        assert_eq!(said("the the end", "the end"), "-[the ]the end");
    }

    #[test]
    fn a_line_that_stayed_is_not_taken_apart_and_a_new_one_is_added() {
        let (from, to) = ("Verse\nChorus\nEnd", "Verse\nSolo\nChorus x2\nEnd");
        assert_eq!(said(from, to), "Verse\n-[Chorus]+[Solo]\n+[Chorus x2\n]End");
        assert_eq!(said("a\nb\n", "b\n"), "-[a\n]b\n");
    }

    fn one_side(parts: &[TextPart], without: TextPartKind) -> String {
        let texts = parts.iter().filter(|part| part.kind != without);
        texts.map(|part| part.text.as_str()).collect()
    }

    proptest! {
        #[test]
        fn the_parts_make_both_texts_again(from in "[ab é\n,🎸]{0,40}", to in "[ab é\n,🎸]{0,40}") {
            let parts = text_changes(&from, &to);
            prop_assert_eq!(one_side(&parts, TextPartKind::Added), from);
            prop_assert_eq!(one_side(&parts, TextPartKind::Removed), to);
            prop_assert!(parts.iter().all(|part| !part.text.is_empty()));
            prop_assert!(parts.windows(2).all(|two| two[0].kind != two[1].kind));
        }
    }

    #[test]
    fn the_longest_notes_are_compared_in_bounded_work_and_longer_texts_are_not() {
        // Each would be thousands of millions of steps for a table of all pairs.
        let alike = "la ".repeat(MAX_TEXT_BYTES / 3);
        let lines: Vec<_> = (0..MAX_TEXT_BYTES / 8)
            .map(|n| format!("{n:07}\n"))
            .collect();
        let lines = lines.concat();
        let turned: String = lines.split_inclusive('\n').rev().collect();
        for (from, to) in [
            (alike.as_str(), &alike[..alike.len() / 2]),
            (&lines, &turned),
        ] {
            let parts = text_changes(from, to);
            assert_eq!(one_side(&parts, TextPartKind::Added), from);
            assert_eq!(one_side(&parts, TextPartKind::Removed), to);
        }
        let long = "x ".repeat(LONGEST / 2);
        let longer = format!("{long}y");
        assert_eq!(text_changes(&long, &longer).len(), 2);
    }
}
