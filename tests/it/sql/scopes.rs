//! Rows stay in their scope: where links may lead, who may take an id, whose name is told.

use serde_json::{Value, json};
use uuid::Uuid;

use super::db::{Db, Who, id};
use super::push::{add_song, edit, request};
use super::world::{ADMIN, MEMBER, NOBODY, OTHER, VIEWER, band, other_band, world};

/// A setlist, a show and a song of the other band, made by its admin.
const THEIRS: [(&str, u32); 3] = [("setlists", 0x21), ("shows", 0x22), ("songs", 0x23)];
/// The same of the band.
const OURS: [(&str, u32); 3] = [("setlists", 0x31), ("shows", 0x32), ("songs", 0x33)];

async fn furnish(db: &Db, person: u32, scope: Uuid, rows: [(&str, u32); 3]) {
    let [setlist, show, song] = rows.map(|(_, number)| id(number));
    db.run(
        Who::User(id(person)),
        &format!(
            "insert into public.setlists (id, name, band_id, created_by) values ('{setlist}', 'Set', '{scope}', auth.uid());
             insert into public.shows (id, name, band_id, scheduled_date, created_by) values ('{show}', 'Gig', '{scope}', now(), auth.uid());
             insert into public.songs (id, title, context_id, created_by) values ('{song}', 'Song', '{scope}', auth.uid())"
        ),
    )
    .await;
}

