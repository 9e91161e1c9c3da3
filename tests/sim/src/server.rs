//! A model of the server: `docs/sync-protocol.md` in memory, one call after the other.

mod deeds;
mod deletes;
mod marks;
mod members;
mod mutate;
mod page;
mod uses;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use uuid::Uuid;

pub(crate) use self::deeds::{Deed, Placed, same, value};
use self::mutate::target;
use self::page::{page, scope_type};
use self::uses::{Link, Use};
pub(crate) use self::uses::{SETLISTS, songs_of};
use super::Rule;
use super::typed::Texts;
use rockon_core::model::{Kind, RowId, ScopeId, UserId, Values, Verb};

/// A row with its stamps.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) values: Values,
    pub(crate) rev: i64,
    by: Option<UserId>,
    by_rev: i64,
    other_rev: i64,
}

#[derive(Debug, Clone)]
struct Tombstone {
    rev: i64,
    /// Its place among all, whatever their scope.
    at: u64,
    actor: Option<UserId>,
    title: String,
    image: Option<Values>,
}

type Key = (usize, Uuid);

#[derive(Debug, Clone)]
struct Scope {
    band: bool,
    rev: i64,
    min_rev: i64,
    epoch: Uuid,
    rows: BTreeMap<Key, Row>,
    tombstones: BTreeMap<Key, Tombstone>,
    uses: BTreeMap<Link, Use>,
    log: BTreeMap<(i64, Key), Deed>,
}

#[derive(Debug, Clone, Default)]
struct Client {
    results: BTreeMap<i64, (Value, Value)>,
    acked: i64,
}

/// A transaction: one revision a scope.
#[derive(Debug, Default)]
pub(crate) struct Tx {
    revs: BTreeMap<ScopeId, i64>,
}

/// What a backup of the server holds.
#[derive(Debug, Clone, Default)]
struct Data {
    scopes: BTreeMap<ScopeId, Scope>,
    members: BTreeMap<UserId, BTreeSet<ScopeId>>,
    clients: BTreeMap<Uuid, Client>,
    /// Read marks made.
    marks: u128,
}

/// The server.
#[derive(Debug, Default)]
pub(crate) struct Server {
    data: Data,
    backup: Option<Data>,
    /// Everything that anybody ever did, by the life of the server: after a restore another one begins.
    deeds: BTreeMap<(u32, ScopeId, i64, Key), Deed>,
    life: u32,
    epochs: u128,
    /// In which life each epoch began.
    lives: BTreeMap<Uuid, u32>,
    /// Which rule it leaves out.
    pub(crate) left_out: Rule,
    /// What somebody at the web app overwrote, seeing it, and what anybody deleted.
    pub(crate) given_up: Texts,
    /// Items of setlists whose song may be gone: who took it away knew of them.
    holes: Texts,
    /// Tombstones made.
    tombstones: u64,
    /// Who wrote each text by a mutation.
    writers: BTreeMap<String, UserId>,
    /// How often each text was written by a mutation that does not send a row again.
    written: BTreeMap<String, u32>,
    /// Every mutation that was answered, in order.
    answered: Vec<Answered>,
}

/// What a mutation asked for, and the answer.
#[derive(Debug)]
pub(crate) struct Answered {
    user: UserId,
    pub(crate) scope: ScopeId,
    pub(crate) row: (Kind, RowId),
    /// What it was to do.
    pub(crate) verb: Verb,
    /// The fields that it set.
    pub(crate) names: BTreeSet<String>,
    /// The songs that it named.
    songs: BTreeSet<Uuid>,
    pub(crate) result: Value,
}

/// The position of a kind in the protocol's order.
fn ord(kind: Kind) -> usize {
    Kind::ALL.iter().position(|other| *other == kind).unwrap()
}

fn refused(n: i64, sqlstate: &str) -> Value {
    json!({"n": n, "verdict": "refused", "rev": null, "sqlstate": sqlstate, "reason": "no"})
}

impl Server {
    pub(crate) fn add_scope(&mut self, id: ScopeId, band: bool, members: &[UserId]) {
        let epoch = self.next_epoch();
        self.data.scopes.insert(
            id,
            Scope {
                band,
                rev: 1,
                min_rev: 0,
                epoch,
                rows: BTreeMap::new(),
                tombstones: BTreeMap::new(),
                uses: BTreeMap::new(),
                log: BTreeMap::new(),
            },
        );
        for user in members {
            self.data.members.entry(*user).or_default().insert(id);
        }
    }

