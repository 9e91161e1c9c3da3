use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use super::version::{MAX_ITEMS, MAX_NOTES};
use super::*;
use crate::model::{Kind, Rev, ScopeId, ScopeType, UserId, Values};
use crate::notices::ListItem;
use crate::store::{
    Cursor, Durability, Edit, LogEntry, PullPage, ScopePage, Store, StoreConfig, Tombstone,
};
use crate::time::{ManualClock, Timestamp};

const ME: u128 = 0xa;
const ERIC: u128 = 0xe;
const NOEL: u128 = 0x9;
const BAND: ScopeId = ScopeId(Uuid::from_u128(0xbad));
const LIST: RowId = RowId(Uuid::from_u128(0x11));

struct TestPhone {
    dir: TempDir,
    store: Store,
}

fn open(dir: &TempDir) -> Store {
    let config = StoreConfig {
        dir: dir.path().to_owned(),
        user: UserId(Uuid::from_u128(ME)),
        clock: Arc::new(ManualClock::new(Timestamp(1_000))),
    };
    Store::open(&config).unwrap()
}

fn values(row: Value) -> Values {
    serde_json::from_value(row).unwrap()
}

fn stamped(mut row: Value, rev: i64, by: u128) -> Values {
    row["sync_rev"] = json!(rev);
    row["sync_by"] = json!(Uuid::from_u128(by));
    row["sync_by_rev"] = json!(rev);
    row["sync_other_rev"] = json!(rev);
    values(row)
}

fn member(id: u128, name: &str) -> Values {
    let user = Uuid::from_u128(id);
    let row = json!({"id": user, "user_id": user, "band_id": BAND, "role": "member", "status": "active", "member_name": name});
    stamped(row, 1, id)
}

fn song(n: u128, rest: Value, rev: i64, by: u128) -> (Kind, Values) {
    let mut row = json!({"id": Uuid::from_u128(n), "title": format!("Song {n}"), "duration": 100});
    let rest = values(rest);
    row.as_object_mut().unwrap().extend(rest);
    (Kind::Song, stamped(row, rev, by))
}

fn item(id: &str, song: u128) -> Value {
    json!({"id": id, "type": "song", "songId": Uuid::from_u128(song)})
}

fn heading(title: &str) -> Value {
    json!({"id": title, "type": "section", "sectionTitle": title})
}

fn list(items: &[Value], rev: i64, by: u128) -> (Kind, Values) {
    let row = json!({"id": LIST.0, "name": "Harbour", "items": items});
    (Kind::Setlist, stamped(row, rev, by))
}

fn line(rev: i64, (kind, id): (Kind, RowId), op: &str, by: u128, column: &str) -> LogEntry {
    LogEntry(
        Rev(rev),
        kind.as_str().to_owned(),
        id,
        op.to_owned(),
        Some(Uuid::from_u128(by)),
        vec![column.to_owned()],
        Values::new(),
        None,
    )
}

fn items_line(rev: i64, by: u128) -> LogEntry {
    line(rev, (Kind::Setlist, LIST), "update", by, "items")
}

impl TestPhone {
    /// A phone with a band of three.
    async fn new() -> Self {
        let dir = TempDir::new().unwrap();
        let store = open(&dir);
        let phone = Self { dir, store };
        let rows = [(ME, "Sam"), (ERIC, "Eric"), (NOEL, "Noel")];
        let rows = rows.map(|(id, name)| (Kind::Membership, member(id, name)));
        phone.pull(1, rows.to_vec(), vec![]).await;
        phone
    }

    /// Heading, two songs, a break, a song; the second song has no length.
    async fn on_stage() -> (Self, Vec<Value>) {
        let phone = Self::new().await;
        let tea = json!({"id": "b", "type": "break", "breakDuration": 10, "breakNotes": "Tea"});
        let items = vec![
            heading("Set 1"),
            item("1", 1),
            item("2", 2),
            tea,
            item("3", 3),
        ];
        let rows = vec![
            song(
                1,
                json!({"key": "Em", "capo": 2, "tempo": 90, "notes": "slow", "artist": "Blur"}),
                2,
                ERIC,
            ),
            song(2, json!({"duration": null}), 2, ERIC),
            song(3, json!({}), 2, ERIC),
            song(4, json!({}), 2, ERIC),
            list(&items, 2, ERIC),
        ];
        phone.pull(2, rows, vec![]).await;
        phone.write(|tx| start(tx, LIST)).await.unwrap();
        (phone, items)
    }

