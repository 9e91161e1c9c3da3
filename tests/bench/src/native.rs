//! Kotlin and Swift beside Rust: the first list after `open`, and 10,000 diffs to a `Flow` and to an `AsyncSequence`.
//!
//! `cargo xtask bench` makes a folder with [`prepare`], lets a program of each language measure there, this one with
//! [`measure`], and names the folder when the table is made. A program prints a line of JSON for each figure:
//! `{"name": ..., "ms": ...}`; what it said lies in `LANGUAGE.jsonl`, why it did not run in `LANGUAGE.skipped`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use rockon_core::client::Client;
use rockon_core::config::ClientConfig;
use rockon_core::feed::{self, Feed, Keyed};
use rockon_core::model::Values;
use rockon_core::redact::Secret;
use rockon_core::session::{MemorySecrets, SecretStore};
use rockon_core::store::SongQuery;
use serde_json::{Value, json};

use crate::report::Line;
use crate::rows::{Pages, bands};
use crate::stats::{Samples, ms};
use crate::{Outcome, Scratch, apply, cold};

/// Rows on the disk, and songs added for the diffs.
const ROWS: usize = 10_000;
/// Clients opened one after the other in each language; the median counts.
const RUNS: usize = 21;
/// More songs than there are.
const ALL: u32 = 30_000;
/// Each has a copy of the files to write to.
const LANGUAGES: [&str; 3] = ["rust", "kotlin", "swift"];

/// `rows`, the files that all read; a copy for each language; the stored session in `secrets`, a key and a value a line;
/// the band of the songs in `band`.
pub(crate) fn prepare(dir: &Path) -> Outcome<()> {
    let _ = fs::remove_dir_all(dir);
    fs::create_dir_all(dir)?;
    let runtime = crate::runtime()?;
    let scratch = Scratch::new()?;
    let store = scratch.store()?;
    runtime.block_on(apply::take_in(&store, Pages::new(ROWS)))?;
    runtime.block_on(store.close());
    drop(store);
    for copy in LANGUAGES.iter().chain(&["rows"]) {
        let to = dir.join(copy);
        fs::create_dir_all(&to)?;
        for file in fs::read_dir(scratch.0.path())? {
            let file = file?;
            fs::copy(file.path(), to.join(file.file_name()))?;
        }
    }
    let secrets: Vec<String> = cold::session()
        .into_iter()
        .map(|(key, value)| format!("{key} {value}"))
        .collect();
    fs::write(dir.join("secrets"), secrets.join("\n"))?;
    Ok(fs::write(dir.join("band"), bands()[0].to_string())?)
}

/// Rust's own figures, printed as the others print theirs.
pub(crate) fn measure(dir: &Path) -> Outcome<()> {
    let (mut opens, mut lists, mut both) =
        (Samples::default(), Samples::default(), Samples::default());
    for _ in 0..RUNS {
        let started = Instant::now();
        let client = open(dir, "rows")?;
        let opened = started.elapsed();
        let mut songs = client.workspace()?.songs(query(50));
        let mut shown = Vec::new();
        client.runtime().block_on(next(&mut songs, &mut shown))?;
        let listed = started.elapsed();
        if shown.len() != 50 {
            return Err("not the first 50 songs".into());
        }
        opens.push_ms(opened);
        lists.push_ms(listed.saturating_sub(opened));
        both.push_ms(listed);
        client.runtime().block_on(client.shutdown());
    }
    say("open", opens.median());
    say("first_list", lists.median());
    say("open_and_list", both.median());
    diffs(dir)
}

/// Songs are added while a feed shows them all.
fn diffs(dir: &Path) -> Outcome<()> {
    let client = open(dir, "rust")?;
    let workspace = client.workspace()?;
    let mut songs = workspace.songs(query(ALL));
    let added: Vec<Values> = (0..ROWS).map(added).collect();
    let took = client.runtime().block_on(async {
        let mut shown = Vec::new();
        next(&mut songs, &mut shown).await?;
        let all = shown.len() + ROWS;
        let started = Instant::now();
        let adding = tokio::spawn(async move { workspace.add_songs(bands()[0], added).await });
        while shown.len() < all {
            next(&mut songs, &mut shown).await?;
        }
        let took = started.elapsed();
        adding.await??;
        Outcome::Ok(took)
    })?;
    say("add_and_see", ms(took));
    client.runtime().block_on(client.shutdown());
    Ok(())
}

fn added(at: usize) -> Values {
    let song = json!({ "title": format!("Added {at:05}"), "artist": "The Examples", "key": "A" });
    song.as_object().cloned().unwrap_or_default()
}

fn query(limit: u32) -> SongQuery {
    SongQuery {
        limit,
        ..SongQuery::default()
    }
}

/// The next batch, applied.
async fn next<T>(songs: &mut Feed<T>, shown: &mut Vec<T>) -> Outcome<()>
where
    T: Keyed<Key: Send + Sync> + Clone + PartialEq + Send + Sync + 'static,
{
    feed::apply(shown, &songs.next().await.ok_or("the feed ended")??);
    Ok(())
}

