//! What people type: on their phones, and in the web app.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{History, PAIR, values};
use crate::phone::lock;
use crate::server::{Server, Tx, same, songs_of};
use rockon_core::model::{Kind, RowId, ScopeId, UserId, Values};
use rockon_core::store::{Edit, EntryState, Op};

impl History<'_> {
    /// Something new that somebody types.
    pub(crate) fn text(&mut self) -> String {
        self.count += 1;
        format!("text {}", self.count)
    }

    /// An edit of what somebody sees, with these songs beside it.
    pub(crate) fn change(&mut self, kind: Kind, seen: &Values, songs: &[RowId]) -> Values {
        let text = self.text();
        if self.random.u32(0..20) == 0 {
            // The server refuses this value whoever sends it.
            let name = title_of(kind);
            return values(json!({(name): format!("{text}\nforbidden")}));
        }
        if self.ear.u32(0..3) == 0 {
            return self.small_change(kind);
        }
        if kind == Kind::Setlist {
            return match self.random.u32(0..2) {
                0 => values(json!({"name": text})),
                _ => values(json!({"items": self.items(&text, seen, songs)})),
            };
        }
        match self.random.u32(0..3) {
            0 => values(json!({"title": text})),
            1 => values(json!({"key": text})),
            _ => values(json!({"notes": text})),
        }
    }

    /// Of few values, so that they come back; one is nothing, as some apps write it.
    fn small_change(&mut self, kind: Kind) -> Values {
        let key = ["", "C", "D"][self.ear.usize(0..3)];
        let status = ["draft", "final"][self.ear.usize(0..2)];
        let many = self.ear.u32(1..3);
        match (kind, self.ear.u32(0..3)) {
            (Kind::Setlist, _) => values(json!({"status": status})),
            (_, 0) => values(json!({"key": key})),
            (_, 1) => values(json!({"difficulty": many})),
            (_, _) => values(json!({"key": key, "difficulty": many})),
        }
    }

    /// Of one field, always to another value, so that it often comes back to what somebody found.
    fn change_again(&mut self, kind: Kind, seen: &Values) -> Values {
        let (name, all) = match kind {
            Kind::Setlist => ("status", ["draft", "final", "played"]),
            _ => ("key", ["", "C", "D"]),
        };
        let was = seen.get(name).unwrap_or(&Value::Null);
        let others = all.into_iter().filter(|value| !same(was, &json!(value)));
        let next = self.ear.choice(others.collect::<Vec<_>>());
        values(json!({(name): next}))
    }

    /// The items with one more, one less, or one moved or changed.
    fn items(&mut self, text: &str, seen: &Values, songs: &[RowId]) -> Vec<Value> {
        let items = seen.get("items").and_then(Value::as_array);
        let mut items = items.cloned().unwrap_or_default();
        let named: Vec<Uuid> = songs_of(seen).map(|(_, song)| song).collect();
        let mut songs = songs.iter().filter(|song| !named.contains(&song.0));
        let count = items.len();
        let at = if count == 0 {
            0
        } else {
            self.ear.usize(0..count)
        };
        match self.ear.u32(0..8) {
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
            4..6 if let Some(song) = songs.next() => items.insert(at, song_item(text, *song)),
            _ => items.insert(
                at,
                json!({"id": text, "type": "section", "sectionTitle": text}),
            ),
        }
        items
    }

    fn new_row(&mut self, kind: Kind, scope: ScopeId) -> Values {
        let band = self.bands.contains(&scope);
        let mut row = values(
            json!({"context_type": if band { "band" } else { "personal" }, "context_id": scope}),
        );
        row.insert(title_of(kind).to_owned(), json!(self.text()));
        row
    }

    pub(crate) fn phone_edits(&mut self) {
        let phone = self.phone();
        let (kind, id) = self.row();
        let shown = self.phones[phone]
            .rows(self.runtime, &[(kind, id)])
            .pop()
            .flatten();
        let scope = self.scope();
        if shown.is_none() && self.ear.u32(0..8) == 0 && self.brings_back(phone, kind, id) {
            return;
        }
        let edit = match shown {
            None if lock(&self.world).is_member(self.phones[phone].user, scope) => {
                // Two phones never make the same id.
                if lock(&self.world).knows(kind, id) || self.made_elsewhere(phone, kind, id) {
                    return;
                }
                Edit::create(scope, kind, id, self.new_row(kind, scope))
            }
            None => return,
            Some((at, ref seen)) => match self.random.u32(0..10) {
                0..7 => {
                    let songs = self.songs_beside(phone, kind, at);
                    Edit::update(kind, id, self.change(kind, seen, &songs))
                }
                7..9 => Edit::delete(kind, id),
                _ => {
                    let to = json!({"context_type": "band", "context_id": self.bands[self.random.usize(0..2)]});
                    Edit::update(kind, id, values(to))
                }
            },
        };
        self.edit_shown(phone, edit, shown);
    }

    /// A member brings back what was deleted: before it was ever sent, or by anybody.
    fn brings_back(&mut self, phone: usize, kind: Kind, id: RowId) -> bool {
        let scopes = [self.phones[phone].user.into(), self.bands[0], self.bands[1]];
        let read = self.phones[phone].store().read(move |reader| {
            for scope in scopes {
                if reader.deleted_unsent(scope)?.iter().any(|row| row.id == id) {
                    return Ok(Some(scope));
                }
            }
            Ok(None)
        });
        let never_sent = self.runtime.block_on(read).unwrap();
        let known = lock(&self.world).knows(kind, id);
        let scope = match never_sent {
            Some(_) if known || self.made_elsewhere(phone, kind, id) => None,
            Some(scope) => Some(scope),
            None => {
                let server = lock(&self.world);
                let deleted = server.deleted(kind, id).map(|(scope, _)| scope);
                deleted.filter(|scope| server.is_member(self.phones[phone].user, *scope))
            }
        };
        let Some(scope) = scope else { return false };
        let back = self.phones[phone].edit(self.runtime, move |tx| tx.bring_back(scope, kind, id));
        back.unwrap();
        let shown = self.phones[phone].rows(self.runtime, &[(kind, id)]).pop();
        let shown = shown.flatten().is_some();
        assert!(
            shown || never_sent.is_none(),
            "a row that was never sent does not come back"
        );
        true
    }

    /// A member edits a row that is shown so to him, or makes one.
    pub(crate) fn edit_shown(
        &mut self,
        phone: usize,
        edit: Edit,
        shown: Option<(ScopeId, Values)>,
    ) {
        let (_, id) = edit.row();
        let (kind, _) = edit.row();
        let (op, set) = (edit.op(), edit.set().cloned().unwrap_or_default());
        let asked = self.phones[phone].unsent(self.runtime, &[(kind, id)]);
        // A row that went away meanwhile takes no edit.
        let done = self.phones[phone].edit(self.runtime, move |tx| tx.edit(edit));
        if done.is_ok() {
            self.took(id, &set);
            // What he typed in the same field before, and is asked about, is his own.
            for entry in asked.iter().filter(|one| one.state == EntryState::Rejected) {
                let again = |name: &&String| set.contains_key(*name);
                for name in entry.set.keys().filter(again) {
                    self.given_up.note(&entry.set[name]);
                }
            }
            if op == Op::Delete {
                self.see_uses(phone, id);
            }
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

    /// The songs that a phone shows in this scope, if this is of a kind that names songs, in any order.
    pub(crate) fn songs_beside(&mut self, phone: usize, kind: Kind, at: ScopeId) -> Vec<RowId> {
        let mut songs = self.rows.clone();
        songs.retain(|(song, _)| kind == Kind::Setlist && *song == Kind::Song);
        let shown = self.phones[phone].rows(self.runtime, &songs);
        let there = songs.into_iter().zip(shown);
        let there =
            there.filter(|(_, shown)| shown.as_ref().is_some_and(|(scope, _)| *scope == at));
        let mut songs: Vec<RowId> = there.map(|((_, id), _)| id).collect();
        self.ear.shuffle(&mut songs);
        songs
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

    /// Another phone has a row of this id, or an edit of it on its way.
    fn made_elsewhere(&self, phone: usize, kind: Kind, id: RowId) -> bool {
        let others = self.phones.iter().enumerate();
        let mut others = others.filter(|(n, _)| *n != phone);
        others.any(|(_, other)| {
            let shown = other.rows(self.runtime, &[(kind, id)]);
            shown != [None] || !other.unsent(self.runtime, &[(kind, id)]).is_empty()
        })
    }

    pub(crate) fn web_writes(&mut self) {
        let (kind, id) = self.row();
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
        let mut row = server.row(kind, id).unwrap().values.clone();
        match roll {
            0..6 => {
                drop(server);
                self.change_in_the_app(web, (kind, id), How::Any);
            }
            6..8 => {
                server.remove(&mut Tx::default(), web, scope, kind, id);
                drop(server);
            }
            _ => {
                row.insert("context_id".to_owned(), json!(to));
                server.put(&mut Tx::default(), web, to, kind, id, row);
                drop(server);
            }
        }
        self.send_hint(scope);
        self.send_hint(to);
    }

    /// Several people change one row in the web app, one after the other, and some go back to what was.
    pub(crate) fn several_change(&mut self) {
        let (kind, id) = self.row();
        let people = [self.web, self.phones[1].user];
        let one = self.ear.u32(0..3) > 0;
        for _ in 0..self.ear.u32(2..6) {
            let who = people[self.ear.usize(0..2)];
            let how = match self.ear.u32(0..3) {
                _ if one => How::Again,
                0 => How::Any,
                _ => How::Small,
            };
            self.change_in_the_app(who, (kind, id), how);
        }
        let at = lock(&self.world).find(kind, id);
        if let Some(band) = at.filter(|at| self.bands.contains(at)) {
            self.send_hint(band);
        }
    }

    /// A member changes a row of a band in the web app, which shows what the server has.
    fn change_in_the_app(&mut self, who: UserId, (kind, id): (Kind, RowId), how: How) {
        let at = lock(&self.world).find(kind, id);
        let may =
            |band: &ScopeId| self.bands.contains(band) && lock(&self.world).may_write(who, *band);
        let Some(band) = at.filter(may) else {
            return;
        };
        let before = lock(&self.world).row(kind, id).unwrap().values.clone();
        let change = match how {
            How::Small => self.small_change(kind),
            How::Again => self.change_again(kind, &before),
            How::Any => {
                let mut songs: Vec<RowId> = self.rows.iter().map(|(_, id)| *id).collect();
                songs.retain(|id| lock(&self.world).find(Kind::Song, *id) == Some(band));
                self.ear.shuffle(&mut songs);
                self.change(kind, &before, &songs)
            }
        };
        let mut after = before.clone();
        after.extend(change.clone());
        let mut server = lock(&self.world);
        server.given_up.note_replaced(&before, &after);
        server.note_writer(who, &change);
        server.put(&mut Tx::default(), who, band, kind, id, after);
        drop(server);
        self.took(id, &change);
    }

    pub(crate) fn web_changes_the_pair(&mut self) {
        let (text, band) = (self.text(), self.bands[0]);
        put_pair(&mut lock(&self.world), self.web, band, self.pair, &text);
        self.send_hint(band);
    }
}

/// How somebody changes a row in the web app.
#[derive(Debug, Clone, Copy)]
enum How {
    Any,
    /// To one of few values.
    Small,
    /// The same field as the one before, to another of few values.
    Again,
}

/// An item of a setlist that names a song.
pub(crate) fn song_item(text: &str, song: RowId) -> Value {
    json!({"id": text, "type": "song", "songId": song})
}

/// The column of what a song or a setlist is called.
fn title_of(kind: Kind) -> &'static str {
    if kind == Kind::Setlist {
        "name"
    } else {
        "title"
    }
}

/// Both rows of the pair change in one transaction.
pub(crate) fn put_pair(
    server: &mut Server,
    web: UserId,
    band: ScopeId,
    pair: [RowId; 2],
    text: &str,
) {
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