    fn next_epoch(&mut self) -> Uuid {
        self.epochs += 1;
        let epoch = Uuid::from_u128(0xE << 120 | self.epochs);
        self.lives.insert(epoch, self.life);
        epoch
    }

    /// Its revisions begin above those of any life before a backup came back.
    pub(crate) fn new_epoch(&mut self, scope: ScopeId) {
        let epoch = self.next_epoch();
        let scope = self.data.scopes.get_mut(&scope).unwrap();
        scope.epoch = epoch;
        scope.rev += 1_000_000;
    }

    /// Forgets tombstones and log up to now: who has not read that far starts again.
    pub(crate) fn prune(&mut self, scope: ScopeId) {
        let scope = self.data.scopes.get_mut(&scope).unwrap();
        scope.min_rev = scope.rev;
        scope.tombstones.clear();
        scope.log.clear();
    }

    /// Keeps a copy of everything.
    pub(crate) fn back_up(&mut self) {
        self.backup = Some(self.data.clone());
    }

    /// Everything is as it was in the copy, in new epochs. What was written since is lost.
    pub(crate) fn restore_backup(&mut self) -> bool {
        let Some(backup) = self.backup.take() else {
            return false;
        };
        let before = self.texts();
        self.life += 1;
        self.data = backup;
        let after = self.texts();
        self.given_up.note_except(before, &after);
        self.written.clear();
        let scopes: Vec<ScopeId> = self.data.scopes.keys().copied().collect();
        if self.left_out != Rule::NewEpochAfterRestore {
            for scope in scopes {
                self.new_epoch(scope);
            }
        }
        true
    }

    /// These texts may be written again: somebody sends them a second time.
    pub(crate) fn may_repeat(&mut self, values: &Values) {
        for value in values.values().filter_map(Value::as_str) {
            self.written.remove(value);
        }
    }

    /// Texts that were written more than once by one edit.
    pub(crate) fn written_again(&self) -> Vec<&String> {
        let again = self.written.iter().filter(|(_, count)| **count > 1);
        again.map(|(text, _)| text).collect()
    }

    /// What was answered to the mutations of a person.
    pub(crate) fn answers_to(&self, user: UserId) -> impl Iterator<Item = &Answered> {
        self.answered.iter().filter(move |one| one.user == user)
    }

    /// What realtime would say of a scope now.
    pub(crate) fn head(&self, scope: ScopeId) -> (i64, Uuid) {
        let scope = &self.data.scopes[&scope];
        (scope.rev, scope.epoch)
    }

    pub(crate) fn find(&self, kind: Kind, id: RowId) -> Option<ScopeId> {
        let key = (ord(kind), id.0);
        self.data
            .scopes
            .iter()
            .find(|(_, scope)| scope.rows.contains_key(&key))
            .map(|(id, _)| *id)
    }

    /// Every text that stands in a row.
    pub(crate) fn texts(&self) -> Texts {
        let mut found = Texts::default();
        for scope in self.data.scopes.values() {
            scope
                .rows
                .values()
                .for_each(|row| found.note_all(&row.values));
        }
        found
    }

    /// What answers hold that no phone has acknowledged.
    pub(crate) fn unacknowledged(&self) -> Texts {
        let mut found = Texts::default();
        let clients = self.data.clients.values();
        for (_, result) in clients.flat_map(|client| client.results.values()) {
            found.note(result);
        }
        found
    }

    /// The last revision of the row that somebody but `user` made.
    pub(crate) fn by_others(&self, user: UserId, kind: Kind, id: RowId) -> i64 {
        self.row(kind, id).map_or(0, |row| {
            if row.by == Some(user) {
                row.other_rev
            } else {
                row.by_rev
            }
        })
    }

    /// Is or was there such a row?
    pub(crate) fn knows(&self, kind: Kind, id: RowId) -> bool {
        let key = (ord(kind), id.0);
        self.data
            .scopes
            .values()
            .any(|scope| scope.rows.contains_key(&key) || scope.tombstones.contains_key(&key))
    }

    pub(crate) fn row(&self, kind: Kind, id: RowId) -> Option<&Row> {
        self.data
            .scopes
            .values()
            .find_map(|scope| scope.rows.get(&(ord(kind), id.0)))
    }

