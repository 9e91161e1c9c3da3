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
pub(crate) type Finish = Box<dyn FnOnce(&mut WriteTx<'_>, &CommittedPages) -> Result<()> + Send>;

/// What is done about a page, step by step. Each is one transaction, or many with edits let in between them; what a kill
/// between any two of them leaves is taken up by [`resume`] or by the next pull.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// The scopes take note of the page. A small last page that follows the cursors, as most are, is done with it.
    Open,
    /// What an earlier pull, or a first sync that was set back, has left to purge goes.
    Purge,
    /// The rows of scopes in their first sync are shown.
    Show,
    /// Everything is committed in one transaction, if it is small.
    AtOnce,
    /// The items are kept for the page commit.
    Stage,
    /// The page was not the last: the next one follows it.
    Close,
    /// What is staged is committed behind readers that keep the earlier state.
    Commit,
    /// Nothing is left to do.
    End,
}

/// How far a page is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Something is to be purged before the scopes take note of it.
    Waiting,
    /// They have taken note of it.
    Opened {
        /// One of them begins again.
        reset: bool,
    },
    /// It is committed.
    Committed,
}

impl Step {
    /// The step after this one; `last`: the page is the last one of its pull. Pure.
    fn next(self, state: State, last: bool) -> Self {
        match (self, state) {
            (_, State::Committed) | (Self::Close | Self::Commit | Self::End, _) => Self::End,
            (Self::Open, _) => Self::Purge,
            (Self::Purge, State::Waiting) => Self::Open,
            (Self::Purge, State::Opened { .. }) => Self::Show,
            (Self::Show, State::Opened { reset: false }) if last => Self::AtOnce,
            (Self::Show | Self::AtOnce, _) => Self::Stage,
            (Self::Stage, _) if last => Self::Commit,
            (Self::Stage, _) => Self::Close,
        }
    }
}

/// A page on its way in.
struct Pull {
    page: PullPage,
    /// Those of the page's scopes, in their order.
    items: Vec<Vec<PageItem>>,
    /// How each scope is to be treated; none until it is opened.
    modes: Option<Vec<Mode>>,
    last: bool,
    /// Until it is committed: what ends the page commit.
    finish: Option<Finish>,
    /// It is committed, and `finish` has run.
    committed: bool,
}

/// Takes in a page. With `finish` the page is the last one: everything staged is committed with it.
pub(crate) fn pull(
    writer: &mut Writer,
    queue: &mut Queue,
    page: PullPage,
    finish: Option<Finish>,
) -> Result<()> {
    let mut pull = Pull::new(page, finish)?;
    let mut step = Step::Open;
    while step != Step::End {
        match step {
            Step::Open => pull.open(writer)?,
            Step::Purge => purge_noted(writer, Some(queue))?,
            Step::Show => pull.show(writer, queue)?,
            Step::AtOnce => pull.at_once(writer)?,
            Step::Stage => pull.stage(writer, queue)?,
            Step::Close => pull.close(writer)?,
            Step::Commit => pull.commit_pages(writer, queue)?,
            Step::End => {}
        }
        step = step.next(pull.state(), pull.last);
    }
    Ok(())
}

impl Pull {
    /// A page that is refused is refused whole, before anything of it is written.
    fn new(mut page: PullPage, finish: Option<Finish>) -> Result<Self> {
        let items = page.scopes.iter_mut().map(ScopePage::take_items);
        Ok(Self {
            items: items.collect::<Result<_>>()?,
            page,
            modes: None,
            last: finish.is_some(),
            finish,
            committed: false,
        })
    }

    fn state(&self) -> State {
        match (self.committed, &self.modes) {
            (true, _) => State::Committed,
            (false, Some(modes)) => State::Opened {
                reset: modes.contains(&Mode::Reset),
            },
            (false, None) => State::Waiting,
        }
    }

