//! What waits to be sent, as a person looks at it.
//!
//! Owns: [`UnsentEdit`] and its list, oldest first. Never: changes what waits, or says whether the server will take it.

use super::outbox::{EntryState, OutboxEntry, UNSENT};
use super::tx::Reader;
use crate::error::Result;
use crate::model::{EditId, Kind, RowId, ScopeId, Values, Verb};
use crate::time::Timestamp;

/// An edit that a pull has not brought back yet.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct UnsentEdit {
    /// Identifies it on this device; what is newer has a larger one.
    pub id: EditId,
    /// Where the row was when it was edited.
    pub scope: ScopeId,
    /// What the row is.
    pub kind: Kind,
    /// Which row.
    pub row: RowId,
    /// Its title as it is shown, else as the edit has it, else as the server has it; of a practice its day.
    pub title: Option<String>,
    /// What it does to the row.
    pub verb: Verb,
    /// It has been sent: the answer, or the row with it, is awaited.
    pub is_sent: bool,
    /// When it was made, wall clock.
    pub at: Timestamp,
}

impl Reader<'_> {
    /// Edits that wait, the one that waits longest first, at most `limit`. As many as [`super::OutboxCounts::unsent`] counts.
    pub fn unsent_edits(&self, limit: u32) -> Result<Vec<UnsentEdit>> {
        let waiting = self.entries(&format!("where {UNSENT} order by seq limit ?1"), &[&limit])?;
        let told = waiting.into_iter().map(|entry| {
            Ok(UnsentEdit {
                title: self.title_of_edit(&entry)?,
                id: entry.seq,
                scope: entry.scope,
                kind: entry.kind,
                row: entry.row,
                verb: entry.verb(),
                is_sent: entry.state != EntryState::Queued,
                at: entry.at,
            })
        });
        told.collect()
    }

    /// What the row of an edit is called: as it is shown, else as the edit has it; one that it deletes, as the server has it.
    pub(super) fn title_of_edit(&self, entry: &OutboxEntry) -> Result<Option<String>> {
        let typed = |values: &Values| {
            let title = values.get(entry.kind.title_column()?)?.as_str()?;
            Some(title.to_owned())
        };
        let shown = self.title(entry.kind, entry.row)?;
        let title = shown
            .or_else(|| typed(&entry.set))
            .or_else(|| typed(&entry.base));
        if title.is_some() {
            return Ok(title);
        }
        let known = self.kept_server_row(entry.kind, entry.row)?;
        Ok(known.and_then(|known| typed(&known.body?)))
    }
}
