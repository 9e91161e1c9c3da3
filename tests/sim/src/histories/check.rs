//! What must be right: after each step, and when everything has healed.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use uuid::Uuid;

use super::{History, PAIR};
use crate::phone::{SimPhone, lock};
use rockon_core::error::Result;
use rockon_core::model::{Kind, RowId, ScopeId, Values};
use rockon_core::store::{Op, OutboxEntry, Reader};

/// What a phone shows, as far as it is looked at after each step.
struct Look {
    committed: bool,
    notes: Vec<Option<Value>>,
    conflicts: Vec<rockon_core::store::Conflict>,
    /// The newest edit of each row that is on its way, and the row.
    edits: Vec<(OutboxEntry, Option<Values>)>,
    /// Rows whose edits are answered and have been brought back: scope and revision.
    back: Vec<((Kind, RowId), ScopeId, i64)>,
}

impl Look {
    fn read(
        reader: &Reader<'_>,
        band: ScopeId,
        pair: [RowId; 2],
        answered: &[(Kind, RowId)],
    ) -> Result<Self> {
        let mut notes = Vec::new();
        for (kind, id) in PAIR.into_iter().zip(pair) {
            let row = reader.row(kind, id)?;
            notes.push(row.and_then(|mut row| row.remove("notes")));
        }
        let mut newest = BTreeMap::new();
        for edit in reader.all_edits(false)? {
            if edit.op != Op::Mark {
                newest.insert((edit.kind, edit.row), edit);
            }
        }
        let mut back = Vec::new();
        for (kind, id) in answered {
            let Some(scope) = reader.scope_of(*kind, *id)? else {
                continue;
            };
            let row = reader.row(*kind, *id)?.unwrap_or_default();
            if !newest.contains_key(&(*kind, *id)) {
                back.push(((*kind, *id), scope, row["sync_rev"].as_i64().unwrap_or(0)));
            }
        }
        let edits = newest
            .into_iter()
            .map(|((kind, id), edit)| Ok((edit, reader.row(kind, id)?)))
            .collect::<Result<_>>()?;
        Ok(Self {
            committed: reader.scope(band)?.is_some_and(|scope| scope.committed),
            notes,
            conflicts: reader.conflicts(1_000)?,
            edits,
            back,
        })
    }
}

/// Is the edit on the screen? What the server said of other fields may be too.
fn is_shown((edit, row): &(OutboxEntry, Option<Values>)) -> bool {
    match (edit.op, row) {
        (Op::Delete, row) => row.is_none(),
        // Nothing to change: the server will say what becomes of it.
        (_, None) => true,
        (_, Some(row)) => edit
            .set
            .iter()
            .all(|(name, value)| row.get(name).unwrap_or(&Value::Null) == value),
    }
}

