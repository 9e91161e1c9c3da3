//! The scenario server: a world each, and what a step does to its server.
//!
//! Owns: the words of `server` steps; see `tests/scenarios/README.md`. Never: knows of phones.
//! A world is on the local stack ([`World`]), on a project of anybody's ([`Hosted`]), or on a scenario server that is reached over
//! HTTP ([`Remote`]). Phones reach the first two through a gate, so that an answer can be lost and a page can stand in the way.

mod hosted;
mod interceptor;
mod remote;
mod serve;
mod step;
mod world;

use std::fmt::{Debug, Display};
use std::sync::Arc;

use futures_util::future::BoxFuture;
use serde_json::{Value, json};

pub use hosted::{Hosted, HostedConfig};
pub use remote::Remote;
pub use serve::serve;
pub use world::World;

use crate::http;
use crate::phone::{BAND, PASSWORD};

/// One scenario's server, wherever it is.
pub trait ScenarioServer: Debug + Send + Sync {
    /// Where phones reach it.
    fn url(&self) -> &str;

    /// The key of its phones.
    fn anon_key(&self) -> &str;

    /// Carries out a `server` step; says what it does not understand, and what it cannot do.
    fn play<'a>(&'a self, step: &'a Value) -> BoxFuture<'a, Result<(), String>>;

    /// The newest code that was sent to an address.
    fn code<'a>(&'a self, email: &'a str) -> BoxFuture<'a, Result<String, String>>;

    /// An identity token for a step: `token` and `nonce`. Where nobody can make one, that is said.
    fn identity_token<'a>(&'a self, step: &'a Value) -> BoxFuture<'a, Result<Value, String>> {
        let text = format!("{step}: this server's tokens are Apple's and Google's own");
        Box::pin(async move { Err(text) })
    }

    /// The scenario is over.
    fn end(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }

    /// What a runner needs to know.
    fn described(&self) -> Value {
        json!({
            "url": self.url(),
            "anon_key": self.anon_key(),
            "password": PASSWORD,
            "band": BAND,
        })
    }
}

/// Makes worlds, one for each scenario.
#[derive(Debug, Clone)]
pub enum Worlds {
    /// On the local stack, as many at a time as wanted.
    Local,
    /// On one project, one after the other.
    Hosted(Arc<HostedConfig>),
}

impl Worlds {
    /// A fresh one, with the seed.
    ///
    /// # Errors
    /// Says why a project cannot be used.
    pub async fn next(&self) -> Result<Arc<dyn ScenarioServer>, String> {
        match self {
            Self::Local => Ok(Arc::new(World::new().await)),
            Self::Hosted(config) => Ok(Arc::new(Hosted::new(config).await?)),
        }
    }
}

/// The world of the next scenario: on the scenario server whose address `ROCKON_SCENARIO_SERVER` holds, else on the local stack.
///
/// # Errors
/// Says why that scenario server cannot be used.
pub async fn next_world() -> Result<Arc<dyn ScenarioServer>, String> {
    match std::env::var("ROCKON_SCENARIO_SERVER") {
        Ok(address) if !address.is_empty() => Ok(Arc::new(Remote::open(&address).await?)),
        _ => Worlds::Local.next().await,
    }
}

/// Opens the link of a mail, as a browser would, but for the page behind it.
async fn follow(link: &str, key: Option<&str>) -> Result<(), String> {
    let mut request = http::client().get(link);
    if let Some(key) = key {
        request = request.header("apikey", key);
    }
    let answer = said(request.send().await)?;
    let header = |name: &str| {
        answer
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    let location = header("location").unwrap_or_default();
    if answer.status().as_u16() != 303 || location.contains("error=") {
        return Err(format!(
            "the link leads nowhere: {} {location}",
            answer.status()
        ));
    }
    Ok(())
}

fn said<T, E: Display>(result: Result<T, E>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}
