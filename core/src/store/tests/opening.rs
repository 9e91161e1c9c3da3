//! Opening: newer, damaged, locked, full, other users.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use rusqlite::Connection;
use serde_json::json;
use tempfile::TempDir;

use super::super::open::Files;
use super::super::{Durability, Op, Store, WriteTx};
use super::{BAND, Fixture, ME, SAM, config, fixture, id, song, values};
use crate::error::{Error, StorageFailure};
use crate::model::{FieldType, Kind, UserId, fields};

fn failure(outcome: Result<Store, Error>) -> StorageFailure {
    match outcome {
        Err(Error::Storage { failure }) => failure,
        other => panic!("{other:?}"),
    }
}

pub(super) fn files(dir: &TempDir) -> Files {
    Files::of(dir.path(), ME)
}

/// Names of the files in a directory that others may read or write, with their modes.
fn open_to_others(dir: &std::path::Path) -> Vec<String> {
    let files = fs::read_dir(dir).unwrap().flatten();
    let modes = files.map(|file| {
        let mode = file.metadata().unwrap().permissions().mode() & 0o777;
        (file.file_name().to_string_lossy().into_owned(), mode)
    });
    modes
        .filter(|(_, mode)| mode & 0o077 != 0)
        .map(|(name, mode)| format!("{name} {mode:o}"))
        .collect()
}

#[tokio::test]
async fn every_file_is_its_owners_alone_in_a_directory_that_others_may_enter() {
    let dir = TempDir::new().unwrap();
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let store = Store::open(&config(&dir, ME)).unwrap();
    let wrote = store.write(Durability::Full, |tx| tx.drop_staged()).await;
    wrote.unwrap();
    let names: Vec<_> = fs::read_dir(dir.path()).unwrap().flatten().collect();
    assert!(names.len() >= 4, "database, log, index and lock: {names:?}");
    assert_eq!(open_to_others(dir.path()), [""; 0]);
    let mode = fs::metadata(dir.path()).unwrap().permissions().mode();
    assert_eq!(
        mode & 0o777,
        0o755,
        "a directory that was there is left alone"
    );
    drop(names);
}

#[tokio::test]
async fn what_an_earlier_version_left_open_to_others_is_closed_and_a_new_directory_is_private() {
    let f = fixture();
    f.store.close().await;
    let kept = f.dir.path().join(format!("user-{ME}.damaged-7.sqlite"));
    fs::write(&kept, b"old").unwrap();
    let strange = f.dir.path().join("not-ours.txt");
    fs::write(&strange, b"theirs").unwrap();
    for path in [
        &kept,
        &strange,
        &files(&f.dir).database,
        &files(&f.dir).lock,
    ] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
    }
    let again = Store::open(&config(&f.dir, ME)).unwrap();
    assert_eq!(open_to_others(f.dir.path()), ["not-ours.txt 644"]);
    drop(again);
    let deep = crate::store::StoreConfig {
        dir: f.dir.path().join("deep/er"),
        ..config(&f.dir, ME)
    };
    let made = Store::open(&deep).unwrap();
    assert_eq!(open_to_others(f.dir.path()), ["not-ours.txt 644"]);
    drop(made);
}

#[tokio::test]
async fn a_newer_database_is_refused_and_left_alone() {
    let f = fixture();
    drop(f.store);
    let conn = Connection::open(files(&f.dir).database).unwrap();
    conn.pragma_update(None, "user_version", 99).unwrap();
    drop(conn);
    assert_eq!(
        failure(Store::open(&config(&f.dir, ME))),
        StorageFailure::Newer
    );
    let conn = Connection::open(files(&f.dir).database).unwrap();
    let version: i64 = conn
        .query_row("pragma user_version", [], |row| row.get(0))
        .unwrap();
    assert_eq!(version, 99);
}

#[tokio::test]
async fn a_second_program_is_refused_until_the_first_has_closed() {
    let f = fixture();
    assert_eq!(
        failure(Store::open(&config(&f.dir, ME))),
        StorageFailure::Locked
    );
    let other_handle = f.store.clone();
    f.store.close().await;
    f.store.close().await;
    let again = Store::open(&config(&f.dir, ME)).unwrap();
    assert_eq!(other_handle.read(|r| r.scopes()).await, Err(Error::Closed));
    let closed = other_handle
        .write(Durability::Full, |tx| tx.drop_staged())
        .await;
    assert_eq!(closed, Err(Error::Closed));
    drop(again);
}