    async fn pull(&self, head: i64, rows: Vec<(Kind, Values)>, log: Vec<LogEntry>) {
        self.pull_page(head, rows, log, vec![]).await;
    }

    async fn pull_page(
        &self,
        head: i64,
        rows: Vec<(Kind, Values)>,
        log: Vec<LogEntry>,
        tombstones: Vec<Tombstone>,
    ) {
        let mut by_kind: BTreeMap<String, Vec<Values>> = BTreeMap::new();
        for (kind, row) in rows {
            by_kind
                .entry(kind.as_str().to_owned())
                .or_default()
                .push(row);
        }
        let cursor = Cursor {
            rev: Rev(head),
            since: None,
            ord: None,
            id: None,
        };
        let page = ScopePage {
            id: BAND,
            scope_type: ScopeType::Band,
            epoch: Uuid::from_u128(1),
            head: Rev(head),
            reset: false,
            cursor,
            has_more: false,
            rows: by_kind.into_iter().collect(),
            tombstones,
            log,
            values: Vec::new(),
            times: Vec::new(),
            lost: Vec::new(),
        };
        self.commit(vec![page], vec![]).await;
    }

    async fn commit(&self, scopes: Vec<ScopePage>, gone: Vec<ScopeId>) {
        let page = PullPage { scopes, gone };
        self.store.commit_pages(page, |_, _| Ok(())).await.unwrap();
    }

    async fn write<T: Send + 'static>(
        &self,
        write: impl FnOnce(&mut WriteTx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.store.write(Durability::Full, write).await
    }

    async fn gig(&self) -> Gig {
        self.store.read(running).await.unwrap().unwrap()
    }

    async fn newer(&self) -> GigUpdate {
        self.gig().await.newer.unwrap()
    }

    async fn turn(&self, page: u32) {
        self.write(move |tx| turn(tx, page)).await.unwrap();
    }

    async fn take(&self) -> Gig {
        self.write(take_update).await.unwrap()
    }
}

/// Items of the pages, in order.
fn items(gig: &Gig) -> Vec<&str> {
    gig.pages.iter().map(|page| page.item.as_str()).collect()
}

/// The server gives a new song an empty artist, and forms write empty notes.
#[tokio::test]
async fn an_empty_text_is_as_good_as_none_and_nothing_newer() {
    let (phone, mut items) = TestPhone::on_stage().await;
    items[4]["notes"] = json!(" ");
    let blank = json!({"artist": "", "key": "", "notes": "\n", "capo": 0});
    let rows = vec![song(3, blank, 3, ERIC), list(&items, 3, ERIC)];
    phone.pull(3, rows, vec![]).await;
    assert_eq!(phone.gig().await.newer, None);
}

#[tokio::test]
async fn a_page_has_what_a_player_needs_and_a_heading_stands_on_the_next_page() {
    let (phone, _) = TestPhone::on_stage().await;
    let gig = phone.gig().await;
    assert_eq!((gig.name.as_str(), gig.page), ("Harbour", 0));
    assert_eq!(items(&gig), ["1", "2", "b", "3"]);
    assert_eq!(gig.pages[0].section.as_deref(), Some("Set 1"));
    assert_eq!(gig.pages[1].section, None);
    let text = |text: &str| Some(text.to_owned());
    let first = GigBody::Song {
        title: text("Song 1"),
        artist: text("Blur"),
        key: text("Em"),
        capo: Some(2),
        tempo: Some(90),
        seconds: Some(100),
        item_notes: None,
        song_notes: text("slow"),
    };
    assert_eq!(gig.pages[0].body, first);
    let tea = GigBody::Break {
        minutes: 10,
        notes: text("Tea"),
    };
    assert_eq!(gig.pages[2].body, tea);
}

