//! Rules that a test leaves out, to show that the histories of sync notice. Compiled for tests only.

use std::cell::Cell;

/// One rule of sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// None is left out: all rules hold.
    None,
    /// Publish only what has reached the head of its own snapshot. Left out: every page passes for the last one.
    PublishAtOwnHead,
    /// A tombstone removes only a row of its own scope.
    TombstoneOfOwnScope,
    /// A tombstone removes only a row with a lower revision.
    TombstoneOfLowerRev,
    /// The first base of a field stays when further edits fold into an unsent one.
    FirstBaseStays,
    /// The heads are asked for when no hint has come for a while.
    HeadCheck,
}

thread_local! {
    static LEFT_OUT: Cell<Rule> = const { Cell::new(Rule::None) };
}

/// From now on the current thread leaves out this rule and no other.
pub(crate) fn leave_out(rule: Rule) {
    LEFT_OUT.set(rule);
}

/// Is this rule left out on the current thread?
pub(crate) fn left_out(rule: Rule) -> bool {
    LEFT_OUT.get() == rule
}
