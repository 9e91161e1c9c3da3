//! What the platform tells the client, and what the client still does when told: background, no network, shut down.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rockon_core::error::Error;
use rockon_core::model::Kind;
use rockon_core::realtime::{ConnectionState, OffReason, Transport};
use rockon_core::redact::Secret;
use rockon_core::sync::SyncOutcome;
use rockon_tests::lossy_proxy::{LossyProxy, Way};
use rockon_tests::phone::{BAND, PASSWORD, PATIENCE, Phone, values};
use rockon_tests::{eventually, project};
use serde_json::json;
use tokio::sync::Semaphore;

/// How often this text was pushed.
fn pushed(proxy: &LossyProxy, text: &str) -> usize {
    let seen = proxy.seen("sync_push").into_iter();
    seen.filter(|push| push.body.contains(text)).count()
}

async fn connection_is(phone: &Phone, wanted: ConnectionState) {
    eventually(format!("{wanted:?}"), PATIENCE, || async {
        let status = phone.client().status_now().await?;
        (status.connection == Some(wanted)).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_background_only_sync_once_sends_and_reads_and_it_needs_no_connection() {
    let project = project().await;
    let proxy = LossyProxy::to(project.url()).await;
    let eric = Phone::of(&project, "eric").await;
    let sam = Phone::by(&proxy, &project, "sam").await;
    sam.client().set_foreground(false);
    connection_is(&sam, ConnectionState::Off(OffReason::Background)).await;
    sam.add_song("Written in the Pocket").await;
    eric.add_song("Meanwhile").await;
    eric.caught_up().await;
    assert_eq!(pushed(&proxy, "Written in the Pocket"), 0);
    assert_eq!(sam.song("Meanwhile").await, None);
    let sockets = proxy.seen("websocket").len();
    let once = sam.client().sync_once(PATIENCE).await.unwrap();
    let done = SyncOutcome {
        complete: true,
        error: None,
    };
    assert_eq!(once, done);
    assert!(sam.song("Meanwhile").await.is_some());
    assert!(!sam.song("Written in the Pocket").await.unwrap().pending);
    assert_eq!(pushed(&proxy, "Written in the Pocket"), 1);
    assert_eq!(proxy.seen("websocket").len(), sockets);
    eric.sees("Written in the Pocket", |_| true).await;
    // It was for once: the next edit waits again, until the app is on screen.
    sam.add_song("Written Later").await;
    eric.add_song("Meanwhile, Again").await;
    eric.caught_up().await;
    assert_eq!(pushed(&proxy, "Written Later"), 0);
    sam.client().set_foreground(true);
    sam.caught_up().await;
    eric.sees("Written Later", |_| true).await;
    connection_is(&sam, ConnectionState::Live(Transport::Private)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sync_once_ends_with_its_budget_and_what_it_was_doing_is_finished_later_once() {
    let project = project().await;
    let proxy = LossyProxy::to(project.url()).await;
    let sam = Phone::by(&proxy, &project, "sam").await;
    sam.client().set_foreground(false);
    let gate = Arc::new(Semaphore::new(0));
    let held = Arc::clone(&gate);
    proxy.when(
        |request| request.target.contains("sync_p"),
        move || Way::held(&held),
    );
    sam.add_song("Over Budget").await;
    let budget = Duration::from_millis(300);
    let started = Instant::now();
    let once = sam.client().sync_once(budget).await.unwrap();
    let took = started.elapsed();
    assert!(!once.complete);
    assert!(took >= budget, "{took:?}");
    assert!(took < PATIENCE, "{took:?}: the server never answers");
    assert!(sam.song("Over Budget").await.unwrap().pending);
    proxy.clear();
    gate.add_permits(1_000);
    let once = sam.client().sync_once(PATIENCE).await.unwrap();
    assert!(once.complete, "{once:?}");
    assert!(!sam.song("Over Budget").await.unwrap().pending);
    let sql = "select count(*) from songs where title = 'Over Budget'";
    assert_eq!(crate::server::count(&project, sql).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn sync_once_says_at_once_why_it_can_do_nothing() {
    let project = project().await;
    let sam = Phone::of(&project, "sam").await;
    sam.network(false);
    let once = sam.client().sync_once(PATIENCE).await.unwrap();
    assert_eq!((once.complete, once.error), (false, Some(Error::Offline)));
    sam.network(true);
    project.faults().stop(
        rockon_local_stack::Service::Rest,
        rockon_local_stack::Outage::Removed,
    );
    sam.add_song("No Server").await;
    let once = sam.client().sync_once(PATIENCE).await.unwrap();
    let error = once.error.expect("a reason");
    assert_eq!(
        (once.complete, error.code()),
        (false, "server"),
        "{error:?}"
    );
    project.faults().start(rockon_local_stack::Service::Rest);
    sam.client().sign_out(false).await.unwrap();
    let refused = sam.client().sync_once(PATIENCE).await.unwrap_err();
    assert_eq!(refused, Error::SignedOut);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_nothing_is_asked_and_with_one_again_everything_is_done() {
    let project = project().await;
    let proxy = LossyProxy::to(project.url()).await;
    let eric = Phone::of(&project, "eric").await;
    let sam = Phone::by(&proxy, &project, "sam").await;
    connection_is(&sam, ConnectionState::Live(Transport::Private)).await;
    sam.network(false);
    connection_is(&sam, ConnectionState::Off(OffReason::NoNetwork)).await;
    let asked = proxy.seen("").len();
    sam.add_song("No Signal").await;
    eric.add_song("With Signal").await;
    eric.caught_up().await;
    assert_eq!(proxy.seen("").len(), asked);
    for on in [true, true, false, true] {
        sam.network(on);
    }
    sam.caught_up().await;
    eric.sees("No Signal", |_| true).await;
    sam.sees("With Signal", |_| true).await;
    assert_eq!(pushed(&proxy, "No Signal"), 1);
    connection_is(&sam, ConnectionState::Live(Transport::Private)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_shut_down_twice_answers_closed_to_everything_and_keeps_its_unsent_edits() {
    let project = project().await;
    let proxy = LossyProxy::to(project.url()).await;
    let mut sam = Phone::by(&proxy, &project, "sam").await;
    sam.network(false);
    sam.add_song("Before the End").await;
    let (client, workspace) = (sam.client().clone(), sam.workspace());
    let mut status = client.status();
    tokio::join!(client.shutdown(), client.shutdown());
    client.shutdown().await;
    let closed = Error::Closed;
    assert_eq!(client.workspace().unwrap_err(), closed);
    assert_eq!(client.sync_once(PATIENCE).await.unwrap_err(), closed);
    assert_eq!(client.create_band("Too Late").await.unwrap_err(), closed);
    let password = Secret::new(PASSWORD);
    let again = client.sign_in("sam@rock-on.test", password).await;
    assert_eq!(again.unwrap_err(), closed);
    assert_eq!(client.sign_out(false).await.unwrap_err(), closed);
    // What somebody still holds of it is as closed.
    let song = values(json!({ "title": "Too Late" }));
    let added = workspace.add(BAND, Kind::Song, song).await;
    assert_eq!(added.unwrap_err(), closed);
    let id = rockon_core::model::RowId::fresh();
    assert_eq!(workspace.row(Kind::Song, id).await.unwrap_err(), closed);
    while status.next().await.is_some() {}
    client.set_network(true);
    client.set_foreground(true);
    assert_eq!(pushed(&proxy, "Before the End"), 0);
    drop((client, workspace));
    sam.kill();
    sam.open();
    sam.network(true);
    sam.caught_up().await;
    assert_eq!(pushed(&proxy, "Before the End"), 1);
    assert_eq!(sam.song("Too Late").await, None);
}
