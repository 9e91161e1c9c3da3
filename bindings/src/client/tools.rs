//! Import, export and the doctor.

use rockon_core::Error as CoreError;
use rockon_core::client::ImportDone;
use rockon_core::doctor::DoctorReport;
use rockon_core::model::ScopeId;
use rockon_core::transfer::{
    Format, ImportChoices, ImportError, ImportPlan, Meaning, SongFile, SourceFile, WarningKind,
};

use super::Client;

#[uniffi::export]
impl Client {
    /// Reads files into a plan and marks the songs that the band (or my personal scope) has already; nothing is stored. The kind of
    /// each file is found by its content, the columns of a table by heading and values; `columns` are meanings that the person
    /// chose instead, by place. A file that cannot be read says so in the plan. Throws `Invalid` when there is too much
    /// altogether: 2,000 files, 20 MB, 10,000 songs.
    pub async fn plan_import(
        &self,
        scope: ScopeId,
        files: Vec<SourceFile>,
        columns: Vec<Meaning>,
    ) -> Result<ImportPlan, CoreError> {
        self.local(async move |workspace| workspace.plan_import(scope, files, columns).await)
            .await
    }

    /// Adds and changes what was chosen of a plan, queued like any edit. Looks at the band again: running a plan twice adds
    /// nothing twice unless that was chosen.
    pub async fn run_import(
        &self,
        scope: ScopeId,
        plan: ImportPlan,
        choices: ImportChoices,
    ) -> Result<ImportDone, CoreError> {
        self.local(async move |workspace| workspace.run_import(scope, plan, choices).await)
            .await
    }

    /// All songs of a band (or my own) as the text of a file, and what is not whole in it.
    pub async fn export_songs(
        &self,
        scope: ScopeId,
        format: Format,
    ) -> Result<SongFile, CoreError> {
        self.local(async move |workspace| workspace.export_songs(scope, format).await)
            .await
    }

    /// Looks at services, network, auth and app, in that order. Never fails but by a shutdown; takes as long as the
    /// time-outs of what does not answer.
    pub async fn diagnose(&self) -> Result<DoctorReport, CoreError> {
        self.run(async move |core| Ok(core.diagnose().await)).await
    }

    /// Where a damaged file was put when the data was opened; nothing when all was well.
    pub fn damaged_file(&self) -> Result<Option<String>, CoreError> {
        let workspace = self.core.workspace()?;
        Ok(workspace
            .quarantined()
            .map(|kept_file| kept_file.path.to_string_lossy().into_owned()))
    }
}

/// The report as plain text, one line a check, the verdict first: for a mail to the developers.
#[uniffi::export]
pub fn doctor_text(report: DoctorReport) -> String {
    report.to_string()
}

/// What kind of error it is, in a word that does not change: `offline`, `denied`, `storage`. For logs and tests.
#[uniffi::export]
pub fn error_code(error: CoreError) -> String {
    error.code().to_owned()
}

/// What a person is told of an error, in English: what happened, then the advice.
#[uniffi::export]
pub fn error_message(error: CoreError) -> String {
    error.message()
}

/// What the person can do about an error, one plain English sentence.
#[uniffi::export]
pub fn error_advice(error: CoreError) -> String {
    error.advice().into_owned()
}

/// By the file's name; nothing if it is neither CSV nor `ChordPro`.
#[uniffi::export]
pub fn song_format(file_name: String) -> Option<Format> {
    Format::of_name(&file_name)
}

/// What a warning says, in plain English.
#[uniffi::export]
pub fn warning_text(kind: WarningKind) -> String {
    kind.words().to_owned()
}

/// Why a file cannot be read, in plain English.
#[uniffi::export]
pub fn import_failure_text(failure: ImportError) -> String {
    failure.to_string()
}
