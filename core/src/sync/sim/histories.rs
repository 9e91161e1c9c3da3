//! One history: what happens in it.

mod check;
mod decide;
mod truth;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::runtime::Runtime;
use uuid::Uuid;

use super::Rule;
use super::phone::{Phone, World, lock};
use super::run::Lab;
use super::server::{Server, Tx};
use super::typed::Texts;
use crate::model::{Kind, Rev, RowId, ScopeId, UserId, Values};
use crate::store::{Edit, Op};
use crate::sync::schedule::HeadHint;

/// Edits, faults and syncs of one history.
const STEPS: u32 = 30;
/// Songs and setlists of one history.
const ROWS: u128 = 5;
/// Notes of the two rows that somebody always changes in one transaction.
const PAIR: [Kind; 2] = [Kind::Show, Kind::Practice];

fn values(json: Value) -> Values {
    match json {
        Value::Object(values) => values,
        _ => Values::new(),
    }
}

/// One history: three people, two bands, two of the people with a phone, in some the first of them with two.
struct History<'a> {
    random: fastrand::Rng,
    runtime: &'a Runtime,
    lab: &'a Lab,
    world: World,
    phones: &'a mut [Phone],
    bands: [ScopeId; 2],
    rows: Vec<(Kind, RowId)>,
    pair: [RowId; 2],
    /// Hints on their way: to which phone.
    hints: Vec<(usize, HeadHint)>,
    web: UserId,
    count: u32,
    /// Every text that was typed and taken.
    typed: Vec<String>,
    /// Texts that a member gave up on a phone with them before his eyes, or that stood in a conflict.
    given_up: Texts,
    /// Here backups are made and come back, of a phone and of the server.
    backups: bool,
    /// Which phone has a backup.
    backed_up: Option<usize>,
    phone_restored: bool,
    /// Decides what the tellers do. Apart from `random`, which it must not disturb.
    ear: fastrand::Rng,
    /// What each row was called, by whomever.
    titles: BTreeSet<(RowId, String)>,
}

