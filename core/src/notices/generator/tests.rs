mod lists;
mod marks;
mod mine;
mod seen;

use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::model::{Kind, RowId, ScopeType, UserId, Values};
use crate::notices::text;
use crate::speech::Language;
use crate::store::{Cursor, Edit, LogEntry, Op, PullPage, ScopePage, StoreConfig, Tombstone};
use crate::time::{ManualClock, Timestamp};

const ME: u128 = 0xa;
const ERIC: u128 = 0xe;
const BAND: ScopeId = ScopeId(Uuid::from_u128(0xbad));

struct TestPhone {
    dir: TempDir,
    clock: Arc<ManualClock>,
    generator: NoticeGenerator,
    /// Of the band's revisions.
    epoch: u128,
}

impl TestPhone {
    async fn new() -> Self {
        let dir = TempDir::new().unwrap();
        let clock = Arc::new(ManualClock::new(Timestamp(1_000)));
        let mut phone = Self {
            generator: generator(&dir, &clock),
            dir,
            clock,
            epoch: 1,
        };
        phone
            .pull(1, vec![member(ME, "Sam"), member(ERIC, "Eric")], vec![])
            .await;
        phone.generator.come_back().await.unwrap();
        phone
    }

    /// The program is killed and opened again.
    fn reopened(self) -> Self {
        let Self {
            dir,
            clock,
            generator: old,
            epoch,
        } = self;
        drop(old);
        Self {
            generator: generator(&dir, &clock),
            dir,
            clock,
            epoch,
        }
    }

    async fn pull(&mut self, head: i64, rows: Vec<(Kind, Value)>, log: Vec<LogEntry>) {
        self.pull_page(head, rows, log, Vec::new()).await;
    }

    async fn pull_tombstones(&mut self, head: i64, tombstones: Vec<Tombstone>) {
        self.pull_page(head, Vec::new(), Vec::new(), tombstones)
            .await;
    }

    /// The server is as it was at an earlier revision, and counts on from there in another epoch.
    async fn set_back(&mut self, head: i64) {
        self.epoch += 1;
        let mut page = self.page(head);
        page.reset = true;
        let members = [member(ME, "Sam"), member(ERIC, "Eric")];
        let rows = members.map(|(_, row)| values(row)).to_vec();
        page.rows.insert(Kind::Membership.as_str().to_owned(), rows);
        self.commit_pages(page).await;
    }

    async fn pull_page(
        &mut self,
        head: i64,
        rows: Vec<(Kind, Value)>,
        log: Vec<LogEntry>,
        tombstones: Vec<Tombstone>,
    ) {
        let mut page = self.page(head);
        (page.log, page.tombstones) = (log, tombstones);
        for (kind, row) in rows {
            page.rows
                .entry(kind.as_str().to_owned())
                .or_default()
                .push(values(row));
        }
        self.commit_pages(page).await;
    }

    fn page(&self, head: i64) -> ScopePage {
        ScopePage {
            id: BAND,
            scope_type: ScopeType::Band,
            epoch: Uuid::from_u128(self.epoch),
            head: Rev(head),
            reset: false,
            cursor: Cursor {
                rev: Rev(head),
                since: None,
                ord: None,
                id: None,
            },
            has_more: false,
            rows: BTreeMap::new(),
            tombstones: Vec::new(),
            log: Vec::new(),
            values: Vec::new(),
            times: serde_json::from_value(json!(
                (0..=head).map(|rev| [rev, rev * 1_000]).collect::<Vec<_>>()
            ))
            .unwrap(),
            lost: Vec::new(),
        }
    }

    async fn commit_pages(&mut self, page: ScopePage) {
        let page = PullPage {
            scopes: vec![page],
            gone: Vec::new(),
        };
        self.generator
            .store
            .commit_pages(page, |_, _| Ok(()))
            .await
            .unwrap();
        self.generator.look().await.unwrap();
    }

    async fn after(&mut self, seconds: u64) -> Vec<String> {
        self.clock.advance(Duration::from_secs(seconds));
        self.generator.tell_due().await.unwrap();
        self.feed().await
    }

    async fn feed(&self) -> Vec<String> {
        let notices = self
            .generator
            .store
            .read(|reader| reader.notices_in(None, 100))
            .await
            .unwrap();
        notices
            .iter()
            .rev()
            .map(|notice| text::of(notice, Language::English))
            .collect()
    }
}

