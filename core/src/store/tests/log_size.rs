//! The write-ahead log is copied into the database before it grows without end: at rest early, under load late.

use std::future::poll_fn;
use std::path::PathBuf;
use std::pin::{Pin, pin};
use std::sync::mpsc;
use std::task::Poll;
use std::time::{Duration, Instant};

use super::super::{Durability, Store};
use super::{Fixture, fixture};
use crate::error::Result;

const MEGABYTE: usize = 1_000_000;

impl Fixture {
    /// Bytes of the database file (`""`) or its log (`"-wal"`).
    fn bytes(&self, ending: &str) -> usize {
        let files = std::fs::read_dir(self.dir.path()).unwrap().flatten();
        let mut files = files.map(|file| file.path());
        let database = files.find(|path| path.extension().is_some_and(|end| end == "sqlite"));
        let mut path = database.unwrap().into_os_string();
        path.push(ending);
        let length = std::fs::metadata(PathBuf::from(path)).unwrap().len();
        usize::try_from(length).unwrap()
    }
}

/// A commit of one megabyte.
async fn megabyte(store: &Store, n: usize) -> Result<()> {
    let write = move |tx: &mut super::super::WriteTx<'_>| {
        tx.set_meta(&format!("test.{n}"), &"x".repeat(MEGABYTE))
    };
    store.write(Durability::Normal, write).await
}

#[tokio::test]
async fn a_writer_at_rest_copies_the_log_when_it_has_grown_by_eight_megabytes() {
    const ROUND: usize = 9;
    let f = fixture();
    for round in 1..=4 {
        for n in 0..ROUND {
            megabyte(&f.store, round * ROUND + n).await.unwrap();
        }
        // At the end of a round nobody waits, so the file gets what the log holds.
        let until = Instant::now() + Duration::from_secs(20);
        while f.bytes("") < (round * ROUND - 1) * MEGABYTE {
            assert!(Instant::now() < until, "not copied in round {round}");
            tokio::task::yield_now().await;
        }
    }
    let log = f.bytes("-wal");
    assert!(log < (ROUND + 2) * MEGABYTE, "{log} bytes");
}

/// Lets a call get as far as the queue.
async fn begun<T>(mut call: Pin<&mut impl Future<Output = T>>) {
    poll_fn(|cx| {
        assert!(call.as_mut().poll(cx).is_pending());
        Poll::Ready(())
    })
    .await;
}

#[tokio::test]
async fn a_writer_that_never_rests_copies_it_when_it_has_grown_by_thirty_two() {
    const COMMITS: usize = 50;
    let f = fixture();
    // Holds the writer until all of them are in its queue.
    let (go, wait) = mpsc::channel::<()>();
    let mut hold = pin!(f.store.write(Durability::Normal, move |_| {
        let _ = wait.recv();
        Ok(())
    }));
    begun(hold.as_mut()).await;
    let mut calls: Vec<_> = (0..COMMITS)
        .map(|n| Box::pin(megabyte(&f.store, n)))
        .collect();
    for call in &mut calls {
        begun(call.as_mut()).await;
    }
    go.send(()).unwrap();
    hold.await.unwrap();
    for call in calls {
        call.await.unwrap();
    }
    let log = f.bytes("-wal") / MEGABYTE;
    assert!((30..36).contains(&log), "{log} MB of {COMMITS}");
}
