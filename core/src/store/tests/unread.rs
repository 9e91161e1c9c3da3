//! Unread: by the author pair, against a recount.

use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::{Durability, Edit, Op, PullPage, Store};
use super::{BAND, Fixture, ME, SAM, fixture, id, page, rejection, scope_page, song};
use crate::model::{Kind, Rev, ScopeId, UserId};

async fn unread(store: &Store) -> u32 {
    store.read(|r| r.unread(BAND, Kind::Song)).await.unwrap()
}

async fn read(f: &Fixture, n: u128) {
    f.store
        .write(Durability::Full, move |tx| tx.mark_read(Kind::Song, id(n)))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_change_by_somebody_else_is_unread_until_looked_at_and_what_it_was_is_kept() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    assert_eq!(unread(&f.store).await, 1);
    read(&f, 1).await;
    assert_eq!(unread(&f.store).await, 0);
    for (rev, key) in [(6, "A"), (7, "B")] {
        let mut row = song(1, rev, "Wonderwall");
        row["key"] = json!(key);
        f.pull(page(rev, vec![row])).await;
    }
    let shown = f.store.read(|r| r.song(id(1))).await.unwrap().unwrap();
    assert!(shown.unread);
    let before = f
        .store
        .read(|r| r.last_seen(Kind::Song, id(1)))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(before["key"], "G", "as it was when last looked at");
    read(&f, 1).await;
    assert_eq!(
        f.store.read(|r| r.last_seen(Kind::Song, id(1))).await,
        Ok(None)
    );
}

/// Who has looked is asked of setlists and shows, of what was never unread too.
#[tokio::test]
async fn that_a_setlist_or_a_show_was_opened_is_told_though_it_is_read() {
    let f = fixture();
    let row = |n: u128| json!({"id": id(n), "name": "Harbour", "sync_rev": 5, "sync_by": ME, "sync_by_rev": 5, "sync_other_rev": 0});
    let mut all = page(5, vec![song(1, 5, "Wonderwall")]);
    let own = |n| vec![super::values(row(n))];
    let others = [("setlist", own(2)), ("show", own(3)), ("practice", own(4))];
    let others = others.map(|(kind, rows)| (kind.to_owned(), rows));
    all.scopes[0].rows.extend(others);
    f.pull(all).await;
    read(&f, 1).await;
    for (kind, n, told) in [
        (Kind::Song, 1, false),
        (Kind::Setlist, 2, true),
        (Kind::Setlist, 2, false),
        (Kind::Show, 3, true),
        (Kind::Practice, 4, false),
    ] {
        let open = f.store.write(Durability::Full, move |tx| {
            assert!(!tx.is_unread(kind, id(n))?);
            tx.mark_read(kind, id(n))
        });
        assert_eq!(open.await, Ok(told), "{kind:?}");
    }
    let sent = f
        .store
        .write(Durability::Full, |tx| tx.take_batch(ME.into(), 10, 10_000));
    let sent = sent.await.unwrap().unwrap().mutations;
    let seen: Vec<_> = sent.iter().map(|m| (&m.id, &m.set["seen"])).collect();
    let yes = json!(true);
    assert_eq!(seen, [(&id(1), &yes), (&id(2), &yes), (&id(3), &yes)]);
}

#[tokio::test]
async fn all_of_a_kind_is_read_at_once_and_marks_go_to_the_server_once() {
    let f = fixture()
        .synced(5, vec![song(1, 4, "One"), song(2, 5, "Two")])
        .await;
    read(&f, 1).await;
    read(&f, 1).await;
    f.store
        .write(Durability::Full, |tx| tx.mark_kind_read(BAND, Kind::Song))
        .await
        .unwrap();
    assert_eq!(unread(&f.store).await, 0);
    let batch = f
        .store
        .write(Durability::Full, |tx| {
            tx.take_batch(ScopeId::from(ME), 10, 10_000)
        })
        .await
        .unwrap()
        .unwrap();
    let sent: Vec<Value> = batch
        .mutations
        .iter()
        .map(|m| json!([m.op, m.id, m.set]))
        .collect();
    assert_eq!(
        sent,
        [
            json!(["mark", id(1), {"scope_id": BAND, "row_kind": "song", "rev": 4, "seen": true}]),
            json!(["mark", id(0), {"scope_id": BAND, "row_kind": "song", "rev": 5, "seen": false}]),
        ]
    );
}

