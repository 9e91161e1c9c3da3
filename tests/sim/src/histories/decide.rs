//! What a member decides: about an edit that was refused, and about a delete that met somebody else's change.

use super::History;
use crate::phone::lock;
use crate::server::songs_of;
use rockon_core::model::{RowId, Verb};
use rockon_core::notices::{conflict_closed, rejection_settled};
use rockon_core::store::Asks;

impl History<'_> {
    /// A member retries or gives up what was refused.
    pub(crate) fn decide_rejected(&mut self) {
        let phone = self.phone();
        let read = self.phones[phone]
            .store()
            .read(|reader| reader.rejected_edits(1));
        let Some(entry) = self.runtime.block_on(read).unwrap().pop() else {
            return;
        };
        let retry = self.random.bool();
        if retry {
            // It may have been done before its scope went.
            lock(&self.world).may_repeat(&entry.set);
            // What it deletes, or names, he has seen.
            if entry.verb == Verb::Deleted {
                self.see_uses(phone, entry.row);
            }
            let mut server = lock(&self.world);
            songs_of(&entry.set).for_each(|(_, song)| server.note_holes(RowId(song), &entry.set));
        }
        let id = entry.id;
        let done = self.phones[phone].edit(self.runtime, move |tx| {
            let told = tx.notice_of_rejection(id)?;
            if retry {
                tx.retry_rejected(id)?;
            } else {
                tx.discard_rejected(id)?;
            }
            rejection_settled(tx, told)
        });
        done.unwrap();
        if !retry {
            self.given_up.note_all(&entry.set);
        }
    }

    /// A member deletes what came back to him, seeing it now, or keeps it.
    pub(crate) fn decide_crossing(&mut self) {
        let phone = self.phone();
        let read = self.phones[phone]
            .store()
            .read(|reader| reader.conflicts(100));
        let found = self.runtime.block_on(read).unwrap();
        let Some(found) = found.into_iter().find(|one| one.what.asks != Asks::Value) else {
            return;
        };
        let row = (found.what.kind, found.what.row);
        let insist = self.random.bool();
        if insist && found.what.asks == Asks::Delete {
            let shown = self.phones[phone]
                .rows(self.runtime, &[row])
                .pop()
                .flatten();
            self.see_uses(phone, row.1);
            if let Some((_, shown)) = shown {
                self.given_up.note_all(&shown);
            }
        }
        let done = self.phones[phone].edit(self.runtime, move |tx| {
            tx.settle_crossing(&found, insist)?;
            tx.close_conflict(found.id)?;
            conflict_closed(tx, found.notice)
        });
        done.unwrap();
    }
}
