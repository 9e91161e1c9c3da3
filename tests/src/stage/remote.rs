//! A world on a stage that is reached over HTTP: a program of its own, or one that drives real servers.
//!
//! The requests and answers are those of `tests/scenarios/README.md`.

use futures_util::future::BoxFuture;
use reqwest::Method;
use serde_json::Value;

use super::Stage;
use crate::http;

/// The world, until [`Stage::end`].
#[derive(Debug)]
pub struct Remote {
    /// Of this world, on the stage.
    address: String,
    url: String,
    anon_key: String,
}

impl Remote {
    /// A fresh one on the stage at `stage`.
    ///
    /// # Errors
    /// Says what the stage answered.
    pub async fn open(stage: &str) -> Result<Self, String> {
        let worlds = format!("{}/worlds", stage.trim_end_matches('/'));
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
            _ => Err(format!("the stage makes no world: {status} {text}")),
        }
    }
}

async fn send(method: Method, address: &str, body: &Value) -> Result<(u16, String), String> {
    let request = http::client().request(method, address).json(body);
    let answer = request
        .send()
        .await
        .map_err(|error| format!("the stage: {error}"))?;
    let status = answer.status().as_u16();
    let text = answer
        .text()
        .await
        .map_err(|error| format!("the stage: {error}"))?;
    Ok((status, text))
}

impl Stage for Remote {
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

    fn end(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {
            // A stage that is gone has no world to end.
            let _ = send(Method::DELETE, &self.address, &Value::Null).await;
        })
    }
}
