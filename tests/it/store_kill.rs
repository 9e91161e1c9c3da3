//! A phone that is killed: what the store acknowledged is there again, and a publish is whole or absent.

use std::collections::HashSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use rockon_core::model::{Kind, Rev, RowId, ScopeId, ScopeType, UserId, Values};
use rockon_core::store::{
    Cursor, Durability, Edit, PullPage, ScopePage, SongQuery, Store, StoreConfig,
};
use rockon_core::time::SystemClock;
use serde_json::json;
use uuid::Uuid;

const DIR: &str = "ROCKON_TEST_KILL_DIR";
const ME: UserId = UserId(Uuid::from_u128(1));
const BAND: ScopeId = ScopeId(Uuid::from_u128(2));
const ROWS: u128 = 1_500;

fn open(dir: &Path) -> Store {
    Store::open(&StoreConfig {
        dir: dir.to_owned(),
        user: ME,
        clock: Arc::new(SystemClock::new()),
    })
    .unwrap()
}

/// Every song of the band at one revision, its number in the title.
fn page(rev: i64) -> PullPage {
    let song = |n: u128| {
        let row = json!({"id": RowId(Uuid::from_u128(n + 10)), "title": format!("pulled {rev}"),
                         "sync_rev": rev, "sync_by": ME, "sync_by_rev": rev, "sync_other_rev": 0});
        row.as_object().cloned().unwrap()
    };
    PullPage {
        scopes: vec![ScopePage {
            id: BAND,
            scope_type: ScopeType::Band,
            epoch: Uuid::from_u128(3),
            head: Rev(rev),
            reset: false,
            cursor: Cursor {
                rev: Rev(rev),
                ord: None,
                id: None,
                since: None,
            },
            has_more: false,
            rows: [("song".to_owned(), (0..ROWS).map(song).collect())].into(),
            tombstones: vec![],
            log: vec![],
            values: Vec::new(),
            times: Vec::new(),
            lost: Vec::new(),
        }],
        gone: vec![],
    }
}

async fn edit_for_ever(store: Store) {
    loop {
        let id = RowId::fresh();
        let set = Values::from_iter([("title".to_owned(), json!("typed"))]);
        let edit = Edit::create(BAND, Kind::Song, id, set);
        store.edit(edit).await.unwrap();
        let batch = store.write(Durability::Full, |tx| tx.take_batch(BAND, 1, 1_000));
        let n = batch.await.unwrap().unwrap().mutations[0].n;
        let mut out = std::io::stdout().lock();
        writeln!(out, "\nack {id} {}", n.0).unwrap();
        out.flush().unwrap();
    }
}

/// The phone: runs only as the child of the test below, until it is killed.
#[tokio::test(flavor = "multi_thread")]
async fn the_phone_that_is_killed() {
    let Some(dir) = std::env::var_os(DIR) else {
        return;
    };
    let store = open(Path::new(&dir));
    let from = store.read(|r| r.scope(BAND)).await.unwrap();
    let from = from.map_or(0, |scope| scope.rev.0);
    tokio::spawn(edit_for_ever(store.clone()));
    for rev in from + 1.. {
        store.commit_pages(page(rev), |_, _| Ok(())).await.unwrap();
        // As in the background: the kill may come while the files are closed, or opened again for the next edit.
        store.let_go().await;
    }
}

/// Runs the phone and kills it after `lines` acknowledged edits; returns all it acknowledged.
fn run_and_kill(dir: &Path, lines: usize) -> HashSet<RowId> {
    let mut phone = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "store_kill::the_phone_that_is_killed",
            "--nocapture",
        ])
        .env(DIR, dir)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut acknowledged = HashSet::new();
    let output = BufReader::new(phone.stdout.take().unwrap());
    for line in output.lines() {
        let line = line.unwrap();
        if let Some(id) = line
            .strip_prefix("ack ")
            .and_then(|rest| rest.split(' ').next())
        {
            acknowledged.insert(id.parse().unwrap());
            if acknowledged.len() == lines {
                phone.kill().unwrap();
            }
        }
    }
    phone.wait().unwrap();
    acknowledged
}

#[tokio::test]
async fn a_killed_phone_keeps_every_acknowledged_edit_and_shows_no_half_publish() {
    let dir = tempfile::tempdir().unwrap();
    let mut acknowledged = HashSet::new();
    for round in 0..8 {
        let more = run_and_kill(dir.path(), 3 + round * 7);
        assert!(more.len() >= 3 + round * 7, "the phone ran");
        acknowledged.extend(more);
        let store = open(dir.path());
        assert!(store.quarantined().is_none());
        let query = SongQuery {
            scope: Some(BAND),
            limit: u32::MAX,
            ..SongQuery::default()
        };
        let songs = store.read(move |r| r.songs(&query)).await.unwrap();
        let here: HashSet<RowId> = songs.iter().map(|song| song.id).collect();
        assert!(
            acknowledged.is_subset(&here),
            "round {round}: an edit was lost"
        );
        let queued = store.read(|r| r.outbox_counts()).await.unwrap();
        let typed = songs.iter().filter(|song| song.title == "typed").count();
        assert_eq!(queued.unsent, typed as u64, "rows and outbox agree");
        let scope = store.read(|r| r.scope(BAND)).await.unwrap();
        // A first sync may show part.
        if scope.is_some_and(|scope| scope.committed) {
            let titles: HashSet<&str> = songs
                .iter()
                .map(|song| song.title.as_str())
                .filter(|title| *title != "typed")
                .collect();
            assert_eq!(titles.len(), 1, "round {round}: half a publish is shown");
        }
        store.close().await;
    }
}