impl History<'_> {
    fn phone(&mut self) -> usize {
        self.random.usize(0..self.phones.len())
    }

    fn scope(&mut self) -> ScopeId {
        let choice = self.random.usize(0..5);
        match choice {
            0 => self.phones[self.phone()].user.into(),
            n => self.bands[n % 2],
        }
    }

    fn row(&mut self) -> (Kind, RowId) {
        self.rows[self.random.usize(0..self.rows.len())]
    }

    /// Something new that somebody types.
    fn text(&mut self) -> String {
        self.count += 1;
        format!("text {}", self.count)
    }

    /// An edit of what somebody sees.
    fn change(&mut self, kind: Kind, seen: &Values) -> Values {
        let text = self.text();
        if self.random.u32(0..20) == 0 {
            // The server refuses this value whoever sends it.
            let name = if kind == Kind::Setlist {
                "name"
            } else {
                "title"
            };
            return values(json!({(name): format!("{text}\nforbidden")}));
        }
        if kind == Kind::Setlist {
            return match self.random.u32(0..2) {
                0 => values(json!({"name": text})),
                _ => values(json!({"items": self.items(&text, seen.get("items"))})),
            };
        }
        if self.ear.u32(0..12) == 0 {
            // Nothing, as some apps write it.
            return values(json!({"key": ""}));
        }
        match self.random.u32(0..3) {
            0 => values(json!({"title": text})),
            1 => values(json!({"key": text})),
            _ => values(json!({"notes": text})),
        }
    }

    /// The items with one more, one less, or one moved or changed.
    fn items(&mut self, text: &str, seen: Option<&Value>) -> Vec<Value> {
        let mut items = seen.and_then(Value::as_array).cloned().unwrap_or_default();
        let count = items.len();
        let at = if count == 0 {
            0
        } else {
            self.ear.usize(0..count)
        };
        match self.ear.u32(0..6) {
            0 if count > 2 => drop(items.remove(at)),
            1 if count > 1 => {
                let item = items.remove(at);
                items.insert(self.ear.usize(0..count), item);
            }
            2 if count > 0 && items[at]["type"] == "break" => {
                items[at]["breakDuration"] = json!(self.ear.u32(5..60));
            }
            3 => items.insert(
                at,
                json!({"id": text, "type": "break", "breakDuration": 10}),
            ),
            _ => items.insert(
                at,
                json!({"id": text, "type": "section", "sectionTitle": text}),
            ),
        }
        items
    }

    fn new_row(&mut self, kind: Kind, scope: ScopeId) -> Values {
        let band = self.bands.contains(&scope);
        let name = if kind == Kind::Setlist {
            "name"
        } else {
            "title"
        };
        let mut row = values(
            json!({"context_type": if band { "band" } else { "personal" }, "context_id": scope}),
        );
        row.insert(name.to_owned(), json!(self.text()));
        row
    }

    fn say(roll: u32) {
        if std::env::var_os("ROCKON_HISTORY").is_some() {
            let what = format!("== step of {roll}\n");
            let _ = std::io::stderr().write_all(what.as_bytes());
        }
    }

    fn step(&mut self) {
        let roll = self.random.u32(0..100);
        Self::say(roll);
        match roll {
            _ if self.backups && self.random.u32(0..10) == 0 => self.phone_backup(),
            _ if self.backups && self.random.u32(0..20) == 0 => self.server_backup(),
            0..25 => self.phone_edits(),
            25..42 => self.web_writes(),
            42..45 => self.read(),
            45..55 => self.web_changes_the_pair(),
            55..80 => {
                let phone = self.phone();
                if self.random.u32(0..8) == 0 {
                    self.arm_a_kill(phone);
                }
                self.phones[phone].turn(self.runtime);
                self.clock(phone);
            }
            80..90 => self.deliver_hint(),
            90..93 => self.arm_a_race(),
            93 => {
                let left = self.random.u32(0..4);
                let phone = self.phone();
                lock(&self.phones[phone].line).kill_in = Some(left);
            }
            94 => {
                let (user, band) = (self.phones[1].user, self.bands[0]);
                lock(&self.world).toggle_viewer(user, band);
            }
            95 => {
                let phone = self.phone();
                self.phones[phone].kill(self.runtime, false);
            }
            96 if self.random.bool() => self.decide_crossing(),
            96 => self.decide_parked(),
            97 => self.membership(),
            98 => lock(&self.world).new_epoch(self.bands[self.random.usize(0..2)]),
            _ => self.prune(),
        }
        self.look();
        self.listen();
        self.tell();
    }

    /// A history that is run alone by its seed says after each step where every row is.
    fn tell(&self) {
        if std::env::var_os("ROCKON_HISTORY").is_none() {
            return;
        }
        let server = lock(&self.world);
        let mut text = format!(
            "-- bands {:?}\n",
            self.bands.map(|band| server.head(band).0)
        );
        for (kind, id) in &self.rows {
            let there = server.find(*kind, *id).zip(server.row(*kind, *id));
            let _ = writeln!(text, "{id} server {there:?}");
            for phone in &*self.phones {
                let shown = phone.rows(self.runtime, &[(*kind, *id)]);
                let unsent = phone.unsent(self.runtime, &[(*kind, *id)]);
                let _ = writeln!(text, "  {}: {shown:?} {unsent:?}", phone.user);
            }
        }
        let _ = std::io::stderr().write_all(text.as_bytes());
    }

    fn clock(&mut self, phone: usize) {
        let pause = self.random.u64(0..400);
        self.phones[phone]
            .clock
            .advance(Duration::from_millis(pause));
    }

    fn phone_edits(&mut self) {
        let phone = self.phone();
        let (kind, id) = self.row();
        let shown = self.phones[phone]
            .rows(self.runtime, &[(kind, id)])
            .pop()
            .flatten();
        let scope = self.scope();
        let (scope, op, set) = match shown {
            None if lock(&self.world).is_member(self.phones[phone].user, scope) => {
                // Two phones never make the same id.
                if lock(&self.world).knows(kind, id) || self.made_elsewhere(phone, kind, id) {
                    return;
                }
                (scope, Op::Insert, self.new_row(kind, scope))
            }
            None => return,
            Some((at, ref seen)) => match self.random.u32(0..10) {
                0..7 => (at, Op::Update, self.change(kind, seen)),
                7..9 => (at, Op::Delete, Values::new()),
                _ => {
                    let to = json!({"context_type": "band", "context_id": self.bands[self.random.usize(0..2)]});
                    (at, Op::Update, values(to))
                }
            },
        };
        let edit = Edit::new(scope, kind, id, op, set.clone());
        // A row that went away meanwhile takes no edit.
        let done = self.phones[phone].edit(self.runtime, move |tx| tx.edit(edit));
        if done.is_ok() {
            self.took(id, &set);
            if let Some((_, before)) = shown {
                let mut after = before.clone();
                after.extend(set);
                if op == Op::Delete {
                    after.clear();
                }
                self.given_up.note_replaced(&before, &after);
            }
        }
    }

    /// A member opens a row, or has read everything of a kind.
    fn read(&mut self) {
        let phone = self.phone();
        let (kind, id) = self.row();
        let band = self.bands[self.random.usize(0..2)];
        let all = self.random.u32(0..4) == 0;
        let done = self.phones[phone].edit(self.runtime, move |tx| {
            if all {
                tx.mark_kind_read(band, kind)
            } else {
                tx.mark_read(kind, id)
            }
        });
        done.unwrap();
    }

    /// Somebody typed this, and it was taken.
    fn took(&mut self, row: RowId, set: &Values) {
        let title = set.get("title").or_else(|| set.get("name"));
        let title = title.and_then(Value::as_str).map(str::to_owned);
        self.titles.extend(title.map(|title| (row, title)));
        let mine = |text: &String| set.values().any(|value| value.to_string().contains(text));
        let text = format!("text {}", self.count);
        if mine(&text) {
            self.typed.push(text);
        }
    }

    fn made_elsewhere(&self, phone: usize, kind: Kind, id: RowId) -> bool {
        let others = (0..self.phones.len()).filter(|other| *other != phone);
        let mut rows = others.map(|other| self.phones[other].rows(self.runtime, &[(kind, id)]));
        rows.any(|row| row != [None])
    }

    fn web_writes(&mut self) {
        let (kind, id) = self.row();
        let seen = lock(&self.world)
            .row(kind, id)
            .map(|row| row.values.clone());
        let change = self.change(kind, &seen.unwrap_or_default());
        let to = self.bands[self.random.usize(0..2)];
        let roll = self.random.u32(0..10);
        let web = self.web;
        let mut server = lock(&self.world);
        let Some(scope) = server.find(kind, id).filter(|at| self.bands.contains(at)) else {
            let back = server.restore(web, kind, id);
            drop(server);
            if let Some(scope) = back.filter(|at| self.bands.contains(at)) {
                self.send_hint(scope);
            }
            return;
        };
        let to = if to == scope {
            self.bands[usize::from(to == self.bands[0])]
        } else {
            to
        };
        let mut tx = Tx::default();
        let mut took = None;
        let mut row = server.row(kind, id).unwrap().values.clone();
        match roll {
            0..6 => {
                server.given_up.note_replaced(&row, &{
                    let mut after = row.clone();
                    after.extend(change.clone());
                    after
                });
                row.extend(change.clone());
                server.put(&mut tx, web, scope, kind, id, row);
                took = Some(change);
            }
            6..8 => server.remove(&mut tx, web, scope, kind, id),
            _ => {
                row.insert("context_id".to_owned(), json!(to));
                server.put(&mut tx, web, to, kind, id, row);
            }
        }
        drop(server);
        if let Some(change) = took {
            self.took(id, &change);
        }
        self.send_hint(scope);
        self.send_hint(to);
    }

    fn web_changes_the_pair(&mut self) {
        let (text, band) = (self.text(), self.bands[0]);
        put_pair(&mut lock(&self.world), self.web, band, self.pair, &text);
        self.send_hint(band);
    }

    /// Tombstones and log go, with one of something that was deleted a moment before if there is anything.
    fn prune(&mut self) {
        let mut band = self.bands[self.random.usize(0..2)];
        let first = self.random.usize(0..self.rows.len());
        let mut server = lock(&self.world);
        for (kind, id) in self.rows[first..].iter().chain(&self.rows[..first]) {
            if let Some(at) = server.find(*kind, *id).filter(|at| self.bands.contains(at)) {
                server.remove(&mut Tx::default(), self.web, at, *kind, *id);
                band = at;
                break;
            }
        }
        server.prune(band);
    }

    /// The pair changes again, or a row goes, while a pull is between two of its pages.
    fn arm_a_race(&mut self) {
        let (kind, id) = self.row();
        let (text, band, web, pair) = (self.text(), self.bands[0], self.web, self.pair);
        let phone = self.phone();
        let phone = &self.phones[phone];
        lock(&phone.between).push(Box::new(move |server| match server.find(kind, id) {
            Some(at) if at == band => {
                server.remove(&mut Tx::default(), web, at, kind, id);
            }
            _ => put_pair(server, web, band, pair, &text),
        }));
    }

    /// The phone will be killed between two commits of its next jobs, and perhaps again while it starts.
    fn arm_a_kill(&mut self, phone: usize) {
        let commits = self.random.u32(0..12);
        let again = self.random.bool().then(|| self.random.u32(0..4));
        let mut line = lock(&self.phones[phone].line);
        (line.commits_left, line.commits_of_start) = (Some(commits), again);
    }

    /// Lost, doubled, late and out of order.
    fn send_hint(&mut self, scope: ScopeId) {
        let (rev, epoch) = lock(&self.world).head(scope);
        for phone in 0..self.phones.len() {
            for _ in 0..[0, 1, 1, 2][self.random.usize(0..4)] {
                let hint = HeadHint {
                    scope,
                    rev: Rev(rev),
                    epoch,
                };
                let at = self.random.usize(0..=self.hints.len());
                self.hints.insert(at, (phone, hint));
            }
        }
    }

    fn deliver_hint(&mut self) {
        if let Some((phone, hint)) = self.hints.pop() {
            self.phones[phone].hint(hint);
            self.phones[phone].turn(self.runtime);
        }
    }

    /// A phone's files are copied; later it goes back to them. What was typed since and not sent is lost with it.
    fn phone_backup(&mut self) {
        let Some(n) = self.backed_up.take() else {
            let n = self.phone();
            self.phones[n].back_up(self.runtime, &self.lab.of("backup", n));
            self.backed_up = Some(n);
            return;
        };
        let unsent = |phone: &Phone| {
            let edits = phone.store().read(|reader| reader.all_edits(true));
            let mut found = Texts::default();
            for edit in self.runtime.block_on(edits).unwrap() {
                found.note_all(&edit.set);
            }
            found
        };
        let before = unsent(&self.phones[n]);
        self.phones[n].restore(self.runtime, &self.lab.of("backup", n));
        let mut left = unsent(&self.phones[n]);
        left.note_except(lock(&self.world).texts(), &Texts::default());
        self.given_up.note_except(before, &left);
        self.phone_restored = true;
    }

    /// The whole server is copied; later it goes back to the copy.
    fn server_backup(&mut self) {
        if !lock(&self.world).restore_backup() {
            lock(&self.world).back_up();
            return;
        }
        for phone in &*self.phones {
            lock(&phone.line).answered.clear();
        }
    }

    fn membership(&mut self) {
        let (user, band) = (self.phones[1].user, self.bands[1]);
        let mut server = lock(&self.world);
        if server.is_member(user, band) {
            server.leave(user, band);
        } else {
            server.join(user, band);
        }
    }

    fn run(&mut self) {
        let steps = self.random.u32(STEPS / 2..STEPS);
        for _ in 0..steps {
            self.step();
        }
        self.check_quiet();
    }
}

