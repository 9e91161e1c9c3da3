//! The migrations over a database that the web app filled: nothing changed, nothing announced, its writes sync.

use std::path::Path;

use rockon_local_stack::Project;
use serde_json::json;

use super::db::{Db, Refusal, Who, id};
use super::world::{ADMIN, MEMBER, NOBODY, VIEWER, band};

const SONGS: u32 = 50_000;
const SYNCED: [&str; 6] = [
    "bands",
    "band_memberships",
    "songs",
    "setlists",
    "shows",
    "practice_sessions",
];

pub(super) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace")
}

/// Applies a file as the owner of the tables, as the Supabase CLI does.
async fn apply(project: &Project, file: &Path) {
    let owner = project.connect("postgres").await.expect("a connection");
    let sql = std::fs::read_to_string(file).expect("a file");
    owner
        .batch_execute(&sql)
        .await
        .unwrap_or_else(|error| panic!("{}: {error:?}", file.display()));
}

pub(super) async fn migrate(project: &Project) {
    let mut files: Vec<_> = std::fs::read_dir(repository().join("supabase/migrations"))
        .expect("migrations")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    for file in files {
        apply(project, &file).await;
    }
}

/// The web app's database with three people, a band, `songs` songs (three of them in no band there is) and a few others.
pub(super) async fn web_app(songs: u32) -> (Project, Db) {
    let project = rockon_tests::bare_project().await;
    apply(&project, &repository().join("tests/fixtures/web_app.sql")).await;
    let db = Db::open(&project).await;
    super::world::add_people(&db, [ADMIN, MEMBER, VIEWER, NOBODY].into_iter()).await;
    let (admin, member, viewer) = (id(ADMIN), id(MEMBER), id(VIEWER));
    // A context that is no id is older than the trigger of the audit log, which casts it.
    db.run(Who::Owner, &format!(
        "insert into public.bands (id, name, created_by) values ('{0}', 'One', '{admin}');
         insert into public.band_memberships (user_id, band_id, role) values ('{admin}', '{0}', 'admin'), ('{member}', '{0}', 'member'), ('{viewer}', '{0}', 'viewer');
         alter table public.songs disable trigger write_audit;
         insert into public.songs (id, title, artist, notes, context_type, context_id, created_by, version, updated_date)
           select ('50000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Song ' || n, 'Artist', repeat('la ', n % 20),
                  'band', 'no-uuid-' || n, '{admin}', n % 7 + 1, timestamptz '2026-01-01' + n * interval '1 second'
             from generate_series(1, {songs}) n where n <= 3;
         alter table public.songs enable trigger write_audit;
         insert into public.songs (id, title, artist, notes, context_type, context_id, created_by, version, updated_date)
           select ('50000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Song ' || n, 'Artist', repeat('la ', n % 20),
                  case when n % 10 = 0 then 'personal' else 'band' end, case when n % 10 = 0 then '{member}' else '{0}' end,
                  '{admin}', n % 7 + 1, timestamptz '2026-01-01' + n * interval '1 second'
             from generate_series(4, {songs}) n;
         insert into public.setlists (id, name, band_id, created_by, items) values ('{1}', 'Set', '{0}', '{admin}', '[{{\"id\": \"1\"}}]');
         insert into public.setlists (name, context_type, context_id, created_by) values ('Own', 'personal', '{member}', '{member}'), ('Lost', 'personal', 'nowhere', '{member}');
         insert into public.shows (name, band_id, setlist_id, scheduled_date, created_by) values ('Gig', '{0}', '{1}', now(), '{admin}');
         insert into public.practice_sessions (type, band_id, scheduled_date) values ('rehearsal', '{0}', now())",
        band(), id(1))).await;
    (project, db)
}

/// Each table as the web app has it, with the names of its columns; not the status of practices, whose words change.
async fn tables(db: &Db) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    for table in SYNCED
        .into_iter()
        .chain(["users", "invite_codes", "audit_log"])
    {
        let columns = db.one(&format!(
            "select array_agg(column_name::text)::text from information_schema.columns
              where table_schema = 'public' and table_name = '{table}' and (table_name, column_name) <> ('practice_sessions', 'status')"));
        found.push((table, columns.await));
    }
    found
}

/// A hash of every row, for each table, of these columns.
async fn contents(db: &Db, tables: &[(&str, String)]) -> Vec<String> {
    let mut hashes = Vec::new();
    for (table, columns) in tables {
        hashes.push(db.one(&format!(
            "select '{table} ' || count(*) || ' ' || md5(coalesce(string_agg(
                 (select jsonb_object_agg(key, value) from jsonb_each(to_jsonb(t)) where key = any ('{columns}'))::text, '' order by id), ''))
               from public.{table} t")).await);
    }
    hashes
}

/// Changes of rows that the publication sent since the last call.
async fn published(db: &Db) -> i64 {
    db.number(
        "select count(*) from pg_logical_slot_get_binary_changes('upgrade', null, null, 'proto_version', '1', 'publication_names', 'supabase_realtime')
          where get_byte(data, 0) in (ascii('I'), ascii('U'), ascii('D'), ascii('T'))").await
}

#[tokio::test]
async fn fifty_thousand_songs_are_taken_over_with_nothing_changed_and_nothing_announced() {
    let (project, db) = web_app(SONGS).await;
    db.run(Who::Owner, "select").await;
    db.client()
        .batch_execute("select pg_create_logical_replication_slot('upgrade', 'pgoutput')")
        .await
        .expect("a slot");
    let tables = tables(&db).await;
    let before = contents(&db, &tables).await;
    migrate(&project).await;
    assert_eq!(
        contents(&db, &tables).await,
        before,
        "versions, dates, authors, the audit log"
    );
    assert_eq!(published(&db).await, 0, "changes announced");
    let stamps = db.one(&format!("select count(*) || ' ' || count(*) filter (where sync_scope = '{}' and sync_rev = 1 and sync_by is null and sync_bytes > 700) from public.songs", band())).await;
    assert_eq!(stamps, format!("{SONGS} {}", SONGS - SONGS / 10 - 3));
    for table in SYNCED {
        let wrong = db.number(&format!(
            "select count(*) from public.{table} t where sync_bytes not between octet_length(row_to_json(t)::text) and octet_length(row_to_json(t)::text) + 200")).await;
        assert_eq!(wrong, 0, "{table}: sizes");
    }
    let first = db
        .pull(
            id(VIEWER),
            &json!({"scopes": [{"id": band(), "cursor": null, "epoch": null}], "limit": 2000}),
        )
        .await;
    assert_eq!(
        (&first["scopes"][0]["head"], &first["scopes"][0]["has_more"]),
        (&json!(1), &json!(true))
    );
    assert_eq!(
        first["scopes"][0]["rows"]["membership"][0]["member_name"]
            .as_str()
            .map(|name| &name[..1]),
        Some("P")
    );
    let faults = db.one("select string_agg(kind || ' ' || n, ', ' order by kind) from (select kind, count(*) as n from sync.audit where fault like 'no scope%' group by kind) x").await;
    assert_eq!(faults, "setlist 1, song 3", "garbage contexts are reported");
    assert_eq!(
        db.number("select count(*) from sync.audit").await,
        4,
        "and nothing else is"
    );

    db.run(
        Who::Owner,
        &format!(
            "update public.songs set sync_rev = 1 where context_id = '{}' and title like 'Song 1%'",
            band()
        ),
    )
    .await;
    assert!(
        published(&db).await > 1000,
        "the losing form, a back-fill by UPDATE, is announced"
    );
    assert_ne!(contents(&db, &tables).await, before, "and changes versions");
    db.client()
        .batch_execute("select pg_drop_replication_slot('upgrade')")
        .await
        .expect("dropped");
}

#[tokio::test]
async fn the_web_apps_plain_writes_go_on_are_stamped_and_reach_the_phones() {
    let (project, db) = web_app(20).await;
    migrate(&project).await;
    let (member, song) = (id(MEMBER), "50000000-0000-4000-8000-000000000004");
    let start = db
        .pull(
            id(VIEWER),
            &json!({"scopes": [{"id": band(), "cursor": null, "epoch": null}]}),
        )
        .await["scopes"][0]
        .clone();
    db.run(Who::User(member), &format!(
        "update public.songs set title = 'New' where id = '{song}';
         insert into public.songs (title, context_id, created_by) values ('Fresh', '{0}', '{member}');
         insert into public.setlists (name, band_id, created_by) values ('Second', '{0}', '{member}');
         update public.practice_sessions set notes = 'x'", band())).await;
    let garbage = "50000000-0000-4000-8000-000000000001";
    db.run(Who::Owner, &format!(
        "alter table public.songs disable trigger write_audit; update public.songs set title = 'still no band' where id = '{garbage}';
         delete from public.songs where id = '{garbage}'; alter table public.songs enable trigger write_audit")).await;
    db.run(
        Who::User(id(ADMIN)),
        "delete from public.songs where id = '50000000-0000-4000-8000-000000000005'",
    )
    .await;
    let news = db.pull(id(VIEWER), &json!({"scopes": [{"id": band(), "cursor": start["cursor"], "epoch": start["epoch"]}]})).await["scopes"][0].clone();
    let titles: Vec<&str> = news["rows"]["song"]
        .as_array()
        .expect("songs")
        .iter()
        .map(|song| song["title"].as_str().expect("a title"))
        .collect();
    assert_eq!(titles.len(), 2, "{titles:?}");
    assert!(titles.contains(&"New") && titles.contains(&"Fresh"));
    assert_eq!(
        (
            &news["tombstones"][0]["title"],
            &news["rows"]["practice"][0]["notes"]
        ),
        (&json!("Song 5"), &json!("x"))
    );
    assert_eq!(news["rows"]["song"][0]["sync_by"], json!(member));
    let moved_home = format!(
        "update public.songs set context_id = '{}' where title = 'Song 2'",
        band()
    );
    db.run(Who::Owner, &moved_home).await;
    assert_eq!(
        db.number("select count(*) from sync.audit where kind = 'song'")
            .await,
        1,
        "a mended context syncs"
    );
}

#[tokio::test]
async fn hardening_closes_the_door_through_which_anybody_lets_himself_in() {
    let (project, db) = web_app(20).await;
    migrate(&project).await;
    let stranger = id(NOBODY);
    let enter = format!(
        "insert into public.band_memberships (user_id, band_id, role) values ('{stranger}', '{}', 'admin')",
        band()
    );
    let read = json!({"scopes": [{"id": band(), "cursor": null, "epoch": null}]});
    db.tx(Who::User(stranger), &enter, "rollback")
        .await
        .expect("open before");
    db.tx(
        Who::User(id(VIEWER)),
        "update public.songs set key = 'A' where id = '50000000-0000-4000-8000-000000000004'",
        "rollback",
    )
    .await
    .expect("viewers write");
    assert_eq!(
        db.rpc(Who::User(stranger), "sync_health()").await["policies"],
        "other"
    );
    for _ in 0..2 {
        apply(
            &project,
            &repository().join("supabase/optional/hardening.sql"),
        )
        .await;
        let refused: Refusal = db
            .try_run(Who::User(stranger), &enter)
            .await
            .expect_err("closed");
        assert_eq!(refused.code, "42501");
    }
    assert_eq!(
        db.pull(stranger, &read).await["gone"][0]["id"],
        json!(band())
    );
    let viewer = db
        .run(
            Who::User(id(VIEWER)),
            "update public.songs set key = 'A' where id = '50000000-0000-4000-8000-000000000004'",
        )
        .await;
    assert_eq!(viewer.counts, [0]);
    let others = db
        .run(Who::User(id(MEMBER)), "select from public.users")
        .await;
    assert_eq!(others.rows.len(), 1, "nobody reads another's e-mail");
    assert_eq!(
        db.rpc(Who::User(stranger), "sync_health()").await["policies"],
        "strict"
    );
}
