//! Import, export, sharing and the doctor.

use rockon_core::Error as CoreError;
use rockon_core::client::ImportDone;
use rockon_core::doctor::DoctorReport;
use rockon_core::model::{RowId, ScopeId};
use rockon_core::transfer::{Format, ImportChoices, ImportPlan, Meaning, SongFile, SourceFile};

use super::Client;

#[uniffi::export]
impl Client {
    /// Looks at services, network, auth and app, in that order. Never fails but by a shutdown; takes as long as the
    /// time-outs of what does not answer.
    pub async fn diagnose(&self) -> Result<DoctorReport, CoreError> {
        self.run(|core| Box::pin(async move { Ok(core.diagnose().await) }))
            .await
    }

    /// Where a damaged file was put when the data was opened; nothing when all was well.
    pub fn damaged_file(&self) -> Result<Option<String>, CoreError> {
        let workspace = self.core.workspace()?;
        Ok(workspace
            .quarantined()
            .map(|kept_file| kept_file.path.to_string_lossy().into_owned()))
    }
}

calls! { local:
    /// Reads files into a plan and marks the songs that the band (or my personal scope) has already; nothing is stored. The kind of
    /// each file is found by its content, the columns of a table by heading and values; `columns` are meanings that the person
    /// chose instead, by place. A file that cannot be read says so in the plan. Throws `Invalid` when there is too much
    /// altogether: 2,000 files, 20 MB, 10,000 songs.
    plan_import(scope: ScopeId, files: Vec<SourceFile>, columns: Vec<Meaning>) -> ImportPlan;
    /// Adds and changes what was chosen of a plan, queued like any edit. Looks at the band again: running a plan twice adds
    /// nothing twice unless that was chosen.
    run_import(scope: ScopeId, plan: ImportPlan, choices: ImportChoices) -> ImportDone;
    /// All songs of a band (or my own) as the text of a file, and what is not whole in it.
    export_songs(scope: ScopeId, format: Format) -> SongFile;
    /// A song as plain text in the language of the app, notes included. Throws `NotFound`.
    song_text(id: RowId) -> String;
    /// A setlist as plain text in the language of the app: songs numbered, with key, capo, tempo and length; breaks, sections,
    /// running time. Throws `NotFound`.
    setlist_text(id: RowId) -> String;
    /// The same as one page of HTML for the system's printing: black on white, it runs and loads nothing. Throws `NotFound`.
    setlist_html(id: RowId) -> String;
}
