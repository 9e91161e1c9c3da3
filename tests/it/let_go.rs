//! An app that leaves the screen: its files are closed and nothing is locked, and nobody sees that they were.

use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rockon_core::client::Client;
use rockon_core::config::ClientConfig;
use rockon_core::error::{Error, StorageFailure};
use rockon_core::feed::{Feed, ListDiff, apply};
use rockon_core::model::Kind;
use rockon_core::redact::Secret;
use rockon_core::session::MemorySecrets;
use rockon_core::store::{Song, SongQuery};
use rockon_tests::lossy_proxy::{LossyProxy, Way};
use rockon_tests::phone::{BAND, PASSWORD, PATIENCE, Phone, values};
use rockon_tests::{eventually, project};
use serde_json::json;
use tokio::sync::Semaphore;

/// What this process has of a directory, as the system says: open files, and locks.
fn held(dir: &Path) -> Vec<String> {
    let mut held = Vec::new();
    if !cfg!(target_os = "linux") {
        return held;
    }
    let open = std::fs::read_dir("/proc/self/fd").unwrap().flatten();
    let open = open.filter_map(|fd| std::fs::read_link(fd.path()).ok());
    held.extend(
        open.filter(|path| path.starts_with(dir))
            .map(|path| path.to_string_lossy().into_owned()),
    );
    let files = std::fs::read_dir(dir).unwrap().flatten();
    let inodes: Vec<String> = files
        .map(|file| format!(":{} ", file.metadata().unwrap().ino()))
        .collect();
    let me = format!(" {} ", std::process::id());
    let locks = std::fs::read_to_string("/proc/locks").unwrap();
    let ours = |line: &&str| line.contains(&me) && inodes.iter().any(|inode| line.contains(inode));
    held.extend(locks.lines().filter(ours).map(str::to_owned));
    held
}

/// Waits until nothing is held; how long it took.
async fn let_go(dir: &Path) -> Duration {
    let started = Instant::now();
    eventually("the files are let go", PATIENCE, || async {
        held(dir).is_empty().then_some(())
    })
    .await;
    started.elapsed()
}

fn all_songs(phone: &Phone) -> Feed<Song> {
    phone.workspace().songs(whole_band())
}

