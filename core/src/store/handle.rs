//! The handle to one user's database, which every part of the client has a copy of.
//!
//! Owns: the way of a read or a write to the threads that do it, and the end of those threads.
//! Never: says what is read or written.
//! Invariants: nothing is done after [`Store::close`]; the last handle frees the file; whether the files are open or let
//! go makes no difference to a caller.

use std::fmt;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tokio::sync::{broadcast, mpsc, oneshot};

use super::changes::ChangeSet;
#[cfg(any(test, feature = "testing"))]
use super::edit_form::Edit;
use super::letting_go::{FilesState, Hold};
use super::open::Quarantined;
use super::pull::{CommittedPages, PullPage};
use super::tx::{Reader, WriteTx};
use super::worker::{self, ReadJob, ReaderThread, ShortJob, Writer, WriterCommand};
use crate::error::{Error, Result};
use crate::model::UserId;
use crate::time::{Clock, MonotonicInstant};

/// Change sets kept for a slow subscriber; above it, it reads its window again.
const CHANGES: usize = 256;

/// Reader threads.
const READERS: usize = 2;

/// How safe a commit is when the power goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// On the disk before the call returns: what a member typed, numbers given out, answers stored.
    Full,
    /// May be lost with the power, never half: what can be pulled again.
    Normal,
}

/// What to open.
#[derive(Debug, Clone)]
pub struct StoreConfig {
    /// Directory of the database files; made if absent.
    pub dir: PathBuf,
    /// Whose file.
    pub user: UserId,
    /// Wall clock for the times shown with edits and notices.
    pub clock: Arc<dyn Clock>,
}

/// Handle to one user's database.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

/// A call of the store under way.
type Waits<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// Where a job on one of the threads leaves its result for the caller, who may have gone.
struct Slot<T>(Arc<Mutex<Option<T>>>);

impl<T> Slot<T> {
    /// Both ends of one.
    fn new() -> (Self, Self) {
        let slot = Arc::new(Mutex::new(None));
        (Self(Arc::clone(&slot)), Self(slot))
    }

    fn put(&self, value: T) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
    }

    /// What was left. Nothing is there when the job was dropped: the store is closed.
    fn take(&self) -> Result<T> {
        let value = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        value.ok_or(Error::Closed)
    }
}

struct Inner {
    user: UserId,
    clock: Arc<dyn Clock>,
    commands: mpsc::Sender<WriterCommand>,
    readers: Vec<ReaderThread>,
    changes: broadcast::Sender<Arc<ChangeSet>>,
    closing: Arc<AtomicBool>,
    files: Arc<FilesState>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Store {
    /// Opens the user's file, or makes it; upgrades an older one; finishes a page commit that was cut off. Blocks for a
    /// few milliseconds; call it from a thread that may.
    ///
    /// # Errors
    /// [`Error::Storage`]: the directory is full or unreadable, the file is newer than the program, or another program
    /// holds it. A damaged file is no error: see [`Store::quarantined`].
    pub fn open(config: &StoreConfig) -> Result<Self> {
        let (changes, _) = broadcast::channel(CHANGES);
        let mut writer = Writer::new(config, changes.clone(), READERS)?;
        writer.open()?;
        let readers = writer.readers.clone();
        let (closing, files) = (Arc::clone(&writer.closing), Arc::clone(&writer.told));
        let (commands, thread) = worker::start(writer)?;
        Ok(Self {
            inner: Arc::new(Inner {
                user: config.user,
                clock: Arc::clone(&config.clock),
                commands,
                readers,
                changes,
                closing,
                files,
                thread: Mutex::new(Some(thread)),
            }),
        })
    }

    /// Whose data this is.
    #[must_use]
    pub fn user(&self) -> UserId {
        self.inner.user
    }

    /// Set when opening found a damaged file and put it aside; the last one.
    #[must_use]
    pub fn quarantined(&self) -> Option<Quarantined> {
        self.inner.files.damaged()
    }

    /// What commits touch from now on. A receiver that lags by more than 256 sets must read everything again.
    #[must_use]
    pub fn changes(&self) -> broadcast::Receiver<Arc<ChangeSet>> {
        self.inner.changes.subscribe()
    }

    /// Runs `f` in one write transaction; it is undone when `f` returns an error. `f` must be short: everybody waits.
    ///
    /// # Errors
    /// What `f` returns, [`Error::Storage`], or [`Error::Closed`].
    pub async fn write<T: Send + 'static>(
        &self,
        durability: Durability,
        f: impl FnOnce(&mut WriteTx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (slot, value) = Slot::new();
        self.short(Box::new(move |writer| slot.put(writer.tx(durability, f))))
            .await?;
        value.take()?
    }

    /// Returns when the job has been done. Boxed: what is the same for every job is in the library once, not once for each.
    fn short(&self, job: ShortJob) -> Waits<'_> {
        Box::pin(async move {
            let _used = self.hold();
            let (done, end) = oneshot::channel();
            self.send(WriterCommand::Short(job, done)).await?;
            end.await.map_err(|_| Error::Closed)
        })
    }

