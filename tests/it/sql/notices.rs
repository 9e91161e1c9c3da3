//! What the log keeps for notices: short values of one author's revision, and nothing that ends where it began.

use serde_json::{Value, json};
use uuid::Uuid;

use super::conflicts::push_one;
use super::db::{Db, Who, id};
use super::push::{add_song, edit, request};
use super::world::{ADMIN, MEMBER, SECOND, band, world};

/// Columns and values of a row's newest entry.
async fn newest(db: &Db, row: Uuid) -> Value {
    let sql = format!(
        "select json_build_array(cols, vals) from sync.log where row_id = '{row}' order by rev desc limit 1"
    );
    serde_json::from_str(&db.one(&sql).await).expect("JSON")
}

/// What the band's page has beside its log above a revision.
async fn beside(db: &Db, rev: i64, what: &str) -> Value {
    let epoch = db
        .one(&format!(
            "select epoch from public.sync_head where scope_id = '{}'",
            band()
        ))
        .await;
    let ask =
        json!({"id": band(), "epoch": epoch, "cursor": {"rev": rev, "ord": null, "id": null}});
    db.pull(id(SECOND), &json!({"scopes": [ask]})).await["scopes"][0][what].clone()
}

async fn head(db: &Db) -> i64 {
    db.number(&format!(
        "select rev from public.sync_head where scope_id = '{}'",
        band()
    ))
    .await
}

#[tokio::test]
async fn the_log_has_what_an_author_found_and_left_for_whoever_reads_it_later() {
    let (_project, db) = world().await;
    add_song(&db, MEMBER, id(1), "Creep").await;
    let before = head(&db).await;
    for (who, key) in [(MEMBER, "C"), (SECOND, "Gm"), (ADMIN, "D")] {
        let sql = format!(
            "update public.songs set key = '{key}' where id = '{}'",
            id(1)
        );
        db.run(Who::User(id(who)), &sql).await;
    }
    let values = beside(&db, before, "values").await;
    let pairs: Vec<_> = values
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| &one[3]["key"])
        .collect();
    let wanted = [json!(["G", "C"]), json!(["C", "Gm"]), json!(["Gm", "D"])];
    assert_eq!(pairs, wanted.iter().collect::<Vec<_>>(), "{values}");
    assert_eq!(
        (&values[0][1], &values[0][2]),
        (&json!("song"), &json!(id(1)))
    );
    assert_eq!(
        beside(&db, before + 2, "values")
            .await
            .as_array()
            .map(Vec::len),
        Some(1)
    );
}

#[tokio::test]
async fn a_page_says_once_when_each_revision_of_its_log_was_made() {
    let (_project, db) = world().await;
    let before = head(&db).await;
    let songs = "insert into public.songs (title, artist, context_type, context_id, created_by) values ('A', '', 'band', '%', '@'), ('B', '', 'band', '%', '@')";
    let songs = songs
        .replace('%', &band().to_string())
        .replace('@', &id(MEMBER).to_string());
    db.run(Who::User(id(MEMBER)), &songs).await;
    add_song(&db, MEMBER, id(1), "Creep").await;
    let wanted = format!(
        "select json_agg(json_build_array(rev, ms) order by rev) from (select rev,
           (extract(epoch from min(at)) * 1000)::bigint as ms from sync.log
          where scope_id = '{}' and rev > {before} group by rev) r",
        band()
    );
    let wanted: Value = serde_json::from_str(&db.one(&wanted).await).expect("JSON");
    let times = beside(&db, before, "times").await;
    assert_eq!(times, wanted);
    assert_eq!(
        times.as_array().map(Vec::len),
        Some(2),
        "two of one revision"
    );
    let now = db
        .number("select (extract(epoch from now()) * 1000)::bigint")
        .await;
    let last = times[1][1].as_i64().expect("a number");
    assert!((now - 600_000..=now).contains(&last), "{last} of {now}");
    let end = head(&db).await;
    assert_eq!(beside(&db, end, "times").await, json!([]));
}

#[tokio::test]
async fn nothing_is_null_an_empty_text_or_an_empty_list_and_none_of_them_is_a_change() {
    let (_project, db) = world().await;
    add_song(&db, MEMBER, id(1), "Creep").await;
    let sql = format!(
        "update public.songs set genre = '', notes = '', reference_links = '[]' where id = '{}'",
        id(1)
    );
    db.run(Who::User(id(MEMBER)), &sql).await;
    assert_eq!(newest(&db, id(1)).await, json!([[], null]));
}

#[tokio::test]
async fn two_changes_in_one_transaction_are_one_from_the_first_to_the_last() {
    let (_project, db) = world().await;
    add_song(&db, MEMBER, id(1), "Creep").await;
    let set = |set: &str| format!("update public.songs set {set} where id = '{}'; ", id(1));
    db.run(Who::User(id(MEMBER)), &set("key = 'A', tempo = 90"))
        .await;
    let twice = set("key = 'B', genre = 'pop'")
        + &set("key = 'C', artist = 'X'")
        + &set("genre = null, notes = 'n'");
    db.run(Who::User(id(MEMBER)), &twice).await;
    let wanted = json!([["artist", "key", "notes"], {"key": ["A", "C"], "artist": [null, "X"]}]);
    let found = newest(&db, id(1)).await;
    assert_eq!(found[0], wanted[0]);
    assert_eq!(found[1]["key"], wanted[1]["key"]);
    assert_eq!(found[1].as_object().expect("values").len(), 2, "{found}");
    let back = set("key = 'D'") + &set("key = 'C'");
    db.run(Who::User(id(MEMBER)), &back).await;
    assert_eq!(newest(&db, id(1)).await, json!([[], null]));
    // A long value in between is not known, so neither is what the second change found.
    let long = set(&format!("title = '{}'", "x".repeat(200))) + &set("title = 'Short'");
    db.run(Who::User(id(MEMBER)), &long).await;
    assert_eq!(newest(&db, id(1)).await, json!([["title"], null]));
}

