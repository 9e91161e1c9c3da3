//! A model of the server: `docs/sync-protocol.md` in memory, one call after the other.

mod deeds;
mod deletes;
mod marks;
mod page;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use uuid::Uuid;

pub(crate) use self::deeds::Deed;
use self::page::{page, scope_type};
use super::Rule;
use super::typed::Texts;
use crate::model::{Kind, Merge, RowId, ScopeId, UserId, Values, field};

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
struct Stone {
    rev: i64,
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
    stones: BTreeMap<Key, Stone>,
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
    /// Which rule it leaves out.
    pub(crate) left_out: Rule,
    /// What somebody at the web app overwrote, seeing it, and what anybody deleted.
    pub(crate) given_up: Texts,
    /// Who may read but not write, where.
    viewers: BTreeSet<(UserId, ScopeId)>,
    /// Who wrote each text by a mutation.
    writers: BTreeMap<String, UserId>,
    /// How often each text was written by a mutation that does not send a row again.
    written: BTreeMap<String, u32>,
}

/// The position of a kind in the protocol's order.
fn ord(kind: Kind) -> usize {
    Kind::ALL.iter().position(|other| *other == kind).unwrap()
}

/// What the database refuses whoever sends it.
fn is_forbidden(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|text| text.ends_with("forbidden"))
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
                stones: BTreeMap::new(),
                log: BTreeMap::new(),
            },
        );
        for user in members {
            self.data.members.entry(*user).or_default().insert(id);
        }
    }

    fn next_epoch(&mut self) -> Uuid {
        self.epochs += 1;
        Uuid::from_u128(0xE << 120 | self.epochs)
    }

    pub(crate) fn join(&mut self, user: UserId, scope: ScopeId) {
        self.data.members.entry(user).or_default().insert(scope);
    }

    pub(crate) fn leave(&mut self, user: UserId, scope: ScopeId) {
        self.data.members.entry(user).or_default().remove(&scope);
    }

    /// From now on `user` only reads in this scope, or writes again.
    pub(crate) fn toggle_viewer(&mut self, user: UserId, scope: ScopeId) {
        if !self.viewers.remove(&(user, scope)) {
            self.viewers.insert((user, scope));
        }
    }

    pub(crate) fn is_member(&self, user: UserId, scope: ScopeId) -> bool {
        self.data
            .members
            .get(&user)
            .is_some_and(|mine| mine.contains(&scope))
    }

    pub(crate) fn new_epoch(&mut self, scope: ScopeId) {
        let epoch = self.next_epoch();
        self.data.scopes.get_mut(&scope).unwrap().epoch = epoch;
    }

    /// Forgets tombstones and log up to now: who has not read that far starts again.
    pub(crate) fn prune(&mut self, scope: ScopeId) {
        let scope = self.data.scopes.get_mut(&scope).unwrap();
        scope.min_rev = scope.rev;
        scope.stones.clear();
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

    fn note_written(&mut self, user: UserId, op: &str, value: &Value) {
        let mut texts = Texts::default();
        texts.note(value);
        for text in texts.into_all() {
            self.writers.entry(text).or_insert(user);
        }
        if let Some(text) = value.as_str().filter(|text| text.starts_with("text "))
            && op != "restore"
        {
            *self.written.entry(text.to_owned()).or_default() += 1;
        }
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
            .any(|scope| scope.rows.contains_key(&key) || scope.stones.contains_key(&key))
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
        let returns = from.is_none() && target.stones.contains_key(&key);
        let deed = Deed::of(actor, was, &values, returns);
        let row = Row {
            values,
            rev,
            by: Some(actor),
            by_rev: rev,
            other_rev,
        };
        target.rows.insert(key, row);
        self.record(scope, rev, key, deed);
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
        let from = self.data.scopes.get_mut(&scope).unwrap();
        if let Some(row) = from.rows.remove(&key) {
            from.stones.insert(
                key,
                Stone {
                    rev,
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
            self.record(scope, rev, key, deed);
        }
    }

    /// Brings back a deleted row; where, if there was an image of it.
    pub(crate) fn restore(&mut self, actor: UserId, kind: Kind, id: RowId) -> Option<ScopeId> {
        let key = (ord(kind), id.0);
        let (scope, image) = self.data.scopes.iter().find_map(|(scope, held)| {
            let image = held.stones.get(&key)?.image.clone()?;
            (!held.rows.contains_key(&key)).then_some((*scope, image))
        })?;
        if self.find(kind, id).is_some() {
            return None;
        }
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
                gone.push(json!({"id": id, "by": null, "by_name": null}));
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

    fn mutate(&mut self, tx: &mut Tx, user: UserId, scope: ScopeId, mutation: &Value) -> Value {
        let n = mutation["n"].as_i64().unwrap();
        let kind: Kind = mutation["kind"].as_str().unwrap().parse().unwrap();
        let id: RowId = mutation["id"].as_str().unwrap().parse().unwrap();
        let set = mutation["set"].as_object().unwrap();
        let base = mutation["base"].as_object().unwrap();
        let op = mutation["op"].as_str().unwrap();
        if !self.is_member(user, scope) || self.viewers.contains(&(user, scope)) {
            return refused(n, "42501");
        }
        if op == "mark" {
            return self.set_mark(tx, user, id, mutation);
        }
        if set.values().any(is_forbidden) {
            return refused(n, "23514");
        }
        let live = self.find(kind, id);
        if live
            .is_some_and(|live| !self.is_member(user, live) || self.viewers.contains(&(user, live)))
        {
            return refused(n, "42501");
        }
        let target = target(kind, set).or(live).unwrap_or(scope);
        if !self.data.scopes.contains_key(&target)
            || !self.is_member(user, target)
            || self.viewers.contains(&(user, target))
        {
            return refused(n, "42501");
        }
        let leaves = op == "delete" || live.is_some_and(|live| target != live);
        if let Some(by) = live
            .filter(|live| leaves && *live == scope)
            .and_then(|_| self.unseen_by(user, kind, id, mutation))
        {
            let mut no = refused(n, "RO001");
            no["changed_by"] = by;
            return no;
        }
        match (op, live) {
            ("delete", Some(live)) if live == scope => {
                self.note_own(user, kind, id);
                self.take_out(tx, user, live, kind, id, true);
                let rev = tx.revs.get(&scope).copied();
                json!({"n": n, "verdict": "applied", "rev": rev})
            }
            // Gone from this scope already: deleted, or moved away.
            ("delete", _) => json!({"n": n, "verdict": "applied", "rev": null}),
            (_, Some(live)) => {
                let values = self.data.scopes[&live].rows[&(ord(kind), id.0)]
                    .values
                    .clone();
                self.change(tx, user, target, (kind, id), mutation, (values, base))
            }
            ("insert", None) => {
                set.values()
                    .for_each(|value| self.note_written(user, op, value));
                self.put(tx, user, target, kind, id, set.clone());
                json!({"n": n, "verdict": "applied", "rev": tx.revs[&target]})
            }
            (_, None) => {
                let image = self.data.scopes[&scope]
                    .stones
                    .get(&(ord(kind), id.0))
                    .and_then(|stone| stone.image.clone());
                let Some(mut image) = image.or_else(|| (op == "restore").then(Values::new)) else {
                    return refused(n, "02000");
                };
                set.values()
                    .for_each(|value| self.note_written(user, op, value));
                image.extend(set.clone());
                image.insert("context_id".to_owned(), json!(target));
                self.put(tx, user, target, kind, id, image);
                json!({"n": n, "verdict": "applied", "rev": tx.revs[&target], "restored": true})
            }
        }
    }

    fn change(
        &mut self,
        tx: &mut Tx,
        user: UserId,
        target: ScopeId,
        key: (Kind, RowId),
        mutation: &Value,
        was: (Values, &Values),
    ) -> Value {
        let (kind, id) = key;
        let (mut values, base) = was;
        let (mut overwritten, mut current) = (Values::new(), Values::new());
        let mut changed = false;
        for (name, new) in mutation["set"].as_object().unwrap() {
            let now = values.get(name).cloned().unwrap_or_default();
            let conflict = now != *new && base.get(name) != Some(&now);
            let long = field(kind, name).is_some_and(|field| !matches!(field.merge, Merge::Scalar));
            if conflict && long && self.left_out != Rule::TextsAreMerged {
                current.insert(name.clone(), now);
                continue;
            }
            if conflict && !long {
                overwritten.insert(name.clone(), now.clone());
            }
            if now != *new {
                changed = true;
                self.note_written(user, mutation["op"].as_str().unwrap(), new);
            }
            values.insert(name.clone(), new.clone());
        }
        let row = self.row(kind, id).unwrap();
        let changed_by = if row.by == Some(user) {
            json!([])
        } else {
            json!([{"user": row.by, "name": "Sam", "rev": row.by_rev}])
        };
        if changed {
            self.put(tx, user, target, kind, id, values);
        }
        let verdict = if current.is_empty() {
            "applied"
        } else {
            "partial"
        };
        json!({"n": mutation["n"], "verdict": verdict, "rev": tx.revs.get(&target), "restored": false,
            "overwritten": overwritten, "current": current, "changed_by": changed_by})
    }
}

fn title(kind: Kind, values: &Values) -> String {
    let title = kind
        .title_column()
        .and_then(|column| values.get(column)?.as_str());
    title.unwrap_or_default().to_owned()
}

/// The scope a write names, for kinds that name one.
fn target(kind: Kind, set: &Values) -> Option<ScopeId> {
    matches!(kind, Kind::Song | Kind::Setlist)
        .then(|| set.get("context_id")?.as_str()?.parse().ok())?
}
