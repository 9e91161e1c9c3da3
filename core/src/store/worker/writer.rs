//! The writer thread.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread::JoinHandle;

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::{broadcast, mpsc, oneshot};

use super::super::Durability;
use super::super::changes::ChangeSet;
use super::super::failure::{is_damage, storage};
use super::super::private;
use super::super::row::Encoder;
use super::super::tx::WriteTx;
use super::{QUEUE, ReaderThread};
use crate::error::{Error, Result, StorageFailure};
use crate::model::UserId;
use crate::time::Clock;

/// When the write-ahead log has grown by so many pages of 4 kB (8 MB), it is copied into the database as soon as nobody
/// waits: a page that changes often is copied once for all of its changes.
const CHECKPOINT_PAGES: u32 = 2_000;

/// When it has grown by so many, it is copied even if somebody waits: the log must not grow without end.
const CHECKPOINT_NOW: u32 = 8_000;

type LongJob = Box<dyn FnOnce(&mut Writer, &mut Queue) + Send>;

/// What the writer thread is asked to do.
pub(crate) enum WriterCommand {
    /// A short transaction.
    Short(Box<dyn FnOnce(&mut Writer) + Send>),
    /// A pull: many transactions, with short commands between them.
    Long(LongJob),
    /// Close everything; answered when the file is free for others.
    Stop(oneshot::Sender<()>),
}

/// Waiting commands.
pub(crate) struct Queue {
    commands: mpsc::Receiver<WriterCommand>,
    /// Long commands that arrived while one was running. Bounded by the callers: each awaits its own.
    deferred: VecDeque<WriterCommand>,
}

impl Queue {
    fn next(&mut self) -> Option<WriterCommand> {
        self.deferred
            .pop_front()
            .or_else(|| self.commands.blocking_recv())
    }

    /// Runs the short commands that are waiting now; those that come meanwhile wait for the next time, so that edits
    /// without a pause between them do not hold up a pull. [`Error::Closed`] when the store is closing.
    pub(super) fn let_in(&mut self, writer: &mut Writer) -> Result<()> {
        for _ in 0..self.commands.len() {
            match self.commands.try_recv() {
                Ok(WriterCommand::Short(job)) => job(writer),
                Ok(other) => self.deferred.push_back(other),
                Err(_) => break,
            }
        }
        if writer.closing.load(Ordering::Acquire) {
            return Err(Error::Closed);
        }
        Ok(())
    }

    /// True when a command has come in meanwhile.
    pub(super) fn is_waited_for(&self) -> bool {
        !self.commands.is_empty()
    }

    fn is_empty(&self) -> bool {
        self.deferred.is_empty() && self.commands.is_empty()
    }
}

/// The one connection that writes, and what it needs.
pub(crate) struct Writer {
    pub(crate) conn: Connection,
    pub(crate) me: UserId,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) encoders: RefCell<Vec<Encoder>>,
    pub(crate) out: broadcast::Sender<Arc<ChangeSet>>,
    pub(crate) readers: Vec<ReaderThread>,
    /// While a page commit runs: what is to be told when the readers see it.
    pub(crate) held: Option<ChangeSet>,
    pub(crate) full_sync: bool,
    pub(crate) wal: Wal,
    pub(crate) suspect: PathBuf,
    /// Set when the store is closing: a pull stops at its next step and goes on at the next start.
    pub(crate) closing: Arc<AtomicBool>,
    /// Keeps other programs out; the last thing to go.
    pub(crate) _lock: File,
}

/// The write-ahead log, in pages. The size of its file says nothing: a log that was copied is written again from its
/// start, and the file stays as long as it ever was.
#[derive(Debug, Default)]
pub(crate) struct Wal {
    /// In it now, as each commit tells.
    pages: Arc<AtomicU32>,
    /// In it when it was last copied, unless it has started again since.
    copied: u32,
}

impl Wal {
    /// Counts the pages of every commit of `conn`; also ends the checkpoints that `SQLite` makes by itself.
    pub(crate) fn watch(conn: &mut Connection) -> rusqlite::Result<Self> {
        let wal = Self::default();
        let pages = Arc::clone(&wal.pages);
        conn.wal_hook(Some(move |_: &mut rusqlite::hooks::Wal, now| {
            pages.store(u32::try_from(now).unwrap_or(0), Ordering::Relaxed);
            Ok(())
        }))?;
        Ok(wal)
    }

