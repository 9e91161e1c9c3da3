//! Sync on real phones while the server, the proxy and the token break in the middle of a call.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rockon_core::model::Kind;
use rockon_core::redact::Secret;
use rockon_core::store::SongQuery;
use rockon_local_stack::Project;
use rockon_tests::lossy_proxy::{LossyProxy, Way};
use rockon_tests::phone::{BAND, PASSWORD, PATIENCE, Phone, first};
use rockon_tests::scripted::{Reply, Request};
use rockon_tests::{eventually, project};
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use crate::server;

/// Pushes that carry this text, as they were sent.
fn pushes(proxy: &LossyProxy, text: &str) -> Vec<Request> {
    let seen = proxy.seen("sync_push").into_iter();
    seen.filter(|request| request.body.contains(text)).collect()
}

async fn sent(proxy: &LossyProxy, text: &str, times: usize) {
    eventually(
        format!("{text} was sent {times} times"),
        PATIENCE,
        || async { (pushes(proxy, text).len() >= times).then_some(()) },
    )
    .await;
}

/// Loses the answer of the first request that carries `text`.
fn lose_one_answer(proxy: &LossyProxy, text: &'static str) {
    let lost = AtomicUsize::new(0);
    proxy.on(move |request| {
        let first = request.body.contains(text) && lost.fetch_add(1, Ordering::SeqCst) == 0;
        if first { Way::LoseAnswer } else { Way::Through }
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_of_edit_whose_answer_is_lost_is_carried_out_once_and_leaves_no_failure_behind() {
    let project = project().await;
    let proxy = LossyProxy::to(project.url()).await;
    let sam = Phone::by(&proxy, &project, "sam").await;
    lose_one_answer(&proxy, "Lost Answer");
    let id = sam.add_song("Lost Answer").await;
    sam.caught_up().await;
    lose_one_answer(&proxy, "a changed note");
    sam.change_song(id, json!({ "notes": "a changed note" }))
        .await;
    sam.caught_up().await;
    lose_one_answer(&proxy, "\"delete\"");
    sam.workspace().delete(Kind::Song, id).await.unwrap();
    sam.caught_up().await;
    let sql = format!("select count(*) from sync.log where row_id = '{id}'");
    let log = server::count(&project, &sql).await;
    assert_eq!(log, 3, "one insert, one update, one delete");
    assert_eq!(sam.song("Lost Answer").await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_poisonous_edit_is_found_by_halving_and_rejected_alone_and_its_neighbours_arrive() {
    let project = project().await;
    let proxy = LossyProxy::to(project.url()).await;
    let sam = Phone::by(&proxy, &project, "sam").await;
    // Something on the way that refuses bodies by their content, as a firewall does.
    proxy.when(
        |request| request.body.contains("Poison"),
        || Way::Answer(Reply::Json(422, json!({ "message": "request blocked" }))),
    );
    sam.network(false);
    for n in 0..40 {
        let title = match n {
            23 => "Poison".to_owned(),
            n => format!("Neighbour {n}"),
        };
        sam.add_song(&title).await;
    }
    let before = proxy.seen("sync_push").len();
    sam.network(true);
    eventually("one rejected, nothing unsent", PATIENCE, || async {
        let status = sam.client().status_now().await?;
        ((status.outbox.unsent, status.outbox.rejected) == (0, 1)).then_some(())
    })
    .await;
    let calls = proxy.seen("sync_push").len() - before;
    assert!(calls <= 20, "{calls} calls");
    let sql = "select count(*) from songs where title like 'Neighbour %'";
    assert_eq!(server::count(&project, sql).await, 39);
    sam.hears("Your new \"Poison\" was refused").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_goes_away_in_the_middle_of_a_push_gets_the_edit_once_when_it_is_back() {
    let project = project().await;
    let proxy = LossyProxy::to(project.url()).await;
    let eric = Phone::of(&project, "eric").await;
    let sam = Phone::by(&proxy, &project, "sam").await;
    let gate = Arc::new(Semaphore::new(0));
    let held = Arc::clone(&gate);
    proxy.when(
        |request| request.body.contains("Through a Restart"),
        move || Way::held(&held),
    );
    sam.add_song("Through a Restart").await;
    sent(&proxy, "Through a Restart", 1).await;
    project.stop_database().await.unwrap();
    gate.add_permits(1_000);
    sent(&proxy, "Through a Restart", 2).await;
    let status = sam.client().status_now().await.unwrap();
    assert_eq!((status.outbox.unsent, status.outbox.rejected), (1, 0));
    project.start_database().await.unwrap();
    sam.caught_up().await;
    // The hint may have gone down with the database, without a word; only asking is sure.
    assert!(eric.client().sync_once(PATIENCE).await.unwrap().complete);
    assert!(eric.song("Through a Restart").await.is_some());
    let sql = "select count(*) from songs where title = 'Through a Restart'";
    assert_eq!(server::count(&project, sql).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_hangs_on_the_old_network_is_made_again_by_the_new_one_and_counts_once() {
    let project = project().await;
    let proxy = LossyProxy::to(project.url()).await;
    let sam = Phone::by(&proxy, &project, "sam").await;
    let gate = Arc::new(Semaphore::new(0));
    let held = Arc::clone(&gate);
    proxy.when(
        |request| request.body.contains("On Two Networks"),
        move || Way::held(&held),
    );
    sam.add_song("On Two Networks").await;
    sent(&proxy, "On Two Networks", 1).await;
    sam.network(true);
    // Far less than any time-out of the call that hangs.
    let again = Duration::from_secs(10);
    eventually("sent again", again, || async {
        (pushes(&proxy, "On Two Networks").len() >= 2).then_some(())
    })
    .await;
    gate.add_permits(1_000);
    sam.caught_up().await;
    let sql = "select count(*) from songs where title = 'On Two Networks'";
    assert_eq!(server::count(&project, sql).await, 1);
}

/// The cursor of the band in a pull.
fn cursor(pull: &Request) -> Value {
    let scopes = pull.json()["request"]["scopes"].clone();
    let scopes = scopes.as_array().cloned().unwrap_or_default();
    let band = scopes.into_iter().find(|scope| scope["id"] == json!(BAND));
    band.map_or(Value::Null, |band| band["cursor"].clone())
}

async fn five_thousand_songs(project: &Project) {
    let songs = format!(
        "insert into public.songs (title, artist, context_type, context_id, created_by)
         select 'Many ' || n, 'Nobody', 'band', '{BAND}', '{eric}' from generate_series(1, 5000) n",
        eric = server::member(1)
    );
    server::act_as(project, 1, &songs).await;
}

/// Pulls of the band that go on behind a page, in order.
fn later_pages(pulls: &[Request]) -> usize {
    pulls.iter().filter(|pull| !cursor(pull).is_null()).count()
}

async fn count_of_songs(phone: &Phone) -> i64 {
    let query = SongQuery {
        scope: Some(BAND),
        limit: u32::MAX,
        ..SongQuery::default()
    };
    let list = first(phone.workspace().songs(query)).await;
    i64::try_from(list.len()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_reading_of_five_thousand_rows_that_breaks_off_goes_on_where_it_was_after_a_kill() {
    let project = project().await;
    five_thousand_songs(&project).await;
    let proxy = LossyProxy::to(project.url()).await;
    let pages = AtomicUsize::new(0);
    // Two pages arrive, the next ones break on the proxy.
    proxy.on(move |request| {
        let page = request.target.contains("sync_pull") && !cursor(request).is_null();
        let lost = page && pages.fetch_add(1, Ordering::SeqCst) >= 1;
        if lost { Way::LoseAnswer } else { Way::Through }
    });
    let mut sam = Phone::with_key(proxy.url(), project.anon_key());
    let client = sam.client();
    let password = Secret::new(PASSWORD);
    client.sign_in("sam@rock-on.test", password).await.unwrap();
    eventually("a page was lost", PATIENCE, || async {
        (later_pages(&proxy.seen("sync_pull")) >= 2).then_some(())
    })
    .await;
    sam.kill();
    let before = proxy.seen("sync_pull").len();
    proxy.clear();
    sam.open();
    sam.caught_up().await;
    let pulls = proxy.seen("sync_pull").split_off(before);
    let again = pulls.iter().any(|pull| {
        let scopes = pull.json()["request"]["scopes"].clone();
        scopes != json!([]) && cursor(pull).is_null()
    });
    assert!(!again && later_pages(&pulls) >= 1, "it began again");
    let sql = format!("select count(*) from songs where sync_scope = '{BAND}'");
    let there = server::count(&project, &sql).await;
    assert!(there > 5_000);
    assert_eq!(count_of_songs(&sam).await, there);
}

/// For the realtime and the REST client alike: refreshed once, sent once more (c096).
#[tokio::test(flavor = "multi_thread")]
async fn c096_a_token_that_expires_while_a_push_is_on_the_road_is_renewed_once_and_the_edit_made_once()
 {
    let project = project().await;
    let proxy = LossyProxy::to(project.url()).await;
    let (eric, sam) = (
        Phone::of(&project, "eric").await,
        Phone::by(&proxy, &project, "sam").await,
    );
    let gate = Arc::new(Semaphore::new(0));
    let held = Arc::clone(&gate);
    proxy.when(
        |request| request.body.contains("Expired on the Road"),
        move || Way::held(&held),
    );
    sam.add_song("Expired on the Road").await;
    sent(&proxy, "Expired on the Road", 1).await;
    project.expire_tokens();
    let issued_until = project.clock().unix();
    // Tokens of this very second count as expired too.
    project.clock().set_offset_ms(2_000);
    assert!(project.clock().unix() > issued_until);
    gate.add_permits(1_000);
    sam.caught_up().await;
    let refreshes = proxy.seen("grant_type=refresh_token");
    assert_eq!(refreshes.len(), 1, "one refresh for everybody who needs it");
    let tries = pushes(&proxy, "Expired on the Road");
    assert_eq!(tries.len(), 2);
    assert_ne!(
        tries[0].header("authorization"),
        tries[1].header("authorization")
    );
    assert_eq!(tries[0].body, tries[1].body);
    let sql = "select count(*) from songs where title = 'Expired on the Road'";
    assert_eq!(server::count(&project, sql).await, 1);
    // The new token reached the channels, so hints flow on without a new socket or a head check (c097).
    eric.add_song("After the Renewal").await;
    sam.sees("After the Renewal", |_| true).await;
}
