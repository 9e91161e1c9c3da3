//! `sync_pull`: pages, one snapshot, no half transaction, reset, gone.

use std::collections::BTreeMap;
use std::sync::Arc;

use rockon_local_stack::Project;
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::db::{Db, Who, id};
use super::push::add_song;
use super::world::{
    ADMIN, MEMBER, NOBODY, OTHER, REMOVED, SECOND, VIEWER, band, join, other_band, world,
};

/// Pairs of songs that every transaction keeps equal.
const PAIRS: u32 = 12;
const PUBLISHES: usize = 150;
/// Columns that no device gets: only the server uses them, or they follow from others.
pub(super) const SPARED: &str =
    "{sync_scope,sync_bytes,normalized_title,normalized_artist,last_modified_by}";

/// What to ask next for the scope of an answer.
fn next(scope: &Value) -> Value {
    json!({"id": scope["id"], "cursor": scope["cursor"], "epoch": scope["epoch"]})
}

async fn pull_one(db: &Db, person: u32, ask: &Value, limit: usize) -> Value {
    let answer = db
        .pull(id(person), &json!({"scopes": [ask], "limit": limit}))
        .await;
    answer["scopes"][0].clone()
}

/// Reads a scope to its end and gives the last cursor as a question.
async fn read_all(db: &Db, person: u32, scope: Uuid) -> Value {
    let mut ask = json!({"id": scope, "cursor": null, "epoch": null});
    loop {
        let page = pull_one(db, person, &ask, 2000).await;
        ask = next(&page);
        if page["has_more"] == false {
            return ask;
        }
    }
}

fn songs_of(page: &Value) -> impl Iterator<Item = &Value> {
    page["rows"]["song"].as_array().expect("songs").iter()
}

/// Writes pairs as long as it is let: both songs of a pair get the same tempo in one transaction.
async fn write_pairs(db: Db, person: u32, leave: Arc<Semaphore>) {
    while let Ok(permit) = leave.acquire().await {
        permit.forget();
        let sql: Vec<String> = (0..3)
            .flat_map(|_| {
                let (pair, tempo) = (fastrand::u32(..PAIRS), fastrand::u16(1..));
                [0x100, 0x200].map(|side| {
                    format!(
                        "update public.songs set tempo = {tempo} where id = '{}'",
                        id(side + pair)
                    )
                })
            })
            .collect();
        db.run(Who::User(id(person)), &sql.join(";")).await;
    }
}

async fn start_pair_writers(
    project: &Project,
    leave: &Arc<Semaphore>,
) -> Vec<tokio::task::JoinHandle<()>> {
    let mut writers = Vec::new();
    for person in [ADMIN, MEMBER, SECOND] {
        writers.push(tokio::spawn(write_pairs(
            Db::open(project).await,
            person,
            Arc::clone(leave),
        )));
    }
    writers
}

fn halves(songs: &BTreeMap<String, i64>) -> usize {
    (0..PAIRS)
        .filter(|pair| {
            songs.get(&id(0x100 + pair).to_string()) != songs.get(&id(0x200 + pair).to_string())
        })
        .count()
}

