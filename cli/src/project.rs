//! A phone for one command: signs in at any project, and leaves nothing behind.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rockon_core::Error;
use rockon_core::client_config_with;
use rockon_core::feed::apply;
use rockon_core::model::{Kind, ScopeId};
use rockon_core::session::MemorySecrets;
use rockon_core::store::Band;
use tempfile::TempDir;

use crate::args::ProjectArgs;
use crate::ask;
use crate::failure::Failure;
use crate::out::printable;
use crate::phone::{Phone, is_caught_up, is_stuck};
use crate::progress::slow;

/// How long a first sync may take before the command gives up, without any news.
const PATIENCE: Duration = Duration::from_mins(2);
/// How long a command goes on after an answer that could not be read.
const SECOND_LOOK: Duration = Duration::from_secs(45);

/// A phone whose files go when it does.
pub(crate) struct Visit {
    pub(crate) phone: Phone,
    _dir: TempDir,
}

impl Visit {
    /// Opens the phone; nobody is signed in.
    pub(crate) async fn open(project: &ProjectArgs) -> Result<Self, Failure> {
        let dir = TempDir::with_prefix("rockon-").map_err(|error| {
            Failure::input(format!(
                "no temporary directory: {error}. Set TMPDIR to one that may be written to."
            ))
        })?;
        let data: PathBuf = dir.path().join("data");
        let secrets = Arc::new(MemorySecrets::new());
        let phone = Phone::new("", &project.url, &project.key, data, secrets);
        let mut phone = phone.trusting(roots(project)?);
        phone.open(true).await?;
        Ok(Self { phone, _dir: dir })
    }

    /// Signs in with a password that is asked for.
    pub(crate) async fn sign_in(&self, email: &str) -> Result<(), Failure> {
        let password = ask::password(email)?;
        let signing = self.phone.client()?.sign_in(email, password);
        slow("signing in", signing).await?;
        Ok(())
    }

    /// Waits until everything that can be read is read, and everything sent.
    pub(crate) async fn caught_up(&self) -> Result<(), Failure> {
        let mut last = None;
        let wait = slow("reading the band's data", self.in_step(&mut last, false));
        match tokio::time::timeout(PATIENCE, wait).await {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(failure)) => return Err(failure),
            Err(_) => {}
        }
        Err(last.map_or_else(
            || Failure::new("the server did not answer in time. Ask `rockon doctor`."),
            Failure::from,
        ))
    }

    /// What cannot be read now can be read in a moment if something between here and the server is at fault; what lies
    /// in the tables stays.
    async fn in_step(&self, last: &mut Option<Error>, again: bool) -> Result<(), Failure> {
        let mut feed = self.phone.client()?.status();
        while let Some(status) = feed.next().await {
            if is_caught_up(&status) || is_stuck(&status) {
                return Ok(());
            }
            let Some(error) = status.sync.and_then(|sync| sync.error) else {
                continue;
            };
            let unreadable = matches!(error, Error::Protocol { .. });
            *last = Some(error.clone());
            if !error.is_retryable() {
                return Err(error.into());
            } else if unreadable && !again {
                let more = Box::pin(self.in_step(last, true));
                let ended = tokio::time::timeout(SECOND_LOOK, more).await;
                return ended.unwrap_or_else(|_| Err(error.into()));
            }
        }
        Err(Failure::from(Error::Closed))
    }

    /// Whether this scope is one of those that cannot be read.
    pub(crate) async fn is_apart(&self, scope: ScopeId) -> Result<Option<Error>, Failure> {
        let status = self.phone.client()?.status_now().await;
        let sync = status.and_then(|status| status.sync);
        Ok(sync
            .filter(|sync| sync.apart.contains(&scope))
            .and_then(|sync| sync.error))
    }

    /// How many rows of a kind in this scope could not be read at all.
    pub(crate) async fn lost_rows(&self, scope: ScopeId, kind: Kind) -> Result<usize, Failure> {
        let status = self.phone.client()?.status_now().await;
        let rows = status.map(|status| status.unreadable).unwrap_or_default();
        let lost = rows
            .iter()
            .filter(|row| row.scope == scope && row.kind == kind && row.columns.is_empty());
        Ok(lost.count())
    }

    /// The band of this name, or the only one.
    pub(crate) async fn band(&self, name: Option<&str>) -> Result<Band, Failure> {
        let mut bands: Vec<Band> = Vec::new();
        if let Some(steps) = self.phone.workspace()?.bands().next().await {
            apply(&mut bands, &steps?);
        }
        let names: Vec<String> = bands.iter().map(|band| printable(&band.name)).collect();
        let names = names.join(", ");
        let wanted =
            |band: &Band| name.is_none_or(|name| band.name.to_lowercase() == name.to_lowercase());
        let mut fitting = bands.iter().filter(|band| wanted(band));
        match (fitting.next(), fitting.next()) {
            (Some(band), None) => Ok(band.clone()),
            (None, _) if bands.is_empty() => Err(Failure::new(
                "this member is in no band. Join one with an invite first.",
            )),
            (None, _) => Err(Failure::input(format!(
                "there is no such band. Give --band one of: {names}."
            ))),
            (Some(_), Some(_)) => Err(Failure::input(format!(
                "there are several bands. Give --band one of: {names}."
            ))),
        }
    }

    /// Ends it properly.
    pub(crate) async fn close(self) {
        if let Ok(client) = self.phone.client() {
            client.shutdown().await;
        }
    }
}

/// The certificates that `--ca` names; none without it.
pub(crate) fn roots(project: &ProjectArgs) -> Result<String, Failure> {
    let Some(path) = &project.ca else {
        return Ok(String::new());
    };
    let unusable = |why: &dyn std::fmt::Display| {
        Failure::input(format!(
            "{}: {why}. Give --ca a file of certificates as PEM text.",
            path.display()
        ))
    };
    let bytes = std::fs::read(path).map_err(|error| unusable(&error))?;
    let pem = String::from_utf8(bytes).map_err(|_| unusable(&"it is not PEM text"))?;
    if pem.trim().is_empty() {
        return Err(unusable(&"it is empty"));
    }
    match client_config_with(&pem) {
        Ok(_) => Ok(pem),
        Err(Error::Config { reason, .. }) => Err(unusable(&reason)),
        Err(error) => Err(error.into()),
    }
}
