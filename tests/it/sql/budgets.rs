//! What one person may have under way at once, by whatever way he writes, and what a limit does not refuse.

use super::db::{Db, Who, id, literal};
use super::push::{add_song, client, edit, request};
use super::world::{ADMIN, MEMBER, SECOND, band, world};

async fn limit(db: &Db, name: &str, value: u64) {
    let sql = format!("update sync.limits set value = {value} where name = '{name}'");
    db.run(Who::Owner, &sql).await;
}

#[tokio::test]
async fn plain_writes_and_pushes_of_one_person_have_one_budget() {
    let (project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    limit(&db, "pushes_at_once", 1).await;
    let plain = format!("update public.songs set tempo = 99 where id = '{}'", id(1));
    let push = request(
        client(MEMBER),
        band(),
        0,
        &[edit(
            1,
            "update",
            id(1),
            &serde_json::json!({"key": "A"}),
            &serde_json::json!({}),
        )],
    );
    let push = format!("select public.sync_push({})", literal(&push));
    let me = Who::User(id(MEMBER));
    for (first, second) in [(&plain, &push), (&push, &plain), (&plain, &plain)] {
        let holder = Db::open(&project).await;
        let under_way = format!("begin; {} {first}", me.preamble());
        holder
            .client()
            .batch_execute(&under_way)
            .await
            .expect("under way");
        let refused = db.try_run(me, second).await.expect_err("a second at once");
        assert_eq!(refused.code, "PT429", "{refused:?}");
        let waits = format!("set local lock_timeout = '100ms'; {plain}");
        let other = db.try_run(Who::User(id(SECOND)), &waits).await;
        assert_eq!(
            other.expect_err("the band's head is held").code,
            "55P03",
            "of his own budget"
        );
        holder
            .client()
            .batch_execute("rollback")
            .await
            .expect("ended");
        db.run(me, second).await;
    }
    let both = format!("{plain}; savepoint s; {plain}; rollback to s; {plain}");
    db.run(me, &both).await;
}

#[tokio::test]
async fn an_upsert_of_a_row_that_is_too_long_already_may_leave_it_so_and_not_make_it_longer() {
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    limit(&db, "text_bytes", 1_000_000).await;
    let long = format!(
        "update public.songs set notes = repeat('x', 300000) where id = '{}'",
        id(1)
    );
    db.run(Who::User(id(MEMBER)), &long).await;
    limit(&db, "text_bytes", 262_144).await;
    let upsert = |notes: u32, row: u32, then: &str| {
        format!(
            "insert into public.songs (id, title, context_id, created_by, notes) values ('{}', 'Again', '{}', '{}', repeat('x', {notes}))
             on conflict (id) do update set title = excluded.title, {then}",
            id(row), band(), id(MEMBER))
    };
    let member = Who::User(id(MEMBER));
    db.run(member, &upsert(300_000, 1, "notes = excluded.notes"))
        .await;
    db.run(member, &upsert(400_000, 1, "key = 'A'")).await;
    let kept = db
        .one("select title || ' ' || key || ' ' || length(notes) from public.songs")
        .await;
    assert_eq!(kept, "Again A 300000");
    for (sql, why) in [
        (upsert(300_001, 1, "notes = excluded.notes"), "longer"),
        (upsert(300_000, 2, "notes = excluded.notes"), "a new row"),
    ] {
        assert_eq!(
            db.try_run(member, &sql).await.expect_err(why).code,
            "22001",
            "{why}"
        );
    }
    db.run(member, &upsert(200_000, 1, "notes = excluded.notes"))
        .await;
}
