//! Feeds on a real database.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;
use tokio::sync::watch;
use uuid::Uuid;

use super::{Feed, ListDiff, apply, outbox_counts};
use crate::model::{Kind, RowId, ScopeId, UserId, Values};
use crate::speech::Language;
use crate::store::{ChangeSet, Edit, Song, SongQuery, Store, StoreConfig, Topic};
use crate::time::{ManualClock, Timestamp};

const BAND: ScopeId = ScopeId(Uuid::from_u128(0xbad));

fn open(dir: &TempDir) -> Store {
    Store::open(&StoreConfig {
        dir: dir.path().to_owned(),
        user: UserId(Uuid::from_u128(1)),
        clock: Arc::new(ManualClock::new(Timestamp(0))),
    })
    .unwrap()
}

async fn add(store: &Store, title: &str) -> RowId {
    let id = RowId::fresh();
    let set = Values::from_iter([("title".to_owned(), json!(title))]);
    store
        .edit(Edit::create(BAND, Kind::Song, id, set))
        .await
        .unwrap();
    id
}

fn list(store: &Store, limit: u32) -> Feed<Song> {
    let concerns = |set: &ChangeSet| set.touches_in(Topic::Rows(Kind::Song), BAND);
    Feed::new(store, limit, concerns, |reader, limit| {
        reader.songs(&SongQuery {
            scope: Some(BAND),
            limit,
            ..SongQuery::default()
        })
    })
}

async fn step(feed: &mut Feed<Song>, list: &mut Vec<Song>) -> Vec<ListDiff<Song>> {
    let steps = tokio::time::timeout(Duration::from_secs(10), feed.next())
        .await
        .unwrap()
        .unwrap()
        .unwrap();
    apply(list, &steps);
    steps
}

fn titles(list: &[Song]) -> Vec<&str> {
    list.iter().map(|song| song.title.as_str()).collect()
}

#[tokio::test]
async fn the_first_delivery_is_the_window_and_then_come_differences() {
    let dir = TempDir::new().unwrap();
    let store = open(&dir);
    add(&store, "B").await;
    let mut feed = list(&store, 10);
    let mut shown = Vec::new();
    let first = step(&mut feed, &mut shown).await;
    assert!(matches!(first[..], [ListDiff::Reset(_)]));
    add(&store, "A").await;
    let second = step(&mut feed, &mut shown).await;
    assert!(matches!(second[..], [ListDiff::Insert { index: 0, .. }]));
    assert_eq!(titles(&shown), ["A", "B"]);
}

#[tokio::test]
async fn a_window_grows_and_items_beyond_it_are_not_delivered() {
    let dir = TempDir::new().unwrap();
    let store = open(&dir);
    for title in ["A", "B", "C"] {
        add(&store, title).await;
    }
    let mut feed = list(&store, 2);
    let mut shown = Vec::new();
    step(&mut feed, &mut shown).await;
    assert_eq!(titles(&shown), ["A", "B"]);
    feed.window().set(5);
    step(&mut feed, &mut shown).await;
    assert_eq!(titles(&shown), ["A", "B", "C"]);
}

#[tokio::test]
async fn many_commits_between_two_deliveries_come_as_one_batch() {
    let dir = TempDir::new().unwrap();
    let store = open(&dir);
    let mut feed = list(&store, 100);
    let mut shown = Vec::new();
    step(&mut feed, &mut shown).await;
    for n in 0..20 {
        add(&store, &format!("{n:02}")).await;
    }
    step(&mut feed, &mut shown).await;
    assert_eq!(shown.len(), 20);
}

#[tokio::test]
async fn a_feed_that_missed_changes_starts_again_with_the_whole_window() {
    let dir = TempDir::new().unwrap();
    let store = open(&dir);
    let mut feed = list(&store, 1000);
    let mut shown = Vec::new();
    step(&mut feed, &mut shown).await;
    for n in 0..300 {
        add(&store, &format!("{n:03}")).await;
    }
    let steps = step(&mut feed, &mut shown).await;
    assert!(matches!(steps[..], [ListDiff::Reset(_)]));
    assert_eq!(shown.len(), 300);
}

#[tokio::test]
async fn a_closed_store_ends_its_feeds() {
    let dir = TempDir::new().unwrap();
    let store = open(&dir);
    let mut counts = outbox_counts(&store);
    assert_eq!(counts.next().await.unwrap().unwrap().unsent, 0);
    let waiting = tokio::spawn(async move { counts.next().await.is_none() });
    store.close().await;
    let ended = tokio::time::timeout(Duration::from_secs(10), waiting).await;
    assert!(ended.unwrap().unwrap());
}

#[tokio::test]
async fn a_list_that_is_said_in_a_language_is_delivered_again_in_another() {
    let dir = TempDir::new().unwrap();
    let store = open(&dir);
    add(&store, "505").await;
    let spoken = watch::Sender::new(Language::English);
    let language = spoken.subscribe();
    let concerns = |set: &ChangeSet| set.touches_in(Topic::Rows(Kind::Song), BAND);
    let feed = Feed::new(&store, 9, concerns, move |reader, limit| {
        let query = SongQuery {
            limit,
            ..SongQuery::default()
        };
        let mut songs = reader.songs(&query)?;
        let language = *language.borrow();
        for song in &mut songs {
            song.title = format!("{language:?} {}", song.title);
        }
        Ok(songs)
    });
    let mut feed = feed.again_with(spoken.subscribe());
    let mut shown = Vec::new();
    step(&mut feed, &mut shown).await;
    assert_eq!(titles(&shown), ["English 505"]);
    spoken.send_replace(Language::German);
    let steps = step(&mut feed, &mut shown).await;
    assert!(
        matches!(steps.as_slice(), [ListDiff::Update { .. }]),
        "{steps:?}"
    );
    assert_eq!(titles(&shown), ["German 505"]);
}