fn generator(dir: &TempDir, clock: &Arc<ManualClock>) -> NoticeGenerator {
    let user = UserId(Uuid::from_u128(ME));
    let config = StoreConfig {
        dir: dir.path().to_owned(),
        user,
        clock: clock.clone(),
    };
    NoticeGenerator::new(Store::open(&config).unwrap(), clock.clone())
}

fn values(row: Value) -> Values {
    let Value::Object(map) = row else {
        panic!("not a row")
    };
    map
}

fn member(id: u128, name: &str) -> (Kind, Value) {
    let user = Uuid::from_u128(id);
    let row = json!({"id": user, "user_id": user, "band_id": BAND, "role": "member", "status": "active",
        "member_name": name, "sync_rev": 1, "sync_by": null, "sync_by_rev": 1, "sync_other_rev": 0});
    (Kind::Membership, row)
}

fn song(id: u128, title: &str, key: &str, rev: i64, by: u128) -> (Kind, Value) {
    let row = json!({"id": Uuid::from_u128(id), "title": title, "key": key, "sync_rev": rev,
        "sync_by": Uuid::from_u128(by), "sync_by_rev": rev, "sync_other_rev": 0});
    (Kind::Song, row)
}

fn line(rev: i64, id: u128, op: &str, by: u128, columns: &[&str]) -> LogEntry {
    let columns = columns.iter().map(|c| (*c).to_owned()).collect();
    LogEntry(
        Rev(rev),
        "song".to_owned(),
        RowId(Uuid::from_u128(id)),
        op.to_owned(),
        Some(Uuid::from_u128(by)),
        columns,
        Values::new(),
        None,
    )
}

/// A change of a song's key as the log tells it.
fn key_change(rev: i64, by: u128, from: &str, to: &str) -> LogEntry {
    let mut line = line(rev, 1, "update", by, &["key"]);
    line.6 = values(json!({ "key": [from, to] }));
    line
}

#[tokio::test]
async fn a_song_added_by_another_member_is_told_once_and_mine_never() {
    let mut phone = TestPhone::new().await;
    phone
        .pull(
            2,
            vec![song(1, "Wonderwall", "F#m", 2, ERIC)],
            vec![line(2, 1, "insert", ERIC, &[])],
        )
        .await;
    phone
        .pull(
            3,
            vec![song(2, "Mine", "C", 3, ME)],
            vec![line(3, 2, "insert", ME, &[])],
        )
        .await;
    assert!(phone.feed().await.is_empty());
    assert_eq!(phone.after(2).await, ["Eric added \"Wonderwall\""]);
    let mut phone = phone.reopened();
    phone.generator.come_back().await.unwrap();
    assert_eq!(
        phone.after(10).await,
        ["Eric added \"Wonderwall\""],
        "a restart tells nothing twice"
    );
}

#[tokio::test]
async fn a_change_tells_old_and_new_value() {
    let mut phone = TestPhone::new().await;
    phone
        .pull(
            2,
            vec![song(1, "Creep", "G", 2, ME)],
            vec![line(2, 1, "insert", ME, &[])],
        )
        .await;
    phone
        .pull(
            3,
            vec![song(1, "Creep", "A", 3, ERIC)],
            vec![key_change(3, ERIC, "G", "A")],
        )
        .await;
    assert_eq!(
        phone.after(2).await,
        ["Eric changed the key of \"Creep\": G → A"]
    );
}

#[tokio::test]
async fn what_the_log_says_of_a_row_that_came_back_or_left_is_told() {
    let mut phone = TestPhone::new().await;
    let row = vec![song(1, "Wonderwall", "F#m", 2, ERIC)];
    let back = line(2, 1, "restore", ERIC, &[]);
    phone.pull(2, row, vec![back]).await;
    assert_eq!(phone.after(3).await, ["Eric restored \"Wonderwall\""]);
    let tombstone = Tombstone {
        kind: "song".to_owned(),
        id: RowId(Uuid::from_u128(1)),
        rev: Rev(3),
        actor: Some(Uuid::from_u128(ERIC)),
        actor_name: Some("Eric".to_owned()),
        title: Some("Wonderwall".to_owned()),
    };
    let left = line(3, 1, "move", ERIC, &[]);
    phone
        .pull_page(3, Vec::new(), vec![left], vec![tombstone])
        .await;
    let told = phone.after(3).await;
    assert_eq!(
        told.last().map(String::as_str),
        Some("Eric moved \"Wonderwall\" away")
    );
}

