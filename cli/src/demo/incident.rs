//! Realtime stops: the doctor names it, edits still flow, and later everything is caught up.

use std::time::Instant;

use rockon_core::doctor::Layer;
use rockon_core::model::{Kind, RowId};
use rockon_core::realtime::ConnectionState;
use rockon_core::store::Song;
use rockon_local_stack::{Outage, Service};
use serde_json::json;

use super::evening::{Evening, change};
use super::{Miss, check, say, shows, wait};
use crate::phone::Phone;

/// The incident and its end.
pub(super) async fn realtime_stops(demo: &Evening) -> Result<(), Miss> {
    let (eric, sam) = (&demo.eric, &demo.sam);
    live(sam, "hints arrive before the incident").await?;
    let faults = demo.project.faults();
    faults.stop(Service::Realtime, Outage::Removed);
    let noticed =
        |s: &rockon_core::client::Status| !s.connection.is_some_and(ConnectionState::is_live);
    wait::status(sam, "the phone notices that hints stop", noticed).await?;
    say::line("server", "the realtime service is stopped");
    let started = Instant::now();
    let report = sam.client()?.diagnose().await;
    let named = report.first_broken().map(|check| (check.layer, check.name));
    let wanted = Some((Layer::Services, "realtime service"));
    check(
        named == wanted,
        "the doctor names the realtime service",
        || report.to_string(),
    )?;
    let verdict = report.to_string();
    let verdict = verdict.lines().next().unwrap_or_default();
    say::timed("doctor", verdict, started.elapsed());
    let (erics, sams) = flows(demo).await?;
    faults.start(Service::Realtime);
    let started = Instant::now();
    live(sam, "hints arrive again").await?;
    live(eric, "hints arrive again").await?;
    say::timed("both", "● live again", started.elapsed());
    let here = |song: &Song| song.difficulty == Some(5);
    shows::song(sam, erics, "Eric's edit is caught up", here).await?;
    shows::song(eric, sams, "Sam's edit is caught up", here).await?;
    say::timed("both", "have caught up", started.elapsed());
    hints_again(eric, sam, erics).await
}

async fn live(phone: &Phone, claim: &str) -> Result<(), Miss> {
    let live = |s: &rockon_core::client::Status| s.connection.is_some_and(ConnectionState::is_live);
    let claim = format!("{}'s phone: {claim}", phone.owner);
    wait::status(phone, &claim, live).await.map(drop)
}

/// Without hints, both send their edits all the same.
async fn flows(demo: &Evening) -> Result<(RowId, RowId), Miss> {
    let songs = shows::songs(&demo.eric).await?;
    let pick = |at: usize| {
        songs
            .get(at.min(songs.len().saturating_sub(1)))
            .map(|song| song.id)
    };
    let (Some(erics), Some(sams)) = (pick(0), pick(1)) else {
        return Err(Miss::new("there are songs to edit", "none"));
    };
    let started = Instant::now();
    for (phone, id) in [(&demo.eric, erics), (&demo.sam, sams)] {
        change(phone, Kind::Song, id, json!({ "difficulty": 5 })).await?;
        let sent = |s: &rockon_core::client::Status| s.outbox.unsent == 0;
        wait::status(phone, "edits are sent without realtime", sent).await?;
    }
    let sql = "select count(*) from songs where id in ($1, $2) and difficulty = 5";
    let there = demo.count(sql, &[&erics.0, &sams.0]).await?;
    check(there == 2, "the server has both edits", || {
        format!("{there} of 2")
    })?;
    say::timed("both", "edit; the server has both edits", started.elapsed());
    Ok((erics, sams))
}

/// One more edit travels by hint.
async fn hints_again(eric: &Phone, sam: &Phone, id: RowId) -> Result<(), Miss> {
    let started = Instant::now();
    let edit = change(eric, Kind::Song, id, json!({ "difficulty": 1 }));
    let here = |song: &Song| song.difficulty == Some(1);
    let seen = shows::song(sam, id, "edits are seen at once again", here);
    tokio::try_join!(edit, seen)?;
    say::timed("Sam", "sees  Eric's next edit", started.elapsed());
    Ok(())
}