#[tokio::test]
async fn a_device_that_publishes_at_the_head_of_its_own_snapshot_never_shows_half_a_transaction() {
    let (project, db) = world().await;
    let rows: Vec<String> = (0..PAIRS)
        .flat_map(|pair| {
            [0x100, 0x200].map(|side| {
                format!(
                    "('{}', 'Song', 1, '{}', '{}')",
                    id(side + pair),
                    band(),
                    id(ADMIN)
                )
            })
        })
        .collect();
    db.run(
        Who::User(id(ADMIN)),
        &format!(
            "insert into public.songs (id, title, tempo, context_id, created_by) values {}",
            rows.join(",")
        ),
    )
    .await;
    let leave = Arc::new(Semaphore::new(3));
    let writers = start_pair_writers(&project, &leave).await;
    let mut ask = json!({"id": band(), "cursor": null, "epoch": null});
    let (mut staged, mut by_page) = (BTreeMap::new(), BTreeMap::new());
    let (mut wrong, mut wrong_by_page, mut published) = (0, 0, 0);
    let mut pages = 0;
    while published < PUBLISHES {
        pages += 1;
        if pages < 10 {
            leave.add_permits(1); // a writer commits beside this pull
        }
        let page = pull_one(&db, VIEWER, &ask, 4).await;
        for song in songs_of(&page) {
            let (row, tempo) = (
                song["id"].as_str().expect("an id"),
                song["tempo"].as_i64().expect("a tempo"),
            );
            staged.insert(row.to_owned(), tempo);
            by_page.insert(row.to_owned(), tempo);
        }
        ask = next(&page);
        wrong_by_page += halves(&by_page);
        if page["has_more"] == false {
            (published, pages) = (published + 1, 0);
            leave.add_permits(2);
            wrong += halves(&staged);
        }
    }
    leave.close();
    for writer in writers {
        writer.await.expect("a writer");
    }
    assert_eq!(wrong, 0, "of {published} publishes");
    assert!(
        wrong_by_page > 0,
        "publishing page by page shows no half: this load shows nothing"
    );
}

#[tokio::test]
async fn a_revision_of_ten_thousand_rows_comes_in_pages_equal_to_one_answer() {
    let (_project, db) = world().await;
    let start = read_all(&db, VIEWER, band()).await;
    db.run(
        Who::User(id(MEMBER)),
        &format!(
            "insert into public.songs (title, notes, context_id, created_by)
         select 'Song ' || n, repeat('la ', n % 100), '{}', '{}' from generate_series(1, 10000) n",
            band(),
            id(MEMBER)
        ),
    )
    .await;
    let mut from_nothing = json!({"id": band(), "cursor": null, "epoch": null});
    for (ask, with_log) in [(&mut start.clone(), true), (&mut from_nothing, false)] {
        let (mut songs, mut log, mut pages) = (Vec::new(), 0, 0);
        loop {
            let page = pull_one(&db, VIEWER, ask, 2000).await;
            assert_eq!(page["reset"], false);
            songs.extend(songs_of(&page).cloned());
            log += page["log"].as_array().expect("a log").len();
            pages += 1;
            *ask = next(&page);
            if page["has_more"] == false {
                break;
            }
            assert!(page.to_string().len() < 2_600_000, "about 2 MB a page");
        }
        assert!(pages >= 6, "{pages} pages");
        assert_eq!(log, if with_log { 10_000 } else { 0 });
        let whole = db.one(&format!(
            "select json_agg(to_jsonb(t) - '{SPARED}'::text[] order by t.sync_rev, t.id) from public.songs t where sync_scope = '{}'", band())).await;
        let whole: Vec<Value> = serde_json::from_str(&whole).expect("JSON");
        assert_eq!(songs.len(), whole.len());
        assert!(songs == whole, "every row once, whole and in order");
    }
}

#[tokio::test]
async fn a_page_takes_at_most_the_limit_over_all_scopes_and_one_huge_row_still_comes() {
    let (_project, db) = world().await;
    join(&db, id(OTHER), other_band(), id(MEMBER)).await;
    let before_limits = "update sync.limits set value = 2000000 where name = 'text_bytes'";
    db.run(Who::Owner, before_limits).await;
    db.run(
        Who::User(id(MEMBER)),
        &format!(
            "insert into public.songs (title, notes, context_id, created_by)
         select 'Song', repeat('x', 1500000), '{}', '{}' from generate_series(1, 3)",
            band(),
            id(MEMBER)
        ),
    )
    .await;
    let mut asks =
        [band(), other_band()].map(|scope| json!({"id": scope, "cursor": null, "epoch": null}));
    let (mut songs, mut pages) = (0, 0);
    loop {
        let answer = db
            .pull(id(MEMBER), &json!({"scopes": asks, "limit": 3}))
            .await;
        let mut items = 0;
        let mut more = false;
        for (scope, ask) in answer["scopes"]
            .as_array()
            .expect("scopes")
            .iter()
            .zip(&mut asks)
        {
            items += scope["rows"]
                .as_object()
                .expect("kinds")
                .values()
                .map(|rows| rows.as_array().expect("rows").len())
                .sum::<usize>();
            songs += songs_of(scope).count();
            more |= scope["has_more"] == true;
            *ask = next(scope);
        }
        assert!(items <= 3, "{items} items");
        pages += 1;
        if !more {
            break;
        }
    }
    assert_eq!(songs, 3);
    assert!(pages > 4, "{pages}");
}

