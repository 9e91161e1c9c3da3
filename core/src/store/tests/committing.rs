//! Pages, staging and committing: all or nothing on the screens, edits let in, crashes survived.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use uuid::Uuid;

use super::super::{Durability, Edit, PullPage, Store, Tombstone, WriteTx, kill};
use super::{BAND, ME, config, fixture, id, page, scope_page, song, unfinished};
use crate::error::Error;
use crate::model::{Kind, Rev, RowId, ScopeId};

fn songs(range: std::ops::Range<u128>, rev: i64, title: &str) -> Vec<Value> {
    range.map(|n| song(n + 1000, rev, title)).collect()
}

/// How many songs of the band have each of two titles, in one view.
async fn count(store: &Store, title: &'static str) -> usize {
    store
        .read(move |r| {
            let query = super::super::SongQuery {
                scope: Some(BAND),
                search: title.to_owned(),
                limit: u32::MAX,
                ..Default::default()
            };
            Ok(r.songs(&query)?.len())
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn staged_pages_show_only_when_the_last_one_is_committed() {
    let f = fixture().synced(1, vec![]).await;
    f.store
        .stage(unfinished(5, songs(0..3, 5, "new")))
        .await
        .unwrap();
    assert_eq!(count(&f.store, "new").await, 0);
    let scope = f.store.read(|r| r.scope(BAND)).await.unwrap().unwrap();
    assert_eq!(scope.rev, Rev(1), "hints compare with what is committed");
    assert_eq!(
        scope.cursor.unwrap().ord,
        Some(2),
        "the next request goes on behind the page"
    );
    f.pull(page(6, songs(3..5, 6, "new"))).await;
    assert_eq!(count(&f.store, "new").await, 5);
    assert_eq!(f.store.read(|r| r.has_staged()).await, Ok(false));
}

#[tokio::test]
async fn a_first_sync_shows_rows_as_they_come_and_can_be_broken_off() {
    let f = fixture();
    f.store
        .stage(unfinished(5, songs(0..3, 5, "new")))
        .await
        .unwrap();
    assert_eq!(count(&f.store, "new").await, 3);
    let scope = f.store.read(|r| r.scope(BAND)).await.unwrap().unwrap();
    assert!(!scope.committed && scope.cursor.is_some());
    drop(f.store);
    let store = Store::open(&config(&f.dir, ME)).unwrap();
    store
        .commit_pages(page(6, songs(3..5, 6, "new")), |_, _| Ok(()))
        .await
        .unwrap();
    assert_eq!(count(&store, "new").await, 5);
    assert!(
        store
            .read(|r| r.scope(BAND))
            .await
            .unwrap()
            .unwrap()
            .committed
    );
}

#[tokio::test]
async fn a_failing_closure_leaves_the_cursors_where_they_were() {
    let f = fixture().synced(1, vec![]).await;
    for rows in [3, 3_000] {
        let refused: Result<(), Error> = f
            .store
            .commit_pages(page(6, songs(0..rows, 6, "new")), |_, _| {
                Err(Error::Offline)
            })
            .await;
        assert_eq!(refused, Err(Error::Offline));
        let scope = f.store.read(|r| r.scope(BAND)).await.unwrap().unwrap();
        assert_eq!(scope.rev, Rev(1));
    }
    f.pull(page(6, vec![])).await;
    assert_eq!(
        count(&f.store, "new").await,
        3_000,
        "what was staged is not lost"
    );
}

/// Counts in a loop until `done`: every number somebody could have seen.
async fn watch(store: Store, done: Arc<AtomicBool>) -> Vec<usize> {
    let mut seen = Vec::new();
    while !done.load(Ordering::Acquire) {
        seen.push(count(&store, "new").await);
    }
    seen
}

/// Adds songs in a loop until `done`: how many, and how long the slowest call took.
async fn add_songs(store: Store, done: Arc<AtomicBool>) -> (usize, Duration) {
    let mut worst = Duration::ZERO;
    let mut edits = 0;
    while !done.load(Ordering::Acquire) {
        let set = super::values(json!({"title": format!("mine {edits}")}));
        let edit = Edit::create(BAND, Kind::Song, RowId::fresh(), set);
        let began = Instant::now();
        store.edit(edit).await.unwrap();
        worst = worst.max(began.elapsed());
        edits += 1;
    }
    (edits, worst)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_page_commit_is_seen_whole_or_not_at_all_and_lets_edits_in() {
    const ROWS: u128 = 10_000;
    let f = fixture().synced(1, songs(0..ROWS, 1, "old")).await;
    let done = Arc::new(AtomicBool::new(false));
    let watcher = tokio::spawn(watch(f.store.clone(), Arc::clone(&done)));
    let editor = tokio::spawn(add_songs(f.store.clone(), Arc::clone(&done)));
    let mut first = unfinished(2, songs(0..ROWS / 2, 2, "new"));
    first.scopes[0].head = Rev(2);
    f.store.stage(first).await.unwrap();
    f.pull(page(2, songs(ROWS / 2..ROWS, 2, "new"))).await;
    done.store(true, Ordering::Release);
    let seen = watcher.await.unwrap();
    let whole = usize::try_from(ROWS).unwrap();
    assert!(
        seen.iter().all(|n| *n == 0 || *n == whole),
        "half a page commit was seen"
    );
    let (edits, worst) = editor.await.unwrap();
    assert!(
        edits > 10,
        "edits got in: {edits}, the slowest took {worst:?}"
    );
    assert_eq!(count(&f.store, "new").await, whole);
    assert_eq!(count(&f.store, "mine").await, edits);
}

#[tokio::test]
async fn a_page_commit_cut_off_by_a_crash_is_finished_at_the_next_start() {
    let f = fixture().synced(1, songs(0..4, 1, "old")).await;
    f.store
        .stage(unfinished(5, songs(0..4, 5, "new")))
        .await
        .unwrap();
    f.store
        .write(Durability::Normal, |tx| {
            tx.begin_page_commit(&[BAND])?;
            tx.commit_page_chunk(&[BAND], 2).map(drop)
        })
        .await
        .unwrap();
    drop(f.store);
    let store = Store::open(&config(&f.dir, ME)).unwrap();
    assert_eq!(count(&store, "new").await, 4);
    let scope = store.read(|r| r.scope(BAND)).await.unwrap().unwrap();
    assert_eq!(scope.rev, Rev(5));
    assert_eq!(store.read(|r| r.has_staged()).await, Ok(false));
}

/// Its rows are shown as they come, but a page that was not taken in to its end leaves no cursor.
#[tokio::test]
async fn a_first_sync_killed_in_its_first_page_keeps_no_row_that_is_deleted_before_it_begins_again()
{
    let f = fixture();
    let arm = |_: &mut WriteTx<'_>| {
        kill::arm(4);
        Ok(())
    };
    f.store.write(Durability::Normal, arm).await.unwrap();
    let killed = f
        .store
        .commit_pages(page(5, songs(0..4, 5, "new")), |_, _| Ok(()));
    assert_eq!(killed.await, Err(Error::Closed));
    drop(f.store);
    let store = Store::open(&config(&f.dir, ME)).unwrap();
    assert_eq!(count(&store, "new").await, 2);
    let known = store.read(|reader| reader.scope(BAND)).await.unwrap();
    let begun = known.map(|scope| (scope.committed, scope.cursor));
    assert_eq!(begun, Some((false, None)), "it will be asked about");
    let again = store.commit_pages(page(6, songs(1..4, 5, "new")), |_, _| Ok(()));
    again.await.unwrap();
    assert_eq!(count(&store, "new").await, 3);
}

/// A new scope comes with a large change of another one; the program is killed after so many commits. Is the new scope
/// committed at the next start, and how many of its rows are unread?
async fn new_scope_after_a_kill(commits: u32) -> (bool, u32) {
    let f = fixture().synced(1, songs(0..4, 1, "old")).await;
    let other = ScopeId(Uuid::from_u128(0xbee));
    let arm = move |_: &mut WriteTx<'_>| {
        kill::arm(commits);
        Ok(())
    };
    f.store.write(Durability::Normal, arm).await.unwrap();
    let mut both = page(5, songs(0..4, 5, "new"));
    both.scopes
        .push(scope_page(other, 3, vec![song(1, 3, "there")]));
    let killed = f.store.commit_pages(both, |_, _| Ok(())).await;
    assert_eq!(killed, Err(Error::Closed), "after {commits} commits");
    drop(f.store);
    let store = Store::open(&config(&f.dir, ME)).unwrap();
    let seen = store.read(move |r| {
        let committed = r.scope(other)?.is_some_and(|scope| scope.committed);
        Ok((committed, r.unread(other, Kind::Song)?))
    });
    seen.await.unwrap()
}

#[tokio::test]
async fn a_page_commit_finished_at_the_next_start_begins_the_read_up_to_marks_of_a_new_scope() {
    let mut finished = 0;
    for commits in 0..14 {
        let (committed, unread) = new_scope_after_a_kill(commits).await;
        finished += u32::from(committed);
        assert!(!committed || unread == 0, "after {commits} commits");
    }
    assert!(finished > 2, "finished at the next start: {finished}");
}

/// A row of `from` is staged, then moves to `to` before the last page.
async fn move_between_pages(from: ScopeId, to: ScopeId, first_sync: bool) -> Option<ScopeId> {
    let f = fixture();
    let both = |rev, a: Vec<Value>, b: Vec<Value>| PullPage {
        scopes: vec![scope_page(from, rev, a), scope_page(to, rev, b)],
        gone: vec![],
    };
    let mut begin = both(1, vec![song(1, 1, "old")], vec![]);
    if first_sync {
        begin.scopes.pop();
    }
    f.pull(begin).await;
    let mut early = unfinished(5, vec![song(1, 5, "staged")]);
    early.scopes[0].id = from;
    f.store.stage(early).await.unwrap();
    let mut last = both(6, vec![], vec![song(1, 3, "moved")]);
    last.scopes[0].tombstones = vec![Tombstone {
        kind: "song".to_owned(),
        id: id(1),
        rev: Rev(6),
        actor: None,
        actor_name: None,
        title: None,
    }];
    last.scopes.sort_by_key(|scope| scope.id);
    f.pull(last).await;
    f.store
        .read(|r| r.scope_of(Kind::Song, id(1)))
        .await
        .unwrap()
}

#[tokio::test]
async fn a_row_that_moves_between_two_pages_of_a_pull_is_where_the_last_page_says() {
    let (low, high) = (BAND, ScopeId(Uuid::from_u128(0xbae)));
    for first_sync in [false, true] {
        assert_eq!(
            move_between_pages(low, high, first_sync).await,
            Some(high),
            "first sync: {first_sync}"
        );
        assert_eq!(
            move_between_pages(high, low, first_sync).await,
            Some(low),
            "first sync: {first_sync}"
        );
    }
}

#[tokio::test]
async fn a_page_commit_tells_its_closure_what_moved_and_subscribers_once() {
    let f = fixture().synced(1, vec![]).await;
    let mut changes = f.store.changes();
    let moved = f
        .store
        .commit_pages(page(9, songs(0..3_000, 9, "new")), |_, committed| {
            Ok(committed.moved.clone())
        })
        .await
        .unwrap();
    assert_eq!(moved, [(BAND, Some(Rev(1)), Rev(9))]);
    let mut with_rows = 0;
    while let Ok(set) = changes.try_recv() {
        with_rows += u32::from(set.touches(super::super::Topic::Rows(Kind::Song)));
    }
    assert_eq!(with_rows, 1);
}

#[tokio::test]
async fn only_scopes_of_the_page_are_committed() {
    let other = ScopeId(Uuid::from_u128(0xbee));
    let f = fixture().synced(1, vec![]).await;
    f.pull(PullPage {
        scopes: vec![scope_page(other, 1, vec![])],
        gone: vec![],
    })
    .await;
    f.store
        .stage(unfinished(5, songs(0..2, 5, "new")))
        .await
        .unwrap();
    f.pull(PullPage {
        scopes: vec![scope_page(other, 2, vec![song(7, 2, "there")])],
        gone: vec![],
    })
    .await;
    assert_eq!(count(&f.store, "new").await, 0);
    assert!(f.song(id(7)).await.is_some());
    f.store
        .write(Durability::Normal, |tx| tx.drop_staged())
        .await
        .unwrap();
    let scope = f.store.read(|r| r.scope(BAND)).await.unwrap().unwrap();
    assert_eq!(
        scope.cursor.unwrap().rev,
        Rev(1),
        "begins again from what is committed"
    );
}
