//! What crosses: two members who see the same each do something that the other cannot know of, and both send it before
//! either has read more.

use serde_json::{Value, json};

use super::edits::song_item;
use super::{History, values};
use crate::phone::lock;
use crate::server::songs_of;
use rockon_core::model::{Kind, RowId, ScopeId, Values};
use rockon_core::store::Edit;
use rockon_core::sync::schedule::HINT_GAP;

/// A row that both members are shown alike.
#[derive(Debug, Clone)]
struct Shared {
    kind: Kind,
    id: RowId,
    at: ScopeId,
    row: Values,
}

impl History<'_> {
    /// One takes a row away, the other changes it or puts it into a list.
    pub(crate) fn phones_cross(&mut self) {
        for phone in [0, 1, 0] {
            self.phones[phone].settle(self.runtime);
        }
        let shared = self.shared();
        let mut phones = [0, 1];
        self.ear.shuffle(&mut phones);
        let [taker, other] = phones;
        let usable = song_and_list(&shared).filter(|_| self.ear.u32(0..3) > 0);
        if let Some((song, list)) = usable {
            self.deletes(taker, song);
            self.puts_to_use(other, song, list);
        } else if let Some(row) = shared.first() {
            if self.ear.bool() {
                self.deletes(taker, row);
            } else {
                self.moves(taker, row);
            }
            self.changes(other, row);
        }
        self.ear.shuffle(&mut phones);
        for phone in phones {
            self.phones[phone].clock.advance(HINT_GAP);
            self.phones[phone].turn(self.runtime);
        }
    }

    /// What both members are shown alike, in any order.
    fn shared(&mut self) -> Vec<Shared> {
        let [one, other] = [0, 1].map(|n| self.phones[n].rows(self.runtime, &self.rows));
        let both = self.rows.iter().zip(one.into_iter().zip(other));
        let alike = both.filter_map(|((kind, id), (one, other))| {
            let (at, row) = one.as_ref().filter(|_| one == other).cloned()?;
            Some(Shared {
                kind: *kind,
                id: *id,
                at,
                row,
            })
        });
        let mut found: Vec<Shared> = alike.collect();
        self.ear.shuffle(&mut found);
        found
    }

    fn deletes(&mut self, phone: usize, what: &Shared) {
        self.does(phone, what, Edit::delete(what.kind, what.id));
    }

    fn moves(&mut self, phone: usize, what: &Shared) {
        let to = self.bands[usize::from(what.at == self.bands[0])];
        let set = values(json!({"context_type": "band", "context_id": to}));
        self.does(phone, what, Edit::update(what.kind, what.id, set));
    }

    fn changes(&mut self, phone: usize, what: &Shared) {
        let songs = self.songs_beside(phone, what.kind, what.at);
        let set = self.change(what.kind, &what.row, &songs);
        self.does(phone, what, Edit::update(what.kind, what.id, set));
    }

    fn puts_to_use(&mut self, phone: usize, song: &Shared, list: &Shared) {
        let text = self.text();
        let items = list.row.get("items").and_then(Value::as_array);
        let mut items = items.cloned().unwrap_or_default();
        items.push(song_item(&text, song.id));
        let set = values(json!({"items": items}));
        self.does(phone, list, Edit::update(list.kind, list.id, set));
    }

    fn does(&mut self, phone: usize, what: &Shared, edit: Edit) {
        self.edit_shown(phone, edit, Some((what.at, what.row.clone())));
    }

    /// A member sees which lists name this row, and takes it away.
    pub(crate) fn see_uses(&self, phone: usize, id: RowId) {
        let mut lists = self.rows.clone();
        lists.retain(|(kind, _)| *kind == Kind::Setlist);
        let shown = self.phones[phone].rows(self.runtime, &lists);
        let mut server = lock(&self.world);
        for (_, list) in shown.into_iter().flatten() {
            server.note_holes(id, &list);
        }
    }
}

/// A song, and a list beside it that does not name it.
fn song_and_list(shared: &[Shared]) -> Option<(&Shared, &Shared)> {
    let takes = |list: &Shared, song: &Shared| {
        let mut named = songs_of(&list.row);
        list.kind == Kind::Setlist && list.at == song.at && named.all(|(_, one)| one != song.id.0)
    };
    let mut songs = shared.iter().filter(|song| song.kind == Kind::Song);
    songs.find_map(|song| Some((song, shared.iter().find(|list| takes(list, song))?)))
}
