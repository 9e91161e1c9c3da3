//! Plays a scenario: a world, its phones, and the words it gives to what it makes.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use rockon_core::Error;
use rockon_core::client::Client;
use rockon_core::model::{Kind, RowId, ScopeId, UserId};
use rockon_core::store::TakenItem;
use rockon_tests::phone::{BAND, Phone};
use rockon_tests::scenario_server::{ScenarioServer, next_world};
use serde_json::Value;

use super::step::{Scenario, Step};
use super::wait::{List, until, until_rows};

/// Why a scenario ended early.
#[derive(Debug)]
pub(super) struct Failure {
    /// Which step, from 0.
    pub(super) step: usize,
    pub(super) text: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "step {}: {}", self.step, self.text)
    }
}

/// Why a step could not be done: the call failed, or the state it builds on was not reached.
#[derive(Debug)]
pub(super) enum Fault {
    Call(Error),
    Script(String),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

impl From<String> for Fault {
    fn from(text: String) -> Self {
        Self::Script(text)
    }
}

/// A scenario in play.
pub(super) struct ScenarioRun {
    pub(super) world: Arc<dyn ScenarioServer>,
    phones: HashMap<String, Phone>,
    pub(super) patience: Duration,
    /// What was given or looked up; a name goes on meaning the same row.
    rows: HashMap<(Kind, String), RowId>,
    pub(super) bands: HashMap<String, ScopeId>,
    pub(super) codes: HashMap<String, String>,
    /// What was taken out of a setlist last.
    pub(super) taken: HashMap<RowId, TakenItem>,
}

/// Plays all steps, or up to the first that fails, in a world of its own.
pub(super) async fn play(scenario: &Scenario) -> Result<(), Failure> {
    let world = next_world()
        .await
        .map_err(|text| Failure { step: 0, text })?;
    play_in(world, scenario).await
}

/// The same in this world.
pub(super) async fn play_in(
    world: Arc<dyn ScenarioServer>,
    scenario: &Scenario,
) -> Result<(), Failure> {
    let mut play = ScenarioRun {
        world,
        phones: HashMap::new(),
        patience: Duration::from_millis(scenario.patience_ms),
        rows: HashMap::new(),
        bands: HashMap::new(),
        codes: HashMap::new(),
        taken: HashMap::new(),
    };
    let played = play.all(scenario).await;
    play.world.end().await;
    played
}

/// `auth` is any rejection of the auth service, `auth:otp_expired` that one.
fn failed_so(error: &Error, code: &str) -> bool {
    let told = match error {
        Error::Auth { reason } => format!("auth:{reason}"),
        error => error.code().to_owned(),
    };
    error.code() == code || told == code
}

impl ScenarioRun {
    async fn all(&mut self, scenario: &Scenario) -> Result<(), Failure> {
        for (at, step) in scenario.steps.iter().enumerate() {
            self.step(step).await.map_err(|text| Failure {
                step: at,
                text: format!("{step}: {text}"),
            })?;
        }
        Ok(())
    }

    async fn step(&mut self, step: &Value) -> Result<(), String> {
        match Step::of(step)? {
            Step::Server(step) => self.world.play(&step).await,
            Step::Expect { phone, expect } => Box::pin(self.reached(&phone, expect)).await,
            Step::Act { phone, act, fails } => match (self.act(&phone, act).await, fails) {
                (Err(Fault::Script(text)), _) => Err(text),
                (Ok(()), None) => Ok(()),
                (Ok(()), Some(code)) => Err(format!("it worked; it should fail: {code}")),
                (Err(Fault::Call(error)), Some(code)) if failed_so(&error, &code) => Ok(()),
                (Err(Fault::Call(error)), _) => Err(format!("{}: {error}", error.code())),
            },
        }
    }

    /// The phone of this name; new when it is first named.
    pub(super) fn phone(&mut self, name: &str) -> &mut Phone {
        let (url, key) = (self.world.url(), self.world.anon_key());
        let made = || Phone::with_key(url, key);
        self.phones.entry(name.to_owned()).or_insert_with(made)
    }

    /// The program that runs on a phone.
    pub(super) fn client(&mut self, phone: &str) -> Client {
        self.phone(phone).client().clone()
    }

    /// Gives a row a word.
    pub(super) fn name(&mut self, kind: Kind, word: Option<String>, id: RowId) {
        if let Some(word) = word {
            self.rows.insert((kind, word), id);
        }
    }

    /// The row that a word or a name means, if that is known already.
    pub(super) fn known(&self, kind: Kind, name: &str) -> Option<RowId> {
        self.rows.get(&(kind, name.to_owned())).copied()
    }

    /// The row that a word or a name means; a name is waited for.
    pub(super) async fn row(
        &mut self,
        client: &Client,
        kind: Kind,
        name: &str,
    ) -> Result<RowId, String> {
        if let Some(id) = self.known(kind, name) {
            return Ok(id);
        }
        let found = until_rows(self.patience, client, kind, async |rows| {
            let row = rows.iter().find(|row| row.name == name);
            row.map(|row| row.id)
                .ok_or_else(|| format!("no {kind:?} {name}"))
        });
        let id = found.await?;
        self.name(kind, Some(name.to_owned()), id);
        Ok(id)
    }

    /// The band of the seed, or one that the scenario made.
    pub(super) fn band(&self, word: Option<&str>) -> Result<ScopeId, String> {
        let Some(word) = word else { return Ok(BAND) };
        let band = self.bands.get(word).copied();
        band.ok_or_else(|| format!("no band {word}"))
    }

    /// A member of the band of the seed.
    pub(super) async fn member(&self, client: &Client, name: &str) -> Result<UserId, String> {
        let open = || Ok(List::from(client.workspace()?.members(BAND, true)));
        until(self.patience, open, async |members| {
            let member = members
                .iter()
                .find(|member| member.name.eq_ignore_ascii_case(name));
            member
                .and_then(|member| member.user)
                .ok_or_else(|| format!("no member {name}"))
        })
        .await
    }
}
