//! The setlist on stage.

use rockon_core::client::Client;
use rockon_core::gig::{Gig, GigBody};
use rockon_core::model::Kind;

use super::play::{Fault, ScenarioRun};
use super::step::{Act, Expect};
use super::wait::until;

/// The titles of its songs, in order.
fn songs(gig: &Gig) -> Vec<String> {
    let title = |body: &GigBody| match body {
        GigBody::Song { title, .. } => title.clone(),
        GigBody::Break { .. } | GigBody::Section { .. } => None,
    };
    gig.pages
        .iter()
        .filter_map(|page| title(&page.body))
        .collect()
}

/// What a step wants of the gig that runs.
struct Wanted {
    songs: Option<Vec<String>>,
    page: Option<u32>,
    newer: Option<bool>,
    by: Option<Vec<String>>,
    /// Added, removed, reordered, deleted.
    difference: (Option<u32>, Option<u32>, Option<bool>, Option<bool>),
}

impl Wanted {
    fn is(&self, gig: &Gig) -> bool {
        let newer = gig.newer.as_ref();
        let (added, removed, reordered, deleted) = self.difference;
        self.songs.as_ref().is_none_or(|all| *all == songs(gig))
            && self.page.is_none_or(|page| page == gig.page)
            && self.newer.is_none_or(|is| is == newer.is_some())
            && self
                .by
                .as_ref()
                .is_none_or(|by| newer.is_some_and(|newer| newer.by == *by))
            && added.is_none_or(|n| newer.is_some_and(|newer| newer.added == n))
            && removed.is_none_or(|n| newer.is_some_and(|newer| newer.removed == n))
            && reordered.is_none_or(|is| newer.is_some_and(|newer| newer.is_reordered == is))
            && deleted.is_none_or(|is| newer.is_some_and(|newer| newer.is_deleted == is))
    }
}

impl ScenarioRun {
    pub(super) async fn on_stage(&mut self, client: &Client, act: Act) -> Result<(), Fault> {
        let workspace = client.workspace()?;
        match act {
            Act::StartGig { row } => {
                let list = self.row(client, Kind::Setlist, &row).await?;
                workspace.start_gig(list).await?;
            }
            Act::TurnPage { page } => workspace.turn_page(page).await?,
            Act::TakeGigUpdate {} => drop(workspace.take_gig_update().await?),
            Act::EndGig {} => workspace.end_gig().await?,
            act => return self.choices(client, act).await,
        }
        Ok(())
    }

    pub(super) async fn gig(&self, client: &Client, expect: Expect) -> Result<(), String> {
        let Expect::Gig {
            songs,
            page,
            newer,
            by,
            added,
            removed,
            reordered,
            deleted,
            gone,
        } = expect
        else {
            return Err("no gig".to_owned());
        };
        let wanted = Wanted {
            songs,
            page,
            newer,
            by,
            difference: (added, removed, reordered, deleted),
        };
        let open = || Ok(client.workspace()?.gig_changes());
        until(self.patience, open, async |gig| {
            let is = gig.as_ref().map_or(gone, |gig| !gone && wanted.is(gig));
            if is { Ok(()) } else { Err(format!("{gig:?}")) }
        })
        .await
    }
}
