//! The end of an account: by the person, by an operator, soft or hard; what is left, and that it can begin again.

use std::time::Duration;

use rockon_tests::eventually;
use serde_json::json;
use uuid::Uuid;

use super::backfill::{migrate, web_app};
use super::bands::{call, membership};
use super::db::{Db, Who, id};
use super::push::{add_song, request};
use super::world::{ADMIN, MEMBER, NOBODY, OTHER, SECOND, VIEWER, band, join, other_band, world};

const NAME: &str = "Quentin Quirk";
const EMAIL: &str = "quentin.q@example.com";

/// A member with a name and an address that stand nowhere else, who left traces everywhere.
async fn add_quentin(db: &Db) -> Uuid {
    let quentin = id(0x99);
    db.run(Who::Owner, &format!(
        "insert into auth.users (id, email, raw_user_meta_data) values ('{quentin}', '{EMAIL}', '{{\"name\": \"{NAME}\"}}')")).await;
    join(db, id(ADMIN), band(), quentin).await;
    join(db, id(OTHER), other_band(), quentin).await;
    db.run(Who::User(quentin), &format!(
        "insert into public.songs (id, title, context_id, created_by) values ('{0}', 'Kept', '{3}', '{4}'), ('{1}', 'Buried', '{3}', '{4}');
         insert into public.songs (id, title, context_type, context_id, created_by) values ('{2}', 'Own', 'personal', '{4}', '{4}');
         insert into public.setlists (name, context_type, context_id, created_by) values ('Own set', 'personal', '{4}', '{4}');
         delete from public.songs where id = '{1}'; select public.leave_band('{5}')",
        id(0x701), id(0x702), id(0x703), band(), quentin, other_band())).await;
    // A result that waits for another's device, with his name in it.
    db.run(
        Who::User(quentin),
        &format!(
            "update public.songs set key = 'A' where id = '{}'",
            id(0x701)
        ),
    )
    .await;
    let edit = json!({"n": 1, "kind": "song", "op": "update", "id": id(0x701), "base_rev": 1, "set": {"tempo": 99}, "base": {}});
    db.push(id(MEMBER), &request(id(0xc2), band(), 0, &[edit]))
        .await;
    let own = json!({"n": 1, "kind": "read_mark", "op": "mark", "id": id(0x701), "set": {"scope_id": band(), "row_kind": "song", "rev": 1, "seen": true}});
    db.push(quentin, &request(id(0xc3), quentin, 0, &[own]))
        .await;
    quentin
}

