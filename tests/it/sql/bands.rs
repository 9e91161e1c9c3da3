//! Joining, leaving, roles, invites, deleting a band, who has seen what.

use std::time::Duration;

use rockon_tests::eventually;
use serde_json::{Value, json};
use uuid::Uuid;

use super::db::{Db, Who, id};
use super::push::{add_song, request};
use super::world::{
    ADMIN, MEMBER, NOBODY, OTHER, REMOVED, SECOND, VIEWER, band, other_band, world,
};

/// Calls a function and gives `ok` or the code of its refusal: the SQLSTATE, or the word before the colon. A wrong
/// invite code is refused by an answer, so that it is counted.
pub(super) async fn call(db: &Db, person: u32, function: &str) -> String {
    let code = |text: &str| text.split(':').next().expect("a code").to_owned();
    match db
        .try_run(Who::User(id(person)), &format!("select public.{function}"))
        .await
    {
        Ok(answer) => {
            let value = answer.rows.last().and_then(|row| row[0].clone());
            let value: Option<Value> = value.and_then(|text| serde_json::from_str(&text).ok());
            let message = value.as_ref().and_then(|value| value["message"].as_str());
            message.map_or_else(|| "ok".to_owned(), code)
        }
        Err(refusal) if refusal.code == "P0001" => code(&refusal.text),
        Err(refusal) => refusal.code,
    }
}

async fn invite(db: &Db, uses: u32) -> String {
    db.run(
        Who::User(id(ADMIN)),
        &format!("select public.create_invite('{}', {uses})", band()),
    )
    .await
    .value()
}

pub(super) async fn membership(db: &Db, person: u32) -> String {
    db.one(&format!(
        "select concat_ws(' ', status, role, member_name) from public.band_memberships where band_id = '{}' and user_id = '{}'", band(), id(person)
    )).await
}

#[tokio::test]
async fn an_invite_is_unknown_expired_or_used_up() {
    let (_project, db) = world().await;
    assert_eq!(
        call(&db, NOBODY, "redeem_invite('NOSUCHCODE')").await,
        "invite_unknown"
    );
    assert_eq!(
        call(&db, NOBODY, "redeem_invite(null)").await,
        "invite_unknown"
    );
    let code = invite(&db, 1).await;
    assert_eq!(
        call(&db, MEMBER, &format!("redeem_invite('{code}')")).await,
        "ok",
        "a member already"
    );
    let set = async |what: &str| {
        db.client()
            .batch_execute(&format!(
                "update public.invite_codes set {what} where code = '{code}'"
            ))
            .await
            .expect("an invite");
    };
    set("expires_at = now() - interval '1 second'").await;
    assert_eq!(
        call(&db, NOBODY, &format!("redeem_invite('{code}')")).await,
        "invite_expired"
    );
    set("expires_at = now() + interval '1 hour', is_active = false").await;
    assert_eq!(
        call(&db, NOBODY, &format!("redeem_invite('{code}')")).await,
        "invite_unknown"
    );
    set("is_active = true").await;
    let as_typed = format!(" {}-{} ", &code[..5].to_lowercase(), &code[5..]);
    assert_eq!(
        call(&db, NOBODY, &format!("redeem_invite('{as_typed}')")).await,
        "ok",
        "the member used none up"
    );
    assert_eq!(
        call(&db, OTHER, &format!("redeem_invite('{code}')")).await,
        "invite_used_up"
    );
    assert_eq!(membership(&db, NOBODY).await, "active member P7");
    for bad in ["0", "101", "null", "1, 0", "1, 721", "1, null"] {
        assert_eq!(
            call(&db, ADMIN, &format!("create_invite('{}', {bad})", band())).await,
            "bad_limits"
        );
    }
}

