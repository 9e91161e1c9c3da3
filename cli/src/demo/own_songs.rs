//! `--songs FILE`: the evening with the reader's own songs.

use std::path::Path;
use std::time::Instant;

use rockon_core::model::{Kind, Values};
use rockon_core::store::ItemPlace;
use serde_json::json;

use super::evening::{BAND, Evening, values};
use super::{Miss, say, wait};
use crate::failure::Failure;
use crate::out::counted;
use crate::phone::Phone;

/// Songs in the setlist made of them.
const IN_SETLIST: usize = 12;

/// The songs of a file.
#[derive(Debug)]
pub(super) struct OwnSongs {
    name: String,
    songs: Vec<Values>,
}

/// Reads the file; lines that cannot be read are named and left out.
pub(super) fn read(path: &Path) -> Result<OwnSongs, Failure> {
    let name = path.display().to_string();
    let plan = crate::songs::read(path)?;
    if plan.songs.is_empty() {
        return Err(Failure::input(format!(
            "{name} holds no song that can be read."
        )));
    }
    Ok(OwnSongs {
        name,
        songs: plan.songs.into_iter().map(|song| song.values).collect(),
    })
}

/// Empties the seeded band before anybody signs in. Setting the stage, so not through a phone.
pub(super) async fn clear(demo: &Evening) -> Result<(), Miss> {
    let admin = demo.project.admin().await?;
    for table in ["shows", "practice_sessions"] {
        let sql = format!("delete from public.{table} where band_id = $1");
        admin.execute(&sql, &[&BAND.0]).await?;
    }
    for table in ["setlists", "songs"] {
        let sql = format!("delete from public.{table} where context_id = $1::text");
        let sql = sql.replace("$1::text", &format!("'{BAND}'"));
        admin.execute(&sql, &[]).await?;
    }
    Ok(())
}

/// Adds the songs and a setlist of them, as an import on a phone does.
pub(super) async fn bring(phone: &Phone, own: OwnSongs) -> Result<(), Miss> {
    let workspace = phone.workspace()?;
    let (count, started) = (own.songs.len(), Instant::now());
    let ids = workspace.add_songs(BAND, own.songs).await?;
    let list = values(json!({ "name": "Tonight", "items": [] }));
    let list = workspace.add(BAND, Kind::Setlist, list).await?;
    // Enough to reorder, however short the file is.
    let (heading, end) = ("First set".to_owned(), ItemPlace::Last);
    workspace.add_section(list, heading, end.clone()).await?;
    let songs = ids.iter().take(IN_SETLIST).copied().collect();
    workspace
        .add_songs_to_setlist(list, songs, end.clone())
        .await?;
    workspace.add_break(list, 15, None, end).await?;
    wait::caught_up(phone).await?;
    let what = format!("imports {} of {}", counted(count, "song"), own.name);
    say::timed(&phone.owner, &what, started.elapsed());
    Ok(())
}