#[tokio::test]
async fn a_void_cursor_is_told_to_start_again() {
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    add_song(&db, ADMIN, id(2), "Creep").await;
    let at_head = read_all(&db, VIEWER, band()).await;
    let rev = at_head["cursor"]["rev"].as_i64().expect("a revision");
    let with = |rev: i64, epoch: &Value| json!({"id": band(), "epoch": epoch, "cursor": {"rev": rev, "ord": null, "id": null}});
    let reset = async |ask: Value| pull_one(&db, VIEWER, &ask, 100).await["reset"] == true;
    assert!(!reset(at_head.clone()).await);
    assert!(
        reset(with(rev + 1, &at_head["epoch"])).await,
        "above the head"
    );
    assert!(reset(with(rev, &json!(id(5)))).await, "another epoch");
    assert!(reset(with(rev, &Value::Null)).await, "no epoch");
    assert!(reset(with(-1, &at_head["epoch"])).await, "below nothing");
    db.client()
        .batch_execute(&format!(
            "update public.sync_head set min_rev = {rev} - 1 where scope_id = '{}'",
            band()
        ))
        .await
        .expect("pruned");
    assert!(
        !reset(with(rev - 1, &at_head["epoch"])).await,
        "equal to min_rev has seen what was pruned"
    );
    assert!(
        reset(with(rev - 2, &at_head["epoch"])).await,
        "below min_rev"
    );
    let mut within = with(rev - 1, &at_head["epoch"]);
    within["cursor"]["ord"] = json!(0);
    within["cursor"]["id"] = json!(id(1));
    assert!(
        reset(within.clone()).await,
        "a part of min_rev was not read"
    );
    within["cursor"]["rev"] = json!(rev);
    assert!(!reset(within).await, "all of min_rev was read");
    let again = pull_one(&db, VIEWER, &with(rev - 2, &at_head["epoch"]), 100).await;
    assert_eq!(songs_of(&again).count(), 2, "and gets everything");
    db.rpc(Who::Service, "sync_new_epoch()").await;
    assert!(reset(at_head).await, "a new epoch");
}

#[tokio::test]
async fn scopes_that_are_not_mine_look_all_alike_and_a_removed_member_learns_by_whom() {
    let (_project, db) = world().await;
    let unknown = id(0xdead);
    let gone = async |person: u32, scope: Uuid| {
        let answer = db
            .pull(
                id(person),
                &json!({"scopes": [{"id": scope, "cursor": null, "epoch": null}]}),
            )
            .await;
        assert_eq!(answer["scopes"], json!([]));
        answer["gone"][0].clone()
    };
    let nothing = |scope: Uuid| json!({"id": scope, "by": null, "by_name": null});
    assert_eq!(gone(OTHER, band()).await, nothing(band()), "never there");
    assert_eq!(
        gone(OTHER, unknown).await,
        nothing(unknown),
        "does not exist"
    );
    assert_eq!(
        gone(OTHER, id(ADMIN)).await,
        nothing(id(ADMIN)),
        "another person's space"
    );
    assert_eq!(
        gone(REMOVED, band()).await,
        json!({"id": band(), "by": id(ADMIN), "by_name": "P1"})
    );
    db.run(
        Who::User(id(SECOND)),
        &format!("select public.leave_band('{}')", band()),
    )
    .await;
    assert_eq!(
        gone(SECOND, band()).await["by"],
        json!(id(SECOND)),
        "left by himself"
    );
    db.run(
        Who::User(id(ADMIN)),
        &format!("select public.delete_band('{}')", band()),
    )
    .await;
    assert_eq!(gone(MEMBER, band()).await, nothing(band()), "deleted");
}

