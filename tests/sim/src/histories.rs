//! One simulated run (history): what happens in it.

mod check;
mod cross;
mod decide;
mod edits;
mod faults;
mod feed;
mod fold;
mod members;
mod truth;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::time::Duration;

use serde_json::Value;
use tokio::runtime::Runtime;
use uuid::Uuid;

use super::Rule;
use super::phone::{SimPhone, World, lock};
use super::run::Lab;
use super::typed::Texts;
use rockon_core::hint::Hint;
use rockon_core::model::{Kind, RowId, ScopeId, UserId, Values};

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
    phones: &'a mut [SimPhone],
    bands: [ScopeId; 2],
    rows: Vec<(Kind, RowId)>,
    pair: [RowId; 2],
    /// Hints on their way: to which phone.
    hints: Vec<(usize, Hint)>,
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
            0..4 => self.phones_cross(),
            4..25 => self.phone_edits(),
            25..42 => self.web_writes(),
            42..45 => self.read(),
            45..48 => self.web_changes_the_pair(),
            48..55 => self.several_change(),
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
            94 => self.roles(),
            95 => {
                let phone = self.phone();
                self.phones[phone].kill(self.runtime, false);
            }
            96 if self.random.bool() => self.decide_crossing(),
            96 => self.decide_rejected(),
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

    fn run(&mut self) {
        let steps = self.random.u32(STEPS / 2..STEPS);
        for _ in 0..steps {
            self.step();
        }
        self.check_quiet();
    }
}

/// One history, from new stores and a new server to its check: nothing of it depends on another one.
pub(crate) fn one(seed: u64, runtime: &Runtime, lab: &Lab, rule: Rule) {
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
            server.add_scope(band, true, &[]);
            for (n, user) in (0..).zip(users) {
                let row = RowId(id(0xE0, ((band.0.as_u128() % 16) << 8) | n));
                server.join(user, band, Some(row));
            }
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
