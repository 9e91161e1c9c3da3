//! Getting one file over HTTP, telling how far it is.
//!
//! Owns: attempts, time limits, the bound on what is taken. Never: judges the content; that is the checksum's work.

use std::time::{Duration, Instant};

use reqwest::{Client, Response, StatusCode};

use crate::cluster::{Progress, Step};
use crate::error::{Result, StackError};

/// A transfer that breaks is begun again this often in all.
const ATTEMPTS: u32 = 3;
/// No byte for this long is a broken transfer.
const SILENCE: Duration = Duration::from_secs(20);
const CONNECT: Duration = Duration::from_secs(10);
/// Nothing larger is taken, in bytes. The archives have 10 to 12 million.
const LARGEST: usize = 64 << 20;
/// Steps are told at least this far apart, and at the end.
const PACE: Duration = Duration::from_millis(100);

/// The file's bytes. Broken transfers and answers of a struggling server are tried again, refusals are not.
pub(super) async fn get(url: &str, progress: Progress) -> Result<Vec<u8>> {
    let client = client().map_err(|error| failed(&error.without_url()))?;
    let mut attempt = 1;
    loop {
        match once(&client, url, progress).await {
            Ok(bytes) => return Ok(bytes),
            Err(Broken::Again(what)) if attempt < ATTEMPTS => {
                tracing::debug!(attempt, what, "the download broke");
                attempt += 1;
            }
            Err(Broken::Again(what) | Broken::Final(what)) => return Err(failed(&what)),
        }
    }
}

enum Broken {
    Again(String),
    Final(String),
}

impl From<reqwest::Error> for Broken {
    fn from(error: reqwest::Error) -> Self {
        let error = error.without_url();
        // The outer texts say that a request failed; the innermost says why.
        let mut cause: &dyn std::error::Error = &error;
        while let Some(inner) = cause.source() {
            cause = inner;
        }
        Self::Again(cause.to_string())
    }
}

async fn once(client: &Client, url: &str, progress: Progress) -> Result<Vec<u8>, Broken> {
    progress(Step::Downloading {
        received: 0,
        total: None,
    });
    let response = client.get(url).send().await?;
    let status = response.status();
    if status != StatusCode::OK {
        let what = format!("the repository answered {}", status.as_u16());
        return Err(if status.is_server_error() {
            Broken::Again(what)
        } else {
            Broken::Final(what)
        });
    }
    read(response, progress).await
}

async fn read(mut response: Response, progress: Progress) -> Result<Vec<u8>, Broken> {
    let total = response.content_length();
    let too_large = || Broken::Final(format!("the archive is over {} MB", LARGEST >> 20));
    if total.is_some_and(|total| total > LARGEST as u64) {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    let mut told = Instant::now();
    while let Some(chunk) = response.chunk().await? {
        if bytes.len() + chunk.len() > LARGEST {
            return Err(too_large());
        }
        bytes.extend_from_slice(&chunk);
        let received = bytes.len() as u64;
        if told.elapsed() >= PACE || Some(received) == total {
            told = Instant::now();
            progress(Step::Downloading { received, total });
        }
    }
    Ok(bytes)
}

fn client() -> reqwest::Result<Client> {
    // An error says that the process has chosen a provider already: that one serves.
    let _chosen_before = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .connect_timeout(CONNECT)
        .read_timeout(SILENCE)
        .no_gzip()
        .build()
}

fn failed(what: &dyn std::fmt::Display) -> StackError {
    StackError::NoPostgres(format!(
        "none is installed, and downloading one failed: {what}"
    ))
}
