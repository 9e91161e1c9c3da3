//! A model of the server: `docs/sync-protocol.md` in memory, one call after the other.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use uuid::Uuid;

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
    image: Option<Values>,
}

type Key = (usize, Uuid);

#[derive(Debug)]
struct Scope {
    band: bool,
    rev: i64,
    min_rev: i64,
    epoch: Uuid,
    rows: BTreeMap<Key, Row>,
    stones: BTreeMap<Key, Stone>,
    log: BTreeMap<(i64, Key), (Option<UserId>, &'static str)>,
}

#[derive(Debug, Default)]
struct Client {
    results: BTreeMap<i64, (Value, Value)>,
    acked: i64,
}

/// A transaction: one revision a scope.
#[derive(Debug, Default)]
pub(crate) struct Tx {
    revs: BTreeMap<ScopeId, i64>,
}

/// The server.
#[derive(Debug, Default)]
pub(crate) struct Server {
    scopes: BTreeMap<ScopeId, Scope>,
    members: BTreeMap<UserId, BTreeSet<ScopeId>>,
    clients: BTreeMap<Uuid, Client>,
    epochs: u128,
    /// What somebody at the web app overwrote, seeing it, and what anybody deleted.
    pub(crate) given_up: Texts,
    /// Who may read but not write, where.
    viewers: BTreeSet<(UserId, ScopeId)>,
    /// How often a mutation was really done.
    pub(crate) done: usize,
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
        self.scopes.insert(
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
            self.members.entry(*user).or_default().insert(id);
        }
    }

    fn next_epoch(&mut self) -> Uuid {
        self.epochs += 1;
        Uuid::from_u128(0xE << 120 | self.epochs)
    }

    pub(crate) fn join(&mut self, user: UserId, scope: ScopeId) {
        self.members.entry(user).or_default().insert(scope);
    }

    pub(crate) fn leave(&mut self, user: UserId, scope: ScopeId) {
        self.members.entry(user).or_default().remove(&scope);
    }

    /// From now on `user` only reads in this scope, or writes again.
    pub(crate) fn toggle_viewer(&mut self, user: UserId, scope: ScopeId) {
        if !self.viewers.remove(&(user, scope)) {
            self.viewers.insert((user, scope));
        }
    }

    pub(crate) fn is_member(&self, user: UserId, scope: ScopeId) -> bool {
        self.members
            .get(&user)
            .is_some_and(|mine| mine.contains(&scope))
    }

    pub(crate) fn new_epoch(&mut self, scope: ScopeId) {
        let epoch = self.next_epoch();
        self.scopes.get_mut(&scope).unwrap().epoch = epoch;
    }

    /// Forgets tombstones and log up to now: who has not read that far starts anew.
    pub(crate) fn prune(&mut self, scope: ScopeId) {
        let scope = self.scopes.get_mut(&scope).unwrap();
        scope.min_rev = scope.rev;
        scope.stones.clear();
        scope.log.clear();
    }

    /// What realtime would say of a scope now.
    pub(crate) fn head(&self, scope: ScopeId) -> (i64, Uuid) {
        let scope = &self.scopes[&scope];
        (scope.rev, scope.epoch)
    }

    pub(crate) fn find(&self, kind: Kind, id: RowId) -> Option<ScopeId> {
        let key = (ord(kind), id.0);
        self.scopes
            .iter()
            .find(|(_, scope)| scope.rows.contains_key(&key))
            .map(|(id, _)| *id)
    }

    /// Every text that stands in a row.
    pub(crate) fn texts(&self) -> Texts {
        let mut found = Texts::default();
        for scope in self.scopes.values() {
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
        self.scopes
            .values()
            .any(|scope| scope.rows.contains_key(&key) || scope.stones.contains_key(&key))
    }

    pub(crate) fn row(&self, kind: Kind, id: RowId) -> Option<&Row> {
        self.scopes
            .values()
            .find_map(|scope| scope.rows.get(&(ord(kind), id.0)))
    }

    fn bump(&mut self, tx: &mut Tx, scope: ScopeId) -> i64 {
        let head = self.scopes.get_mut(&scope).unwrap();
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
            self.remove(tx, actor, from, kind, id, false);
        }
        let rev = self.bump(tx, scope);
        let target = self.scopes.get_mut(&scope).unwrap();
        let old = target.rows.get(&key);
        let other_rev = old.map_or(0, |old| {
            if old.by == Some(actor) {
                old.other_rev
            } else {
                old.by_rev
            }
        });
        let row = Row {
            values,
            rev,
            by: Some(actor),
            by_rev: rev,
            other_rev,
        };
        target.rows.insert(key, row);
        target.log.insert((rev, key), (Some(actor), "update"));
    }

