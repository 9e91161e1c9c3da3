//! A phone whose power goes: what may be on the disk then opens, whole, with every edit that was acknowledged.
//!
//! A cut leaves what was synced, and of what was written later any part. The write-ahead log only grows here, so every
//! state is the log up to some byte, with rubbish behind it; while it is copied into the database, the whole log and any
//! mixture of the old and new pages. That an edit is synced before it is acknowledged is watched at the system calls.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use fastrand::Rng;
use rockon_core::model::{Kind, Rev, RowId, ScopeId, ScopeType, UserId, Values};
use rockon_core::store::{Cursor, Edit, PullPage, ScopePage, SongQuery, Store, StoreConfig};
use rockon_core::time::SystemClock;
use serde_json::json;
use uuid::Uuid;

const DIR: &str = "ROCKON_TEST_POWER_DIR";
const ME: UserId = UserId(Uuid::from_u128(1));
const BAND: ScopeId = ScopeId(Uuid::from_u128(2));
/// Edits that the phone makes, and songs that a pull before each of them changes.
const EDITS: usize = 12;
const PULLED: u128 = 20;
const PAGE: usize = 4096;
/// A frame of the log: a page and its header; and the log's own header.
const FRAME: usize = PAGE + 24;
const WAL_HEADER: usize = 32;

fn open(dir: &Path) -> Store {
    Store::open(&StoreConfig {
        dir: dir.to_owned(),
        user: ME,
        clock: Arc::new(SystemClock::new()),
    })
    .unwrap()
}

fn file(dir: &Path, end: &str) -> PathBuf {
    dir.join(format!("user-{ME}{end}"))
}

fn page(rev: i64) -> PullPage {
    let song = |n: u128| {
        let row = json!({"id": RowId(Uuid::from_u128(n + 10)), "title": format!("pulled {rev}"),
                         "sync_rev": rev, "sync_by": ME, "sync_by_rev": rev, "sync_other_rev": 0});
        row.as_object().cloned().unwrap()
    };
    let cursor = Cursor {
        rev: Rev(rev),
        ord: None,
        id: None,
        since: None,
    };
    let scope = ScopePage {
        id: BAND,
        scope_type: ScopeType::Band,
        epoch: Uuid::from_u128(3),
        head: Rev(rev),
        reset: false,
        cursor,
        has_more: false,
        rows: [("song".to_owned(), (0..PULLED).map(song).collect())].into(),
        tombstones: vec![],
        log: vec![],
        values: Vec::new(),
        times: Vec::new(),
        lost: Vec::new(),
    };
    PullPage {
        scopes: vec![scope],
        gone: vec![],
    }
}

async fn type_song(store: &Store, n: usize) {
    let set = Values::from_iter([("title".to_owned(), json!(format!("typed {n:02}")))]);
    let edit = Edit::create(BAND, Kind::Song, RowId::fresh(), set);
    assert!(store.edit(edit).await.unwrap());
}

/// The files of a phone that has made its edits and is still open.
struct Disk {
    database: Vec<u8>,
    wal: Vec<u8>,
    /// How long the log was when each edit was acknowledged.
    acknowledged: Vec<usize>,
    /// The database after the log has been copied into it.
    copied: Vec<u8>,
}

async fn phone() -> Disk {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let read = |end: &str| std::fs::read(file(dir.path(), end)).unwrap();
    let mut acknowledged = Vec::new();
    for n in 0..EDITS {
        let rev = 1 + i64::try_from(n).unwrap();
        store.commit_pages(page(rev), |_, _| Ok(())).await.unwrap();
        type_song(&store, n).await;
        acknowledged.push(read(".sqlite-wal").len());
    }
    let (database, wal) = (read(".sqlite"), read(".sqlite-wal"));
    assert!(acknowledged.is_sorted_by(|a, b| a < b), "the log only grew");
    assert_eq!(acknowledged.last(), Some(&wal.len()));
    store.close().await;
    Disk {
        database,
        wal,
        acknowledged,
        copied: read(".sqlite"),
    }
}

/// Opens these files, asks the database whether it is sound, and returns how many edits are there.
async fn edits_after(database: &[u8], wal: &[u8]) -> usize {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(file(dir.path(), ".sqlite"), database).unwrap();
    std::fs::write(file(dir.path(), ".sqlite-wal"), wal).unwrap();
    // Makes opening check the whole file.
    std::fs::write(file(dir.path(), ".suspect"), b"").unwrap();
    let store = open(dir.path());
    assert!(store.quarantined().is_none(), "the file is sound");
    let query = SongQuery {
        limit: u32::MAX,
        ..SongQuery::default()
    };
    let songs = store.read(move |r| r.songs(&query)).await.unwrap();
    let (typed, pulled): (Vec<_>, Vec<_>) =
        songs.iter().partition(|s| s.title.starts_with("typed"));
    let expected = |n: usize| format!("typed {n:02}");
    assert!(
        typed
            .iter()
            .enumerate()
            .all(|(n, song)| song.title == expected(n)),
        "an edit is there without one before it"
    );
    for song in &typed {
        let id = song.id;
        let entries = store.read(move |r| r.entries_of(Kind::Song, id)).await;
        assert_eq!(entries.unwrap().len(), 1, "a row without its outbox entry");
    }
    let waiting = store.read(|r| r.outbox_counts()).await.unwrap().unsent;
    assert_eq!(
        waiting,
        typed.len() as u64,
        "an outbox entry without its row"
    );
    assert!(
        pulled.windows(2).all(|pair| pair[0].title == pair[1].title),
        "half a pull"
    );
    store.close().await;
    typed.len()
}

