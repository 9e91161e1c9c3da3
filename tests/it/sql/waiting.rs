//! A right that ends while its owner waits for a lock is gone when he has it: accounts, memberships, roles.

use std::time::Duration;

use rockon_local_stack::Project;
use rockon_tests::eventually;

use super::db::{Db, Refusal, Who, id};
use super::push::add_song;
use super::world::{ADMIN, MEMBER, OTHER, SECOND, band, join, other_band, world};

/// What a person had under way, and what it ends with once `ended` is committed while it waits for a head.
async fn meanwhile(
    project: &Project,
    db: &Db,
    person: u32,
    sql: &str,
    ended: &str,
) -> Result<Vec<u64>, Refusal> {
    let holder = project.admin().await.expect("a connection");
    holder
        .batch_execute(&format!("begin; {ended}"))
        .await
        .expect("the end, not yet committed");
    let other = Db::open(project).await;
    let sql = sql.to_owned();
    let waiting = tokio::spawn(async move { other.try_run(Who::User(id(person)), &sql).await });
    eventually("it waits", Duration::from_secs(10), async || {
        let waits = db.number("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()").await;
        (waits > 0).then_some(())
    })
    .await;
    holder.batch_execute("commit").await.expect("committed");
    waiting.await.expect("no panic").map(|answer| answer.counts)
}

fn writes() -> [(&'static str, String); 4] {
    [
        (
            "insert",
            format!(
                "insert into public.songs (title, context_id, created_by) values ('late', '{}', auth.uid())",
                band()
            ),
        ),
        (
            "update",
            format!(
                "update public.songs set key = 'late' where id = '{}'",
                id(1)
            ),
        ),
        (
            "delete",
            format!("delete from public.songs where id = '{}'", id(1)),
        ),
        (
            "two",
            format!(
                "select 1; insert into public.practice_sessions (type, band_id, scheduled_date) values ('rehearsal', '{}', now())",
                band()
            ),
        ),
    ]
}

#[tokio::test]
async fn a_plain_write_that_waits_while_its_account_ends_is_refused() {
    for (name, sql) in writes().into_iter().chain([(
        "own", "insert into public.songs (title, context_type, context_id, created_by) values ('late', 'personal', auth.uid(), auth.uid())".to_owned())]) {
        let (project, db) = world().await;
        add_song(&db, MEMBER, id(1), "Wonderwall").await;
        let end = format!("select sync.end_account('{}')", id(MEMBER));
        let got = meanwhile(&project, &db, MEMBER, &sql, &end).await;
        assert_eq!(got.expect_err(name).text, "account_gone: this account was deleted", "{name}");
        let late = db.number("select count(*) from public.songs where title = 'late' or key = 'late'").await;
        assert_eq!((late, db.number("select count(*) from public.songs").await), (0, 1), "{name}");
    }
}

#[tokio::test]
async fn a_function_that_waits_while_its_account_ends_is_refused() {
    let (project, db) = world().await;
    let code = db
        .run(
            Who::User(id(OTHER)),
            &format!("select public.create_invite('{}')", other_band()),
        )
        .await
        .value();
    for call in [
        "create_band('Late')".to_owned(),
        format!("redeem_invite('{code}')"),
        format!("set_share_seen('{}', false)", band()),
    ] {
        let person = 0x60 + u32::try_from(call.len()).expect("short");
        super::world::add_people(&db, person..=person).await;
        join(&db, id(ADMIN), band(), id(person)).await;
        let end = format!("select sync.end_account('{}')", id(person));
        let got = meanwhile(
            &project,
            &db,
            person,
            &format!("select public.{call}"),
            &end,
        )
        .await;
        assert_eq!(
            got.expect_err(&call).text,
            "account_gone: this account was deleted",
            "{call}"
        );
        let active = format!(
            "select count(*) from public.band_memberships where user_id = '{}' and status = 'active'",
            id(person)
        );
        assert_eq!(db.number(&active).await, 0, "{call}");
    }
}

#[tokio::test]
async fn a_plain_write_that_waits_while_its_author_is_removed_or_made_a_viewer_is_refused() {
    for end in [
        format!(
            "update public.band_memberships set status = 'inactive' where user_id = '{}' and band_id = '{}'",
            id(MEMBER),
            band()
        ),
        format!(
            "update public.band_memberships set role = 'viewer' where user_id = '{}' and band_id = '{}'",
            id(MEMBER),
            band()
        ),
    ] {
        for (name, sql) in writes() {
            let (project, db) = world().await;
            add_song(&db, MEMBER, id(1), "Wonderwall").await;
            let got = meanwhile(&project, &db, MEMBER, &sql, &end).await;
            assert_eq!(got.expect_err(name).code, "42501", "{name} after {end:.60}");
        }
    }
}

#[tokio::test]
async fn a_push_that_waits_is_asked_again_too_and_nobody_else_is_stopped() {
    let (project, db) = world().await;
    add_song(&db, MEMBER, id(1), "Wonderwall").await;
    let edit = serde_json::json!({"n": 1, "kind": "song", "op": "update", "id": id(1), "base_rev": 0, "set": {"key": "late"}, "base": {}});
    let push = super::push::request(super::push::client(MEMBER), band(), 0, &[edit]);
    let call = format!("select public.sync_push({})", super::db::literal(&push));
    let removed = format!(
        "update public.band_memberships set status = 'inactive' where user_id = '{}'",
        id(MEMBER)
    );
    meanwhile(&project, &db, MEMBER, &call, &removed)
        .await
        .expect("an answer");
    assert_eq!(
        db.number("select count(*) from public.songs where key = 'late'")
            .await,
        0
    );
    let of_another = format!("update public.songs set tempo = 99 where id = '{}'", id(1));
    let went_on = meanwhile(
        &project,
        &db,
        SECOND,
        &of_another,
        &removed.replace("inactive", "active"),
    )
    .await;
    assert_eq!(went_on.expect("his right did not end"), [1]);
}

#[tokio::test]
async fn in_a_web_apps_database_it_is_the_same_for_who_has_left() {
    let (project, db) = super::backfill::web_app(20).await;
    super::backfill::migrate(&project).await;
    let song = "50000000-0000-4000-8000-000000000004";
    let edit = format!("update public.songs set key = 'late' where id = '{song}'");
    let removed = format!(
        "update public.band_memberships set status = 'inactive' where user_id = '{}'",
        id(MEMBER)
    );
    let got = meanwhile(&project, &db, MEMBER, &edit, &removed).await;
    assert_eq!(got.expect_err("removed").code, "42501");
    let end = format!("select sync.end_account('{}')", id(ADMIN));
    let got = meanwhile(&project, &db, ADMIN, &edit, &end).await;
    assert_eq!(
        got.expect_err("ended").text,
        "account_gone: this account was deleted"
    );
}
