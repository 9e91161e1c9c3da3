//! Rows larger than a phone can read: every answer stays below its limit, and everything else comes whole.

use serde_json::{Value, json};

use super::db::{Db, Who, id, lines};
use super::pull::SPARED;
use super::push::{add_song, client, edit, request};
use super::world::{ADMIN, MEMBER, OTHER, VIEWER, band, join, other_band, world};

/// What a phone reads of an answer at most.
const PHONE: usize = 5_000_000;
const TABLES: [&str; 7] = [
    "bands",
    "band_memberships",
    "songs",
    "setlists",
    "shows",
    "practice_sessions",
    "read_marks",
];

/// The world as it was before values had limits.
async fn before_limits() -> (rockon_local_stack::Project, Db) {
    let (project, db) = world().await;
    let lifted = "update sync.limits set value = 1000000000 where name like '%\\_bytes' or name = 'line_chars'";
    db.run(Who::Owner, lifted).await;
    (project, db)
}

/// Adds songs as the web app does: `values` are SQL for each title, notes and links; `n` counts from 1.
async fn add_songs(db: &Db, count: u32, title: &str, notes: &str, links: &str) {
    db.run(
        Who::User(id(MEMBER)),
        &format!(
            "insert into public.songs (title, notes, reference_links, context_id, created_by)
             select {title}, {notes}, {links}, '{}', '{}' from generate_series(1, {count}) n",
            band(),
            id(MEMBER)
        ),
    )
    .await;
}

/// Reads the scopes from nothing to their end; every answer as it was written.
async fn read(db: &Db, limit: usize) -> Vec<String> {
    let mut asks =
        [band(), other_band()].map(|scope| json!({"id": scope, "cursor": null, "epoch": null}));
    let mut answers = Vec::new();
    loop {
        let ask = json!({"client_id": client(MEMBER), "scopes": asks, "limit": limit});
        let answer = db.pull(id(MEMBER), &ask).await;
        answers.push(answer.to_string());
        let scopes = answer["scopes"].as_array().expect("scopes");
        for (scope, ask) in scopes.iter().zip(&mut asks) {
            *ask = json!({"id": scope["id"], "cursor": scope["cursor"], "epoch": scope["epoch"]});
        }
        if scopes.iter().all(|scope| scope["has_more"] == false) {
            return answers;
        }
    }
}

fn songs(answers: &[String]) -> Vec<Value> {
    let mut songs = Vec::new();
    for answer in answers {
        let answer: Value = serde_json::from_str(answer).expect("JSON");
        for scope in answer["scopes"].as_array().expect("scopes") {
            songs.extend(scope["rows"]["song"].as_array().expect("songs").clone());
        }
    }
    songs
}

fn titled<'a>(songs: &'a [Value], title: &str) -> &'a Value {
    let found = songs.iter().find(|song| song["title"] == title);
    found.unwrap_or_else(|| panic!("no {title}"))
}