    fn bump(&mut self, tx: &mut Tx, scope: ScopeId) -> i64 {
        let head = self.data.scopes.get_mut(&scope).unwrap();
        *tx.revs.entry(scope).or_insert_with(|| {
            head.rev += 1;
            head.rev
        })
    }

    /// Writes a row into a scope, moving it there if it is elsewhere.
    pub(crate) fn put(
        &mut self,
        tx: &mut Tx,
        actor: UserId,
        scope: ScopeId,
        kind: Kind,
        id: RowId,
        values: Values,
    ) {
        let key = (ord(kind), id.0);
        let from = self.find(kind, id);
        if let Some(from) = from.filter(|from| *from != scope) {
            self.take_out(tx, actor, from, kind, id, false);
        }
        let rev = self.bump(tx, scope);
        let target = self.data.scopes.get_mut(&scope).unwrap();
        let old = target.rows.get(&key);
        let other_rev = old.map_or(0, |old| {
            if old.by == Some(actor) {
                old.other_rev
            } else {
                old.by_rev
            }
        });
        let was = old.map(|old| old.values.clone());
        let before = was.clone();
        let returns = from.is_none() && target.tombstones.contains_key(&key);
        let deed = Deed::of(actor, was, &values, returns);
        let now = values.clone();
        let row = Row {
            values,
            rev,
            by: Some(actor),
            by_rev: rev,
            other_rev,
        };
        target.rows.insert(key, row);
        self.record(scope, rev, key, deed);
        self.note_uses(scope, (kind, id), before.as_ref(), &now, (rev, actor));
        if from.is_none() {
            let scopes = self.data.scopes.values_mut();
            let tombstones = scopes.filter_map(|held| held.tombstones.get_mut(&key));
            tombstones.for_each(|tombstone| tombstone.image = None);
        }
    }

    fn take_out(
        &mut self,
        tx: &mut Tx,
        actor: UserId,
        scope: ScopeId,
        kind: Kind,
        id: RowId,
        keep: bool,
    ) {
        let key = (ord(kind), id.0);
        let rev = self.bump(tx, scope);
        self.tombstones += 1;
        let from = self.data.scopes.get_mut(&scope).unwrap();
        if let Some(row) = from.rows.remove(&key) {
            from.tombstones.insert(
                key,
                Tombstone {
                    rev,
                    at: self.tombstones,
                    actor: Some(actor),
                    title: title(kind, &row.values),
                    image: keep.then(|| row.values.clone()),
                },
            );
            let deed = Deed {
                actor: Some(actor),
                op: if keep { "delete" } else { "move" },
                was: row.values,
                now: Values::new(),
            };
            self.forget_uses(scope, id, &deed.was);
            self.record(scope, rev, key, deed);
        }
    }

    /// A deleted row that can be brought back: where, and what it was.
    pub(crate) fn deleted(&self, kind: Kind, id: RowId) -> Option<(ScopeId, Values)> {
        let key = (ord(kind), id.0);
        let mut held = self.data.scopes.iter();
        let found = held.find_map(|(scope, held)| {
            let image = held.tombstones.get(&key)?.image.clone()?;
            (!held.rows.contains_key(&key)).then_some((*scope, image))
        });
        found.filter(|_| self.find(kind, id).is_none())
    }

    /// Brings back a deleted row; where, if there was an image of it.
    pub(crate) fn restore(&mut self, actor: UserId, kind: Kind, id: RowId) -> Option<ScopeId> {
        let (scope, image) = self.deleted(kind, id)?;
        self.put(&mut Tx::default(), actor, scope, kind, id, image);
        Some(scope)
    }

