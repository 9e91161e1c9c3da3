//! Local edits: what is shown, what is queued, how edits fold, and what an answer does.

use serde_json::json;
use uuid::Uuid;

use super::super::{Durability, Edit, EntryState, Op, PullPage, Reader, Store, WriteTx};
use super::{BAND, ME, config, edit_by, fixture, id, page, rejection, scope_page, song, values};
use crate::error::Error;
use crate::model::{Kind, MutationNo, Rev, ScopeId, Values};

#[tokio::test]
async fn an_edit_is_shown_at_once_and_queued_with_its_base() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    assert!(
        f.edit(id(1), Op::Update, json!({"key": "A", "tempo": 90}))
            .await
    );
    let shown = f.store.read(|r| r.song(id(1))).await.unwrap().unwrap();
    assert_eq!(shown.key.as_deref(), Some("A"));
    assert!(shown.pending && !shown.unread, "own edits mark read");
    let queued = f.entries(id(1)).await;
    assert_eq!(queued.len(), 1);
    assert_eq!(
        queued[0].set,
        values(json!({"key": "A"})),
        "an equal field is no edit"
    );
    assert_eq!(queued[0].base, values(json!({"key": "G"})));
    assert_eq!(queued[0].base_rev, Rev(5));
}

#[tokio::test]
async fn unsent_edits_of_a_row_fold_and_keep_the_first_base() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    f.edit(id(1), Op::Update, json!({"key": "A"})).await;
    f.edit(id(1), Op::Update, json!({"key": "B", "tempo": 100}))
        .await;
    let queued = f.entries(id(1)).await;
    assert_eq!(queued.len(), 1);
    assert_eq!(queued[0].set, values(json!({"key": "B", "tempo": 100})));
    assert_eq!(queued[0].base, values(json!({"key": "G", "tempo": 90})));
    f.edit(id(1), Op::Update, json!({"key": "G", "tempo": 90}))
        .await;
    assert!(
        f.entries(id(1)).await.is_empty(),
        "back to the server's values: nothing to send"
    );
    let shown = f.store.read(|r| r.song(id(1))).await.unwrap().unwrap();
    assert!(!shown.pending);
}

#[tokio::test]
async fn create_edit_delete_before_the_first_sync_is_nothing() {
    let f = fixture();
    f.edit(id(9), Op::Insert, json!({"title": "New"})).await;
    f.edit(id(9), Op::Update, json!({"title": "Newer"})).await;
    assert_eq!(f.entries(id(9)).await.len(), 1);
    f.edit(id(9), Op::Delete, json!({})).await;
    assert!(f.entries(id(9)).await.is_empty());
    assert_eq!(f.song(id(9)).await, None);
    assert!(f.send().await.is_empty());
}

#[tokio::test]
async fn nothing_folds_into_an_edit_in_flight_and_its_content_never_changes() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    f.edit(id(1), Op::Update, json!({"key": "A"})).await;
    let first = f.send().await;
    f.edit(id(1), Op::Update, json!({"key": "B"})).await;
    assert_eq!(
        f.send().await,
        first,
        "resent as it was, and the edit behind it waits"
    );
    let n = first[0].n;
    let answered = f
        .store
        .write(Durability::Full, move |tx| {
            tx.answer(n, Rev(6), &Values::new())
        })
        .await;
    assert_eq!(answered, Ok(true));
    let next = f.send().await;
    assert_eq!(next[0].set, values(json!({"key": "B"})));
    assert_eq!(
        next[0].base,
        values(json!({"key": "A"})),
        "what the server has by then"
    );
    assert_ne!(next[0].n, n);
}

