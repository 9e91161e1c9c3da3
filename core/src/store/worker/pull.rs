//! Runs a pull on the writer thread: many short transactions, edits let in between them.

use super::super::Durability;
use super::super::apply::Mode;
use super::super::commit::{COMMITTING, PageItem};
use super::super::pull::{CommittedPages, PullPage, ScopePage};
use super::super::tx::WriteTx;
use super::purge::purge_noted;
use super::steps::{BULK, LOOK, step};
use super::writer::{Queue, Writer};
use crate::error::Result;
use crate::model::{Kind, ScopeId};

/// Items of one transaction. About 5 ms on a slow phone's processor.
const CHUNK: usize = 200;

/// Up to this many items are committed in one transaction, without holding the readers back: what a storm of changes
/// brings between two pulls. An edit waits for it, as long as for ten of [`CHUNK`].
const AT_ONCE: u32 = 2_000;

/// Ends a page commit in its last transaction.
pub(crate) type Finish<T> = Box<dyn FnOnce(&mut WriteTx<'_>, &CommittedPages) -> Result<T> + Send>;

/// How a page began.
enum Opened<T> {
    /// It was small: everything is done.
    Done(T),
    /// Something of an earlier pull must be cleared first.
    Noted(Option<Finish<T>>),
    /// It goes on in further transactions.
    More {
        modes: Vec<Mode>,
        finish: Option<Finish<T>>,
    },
}

/// Takes in a page. With `finish` the page is the last one: everything staged is committed with it.
pub(crate) fn pull<T>(
    writer: &mut Writer,
    queue: &mut Queue,
    mut page: PullPage,
    finish: Option<Finish<T>>,
) -> Result<Option<T>> {
    // A page that is refused is refused whole, before anything of it is written.
    let items = page.scopes.iter_mut().map(ScopePage::take_items);
    let mut items: Vec<Vec<PageItem>> = items.collect::<Result<_>>()?;
    let mut finish = finish;
    let (modes, finish) = loop {
        match writer.tx(Durability::Normal, |tx| open(tx, &page, &items, finish))? {
            Opened::Done(value) => return Ok(Some(value)),
            // An error has left it of the pull before, whose page commit this one takes up again.
            Opened::Noted(again) => {
                purge_noted(writer, Some(queue))?;
                finish = again;
            }
            Opened::More { modes, finish } => break (modes, finish),
        }
    };
    // What a first sync that was set back has shown so far.
    purge_noted(writer, Some(queue))?;
    for ((scope, mode), items) in page.scopes.iter().zip(&modes).zip(&mut items) {
        if *mode == Mode::First {
            let items = std::mem::take(items);
            in_chunks(writer, queue, &items, |tx, item| {
                tx.apply_item(Mode::First, scope.id, item)
            })?;
            writer.tx(Durability::Normal, |tx| tx.forget_older(scope.id, &items))?;
        }
    }
    let Some(finish) = finish else {
        stage_all(writer, queue, &page, &modes, items)?;
        writer.tx(Durability::Normal, |tx| close(tx, &page, &modes))?;
        return Ok(None);
    };
    let reset = modes.contains(&Mode::Reset);
    if !reset && writer.tx(Durability::Normal, |tx| is_small(tx, &page, &items))? {
        let work = |tx: &mut WriteTx<'_>| at_once(tx, &page, &modes, &items, finish);
        return writer.tx(Durability::Normal, work).map(Some);
    }
    stage_all(writer, queue, &page, &modes, items)?;
    commit_staged(writer, queue, &page, &modes, finish).map(Some)
}

/// The first transaction of a page: how each scope is to be treated. What is small and follows a cursor, as most pulls
/// are, needs no other.
fn open<T>(
    tx: &mut WriteTx<'_>,
    page: &PullPage,
    items: &[Vec<PageItem>],
    finish: Option<Finish<T>>,
) -> Result<Opened<T>> {
    if tx.has_noted_purge()? {
        return Ok(Opened::Noted(finish));
    }
    tx.set_noted(COMMITTING, &[])?;
    let scopes = page.scopes.iter();
    let modes: Vec<Mode> = scopes
        .map(|scope| tx.open_page(scope))
        .collect::<Result<_>>()?;
    match finish {
        Some(finish)
            if modes.iter().all(|mode| *mode == Mode::Follow) && is_small(tx, page, items)? =>
        {
            at_once(tx, page, &modes, items, finish).map(Opened::Done)
        }
        finish => Ok(Opened::More { modes, finish }),
    }
}

fn stage_all(
    writer: &mut Writer,
    queue: &mut Queue,
    page: &PullPage,
    modes: &[Mode],
    items: Vec<Vec<PageItem>>,
) -> Result<()> {
    for ((scope, mode), items) in page.scopes.iter().zip(modes).zip(items) {
        in_chunks(writer, queue, &items, |tx, item| {
            tx.stage(*mode, scope.id, item)
        })?;
    }
    Ok(())
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
    items: &[PageItem],
    mut each: impl FnMut(&mut WriteTx<'_>, &PageItem) -> Result<()>,
) -> Result<()> {
    let mut left = items;
    while !left.is_empty() {
        let done = writer.tx(Durability::Normal, |tx| {
            let mut done = 0;
            for item in left.iter().take(step(BULK)) {
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

/// Whether everything that is staged, comes with the page, or goes with a scope fits one transaction.
fn is_small(tx: &WriteTx<'_>, page: &PullPage, items: &[Vec<PageItem>]) -> Result<bool> {
    let limit = step(usize::try_from(AT_ONCE).unwrap_or(usize::MAX));
    let rows = u32::try_from(limit).unwrap_or(u32::MAX);
    for scope in &page.gone {
        if tx.is_larger(*scope, rows)? {
            return Ok(false);
        }
    }
    let coming: usize = items.iter().map(Vec::len).sum();
    Ok(coming <= limit && coming + tx.staged_up_to(limit + 1)? <= limit)
}

/// A small commit, inside one transaction. `items` are those of the scopes of the page, in their order.
fn at_once<T>(
    tx: &mut WriteTx<'_>,
    page: &PullPage,
    modes: &[Mode],
    items: &[Vec<PageItem>],
    finish: Finish<T>,
) -> Result<T> {
    if tx.staged_up_to(1)? > 0 {
        let scopes: Vec<ScopeId> = page.scopes.iter().map(|scope| scope.id).collect();
        let limit = usize::try_from(AT_ONCE).unwrap_or(usize::MAX);
        while tx.commit_page_chunk(&scopes, limit)? {}
    }
    for ((scope, mode), items) in page.scopes.iter().zip(modes).zip(items) {
        for item in items {
            tx.apply_item(*mode, scope.id, item)?;
        }
    }
    close(tx, page, modes)?;
    complete(tx, page, finish, |tx, gone| tx.purge_scope(gone))
}

/// A large page commit: the readers keep the earlier state until the last transaction.
fn commit_staged<T>(
    writer: &mut Writer,
    queue: &mut Queue,
    page: &PullPage,
    modes: &[Mode],
    finish: Finish<T>,
) -> Result<T> {
    let scopes: Vec<ScopeId> = page.scopes.iter().map(|scope| scope.id).collect();
    writer.pin();
    let outcome = writer
        .tx(Durability::Normal, |tx| {
            close(tx, page, modes)?;
            tx.begin_page_commit(&scopes)
        })
        .and_then(|()| purge_noted(writer, Some(queue)))
        .and_then(|()| drain(writer, queue, &scopes))
        .and_then(|()| {
            writer.tx(Durability::Normal, |tx| {
                complete(tx, page, finish, |tx, gone| tx.leave_scope(gone))
            })
        });
    if outcome.is_ok()
        && let Err(error) = purge_noted(writer, Some(queue))
    {
        // The page commit is done; the rest of a gone scope goes before the next one, or at the next start.
        tracing::warn!(error = %error, "a scope is not cleared to its end");
    }
    writer.unpin();
    outcome
}

fn drain(writer: &mut Writer, queue: &mut Queue, scopes: &[ScopeId]) -> Result<()> {
    while writer.tx(Durability::Normal, |tx| {
        tx.commit_page_chunk(scopes, step(CHUNK))
    })? {
        queue.let_in(writer)?;
    }
    Ok(())
}

/// The last transaction, but for the rows of a large scope that `leave` leaves: cursors, gone scopes, what the caller has
/// to say of our own edits, and only then the answered edits go, so that no screen ever shows the earlier value for a
/// moment.
fn complete<T>(
    tx: &mut WriteTx<'_>,
    page: &PullPage,
    finish: Finish<T>,
    leave: impl Fn(&mut WriteTx<'_>, ScopeId) -> Result<()>,
) -> Result<T> {
    let scopes: Vec<ScopeId> = page.scopes.iter().map(|scope| scope.id).collect();
    let mut committed = tx.finish_page_commit(&scopes)?;
    for gone in &page.gone {
        leave(tx, *gone)?;
        committed.gone.push(*gone);
    }
    let value = finish(tx, &committed)?;
    for scope in &page.scopes {
        tx.sweep_answered(scope.id, Some(scope.cursor.rev.0))?;
    }
    Ok(value)
}

/// Finishes a page commit, and the purging of scopes, that a killed program left half done. Before anybody reads.
pub(crate) fn resume(writer: &mut Writer) -> Result<()> {
    purge_noted(writer, None)?;
    let staged = writer.tx(Durability::Normal, |tx| tx.noted(COMMITTING))?;
    if staged.is_empty() {
        return Ok(());
    }
    while writer.tx(Durability::Normal, |tx| {
        tx.commit_page_chunk(&staged, step(CHUNK))
    })? {}
    writer.tx(Durability::Normal, |tx| {
        let committed = tx.finish_page_commit(&staged)?;
        // Otherwise the caller of the page commit does this, but it was dropped.
        for (id, ..) in committed.moved.iter().filter(|moved| moved.1.is_none()) {
            for kind in Kind::CONTENT {
                tx.begin_read_up_to(*id, kind)?;
            }
        }
        for id in &staged {
            let rev = tx.scope(*id)?.map_or(0, |scope| scope.rev.0);
            tx.sweep_answered(*id, Some(rev))?;
        }
        Ok(())
    })
}