    /// `sync_pull`.
    pub(crate) fn pull(&self, user: UserId, request: &Value) -> Value {
        let asked = request["scopes"].as_array().unwrap();
        let mut limit = usize::try_from(request["limit"].as_u64().unwrap()).unwrap();
        let (mut scopes, mut gone) = (Vec::new(), Vec::new());
        if asked.is_empty() {
            for id in self.data.members.get(&user).into_iter().flatten() {
                let scope = &self.data.scopes[id];
                scopes.push(json!({"id": id, "type": scope_type(scope), "epoch": scope.epoch, "head": scope.rev, "reset": false,
                    "cursor": null, "has_more": false, "rows": {}, "tombstones": [], "log": []}));
            }
        }
        for ask in asked {
            let id: ScopeId = ask["id"].as_str().unwrap().parse().unwrap();
            if self.is_member(user, id) {
                scopes.push(page(
                    id,
                    &self.data.scopes[&id],
                    ask,
                    &mut limit,
                    self.left_out,
                ));
            } else {
                gone.push(self.gone(user, id));
            }
        }
        let client = request["client_id"]
            .as_str()
            .and_then(|id| id.parse().ok())
            .and_then(|id: Uuid| self.data.clients.get(&id));
        let results: Vec<_> = client.map_or(Vec::new(), |client| {
            client
                .results
                .range(client.acked + 1..)
                .map(|(_, (_, result))| result.clone())
                .collect()
        });
        json!({"user_id": user, "server_time": "2026-01-01T20:00:00Z", "scopes": scopes, "gone": gone, "results": results})
    }

    /// `sync_push`: all mutations in one transaction.
    pub(crate) fn push(&mut self, user: UserId, request: &Value) -> Value {
        let scope: ScopeId = request["scope"].as_str().unwrap().parse().unwrap();
        let client_id: Uuid = request["client_id"].as_str().unwrap().parse().unwrap();
        let mutations = request["mutations"].as_array().unwrap();
        let acked = request["acked"].as_i64().unwrap();
        let head = self
            .data
            .scopes
            .get(&scope)
            .map_or((0, Uuid::nil()), |scope| (scope.rev, scope.epoch));
        let rule = self.left_out;
        let client = self.data.clients.entry(client_id).or_default();
        let acked = client.acked.max(acked);
        let stale = mutations.iter().any(|mutation| {
            let n = mutation["n"].as_i64().unwrap();
            match client.results.get(&n) {
                Some((known, _)) => known != mutation,
                None => n <= acked,
            }
        });
        if stale {
            return json!({"scope": scope, "epoch": head.1, "head": head.0, "client_reset": true, "results": []});
        }
        client.acked = acked;
        for (n, (_, result)) in client.results.range_mut(..=acked) {
            *result = json!({"n": n, "verdict": result["verdict"], "rev": result["rev"]});
        }
        let mut tx = Tx::default();
        let mut results = Vec::new();
        for mutation in mutations {
            let n = mutation["n"].as_i64().unwrap();
            let known = self.data.clients[&client_id].results.get(&n);
            let known = known.filter(|_| rule != Rule::NumberIsDoneOnce);
            let known = known.map(|(_, result)| result.clone());
            let result = known.unwrap_or_else(|| {
                let mut result = self.mutate(&mut tx, user, scope, mutation);
                result["tag"] = mutation["tag"].clone();
                self.answered
                    .push(Answered::new(user, scope, mutation, &result));
                let client = self.data.clients.get_mut(&client_id).unwrap();
                client.results.insert(n, (mutation.clone(), result.clone()));
                result
            });
            results.push(result);
        }
        let (head, epoch) = self
            .data
            .scopes
            .get(&scope)
            .map_or((0, Uuid::nil()), |scope| (scope.rev, scope.epoch));
        json!({"scope": scope, "epoch": epoch, "head": head, "client_reset": false, "results": results})
    }
}

impl Answered {
    fn new(user: UserId, scope: ScopeId, mutation: &Value, result: &Value) -> Self {
        let text = |name: &str| mutation[name].as_str().unwrap();
        let set = mutation["set"].as_object().unwrap();
        let kind = text("kind").parse().unwrap();
        let moves = target(kind, set).is_some_and(|to| to != scope);
        Self {
            user,
            scope,
            row: (kind, text("id").parse().unwrap()),
            verb: match text("op") {
                "insert" => Verb::Added,
                "delete" => Verb::Deleted,
                "restore" => Verb::Restored,
                "update" if moves => Verb::Moved,
                _ => Verb::Changed,
            },
            names: set.keys().cloned().collect(),
            songs: songs_of(set).map(|(_, song)| song).collect(),
            result: result.clone(),
        }
    }
}

fn title(kind: Kind, values: &Values) -> String {
    let title = kind
        .title_column()
        .and_then(|column| values.get(column)?.as_str());
    title.unwrap_or_default().to_owned()
}
