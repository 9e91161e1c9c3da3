//! W4: an edit on one phone until the other phone's list shows it, over the real local stack: sockets, HTTP and PostgreSQL,
//! with the waits that were measured on the real servers.

use std::time::{Duration, Instant};

use rockon_core::feed::{Feed, apply};
use rockon_core::model::RowId;
use rockon_core::realtime::ConnectionState;
use rockon_core::store::{Song, SongQuery};
use rockon_local_stack::{Contents, Project, ProjectConfig};
use rockon_tests::phone::{BAND, Phone};
use rockon_tests::project_with;
use serde_json::json;

use crate::Outcome;
use crate::report::Line;
use crate::stats::Samples;

/// Longest wait for anything.
const PATIENCE: Duration = Duration::from_mins(1);

/// How hints travel.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Transport {
    /// Broadcast from the database, on a private channel.
    Broadcast,
    /// Row changes of the heads, as on servers without private broadcast.
    Changes,
}

/// Waits until the phone is joined to all of its scopes.
async fn live(phone: &Phone) -> Outcome<()> {
    let mut status = phone.client().status();
    let joined = async {
        while let Some(status) = status.next().await {
            if status.connection.is_some_and(ConnectionState::is_live) {
                return true;
            }
        }
        false
    };
    let live = tokio::time::timeout(PATIENCE, joined).await?;
    if live {
        Ok(())
    } else {
        Err("the phone closed".into())
    }
}

/// Waits until the list shows the song with this tempo.
async fn shown(feed: &mut Feed<Song>, list: &mut Vec<Song>, id: RowId, tempo: i64) -> Outcome<()> {
    let seen = async {
        while !list
            .iter()
            .any(|song| song.id == id && song.tempo == Some(tempo))
        {
            let steps = feed.next().await.ok_or("the list ended")??;
            apply(list, &steps);
        }
        Ok(())
    };
    tokio::time::timeout(PATIENCE, seen).await?
}

/// The edits, one after the other, at times that fall anywhere between two polls of the server.
async fn edits(project: &Project, count: usize) -> Outcome<Samples> {
    let (eric, sam) = (
        Phone::of(project, "eric").await,
        Phone::of(project, "sam").await,
    );
    live(&eric).await?;
    live(&sam).await?;
    let id = eric.add_song("There and Back").await;
    let query = SongQuery {
        scope: Some(BAND),
        limit: 500,
        ..SongQuery::default()
    };
    let (mut feed, mut list) = (sam.workspace().songs(query), Vec::new());
    let mut samples = Samples::default();
    for n in 0..count + 5 {
        tokio::time::sleep(Duration::from_millis(fastrand::u64(100..700))).await;
        let tempo = 60 + i64::try_from(n)?;
        let started = Instant::now();
        eric.change_song(id, json!({ "tempo": tempo })).await;
        shown(&mut feed, &mut list, id, tempo).await?;
        if n >= 5 {
            samples.push_ms(started.elapsed());
        }
    }
    Ok(samples)
}

async fn measured(transport: Transport, count: usize) -> Outcome<Samples> {
    let config = ProjectConfig {
        contents: Contents::Seeded,
        ..ProjectConfig::default()
    };
    let project = project_with(config).await;
    if transport == Transport::Changes {
        let refuse = "drop policy sync_members_listen on realtime.messages";
        project.admin().await?.batch_execute(refuse).await?;
    }
    edits(&project, count).await
}

pub(crate) fn run() -> Outcome<Vec<Line>> {
    let runtime = crate::runtime()?;
    let broadcast = runtime.block_on(measured(Transport::Broadcast, 200))?;
    let changes = runtime.block_on(measured(Transport::Changes, 60))?;
    let line = |what: &str, samples: &Samples, target: f64| {
        Line::new("W4", what, samples.percentile(0.95), "ms")
            .at_most(target)
            .shown(format!("{} of {}", samples.tail("ms"), samples.len()))
    };
    Ok(vec![
        line(
            "edit to the other phone's list, broadcast",
            &broadcast,
            60.0,
        ),
        line(
            "edit to the other phone's list, row changes",
            &changes,
            600.0,
        ),
    ])
}
