//! A delete that met a change that its author had not seen: on what it is based, and what choosing does.

use serde_json::json;

use super::super::{
    Asks, Conflict, ConflictDetails, Durability, Edit, EntryState, Op, Rejection, Side, WriteTx,
};
use super::{BAND, Fixture, fixture, id, page, song, unfinished, values};
use crate::model::{Kind, RefusalCode, Rev};

/// Edits and deletes a song, which somebody else has changed meanwhile; the server refuses.
async fn crossed(f: &Fixture) -> Conflict {
    f.edit(id(1), Op::Update, json!({"notes": "capo 2"})).await;
    f.edit(id(1), Op::Delete, json!({})).await;
    crossed_again(f).await;
    let mut theirs = song(1, 7, "Wonderwall");
    theirs["key"] = json!("Em");
    f.pull(page(7, vec![theirs])).await;
    f.store.read(|r| r.conflicts(10)).await.unwrap().remove(0)
}

/// The server refuses the delete that waits.
async fn crossed_again(f: &Fixture) -> Conflict {
    let n = f.send().await[0].n;
    let reject = move |tx: &mut WriteTx<'_>| {
        let rejection = Rejection {
            code: RefusalCode::Crossed,
            reason: None,
            field: None,
        };
        let rejected = tx.reject(n, rejection)?.unwrap();
        let found = ConflictDetails {
            scope: BAND,
            kind: Kind::Song,
            row: id(1),
            asks: Asks::Delete,
            field: String::new(),
            mine: json!(null),
            theirs: json!(["key"]),
            by: None,
            by_name: None,
        };
        tx.add_crossing(&found, &rejected)
    };
    f.store.write(Durability::Full, reject).await.unwrap();
    f.store.read(|r| r.conflicts(10)).await.unwrap().remove(0)
}

async fn choose(f: &Fixture, conflict: Conflict, insist: bool) {
    let settle = move |tx: &mut WriteTx<'_>| {
        tx.settle_crossing(&conflict, insist)?;
        tx.close_conflict(conflict.id)
    };
    f.store.write(Durability::Full, settle).await.unwrap();
}

#[tokio::test]
async fn a_delete_is_based_on_what_was_shown_when_it_was_made() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    f.edit(id(1), Op::Update, json!({"key": "A"})).await;
    assert_eq!(f.entries(id(1)).await[0].base_rev, Rev(5));
    f.pull(page(7, vec![song(1, 7, "Wonderwall 2")])).await;
    f.edit(id(1), Op::Delete, json!({})).await;
    let queued = f.entries(id(1)).await;
    assert_eq!((queued.len(), queued[0].base_rev), (1, Rev(7)));
}

#[tokio::test]
async fn what_came_below_an_own_unsent_value_was_not_shown_to_who_deletes() {
    for (sent, theirs, base_rev) in [(false, "B", 5), (true, "B", 5), (false, "A", 7)] {
        let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
        f.edit(id(1), Op::Update, json!({"key": "A"})).await;
        if sent {
            f.send().await;
        }
        let mut changed = song(1, 7, "Wonderwall");
        changed["key"] = json!(theirs);
        f.pull(page(7, vec![changed])).await;
        assert_eq!(f.song(id(1)).await.unwrap()["key"], "A");
        f.edit(id(1), Op::Delete, json!({})).await;
        let queued = f.entries(id(1)).await;
        let delete = queued.last().unwrap();
        let found = (delete.op, delete.base_rev);
        assert_eq!(found, (Op::Delete, Rev(base_rev)), "{sent} {theirs}");
    }
}

#[tokio::test]
async fn a_delete_and_a_new_row_are_based_on_all_that_is_shown_of_their_scope() {
    let f = fixture().synced(9, vec![song(1, 5, "Wonderwall")]).await;
    f.edit(id(1), Op::Update, json!({"key": "A"})).await;
    assert_eq!(f.entries(id(1)).await[0].base_rev, Rev(5), "of the row");
    f.edit(id(1), Op::Delete, json!({})).await;
    assert_eq!(
        f.entries(id(1)).await[0].base_rev,
        Rev(9),
        "who uses it, too"
    );
    f.edit(id(2), Op::Insert, json!({"title": "New"})).await;
    assert_eq!(f.entries(id(2)).await[0].base_rev, Rev(9));
}

#[tokio::test]
async fn in_the_middle_of_a_large_page_commit_a_delete_is_based_on_what_is_still_shown() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    f.store
        .stage(unfinished(7, vec![song(1, 7, "Wonderwall 2")]))
        .await
        .unwrap();
    let delete = Edit::delete(Kind::Song, id(1));
    let half = |tx: &mut WriteTx<'_>| {
        tx.begin_page_commit(&[BAND])?;
        tx.commit_page_chunk(&[BAND], 2)?;
        tx.edit(delete)
    };
    f.store.write(Durability::Full, half).await.unwrap();
    assert_eq!(f.entries(id(1)).await[0].base_rev, Rev(5));
}

#[tokio::test]
async fn a_first_sync_shows_what_came_after_an_answered_edit() {
    let f = fixture();
    f.edit(id(1), Op::Insert, json!({"title": "Mine"})).await;
    let n = f.send().await[0].n;
    let answer = move |tx: &mut WriteTx<'_>| tx.answer(n, Rev(5), &values(json!({})));
    f.store.write(Durability::Full, answer).await.unwrap();
    f.store
        .stage(unfinished(9, vec![song(1, 9, "Theirs")]))
        .await
        .unwrap();
    assert_eq!(f.song(id(1)).await.unwrap()["title"], "Theirs");
    assert!(f.entries(id(1)).await.is_empty(), "it is in the row");
    f.edit(id(1), Op::Delete, json!({})).await;
    assert_eq!(f.entries(id(1)).await[0].base_rev, Rev(9));
}

