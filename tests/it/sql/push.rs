//! `sync_push`: exactly once, refusals one by one, whole calls, two calls of one client at once.

use std::time::Duration;

use rockon_tests::eventually;
use serde_json::{Value, json};
use uuid::Uuid;

use super::db::{Db, Refusal, Who, id, literal};
use super::world::{ADMIN, MEMBER, OTHER, REMOVED, VIEWER, band, other_band, world};

/// A client id of a person.
pub(super) fn client(person: u32) -> Uuid {
    id(0xc000 + person)
}

/// A `sync_push` request of one scope.
pub(super) fn request(client: Uuid, scope: Uuid, acked: u64, mutations: &[Value]) -> Value {
    json!({"client_id": client, "scope": scope, "acked": acked, "mutations": mutations})
}

/// One mutation of a song.
pub(super) fn edit(n: u64, op: &str, row: Uuid, set: &Value, base: &Value) -> Value {
    // Who deletes has seen the row as it is.
    let seen = if op == "delete" { 1_i64 << 40 } else { 0 };
    json!({"n": n, "kind": "song", "op": op, "id": row, "base_rev": seen, "set": set, "base": base})
}

/// Inserts a song as somebody.
pub(super) async fn add_song(db: &Db, person: u32, row: Uuid, title: &str) {
    let insert = edit(
        1,
        "insert",
        row,
        &json!({"title": title, "key": "G", "tempo": 87}),
        &json!({}),
    );
    let answer = db
        .push(id(person), &request(Uuid::new_v4(), band(), 0, &[insert]))
        .await;
    assert_eq!(answer["results"][0]["verdict"], "applied", "{answer}");
}

async fn head(db: &Db, scope: Uuid) -> i64 {
    db.number(&format!(
        "select rev from public.sync_head where scope_id = '{scope}'"
    ))
    .await
}

#[tokio::test]
async fn a_repeated_call_answers_the_stored_results_and_does_nothing() {
    let (_project, db) = world().await;
    let call = request(
        client(MEMBER),
        band(),
        0,
        &[
            edit(
                1,
                "insert",
                id(1),
                &json!({"title": "Wonderwall"}),
                &json!({}),
            ),
            edit(2, "update", id(99), &json!({"title": "x"}), &json!({})),
        ],
    );
    let first = db.push(id(MEMBER), &call).await;
    assert_eq!(first["results"][0]["verdict"], "applied");
    assert_eq!(first["results"][1]["sqlstate"], "02000");
    let before = head(&db, band()).await;
    assert_eq!(db.push(id(MEMBER), &call).await, first);
    assert_eq!(head(&db, band()).await, before);
    let stored = db
        .pull(
            id(MEMBER),
            &json!({"client_id": client(MEMBER), "scopes": []}),
        )
        .await;
    assert_eq!(
        stored["results"], first["results"],
        "a pull reports the same"
    );
}

#[tokio::test]
async fn the_tag_of_a_mutation_comes_back_with_its_result_also_by_a_pull() {
    let (_project, db) = world().await;
    let mut tagged = edit(1, "insert", id(1), &json!({"title": "A"}), &json!({}));
    tagged["tag"] = json!("0123456789abcdef");
    let plain = edit(2, "insert", id(2), &json!({"title": "B"}), &json!({}));
    let call = request(client(MEMBER), band(), 0, &[tagged, plain]);
    let first = db.push(id(MEMBER), &call).await;
    let asked = json!({"client_id": client(MEMBER), "scopes": []});
    let stored = db.pull(id(MEMBER), &asked).await;
    for answer in [first, stored] {
        let tags: Vec<_> = (0..2).map(|at| &answer["results"][at]["tag"]).collect();
        assert_eq!(tags, [&json!("0123456789abcdef"), &Value::Null], "{answer}");
    }
}

