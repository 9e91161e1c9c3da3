//! Files that are let go and opened again: by whom, and what is told.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use serde_json::json;
use tokio::sync::{broadcast, watch};

use super::super::worker::WriterCommand;
use super::super::{ChangeSet, Durability, Edit, Op, Store, StoreConfig, Topic, erase, private};
use super::opening::{damage, files};
use super::{BAND, Fixture, ME, config, fixture, id, page, song, values};
use crate::error::{Error, StorageFailure};
use crate::model::Kind;
use crate::platform::Platform;
use crate::time::SystemClock;

/// What this process holds of a directory, by the system's own word: open files and locks.
#[cfg(target_os = "linux")]
fn held(dir: &std::path::Path) -> Vec<String> {
    use std::os::unix::fs::MetadataExt as _;
    let files = std::fs::read_dir(dir).unwrap().flatten();
    let inodes: Vec<u64> = files.map(|file| file.metadata().unwrap().ino()).collect();
    let open = std::fs::read_dir("/proc/self/fd").unwrap().flatten();
    let open = open.filter_map(|fd| std::fs::read_link(fd.path()).ok());
    let mut held: Vec<String> = open
        .filter(|path| path.starts_with(dir))
        .map(|path| path.to_string_lossy().into_owned())
        .collect();
    // "1: FLOCK  ADVISORY  WRITE 4711 08:01:393222 0 EOF"
    let locks = std::fs::read_to_string("/proc/locks").unwrap();
    let me = std::process::id().to_string();
    held.extend(locks.lines().filter_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let inode = words.get(5)?.rsplit(':').next()?.parse().ok()?;
        (words[4] == me && inodes.contains(&inode)).then(|| line.to_owned())
    }));
    held
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn let_go_nothing_of_the_directory_is_open_or_locked_and_a_call_takes_it_again() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    assert!(f.song(id(1)).await.is_some());
    let before = held(f.dir.path());
    let locks = before.iter().filter(|line| line.contains("FLOCK"));
    assert_eq!(locks.count(), 1, "{before:?}");
    let readers = before.iter().filter(|path| path.ends_with(".sqlite"));
    assert_eq!(readers.count(), 3, "{before:?}");
    f.store.let_go().await;
    assert_eq!(held(f.dir.path()), [""; 0]);
    f.store.let_go().await;
    assert!(f.song(id(1)).await.is_some());
    assert!(!held(f.dir.path()).is_empty());
    f.store.let_go().await;
    f.store.close().await;
    assert_eq!(held(f.dir.path()), [""; 0]);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn after_a_close_no_reader_holds_the_file_either() {
    for _ in 0..20 {
        let f = fixture();
        let slow = f.store.read(|_| {
            std::thread::yield_now();
            Ok(())
        });
        slow.await.unwrap();
        f.store.close().await;
        assert_eq!(held(f.dir.path()), [""; 0]);
    }
}

fn next(changes: &mut broadcast::Receiver<Arc<ChangeSet>>) -> Option<Arc<ChangeSet>> {
    match changes.try_recv() {
        Ok(set) => Some(set),
        Err(broadcast::error::TryRecvError::Empty) => None,
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn subscribers_hear_of_what_is_written_and_of_nothing_else() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    let mut changes = f.store.changes();
    f.store.let_go().await;
    assert!(f.song(id(1)).await.is_some());
    f.store.let_go().await;
    assert_eq!(next(&mut changes), None);
    assert!(f.edit(id(1), Op::Update, json!({"key": "A"})).await);
    f.store.let_go().await;
    f.pull(page(6, vec![song(2, 6, "Creep")])).await;
    for row in [id(1), id(2)] {
        let set = next(&mut changes).unwrap();
        assert!(set.touches_row(Kind::Song, row));
        assert!(!set.touches(Topic::Notices), "not everything");
    }
    assert_eq!(next(&mut changes), None);
    assert_eq!(f.unsent().await, 1);
}

#[tokio::test]
async fn another_program_may_have_the_files_meanwhile_and_all_it_did_is_told() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    f.store.let_go().await;
    let mut changes = f.store.changes();
    let other = Store::open(&config(&f.dir, ME)).unwrap();
    let locked = Error::Storage {
        failure: StorageFailure::Locked,
    };
    assert_eq!(f.store.read(|r| r.scopes()).await, Err(locked.clone()));
    let wrote = f.store.write(Durability::Full, |tx| tx.drop_staged()).await;
    assert_eq!(wrote, Err(locked));
    let edit = Edit::create(BAND, Kind::Song, id(2), values(json!({"title": "Theirs"})));
    other.edit(edit).await.unwrap();
    assert_eq!(next(&mut changes), None);
    other.close().await;
    assert_eq!(f.song(id(2)).await.unwrap()["title"], "Theirs");
    assert!(
        next(&mut changes).unwrap().touches(Topic::Notices),
        "everything"
    );
    assert_eq!(next(&mut changes), None);
}

/// No call met it: only the lock file tells.
#[tokio::test]
async fn what_another_program_did_between_two_calls_is_told() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    f.store.let_go().await;
    let mut changes = f.store.changes();
    let other = Store::open(&config(&f.dir, ME)).unwrap();
    let edit = Edit::create(BAND, Kind::Song, id(2), values(json!({"title": "Theirs"})));
    other.edit(edit).await.unwrap();
    other.close().await;
    assert_eq!(f.song(id(2)).await.unwrap()["title"], "Theirs");
    assert!(next(&mut changes).unwrap().touches(Topic::Notices));
    assert_eq!(next(&mut changes), None);
}

