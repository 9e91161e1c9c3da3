//! Hints, TRUNCATE, a new epoch after a restore, pruning, the audit.

use serde_json::json;

use super::db::{Db, Who, id};
use super::push::{add_song, client, edit, request};
use super::world::{ADMIN, MEMBER, OTHER, band, join, other_band, world};

/// Hints sent so far, as `topic rev`, oldest first, and how many.
async fn hints(db: &Db) -> Vec<String> {
    db.run(
        Who::Owner,
        "select topic || ' ' || (payload ->> 'rev') from realtime.messages
        where event = 'hint' and private and extension = 'broadcast' order by inserted_at, topic",
    )
    .await
    .rows
    .into_iter()
    .map(|row| row[0].clone().expect("a hint"))
    .collect()
}

async fn head(db: &Db) -> i64 {
    db.number(&format!(
        "select rev from public.sync_head where scope_id = '{}'",
        band()
    ))
    .await
}

#[tokio::test]
async fn one_hint_for_each_scope_and_transaction_and_none_for_a_roll_back() {
    let (_project, db) = world().await;
    join(&db, id(OTHER), other_band(), id(MEMBER)).await;
    let rev = head(&db).await;
    let mut known = hints(&db).await.len();
    let mut fresh = async || {
        let all = hints(&db).await;
        let news = all[known..].to_vec();
        known = all.len();
        news
    };
    let me = id(MEMBER);
    let song = |scope| {
        format!(
            "insert into public.songs (title, context_id, created_by) values ('Song', '{scope}', '{me}')"
        )
    };
    db.run(
        Who::User(me),
        &format!("{0}; {0}; update public.songs set key = 'A'", song(band())),
    )
    .await;
    assert_eq!(fresh().await, [format!("scope:{} {}", band(), rev + 1)]);
    db.run(
        Who::User(me),
        &format!("{}; {}", song(other_band()), song(band())),
    )
    .await;
    assert_eq!(fresh().await.len(), 2, "two scopes, two hints");
    db.tx(Who::User(me), &song(band()), "rollback")
        .await
        .expect("rolled back");
    db.run(
        Who::User(me),
        &format!("savepoint s; {}; rollback to s", song(band())),
    )
    .await;
    assert_eq!(fresh().await, Vec::<String>::new(), "nothing happened");
    db.run(Who::User(me), &format!(
        "insert into public.songs (title, context_id, created_by) select 'Song', '{}', '{me}' from generate_series(1, 10000)", band())).await;
    assert_eq!(
        fresh().await,
        [format!("scope:{} {}", band(), rev + 3)],
        "an import of 10,000 rows"
    );
    let hint = db
        .one("select payload - 'id' from realtime.messages order by inserted_at desc limit 1")
        .await;
    let epoch = db
        .one(&format!(
            "select epoch from public.sync_head where scope_id = '{}'",
            band()
        ))
        .await;
    let hint: serde_json::Value = serde_json::from_str(&hint).expect("JSON");
    assert_eq!(
        hint,
        json!({"scope": band(), "rev": rev + 3, "epoch": epoch}),
        "scope, revision, epoch and nothing else"
    );
}

#[tokio::test]
async fn a_hint_that_cannot_be_sent_never_costs_the_write() {
    let (_project, db) = world().await;
    for broken in [
        "alter function realtime.send(jsonb, text, text, boolean) rename to unsent",
        "create function realtime.send(jsonb, text, text, boolean) returns void language plpgsql as $$ begin raise 'broken'; end $$",
    ] {
        db.client().batch_execute(broken).await.expect("broken");
        let rev = head(&db).await;
        db.run(Who::User(id(ADMIN)), &format!("insert into public.songs (title, context_id, created_by) values ('Song', '{}', auth.uid())", band())).await;
        assert_eq!(head(&db).await, rev + 1);
    }
}

#[tokio::test]
async fn truncate_voids_every_cursor() {
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    let before = db
        .pull(
            id(MEMBER),
            &json!({"scopes": [{"id": band(), "cursor": null, "epoch": null}]}),
        )
        .await["scopes"][0]
        .clone();
    db.run(Who::Owner, "truncate public.songs cascade").await;
    let after = db.pull(id(MEMBER), &json!({"scopes": [{"id": band(), "cursor": before["cursor"], "epoch": before["epoch"]}]})).await["scopes"][0].clone();
    assert_eq!(
        (&after["reset"], &after["rows"]["song"]),
        (&json!(true), &json!([]))
    );
    assert_ne!(after["epoch"], before["epoch"]);
}

