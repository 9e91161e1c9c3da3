//! Read marks: rows of the user's own scope, raised and never lowered.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Server, Tx, refused};
use rockon_core::model::{Kind, RowId, ScopeId, UserId, Values};

/// The row that a read-up-to mark names.
const READ_UP_TO: RowId = RowId(Uuid::nil());

impl Server {
    /// The row of this mark, if there is one.
    fn mark(
        &self,
        user: UserId,
        scope: &Value,
        kind: &Value,
        id: RowId,
    ) -> Option<(RowId, Values)> {
        let own = &self.data.scopes.get(&user.into())?.rows;
        let marks = own
            .iter()
            .filter(|((ord, _), _)| *ord == super::ord(Kind::ReadMark));
        let mut found = marks.filter(|(_, mark)| {
            let of = &mark.values;
            of["mark_scope"] == *scope && of["row_kind"] == *kind && of["row_id"] == json!(id)
        });
        found
            .next()
            .map(|((_, id), mark)| (RowId(*id), mark.values.clone()))
    }

    /// Up to which revision the user has read the row, as far as the server knows.
    pub(crate) fn read_up_to(&self, user: UserId, scope: ScopeId, kind: Kind, id: RowId) -> i64 {
        let of = |id| self.mark(user, &json!(scope), &json!(kind), id);
        let marks = [of(id), of(READ_UP_TO)].into_iter().flatten();
        let revs = marks.filter_map(|(_, mark)| mark["rev"].as_i64());
        revs.max().unwrap_or(0)
    }

    /// Does a `mark`.
    pub(crate) fn set_mark(
        &mut self,
        tx: &mut Tx,
        user: UserId,
        id: RowId,
        mutation: &Value,
    ) -> Value {
        let (n, set) = (mutation["n"].as_i64().unwrap(), &mutation["set"]);
        let target: ScopeId = set["scope_id"].as_str().unwrap().parse().unwrap();
        if !self.is_member(user, target) {
            return refused(n, "42501");
        }
        let rev = set["rev"].as_i64().unwrap().min(self.head(target).0);
        let seen = if set["seen"] == true && id != READ_UP_TO {
            rev
        } else {
            0
        };
        let nothing = json!({"n": n, "verdict": "applied", "rev": 0});
        let old = self.mark(user, &set["scope_id"], &set["row_kind"], id);
        let (row, old_rev, old_seen) = match &old {
            Some((row, old)) => (*row, old["rev"].as_i64(), old["seen_rev"].as_i64()),
            None => (RowId(self.next_mark()), None, None),
        };
        let rises = old_rev < Some(rev) || old_seen < Some(seen);
        if !rises || (old.is_some() && set["if_absent"] == true) {
            return nothing;
        }
        let values = json!({"user_id": user, "mark_scope": target, "row_kind": set["row_kind"], "row_id": id,
            "rev": old_rev.max(Some(rev)), "seen_rev": old_seen.max(Some(seen))});
        let values = values.as_object().unwrap().clone();
        self.put(tx, user, user.into(), Kind::ReadMark, row, values);
        json!({"n": n, "verdict": "applied", "rev": tx.revs[&user.into()]})
    }

    fn next_mark(&mut self) -> Uuid {
        self.data.marks += 1;
        Uuid::from_u128(0xAD << 120 | self.data.marks)
    }
}