#[tokio::test]
async fn two_headings_share_a_page_and_one_at_the_end_has_its_own() {
    let (phone, mut list_items) = TestPhone::on_stage().await;
    list_items.insert(1, heading("Loud"));
    list_items.push(heading("End"));
    phone
        .pull(
            3,
            vec![list(&list_items, 3, ERIC)],
            vec![items_line(3, ERIC)],
        )
        .await;
    let gig = phone.take().await;
    assert_eq!(gig.pages[0].section.as_deref(), Some("Set 1 · Loud"));
    assert_eq!(items(&gig), ["1", "2", "b", "3", "End"]);
    assert_eq!(
        gig.pages[4].body,
        GigBody::Section {
            title: "End".to_owned()
        }
    );
}

#[tokio::test]
async fn what_is_left_counts_from_the_open_page_and_pages_are_bounded() {
    let (phone, _) = TestPhone::on_stage().await;
    let gig = phone.gig().await;
    assert_eq!((gig.seconds_left, gig.untimed_left), (800, 1));
    phone.turn(2).await;
    let gig = phone.gig().await;
    assert_eq!((gig.page, gig.seconds_left, gig.untimed_left), (2, 700, 0));
    phone.turn(9).await;
    assert_eq!(phone.gig().await.page, 3);
}

#[tokio::test]
async fn a_gig_survives_a_kill_on_its_page() {
    let (phone, _) = TestPhone::on_stage().await;
    phone.turn(1).await;
    let before = phone.gig().await;
    let TestPhone { dir, store } = phone;
    store.close().await;
    let phone = TestPhone {
        store: open(&dir),
        dir,
    };
    assert_eq!(phone.gig().await, before);
    assert_eq!(before.page, 1);
}

#[tokio::test]
async fn nothing_moves_until_the_newer_version_is_taken_and_the_song_stays_open() {
    let (phone, mut list_items) = TestPhone::on_stage().await;
    phone.turn(3).await;
    let before = phone.gig().await;
    list_items.rotate_right(1);
    list_items.insert(0, item("4", 4));
    list_items.remove(3);
    let rows = vec![list(&list_items, 4, NOEL)];
    phone
        .pull(4, rows, vec![items_line(3, ERIC), items_line(4, NOEL)])
        .await;
    let now = phone.gig().await;
    let newer = now.newer.clone().unwrap();
    assert_eq!(Gig { newer: None, ..now }, before);
    assert_eq!(newer.by, ["Noel", "Eric"]);
    assert_eq!((newer.added, newer.removed), (1, 1));
    assert!(newer.is_reordered && !newer.is_deleted);
    let called = |step: &ListStep| match step {
        ListStep::Added {
            item: ListItem::Song { title },
            ..
        } => title.clone(),
        _ => None,
    };
    assert_eq!(
        newer.steps.iter().find_map(called).as_deref(),
        Some("Song 4")
    );
    let taken = phone.take().await;
    assert_eq!(items(&taken), ["4", "3", "2", "b"]);
    assert_eq!((taken.page, taken.newer.clone()), (1, None));
    assert_eq!(phone.gig().await, taken);
}

#[tokio::test]
async fn where_the_song_is_gone_the_nearest_before_it_is_open_and_new_ids_of_items_do_not_matter() {
    let (phone, _) = TestPhone::on_stage().await;
    phone.turn(2).await;
    let other = [item("x", 3), item("y", 2)];
    phone
        .pull(3, vec![list(&other, 3, ERIC)], vec![items_line(3, ERIC)])
        .await;
    let taken = phone.take().await;
    assert_eq!(taken.pages[1].item, "y");
    assert_eq!(taken.page, 1, "the break is gone; the song before it is y");
    phone
        .pull(4, vec![list(&[item("4", 4)], 4, ERIC)], vec![])
        .await;
    assert_eq!(phone.take().await.page, 0);
}

