//! W3: from nothing to the first 50 songs on screen, in a fresh process, the way an app starts: the client opens with a
//! stored session and no network, and the list's feed delivers. The start of the process itself is not counted.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use rockon_core::client::Client;
use rockon_core::config::ClientConfig;
use rockon_core::feed::ListDiff;
use rockon_core::redact::Secret;
use rockon_core::session::{MemorySecrets, SecretStore};
use rockon_core::store::SongQuery;
use serde_json::json;

use crate::report::Line;
use crate::rows::{ME, Pages, bands};
use crate::stats::Samples;
use crate::{Outcome, Scratch, apply, child, raw};

const ROUNDS: usize = 15;

/// A stored session, as keys and values of the secrets.
pub(crate) fn session() -> [(String, String); 2] {
    let session = json!({ "v": 1, "user": ME, "email": "me@example.com", "access": "e30.e30.e30", "refresh": "r",
        "lifetime_s": 3_600, "received_ms": 0 });
    [
        ("session.current".to_owned(), ME.to_string()),
        (format!("session.{ME}"), session.to_string()),
    ]
}

fn secrets() -> Outcome<MemorySecrets> {
    let secrets = MemorySecrets::new();
    for (key, value) in session() {
        secrets
            .write(&key, &Secret::new(value))
            .map_err(|_| "the secrets cannot be written")?;
    }
    Ok(secrets)
}

/// In a process of its own: milliseconds from the call that opens the client to the first delivery.
pub(crate) fn start(dir: &Path) -> Outcome<f64> {
    let secrets = Arc::new(secrets()?);
    let config = ClientConfig::new("http://127.0.0.1:9", "e30.e30.e30", dir);
    let started = Instant::now();
    let client = Client::open(config, secrets)?;
    let mut songs = client.workspace()?.songs(SongQuery {
        scope: Some(bands()[0]),
        limit: 50,
        ..SongQuery::default()
    });
    let first = client
        .runtime()
        .block_on(songs.next())
        .ok_or("the feed ended")??;
    let took = started.elapsed();
    match first.as_slice() {
        [ListDiff::Reset(rows)] if rows.len() == 50 => Ok(crate::stats::ms(took)),
        _ => Err("not the first 50 songs".into()),
    }
}

/// Takes the file out of the page cache, as after a restart of the phone. Only this file: others measure beside us.
fn evict(dir: &Path) -> Outcome<()> {
    let file = std::fs::File::open(raw::database_in(dir)?)?;
    file.sync_all()?;
    Ok(rustix::fs::fadvise(
        &file,
        0,
        None,
        rustix::fs::Advice::DontNeed,
    )?)
}

pub(crate) fn run() -> Outcome<Vec<Line>> {
    let runtime = crate::runtime()?;
    let mut lines = Vec::new();
    for total in [10_000, 100_000] {
        let scratch = Scratch::new()?;
        let store = scratch.store()?;
        runtime.block_on(apply::take_in(&store, Pages::new(total)))?;
        runtime.block_on(store.close());
        drop(store);
        let dir = scratch.0.path();
        let path = dir.to_str().ok_or("a path that is no text")?;
        let (mut warm, mut cold) = (Samples::default(), Samples::default());
        for _ in 0..ROUNDS {
            warm.push(child(&["cold", path])?);
            evict(dir)?;
            cold.push(child(&["cold", path])?);
        }
        let what = format!(
            "client open to the first 50 of {} rows",
            apply::thousands(total)
        );
        let line = Line::new("W3", &what, warm.median(), "ms").shown(warm.spread("ms"));
        lines.push(if total == 10_000 {
            line.at_most(5.0)
        } else {
            line
        });
        lines.push(
            Line::new(
                "W3",
                &format!("{what}, file not in the page cache"),
                cold.median(),
                "ms",
            )
            .shown(cold.spread("ms")),
        );
    }
    Ok(lines)
}