#[tokio::test]
async fn after_acked_a_repeated_number_answers_verdict_and_revision_only_and_pull_reports_nothing()
{
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    let change = edit(
        1,
        "update",
        id(1),
        &json!({"tempo": 90}),
        &json!({"tempo": 1}),
    );
    let first = db
        .push(
            id(MEMBER),
            &request(client(MEMBER), band(), 0, std::slice::from_ref(&change)),
        )
        .await;
    assert_eq!(first["results"][0]["overwritten"], json!({"tempo": 87}));
    db.push(id(MEMBER), &request(client(MEMBER), band(), 1, &[]))
        .await;
    let again = db
        .push(id(MEMBER), &request(client(MEMBER), band(), 1, &[change]))
        .await;
    assert_eq!(again["client_reset"], false);
    assert_eq!(again["results"][0]["verdict"], "applied");
    assert_eq!(again["results"][0]["rev"], first["results"][0]["rev"]);
    assert_eq!(
        again["results"][0]["overwritten"],
        json!({}),
        "the payload went at acked"
    );
    let pulled = db
        .pull(
            id(MEMBER),
            &json!({"client_id": client(MEMBER), "scopes": []}),
        )
        .await;
    assert_eq!(pulled["results"], json!([]));
}

#[tokio::test]
async fn after_acked_a_partial_names_no_fields_and_the_texts_sent_again_on_their_old_base_get_them()
{
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    let notes = |n, text: &str| {
        let set = json!({"notes": text, "key": format!("A{n}")});
        edit(
            n,
            "update",
            id(1),
            &set,
            &json!({"notes": null, "key": "G"}),
        )
    };
    let of = |person, acked, mutations: &[Value]| request(client(person), band(), acked, mutations);
    db.push(id(ADMIN), &of(ADMIN, 0, &[notes(1, "slow")])).await;
    let mine = notes(1, "fast");
    let first = of(MEMBER, 0, std::slice::from_ref(&mine));
    let first = db.push(id(MEMBER), &first).await;
    assert_eq!(first["results"][0]["verdict"], "partial", "{first}");
    assert_eq!(first["results"][0]["current"], json!({"notes": "slow"}));
    db.push(id(MEMBER), &of(MEMBER, 1, &[])).await;
    // The phone went back to a backup: it was about to send number 1, and knows of nothing acknowledged.
    let again = db.push(id(MEMBER), &of(MEMBER, 0, &[mine])).await;
    assert_eq!(again["client_reset"], false);
    assert_eq!(again["results"][0]["verdict"], "partial", "{again}");
    assert_eq!(again["results"][0]["current"], json!({}));
    let text = json!({"notes": "fast"});
    let newer = edit(2, "update", id(1), &text, &json!({"notes": null}));
    let newer = db.push(id(MEMBER), &of(MEMBER, 0, &[newer])).await;
    assert_eq!(newer["results"][0]["verdict"], "partial", "{newer}");
    assert_eq!(newer["results"][0]["current"], json!({"notes": "slow"}));
}