/// A write that makes a link to `target`: the column, and the statement of a member for a plain write.
fn links(target: [(&str, u32); 3]) -> Vec<(&'static str, String)> {
    let [setlist, show, song] = target.map(|(_, number)| id(number));
    let (me, ours) = (id(MEMBER), band());
    let items = format!(r#"[{{"id": "1", "type": "song", "songId": "{song}"}}]"#);
    vec![
        (
            "setlist_id",
            format!(
                "insert into public.shows (name, band_id, scheduled_date, created_by, setlist_id) values ('x', '{ours}', now(), '{me}', '{setlist}')"
            ),
        ),
        (
            "setlist_id",
            format!(
                "update public.shows set setlist_id = '{setlist}' where id = '{}'",
                id(0x32)
            ),
        ),
        (
            "setlist_id",
            format!(
                "insert into public.practice_sessions (type, band_id, scheduled_date, setlist_id) values ('rehearsal', '{ours}', now(), '{setlist}')"
            ),
        ),
        (
            "source_setlist_id",
            format!(
                "insert into public.setlists (name, band_id, created_by, source_setlist_id) values ('x', '{ours}', '{me}', '{setlist}')"
            ),
        ),
        (
            "forked_from",
            format!(
                "insert into public.setlists (name, band_id, created_by, forked_from) values ('x', '{ours}', '{me}', '{setlist}')"
            ),
        ),
        (
            "source_setlist_id",
            format!(
                "update public.setlists set source_setlist_id = '{setlist}' where id = '{}'",
                id(0x31)
            ),
        ),
        (
            "show_id",
            format!(
                "insert into public.setlists (name, band_id, created_by, show_id) values ('x', '{ours}', '{me}', '{show}')"
            ),
        ),
        (
            "show_id",
            format!(
                "update public.setlists set show_id = '{show}' where id = '{}'",
                id(0x31)
            ),
        ),
        (
            "items",
            format!(
                "insert into public.setlists (name, band_id, created_by, items) values ('x', '{ours}', '{me}', '{items}')"
            ),
        ),
        (
            "items",
            format!(
                "update public.setlists set items = '{items}' where id = '{}'",
                id(0x31)
            ),
        ),
        (
            "songs",
            format!(
                "insert into public.practice_sessions (type, band_id, scheduled_date, songs) values ('rehearsal', '{ours}', now(), '{items}')"
            ),
        ),
    ]
}

#[tokio::test]
async fn a_link_into_another_scope_is_refused_and_one_into_its_own_is_not() {
    let (_project, db) = world().await;
    furnish(&db, OTHER, other_band(), THEIRS).await;
    furnish(&db, MEMBER, band(), OURS).await;
    for (column, sql) in links(OURS) {
        db.tx(Who::User(id(MEMBER)), &sql, "rollback")
            .await
            .unwrap_or_else(|refusal| panic!("{column}: {refusal:?}: {sql}"));
    }
    for (column, sql) in links(THEIRS) {
        let refused = db.tx(Who::User(id(MEMBER)), &sql, "rollback").await;
        let refused = refused.expect_err(column);
        assert_eq!(refused.code, "23503", "{column}: {refused:?}: {sql}");
    }
    let leech = |band: Uuid| {
        format!(
            "insert into public.setlists (name, context_type, context_id, band_id, created_by) values ('x', 'personal', auth.uid(), '{band}', auth.uid())"
        )
    };
    for band in [other_band(), id(0xbad)] {
        let refused = db
            .try_run(Who::User(id(MEMBER)), &leech(band))
            .await
            .expect_err("a personal row that hangs on a band");
        assert_eq!(refused.code, "23503", "{refused:?}");
    }
}

#[tokio::test]
async fn a_push_names_the_column_of_the_link_and_says_the_same_of_what_does_not_exist() {
    let (_project, db) = world().await;
    furnish(&db, OTHER, other_band(), THEIRS).await;
    furnish(&db, MEMBER, band(), OURS).await;
    let [setlist, show, song] = THEIRS.map(|(_, number)| id(number));
    let items = |song: Uuid| json!([{"id": "1", "type": "song", "songId": song}]);
    let one = |n: u64, kind: &str, row: Uuid, field: &str, value: Value| json!({"n": n, "kind": kind, "op": "update", "id": row, "base_rev": 0, "set": {field: value}, "base": {field: null}});
    let mut edits = vec![
        one(1, "show", id(0x32), "setlist_id", json!(setlist)),
        one(2, "show", id(0x32), "setlist_id", json!(id(0xbad))),
        one(3, "setlist", id(0x31), "source_setlist_id", json!(setlist)),
        one(4, "setlist", id(0x31), "show_id", json!(show)),
        one(5, "setlist", id(0x31), "items", items(song)),
    ];
    edits[4]["base"] = json!({"items": []});
    edits.push(one(6, "setlist", id(0x31), "items", items(id(0xbad))));
    edits[5]["base"] = json!({"items": []});
    let answer = db
        .push(id(MEMBER), &request(Uuid::new_v4(), band(), 0, &edits))
        .await;
    let got: Vec<_> = (0..6)
        .map(|at| {
            (
                &answer["results"][at]["sqlstate"],
                &answer["results"][at]["field"],
            )
        })
        .collect();
    let refused = |field: &str| (json!("23503"), json!(field));
    let wanted = [
        "setlist_id",
        "setlist_id",
        "source_setlist_id",
        "show_id",
        "items",
    ]
    .map(refused);
    for (got, wanted) in got.iter().zip(wanted.iter().chain(&[refused("items")])) {
        assert_eq!((got.0, got.1), (&wanted.0, &wanted.1), "{answer}");
    }
}

/// The first four statements with a song that is named in a list of the band or of its member.
fn naming(song: u32) -> Vec<String> {
    let [setlist, ..] = OURS.map(|(_, number)| id(number));
    let (me, ours) = (id(MEMBER), band());
    let items = format!(
        r#"[{{"id": "1", "type": "song", "songId": "{}"}}]"#,
        id(song)
    );
    vec![
        format!(
            "insert into public.setlists (name, band_id, created_by, items) values ('x', '{ours}', '{me}', '{items}')"
        ),
        format!("update public.setlists set items = '{items}' where id = '{setlist}'"),
        format!(
            "insert into public.practice_sessions (type, band_id, scheduled_date, songs) values ('rehearsal', '{ours}', now(), '{items}')"
        ),
        format!(
            "insert into public.setlists (name, band_id, created_by, show_id) values ('x', '{ours}', '{me}', '{}')",
            id(song)
        ),
    ]
}

#[tokio::test]
async fn a_list_tells_nobody_whether_an_id_is_known_somewhere_else() {
    let (_project, db) = world().await;
    furnish(&db, OTHER, other_band(), THEIRS).await;
    furnish(&db, MEMBER, band(), OURS).await;
    let deleted = format!(
        "insert into public.songs (id, title, context_id, created_by) values ('{0}', 'x', '{1}', auth.uid()); delete from public.songs where id = '{0}'",
        id(0x51),
        other_band()
    );
    db.run(Who::User(id(OTHER)), &deleted).await;
    let answers = async |song: u32| {
        let mut answers = Vec::new();
        for sql in naming(song) {
            let refused = db.tx(Who::User(id(MEMBER)), &sql, "rollback").await;
            answers.push(refused.expect_err("not of this band"));
        }
        answers
    };
    let unknown = answers(0xbad).await;
    assert!(
        unknown.iter().all(|refused| refused.code == "23503"),
        "{unknown:?}"
    );
    for known in [0x21, 0x22, 0x23, 0x51] {
        assert_eq!(answers(known).await, unknown, "{known:x}");
    }
}

#[tokio::test]
async fn a_list_may_name_what_its_band_deleted_or_another_list_names() {
    let (_project, db) = world().await;
    furnish(&db, MEMBER, band(), OURS).await;
    let me = Who::User(id(MEMBER));
    let names = &naming(0x33)[..3];
    let list = format!(r#"[{{"songId": "{}"}}]"#, id(0x33));
    db.run(me, &format!("update public.setlists set items = '{list}' where id = '{0}'; delete from public.songs where id = '{1}'", id(0x31), id(0x33))).await;
    for sql in names {
        db.tx(me, sql, "rollback").await.expect("deleted lately");
    }
    let time =
        "update sync.tombstones set deleted_at = now() - interval '91 days' where kind = 'song'";
    db.client().batch_execute(time).await.expect("time goes by");
    db.run(Who::Owner, "select sync.prune()").await;
    for sql in names {
        db.tx(me, sql, "rollback")
            .await
            .expect("a copy of a list with a hole");
    }
    // The only list that names it is deleted, and comes back as it was.
    db.run(
        me,
        &format!("delete from public.setlists where id = '{}'", id(0x31)),
    )
    .await;
    let refused = db
        .tx(me, &names[0], "rollback")
        .await
        .expect_err("nobody names it now");
    assert_eq!(refused.code, "23503");
    let restore = |n: u64, set: &Value| json!({"n": n, "kind": "setlist", "op": "restore", "id": id(0x31), "base_rev": 0, "set": set});
    let fresh = json!({"items": [{"songId": id(0xbad)}]});
    let edits = [restore(1, &fresh), restore(2, &json!({}))];
    let answer = db
        .push(id(MEMBER), &request(Uuid::new_v4(), band(), 0, &edits))
        .await;
    assert_eq!(answer["results"][0]["sqlstate"], "23503", "{answer}");
    assert_eq!(answer["results"][1]["restored"], true, "{answer}");
    let kept = format!(
        "select items from public.setlists where id = '{}'",
        id(0x31)
    );
    assert!(db.one(&kept).await.contains(&id(0x33).to_string()));
}

/// The tables that only the web app has, with a row of everybody's, of the band, of the member, and of strangers.
const WEB: &str = "
    create table public.tunings (id uuid primary key, is_builtin boolean not null default false, context_id text, created_by uuid);
    create table public.song_groups (id uuid primary key, created_by uuid not null);
    create table public.jam_sessions (id uuid primary key, host_user_id uuid not null);
    create table public.jam_participants (jam_session_id uuid, user_id uuid);
    alter table public.songs add foreign key (tuning_id) references public.tunings (id) on delete set null;
    alter table public.setlists add foreign key (jam_session_id) references public.jam_sessions (id) on delete set null;
    insert into public.tunings values ('{1}', true, null, null), ('{2}', false, '{band}', '{second}'), ('{3}', false, '{me}', '{me}'),
      ('{4}', false, '{other_band}', '{other}'), ('{5}', false, '{other}', '{other}'), ('{6}', false, '{other}', '{me}');
    insert into public.song_groups values ('{2}', '{second}'), ('{3}', '{me}'), ('{4}', '{other}');
    insert into public.jam_sessions values ('{2}', '{other}'), ('{3}', '{me}'), ('{4}', '{other}');
    insert into public.jam_participants values ('{2}', '{me}')";

#[tokio::test]
async fn a_tuning_a_group_and_a_jam_are_of_the_scope_or_ones_own_or_refused_like_none() {
    let (_project, db) = world().await;
    add_song(&db, MEMBER, id(1), "Wonderwall").await;
    db.run(Who::User(id(MEMBER)), &format!("insert into public.setlists (id, name, band_id, created_by) values ('{}', 'Set', '{}', auth.uid())", id(1), band())).await;
    let write = |table: &str, column: &str, to: u32| {
        [
            format!(
                "update public.{table} set {column} = '{1}' where id = '{0}'",
                id(1),
                id(to)
            ),
            match table {
                "songs" => format!(
                    "insert into public.songs (title, context_id, created_by, {column}) values ('x', '{}', auth.uid(), '{}')",
                    band(),
                    id(to)
                ),
                _ => format!(
                    "insert into public.setlists (name, band_id, created_by, {column}) values ('x', '{}', auth.uid(), '{}')",
                    band(),
                    id(to)
                ),
            },
        ]
    };
    let columns = [
        ("songs", "tuning_id", vec![1, 2, 3], vec![4, 5, 6]),
        ("songs", "song_group_id", vec![2, 3], vec![4]),
        ("setlists", "jam_session_id", vec![2, 3], vec![4]),
    ];
    for (table, column, ..) in &columns {
        for sql in write(table, column, 0xbad) {
            db.tx(Who::User(id(MEMBER)), &sql, "rollback")
                .await
                .expect("there is no such table: it leads nowhere");
        }
    }
    let mut web = WEB
        .replace("{band}", &band().to_string())
        .replace("{other_band}", &other_band().to_string());
    for (mark, person) in [
        ("{me}", MEMBER),
        ("{second}", super::world::SECOND),
        ("{other}", OTHER),
    ] {
        web = web.replace(mark, &id(person).to_string());
    }
    for n in 1..=6 {
        web = web.replace(&format!("{{{n}}}"), &id(n).to_string());
    }
    db.client()
        .batch_execute(&web)
        .await
        .expect("the web app's tables");
    for (table, column, ours, theirs) in columns {
        for to in ours {
            for sql in write(table, column, to) {
                db.tx(Who::User(id(MEMBER)), &sql, "rollback")
                    .await
                    .unwrap_or_else(|refusal| panic!("{column} {to}: {refusal:?}"));
            }
        }
        for at in 0..2 {
            let unknown = db
                .tx(
                    Who::User(id(MEMBER)),
                    &write(table, column, 0xbad)[at],
                    "rollback",
                )
                .await
                .expect_err("unknown");
            assert_eq!(unknown.code, "23503", "{column}");
            for to in &theirs {
                let refused = db
                    .tx(
                        Who::User(id(MEMBER)),
                        &write(table, column, *to)[at],
                        "rollback",
                    )
                    .await;
                assert_eq!(refused.expect_err(column), unknown, "{column} {to}");
            }
        }
    }
    let edit = json!({"n": 1, "kind": "song", "op": "update", "id": id(1), "base_rev": 0, "set": {"tuning_id": id(4)}, "base": {"tuning_id": null}});
    let answer = db
        .push(id(MEMBER), &request(Uuid::new_v4(), band(), 0, &[edit]))
        .await;
    assert_eq!(
        (
            &answer["results"][0]["sqlstate"],
            &answer["results"][0]["field"]
        ),
        (&json!("23503"), &json!("tuning_id"))
    );
    // What leads elsewhere already stands in no other edit's way.
    db.client().batch_execute(&format!("set session_replication_role = replica; update public.songs set tuning_id = '{}'; set session_replication_role = origin", id(4))).await.expect("planted");
    db.run(
        Who::User(id(MEMBER)),
        &format!(
            "update public.songs set key = 'A', tuning_id = '{}' where id = '{}'",
            id(4),
            id(1)
        ),
    )
    .await;
}

#[tokio::test]
async fn links_of_before_stand_in_no_edits_way_and_a_delete_beyond_neither_changes_nor_waits() {
    let (project, db) = world().await;
    furnish(&db, OTHER, other_band(), THEIRS).await;
    furnish(&db, MEMBER, band(), OURS).await;
    let [setlist, show, song] = THEIRS.map(|(_, number)| id(number));
    db.client()
        .batch_execute(&format!(
            r#"set session_replication_role = replica;
             update public.shows set setlist_id = '{setlist}' where id = '{1}';
             update public.setlists set source_setlist_id = '{setlist}', forked_from = '{setlist}', show_id = '{show}',
               items = '[{{"songId": "{song}"}}]' where id = '{0}';
             set session_replication_role = origin"#,
            id(0x31),
            id(0x32)
        ))
        .await
        .expect("planted");
    let edits = format!(
        r#"update public.shows set notes = 'x', setlist_id = '{setlist}' where id = '{1}';
           update public.setlists set name = 'x', show_id = '{show}', items = items || '[{{"type": "break"}}]' where id = '{0}'"#,
        id(0x31),
        id(0x32)
    );
    db.run(Who::User(id(MEMBER)), &edits).await;
    let before = db.one("select json_agg(h order by scope_id) from public.sync_head h where scope_id <> (select id from public.bands where name = 'Two')").await;
    let rows = "select json_agg(json_build_array(s.sync_rev, s.sync_by, s.setlist_id) order by s.id)::text from public.shows s where s.sync_scope = (select id from public.bands where name = 'One')";
    let shows = db.one(rows).await;
    let writer = Db::open(&project).await;
    let preamble = Who::User(id(MEMBER)).preamble();
    writer
        .client()
        .batch_execute(&format!("begin; {preamble} {edits}"))
        .await
        .expect("a transaction of the band is open");
    db.run(
        Who::User(id(OTHER)),
        &format!(
            "set local lock_timeout = '1s'; delete from public.setlists where id = '{setlist}'"
        ),
    )
    .await;
    writer
        .client()
        .batch_execute("rollback")
        .await
        .expect("ended");
    assert_eq!(db.one(rows).await, shows, "nothing of the band changed");
    let after = db.one("select json_agg(h order by scope_id) from public.sync_head h where scope_id <> (select id from public.bands where name = 'Two')").await;
    assert_eq!(after, before);
}

#[tokio::test]
async fn a_row_that_moves_away_takes_no_link_along_and_leaves_none() {
    let (_project, db) = world().await;
    furnish(&db, ADMIN, band(), OURS).await;
    let [setlist, show, song] = OURS.map(|(_, number)| id(number));
    db.run(
        Who::User(id(ADMIN)),
        &format!(
            r#"update public.shows set setlist_id = '{setlist}' where id = '{show}';
             update public.setlists set show_id = '{show}', items = '[{{"songId": "{song}"}}]' where id = '{setlist}'"#
        ),
    )
    .await;
    let home = json!({"n": 1, "kind": "setlist", "op": "update", "id": setlist, "base_rev": 0,
        "set": {"context_type": "personal", "context_id": id(ADMIN)}, "base": {"context_type": "band", "context_id": null}});
    let moved = db
        .push(id(ADMIN), &request(Uuid::new_v4(), band(), 0, &[home]))
        .await;
    assert_eq!(moved["results"][0]["verdict"], "applied", "{moved}");
    assert_eq!(
        db.one(&format!("select (s.setlist_id is null) || ' ' || (l.show_id is null) || ' ' || (l.sync_scope = '{}') || ' ' || jsonb_array_length(l.items)
            from public.shows s, public.setlists l where s.id = '{show}' and l.id = '{setlist}'", id(ADMIN))).await,
        "true true true 1",
        "its songs stay named"
    );
    assert_eq!(db.number("select count(*) from sync.audit").await, 0);
}

#[tokio::test]
async fn the_id_of_a_deleted_row_is_nobody_elses_until_its_tombstone_is_pruned() {
    let (_project, db) = world().await;
    add_song(&db, MEMBER, id(1), "Precious").await;
    let take = |row: Uuid| {
        format!(
            "insert into public.songs (id, title, context_type, context_id, created_by) values ('{row}', 'squat', 'personal', auth.uid(), auth.uid())"
        )
    };
    let foreign_context = format!(
        "insert into public.songs (title, context_id, created_by) values ('x', '{}', auth.uid())",
        band()
    );
    let policy = db
        .try_run(Who::User(id(NOBODY)), &foreign_context)
        .await
        .expect_err("not his band");
    let delete = edit(1, "delete", id(1), &json!({}), &json!({}));
    for deleted in [false, true] {
        if deleted {
            db.push(
                id(MEMBER),
                &request(Uuid::new_v4(), band(), 0, std::slice::from_ref(&delete)),
            )
            .await;
        }
        let refused = db.try_run(Who::User(id(NOBODY)), &take(id(1))).await;
        assert_eq!(
            refused.expect_err("taken"),
            policy,
            "like any refusal of a policy"
        );
        for op in ["insert", "restore"] {
            let squat = edit(1, op, id(1), &json!({"title": "squat"}), &json!({}));
            let answer = db
                .push(
                    id(NOBODY),
                    &request(Uuid::new_v4(), id(NOBODY), 0, &[squat]),
                )
                .await;
            assert_eq!(answer["results"][0]["sqlstate"], "42501", "{answer}");
        }
    }
    let refused = db.try_run(Who::User(id(VIEWER)), &take(id(1))).await;
    assert_eq!(refused.expect_err("a viewer of the band").code, "42501");
    let back = edit(1, "restore", id(1), &json!({}), &json!({}));
    let answer = db
        .push(
            id(MEMBER),
            &request(Uuid::new_v4(), band(), 0, std::slice::from_ref(&back)),
        )
        .await;
    assert_eq!(answer["results"][0]["restored"], true, "{answer}");
    db.push(id(MEMBER), &request(Uuid::new_v4(), band(), 0, &[delete]))
        .await;
    db.client()
        .batch_execute(
            "update sync.tombstones set deleted_at = now() - interval '91 days' where true",
        )
        .await
        .expect("time goes by");
    db.run(Who::Owner, "select sync.prune()").await;
    db.run(Who::User(id(NOBODY)), &take(id(1))).await;
}

#[tokio::test]
async fn a_row_can_come_back_in_each_scope_that_it_was_deleted_in_last() {
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Traveller").await;
    let me = id(ADMIN);
    let home = format!(
        "update public.songs set context_type = 'personal', context_id = '{me}' where id = '{}'",
        id(1)
    );
    db.run(Who::User(me), &home).await;
    db.run(
        Who::User(me),
        &format!("delete from public.songs where id = '{}'", id(1)),
    )
    .await;
    let restore = edit(
        1,
        "restore",
        id(1),
        &json!({"title": "Traveller"}),
        &json!({}),
    );
    let stale = db
        .push(
            id(MEMBER),
            &request(Uuid::new_v4(), band(), 0, std::slice::from_ref(&restore)),
        )
        .await;
    assert_eq!(
        stale["results"][0]["sqlstate"], "RO003",
        "the band had it before: {stale}"
    );
    let back = db
        .push(me, &request(Uuid::new_v4(), me, 0, &[restore]))
        .await;
    assert_eq!(back["results"][0]["restored"], true, "{back}");
}

#[tokio::test]
async fn a_fresh_project_publishes_the_heads_and_nothing_else_of_ours() {
    let (_project, db) = world().await;
    let published = db
        .one("select string_agg(tablename, ',' order by tablename) from pg_publication_tables where pubname = 'supabase_realtime' and schemaname = 'public'")
        .await;
    assert_eq!(published, "sync_head");
}
