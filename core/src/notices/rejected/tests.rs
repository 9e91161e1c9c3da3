use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::model::{Kind, Rev, RowId, ScopeId, UserId, Values};
use crate::notices::{NoticeObserver, text};
use crate::speech::Language;
use crate::store::{Durability, Edit, EntryState, Op, Rejection, Store, StoreConfig};
use crate::sync::SyncObserver as _;
use crate::time::{ManualClock, Timestamp};

const BAND: ScopeId = ScopeId(Uuid::from_u128(0xbad));

struct TestPhone {
    _dir: TempDir,
    clock: Arc<ManualClock>,
    store: Store,
}

impl TestPhone {
    fn new() -> Self {
        let dir = TempDir::new().unwrap();
        let clock = Arc::new(ManualClock::new(Timestamp(1_000)));
        let config = StoreConfig {
            dir: dir.path().to_owned(),
            user: UserId(Uuid::from_u128(0xa)),
            clock: clock.clone(),
        };
        Self {
            store: Store::open(&config).unwrap(),
            clock,
            _dir: dir,
        }
    }

    /// Songs of an import, all sent and refused.
    async fn refused(&self, titles: &'static [&'static str], reason: &'static str) {
        self.refused_in(BAND, titles, reason).await;
    }

    async fn refused_in(
        &self,
        scope: ScopeId,
        titles: &'static [&'static str],
        reason: &'static str,
    ) {
        let write = move |tx: &mut WriteTx<'_>| {
            for title in titles {
                let song = Values::from_iter([("title".to_owned(), json!(title))]);
                let id = RowId::fresh();
                tx.edit(Edit::create(scope, Kind::Song, id, song))?;
            }
            let batch = tx.take_batch(scope, 100, 100_000)?.unwrap();
            for sent in batch.mutations {
                let mut rejection = Rejection::scope_gone();
                rejection.code = reason.into();
                let entry = tx.reject(sent.n, rejection)?.unwrap();
                NoticeObserver.rejected(tx, &entry)?;
            }
            Ok(())
        };
        self.store.write(Durability::Full, write).await.unwrap();
    }

    /// Gives up the newest refused edit, as a person does.
    async fn give_up(&self) {
        let write = |tx: &mut WriteTx<'_>| {
            let edit = tx.rejected_edits(1)?.remove(0);
            let told = tx.notice_of_rejection(edit.id)?;
            tx.discard_rejected(edit.id)?;
            rejection_settled(tx, told)
        };
        self.store.write(Durability::Full, write).await.unwrap();
    }

    async fn told(&self) -> Vec<String> {
        let notices = self.store.read(|reader| reader.notices(None, 100)).await;
        notices
            .unwrap()
            .iter()
            .map(|notice| text::of(notice, Language::English))
            .collect()
    }
}

const WHY: &str = "You are not allowed to do this. Ask an admin.";

#[tokio::test]
async fn an_import_that_is_refused_is_one_notice_that_counts_what_waits() {
    let phone = TestPhone::new();
    phone.refused(&["A", "B"], "42501").await;
    phone.refused(&["C"], "42501").await;
    let many = |count: u32, title: &str| {
        vec![format!(
            "Your {count} new songs, \"{title}\" among them, were refused. {WHY} They are kept: try again or discard them."
        )]
    };
    assert_eq!(phone.told().await, many(3, "C"));
    phone.give_up().await;
    assert_eq!(phone.told().await, many(2, "B"));
    phone.give_up().await;
    let last = format!("Your new \"A\" was refused. {WHY} It is kept: try again or discard it.");
    assert_eq!(phone.told().await, [last]);
    phone.give_up().await;
    assert!(phone.told().await.is_empty());
}

#[tokio::test]
async fn what_was_refused_for_another_reason_or_later_is_told_apart_and_news_is_unseen() {
    let phone = TestPhone::new();
    phone.refused(&["A"], "42501").await;
    let see = |tx: &mut WriteTx<'_>| tx.see_all_notices(None);
    phone.store.write(Durability::Full, see).await.unwrap();
    phone.refused(&["B"], "42501").await;
    let unseen = phone.store.read(|reader| reader.unseen_notices(None)).await;
    assert_eq!(unseen.unwrap(), 1);
    phone.refused(&["C"], "RO002").await;
    assert_eq!(phone.told().await.len(), 2);
    phone.clock.advance(Duration::from_mins(1));
    phone.refused(&["D"], "42501").await;
    assert_eq!(phone.told().await.len(), 3);
}

#[tokio::test]
async fn what_is_refused_while_notices_are_held_back_is_no_news_of_what_is_shown() {
    let phone = TestPhone::new();
    phone.refused(&["A"], "42501").await;
    let hold = |tx: &mut WriteTx<'_>| {
        tx.see_all_notices(None)?;
        tx.hold_notices(true)
    };
    phone.store.write(Durability::Full, hold).await.unwrap();
    phone.refused(&["B", "C"], "42501").await;
    let unseen = async || phone.store.read(|reader| reader.unseen_notices(None)).await;
    assert_eq!(unseen().await, Ok(0));
    let show = |tx: &mut WriteTx<'_>| tx.hold_notices(false);
    phone.store.write(Durability::Full, show).await.unwrap();
    assert_eq!(unseen().await, Ok(1), "both in one");
    assert_eq!(phone.told().await.len(), 2);
}

#[tokio::test]
async fn what_was_refused_in_another_band_is_told_apart() {
    let phone = TestPhone::new();
    phone.refused(&["A"], "42501").await;
    let other = ScopeId(Uuid::from_u128(0xbee));
    phone.refused_in(other, &["B"], "42501").await;
    assert_eq!(phone.told().await.len(), 2);
}

#[tokio::test]
async fn a_refused_edit_names_the_notice_that_tells_of_it() {
    let phone = TestPhone::new();
    phone.refused(&["A", "B"], "42501").await;
    phone.refused(&["C"], "RO002").await;
    let see = |tx: &mut WriteTx<'_>| {
        let newest = tx.notices(None, 1)?.remove(0).id;
        tx.see_notice(newest)
    };
    phone.store.write(Durability::Full, see).await.unwrap();
    let read = phone.store.read(|reader| {
        let counted = (reader.count_notices(None)?, reader.unseen_notices(None)?);
        Ok((
            reader.rejected_edits(10)?,
            reader.notices(None, 10)?,
            counted,
        ))
    });
    let (edits, notices, counted) = read.await.unwrap();
    let (newest, oldest) = (Some(notices[0].id), Some(notices[1].id));
    let told: Vec<_> = edits.iter().map(|edit| edit.notice).collect();
    assert_eq!(told, [newest, oldest, oldest]);
    assert_eq!(counted, (2, 1), "one of two was looked at");
}

#[test]
fn a_move_that_is_refused_is_no_change() {
    let to = |scope: ScopeId| OutboxEntry {
        seq: crate::model::EditId(1),
        n: None,
        scope: BAND,
        kind: Kind::Song,
        row: RowId::fresh(),
        op: Op::Update,
        base_rev: Rev(0),
        set: Values::from_iter([("context_id".to_owned(), json!(scope))]),
        base: Values::new(),
        state: EntryState::Rejected,
        attempt: 1,
        rejection: None,
        at: Timestamp(1_000),
    };
    assert_eq!(to(ScopeId(Uuid::from_u128(0xbee))).verb(), Verb::Moved);
    assert_eq!(to(BAND).verb(), Verb::Changed);
}
