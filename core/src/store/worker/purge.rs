//! Runs the purging of scopes on the writer thread: short transactions, edits let in between them.

use super::super::Durability;
use super::super::purge::{Purge, What};
use super::steps::{BULK, LOOK, step};
use super::writer::{Queue, Writer};
use crate::error::Result;

/// Clears what is noted. Without a queue nobody can wait: the program starts.
pub(super) fn purge_noted(writer: &mut Writer, mut queue: Option<&mut Queue>) -> Result<()> {
    for what in [What::Gone, What::Unstaged] {
        for scope in writer.tx(Durability::Normal, |tx| tx.noted(what.note()))? {
            let mut at = Purge::new(scope, what);
            while !purge_some(writer, queue.as_deref(), &mut at)? {
                if let Some(queue) = &mut queue {
                    queue.let_in(writer)?;
                }
            }
        }
    }
    Ok(())
}

/// One transaction; true when it was the last one.
fn purge_some(writer: &mut Writer, queue: Option<&Queue>, at: &mut Purge) -> Result<bool> {
    let items = u32::try_from(step(LOOK)).unwrap_or(u32::MAX);
    writer.tx(Durability::Normal, |tx| {
        for _ in 0..step(BULK / LOOK) {
            if !tx.purge_step(at, items)? {
                return Ok(true);
            }
            if queue.is_some_and(Queue::is_waited_for) {
                break;
            }
        }
        Ok(false)
    })
}
