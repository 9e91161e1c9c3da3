//! A row that somebody puts to use while another deletes it; a row that has moved; in every order.

use serde_json::{Value, json};
use uuid::Uuid;

use super::conflicts::{push_one, row};
use super::db::{Db, Who, id};
use super::push::add_song;
use super::world::{ADMIN, MEMBER, OTHER, SECOND, band, join, other_band, world};

const SONG: u32 = 1;
const SET: u32 = 2;

/// A mutation of one who has seen the scope at `seen`, and whose lists and links were empty before.
fn mutation(n: u64, kind: &str, op: &str, row: u32, set: &Value, seen: i64) -> Value {
    let was = |field: &String| match field.as_str() {
        "items" | "songs" => json!([]),
        _ => Value::Null,
    };
    let fields = set.as_object().expect("fields").keys();
    let base: Value = fields.map(|field| (field.clone(), was(field))).collect();
    json!({"n": n, "kind": kind, "op": op, "id": id(row), "base_rev": seen, "set": set, "base": base})
}

fn items(songs: &[u32]) -> Value {
    songs
        .iter()
        .map(|song| json!({"id": song.to_string(), "type": "song", "songId": id(*song)}))
        .collect()
}

async fn head(db: &Db) -> i64 {
    let head = format!(
        "select rev from public.sync_head where scope_id = '{}'",
        band()
    );
    db.number(&head).await
}

/// Pushes something that has to be applied.
async fn done(db: &Db, person: u32, mutation: Value) -> Value {
    let result = push_one(db, person, band(), mutation).await;
    assert_eq!(result["verdict"], "applied", "{result}");
    result
}

/// A song, a setlist, a show and a practice of the member.
async fn furnish(db: &Db) {
    add_song(db, MEMBER, id(SONG), "Wonderwall").await;
    let when = json!("2027-01-01T20:00:00Z");
    for (n, kind, row, set) in [
        (1, "setlist", SET, json!({"name": "Set"})),
        (2, "show", 3, json!({"name": "Gig", "scheduled_date": when})),
        (
            3,
            "practice",
            4,
            json!({"type": "rehearsal", "scheduled_date": when}),
        ),
    ] {
        done(db, MEMBER, mutation(n, kind, "insert", row, &set, 0)).await;
    }
}

/// Each way to put a row to use: what is used, the edit of the row that uses it, and where the server says it is.
fn uses() -> [(&'static str, u32, &'static str, u32, Value, &'static str); 5] {
    [
        (
            "song",
            SONG,
            "setlist",
            SET,
            json!({"items": items(&[SONG])}),
            "setlists",
        ),
        (
            "song",
            SONG,
            "practice",
            4,
            json!({"songs": items(&[SONG])}),
            "practice_sessions",
        ),
        (
            "setlist",
            SET,
            "show",
            3,
            json!({"setlist_id": id(SET)}),
            "shows",
        ),
        (
            "setlist",
            SET,
            "practice",
            4,
            json!({"setlist_id": id(SET)}),
            "practice_sessions",
        ),
        (
            "show",
            3,
            "setlist",
            SET,
            json!({"show_id": id(3)}),
            "setlists",
        ),
    ]
}

fn table(kind: &str) -> &'static str {
    match kind {
        "song" => "songs",
        "setlist" => "setlists",
        _ => "shows",
    }
}

#[tokio::test]
async fn a_delete_of_what_another_put_to_use_unseen_is_held_back_and_says_where() {
    for (kind, target, source_kind, source, set, place) in uses() {
        let (_project, db) = world().await;
        furnish(&db).await;
        let seen = head(&db).await;
        done(
            &db,
            SECOND,
            mutation(1, source_kind, "update", source, &set, seen),
        )
        .await;
        let delete = |n, seen| mutation(n, kind, "delete", target, &json!({}), seen);
        let held = push_one(&db, MEMBER, band(), delete(11, seen)).await;
        assert_eq!(
            held["sqlstate"], "RO001",
            "{kind} in a {source_kind}: {held}"
        );
        assert_eq!(
            held["changed_by"],
            json!([{"user": id(SECOND), "name": "P6", "rev": seen + 1, "fields": [place]}])
        );
        assert_eq!(
            row(&db, table(kind), id(target)).await["id"],
            json!(id(target))
        );
        assert_eq!(head(&db).await, seen + 1, "nothing is left of the attempt");
        done(&db, MEMBER, delete(12, seen + 1)).await;
    }
}