fn put_pair(server: &mut Server, web: UserId, band: ScopeId, pair: [RowId; 2], text: &str) {
    let mut tx = Tx::default();
    for (kind, id) in PAIR.into_iter().zip(pair) {
        server.put(
            &mut tx,
            web,
            band,
            kind,
            id,
            values(json!({"band_id": band, "notes": text})),
        );
    }
}

/// One history, from new stores and a new server to its check: nothing of it depends on another one.
pub(super) fn one(seed: u64, runtime: &Runtime, lab: &Lab, rule: Rule) {
    let mut random = fastrand::Rng::with_seed(seed);
    let id = |kind: u128, n: u128| Uuid::from_u128(kind << 112 | u128::from(seed) << 16 | n);
    let bands = [ScopeId(id(0xBA, 1)), ScopeId(id(0xBA, 2))];
    let world = World::default();
    // Some with a second phone of the first user.
    let mut phones = lab.phones(&world, rule, seed, if seed % 4 == 3 { 3 } else { 2 });
    let web = UserId(Uuid::from_u128(0xC));
    let users = [phones[0].user, phones[1].user, web];
    {
        let mut server = lock(&world);
        server.left_out = rule;
        for user in [users[0], users[1]] {
            server.add_scope(user.into(), false, &[user]);
        }
        for band in bands {
            server.add_scope(band, true, &users);
        }
    }
    for phone in &mut phones {
        phone.start(runtime, None);
    }
    let kinds = [Kind::Song, Kind::Setlist].into_iter().cycle();
    // Few rows: more edits of the same one.
    let count = if seed % 4 == 1 { 1 } else { ROWS };
    let rows = (0..count)
        .zip(kinds)
        .map(|(n, kind)| (kind, RowId(id(0xC0, n))));
    let mut history = History {
        random: random.fork(),
        runtime,
        lab,
        world,
        phones: &mut phones,
        bands,
        rows: rows.collect(),
        pair: [RowId(id(0xD0, 1)), RowId(id(0xD0, 2))],
        hints: Vec::new(),
        web,
        count: 0,
        typed: Vec::new(),
        given_up: Texts::default(),
        backups: seed.is_multiple_of(4),
        backed_up: None,
        phone_restored: false,
        ear: fastrand::Rng::with_seed(!seed),
        titles: BTreeSet::new(),
    };
    history.run();
}