/// A push that chose such a scope would send nothing, and take that for having nothing to send.
#[tokio::test]
async fn a_scope_whose_only_edit_waits_for_one_in_another_scope_has_nothing_to_send() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    let other = ScopeId(Uuid::from_u128(0x0bd));
    let there = json!({"context_type": "band", "context_id": other});
    f.edit(id(1), Op::Update, there).await;
    let n = f.send().await[0].n;
    f.edit(id(1), Op::Update, json!({"key": "B"})).await;
    // Read marks wait in the member's own scope.
    let waiting = f.store.read(|r| r.scopes_to_push()).await.unwrap();
    assert!(waiting.contains(&BAND) && !waiting.contains(&other));
    let answer = move |tx: &mut WriteTx<'_>| tx.answer(n, Rev(6), &Values::new());
    f.store.write(Durability::Full, answer).await.unwrap();
    let waiting = f.store.read(|r| r.scopes_to_push()).await.unwrap();
    assert!(waiting.contains(&other) && !waiting.contains(&BAND));
}

/// A server that was restored from a backup has not yet made this song; the edit brings it back, at a lower revision.
#[tokio::test]
async fn a_row_that_an_edit_brings_back_after_a_reset_is_shown_although_its_revision_is_lower() {
    let f = fixture().synced(9, vec![song(1, 9, "Wonderwall")]).await;
    f.edit(id(1), Op::Update, json!({"key": "A"})).await;
    let mut again = page(1, vec![]);
    again.scopes[0].reset = true;
    again.scopes[0].epoch = Uuid::from_u128(2);
    f.pull(again).await;
    let n = f.send().await[0].n;
    let answer = move |tx: &mut WriteTx<'_>| tx.answer(n, Rev(2), &Values::new());
    f.store.write(Durability::Full, answer).await.unwrap();
    let mut back = song(1, 2, "Wonderwall");
    back["key"] = json!("A");
    let mut next = page(2, vec![back]);
    next.scopes[0].epoch = Uuid::from_u128(2);
    f.pull(next).await;
    let settle = |tx: &mut WriteTx<'_>| tx.sweep_answered(BAND, None);
    f.store.write(Durability::Full, settle).await.unwrap();
    assert_eq!(f.song(id(1)).await.unwrap()["sync_rev"], 2);
}

#[tokio::test]
async fn an_edit_behind_an_insert_in_flight_starts_from_what_the_server_gives_a_new_row() {
    let f = fixture();
    f.edit(id(9), Op::Insert, json!({"title": "New", "key": "G"}))
        .await;
    f.send().await;
    let set = json!({"key": "A", "notes": "drop D", "guitar_tuning": "Drop D"});
    f.edit(id(9), Op::Update, set).await;
    let queued = f.entries(id(9)).await;
    assert_eq!(
        queued[1].base,
        values(json!({"key": "G", "notes": null, "guitar_tuning": "Standard"})),
        "a base that is missing would be a conflict with nobody"
    );
}

/// A new setlist that goes ahead of the song it names: its later edits are no part of it.
#[tokio::test]
async fn an_edit_behind_an_insert_that_waits_starts_from_what_the_server_gives_a_new_row() {
    let f = fixture();
    let (list, new) = (id(50), id(4));
    let edit = async |set| {
        let edit = edit_by(Op::Update, Kind::Setlist, list, values(set));
        f.store.edit(edit).await.unwrap()
    };
    let made = json!({"name": "Tonight", "context_type": "band", "context_id": BAND, "items": []});
    let made = edit_by(Op::Insert, Kind::Setlist, list, values(made));
    f.store.edit(made).await.unwrap();
    f.edit(new, Op::Insert, json!({"title": "New"})).await;
    let items = json!([{"id": "a", "type": "song", "songId": new, "position": 1}]);
    edit(json!({ "items": items })).await;
    edit(json!({"status": "archived", "name": "Today"})).await;
    let queued = f.store.read(move |r| r.entries_of(Kind::Setlist, list));
    let queued = queued.await.unwrap();
    assert_eq!(queued.len(), 2);
    assert_eq!(
        queued[1].base,
        values(json!({"items": [], "name": "Tonight", "status": "draft"})),
        "a base that is missing would be a conflict with nobody"
    );
    edit(json!({"name": "Tonight", "status": "draft"})).await;
    let queued = f.store.read(move |r| r.entries_of(Kind::Setlist, list));
    assert_eq!(
        queued.await.unwrap()[1].set,
        values(json!({ "items": items }))
    );
}

