//! Runs a pull on the writer thread: many short transactions, edits let in between them.

use super::super::Durability;
use super::super::apply::Mode;
use super::super::publish::{Item, PUBLISHING, check_page};
use super::super::pull::{Published, PullPage};
use super::super::tx::WriteTx;
use super::clear::clear_noted;
use super::writer::{Queue, Writer};
use crate::error::Result;
use crate::model::ScopeId;

/// Items of one transaction. About 5 ms on a slow phone's processor.
const CHUNK: usize = 200;

/// Items of one transaction that ends early when somebody waits: rows with random ids touch most pages of an index, and
/// every commit writes each touched page again.
pub(super) const BULK: usize = 1_000;

/// How often such a transaction looks whether somebody waits.
pub(super) const LOOK: usize = 50;

/// Up to this many items are published in one transaction, without holding the readers back.
const AT_ONCE: u16 = 400;

/// Ends a publish in its last transaction.
pub(crate) type Finish<T> = Box<dyn FnOnce(&mut WriteTx<'_>, &Published) -> Result<T> + Send>;

/// Takes in a page. With `finish` the page is the last one: everything staged is published with it.
pub(crate) fn pull<T>(
    writer: &mut Writer,
    queue: &mut Queue,
    mut page: PullPage,
    finish: Option<Finish<T>>,
) -> Result<Option<T>> {
    check_page(&page)?;
    let modes = open_pages(writer, queue, &page)?;
    let mut waiting = Vec::new();
    for (scope, mode) in page.scopes.iter_mut().zip(&modes) {
        let items = scope.take_items();
        if *mode == Mode::First {
            let id = scope.id;
            in_chunks(writer, queue, &items, |tx, item| {
                tx.apply_item(Mode::First, id, item)
            })?;
            writer.tx(Durability::Normal, |tx| tx.forget_older(id, &items))?;
        } else {
            waiting.push((scope.id, *mode, items));
        }
    }
    let Some(finish) = finish else {
        for (scope, mode, items) in waiting {
            in_chunks(writer, queue, &items, |tx, item| {
                tx.stage(mode, scope, item)
            })?;
        }
        writer.tx(Durability::Normal, |tx| close(tx, &page, &modes))?;
        return Ok(None);
    };
    let reset = modes.contains(&Mode::Reset);
    if !reset && is_small(writer, &waiting, &page.gone)? {
        return at_once(writer, &page, &modes, &waiting, finish).map(Some);
    }
    for (scope, mode, items) in waiting {
        in_chunks(writer, queue, &items, |tx, item| {
            tx.stage(mode, scope, item)
        })?;
    }
    publish_staged(writer, queue, &page, &modes, finish).map(Some)
}

/// How each scope of the page is to be treated, once nothing is left of what must not mix with it.
fn open_pages(writer: &mut Writer, queue: &mut Queue, page: &PullPage) -> Result<Vec<Mode>> {
    // An error has left it of the pull before, whose publish this one takes up again.
    clear_noted(writer, Some(queue))?;
    let modes = writer.tx(Durability::Normal, |tx| {
        tx.set_noted(PUBLISHING, &[])?;
        page.scopes
            .iter()
            .map(|scope| tx.open_page(scope))
            .collect()
    })?;
    // What a first sync that was set back has shown so far.
    clear_noted(writer, Some(queue))?;
    Ok(modes)
}

fn close(tx: &mut WriteTx<'_>, page: &PullPage, modes: &[Mode]) -> Result<()> {
    page.scopes
        .iter()
        .zip(modes)
        .try_for_each(|(scope, mode)| tx.close_page(scope, *mode))
}

fn in_chunks(
    writer: &mut Writer,
    queue: &mut Queue,
    items: &[Item],
    mut each: impl FnMut(&mut WriteTx<'_>, &Item) -> Result<()>,
) -> Result<()> {
    let mut left = items;
    while !left.is_empty() {
        let done = writer.tx(Durability::Normal, |tx| {
            let mut done = 0;
            for item in left.iter().take(BULK) {
                each(tx, item)?;
                done += 1;
                if done % LOOK == 0 && queue.is_waited_for() {
                    break;
                }
            }
            Ok(done)
        })?;
        left = left.get(done..).unwrap_or_default();
        queue.let_in(writer)?;
    }
    Ok(())
}

type Waiting = (ScopeId, Mode, Vec<Item>);

fn is_small(writer: &mut Writer, waiting: &[Waiting], gone: &[ScopeId]) -> Result<bool> {
    writer.tx(Durability::Normal, |tx| {
        let mut count = 0;
        for (scope, _, items) in waiting {
            count += items.len() + tx.staged_count(*scope)?;
        }
        for scope in gone {
            if tx.is_larger(*scope, AT_ONCE.into())? {
                return Ok(false);
            }
        }
        Ok(count <= AT_ONCE.into())
    })
}

/// A small publish: one transaction.
fn at_once<T>(
    writer: &mut Writer,
    page: &PullPage,
    modes: &[Mode],
    waiting: &[Waiting],
    finish: Finish<T>,
) -> Result<T> {
    writer.tx(Durability::Normal, |tx| {
        let scopes: Vec<ScopeId> = waiting.iter().map(|(scope, ..)| *scope).collect();
        while tx.publish_chunk(&scopes, AT_ONCE.into())? {}
        for (scope, mode, items) in waiting {
            for item in items {
                tx.apply_item(*mode, *scope, item)?;
            }
        }
        close(tx, page, modes)?;
        complete(tx, page, finish, |tx, gone| tx.purge_scope(gone))
    })
}

/// A large publish: the readers keep the state of before until the last transaction.
fn publish_staged<T>(
    writer: &mut Writer,
    queue: &mut Queue,
    page: &PullPage,
    modes: &[Mode],
    finish: Finish<T>,
) -> Result<T> {
    let scopes: Vec<ScopeId> = page.scopes.iter().map(|scope| scope.id).collect();
    writer.freeze();
    let outcome = writer
        .tx(Durability::Normal, |tx| {
            close(tx, page, modes)?;
            tx.begin_publish(&scopes)
        })
        .and_then(|()| clear_noted(writer, Some(queue)))
        .and_then(|()| drain(writer, queue, &scopes))
        .and_then(|()| {
            writer.tx(Durability::Normal, |tx| {
                complete(tx, page, finish, |tx, gone| tx.leave_scope(gone))
            })
        });
    if outcome.is_ok()
        && let Err(error) = clear_noted(writer, Some(queue))
    {
        // The publish is done; the rest of a gone scope goes before the next one, or at the next start.
        tracing::warn!(error = %error, "a scope is not cleared to its end");
    }
    writer.thaw();
    outcome
}

fn drain(writer: &mut Writer, queue: &mut Queue, scopes: &[ScopeId]) -> Result<()> {
    while writer.tx(Durability::Normal, |tx| tx.publish_chunk(scopes, CHUNK))? {
        queue.let_in(writer)?;
    }
    Ok(())
}

/// The last transaction, but for the rows of a large scope that `leave` leaves: cursors, gone scopes, what the caller has to say of our own edits, and only then the answered
/// edits go, so that no screen ever shows the value of before for a moment.
fn complete<T>(
    tx: &mut WriteTx<'_>,
    page: &PullPage,
    finish: Finish<T>,
    leave: impl Fn(&mut WriteTx<'_>, ScopeId) -> Result<()>,
) -> Result<T> {
    let scopes: Vec<ScopeId> = page.scopes.iter().map(|scope| scope.id).collect();
    let mut published = tx.finish_publish(&scopes)?;
    for gone in &page.gone {
        leave(tx, *gone)?;
        published.gone.push(*gone);
    }
    let value = finish(tx, &published)?;
    for scope in &page.scopes {
        tx.sweep_answered(scope.id, Some(scope.cursor.rev.0))?;
    }
    Ok(value)
}

/// Finishes a publish, and the clearing of scopes, that a killed program left half done. Before anybody reads.
pub(crate) fn resume(writer: &mut Writer) -> Result<()> {
    clear_noted(writer, None)?;
    let staged = writer.tx(Durability::Normal, |tx| tx.noted(PUBLISHING))?;
    if staged.is_empty() {
        return Ok(());
    }
    while writer.tx(Durability::Normal, |tx| tx.publish_chunk(&staged, CHUNK))? {}
    writer.tx(Durability::Normal, |tx| {
        tx.finish_publish(&staged)?;
        for id in &staged {
            let rev = tx.scope(*id)?.map_or(0, |scope| scope.rev.0);
            tx.sweep_answered(*id, Some(rev))?;
        }
        Ok(())
    })
}
