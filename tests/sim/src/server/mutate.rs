//! What one mutation of a push does: `docs/sync-protocol.md`, verdict by verdict.

use serde_json::{Value, json};

use super::{Server, Tx, ord, refused, value};
use crate::Rule;
use crate::typed::Texts;
use rockon_core::model::{Kind, Merge, RowId, ScopeId, UserId, Values, field};

/// What the database refuses whoever sends it.
fn is_forbidden(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|text| text.ends_with("forbidden"))
}

impl Server {
    /// Somebody typed these texts.
    pub(crate) fn note_writer(&mut self, user: UserId, values: &Values) {
        values
            .values()
            .for_each(|value| self.note_writer_of(user, value));
    }

    fn note_writer_of(&mut self, user: UserId, value: &Value) {
        let mut texts = Texts::default();
        texts.note(value);
        for text in texts.into_all() {
            self.writers.entry(text).or_insert(user);
        }
    }

    fn note_written(&mut self, user: UserId, op: &str, value: &Value) {
        self.note_writer_of(user, value);
        if let Some(text) = value.as_str().filter(|text| text.starts_with("text "))
            && op != "restore"
        {
            *self.written.entry(text.to_owned()).or_default() += 1;
        }
    }

    pub(crate) fn mutate(
        &mut self,
        tx: &mut Tx,
        user: UserId,
        scope: ScopeId,
        mutation: &Value,
    ) -> Value {
        let n = mutation["n"].as_i64().unwrap();
        let kind: Kind = mutation["kind"].as_str().unwrap().parse().unwrap();
        let id: RowId = mutation["id"].as_str().unwrap().parse().unwrap();
        let set = mutation["set"].as_object().unwrap();
        let base = mutation["base"].as_object().unwrap();
        let op = mutation["op"].as_str().unwrap();
        if !self.may_write(user, scope) {
            return refused(n, "42501");
        }
        if op == "mark" {
            return self.set_mark(tx, user, id, mutation);
        }
        if set.values().any(is_forbidden) {
            return refused(n, "23514");
        }
        let live = self.find(kind, id);
        let here = live.filter(|live| *live == scope);
        if op != "delete" && here.is_none() && self.has_moved(scope, kind, id) {
            return if self.left_out == Rule::MovedIsRefused {
                json!({"n": n, "verdict": "applied", "rev": null})
            } else {
                refused(n, "RO003")
            };
        }
        // Its tombstone here is pruned.
        if op != "delete" && live != here {
            return refused(n, if op == "update" { "02000" } else { "42501" });
        }
        let target = target(kind, set).or(here).unwrap_or(scope);
        if !self.data.scopes.contains_key(&target) || !self.may_write(user, target) {
            return refused(n, "42501");
        }
        let leaves = op == "delete" || target != scope;
        if let Some(by) = here
            .filter(|_| leaves)
            .and_then(|_| self.unseen_by(user, kind, id, mutation))
        {
            let mut no = refused(n, "RO001");
            no["changed_by"] = by;
            return no;
        }
        let seen = mutation["base_rev"].as_i64().unwrap_or(0);
        let others = self.changed_by(user, scope, (ord(kind), id.0), seen);
        let was = here.and_then(|_| Some(self.row(kind, id)?.values.clone()));
        let songs = Self::fresh_links(kind, set, was.as_ref());
        let met = |was: &Values| base.get("items").unwrap_or(&Value::Null) != value(was, "items");
        if !was.as_ref().is_some_and(met) && self.leads_out(user, scope, &songs) {
            return refused(n, "23503");
        }
        if op != "delete" {
            self.revive_used(tx, user, scope, &songs, seen);
        }
        let mut result = match (op, here) {
            ("delete", Some(live)) => {
                self.note_own(user, kind, id);
                self.take_out(tx, user, live, kind, id, true);
                let rev = tx.revs.get(&scope).copied();
                json!({"n": n, "verdict": "applied", "rev": rev})
            }
            // Gone from this scope already: deleted, or moved away.
            ("delete", _) => json!({"n": n, "verdict": "applied", "rev": null}),
            (_, Some(_)) => {
                let values = was.unwrap_or_default();
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
                    .tombstones
                    .get(&(ord(kind), id.0))
                    .and_then(|tombstone| tombstone.image.clone());
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
        };
        result["changed_by"] = others;
        result
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
        if changed {
            self.put(tx, user, target, kind, id, values);
        }
        let verdict = if current.is_empty() {
            "applied"
        } else {
            "partial"
        };
        json!({"n": mutation["n"], "verdict": verdict, "rev": tx.revs.get(&target), "restored": false,
            "overwritten": overwritten, "current": current})
    }
}

/// The scope a write names, for kinds that name one.
pub(crate) fn target(kind: Kind, set: &Values) -> Option<ScopeId> {
    matches!(kind, Kind::Song | Kind::Setlist)
        .then(|| set.get("context_id")?.as_str()?.parse().ok())?
}
