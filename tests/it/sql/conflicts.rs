//! `sync_push` and other people's changes: conflicts, bases through the types, restores, moves.

use serde_json::{Value, json};
use uuid::Uuid;

use super::db::{Db, Who, id};
use super::push::{add_song, client, edit, request};
use super::world::OTHER;
use super::world::{ADMIN, MEMBER, SECOND, VIEWER, band, join, other_band, world};

/// Pushes one mutation with a fresh client id and gives its result.
pub(super) async fn push_one(db: &Db, person: u32, scope: Uuid, mutation: Value) -> Value {
    let answer = db
        .push(id(person), &request(Uuid::new_v4(), scope, 0, &[mutation]))
        .await;
    answer["results"][0].clone()
}

pub(super) async fn row(db: &Db, table: &str, row: Uuid) -> Value {
    let text = db
        .one(&format!(
            "select to_jsonb(t) from public.{table} t where id = '{row}'"
        ))
        .await;
    serde_json::from_str(&text).expect("JSON")
}

#[tokio::test]
async fn a_scalar_conflict_is_applied_and_gives_the_old_value_back_a_text_conflict_is_not_applied()
{
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    push_one(
        &db,
        SECOND,
        band(),
        edit(
            1,
            "update",
            id(1),
            &json!({"key": "Bm", "notes": "slow"}),
            &json!({"key": "G", "notes": null}),
        ),
    )
    .await;
    let result = push_one(
        &db,
        MEMBER,
        band(),
        edit(
            1,
            "update",
            id(1),
            &json!({"key": "A", "notes": "fast", "tempo": 90}),
            &json!({"key": "G", "notes": null, "tempo": 87}),
        ),
    )
    .await;
    assert_eq!(result["verdict"], "partial", "{result}");
    assert_eq!(result["overwritten"], json!({"key": "Bm"}));
    assert_eq!(result["current"], json!({"notes": "slow"}));
    let changed: Vec<&str> = result["changed_by"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["name"].as_str().expect("a name"))
        .collect();
    assert_eq!(
        changed,
        ["P1", "P6"],
        "everybody else since base_rev 0, oldest first"
    );
    let ops = ["/changed_by/0/ops", "/changed_by/1/ops"].map(|at| result.pointer(at));
    assert_eq!(ops, [Some(&json!(["insert"])), Some(&json!(["update"]))]);
    let song = row(&db, "songs", id(1)).await;
    assert_eq!(
        (&song["key"], &song["notes"], &song["tempo"]),
        (&json!("A"), &json!("slow"), &json!(90))
    );

    let only_text = push_one(
        &db,
        MEMBER,
        band(),
        edit(
            2,
            "update",
            id(1),
            &json!({"notes": "x"}),
            &json!({"notes": null}),
        ),
    )
    .await;
    assert_eq!(
        (&only_text["verdict"], &only_text["rev"]),
        (&json!("partial"), &json!(0)),
        "nothing was written"
    );
    let merged = push_one(
        &db,
        MEMBER,
        band(),
        edit(
            3,
            "update",
            id(1),
            &json!({"notes": "slow x"}),
            &json!({"notes": "slow"}),
        ),
    )
    .await;
    assert_eq!(merged["verdict"], "applied");
    let equal = push_one(
        &db,
        MEMBER,
        band(),
        edit(
            4,
            "update",
            id(1),
            &json!({"key": "A"}),
            &json!({"key": "G"}),
        ),
    )
    .await;
    assert_eq!(
        (&equal["verdict"], &equal["rev"], &equal["overwritten"]),
        (&json!("applied"), &json!(0), &json!({})),
        "both chose the same"
    );
}

#[tokio::test]
async fn a_device_that_sends_an_insert_again_is_an_edit_of_unknown_base() {
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    let result = push_one(
        &db,
        MEMBER,
        band(),
        edit(
            1,
            "insert",
            id(1),
            &json!({"title": "Wonderwall", "key": "A", "notes": null}),
            &json!({}),
        ),
    )
    .await;
    assert_eq!(result["overwritten"], json!({"key": "G"}), "{result}");
    assert_eq!(
        row(&db, "songs", id(1)).await["created_by"],
        json!(id(ADMIN))
    );
}

