//! Nobody fills or blocks a database: sizes, quotas, what is kept of answers, who waits for whom.

use rockon_core::model::{
    FieldType, Kind, MAX_JSON_BYTES, MAX_LINE_CHARS, MAX_TEXT_BYTES, Merge, checked, fields,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::db::{Db, Refusal, Who, id, literal};
use super::push::{add_song, client, edit, request};
use super::world::{ADMIN, MEMBER, SECOND, VIEWER, band, world};

/// Another value of a limit.
async fn limit(db: &Db, name: &str, value: u64) {
    db.run(
        Who::Owner,
        &format!("update sync.limits set value = {value} where name = '{name}'"),
    )
    .await;
}

/// Values of a column at the device's limit, and just above it.
fn at_the_limit(field: &rockon_core::model::Field) -> Option<(Value, Value)> {
    let text = |unit: &str, n: usize| json!(unit.repeat(n));
    match (field.kind, field.merge) {
        (FieldType::Text, Merge::Text) => Some((
            text("é", MAX_TEXT_BYTES / 2),
            text("é", MAX_TEXT_BYTES / 2 + 1),
        )),
        (FieldType::Text, _) => Some((text("é", MAX_LINE_CHARS), text("é", MAX_LINE_CHARS + 1))),
        (FieldType::Json, _) => {
            // Written without spaces this has exactly so many bytes.
            let list = |last: usize| {
                let mut list = vec!["x".repeat(1021); MAX_JSON_BYTES / 1024 - 1];
                list.push("x".repeat(last));
                json!(list)
            };
            Some((list(1020), list(1021)))
        }
        _ => None,
    }
}

#[tokio::test]
async fn the_server_takes_what_the_device_takes_and_refuses_what_it_refuses() {
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    db.run(Who::User(id(ADMIN)), &format!(
        "insert into public.setlists (id, name, band_id, created_by) values ('{1}', 'Set', '{0}', auth.uid());
         insert into public.shows (id, name, band_id, scheduled_date, created_by) values ('{1}', 'Gig', '{0}', now(), auth.uid());
         insert into public.practice_sessions (id, type, band_id, scheduled_date) values ('{1}', 'rehearsal', '{0}', now())", band(), id(1))).await;
    let kinds = [
        (Kind::Band, "bands", band()),
        (Kind::Song, "songs", id(1)),
        (Kind::Setlist, "setlists", id(1)),
        (Kind::Show, "shows", id(1)),
        (Kind::Practice, "practice_sessions", id(1)),
    ];
    let words = [
        "status",
        "type",
        "visibility",
        "context_type",
        "context_id",
        "time_signature",
    ];
    let mut tried = 0;
    for (kind, table, row) in kinds {
        let columns = fields(kind).iter().filter(|field| {
            let own_check =
                words.contains(&field.name) || (kind, field.name) == (Kind::Band, "name");
            field.merge != Merge::ReadOnly && !own_check
        });
        for field in columns {
            let Some((most, more)) = at_the_limit(field) else {
                continue;
            };
            let name = field.name;
            assert!(checked(kind, name, most.clone()).is_ok(), "{name}");
            assert!(checked(kind, name, more.clone()).is_err(), "{name}");
            let write = |value: Value| {
                format!(
                    "update public.{table} t set {name} = v.{name} from jsonb_populate_record(null::public.{table}, {}) v where t.id = '{row}'",
                    literal(&json!({ name: value }))
                )
            };
            db.tx(Who::User(id(ADMIN)), &write(most), "rollback")
                .await
                .unwrap_or_else(|refusal| panic!("{table}.{name}: {refusal:?}"));
            let refused = db.tx(Who::User(id(ADMIN)), &write(more), "rollback").await;
            assert_eq!(refused.expect_err(name).code, "22001", "{table}.{name}");
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried}");
    let long = edit(
        1,
        "update",
        id(1),
        &json!({"notes": "x".repeat(MAX_TEXT_BYTES + 1)}),
        &json!({"notes": null}),
    );
    let answer = db
        .push(id(ADMIN), &request(Uuid::new_v4(), band(), 0, &[long]))
        .await;
    let result = &answer["results"][0];
    assert_eq!(
        (&result["sqlstate"], &result["field"]),
        (&json!("22001"), &json!("notes"))
    );
}

#[tokio::test]
async fn what_was_too_long_before_stands_in_no_edits_way() {
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    limit(&db, "text_bytes", 1_000_000).await;
    limit(&db, "line_chars", 20_000).await;
    db.run(
        Who::User(id(MEMBER)),
        &format!(
            "update public.songs set artist = repeat('x', 10001) where id = '{}'",
            id(1)
        ),
    )
    .await;
    limit(&db, "line_chars", 10_000).await;
    let long = |length: u32| {
        format!(
            "update public.songs set notes = repeat('x', {length}) where id = '{}'",
            id(1)
        )
    };
    db.run(Who::User(id(MEMBER)), &long(300_000)).await;
    limit(&db, "text_bytes", 262_144).await;
    db.run(
        Who::User(id(MEMBER)),
        &format!(
            "update public.songs set key = 'A', notes = notes where id = '{}'",
            id(1)
        ),
    )
    .await;
    let refused = db
        .try_run(Who::User(id(MEMBER)), &long(300_001))
        .await
        .expect_err("longer");
    assert_eq!(refused.code, "22001");
    db.run(Who::User(id(MEMBER)), &long(200_000)).await;
}

#[tokio::test]
async fn a_full_scope_takes_nothing_more_deleted_rows_count_and_come_back() {
    let (_project, db) = world().await;
    let me = id(MEMBER);
    let song = |n: u32, notes: u32| {
        format!(
            "insert into public.songs (id, title, notes, context_type, context_id, created_by)
            values ('{}', 'Song', repeat('x', {notes}), 'personal', '{me}', '{me}')",
            id(n)
        )
    };
    db.run(Who::User(me), &song(1, 50_000)).await;
    db.run(Who::User(me), &song(2, 10)).await;
    limit(&db, "scope_bytes", 110_000).await;
    let full = |refusal: Refusal| assert_eq!(refusal.code, "RO002", "{refusal:?}");
    full(
        db.try_run(Who::User(me), &song(3, 60_000))
            .await
            .expect_err("full"),
    );
    let grow = format!(
        "update public.songs set notes = repeat('y', 60000) where id = '{}'",
        id(2)
    );
    full(db.try_run(Who::User(me), &grow).await.expect_err("full"));
    db.run(
        Who::User(me),
        &format!("delete from public.songs where id = '{}'", id(1)),
    )
    .await;
    full(
        db.try_run(Who::User(me), &song(3, 60_000))
            .await
            .expect_err("its image counts"),
    );
    let push = |mutation: Value| request(Uuid::new_v4(), me, 0, &[mutation]);
    let answer = db
        .push(
            me,
            &push(edit(
                1,
                "insert",
                id(3),
                &json!({"title": "x", "notes": "x".repeat(60_000)}),
                &json!({}),
            )),
        )
        .await;
    assert_eq!(answer["results"][0]["sqlstate"], "RO002", "{answer}");
    let answer = db
        .push(me, &push(edit(1, "restore", id(1), &json!({}), &json!({}))))
        .await;
    assert_eq!(
        answer["results"][0]["restored"], true,
        "it was counted already: {answer}"
    );
    db.run(Who::Service, &song(4, 60_000)).await;
    let counted = format!("select rows || ' ' || bytes from sync.usage where scope_id = '{me}'");
    let before = db.one(&counted).await;
    limit(&db, "scope_rows", 1).await;
    full(
        db.try_run(Who::User(me), &song(5, 1))
            .await
            .expect_err("too many rows"),
    );
    assert_eq!(db.one(&counted).await, before);
    db.run(Who::Owner, "select sync.prune()").await;
    assert_eq!(db.one(&counted).await, before, "counted the same by hand");
}

#[tokio::test]
async fn a_person_makes_so_many_bands_a_day() {
    let (_project, db) = world().await;
    limit(&db, "bands_a_day", 2).await;
    let make = "select public.create_band('Another')";
    db.run(Who::User(id(MEMBER)), &format!("{make}; {make}"))
        .await;
    let refused = db
        .try_run(Who::User(id(MEMBER)), make)
        .await
        .expect_err("a third");
    assert!(refused.text.starts_with("too_many_bands: "), "{refused:?}");
    db.run(Who::User(id(SECOND)), make).await;
}

/// A hundred edits of the notes of one song, each in conflict with what is there.
fn conflicts(row: Uuid) -> Vec<Value> {
    (1..=100)
        .map(|n| {
            edit(
                n,
                "update",
                row,
                &json!({"notes": format!("x{n}")}),
                &json!({}),
            )
        })
        .collect()
}

#[tokio::test]
async fn a_small_call_makes_neither_a_huge_answer_nor_much_that_is_kept() {
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    db.run(
        Who::User(id(ADMIN)),
        &format!(
            "update public.songs set notes = repeat('x', 250000) where id = '{}'",
            id(1)
        ),
    )
    .await;
    let call = request(client(MEMBER), band(), 0, &conflicts(id(1)));
    let answer = db.push(id(MEMBER), &call).await;
    assert!(
        answer.to_string().len() < 1_500_000,
        "{}",
        answer.to_string().len()
    );
    let partial = |at: usize| {
        (
            &answer["results"][at]["verdict"],
            answer["results"][at]["current"]
                .as_object()
                .expect("fields")
                .len(),
        )
    };
    assert_eq!(partial(0), (&json!("partial"), 1));
    assert_eq!(
        partial(99),
        (&json!("partial"), 0),
        "its value comes when it is sent again"
    );
    let kept = db
        .number("select sum(pg_column_size(r)) from sync.results r")
        .await;
    assert!(kept < 65_000, "{kept} bytes kept");
    db.run(
        Who::User(id(ADMIN)),
        &format!(
            "update public.songs set notes = 'now' where id = '{}'",
            id(1)
        ),
    )
    .await;
    let again = db.push(id(MEMBER), &call).await;
    assert_eq!(
        again["results"][99]["current"],
        json!({"notes": "now"}),
        "read again when asked"
    );
    let pulled = db
        .pull(
            id(MEMBER),
            &json!({"client_id": client(MEMBER), "scopes": []}),
        )
        .await;
    assert_eq!(pulled["results"], again["results"]);
    db.run(
        Who::User(id(ADMIN)),
        &format!("delete from public.songs where id = '{}'", id(1)),
    )
    .await;
    let gone = db.push(id(MEMBER), &call).await;
    assert_eq!(gone["results"][0]["current"], json!({}));
}

#[tokio::test]
async fn a_call_about_too_many_bytes_is_refused_as_too_large() {
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    limit(&db, "push_rows_bytes", 20_000).await;
    let call = |count: usize| {
        let call = request(Uuid::new_v4(), band(), 0, &conflicts(id(1))[..count]);
        format!("select public.sync_push({})", literal(&call))
    };
    let refused = db
        .try_run(Who::User(id(MEMBER)), &call(100))
        .await
        .expect_err("too large");
    assert_eq!(
        (refused.code.as_str(), refused.text.as_str()),
        ("PT413", "too_large")
    );
    db.run(Who::User(id(MEMBER)), &call(10)).await;
}

#[tokio::test]
async fn a_push_waits_for_the_scope_of_its_call_alone_and_who_may_write_nothing_for_none() {
    let (project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    let holder = Db::open(&project).await;
    let hold = async |scope: Uuid| {
        let sql =
            format!("begin; select from public.sync_head where scope_id = '{scope}' for update");
        holder.client().batch_execute(&sql).await.expect("held");
    };
    let call = |scope: Uuid, set: Value| {
        let call = request(
            Uuid::new_v4(),
            scope,
            0,
            &[edit(1, "update", id(1), &set, &json!({}))],
        );
        format!("select public.sync_push({})", literal(&call))
    };
    hold(id(MEMBER)).await;
    db.run(Who::User(id(MEMBER)), &call(band(), json!({"tempo": 99})))
        .await;
    holder
        .client()
        .batch_execute("rollback")
        .await
        .expect("let go");
    hold(band()).await;
    for who in [VIEWER, super::world::NOBODY] {
        let answer = db
            .run(Who::User(id(who)), &call(band(), json!({"tempo": 1})))
            .await
            .value();
        assert!(answer.contains("42501"), "{answer}");
    }
    let own = "insert into public.songs (title, context_type, context_id, created_by) values ('x', 'personal', auth.uid(), auth.uid())";
    db.run(Who::User(id(VIEWER)), own).await;
    db.client()
        .batch_execute("set lock_timeout = '200ms'")
        .await
        .expect("a setting");
    let waits = db
        .try_run(Who::User(id(MEMBER)), "update public.songs set key = 'B'")
        .await;
    assert_eq!(waits.expect_err("the band is held").code, "55P03");
    holder
        .client()
        .batch_execute("rollback")
        .await
        .expect("let go");
}

#[tokio::test]
async fn one_person_cannot_have_all_connections_wait() {
    let (project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    limit(&db, "pushes_at_once", 1).await;
    let call = |person: u32| {
        let call = request(
            Uuid::new_v4(),
            band(),
            0,
            &[edit(1, "update", id(1), &json!({"tempo": 99}), &json!({}))],
        );
        (
            Who::User(id(person)),
            format!("select public.sync_push({})", literal(&call)),
        )
    };
    let (who, sql) = call(VIEWER);
    let other = Db::open(&project).await;
    other
        .client()
        .batch_execute(&format!("begin; {} {sql}", who.preamble()))
        .await
        .expect("under way");
    let refused = db.try_run(who, &sql).await.expect_err("a second at once");
    assert_eq!(refused.code, "PT429", "{refused:?}");
    let (who, sql) = call(MEMBER);
    db.run(who, &sql).await;
    other.client().batch_execute("commit").await.expect("done");
    let (who, sql) = call(VIEWER);
    db.run(who, &sql).await;
}

#[tokio::test]
async fn devices_are_few_their_answers_too_and_both_end() {
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    limit(&db, "clients", 3).await;
    limit(&db, "results", 10).await;
    let call = |client: u32, first: u64, count: u64| {
        let edits: Vec<_> = (first..first + count)
            .map(|n| edit(n, "update", id(1), &json!({"tempo": n + 50}), &json!({})))
            .collect();
        request(id(0xd000 + client), band(), first - 1, &edits)
    };
    for device in 1..=5 {
        db.push(id(MEMBER), &call(device, 1, 1)).await;
        db.run(
            Who::Owner,
            "update sync.clients set seen_at = seen_at - interval '1 minute' where true",
        )
        .await;
    }
    let mine = format!(
        "select string_agg(right(client_id::text, 1), '' order by client_id) from sync.clients where user_id = '{}'",
        id(MEMBER)
    );
    assert_eq!(
        db.one(&mine).await,
        "345",
        "the device not seen for longest ends"
    );
    for round in 0..4 {
        db.push(id(MEMBER), &call(5, 2 + 5 * round, 5)).await;
    }
    let kept = db.one("select count(*) || ' ' || max(n) || ' ' || (select kept from sync.clients where client_id::text like '%d005') from sync.results where client_id::text like '%d005'").await;
    assert_eq!(
        kept, "15 21 15",
        "at most the limit, and those of the last call"
    );
    db.run(Who::Owner, "update sync.clients set seen_at = now() - interval '91 days' where client_id::text like '%d005'").await;
    db.run(Who::Owner, "select sync.prune()").await;
    assert_eq!(db.one(&mine).await, "34");
    assert_eq!(
        db.number("select count(*) from sync.results where client_id::text like '%d005'")
            .await,
        0
    );
}

#[tokio::test]
async fn a_revision_is_remembered_for_thousands_of_scopes_and_through_savepoints() {
    let (_project, db) = world().await;
    db.run(Who::Owner, "insert into auth.users (id, email, raw_user_meta_data)
        select md5('crowd' || n)::uuid, 'c' || n || '@example.com', '{\"name\": \"C\"}' from generate_series(1, 1000) n").await;
    let songs = "insert into public.songs (title, context_type, context_id, created_by)
        select 'x', 'personal', u.id, u.id from public.users u, generate_series(1, 2)";
    db.run(Who::Service, &format!(
        "{songs}; savepoint s; {songs}; rollback to s; update public.songs set key = 'A' where key is null; update public.songs set tempo = 99 where key = 'A'")).await;
    let wrong = db.number("select count(*) from public.songs s join public.sync_head h on h.scope_id = s.sync_scope where s.sync_rev <> h.rev").await;
    assert_eq!(wrong, 0, "one revision for each scope and transaction");
    let longest = "select coalesce(max(length(current_setting('sync.revs_' || n, true))), 0) from generate_series(0, 255) n";
    let answer = db
        .run(
            Who::Service,
            &format!("update public.songs set tempo = 98 where tempo = 99; {longest}"),
        )
        .await;
    assert!(
        answer.value().parse::<u32>().expect("a number") < 1_000,
        "no setting holds all scopes"
    );
}
