//! A reader thread.

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

enum ReaderCommand {
    Read(Box<dyn FnOnce(&Reader<'_>) + Send>),
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
    /// Starts a thread on a read-only connection.
    pub(crate) fn start(conn: Connection, me: UserId) -> Result<Self> {
        let (commands, queue) = mpsc::channel(QUEUE);
        std::thread::Builder::new()
            .name("rockon-store-read".to_owned())
            .spawn(move || serve(&conn, me, queue))
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

    pub(crate) async fn read<T: Send + 'static>(
        &self,
        f: impl FnOnce(&Reader<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        let count = Count::up(&self.waiting);
        let job = Box::new(move |reader: &Reader<'_>| {
            let result =
                catch_unwind(AssertUnwindSafe(|| f(reader))).unwrap_or(Err(Error::Internal {
                    place: "store read closure",
                }));
            drop(count);
            // The caller may have gone.
            let _ = reply.send(result);
        });
        self.commands
            .send(ReaderCommand::Read(job))
            .await
            .map_err(|_| Error::Closed)?;
        answer.await.map_err(|_| Error::Closed)?
    }

    /// Waits until the snapshot is pinned. Only for the writer thread: it blocks for the reads already queued.
    pub(super) fn pin(&self) {
        let (done, wait) = std_mpsc::sync_channel(1);
        if self
            .commands
            .blocking_send(ReaderCommand::Pin(done))
            .is_ok()
        {
            let _ = wait.recv();
        }
    }

    pub(super) fn stop(&self) {
        let _ = self.commands.blocking_send(ReaderCommand::Stop);
    }

    pub(super) fn unpin(&self) {
        let _ = self.commands.blocking_send(ReaderCommand::Unpin);
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

fn serve(conn: &Connection, me: UserId, mut queue: mpsc::Receiver<ReaderCommand>) {
    let reader = Reader { conn, me };
    let mut pinned = false;
    while let Some(command) = queue.blocking_recv() {
        match command {
            ReaderCommand::Read(job) if pinned => job(&reader),
            ReaderCommand::Read(job) => {
                // One transaction a closure: several queries of it see one state.
                let begun = conn.execute_batch("begin").is_ok();
                job(&reader);
                if begun {
                    end(conn);
                }
            }
            ReaderCommand::Pin(done) => {
                pinned = pin(conn);
                let _ = done.send(());
            }
            ReaderCommand::Unpin => {
                if pinned {
                    end(conn);
                }
                pinned = false;
            }
            ReaderCommand::Stop => break,
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
