//! What stayed in order when a list changed, and what is put in order. Pure.

/// An ordered set or map of `items`; of two alike the last counts. As `collect`, which sorts them first, by code of 5 kB for
/// each type of item.
pub(crate) fn one_by_one<T, C: Default + Extend<T>>(items: impl IntoIterator<Item = T>) -> C {
    let mut all = C::default();
    all.extend(items);
    all
}

/// Which `values` are on a longest strictly rising subsequence (patience sorting); a `None` is on none. Of old places, in
/// their new order, they are those that need not have moved.
pub(crate) fn longest_rising(values: &[Option<usize>]) -> Vec<bool> {
    // ends[n]: where the smallest value stands that ends a subsequence of length n + 1; before: the one before it there.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; values.len()];
    for (at, value) in values
        .iter()
        .enumerate()
        .filter(|(_, value)| value.is_some())
    {
        let length = ends.partition_point(|end| values[*end] < *value);
        before[at] = length.checked_sub(1).map(|shorter| ends[shorter]);
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut found = vec![false; values.len()];
    let mut next = ends.last().copied();
    while let Some(at) = next {
        found[at] = true;
        next = before[at];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_as_possible_stay_and_what_was_not_there_does_not() {
        let stay = |values: &[Option<usize>]| {
            let found = longest_rising(values);
            let stay = values.iter().zip(found).filter(|(_, stays)| *stays);
            stay.map(|(value, _)| *value).collect::<Vec<_>>()
        };
        assert_eq!(stay(&[]), []);
        assert_eq!(stay(&[None, None]), []);
        let moved_to_the_end = [Some(1), Some(2), None, Some(3), Some(0)];
        assert_eq!(stay(&moved_to_the_end), [Some(1), Some(2), Some(3)]);
        assert_eq!(stay(&[Some(2), Some(1), Some(1)]).len(), 1);
    }
}
