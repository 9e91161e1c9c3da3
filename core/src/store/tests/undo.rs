//! Taking a delete back: of what was never sent, and of what is on its way back.

use serde_json::json;

use super::super::{Durability, Op, WriteTx};
use super::{BAND, edit_by, fixture, id, song, values};
use crate::model::Kind;
use crate::time::Timestamp;

/// The server never heard of it: only this phone can bring it back.
#[tokio::test]
async fn a_new_row_that_was_deleted_before_it_was_sent_comes_back_whole() {
    let f = fixture().synced(5, vec![]).await;
    f.edit(id(9), Op::Insert, json!({"title": "New"})).await;
    f.edit(id(9), Op::Update, json!({"key": "A"})).await;
    f.edit(id(9), Op::Delete, json!({})).await;
    assert_eq!(f.unsent().await, 0, "nobody waits for it");
    let kept = f.store.read(|r| r.deleted_unsent(BAND)).await.unwrap();
    assert_eq!(kept[0].title.as_deref(), Some("New"));
    assert!(f.bring_back(id(9)).await);
    assert_eq!(f.song(id(9)).await.unwrap()["key"], "A");
    let sent = f.send().await;
    assert_eq!((sent.len(), sent[0].op), (1, Op::Insert));
    assert_eq!(sent[0].set, values(json!({"title": "New", "key": "A"})));
    assert!(!f.bring_back(id(9)).await, "it is there");
    let kept = f.store.read(|r| r.deleted_unsent(BAND)).await.unwrap();
    assert!(kept.is_empty(), "it is in the outbox only");
}

#[tokio::test]
async fn a_row_that_was_never_sent_is_kept_until_it_is_made_again_or_its_scope_goes() {
    let f = fixture().synced(5, vec![]).await;
    for n in [8, 9] {
        f.edit(id(n), Op::Insert, json!({"title": "New"})).await;
        f.edit(id(n), Op::Delete, json!({})).await;
    }
    f.edit(id(9), Op::Insert, json!({"title": "Newer"})).await;
    let kept = f.store.read(|r| r.deleted_unsent(BAND)).await.unwrap();
    assert_eq!(kept.iter().map(|row| row.id).collect::<Vec<_>>(), [id(8)]);
    let gone = |tx: &mut WriteTx<'_>| tx.reject_scope(BAND);
    f.store.write(Durability::Full, gone).await.unwrap();
    let kept = f.store.read(|r| r.deleted_unsent(BAND)).await.unwrap();
    assert!(kept.is_empty());
}

#[tokio::test]
async fn rows_that_were_never_sent_are_kept_for_90_days_and_never_more_than_500() {
    let f = fixture().synced(5, vec![]).await;
    let day = 24 * 3_600_000;
    let make = move |tx: &mut WriteTx<'_>| {
        for n in 0..502_i64 {
            tx.now = Timestamp(if n < 10 { 0 } else { 90 * day + n });
            let id = id(100 + u128::try_from(n).unwrap());
            for (op, set) in [
                (Op::Insert, json!({"title": "New"})),
                (Op::Delete, json!({})),
            ] {
                tx.edit(edit_by(op, Kind::Song, id, values(set)))?;
            }
        }
        let young = tx.deleted_unsent(BAND)?;
        tx.now = Timestamp(91 * day);
        for n in 0..20_u128 {
            for (op, set) in [
                (Op::Insert, json!({"title": "New"})),
                (Op::Delete, json!({})),
            ] {
                tx.edit(edit_by(op, Kind::Song, id(1_000 + n), values(set)))?;
            }
        }
        Ok((young, tx.deleted_unsent(BAND)?))
    };
    let (young, full) = f.store.write(Durability::Full, make).await.unwrap();
    assert_eq!(young.len(), 492, "ten are too old");
    assert_eq!(full.len(), 500);
    assert!(
        !full.iter().any(|row| row.at == Timestamp(90 * day + 10)),
        "the oldest went"
    );
}

/// Its delete is on its way, it is brought back, deleted again and brought back again.
#[tokio::test]
async fn a_delete_of_what_is_on_its_way_back_is_taken_back_too() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    f.edit(id(1), Op::Delete, json!({})).await;
    f.send().await;
    assert!(f.bring_back(id(1)).await);
    f.edit(id(1), Op::Delete, json!({})).await;
    assert_eq!(f.song(id(1)).await, None);
    assert!(f.bring_back(id(1)).await);
    assert_eq!(f.song(id(1)).await.unwrap()["title"], "Wonderwall");
    let ops: Vec<Op> = f.entries(id(1)).await.iter().map(|one| one.op).collect();
    assert_eq!(ops, [Op::Delete, Op::Restore]);
}
