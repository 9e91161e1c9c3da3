//! Which row of a scope names which other: what `sync.uses` is on the server, for the songs in the items of a setlist.
//!
//! A delete or a move of a row waits for its author where somebody else put the row to use unseen; an edit that puts to use
//! what was deleted unseen brings it back. Beside it is kept of which items nobody need wonder that their song is gone.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Answered, Key, Server, Tx, ord};
use crate::Rule;
use rockon_core::model::{Kind, RowId, ScopeId, UserId, Values, Verb};

/// What the fields of who put a song to use are called: the table of what names it.
pub(crate) const SETLISTS: &str = "setlists";

/// Since when and by whose hand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Use {
    rev: i64,
    actor: UserId,
}

/// What is named, and in which row.
pub(crate) type Link = (Uuid, Uuid);

/// Each item of a setlist that names a song: its id, and the song.
pub(crate) fn songs_of(values: &Values) -> impl Iterator<Item = (&str, Uuid)> {
    let items = values.get("items").and_then(Value::as_array);
    items.into_iter().flatten().filter_map(|item| {
        let song = item["songId"].as_str()?.parse().ok()?;
        Some((item["id"].as_str()?, song))
    })
}

/// The rows that these values put to use.
fn links_of(kind: Kind, values: &Values) -> BTreeSet<Uuid> {
    let songs = songs_of(values).filter(|_| kind == Kind::Setlist);
    songs.map(|(_, song)| song).collect()
}

impl Server {
    /// Writes down what a row names now. `was`: its values before, if it stays in the scope.
    pub(crate) fn note_uses(
        &mut self,
        scope: ScopeId,
        (kind, id): (Kind, RowId),
        was: Option<&Values>,
        now: &Values,
        (rev, actor): (i64, UserId),
    ) {
        if kind != Kind::Setlist {
            return;
        }
        let before = was.map(|was| links_of(kind, was)).unwrap_or_default();
        let named = links_of(kind, now);
        let uses = &mut self.data.scopes.get_mut(&scope).unwrap().uses;
        uses.retain(|(target, source), _| *source != id.0 || named.contains(target));
        for target in named.difference(&before) {
            uses.insert((*target, id.0), Use { rev, actor });
        }
        // A second item with the same song is no new use.
        let old: BTreeSet<&str> = was
            .into_iter()
            .flat_map(songs_of)
            .map(|one| one.0)
            .collect();
        for (item, song) in songs_of(now) {
            if before.contains(&song) && !old.contains(item) {
                self.holes.note(&json!(item));
            }
        }
    }

    /// A row leaves its scope: it names nothing there any more, and for what is done to its songs meanwhile, nobody asks.
    pub(crate) fn forget_uses(&mut self, scope: ScopeId, id: RowId, values: &Values) {
        let uses = &mut self.data.scopes.get_mut(&scope).unwrap().uses;
        uses.retain(|(_, source), _| *source != id.0);
        for (item, _) in songs_of(values) {
            self.holes.note(&json!(item));
        }
    }

    /// Somebody takes this row away, knowing of these items that name it.
    pub(crate) fn note_holes(&mut self, id: RowId, list: &Values) {
        let named = songs_of(list).filter(|(_, song)| *song == id.0);
        named.for_each(|(item, _)| self.holes.note(&json!(item)));
    }

    /// Somebody takes this row away who sees what is on the server, or sees nothing but what he wrote himself.
    pub(crate) fn note_all_holes(&mut self, id: RowId, writer: Option<UserId>) {
        let rows = self.data.scopes.values().flat_map(|scope| &scope.rows);
        let lists = rows.filter(|((kind, _), _)| *kind == ord(Kind::Setlist));
        let named = lists.flat_map(|(_, row)| songs_of(&row.values));
        let named = named.filter(|(item, song)| {
            *song == id.0 && (writer.is_none() || self.writers.get(*item) == writer.as_ref())
        });
        let named: Vec<String> = named.map(|(item, _)| item.to_owned()).collect();
        for item in named {
            self.holes.note(&json!(item));
        }
    }

    /// Items of which nobody has seen that their song is gone: it was deleted where they stand.
    pub(crate) fn unseen_holes(&self) -> Vec<String> {
        let mut found = Vec::new();
        for scope in self.data.scopes.values() {
            let lists = scope.rows.iter();
            let lists = lists.filter(|((kind, _), _)| *kind == ord(Kind::Setlist));
            for (item, song) in lists.flat_map(|(_, row)| songs_of(&row.values)) {
                let key = (ord(Kind::Song), song);
                let kept = scope
                    .tombstones
                    .get(&key)
                    .is_some_and(|tombstone| tombstone.image.is_some());
                if kept && !scope.rows.contains_key(&key) && !self.holes.has(item) {
                    found.push(item.to_owned());
                }
            }
        }
        found
    }