#[tokio::test]
async fn the_empty_question_lists_my_scopes_and_a_scope_asked_for_twice_comes_once() {
    let (_project, db) = world().await;
    let list = db.pull(id(MEMBER), &json!({"scopes": []})).await;
    let mut listed: Vec<String> = list["scopes"]
        .as_array()
        .expect("scopes")
        .iter()
        .map(|scope| format!("{} {}", scope["type"], scope["id"]))
        .collect();
    listed.sort();
    assert_eq!(
        listed,
        [
            format!("\"band\" \"{}\"", band()),
            format!("\"user\" \"{}\"", id(MEMBER))
        ]
    );
    assert!(
        list["scopes"]
            .as_array()
            .expect("scopes")
            .iter()
            .all(|scope| scope["head"].is_i64()
                && scope["has_more"] == false
                && scope["cursor"].is_null())
    );
    let nobody = db.pull(id(NOBODY), &json!({"scopes": []})).await;
    assert_eq!(
        nobody["scopes"].as_array().expect("scopes").len(),
        1,
        "his own from the start"
    );
    let ask = json!({"id": band(), "cursor": null, "epoch": null});
    let twice = db.pull(id(MEMBER), &json!({"scopes": [ask, ask]})).await;
    assert_eq!(twice["scopes"].as_array().expect("scopes").len(), 1);
}

#[tokio::test]
async fn a_first_reading_gets_no_old_tombstones_and_no_log_but_what_is_deleted_meanwhile() {
    let (_project, db) = world().await;
    for row in 1..=6 {
        add_song(&db, ADMIN, id(row), "Song").await;
    }
    let delete = async |row: u32| {
        db.run(
            Who::User(id(ADMIN)),
            &format!("delete from public.songs where id = '{}'", id(row)),
        )
        .await;
    };
    delete(1).await;
    let mut ask = json!({"id": band(), "cursor": null, "epoch": null});
    let mut seen = BTreeMap::new();
    let mut page = pull_one(&db, VIEWER, &ask, 10).await;
    assert_eq!(
        (&page["has_more"], &page["tombstones"], &page["log"]),
        (&json!(true), &json!([]), &json!([]))
    );
    delete(2).await;
    db.client().batch_execute(&format!(
        "update public.sync_head set min_rev = (select max(rev) from sync.tombstones where row_id = '{0}') where scope_id = '{1}'", id(1), band()
    )).await.expect("old tombstones are pruned meanwhile");
    loop {
        assert_eq!(
            page["reset"], false,
            "a first reader does not see that something was pruned"
        );
        for song in songs_of(&page) {
            seen.insert(song["id"].to_string(), true);
        }
        for tombstone in page["tombstones"].as_array().expect("tombstones") {
            seen.insert(tombstone["id"].to_string(), false);
            assert_eq!(
                (&tombstone["actor_name"], &tombstone["title"]),
                (&json!("P1"), &json!("Song"))
            );
        }
        ask = next(&page);
        if page["has_more"] == false {
            break;
        }
        page = pull_one(&db, VIEWER, &ask, 3).await;
    }
    assert!(
        !seen.contains_key(&format!("\"{}\"", id(1))),
        "deleted before the reading began"
    );
    assert_ne!(
        seen.get(&format!("\"{}\"", id(2))),
        Some(&true),
        "deleted during it"
    );
    assert_eq!(seen.values().filter(|there| **there).count(), 4);
    assert!(
        ask["cursor"].get("since").is_none(),
        "a complete reading has no since: {ask}"
    );
}

