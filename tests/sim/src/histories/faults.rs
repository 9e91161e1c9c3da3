//! What goes wrong: hints, kills, races, pruned logs, backups that come back, and members who leave.

use super::History;
use super::edits::put_pair;
use crate::phone::{SimPhone, lock};
use crate::server::{Server, Tx};
use crate::typed::Texts;
use rockon_core::hint::Hint;
use rockon_core::model::{Kind, Rev, RowId, ScopeId};
use rockon_core::store::Reader;

/// More questions than a phone has.
const ALL: u32 = 10_000;

impl History<'_> {
    /// Tombstones and log go, with one of something that was deleted a moment before if there is anything.
    pub(crate) fn prune(&mut self) {
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
    pub(crate) fn arm_a_race(&mut self) {
        let phone = self.phone();
        let row = self.row();
        let calls = self.ear.u32(0..4);
        self.arm_a_race_of(phone, row, calls);
    }

    /// After so many more calls than one.
    fn arm_a_race_of(&mut self, phone: usize, (kind, id): (Kind, RowId), calls: u32) {
        let (text, web, pair) = (self.text(), self.web, self.pair);
        let bands = self.bands;
        let action = move |server: &mut Server| match server.find(kind, id) {
            Some(at) if bands.contains(&at) => {
                server.remove(&mut Tx::default(), web, at, kind, id);
            }
            _ => put_pair(server, web, bands[0], pair, &text),
        };
        lock(&self.phones[phone].between).push((calls, Box::new(action)));
    }

    /// The phone will be killed between two commits of its next jobs, and perhaps again while it starts.
    pub(crate) fn arm_a_kill(&mut self, phone: usize) {
        let commits = self.random.u32(0..12);
        let again = self.random.bool().then(|| self.random.u32(0..4));
        let mut line = lock(&self.phones[phone].line);
        (line.commits_left, line.commits_of_start) = (Some(commits), again);
    }

    /// Lost, doubled, late and out of order.
    pub(crate) fn send_hint(&mut self, scope: ScopeId) {
        let (rev, epoch) = lock(&self.world).head(scope);
        for phone in 0..self.phones.len() {
            for _ in 0..[0, 1, 1, 2][self.random.usize(0..4)] {
                let hint = Hint {
                    scope,
                    rev: Rev(rev),
                    epoch,
                };
                let at = self.random.usize(0..=self.hints.len());
                self.hints.insert(at, (phone, hint));
            }
        }
    }

    pub(crate) fn deliver_hint(&mut self) {
        if let Some((phone, hint)) = self.hints.pop() {
            self.phones[phone].hint(hint);
            self.phones[phone].turn(self.runtime);
        }
    }

    /// A phone's files are copied; later it goes back to them. What was typed since and not sent is lost with it.
    pub(crate) fn phone_backup(&mut self) {
        let Some(n) = self.backed_up.take() else {
            let n = self.phone();
            self.phones[n].back_up(self.runtime, &self.lab.of("backup", n));
            self.backed_up = Some(n);
            return;
        };
        // What only the phone has: edits that were not sent, and both values of questions that nobody has answered.
        let own = |phone: &SimPhone| {
            let read = |reader: &Reader<'_>| Ok((reader.all_edits(true)?, reader.conflicts(ALL)?));
            let (edits, conflicts) = self.runtime.block_on(phone.store().read(read)).unwrap();
            let mut found = Texts::default();
            for edit in edits {
                found.note_all(&edit.set);
            }
            for conflict in conflicts {
                found.note(&conflict.what.mine);
                found.note(&conflict.what.theirs);
            }
            found
        };
        let mut before = own(&self.phones[n]);
        // And answers that had not reached it, to edits that it knows nothing of any more.
        let answers = lock(&self.world).unacknowledged();
        before.note_except(answers, &Texts::default());
        self.phones[n].restore(self.runtime, &self.lab.of("backup", n));
        let mut left = own(&self.phones[n]);
        left.note_except(lock(&self.world).texts(), &Texts::default());
        self.given_up.note_except(before, &left);
        self.phone_restored = true;
    }

    /// The whole server is copied; later it goes back to the copy.
    pub(crate) fn server_backup(&mut self) {
        if !lock(&self.world).restore_backup() {
            lock(&self.world).back_up();
            return;
        }
        for phone in &*self.phones {
            lock(&phone.line).answered.clear();
        }
    }

    /// A member leaves, is removed, or comes back; some come back at once.
    pub(crate) fn membership(&mut self) {
        let (user, band) = (self.phones[1].user, self.bands[1]);
        let mut server = lock(&self.world);
        if !server.is_member(user, band) {
            drop(server);
            return self.comes_back();
        }
        let by = if self.ear.bool() { user } else { self.web };
        server.leave(user, band, by);
        drop(server);
        if self.ear.bool() {
            self.phones[1].settle(self.runtime);
            self.comes_back();
        }
    }

    /// The member reads the band for the first time again, and often something of it goes meanwhile.
    fn comes_back(&mut self) {
        let (user, band) = (self.phones[1].user, self.bands[1]);
        let mut server = lock(&self.world);
        server.join(user, band, None);
        let there = |(kind, id): &&(Kind, RowId)| server.find(*kind, *id) == Some(band);
        let there = self.rows.iter().find(there).copied();
        drop(server);
        if let Some(row) = there.filter(|_| self.ear.u32(0..4) > 0) {
            let calls = self.ear.u32(1..3);
            self.arm_a_race_of(1, row, calls);
            self.phones[1].settle(self.runtime);
        }
    }

    /// A member may only read from now on, or writes again; sometimes both at once.
    pub(crate) fn roles(&mut self) {
        let (user, band) = (self.phones[1].user, self.bands[0]);
        for _ in 0..self.ear.u32(1..3) {
            lock(&self.world).toggle_viewer(user, band, self.web);
        }
    }
}
