//! Row changes (`postgres_changes`): what waits to be delivered, who has subscribed.
//!
//! The stream fills [`Pending`]; the poller empties it at the real server's pace and decides, as each subscriber's role
//! and on the rows as they are *then*, who sees what. Nothing is replayed: what was not polled when the stream breaks is
//! lost without a word, as on the real server.
//!
//! Bounds: a transaction of more than 11,000 rows is dropped whole (the real server's query times out about there and
//! loses it), and so is one that would bring the waiting rows above 22,000 or 64 MiB.

pub(crate) mod binding;
pub(crate) mod catalog;
pub(crate) mod event;
pub(crate) mod pgoutput;
pub(crate) mod poller;
pub(crate) mod rows;
pub(crate) mod subscribe;

use std::collections::{HashSet, VecDeque};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use self::binding::{Binding, Kind};
use self::pgoutput::{Cell, Old, Relation};
use super::outbox::{ChannelId, Outbox};
use super::token::Claims;

/// Rows of one transaction that are kept.
pub(crate) const MAX_TRANSACTION_ROWS: usize = 11_000;
const MAX_PENDING_ROWS: usize = 22_000;
const MAX_PENDING_BYTES: usize = 64 * 1024 * 1024;
/// Changes taken by one poll; a transaction is never split.
const POLL_CHANGES: usize = 100;

/// One changed row as the stream brought it.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Table as it was when the row changed.
    pub relation: Arc<Relation>,
    /// What happened.
    pub kind: Kind,
    /// Old row or key, where the stream has it.
    pub old: Option<Old>,
    /// New row; `None` for a delete.
    pub new: Option<Vec<Cell>>,
}

impl Row {
    /// Bytes of all values.
    pub(crate) fn bytes(&self) -> usize {
        let old = match &self.old {
            Some(Old::Key(cells) | Old::Full(cells)) => cells.as_slice(),
            None => &[],
        };
        let new = self.new.as_deref().unwrap_or_default();
        old.iter()
            .chain(new)
            .map(|cell| {
                if let Cell::Text(text) = cell {
                    text.len()
                } else {
                    0
                }
            })
            .sum()
    }
}

/// The rows of one committed transaction.
#[derive(Clone, Debug, Default)]
pub(crate) struct Transaction {
    /// Microseconds since 2000-01-01 UTC.
    pub committed: i64,
    /// In order.
    pub rows: Vec<Row>,
}

/// Transactions that wait for a poll, in commit order.
#[derive(Debug, Default)]
pub(crate) struct Pending {
    transactions: VecDeque<Transaction>,
    rows: usize,
    bytes: usize,
}

impl Pending {
    /// Queues a transaction; `false` when it does not fit and is lost.
    pub(crate) fn push(&mut self, transaction: Transaction) -> bool {
        let (rows, bytes) = size(&transaction);
        let fits = rows <= MAX_TRANSACTION_ROWS
            && self.rows + rows <= MAX_PENDING_ROWS
            && self.bytes + bytes <= MAX_PENDING_BYTES;
        if fits {
            self.rows += rows;
            self.bytes += bytes;
            self.transactions.push_back(transaction);
        }
        fits
    }

    /// Takes whole transactions until at least a hundred rows are taken.
    pub(crate) fn take(&mut self) -> Vec<Transaction> {
        let (mut taken, mut count) = (Vec::new(), 0);
        while count < POLL_CHANGES
            && let Some(transaction) = self.transactions.pop_front()
        {
            let (rows, bytes) = size(&transaction);
            self.rows -= rows;
            self.bytes -= bytes;
            count += rows;
            taken.push(transaction);
        }
        taken
    }

    /// Forgets everything, as the real server does when its connection breaks.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}

fn size(transaction: &Transaction) -> (usize, usize) {
    (
        transaction.rows.len(),
        transaction.rows.iter().map(Row::bytes).sum(),
    )
}

/// A binding with the tables it names now.
#[derive(Clone, Debug)]
pub(crate) struct Watch {
    /// What was asked for.
    pub binding: Binding,
    /// Oids of the published tables that match.
    pub tables: HashSet<u32>,
}

/// A channel's active subscription.
#[derive(Clone, Debug)]
pub(crate) struct Subscription {
    /// The channel.
    pub channel: ChannelId,
    /// Its socket.
    pub outbox: Outbox,
    /// Topic with prefix, as JSON.
    pub topic: Value,
    /// Whose rows these are.
    pub claims: Claims,
    /// All bindings of the join.
    pub watches: Vec<Watch>,
}

/// How an attempt to subscribe ended.
#[derive(Debug)]
pub(crate) struct Subscribed {
    /// The claims it was made with.
    pub claims: Claims,
    /// The bindings, or the message of the system error.
    pub result: Result<Vec<Watch>, String>,
}

/// Waiting rows and active subscriptions of a project.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// Something was committed that was not for the poller: it looks again sooner.
    pub(crate) foreign: AtomicBool,
    pending: Mutex<Pending>,
    subscriptions: Mutex<Vec<Arc<Subscription>>>,
}

impl Changes {
    /// The waiting transactions.
    pub(crate) fn pending(&self) -> MutexGuard<'_, Pending> {
        // Counters and queue change together, without a panic in between.
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Arc<Subscription>>> {
        self.subscriptions
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The active subscriptions.
    pub(crate) fn subscriptions(&self) -> Vec<Arc<Subscription>> {
        self.lock().clone()
    }

    /// Activates a subscription in place of the channel's former one: no gap, no double.
    pub(crate) fn subscribe(&self, subscription: Subscription) {
        let mut all = self.lock();
        all.retain(|other| other.channel != subscription.channel);
        all.push(Arc::new(subscription));
    }

    /// Ends a channel's subscription.
    pub(crate) fn unsubscribe(&self, channel: ChannelId) {
        self.lock().retain(|other| other.channel != channel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transaction(rows: usize) -> Transaction {
        let relation = Relation {
            id: 1,
            schema: String::new(),
            table: String::new(),
            columns: Vec::new(),
        };
        let row = Row {
            relation: Arc::new(relation),
            kind: Kind::Insert,
            old: None,
            new: None,
        };
        Transaction {
            committed: 0,
            rows: vec![row; rows],
        }
    }

    #[test]
    fn a_poll_takes_whole_transactions_of_at_least_a_hundred_rows() {
        let mut pending = Pending::default();
        for rows in [60, 60, 1] {
            assert!(pending.push(transaction(rows)));
        }
        assert_eq!(pending.take().len(), 2);
        assert_eq!(pending.take().len(), 1);
        assert!(pending.take().is_empty());
        assert_eq!((pending.rows, pending.bytes), (0, 0));
    }

    #[test]
    fn what_does_not_fit_is_lost_whole() {
        let mut pending = Pending::default();
        assert!(!pending.push(transaction(MAX_TRANSACTION_ROWS + 1)));
        assert!(pending.push(transaction(MAX_TRANSACTION_ROWS)));
        assert!(pending.push(transaction(MAX_TRANSACTION_ROWS)));
        assert!(!pending.push(transaction(1)));
    }
}