/// The columns of the first song of a first reading, in order of their names.
async fn columns_sent(db: &Db) -> Vec<String> {
    let ask = json!({"id": band(), "cursor": null, "epoch": null});
    let page = pull_one(db, VIEWER, &ask, 100).await;
    let song = songs_of(&page).next().expect("a song");
    let row = song.as_object().expect("a row");
    let mut names: Vec<String> = row.keys().cloned().collect();
    names.sort();
    names
}

/// The columns of a table, in order of their names, without those that no device gets.
async fn columns_there(db: &Db, spared: &str) -> Vec<String> {
    let sql = format!(
        "select string_agg(attname, ',' order by attname) from pg_attribute where attrelid = 'public.songs'::regclass
           and attnum > 0 and not attisdropped and attname <> all ('{spared}'::text[])"
    );
    let names = db.one(&sql).await;
    names.split(',').map(str::to_owned).collect()
}

#[tokio::test]
async fn a_column_that_comes_goes_or_is_renamed_travels_at_once_and_again_without_the_spared_after_pruning()
 {
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    let first = columns_sent(&db).await;
    assert_eq!(first, columns_there(&db, SPARED).await);
    for change in [
        "add column chordpro text",
        "rename column chordpro to chords",
        "drop column tuning_id",
    ] {
        let change = format!("alter table public.songs {change}");
        db.client().batch_execute(&change).await.expect("a change");
        let now = columns_sent(&db).await;
        assert_eq!(now, columns_there(&db, "{}").await, "whole rows: {change}");
        db.one("select sync.prune()").await;
        let pruned = columns_sent(&db).await;
        assert_eq!(pruned, columns_there(&db, SPARED).await, "{change}");
    }
    assert!(columns_sent(&db).await.contains(&"chords".to_owned()));
}

/// Everything `sync_pull` calls, directly or not, that is not STABLE or IMMUTABLE, after `before`.
async fn volatile_helpers(db: &Db, before: &str) -> String {
    let sql = format!(
        "{before}; with recursive called as (
           select p.oid from pg_proc p where p.oid in ('public.sync_pull(jsonb)'::regprocedure, 'public.seen_by(text,uuid)'::regprocedure)
           union
           select q.oid from called c join pg_proc p on p.oid = c.oid
             join pg_proc q on q.pronamespace in ('sync'::regnamespace, 'auth'::regnamespace)
                           and p.prosrc ~ ('\\m' || q.pronamespace::regnamespace::text || '\\.' || q.proname || '\\M')
         ) select count(*) || ' ' || coalesce(string_agg(p.proname, ' ') filter (where p.provolatile = 'v'), '')
             from called c join pg_proc p on p.oid = c.oid"
    );
    let text = db
        .tx(Who::Owner, &sql, "rollback")
        .await
        .expect("the catalogue")
        .value();
    let (count, names) = text.split_once(' ').expect("two parts");
    assert!(count.parse::<u32>().expect("a number") > 12, "{text}");
    names.to_owned()
}

#[tokio::test]
async fn every_helper_of_a_pull_reads_the_snapshot_of_the_call() {
    let (_project, db) = world().await;
    assert_eq!(volatile_helpers(&db, "select").await, "");
    let broken =
        "alter function sync.tombstones_between(uuid, sync.place, sync.place, bigint) volatile";
    assert_eq!(volatile_helpers(&db, broken).await, "tombstones_between");
    let policies = db.number(
        "select count(*) from pg_proc where pronamespace = 'sync'::regnamespace and provolatile = 'v'
           and proname in ('my_scopes', 'my_writable_scopes', 'my_admin_scopes')").await;
    assert_eq!(policies, 0, "nor may a policy's helper see more");
}