/// The next steps of a feed, which are no reset.
async fn steps(feed: &mut Feed<Song>, list: &mut Vec<Song>) {
    let next = tokio::time::timeout(PATIENCE, feed.next()).await;
    let steps = next
        .expect("a change")
        .expect("the feed goes on")
        .expect("no error");
    let reset = |step: &ListDiff<Song>| matches!(step, ListDiff::Reset(_));
    assert!(list.is_empty() || !steps.iter().any(reset), "{steps:?}");
    apply(list, &steps);
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_background_nothing_is_open_or_locked_and_feeds_reads_and_writes_go_on() {
    let project = project().await;
    let (eric, sam) = (
        Phone::of(&project, "eric").await,
        Phone::of(&project, "sam").await,
    );
    let (mut feed, mut list) = (all_songs(&sam), Vec::new());
    steps(&mut feed, &mut list).await;
    let before = list.len();
    assert!(!held(sam.dir()).is_empty() || !cfg!(target_os = "linux"));
    sam.foreground(false);
    let took = let_go(sam.dir()).await;
    eprintln!("let go after {took:?}");
    sam.add_song("Typed in the Pocket").await;
    steps(&mut feed, &mut list).await;
    let_go(sam.dir()).await;
    eric.add_song("Meanwhile").await;
    eric.caught_up().await;
    let once = sam.client().sync_once(PATIENCE).await.unwrap();
    assert!(once.complete, "{once:?}");
    assert_eq!(held(sam.dir()), [""; 0], "the app may be suspended at once");
    while !list.iter().any(|song| song.title == "Meanwhile") {
        steps(&mut feed, &mut list).await;
    }
    let_go(sam.dir()).await;
    sam.foreground(true);
    eric.add_song("On Screen Again").await;
    while !list.iter().any(|song| song.title == "On Screen Again") {
        steps(&mut feed, &mut list).await;
    }
    assert_eq!(list.len(), before + 3);
    eric.sees("Typed in the Pocket", |_| true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_left_to_send_goes_out_and_a_server_that_hangs_keeps_no_file() {
    let project = project().await;
    let proxy = LossyProxy::to(project.url()).await;
    let sam = Phone::by(&proxy, &project, "sam").await;
    let eric = Phone::of(&project, "eric").await;
    let gate = Arc::new(Semaphore::new(0));
    let held = Arc::clone(&gate);
    proxy.when(
        |request| request.target.contains("sync_push"),
        move || Way::held(&held),
    );
    sam.add_song("Left to Send").await;
    sam.foreground(false);
    let asked = || async { (!proxy.seen("sync_push").is_empty()).then_some(()) };
    eventually("it is sent", PATIENCE, asked).await;
    let_go(sam.dir()).await;
    gate.add_permits(1_000);
    eric.sees("Left to Send", |_| true).await;
    let_go(sam.dir()).await;
    // With no network there is nothing to wait for.
    sam.foreground(true);
    sam.caught_up().await;
    let pushes = proxy.seen("sync_push").into_iter();
    let sent = pushes.filter(|push| push.body.contains("Left to Send"));
    assert_eq!(sent.count(), 1, "its answer was stored");
    sam.network(false);
    sam.add_song("No Way").await;
    sam.foreground(false);
    let_go(sam.dir()).await;
    assert!(sam.song("No Way").await.unwrap().pending);
}

fn whole_band() -> SongQuery {
    SongQuery {
        scope: Some(BAND),
        limit: 1_000,
        ..SongQuery::default()
    }
}

async fn add(client: &Client, title: &str) -> Result<(), Error> {
    let song = values(json!({ "title": title }));
    let added = client.workspace()?.add(BAND, Kind::Song, song).await;
    added.map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn another_program_may_take_the_files_meanwhile_and_the_next_call_says_so_until_it_ends() {
    let project = project().await;
    let dir = tempfile::tempdir().unwrap();
    let config = ClientConfig::new(project.url(), project.anon_key(), dir.path());
    let secrets = Arc::new(MemorySecrets::new());
    let open = || Client::open(config.clone(), secrets.clone());
    let first = open().unwrap();
    first.set_foreground(true);
    let password = Secret::new(PASSWORD);
    first.sign_in("sam@rock-on.test", password).await.unwrap();
    first.wait_for_first_sync().await.unwrap();
    let locked = Error::Storage {
        failure: StorageFailure::Locked,
    };
    assert_eq!(open().err(), Some(locked.clone()));
    let (mut feed, mut list) = (first.workspace().unwrap().songs(whole_band()), Vec::new());
    steps(&mut feed, &mut list).await;
    first.set_foreground(false);
    let opens = || async { open().ok() };
    let second = eventually("the second program opens", PATIENCE, opens).await;
    second.set_foreground(true);
    add(&second, "By the Second").await.unwrap();
    let read = first.workspace().unwrap().count_songs(whole_band()).await;
    assert_eq!(read, Err(locked.clone()));
    assert_eq!(add(&first, "By the First").await, Err(locked));
    second.shutdown().await;
    add(&first, "By the First").await.unwrap();
    for title in ["By the First", "By the Second"] {
        while !list.iter().any(|song| song.title == title) {
            steps(&mut feed, &mut list).await;
        }
    }
    first.set_foreground(true);
    first.sign_out(false).await.unwrap();
    assert_eq!(held(dir.path()), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_damaged_meanwhile_is_replaced_and_read_again() {
    let project = project().await;
    let sam = Phone::of(&project, "sam").await;
    let songs = sam
        .workspace()
        .count_songs(SongQuery::default())
        .await
        .unwrap();
    sam.foreground(false);
    let_go(sam.dir()).await;
    let files = std::fs::read_dir(sam.dir()).unwrap().flatten();
    let file = files
        .map(|file| file.path())
        .find(|path| path.extension().is_some_and(|end| end == "sqlite"));
    std::fs::write(file.as_ref().unwrap(), vec![b'x'; 8_192]).unwrap();
    sam.foreground(true);
    let again = || async {
        let now = sam
            .workspace()
            .count_songs(SongQuery::default())
            .await
            .ok()?;
        (now >= songs).then_some(())
    };
    eventually("all songs are there again", PATIENCE, again).await;
    assert!(sam.workspace().quarantined().is_some());
}
