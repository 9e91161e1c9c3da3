//! The setlist that is on stage: pinned when the gig starts, so that nothing moves under the player's eyes.
//!
//! Owns: what is pinned ([`Version`]), the pages made of it, the page that is open, and how a newer version differs.
//! Never: shows anything of a newer version before it is taken. Notices are held back by `notices`; `client` joins the two.
//! Invariants: a gig outlives a kill, the end of the session, and the setlist itself; at most [`MAX_ITEMS`] items and
//! [`MAX_NOTES`] bytes of notes are pinned; the page that is open is one that there is.
//!
//! A heading is no page: it stands on the page that follows it. One that nothing follows is a page, so that it is not lost.

mod newer;
mod pages;
mod version;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Deserializer};

use crate::error::{Error, Result};
use crate::model::{RowId, tagged};
use crate::notices::ListStep;
use crate::store::{KeptGig, Reader, WriteTx};
use version::Version;

#[cfg(doc)]
use version::{MAX_ITEMS, MAX_NOTES};

/// A setlist on stage.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Gig {
    /// Which setlist; it may be gone by now.
    pub setlist: RowId,
    /// What it is called.
    pub name: String,
    /// The page that is open, from 0.
    pub page: u32,
    /// What is played, in order.
    pub pages: Vec<GigPage>,
    /// Seconds from the open page on, this one included: songs of known duration plus breaks.
    pub seconds_left: u64,
    /// Songs from the open page on without a known duration.
    pub untimed_left: u32,
    /// How the setlist differs now; nothing while it is as it was pinned.
    pub newer: Option<GigUpdate>,
}

/// One page on stage.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct GigPage {
    /// What the item is called in its setlist.
    pub item: String,
    /// The headings directly before it, if there are any.
    pub section: Option<String>,
    /// What is on it.
    pub body: GigBody,
}

/// What is on a page.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum GigBody {
    /// A song, as it was when it was pinned. Nothing for a text in which nothing is written.
    Song {
        /// Its title; nothing when it was deleted or had not arrived.
        title: Option<String>,
        /// Its artist.
        artist: Option<String>,
        /// Its key.
        key: Option<String>,
        /// Fret of the capo, from 1.
        capo: Option<i64>,
        /// Its tempo.
        tempo: Option<i64>,
        /// Its length.
        seconds: Option<i64>,
        /// Notes on this item of the setlist.
        item_notes: Option<String>,
        /// Notes on the song; where there are very many, their beginning.
        song_notes: Option<String>,
    },
    /// A pause.
    Break {
        /// Minutes.
        minutes: i64,
        /// Notes on it.
        notes: Option<String>,
    },
    /// A heading that nothing follows.
    Section {
        /// Its text.
        title: String,
    },
}

impl<'de> Deserialize<'de> for GigBody {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        tagged(from, "type", |case, fields| {
            Ok(Some(match case {
                "song" => Self::Song {
                    title: fields.take("title")?,
                    artist: fields.take("artist")?,
                    key: fields.take("key")?,
                    capo: fields.take("capo")?,
                    tempo: fields.take("tempo")?,
                    seconds: fields.take("seconds")?,
                    item_notes: fields.take("item_notes")?,
                    song_notes: fields.take("song_notes")?,
                },
                "break" => Self::Break {
                    minutes: fields.take("minutes")?,
                    notes: fields.take("notes")?,
                },
                "section" => Self::Section {
                    title: fields.take("title")?,
                },
                _ => return Ok(None),
            }))
        })
    }
}

/// What a newer version of the setlist would change.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct GigUpdate {
    /// Who changed it, as far as this phone knows. The member is among them only if nobody else is.
    pub by: Vec<String>,
    /// What was done to the items, a song that is another now among them; empty where it is too much to say.
    pub steps: Vec<ListStep>,
    /// Items that are new.
    pub added: u32,
    /// Items that are gone.
    pub removed: u32,
    /// Items stand elsewhere.
    pub is_reordered: bool,
    /// The setlist is not here any more; there is nothing to take.
    pub is_deleted: bool,
}

/// The gig that runs. One that cannot be read is as good as none.
pub(crate) fn running(reader: &Reader<'_>) -> Result<Option<Gig>> {
    let Some((kept, pinned)) = kept(reader)? else {
        return Ok(None);
    };
    let newer = newer::update(reader, kept.setlist, &pinned)?;
    Ok(Some(gig(&kept, pinned, newer)))
}

/// Pins the setlist as it is now and opens its first page.
pub(crate) fn start(tx: &mut WriteTx<'_>, setlist: RowId) -> Result<Gig> {
    let version = Version::read(tx, setlist)?.ok_or(Error::NotFound { what: "setlist" })?;
    keep(tx, setlist, 0, version)
}

/// Opens a page; behind the last, the last.
pub(crate) fn turn(tx: &mut WriteTx<'_>, page: u32) -> Result<()> {
    let (_, pinned) = kept(tx)?.ok_or(NONE)?;
    tx.turn_gig(within(page, pages::of(&pinned).len()))
}

/// Pins the setlist as it is now and stays on the song that is open, or on the nearest before it that is still there.
/// Where the setlist is gone, all stays as it is.
pub(crate) fn take_update(tx: &mut WriteTx<'_>) -> Result<Gig> {
    let (kept, pinned) = kept(tx)?.ok_or(NONE)?;
    let Some(version) = Version::read(tx, kept.setlist)? else {
        let newer = newer::update(tx, kept.setlist, &pinned)?;
        return Ok(gig(&kept, pinned, newer));
    };
    let page = pages::same_place(&pinned, kept.page, &version);
    keep(tx, kept.setlist, page, version)
}

/// No gig runs.
const NONE: Error = Error::NotFound { what: "gig" };

fn kept(reader: &Reader<'_>) -> Result<Option<(KeptGig, Version)>> {
    let Some(kept) = reader.gig()? else {
        return Ok(None);
    };
    let version = serde_json::from_str(&kept.body).ok();
    Ok(version.map(|version| (kept, version)))
}

fn keep(tx: &mut WriteTx<'_>, setlist: RowId, page: u32, version: Version) -> Result<Gig> {
    let body = serde_json::to_string(&version).map_err(|_| Error::Internal { place: "gig" })?;
    let kept = KeptGig {
        setlist,
        page,
        body,
    };
    tx.keep_gig(&kept)?;
    Ok(gig(&kept, version, None))
}

fn gig(kept: &KeptGig, pinned: Version, newer: Option<GigUpdate>) -> Gig {
    let pages = pages::of(&pinned);
    let page = within(kept.page, pages.len());
    let (seconds_left, untimed_left) = pages::left(&pages, page);
    Gig {
        setlist: kept.setlist,
        name: pinned.name,
        page,
        pages,
        seconds_left,
        untimed_left,
        newer,
    }
}

fn within(page: u32, pages: usize) -> u32 {
    page.min(u32::try_from(pages.saturating_sub(1)).unwrap_or(u32::MAX))
}
