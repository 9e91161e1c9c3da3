//! What a pull does to the rows.

use serde_json::json;

use uuid::Uuid;

use super::super::{
    Durability, Edit, EntryState, Op, OutboxCounts, PullPage, Song, SongQuery, Tombstone,
};
use super::{BAND, SAM, fixture, id, page, rejection, scope_page, song, values};
use crate::error::Error;
use crate::model::{Kind, Rev, ScopeId, Values};

#[tokio::test]
async fn a_server_row_round_trips_verbatim_with_columns_nobody_here_knows() {
    let mut row = song(1, 5, "Wonderwall");
    row["tempo"] = json!(90.5);
    row["tuning_id"] = json!({"new": [1, 2]});
    let f = fixture().synced(5, vec![row.clone()]).await;
    let mut expected = values(row);
    expected.retain(|name, value| !value.is_null() && name != "sync_scope");
    assert_eq!(f.song(id(1)).await.unwrap(), expected);
}

#[tokio::test]
async fn a_pull_keeps_a_pending_edit_on_top_of_the_new_server_row() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    f.edit(id(1), Op::Update, json!({"key": "A"})).await;
    let mut newer = song(1, 6, "Wonderwall (live)");
    newer["key"] = json!("C");
    f.pull(page(6, vec![newer])).await;
    let shown = f.song(id(1)).await.unwrap();
    assert_eq!(
        (&shown["key"], &shown["title"]),
        (&json!("A"), &json!("Wonderwall (live)"))
    );
    assert_eq!(f.entries(id(1)).await[0].base, values(json!({"key": "G"})));
}

fn tombstone(n: u128, rev: i64) -> Tombstone {
    Tombstone {
        kind: "song".to_owned(),
        id: id(n),
        rev: Rev(rev),
        actor: Some(SAM.0),
        actor_name: Some("Sam".to_owned()),
        title: Some("Wonderwall".to_owned()),
    }
}

fn with_tombstone(rev: i64, n: u128, at: i64) -> PullPage {
    let mut page = page(rev, vec![]);
    page.scopes[0].tombstones.push(tombstone(n, at));
    page
}

#[tokio::test]
async fn an_older_revision_of_the_same_scope_is_ignored_and_an_equal_one_applied() {
    let f = fixture().synced(5, vec![song(1, 5, "Five")]).await;
    f.pull(page(6, vec![song(1, 4, "Four")])).await;
    assert_eq!(f.song(id(1)).await.unwrap()["title"], "Five");
    f.pull(page(6, vec![song(1, 5, "Five, whole")])).await;
    assert_eq!(f.song(id(1)).await.unwrap()["title"], "Five, whole");
}

#[tokio::test]
async fn the_list_is_in_order_after_a_change_that_moves_a_row_and_after_one_that_leaves_it() {
    let f = fixture()
        .synced(5, vec![song(1, 5, "Beta"), song(2, 5, "Delta")])
        .await;
    let shown = async || {
        let all = SongQuery {
            limit: 9,
            ..SongQuery::default()
        };
        let songs = f.store.read(move |r| r.songs(&all)).await.unwrap();
        let line = |song: Song| format!("{} {}", song.title, song.key.unwrap_or_default());
        songs.into_iter().map(line).collect::<Vec<_>>()
    };
    let mut row = song(1, 6, "Beta");
    row["key"] = json!("C");
    f.pull(page(6, vec![row])).await;
    assert_eq!(shown().await, ["Beta C", "Delta G"]);
    f.pull(page(7, vec![song(1, 7, "Epsilon")])).await;
    assert_eq!(shown().await, ["Delta G", "Epsilon G"]);
}

#[tokio::test]
async fn a_row_of_another_scope_replaces_and_its_old_scopes_tombstone_leaves_it() {
    let other = ScopeId(Uuid::from_u128(0xbee));
    for tombstone_first in [true, false] {
        let f = fixture().synced(50, vec![song(1, 50, "Here")]).await;
        f.pull(PullPage {
            scopes: vec![scope_page(other, 1, vec![])],
            gone: vec![],
        })
        .await;
        let mut leaves = scope_page(BAND, 51, vec![]);
        leaves.tombstones.push(tombstone(1, 51));
        let arrives = scope_page(other, 2, vec![song(1, 2, "There")]);
        let scopes = if tombstone_first {
            vec![leaves, arrives]
        } else {
            vec![arrives, leaves]
        };
        f.pull(PullPage {
            scopes,
            gone: vec![],
        })
        .await;
        assert_eq!(f.song(id(1)).await.unwrap()["title"], "There");
        let scope = f.store.read(|r| r.scope_of(Kind::Song, id(1))).await;
        assert_eq!(scope, Ok(Some(other)));
    }
}

#[tokio::test]
async fn a_tombstone_removes_only_a_lower_revision() {
    let f = fixture().synced(5, vec![song(1, 5, "Back again")]).await;
    f.pull(with_tombstone(6, 1, 4)).await;
    assert!(f.song(id(1)).await.is_some());
    f.pull(with_tombstone(7, 1, 7)).await;
    assert_eq!(f.song(id(1)).await, None);
    let log = f
        .store
        .read(|r| r.log_of_row(Kind::Song, id(1), 1))
        .await
        .unwrap();
    assert_eq!(log[0].actor_name.as_deref(), Some("Sam"));
    assert_eq!(log[0].title.as_deref(), Some("Wonderwall"));
}

