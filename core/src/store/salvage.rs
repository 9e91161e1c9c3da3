//! Carrying unsent edits out of a damaged file.
//!
//! Reads the outbox from its oldest entry on and from its newest back, each until a damaged page ends it, so that one
//! bad page in the middle costs only what is on it.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::Connection;

use super::connect::open_reader;
use super::outbox::{EntryState, Op, OutboxEntry, read_entries};
use super::row;
use super::tx::{WriteTx, encoders};
use crate::error::Result;
use crate::model::{EditId, UserId};
use crate::time::Timestamp;

/// Copies every readable edit into the new database; returns how many. They are queued under new numbers.
pub(super) fn carry_over(
    damaged: &Path,
    fresh: &Connection,
    user: UserId,
    now: Timestamp,
) -> Result<usize> {
    let entries = match open_reader(damaged) {
        Ok(conn) => readable(&conn),
        Err(_) => BTreeMap::new(),
    };
    let encoders = encoders(user);
    let tx = fresh.unchecked_transaction()?;
    let mut saved = 0;
    for mut entry in entries.into_values() {
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

fn readable(conn: &Connection) -> BTreeMap<EditId, OutboxEntry> {
    let mut found = BTreeMap::new();
    for order in ["order by seq", "order by seq desc"] {
        let mut take = |entry: OutboxEntry| {
            found.insert(entry.seq, entry);
        };
        if let Err(error) = read_entries(conn, order, &[], &mut take) {
            tracing::warn!(error = %error, "part of the outbox cannot be read");
        }
    }
    found
}
