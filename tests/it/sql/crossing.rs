//! A delete never beats an edit that its author had not seen.

use serde_json::{Value, json};
use uuid::Uuid;

use super::conflicts::{push_one, row};
use super::db::{Db, Who, id};
use super::push::add_song;
use super::world::{ADMIN, MEMBER, OTHER, SECOND, VIEWER, band, join, other_band, world};

/// A mutation of one who has seen the row at `base_rev`.
fn seen_at(n: u64, op: &str, row: Uuid, set: &Value, base_rev: i64) -> Value {
    json!({"n": n, "kind": "song", "op": op, "id": row, "base_rev": base_rev, "set": set})
}

async fn head(db: &Db) -> i64 {
    let head = format!(
        "select rev from public.sync_head where scope_id = '{}'",
        band()
    );
    db.number(&head).await
}

/// The second member changes a song.
async fn change(db: &Db, n: u64, row: Uuid, set: &Value) {
    let changed = push_one(db, SECOND, band(), seen_at(n, "update", row, set, 0)).await;
    assert_eq!(changed["verdict"], "applied", "{changed}");
}

#[tokio::test]
async fn a_delete_of_what_another_has_changed_since_is_not_done_and_says_who_and_what() {
    let (_project, db) = world().await;
    add_song(&db, MEMBER, id(1), "Wonderwall").await;
    let seen = head(&db).await;
    change(&db, 1, id(1), &json!({"key": "A"})).await;
    change(&db, 2, id(1), &json!({"tempo": 100})).await;
    let before = head(&db).await;
    let delete = seen_at(1, "delete", id(1), &json!({}), seen);
    let refused = push_one(&db, MEMBER, band(), delete).await;
    assert_eq!(
        (&refused["verdict"], &refused["sqlstate"], &refused["rev"]),
        (&json!("refused"), &json!("RO001"), &json!(0)),
        "{refused}"
    );
    assert_eq!(
        refused["changed_by"],
        json!([{"user": id(SECOND), "name": "P6", "rev": before, "fields": ["key", "tempo"]}])
    );
    assert_eq!(row(&db, "songs", id(1)).await["key"], "A", "it stays");
    assert_eq!(
        (
            head(&db).await,
            db.number("select count(*) from sync.tombstones").await
        ),
        (before, 0),
        "and nothing is left of the attempt"
    );
    let anyway = push_one(
        &db,
        MEMBER,
        band(),
        seen_at(2, "delete", id(1), &json!({}), before),
    )
    .await;
    assert_eq!(
        anyway["verdict"], "applied",
        "who has seen it may: {anyway}"
    );
}

/// A backup comes back in which revisions stand lower than the phone has seen, and they are given out once more.
#[tokio::test]
async fn what_was_seen_before_a_backup_came_back_is_not_what_is_there_after_it() {
    let (_project, db) = world().await;
    add_song(&db, MEMBER, id(1), "Wonderwall").await;
    let seen = head(&db).await + 5;
    db.rpc(Who::Service, "sync_new_epoch()").await;
    change(&db, 1, id(1), &json!({"key": "A"})).await;
    let delete = seen_at(1, "delete", id(1), &json!({}), seen);
    let refused = push_one(&db, MEMBER, band(), delete).await;
    assert_eq!(refused["sqlstate"], "RO001", "{refused}");
}

#[tokio::test]
async fn what_the_author_changed_himself_or_nobody_did_does_not_hold_a_delete_back() {
    let (_project, db) = world().await;
    add_song(&db, MEMBER, id(1), "Wonderwall").await;
    let mine = seen_at(1, "update", id(1), &json!({"key": "A"}), 0);
    assert_eq!(
        push_one(&db, MEMBER, band(), mine).await["verdict"],
        "applied"
    );
    let touched = format!("update public.songs set version = 9 where id = '{}'", id(1));
    db.run(Who::User(id(SECOND)), &touched).await;
    let gone = push_one(
        &db,
        MEMBER,
        band(),
        seen_at(2, "delete", id(1), &json!({}), 0),
    )
    .await;
    assert_eq!(gone["verdict"], "applied", "{gone}");
}

#[tokio::test]
async fn the_other_order_is_an_edit_that_brings_the_row_back() {
    let (_project, db) = world().await;
    add_song(&db, MEMBER, id(1), "Wonderwall").await;
    let gone = push_one(
        &db,
        MEMBER,
        band(),
        seen_at(1, "delete", id(1), &json!({}), 0),
    )
    .await;
    assert_eq!(gone["verdict"], "applied", "{gone}");
    let edit = seen_at(1, "update", id(1), &json!({"key": "A"}), 0);
    let back = push_one(&db, SECOND, band(), edit).await;
    assert_eq!(back["restored"], true, "{back}");
    // The phone that deleted it has a backup restored and sends the delete again.
    let again = push_one(
        &db,
        MEMBER,
        band(),
        seen_at(2, "delete", id(1), &json!({}), 0),
    )
    .await;
    assert_eq!(again["sqlstate"], "RO001", "{again}");
}

#[tokio::test]
async fn who_may_not_delete_is_told_that_and_not_who_changed_it() {
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    change(&db, 1, id(1), &json!({"key": "A"})).await;
    for person in [VIEWER, MEMBER] {
        let refused = push_one(
            &db,
            person,
            band(),
            seen_at(1, "delete", id(1), &json!({}), 0),
        )
        .await;
        assert_eq!(refused["sqlstate"], "42501", "{refused}");
    }
}

#[tokio::test]
async fn a_move_away_is_held_back_like_a_delete_and_a_moved_row_is_gone_from_its_scope() {
    let (_project, db) = world().await;
    join(&db, id(OTHER), other_band(), id(MEMBER)).await;
    add_song(&db, MEMBER, id(1), "Wonderwall").await;
    let seen = head(&db).await;
    change(&db, 1, id(1), &json!({"key": "A"})).await;
    let away = |n, seen| {
        seen_at(
            n,
            "update",
            id(1),
            &json!({"context_id": other_band(), "tempo": 99}),
            seen,
        )
    };
    let refused = push_one(&db, MEMBER, band(), away(1, seen)).await;
    assert_eq!(refused["sqlstate"], "RO001", "{refused}");
    let song = row(&db, "songs", id(1)).await;
    assert_eq!(
        (&song["sync_scope"], &song["tempo"]),
        (&json!(band()), &json!(87)),
        "all of the edit or nothing"
    );
    let moved = push_one(&db, MEMBER, band(), away(2, head(&db).await)).await;
    assert_eq!(moved["verdict"], "applied", "{moved}");
    let gone = push_one(
        &db,
        MEMBER,
        band(),
        seen_at(3, "delete", id(1), &json!({}), 0),
    )
    .await;
    assert_eq!(
        (&gone["verdict"], &gone["rev"]),
        (&json!("applied"), &json!(0)),
        "already gone from here: {gone}"
    );
    assert_eq!(
        row(&db, "songs", id(1)).await["key"],
        "A",
        "it lives on there"
    );
}