#[tokio::test]
async fn bases_are_compared_through_the_column_types() {
    let (_project, db) = world().await;
    let show = json!({"n": 1, "kind": "show", "op": "insert", "id": id(1), "set": {
        "name": "Gig", "scheduled_date": "2026-05-01T20:00:00.123456+00:00", "duration": 90, "contacts": [{"name": "Al", "phone": "1"}]}});
    assert_eq!(
        push_one(&db, ADMIN, band(), show).await["verdict"],
        "applied"
    );
    let update = |set: Value, base: Value| json!({"n": 1, "kind": "show", "op": "update", "id": id(1), "set": set, "base": base});
    let equal = [
        (
            json!({"scheduled_date": "2026-05-01T21:00:00Z"}),
            json!({"scheduled_date": "2026-05-01T22:00:00.123456+02:00"}),
        ),
        (
            json!({"scheduled_date": "2026-05-01T20:00:00.123456Z"}),
            json!({"scheduled_date": "2026-05-01T21:00:00+00"}),
        ),
        (json!({"duration": 91}), json!({"duration": "90"})),
        (json!({"duration": 90}), json!({"duration": 91})),
        (
            json!({"contacts": [{"name": "Al"}]}),
            json!({"contacts": [{"phone": "1", "name": "Al"}]}),
        ),
        (
            json!({"contacts": [{"name": "Al", "phone": "1"}]}),
            json!({"contacts": [{"name": "Al"}]}),
        ),
        (json!({"venue": "Pub"}), json!({"venue": null})),
        (json!({"venue": null}), json!({"venue": "Pub"})),
    ];
    for (set, base) in equal {
        let result = push_one(&db, ADMIN, band(), update(set.clone(), base)).await;
        assert_eq!(
            (&result["verdict"], &result["overwritten"]),
            (&json!("applied"), &json!({})),
            "{set}: {result}"
        );
    }
    let different = [
        (
            json!({"scheduled_date": "2026-05-02T20:00:00Z"}),
            json!({"scheduled_date": "2026-05-01T20:00:00.123Z"}),
        ),
        (json!({"duration": 95}), json!({"duration": null})),
        (json!({"venue": "Pub"}), json!({})),
    ];
    for (set, base) in different {
        let result = push_one(&db, ADMIN, band(), update(set.clone(), base)).await;
        assert_ne!(result["overwritten"], json!({}), "{set}: {result}");
    }
    let reordered = update(
        json!({"contacts": []}),
        json!({"contacts": [{"phone": "1", "name": "Al"}, {"name": "Bo"}]}),
    );
    assert_eq!(
        push_one(&db, ADMIN, band(), reordered).await["verdict"],
        "partial"
    );
}

#[tokio::test]
async fn an_edit_brings_a_deleted_row_back_whole_with_its_creator() {
    let (_project, db) = world().await;
    add_song(&db, SECOND, id(1), "Wonderwall").await;
    push_one(
        &db,
        SECOND,
        band(),
        edit(
            1,
            "update",
            id(1),
            &json!({"notes": "slow"}),
            &json!({"notes": null}),
        ),
    )
    .await;
    let gone = push_one(
        &db,
        ADMIN,
        band(),
        edit(1, "delete", id(1), &json!({}), &json!({})),
    )
    .await;
    assert_eq!(gone["verdict"], "applied");
    let again = push_one(
        &db,
        ADMIN,
        band(),
        edit(2, "delete", id(1), &json!({}), &json!({})),
    )
    .await;
    assert_eq!(
        (&again["verdict"], &again["rev"]),
        (&json!("applied"), &json!(0)),
        "already gone"
    );
    let viewer = push_one(
        &db,
        VIEWER,
        band(),
        edit(1, "update", id(1), &json!({"key": "A"}), &json!({})),
    )
    .await;
    assert_eq!(viewer["sqlstate"], "42501");

    let back = push_one(
        &db,
        MEMBER,
        band(),
        edit(
            1,
            "update",
            id(1),
            &json!({"key": "A"}),
            &json!({"key": "G"}),
        ),
    )
    .await;
    assert_eq!(
        (&back["verdict"], &back["restored"]),
        (&json!("applied"), &json!(true)),
        "{back}"
    );
    let song = row(&db, "songs", id(1)).await;
    assert_eq!(
        (&song["title"], &song["notes"], &song["key"]),
        (&json!("Wonderwall"), &json!("slow"), &json!("A"))
    );
    assert_eq!(
        (&song["created_by"], &song["sync_by"]),
        (&json!(id(SECOND)), &json!(id(MEMBER)))
    );
    assert!(song["version"].as_i64() > Some(2), "{song}");
    assert_eq!(
        db.number("select count(*) from sync.images").await,
        0,
        "the image is used up"
    );
}

