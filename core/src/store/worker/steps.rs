//! How much one transaction of long work takes. Work in steps lets edits in between.

/// Items of one transaction that ends early when somebody waits: rows with random ids touch most pages of an index, and
/// every commit writes each touched page again.
pub(super) const BULK: usize = 1_000;

/// How often such a transaction looks whether somebody waits.
pub(super) const LOOK: usize = 50;

/// Items of one step.
pub(super) fn step(many: usize) -> usize {
    #[cfg(any(test, feature = "testing"))]
    let many = super::super::kill::step(many);
    many
}
