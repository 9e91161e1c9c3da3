//! What people and bands may be called, whoever writes the name; and that the same name locks nothing.

use std::time::Duration;

use rockon_core::model::UNSEEN;
use rockon_tests::eventually;
use serde_json::json;
use uuid::Uuid;

use super::backfill::{migrate, web_app};
use super::bands::{call, membership};
use super::db::{Db, Who, id, quoted};
use super::push::request;
use super::world::{ADMIN, MEMBER, NOBODY, band, world};

/// Names that cannot be one, and what is left of each when nobody can be asked.
fn bad_names() -> Vec<(String, String)> {
    let long = "x".repeat(81);
    let owned = |pair: (&str, &str)| (pair.0.to_owned(), pair.1.to_owned());
    let pairs = [
        ("", "New member"),
        (" \t ", "New member"),
        ("\u{200b}\u{3164}\u{2800}", "New member"),
        ("Sa\u{202e}m", "Sam"),
        ("Sam\u{200d}", "Sam"),
        ("Sam\u{1b}[2J", "Sam[2J"),
        ("Sa\nm", "Sa m"),
        ("\u{feff}Sam", "Sam"),
        ("Sam\u{2066}", "Sam"),
        ("Sam\u{e0041}", "Sam"),
        ("Former member", "New member"),
        ("SYSTEM", "New member"),
    ];
    let mut all: Vec<(String, String)> = pairs.into_iter().map(owned).collect();
    all.push((long.clone(), long[..80].to_owned()));
    all
}

async fn name(db: &Db, person: u32) -> String {
    let sql = format!("select name from public.users where id = '{}'", id(person));
    db.one(&sql).await
}

#[tokio::test]
async fn a_bad_name_is_refused_to_the_person_and_mended_for_every_other_writer() {
    let (_project, db) = world().await;
    for (n, (bad, mended)) in bad_names().into_iter().enumerate() {
        let text = quoted(&bad);
        assert_eq!(
            call(&db, MEMBER, &format!("set_name({text})")).await,
            "bad_name",
            "{bad:?}"
        );
        let own = format!("update public.users set name = {text} where id = auth.uid()");
        let refused = db
            .try_run(Who::User(id(MEMBER)), &own)
            .await
            .expect_err("a bad name");
        assert_eq!(refused.code, "23514", "{bad:?}");
        assert_eq!(name(&db, MEMBER).await, "P2");
        let fresh = id(u32::try_from(0x900 + n).expect("few"));
        db.run(Who::Owner, &format!(
            "insert into auth.users (id, email, raw_user_meta_data) values ('{fresh}', 'n{n}@example.com', jsonb_build_object('name', {text}))")).await;
        let stored = db
            .one(&format!(
                "select name from public.users where id = '{fresh}'"
            ))
            .await;
        assert_eq!(stored, mended, "{bad:?} at a sign-up");
        db.run(
            Who::Service,
            &format!("update public.users set name = {text} where id = '{fresh}'"),
        )
        .await;
        let stored = db
            .one(&format!(
                "select name from public.users where id = '{fresh}'"
            ))
            .await;
        assert_eq!(stored, mended, "{bad:?} by the service key");
    }
    for (asked, given) in [
        (" Zoë  B. ", "Zoë B."),
        ("Zoe\u{308}", "Zoë"),
        ("\u{5e73}\u{548c}", "\u{5e73}\u{548c}"),
        ("O'Neil \u{1f3b8}", "O'Neil \u{1f3b8}"),
    ] {
        let set = format!("select public.set_name({})", quoted(asked));
        assert_eq!(db.run(Who::User(id(MEMBER)), &set).await.value(), given);
        assert_eq!(
            membership(&db, MEMBER).await,
            format!("active member {given}")
        );
        let meta = format!(
            "select raw_user_meta_data ->> 'name' from auth.users where id = '{}'",
            id(MEMBER)
        );
        assert_eq!(db.one(&meta).await, given, "where a server_row reads it");
    }
}

#[tokio::test]
async fn a_band_is_called_by_the_same_rule_whoever_writes() {
    let (_project, db) = world().await;
    for (bad, _) in bad_names() {
        let text = quoted(&bad);
        assert_eq!(
            call(&db, MEMBER, &format!("create_band({text})")).await,
            "bad_name",
            "{bad:?}"
        );
        for who in [Who::User(id(ADMIN)), Who::Service] {
            let plain = format!(
                "update public.bands set name = {text} where id = '{}'",
                band()
            );
            let refused = db.try_run(who, &plain).await.expect_err("a bad name");
            assert_eq!(refused.code, "23514", "{bad:?}");
        }
        let edit = json!({"n": 1, "kind": "band", "op": "update", "id": band(), "base_rev": 0, "set": {"name": bad}, "base": {"name": "One"}});
        let answer = db
            .push(id(ADMIN), &request(Uuid::new_v4(), band(), 0, &[edit]))
            .await;
        assert_eq!(
            (
                &answer["results"][0]["sqlstate"],
                &answer["results"][0]["field"]
            ),
            (&json!("23514"), &json!("name")),
            "{bad:?}"
        );
    }
    let plain = format!(
        "update public.bands set name = ' Two  Tone ' where id = '{}'",
        band()
    );
    db.run(Who::User(id(ADMIN)), &plain).await;
    assert_eq!(
        db.one(&format!(
            "select name from public.bands where id = '{}'",
            band()
        ))
        .await,
        "Two Tone"
    );
}