#[tokio::test]
async fn what_its_author_put_there_or_what_was_taken_out_again_does_not_hold_a_delete_back() {
    let (_project, db) = world().await;
    furnish(&db).await;
    let seen = head(&db).await;
    let put = |n, songs: &[u32]| {
        mutation(
            n,
            "setlist",
            "update",
            SET,
            &json!({"items": items(songs)}),
            0,
        )
    };
    done(&db, SECOND, put(1, &[SONG])).await;
    let mut out = put(2, &[]);
    out["base"] = json!({"items": items(&[SONG])});
    done(&db, SECOND, out).await;
    done(&db, MEMBER, put(11, &[SONG])).await;
    // The order and a note of the same list, by somebody else: the song was there.
    done(
        &db,
        SECOND,
        mutation(3, "setlist", "update", SET, &json!({"notes": "loud"}), 0),
    )
    .await;
    done(
        &db,
        MEMBER,
        mutation(12, "song", "delete", SONG, &json!({}), seen),
    )
    .await;
    let named = format!(
        "select count(*) from sync.uses where target_id = '{}'",
        id(SONG)
    );
    assert_eq!(db.number(&named).await, 1, "the list names it still");
}

#[tokio::test]
async fn a_move_away_is_held_back_too() {
    let (_project, db) = world().await;
    join(&db, id(OTHER), other_band(), id(MEMBER)).await;
    furnish(&db).await;
    let seen = head(&db).await;
    let list = json!({"items": items(&[SONG])});
    done(
        &db,
        SECOND,
        mutation(1, "setlist", "update", SET, &list, seen),
    )
    .await;
    let away = |n, seen| {
        mutation(
            n,
            "song",
            "update",
            SONG,
            &json!({"context_id": other_band()}),
            seen,
        )
    };
    let held = push_one(&db, MEMBER, band(), away(11, seen)).await;
    assert_eq!(held["sqlstate"], "RO001", "{held}");
    done(&db, MEMBER, away(12, seen + 1)).await;
}

#[tokio::test]
async fn in_the_other_order_the_edit_brings_back_what_it_uses() {
    for (kind, target, source_kind, source, set, _) in uses() {
        let (_project, db) = world().await;
        furnish(&db).await;
        let seen = head(&db).await;
        done(
            &db,
            MEMBER,
            mutation(11, kind, "delete", target, &json!({}), seen),
        )
        .await;
        done(
            &db,
            SECOND,
            mutation(1, source_kind, "update", source, &set, seen),
        )
        .await;
        assert_eq!(
            row(&db, table(kind), id(target)).await["created_by"],
            json!(id(MEMBER)),
            "{kind} in a {source_kind}, as its maker left it"
        );
    }
}

#[tokio::test]
async fn a_list_that_is_copied_or_made_with_the_delete_in_sight_brings_nothing_back() {
    let (_project, db) = world().await;
    furnish(&db).await;
    let list = json!({"items": items(&[SONG])});
    done(
        &db,
        MEMBER,
        mutation(11, "setlist", "update", SET, &list, 0),
    )
    .await;
    done(
        &db,
        MEMBER,
        mutation(12, "song", "delete", SONG, &json!({}), 99),
    )
    .await;
    let now = head(&db).await;
    let copy = json!({"name": "Copy", "items": items(&[SONG])});
    for (n, fresh, seen) in [(1, 0x21, now), (2, 0x22, 0)] {
        done(
            &db,
            SECOND,
            mutation(n, "setlist", "insert", fresh, &copy, seen),
        )
        .await;
    }
    let songs = "select count(*) from public.songs";
    assert_eq!(db.number(songs).await, 0, "who copied an earlier list");
    done(
        &db,
        SECOND,
        mutation(3, "setlist", "insert", 0x23, &copy, now - 1),
    )
    .await;
    assert_eq!(db.number(songs).await, 1, "who had the song on the screen");
}

#[tokio::test]
async fn a_viewer_brings_nothing_back_and_what_is_refused_leaves_nothing() {
    let (_project, db) = world().await;
    furnish(&db).await;
    let seen = head(&db).await;
    done(
        &db,
        MEMBER,
        mutation(11, "song", "delete", SONG, &json!({}), seen),
    )
    .await;
    let list = json!({"items": items(&[SONG]), "status": "no such status"});
    let refused = push_one(
        &db,
        SECOND,
        band(),
        mutation(1, "setlist", "update", SET, &list, seen),
    )
    .await;
    assert_eq!(refused["sqlstate"], "23514", "{refused}");
    let list = json!({"items": items(&[SONG])});
    let viewer = super::world::VIEWER;
    let refused = push_one(
        &db,
        viewer,
        band(),
        mutation(1, "setlist", "update", SET, &list, seen),
    )
    .await;
    assert_eq!(refused["sqlstate"], "42501", "{refused}");

    // Nor by the functions behind it, which run as their owner and can be called.
    let (scope, song) = (band(), id(SONG));
    let buried =
        format!("select count(*) from sync.buried_since('{scope}', array['{song}']::uuid[], 1)");
    for (person, seen) in [(SECOND, "1"), (viewer, "0"), (OTHER, "0")] {
        let found = db.run(Who::User(id(person)), &buried).await;
        assert_eq!(found.value(), seen, "{person}");
    }
    let revive = format!(
        "select sync.revive(k, '{scope}', '{song}', '{{}}') from sync.kinds k where k.kind = 'song'"
    );
    for person in [viewer, OTHER] {
        let refused = db.try_run(Who::User(id(person)), &revive).await;
        assert_eq!(refused.expect_err("not his").code, "42501", "{person}");
    }
    assert_eq!(db.number("select count(*) from public.songs").await, 0);
}