#[tokio::test]
async fn long_values_texts_and_lists_are_named_and_not_kept() {
    let (_project, db) = world().await;
    add_song(&db, MEMBER, id(1), "Creep").await;
    let sql = format!(
        "update public.songs set notes = 'short', title = repeat('x', 130), reference_links = '[1]', key = 'A' where id = '{}'",
        id(1)
    );
    db.run(Who::User(id(MEMBER)), &sql).await;
    let wanted = json!([["key", "notes", "reference_links", "title"], {"key": ["G", "A"]}]);
    assert_eq!(newest(&db, id(1)).await, wanted);
    let many = format!(
        "update public.songs set artist = repeat('a', 90), genre = repeat('b', 90), guitar_tuning = repeat('c', 90),
           lyrics_url = repeat('d', 90), chords_url = repeat('e', 90) where id = '{}'",
        id(1)
    );
    db.run(Who::User(id(MEMBER)), &many).await;
    assert_eq!(
        newest(&db, id(1)).await[1],
        Value::Null,
        "an entry stays small"
    );
}

#[tokio::test]
async fn a_deleted_practice_is_called_by_its_day_as_a_phone_calls_it() {
    let (_project, db) = world().await;
    let sql = format!(
        "set local timezone = 'Asia/Tokyo';
         insert into public.practice_sessions (id, band_id, scheduled_date, type) values ('{0}', '{1}', '2026-03-05T20:00:00Z', 'rehearsal');
         delete from public.practice_sessions where id = '{0}'",
        id(9),
        band()
    );
    db.run(Who::User(id(MEMBER)), &sql).await;
    let title = db
        .one(&format!(
            "select title from sync.tombstones where row_id = '{}'",
            id(9)
        ))
        .await;
    assert_eq!(
        title, "2026-03-05T20:00:00+00:00",
        "in the zone that rows travel in"
    );
}

#[tokio::test]
async fn a_push_tells_its_values_like_any_other_writer() {
    let (_project, db) = world().await;
    add_song(&db, MEMBER, id(1), "Creep").await;
    let faster = edit(
        1,
        "update",
        id(1),
        &json!({"tempo": 120}),
        &json!({"tempo": 87}),
    );
    let answer = db
        .push(id(SECOND), &request(Uuid::new_v4(), band(), 0, &[faster]))
        .await;
    assert_eq!(answer["results"][0]["verdict"], "applied", "{answer}");
    assert_eq!(
        newest(&db, id(1)).await,
        json!([["tempo"], {"tempo": [87, 120]}])
    );
}

/// What the log says was done to a row, oldest first, with the place of it.
async fn ops(db: &Db, row: Uuid) -> String {
    db.one(&format!(
        "select string_agg(l.op || case when l.scope_id = '{}' then '' else ' elsewhere' end, ', ' order by l.at, l.scope_id <> '{0}', l.rev)
           from sync.log l where l.row_id = '{row}'",
        band()
    ))
    .await
}

#[tokio::test]
async fn who_brings_a_row_back_has_not_added_it_and_who_moves_it_away_has_not_deleted_it() {
    let (_project, db) = world().await;
    add_song(&db, MEMBER, id(1), "Creep").await;
    let run = async |sql: &str| {
        let sql = sql.replace("SONG", &id(1).to_string());
        db.run(Who::User(id(MEMBER)), &sql).await;
    };
    run("delete from public.songs where id = 'SONG'").await;
    assert_eq!(ops(&db, id(1)).await, "insert, delete");
    let back = edit(1, "restore", id(1), &json!({}), &json!({}));
    let back = push_one(&db, MEMBER, band(), back).await;
    assert_eq!(back["restored"], true, "{back}");
    assert_eq!(ops(&db, id(1)).await, "insert, delete, restore");
    let mine = format!(
        "update public.songs set context_type = 'personal', context_id = '{}' where id = 'SONG'",
        id(MEMBER)
    );
    run(&mine).await;
    assert_eq!(
        ops(&db, id(1)).await,
        "insert, delete, restore, move, insert elsewhere"
    );
    // A second change in the transaction of the first does not make it another deed.
    add_song(&db, MEMBER, id(2), "Run").await;
    db.run(
        Who::User(id(MEMBER)),
        &format!("delete from public.songs where id = '{}'", id(2)),
    )
    .await;
    let back = edit(2, "restore", id(2), &json!({"key": "A"}), &json!({}));
    let back = push_one(&db, MEMBER, band(), back).await;
    assert_eq!(back["restored"], true, "{back}");
    assert_eq!(ops(&db, id(2)).await, "insert, delete, restore");
}

#[tokio::test]
async fn a_members_role_and_status_are_told_as_they_were_given() {
    let (_project, db) = world().await;
    let before = head(&db).await;
    for role in ["viewer", "member"] {
        let sql = format!(
            "update public.band_memberships set role = '{role}' where user_id = '{}'",
            id(MEMBER)
        );
        db.run(Who::Owner, &sql).await;
    }
    let values = beside(&db, before, "values").await;
    let roles: Vec<_> = values
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one[3]["role"].clone())
        .collect();
    assert_eq!(
        roles,
        [json!(["member", "viewer"]), json!(["viewer", "member"])],
        "{values}"
    );
}