    /// Who else put a row to use after a revision of its scope, and in which last.
    pub(crate) fn used_since(
        &self,
        user: UserId,
        scope: ScopeId,
        id: RowId,
        since: i64,
    ) -> BTreeMap<UserId, i64> {
        let mut found = BTreeMap::new();
        if self.left_out == Rule::UsesHoldADelete {
            return found;
        }
        let there = self.data.scopes.get(&scope).map(|scope| &scope.uses);
        for ((target, _), one) in there.into_iter().flatten() {
            if *target == id.0 && one.rev > since && one.actor != user {
                let newest = found.entry(one.actor).or_insert(one.rev);
                *newest = one.rev.max(*newest);
            }
        }
        found
    }

    /// Adds who put a row to use to who changed it.
    pub(crate) fn with_uses(mut others: Value, uses: BTreeMap<UserId, i64>) -> Value {
        let all = others.as_array_mut().unwrap();
        for (user, rev) in uses {
            match all.iter_mut().find(|one| one["user"] == json!(user)) {
                Some(one) => {
                    one["rev"] = json!(rev.max(one["rev"].as_i64().unwrap()));
                    one["fields"].as_array_mut().unwrap().push(json!(SETLISTS));
                }
                None => all.push(json!({"user": user, "name": Self::name_of(user), "rev": rev, "fields": [SETLISTS]})),
            }
        }
        others
    }

    /// The rows that this edit puts to use. `was`: its row as it is in the scope, if it is there.
    pub(crate) fn fresh_links(kind: Kind, set: &Values, was: Option<&Values>) -> BTreeSet<Uuid> {
        let before = was.map(|was| links_of(kind, was)).unwrap_or_default();
        &links_of(kind, set) - &before
    }

    /// Does one of these songs lead out of the scope: neither there nor in the author's own space, nor deleted there and
    /// still kept, nor named by another list?
    pub(crate) fn leads_out(&self, user: UserId, scope: ScopeId, songs: &BTreeSet<Uuid>) -> bool {
        let known = |song: &Uuid| {
            let key = (ord(Kind::Song), *song);
            let mut homes = [scope, user.into()]
                .into_iter()
                .filter_map(|id| self.data.scopes.get(&id));
            homes.any(|home| home.rows.contains_key(&key) || home.tombstones.contains_key(&key))
                || self.data.scopes[&scope]
                    .uses
                    .keys()
                    .any(|(target, _)| target == song)
        };
        !songs.iter().all(known)
    }

    /// Songs that a list named before they came, though nothing held them up: their author sent both in the wrong order.
    pub(crate) fn named_too_early(&self) -> BTreeSet<Uuid> {
        let mut found = BTreeSet::new();
        for (at, list) in self.answered.iter().enumerate() {
            if list.result["sqlstate"] != "23503" {
                continue;
            }
            for song in &list.songs {
                let (before, after) = self.answered.split_at(at);
                let adds = |one: &&Answered| {
                    let what = (one.user, one.row.1.0, one.verb);
                    what == (list.user, *song, Verb::Added)
                };
                let came = after.iter().find(adds);
                let came = came.is_some_and(|one| one.result["verdict"] == "applied");
                if came && !before.iter().any(|one| adds(&one)) {
                    found.insert(*song);
                }
            }
        }
        found
    }

    /// Brings back the songs that an edit puts to use and that somebody deleted unseen by its author.
    pub(crate) fn revive_used(
        &mut self,
        tx: &mut Tx,
        user: UserId,
        scope: ScopeId,
        songs: &BTreeSet<Uuid>,
        seen: i64,
    ) {
        if self.left_out == Rule::UseBringsBack {
            return;
        }
        for song in songs {
            let held = &self.data.scopes[&scope];
            let key: Key = (ord(Kind::Song), *song);
            let tombstone = held
                .tombstones
                .get(&key)
                .filter(|tombstone| tombstone.rev > seen);
            let Some((rev, image)) =
                tombstone.and_then(|tombstone| Some((tombstone.rev, tombstone.image.clone()?)))
            else {
                continue;
            };
            let of_old = held.uses.iter();
            let mut of_old = of_old.filter(|((target, _), one)| target == song && one.rev < rev);
            if held.rows.contains_key(&key) || (seen == 0 && of_old.next().is_some()) {
                continue;
            }
            self.put(tx, user, scope, Kind::Song, RowId(*song), image);
        }
    }

    /// Has a row left this scope for another, also if it was deleted there since?
    pub(crate) fn has_moved(&self, scope: ScopeId, kind: Kind, id: RowId) -> bool {
        let key = (ord(kind), id.0);
        let Some(held) = self
            .data
            .scopes
            .get(&scope)
            .filter(|held| !held.rows.contains_key(&key))
        else {
            return false;
        };
        let Some(tombstone) = held
            .tombstones
            .get(&key)
            .filter(|tombstone| tombstone.image.is_none())
        else {
            return false;
        };
        let others = self.data.scopes.iter().filter(|(id, _)| **id != scope);
        let mut others = others.filter_map(|(_, other)| other.tombstones.get(&key));
        self.find(kind, id).is_some() || others.any(|other| other.at > tombstone.at)
    }
}