#[tokio::test]
async fn two_users_have_two_files_and_a_file_refuses_another_user() {
    let f = fixture().synced(5, vec![song(1, 5, "Mine")]).await;
    let sam = Store::open(&config(&f.dir, SAM)).unwrap();
    assert_eq!(sam.read(|r| r.row(Kind::Song, id(1))).await, Ok(None));
    drop((sam, f.store));
    fs::copy(
        files(&f.dir).database,
        Files::of(f.dir.path(), UserId(id(5).0)).database,
    )
    .unwrap();
    let stolen = Store::open(&config(&f.dir, UserId(id(5).0)));
    assert!(matches!(stolen, Err(Error::Config { .. })));
}

#[test]
fn a_directory_that_cannot_be_made_is_unreadable() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("file"), b"").unwrap();
    let mut config = config(&dir, ME);
    config.dir = dir.path().join("file/below");
    assert_eq!(failure(Store::open(&config)), StorageFailure::Unreadable);
}

#[test]
fn a_file_that_is_no_database_is_quarantined_and_kept() {
    let dir = TempDir::new().unwrap();
    fs::write(files(&dir).database, vec![b'x'; 8192]).unwrap();
    let store = Store::open(&config(&dir, ME)).unwrap();
    let kept = store.quarantined().unwrap();
    assert_eq!(kept.saved_edits, 0);
    assert_eq!(fs::read(&kept.path).unwrap(), vec![b'x'; 8192]);
    drop(store);
    assert!(
        Store::open(&config(&dir, ME))
            .unwrap()
            .quarantined()
            .is_none()
    );
}

/// Overwrites the root page of a table.
pub(super) fn damage(dir: &TempDir, table: &str) {
    damage_page(dir, table, None);
}

/// Overwrites the root page of a table, or the page that is found in it.
fn damage_page(dir: &TempDir, table: &str, below: Option<fn(&[u8]) -> usize>) {
    let path = files(dir).database;
    let conn = Connection::open(&path).unwrap();
    conn.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()))
        .unwrap();
    let root: usize = conn
        .query_row(
            "select rootpage from sqlite_master where name = ?1",
            [table],
            |row| row.get::<_, u32>(0),
        )
        .unwrap() as usize;
    drop(conn);
    let mut bytes = fs::read(&path).unwrap();
    let lies = |page: usize| (page - 1) * 4096..page * 4096;
    let page = below.map_or(root, |below| below(&bytes[lies(root)]));
    bytes[lies(page)].fill(0xff);
    fs::write(&path, bytes).unwrap();
}

/// The second of three or more pages below a root page: where its second cell lies, and the child that this begins with.
fn second_leaf(root: &[u8]) -> usize {
    let cells = u16::from_be_bytes([root[3], root[4]]);
    assert!(root[0] == 2 && cells >= 2, "a root above three leaves");
    let cell = usize::from(u16::from_be_bytes([root[14], root[15]]));
    let child = root[cell..cell + 4].try_into().unwrap();
    u32::from_be_bytes(child) as usize
}

#[tokio::test]
async fn damage_met_while_running_is_proven_at_the_next_start_and_unsent_edits_are_carried_over() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    f.edit(id(1), Op::Update, json!({"key": "A"})).await;
    f.edit(id(2), Op::Insert, json!({"title": "New"})).await;
    assert_eq!(f.send().await.len(), 2, "and not answered");
    f.edit(id(3), Op::Insert, json!({"title": "Newer"})).await;
    drop(f.store);
    damage(&f.dir, "song");
    let store = Store::open(&config(&f.dir, ME)).unwrap();
    assert!(
        store.quarantined().is_none(),
        "not looked for at every start"
    );
    let f = Fixture { dir: f.dir, store };
    let edit = super::super::Edit::update(Kind::Song, id(2), values(json!({"key": "B"})));
    let met = f.store.edit(edit).await;
    assert_eq!(
        met,
        Err(Error::Storage {
            failure: StorageFailure::Damaged
        })
    );
    drop(f.store);
    let store = Store::open(&config(&f.dir, ME)).unwrap();
    assert_eq!(store.quarantined().map(|kept| kept.saved_edits), Some(3));
    let f = Fixture { dir: f.dir, store }
        .synced(5, vec![song(1, 5, "Wonderwall")])
        .await;
    assert_eq!(f.song(id(1)).await.unwrap()["key"], "A");
    assert_eq!(f.song(id(2)).await.unwrap()["title"], "New");
    assert_eq!(f.song(id(3)).await.unwrap()["title"], "Newer");
    assert_eq!(f.send().await.len(), 3);
}

