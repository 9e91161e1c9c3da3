//! "Perhaps you meant": the name most like one that is not there. Pure.

use std::collections::HashSet;

/// Least likeness of names, in [0, 1]: one letter of four may differ.
pub(crate) const NAME: f64 = 0.75;

/// Least likeness of lists of arguments.
pub(crate) const ARGUMENTS: f64 = 0.33;

/// Least share of common neighbours for a hint, as the cosine of both sets, in [0, 1].
const LEAST: f64 = 0.33;

/// Longest name that is compared: PostgreSQL's names end at 63 bytes, and comparing costs the product of both lengths.
const LONGEST: usize = 128;

/// The candidate most like `name`, if one is `least` like it and shares enough neighbouring letters. Case and punctuation do not
/// count.
pub(crate) fn nearest<'a>(
    least: f64,
    name: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let wanted = plain(name);
    if wanted.len() > LONGEST {
        return None;
    }
    let pairs = neighbours(&wanted);
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let other = plain(candidate);
        if other.len() > LONGEST || cosine(&pairs, &neighbours(&other)) < LEAST {
            continue;
        }
        let score = likeness(&wanted, &other);
        if score >= least && best.is_none_or(|(highest, _)| score > highest) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn plain(name: &str) -> Vec<char> {
    name.to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

/// Every two neighbouring letters, the edges of the name included.
fn neighbours(name: &[char]) -> HashSet<(char, char)> {
    let edged: Vec<char> = [&['-'], name, &['-']].concat();
    edged
        .windows(2)
        .filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)))
        .collect()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "names are at most LONGEST letters"
)]
fn cosine(a: &HashSet<(char, char)>, b: &HashSet<(char, char)>) -> f64 {
    a.intersection(b).count() as f64 / ((a.len() * b.len()) as f64).sqrt()
}

/// 1 for equal names, 0 where every letter must change.
#[expect(
    clippy::cast_precision_loss,
    reason = "names are at most LONGEST letters"
)]
fn likeness(a: &[char], b: &[char]) -> f64 {
    let longest = a.len().max(b.len()).max(1);
    1.0 - distance(a, b) as f64 / longest as f64
}

/// Levenshtein distance.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut previous = i + 1;
        if let Some(first) = row.first_mut() {
            *first = previous;
        }
        for (right, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let cost = diagonal + usize::from(left != right);
            diagonal = *cell;
            previous = cost.min(*cell + 1).min(previous + 1);
            *cell = previous;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let tables = ["songs", "bands", "memberships", "song_titles"];
        let near = |name| nearest(NAME, name, tables.into_iter());
        assert_eq!(near("song"), Some("songs"));
        assert_eq!(near("Songs"), Some("songs"));
        assert_eq!(near("nope"), None);
        assert_eq!(near("things"), None);
        assert_eq!(
            nearest(NAME, "nope", ["typed", "f_opt", "f_noargs"].into_iter()),
            None
        );
        assert_eq!(nearest(ARGUMENTS, "b", ["a, b"].into_iter()), Some("a, b"));
        assert_eq!(
            nearest(ARGUMENTS, "more, request", ["request"].into_iter()),
            Some("request")
        );
        assert_eq!(nearest(ARGUMENTS, "zz", [""].into_iter()), None);
        assert_eq!(nearest(ARGUMENTS, "x", ["request"].into_iter()), None);
    }

    #[test]
    fn absurdly_long_names_are_not_compared() {
        assert_eq!(
            nearest(NAME, &"s".repeat(1 << 20), ["songs"].into_iter()),
            None
        );
    }
}
