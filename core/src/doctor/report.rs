//! The report: what was checked, what was found, what to do.

use std::fmt::{self, Write as _};

use serde::Serialize;

use crate::speech::{Language, doctor as say};

/// A layer of the checks; the order of the variants is the order of the checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum Layer {
    /// Are the services of the back end running?
    Services,
    /// Does the network carry us to them unchanged?
    Network,
    /// Do key, token and session count there?
    Auth,
    /// Are schema, rules and the local database as the app needs them?
    App,
}

impl Layer {
    fn words(self, language: Language) -> &'static str {
        match self {
            Self::Services => say::services(language),
            Self::Network => say::network(language),
            Self::Auth => say::auth(language),
            Self::App => say::app(language),
        }
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words(Language::English))
    }
}

/// How a check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum CheckStatus {
    /// As it should be.
    Fine,
    /// It works, but something is worth knowing.
    Warning,
    /// It does not work.
    Broken,
    /// Not judged: a lower layer is broken, or there was nothing to judge by.
    NotJudged,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Check {
    /// Which layer it belongs to.
    pub layer: Layer,
    /// What was looked at, a few words.
    pub name: &'static str,
    /// How it went.
    pub status: CheckStatus,
    /// What was seen: statuses, codes, numbers.
    pub evidence: String,
    /// What to do, one sentence; empty when there is nothing to do.
    pub fix: &'static str,
}

/// Everything the doctor found, in the order it looked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct DoctorReport {
    /// All checks, lowest layer first.
    pub checks: Vec<Check>,
}

impl DoctorReport {
    /// Only the checks of the layers below one.
    pub(crate) fn below(mut self, layer: Layer) -> Self {
        self.checks.retain(|check| check.layer < layer);
        self
    }

    /// The first thing that is broken: what to mend before looking at anything else.
    #[must_use]
    pub fn first_broken(&self) -> Option<&Check> {
        self.checks
            .iter()
            .find(|check| check.status == CheckStatus::Broken)
    }

    /// The first thing that works but is not as it should be.
    #[must_use]
    pub fn first_warning(&self) -> Option<&Check> {
        self.checks
            .iter()
            .find(|check| check.status == CheckStatus::Warning)
    }

    /// The first thing that could not be judged: it may be well or not.
    #[must_use]
    pub fn first_not_judged(&self) -> Option<&Check> {
        self.checks
            .iter()
            .find(|check| check.status == CheckStatus::NotJudged)
    }

    /// Everything was looked at, and everything is as it should be.
    #[must_use]
    pub fn is_well(&self) -> bool {
        let fine = |check: &Check| check.status == CheckStatus::Fine;
        !self.checks.is_empty() && self.checks.iter().all(fine)
    }

    /// The first broken layer; `None` when nothing was found broken.
    #[must_use]
    pub fn broken_layer(&self) -> Option<Layer> {
        self.first_broken().map(|check| check.layer)
    }

    /// What it comes to, one line.
    fn verdict(&self, language: Language) -> String {
        if let Some(check) = self.first_broken() {
            return say::first_broken(language, check.name, check.fix);
        }
        let said = if let Some(check) = self.first_warning() {
            say::first_warning(language, check.name, check.fix)
        } else if self.is_well() {
            say::all_well(language).to_owned()
        } else if self.checks.iter().any(|c| c.status == CheckStatus::Fine) {
            say::nothing_broken(language).to_owned()
        } else {
            say::nothing_seen(language).to_owned()
        };
        let open = |check: &&Check| check.status == CheckStatus::NotJudged;
        match u64::try_from(self.checks.iter().filter(open).count()) {
            Ok(0) | Err(_) => said,
            Ok(open) => format!("{said} {}", say::not_made(language, open)),
        }
    }

    /// Plain text, one line a check; the verdict comes first. The checks are in the language in which they were made.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let mut text = self.verdict(language) + "\n";
        for check in &self.checks {
            let mark = match check.status {
                CheckStatus::Fine => say::fine(language),
                CheckStatus::Warning => say::warning(language),
                CheckStatus::Broken => say::broken(language),
                CheckStatus::NotJudged => say::not_judged(language),
            };
            let (layer, name) = (check.layer.words(language), check.name);
            let _ = write!(text, "{mark}  {layer:<8}  {name}");
            if !check.evidence.is_empty() {
                text += ": ";
                text += &check.evidence;
            }
            text.push('\n');
        }
        text
    }
}

impl fmt::Display for DoctorReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Language::English))
    }
}
