//! What every person really did: an image before and after of each row and revision. The log is made of it, and what
//! notices say is held against it.

use serde_json::{Value, json};

use super::{Key, Server};
use crate::model::{Kind, Merge, RowId, ScopeId, UserId, Values, field};
use crate::sync::sim::Rule;

/// What one revision did to one row.
#[derive(Debug, Clone)]
pub(crate) struct Deed {
    pub(crate) actor: Option<UserId>,
    pub(crate) op: &'static str,
    pub(crate) was: Values,
    pub(crate) now: Values,
}

fn value<'a>(values: &'a Values, name: &str) -> &'a Value {
    values.get(name).unwrap_or(&Value::Null)
}

impl Deed {
    /// Of a row that is written; `returns`: it had been deleted there.
    pub(super) fn of(actor: UserId, was: Option<Values>, now: &Values, returns: bool) -> Self {
        Self {
            actor: Some(actor),
            op: match was {
                Some(_) => "update",
                None if returns => "restore",
                None => "insert",
            },
            was: was.unwrap_or_default(),
            now: now.clone(),
        }
    }

    /// Has this field another value?
    pub(crate) fn changes(&self, name: &str) -> bool {
        value(&self.was, name) != value(&self.now, name)
    }

    /// What was done and in which columns, as the log has them.
    pub(super) fn told(&self, rule: Rule) -> (&'static str, Vec<&String>) {
        let op = match (rule, self.op) {
            (Rule::VerbsAreTold, _) => "update",
            (Rule::ReturnsAndMovesAreTold, "restore") => "insert",
            (Rule::ReturnsAndMovesAreTold, "move") => "delete",
            (_, op) => op,
        };
        let names = self.now.keys().filter(|name| self.changes(name));
        (op, names.filter(|_| op == "update").collect())
    }

    /// Of the scalars among them what was and what is. `later`: the row as it is by now.
    pub(super) fn short_values(&self, kind: Kind, later: Option<&Values>, rule: Rule) -> Values {
        let scalar = |name: &str| field(kind, name).is_some_and(|one| one.merge == Merge::Scalar);
        let (_, names) = self.told(rule);
        let names = names.into_iter().filter(|name| scalar(name));
        let pairs = names.map(|name| {
            let left_out = rule == Rule::ValuesAreTheAuthors;
            let now = later.filter(|_| left_out).unwrap_or(&self.now);
            (
                name.clone(),
                json!([value(&self.was, name), value(now, name)]),
            )
        });
        pairs.collect()
    }

    /// Followed by another in the same transaction.
    fn joined(self, later: Self) -> Self {
        match (self.op, later.op) {
            ("insert" | "restore" | "update", "update") => Self {
                now: later.now,
                ..self
            },
            _ => later,
        }
    }
}

impl Server {
    /// Notes in the log, and for ever, what was done.
    pub(super) fn record(&mut self, scope: ScopeId, rev: i64, key: Key, deed: Deed) {
        let log = &mut self.data.scopes.get_mut(&scope).unwrap().log;
        let deed = match log.remove(&(rev, key)) {
            Some(earlier) => earlier.joined(deed),
            None => deed,
        };
        log.insert((rev, key), deed.clone());
        self.deeds.insert((self.life, scope, rev, key), deed);
    }

    /// What was done to a row in a scope, in order, with the life of the server it was done in.
    pub(crate) fn deeds_of(&self, scope: ScopeId, kind: Kind, id: RowId) -> Vec<(u32, &Deed)> {
        let key = (super::ord(kind), id.0);
        let all = self.deeds.iter();
        all.filter(|((_, at, _, row), _)| *at == scope && *row == key)
            .map(|((life, ..), deed)| (*life, deed))
            .collect()
    }
}
