//! The feed of notices, as rows.

use super::*;
use crate::error::Result;
use crate::store::{Durability, Topic, WriteTx};

const OTHER: ScopeId = ScopeId(Uuid::from_u128(0xbee));

/// One of the band, one of another, one of the whole device.
async fn three() -> Fixture {
    let f = fixture();
    let add = |tx: &mut WriteTx<'_>| {
        for (scope, says) in [(Some(BAND), "a"), (Some(OTHER), "b"), (None, "c")] {
            tx.add_notice(scope, &json!(says))?;
        }
        Ok(())
    };
    f.store.write(Durability::Full, add).await.unwrap();
    f
}

#[tokio::test]
async fn a_notice_is_told_once_unless_it_was_seen_or_is_news_again() {
    let f = three().await;
    let take = async |limit| {
        let take = move |tx: &mut WriteTx<'_>| tx.take_untold(limit);
        let told = f.store.write(Durability::Full, take).await.unwrap();
        let bodies: Vec<_> = told.into_iter().map(|one| one.body).collect();
        bodies
    };
    assert_eq!(take(1).await, ["a"], "the oldest first");
    let see = |tx: &mut WriteTx<'_>| tx.see_all_notices(Some(OTHER));
    f.store.write(Durability::Full, see).await.unwrap();
    assert_eq!(take(9).await, ["c"]);
    assert!(take(9).await.is_empty());
    let renew = |tx: &mut WriteTx<'_>| {
        let first = tx.notices_in(Some(BAND), 1)?.remove(0).id;
        tx.renew_notice(first, &json!("a and more"))?;
        let last = tx.notices_in(None, 1)?.remove(0).id;
        tx.reword_notice(last, &json!("c in other words"))
    };
    f.store.write(Durability::Full, renew).await.unwrap();
    assert_eq!(take(9).await, ["a and more"]);
    let dir = f.dir;
    f.store.close().await;
    let store = Store::open(&config(&dir, ME)).unwrap();
    let take = |tx: &mut WriteTx<'_>| tx.take_untold(9);
    let told = store.write(Durability::Full, take).await.unwrap();
    assert!(told.is_empty(), "after a restart too");
}

#[tokio::test]
async fn notices_of_one_band_are_listed_counted_and_seen_apart() {
    let f = three().await;
    let counts = async |scope| {
        let read = f.store.read(move |r| {
            let bodies = r.notices_in(scope, 10)?.into_iter().map(|one| one.body);
            let bodies: Vec<_> = bodies.collect();
            Ok((bodies, r.count_notices(scope)?, r.unseen_notices(scope)?))
        });
        read.await.unwrap()
    };
    assert_eq!(counts(Some(BAND)).await, (vec![json!("a")], 1, 1));
    assert_eq!(counts(None).await.1, 3);
    let first = f.store.read(|r| r.notices_in(None, 1)).await.unwrap();
    assert_eq!(first[0].body, "c");
    let see = |tx: &mut WriteTx<'_>| tx.see_all_notices(Some(BAND));
    f.store.write(Durability::Full, see).await.unwrap();
    assert_eq!(counts(Some(BAND)).await.2, 0);
    assert_eq!((counts(Some(OTHER)).await.2, counts(None).await.2), (1, 2));
    let see = |tx: &mut WriteTx<'_>| tx.see_all_notices(None);
    f.store.write(Durability::Full, see).await.unwrap();
    assert_eq!(counts(None).await.2, 0);
}

#[tokio::test]
async fn notices_that_are_held_back_wait_and_those_before_stay() {
    let f = three().await;
    let write = async |write: fn(&mut WriteTx<'_>) -> Result<()>| {
        f.store.write(Durability::Full, write).await.unwrap();
    };
    let shown = async || {
        let read = f.store.read(|r| {
            let shown = r.notices_in(None, 10)?.len();
            Ok((shown, r.count_notices(None)?, r.unseen_notices(None)?))
        });
        read.await.unwrap()
    };
    write(|tx| tx.hold_notices(true)).await;
    write(|tx| tx.add_notice(Some(BAND), &json!("d")).map(drop)).await;
    write(|tx| tx.hold_notices(true)).await;
    assert_eq!(shown().await, (3, 3, 3));
    let mut changes = f.store.changes();
    write(|tx| tx.see_all_notices(None)).await;
    write(|tx| tx.take_untold(9).map(|told| assert!(told.is_empty()))).await;
    assert_eq!(shown().await, (3, 3, 0));
    while changes.try_recv().is_ok() {}
    write(|tx| tx.hold_notices(false)).await;
    assert!(changes.try_recv().unwrap().touches(Topic::Notices));
    assert_eq!(shown().await, (4, 4, 1), "nobody has looked at it");
    write(|tx| tx.take_untold(9).map(|told| assert_eq!(told.len(), 1))).await;
}
