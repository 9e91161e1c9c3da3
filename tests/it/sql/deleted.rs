//! What was deleted lately: who sees it, and that what came back stays.

use serde_json::{Value, json};

use super::conflicts::push_one;
use super::db::{Db, Who, id};
use super::push::{add_song, edit};
use super::world::{
    ADMIN, MEMBER, NOBODY, OTHER, REMOVED, SECOND, VIEWER, add_people, band, join, world,
};

async fn deleted(db: &Db, person: u32) -> Result<Value, String> {
    let call = format!("select public.sync_deleted('{}')", band());
    match db.try_run(Who::User(id(person)), &call).await {
        Ok(answer) => Ok(serde_json::from_str(&answer.value()).expect("JSON")),
        Err(refusal) => Err(refusal.text),
    }
}

async fn delete(db: &Db, n: u64, row: u32) {
    let gone = push_one(
        db,
        ADMIN,
        band(),
        edit(n, "delete", id(row), &json!({}), &json!({})),
    )
    .await;
    assert_eq!(gone["verdict"], "applied", "{gone}");
}

async fn restore(db: &Db, person: u32, n: u64, row: u32) -> Value {
    push_one(
        db,
        person,
        band(),
        edit(n, "restore", id(row), &json!({}), &json!({})),
    )
    .await
}

#[tokio::test]
async fn members_see_what_was_deleted_and_bring_it_back_and_strangers_see_nothing() {
    let (_project, db) = world().await;
    add_song(&db, SECOND, id(1), "Wonderwall").await;
    add_song(&db, SECOND, id(2), "Cast No Shadow").await;
    delete(&db, 1, 1).await;
    delete(&db, 2, 2).await;
    for person in [ADMIN, MEMBER, SECOND, VIEWER] {
        let all = deleted(&db, person).await.expect("a list");
        let lines = all.as_array().expect("lines");
        let said: Vec<_> = lines
            .iter()
            .map(|line| (&line["title"], &line["actor_name"]))
            .collect();
        let by = json!("P1");
        assert_eq!(
            said,
            [(&json!("Cast No Shadow"), &by), (&json!("Wonderwall"), &by)]
        );
        assert_eq!(
            (&lines[0]["kind"], &lines[0]["id"]),
            (&json!("song"), &json!(id(2)))
        );
        assert!(
            lines[0]["deleted_ms"].as_i64() > Some(1_600_000_000_000),
            "{all}"
        );
    }
    for person in [REMOVED, OTHER, NOBODY] {
        let no = deleted(&db, person).await.expect_err("not his band");
        assert!(no.starts_with("not_member: "), "{no}");
    }
    assert_eq!(restore(&db, VIEWER, 1, 1).await["sqlstate"], "42501");
    let back = restore(&db, MEMBER, 1, 1).await;
    assert_eq!(
        (&back["verdict"], &back["restored"]),
        (&json!("applied"), &json!(true)),
        "{back}"
    );
    let left = deleted(&db, MEMBER).await.expect("a list");
    assert_eq!(left.as_array().expect("lines").len(), 1, "{left}");
    add_people(&db, 20..=20).await;
    join(&db, id(ADMIN), band(), id(20)).await;
    assert_eq!(
        deleted(&db, 20).await,
        Ok(json!([])),
        "deleted before he came"
    );
}

#[tokio::test]
async fn what_was_made_again_under_its_id_is_deleted_no_more() {
    let (_project, db) = world().await;
    let rows = [
        (
            "songs",
            "title, context_type, context_id, created_by",
            "'Again', 'band', '{}', auth.uid()",
        ),
        (
            "setlists",
            "name, band_id, created_by",
            "'Again', '{}', auth.uid()",
        ),
        (
            "shows",
            "name, band_id, scheduled_date, created_by",
            "'Again', '{}', now(), auth.uid()",
        ),
        (
            "practice_sessions",
            "type, band_id, scheduled_date",
            "'rehearsal', '{}', now()",
        ),
    ];
    let band = band().to_string();
    for (table, columns, values) in rows {
        let values = values.replace("{}", &band);
        let row = id(1);
        let make = format!("insert into public.{table} (id, {columns}) values ('{row}', {values})");
        let end = format!("delete from public.{table} where id = '{row}'");
        db.run(Who::User(id(ADMIN)), &make).await;
        db.run(Who::User(id(ADMIN)), &end).await;
        let gone = deleted(&db, MEMBER).await.expect("a list");
        assert_eq!(gone.as_array().map(Vec::len), Some(1), "{table}: {gone}");
        db.run(Who::User(id(ADMIN)), &make).await;
        assert_eq!(deleted(&db, MEMBER).await, Ok(json!([])), "{table}");
    }
}

#[tokio::test]
async fn without_an_image_nothing_comes_back_and_it_is_said_so() {
    let (_project, db) = world().await;
    add_song(&db, SECOND, id(1), "Wonderwall").await;
    delete(&db, 1, 1).await;
    db.client()
        .batch_execute("delete from sync.images where true")
        .await
        .expect("pruned");
    assert_eq!(deleted(&db, MEMBER).await, Ok(json!([])));
    assert_eq!(restore(&db, MEMBER, 1, 1).await["sqlstate"], "02000");
}

#[tokio::test]
async fn a_row_that_came_back_outlives_the_echo_of_its_delete() {
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    delete(&db, 1, 1).await;
    assert_eq!(restore(&db, MEMBER, 1, 1).await["restored"], true);
    let there = format!("select count(*) from public.songs where id = '{}'", id(1));
    let echo = format!("delete from public.songs where id = '{}'", id(1));
    let plain = db.run(Who::User(id(ADMIN)), &echo).await;
    assert_eq!(
        (plain.counts, db.number(&there).await),
        (vec![0], 1),
        "the echo changes nothing"
    );
    db.run(
        Who::Owner,
        "update sync.tombstones set revived_at = revived_at - interval '3 seconds' where true",
    )
    .await;
    db.run(Who::User(id(ADMIN)), &echo).await;
    assert_eq!(
        db.number(&there).await,
        0,
        "later it is a delete like any other"
    );

    assert_eq!(restore(&db, MEMBER, 2, 1).await["restored"], true);
    delete(&db, 2, 1).await;
    assert_eq!(db.number(&there).await, 0, "a push is meant");
    assert_eq!(restore(&db, MEMBER, 3, 1).await["restored"], true);
    db.run(
        Who::User(id(ADMIN)),
        &format!("select public.delete_band('{}')", band()),
    )
    .await;
    assert_eq!(db.number(&there).await, 0, "and so is a whole band's end");
}