#[tokio::test]
async fn after_a_restore_a_new_epoch_lifts_heads_cuts_marks_and_announces_every_scope() {
    let (_project, db) = world().await;
    for row in 1..=3 {
        add_song(&db, ADMIN, id(row), "Song").await;
    }
    let rev = head(&db).await;
    let mark = json!({"n": 1, "kind": "read_mark", "op": "mark", "id": id(3), "set": {"scope_id": band(), "row_kind": "song", "rev": rev, "seen": true}});
    db.push(id(MEMBER), &request(client(MEMBER), id(MEMBER), 0, &[mark]))
        .await;
    db.client().batch_execute(&format!(
        "set session_replication_role = replica; -- what a backup leaves: heads older than rows, marks newer than both
         delete from public.songs where id = '{}'; update public.sync_head set rev = {rev} - 3 where scope_id = '{}';
         set session_replication_role = origin", id(3), band())).await.expect("restored");
    let found = db
        .one("select string_agg(distinct fault, ', ') from sync.audit")
        .await;
    assert!(found.starts_with("revision above the head"), "{found}");
    assert_eq!(
        db.rpc(Who::User(id(MEMBER)), "sync_health()").await["orphans"],
        2
    );
    db.client()
        .batch_execute("delete from realtime.messages")
        .await
        .expect("sent");
    let scopes = db.rpc(Who::Service, "sync_new_epoch()").await;
    let announced = db
        .number("select count(distinct topic) from realtime.messages m join public.sync_head h
            on m.topic = 'scope:' || h.scope_id and m.payload ->> 'epoch' = h.epoch::text and (m.payload ->> 'rev')::bigint = h.rev")
        .await;
    assert_eq!(json!(announced), scopes, "each with its new epoch");
    let sent = db.number("select count(*) from realtime.messages").await;
    assert_eq!(
        sent, announced,
        "and each once, also the scope of who has a mark that was cut"
    );
    let restarted = head(&db).await;
    assert_eq!(
        restarted,
        rev + 1_000_000,
        "lifted to the rows, then above all of the life before, then one more"
    );
    assert_eq!(
        db.one("select rev || ' ' || seen_rev from public.read_marks")
            .await,
        format!("{0} {0}", rev - 1),
        "cut to the head before it"
    );
    assert_eq!(db.number("select count(*) from sync.audit").await, 0);
    db.run(
        Who::User(id(ADMIN)),
        &format!("update public.songs set key = 'A' where id = '{}'", id(1)),
    )
    .await;
    assert_eq!(head(&db).await, restarted + 1);
}

#[tokio::test]
async fn pruning_raises_min_rev_and_drops_images_log_and_acknowledged_results() {
    let (_project, db) = world().await;
    for row in 1..=2 {
        add_song(&db, ADMIN, id(row), "Song").await;
    }
    let delete = |n, row| edit(n, "delete", id(row), &json!({}), &json!({}));
    let old = db
        .push(
            id(ADMIN),
            &request(client(ADMIN), band(), 0, &[delete(1, 1)]),
        )
        .await["head"]
        .as_i64()
        .expect("a head");
    db.client().batch_execute("update sync.tombstones set deleted_at = now() - interval '91 days'; update sync.log set at = now() - interval '91 days';").await.expect("time goes by");
    db.push(
        id(ADMIN),
        &request(client(ADMIN), band(), 1, &[delete(2, 2)]),
    )
    .await;
    db.client()
        .batch_execute("update sync.results set at = now() - interval '91 days'")
        .await
        .expect("time goes by");
    assert_eq!(db.run(Who::Owner, "select sync.prune()").await.value(), "1");
    let left = db.one("select (select count(*) from sync.tombstones) || ' ' || (select count(*) from sync.images) || ' ' || (select count(*) from sync.log)
        || ' ' || (select string_agg(n::text, ',') from sync.results where client_id::text like '%c001')").await;
    assert_eq!(
        left, "1 1 1 2",
        "the newer ones, and the result that nobody acknowledged"
    );
    assert_eq!(
        db.number(&format!(
            "select min_rev from public.sync_head where scope_id = '{}'",
            band()
        ))
        .await,
        old
    );
    let epoch = db
        .one(&format!(
            "select epoch from public.sync_head where scope_id = '{}'",
            band()
        ))
        .await;
    let ask = |rev: i64| json!({"scopes": [{"id": band(), "epoch": epoch, "cursor": {"rev": rev, "ord": null, "id": null}}]});
    assert_eq!(
        db.pull(id(MEMBER), &ask(old - 1)).await["scopes"][0]["reset"],
        true
    );
    assert_eq!(
        db.pull(id(MEMBER), &ask(old)).await["scopes"][0]["reset"],
        false
    );
}

#[tokio::test]
async fn a_cursor_from_before_the_oldest_kept_log_entry_starts_again() {
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Song").await;
    let song = |set: &str| format!("update public.songs set {set} where id = '{}'", id(1));
    let cursor = head(&db).await;
    db.run(Who::User(id(MEMBER)), &song("key = 'A'")).await;
    let pruned = head(&db).await;
    db.client()
        .batch_execute("update sync.log set at = now() - interval '91 days'")
        .await
        .expect("time goes by");
    db.run(Who::User(id(ADMIN)), &song("tempo = 99")).await;
    let epoch = db
        .one(&format!(
            "select epoch from public.sync_head where scope_id = '{}'",
            band()
        ))
        .await;
    let ask = |rev: i64| json!({"scopes": [{"id": band(), "epoch": epoch, "cursor": {"rev": rev, "ord": null, "id": null}}]});
    let told = |page: &serde_json::Value| {
        (
            page["scopes"][0]["reset"].clone(),
            page["scopes"][0]["log"].as_array().map(Vec::len),
        )
    };
    let whole = db.pull(id(OTHER), &ask(cursor)).await;
    assert_eq!(
        whole["gone"].as_array().map(Vec::len),
        Some(1),
        "not his band"
    );
    assert_eq!(
        told(&db.pull(id(MEMBER), &ask(cursor)).await),
        (json!(false), Some(2))
    );
    db.run(Who::Owner, "select sync.prune()").await;
    assert_eq!(
        told(&db.pull(id(MEMBER), &ask(cursor)).await),
        (json!(true), Some(0)),
        "else both changes would be the last author's"
    );
    assert_eq!(
        told(&db.pull(id(MEMBER), &ask(pruned)).await),
        (json!(false), Some(1))
    );
}

#[tokio::test]
async fn a_new_epoch_counts_what_scopes_hold() {
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Song").await;
    let usage = format!(
        "select rows || ' ' || bytes from sync.usage where scope_id = '{}'",
        band()
    );
    let before = db.one(&usage).await;
    db.client()
        .batch_execute("update sync.usage set rows = 100000, bytes = 1 where true")
        .await
        .expect("what a backup of yesterday says");
    db.run(Who::Service, "select public.sync_new_epoch()").await;
    assert_eq!(db.one(&usage).await, before);
}

#[tokio::test]
async fn a_song_without_an_artist_has_an_empty_one_whoever_makes_it() {
    let (_project, db) = world().await;
    let (member, scope) = (id(MEMBER), band());
    let without = format!(
        "insert into public.songs (title, context_id, created_by) values ('plain', '{scope}', '{member}')"
    );
    let null = format!(
        "insert into public.songs (title, artist, context_id, created_by) values ('null', null, '{scope}', '{member}')"
    );
    db.run(Who::User(member), &format!("{without}; {null}"))
        .await;
    db.run(Who::Service, &null.replace("'null'", "'service'"))
        .await;
    let pushed = [
        edit(1, "insert", id(1), &json!({"title": "pushed"}), &json!({})),
        edit(
            2,
            "insert",
            id(2),
            &json!({"title": "pushed null", "artist": null}),
            &json!({}),
        ),
        edit(
            3,
            "insert",
            id(3),
            &json!({"title": "named", "artist": "Oasis"}),
            &json!({}),
        ),
        // Its author still has null on the screen: that is the same nothing, and no conflict.
        edit(
            4,
            "update",
            id(2),
            &json!({"artist": "Blur"}),
            &json!({"artist": null}),
        ),
        edit(
            5,
            "update",
            id(2),
            &json!({"artist": null}),
            &json!({"artist": "Blur"}),
        ),
    ];
    let answer = db
        .push(member, &request(client(MEMBER), scope, 0, &pushed))
        .await;
    for result in answer["results"].as_array().expect("results") {
        assert_eq!(
            (&result["verdict"], &result["overwritten"]),
            (&json!("applied"), &json!({})),
            "{result}"
        );
    }
    let artists = db.one("select string_agg(title || ':' || coalesce(artist, 'null'), ', ' order by title) from public.songs").await;
    assert_eq!(
        artists,
        "named:Oasis, null:, plain:, pushed:, pushed null:, service:"
    );
    db.client()
        .batch_execute("set session_replication_role = replica; update public.songs set artist = null where title = 'plain'; set session_replication_role = origin")
        .await
        .expect("as an old row is");
    db.run(
        Who::User(member),
        "update public.songs set key = 'A' where title = 'plain'",
    )
    .await;
    assert_eq!(
        db.number("select count(*) from public.songs where artist is null")
            .await,
        1,
        "another edit leaves it"
    );
}

#[tokio::test]
async fn the_audit_finds_what_was_written_past_the_triggers_and_any_update_mends_it() {
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    assert_eq!(db.number("select count(*) from sync.audit").await, 0);
    db.client().batch_execute(&format!(
        "set session_replication_role = replica; update public.songs set context_id = '{0}'; set session_replication_role = origin", other_band())).await.expect("planted");
    assert_eq!(
        db.one("select fault from sync.audit").await,
        "scope differs from the content: written without triggers"
    );
    db.run(Who::Owner, "update public.songs set title = title")
        .await;
    assert_eq!(db.number("select count(*) from sync.audit").await, 0);
    let refused = db
        .try_run(
            Who::Owner,
            &format!("update public.songs set id = '{}'", id(2)),
        )
        .await
        .expect_err("fixed");
    assert_eq!(refused.code, "0A000");
}
