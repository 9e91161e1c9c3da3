//! Runs a pull on the writer thread: many short transactions, edits let in between them.

use super::super::Durability;
use super::super::apply::Mode;
use super::super::publish::{Item, PUBLISHING, check_page};
use super::super::pull::{Published, PullPage};
use super::super::tx::WriteTx;
use super::writer::{Queue, Writer};
use crate::error::Result;
use crate::model::ScopeId;

/// Items of one transaction. About 5 ms on a slow phone's processor.
const CHUNK: usize = 200;

/// Items of one transaction that ends early when somebody waits: rows with random ids touch most pages of an index, and
/// every commit writes each touched page again.
const BULK: usize = 1_000;

/// How often such a transaction looks whether somebody waits.
const LOOK: usize = 50;

/// Up to this many items are published in one transaction, without holding the readers back.
const AT_ONCE: usize = 400;

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
    let modes = writer.tx(Durability::Normal, |tx| {
        page.scopes
            .iter()
            .map(|scope| tx.open_page(scope))
            .collect::<Result<Vec<Mode>>>()
    })?;
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
        for (scope, _, items) in waiting {
            in_chunks(writer, queue, &items, |tx, item| tx.stage(scope, item))?;
        }
        writer.tx(Durability::Normal, |tx| close(tx, &page, &modes))?;
        return Ok(None);
    };
    let count = count(writer, &waiting)?;
    let reset = modes.contains(&Mode::Reset);
    if count <= AT_ONCE && !reset {
        return at_once(writer, &page, &modes, &waiting, finish).map(Some);
    }
    for (scope, _, items) in waiting {
        in_chunks(writer, queue, &items, |tx, item| tx.stage(scope, item))?;
    }
    publish_staged(writer, queue, &page, &modes, finish).map(Some)
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

fn count(writer: &mut Writer, waiting: &[Waiting]) -> Result<usize> {
    writer.tx(Durability::Normal, |tx| {
        let mut count = 0;
        for (scope, _, items) in waiting {
            count += items.len() + tx.staged_count(*scope)?;
        }
        Ok(count)
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
        while tx.publish_chunk(&scopes, AT_ONCE)? {}
        for (scope, mode, items) in waiting {
            for item in items {
                tx.apply_item(*mode, *scope, item)?;
            }
        }
        close(tx, page, modes)?;
        complete(tx, page, finish)
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
        .and_then(|()| drain(writer, queue, &scopes))
        .and_then(|()| writer.tx(Durability::Normal, |tx| complete(tx, page, finish)));
    writer.thaw();
    outcome
}

fn drain(writer: &mut Writer, queue: &mut Queue, scopes: &[ScopeId]) -> Result<()> {
    while writer.tx(Durability::Normal, |tx| tx.publish_chunk(scopes, CHUNK))? {
        queue.let_in(writer)?;
    }
    Ok(())
}

/// The last transaction: cursors, gone scopes, what the caller has to say of our own edits, and only then the answered
/// edits go, so that no screen ever shows the value of before for a moment.
fn complete<T>(tx: &mut WriteTx<'_>, page: &PullPage, finish: Finish<T>) -> Result<T> {
    let scopes: Vec<ScopeId> = page.scopes.iter().map(|scope| scope.id).collect();
    let mut published = tx.finish_publish(&scopes)?;
    for gone in &page.gone {
        tx.purge_scope(*gone)?;
        published.gone.push(*gone);
    }
    let value = finish(tx, &published)?;
    for scope in &page.scopes {
        tx.sweep_answered(scope.id, Some(scope.cursor.rev.0))?;
    }
    Ok(value)
}

/// Finishes a publish that a killed program left half done. Before anybody reads.
pub(crate) fn resume(writer: &mut Writer) -> Result<()> {
    let staged = writer.tx(Durability::Normal, |tx| {
        let list = tx.meta(PUBLISHING)?.unwrap_or_default();
        Ok(list
            .split(',')
            .filter_map(|id| id.parse().ok())
            .collect::<Vec<ScopeId>>())
    })?;
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