/// In one call the second would start from values that the first has not brought there, if somebody else was quicker.
#[tokio::test]
async fn the_edits_of_a_row_are_one_though_they_name_rows_made_between_them() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    let (list, [first, second]) = (id(50), [id(4), id(5)]);
    let mut row = values(json!({"id": list, "name": "Tonight", "band_id": BAND, "items": []}));
    row.extend(values(
        json!({"sync_rev": 6, "sync_by_rev": 6, "sync_other_rev": 0}),
    ));
    let mut at_6 = scope_page(BAND, 6, vec![]);
    at_6.rows = [("setlist".to_owned(), vec![row])].into();
    f.pull(PullPage {
        scopes: vec![at_6],
        gone: vec![],
    })
    .await;
    for at in 1..=2 {
        let new = [first, second][at - 1];
        f.edit(new, Op::Insert, json!({"title": "New"})).await;
        let item = |song| json!({"id": song, "type": "song", "songId": song});
        let items: Vec<_> = [first, second][..at].iter().map(item).collect();
        let edit = edit_by(
            Op::Update,
            Kind::Setlist,
            list,
            values(json!({ "items": items })),
        );
        f.store.edit(edit).await.unwrap();
    }
    let sent = f.send().await;
    let rows: Vec<_> = sent.iter().map(|one| one.id).collect();
    assert_eq!(rows, [first, second, list]);
    assert_eq!(sent[2].base, values(json!({"items": []})));
    assert_eq!(sent[2].set["items"][1]["songId"], json!(second));
}

#[tokio::test]
async fn an_edit_behind_one_that_is_queued_again_waits_for_its_answer() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    f.edit(id(1), Op::Update, json!({"notes": "first"})).await;
    f.send().await;
    f.edit(id(1), Op::Update, json!({"notes": "second"})).await;
    f.store
        .write(Durability::Full, |tx| tx.new_client_id())
        .await
        .unwrap();
    let sent = f.send().await;
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].set["notes"], "first");
    let n = sent[0].n;
    let answer = move |tx: &mut WriteTx<'_>| tx.answer(n, Rev(6), &Values::new());
    f.store.write(Durability::Full, answer).await.unwrap();
    assert_eq!(f.send().await[0].set["notes"], "second");
}

#[tokio::test]
async fn an_undone_delete_brings_earlier_unsent_edits_back() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    f.edit(id(1), Op::Update, json!({"key": "A"})).await;
    f.edit(id(1), Op::Delete, json!({})).await;
    assert_eq!(f.song(id(1)).await, None);
    f.edit(id(1), Op::Restore, json!({})).await;
    assert_eq!(f.song(id(1)).await.unwrap()["key"], "A");
    assert_eq!(f.entries(id(1)).await[0].op, Op::Update);
}

/// The server was restored between its answer and the first reading: the revision of the answer never comes.
#[tokio::test]
async fn an_answered_edit_goes_with_the_first_reading_whatever_its_revision() {
    let f = fixture();
    f.edit(id(9), Op::Insert, json!({"title": "New"})).await;
    let n = f.send().await[0].n;
    let answer = move |tx: &mut WriteTx<'_>| tx.answer(n, Rev(70), &Values::new());
    assert_eq!(f.store.write(Durability::Full, answer).await, Ok(true));
    f.pull(page(3, vec![song(1, 3, "Wonderwall")])).await;
    assert!(f.entries(id(9)).await.is_empty());
    assert_eq!(
        f.song(id(9)).await,
        None,
        "the server does not have it any more"
    );
}