#[tokio::test]
async fn of_two_who_redeem_the_last_use_at_once_one_joins() {
    let (project, db) = world().await;
    let code = invite(&db, 1).await;
    let first = project.admin().await.expect("a connection");
    let redeem = format!("redeem_invite('{code}')");
    first
        .simple_query(&format!(
            "begin; {} select public.{redeem}",
            Who::User(id(NOBODY)).preamble()
        ))
        .await
        .expect("the first joins");
    let other = Db::open(&project).await;
    let second = tokio::spawn(async move { call(&other, OTHER, &redeem).await });
    eventually("the second waits", Duration::from_secs(10), async || {
        let waits = db.number("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()").await;
        (waits > 0).then_some(())
    })
    .await;
    first.batch_execute("commit").await.expect("committed");
    assert_eq!(second.await.expect("the second"), "invite_used_up");
    assert_eq!(
        db.number(&format!(
            "select current_uses from public.invite_codes where code = '{code}'"
        ))
        .await,
        1
    );
}

#[tokio::test]
async fn a_band_keeps_an_admin() {
    let (_project, db) = world().await;
    let of = |function: &str, rest: &str| format!("{function}('{}'{rest})", band());
    let me = |role: &str| format!(", '{}', '{role}'", id(ADMIN));
    assert_eq!(call(&db, ADMIN, &of("leave_band", "")).await, "last_admin");
    assert_eq!(
        call(
            &db,
            ADMIN,
            &of("remove_member", &format!(", '{}'", id(ADMIN)))
        )
        .await,
        "last_admin"
    );
    assert_eq!(
        call(&db, ADMIN, &of("set_member_role", &me("viewer"))).await,
        "last_admin"
    );
    assert_eq!(
        call(&db, ADMIN, &of("set_member_role", &me("king"))).await,
        "bad_role"
    );
    assert_eq!(
        call(
            &db,
            ADMIN,
            &of("set_member_role", &format!(", '{}', 'admin'", id(REMOVED)))
        )
        .await,
        "not_member"
    );
    assert_eq!(
        call(
            &db,
            ADMIN,
            &of("remove_member", &format!(", '{}'", id(REMOVED)))
        )
        .await,
        "not_member"
    );
    assert_eq!(
        call(
            &db,
            ADMIN,
            &of("set_member_role", &format!(", '{}', 'admin'", id(MEMBER)))
        )
        .await,
        "ok"
    );
    assert_eq!(call(&db, ADMIN, &of("leave_band", "")).await, "ok");
    assert_eq!(call(&db, MEMBER, &of("leave_band", "")).await, "last_admin");
    assert_eq!(membership(&db, ADMIN).await, "inactive admin P1");
}

#[tokio::test]
async fn two_admins_cannot_both_leave_at_once() {
    let (project, db) = world().await;
    call(
        &db,
        ADMIN,
        &format!("set_member_role('{}', '{}', 'admin')", band(), id(MEMBER)),
    )
    .await;
    let leave = format!("leave_band('{}')", band());
    let first = project.admin().await.expect("a connection");
    first
        .simple_query(&format!(
            "begin; {} select public.{leave}",
            Who::User(id(ADMIN)).preamble()
        ))
        .await
        .expect("left");
    let other = Db::open(&project).await;
    let second = tokio::spawn(async move { call(&other, MEMBER, &leave).await });
    eventually("the second waits", Duration::from_secs(10), async || {
        let waits = db.number("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()").await;
        (waits > 0).then_some(())
    })
    .await;
    first.batch_execute("commit").await.expect("committed");
    assert_eq!(second.await.expect("the second"), "last_admin");
}