#[tokio::test]
async fn nobody_is_called_after_the_front_of_his_address() {
    let (_project, db) = world().await;
    let asked = async |person: Uuid| {
        let sql = "select coalesce(public.my_name(), 'none yet')";
        db.run(Who::User(person), sql).await.value()
    };
    let (nameless, chosen, full) = (id(0xa1), id(0xa2), id(0xa3));
    db.run(Who::Owner, &format!(
        r#"insert into auth.users (id, email, raw_user_meta_data) values ('{nameless}', 'someone@example.com', '{{}}'),
          ('{chosen}', 'ali@example.com', '{{"name": "Ali"}}'), ('{full}', 'x@example.com', '{{"full_name": "Xenia Y."}}')"#)).await;
    assert_eq!(asked(nameless).await, "none yet");
    assert_eq!(asked(chosen).await, "Ali", "he chose it");
    assert_eq!(asked(full).await, "Xenia Y.");
    let stored = format!("select name from public.users where id = '{nameless}'");
    assert_eq!(db.one(&stored).await, "New member");
    db.run(Who::User(nameless), "select public.set_name('Someone')")
        .await;
    assert_eq!(asked(nameless).await, "Someone");
}

#[tokio::test]
async fn a_sign_in_of_the_web_app_mends_the_name_and_waits_for_nobody() {
    let (project, db) = web_app(20).await;
    migrate(&project).await;
    let sign_in = |who: u32, data: &str| {
        format!(
            "update auth.users set last_sign_in_at = now(), raw_user_meta_data = raw_user_meta_data || '{data}' where id = '{}'",
            id(who)
        )
    };
    let nameless = id(0xa1);
    db.run(
        Who::Owner,
        &format!("insert into auth.users (id, email) values ('{nameless}', 'someone@example.com')"),
    )
    .await;
    let stored = format!("select name from public.users where id = '{nameless}'");
    assert_eq!(
        db.one(&stored).await,
        "New member",
        "its trigger wrote the address"
    );
    db.run(Who::User(nameless), "select public.set_name('Some One')")
        .await;
    db.run(
        Who::Owner,
        &format!("update auth.users set raw_user_meta_data = '{{}}' where id = '{nameless}'"),
    )
    .await;
    assert_eq!(
        db.one(&stored).await,
        "Some One",
        "and writes it again at each sign-in"
    );
    db.run(
        Who::Owner,
        &sign_in(MEMBER, r#"{"name": "Bad\u202e\u0007 name"}"#),
    )
    .await;
    assert_eq!(membership(&db, MEMBER).await, "active member Bad name");

    let writer = project.admin().await.expect("a connection");
    writer
        .batch_execute("begin; lock table public.sync_head in exclusive mode")
        .await
        .expect("locked");
    db.client()
        .batch_execute("set lock_timeout = '2s'")
        .await
        .expect("a setting");
    db.run(Who::Owner, &sign_in(ADMIN, "{}")).await;
    db.run(Who::Owner, &sign_in(NOBODY, r#"{"theme": "dark"}"#))
        .await;
    let locks = "select count(*) from pg_locks where relation = 'public.sync_head'::regclass and not granted";
    let other = Db::open(&project).await;
    let rename = sign_in(MEMBER, r#"{"name": "Newer"}"#);
    let waiting = tokio::spawn(async move { other.run(Who::Owner, &rename).await });
    eventually("a real change waits", Duration::from_secs(10), async || {
        (db.number(locks).await > 0).then_some(())
    })
    .await;
    writer.batch_execute("commit").await.expect("committed");
    waiting.await.expect("renamed");
    assert_eq!(membership(&db, MEMBER).await, "active member Newer");
}

#[tokio::test]
async fn a_new_name_locks_the_persons_own_scopes_only() {
    let (project, db) = world().await;
    let writer = project.admin().await.expect("a connection");
    let hold = format!(
        "begin; select sync.lock_scopes(array['{}']::uuid[])",
        super::world::other_band()
    );
    writer.simple_query(&hold).await.expect("locked");
    db.client()
        .batch_execute("set lock_timeout = '2s'")
        .await
        .expect("a setting");
    db.run(
        Who::Service,
        &format!(
            "update public.users set name = 'Free' where id = '{}'",
            id(MEMBER)
        ),
    )
    .await;
    assert_eq!(membership(&db, MEMBER).await, "active member Free");
}

#[tokio::test]
async fn the_core_and_the_database_refuse_the_same_characters() {
    let (_project, db) = world().await;
    let unseen = db
        .one(
            "select string_agg(n::text, ' ' order by n) from generate_series(1, 1114111) n
               where case when n not between 55296 and 57343 then chr(n) ~ sync.unseen() end",
        )
        .await;
    let ours = UNSEEN.iter().flat_map(|&(from, to)| from.max(1)..=to);
    let ours: Vec<String> = ours.map(|c| c.to_string()).collect();
    assert_eq!(unseen, ours.join(" "));
}

#[tokio::test]
async fn an_account_older_than_the_migrations_keeps_the_name_of_its_own_data() {
    let project = rockon_tests::bare_project().await;
    let db = Db::open(&project).await;
    let account = |n: u32, meta: &str| {
        format!(
            "insert into auth.users (id, email, raw_user_meta_data) values ('{}', 'front{n}@example.com', {meta})",
            id(n)
        )
    };
    for (n, meta) in [
        (1, r#"'{"name": "Ada L."}'"#),
        (2, r#"'{"full_name": " Bo\u202e "}'"#),
        (3, "null"),
        (4, r#"'{"name": "front4"}'"#),
    ] {
        db.client()
            .batch_execute(&account(n, meta))
            .await
            .expect("an account");
    }
    migrate(&project).await;
    for (n, wanted) in [(1, "Ada L."), (2, "Bo"), (3, "New member"), (4, "front4")] {
        assert_eq!(name(&db, n).await, wanted);
    }
    db.run(Who::User(id(1)), "select public.create_band('First')")
        .await;
    let shown = "select member_name from public.band_memberships";
    assert_eq!(db.one(shown).await, "Ada L.");
}