    /// The scopes of the page with their modes and items.
    fn parts(&self) -> impl Iterator<Item = (&ScopePage, Mode, &[PageItem])> {
        let modes = self.modes.iter().flatten().copied();
        let items = self.items.iter().map(Vec::as_slice);
        let parts = self.page.scopes.iter().zip(modes).zip(items);
        parts.map(|((scope, mode), items)| (scope, mode, items))
    }

    fn scopes(&self) -> Vec<ScopeId> {
        self.page.scopes.iter().map(|scope| scope.id).collect()
    }

    fn open(&mut self, writer: &mut Writer) -> Result<()> {
        writer.tx(Durability::Normal, |tx| {
            if tx.has_noted_purge()? {
                // Left over from an earlier pull that failed: it is finished first.
                return Ok(());
            }
            tx.set_noted(COMMITTING, &[])?;
            let scopes = self.page.scopes.iter();
            let modes = scopes.map(|scope| tx.open_page(scope));
            let modes: Vec<Mode> = modes.collect::<Result<_>>()?;
            let follows = modes.iter().all(|mode| *mode == Mode::Follow);
            self.modes = Some(modes);
            if self.last && follows {
                self.page_commit_small(tx)?;
            }
            Ok(())
        })
    }

    fn show(&mut self, writer: &mut Writer, queue: &mut Queue) -> Result<()> {
        for (scope, mode, items) in self.parts() {
            if mode == Mode::First {
                in_chunks(writer, queue, items, |tx, item| {
                    tx.apply_item(mode, scope.id, item)
                })?;
                writer.tx(Durability::Normal, |tx| tx.forget_older(scope.id, items))?;
            }
        }
        // They are shown, and nothing of them is left to stage.
        for (mode, items) in self.modes.iter().flatten().zip(&mut self.items) {
            if *mode == Mode::First {
                items.clear();
            }
        }
        Ok(())
    }

    fn at_once(&mut self, writer: &mut Writer) -> Result<()> {
        writer.tx(Durability::Normal, |tx| self.page_commit_small(tx))
    }

    fn stage(&mut self, writer: &mut Writer, queue: &mut Queue) -> Result<()> {
        for (scope, mode, items) in self.parts() {
            in_chunks(writer, queue, items, |tx, item| {
                tx.stage(mode, scope.id, item)
            })?;
        }
        Ok(())
    }

    fn close(&mut self, writer: &mut Writer) -> Result<()> {
        writer.tx(Durability::Normal, |tx| self.close_pages(tx))
    }

    fn close_pages(&self, tx: &mut WriteTx<'_>) -> Result<()> {
        self.parts()
            .try_for_each(|(scope, mode, _)| tx.close_page(scope, mode))
    }

    /// Commits everything inside one transaction, if all of it fits.
    fn page_commit_small(&mut self, tx: &mut WriteTx<'_>) -> Result<()> {
        if !self.is_small(tx)? {
            return Ok(());
        }
        if tx.staged_up_to(1)? > 0 {
            let limit = usize::try_from(AT_ONCE).unwrap_or(usize::MAX);
            while tx.commit_page_chunk(&self.scopes(), limit)? {}
        }
        for (scope, mode, items) in self.parts() {
            for item in items {
                tx.apply_item(mode, scope.id, item)?;
            }
        }
        self.close_pages(tx)?;
        self.complete(tx, |tx, gone| tx.purge_scope(gone))
    }

    /// Whether everything that is staged, comes with the page, or goes with a scope fits one transaction.
    fn is_small(&self, tx: &WriteTx<'_>) -> Result<bool> {
        let limit = step(usize::try_from(AT_ONCE).unwrap_or(usize::MAX));
        let rows = u32::try_from(limit).unwrap_or(u32::MAX);
        for scope in &self.page.gone {
            if tx.is_larger(*scope, rows)? {
                return Ok(false);
            }
        }
        let coming: usize = self.items.iter().map(Vec::len).sum();
        Ok(coming <= limit && coming + tx.staged_up_to(limit + 1)? <= limit)
    }