    pub(crate) fn remove(
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
        let from = self.scopes.get_mut(&scope).unwrap();
        if let Some(row) = from.rows.remove(&key) {
            self.given_up.note_all(&row.values);
            from.stones.insert(
                key,
                Stone {
                    rev,
                    actor: Some(actor),
                    image: keep.then_some(row.values),
                },
            );
            from.log.insert((rev, key), (Some(actor), "delete"));
        }
    }

    /// Brings back a deleted row; where, if there was an image of it.
    pub(crate) fn restore(&mut self, actor: UserId, kind: Kind, id: RowId) -> Option<ScopeId> {
        let key = (ord(kind), id.0);
        let (scope, image) = self.scopes.iter().find_map(|(scope, held)| {
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
            for id in self.members.get(&user).into_iter().flatten() {
                let scope = &self.scopes[id];
                scopes.push(json!({"id": id, "type": scope_type(scope), "epoch": scope.epoch, "head": scope.rev, "reset": false,
                    "cursor": null, "has_more": false, "rows": {}, "tombstones": [], "log": []}));
            }
        }
        for ask in asked {
            let id: ScopeId = ask["id"].as_str().unwrap().parse().unwrap();
            if self.is_member(user, id) {
                scopes.push(page(id, &self.scopes[&id], ask, &mut limit));
            } else {
                gone.push(json!({"id": id, "by": null, "by_name": null}));
            }
        }
        let client = request["client_id"]
            .as_str()
            .and_then(|id| id.parse().ok())
            .and_then(|id: Uuid| self.clients.get(&id));
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
        let client = self.clients.entry(client_id).or_default();
        client.acked = client.acked.max(acked);
        let head = self
            .scopes
            .get(&scope)
            .map_or((0, Uuid::nil()), |scope| (scope.rev, scope.epoch));
        let stale = mutations.iter().any(|mutation| {
            let n = mutation["n"].as_i64().unwrap();
            match client.results.get(&n) {
                Some((known, _)) => known != mutation,
                None => n <= client.acked,
            }
        });
        if stale {
            return json!({"scope": scope, "epoch": head.1, "head": head.0, "client_reset": true, "results": []});
        }
        let mut tx = Tx::default();
        let mut results = Vec::new();
        for mutation in mutations {
            let n = mutation["n"].as_i64().unwrap();
            let known = self.clients[&client_id]
                .results
                .get(&n)
                .map(|(_, result)| result.clone());
            let result = known.unwrap_or_else(|| {
                let result = self.mutate(&mut tx, user, scope, mutation);
                self.done += 1;
                let client = self.clients.get_mut(&client_id).unwrap();
                client.results.insert(n, (mutation.clone(), result.clone()));
                result
            });
            results.push(result);
        }
        let (head, epoch) = self
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
            return json!({"n": n, "verdict": "applied", "rev": 0});
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
        if !self.scopes.contains_key(&target)
            || !self.is_member(user, target)
            || self.viewers.contains(&(user, target))
        {
            return refused(n, "42501");
        }
        match (op, live) {
            ("delete", Some(live)) => {
                self.remove(tx, user, live, kind, id, true);
                let rev = tx.revs.get(&scope).copied();
                json!({"n": n, "verdict": "applied", "rev": rev})
            }
            ("delete", None) => json!({"n": n, "verdict": "applied", "rev": null}),
            (_, Some(live)) => {
                let values = self.scopes[&live].rows[&(ord(kind), id.0)].values.clone();
                self.change(tx, user, target, (kind, id), mutation, (values, base))
            }
            ("insert", None) => {
                self.put(tx, user, target, kind, id, set.clone());
                json!({"n": n, "verdict": "applied", "rev": tx.revs[&target]})
            }
            (_, None) => {
                let image = self.scopes[&scope]
                    .stones
                    .get(&(ord(kind), id.0))
                    .and_then(|stone| stone.image.clone());
                let Some(mut image) = image.or_else(|| (op == "restore").then(Values::new)) else {
                    return refused(n, "02000");
                };
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
            if conflict && long {
                current.insert(name.clone(), now);
                continue;
            }
            if conflict {
                overwritten.insert(name.clone(), now.clone());
            }
            changed |= now != *new;
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

fn scope_type(scope: &Scope) -> &'static str {
    if scope.band { "band" } else { "user" }
}

/// The scope a write names, for kinds that name one.
fn target(kind: Kind, set: &Values) -> Option<ScopeId> {
    matches!(kind, Kind::Song | Kind::Setlist)
        .then(|| set.get("context_id")?.as_str()?.parse().ok())?
}

/// One scope's part of a page: items in the order of (revision, ord, id), as many as `limit` still allows.
fn page(id: ScopeId, scope: &Scope, ask: &Value, limit: &mut usize) -> Value {
    let mut cursor = ask["cursor"].clone();
    let epoch = ask["epoch"].as_str().and_then(|text| text.parse().ok());
    let rev = cursor["rev"].as_i64().unwrap_or(0);
    let since = cursor["since"].as_i64();
    let reset = !cursor.is_null()
        && (epoch != Some(scope.epoch) || rev > scope.rev || since.unwrap_or(rev) < scope.min_rev);
    if reset {
        cursor = Value::Null;
    }
    let fresh = cursor.is_null();
    let since = if fresh { Some(scope.rev) } else { since };
    let after = (
        cursor["rev"].as_i64().unwrap_or(0),
        cursor["ord"]
            .as_u64()
            .map_or(usize::MAX, |ord| usize::try_from(ord).unwrap()),
        cursor["id"]
            .as_str()
            .and_then(|id| id.parse().ok())
            .unwrap_or(Uuid::max()),
    );
    let after = if fresh { (0, 0, Uuid::nil()) } else { after };
    let rows = scope
        .rows
        .iter()
        .map(|((kind, id), row)| (row.rev, *kind, *id));
    let stones = scope
        .stones
        .iter()
        .map(|((kind, id), stone)| (stone.rev, 10 + kind, *id));
    let log = scope
        .log
        .keys()
        .map(|(rev, (kind, id))| (*rev, 20 + kind, *id));
    let mut items: Vec<_> = rows
        .chain(stones)
        .chain(log)
        .filter(|item| *item > after && (item.1 < 10 || since.is_none_or(|since| item.0 > since)))
        .collect();
    items.sort_unstable();
    let has_more = items.len() > *limit;
    items.truncate(*limit);
    *limit -= items.len();
    let cursor = match items.last() {
        _ if !has_more => json!({"rev": scope.rev, "ord": null, "id": null}),
        Some((rev, ord, id)) => match since {
            Some(since) => json!({"rev": rev, "ord": ord, "id": id, "since": since}),
            None => json!({"rev": rev, "ord": ord, "id": id}),
        },
        None => cursor,
    };
    let (mut out, mut stones, mut log) =
        (BTreeMap::<&str, Vec<Value>>::new(), Vec::new(), Vec::new());
    for (rev, ord, row_id) in items {
        let kind = Kind::ALL[ord % 10].as_str();
        match ord / 10 {
            0 => out
                .entry(kind)
                .or_default()
                .push(row_json(row_id, &scope.rows[&(ord, row_id)])),
            1 => {
                let stone = &scope.stones[&(ord - 10, row_id)];
                stones.push(json!({"kind": kind, "id": row_id, "rev": rev, "actor": stone.actor, "actor_name": "Sam", "title": "x", "deleted_at": "2026-01-01"}));
            }
            _ => {
                let (actor, op) = scope.log[&(rev, (ord - 20, row_id))];
                log.push(json!([rev, kind, row_id, op, actor, ["title"]]));
            }
        }
    }
    json!({"id": id, "type": scope_type(scope), "epoch": scope.epoch, "head": scope.rev, "reset": reset, "cursor": cursor,
        "has_more": has_more, "rows": out, "tombstones": stones, "log": log})
}

fn row_json(id: Uuid, row: &Row) -> Value {
    let mut values = row.values.clone();
    values.insert("id".to_owned(), json!(id));
    values.insert("sync_rev".to_owned(), json!(row.rev));
    values.insert("sync_by".to_owned(), json!(row.by));
    values.insert("sync_by_rev".to_owned(), json!(row.by_rev));
    values.insert("sync_other_rev".to_owned(), json!(row.other_rev));
    Value::Object(values)
}
