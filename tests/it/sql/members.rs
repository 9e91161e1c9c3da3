//! Who may come back into a band, and what an invite code is good for.

use rockon_core::client::INVITE_HOURS;
use serde_json::Value;

use super::backfill::repository;
use super::bands::{call, membership};
use super::db::{Db, Who, id};
use super::world::{ADMIN, MEMBER, NOBODY, OTHER, REMOVED, SECOND, VIEWER, band, world};

async fn code(db: &Db, maker: u32, rest: &str) -> String {
    let sql = format!("select public.create_invite('{}'{rest})", band());
    db.run(Who::User(id(maker)), &sql).await.value()
}

async fn redeem(db: &Db, person: u32, code: &str) -> String {
    call(db, person, &format!("redeem_invite('{code}')")).await
}

fn on(function: &str, person: u32, rest: &str) -> String {
    format!("{function}('{}', '{}'{rest})", band(), id(person))
}

fn made_for(person: u32) -> String {
    format!(", member => '{}'", id(person))
}

/// Makes a second admin, who makes a code.
async fn second_admin(db: &Db) -> String {
    let promote = on("set_member_role", SECOND, ", 'admin'");
    assert_eq!(call(db, ADMIN, &promote).await, "ok");
    code(db, SECOND, ", 100, 720").await
}

#[tokio::test]
async fn the_codes_of_an_admin_end_when_he_is_none_any_more_whoever_writes() {
    let gone = format!(
        "update public.band_memberships set status = 'inactive' where user_id = '{}'",
        id(SECOND)
    );
    let deleted = format!(
        "delete from public.band_memberships where user_id = '{}'",
        id(SECOND)
    );
    let ways = [
        (
            Who::User(id(ADMIN)),
            format!(
                "select public.{}",
                on("set_member_role", SECOND, ", 'member'")
            ),
        ),
        (
            Who::User(id(ADMIN)),
            format!(
                "select public.{}",
                on("set_member_role", SECOND, ", 'viewer'")
            ),
        ),
        (
            Who::User(id(ADMIN)),
            format!("select public.{}", on("remove_member", SECOND, "")),
        ),
        (
            Who::User(id(SECOND)),
            format!("select public.leave_band('{}')", band()),
        ),
        (Who::Service, gone),
        (Who::Service, deleted),
    ];
    let (_project, db) = world().await;
    for (who, sql) in ways {
        db.run(Who::Owner, &format!(
            "insert into public.band_memberships (user_id, band_id) values ('{}', '{}') on conflict (user_id, band_id) do update set status = 'active', role = 'member'",
            id(SECOND), band())).await;
        let made = second_admin(&db).await;
        let others = code(&db, ADMIN, ", 9").await;
        db.run(who, &sql).await;
        assert_eq!(redeem(&db, NOBODY, &made).await, "invite_unknown", "{sql}");
        assert_eq!(redeem(&db, SECOND, &made).await, "invite_unknown", "{sql}");
        let promoted = on("set_member_role", SECOND, ", 'admin'");
        if call(&db, ADMIN, &promoted).await == "ok" {
            assert_eq!(
                redeem(&db, NOBODY, &made).await,
                "invite_unknown",
                "not with a new role"
            );
        }
        assert_eq!(
            redeem(&db, MEMBER, &others).await,
            "ok",
            "the others' codes stay"
        );
    }
}

#[tokio::test]
async fn a_removed_person_comes_back_by_a_code_made_for_him_after_that_and_no_other() {
    let (_project, db) = world().await;
    let general = code(&db, ADMIN, ", 100").await;
    assert_eq!(redeem(&db, REMOVED, &general).await, "was_removed");
    assert_eq!(membership(&db, REMOVED).await, "inactive member P4");
    let leave = format!("leave_band('{}')", band());
    assert_eq!(call(&db, SECOND, &leave).await, "ok");
    let early = code(&db, ADMIN, &made_for(SECOND)).await;
    let used = code(&db, ADMIN, &made_for(SECOND)).await;
    assert_eq!(redeem(&db, SECOND, &used).await, "ok");
    assert_eq!(
        call(&db, ADMIN, &on("remove_member", SECOND, "")).await,
        "ok"
    );
    for old in [&early, &used, &general] {
        assert_ne!(
            redeem(&db, SECOND, old).await,
            "ok",
            "made before the removal"
        );
    }
    let fresh = code(&db, ADMIN, &format!(", 50{}", made_for(SECOND))).await;
    for stranger in [NOBODY, OTHER, REMOVED] {
        assert_eq!(redeem(&db, stranger, &fresh).await, "invite_unknown");
    }
    assert_eq!(redeem(&db, SECOND, &fresh).await, "ok");
    assert_eq!(membership(&db, SECOND).await, "active member P6");
    assert_eq!(call(&db, SECOND, &leave).await, "ok");
    assert_eq!(
        redeem(&db, SECOND, &fresh).await,
        "invite_unknown",
        "once, whatever uses were asked"
    );
    let to_nobody = format!("create_invite('{}'{})", band(), made_for(NOBODY));
    assert_eq!(call(&db, ADMIN, &to_nobody).await, "not_member");
    let to_member = format!("create_invite('{}'{})", band(), made_for(MEMBER));
    assert_eq!(call(&db, ADMIN, &to_member).await, "already_member");
}

