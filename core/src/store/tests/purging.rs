//! Purging a scope in steps: killed between any two of them, with edits let in, and never seen half done.

use std::fmt::Write as _;
use std::future::poll_fn;
use std::path::Path;
use std::pin::{Pin, pin};
use std::sync::mpsc;
use std::task::Poll;

use serde_json::json;
use tempfile::TempDir;
use tokio::sync::oneshot;
use uuid::Uuid;

use super::super::purge::{Purge, What};
use super::super::row::{self, Blob};
use super::super::{
    Asks, ConflictDetails, Cursor, Durability, Edit, LogEntry, Op, PullPage, Store, Tombstone,
    WriteTx,
};
use super::{BAND, Fixture, ME, config, fixture, id, page, scope_page, song, values};
use crate::error::{Error, Result};
use crate::model::{Kind, Rev, RowId, ScopeId};

const OTHER: ScopeId = ScopeId(Uuid::from_u128(0xbee));
const SONGS: u128 = 24;
/// Rows of a step: several steps a table.
const STEP: u32 = 5;

/// Everything in the file but the client's random id, as text.
fn contents(tx: &WriteTx<'_>) -> Result<String> {
    let mut text = String::new();
    let tables: Vec<String> = tx
        .conn
        .prepare("select name from sqlite_schema where type = 'table' and name <> 'sqlite_sequence' order by 1")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for table in tables {
        let mut statement = tx
            .conn
            .prepare(&format!("select * from {table} order by 1, 2, 3"))
            .or_else(|_| {
                tx.conn
                    .prepare("select * from meta where key <> 'client_id'")
            })?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let _ = write!(text, "{table}");
            for at in 0..columns {
                let _ = write!(text, " {:?}", row.get_ref(at)?);
            }
            text.push('\n');
        }
    }
    Ok(text)
}

async fn all(store: &Store) -> String {
    store
        .write(Durability::Normal, |tx| contents(tx))
        .await
        .unwrap()
}

fn tombstone(n: u128, rev: i64) -> Tombstone {
    Tombstone {
        kind: "song".to_owned(),
        id: id(n),
        rev: Rev(rev),
        actor: None,
        actor_name: None,
        title: None,
    }
}

/// A band with everything a scope can have, beside another one whose rows lie between its own.
async fn band() -> Fixture {
    let of = |first: u128, rev| (first..=SONGS).step_by(2).map(move |n| song(n, rev, "Old"));
    let f = fixture().synced(5, of(1, 5).collect()).await;
    let mut both = page(6, vec![song(1, 6, "Newer"), song(3, 6, "Newer")]);
    both.scopes[0].log = (1..=12)
        .map(|n| {
            LogEntry(
                Rev(6),
                "song".to_owned(),
                id(n),
                "update".to_owned(),
                None,
                vec![],
                crate::model::Values::new(),
                None,
            )
        })
        .collect();
    both.scopes[0].tombstones = vec![tombstone(5, 6)];
    both.scopes.push(scope_page(OTHER, 6, of(2, 6).collect()));
    f.pull(both).await;
    type_into(&f).await;
    f
}

/// Edits on their way in every form, marks, and a conflict.
async fn type_into(f: &Fixture) {
    f.edit(id(1), Op::Update, json!({"key": "A"})).await;
    f.edit(id(7), Op::Delete, json!({})).await;
    f.send().await;
    f.edit(id(9), Op::Update, json!({"key": "B"})).await;
    f.edit(id(100), Op::Insert, json!({"title": "Mine"})).await;
    let there = json!({"context_type": "band", "context_id": OTHER});
    f.edit(id(11), Op::Update, there).await;
    f.store
        .write(Durability::Full, |tx| {
            for n in 13..SONGS {
                tx.mark_read(Kind::Song, id(n))?;
            }
            tx.add_conflict(&ConflictDetails {
                scope: BAND,
                kind: Kind::Song,
                row: id(13),
                asks: Asks::Value,
                field: "notes".to_owned(),
                mine: json!("a"),
                theirs: json!("b"),
                by: None,
                by_name: None,
            })
            .map(drop)
        })
        .await
        .unwrap();
}

/// A page of a pull that goes on: a reset that brings back only some of the songs.
fn reset() -> PullPage {
    let mut page = page(
        3,
        (1..=SONGS).step_by(6).map(|n| song(n, 2, "Back")).collect(),
    );
    let scope = &mut page.scopes[0];
    (scope.reset, scope.has_more) = (true, true);
    scope.epoch = Uuid::from_u128(2);
    scope.cursor = Cursor {
        rev: Rev(3),
        ord: Some(2),
        id: Some(id(1).0),
        since: Some(Rev(3)),
    };
    page
}

fn copy(from: &Path) -> TempDir {
    let to = TempDir::new().unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), to.path().join(file.file_name())).unwrap();
    }
    to
}

