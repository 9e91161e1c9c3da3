//! Import, export and the doctor.

use rockon_core::Error as CoreError;
use rockon_core::doctor::Report as DoctorReport;
use rockon_core::model::ScopeId;
use rockon_core::transfer::{self, Format, ImportError, ImportPlan, SongFile};

use super::Client;

#[uniffi::export]
impl Client {
    /// Reads a file into a plan, a dry run: nothing is stored. `add_songs` adds what it holds. Throws `Invalid` when the
    /// file as a whole cannot be read: larger than 5 MB, more than 10,000 songs, no text, empty, no title column.
    pub async fn read_songs(&self, file: Vec<u8>, format: Format) -> Result<ImportPlan, CoreError> {
        let work = self
            .core
            .runtime()
            .spawn_blocking(move || transfer::read(&file, format));
        let plan = work.await.map_err(|_| super::STOPPED)?;
        plan.map_err(|error| CoreError::Invalid {
            field: "file",
            reason: unreadable(error),
        })
    }

    /// All songs of a band (or my own) as the text of a file, and what is not whole in it.
    pub async fn export_songs(
        &self,
        scope: ScopeId,
        format: Format,
    ) -> Result<SongFile, CoreError> {
        self.local(async move |space| space.export_songs(scope, format).await)
            .await
    }

    /// Looks at services, network, auth and app, in that order. Never fails but by a shutdown; takes as long as the
    /// time-outs of what does not answer.
    pub async fn diagnose(&self) -> Result<DoctorReport, CoreError> {
        self.run(async move |core| Ok(core.diagnose().await)).await
    }

    /// Where a damaged file was put when the data was opened; nothing when all was well.
    pub fn damaged_file(&self) -> Result<Option<String>, CoreError> {
        let space = self.core.space()?;
        Ok(space
            .set_aside()
            .map(|aside| aside.path.to_string_lossy().into_owned()))
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

fn unreadable(error: ImportError) -> &'static str {
    match error {
        ImportError::TooLarge => "it is larger than 5 MB",
        ImportError::TooMany => "it holds more than 10,000 songs; split it",
        ImportError::NotText => "it is not text",
        ImportError::Empty => "it is empty",
        ImportError::NoTitleColumn => "its first line names no column `title`",
        ImportError::OpenQuote { .. } => "a quoted value never ends",
    }
}
