//! How far the changes of a scope have been told: kept in the database beside the notices, so that a kill neither loses
//! nor doubles one. Pure but for reading and writing one small setting.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::model::{Rev, ScopeId, UserId};
use crate::store::{Reader, WriteTx};

/// Everything up to `all` is told; of single authors, everything up to their own mark.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Mark {
    /// Told of everybody.
    pub(super) all: Rev,
    /// Told of one author; the key "" stands for no person.
    #[serde(default)]
    authors: BTreeMap<String, Rev>,
}

impl Mark {
    /// Everything up to `rev` needs no telling.
    pub(super) fn at(rev: Rev) -> Self {
        Self {
            all: rev,
            ..Self::default()
        }
    }

    /// Whether a change has been told already.
    pub(super) fn covers(&self, author: Option<UserId>, rev: Rev) -> bool {
        rev <= self.all
            || self
                .authors
                .get(&key(author))
                .is_some_and(|told| rev <= *told)
    }

    /// Changes of `author` up to `rev` are told now.
    pub(super) fn tell(&mut self, author: Option<UserId>, rev: Rev) {
        let told = self.authors.entry(key(author)).or_default();
        *told = rev.max(*told);
    }

    /// Everything up to `rev` is told, by whomever.
    pub(super) fn tell_all(&mut self, rev: Rev) {
        self.all = rev.max(self.all);
        let all = self.all;
        self.authors.retain(|_, told| *told > all);
    }
}

fn key(author: Option<UserId>) -> String {
    author.map_or_else(String::new, |id| id.to_string())
}

fn setting(scope: ScopeId) -> String {
    format!("notices.told.{scope}")
}

/// The mark of a scope; a damaged one counts as none, so that at worst something is told twice.
pub(super) fn read(reader: &Reader<'_>, scope: ScopeId) -> Result<Mark> {
    let text = reader.meta(&setting(scope))?;
    Ok(text
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default())
}

/// Keeps the mark of a scope.
pub(super) fn write(tx: &mut WriteTx<'_>, scope: ScopeId, mark: &Mark) -> Result<()> {
    let text = serde_json::to_string(mark).map_err(|_| crate::Error::Internal {
        place: "notices mark",
    })?;
    tx.set_meta(&setting(scope), &text)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn an_author_is_told_without_telling_the_others() {
        let eric = Some(UserId(Uuid::from_u128(1)));
        let mut mark = Mark::default();
        mark.tell(eric, Rev(5));
        assert!(mark.covers(eric, Rev(5)) && !mark.covers(eric, Rev(6)));
        assert!(
            !mark.covers(None, Rev(5)),
            "a service's changes are another author's"
        );
        mark.tell_all(Rev(5));
        assert!(
            mark.covers(None, Rev(5)) && mark.authors.is_empty(),
            "a mark stays small"
        );
    }
}
