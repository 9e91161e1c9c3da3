//! What the tests of this room share, and the tests by subject.

mod apply;
mod calendar;
mod committing;
mod crossing;
mod edits;
mod history;
mod items;
mod letting_go;
mod log_size;
mod notices;
mod opening;
mod purging;
mod typed_rows;
mod undo;
mod unread;
mod unsent;

use std::sync::Arc;

use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use super::{Cursor, Edit, Op, PullPage, ScopePage, Store, StoreConfig};
use crate::model::{Kind, Rev, RowId, ScopeId, ScopeType, UserId, Values};
use crate::time::{ManualClock, Timestamp};

pub(super) const ME: UserId = UserId(Uuid::from_u128(0xa));
pub(super) const SAM: UserId = UserId(Uuid::from_u128(0xb));
pub(super) const BAND: ScopeId = ScopeId(Uuid::from_u128(0xbad));

/// A database in a directory of its own.
pub(super) struct Fixture {
    pub(super) dir: TempDir,
    pub(super) store: Store,
}

pub(super) fn config(dir: &TempDir, user: UserId) -> StoreConfig {
    StoreConfig {
        dir: dir.path().to_owned(),
        user,
        clock: Arc::new(ManualClock::new(Timestamp(1_000))),
    }
}

pub(super) fn fixture() -> Fixture {
    let dir = TempDir::new().unwrap();
    let store = Store::open(&config(&dir, ME)).unwrap();
    Fixture { dir, store }
}

impl Fixture {
    /// A band whose first sync is complete at `rev`.
    pub(super) async fn synced(self, rev: i64, rows: Vec<Value>) -> Self {
        self.store
            .commit_pages(page(rev, rows), |_, _| Ok(()))
            .await
            .unwrap();
        self
    }

    pub(super) async fn pull(&self, page: PullPage) {
        self.store.commit_pages(page, |_, _| Ok(())).await.unwrap();
    }

    pub(super) async fn song(&self, id: RowId) -> Option<Values> {
        self.store
            .read(move |r| r.row(Kind::Song, id))
            .await
            .unwrap()
    }

    pub(super) async fn entries(&self, id: RowId) -> Vec<super::OutboxEntry> {
        self.store
            .read(move |r| r.entries_of(Kind::Song, id))
            .await
            .unwrap()
    }

    pub(super) async fn edit(&self, id: RowId, op: Op, set: Value) -> bool {
        self.store
            .edit(edit_by(op, Kind::Song, id, values(set)))
            .await
            .unwrap()
    }

    pub(super) async fn bring_back(&self, id: RowId) -> bool {
        let back = move |tx: &mut super::WriteTx<'_>| tx.bring_back(BAND, Kind::Song, id);
        self.store
            .write(super::Durability::Full, back)
            .await
            .unwrap()
    }

    pub(super) async fn unsent(&self) -> u64 {
        self.store.read(|r| r.outbox_counts()).await.unwrap().unsent
    }

    /// Sends what waits and returns the numbers.
    pub(super) async fn send(&self) -> Vec<super::Mutation> {
        self.store
            .write(super::Durability::Full, |tx| {
                tx.take_batch(BAND, 100, 500_000)
            })
            .await
            .unwrap()
            .map(|batch| batch.mutations)
            .unwrap_or_default()
    }
}

/// The edit in the band that does this.
pub(super) fn edit_by(op: Op, kind: Kind, id: RowId, set: Values) -> Edit {
    match op {
        Op::Insert => Edit::create(BAND, kind, id, set),
        Op::Update => Edit::update(kind, id, set),
        Op::Delete => Edit::delete(kind, id),
        Op::Restore => Edit::restore(BAND, kind, id, set),
        Op::Mark => panic!("nobody edits a mark"),
    }
}

pub(super) fn rejection(code: &str) -> super::Rejection {
    super::Rejection {
        code: code.into(),
        reason: None,
        field: None,
    }
}

pub(super) fn values(value: Value) -> Values {
    match value {
        Value::Object(map) => map,
        _ => panic!("an object is needed"),
    }
}

pub(super) fn id(n: u128) -> RowId {
    RowId(Uuid::from_u128(n))
}

/// A song as the server writes it, last written by Sam.
pub(super) fn song(n: u128, rev: i64, title: &str) -> Value {
    json!({"id": id(n), "title": title, "artist": null, "key": "G", "tempo": 90, "notes": "a", "version": 1,
           "reference_links": [], "context_type": "band", "context_id": BAND, "normalized_title": title,
           "created_date": "2026-01-01T20:00:00.123456+00:00", "sync_scope": BAND,
           "sync_rev": rev, "sync_by": SAM, "sync_by_rev": rev, "sync_other_rev": 0})
}

/// The last page of a pull, with these songs.
pub(super) fn page(rev: i64, songs: Vec<Value>) -> PullPage {
    PullPage {
        scopes: vec![scope_page(BAND, rev, songs)],
        gone: Vec::new(),
    }
}

/// A page that others follow.
pub(super) fn unfinished(rev: i64, rows: Vec<Value>) -> PullPage {
    let mut page = page(rev, rows);
    let scope = &mut page.scopes[0];
    scope.has_more = true;
    scope.cursor = Cursor {
        rev: Rev(rev),
        ord: Some(2),
        id: Some(Uuid::from_u128(7)),
        since: None,
    };
    page
}

pub(super) fn scope_page(scope: ScopeId, rev: i64, songs: Vec<Value>) -> ScopePage {
    ScopePage {
        id: scope,
        scope_type: ScopeType::Band,
        epoch: Uuid::from_u128(1),
        head: Rev(rev),
        reset: false,
        cursor: Cursor {
            rev: Rev(rev),
            ord: None,
            id: None,
            since: None,
        },
        has_more: false,
        rows: [("song".to_owned(), songs.into_iter().map(values).collect())].into(),
        tombstones: Vec::new(),
        log: Vec::new(),
        values: Vec::new(),
        times: Vec::new(),
        lost: Vec::new(),
    }
}