fn open(dir: &Path, files: &str) -> Outcome<Client> {
    let secrets = MemorySecrets::new();
    for line in fs::read_to_string(dir.join("secrets"))?.lines() {
        let (key, value) = line.split_once(' ').ok_or("a secret without a value")?;
        secrets
            .write(key, &Secret::new(value))
            .map_err(|_| "the secrets cannot be written")?;
    }
    let config = ClientConfig::new("http://127.0.0.1:9", "e30.e30.e30", dir.join(files));
    Ok(Client::open(config, Arc::new(secrets))?)
}

fn say(name: &str, ms: f64) {
    println!("{}", json!({ "name": name, "ms": ms }));
}

/// What a language's program said.
struct Said(Vec<(String, f64)>);

impl Said {
    /// `Err` is why it did not run.
    fn of(dir: &Path, language: &str) -> Result<Self, String> {
        let file = |ending: &str| fs::read_to_string(dir.join(format!("{language}.{ending}")));
        if let Ok(reason) = file("skipped") {
            return Err(reason.trim().to_owned());
        }
        let text = file("jsonl").map_err(|_| "it was not run".to_owned())?;
        Ok(Self::read(&text))
    }

    /// Lines of another form are what the tools around the program said.
    fn read(text: &str) -> Self {
        let figures = text.lines().filter_map(|line| {
            let value: Value = serde_json::from_str(line).ok()?;
            Some((value["name"].as_str()?.to_owned(), value["ms"].as_f64()?))
        });
        Self(figures.collect())
    }

    fn ms(&self, name: &str) -> Outcome<f64> {
        let found = self.0.iter().find(|(known, _)| known == name);
        Ok(found.ok_or_else(|| format!("no figure {name}"))?.1)
    }
}

/// The folder that `cargo xtask bench` has filled.
fn folder() -> Outcome<PathBuf> {
    let dir = std::env::var_os("ROCKON_NATIVE");
    let dir = dir.ok_or("the languages are measured by `cargo xtask bench` only")?;
    Ok(PathBuf::from(dir))
}

pub(crate) fn kotlin() -> Outcome<Vec<Line>> {
    lines(&folder()?, "kotlin", "Kotlin", "a Flow")
}

pub(crate) fn swift() -> Outcome<Vec<Line>> {
    lines(&folder()?, "swift", "Swift", "an AsyncSequence")
}

fn lines(dir: &Path, word: &str, name: &str, to: &str) -> Outcome<Vec<Line>> {
    let said = match Said::of(dir, word) {
        Ok(said) => said,
        Err(reason) => {
            return Ok(vec![Line::skipped(
                word,
                &format!("all of {name}"),
                &reason,
            )]);
        }
    };
    let rust = Said::of(dir, "rust").map_err(|reason| format!("Rust: {reason}"))?;
    let mut lines = Vec::new();
    for (figure, what, target) in [
        ("first_list", "open client to the first 50 of 10k rows", 3.0),
        ("open_and_list", "open and the first 50 of 10k rows", 3.0),
    ] {
        let (theirs, ours) = (said.ms(figure)?, rust.ms(figure)?);
        let measured = format!("{theirs:.2} ms");
        lines.push(Line::new(word, &format!("{what}: {name}"), theirs, "ms").shown(measured));
        let ours_shown = format!("{ours:.2} ms");
        lines.push(Line::new(word, &format!("{what}: Rust"), ours, "ms").shown(ours_shown));
        let what = format!("{what}: {name} / Rust");
        lines.push(Line::new(word, &what, theirs / ours, "x").at_most(target));
    }
    let what = format!("10k added to 10k diffs in {to}");
    let took = said.ms("add_and_see")?;
    lines.push(Line::new(word, &what, took, "ms").at_most(1_000.0));
    let ours = rust.ms("add_and_see")?;
    lines.push(Line::new(word, "the same in Rust", ours, "ms"));
    for (figure, _) in &said.0 {
        if let Some(what) = more(figure) {
            lines.push(Line::new(word, what, said.ms(figure)?, "ms"));
        }
    }
    Ok(lines)
}

/// Figures for information, which not every language has.
fn more(figure: &str) -> Option<&'static str> {
    match figure {
        "very_first" => Some("the first client of the process, open to the first 50"),
        "after_commit" => Some("of the 10k diffs, after the call that added has come back"),
        "longest_pause" => Some("longest pause of the main thread meanwhile"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_that_did_not_run_is_one_line_with_the_reason() {
        let dir = tempfile::TempDir::new().unwrap();
        fs::write(dir.path().join("kotlin.skipped"), "no JDK\n").unwrap();
        let lines = lines(dir.path(), "kotlin", "Kotlin", "a Flow").unwrap();
        let shown: Vec<_> = lines
            .iter()
            .map(|line| (&*line.measured, line.met()))
            .collect();
        assert_eq!(shown, [("skipped: no JDK", None)]);
    }

    #[test]
    fn figures_are_told_from_what_the_tools_say() {
        let said = Said::read("[1/2] Compiling\n{\"name\":\"open\",\"ms\":1.5}\n{\"other\":1}\n");
        assert_eq!(said.0, [("open".to_owned(), 1.5)]);
    }
}
