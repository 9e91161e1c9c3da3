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

/// A step without its item. Indexes as in [`ListDiff`].
enum Step {
    Insert(usize),
    Update(usize),
    Remove(usize),
}

/// The steps from `old` to `new`, none when they are equal.
pub(crate) fn diff<T: Keyed + Clone + PartialEq>(old: &[T], new: &[T]) -> Vec<ListDiff<T>> {
    let keys = |list: &[T]| list.iter().map(T::key).collect::<Vec<_>>();
    let common = common(&keys(old), &keys(new));
    let is_same = |at: usize, index: usize| old[at] == new[index];
    let Some(steps) = common.and_then(|common| steps(&common, new.len(), &is_same)) else {
        return vec![ListDiff::Reset(new.to_vec())];
    };
    let with_item = |step| match step {
        Step::Insert(index) => {
            let item = new[index].clone();
            ListDiff::Insert { index, item }
        }
        Step::Update(index) => {
            let item = new[index].clone();
            ListDiff::Update { index, item }
        }
        Step::Remove(index) => ListDiff::Remove { index },
    };
    steps.into_iter().map(with_item).collect()
}

/// [`diff`] without a type, so that it is in the library once: `common` says where each old item is in the new list, `is_same`
/// whether an old and a new item are equal. `None` when the list is to be replaced whole.
fn steps(
    common: &[Option<usize>],
    new: usize,
    is_same: &dyn Fn(usize, usize) -> bool,
) -> Option<Vec<Step>> {
    let staying = longest_rising(common);
    let old = common.len();
    let gone = (0..old).rev().filter(|index| !staying[*index]);
    let mut steps: Vec<Step> = gone.map(Step::Remove).collect();
    let mut kept = (0..old).filter(|index| staying[*index]).peekable();
    for index in 0..new {
        match kept.next_if(|at| common[*at] == Some(index)) {
            Some(at) if is_same(at, index) => {}
            Some(_) => steps.push(Step::Update(index)),
            None => steps.push(Step::Insert(index)),
        }
    }
    (steps.len() <= 8 || steps.len() <= new).then_some(steps)
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

/// Where each old key is among the new ones; `None` when a key is in a list twice.
fn common<K: Eq + Hash>(old: &[K], new: &[K]) -> Option<Vec<Option<usize>>> {
    let places = places(new)?;
    self::places(old)?;
    Some(old.iter().map(|key| places.get(key).copied()).collect())
}

/// Index by key; `None` when a key is there twice.
fn places<K: Eq + Hash>(keys: &[K]) -> Option<HashMap<&K, usize>> {
    let mut places = HashMap::with_capacity(keys.len());
    for (index, key) in keys.iter().enumerate() {
        if places.insert(key, index).is_some() {
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
