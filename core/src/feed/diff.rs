//! The difference of two lists, by key. Pure.
//!
//! Law: applying `diff(a, b)` to `a` gives `b`. An item that moved is removed and inserted again; lists that have little
//! in common, or hold a key twice, are replaced whole.

use std::collections::HashMap;
use std::hash::Hash;

use crate::model::longest_rising;

/// An item of a list that is told from others by a key.
pub trait Keyed {
    /// Unique in its list.
    type Key: Eq + Hash + Clone;

    /// The item's key.
    fn key(&self) -> Self::Key;
}

/// One step from an old list to a new one. Indexes are those of the list after the steps before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListDiff<T> {
    /// Forget the list: this is it.
    Reset(Vec<T>),
    /// A new item comes in at the index.
    Insert {
        /// `0..=len`.
        index: usize,
        /// The item.
        item: T,
    },
    /// The item at the index has changed.
    Update {
        /// `0..len`.
        index: usize,
        /// Its new value.
        item: T,
    },
    /// The item at the index goes.
    Remove {
        /// `0..len`.
        index: usize,
    },
}

/// The steps from `old` to `new`, none when they are equal.
pub(crate) fn diff<T: Keyed + Clone + PartialEq>(old: &[T], new: &[T]) -> Vec<ListDiff<T>> {
    let Some(places) = places(new) else {
        return vec![ListDiff::Reset(new.to_vec())];
    };
    if self::places(old).is_none() {
        return vec![ListDiff::Reset(new.to_vec())];
    }
    let common: Vec<Option<usize>> = old
        .iter()
        .map(|item| places.get(&item.key()).copied())
        .collect();
    let staying = longest_rising(&common);
    let mut steps = Vec::new();
    for index in (0..old.len()).rev() {
        if !staying[index] {
            steps.push(ListDiff::Remove { index });
        }
    }
    let mut kept = (0..old.len()).filter(|index| staying[*index]).peekable();
    for (index, item) in new.iter().enumerate() {
        match kept.next_if(|at| common[*at] == Some(index)) {
            Some(at) if old[at] == *item => {}
            Some(_) => steps.push(ListDiff::Update {
                index,
                item: item.clone(),
            }),
            None => steps.push(ListDiff::Insert {
                index,
                item: item.clone(),
            }),
        }
    }
    if steps.len() > 8 && steps.len() > new.len() {
        return vec![ListDiff::Reset(new.to_vec())];
    }
    steps
}

/// Applies steps to a list, as a user interface does. Steps for another list may be out of range: they do nothing.
pub fn apply<T: Clone>(list: &mut Vec<T>, steps: &[ListDiff<T>]) {
    for step in steps {
        match step {
            ListDiff::Reset(items) => list.clone_from(items),
            ListDiff::Insert { index, item } if *index <= list.len() => {
                list.insert(*index, item.clone());
            }
            ListDiff::Update { index, item } if *index < list.len() => list[*index] = item.clone(),
            ListDiff::Remove { index } if *index < list.len() => {
                list.remove(*index);
            }
            _ => {}
        }
    }
}

/// Index by key; `None` when a key is there twice.
fn places<T: Keyed>(list: &[T]) -> Option<HashMap<T::Key, usize>> {
    let mut places = HashMap::with_capacity(list.len());
    for (index, item) in list.iter().enumerate() {
        if places.insert(item.key(), index).is_some() {
            return None;
        }
    }
    Some(places)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, Clone, PartialEq)]
    struct Item(u8, bool);

    impl Keyed for Item {
        type Key = u8;

        fn key(&self) -> u8 {
            self.0
        }
    }

    fn lists() -> impl Strategy<Value = Vec<Item>> {
        prop::collection::vec(
            (0..12_u8, any::<bool>()).prop_map(|(k, v)| Item(k, v)),
            0..16,
        )
    }

    proptest! {
        #[test]
        fn applying_the_difference_gives_the_new_list(a in lists(), b in lists()) {
            let mut list = a.clone();
            apply(&mut list, &diff(&a, &b));
            prop_assert_eq!(list, b);
        }
    }

    #[test]
    fn equal_lists_differ_by_nothing_and_a_move_by_two_steps() {
        let a: Vec<Item> = (0..30).map(|n| Item(n, false)).collect();
        assert_eq!(diff(&a, &a), []);
        let mut b = a.clone();
        let first = b.remove(0);
        b.push(first);
        assert_eq!(diff(&a, &b).len(), 2);
    }
}
