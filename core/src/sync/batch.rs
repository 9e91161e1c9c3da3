//! How many mutations a call carries, scope by scope. Pure.
//!
//! A call that is refused or fails as a whole is tried again with half as many, until the one that spoils it is alone.
//! After a success the number doubles again. So one poisonous edit among a hundred costs some fifteen calls, and the
//! others arrive.

use std::collections::BTreeMap;

use super::wire::MAX_MUTATIONS;
use crate::model::ScopeId;

/// Sizes of the next calls. Bounded: a scope is in it only after a failure and until it has recovered.
#[derive(Debug, Default)]
pub(super) struct BatchSizes {
    shrunk: BTreeMap<ScopeId, usize>,
    /// The scope whose call failed last: the others go first.
    failed: Option<ScopeId>,
}

impl BatchSizes {
    /// Mutations the next call about this scope may carry, at least 1.
    pub(super) fn limit(&self, scope: ScopeId) -> usize {
        self.shrunk.get(&scope).copied().unwrap_or(MAX_MUTATIONS)
    }

    /// Which of the scopes with something to send has its turn; `waiting` is in the order of waiting.
    pub(super) fn choose(&self, waiting: &[ScopeId]) -> Option<ScopeId> {
        let others = waiting.iter().find(|scope| Some(**scope) != self.failed);
        others.or(waiting.first()).copied()
    }

    /// A call with `sent` mutations failed as a whole. True when it carried a single one: that one is to blame.
    pub(super) fn failed(&mut self, scope: ScopeId, sent: usize) -> bool {
        self.failed = Some(scope);
        self.shrunk.insert(scope, (sent / 2).max(1));
        sent <= 1
    }

    /// A call got through.
    pub(super) fn worked(&mut self, scope: ScopeId) {
        if self.failed == Some(scope) {
            self.failed = None;
        }
        let limit = self.limit(scope).saturating_mul(2);
        if limit >= MAX_MUTATIONS {
            self.shrunk.remove(&scope);
        } else {
            self.shrunk.insert(scope, limit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(n: u128) -> ScopeId {
        ScopeId(uuid::Uuid::from_u128(n))
    }

    /// Sends a queue with some poison in it; gives the calls made, what arrived and what was found to be poison.
    fn drain(mut queue: Vec<u32>, poison: &[u32]) -> (usize, Vec<u32>, Vec<u32>) {
        let (mut sizes, mut calls) = (BatchSizes::default(), 0);
        let (mut arrived, mut rejected) = (Vec::new(), Vec::new());
        while !queue.is_empty() {
            let sent: Vec<u32> = queue.iter().take(sizes.limit(scope(1))).copied().collect();
            calls += 1;
            if sent.iter().any(|n| poison.contains(n)) {
                if sizes.failed(scope(1), sent.len()) {
                    rejected.push(queue.remove(0));
                    sizes.worked(scope(1));
                }
            } else {
                sizes.worked(scope(1));
                arrived.extend(queue.drain(..sent.len()));
            }
        }
        (calls, arrived, rejected)
    }

    #[test]
    fn poison_is_found_alone_wherever_it_is_and_all_others_arrive_in_order() {
        let queue: Vec<u32> = (0..1_000).collect();
        for poison in [
            vec![],
            vec![0],
            vec![999],
            vec![437],
            vec![50, 51, 600],
            vec![99, 100],
        ] {
            let (calls, arrived, rejected) = drain(queue.clone(), &poison);
            assert_eq!(rejected, poison);
            assert_eq!(arrived.len(), queue.len() - poison.len());
            assert!(arrived.is_sorted());
            assert!(
                calls <= 10 + 30 * poison.len(),
                "{calls} calls for {poison:?}"
            );
        }
    }

    #[test]
    fn a_scope_that_fails_lets_the_others_go_first() {
        let mut sizes = BatchSizes::default();
        let waiting = [scope(1), scope(2)];
        assert_eq!(sizes.choose(&waiting), Some(scope(1)));
        sizes.failed(scope(1), 1);
        assert_eq!(sizes.choose(&waiting), Some(scope(2)));
        assert_eq!(sizes.choose(&waiting[..1]), Some(scope(1)));
        assert_eq!(sizes.choose(&[]), None);
    }
}