/// Nobody but this phone has them. A page between their first and their last is damaged.
#[tokio::test]
async fn rows_that_were_deleted_before_they_were_sent_are_carried_over_from_both_ends_of_their_table()
 {
    let f = fixture().synced(5, vec![]).await;
    let notes = "x".repeat(700);
    for n in 1..=12 {
        f.edit(id(n), Op::Insert, json!({"title": "New", "notes": notes}))
            .await;
        f.edit(id(n), Op::Delete, json!({})).await;
    }
    let before = f.store.read(|r| r.deleted_unsent(BAND)).await.unwrap();
    assert_eq!(before.len(), 12);
    drop(f.store);
    damage_page(&f.dir, "deleted_unsent", Some(second_leaf));
    fs::write(files(&f.dir).suspect, "").unwrap();
    let store = Store::open(&config(&f.dir, ME)).unwrap();
    assert_eq!(store.quarantined().map(|kept| kept.saved_edits), Some(0));
    let f = Fixture { dir: f.dir, store }.synced(5, vec![]).await;
    let after = f.store.read(|r| r.deleted_unsent(BAND)).await.unwrap();
    assert!((4..12).contains(&after.len()), "{after:?}");
    assert!(after.iter().all(|row| before.contains(row)), "{after:?}");
    for end in [id(1), id(12)] {
        assert!(f.bring_back(end).await);
        assert_eq!(f.song(end).await.unwrap()["notes"], json!(notes));
    }
    assert_eq!(f.send().await.len(), 2);
}

#[tokio::test]
async fn a_full_disk_is_said_so_and_nothing_is_lost() {
    let f = fixture();
    f.edit(id(1), Op::Insert, json!({"title": "Before"})).await;
    f.store
        .write(Durability::Full, |tx| {
            let pages: i64 = tx
                .conn
                .query_row("pragma page_count", [], |row| row.get(0))?;
            Ok(tx.conn.pragma_update(None, "max_page_count", pages)?)
        })
        .await
        .unwrap();
    let big = super::super::Edit::create(
        BAND,
        Kind::Song,
        id(2),
        values(json!({"title": "x".repeat(100_000)})),
    );
    let full = Error::Storage {
        failure: StorageFailure::Full,
    };
    assert_eq!(f.store.edit(big).await, Err(full));
    assert_eq!(f.song(id(2)).await, None);
    assert_eq!(f.song(id(1)).await.unwrap()["title"], "Before");
    f.store
        .write(Durability::Full, |tx| {
            Ok(tx.conn.pragma_update(None, "max_page_count", 1_000_000)?)
        })
        .await
        .unwrap();
    assert!(f.edit(id(2), Op::Insert, json!({"title": "After"})).await);
}

#[tokio::test]
async fn a_panic_in_a_closure_undoes_the_transaction_and_the_store_goes_on() {
    let f = fixture();
    let outcome: Result<(), Error> = f
        .store
        .write(Durability::Full, |tx| {
            tx.set_meta("x", "1")?;
            panic!("a bug of the caller")
        })
        .await;
    assert!(matches!(outcome, Err(Error::Internal { .. })));
    assert_eq!(f.store.read(|r| r.meta("x")).await, Ok(None));
}

