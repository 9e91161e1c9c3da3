//! The writer thread.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use rusqlite::TransactionBehavior;
use tokio::sync::{broadcast, mpsc, oneshot};
use uuid::Uuid;

use super::super::Durability;
use super::super::changes::ChangeSet;
use super::super::failure::{is_damage, storage};
use super::super::handle::StoreConfig;
use super::super::letting_go::FilesState;
use super::super::open::Files;
use super::super::private;
use super::super::row::Encoder;
use super::super::tx::{self, WriteTx};
use super::opened::Opened;
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

/// A short transaction.
pub(crate) type ShortJob = Box<dyn FnOnce(&mut Writer) + Send>;

/// What is done in a transaction.
type Body<'a> = &'a mut dyn FnMut(&mut WriteTx<'_>) -> Result<()>;

fn do_short(job: ShortJob, done: oneshot::Sender<()>, writer: &mut Writer) {
    job(writer);
    // The caller may have gone.
    let _ = done.send(());
}

/// What the writer thread is asked to do.
pub(crate) enum WriterCommand {
    /// A short transaction; answered when it is done.
    Short(ShortJob, oneshot::Sender<()>),
    /// A pull: many transactions, with short commands between them.
    Long(LongJob),
    /// Open the files, if they are let go. Whoever waits for a read is told how it went.
    Open,
    /// Let the files go; answered when they are free for others.
    LetGo(oneshot::Sender<()>),
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
                Ok(WriterCommand::Short(job, done)) => do_short(job, done, writer),
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

/// What the writer thread has.
pub(crate) struct Writer {
    /// The open files; none while they are let go.
    pub(super) opened: Option<Opened>,
    pub(crate) dir: PathBuf,
    pub(crate) files: Files,
    /// What this store leaves in the lock file.
    pub(crate) sign: Uuid,
    pub(crate) me: UserId,
    pub(crate) clock: Arc<dyn Clock>,
    encoders: RefCell<Vec<Encoder>>,
    pub(crate) out: broadcast::Sender<Arc<ChangeSet>>,
    pub(crate) readers: Vec<ReaderThread>,
    /// While a page commit runs: what is to be told when the readers see it.
    held: Option<ChangeSet>,
    /// Something may be different without subscribers having been told.
    pub(super) untold: bool,
    /// Where it says how the files stand.
    pub(crate) told: Arc<FilesState>,
    /// Set when the store is closing: a pull stops at its next step and goes on at the next start.
    pub(crate) closing: Arc<AtomicBool>,
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
            WriterCommand::Short(job, done) => do_short(job, done, &mut writer),
            WriterCommand::Long(job) => job(&mut writer, &mut queue),
            WriterCommand::Stop(done) => {
                stopped = Some(done);
                break;
            }
            // An error was told to those who wait for a read; there may be none.
            WriterCommand::Open => drop(writer.open()),
            WriterCommand::LetGo(done) => {
                writer.let_go();
                let _ = done.send(());
            }
        }
        if queue.is_empty()
            && let Some(opened) = &mut writer.opened
        {
            opened.checkpoint_above(CHECKPOINT_PAGES);
        }
    }
    writer.let_go();
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
    /// A writer for the user of `config` that has nothing open, with so many readers.
    pub(crate) fn new(
        config: &StoreConfig,
        out: broadcast::Sender<Arc<ChangeSet>>,
        readers: usize,
    ) -> Result<Self> {
        let readers = (0..readers).map(|_| ReaderThread::start(config.user));
        Ok(Self {
            opened: None,
            dir: config.dir.clone(),
            files: Files::of(&config.dir, config.user),
            sign: Uuid::new_v4(),
            me: config.user,
            clock: Arc::clone(&config.clock),
            encoders: tx::encoders(config.user),
            out,
            readers: readers.collect::<Result<_>>()?,
            held: None,
            untold: false,
            told: Arc::default(),
            closing: Arc::default(),
        })
    }

    /// Runs `f` in one transaction and tells subscribers what it touched. An error or a panic in `f` undoes it.
    pub(crate) fn tx<T>(
        &mut self,
        durability: Durability,
        f: impl FnOnce(&mut WriteTx<'_>) -> Result<T>,
    ) -> Result<T> {
        let (mut f, mut value) = (Some(f), None);
        self.run(durability, &mut |tx| {
            value = f.take().map(|f| f(tx)).transpose()?;
            Ok(())
        })?;
        value.ok_or(Error::Internal {
            place: "store write closure",
        })
    }

    /// [`Writer::tx`] without a type: it is in the library once.
    fn run(&mut self, durability: Durability, f: Body<'_>) -> Result<()> {
        let outcome = self.try_run(durability, f);
        if let Err(error) = &outcome
            && is_damage(error)
        {
            // The next start checks the whole file; see `open.rs`.
            let _ = private::open(&self.files.suspect);
        }
        self.tell(outcome?);
        if let Some(opened) = &mut self.opened {
            opened.checkpoint_above(CHECKPOINT_NOW);
        }
        Ok(())
    }

    fn try_run(&mut self, durability: Durability, f: Body<'_>) -> Result<ChangeSet> {
        self.open()?;
        let opened = self.opened.as_mut().ok_or(Error::Closed)?;
        opened.set_durability(durability)?;
        let now = self.clock.wall();
        let tx = opened
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut view = WriteTx::new(&tx, self.me, now, &self.encoders);
        catch_unwind(AssertUnwindSafe(|| f(&mut view))).unwrap_or(Err(Error::Internal {
            place: "store write closure",
        }))?;
        let changes = std::mem::take(&mut view.changes);
        drop(view);
        #[cfg(any(test, feature = "testing"))]
        super::super::kill::before_commit()?;
        tx.commit()?;
        Ok(changes)
    }

    /// Tells subscribers, unless the readers are held back.
    pub(super) fn tell(&mut self, changes: ChangeSet) {
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
}
