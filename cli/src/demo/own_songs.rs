//! `--songs FILE`: the evening with the reader's own songs.

use std::path::Path;
use std::time::Instant;

use rockon_core::model::{Kind, RowId, Values};
use serde_json::{Value, json};
use uuid::Uuid;

use super::evening::{BAND, Evening, values};
use super::{Miss, say, wait};
use crate::failure::Failure;
use crate::out::counted;
use crate::phone::{Phone, number};

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
    let list = json!({ "name": "Tonight", "items": items(&ids) });
    workspace.add(BAND, Kind::Setlist, values(list)).await?;
    wait::caught_up(phone).await?;
    let what = format!("imports {} of {}", counted(count, "song"), own.name);
    say::timed(&phone.owner, &what, started.elapsed());
    Ok(())
}

/// A heading, up to [`IN_SETLIST`] songs and a break: enough to reorder, however short the file is.
fn items(songs: &[RowId]) -> Vec<Value> {
    let songs = songs.iter().take(IN_SETLIST);
    let mut items = vec![json!({ "type": "section", "sectionTitle": "First set" })];
    items.extend(songs.map(|id| json!({ "type": "song", "songId": id })));
    items.push(json!({ "type": "break", "breakDuration": 15 }));
    for item in &mut items {
        item["id"] = json!(Uuid::now_v7());
    }
    number(&mut items);
    items
}