#[tokio::test]
async fn a_restored_backup_and_a_stolen_client_id_are_told_to_take_a_new_one() {
    let (_project, db) = world().await;
    let song = |n, title: &str| {
        edit(
            n,
            "insert",
            id(u32::try_from(n).expect("few")),
            &json!({"title": title}),
            &json!({}),
        )
    };
    db.push(
        id(MEMBER),
        &request(client(MEMBER), band(), 0, &[song(5, "A")]),
    )
    .await;
    db.push(id(MEMBER), &request(client(MEMBER), band(), 7, &[]))
        .await;
    let before = head(&db, band()).await;
    let cases = [
        (
            "the same number, another content",
            MEMBER,
            request(client(MEMBER), band(), 7, &[song(5, "B")]),
        ),
        (
            "a number below acked that was never answered",
            MEMBER,
            request(client(MEMBER), band(), 7, &[song(6, "C")]),
        ),
        (
            "the same by the older acked of the backup",
            MEMBER,
            request(client(MEMBER), band(), 0, &[song(6, "C")]),
        ),
        (
            "one number of several",
            MEMBER,
            request(client(MEMBER), band(), 7, &[song(8, "D"), song(6, "C")]),
        ),
        (
            "another person's client id",
            ADMIN,
            request(client(MEMBER), band(), 0, &[song(9, "E")]),
        ),
    ];
    for (case, person, call) in cases {
        let answer = db.push(id(person), &call).await;
        assert_eq!(answer["client_reset"], true, "{case}");
        assert_eq!(answer["results"], json!([]), "{case}");
    }
    assert_eq!(head(&db, band()).await, before, "nothing was done");
    let numbers = db
        .push(
            id(MEMBER),
            &request(client(MEMBER), band(), 7, &[song(20, "F"), song(11, "G")]),
        )
        .await;
    assert_eq!(
        numbers["client_reset"], false,
        "gaps and any order are fine"
    );
    assert_eq!(numbers["results"][1]["verdict"], "applied");
}

#[tokio::test]
async fn poison_in_a_batch_is_refused_alone_with_state_and_field_and_the_rest_share_one_revision() {
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    let before = head(&db, band()).await;
    let update = |n, set: Value| edit(n, "update", id(1), &set, &json!({}));
    let show = |n, set: Value| json!({"n": n, "kind": "show", "op": "insert", "id": id(0x100), "set": set});
    let cases: [(&str, Option<&str>, Value); 13] = [
        ("applied", None, update(1, json!({"tempo": 100}))),
        ("23514", None, update(2, json!({"difficulty": 9}))),
        ("42703", Some("no_such"), update(3, json!({"no_such": 1}))),
        ("22P02", Some("tempo"), update(4, json!({"tempo": "fast"}))),
        (
            "22003",
            Some("tempo"),
            update(5, json!({"tempo": 99_999_999_999_u64})),
        ),
        ("42501", Some("version"), update(6, json!({"version": 7}))),
        ("23502", Some("title"), update(7, json!({"title": null}))),
        (
            "23503",
            Some("setlist_id"),
            show(
                8,
                json!({"name": "Gig", "scheduled_date": "2026-01-01T20:00:00Z", "setlist_id": id(77)}),
            ),
        ),
        (
            "22007",
            Some("scheduled_date"),
            show(9, json!({"name": "Gig", "scheduled_date": "soon"})),
        ),
        (
            "02000",
            None,
            edit(10, "update", id(98), &json!({"tempo": 1}), &json!({})),
        ),
        (
            "22023",
            Some("op"),
            edit(11, "upsert", id(1), &json!({}), &json!({})),
        ),
        (
            "22023",
            Some("kind"),
            json!({"n": 12, "kind": "user", "op": "update", "id": id(1), "set": {}}),
        ),
        ("applied", None, update(13, json!({"key": "A"}))),
    ];
    let mutations: Vec<Value> = cases.iter().map(|case| case.2.clone()).collect();
    let answer = db
        .push(id(ADMIN), &request(client(ADMIN), band(), 0, &mutations))
        .await;
    for (result, (want, field, mutation)) in answer["results"]
        .as_array()
        .expect("results")
        .iter()
        .zip(&cases)
    {
        if *want == "applied" {
            assert_eq!(result["verdict"], "applied", "{mutation}: {result}");
            assert_eq!(result["rev"], before + 1, "{mutation}: {result}");
        } else {
            assert_eq!(result["verdict"], "refused", "{mutation}: {result}");
            assert_eq!(result["sqlstate"], *want, "{mutation}: {result}");
            if field.is_some() {
                assert_eq!(result["field"].as_str(), *field, "{mutation}: {result}");
            }
        }
        assert_eq!(result["n"], mutation["n"]);
    }
    assert_eq!(answer["head"], before + 1);
    let kept = db
        .one(&format!(
            "select tempo || key || difficulty from public.songs where id = '{}'",
            id(1)
        ))
        .await;
    assert_eq!(kept, "100A1");
}