#[tokio::test]
async fn the_stored_size_of_a_row_is_never_below_its_json_whatever_its_text() {
    let (_project, db) = before_limits().await;
    add_songs(&db, 3, r#"'"' || n"#, r"repeat(E'\x01', 100000)", "'[]'").await;
    add_songs(
        &db,
        3,
        "'Ünü'",
        r"repeat('\', 100000)",
        "'[{\"id\": \"1\"}]'",
    )
    .await;
    db.run(
        Who::User(id(ADMIN)),
        "update public.users set name = repeat('\"', 80)",
    )
    .await;
    for table in TABLES {
        let wrong = db.one(&format!(
            "select count(*) filter (where sync_bytes - sent not between 0 and 400) || ' of ' || count(*)
               from (select sync_bytes, (select 1 + sum(octet_length(to_json(c.key)::text) + octet_length(c.value::text) + 2)
                       from json_each(row_to_json(t)) c where c.key <> all ('{SPARED}')) as sent from public.{table} t) s")).await;
        assert!(wrong.starts_with("0 of "), "{table}: {wrong}");
    }
    let largest = db.number("select max(sync_bytes) from public.songs").await;
    assert!(
        largest > 600_000,
        "a control character counts six: {largest}"
    );
}

#[tokio::test]
async fn a_row_too_large_for_an_answer_comes_shortened_in_its_place_and_its_neighbours_whole() {
    let (_project, db) = before_limits().await;
    let many = "(select jsonb_agg(repeat('l', 100)) from generate_series(1, 1000))";
    add_songs(&db, 2, "'Before'", "'whole'", "'[]'").await;
    add_songs(&db, 1, "'Control'", r"repeat(E'\x01', 1000000)", many).await;
    add_songs(&db, 1, "repeat('t', 6000000)", "'short'", "'[]'").await;
    add_songs(&db, 1, "'Large'", "repeat('x', 3000000)", "'[]'").await;
    add_songs(&db, 2, "'After'", "'whole'", "'[]'").await;
    for limit in [1, 3, 1000] {
        let answers = read(&db, limit).await;
        assert!(answers.iter().all(|answer| answer.len() < PHONE));
        let songs = songs(&answers);
        let revs: Vec<i64> = songs
            .iter()
            .filter_map(|s| s["sync_rev"].as_i64())
            .collect();
        assert!(revs.len() == 7 && revs.is_sorted(), "{revs:?}");
        let control = titled(&songs, "Control");
        assert_eq!(
            control["sync_too_large"],
            json!(["notes", "reference_links"])
        );
        assert_eq!(control["notes"], json!("\u{1}".repeat(200)));
        assert_eq!(control["reference_links"], Value::Null);
        assert_eq!(control.get("sync_scope"), None, "nor what nobody gets");
        let title = titled(&songs, &"t".repeat(200));
        assert_eq!(title["sync_too_large"], json!(["title"]));
        assert_eq!(title["notes"], json!("short"));
        let whole: Vec<&Value> = songs
            .iter()
            .filter(|s| s.get("sync_too_large").is_none())
            .collect();
        assert_eq!(whole.len(), 5);
        let large = titled(&songs, "Large")["notes"].as_str().map(str::len);
        assert_eq!(large, Some(3_000_000));
    }
}

#[tokio::test]
async fn no_answer_is_too_long_for_a_phone_however_large_rows_lie_in_its_scopes() {
    let (_project, db) = before_limits().await;
    join(&db, id(OTHER), other_band(), id(MEMBER)).await;
    add_songs(&db, 12, "'S' || n", "repeat('x', 300000 * n)", "'[]'").await;
    add_songs(&db, 3, "'C' || n", r"repeat(E'\x01', 580000)", "'[]'").await;
    db.client()
        .batch_execute(&format!(
            "update public.songs set context_id = '{}' where title in ('S11', 'S3', 'S4', 'C1')",
            other_band()
        ))
        .await
        .expect("moved");
    for limit in [2, 1000] {
        let answers = read(&db, limit).await;
        let sizes: Vec<usize> = answers.iter().map(String::len).collect();
        assert!(sizes.iter().all(|size| *size < 4_000_000), "{sizes:?}");
        let songs = songs(&answers);
        assert_eq!(songs.len(), 15);
        let cut = songs.iter().filter(|s| s.get("sync_too_large").is_some());
        assert_eq!(cut.count(), 1, "3.6 MB");
    }
}

#[tokio::test]
async fn a_conflict_with_a_value_too_large_for_a_phone_is_refused_and_stops_no_other_edit() {
    let (_project, db) = before_limits().await;
    for (n, title) in [(1, "Epic"), (2, "Other")] {
        add_song(&db, ADMIN, id(n), title).await;
    }
    db.run(
        Who::User(id(ADMIN)),
        &format!(
            "update public.songs set notes = repeat('x', 6000000) where id = '{}'",
            id(1)
        ),
    )
    .await;
    let edits = [
        edit(
            1,
            "update",
            id(1),
            &json!({"notes": "mine", "tempo": 1}),
            &json!({"notes": null, "tempo": 87}),
        ),
        edit(
            2,
            "update",
            id(1),
            &json!({"tempo": 99}),
            &json!({"tempo": 87}),
        ),
        edit(
            3,
            "update",
            id(2),
            &json!({"notes": "mine"}),
            &json!({"notes": null}),
        ),
    ];
    let answer = db
        .push(id(MEMBER), &request(client(MEMBER), band(), 0, &edits))
        .await;
    let results = answer["results"].as_array().expect("results");
    assert_eq!(
        (
            &results[0]["verdict"],
            &results[0]["sqlstate"],
            &results[0]["field"],
            &results[0]["reason"]
        ),
        (
            &json!("refused"),
            &json!("54000"),
            &json!("notes"),
            &json!("it is too long for a phone; change it in the web app")
        )
    );
    assert!(
        results[1..].iter().all(|r| r["verdict"] == "applied"),
        "{}",
        lines(results)
    );
    let kept = db
        .one(&format!(
            "select length(notes) || ' ' || tempo from public.songs where id = '{}'",
            id(1)
        ))
        .await;
    assert_eq!(kept, "6000000 99");
}

#[tokio::test]
async fn a_pull_reports_as_many_results_as_fit_and_a_push_the_others() {
    let (_project, db) = before_limits().await;
    let edits: Vec<Value> = (1..=9)
        .map(|n| {
            edit(
                u64::from(n),
                "update",
                id(n),
                &json!({"notes": "mine"}),
                &json!({"notes": null}),
            )
        })
        .collect();
    for n in 1..=9 {
        add_song(&db, ADMIN, id(n), "Song").await;
    }
    db.run(
        Who::User(id(ADMIN)),
        "update public.songs set notes = repeat('x', 400000)",
    )
    .await;
    let all = db
        .push(id(MEMBER), &request(client(MEMBER), band(), 0, &edits))
        .await;
    assert_eq!(all["results"][8]["verdict"], "partial");
    let ask = json!({"client_id": client(MEMBER), "scopes": []});
    let pulled = db.pull(id(MEMBER), &ask).await;
    let first = all["results"].as_array().expect("results")[..2].to_vec();
    // Not assert_eq: a failure would print megabytes.
    assert!(pulled["results"] == json!(first), "below 1 MB");
    let again = db
        .push(id(MEMBER), &request(client(MEMBER), band(), 2, &edits[7..]))
        .await;
    assert!(again["results"][1] == all["results"][8], "a few at a time");
    let next = db.pull(id(MEMBER), &ask).await;
    assert!(next["results"][0] == all["results"][2], "above acked");
}

#[tokio::test]
async fn titles_and_names_that_stand_beside_rows_are_short() {
    let (_project, db) = before_limits().await;
    let ask = json!({"scopes": [{"id": band(), "cursor": null, "epoch": null}]});
    let before = db.pull(id(VIEWER), &ask).await["scopes"][0].clone();
    add_songs(&db, 1, "repeat('t', 6000000)", "''", "'[]'").await;
    db.run(
        Who::Owner,
        "update public.users set name = repeat('n', 6000000)",
    )
    .await;
    db.run(Who::User(id(ADMIN)), "delete from public.songs")
        .await;
    let ask =
        json!({"scopes": [{"id": band(), "cursor": before["cursor"], "epoch": before["epoch"]}]});
    let answer = db.pull(id(VIEWER), &ask).await;
    assert!(answer.to_string().len() < 100_000);
    let dead = &answer["scopes"][0]["tombstones"][0];
    assert_eq!(dead["title"], json!("t".repeat(200)));
    assert_eq!(dead["actor_name"], json!("n".repeat(80)));
    let member = &answer["scopes"][0]["rows"]["membership"][0];
    assert_eq!(member["member_name"], json!("n".repeat(80)));
}