#[tokio::test]
async fn a_row_that_the_web_app_deletes_is_a_removal_too() {
    let (_project, db) = world().await;
    let general = code(&db, ADMIN, ", 100").await;
    let mut delete = format!(
        "delete from public.band_memberships where user_id = '{}'",
        id(SECOND)
    );
    db.run(Who::Service, &delete).await;
    assert_eq!(redeem(&db, SECOND, &general).await, "was_removed");
    let his = code(&db, ADMIN, &made_for(SECOND)).await;
    assert_eq!(redeem(&db, SECOND, &his).await, "ok");
    // Out before departures were written down: the row itself tells.
    db.run(
        Who::Owner,
        &format!(
            "delete from sync.departures where user_id = '{}'",
            id(REMOVED)
        ),
    )
    .await;
    assert_eq!(redeem(&db, REMOVED, &general).await, "was_removed");
    delete = format!(
        "delete from public.band_memberships where user_id = '{}'",
        id(REMOVED)
    );
    db.run(Who::Service, &delete).await;
    assert_eq!(redeem(&db, REMOVED, &general).await, "was_removed");
}

#[tokio::test]
async fn who_left_comes_back_with_at_most_the_role_he_had() {
    let (_project, db) = world().await;
    let general = code(&db, ADMIN, ", 100").await;
    second_admin(&db).await;
    for (person, role) in [(VIEWER, "viewer"), (MEMBER, "member"), (SECOND, "member")] {
        let leave = format!("leave_band('{}')", band());
        assert_eq!(call(&db, person, &leave).await, "ok");
        assert_eq!(redeem(&db, person, &general).await, "ok");
        let expected = format!("active {role} P{person}");
        assert_eq!(membership(&db, person).await, expected);
    }
    assert_eq!(
        call(&db, ADMIN, &on("remove_member", VIEWER, "")).await,
        "ok"
    );
    let his = code(&db, ADMIN, &made_for(VIEWER)).await;
    assert_eq!(redeem(&db, VIEWER, &his).await, "ok");
    assert_eq!(membership(&db, VIEWER).await, "active viewer P3");
}

#[tokio::test]
async fn ten_wrong_codes_an_hour_and_then_every_code_is_unknown() {
    let (_project, db) = world().await;
    let right = code(&db, ADMIN, ", 100").await;
    for n in 0..10 {
        assert_eq!(
            redeem(&db, NOBODY, &format!("GUESS{n}")).await,
            "invite_unknown"
        );
    }
    assert_eq!(
        redeem(&db, NOBODY, &right).await,
        "invite_unknown",
        "a guesser learns nothing"
    );
    assert_eq!(redeem(&db, OTHER, &right).await, "ok", "others go on");
    db.run(Who::Owner, &format!(
        "update sync.invite_attempts set since = since - interval '61 minutes' where user_id = '{}'", id(NOBODY))).await;
    assert_eq!(redeem(&db, NOBODY, &right).await, "ok", "an hour later");
    let status = db
        .run(
            Who::User(id(NOBODY)),
            "select public.redeem_invite('NOSUCH'); select current_setting('response.status')",
        )
        .await
        .value();
    assert_eq!(status, "400", "a client meets the refusal it knows");
}

#[tokio::test]
async fn no_code_lives_longer_than_thirty_days_or_is_used_more_than_a_hundred_times() {
    let (_project, db) = world().await;
    for (what, expected) in [
        (
            "expires_at = null, created_date = now() - interval '31 days'",
            "invite_expired",
        ),
        (
            "expires_at = now() + interval '1 year', created_date = now() - interval '31 days'",
            "invite_expired",
        ),
        ("max_uses = 1000, current_uses = 100", "invite_used_up"),
        ("max_uses = 100, current_uses = 99", "ok"),
    ] {
        let made = code(&db, ADMIN, "").await;
        let sql = format!("update public.invite_codes set {what} where code = '{made}'");
        db.run(Who::Owner, &sql).await;
        assert_eq!(redeem(&db, NOBODY, &made).await, expected, "{what}");
    }
}

