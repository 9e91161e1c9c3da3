//! Rows as `sync_pull` sends them: four tables, three bands, about 400 bytes of JSON each.
//!
//! Ids are random (version 4), the worst case for an ordered table; the same seed gives the same rows.

use std::collections::BTreeMap;

use fastrand::Rng;
use rockon_core::model::{Kind, Rev, ScopeId, ScopeType, UserId, Values};
use rockon_core::store::{Cursor, PullPage, ScopePage};
use serde_json::{Value, json};
use uuid::Uuid;

/// Whose phone it is.
pub(crate) const ME: UserId = UserId(Uuid::from_u128(0xa));
/// Another member, who wrote the rows.
pub(crate) const SAM: Uuid = Uuid::from_u128(0xb);
/// Rows a page, as the engine asks for.
pub(crate) const PAGE: usize = 1_000;
const EPOCH: Uuid = Uuid::from_u128(0xe);

/// The three bands.
pub(crate) fn bands() -> [ScopeId; 3] {
    [1, 2, 3].map(|n| ScopeId(Uuid::from_u128(0xbad0_0000 + n)))
}

pub(crate) fn random_id(random: &mut Rng) -> Uuid {
    uuid::Builder::from_random_bytes(random.u128(..).to_be_bytes()).into_uuid()
}

/// Makes the pages of a first sync one by one, so that they need not all be in memory.
#[derive(Debug)]
pub(crate) struct Pages {
    random: Rng,
    total: usize,
    made: usize,
}

impl Pages {
    pub(crate) fn new(total: usize) -> Self {
        Self {
            random: Rng::with_seed(7),
            total,
            made: 0,
        }
    }

    /// Band number `n`'s part of a page: done before, filled now, or still to come.
    fn scope(&mut self, n: usize, from: usize, to: usize) -> ScopePage {
        let share = self.total.div_ceil(3);
        let (start, end) = (n * share, ((n + 1) * share).min(self.total));
        let (first, last) = (from.max(start), to.min(end));
        let mut rows: BTreeMap<String, Vec<Values>> = BTreeMap::new();
        for at in first..last {
            let (kind, row) = row(&mut self.random, bands()[n], at, rev(at - start));
            rows.entry(kind.as_str().to_owned()).or_default().push(row);
        }
        let head = rev(end - start);
        let reached = if to >= end {
            head
        } else {
            rev(last.max(start) - start)
        };
        ScopePage {
            id: bands()[n],
            scope_type: ScopeType::Band,
            epoch: EPOCH,
            head: Rev(head),
            reset: false,
            cursor: Cursor {
                rev: Rev(reached),
                ord: None,
                id: None,
                since: None,
            },
            has_more: to < end,
            rows,
            tombstones: Vec::new(),
            log: Vec::new(),
            values: Vec::new(),
            times: Vec::new(),
            lost: Vec::new(),
        }
    }
}

impl Iterator for Pages {
    type Item = PullPage;

    fn next(&mut self) -> Option<PullPage> {
        if self.made >= self.total {
            return None;
        }
        let (from, to) = (self.made, (self.made + PAGE).min(self.total));
        self.made = to;
        let scopes = (0..3).map(|n| self.scope(n, from, to)).collect();
        Some(PullPage {
            scopes,
            gone: Vec::new(),
        })
    }
}

/// Ten rows a revision.
fn rev(at: usize) -> i64 {
    i64::try_from(at / 10 + 1).unwrap_or(i64::MAX)
}

fn row(random: &mut Rng, band: ScopeId, at: usize, rev: i64) -> (Kind, Values) {
    let id = random_id(random);
    let kind = match at % 10 {
        0 => Kind::Setlist,
        1 => Kind::Show,
        2 => Kind::Practice,
        _ => Kind::Song,
    };
    let row = match kind {
        Kind::Setlist => setlist(random, band, at),
        Kind::Show => show(random, band, at),
        Kind::Practice => practice(random, band),
        _ => song(random, band, at),
    };
    (kind, stamped(row, id, band, rev))
}

/// With the columns that every synced row has.
pub(crate) fn stamped(row: Value, id: Uuid, band: ScopeId, rev: i64) -> Values {
    let mut values = Values::new();
    values.insert("id".to_owned(), json!(id));
    if let Value::Object(row) = row {
        values.extend(row);
    }
    let stamps = [
        ("sync_scope", json!(band)),
        ("sync_rev", json!(rev)),
        ("sync_by", json!(SAM)),
        ("sync_by_rev", json!(rev)),
        ("sync_other_rev", json!(0)),
    ];
    values.extend(stamps.map(|(name, value)| (name.to_owned(), value)));
    values
}

const DATE: &str = "2026-09-01T18:30:00.123456+00:00";

pub(crate) fn song(random: &mut Rng, band: ScopeId, at: usize) -> Value {
    let words = ["Wonder", "Midnight", "River", "Electric", "Golden", "Ghost"];
    let (a, b) = (random.usize(..words.len()), random.usize(..words.len()));
    json!({
        "title": format!("{} {} {at:05}", words[a], words[b]), "artist": "The Examples",
        "key": "G", "tempo": 60 + at % 120, "time_signature": "4/4", "duration": 180 + at % 200,
        "difficulty": 3, "guitar_tuning": "standard", "genre": "rock",
        "notes": "Capo on two. Second verse quiet, then all in.", "lyrics_url": null, "chords_url": null,
        "recording_url": null, "reference_links": [], "last_practiced": null, "confidence_level": 3,
        "context_type": "band", "context_id": band, "visibility": "band", "song_group_id": null,
        "created_by": SAM, "created_date": DATE, "updated_date": DATE, "version": 1
    })
}

fn setlist(random: &mut Rng, band: ScopeId, at: usize) -> Value {
    let items: Vec<Value> = (0..4)
        .map(|n| json!({ "id": random_id(random), "type": "song", "song_id": random_id(random), "position": n }))
        .collect();
    json!({
        "name": format!("Set {at:05}"), "band_id": band, "show_id": null, "status": "draft", "notes": "",
        "context_type": "band", "context_id": band, "tags": ["club"], "items": items,
        "source_setlist_id": null, "created_by": SAM, "created_date": DATE, "last_modified": DATE, "version": 1
    })
}

fn show(random: &mut Rng, band: ScopeId, at: usize) -> Value {
    json!({
        "name": format!("Show {at:05}"), "venue": "The Cellar", "location": "12 Mill Lane", "band_id": band,
        "setlist_id": random_id(random), "scheduled_date": DATE, "load_in_time": DATE, "soundcheck_time": null,
        "set_time": DATE, "end_time": null, "duration": 90, "payment": 20000, "contacts": [], "notes": "Parking behind.",
        "gig_type": "club", "status": "confirmed", "created_by": SAM, "created_date": DATE,
        "updated_date": DATE, "version": 1
    })
}

fn practice(random: &mut Rng, band: ScopeId) -> Value {
    json!({
        "band_id": band, "setlist_id": random_id(random), "scheduled_date": DATE, "start_time": null,
        "end_time": null, "duration": 120, "location": "Room 3", "type": "rehearsal", "status": "scheduled",
        "notes": "Bring the spare amp.", "wrapup_notes": null, "objectives": ["endings"],
        "completed_objectives": [], "session_rating": null, "songs": [], "attendees": [],
        "created_date": DATE, "version": 1
    })
}
