//! Who is in which band, as what: the list that calls are checked by, and the rows that phones read.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Server, Tx, ord};
use rockon_core::model::{Kind, RowId, ScopeId, UserId, Values};

/// What people are called: by the last digit of their id.
const NAMES: [&str; 3] = ["Ann", "Bob", "Cleo"];

impl Server {
    /// What a person is called in every band.
    pub(crate) fn name_of(user: UserId) -> &'static str {
        let letter = usize::try_from(user.0.as_u128() % 16).unwrap();
        letter
            .checked_sub(0xa)
            .map_or("Nobody", |n| NAMES[n % NAMES.len()])
    }

    /// A person enters a band, or comes back; by a row of his only if there is one or `row` gives it an id.
    pub(crate) fn join(&mut self, user: UserId, scope: ScopeId, row: Option<RowId>) {
        self.data.members.entry(user).or_default().insert(scope);
        let fresh = || {
            let fresh = json!({"user_id": user, "band_id": scope, "role": "member", "status": "active",
                "member_name": Self::name_of(user)});
            (row?, fresh.as_object()?.clone()).into()
        };
        if let Some((id, values)) = self.member_row(user, scope).or_else(fresh) {
            self.set_member(user, scope, id, values, ("status", "active"));
        }
    }

    /// A person leaves a band, or `by` removes him.
    pub(crate) fn leave(&mut self, user: UserId, scope: ScopeId, by: UserId) {
        self.data.members.entry(user).or_default().remove(&scope);
        if let Some((id, values)) = self.member_row(user, scope) {
            self.set_member(by, scope, id, values, ("status", "inactive"));
        }
    }

    /// From now on `user` only reads in this scope, or writes again: `by` has said so.
    pub(crate) fn toggle_viewer(&mut self, user: UserId, scope: ScopeId, by: UserId) {
        if let Some((id, values)) = self.member_row(user, scope) {
            let role = if values["role"] == "viewer" {
                "member"
            } else {
                "viewer"
            };
            self.set_member(by, scope, id, values, ("role", role));
        }
    }

    pub(crate) fn is_member(&self, user: UserId, scope: ScopeId) -> bool {
        self.data
            .members
            .get(&user)
            .is_some_and(|mine| mine.contains(&scope))
    }

    pub(crate) fn may_write(&self, user: UserId, scope: ScopeId) -> bool {
        let row = self.member_row(user, scope);
        self.is_member(user, scope) && row.is_none_or(|(_, row)| row["role"] != "viewer")
    }

    /// What a pull says of a scope that is not this person's: who ended that, where his own row tells.
    pub(crate) fn gone(&self, user: UserId, scope: ScopeId) -> Value {
        let row = self.member_row(user, scope).map(|(id, _)| id);
        let key = row.map(|id| (ord(Kind::Membership), id.0));
        let by = key.and_then(|key| self.data.scopes[&scope].rows[&key].by);
        json!({"id": scope, "by": by, "by_name": by.map(Self::name_of)})
    }

    fn member_row(&self, user: UserId, scope: ScopeId) -> Option<(RowId, Values)> {
        let held = self.data.scopes.get(&scope)?;
        let first = (ord(Kind::Membership), Uuid::nil());
        let rows = held.rows.range(first..=(first.0, Uuid::max()));
        let mut rows = rows.filter(|(_, row)| row.values["user_id"] == json!(user));
        rows.next()
            .map(|((_, id), row)| (RowId(*id), row.values.clone()))
    }

    fn set_member(
        &mut self,
        by: UserId,
        scope: ScopeId,
        id: RowId,
        mut values: Values,
        (name, value): (&str, &str),
    ) {
        values.insert(name.to_owned(), json!(value));
        let tx = &mut Tx::default();
        self.put(tx, by, scope, Kind::Membership, id, values);
    }
}