#[tokio::test]
async fn an_answered_edit_is_shown_until_the_pull_reaches_its_revision() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    f.edit(id(1), Op::Update, json!({"key": "A"})).await;
    let n = f.send().await[0].n;
    let done = f
        .store
        .write(Durability::Full, move |tx| {
            tx.answer(n, Rev(7), &Values::new())
        })
        .await;
    assert_eq!(done, Ok(true));
    f.pull(page(6, vec![song(2, 6, "Other")])).await;
    assert_eq!(f.song(id(1)).await.unwrap()["key"], "A");
    assert_eq!(f.entries(id(1)).await[0].state, EntryState::Answered);
    let mut mine = song(1, 7, "Wonderwall");
    mine["key"] = json!("A");
    mine["sync_by"] = json!(ME);
    f.pull(page(7, vec![mine])).await;
    assert!(f.entries(id(1)).await.is_empty());
    let shown = f.store.read(|r| r.song(id(1))).await.unwrap().unwrap();
    assert_eq!(
        (shown.key.as_deref(), shown.pending, shown.unread),
        (Some("A"), false, false)
    );
    let acked = f.store.read(|r| r.acked()).await;
    assert_eq!(acked, Ok(n));
}

#[tokio::test]
async fn a_refused_edit_is_rejected_and_the_servers_value_shown_again() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    f.edit(id(1), Op::Delete, json!({})).await;
    let n = f.send().await[0].n;
    let rejection = rejection("42501");
    let kept = rejection.clone();
    let rejected = f
        .store
        .write(Durability::Full, move |tx| tx.reject(n, rejection))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(rejected.rejection, Some(kept));
    assert_eq!(f.song(id(1)).await.unwrap()["title"], "Wonderwall");
    f.store
        .write(Durability::Full, move |tx| tx.retry_rejected(rejected.seq))
        .await
        .unwrap();
    assert_eq!(f.song(id(1)).await, None, "shown as deleted again");
    assert_eq!(f.entries(id(1)).await[0].rejection, None);
    assert_ne!(f.send().await[0].n, n, "a new number");
}

#[tokio::test]
async fn an_edit_behind_a_refused_one_starts_from_what_the_server_has() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    f.edit(id(1), Op::Update, json!({"key": "A"})).await;
    let n = f.send().await[0].n;
    f.edit(id(1), Op::Update, json!({"key": "B"})).await;
    let refused = move |tx: &mut WriteTx<'_>| tx.reject(n, rejection("42501"));
    f.store.write(Durability::Full, refused).await.unwrap();
    let later = f.send().await.remove(0);
    assert_eq!(
        (&later.set["key"], &later.base["key"]),
        (&json!("B"), &json!("G"))
    );
}

#[tokio::test]
async fn what_is_tried_again_goes_to_where_its_row_is_now() {
    for (op, set) in [(Op::Update, json!({"key": "A"})), (Op::Delete, json!({}))] {
        let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
        f.edit(id(1), op, set).await;
        let n = f.send().await[0].n;
        let reject = move |tx: &mut WriteTx<'_>| tx.reject(n, rejection("RO003"));
        let rejected = f.store.write(Durability::Full, reject).await.unwrap();
        let other = ScopeId(Uuid::from_u128(0xbad2));
        let mut moved = song(1, 3, "Wonderwall");
        (moved["context_id"], moved["sync_scope"]) = (json!(other), json!(other));
        let page = PullPage {
            scopes: vec![scope_page(other, 4, vec![moved])],
            gone: Vec::new(),
        };
        f.pull(page).await;
        let seq = rejected.unwrap().seq;
        let again = move |tx: &mut WriteTx<'_>| tx.retry_rejected(seq);
        f.store.write(Durability::Full, again).await.unwrap();
        let queued = &f.entries(id(1)).await[0];
        let seen = if op == Op::Delete { 4 } else { 3 };
        assert_eq!(
            (queued.scope, queued.base_rev),
            (other, Rev(seen)),
            "{op:?}"
        );
    }
}