    /// Runs `f` on a consistent view. Never waits for a write.
    ///
    /// # Errors
    /// What `f` returns, [`Error::Storage`], or [`Error::Closed`].
    pub async fn read<T: Send + 'static>(
        &self,
        f: impl FnOnce(&Reader<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (slot, value) = Slot::new();
        self.ask(Box::new(move |reader| slot.put(reader.and_then(f))))
            .await?;
        value.take()?
    }

    /// As [`Store::short`], for a read.
    fn ask(&self, job: ReadJob) -> Waits<'_> {
        Box::pin(async move {
            let _used = self.hold();
            let reader = self.inner.readers.iter().min_by_key(|reader| reader.load());
            let end = reader.ok_or(Error::Closed)?.ask(job).await?;
            // Looked at with the read in the queue: either it stands there before the word that the files are let go, or
            // that word is seen here.
            if !self.inner.files.are_open() {
                self.open_again().await?;
            }
            end.await.map_err(|_| Error::Closed)?
        })
    }

    /// Opens the files if they are let go. Reads that wait are told if that fails.
    pub(super) async fn open_again(&self) -> Result<()> {
        self.send(WriterCommand::Open).await
    }

    /// Closes the files and frees them for others, once what waits is done. The next call opens them again: nothing is
    /// lost by it, and no subscriber told anything. Tests call it; apps have it done by what the platform says.
    pub async fn let_go(&self) {
        let (done, wait) = oneshot::channel();
        if self.send(WriterCommand::LetGo(done)).await.is_ok() {
            let _ = wait.await;
        }
    }

    /// Keeps the files from being let go until it is dropped.
    pub(crate) fn hold(&self) -> Hold {
        Hold::new(&self.inner.files, &self.inner.clock)
    }

    pub(super) fn files(&self) -> &FilesState {
        &self.inner.files
    }

    pub(super) fn now(&self) -> MonotonicInstant {
        self.inner.clock.monotonic()
    }

    /// Makes one edit, safe on the disk when it returns. See [`WriteTx::edit`]. The client's go through sync.
    #[cfg(any(test, feature = "testing"))]
    pub async fn edit(&self, edit: Edit) -> Result<bool> {
        self.write(Durability::Full, move |tx| tx.edit(edit)).await
    }

    /// Keeps a page that is not the last of its pull. Rows of a scope in its first sync are shown at once.
    ///
    /// # Errors
    /// [`Error::Protocol`] when the page cannot be applied: nothing of it was.
    pub async fn stage(&self, page: PullPage) -> Result<()> {
        self.pull(page, None).await
    }

    /// Publishes the last page of a pull and everything staged before, as one change. `finish` runs in the last
    /// transaction; if it fails the cursors stay, and so does what was staged or applied: pull again.
    ///
    /// # Errors
    /// As [`Store::stage`], and what `finish` returns. [`Error::Closed`] when the store closes meanwhile; the next
    /// start finishes the page commit, without `finish`.
    pub async fn commit_pages<T: Send + 'static>(
        &self,
        page: PullPage,
        finish: impl FnOnce(&mut WriteTx<'_>, &CommittedPages) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (slot, value) = Slot::new();
        let finish: worker::Finish = Box::new(move |tx, pages| {
            slot.put(finish(tx, pages)?);
            Ok(())
        });
        self.pull(page, Some(finish)).await?;
        value.take()
    }

    async fn pull(&self, page: PullPage, finish: Option<worker::Finish>) -> Result<()> {
        if finish.is_some() && !page.is_last() {
            return Err(Error::Internal {
                place: "store commit of an unfinished pull",
            });
        }
        let _used = self.hold();
        let (reply, answer) = oneshot::channel();
        self.send(WriterCommand::Long(Box::new(move |writer, queue| {
            let _ = reply.send(worker::pull(writer, queue, page, finish));
        })))
        .await?;
        answer.await.map_err(|_| Error::Closed)?
    }

    #[cfg(test)]
    pub(super) fn commands(&self) -> mpsc::Sender<WriterCommand> {
        self.inner.commands.clone()
    }

    async fn send(&self, command: WriterCommand) -> Result<()> {
        if self.inner.closing.load(Ordering::Acquire) {
            return Err(Error::Closed);
        }
        self.inner
            .commands
            .send(command)
            .await
            .map_err(|_| Error::Closed)
    }

    /// Finishes what waits, closes the file and frees it for others. Later calls on any handle answer
    /// [`Error::Closed`]. Idempotent.
    pub async fn close(&self) {
        if self.inner.closing.swap(true, Ordering::AcqRel) {
            return;
        }
        let (done, wait) = oneshot::channel();
        if self
            .inner
            .commands
            .send(WriterCommand::Stop(done))
            .await
            .is_ok()
        {
            let _ = wait.await;
        }
        // Feeds that wait for a change read, and find the store closed.
        let _ = self.inner.changes.send(Arc::new(ChangeSet::everything()));
    }
}

impl Drop for Inner {
    /// Waits until the file is free, unless the last handle goes on one of the store's own threads.
    fn drop(&mut self) {
        self.closing.store(true, Ordering::Release);
        let thread = self
            .thread
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let ours = std::thread::current()
            .name()
            .is_some_and(|name| name.starts_with("rockon-store-"));
        let (closed, _) = mpsc::channel(1);
        self.commands = closed;
        if let Some(thread) = thread
            && !ours
        {
            let _ = thread.join();
        }
    }
}