/// The tables whose rows still tell who he was, or are his own.
async fn traces(db: &Db, person: Uuid) -> Vec<String> {
    let tables = db
        .run(Who::Owner, "select c.oid::regclass::text from pg_class c where c.relkind in ('r', 'p')
           and c.relnamespace in ('public'::regnamespace, 'sync'::regnamespace, 'auth'::regnamespace) order by 1")
        .await;
    let mut found = Vec::new();
    for row in tables.rows {
        let table = row[0].as_deref().expect("a name");
        let of_him = format!("to_jsonb(t)::text ~* '{NAME}|{EMAIL}'");
        let his = format!(
            "coalesce(to_jsonb(t) ->> 'sync_scope', to_jsonb(t) ->> 'scope_id') = '{person}' and '{table}' <> 'sync_head'"
        );
        let count = db
            .number(&format!(
                "select count(*) from {table} t where {of_him} or {his}"
            ))
            .await;
        if count > 0 {
            found.push(format!("{table}: {count}"));
        }
    }
    found
}

async fn ended(db: &Db, quentin: Uuid) {
    assert_eq!(traces(db, quentin).await, Vec::<String>::new());
    let rows = format!(
        "select string_agg(distinct concat_ws(' ', status, member_name), ', ') from public.band_memberships where user_id = '{quentin}'"
    );
    assert_eq!(db.one(&rows).await, "inactive Former member");
    let song = format!(
        "select title || ' ' || (created_by = '{quentin}') from public.songs where id = '{}'",
        id(0x701)
    );
    assert_eq!(db.one(&song).await, "Kept true", "the band's song stays");
    let ask = json!({"scopes": [{"id": band(), "cursor": null, "epoch": null}]});
    let page = db.pull(id(MEMBER), &ask).await.to_string();
    assert!(
        page.contains("Former member") && !page.contains("Quentin"),
        "{page}"
    );
    let token = Who::User(quentin);
    for function in [
        "sync_pull('{\"scopes\": []}')",
        "create_band('Ghost')",
        "set_name('Ghost')",
        "redeem_invite('GHOST12345')",
        "delete_account()",
        "sync_health()",
        "sync_echo()",
    ] {
        let refused = db
            .try_run(token, &format!("select public.{function}"))
            .await
            .expect_err(function);
        assert_eq!(
            refused.text, "account_gone: this account was deleted",
            "{function}"
        );
    }
    let push = format!(
        "select public.sync_push('{}')",
        request(Uuid::new_v4(), quentin, 0, &[])
    );
    db.try_run(token, &push).await.expect_err("no push");
    assert_eq!(
        db.run(token, "select from public.songs").await.rows.len(),
        0,
        "no policy opens either"
    );
    db.run(
        token,
        "update public.users set name = 'Ghost' where id = auth.uid()",
    )
    .await;
    assert_eq!(
        db.one(&format!(
            "select name from public.users where id = '{quentin}'"
        ))
        .await,
        "Former member"
    );
    let again = id(0x9a);
    db.run(Who::Owner, &format!("insert into auth.users (id, email, raw_user_meta_data) values ('{again}', '{EMAIL}', '{{\"name\": \"{NAME}\"}}')")).await;
    assert_eq!(
        db.one(&format!(
            "select email from public.users where id = '{again}'"
        ))
        .await,
        EMAIL,
        "the address begins again"
    );
    assert_eq!(call(db, 0x9a, "create_band('Fresh')").await, "ok");
}

#[tokio::test]
async fn who_deletes_his_account_leaves_his_songs_and_no_name() {
    let (_project, db) = world().await;
    let quentin = add_quentin(&db).await;
    assert!(
        traces(&db, quentin).await.len() > 5,
        "the search finds what is there"
    );
    db.run(
        Who::Owner,
        &format!("insert into auth.sessions (id, user_id) values (gen_random_uuid(), '{quentin}')"),
    )
    .await;
    let answer = db.rpc(Who::User(quentin), "delete_account()").await;
    assert_eq!(answer, json!({"sign_in": "deleted"}));
    assert_eq!(
        db.number("select count(*) from auth.sessions").await,
        0,
        "no session goes on"
    );
    assert_eq!(
        db.number(&format!(
            "select count(*) from auth.users where id = '{quentin}'"
        ))
        .await,
        0
    );
    ended(&db, quentin).await;
}

#[tokio::test]
async fn where_auth_users_cannot_be_deleted_the_data_goes_and_the_row_is_named() {
    for forbids in [
        "create function public.no() returns trigger language plpgsql as $$ begin raise 'kept for the books'; end $$;
         create trigger no before delete on auth.users for each row execute function public.no()",
        "create table public.books (id uuid references auth.users (id)); insert into public.books select id from auth.users",
        "revoke delete on auth.users from postgres",
    ] {
        let (_project, db) = world().await;
        let quentin = add_quentin(&db).await;
        db.client().batch_execute(forbids).await.expect(forbids);
        let session = format!("insert into auth.sessions (id, user_id) values (gen_random_uuid(), '{quentin}')");
        db.run(Who::Owner, &session).await;
        let answer = db.rpc(Who::User(quentin), "delete_account()").await;
        assert_eq!(answer, json!({"sign_in": "stays"}), "{forbids}");
        assert_eq!(db.number("select count(*) from auth.sessions").await, 0, "no device goes on");
        assert_eq!(call(&db, 0x99, "create_band('Ghost')").await, "account_gone");
        let left = traces(&db, quentin).await;
        assert_eq!(left, ["auth.users: 1"], "only what an operator has to delete");
        let named = db.one("select kind || ' ' || id || ' ' || fault from sync.audit").await;
        assert_eq!(named, format!("account {quentin} ended, but its auth user is still there: delete it in the dashboard"));
        db.client().batch_execute(&format!("set session_replication_role = replica; delete from auth.users where id = '{quentin}'; set session_replication_role = origin")).await.expect("by the operator");
        assert_eq!(db.number("select count(*) from sync.audit").await, 0);
    }
}

#[tokio::test]
async fn an_operator_who_deletes_the_auth_user_ends_the_account() {
    for delete in [
        "delete from auth.users where id = '{}'",
        "update auth.users set email = 'aGFzaGVk', encrypted_password = null, deleted_at = now() where id = '{}'",
    ] {
        let (_project, db) = world().await;
        let quentin = add_quentin(&db).await;
        db.client()
            .batch_execute(&format!(
                "set role supabase_auth_admin; {}; reset role",
                delete.replace("{}", &quentin.to_string())
            ))
            .await
            .expect(delete);
        db.run(
            Who::Owner,
            &format!("update auth.users set raw_user_meta_data = null where id = '{quentin}'"),
        )
        .await; // a soft deletion keeps it, in the schema of auth
        ended(&db, quentin).await;
    }
}

#[tokio::test]
async fn it_ends_in_a_web_apps_database_too() {
    let (project, db) = web_app(20).await;
    migrate(&project).await;
    let member = id(MEMBER);
    db.run(Who::User(member), "update public.songs set title = 'Mine' where id = '50000000-0000-4000-8000-00000000000a'; delete from public.songs where id = '50000000-0000-4000-8000-000000000014'").await;
    db.run(
        Who::Owner,
        &format!("delete from auth.users where id = '{member}'"),
    )
    .await;
    assert_eq!(
        membership(&db, MEMBER).await,
        "inactive member Former member"
    );
    let names = "select count(*) from public.audit_log where user_name = 'P2'";
    assert_eq!(db.number(names).await, 0);
    assert_eq!(
        db.number(&format!(
            "select count(*) from public.songs where sync_scope = '{member}'"
        ))
        .await,
        0
    );
    db.run(
        Who::Owner,
        &format!(
            "insert into auth.users (id, email) values ('{}', 'p2@example.com')",
            id(0x9a)
        ),
    )
    .await;
    assert_eq!(call(&db, 0x9a, "my_name()").await, "ok");
    // The last admin goes; the band refers to the audit log, others are in it: it stays, and somebody decides.
    db.run(
        Who::Owner,
        &format!("delete from auth.users where id = '{}'", id(ADMIN)),
    )
    .await;
    assert_eq!(membership(&db, VIEWER).await, "active admin P3");
}

#[tokio::test]
async fn the_last_admin_hands_over_first_and_an_operator_need_not() {
    let (_project, db) = world().await;
    call(&db, ADMIN, "create_band('Alone')").await;
    call(
        &db,
        ADMIN,
        &format!("create_band('Second', '{}')", id(0xb3)),
    )
    .await;
    join(&db, id(ADMIN), id(0xb3), id(NOBODY)).await;
    let refused = db
        .try_run(Who::User(id(ADMIN)), "select public.delete_account()")
        .await
        .expect_err("two bands");
    assert_eq!(refused.text, "hand_over: make somebody else an admin first");
    assert_eq!(refused.detail, "2", "not for the band where nobody else is");
    call(
        &db,
        ADMIN,
        &format!("set_member_role('{}', '{}', 'admin')", band(), id(SECOND)),
    )
    .await;
    db.run(
        Who::Owner,
        &format!("delete from auth.users where id = '{}'", id(ADMIN)),
    )
    .await;
    let admins = "select string_agg(member_name, ' ' order by member_name) from public.band_memberships where status = 'active' and role = 'admin'";
    assert_eq!(
        db.one(admins).await,
        "P5 P6 P7",
        "who has been there longest"
    );
    assert_eq!(
        db.number("select count(*) from public.bands where name = 'Alone'")
            .await,
        0
    );
    assert_eq!(
        call(&db, NOBODY, "delete_account()").await,
        "ok",
        "alone in his band now"
    );
    assert_eq!(
        db.number(&format!(
            "select count(*) from public.bands where id = '{}'",
            id(0xb3)
        ))
        .await,
        0
    );
}

#[tokio::test]
async fn a_deletion_by_an_operator_never_fails_and_what_could_not_be_done_is_done_later() {
    let (project, db) = world().await;
    let quentin = add_quentin(&db).await;
    let writer = project.admin().await.expect("a connection");
    writer
        .batch_execute("begin; lock table public.sync_head in exclusive mode")
        .await
        .expect("locked");
    db.run(
        Who::Owner,
        &format!("delete from auth.users where id = '{quentin}'"),
    )
    .await;
    assert_eq!(
        call(&db, 0x99, "my_name()").await,
        "account_gone",
        "at once"
    );
    writer.batch_execute("rollback").await.expect("rolled back");
    assert!(!traces(&db, quentin).await.is_empty());
    assert_eq!(db.one("select sync.tidy_accounts()").await, "1");
    ended(&db, quentin).await;
    assert_eq!(db.one("select sync.tidy_accounts()").await, "0");
}

#[tokio::test]
async fn a_deletion_that_nobody_told_of_ends_when_the_address_signs_up_again() {
    let (_project, db) = world().await;
    let quentin = add_quentin(&db).await;
    db.client().batch_execute(&format!(
        "set session_replication_role = replica; delete from auth.users where id = '{quentin}'; set session_replication_role = default")).await.expect("deleted");
    assert_eq!(
        call(&db, 0x99, "create_band('Ghost')").await,
        "account_gone"
    );
    db.run(
        Who::Owner,
        &format!(
            "insert into auth.users (id, email) values ('{}', '{EMAIL}')",
            id(0x9b)
        ),
    )
    .await;
    assert_eq!(
        db.one(&format!(
            "select email from public.users where id = '{}'",
            id(0x9b)
        ))
        .await,
        EMAIL
    );
    assert_eq!(
        db.one(&format!(
            "select name from public.users where id = '{quentin}'"
        ))
        .await,
        "Former member"
    );
}

#[tokio::test]
async fn an_account_ends_while_its_bands_are_written_to() {
    let (project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Song").await;
    let writer = project.admin().await.expect("a connection");
    let edit = format!(
        "begin; {} update public.songs set key = 'B' where id = '{}'",
        Who::User(id(MEMBER)).preamble(),
        id(1)
    );
    writer.simple_query(&edit).await.expect("an edit under way");
    let other = Db::open(&project).await;
    let leaving = tokio::spawn(async move { call(&other, SECOND, "delete_account()").await });
    eventually("the deletion waits", Duration::from_secs(10), async || {
        let waits = db.number("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()").await;
        (waits > 0).then_some(())
    })
    .await;
    writer.batch_execute("commit").await.expect("committed");
    assert_eq!(leaving.await.expect("deleted"), "ok");
    assert_eq!(
        membership(&db, SECOND).await,
        "inactive member Former member"
    );
}