/// Every frame's end, and as many bytes anywhere.
fn cuts(wal: usize, random: &mut Rng) -> Vec<usize> {
    let frames: Vec<usize> = (WAL_HEADER..=wal).step_by(FRAME).collect();
    let anywhere = frames.iter().map(|_| random.usize(0..wal));
    let mut cuts: Vec<usize> = anywhere.collect();
    cuts.extend(&frames);
    cuts.push(0);
    cuts
}

#[tokio::test]
async fn after_a_power_cut_every_acknowledged_edit_is_there_and_nothing_is_half() {
    let disk = phone().await;
    let mut random = Rng::with_seed(11);
    for (n, cut) in cuts(disk.wal.len(), &mut random).into_iter().enumerate() {
        let mut wal = disk.wal.get(..cut).unwrap().to_vec();
        match n % 3 {
            0 => {}
            1 => wal.resize(disk.wal.len(), 0),
            _ => wal.extend(std::iter::repeat_with(|| random.u8(..)).take(disk.wal.len() - cut)),
        }
        // Without the log not even the tables are there.
        let kept = disk.acknowledged.iter().filter(|end| **end <= cut).count();
        assert_eq!(
            edits_after(&disk.database, &wal).await,
            kept,
            "cut at {cut}"
        );
    }
}

#[tokio::test]
async fn a_power_cut_while_the_log_is_copied_loses_nothing() {
    let disk = phone().await;
    let mut random = Rng::with_seed(12);
    for round in 0..12 {
        let length = if random.bool() {
            disk.database.len()
        } else {
            disk.copied.len()
        };
        let mut database = disk.database.clone();
        database.resize(length, 0);
        for (old, new) in database.chunks_mut(PAGE).zip(disk.copied.chunks(PAGE)) {
            if random.bool() {
                old.copy_from_slice(&new[..old.len()]);
            }
        }
        assert_eq!(
            edits_after(&database, &disk.wal).await,
            EDITS,
            "round {round}"
        );
    }
    assert_eq!(
        edits_after(&disk.copied, &[]).await,
        EDITS,
        "copied to the end"
    );
}

/// The phone: runs only as the child of the test below, and says when an edit is acknowledged.
#[tokio::test(flavor = "multi_thread")]
async fn the_phone_that_is_watched() {
    let Some(dir) = std::env::var_os(DIR) else {
        return;
    };
    let dir = PathBuf::from(dir);
    let store = open(&dir);
    for n in 0..EDITS {
        // A pull need not be synced; the edit after it must be all the same.
        let rev = 1 + i64::try_from(n).unwrap();
        store.commit_pages(page(rev), |_, _| Ok(())).await.unwrap();
        std::fs::write(dir.join("begin"), b"").unwrap();
        type_song(&store, n).await;
        std::fs::write(dir.join("acknowledged"), b"").unwrap();
    }
    store.close().await;
}

/// What the child did at the system calls between opening `begin` and opening `acknowledged`: writes to the log (`w`) and
/// syncs of it (`s`), in order. `None` without a tool to watch with.
fn watched() -> Option<Vec<String>> {
    let dir = tempfile::tempdir().unwrap();
    let trace = dir.path().join("trace");
    let done = Command::new("strace")
        .args([
            "-f",
            "-y",
            "-e",
            "trace=openat,pwrite64,fsync,fdatasync",
            "-o",
        ])
        .arg(&trace)
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "store_power::the_phone_that_is_watched"])
        .env(DIR, dir.path())
        .output();
    // Also where watching a process is not allowed.
    done.ok().filter(|done| done.status.success())?;
    let mut edits = Vec::new();
    let mut now: Option<String> = None;
    for line in std::fs::read_to_string(trace).unwrap().lines() {
        if line.contains("/begin\"") {
            now = Some(String::new());
        } else if line.contains("/acknowledged\"") {
            edits.extend(now.take());
        } else if let Some(calls) = now.as_mut().filter(|_| line.contains(".sqlite-wal>")) {
            calls.push(if line.contains("pwrite64(") { 'w' } else { 's' });
        }
    }
    Some(edits)
}

#[test]
fn an_edit_is_one_commit_synced_once_before_it_is_acknowledged() {
    let Some(edits) = watched() else {
        eprintln!("skipped: there is no strace that may watch a process");
        return;
    };
    assert_eq!(edits.len(), EDITS);
    for (n, calls) in edits.iter().enumerate() {
        // The first one may write the log's header and sync it before.
        assert!(calls.ends_with("ws"), "edit {n}: {calls}");
        let syncs = calls.matches('s').count();
        assert_eq!(syncs, 1, "edit {n}: {calls}");
    }
}
