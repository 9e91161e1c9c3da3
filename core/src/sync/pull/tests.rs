use std::sync::{Mutex, OnceLock};
use std::time::Duration;

use serde_json::Value;
use serde_json::value::RawValue;
use tempfile::TempDir;
use tokio::sync::watch;
use uuid::Uuid;

use super::*;
use crate::model::{Kind, RowId, UserId, Values};
use crate::platform::Platform;
use crate::store::{Edit, EntryState, StoreConfig, UnreadableRow};
use crate::sync::{Activity, NoObserver, SyncHandle};
use crate::time::SystemClock;

const GOOD: ScopeId = ScopeId(Uuid::from_u128(1));
const BAD: ScopeId = ScopeId(Uuid::from_u128(2));
const ME: UserId = UserId(Uuid::from_u128(9));
const OWN: ScopeId = ScopeId(Uuid::from_u128(9));

type Answer = Box<dyn Fn(&Value) -> String + Send + Sync>;

/// A server that answers whatever a test wants.
struct Fake {
    answer: Mutex<Answer>,
    asked: Mutex<Vec<Value>>,
    called: tokio::sync::Notify,
}

impl Fake {
    fn new(answer: impl Fn(&Value) -> String + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self {
            answer: Mutex::new(Box::new(answer)),
            asked: Mutex::default(),
            called: tokio::sync::Notify::new(),
        })
    }

    fn now(&self, answer: impl Fn(&Value) -> String + Send + Sync + 'static) {
        *self.answer.lock().unwrap() = Box::new(answer);
    }

    /// The scopes of each call since the last time.
    fn asked(&self) -> Vec<usize> {
        let calls = std::mem::take(&mut *self.asked.lock().unwrap());
        let scopes = calls
            .iter()
            .map(|call| call["scopes"].as_array().unwrap().len());
        scopes.collect()
    }
}

impl Remote for Fake {
    async fn call(&self, function: &'static str, arguments: Value) -> Result<Box<RawValue>> {
        if function != "sync_pull" {
            return Err(Error::Offline); // Read marks of a first sync stay here.
        }
        let request = &arguments["request"];
        self.asked.lock().unwrap().push(request.clone());
        self.called.notify_one();
        let text = self.answer.lock().unwrap()(request);
        RawValue::from_string(text).map_err(|_| protocol("no JSON"))
    }
}

