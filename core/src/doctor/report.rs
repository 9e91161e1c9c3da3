//! The report: what was checked, what was found, what to do.

use std::fmt;

use serde::Serialize;

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

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Services => "services",
            Self::Network => "network",
            Self::Auth => "auth",
            Self::App => "app",
        })
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
    fn verdict(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(check) = self.first_broken() {
            return writeln!(f, "Broken: {}. {}", check.name, check.fix);
        }
        if let Some(check) = self.first_warning() {
            write!(f, "It works. Look at: {}. {}", check.name, check.fix)?;
        } else if self.is_well() {
            write!(f, "All is well.")?;
        } else if self.checks.iter().any(|c| c.status == CheckStatus::Fine) {
            write!(f, "Nothing broken was found.")?;
        } else {
            write!(f, "Nothing could be looked at.")?;
        }
        let open = self
            .checks
            .iter()
            .filter(|c| c.status == CheckStatus::NotJudged);
        match open.count() {
            0 => writeln!(f),
            1 => writeln!(f, " 1 check could not be made."),
            n => writeln!(f, " {n} checks could not be made."),
        }
    }
}

impl fmt::Display for DoctorReport {
    /// Plain text, one line a check; the verdict comes first.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.verdict(f)?;
        for check in &self.checks {
            let mark = match check.status {
                CheckStatus::Fine => "ok  ",
                CheckStatus::Warning => "warn",
                CheckStatus::Broken => "FAIL",
                CheckStatus::NotJudged => "-   ",
            };
            write!(f, "{mark}  {:<8}  {}", check.layer.to_string(), check.name)?;
            if !check.evidence.is_empty() {
                write!(f, ": {}", check.evidence)?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
