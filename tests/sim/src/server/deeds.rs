//! What every person really did: an image before and after of each row and revision. The log is made of it, and what
//! notices say is held against it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Key, Server};
use crate::Rule;
use rockon_core::model::{Kind, Merge, RowId, ScopeId, UserId, Values, field};
use rockon_core::notices::says_nothing;

/// What one revision did to one row.
#[derive(Debug, Clone)]
pub(crate) struct Deed {
    pub(crate) actor: Option<UserId>,
    pub(crate) op: &'static str,
    pub(crate) was: Values,
    pub(crate) now: Values,
}

/// The value of a field, null where there is none.
pub(crate) fn value<'a>(values: &'a Values, name: &str) -> &'a Value {
    values.get(name).unwrap_or(&Value::Null)
}

/// Are they the same to a person?
pub(crate) fn same(one: &Value, other: &Value) -> bool {
    one == other || (says_nothing(one) && says_nothing(other))
}

/// One deed, where and at which revision.
pub(crate) type Placed<'a> = (Kind, RowId, &'a Deed);

impl Deed {
    /// Of a row that is written; `returns`: it had been deleted there.
    pub(crate) fn of(actor: UserId, was: Option<Values>, now: &Values, returns: bool) -> Self {
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
        !same(value(&self.was, name), value(&self.now, name))
    }

    /// The fields that have another value, as a person sees it.
    pub(crate) fn changed(&self) -> impl Iterator<Item = &String> {
        self.now.keys().filter(|name| self.changes(name))
    }

    /// Is there nothing in it to be told?
    pub(crate) fn is_nothing(&self) -> bool {
        self.op == "update" && self.changed().next().is_none()
    }

    /// What was done and in which columns, as the log has them.
    pub(crate) fn told(&self, rule: Rule) -> (&'static str, Vec<&String>) {
        let op = match (rule, self.op) {
            (Rule::VerbsAreTold, _) => "update",
            (Rule::ReturnsAndMovesAreTold, "restore") => "insert",
            (Rule::ReturnsAndMovesAreTold, "move") => "delete",
            (_, op) => op,
        };
        (op, self.changed().filter(|_| op == "update").collect())
    }

    /// Of the scalars among them what was and what is. `later`: the row as it is by now.
    pub(crate) fn short_values(&self, kind: Kind, later: Option<&Values>, rule: Rule) -> Values {
        let scalar = |name: &str| match kind {
            Kind::Membership => ["role", "status"].contains(&name),
            _ => field(kind, name).is_some_and(|one| one.merge == Merge::Scalar),
        };
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

/// What one person did to a row, together.
#[derive(Debug, Default)]
struct Others<'a> {
    rev: i64,
    fields: BTreeSet<&'a String>,
    ops: BTreeSet<&'a str>,
}

impl Server {
    /// Notes in the log, and for ever, what was done.
    pub(crate) fn record(&mut self, scope: ScopeId, rev: i64, key: Key, deed: Deed) {
        let log = &mut self.data.scopes.get_mut(&scope).unwrap().log;
        let deed = match log.remove(&(rev, key)) {
            Some(earlier) => earlier.joined(deed),
            None => deed,
        };
        if deed.is_nothing() {
            self.deeds.remove(&(self.life, scope, rev, key));
            return;
        }
        log.insert((rev, key), deed.clone());
        self.deeds.insert((self.life, scope, rev, key), deed);
    }

    /// What anybody did in a scope above one revision and up to another, in order; the epoch says in which life of the
    /// server.
    pub(crate) fn deeds_between(
        &self,
        scope: ScopeId,
        epoch: Option<Uuid>,
        (above, to): (i64, i64),
    ) -> impl Iterator<Item = Placed<'_>> {
        let life = epoch.and_then(|epoch| self.lives.get(&epoch)).copied();
        let life = life.unwrap_or(u32::MAX);
        let last = (usize::MAX, Uuid::max());
        let range = (life, scope, above, last)..=(life, scope, to, last);
        let found = self.deeds.range(range);
        found.map(|((.., (ord, id)), deed)| (Kind::ALL[*ord], RowId(*id), deed))
    }

    /// What was ever done.
    pub(crate) fn all_deeds(&self) -> impl Iterator<Item = &Deed> {
        self.deeds.values()
    }

    /// What was ever done in a scope.
    pub(crate) fn deeds_in(&self, scope: ScopeId) -> impl Iterator<Item = &Deed> {
        let all = self.deeds.iter();
        all.filter(move |((_, at, ..), _)| *at == scope)
            .map(|(_, deed)| deed)
    }

    /// What was done to a row, wherever it was.
    pub(crate) fn deeds_of(&self, kind: Kind, id: RowId) -> impl Iterator<Item = &Deed> {
        let key = (super::ord(kind), id.0);
        let all = self.deeds.iter();
        all.filter(move |((.., row), _)| *row == key)
            .map(|(_, deed)| deed)
    }

    /// Who but `user` changed a row after a revision, and in what; as far as the log reaches.
    pub(crate) fn changed_by(&self, user: UserId, scope: ScopeId, key: Key, above: i64) -> Value {
        let mut found: BTreeMap<Option<UserId>, Others<'_>> = BTreeMap::new();
        let log = self.data.scopes.get(&scope).map(|scope| &scope.log);
        for ((rev, row), deed) in log.into_iter().flatten() {
            if *row == key && *rev > above && deed.actor != Some(user) {
                let others = found.entry(deed.actor).or_default();
                others.rev = *rev;
                let (op, names) = deed.told(Rule::None);
                others.fields.extend(names);
                others.ops.insert(op);
            }
        }
        let one = |(who, others): (Option<UserId>, Others<'_>)| {
            let name = who.map(Self::name_of);
            json!({"user": who, "name": name, "rev": others.rev, "fields": others.fields, "ops": others.ops})
        };
        found.into_iter().map(one).collect()
    }
}