#[tokio::test]
async fn a_tombstone_of_a_read_mark_is_passed_over_and_the_pull_goes_on() {
    let f = fixture().synced(5, vec![song(1, 5, "Five")]).await;
    let mut pulled = with_tombstone(6, 2, 6);
    pulled.scopes[0].tombstones[0].kind = "read_mark".to_owned();
    f.pull(pulled).await;
    f.pull(page(7, vec![song(1, 7, "Seven")])).await;
    assert_eq!(f.song(id(1)).await.unwrap()["title"], "Seven");
}

#[tokio::test]
async fn edit_beats_delete_and_the_row_goes_when_the_edit_is_given_up() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    f.edit(id(1), Op::Update, json!({"key": "A"})).await;
    f.pull(with_tombstone(6, 1, 6)).await;
    assert_eq!(f.song(id(1)).await.unwrap()["key"], "A");
    assert_eq!(
        f.store.read(|r| r.server_row(Kind::Song, id(1))).await,
        Ok(None)
    );
    let n = f.send().await[0].n;
    let rejection = rejection("42501");
    f.store
        .write(Durability::Full, move |tx| tx.reject(n, rejection))
        .await
        .unwrap();
    assert_eq!(f.song(id(1)).await, None);
}

#[tokio::test]
async fn an_own_delete_stays_deleted_while_the_server_still_has_the_row() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    f.edit(id(1), Op::Delete, json!({})).await;
    f.pull(page(6, vec![song(1, 6, "Changed meanwhile")])).await;
    assert_eq!(f.song(id(1)).await, None);
    let n = f.send().await[0].n;
    f.store
        .write(Durability::Full, move |tx| {
            tx.answer(n, Rev(7), &Values::new())
        })
        .await
        .unwrap();
    f.pull(with_tombstone(7, 1, 7)).await;
    assert_eq!(f.song(id(1)).await, None);
    assert!(f.entries(id(1)).await.is_empty());
}

#[tokio::test]
async fn an_unsent_move_out_of_a_scope_does_not_keep_its_row_when_the_scope_goes() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    let elsewhere = ScopeId(Uuid::from_u128(0xbed));
    f.pull(PullPage {
        scopes: vec![scope_page(elsewhere, 1, vec![])],
        gone: vec![],
    })
    .await;
    let to = json!({"context_type": "band", "context_id": elsewhere});
    f.edit(id(1), Op::Update, to.clone()).await;
    f.edit(id(9), Op::Insert, json!({"title": "New"})).await;
    f.edit(id(9), Op::Update, to).await;
    f.pull(PullPage {
        scopes: vec![],
        gone: vec![BAND],
    })
    .await;
    assert_eq!(
        f.song(id(1)).await,
        None,
        "another band's row, moved only here"
    );
    assert_eq!(f.entries(id(1)).await[0].state, EntryState::Rejected);
    let new = f.entries(id(9)).await;
    assert_eq!(
        (new[0].scope, new[0].state),
        (elsewhere, EntryState::Queued),
        "a new row was never in the scope it was moved out of"
    );
    assert_eq!(f.song(id(9)).await.unwrap()["title"], "New");
}

#[tokio::test]
async fn a_gone_scope_loses_its_rows_and_keeps_its_edits_rejected() {
    let f = fixture()
        .synced(5, vec![song(1, 5, "Wonderwall"), song(2, 5, "Other")])
        .await;
    f.edit(id(1), Op::Update, json!({"key": "A"})).await;
    f.pull(PullPage {
        scopes: vec![],
        gone: vec![BAND],
    })
    .await;
    assert_eq!(f.song(id(1)).await, None);
    assert_eq!(f.song(id(2)).await, None);
    assert_eq!(f.store.read(|r| r.scopes()).await, Ok(vec![]));
    let rejected = f.store.read(|r| r.rejected_edits(10)).await.unwrap();
    assert_eq!(rejected[0].rejection, rejection("scope_gone"));
    assert_eq!(rejected[0].set, values(json!({"key": "A"})));
}

#[tokio::test]
async fn a_reset_replaces_the_scope_and_keeps_unsent_edits() {
    let f = fixture()
        .synced(
            90,
            vec![
                song(1, 90, "Edited"),
                song(2, 80, "Lost"),
                song(3, 70, "Kept"),
            ],
        )
        .await;
    f.edit(id(1), Op::Update, json!({"key": "A"})).await;
    let mut reset = page(3, vec![song(3, 2, "Kept, older"), song(4, 3, "New")]);
    reset.scopes[0].reset = true;
    reset.scopes[0].epoch = Uuid::from_u128(2);
    f.pull(reset).await;
    assert_eq!(
        f.song(id(1)).await.unwrap()["key"],
        "A",
        "edit beats delete"
    );
    assert_eq!(f.song(id(2)).await, None);
    assert_eq!(f.song(id(3)).await.unwrap()["title"], "Kept, older");
    assert!(f.song(id(4)).await.is_some());
    let scope = f.store.read(|r| r.scope(BAND)).await.unwrap().unwrap();
    assert_eq!((scope.rev, scope.epoch), (Rev(3), Some(Uuid::from_u128(2))));
}

