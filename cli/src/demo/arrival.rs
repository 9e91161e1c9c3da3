//! The phones sign in and see the same band.

use std::time::Instant;

use rockon_core::redact::Secret;

use super::evening::Evening;
use super::own_songs::{self, OwnSongs};
use super::{Miss, check, say, shows, wait};
use crate::out::counted;
use crate::phone::Phone;

/// Every seeded member's password.
const PASSWORD: &str = "rock-on-demo";

/// Starts a phone, signs its owner in and waits for the band's data.
pub(crate) async fn join(phone: &mut Phone) -> Result<(), Miss> {
    phone.open(true).await?;
    let email = format!("{}@rock-on.test", phone.owner.to_lowercase());
    let started = Instant::now();
    phone
        .client()?
        .sign_in(&email, Secret::new(PASSWORD))
        .await?;
    wait::caught_up(phone).await?;
    let songs = shows::songs(phone).await?.len();
    let setlists = shows::setlists(phone).await?.len();
    let (songs, setlists) = (counted(songs, "song"), counted(setlists, "setlist"));
    let what = format!("signs in: {songs}, {setlists}");
    say::timed(&phone.owner, &what, started.elapsed());
    Ok(())
}

/// Both sign in; with songs of the reader's own, Eric puts those in the place of the seeded ones first.
pub(crate) async fn gather(demo: &mut Evening, own: Option<OwnSongs>) -> Result<(), Miss> {
    if own.is_some() {
        own_songs::clear(demo).await?;
    }
    join(&mut demo.eric).await?;
    if let Some(own) = own {
        own_songs::bring(&demo.eric, own).await?;
    }
    join(&mut demo.sam).await?;
    let (erics, sams) = (
        shows::songs(&demo.eric).await?,
        shows::songs(&demo.sam).await?,
    );
    check(
        erics.len() == sams.len() && !sams.is_empty(),
        "both phones show the same songs",
        || format!("{} on Eric's, {} on Sam's", erics.len(), sams.len()),
    )?;
    let setlists = shows::setlists(&demo.sam).await?;
    demo.setlist = setlists
        .iter()
        .find(|list| list.items.len() >= 3)
        .map(|list| list.id);
    demo.setlist().map(drop)
}