#[tokio::test]
async fn an_edit_of_a_row_that_has_moved_is_told_so_whoever_can_see_where_it_is() {
    for sees_it in [false, true] {
        let (_project, db) = world().await;
        join(&db, id(OTHER), other_band(), id(MEMBER)).await;
        if sees_it {
            join(&db, id(OTHER), other_band(), id(SECOND)).await;
        }
        add_song(&db, MEMBER, id(SONG), "Traveller").await;
        let away = json!({"context_id": other_band()});
        done(&db, MEMBER, mutation(11, "song", "update", SONG, &away, 99)).await;
        for deleted in [false, true] {
            if deleted {
                let gone = format!("delete from public.songs where id = '{}'", id(SONG));
                db.run(Who::User(id(OTHER)), &gone).await;
            }
            for (n, op) in [(1, "update"), (2, "restore"), (3, "insert")] {
                let set = json!({"title": "Traveller", "notes": "mine"});
                let edit = mutation(n + u64::from(deleted) * 10, "song", op, SONG, &set, 0);
                let told = push_one(&db, SECOND, band(), edit).await;
                assert_eq!(
                    (&told["sqlstate"], &told["reason"]),
                    (
                        &json!("RO003"),
                        &json!("it was moved to another band or personal space")
                    ),
                    "{op}, sees it: {sees_it}, deleted: {deleted}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_row_that_came_back_or_never_was_here_is_no_moved_one() {
    let (_project, db) = world().await;
    join(&db, id(OTHER), other_band(), id(MEMBER)).await;
    add_song(&db, MEMBER, id(SONG), "Traveller").await;
    let go = |n, to: Uuid| mutation(n, "song", "update", SONG, &json!({"context_id": to}), 99);
    done(&db, MEMBER, go(11, other_band())).await;
    let back = push_one(&db, MEMBER, other_band(), go(12, band())).await;
    assert_eq!(back["verdict"], "applied", "{back}");
    done(
        &db,
        SECOND,
        mutation(1, "song", "update", SONG, &json!({"key": "A"}), 0),
    )
    .await;
    done(
        &db,
        MEMBER,
        mutation(13, "song", "delete", SONG, &json!({}), 99),
    )
    .await;
    let edit = mutation(2, "song", "update", SONG, &json!({"key": "B"}), 0);
    assert_eq!(done(&db, SECOND, edit).await["restored"], true);
    let stranger = mutation(3, "song", "update", 0x77, &json!({"key": "B"}), 0);
    let refused = push_one(&db, SECOND, band(), stranger).await;
    assert_eq!(refused["sqlstate"], "02000", "{refused}");
}

#[tokio::test]
async fn what_uses_what_is_as_large_as_the_lists_are() {
    let (_project, db) = world().await;
    furnish(&db).await;
    let known = "select coalesce(string_agg(source || ' ' || right(target_id::text, 1), ', ' order by source, target_id), '') from sync.uses";
    for (n, songs) in [(1, vec![SONG, SONG]), (2, vec![])] {
        let sql = format!(
            "update public.setlists set items = '{}' where id = '{}'",
            items(&songs),
            id(SET)
        );
        db.run(Who::User(id(ADMIN)), &sql).await;
        let wanted = if n == 1 { "setlist 1" } else { "" };
        assert_eq!(db.one(known).await, wanted);
    }
    let all = format!(
        "update public.shows set setlist_id = '{0}' where id = '{1}';
         update public.practice_sessions set setlist_id = '{0}', songs = '{2}' where id = '{3}'",
        id(SET),
        id(3),
        items(&[SONG]),
        id(4)
    );
    db.run(Who::User(id(MEMBER)), &all).await;
    assert_eq!(db.one(known).await, "practice 1, practice 2, show 2");
    db.client()
        .batch_execute("delete from sync.uses where true; insert into sync.uses values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'setlist', 9)")
        .await
        .expect("a restore");
    db.run(Who::Service, "select public.sync_new_epoch()").await;
    assert_eq!(
        db.one(known).await,
        "practice 1, practice 2, show 2",
        "found again"
    );
    db.run(
        Who::User(id(ADMIN)),
        &format!("delete from public.setlists where id = '{}'", id(SET)),
    )
    .await;
    assert_eq!(
        db.one(known).await,
        "practice 1",
        "the key took the others away"
    );
    db.run(
        Who::User(id(ADMIN)),
        &format!("select public.delete_band('{}')", band()),
    )
    .await;
    assert_eq!(db.one(known).await, "");
}