impl History<'_> {
    /// After each step: a transaction is shown whole or not at all, own edits are shown while they are on their way, and
    /// nothing older afterwards. What stands in a conflict is noted: it is on record until a person closes it or its
    /// band goes.
    pub(crate) fn look(&mut self) {
        let (band, pair) = (self.bands[0], self.pair);
        for phone in &*self.phones {
            let answered: Vec<_> = lock(&phone.line).answered.keys().copied().collect();
            let read = phone
                .store()
                .read(move |reader| Look::read(reader, band, pair, &answered));
            let look = self.runtime.block_on(read).unwrap();
            assert!(
                !look.committed || look.notes[0] == look.notes[1],
                "half a transaction is shown"
            );
            for edit in &look.edits {
                assert!(is_shown(edit), "an own edit is not shown: {edit:?}");
            }
            let mut line = lock(&phone.line);
            for (key, scope, rev) in look.back {
                let (at, made) = line.answered.remove(&key).unwrap();
                assert!(
                    scope != at || rev >= made,
                    "the earlier value is shown again: {key:?}, {rev} after {made}"
                );
            }
            for conflict in look.conflicts {
                self.given_up.note(&conflict.what.mine);
                self.given_up.note(&conflict.what.theirs);
            }
        }
    }

    /// Everything heals; then every phone shows what the server has, and nothing is left to send.
    pub(crate) fn check_quiet(&mut self) {
        for phone in &mut *self.phones {
            let mut line = lock(&phone.line);
            (line.loss, line.kill_in, line.commits_left) = (0, None, None);
            lock(&phone.between).clear();
        }
        for _ in 0..2 {
            for phone in &mut *self.phones {
                let rests = phone.settle(self.runtime);
                let status = phone.engine().status();
                assert!(
                    rests,
                    "it never comes to rest: {status:?}, {:?}",
                    phone.unsent(self.runtime, &self.rows)
                );
            }
        }
        for n in 0..self.phones.len() {
            self.check_phone(n);
            self.check_counts(n);
        }
        self.check_two_phones();
        self.check_typed();
        // Last: where rows are wrong already, what is told of them says little.
        self.hear_the_rest();
    }

    /// Both phones of one member have read the same. Not asked where their read-up-to marks differ, as when both began before the
    /// read-up-to mark of either had reached the other, and not where a server has forgotten marks.
    fn check_two_phones(&self) {
        let ([one, _, other], false) = (&*self.phones, self.backups) else {
            return;
        };
        let read = |phone: &SimPhone, band, (kind, id)| {
            let marks = phone.store().read(move |reader| {
                let read_up_to = reader.read_up_to(band, kind, RowId(Uuid::max()))?;
                Ok((read_up_to, reader.read_up_to(band, kind, id)?))
            });
            self.runtime.block_on(marks).unwrap()
        };
        for band in self.bands {
            for row in &self.rows {
                let (one, other) = (read(one, band, *row), read(other, band, *row));
                assert!(
                    one.0 != other.0 || one.1 == other.1,
                    "two phones of one member have not read the same: {row:?}: {one:?}, {other:?}"
                );
            }
        }
    }

    fn check_typed(&mut self) {
        self.look();
        let mut somewhere = lock(&self.world).texts();
        for phone in &*self.phones {
            let read = phone.store().read(|reader| reader.all_edits(true));
            for entry in self.runtime.block_on(read).unwrap() {
                somewhere.note_all(&entry.set);
            }
        }
        let server = lock(&self.world);
        // A phone that was restored sends what it does not know to be done, under another client id.
        let again = server.written_again();
        assert!(
            self.phone_restored || again.is_empty(),
            "done twice: {again:?}"
        );
        let early = server.named_too_early();
        assert!(
            self.backups || early.is_empty(),
            "a list was sent before a song that it names: {early:?}"
        );
        let holes = server.unseen_holes();
        assert!(
            self.backups || holes.is_empty(),
            "a hole in a list: {holes:?}"
        );
        for text in &self.typed {
            assert!(
                somewhere.has(text) || self.given_up.has(text) || server.given_up.has(text),
                "typed and vanished: {text}"
            );
        }
    }

    /// The cursors stand at the heads, and the count of unread rows is what counting them one by one gives.
    fn check_counts(&self, n: usize) {
        let phone = &self.phones[n];
        for band in self.bands {
            if !lock(&self.world).is_member(phone.user, band) {
                continue;
            }
            let rows = self.rows.clone();
            let read = phone.store().read(move |reader| {
                let mut marks = Vec::new();
                for (kind, id) in rows {
                    marks.push((kind, id, reader.read_up_to(band, kind, id)?));
                }
                let mut unread = 0;
                let mut read_up_to_marks = Vec::new();
                for kind in [Kind::Song, Kind::Setlist] {
                    read_up_to_marks.push(reader.read_up_to(band, kind, RowId(Uuid::max()))?);
                    unread += reader.unread(band, kind)?;
                }
                Ok((reader.scope(band)?, marks, read_up_to_marks, unread))
            });
            let (scope, marks, read_up_to_marks, unread) = self.runtime.block_on(read).unwrap();
            let server = lock(&self.world);
            let at = scope.map(|scope| (scope.rev.0, scope.epoch));
            assert!(
                read_up_to_marks.iter().all(|read_up_to| read_up_to.0 > 0),
                "phone {n}: no floor"
            );
            for (kind, id, mark) in &marks {
                assert!(
                    mark.0 >= server.read_up_to(phone.user, band, *kind, *id),
                    "phone {n}: a read mark has not travelled: {kind} {id}"
                );
            }
            let (rev, epoch) = server.head(band);
            assert_eq!(
                at,
                Some((rev, Some(epoch))),
                "phone {n}: the cursor is not at the head"
            );
            let here = marks.into_iter().filter(|(kind, id, mark)| {
                server.find(*kind, *id) == Some(band)
                    && server.by_others(phone.user, *kind, *id) > mark.0
            });
            assert_eq!(
                u32::try_from(here.count()),
                Ok(unread),
                "phone {n}: unread rows"
            );
        }
    }

    fn check_phone(&self, n: usize) {
        let phone = &self.phones[n];
        let edits = phone.store().read(|reader| reader.all_edits(false));
        let edits = self.runtime.block_on(edits).unwrap();
        assert!(edits.is_empty(), "phone {n} is stuck: {edits:?}");
        let mut ids = self.rows.clone();
        ids.extend([(PAIR[0], self.pair[0]), (PAIR[1], self.pair[1])]);
        let server = lock(&self.world);
        for ((kind, id), shown) in ids.iter().zip(phone.rows(self.runtime, &ids)) {
            let at = server
                .find(*kind, *id)
                .filter(|at| server.is_member(phone.user, *at));
            let there = at.and_then(|at| Some((at, server.row(*kind, *id)?)));
            match (shown, there) {
                (None, None) => {}
                (Some((scope, shown)), Some((at, row))) => {
                    assert_eq!(scope, at, "phone {n}: {kind} {id}: in the wrong scope");
                    assert_eq!(
                        shown.get("sync_rev"),
                        Some(&json!(row.rev)),
                        "phone {n}: {kind} {id}: an old row"
                    );
                    for (name, value) in row.values.iter().filter(|(_, value)| !value.is_null()) {
                        assert_eq!(
                            shown.get(name),
                            Some(value),
                            "phone {n}: {kind} {id} {name}"
                        );
                    }
                }
                (shown, there) => {
                    panic!(
                        "phone {n}: {kind} {id}: {}: shown {shown:?}, there {there:?}, edits {:?}",
                        if there.is_some() {
                            "a row is missing"
                        } else {
                            "a row too many"
                        },
                        phone.unsent(self.runtime, &[(*kind, *id)])
                    )
                }
            }
        }
    }
}