#[tokio::test]
async fn admins_list_and_revoke_the_open_codes() {
    let (_project, db) = world().await;
    let list = async |person: u32| -> Value {
        let call = format!("list_invites('{}')", band());
        db.rpc(Who::User(id(person)), &call).await
    };
    let general = code(&db, ADMIN, ", 7, 24").await;
    let his = code(&db, ADMIN, &made_for(REMOVED)).await;
    let open = list(ADMIN).await;
    let codes: Vec<&Value> = open
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["code"])
        .collect();
    assert_eq!(
        codes,
        [&Value::from(his), &Value::from(general.clone())],
        "newest first, none that is used up"
    );
    assert_eq!(
        (&open[0]["member_name"], &open[0]["max_uses"]),
        (&"P4".into(), &1.into())
    );
    assert_eq!(
        (&open[1]["by_name"], &open[1]["uses"], &open[1]["max_uses"]),
        (&"P1".into(), &0.into(), &7.into())
    );
    let revoke = format!("revoke_invite('{}')", open[1]["id"].as_str().unwrap());
    assert_eq!(call(&db, MEMBER, &revoke).await, "not_admin");
    assert_eq!(call(&db, OTHER, &revoke).await, "invite_unknown");
    assert_eq!(call(&db, ADMIN, &revoke).await, "ok");
    assert_eq!(call(&db, ADMIN, &revoke).await, "ok", "again");
    assert_eq!(redeem(&db, NOBODY, &general).await, "invite_unknown");
    assert_eq!(list(ADMIN).await.as_array().unwrap().len(), 1);
    for _ in 0..99 {
        code(&db, ADMIN, "").await;
    }
    let more = format!("create_invite('{}')", band());
    assert_eq!(call(&db, ADMIN, &more).await, "too_many_invites");
    assert_eq!(list(ADMIN).await.as_array().unwrap().len(), 100);
}

#[tokio::test]
async fn a_code_is_good_for_the_same_time_in_every_language() {
    let project = rockon_tests::project().await;
    let db = Db::open(&project).await;
    let arguments = "select pg_get_function_arguments('public.create_invite'::regproc)";
    let default = format!("valid_hours integer DEFAULT {INVITE_HOURS}");
    assert!(db.one(arguments).await.contains(&default));
    for (file, line) in [
        (
            "kotlin/src/main/kotlin/org/rockon/Bands.kt",
            format!("const val INVITE_HOURS = {INVITE_HOURS}\n"),
        ),
        (
            "swift/Sources/RockOn/RockOn+Band.swift",
            format!("public let inviteHours = {INVITE_HOURS}\n"),
        ),
    ] {
        let text = std::fs::read_to_string(repository().join("bindings").join(file)).expect(file);
        assert!(text.contains(&line), "{file}");
    }
    let endless = "select count(*) from public.invite_codes where expires_at is null or expires_at > now() + interval '30 days'";
    assert_eq!(db.number(endless).await, 0, "the seed's code ends, too");
}

#[tokio::test]
async fn whoever_brings_somebody_into_a_band_his_own_devices_hear_of_it() {
    let own = format!(
        "select rev from public.sync_head where scope_id = '{}'",
        id(NOBODY)
    );
    let told = format!(
        "select count(*) from realtime.messages where topic = 'scope:{}' and (payload ->> 'rev')::bigint = ({own})",
        id(NOBODY)
    );
    let insert = format!(
        "insert into public.band_memberships (user_id, band_id, role) values ('{}', '{}', 'member')",
        id(NOBODY),
        band()
    );
    let status = |status: &str| {
        format!(
            "update public.band_memberships set status = '{status}' where user_id = '{}'",
            id(NOBODY)
        )
    };
    let (project, db) = world().await;
    let mut rev = db.number(&own).await;
    for (what, who, sql, news) in [
        ("the service adds him", Who::Service, insert.clone(), true),
        (
            "he is removed: the band tells it",
            Who::Service,
            status("inactive"),
            false,
        ),
        ("he is back", Who::Service, status("active"), true),
        (
            "a role is of the band",
            Who::User(id(ADMIN)),
            format!(
                "select public.{}",
                on("set_member_role", NOBODY, ", 'viewer'")
            ),
            false,
        ),
        (
            "he leaves",
            Who::User(id(NOBODY)),
            format!("select public.leave_band('{}')", band()),
            false,
        ),
        (
            "the row goes",
            Who::Owner,
            format!(
                "delete from public.band_memberships where user_id = '{}'",
                id(NOBODY)
            ),
            false,
        ),
    ] {
        db.run(who, &sql).await;
        assert_eq!(db.number(&own).await - rev, i64::from(news), "{what}");
        rev += i64::from(news);
        assert!(!news || db.number(&told).await > 0, "{what}: a hint");
    }
    let code = code(&db, ADMIN, "").await;
    assert_eq!(redeem(&db, NOBODY, &code).await, "ok");
    assert_eq!(db.number(&own).await, rev + 1, "by a code");
    // His head is held: who adds him holds the band's, and must not wait for a person's then.
    db.run(Who::Service, &status("inactive")).await;
    let holder = project.admin().await.expect("a connection");
    let hold = format!(
        "begin; select from public.sync_head where scope_id = '{}' for update",
        id(NOBODY)
    );
    holder.batch_execute(&hold).await.expect("held");
    let admin = Db::open(&project).await;
    admin
        .client()
        .batch_execute("set lock_timeout = '2s'")
        .await
        .expect("a setting");
    let add = format!(
        "select sync.lock_scopes(array['{}']::uuid[]); {}",
        band(),
        status("active")
    );
    admin.run(Who::Owner, &add).await;
    holder.batch_execute("rollback").await.expect("let go");
    assert_eq!(
        db.number(&own).await,
        rev + 1,
        "found when his devices ask next"
    );
}
