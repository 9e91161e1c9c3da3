//! How far the changes of a scope have been told: kept in the database beside the notices, so that a kill neither loses
//! nor doubles one. Pure but for reading and writing one small setting.
//!
//! Invariant: a mark holds for the revisions it was made in. What came before the log of this phone begins is no news.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::Result;
use crate::model::{Kind, Rev, ScopeId, UserId};
use crate::store::{LogStart, Reader, WriteTx};

/// Everything up to `all` is told; of single authors, everything up to their own mark.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Watermark {
    /// Told of everybody.
    pub(super) all: Rev,
    /// Told of one author; the key "" stands for no person.
    #[serde(default)]
    authors: BTreeMap<String, Rev>,
    /// Of what happened to members, told of everybody: at once, and so ahead of what the same people changed.
    #[serde(default)]
    members: Rev,
    /// Of the revisions; `None` = an older version wrote the mark.
    #[serde(default)]
    epoch: Option<Uuid>,
}

impl Watermark {
    /// Where the log begins on this phone everything before needs no telling, and a mark in revisions that no longer exist
    /// says nothing.
    fn from(self, start: LogStart) -> Self {
        let known = if self.epoch.is_none() || self.epoch == start.epoch {
            self
        } else {
            Self::default()
        };
        Self {
            all: known.all.max(start.rev),
            epoch: start.epoch,
            ..known
        }
    }

    /// Whether a change has been told already.
    pub(super) fn covers(&self, kind: Kind, author: Option<UserId>, rev: Rev) -> bool {
        if kind == Kind::Membership && rev <= self.members {
            return true;
        }
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

    /// What happened to members up to `rev` is told now.
    pub(super) fn tell_members(&mut self, rev: Rev) {
        self.members = rev.max(self.members);
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
pub(super) fn read(reader: &Reader<'_>, scope: ScopeId) -> Result<Watermark> {
    let text = reader.meta(&setting(scope))?;
    let mark: Option<Watermark> = text.and_then(|text| serde_json::from_str(&text).ok());
    let mark = mark.unwrap_or_default();
    Ok(match reader.log_start(scope)? {
        Some(start) => mark.from(start),
        None => mark,
    })
}

/// Keeps the mark of a scope.
pub(super) fn write(tx: &mut WriteTx<'_>, scope: ScopeId, mark: &Watermark) -> Result<()> {
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
        let mut mark = Watermark::default();
        mark.tell(eric, Rev(5));
        let song = Kind::Song;
        assert!(mark.covers(song, eric, Rev(5)) && !mark.covers(song, eric, Rev(6)));
        assert!(
            !mark.covers(song, None, Rev(5)),
            "a service's changes are another author's"
        );
        mark.tell_members(Rev(7));
        assert!(mark.covers(Kind::Membership, eric, Rev(7)));
        assert!(!mark.covers(song, eric, Rev(7)), "what he changed waits");
        mark.tell_all(Rev(5));
        assert!(
            mark.covers(song, None, Rev(5)) && mark.authors.is_empty(),
            "a mark stays small"
        );
    }

    #[test]
    fn a_mark_in_revisions_that_are_no_more_says_nothing() {
        let start = |epoch, rev| LogStart {
            epoch: Some(Uuid::from_u128(epoch)),
            rev: Rev(rev),
        };
        let mut mark = Watermark::default().from(start(1, 3));
        mark.tell_all(Rev(50));
        assert!(
            mark.clone()
                .from(start(1, 3))
                .covers(Kind::Song, None, Rev(50))
        );
        let again = mark.from(start(2, 30));
        assert!(again.covers(Kind::Song, None, Rev(30)));
        assert!(!again.covers(Kind::Song, None, Rev(31)));
    }
}