#[tokio::test]
async fn a_new_member_of_a_name_that_somebody_has_is_told_apart() {
    let mut phone = TestPhone::new().await;
    let joined = LogEntry {
        1: "membership".to_owned(),
        ..line(2, 0xf, "insert", 0xf, &[])
    };
    phone.pull(2, vec![member(0xf, "Eric")], vec![joined]).await;
    assert_eq!(phone.feed().await, ["Eric (2) joined the band"]);
}

#[tokio::test]
async fn a_kill_inside_the_window_loses_no_notice() {
    let mut phone = TestPhone::new().await;
    phone
        .pull(
            2,
            vec![song(1, "Wonderwall", "F#m", 2, ERIC)],
            vec![line(2, 1, "insert", ERIC, &[])],
        )
        .await;
    let mut phone = phone.reopened();
    assert!(phone.feed().await.is_empty());
    phone.generator.come_back().await.unwrap();
    assert_eq!(phone.feed().await, ["Eric added \"Wonderwall\""]);
}

#[tokio::test]
async fn what_was_missed_while_away_comes_as_one_digest_when_caught_up() {
    let mut phone = TestPhone::new().await;
    phone
        .generator
        .handle(Command::Away { offline: true })
        .await
        .unwrap();
    let id = RowId(Uuid::from_u128(9));
    let mine = values(json!({"title": "Offline", "context_type": "band", "context_id": BAND}));
    let edit = Edit::create(BAND, Kind::Song, id, mine);
    phone.generator.store.edit(edit).await.unwrap();
    phone.generator.look().await.unwrap();
    phone
        .pull(
            2,
            vec![song(1, "A", "C", 2, ERIC)],
            vec![line(2, 1, "insert", ERIC, &[])],
        )
        .await;
    phone
        .pull(
            3,
            vec![song(2, "B", "C", 3, ERIC)],
            vec![line(3, 2, "insert", ERIC, &[])],
        )
        .await;
    assert!(
        phone.after(20).await.is_empty(),
        "nothing is told before it has caught up"
    );
    phone.generator.come_back().await.unwrap();
    let told = [
        "Eric added 2 songs: \"B\", \"A\"",
        "Sent 1 change made offline",
    ];
    assert_eq!(phone.feed().await, told);
}

#[tokio::test]
async fn being_away_never_silences_for_ever() {
    let mut phone = TestPhone::new().await;
    phone
        .generator
        .handle(Command::Away { offline: true })
        .await
        .unwrap();
    phone
        .pull(
            2,
            vec![song(1, "A", "C", 2, ERIC)],
            vec![line(2, 1, "insert", ERIC, &[])],
        )
        .await;
    assert_eq!(phone.generator.next_wake(), Wake::In(AWAY_MAX));
    assert_eq!(phone.after(30).await, ["Eric added \"A\""]);
}

#[tokio::test]
async fn gig_mode_outlives_a_kill_and_ends_in_one_digest() {
    let mut phone = TestPhone::new().await;
    phone.generator.gig(true).await.unwrap();
    phone
        .pull(
            2,
            vec![song(1, "A", "C", 2, ERIC)],
            vec![line(2, 1, "insert", ERIC, &[])],
        )
        .await;
    assert!(phone.after(60).await.is_empty());
    let mut phone = phone.reopened();
    phone.generator.begin().await.unwrap();
    phone.generator.come_back().await.unwrap();
    assert!(phone.after(60).await.is_empty(), "still silent");
    phone.generator.gig(false).await.unwrap();
    assert_eq!(phone.feed().await, ["Eric added \"A\""]);
}