#[tokio::test]
async fn a_restored_row_forgets_what_no_longer_exists() {
    let (_project, db) = world().await;
    let set = |n, kind: &str, op: &str, row: u32, set: Value| json!({"n": n, "kind": kind, "op": op, "id": id(row), "set": set});
    let call = request(
        client(ADMIN),
        band(),
        0,
        &[
            set(1, "setlist", "insert", 1, json!({"name": "Set"})),
            set(
                2,
                "show",
                "insert",
                2,
                json!({"name": "Gig", "scheduled_date": "2026-05-01T20:00:00Z", "setlist_id": id(1)}),
            ),
            set(3, "show", "delete", 2, json!({})),
            set(4, "setlist", "delete", 1, json!({})),
            set(5, "show", "restore", 2, json!({"notes": "back"})),
        ],
    );
    let answer = db.push(id(ADMIN), &call).await;
    assert_eq!(answer["results"][4]["restored"], true, "{answer}");
    let show = row(&db, "shows", id(2)).await;
    assert_eq!(
        (&show["setlist_id"], &show["notes"], &show["name"]),
        (&Value::Null, &json!("back"), &json!("Gig"))
    );
}

#[tokio::test]
async fn without_an_image_an_edit_is_refused_and_the_whole_row_is_welcome() {
    let (_project, db) = world().await;
    add_song(&db, SECOND, id(1), "Wonderwall").await;
    push_one(
        &db,
        ADMIN,
        band(),
        edit(1, "delete", id(1), &json!({}), &json!({})),
    )
    .await;
    db.client()
        .batch_execute("delete from sync.images")
        .await
        .expect("pruned");
    let refused = push_one(
        &db,
        MEMBER,
        band(),
        edit(1, "update", id(1), &json!({"key": "A"}), &json!({})),
    )
    .await;
    assert_eq!(refused["sqlstate"], "02000", "{refused}");
    let whole = edit(
        2,
        "restore",
        id(1),
        &json!({"title": "Wonderwall", "key": "A", "version": 9}),
        &json!({}),
    );
    let back = push_one(&db, MEMBER, band(), whole).await;
    assert_eq!(
        (&back["verdict"], &back["restored"]),
        (&json!("applied"), &json!(true)),
        "{back}"
    );
    assert_eq!(
        row(&db, "songs", id(1)).await["created_by"],
        json!(id(MEMBER))
    );
}

async fn tombstones(db: &Db, row: Uuid) -> String {
    db.one(&format!("select coalesce(string_agg(scope_id::text, ' ' order by rev, scope_id), '') from sync.tombstones where row_id = '{row}'")).await
}