#[tokio::test]
async fn who_was_told_of_a_failure_is_told_to_read_again_when_it_is_over() {
    let f = fixture();
    f.store.let_go().await;
    let mut changes = f.store.changes();
    let (lock, away) = (files(&f.dir).lock, f.dir.path().join("away"));
    std::fs::rename(&lock, &away).unwrap();
    std::fs::create_dir(&lock).unwrap();
    let failed = f.store.read(|r| r.scopes()).await;
    assert!(matches!(failed, Err(Error::Storage { .. })), "{failed:?}");
    std::fs::remove_dir(&lock).unwrap();
    std::fs::rename(&away, &lock).unwrap();
    assert_eq!(
        f.store.read(|r| r.scopes()).await.map(|all| all.len()),
        Ok(0)
    );
    assert!(
        next(&mut changes).unwrap().touches(Topic::Notices),
        "everything"
    );
}

#[tokio::test]
async fn damage_is_found_when_the_files_are_opened_again_and_unsent_edits_are_carried_over() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    f.edit(id(2), Op::Insert, json!({"title": "New"})).await;
    f.store.let_go().await;
    damage(&f.dir, "song");
    private::open(&files(&f.dir).suspect).unwrap();
    let mut changes = f.store.changes();
    assert!(f.store.quarantined().is_none());
    assert_eq!(f.song(id(2)).await.unwrap()["title"], "New");
    assert_eq!(f.store.quarantined().map(|kept| kept.saved_edits), Some(1));
    assert!(
        next(&mut changes).unwrap().touches(Topic::Notices),
        "everything"
    );
}

#[tokio::test]
async fn a_caller_who_gives_up_while_the_files_are_opened_is_in_nobodys_way() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    for polls in 1..4 {
        f.store.let_go().await;
        {
            let mut read = pin!(f.store.read(|r| r.scopes()));
            for _ in 0..polls {
                if let Poll::Ready(done) =
                    read.as_mut().poll(&mut Context::from_waker(Waker::noop()))
                {
                    done.unwrap();
                    break;
                }
            }
        }
        assert!(f.song(id(1)).await.is_some());
    }
}

#[tokio::test]
async fn reads_and_writes_at_the_same_time_as_the_files_go_all_work() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..4_u128 {
        let store = f.store.clone();
        tasks.spawn(async move {
            for again in 0..50 {
                match n {
                    0 => store.let_go().await,
                    1 => {
                        let set = values(json!({ "title": again.to_string() }));
                        let row = id(100 + again);
                        let edit = Edit::create(BAND, Kind::Song, row, set);
                        assert!(store.edit(edit).await.unwrap());
                    }
                    _ => assert!(store.read(|r| r.song(id(1))).await.unwrap().is_some()),
                }
            }
        });
    }
    tasks.join_all().await;
    assert_eq!(f.unsent().await, 50);
}

#[tokio::test]
async fn a_pull_under_way_is_ended_before_the_files_go() {
    let f = fixture();
    let store = f.store.clone();
    let mut letting_go = pin!(store.let_go());
    let (begun, on) = tokio::sync::oneshot::channel();
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let commands = f.store.commands();
    let long = WriterCommand::Long(Box::new(move |writer, _| {
        let _ = begun.send(());
        let _ = wait.recv();
        let there = writer.tx(Durability::Full, |tx| tx.set_meta("pull", "ended"));
        assert_eq!(there, Ok(()));
    }));
    assert!(commands.send(long).await.is_ok());
    on.await.unwrap();
    let polled = letting_go
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()));
    assert!(polled.is_pending());
    go.send(()).unwrap();
    letting_go.await;
    let ended = f.store.read(|r| r.meta("pull")).await.unwrap();
    assert_eq!(ended.as_deref(), Some("ended"));
}

#[tokio::test]
async fn a_user_whose_files_are_let_go_can_sign_out_and_be_erased() {
    let f = fixture();
    f.store.let_go().await;
    f.store.close().await;
    assert_eq!(f.store.read(|r| r.scopes()).await, Err(Error::Closed));
    erase(f.dir.path(), ME).unwrap();
    assert_eq!(std::fs::read_dir(f.dir.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn the_files_follow_what_the_platform_says_and_who_holds_them() {
    let dir = tempfile::TempDir::new().unwrap();
    let config = StoreConfig {
        clock: Arc::new(SystemClock::new()),
        ..config(&dir, ME)
    };
    let store = Store::open(&config).unwrap();
    let f = Fixture { dir, store };
    let platform = watch::Sender::new(Platform::default());
    let held = f.store.hold();
    let task = f.store.clone().let_go_in_background(platform.subscribe());
    let task = tokio::spawn(task);
    f.edit(id(1), Op::Insert, json!({"title": "Held"})).await;
    assert!(f.store.files().are_open());
    drop(held);
    f.store.is_let_go().await;
    assert!(f.song(id(1)).await.is_some());
    f.store.is_let_go().await;
    platform.send_modify(|now| now.foreground.set(true));
    f.store.is_open().await;
    platform.send_modify(|now| now.foreground.set(false));
    f.store.is_let_go().await;
    task.abort();
}