fn song(n: u128, rev: i64) -> String {
    let id = Uuid::from_u128(n);
    format!(r#"{{"id":"{id}","title":"Song {n}","sync_rev":{rev}}}"#)
}

/// One scope of an answer, read to its head.
fn page(id: ScopeId, head: i64, songs: &[String]) -> String {
    let (songs, epoch) = (songs.join(","), Uuid::from_u128(5));
    format!(
        r#"{{"id":"{id}","type":"band","epoch":"{epoch}","head":{head},"cursor":{{"rev":{head}}},"has_more":false,"rows":{{"song":[{songs}]}}}}"#
    )
}

fn answer(pages: &[String]) -> String {
    format!(r#"{{"user_id":"{ME}","scopes":[{}]}}"#, pages.join(","))
}

/// Each scope that is asked for, by `one`.
fn each(request: &Value, one: impl Fn(ScopeId) -> String) -> String {
    let scopes = request["scopes"].as_array().unwrap().iter();
    let pages: Vec<String> = scopes
        .map(|scope| one(scope["id"].as_str().unwrap().parse().unwrap()))
        .collect();
    answer(&pages)
}

/// The bad scope says nothing that can be read; the good one has a song more for each revision.
fn one_bad(head: i64) -> impl Fn(&Value) -> String + Send + Sync {
    move |request| {
        each(request, |id| match id {
            GOOD => page(
                GOOD,
                head,
                &[song(100 + u128::from(head.unsigned_abs()), head)],
            ),
            BAD => format!(r#"{{"id":"{BAD}","head":1e400}}"#),
            own => page(own, head, &[]),
        })
    }
}

fn store(dir: &TempDir) -> Store {
    let config = StoreConfig {
        dir: dir.path().to_owned(),
        user: ME,
        clock: Arc::new(SystemClock::new()),
    };
    Store::open(&config).unwrap()
}

async fn once(store: &Store, server: &Arc<Fake>, apart: &mut Apart, all: bool) -> Result<Pulled> {
    let observer: Arc<dyn SyncObserver> = Arc::new(NoObserver);
    let mine = BTreeSet::from([GOOD, BAD, OWN]);
    pull(store, server, &mine, &observer, (apart, all), |_, _| {}).await
}

async fn titles(store: &Store) -> Vec<String> {
    let query = crate::store::SongQuery {
        limit: 100,
        ..Default::default()
    };
    let songs = store
        .read(move |reader| reader.songs(&query))
        .await
        .unwrap();
    songs.into_iter().map(|song| song.title).collect()
}

#[tokio::test]
async fn a_scope_that_cannot_be_read_stays_apart_and_the_others_go_on() {
    let dir = TempDir::new().unwrap();
    let (store, mut apart) = (store(&dir), Apart::new());
    let server = Fake::new(one_bad(1));
    let pulled = once(&store, &server, &mut apart, false).await.unwrap();
    assert_eq!(
        pulled.committed.moved,
        [(GOOD, None, Rev(1)), (OWN, None, Rev(1))]
    );
    assert_eq!(apart.keys().collect::<Vec<_>>(), [&BAD]);
    assert_eq!(server.asked(), [3, 1, 1, 1]);
    server.now(one_bad(2));
    once(&store, &server, &mut apart, false).await.unwrap();
    assert_eq!(
        server.asked(),
        [2],
        "the bad one is not asked for with every hint"
    );
    assert_eq!(titles(&store).await, ["Song 101", "Song 102"]);
    server.now(|request| each(request, |id| page(id, 3, &[song(u128::from(id == BAD), 3)])));
    once(&store, &server, &mut apart, true).await.unwrap();
    assert_eq!((server.asked(), apart.len()), (vec![2, 1], 0));
    once(&store, &server, &mut apart, false).await.unwrap();
    assert_eq!(server.asked(), [3], "together again");
    assert!(titles(&store).await.contains(&"Song 1".to_owned()));
}

#[tokio::test]
async fn when_nothing_can_be_read_no_scope_is_blamed() {
    let dir = TempDir::new().unwrap();
    let (store, mut apart) = (store(&dir), Apart::new());
    for text in ["<html>", "{}", "[1e400]"] {
        let server = Fake::new(move |_| text.to_owned());
        let pulled = once(&store, &server, &mut apart, true).await;
        assert!(matches!(pulled, Err(Error::Protocol { .. })), "{text}");
        assert!(apart.is_empty());
    }
}

#[tokio::test]
async fn a_head_below_the_cursor_is_a_reading_from_the_beginning() {
    let dir = TempDir::new().unwrap();
    let (store, mut apart) = (store(&dir), Apart::new());
    let server = Fake::new(|request| each(request, |id| page(id, 42, &[song(id.0.as_u128(), 42)])));
    once(&store, &server, &mut apart, false).await.unwrap();
    assert_eq!(titles(&store).await, ["Song 1", "Song 2", "Song 9"]);
    // The same epoch, and nothing says that it is a reset.
    server.now(|request| each(request, |id| page(id, 10, &[song(id.0.as_u128() + 2, 10)])));
    server.asked();
    let pulled = once(&store, &server, &mut apart, false).await.unwrap();
    assert_eq!(
        pulled.committed.moved,
        [GOOD, BAD, OWN].map(|id| (id, None, Rev(10)))
    );
    assert_eq!(
        titles(&store).await,
        ["Song 11", "Song 3", "Song 4"],
        "what it does not bring is gone"
    );
    let calls = server.asked.lock().unwrap().clone();
    assert_eq!(calls[1]["scopes"][0]["cursor"], Value::Null);
}

#[tokio::test]
async fn a_server_that_starts_over_or_never_ends_is_left() {
    let dir = TempDir::new().unwrap();
    let (store, mut apart) = (store(&dir), Apart::new());
    let more = |text: String| text.replace(r#""has_more":false"#, r#""has_more":true"#);
    let over = move |request: &Value| {
        let text = each(request, |id| {
            page(id, 10, &[]).replace(r#""cursor""#, r#""reset":true,"cursor""#)
        });
        more(text)
    };
    let outcome = once(&store, &Fake::new(over), &mut apart, true).await;
    assert_eq!(outcome, Err(protocol("a scope that starts over and over")));
    let other = TempDir::new().unwrap();
    let (store, mut apart) = (self::store(&other), Apart::new());
    let calls = Mutex::new(0);
    let endless = move |request: &Value| {
        let mut calls = calls.lock().unwrap();
        *calls += 1;
        let padding = "x".repeat(MAX_BYTES / 8);
        let rest = format!(r#""cursor":{{"rev":{calls}}},"padding":"{padding}""#);
        more(each(request, |id| {
            page(id, 1_000_000, &[]).replace(r#""cursor":{"rev":1000000}"#, &rest)
        }))
    };
    let outcome = once(&store, &Fake::new(endless), &mut apart, true).await;
    assert_eq!(outcome, Err(protocol("more bytes than a pull brings")));
}

/// The same server, whose list of scopes can be read.
fn with_list(server: Arc<Fake>) -> Arc<Fake> {
    Fake::new(move |request: &Value| {
        if request["scopes"].as_array().unwrap().is_empty() {
            answer(&[page(GOOD, 1, &[]), page(BAD, 1, &[])])
        } else {
            server.answer.lock().unwrap()(request)
        }
    })
}

/// What the engine's status says of a server whose list of scopes can be read.
async fn never_at_rest(server: Arc<Fake>, apart: &[ScopeId]) {
    let dir = TempDir::new().unwrap();
    let store = store(&dir);
    let server = with_list(server);
    let clock = Arc::new(SystemClock::new());
    let observer = Arc::new(NoObserver);
    let platform = watch::Sender::new(Platform::default());
    let sync = SyncHandle::start(
        store,
        Arc::clone(&server),
        observer,
        clock,
        7,
        platform.subscribe(),
        Arc::default(),
    );
    sync.set_session(true);
    let once = sync.sync_once(Duration::from_mins(5)).await.unwrap();
    assert!(!once.complete && once.error.is_some(), "{once:?}");
    platform.send_modify(|now| now.foreground.set(true));
    let mut status = sync.status();
    let settled = |status: &crate::sync::SyncStatus| status.activity == Activity::Retrying;
    let seen = status.wait_for(settled).await.unwrap().clone();
    assert!(
        matches!(seen.error, Some(Error::Protocol { .. })),
        "{seen:?}"
    );
    assert_eq!((seen.synced_at, seen.apart.as_slice()), (None, apart));
    for _ in 0..10 {
        sync.recheck();
        server.called.notified().await;
        let now = status.borrow_and_update().clone();
        assert!(
            now.activity != Activity::Idle && now.error.is_some(),
            "{now:?}"
        );
    }
    sync.shutdown().await;
}

#[tokio::test]
async fn the_status_never_rests_as_if_all_were_well_while_something_cannot_be_read() {
    never_at_rest(Fake::new(one_bad(1)), &[BAD]).await;
    never_at_rest(Fake::new(|_| "no JSON".to_owned()), &[]).await;
}

/// Two songs of each scope, and two more when it is asked for what follows.
fn two_pages(request: &Value) -> String {
    let mut scopes = request["scopes"].as_array().unwrap().iter();
    let follows = scopes.any(|scope| !scope["cursor"].is_null());
    each(request, |id| {
        let from = id.0.as_u128() * 100 + if follows { 50 } else { 0 };
        let last = page(id, 1, &[song(from, 1), song(from + 1, 1)]);
        if follows {
            return last;
        }
        let more = r#""cursor":{"rev":1,"ord":2,"id":"00000000-0000-0000-0000-000000000007"},"has_more":true"#;
        last.replace(r#""cursor":{"rev":1},"has_more":false"#, more)
    })
}

#[tokio::test]
async fn a_first_sync_says_how_many_rows_have_come_and_a_later_one_says_nothing() {
    let dir = TempDir::new().unwrap();
    let store = store(&dir);
    let sync: Arc<OnceLock<SyncHandle>> = Arc::default();
    let (asked, told) = (Arc::clone(&sync), Arc::new(Mutex::new(Vec::new())));
    let seen = Arc::clone(&told);
    let pages = Fake::new(move |request: &Value| {
        let rows = asked.get().and_then(|sync| sync.status().borrow().rows);
        seen.lock().unwrap().push(rows);
        two_pages(request)
    });
    let platform = watch::Sender::new(Platform::default());
    let handle = SyncHandle::start(
        store.clone(),
        with_list(pages),
        Arc::new(NoObserver),
        Arc::new(SystemClock::new()),
        7,
        platform.subscribe(),
        Arc::default(),
    );
    assert!(sync.set(handle).is_ok());
    let sync = sync.get().unwrap();
    sync.set_session(true);
    for _ in 0..2 {
        // Read marks find no server: it does not become complete.
        sync.sync_once(Duration::from_mins(5)).await.unwrap();
        assert_eq!(sync.status().borrow().rows, None);
    }
    let told = std::mem::take(&mut *told.lock().unwrap());
    assert_eq!(told[..2], [Some(0), Some(4)]);
    assert!(told[2..].iter().all(Option::is_none), "{told:?}");
    sync.shutdown().await;
    store.close().await;
}

const LOST: u128 = 77;
const CUT: u128 = 78;

/// Two rows of the bad scope cannot be read, one of them in part.
fn two_bad_rows(request: &Value) -> String {
    each(request, |id| {
        let (lost, cut) = (Uuid::from_u128(LOST), Uuid::from_u128(CUT));
        let lost = format!(r#"{{"id":"{lost}","sync_rev":"x"}}"#);
        let cut = format!(r#"{{"id":"{cut}","title":"Cut","tempo":1e400,"sync_rev":6}}"#);
        let songs = [song(1, 5), lost, cut, song(2, 9)];
        page(id, 9, if id == BAD { &songs } else { &[] })
    })
}

fn named(id: u128, columns: &[&str]) -> UnreadableRow {
    UnreadableRow {
        scope: BAD,
        kind: Kind::Song,
        id: RowId(Uuid::from_u128(id)),
        columns: columns.iter().map(|name| (*name).to_owned()).collect(),
    }
}

async fn unreadable(store: &Store) -> Vec<UnreadableRow> {
    store.read(|reader| reader.unreadable(9)).await.unwrap()
}

/// What is committed of the bad scope, and from where on it is asked for.
async fn places(store: &Store) -> (Rev, Rev) {
    let scope = store.read(|reader| reader.scope(BAD)).await.unwrap();
    let scope = scope.unwrap();
    (scope.rev, scope.cursor.unwrap().rev)
}

async fn opened_by(store: &Store, version: &'static str) {
    let ask = move |tx: &mut WriteTx<'_>| tx.ask_again(version);
    store.write(Durability::Normal, ask).await.unwrap();
}

#[tokio::test]
async fn rows_that_cannot_be_read_are_named_and_the_cursor_goes_on() {
    let dir = TempDir::new().unwrap();
    let (store, mut apart) = (store(&dir), Apart::new());
    let server = Fake::new(two_bad_rows);
    once(&store, &server, &mut apart, false).await.unwrap();
    assert!(apart.is_empty(), "only rows are lost");
    assert_eq!(titles(&store).await, ["Cut", "Song 1", "Song 2"]);
    assert_eq!(
        unreadable(&store).await,
        [named(LOST, &[]), named(CUT, &["tempo"])]
    );
    assert_eq!(places(&store).await, (Rev(9), Rev(9)));
    // Deleted, or there again: nothing is left to be named.
    server.now(|request| {
        each(request, |id| {
            let removed = format!(
                r#""has_more":false,"tombstones":[{{"kind":"song","id":"{}","rev":10}}]"#,
                Uuid::from_u128(LOST)
            );
            let songs = [song(CUT, 11)];
            page(id, 11, if id == BAD { &songs } else { &[] })
                .replace(r#""has_more":false"#, &removed)
        })
    });
    once(&store, &server, &mut apart, false).await.unwrap();
    assert_eq!(unreadable(&store).await, []);
}

#[tokio::test]
async fn rows_that_could_not_be_read_are_asked_for_again_by_another_version() {
    let dir = TempDir::new().unwrap();
    let (store, mut apart) = (store(&dir), Apart::new());
    let server = Fake::new(two_bad_rows);
    once(&store, &server, &mut apart, false).await.unwrap();
    opened_by(&store, crate::VERSION).await;
    assert_eq!(
        places(&store).await,
        (Rev(9), Rev(9)),
        "not by the same version"
    );
    opened_by(&store, "9.9.9").await;
    assert_eq!(
        places(&store).await,
        (Rev(9), Rev(0)),
        "what is shown stays"
    );
    server.now(|request| {
        assert_eq!(
            request["scopes"][1]["cursor"]["rev"], 0,
            "deletions are wanted too"
        );
        let songs = [song(LOST, 5), song(CUT, 6), song(2, 9)];
        each(request, |id| {
            page(id, 9, if id == BAD { &songs } else { &[] })
        })
    });
    let pulled = once(&store, &server, &mut apart, false).await.unwrap();
    assert_eq!(pulled.committed.moved, [], "nothing of it is news");
    assert_eq!(unreadable(&store).await, []);
    assert_eq!(
        titles(&store).await,
        ["Song 1", "Song 2", "Song 77", "Song 78"]
    );
    assert_eq!(places(&store).await, (Rev(9), Rev(9)));
}

#[tokio::test]
async fn a_stored_result_settles_no_other_edit_that_has_its_number() {
    let dir = TempDir::new().unwrap();
    let (store, mut apart) = (store(&dir), Apart::new());
    let mine = RowId(Uuid::from_u128(1));
    let title = Values::from_iter([("title".to_owned(), "Mine".into())]);
    let edit = Edit::create(GOOD, Kind::Song, mine, title);
    store.edit(edit).await.unwrap();
    let take = |tx: &mut WriteTx<'_>| tx.take_batch(GOOD, 1, 10_000);
    let sent = store.write(Durability::Full, take).await.unwrap().unwrap();
    let tag = sent.mutations[0].tag.clone();
    for (tag, waits) in [("0123456789abcdef".to_owned(), true), (tag, false)] {
        let server = Fake::new(move |request| {
            let all = each(request, |id| page(id, 2, &[]));
            let result = format!(r#"{{"n":1,"tag":"{tag}","verdict":"applied","rev":2}}"#);
            format!(
                r#"{},"results":[{result}]}}"#,
                all.strip_suffix('}').unwrap()
            )
        });
        once(&store, &server, &mut apart, false).await.unwrap();
        let entries = store.read(move |reader| reader.entries_of(Kind::Song, mine));
        let entries = entries.await.unwrap();
        assert_eq!(
            entries.iter().any(|one| one.state == EntryState::Sent),
            waits
        );
    }
}
