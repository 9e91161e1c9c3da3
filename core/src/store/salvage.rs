//! Carrying out of a damaged file what only this phone has: unsent edits, and new rows deleted before they were sent.
//!
//! Reads each table from its first row on and from its last back, until a damaged page ends it, so that one bad page in the
//! middle costs only what is on it.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::Connection;

use super::connect::open_reader;
use super::deleted_unsent::{KeptRow, read_deleted_unsent};
use super::outbox::{EntryState, Op, OutboxEntry, read_entries};
use super::row;
use super::tx::{WriteTx, encoders};
use crate::error::Result;
use crate::model::{EditId, Kind, RowId, UserId};
use crate::time::Timestamp;

/// What can be read of a damaged file.
#[derive(Default)]
struct Readable {
    entries: BTreeMap<EditId, OutboxEntry>,
    kept: BTreeMap<(Kind, RowId), KeptRow>,
}

/// Copies every readable edit and every row that was kept into the new database; returns how many edits. They are queued
/// under new numbers.
pub(super) fn carry_over(
    damaged: &Path,
    fresh: &Connection,
    user: UserId,
    now: Timestamp,
) -> Result<usize> {
    let found = match open_reader(damaged) {
        Ok(conn) => readable(&conn),
        Err(_) => Readable::default(),
    };
    let encoders = encoders(user);
    let tx = fresh.unchecked_transaction()?;
    let mut saved = 0;
    for kept in found.kept.into_values() {
        WriteTx::new(&tx, user, now, &encoders).add_deleted_unsent(&kept)?;
    }
    for mut entry in found.entries.into_values() {
        let mut view = WriteTx::new(&tx, user, now, &encoders);
        // A mark can only leave a dot too many; an answered edit is on the server.
        if entry.op == Op::Mark || entry.state == EntryState::Answered {
            continue;
        }
        entry.n = None;
        if entry.state == EntryState::Sent {
            entry.state = EntryState::Queued;
        }
        if entry.state == EntryState::Queued {
            let live = row::read(view.conn, entry.kind, entry.row)?;
            view.ensure_server_row(entry.kind, entry.row, entry.scope, live)?;
        }
        view.add_entry(&entry)?;
        view.rebase(entry.kind, entry.row)?;
        saved += 1;
    }
    tx.commit()?;
    Ok(saved)
}

fn readable(conn: &Connection) -> Readable {
    let mut found = Readable::default();
    for order in ["order by seq", "order by seq desc"] {
        let mut take = |entry: OutboxEntry| {
            found.entries.insert(entry.seq, entry);
        };
        if let Err(error) = read_entries(conn, order, &[], &mut take) {
            tracing::warn!(error = %error, "part of the outbox cannot be read");
        }
    }
    for order in ["order by kind, row", "order by kind desc, row desc"] {
        let mut take = |kept: KeptRow| {
            found.kept.insert((kept.kind, kept.id), kept);
        };
        if let Err(error) = read_deleted_unsent(conn, order, &[], &mut take) {
            tracing::warn!(error = %error, "part of the rows that were never sent cannot be read");
        }
    }
    found
}
