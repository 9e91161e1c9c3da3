//! The plan under construction, shared by the readers of all kinds of files.
//!
//! Owns: [`Build`]: counting, the bounds of songs, bad lines and warnings.

use super::MAX_SONGS;
use super::draft::{Draft, Remark};
use super::meaning::Meaning;
use super::plan::{BadLine, ImportError, ImportPlan, PlannedSong, Warning, WarningKind};

/// Most bad lines, and most warnings, that a plan names one by one.
const MAX_NAMED: usize = 1_000;

/// The plan under construction.
#[derive(Debug, Default)]
pub(super) struct Build {
    pub(super) plan: ImportPlan,
    /// Which file is being read.
    pub(super) file: u32,
}

impl Build {
    /// Ends a song. One without a title is a bad line, unless nothing at all was said of it.
    pub(super) fn song(&mut self, draft: Draft) -> Result<(), ImportError> {
        let (line, empty, titled) = (draft.line, draft.is_empty(), draft.has(Meaning::Title));
        if empty && !titled {
            return Ok(());
        }
        if !titled {
            self.bad(line, Some("title"), "it is missing");
            return Ok(());
        }
        let (values, remarks) = draft.finish();
        for remark in remarks {
            self.warn(line, remark);
        }
        if self.plan.songs.len() == MAX_SONGS {
            return Err(ImportError::TooMany);
        }
        self.plan.songs.push(PlannedSong {
            values,
            file: self.file,
            line,
            twin: None,
        });
        Ok(())
    }

    pub(super) fn bad(&mut self, line: u64, column: Option<&'static str>, reason: &'static str) {
        self.plan.bad_lines = self.plan.bad_lines.saturating_add(1);
        if self.plan.bad.len() < MAX_NAMED {
            let file = self.file;
            self.plan.bad.push(BadLine {
                file,
                line,
                column,
                reason,
            });
        }
    }

    pub(super) fn warn(&mut self, line: u64, remark: Remark) {
        let Remark {
            meaning,
            text,
            kind,
        } = remark;
        self.plan.warning_count = self.plan.warning_count.saturating_add(1);
        if self.plan.warnings.len() < MAX_NAMED {
            let file = self.file;
            self.plan.warnings.push(Warning {
                file,
                line,
                meaning,
                text,
                kind,
            });
        }
    }

    /// Some bytes of the file were read as another encoding.
    pub(super) fn stray(&mut self) {
        let remark = Remark {
            meaning: Meaning::Ignored,
            text: String::new(),
            kind: WarningKind::StrayBytes,
        };
        self.warn(0, remark);
    }
}