/// Takes up to `steps` steps of purging; true when that was all.
fn steps(tx: &mut WriteTx<'_>, what: What, steps: usize) -> Result<bool> {
    let mut at = Purge::new(BAND, what);
    for _ in 0..steps {
        if !tx.purge_step(&mut at, STEP)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Begins in a copy of `dir`, takes `taken` steps, is killed and starts again: what is in the file then, and whether
/// the steps were all there are.
async fn killed_after(
    dir: &Path,
    taken: usize,
    what: What,
    begin: fn(&mut WriteTx<'_>) -> Result<()>,
) -> (String, bool) {
    let dir = copy(dir);
    let store = Store::open(&config(&dir, ME)).unwrap();
    let done = store
        .write(Durability::Normal, move |tx| {
            begin(tx)?;
            steps(tx, what, taken)
        })
        .await
        .unwrap();
    drop(store);
    let store = Store::open(&config(&dir, ME)).unwrap();
    (all(&store).await, done)
}

/// Kills between any two steps; `expected` is what must be in the file after the next start.
async fn killed_anywhere(
    dir: &Path,
    expected: &str,
    what: What,
    begin: fn(&mut WriteTx<'_>) -> Result<()>,
) {
    for taken in 0.. {
        let (found, done) = killed_after(dir, taken, what, begin).await;
        let other = found.lines().zip(expected.lines()).find(|(a, b)| a != b);
        assert!(found == expected, "killed after {taken} steps: {other:?}");
        if done {
            assert!(taken > 8, "several steps a table: {taken}");
            return;
        }
    }
}

#[tokio::test]
async fn a_scope_that_goes_is_gone_after_a_kill_at_any_step_and_its_edits_are_rejected() {
    let f = band().await;
    f.store.stage(reset()).await.unwrap();
    f.store.close().await;
    let undisturbed = copy(f.dir.path());
    let store = Store::open(&config(&undisturbed, ME)).unwrap();
    let gone = PullPage {
        scopes: vec![],
        gone: vec![BAND],
    };
    store.commit_pages(gone, |_, _| Ok(())).await.unwrap();
    let expected = all(&store).await;
    let rejected = store.read(|r| r.rejected_edits(10)).await.unwrap();
    let mut edits: Vec<RowId> = rejected.iter().map(|entry| entry.row).collect();
    edits.sort();
    assert_eq!(edits, [1, 7, 9, 11, 100].map(id), "no edit is lost");
    let band = format!("{:?}", rusqlite::types::ValueRef::Blob(BAND.0.as_bytes()));
    let left: Vec<&str> = expected
        .lines()
        .filter(|line| line.contains(&band))
        .collect();
    assert!(
        left.iter().all(|line| line.starts_with("outbox")),
        "{left:?}"
    );
    assert_eq!(
        expected.matches("\nsong ").count(),
        12,
        "the other band stays"
    );
    killed_anywhere(f.dir.path(), &expected, What::Gone, |tx| {
        tx.leave_scope(BAND)
    })
    .await;
}

#[tokio::test]
async fn a_reset_killed_at_any_step_of_its_sweep_ends_as_if_it_had_not_been() {
    let f = band().await;
    f.store.stage(reset()).await.unwrap();
    f.store.close().await;
    let begin = |tx: &mut WriteTx<'_>| tx.begin_page_commit(&[BAND]);
    let (expected, _) = killed_after(f.dir.path(), usize::MAX, What::Unstaged, begin).await;
    // The other band's; 7 is deleted here; 9, 11 and 100 are edited here.
    assert_eq!(expected.matches("\nsong ").count(), 12 + 3 + 3);
    killed_anywhere(f.dir.path(), &expected, What::Unstaged, begin).await;
}

#[tokio::test]
async fn a_first_sync_set_back_shows_nothing_of_the_old_reading_after_a_kill_at_any_step() {
    let f = fixture();
    let mut first = reset();
    first.scopes[0].reset = false;
    first.scopes[0].rows = [(
        "song".to_owned(),
        (1..=SONGS).map(|n| values(song(n, 2, "Old"))).collect(),
    )]
    .into();
    f.store.stage(first).await.unwrap();
    f.store.close().await;
    for taken in [0, 1, 6, 14, 99] {
        let dir = copy(f.dir.path());
        let store = Store::open(&config(&dir, ME)).unwrap();
        store
            .write(Durability::Normal, move |tx| {
                tx.open_page(&reset().scopes[0])?;
                steps(tx, What::Unstaged, taken)
            })
            .await
            .unwrap();
        drop(store);
        let store = Store::open(&config(&dir, ME)).unwrap();
        assert_eq!(songs_left(&store).await, 0, "killed after {taken} steps");
        let scope = store.read(|r| r.scope(BAND)).await.unwrap().unwrap();
        assert_eq!(scope.cursor, None, "the next pull begins again");
    }
}

#[tokio::test]
async fn what_a_reset_has_brought_stays_when_its_page_commit_fails_at_the_end() {
    let f = band().await;
    f.store.stage(reset()).await.unwrap();
    let mut end = page(4, vec![song(19, 4, "Back")]);
    end.scopes[0].epoch = Uuid::from_u128(2);
    let refused: Result<()> = f
        .store
        .commit_pages(end.clone(), |_, _| Err(Error::Offline))
        .await;
    assert_eq!(refused, Err(Error::Offline));
    f.pull(end).await;
    for n in [1, 7, 13, 19] {
        let row = f.store.read(move |r| r.server_row(Kind::Song, id(n))).await;
        assert_eq!(row.unwrap().unwrap()["title"], "Back", "song {n}");
    }
}

/// Songs of the band that a write sees.
fn songs(tx: &WriteTx<'_>) -> Result<Vec<RowId>> {
    let mut statement = tx
        .conn
        .prepare("select id from song where scope = ?1 order by id")?;
    let ids = statement.query_map([Blob::from(BAND)], |r| Ok(RowId(row::uuid_at(r, 0)?)))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

async fn songs_left(store: &Store) -> u32 {
    store
        .read(|r| {
            let mut statement = r
                .conn
                .prepare("select count(*) from song where scope = ?1")?;
            Ok(statement.query_row([Blob::from(BAND)], |row| row.get(0))?)
        })
        .await
        .unwrap()
}

/// Lets a call get as far as the queue.
async fn begun<T>(mut call: Pin<&mut impl Future<Output = T>>) {
    poll_fn(|cx| {
        assert!(call.as_mut().poll(cx).is_pending());
        Poll::Ready(())
    })
    .await;
}

/// Publishes `last` while an edit of the band's last song waits. Returns how many songs the edit found, and how many a
/// screen showed while the edit was made.
async fn with_an_edit_waiting(f: &Fixture, last: PullPage) -> (u32, u32) {
    // Holds the writer until both calls are in its queue.
    let (go, wait) = mpsc::channel::<()>();
    let mut hold = pin!(f.store.write(Durability::Normal, move |_| {
        let _ = wait.recv();
        Ok(())
    }));
    begun(hold.as_mut()).await;
    let mut commit = pin!(f.store.commit_pages(last, |_, _| Ok(())));
    begun(commit.as_mut()).await;
    let (tell, told) = oneshot::channel();
    let (looked, wait) = mpsc::channel::<()>();
    let mut edit = pin!(f.store.write(Durability::Full, move |tx| {
        let there = songs(tx)?;
        let Some(last) = there.last() else {
            return Ok(false);
        };
        let _ = tell.send(u32::try_from(there.len()).unwrap_or(u32::MAX));
        let _ = wait.recv();
        let set = values(json!({"key": "E"}));
        tx.edit(Edit::update(Kind::Song, *last, set))
    }));
    begun(edit.as_mut()).await;
    go.send(()).unwrap();
    hold.await.unwrap();
    let found = told.await.unwrap();
    let shown = songs_left(&f.store).await;
    looked.send(()).unwrap();
    assert_eq!(edit.await, Ok(true));
    commit.await.unwrap();
    (found, shown)
}

const MANY: u32 = 3_000;

async fn large_band() -> Fixture {
    let rows = (1..=MANY.into()).map(|n| song(n, 5, "Old")).collect();
    fixture().synced(5, rows).await
}

#[tokio::test]
async fn an_edit_gets_in_while_a_large_scope_goes_and_no_screen_shows_half_of_it() {
    let f = large_band().await;
    let gone = PullPage {
        scopes: vec![],
        gone: vec![BAND],
    };
    let (found, shown) = with_an_edit_waiting(&f, gone).await;
    assert!(0 < found && found < MANY, "between two steps: {found} left");
    assert_eq!(shown, MANY, "screens show the band as it was");
    assert_eq!(songs_left(&f.store).await, 0, "then nothing of it");
    assert_eq!(f.store.read(|r| r.scopes()).await, Ok(vec![]));
    let rejected = f.store.read(|r| r.rejected_edits(10)).await.unwrap();
    assert_eq!(
        rejected[0].set,
        values(json!({"key": "E"})),
        "the edit is kept"
    );
    let counts = f.store.read(|r| r.outbox_counts()).await.unwrap();
    assert_eq!((counts.unsent, counts.rejected), (0, 1));
}

#[tokio::test]
async fn an_edit_gets_in_while_a_large_reset_is_swept_and_no_screen_shows_half_of_it() {
    let f = large_band().await;
    f.store.stage(reset()).await.unwrap();
    let mut end = page(4, vec![]);
    end.scopes[0].epoch = Uuid::from_u128(2);
    let (found, shown) = with_an_edit_waiting(&f, end).await;
    assert!(0 < found && found < MANY, "between two steps: {found} left");
    assert_eq!(shown, MANY, "screens show the band as it was");
    assert_eq!(
        songs_left(&f.store).await,
        4 + 1,
        "what came back, and the edited one"
    );
    let edited = f.song(id(MANY.into())).await.unwrap();
    assert_eq!(edited["key"], "E", "edit beats delete");
    let server = f
        .store
        .read(|r| r.server_row(Kind::Song, id(MANY.into())))
        .await;
    assert_eq!(server, Ok(None), "the server does not have it any more");
}
