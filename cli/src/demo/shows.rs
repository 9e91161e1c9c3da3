//! What a phone shows now, and waiting until it shows something else.

use rockon_core::model::{NoticeId, RowId};
use rockon_core::notices::{NoticeBody, text};
use rockon_core::speech::Language;
use rockon_core::store::{
    Conflict, RejectedEdit, Setlist, SetlistQuery, Song, SongQuery, StoredNotice,
};

use super::evening::BAND;
use super::{Miss, wait};
use crate::phone::Phone;

/// Larger than any list of the evening.
const ALL: u32 = 20_000;

fn all_songs() -> SongQuery {
    SongQuery {
        scope: Some(BAND),
        limit: ALL,
        ..SongQuery::default()
    }
}

/// The band's songs.
pub(super) async fn songs(phone: &Phone) -> Result<Vec<Song>, Miss> {
    let feed = phone.workspace()?.songs(all_songs());
    wait::list(feed, "the songs can be read", |songs| Some(songs.to_vec())).await
}

/// Waits until a song is as `fits` wants it.
pub(super) async fn song(
    phone: &Phone,
    id: RowId,
    claim: &str,
    fits: impl Fn(&Song) -> bool,
) -> Result<Song, Miss> {
    let live = phone.workspace()?.song(id);
    let claim = format!("{}'s phone: {claim}", phone.owner);
    wait::value(live, &claim, |song| song.clone().filter(|song| fits(song))).await
}

/// Waits until the list of songs is as `fits` wants it.
pub(super) async fn list_of_songs<R>(
    phone: &Phone,
    claim: &str,
    fits: impl Fn(&[Song]) -> Option<R>,
) -> Result<R, Miss> {
    let claim = format!("{}'s phone: {claim}", phone.owner);
    wait::list(phone.workspace()?.songs(all_songs()), &claim, fits).await
}

/// The band's setlists.
pub(super) async fn setlists(phone: &Phone) -> Result<Vec<Setlist>, Miss> {
    let query = SetlistQuery {
        scope: Some(BAND),
        ..SetlistQuery::default()
    };
    let feed = phone.workspace()?.setlists(query);
    wait::list(feed, "the setlists can be read", |lists| {
        Some(lists.to_vec())
    })
    .await
}

/// Waits until a setlist is as `fits` wants it.
pub(super) async fn setlist(
    phone: &Phone,
    id: RowId,
    claim: &str,
    fits: impl Fn(&Setlist) -> bool,
) -> Result<Setlist, Miss> {
    let live = phone.workspace()?.setlist(id);
    let claim = format!("{}'s phone: {claim}", phone.owner);
    wait::value(live, &claim, |list| list.clone().filter(|list| fits(list))).await
}

/// Ids of a setlist's items, in order.
pub(super) fn order(list: &Setlist) -> Vec<&str> {
    list.items.iter().map(|item| item.id.as_str()).collect()
}

/// A notice as it is read.
#[derive(Debug, Clone)]
pub(super) struct Read {
    pub(super) id: NoticeId,
    pub(super) body: NoticeBody,
}

impl Read {
    pub(super) fn text(&self) -> String {
        text::text(&self.body, Language::English)
    }
}

fn read(stored: &[StoredNotice]) -> Vec<Read> {
    let one = |notice: &StoredNotice| {
        let (id, body) = (notice.id, NoticeBody::of(notice)?);
        Some(Read { id, body })
    };
    stored.iter().filter_map(one).collect()
}

/// The notices now, newest first.
pub(super) async fn notices(phone: &Phone) -> Result<Vec<Read>, Miss> {
    let feed = phone.workspace()?.notices(ALL);
    wait::list(feed, "the notices can be read", |list| Some(read(list))).await
}

/// The newest notice, if there is one.
pub(super) async fn last_notice(phone: &Phone) -> Result<Option<NoticeId>, Miss> {
    Ok(notices(phone).await?.first().map(|notice| notice.id))
}

/// Waits for a notice newer than `after` that `fits`.
pub(super) async fn notice(
    phone: &Phone,
    after: Option<NoticeId>,
    claim: &str,
    fits: impl Fn(&NoticeBody) -> bool,
) -> Result<Read, Miss> {
    let claim = format!("{}'s phone: a notice {claim}", phone.owner);
    let found = |list: &[StoredNotice]| {
        let mut fresh = read(list)
            .into_iter()
            .filter(|notice| Some(notice.id) > after);
        fresh.find(|notice| fits(&notice.body))
    };
    wait::list(phone.workspace()?.notices(ALL), &claim, found).await
}

/// Waits for a conflict.
pub(super) async fn conflict(phone: &Phone, claim: &str, row: RowId) -> Result<Conflict, Miss> {
    let find = |list: &[Conflict]| list.iter().find(|one| one.what.row == row).cloned();
    wait::list(phone.workspace()?.conflicts(ALL), claim, find).await
}

/// Waits for a rejected edit.
pub(super) async fn rejected(phone: &Phone, claim: &str, row: RowId) -> Result<RejectedEdit, Miss> {
    let find = |list: &[RejectedEdit]| list.iter().find(|one| one.row == row).cloned();
    wait::list(phone.workspace()?.rejected_edits(ALL), claim, find).await
}