    /// Pages since it was last copied.
    fn grown(&mut self) -> u32 {
        let pages = self.pages.load(Ordering::Relaxed);
        if pages < self.copied {
            self.copied = 0;
        }
        pages - self.copied
    }
}

/// Starts the writer thread.
pub(crate) fn start(writer: Writer) -> Result<(mpsc::Sender<WriterCommand>, JoinHandle<()>)> {
    let (commands, queue) = mpsc::channel(QUEUE);
    let queue = Queue {
        commands: queue,
        deferred: VecDeque::new(),
    };
    let thread = std::thread::Builder::new()
        .name("rockon-store-write".to_owned())
        .spawn(move || run(writer, queue))
        .map_err(|_| storage(StorageFailure::Unreadable))?;
    Ok((commands, thread))
}

/// The writer thread: until it is told to stop or every handle is gone.
fn run(mut writer: Writer, mut queue: Queue) {
    let mut stopped = None;
    while let Some(command) = queue.next() {
        match command {
            WriterCommand::Short(job) => job(&mut writer),
            WriterCommand::Long(job) => job(&mut writer, &mut queue),
            WriterCommand::Stop(done) => {
                stopped = Some(done);
                break;
            }
        }
        if queue.is_empty() {
            writer.checkpoint_above(CHECKPOINT_PAGES);
        }
    }
    for reader in &writer.readers {
        reader.stop();
    }
    drop(queue);
    drop(writer);
    if let Some(done) = stopped {
        let _ = done.send(());
    }
}

impl Writer {
    /// Runs `f` in one transaction and tells subscribers what it touched. An error or a panic in `f` undoes it.
    pub(crate) fn tx<T>(
        &mut self,
        durability: Durability,
        f: impl FnOnce(&mut WriteTx<'_>) -> Result<T>,
    ) -> Result<T> {
        let outcome = self.try_tx(durability, f);
        if let Err(error) = &outcome
            && is_damage(error)
        {
            // The next start checks the whole file; see `open.rs`.
            let _ = private::open(&self.suspect);
        }
        let (value, changes) = outcome?;
        self.tell(changes);
        self.checkpoint_above(CHECKPOINT_NOW);
        Ok(value)
    }

    fn try_tx<T>(
        &mut self,
        durability: Durability,
        f: impl FnOnce(&mut WriteTx<'_>) -> Result<T>,
    ) -> Result<(T, ChangeSet)> {
        self.set_durability(durability)?;
        let now = self.clock.wall();
        let tx = self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut view = WriteTx::new(&tx, self.me, now, &self.encoders);
        let value =
            catch_unwind(AssertUnwindSafe(|| f(&mut view))).unwrap_or(Err(Error::Internal {
                place: "store write closure",
            }))?;
        let changes = std::mem::take(&mut view.changes);
        drop(view);
        #[cfg(any(test, feature = "testing"))]
        super::super::kill::before_commit()?;
        tx.commit()?;
        Ok((value, changes))
    }

    fn set_durability(&mut self, durability: Durability) -> Result<()> {
        let full = durability == Durability::Full;
        if self.full_sync != full {
            let level = if full { "full" } else { "normal" };
            self.conn.pragma_update(None, "synchronous", level)?;
            self.full_sync = full;
        }
        Ok(())
    }

    fn tell(&mut self, changes: ChangeSet) {
        if changes.is_empty() {
            return;
        }
        match &mut self.held {
            Some(held) => held.merge(&changes),
            // Nobody listening is fine.
            None => drop(self.out.send(Arc::new(changes))),
        }
    }

    /// The readers keep what they see now until [`Writer::unpin`].
    pub(super) fn pin(&mut self) {
        self.held = Some(ChangeSet::default());
        for reader in &self.readers {
            reader.pin();
        }
    }

    /// The readers see the newest state again; subscribers are told everything at once.
    pub(super) fn unpin(&mut self) {
        for reader in &self.readers {
            reader.unpin();
        }
        if let Some(changes) = self.held.take() {
            self.tell(changes);
        }
    }

    /// Copies the log into the database if it has grown by more than `pages`.
    fn checkpoint_above(&mut self, pages: u32) {
        if self.wal.grown() <= pages {
            return;
        }
        self.wal.copied = self.wal.pages.load(Ordering::Relaxed);
        if let Err(error) = self.conn.pragma_query(None, "wal_checkpoint", |_| Ok(())) {
            tracing::warn!(error = %Error::from(error), "checkpoint failed");
        }
    }
}