    /// A large page commit: the readers keep the earlier state until the last transaction.
    fn commit_pages(&mut self, writer: &mut Writer, queue: &mut Queue) -> Result<()> {
        writer.pin();
        let outcome = self.commit_pinned(writer, queue);
        if outcome.is_ok()
            && let Err(error) = purge_noted(writer, Some(queue))
        {
            // The page commit is done; the rest of a gone scope goes before the next one, or at the next start.
            tracing::warn!(error = %error, "a scope is not purged to its end");
        }
        writer.unpin();
        outcome
    }

    fn commit_pinned(&mut self, writer: &mut Writer, queue: &mut Queue) -> Result<()> {
        let scopes = self.scopes();
        writer.tx(Durability::Normal, |tx| {
            self.close_pages(tx)?;
            tx.begin_page_commit(&scopes)
        })?;
        purge_noted(writer, Some(queue))?;
        let some = |tx: &mut WriteTx<'_>| tx.commit_page_chunk(&scopes, step(CHUNK));
        while writer.tx(Durability::Normal, some)? {
            queue.let_in(writer)?;
        }
        writer.tx(Durability::Normal, |tx| {
            self.complete(tx, |tx, gone| tx.leave_scope(gone))
        })
    }

    /// The last transaction, but for the rows of a large scope that `leave` leaves: cursors, gone scopes, what the caller
    /// has to say of our own edits, and only then the answered edits go, so that no screen ever shows the earlier value
    /// for a moment.
    fn complete(
        &mut self,
        tx: &mut WriteTx<'_>,
        leave: impl Fn(&mut WriteTx<'_>, ScopeId) -> Result<()>,
    ) -> Result<()> {
        let mut committed = tx.finish_page_commit(&self.scopes())?;
        for gone in &self.page.gone {
            leave(tx, *gone)?;
            committed.gone.push(*gone);
        }
        if let Some(finish) = self.finish.take() {
            finish(tx, &committed)?;
            self.committed = true;
        }
        for scope in &self.page.scopes {
            tx.sweep_answered(scope.id, Some(scope.cursor.rev.0))?;
        }
        Ok(())
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The steps of a page. `purged`: how often something is in the way when it is opened.
    fn steps(last: bool, reset: bool, mut purged: u32, committed_in: Option<Step>) -> Vec<Step> {
        let (mut step, mut steps, mut state) = (Step::Open, Vec::new(), State::Waiting);
        while step != Step::End {
            steps.push(step);
            if step == Step::Open && purged == 0 {
                state = State::Opened { reset };
            } else if step == Step::Open {
                purged -= 1;
            }
            if committed_in == Some(step) && state != State::Waiting {
                state = State::Committed;
            }
            step = step.next(state, last);
        }
        steps
    }

    #[test]
    fn a_page_takes_the_steps_of_its_kind() {
        use Step::{AtOnce, Close, Commit, Open, Purge, Show, Stage};
        let small = steps(true, false, 0, Some(Open));
        assert_eq!(small, [Open]);
        let not_the_last = steps(false, false, 0, None);
        assert_eq!(not_the_last, [Open, Purge, Show, Stage, Close]);
        let small_with_a_first_sync = steps(true, false, 0, Some(AtOnce));
        assert_eq!(small_with_a_first_sync, [Open, Purge, Show, AtOnce]);
        let large = [Open, Purge, Show, AtOnce, Stage, Commit];
        assert_eq!(steps(true, false, 0, Some(Commit)), large);
        let reset = [Open, Purge, Show, Stage, Commit];
        assert_eq!(steps(true, true, 0, Some(Commit)), reset);
        let with_something_in_the_way = steps(true, false, 2, Some(Open));
        assert_eq!(with_something_in_the_way, [Open, Purge, Open, Purge, Open]);
    }
}