#[tokio::test]
async fn a_first_sync_keeps_an_answered_edit_over_a_row_of_before() {
    let f = fixture();
    f.edit(id(1), Op::Insert, json!({"title": "Mine"})).await;
    let n = f.send().await[0].n;
    let answer = move |tx: &mut WriteTx<'_>| tx.answer(n, Rev(9), &values(json!({})));
    f.store.write(Durability::Full, answer).await.unwrap();
    f.store
        .stage(unfinished(7, vec![song(1, 7, "Before")]))
        .await
        .unwrap();
    assert_eq!(f.song(id(1)).await.unwrap()["title"], "Mine");
}

#[tokio::test]
async fn a_new_row_that_a_list_names_is_sent_though_it_is_gone_again() {
    let f = fixture().synced(5, vec![]).await;
    f.edit(id(1), Op::Insert, json!({"title": "Named"})).await;
    f.edit(id(2), Op::Insert, json!({"title": "Alone"})).await;
    let items = json!([{"id": "1", "type": "song", "songId": id(1)}]);
    let list = Edit::create(
        BAND,
        Kind::Setlist,
        id(3),
        values(json!({"name": "Set", "items": items})),
    );
    f.store
        .write(Durability::Full, move |tx| tx.edit(list))
        .await
        .unwrap();
    f.edit(id(2), Op::Delete, json!({})).await;
    assert!(f.entries(id(2)).await.is_empty(), "nobody will ask for it");
    f.edit(id(1), Op::Delete, json!({})).await;
    let ops: Vec<Op> = f
        .entries(id(1))
        .await
        .iter()
        .map(|entry| entry.op)
        .collect();
    assert_eq!(ops, [Op::Insert, Op::Delete]);
    let back = |tx: &mut WriteTx<'_>| tx.bring_back(BAND, Kind::Song, id(1));
    assert_eq!(f.store.write(Durability::Full, back).await, Ok(true));
    assert_eq!(
        f.entries(id(1)).await.len(),
        1,
        "as if it had never been deleted"
    );
    assert_eq!(f.song(id(1)).await.unwrap()["title"], "Named");
}

#[tokio::test]
async fn a_delete_that_met_a_change_is_a_conflict_and_no_refused_edit() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    let conflict = crossed(&f).await;
    assert_eq!(conflict.live, Side::Theirs);
    assert_eq!(f.song(id(1)).await.unwrap()["key"], "Em", "it is back");
    let counts = f.store.read(|r| r.outbox_counts()).await.unwrap();
    assert_eq!(
        (counts.unsent, counts.rejected, counts.conflicts),
        (0, 0, 1)
    );
    assert!(
        f.store
            .read(|r| r.rejected_edits(10))
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn a_delete_that_meets_a_second_change_keeps_what_was_typed_before_the_first() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    crossed(&f).await;
    f.edit(id(1), Op::Delete, json!({})).await;
    let conflict = crossed_again(&f).await;
    choose(&f, conflict, false).await;
    let queued = f.entries(id(1)).await;
    assert_eq!(queued.len(), 1, "one question, one edit");
    assert_eq!(queued[0].set, values(json!({"notes": "capo 2"})));
}

#[tokio::test]
async fn keeping_the_row_sends_what_was_typed_before_the_delete() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    let conflict = crossed(&f).await;
    choose(&f, conflict, false).await;
    let queued = f.entries(id(1)).await;
    assert_eq!((queued.len(), queued[0].op), (1, Op::Update));
    assert_eq!(queued[0].set, values(json!({"notes": "capo 2"})));
    let shown = f.song(id(1)).await.unwrap();
    assert_eq!(
        (&shown["key"], &shown["notes"]),
        (&json!("Em"), &json!("capo 2"))
    );
}

#[tokio::test]
async fn deleting_anyway_is_based_on_what_is_shown_then() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    let conflict = crossed(&f).await;
    choose(&f, conflict, true).await;
    let queued = f.entries(id(1)).await;
    assert_eq!(
        (queued[0].op, queued[0].base_rev, queued[0].state),
        (Op::Delete, Rev(7), EntryState::Queued)
    );
    assert!(queued[0].set.is_empty() && f.song(id(1)).await.is_none());
}

#[tokio::test]
async fn bringing_a_row_back_withdraws_an_unsent_delete_and_asks_for_a_sent_one() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    let back = |tx: &mut WriteTx<'_>| tx.bring_back(BAND, Kind::Song, id(1));
    assert_eq!(f.store.write(Durability::Full, back).await, Ok(false));
    f.edit(id(1), Op::Delete, json!({})).await;
    assert_eq!(f.store.write(Durability::Full, back).await, Ok(true));
    assert!(f.entries(id(1)).await.is_empty(), "nothing to send");
    f.edit(id(1), Op::Update, json!({"notes": "capo 2"})).await;
    f.edit(id(1), Op::Delete, json!({})).await;
    f.send().await;
    assert_eq!(f.store.write(Durability::Full, back).await, Ok(true));
    let last = f.entries(id(1)).await.pop().unwrap();
    assert_eq!(last.op, Op::Restore);
    assert_eq!(last.set, values(json!({"notes": "capo 2"})), "typed before");
    assert_eq!(f.song(id(1)).await.unwrap()["notes"], "capo 2");
}