#[tokio::test]
async fn the_tables_have_the_columns_of_the_catalogue() {
    let f = fixture();
    for kind in Kind::local() {
        let columns = f
            .store
            .read(move |r| {
                let mut statement = r
                    .conn
                    .prepare("select name, type from pragma_table_info(?1)")?;
                let rows =
                    statement.query_map([kind.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
                Ok(rows.collect::<rusqlite::Result<Vec<(String, String)>>>()?)
            })
            .await
            .unwrap();
        // Those that came later stand behind `extra`.
        let mut found: Vec<_> = columns[9..].to_vec();
        found.retain(|(name, _)| name != "extra");
        found.sort();
        let mut own: Vec<_> = fields(kind)
            .iter()
            .map(|field| {
                let whole = matches!(field.kind, FieldType::Int | FieldType::Bool);
                (
                    field.name.to_owned(),
                    if whole { "INTEGER" } else { "TEXT" }.to_owned(),
                )
            })
            .collect();
        own.sort();
        assert_eq!(found, own, "{kind}");
    }
}

#[tokio::test]
async fn columns_that_came_to_the_catalogue_are_added_and_take_what_was_kept_for_them() {
    let f = fixture()
        .synced(5, vec![song(1, 5, "Wonderwall"), song(2, 5, "Creep")])
        .await;
    let path = files(&f.dir).database;
    let dir = f.dir;
    drop(f.store);
    // As a version that did not know them would have left the file.
    let conn = Connection::open(&path).unwrap();
    conn.execute_batch(
        "alter table song drop column \"key\"; alter table song drop column \"tempo\"; alter table change_log drop column at; alter table notice drop column told; drop table gig;
         update song set extra = json_set(coalesce(extra, '{}'), '$.key', 'C', '$.tempo', 87) where title = 'Creep';
         pragma user_version = 8",
    )
    .unwrap();
    drop(conn);
    for _ in 0..2 {
        let store = Store::open(&config(&dir, ME)).unwrap();
        let song = store.read(|r| r.song(id(2))).await.unwrap().unwrap();
        assert_eq!((song.key.as_deref(), song.tempo), (Some("C"), Some(87)));
        let other = store.read(|r| r.song(id(1))).await.unwrap().unwrap();
        assert_eq!((other.title.as_str(), other.tempo), ("Wonderwall", None));
        let extra = store
            .read(|r| {
                let sql =
                    "select count(*) from song where json_extract(extra, '$.key') is not null";
                Ok(r.conn.query_row(sql, [], |row| row.get::<_, i64>(0))?)
            })
            .await;
        assert_eq!(extra, Ok(0));
        store.close().await;
    }
    let conn = Connection::open(&path).unwrap();
    let version: i64 = conn
        .query_row("pragma user_version", [], |row| row.get(0))
        .unwrap();
    assert!(version > 1_000, "{version}");
    conn.pragma_update(None, "user_version", version + 1_000)
        .unwrap();
    drop(conn);
    let newer = failure(Store::open(&config(&dir, ME)));
    assert_eq!(newer, StorageFailure::Newer);
}

/// What an older version kept was shown long ago.
#[tokio::test]
async fn notices_of_a_version_that_told_nothing_outside_the_app_are_not_told_there() {
    let f = fixture();
    let add = |tx: &mut WriteTx<'_>| tx.add_notice(None, &json!("old"));
    f.store.write(Durability::Full, add).await.unwrap();
    let (path, dir) = (files(&f.dir).database, f.dir);
    drop(f.store);
    let conn = Connection::open(&path).unwrap();
    let version: i64 = conn
        .query_row("pragma user_version", [], |row| row.get(0))
        .unwrap();
    conn.execute_batch("alter table notice drop column told")
        .unwrap();
    conn.pragma_update(None, "user_version", version - 1)
        .unwrap();
    drop(conn);
    let store = Store::open(&config(&dir, ME)).unwrap();
    let take = |tx: &mut WriteTx<'_>| {
        tx.add_notice(None, &json!("new"))?;
        tx.take_untold(9)
    };
    let told = store.write(Durability::Full, take).await.unwrap();
    let bodies: Vec<_> = told.iter().map(|one| &one.body).collect();
    assert_eq!(bodies, ["new"]);
}

/// A file as version 6 left it: an edit that was refused, a row behind an edit, a row as it was last seen, a commit of pages
/// that was cut off.
#[tokio::test]
async fn the_words_of_an_older_version_are_read_as_those_of_this_one() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    f.edit(id(1), Op::Update, json!({"key": "A"})).await;
    f.edit(id(2), Op::Insert, json!({"title": "New"})).await;
    let (path, dir) = (files(&f.dir).database, f.dir);
    drop(f.store);
    let conn = Connection::open(&path).unwrap();
    let version: i64 = conn
        .query_row("pragma user_version", [], |row| row.get(0))
        .unwrap();
    conn.execute_batch(include_str!("back_to_version_6.sql"))
        .unwrap();
    conn.pragma_update(None, "user_version", version - 5)
        .unwrap();
    drop(conn);
    let store = Store::open(&config(&dir, ME)).unwrap();
    let rejected = store.read(|r| r.rejected_edits(10)).await.unwrap();
    assert_eq!(rejected.len(), 1);
    assert_eq!(rejected[0].row, id(2));
    let server = store.read(|r| r.server_row(Kind::Song, id(1))).await;
    assert_eq!(server.unwrap().unwrap()["title"], "Wonderwall");
    let seen = store.read(|r| r.last_seen(Kind::Song, id(1))).await;
    assert_eq!(seen.unwrap().unwrap()["title"], "Old");
    assert!(store.read(|r| r.scopes()).await.unwrap()[0].committed);
    assert_eq!(store.read(|r| r.gig()).await, Ok(None));
    let words = "select count(*) from notice where json_extract(body, '$.type') = 'rejected'
                 union all select count(*) from meta where key = 'store.publishing'";
    let counted = store.read(move |r| {
        let mut statement = r.conn.prepare(words)?;
        let counts = statement.query_map([], |row| row.get::<_, i64>(0))?;
        Ok(counts.collect::<rusqlite::Result<Vec<_>>>()?)
    });
    assert_eq!(counted.await, Ok(vec![1, 0]));
}