#[tokio::test]
async fn who_comes_back_gets_what_happened_meanwhile_and_a_new_read_up_to_mark() {
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Stays").await;
    add_song(&db, ADMIN, id(2), "Goes").await;
    let ask = json!({"scopes": [{"id": band(), "cursor": null, "epoch": null}]});
    let before = db.pull(id(SECOND), &ask).await["scopes"][0].clone();
    call(
        &db,
        ADMIN,
        &format!("remove_member('{}', '{}')", band(), id(SECOND)),
    )
    .await;
    db.run(Who::User(id(ADMIN)), &format!(
        "update public.songs set key = 'A' where id = '{}'; delete from public.songs where id = '{}'", id(1), id(2))).await;
    assert_eq!(membership(&db, SECOND).await, "inactive member P6");
    db.client()
        .batch_execute(&format!(
            "update public.users set name = 'Renamed' where id = '{}'",
            id(SECOND)
        ))
        .await
        .expect("a name");
    assert_eq!(
        membership(&db, SECOND).await,
        "inactive member P6",
        "where he left, his old name stays"
    );
    let code = db
        .run(
            Who::User(id(ADMIN)),
            &format!(
                "select public.create_invite('{}', member => '{}')",
                band(),
                id(SECOND)
            ),
        )
        .await
        .value();
    assert_eq!(
        call(&db, SECOND, &format!("redeem_invite('{code}')")).await,
        "ok"
    );
    assert_eq!(membership(&db, SECOND).await, "active member Renamed");
    let joined = db.one(&format!(
        "select joined_rev = (select rev from public.sync_head where scope_id = band_id) from public.band_memberships where user_id = '{}'", id(SECOND))).await;
    assert_eq!(joined, "t", "joined_rev is the re-joining");
    let again =
        json!({"scopes": [{"id": band(), "cursor": before["cursor"], "epoch": before["epoch"]}]});
    let gap = db.pull(id(SECOND), &again).await["scopes"][0].clone();
    assert_eq!(
        (
            &gap["reset"],
            &gap["rows"]["song"][0]["key"],
            &gap["tombstones"][0]["id"]
        ),
        (&json!(false), &json!("A"), &json!(id(2)))
    );
}

#[tokio::test]
async fn a_new_role_and_a_new_name_do_not_move_the_read_up_to_mark() {
    let (_project, db) = world().await;
    let read_up_to =
        "select string_agg(joined_rev::text, ' ' order by user_id) from public.band_memberships";
    let before = db.one(read_up_to).await;
    call(
        &db,
        ADMIN,
        &format!("set_member_role('{}', '{}', 'viewer')", band(), id(MEMBER)),
    )
    .await;
    db.run(
        Who::User(id(MEMBER)),
        "update public.users set name = 'New' where id = auth.uid()",
    )
    .await;
    assert_eq!(membership(&db, MEMBER).await, "active viewer New");
    assert_eq!(db.one(read_up_to).await, before);
}

