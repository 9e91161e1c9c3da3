//! What a key costs that is typed into the search of 10,000 songs: the first 50 that have the text are read again.
//!
//! Beside it, in turns: the same songs all of them, unfiltered. The machine's speed swings, so the ratio is what counts.

use std::time::Instant;

use rockon_core::model::ScopeId;
use rockon_core::store::{PullPage, SongQuery, Store};
use serde_json::json;

use crate::report::Line;
use crate::rows::{Pages, bands};
use crate::stats::Samples;
use crate::{Outcome, Scratch, apply, runtime};

/// Rows of which seven in ten are songs.
const ROWS: usize = 14_286;
const ROUNDS: usize = 15;

/// What is typed, key by key: words of titles, of artists, of notes, and what is nowhere.
const TYPED: [&str; 4] = ["golden ghost", "examples", "quiet, then", "zeppelin"];

/// Of a song: three lines, in one of three songs with letters that are not plain.
fn notes(n: usize) -> String {
    let line = "Capo on two. Second verse quiet, then all in, and watch the drummer for the end of the solo. ";
    let accent = if n.is_multiple_of(3) {
        "Café tempo. "
    } else {
        ""
    };
    format!("{accent}{line}{line}{line}")
}

fn with_notes(mut page: PullPage) -> PullPage {
    let songs = page
        .scopes
        .iter_mut()
        .filter_map(|scope| scope.rows.get_mut("song"));
    for (n, song) in songs.flatten().enumerate() {
        song.insert("notes".to_owned(), json!(notes(n)));
    }
    page
}

/// How long the list takes in ms.
async fn timed(store: &Store, query: SongQuery) -> Outcome<f64> {
    let started = Instant::now();
    store.read(move |reader| reader.songs(&query)).await?;
    Ok(crate::stats::ms(started.elapsed()))
}

/// Every key of every word, in all bands or one; beside them the list as it is.
async fn measure(store: &Store, scope: Option<ScopeId>) -> Outcome<[Samples; 3]> {
    let all = SongQuery {
        scope,
        ..SongQuery::default()
    };
    let mut samples: [Samples; 3] = Default::default();
    for _ in 0..ROUNDS {
        for word in TYPED {
            let whole = timed(store, all.clone()).await?;
            let mut worst = 0.0_f64;
            for end in 1..=word.len() {
                let query = SongQuery {
                    search: word.get(..end).unwrap_or(word).to_owned(),
                    limit: 50,
                    ..all.clone()
                };
                let took = timed(store, query).await?;
                samples[0].push(took);
                worst = worst.max(took);
            }
            samples[1].push(whole);
            samples[2].push(worst / whole);
        }
    }
    Ok(samples)
}

pub(crate) fn run() -> Outcome<Vec<Line>> {
    let scratch = Scratch::new()?;
    let store = scratch.store()?;
    let mut lines = Vec::new();
    runtime()?.block_on(async {
        apply::take_in(&store, Pages::new(ROWS).map(with_notes)).await?;
        for (scope, of) in [
            (None, "10k songs"),
            (Some(bands()[0]), "one band's 3.3k songs"),
        ] {
            let [keys, whole, ratio] = measure(&store, scope).await?;
            let what = format!("a key typed in a search of {of}");
            let key = Line::new("search", &what, keys.percentile(0.95), "ms").at_most(16.0);
            lines.push(key.shown(format!("{} of {}", keys.tail("ms"), keys.len())));
            let what = format!("all of {of}, unfiltered, in turns");
            let all = Line::new("search", &what, whole.median(), "ms");
            lines.push(all.shown(whole.spread("ms")));
            let what = format!("the slowest key of a word / all of {of}");
            let one = Line::new("search", &what, ratio.median(), "x");
            lines.push(one.shown(ratio.spread("x")));
        }
        store.close().await;
        Ok(lines)
    })
}
