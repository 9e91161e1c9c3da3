//! A reader thread.
//!
//! It has a connection while the writer holds the files open. A read that comes while they are let go waits for the next
//! one: whoever asks for it has the writer open them (`Store::read`), and is told why if they cannot be opened.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc as std_mpsc;

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::super::tx::Reader;
use super::QUEUE;
use crate::error::{Error, Result, StorageFailure};
use crate::model::UserId;

/// A read, or what is done when there is nothing to read.
pub(crate) type ReadJob = Box<dyn FnOnce(Result<&Reader<'_>>) + Send>;

/// A read that waits or runs; whoever waits for its end is told with it.
struct Job {
    run: ReadJob,
    done: oneshot::Sender<Result<()>>,
    count: Count,
}

impl Job {
    /// A panic ends this read only.
    fn run(self, reader: Result<&Reader<'_>>) {
        let run = AssertUnwindSafe(|| (self.run)(reader));
        let outcome = catch_unwind(run).map_err(|_| Error::Internal {
            place: "store read closure",
        });
        drop(self.count);
        // The caller may have gone.
        let _ = self.done.send(outcome);
    }
}

enum ReaderCommand {
    Read(Job),
    /// The files are open: read by this.
    Connect(Connection),
    /// They cannot be opened: so are told those who wait.
    Refuse(Error),
    /// They are let go; answered when the connection is closed.
    Disconnect(std_mpsc::SyncSender<()>),
    /// Pin the snapshot of now; answered when it is pinned.
    Pin(std_mpsc::SyncSender<()>),
    Unpin,
    Stop,
}

/// A handle to one reader thread. Cheap to clone; the thread ends when all clones are gone.
#[derive(Clone)]
pub(crate) struct ReaderThread {
    commands: mpsc::Sender<ReaderCommand>,
    waiting: Arc<AtomicUsize>,
}

impl fmt::Debug for ReaderThread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReaderThread").finish_non_exhaustive()
    }
}

impl ReaderThread {
    /// Starts a thread that has no connection yet.
    pub(crate) fn start(me: UserId) -> Result<Self> {
        let (commands, queue) = mpsc::channel(QUEUE);
        let thread = ServedBy {
            me,
            conn: None,
            waiting: Vec::new(),
            pinned: false,
        };
        std::thread::Builder::new()
            .name("rockon-store-read".to_owned())
            .spawn(move || thread.serve(queue))
            .map_err(|_| Error::Storage {
                failure: StorageFailure::Unreadable,
            })?;
        Ok(Self {
            commands,
            waiting: Arc::default(),
        })
    }

    /// Reads waiting or running.
    pub(crate) fn load(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Puts a read into the queue; what is returned tells of its end, or that the thread has ended without it.
    pub(crate) async fn ask(&self, run: ReadJob) -> Result<oneshot::Receiver<Result<()>>> {
        let (done, end) = oneshot::channel();
        let job = Job {
            run,
            done,
            count: Count::up(&self.waiting),
        };
        self.commands
            .send(ReaderCommand::Read(job))
            .await
            .map_err(|_| Error::Closed)?;
        Ok(end)
    }

    /// Reads by this connection from now on.
    pub(super) fn connect(&self, conn: Connection) {
        self.tell(ReaderCommand::Connect(conn));
    }

    /// Whoever waits for a connection is told that there is none.
    pub(super) fn refuse(&self, error: Error) {
        self.tell(ReaderCommand::Refuse(error));
    }

    /// For the writer thread, which may wait for a place in the queue; before there is one there is place.
    fn tell(&self, command: ReaderCommand) {
        if let Err(mpsc::error::TrySendError::Full(command)) = self.commands.try_send(command) {
            let _ = self.commands.blocking_send(command);
        }
    }

    /// Waits until the connection is closed.
    pub(super) fn disconnect(&self) {
        self.wait_for(ReaderCommand::Disconnect);
    }

    fn wait_for(&self, command: impl FnOnce(std_mpsc::SyncSender<()>) -> ReaderCommand) {
        let (done, wait) = std_mpsc::sync_channel(1);
        self.tell(command(done));
        // An error: the thread has ended.
        let _ = wait.recv();
    }

    /// Waits until the snapshot is pinned: it blocks for the reads already queued.
    pub(super) fn pin(&self) {
        self.wait_for(ReaderCommand::Pin);
    }

    pub(super) fn stop(&self) {
        self.tell(ReaderCommand::Stop);
    }

    pub(super) fn unpin(&self) {
        self.tell(ReaderCommand::Unpin);
    }
}

/// Counts one read, until dropped.
struct Count(Arc<AtomicUsize>);

impl Count {
    fn up(counter: &Arc<AtomicUsize>) -> Self {
        counter.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(counter))
    }
}

impl Drop for Count {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What the thread has.
struct ServedBy {
    me: UserId,
    /// None while the files are let go.
    conn: Option<Connection>,
    /// Reads that came meanwhile. Bounded by their callers: each awaits its own.
    waiting: Vec<Job>,
    pinned: bool,
}

impl ServedBy {
    fn serve(mut self, mut queue: mpsc::Receiver<ReaderCommand>) {
        while let Some(command) = queue.blocking_recv() {
            match command {
                ReaderCommand::Read(job) => self.read(job),
                ReaderCommand::Connect(conn) => {
                    self.conn = Some(conn);
                    for job in std::mem::take(&mut self.waiting) {
                        self.read(job);
                    }
                }
                ReaderCommand::Refuse(error) => {
                    for job in self.waiting.drain(..) {
                        job.run(Err(error.clone()));
                    }
                }
                ReaderCommand::Disconnect(done) => {
                    self.conn = None;
                    let _ = done.send(());
                }
                ReaderCommand::Pin(done) => {
                    self.pinned = self.conn.as_ref().is_some_and(pin);
                    let _ = done.send(());
                }
                ReaderCommand::Unpin => {
                    if let Some(conn) = self.conn.as_ref().filter(|_| self.pinned) {
                        end(conn);
                    }
                    self.pinned = false;
                }
                ReaderCommand::Stop => break,
            }
        }
    }

    fn read(&mut self, job: Job) {
        let Some(conn) = &self.conn else {
            self.waiting.push(job);
            return;
        };
        // One transaction a closure: several queries of it see one state.
        let begun = !self.pinned && conn.execute_batch("begin").is_ok();
        job.run(Ok(&Reader { conn, me: self.me }));
        if begun {
            end(conn);
        }
    }
}

/// A transaction reads from the state of its first read on.
fn pin(conn: &Connection) -> bool {
    conn.execute_batch("begin; select 1 from meta limit 1;")
        .is_ok()
}

fn end(conn: &Connection) {
    if let Err(error) = conn.execute_batch("commit") {
        tracing::warn!(error = %Error::from(error), "a read transaction did not end");
    }
}
