//! Songs from files, in the three steps that a screen has: plan, choose, run.
//!
//! Owns: holding a plan against a band's songs, and writing what was chosen through the edit path.
//! Invariant: a run looks at the band again, so that the same plan run twice adds nothing twice unless that was chosen.

use super::Workspace;
use super::edits::CHUNK;
use crate::error::{Error, Result};
use crate::model::{Kind, RowId, ScopeId, Values, checked};
use crate::store::{Edit, SongQuery, WriteTx, is_cut};
use crate::transfer::{
    self, ImportChoices, ImportPlan, Likeness, Meaning, SourceFile, fill, settle,
};

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct ImportDone {
    /// The songs that were added, in the order of the plan.
    pub added: Vec<RowId>,
    /// How many songs of the band were changed.
    pub updated: u32,
    /// How many songs of the plan were left out: chosen so, or the same as another.
    pub skipped: u32,
}

impl Workspace {
    /// Reads files into a plan and marks the songs that the band (or my personal scope) has already. Nothing is stored. `columns`
    /// are meanings that a person chose for the columns of a table, by place; empty: all are found. Runs beside the caller's
    /// thread; 5 MB take about a second on a phone.
    ///
    /// # Errors
    /// [`Error::Invalid`] when there is too much altogether; a file that cannot be read says so in the plan.
    /// [`Error::Storage`].
    pub async fn plan_import(
        &self,
        scope: ScopeId,
        files: Vec<SourceFile>,
        columns: Vec<Meaning>,
    ) -> Result<ImportPlan> {
        let work = tokio::task::spawn_blocking(move || transfer::read(&files, &columns));
        let mut plan = work.await.map_err(|_| Error::Closed)??;
        plan.mark_twins(self.likenesses(scope).await?);
        Ok(plan)
    }

    /// Adds and changes what was chosen of a plan, queued like any edit. Songs that came to the band since the plan was made
    /// count as the same too.
    ///
    /// # Errors
    /// As [`Workspace::add_songs`]; after [`Error::Storage`] a part is there, and running again goes on.
    pub async fn run_import(
        &self,
        scope: ScopeId,
        mut plan: ImportPlan,
        choices: ImportChoices,
    ) -> Result<ImportDone> {
        let _held = self.store.hold();
        plan.mark_twins(self.likenesses(scope).await?);
        let settled = settle(plan.songs, &choices);
        let updates = settled.update.into_iter().map(|(id, values)| {
            let checked = values
                .into_iter()
                .map(|(name, value)| checked(Kind::Song, &name, value).map(|value| (name, value)));
            Ok((id, checked.collect::<Result<Values>>()?))
        });
        let updates = updates.collect::<Result<Vec<_>>>()?;
        let mut done = ImportDone {
            added: self.add_songs(scope, settled.add).await?,
            updated: 0,
            skipped: settled.skipped,
        };
        for chunk in updates.chunks(CHUNK) {
            let chunk = chunk.to_vec();
            done.updated += self.sync.write(move |tx| update(tx, chunk)).await?;
        }
        Ok(done)
    }

    async fn likenesses(&self, scope: ScopeId) -> Result<Vec<(RowId, Likeness)>> {
        let query = SongQuery {
            scope: Some(scope),
            limit: u32::MAX,
            ..SongQuery::default()
        };
        let songs = self.store.read(move |reader| reader.songs(&query)).await?;
        let likenesses = songs.iter().map(|song| {
            let artist = song.artist.as_deref().unwrap_or_default();
            (song.id, Likeness::of(&song.title, artist))
        });
        Ok(likenesses.collect())
    }
}

/// Sets filled cells of rows that are still there; notes are added to those there. Returns how many rows are different now.
fn update(tx: &mut WriteTx<'_>, rows: Vec<(RowId, Values)>) -> Result<u32> {
    let mut changed = 0;
    for (id, values) in rows {
        let Some(row) = tx.row(Kind::Song, id)? else {
            continue;
        };
        let mut set: Values = row
            .get("notes")
            .filter(|_| values.contains_key("notes"))
            .map(|notes| ("notes".to_owned(), notes.clone()))
            .into_iter()
            .collect();
        fill(&mut set, values);
        // What this phone has the beginning of only cannot be changed here; the rest can.
        set.retain(|name, value| {
            !is_cut(&row, name) && checked(Kind::Song, name, value.clone()).is_ok()
        });
        changed += u32::from(tx.edit(Edit::update(Kind::Song, id, set))?);
    }
    Ok(changed)
}