#[tokio::test]
async fn a_song_that_is_another_now_is_a_step_and_what_no_page_shows_is_none() {
    let (phone, _) = TestPhone::on_stage().await;
    let unseen = song(3, json!({"genre": "Punk"}), 3, NOEL);
    phone.pull(3, vec![unseen], vec![]).await;
    assert_eq!(phone.gig().await.newer, None);
    let louder = song(3, json!({"genre": "Punk", "key": "A"}), 4, ERIC);
    let log = line(
        4,
        (Kind::Song, RowId(Uuid::from_u128(3))),
        "update",
        ERIC,
        "key",
    );
    phone.pull(4, vec![louder], vec![log]).await;
    let newer = phone.newer().await;
    assert_eq!(newer.by, ["Eric"], "not Noel, whose change no page shows");
    let changed = ListStep::Changed {
        item: ListItem::Song {
            title: Some("Song 3".to_owned()),
        },
        at: 5,
    };
    assert_eq!(newer.steps, [changed]);
    assert_eq!((newer.added, newer.removed), (0, 0));
}

#[tokio::test]
async fn an_own_change_is_newer_too_and_mine_only_where_nobody_elses_is() {
    let (phone, list_items) = TestPhone::on_stage().await;
    let set = json!({"items": &list_items[..2]});
    phone
        .write(move |tx| tx.edit(Edit::update(Kind::Setlist, LIST, values(set))))
        .await
        .unwrap();
    let newer = phone.newer().await;
    assert_eq!((newer.by, newer.removed), (vec!["Sam".to_owned()], 3));
    let louder = song(1, json!({"key": "A"}), 3, ERIC);
    phone.pull(3, vec![louder], vec![]).await;
    assert_eq!(phone.newer().await.by, ["Eric"]);
}

#[tokio::test]
async fn a_deleted_setlist_and_a_lost_band_leave_the_gig_as_it_is() {
    let (phone, _) = TestPhone::on_stage().await;
    phone.turn(1).await;
    let before = phone.gig().await;
    let tombstone = Tombstone {
        kind: "setlist".to_owned(),
        id: LIST,
        rev: Rev(3),
        actor: Some(Uuid::from_u128(ERIC)),
        actor_name: Some("Eric".to_owned()),
        title: Some("Harbour".to_owned()),
    };
    let log = line(3, (Kind::Setlist, LIST), "delete", ERIC, "name");
    phone.pull_page(3, vec![], vec![log], vec![tombstone]).await;
    let newer = phone.newer().await;
    assert!(newer.is_deleted);
    assert_eq!(newer.by, ["Eric"]);
    let taken = phone.take().await;
    assert_eq!(
        Gig {
            newer: None,
            ..taken
        },
        before
    );
    phone.commit(vec![], vec![BAND]).await;
    let gig = phone.gig().await;
    assert!(gig.newer.as_ref().unwrap().is_deleted);
    assert_eq!(Gig { newer: None, ..gig }, before);
    phone.write(|tx| tx.forget_gig()).await.unwrap();
    assert_eq!(phone.store.read(running).await, Ok(None));
}

#[tokio::test]
async fn without_a_gig_there_is_no_page_to_turn_and_no_setlist_to_start() {
    let phone = TestPhone::new().await;
    assert_eq!(phone.store.read(running).await, Ok(None));
    assert_eq!(phone.write(|tx| turn(tx, 1)).await, Err(NONE));
    assert_eq!(phone.write(take_update).await, Err(NONE));
    let missing = phone.write(|tx| start(tx, LIST)).await;
    assert_eq!(missing, Err(Error::NotFound { what: "setlist" }));
}

#[tokio::test]
async fn a_setlist_as_large_as_a_stranger_can_make_it_is_pinned_up_to_the_bounds() {
    let phone = TestPhone::new().await;
    let many: Vec<Value> = (0..1_500)
        .map(|n: u128| item(&n.to_string(), n % 8))
        .collect();
    let notes = "ä".repeat(120_000);
    let mut rows: Vec<_> = (0..8)
        .map(|n| song(n, json!({"notes": notes}), 2, ERIC))
        .collect();
    rows.push(list(&many, 2, ERIC));
    phone.pull(2, rows, vec![]).await;
    let gig = phone.write(|tx| start(tx, LIST)).await.unwrap();
    assert_eq!(gig.pages.len(), MAX_ITEMS);
    let notes = gig.pages.iter().filter_map(|page| match &page.body {
        GigBody::Song { song_notes, .. } => song_notes.as_ref().map(String::len),
        _ => None,
    });
    assert_eq!(notes.sum::<usize>(), MAX_NOTES);
    assert_eq!(phone.gig().await.newer, None);
}
