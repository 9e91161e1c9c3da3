//! Feeds as they are pulled: how each way of ending one reaches whoever waits, and that nothing is left of it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use rockon::{Batch, Client, Items, PlatformError, PlatformSecrets, Subscription};
use rockon_core::Error;
use rockon_core::client::Status;
use rockon_core::config::ClientConfig;

const PATIENCE: Duration = Duration::from_secs(10);

struct NoSecrets;

impl PlatformSecrets for NoSecrets {
    fn read(&self, _key: String) -> Result<Option<String>, PlatformError> {
        Ok(None)
    }

    fn write(&self, _key: String, _value: String) -> Result<(), PlatformError> {
        Ok(())
    }

    fn delete(&self, _key: String) -> Result<(), PlatformError> {
        Ok(())
    }
}

/// Runs it as a foreign caller does: without the client's runtime around it.
fn run<T>(call: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    runtime.block_on(async { tokio::time::timeout(PATIENCE, call).await.unwrap() })
}

fn client(dir: &tempfile::TempDir) -> Arc<Client> {
    let config = ClientConfig::new("http://127.0.0.1:9", "sb_publishable_key", dir.path());
    run(Client::open(config, Arc::new(NoSecrets))).unwrap()
}

fn status(batch: Option<Batch>) -> Status {
    match batch.unwrap().items {
        Items::StatusNow { value } => value,
        other => unreachable!("{other:?}"),
    }
}

/// The first batch is taken: from now on the feed waits.
fn waiting(client: &Client) -> Arc<Subscription> {
    let feed = client.observe_status().unwrap();
    status(run(feed.next()).unwrap());
    feed
}

fn poll<F: Future>(call: Pin<&mut F>) -> Poll<F::Output> {
    call.poll(&mut Context::from_waker(Waker::noop()))
}

fn until(what: &str, holds: impl Fn() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < PATIENCE, "{what}");
        std::thread::yield_now();
    }
}

/// Plays with a client, and holds the tasks of its runtime afterwards against those before.
fn leaves_no_task(play: impl FnOnce(&Arc<Client>)) {
    let dir = tempfile::TempDir::new().unwrap();
    let client = client(&dir);
    let before = client.tasks();
    play(&client);
    until("a task is left", || client.tasks() <= before);
}

#[test]
fn a_running_feed_is_one_task_so_that_the_tests_beside_this_one_can_see_it() {
    let dir = tempfile::TempDir::new().unwrap();
    let client = client(&dir);
    let before = client.tasks();
    let feeds: Vec<_> = (0..10).map(|_| waiting(&client)).collect();
    assert_eq!(client.tasks(), before + feeds.len());
}

#[test]
fn a_feed_that_nobody_holds_any_more_is_gone() {
    leaves_no_task(|client| drop(waiting(client)));
}

#[test]
fn who_waits_is_woken_by_cancel_and_told_that_it_is_the_end() {
    leaves_no_task(|client| {
        let feed = waiting(client);
        let also = Arc::clone(&feed);
        let waits = std::thread::spawn(move || run(also.next()));
        let mut next = pin!(feed.next());
        assert!(poll(next.as_mut()).is_pending());
        feed.cancel();
        feed.cancel();
        assert_eq!(run(next), Ok(None));
        assert_eq!(waits.join().unwrap(), Ok(None));
        assert_eq!(run(feed.next()), Ok(None));
    });
}

#[test]
fn a_batch_that_waits_when_a_feed_is_cancelled_is_not_given_out() {
    leaves_no_task(|client| {
        let feed = client.observe_status().unwrap();
        feed.cancel();
        assert_eq!(run(feed.next()), Ok(None));
    });
}

#[test]
fn a_call_that_is_given_up_while_it_waits_takes_nothing_away() {
    leaves_no_task(|client| {
        let feed = waiting(client);
        for network in [false, true, false, true] {
            {
                let mut next = pin!(feed.next());
                assert!(poll(next.as_mut()).is_pending());
            }
            client.set_network(network);
            assert_eq!(status(run(feed.next()).unwrap()).network, network);
        }
    });
}

#[test]
fn a_call_that_is_given_up_leaves_no_handle() {
    leaves_no_task(|client| {
        let feed = waiting(client);
        let weak = Arc::downgrade(&feed);
        let mut next = Box::pin(async move { feed.next().await });
        assert!(poll(next.as_mut()).is_pending());
        assert_eq!(weak.strong_count(), 1);
        drop(next);
        assert!(weak.upgrade().is_none());
    });
}

#[test]
fn a_slow_reader_gets_fewer_and_newer_batches() {
    leaves_no_task(|client| {
        let feed = waiting(client);
        for _ in 0..100 {
            client.set_network(false);
            client.set_network(true);
        }
        client.set_network(false);
        let mut batches = 0;
        loop {
            batches += 1;
            if !status(run(feed.next()).unwrap()).network {
                break;
            }
        }
        assert!(batches <= 2, "{batches}");
    });
}

#[test]
fn feeds_say_that_they_end_when_the_client_is_shut_down_or_gone() {
    let dir = tempfile::TempDir::new().unwrap();
    let client = client(&dir);
    let feed = waiting(&client);
    let mut next = pin!(feed.next());
    assert!(poll(next.as_mut()).is_pending());
    run(client.shutdown()).unwrap();
    assert_eq!(run(next), Ok(None));
    assert_eq!(run(feed.next()), Ok(None));
    assert!(matches!(client.observe_bands(), Err(Error::Closed)));

    let other = tempfile::TempDir::new().unwrap();
    let gone = self::client(&other);
    let feed = waiting(&gone);
    let mut next = pin!(feed.next());
    assert!(poll(next.as_mut()).is_pending());
    drop(gone);
    assert_eq!(run(next), Ok(None));
}