/// The rows of a first sync are shown before it is complete.
#[tokio::test]
async fn what_is_read_before_the_first_sync_is_complete_keeps_no_read_up_to_from_its_end() {
    let f = fixture();
    let mut early = page(5, vec![song(1, 3, "One")]);
    early.scopes[0].has_more = true;
    f.store.stage(early).await.unwrap();
    assert_eq!(unread(&f.store).await, 1);
    f.store
        .write(Durability::Full, |tx| tx.mark_all_read())
        .await
        .unwrap();
    let last = page(5, vec![song(2, 5, "Two")]);
    let begun = f
        .store
        .commit_pages(last, |tx, _| tx.begin_read_up_to(BAND, Kind::Song));
    assert_eq!(begun.await, Ok(true));
    assert_eq!(unread(&f.store).await, 0);
}

#[tokio::test]
async fn a_row_that_is_read_with_an_unsent_move_gets_no_mark_above_the_head_of_where_it_goes() {
    let other = ScopeId(Uuid::from_u128(0xbee));
    let f = fixture().synced(9, vec![song(1, 9, "One")]).await;
    let there = PullPage {
        scopes: vec![scope_page(other, 2, vec![])],
        gone: vec![],
    };
    f.pull(there).await;
    let set = json!({"context_type": "band", "context_id": other});
    let set = set.as_object().unwrap().clone();
    let moved = Edit::update(Kind::Song, id(1), set);
    assert_eq!(f.store.edit(moved).await, Ok(true));
    let mark = f
        .store
        .read(move |r| r.read_up_to(other, Kind::Song, id(1)));
    assert_eq!(mark.await, Ok(Rev(2)));
}

#[tokio::test]
async fn a_refused_mark_goes_and_nobody_is_told() {
    let f = fixture().synced(5, vec![song(1, 4, "One")]).await;
    read(&f, 1).await;
    let mine = ScopeId::from(ME);
    let batch = f
        .store
        .write(Durability::Full, move |tx| tx.take_batch(mine, 10, 10_000))
        .await
        .unwrap()
        .unwrap();
    let n = batch.mutations[0].n;
    let rejected = f
        .store
        .write(Durability::Full, move |tx| tx.reject(n, rejection("42501")))
        .await;
    assert_eq!(rejected, Ok(None));
    let waiting = f.store.read(|r| r.scopes_to_push()).await.unwrap();
    assert!(waiting.is_empty(), "{waiting:?}");
}

#[tokio::test]
async fn marks_of_my_other_device_count_and_never_lower_mine() {
    let f = fixture().synced(5, vec![song(1, 5, "One")]).await;
    for (rev, left) in [(3, 1), (5, 0), (2, 0)] {
        let mark = json!({"id": id(77), "mark_scope": BAND, "row_kind": "song", "row_id": id(1), "rev": rev,
                          "seen_rev": rev, "sync_rev": rev, "sync_by": ME, "sync_by_rev": rev, "sync_other_rev": 0});
        let mut mine = scope_page(ME.into(), rev, vec![]);
        mine.head = Rev(9);
        mine.rows = [("read_mark".to_owned(), vec![super::values(mark)])].into();
        f.pull(PullPage {
            scopes: vec![mine],
            gone: vec![],
        })
        .await;
        assert_eq!(unread(&f.store).await, left, "after a mark at {rev}");
    }
}

#[tokio::test]
async fn a_first_device_begins_with_a_read_up_to_that_gives_way_to_any_other() {
    let f = fixture().synced(5, vec![song(1, 5, "One")]).await;
    let begun = f
        .store
        .write(Durability::Full, |tx| {
            Ok([
                tx.begin_read_up_to(BAND, Kind::Song)?,
                tx.begin_read_up_to(BAND, Kind::Song)?,
            ])
        })
        .await;
    assert_eq!(begun, Ok([true, false]));
    assert_eq!(unread(&f.store).await, 0);
    let sent = f
        .store
        .read(|r| r.entries_of(Kind::ReadMark, id(0)))
        .await
        .unwrap();
    assert_eq!(sent[0].set["if_absent"], true);
}

