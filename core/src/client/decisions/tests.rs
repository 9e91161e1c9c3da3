//! What a choice does to the notice that asked for it.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::model::{Kind, Rev, RowId, ScopeId, ScopeType, UserId};
use crate::notices::{NoticeBody, NoticeObserver};
use crate::store::{ConflictDetails, Cursor, Durability, PullPage, ScopePage, Store, StoreConfig};
use crate::sync::SyncObserver as _;
use crate::sync::merge::{FieldConflict, Kept};
use crate::sync::wire::Gone;
use crate::time::{ManualClock, Timestamp};

const BAND: ScopeId = ScopeId(Uuid::from_u128(0xbad));
const SONG: RowId = RowId(Uuid::from_u128(1));
const OTHER_SONG: RowId = RowId(Uuid::from_u128(2));

struct TestPhone {
    dir: TempDir,
    clock: Arc<ManualClock>,
    store: Store,
}

fn open(dir: &TempDir, clock: &Arc<ManualClock>) -> Store {
    let config = StoreConfig {
        dir: dir.path().to_owned(),
        user: UserId(Uuid::from_u128(0xa)),
        clock: clock.clone(),
    };
    Store::open(&config).unwrap()
}

impl TestPhone {
    /// A phone with two songs of a band.
    async fn new() -> Self {
        let dir = TempDir::new().unwrap();
        let clock = Arc::new(ManualClock::new(Timestamp(1_000)));
        let phone = Self {
            store: open(&dir, &clock),
            dir,
            clock,
        };
        let songs = [SONG, OTHER_SONG].map(|id| {
            let song = json!({ "id": id, "title": "505", "key": "G", "notes": "a", "tempo": 90,
                "sync_scope": BAND, "sync_rev": 1 });
            song.as_object().cloned().unwrap()
        });
        let page = ScopePage {
            id: BAND,
            scope_type: ScopeType::Band,
            epoch: Uuid::from_u128(1),
            head: Rev(1),
            reset: false,
            cursor: Cursor {
                rev: Rev(1),
                since: None,
                ord: None,
                id: None,
            },
            has_more: false,
            rows: [("song".to_owned(), songs.to_vec())].into(),
            tombstones: Vec::new(),
            log: Vec::new(),
            values: Vec::new(),
            times: Vec::new(),
            lost: Vec::new(),
        };
        phone.pull(vec![page], vec![]).await;
        phone
    }

    async fn pull(&self, scopes: Vec<ScopePage>, gone: Vec<ScopeId>) {
        let page = PullPage { scopes, gone };
        let told = |tx: &mut WriteTx<'_>, published: &crate::store::CommittedPages| {
            for id in &published.gone {
                let gone = Gone {
                    id: *id,
                    by: None,
                    by_name: None,
                };
                NoticeObserver.gone(tx, &gone, None)?;
            }
            Ok(())
        };
        self.store.commit_pages(page, told).await.unwrap();
    }

    /// The program is killed and opened again.
    fn reopened(self) -> Self {
        let Self { dir, clock, store } = self;
        drop(store);
        Self {
            store: open(&dir, &clock),
            dir,
            clock,
        }
    }

    /// Edits of these fields meet others'. Returns the conflicts.
    async fn field_conflict(
        &self,
        song: RowId,
        fields: &'static [&'static str],
    ) -> Vec<ConflictId> {
        self.clock.advance(Duration::from_secs(1));
        let write = move |tx: &mut WriteTx<'_>| {
            let set = Values::from_iter([("tempo".to_owned(), json!(100))]);
            tx.edit(Edit::update(Kind::Song, song, set))?;
            let entry = tx.entries_of(Kind::Song, song)?.remove(0);
            let field_conflicts = fields.iter().map(|field| FieldConflict {
                field: (*field).to_owned(),
                base: Value::Null,
                mine: json!("mine"),
                theirs: json!("theirs"),
                kept: Kept::Mine,
            });
            let field_conflicts: Vec<FieldConflict> = field_conflicts.collect();
            let mut ids = Vec::new();
            for field_conflict in &field_conflicts {
                ids.push(tx.add_conflict(&ConflictDetails {
                    scope: BAND,
                    kind: Kind::Song,
                    row: song,
                    asks: Asks::Value,
                    field: field_conflict.field.clone(),
                    mine: field_conflict.mine.clone(),
                    theirs: field_conflict.theirs.clone(),
                    by: None,
                    by_name: None,
                })?);
            }
            NoticeObserver.conflicted(tx, &entry, &field_conflicts, &[], &ids)?;
            Ok(ids)
        };
        self.store.write(Durability::Full, write).await.unwrap()
    }

    async fn choose(&self, conflict: ConflictId) {
        let write = move |tx: &mut WriteTx<'_>| settle(tx, conflict, Choice::Mine);
        self.store.write(Durability::Full, write).await.unwrap();
    }

    /// The songs and fields that notices ask about, the oldest first, and how many notices are new.
    async fn asked(&self) -> (Vec<(RowId, Vec<String>)>, u32) {
        let read = |reader: &crate::store::Reader<'_>| {
            Ok((reader.notices(None, 100)?, reader.unseen_notices(None)?))
        };
        let (notices, unseen) = self.store.read(read).await.unwrap();
        let asked = notices.into_iter().rev().filter_map(|notice| {
            match serde_json::from_value(notice.body).unwrap() {
                NoticeBody::Conflict { id, fields, .. } => Some((id, fields)),
                _ => None,
            }
        });
        (asked.collect(), unseen)
    }
}

fn fields(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

#[tokio::test]
async fn a_notice_asks_for_what_is_left_to_choose_and_goes_with_the_last_choice() {
    let phone = TestPhone::new().await;
    let first = phone.field_conflict(SONG, &["key", "notes"]).await;
    phone.field_conflict(OTHER_SONG, &["key"]).await;
    let other = (OTHER_SONG, fields(&["key"]));
    phone.choose(first[0]).await;
    let rest = (SONG, fields(&["notes"]));
    assert_eq!(phone.asked().await, (vec![rest, other.clone()], 2));
    phone.choose(first[1]).await;
    assert_eq!(phone.asked().await, (vec![other.clone()], 1));
    let phone = phone.reopened();
    assert_eq!(phone.asked().await, (vec![other], 1), "after a kill, too");
}

#[tokio::test]
async fn of_two_conflicts_of_one_field_the_notice_of_the_settled_one_goes() {
    let phone = TestPhone::new().await;
    let first = phone.field_conflict(SONG, &["key"]).await;
    let second = phone.field_conflict(SONG, &["key", "notes"]).await;
    phone.choose(second[0]).await;
    let left = vec![(SONG, fields(&["key"])), (SONG, fields(&["notes"]))];
    assert_eq!(phone.asked().await, (left, 2));
    phone.choose(first[0]).await;
    assert_eq!(phone.asked().await, (vec![(SONG, fields(&["notes"]))], 1));
}

#[tokio::test]
async fn a_band_that_goes_takes_its_questions_with_it() {
    let phone = TestPhone::new().await;
    phone.field_conflict(SONG, &["key"]).await;
    assert_eq!(phone.asked().await.0.len(), 1);
    phone.pull(vec![], vec![BAND]).await;
    assert_eq!(phone.asked().await, (vec![], 0));
}