#[tokio::test]
async fn what_a_policy_hides_from_writing_is_refused_although_postgresql_says_nothing() {
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    let set = json!({"tempo": 99});
    let cases = [
        (
            VIEWER,
            "viewer's update",
            edit(1, "update", id(1), &set, &json!({})),
        ),
        (
            VIEWER,
            "viewer's insert",
            edit(2, "insert", id(2), &json!({"title": "x"}), &json!({})),
        ),
        (
            VIEWER,
            "viewer's delete",
            edit(3, "delete", id(1), &json!({}), &json!({})),
        ),
        (
            MEMBER,
            "a member's delete of what the admin made",
            edit(4, "delete", id(1), &json!({}), &json!({})),
        ),
        (
            ADMIN,
            "an insert that names another scope",
            edit(
                5,
                "insert",
                id(3),
                &json!({"title": "x", "context_id": other_band()}),
                &json!({}),
            ),
        ),
        (
            ADMIN,
            "a new membership",
            json!({"n": 6, "kind": "membership", "op": "insert", "id": id(4), "set": {}}),
        ),
        (
            ADMIN,
            "deleting the band",
            json!({"n": 7, "kind": "band", "op": "delete", "id": band()}),
        ),
        (
            MEMBER,
            "a member's new band name",
            json!({"n": 8, "kind": "band", "op": "update", "id": band(), "set": {"name": "x"}}),
        ),
        (
            REMOVED,
            "a removed member's update",
            edit(9, "update", id(1), &set, &json!({})),
        ),
        (
            OTHER,
            "a stranger's update",
            edit(10, "update", id(1), &set, &json!({})),
        ),
    ];
    for (person, case, mutation) in cases {
        let answer = db
            .push(id(person), &request(client(person), band(), 0, &[mutation]))
            .await;
        assert_eq!(
            answer["results"][0]["sqlstate"], "42501",
            "{case}: {answer}"
        );
        assert_eq!(answer["results"][0]["rev"], 0, "{case}");
        let stranger = person == REMOVED || person == OTHER;
        assert_eq!(
            answer["head"].is_null() && answer["epoch"].is_null(),
            stranger,
            "{case}: {answer}"
        );
    }
}

#[tokio::test]
async fn transient_errors_end_the_call_with_nothing_stored_and_the_same_call_works_later() {
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    let before = head(&db, band()).await;
    let call = request(
        client(ADMIN),
        band(),
        0,
        &[
            edit(1, "update", id(1), &json!({"key": "A"}), &json!({})),
            edit(2, "update", id(1), &json!({"title": "boom"}), &json!({})),
        ],
    );
    for state in [
        "40001", "40P01", "53100", "55P03", "57014", "58030", "XX000",
    ] {
        db.client()
            .batch_execute(&format!(
                "create or replace function public.boom() returns trigger language plpgsql as
                   $$ begin raise exception 'boom' using errcode = '{state}'; end $$;
                 create or replace trigger boom before update on public.songs for each row
                   when (new.title = 'boom') execute function public.boom()"
            ))
            .await
            .expect("a trigger");
        let refusal = db
            .try_run(
                Who::User(id(ADMIN)),
                &format!("select public.sync_push({}::jsonb)", literal(&call)),
            )
            .await
            .expect_err("the call ends");
        assert_eq!(refusal.code, state);
    }
    assert_eq!(
        db.number("select count(*) from sync.results where n = 2")
            .await,
        0
    );
    assert_eq!(head(&db, band()).await, before);
    db.client()
        .batch_execute("drop trigger boom on public.songs")
        .await
        .expect("gone");
    let answer = db.push(id(ADMIN), &call).await;
    assert_eq!(answer["results"][1]["rev"], before + 1, "{answer}");
}