#[tokio::test]
async fn after_a_new_epoch_old_marks_do_not_hide_what_comes() {
    let f = fixture().synced(90, vec![song(1, 90, "One")]).await;
    read(&f, 1).await;
    let mut reset = page(3, vec![song(1, 3, "One")]);
    reset.scopes[0].reset = true;
    reset.scopes[0].epoch = Uuid::from_u128(2);
    f.pull(reset).await;
    assert_eq!(unread(&f.store).await, 0);
    let mut row = song(1, 4, "One, changed");
    row["sync_by"] = json!(SAM);
    let mut next = page(4, vec![row]);
    next.scopes[0].epoch = Uuid::from_u128(2);
    f.pull(next).await;
    assert_eq!(unread(&f.store).await, 1);
}

/// What happens to three songs.
#[derive(Debug, Clone)]
enum Event {
    Write { song: usize, by_me: bool },
    Look { song: usize },
    LookAtAll,
    Edit { song: usize },
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        4 => (0..3_usize, any::<bool>()).prop_map(|(song, by_me)| Event::Write { song, by_me }),
        2 => (0..3_usize).prop_map(|song| Event::Look { song }),
        1 => Just(Event::LookAtAll),
        1 => (0..3_usize).prop_map(|song| Event::Edit { song }),
    ];
    prop::collection::vec(event, 1..25)
}

/// The server's stamps of one row, and the recount: every revision with its author, and how far I looked.
#[derive(Debug, Clone, Default)]
struct Model {
    history: Vec<(i64, bool)>,
    by_me: bool,
    by_rev: i64,
    other: i64,
    looked: i64,
}

impl Model {
    fn write(&mut self, rev: i64, by_me: bool) {
        if !self.history.is_empty() && self.by_me != by_me {
            self.other = self.by_rev;
        }
        self.by_me = by_me;
        self.by_rev = rev;
        self.history.push((rev, by_me));
    }

    fn row(&self, n: u128, rev: i64) -> Value {
        let by: UserId = if self.by_me { ME } else { SAM };
        let mut row = song(n, rev, "x");
        row["sync_by"] = json!(by);
        row["sync_by_rev"] = json!(self.by_rev);
        row["sync_other_rev"] = json!(self.other);
        row
    }

    fn unread(&self) -> bool {
        self.history
            .iter()
            .any(|(rev, by_me)| !by_me && *rev > self.looked)
    }
}

async fn plays_out(events: Vec<Event>) {
    let mut models = vec![Model::default(); 3];
    for model in &mut models {
        model.write(1, false);
    }
    let rows = models.iter().zip(1..).map(|(m, n)| m.row(n, 1)).collect();
    let f = fixture().synced(1, rows).await;
    for (event, rev) in events.into_iter().zip(2..) {
        happen(&f, &mut models, event, rev).await;
        let expected = models.iter().filter(|model| model.unread()).count();
        assert_eq!(unread(&f.store).await as usize, expected);
    }
}

async fn happen(f: &Fixture, models: &mut [Model], event: Event, rev: i64) {
    let number = |song: usize| 1 + song as u128;
    match event {
        Event::Write { song, by_me } => {
            models[song].write(rev, by_me);
            let row = models[song].row(number(song), rev);
            f.pull(page(rev, vec![row])).await;
        }
        Event::Look { song } => {
            models[song].looked = rev;
            read(f, number(song)).await;
        }
        Event::LookAtAll => {
            for model in models {
                model.looked = rev;
            }
            let all = f.store.write(Durability::Normal, |tx| tx.mark_all_read());
            all.await.unwrap();
        }
        Event::Edit { song } => {
            models[song].looked = rev;
            let set = json!({"tempo": rev + 1000});
            f.edit(id(number(song)), Op::Update, set).await;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn the_count_is_what_a_recount_of_the_whole_history_gives(events in events()) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(plays_out(events));
    }
}
