//! A world on a scenario server that is reached over HTTP: a program of its own, or one that drives real servers.
//!
//! The requests and answers are those of `tests/scenarios/README.md`.

use futures_util::future::BoxFuture;
use reqwest::Method;
use serde_json::Value;

use super::ScenarioServer;
use crate::http;

/// The world, until [`ScenarioServer::end`].
#[derive(Debug)]
pub struct Remote {
    /// Of this world, on the scenario server.
    address: String,
    url: String,
    anon_key: String,
}

impl Remote {
    /// A fresh one on the scenario server at `scenario server`.
    ///
    /// # Errors
    /// Says what the scenario server answered.
    pub async fn open(scenario_server: &str) -> Result<Self, String> {
        let worlds = format!("{}/worlds", scenario_server.trim_end_matches('/'));
        let (status, text) = send(Method::POST, &worlds, &Value::Null).await?;
        let told: Value = serde_json::from_str(&text).unwrap_or_default();
        let member = |name: &str| told[name].as_str().map(str::to_owned);
        match (status, &told["id"], member("url"), member("anon_key")) {
            (201, id, Some(url), Some(anon_key)) if !id.is_null() => Ok(Self {
                address: format!(
                    "{worlds}/{}",
                    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
                ),
                url,
                anon_key,
            }),
            _ => Err(format!(
                "the scenario server makes no world: {status} {text}"
            )),
        }
    }
}

async fn send(method: Method, address: &str, body: &Value) -> Result<(u16, String), String> {
    let request = http::client().request(method, address).json(body);
    let answer = request
        .send()
        .await
        .map_err(|error| format!("the scenario server: {error}"))?;
    let status = answer.status().as_u16();
    let text = answer
        .text()
        .await
        .map_err(|error| format!("the scenario server: {error}"))?;
    Ok((status, text))
}

impl ScenarioServer for Remote {
    fn url(&self) -> &str {
        &self.url
    }

    fn anon_key(&self) -> &str {
        &self.anon_key
    }

    fn play<'a>(&'a self, step: &'a Value) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async move {
            match send(Method::POST, &format!("{}/steps", self.address), step).await? {
                (204, _) => Ok(()),
                (_, text) => Err(text),
            }
        })
    }

    fn code<'a>(&'a self, email: &'a str) -> BoxFuture<'a, Result<String, String>> {
        Box::pin(async move {
            let asked = format!("{}/codes/{email}", self.address);
            match send(Method::GET, &asked, &Value::Null).await? {
                (200, text) => {
                    let told: Value = serde_json::from_str(&text).unwrap_or_default();
                    let code = told["code"].as_str().map(str::to_owned);
                    code.ok_or_else(|| format!("the scenario server tells no code: {text}"))
                }
                (_, text) => Err(text),
            }
        })
    }

    fn identity_token<'a>(&'a self, step: &'a Value) -> BoxFuture<'a, Result<Value, String>> {
        Box::pin(async move {
            let asked = format!("{}/identity_tokens", self.address);
            match send(Method::POST, &asked, step).await? {
                (200, text) => serde_json::from_str(&text).map_err(|error| error.to_string()),
                (_, text) => Err(text),
            }
        })
    }

    fn end(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {
            // A scenario server that is gone has no world to end.
            let _ = send(Method::DELETE, &self.address, &Value::Null).await;
        })
    }
}