#[tokio::test]
async fn calls_of_a_wrong_shape_are_refused_as_a_whole() {
    let (_project, db) = world().await;
    let good = edit(1, "update", id(1), &json!({}), &json!({}));
    let many: Vec<Value> = (1..=101)
        .map(|n| edit(n, "delete", id(1), &json!({}), &json!({})))
        .collect();
    let huge = edit(
        1,
        "insert",
        id(1),
        &json!({"title": "x".repeat(700_000)}),
        &json!({}),
    );
    let of = |mutations: &[Value]| request(client(ADMIN), band(), 0, mutations);
    let cases = [
        ("PT413", of(&[huge])),
        ("22023", of(&many)),
        ("22023", of(&[good.clone(), good.clone()])),
        (
            "22023",
            of(&[json!({"kind": "song", "op": "delete", "id": id(1)})]),
        ),
        (
            "22023",
            of(&[edit(0, "delete", id(1), &json!({}), &json!({}))]),
        ),
        (
            "22023",
            json!({"client_id": client(ADMIN), "scope": band(), "acked": 0, "mutations": {}}),
        ),
        (
            "22023",
            json!({"scope": band(), "acked": 0, "mutations": []}),
        ),
        (
            "22023",
            json!({"client_id": client(ADMIN), "acked": 0, "mutations": []}),
        ),
    ];
    for (state, call) in cases {
        let refusal = db
            .try_run(
                Who::User(id(ADMIN)),
                &format!("select public.sync_push({}::jsonb)", literal(&call)),
            )
            .await
            .expect_err("refused");
        assert_eq!(refusal.code, state, "{call:.200}");
        assert!(
            refusal.text.is_ascii() && refusal.text.len() < 80,
            "a constant text: {}",
            refusal.text
        );
    }
    let no_session: Result<_, Refusal> = db
        .try_run(
            Who::Service,
            &format!("select public.sync_push({}::jsonb)", literal(&of(&[good]))),
        )
        .await;
    assert_eq!(no_session.expect_err("refused").code, "42501");
}

/// Starts the same call on two connections: the first is held open, the second waits for it.
async fn second_call_after(end_of_first: &str) -> (Value, Value, i64) {
    let (project, db) = world().await;
    let call = request(
        client(ADMIN),
        band(),
        0,
        &[edit(
            1,
            "insert",
            id(1),
            &json!({"title": "Once"}),
            &json!({}),
        )],
    );
    let sql = format!("select public.sync_push({}::jsonb)", literal(&call));
    let preamble = Who::User(id(ADMIN)).preamble();
    let first = project.admin().await.expect("a connection");
    let rows = first
        .simple_query(&format!("begin; {preamble} {sql}"))
        .await
        .expect("the first call");
    let answered = rows
        .iter()
        .filter_map(|message| match message {
            tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0),
            _ => None,
        })
        .next_back()
        .expect("an answer");
    let answered: Value = serde_json::from_str(answered).expect("JSON");
    let other = Db::open(&project).await;
    let second = tokio::spawn(async move { other.push(id(ADMIN), &call).await });
    eventually("the second call waits", Duration::from_secs(10), async || {
        let waits = db.number("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()").await;
        (waits > 0).then_some(())
    })
    .await;
    first
        .batch_execute(end_of_first)
        .await
        .expect("the first ends");
    let second = second.await.expect("the second call");
    let songs = db.number("select count(*) from public.songs").await;
    (answered, second, songs)
}

#[tokio::test]
async fn two_equal_calls_in_flight_do_the_work_once_whichever_ends_how() {
    let (first, second, songs) = second_call_after("commit").await;
    assert_eq!(
        (first, songs),
        (second, 1),
        "the second answers what the first did"
    );
    let (first, second, songs) = second_call_after("rollback").await;
    assert_eq!(songs, 1, "the second did it");
    assert_eq!(first["results"], second["results"]);
}
