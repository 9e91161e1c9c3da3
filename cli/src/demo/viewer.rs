//! A member who may only read edits: refused by the database, shown, nothing lost.

use std::time::Instant;

use rockon_core::model::Kind;
use rockon_core::notices::NoticeBody;
use serde_json::json;

use super::arrival::join;
use super::evening::{Evening, change};
use super::{Miss, check, say, shows, wait};

/// What the viewer types.
const TYPED: &str = "Bbm";

/// Toni, a viewer, changes a key.
pub(super) async fn refused(demo: &Evening) -> Result<(), Miss> {
    let mut toni = demo.another("Toni");
    join(&mut toni).await?;
    let songs = shows::songs(&toni).await?;
    let song = songs.iter().find(|song| song.key.as_deref() != Some(TYPED));
    let song = song.ok_or_else(|| Miss::new("there is a song to edit", "none"))?;
    let before = shows::last_notice(&toni).await?;
    let started = Instant::now();
    change(&toni, Kind::Song, song.id, json!({ "key": TYPED })).await?;
    say::line(
        "Toni",
        &format!("(viewer) changes the key of \"{}\" to {TYPED}", song.title),
    );
    let refused = |body: &NoticeBody| matches!(body, NoticeBody::Rejected { .. });
    let told = shows::notice(&toni, before, "about the rejection", refused).await?;
    say::timed(
        "Toni",
        &format!("reads  {}", told.text()),
        started.elapsed(),
    );
    let kept = shows::rejected(&toni, "the refused edit is kept", song.id).await?;
    let typed = kept.set.get("key") == Some(&json!(TYPED));
    check(typed, "what was typed is kept", || {
        format!("{:?}", kept.set)
    })?;
    let back = |now: &rockon_core::store::Song| now.key == song.key && !now.pending;
    shows::song(&toni, song.id, "the row shows the band's key again", back).await?;
    let sql = "select count(*) from songs where id = $1 and key is not distinct from $2";
    let same = demo.count(sql, &[&song.id.0, &song.key]).await?;
    check(same == 1, "the server's row did not change", || {
        "it did".to_owned()
    })?;
    toni.workspace()?.discard(kept.id).await?;
    let gone = |s: &rockon_core::client::Status| s.outbox.rejected == 0 && s.outbox.unsent == 0;
    wait::status(&toni, "a discarded edit is gone", gone).await?;
    say::line("Toni", "discards it; the song is as the band has it");
    toni.client()?.shutdown().await;
    Ok(())
}