#[tokio::test]
async fn a_page_that_cannot_be_applied_changes_nothing() {
    let f = fixture().synced(5, vec![]).await;
    let mut nameless = song(2, 6, "No id");
    nameless["id"] = json!(7);
    let refused = f
        .store
        .commit_pages(page(6, vec![song(1, 6, "Fine"), nameless]), |_, _| Ok(()))
        .await;
    assert!(matches!(refused, Err(Error::Protocol { .. })));
    assert_eq!(f.song(id(1)).await, None);
    let mut strange = page(6, vec![]);
    strange.scopes[0].epoch = Uuid::from_u128(9);
    let refused = f.store.commit_pages(strange, |_, _| Ok(())).await;
    assert!(
        matches!(refused, Err(Error::Protocol { .. })),
        "another epoch without a reset"
    );
    let scope = f.store.read(|r| r.scope(BAND)).await.unwrap().unwrap();
    assert_eq!(scope.rev, Rev(5));
}

/// D8: the web app's mapping of realtime rows drops fields and replaces the row.
#[tokio::test]
async fn d08_a_remote_edit_of_one_field_keeps_every_other_field_of_the_row() {
    let mut row = song(1, 5, "Old title");
    row["tuning_id"] = json!("drop-d");
    let f = fixture().synced(5, vec![row.clone()]).await;
    let before = f.song(id(1)).await.unwrap();
    row["title"] = json!("New title");
    row["sync_rev"] = json!(6);
    f.pull(page(6, vec![row])).await;
    let mut expected = before;
    expected.insert("title".to_owned(), json!("New title"));
    expected.insert("sync_rev".to_owned(), json!(6));
    assert_eq!(f.song(id(1)).await.unwrap(), expected);
}

/// D9: the web app overwrites server timestamps on first arrival.
#[tokio::test]
async fn d09_stored_timestamps_are_the_servers_to_the_last_digit() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    f.edit(id(1), Op::Update, json!({"key": "A"})).await;
    f.pull(page(6, vec![song(1, 6, "Wonderwall")])).await;
    let row = f.song(id(1)).await.unwrap();
    assert_eq!(row["created_date"], "2026-01-01T20:00:00.123456+00:00");
}

/// D10: in the web app applying a remote delete enqueues a delete.
#[tokio::test]
async fn d10_applying_what_the_server_says_queues_nothing() {
    let f = fixture()
        .synced(5, vec![song(1, 5, "One"), song(2, 5, "Two")])
        .await;
    let mut pulled = page(7, vec![song(2, 6, "Two, changed"), song(3, 6, "Three")]);
    pulled.scopes[0].tombstones.push(tombstone(1, 7));
    f.pull(pulled).await;
    let counts = f.store.read(|r| r.outbox_counts()).await.unwrap();
    assert_eq!(counts, OutboxCounts::default());
    assert!(f.send().await.is_empty());
}

/// D7: a partial save of the web app clears every field it does not name.
#[tokio::test]
async fn d07_a_change_of_one_field_sends_only_that_field_and_keeps_the_others_shown() {
    let mut show = values(song(1, 5, ""));
    show.retain(|name, _| name.starts_with("sync_") || name == "id");
    show.append(&mut values(
        json!({"name": "Gig", "venue": "Cellar", "setlist_id": id(9), "payment": 5000,
        "status": "scheduled", "contacts": [{"id": "c", "phone": "1"}], "load_in_time": "17:00"}),
    ));
    let mut first = page(5, vec![]);
    first.scopes[0].rows = [("show".to_owned(), vec![show.clone()])].into();
    let f = fixture();
    f.pull(first).await;
    let edit = Edit::update(Kind::Show, id(1), values(json!({"status": "confirmed"})));
    f.store.edit(edit).await.unwrap();
    let sent = f.send().await;
    assert_eq!(sent[0].set, values(json!({"status": "confirmed"})));
    show.insert("status".to_owned(), json!("confirmed"));
    show.remove("sync_scope");
    assert_eq!(
        f.store
            .read(|r| r.row(Kind::Show, id(1)))
            .await
            .unwrap()
            .unwrap(),
        show
    );
}

#[tokio::test]
async fn a_row_with_edits_ignores_older_rows_and_tombstones_too() {
    let f = fixture().synced(5, vec![song(1, 5, "Five")]).await;
    f.edit(id(1), Op::Update, json!({"key": "A"})).await;
    f.pull(with_tombstone(6, 1, 4)).await;
    f.pull(page(7, vec![song(1, 4, "Four")])).await;
    let server = f.store.read(|r| r.server_row(Kind::Song, id(1))).await;
    assert_eq!(server.unwrap().unwrap()["title"], "Five");
}