#[tokio::test]
async fn a_merge_is_based_on_what_the_author_of_its_edit_had_seen() {
    for later in [false, true] {
        let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
        f.edit(id(1), Op::Update, json!({"notes": "mine"})).await;
        let n = f.send().await[0].n;
        f.pull(page(9, vec![song(1, 9, "Wonderwall")])).await;
        if later {
            f.edit(id(1), Op::Update, json!({"key": "A"})).await;
        }
        let [both, theirs] = ["both", "theirs"].map(|notes| values(json!({"notes": notes})));
        let merge = Edit::merge(Kind::Song, id(1), both, theirs);
        let settle = move |tx: &mut WriteTx<'_>| {
            tx.answer(n, Rev(9), &values(json!({"notes": "theirs"})))?;
            tx.edit(merge)
        };
        f.store.write(Durability::Full, settle).await.unwrap();
        let queued = f.entries(id(1)).await.pop().unwrap();
        assert_eq!(queued.set["notes"], "both");
        assert_eq!(queued.base_rev, Rev(5), "with a later edit: {later}");
    }
}

#[tokio::test]
async fn a_new_client_id_queues_sent_edits_again() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    f.edit(id(1), Op::Update, json!({"key": "A"})).await;
    f.send().await;
    let old = f.store.read(|r| r.client_id()).await.unwrap();
    let new = f
        .store
        .write(Durability::Full, |tx| tx.new_client_id())
        .await
        .unwrap();
    assert_ne!(old, new);
    assert_eq!(f.send().await[0].n, MutationNo(1));
}

#[tokio::test]
async fn what_cannot_be_stored_is_refused_and_nul_is_taken_out() {
    let f = fixture();
    f.edit(
        id(1),
        Op::Insert,
        json!({"title": "a\u{0}b", "reference_links": [{"u\u{0}": "\u{0}"}]}),
    )
    .await;
    let row = f.song(id(1)).await.unwrap();
    assert_eq!(row["title"], "ab");
    assert_eq!(row["reference_links"], json!([{"u": ""}]));
    let wrong = [
        (Kind::Song, Op::Update, id(2), json!({"key": "A"})),
        (Kind::Song, Op::Insert, id(1), json!({"title": "x"})),
        (Kind::Song, Op::Update, id(1), json!({"bpm": 1})),
        (Kind::Song, Op::Update, id(1), json!({"version": 1})),
        (Kind::Membership, Op::Update, id(1), json!({})),
    ];
    for (kind, op, row, set) in wrong {
        let edit = edit_by(op, kind, row, values(set));
        let refused = f.store.edit(edit.clone()).await;
        let Err(Error::Invalid { .. } | Error::NotFound { .. } | Error::UnknownColumn { .. }) =
            refused
        else {
            panic!("{edit:?}: {refused:?}");
        };
    }
}

#[tokio::test]
async fn edits_and_numbers_survive_a_restart() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    f.edit(id(1), Op::Update, json!({"key": "A"})).await;
    let sent = f.send().await;
    f.edit(id(2), Op::Insert, json!({"title": "New"})).await;
    drop(f.store);
    let store = Store::open(&config(&f.dir, ME)).unwrap();
    let f = super::Fixture { dir: f.dir, store };
    let again = f.send().await;
    assert_eq!(again[0], sent[0]);
    assert_eq!(again.len(), 2);
    assert_eq!(f.song(id(1)).await.unwrap()["key"], "A");
}

/// A song whose notes the server sent shortened.
fn cut_song(rev: i64) -> serde_json::Value {
    let mut cut = song(1, rev, "Wonderwall");
    cut["notes"] = json!("the beginning");
    cut["sync_too_large"] = json!(["notes"]);
    cut
}

#[tokio::test]
async fn a_value_that_came_shortened_is_not_changed_and_the_others_are() {
    let f = fixture().synced(5, vec![cut_song(5)]).await;
    let form = values(json!({"key": "A", "notes": "the beginning, and more"}));
    let refused = f.store.edit(Edit::update(Kind::Song, id(1), form)).await;
    let expected = Error::Invalid {
        field: "notes",
        reason: "it is too long for a phone; change it in the web app",
    };
    assert_eq!(refused, Err(expected));
    assert!(f.entries(id(1)).await.is_empty());
    let form = json!({"key": "A", "notes": "the beginning"});
    assert!(f.edit(id(1), Op::Update, form).await, "notes as shown");
    assert_eq!(f.entries(id(1)).await[0].set, values(json!({"key": "A"})));
    f.pull(page(6, vec![song(1, 6, "Wonderwall")])).await;
    assert!(f.edit(id(1), Op::Update, json!({"notes": "b"})).await);
}

