//! The open files of the writer thread, how they are opened, and how they are let go.
//!
//! Owns: the connection that writes, the lock, and the order of both ends: nothing is open without the lock, and it goes
//! last.
//! Invariants: the readers have connections while the files are open and none otherwise; nobody reads before what a killed
//! program left half done is finished; whoever was told nothing while others had the files is told that everything may be
//! different.

use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rusqlite::Connection;

use super::super::Durability;
use super::super::changes::ChangeSet;
use super::super::connect;
use super::super::open::{self, Quarantined};
use super::resume;
use super::writer::Writer;
use crate::error::{Error, Result};

/// The one connection that writes, and what belongs to it.
pub(super) struct Opened {
    pub(super) conn: Connection,
    full_sync: bool,
    pub(super) wal: Wal,
    /// Keeps other programs out; the last thing to go.
    _lock: File,
}

/// The write-ahead log, in pages. The size of its file says nothing: a log that was copied is written again from its
/// start, and the file stays as long as it ever was.
#[derive(Debug, Default)]
pub(super) struct Wal {
    /// In it now, as each commit tells.
    pages: Arc<AtomicU32>,
    /// In it when it was last copied, unless it has started again since.
    copied: u32,
}

impl Wal {
    /// Counts the pages of every commit of `conn`; also ends the checkpoints that `SQLite` makes by itself.
    fn watch(conn: &mut Connection) -> rusqlite::Result<Self> {
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

impl Opened {
    pub(super) fn set_durability(&mut self, durability: Durability) -> Result<()> {
        let full = durability == Durability::Full;
        if self.full_sync != full {
            let level = if full { "full" } else { "normal" };
            self.conn.pragma_update(None, "synchronous", level)?;
            self.full_sync = full;
        }
        Ok(())
    }

    /// Copies the log into the database if it has grown by more than `pages`.
    pub(super) fn checkpoint_above(&mut self, pages: u32) {
        if self.wal.grown() <= pages {
            return;
        }
        self.wal.copied = self.wal.pages.load(Ordering::Relaxed);
        if let Err(error) = self.conn.pragma_query(None, "wal_checkpoint", |_| Ok(())) {
            tracing::warn!(error = %Error::from(error), "checkpoint failed");
        }
    }
}

impl Writer {
    /// Opens the files if they are let go. On an error they stay so, and the next call tries again.
    pub(in super::super) fn open(&mut self) -> Result<()> {
        if self.opened.is_some() {
            return Ok(());
        }
        self.told.taken(true);
        let opened = self.open_all();
        if let Err(error) = &opened {
            self.opened = None;
            self.told.taken(false);
            self.untold = true;
            for reader in &self.readers {
                reader.refuse(error.clone());
            }
        }
        opened
    }

    fn open_all(&mut self) -> Result<()> {
        let quarantined = self.open_locked()?;
        let readers = self.readers.iter();
        let conns = readers.map(|_| connect::open_reader(&self.files.database));
        let conns = conns.collect::<Result<Vec<_>>>()?;
        if let Some(quarantined) = quarantined {
            self.told.quarantined(quarantined);
        }
        // Before anybody has read: whoever sees the new state has been told of it.
        if std::mem::take(&mut self.untold) {
            self.tell(ChangeSet::everything());
        }
        for (reader, conn) in self.readers.iter().zip(conns) {
            reader.connect(conn);
        }
        self.told.opened(self.clock.monotonic());
        Ok(())
    }

    /// Opens the database for this thread alone, and finishes what was left half done.
    fn open_locked(&mut self) -> Result<Option<Quarantined>> {
        let lock = open::lock(&self.dir, &self.files)?;
        self.untold |= !open::sign(&lock, self.sign);
        let (mut conn, quarantined) = open::open(&self.files, self.me, self.clock.wall())?;
        self.untold |= quarantined.is_some();
        let wal = Wal::watch(&mut conn)?;
        self.opened = Some(Opened {
            conn,
            full_sync: true,
            wal,
            _lock: lock,
        });
        resume(self)?;
        self.tx(Durability::Normal, |tx| tx.ask_again(crate::VERSION))?;
        Ok(quarantined)
    }

    /// Closes the files, the readers' connections first: the last one to close copies the log into the database.
    pub(super) fn let_go(&mut self) {
        if self.opened.is_none() {
            return;
        }
        // Said before the readers are told: see `Store::read`.
        self.told.closing();
        for reader in &self.readers {
            reader.disconnect();
        }
        self.opened = None;
        self.told.taken(false);
    }
}
