//! Deletes: what is given up with a row, and what holds a delete back.

use serde_json::Value;

use super::{Server, Tx};
use crate::Rule;
use crate::typed::Texts;
use rockon_core::model::{Kind, RowId, ScopeId, UserId};

impl Server {
    /// Deletes a row before somebody's eyes, who gives up all of it.
    pub(crate) fn remove(
        &mut self,
        tx: &mut Tx,
        actor: UserId,
        scope: ScopeId,
        kind: Kind,
        id: RowId,
    ) {
        if let Some(row) = self.row(kind, id) {
            let values = row.values.clone();
            self.given_up.note_all(&values);
        }
        self.note_all_holes(id, None);
        self.take_out(tx, actor, scope, kind, id, true);
    }

    /// Who deletes a row on a phone gives up what is shown there, and what he wrote himself elsewhere.
    pub(crate) fn note_own(&mut self, user: UserId, kind: Kind, id: RowId) {
        let Some(row) = self.row(kind, id) else {
            return;
        };
        let mut own = Texts::default();
        own.note_all(&row.values);
        own.keep(|text| self.writers.get(text) == Some(&user));
        self.given_up.note_except(own, &Texts::default());
        self.note_all_holes(id, Some(user));
    }

    /// Who changed a row, or put it to use, after what the author of this mutation has seen of it.
    pub(crate) fn unseen_by(
        &self,
        user: UserId,
        kind: Kind,
        id: RowId,
        mutation: &Value,
    ) -> Option<Value> {
        let seen = mutation["base_rev"].as_i64().unwrap();
        let rev = self.by_others(user, kind, id);
        let scope = self.find(kind, id)?;
        let changed = rev > seen && self.left_out != Rule::DeleteYieldsToUnseen;
        let put_to = self.used_since(user, scope, id, seen);
        (changed || !put_to.is_empty()).then(|| {
            let others = self.changed_by(user, scope, (super::ord(kind), id.0), seen);
            Self::with_uses(others, put_to)
        })
    }
}