#[tokio::test]
async fn a_band_is_made_once_and_goes_with_everything_in_it() {
    let (_project, db) = world().await;
    assert_eq!(
        call(&db, ADMIN, &format!("create_band('One', '{}')", band())).await,
        "ok",
        "the answer was lost"
    );
    assert_eq!(
        call(&db, MEMBER, &format!("create_band('Mine', '{}')", band())).await,
        "bad_id"
    );
    assert_eq!(
        call(
            &db,
            MEMBER,
            &format!("create_band('Mine', '{}')", id(ADMIN))
        )
        .await,
        "bad_id"
    );
    for name in ["null", "' '", "repeat('x', 81)"] {
        assert_eq!(
            call(&db, MEMBER, &format!("create_band({name})")).await,
            "bad_name"
        );
    }
    add_song(&db, MEMBER, id(1), "Goes").await;
    db.run(Who::User(id(MEMBER)), &format!(
        "insert into public.setlists (id, name, band_id, created_by) values ('{0}', 'Set', '{1}', '{2}');
         insert into public.shows (name, band_id, setlist_id, scheduled_date, created_by) values ('Gig', '{1}', '{0}', now(), '{2}');
         insert into public.practice_sessions (type, band_id, scheduled_date) values ('lesson', '{1}', now())", id(2), band(), id(MEMBER))).await;
    let others = db
        .number(&format!(
            "select rev from public.sync_head where scope_id = '{}'",
            other_band()
        ))
        .await;
    assert_eq!(
        call(&db, ADMIN, &format!("delete_band('{}')", band())).await,
        "ok"
    );
    for table in [
        "songs",
        "setlists",
        "shows",
        "practice_sessions",
        "invite_codes",
    ] {
        assert_eq!(
            db.number(&format!("select count(*) from public.{table}"))
                .await,
            0,
            "{table}"
        );
    }
    assert_eq!(
        db.number(&format!(
            "select count(*) from public.band_memberships where band_id = '{}'",
            band()
        ))
        .await,
        0
    );
    let buried = db
        .one("select string_agg(distinct kind, ' ' order by kind) from sync.tombstones")
        .await;
    assert_eq!(buried, "band membership practice setlist show song");
    assert_eq!(
        db.number(&format!(
            "select rev from public.sync_head where scope_id = '{}'",
            other_band()
        ))
        .await,
        others
    );
    assert_eq!(
        call(&db, ADMIN, &format!("create_band('Again', '{}')", band())).await,
        "bad_id",
        "devices know the old one"
    );
}

async fn mark(db: &Db, person: u32, set: Value, row: Uuid) -> Value {
    let mutation = json!({"n": 1, "kind": "read_mark", "op": "mark", "id": row, "set": set});
    let answer = db
        .push(
            id(person),
            &request(Uuid::new_v4(), id(person), 0, &[mutation]),
        )
        .await;
    answer["results"][0].clone()
}

async fn seen(db: &Db, person: u32) -> String {
    let list = db
        .rpc(
            Who::User(id(person)),
            &format!("seen_by('setlist', '{}')", id(1)),
        )
        .await;
    let names: Vec<String> = list
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| {
            format!(
                "{} {} {}",
                one["name"].as_str().expect("a name"),
                one["rev"],
                one["current"]
            )
        })
        .collect();
    names.join(", ")
}

#[tokio::test]
async fn seen_by_tells_who_really_opened_which_revision() {
    let (_project, db) = world().await;
    db.run(Who::User(id(ADMIN)), &format!("insert into public.setlists (id, name, band_id, created_by) values ('{}', 'Set', '{}', '{}')", id(1), band(), id(ADMIN))).await;
    let rev = db
        .number(&format!(
            "select rev from public.sync_head where scope_id = '{}'",
            band()
        ))
        .await;
    let at = |rev: i64, seen: bool| json!({"scope_id": band(), "row_kind": "setlist", "rev": rev, "seen": seen});
    assert_eq!(
        seen(&db, VIEWER).await,
        format!("P1 {rev} true"),
        "the author has seen his own"
    );
    mark(&db, MEMBER, at(rev, true), id(1)).await;
    mark(&db, SECOND, at(rev, false), id(1)).await;
    mark(&db, VIEWER, at(rev, true), Uuid::nil()).await;
    assert_eq!(
        seen(&db, MEMBER).await,
        format!("P1 {rev} true, P2 {rev} true"),
        "no read-up-to mark and no mere mark"
    );
    db.run(
        Who::User(id(SECOND)),
        &format!(
            "update public.setlists set name = 'New' where id = '{}'",
            id(1)
        ),
    )
    .await;
    assert_eq!(
        seen(&db, MEMBER).await,
        format!("P2 {rev} false, P6 {} true", rev + 1),
        "an earlier version is an answer; who changed it before is found by his mark only"
    );
    call(&db, MEMBER, &format!("set_share_seen('{}', false)", band())).await;
    assert_eq!(seen(&db, SECOND).await, format!("P6 {} true", rev + 2 - 1));
    call(
        &db,
        ADMIN,
        &format!("remove_member('{}', '{}')", band(), id(SECOND)),
    )
    .await;
    assert_eq!(seen(&db, ADMIN).await, "", "active members only");
    assert_eq!(
        call(&db, SECOND, &format!("seen_by('setlist', '{}')", id(1))).await,
        "not_member"
    );
    assert_eq!(
        call(&db, ADMIN, &format!("seen_by('song', '{}')", id(1))).await,
        "not_member"
    );
}