#[tokio::test]
async fn every_typed_row_names_what_came_shortened() {
    let f = fixture();
    let mut all = page(5, vec![cut_song(5)]);
    for (table, name) in [("setlist", "name"), ("show", "name"), ("practice", "type")] {
        let row = json!({"id": id(1), name: "x", "context_type": "band", "context_id": BAND, "band_id": BAND,
                         "sync_scope": BAND, "sync_rev": 5, "sync_too_large": ["notes"]});
        all.scopes[0]
            .rows
            .insert(table.to_owned(), vec![values(row)]);
    }
    f.pull(all).await;
    let of = |reader: &Reader<'_>| {
        let found = [
            reader.song(id(1))?.map(|row| row.shortened),
            reader.setlist(id(1))?.map(|row| row.shortened),
            reader.show(id(1))?.map(|row| row.shortened),
            reader.practice(id(1))?.map(|row| row.shortened),
        ];
        Ok(found)
    };
    let found = f.store.read(of).await.unwrap();
    let notes = vec!["notes".to_owned()];
    assert!(
        found.iter().all(|columns| columns.as_ref() == Some(&notes)),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_row_that_is_sent_whole_goes_without_what_came_shortened() {
    let f = fixture().synced(5, vec![cut_song(5)]).await;
    f.edit(id(1), Op::Update, json!({"key": "A"})).await;
    let n = f.send().await[0].n;
    f.store
        .write(Durability::Full, move |tx| tx.resend_whole(n))
        .await
        .unwrap();
    let sent = f.send().await;
    assert_eq!(
        (sent[0].op, &sent[0].set["key"]),
        (Op::Restore, &json!("A"))
    );
    assert_ne!(sent[0].n, n, "the old number has its answer for good");
    assert_eq!(sent[0].set["title"], json!("Wonderwall"));
    let others = ["notes", "sync_too_large"];
    assert!(others.iter().all(|name| !sent[0].set.contains_key(*name)));
}

#[tokio::test]
async fn a_merge_with_what_the_server_has_now_goes_out_although_the_row_came_shortened() {
    let f = fixture().synced(5, vec![cut_song(5)]).await;
    let [both, theirs] = ["both", "theirs"].map(|notes| values(json!({"notes": notes})));
    let merged = Edit::merge(Kind::Song, id(1), both, theirs);
    assert_eq!(f.store.edit(merged).await, Ok(true));
}

/// Folded into the new list, the item would reach the server before the song that it names, and the list be refused.
#[tokio::test]
async fn a_song_made_after_its_setlist_is_sent_before_the_edit_that_names_it() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    let (list, new) = (id(50), id(4));
    let edit = async |kind, row, op, set| {
        f.store
            .edit(edit_by(op, kind, row, values(set)))
            .await
            .unwrap()
    };
    let item = |song| json!([{"id": "a", "type": "song", "songId": song, "position": 1}]);
    let empty = json!({"name": "Tonight", "context_type": "band", "context_id": BAND, "items": []});
    edit(Kind::Setlist, list, Op::Insert, empty).await;
    edit(
        Kind::Setlist,
        list,
        Op::Update,
        json!({"items": item(id(1))}),
    )
    .await;
    let added = json!({"title": "New", "context_type": "band", "context_id": BAND});
    edit(Kind::Song, new, Op::Insert, added).await;
    edit(Kind::Setlist, list, Op::Update, json!({"items": item(new)})).await;
    let sent = f.send().await;
    let sent: Vec<_> = sent.iter().map(|one| (one.id, one.op)).collect();
    assert_eq!(
        sent,
        [(list, Op::Insert), (new, Op::Insert), (list, Op::Update)]
    );
}