#[tokio::test]
async fn a_move_leaves_a_tombstone_behind_and_needs_the_right_to_delete() {
    let (_project, db) = world().await;
    join(&db, id(OTHER), other_band(), id(MEMBER)).await;
    add_song(&db, ADMIN, id(1), "The admin's").await;
    add_song(&db, MEMBER, id(2), "The member's").await;
    let to = |n, row: u32, scope: Uuid| {
        edit(
            n,
            "update",
            id(row),
            &json!({"context_id": scope}),
            &json!({"context_id": band()}),
        )
    };
    let taken = push_one(&db, MEMBER, band(), to(1, 1, other_band())).await;
    assert_eq!(taken["sqlstate"], "42501", "{taken}");
    let personal = json!({"context_type": "personal", "context_id": id(MEMBER)});
    let stolen = push_one(
        &db,
        MEMBER,
        band(),
        edit(2, "update", id(1), &personal, &json!({})),
    )
    .await;
    assert_eq!(stolen["sqlstate"], "42501");
    assert_eq!(tombstones(&db, id(1)).await, "");

    let moved = push_one(&db, MEMBER, band(), to(3, 2, other_band())).await;
    assert_eq!(moved["verdict"], "applied", "{moved}");
    assert_eq!(tombstones(&db, id(2)).await, band().to_string());
    let song = row(&db, "songs", id(2)).await;
    assert_eq!(
        (&song["sync_scope"], &song["sync_other_rev"]),
        (&json!(other_band()), &json!(0))
    );
    let log = db.one(&format!("select string_agg(op || ' in ' || scope_id, ', ' order by at, op) from sync.log where row_id = '{}'", id(2))).await;
    assert_eq!(
        log,
        format!(
            "insert in {0}, insert in {1}, move in {0}",
            band(),
            other_band()
        )
    );
    let edited = push_one(
        &db,
        SECOND,
        band(),
        edit(1, "update", id(2), &json!({"key": "A"}), &json!({})),
    )
    .await;
    assert_eq!(
        edited["sqlstate"], "RO003",
        "a moved row lives on elsewhere"
    );

    let home = push_one(
        &db,
        MEMBER,
        other_band(),
        edit(4, "update", id(2), &personal, &json!({})),
    )
    .await;
    assert_eq!(home["verdict"], "applied", "{home}");
    assert_eq!(tombstones(&db, id(2)).await.split(' ').count(), 2);
    assert_eq!(
        row(&db, "songs", id(2)).await["sync_scope"],
        json!(id(MEMBER))
    );
}

#[tokio::test]
async fn a_setlist_moves_by_either_of_its_two_names_for_the_scope() {
    let (_project, db) = world().await;
    let insert =
        json!({"n": 1, "kind": "setlist", "op": "insert", "id": id(1), "set": {"name": "Set"}});
    assert_eq!(
        push_one(&db, MEMBER, id(MEMBER), insert).await["verdict"],
        "applied"
    );
    let list = row(&db, "setlists", id(1)).await;
    assert_eq!(
        (&list["context_type"], &list["sync_scope"]),
        (&json!("personal"), &json!(id(MEMBER)))
    );
    let to_band = json!({"n": 2, "kind": "setlist", "op": "update", "id": id(1), "set": {"band_id": band()}, "base": {"band_id": null}});
    assert_eq!(
        push_one(&db, MEMBER, id(MEMBER), to_band).await["verdict"],
        "applied"
    );
    let list = row(&db, "setlists", id(1)).await;
    assert_eq!(
        (&list["context_type"], &list["context_id"], &list["band_id"]),
        (&json!("band"), &json!(band()), &json!(band()))
    );
    let back = json!({"n": 3, "kind": "setlist", "op": "update", "id": id(1), "set": {"context_type": "personal", "context_id": id(MEMBER)}, "base": {}});
    assert_eq!(
        push_one(&db, MEMBER, band(), back).await["verdict"],
        "applied"
    );
    assert_eq!(row(&db, "setlists", id(1)).await["band_id"], Value::Null);
}

#[tokio::test]
async fn plain_writes_of_other_clients_are_stamped_whatever_they_send() {
    let (_project, db) = world().await;
    let me = id(MEMBER);
    db.run(Who::User(me), &format!(
        "insert into public.songs (id, title, context_id, created_by, sync_rev, sync_by, sync_scope, version, last_modified_by)
         values ('{}', 'Song', '{}', '{me}', 900, '{}', '{}', 5, null)", id(1), band(), id(ADMIN), other_band())).await;
    let song = row(&db, "songs", id(1)).await;
    let head = db
        .number(&format!(
            "select rev from public.sync_head where scope_id = '{}'",
            band()
        ))
        .await;
    assert_eq!(
        (&song["sync_rev"], &song["sync_by"], &song["sync_scope"]),
        (&json!(head), &json!(me), &json!(band()))
    );
    db.run(
        Who::User(id(ADMIN)),
        &format!(
            "update public.songs set version = 1, updated_date = 'epoch' where id = '{}'",
            id(1)
        ),
    )
    .await;
    let touched = row(&db, "songs", id(1)).await;
    assert_eq!(
        (
            &touched["sync_rev"],
            &touched["sync_by"],
            &touched["sync_by_rev"]
        ),
        (&json!(head + 1), &json!(me), &json!(head)),
        "bookkeeping gets a revision and no author"
    );
}