#[tokio::test]
async fn in_gig_mode_neither_sent_edits_nor_members_are_told_until_it_ends() {
    let mut phone = TestPhone::new().await;
    let away = Command::Away { offline: true };
    phone.generator.handle(away).await.unwrap();
    let mine = values(json!({"title": "Mine", "context_type": "band", "context_id": BAND}));
    let edit = Edit::create(BAND, Kind::Song, RowId(Uuid::from_u128(9)), mine);
    phone.generator.store.edit(edit).await.unwrap();
    phone.generator.look().await.unwrap();
    phone.generator.gig(true).await.unwrap();
    let joined = LogEntry {
        1: "membership".to_owned(),
        ..line(2, 0xf, "insert", 0xf, &[])
    };
    phone.pull(2, vec![member(0xf, "Toni")], vec![joined]).await;
    phone.generator.come_back().await.unwrap();
    let mut phone = phone.reopened();
    phone.generator.begin().await.unwrap();
    assert!(phone.after(60).await.is_empty(), "silent, after a kill too");
    let unseen = phone.generator.store.read(|r| r.unseen_notices(None)).await;
    assert_eq!(unseen, Ok(0));
    phone.generator.gig(true).await.unwrap();
    assert!(
        phone.feed().await.is_empty(),
        "another gig goes on in silence"
    );
    phone.generator.gig(false).await.unwrap();
    let told = ["Toni joined the band", "Sent 1 change made offline"];
    assert_eq!(phone.feed().await, told);
}

#[tokio::test]
async fn an_import_of_thousands_in_one_revision_is_one_notice_that_counts_right() {
    let mut phone = TestPhone::new().await;
    let rows = (0..1_200).map(|n| song(n, "s", "C", 2, ERIC)).collect();
    let log = (0..1_200)
        .map(|n| line(2, n, "insert", ERIC, &[]))
        .collect();
    phone.pull(2, rows, log).await;
    assert_eq!(
        phone.after(5).await,
        ["Eric added 1200 songs: \"s\", \"s\", \"s\" and 1197 more"]
    );
}

#[tokio::test]
async fn a_change_of_a_row_with_own_unsent_edits_tells_old_and_new_value_of_the_server() {
    let mut phone = TestPhone::new().await;
    let creep = |key: &str, tempo: i64, rev: i64, by: u128| {
        let (kind, mut row) = song(1, "Creep", key, rev, by);
        row["tempo"] = json!(tempo);
        (kind, row)
    };
    phone
        .pull(
            2,
            vec![creep("G", 90, 2, ME)],
            vec![line(2, 1, "insert", ME, &[])],
        )
        .await;
    let id = RowId(Uuid::from_u128(1));
    let mine = values(json!({"key": "B", "tempo": 120}));
    let mine = Edit::update(Kind::Song, id, mine);
    phone.generator.store.edit(mine).await.unwrap();
    phone
        .pull(
            3,
            vec![creep("A", 90, 3, ERIC)],
            vec![key_change(3, ERIC, "G", "A")],
        )
        .await;
    assert_eq!(
        phone.after(2).await,
        ["Eric changed the key of \"Creep\": G → A"],
        "not this phone's B"
    );
    let before = move |reader: &Reader<'_>| reader.last_seen(Kind::Song, id);
    let before = phone.generator.store.read(before).await.unwrap().unwrap();
    assert_eq!(
        (&before["key"], &before["tempo"]),
        (&json!("G"), &json!(90))
    );
}

#[tokio::test]
async fn an_edit_sent_again_with_a_merged_text_is_told_as_one() {
    let mut phone = TestPhone::new().await;
    phone
        .pull(2, vec![song(1, "Creep", "G", 2, ME)], vec![])
        .await;
    phone
        .generator
        .handle(Command::Away { offline: true })
        .await
        .unwrap();
    let id = RowId(Uuid::from_u128(1));
    let notes = |notes: &str| values(json!({ "notes": notes }));
    let store = phone.generator.store.clone();
    let mine = Edit::update(Kind::Song, id, notes("mine"));
    store.edit(mine).await.unwrap();
    phone.generator.look().await.unwrap();
    let merge = move |tx: &mut WriteTx<'_>| {
        let batch = tx.take_batch(BAND, 10, 10_000)?.unwrap();
        let theirs = notes("theirs");
        tx.answer(batch.mutations[0].n, Rev(3), &theirs)?;
        tx.edit(Edit::merge(
            Kind::Song,
            id,
            notes("theirs and mine"),
            theirs,
        ))
    };
    assert!(store.write(Durability::Full, merge).await.unwrap());
    phone.generator.look().await.unwrap();
    phone.generator.come_back().await.unwrap();
    assert_eq!(phone.feed().await, ["Sent 1 change made offline"]);
}
