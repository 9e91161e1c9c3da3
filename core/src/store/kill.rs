//! A program that is killed between two commits. Not compiled for phones.
//!
//! A kill is armed on the thread that writes: so many commits are still made there, and none afterwards. What follows in
//! the program fails, and nothing of it reaches the file. While a kill is armed, work goes in small steps, so that there
//! are commits to be killed between.

use std::cell::Cell;

use crate::error::{Error, Result};

/// Items of a step while a kill is armed.
const FEW: usize = 2;

thread_local! {
    static LEFT: Cell<Option<u32>> = const { Cell::new(None) };
}

/// On the current thread: after `commits` more none is made; `None` = it goes on for ever.
pub fn after(commits: Option<u32>) {
    LEFT.set(commits);
}

/// Asked before each commit.
pub(super) fn before_commit() -> Result<()> {
    match LEFT.get() {
        Some(0) => Err(Error::Closed),
        left => {
            LEFT.set(left.map(|left| left - 1));
            Ok(())
        }
    }
}

/// How many items one transaction takes: `many`, or few while a kill is armed.
pub(super) fn step(many: usize) -> usize {
    if LEFT.get().is_some() { FEW } else { many }
}

/// Inside a write, on the writer thread: arms a kill. The commit of this very write does not count.
pub fn arm(commits: u32) {
    after(Some(commits + 1));
}

/// Inside a write: disarms it; how many commits were left, `None` = none: it was killed.
pub fn spare() -> Option<u32> {
    LEFT.take().filter(|left| *left > 0)
}
