//! From a pinned version to its pages: pure.

use super::version::{Version, VersionItem};
use super::{GigBody, GigPage};

/// What stands between two headings of one page.
const BETWEEN: &str = " · ";

/// The pages of a version.
pub(super) fn of(version: &Version) -> Vec<GigPage> {
    let mut pages: Vec<GigPage> = Vec::new();
    let mut headings: Vec<&VersionItem> = Vec::new();
    for item in &version.items {
        if matches!(item.body, GigBody::Section { .. }) {
            headings.push(item);
            continue;
        }
        let titles: Vec<&str> = headings.drain(..).map(title).collect();
        pages.push(GigPage {
            section: (!titles.is_empty()).then(|| titles.join(BETWEEN)),
            ..page(item)
        });
    }
    pages.extend(headings.into_iter().map(page));
    pages
}

fn page(item: &VersionItem) -> GigPage {
    GigPage {
        item: item.id.clone(),
        section: None,
        body: item.body.clone(),
    }
}

fn title(heading: &VersionItem) -> &str {
    match &heading.body {
        GigBody::Section { title } => title,
        GigBody::Song { .. } | GigBody::Break { .. } => "",
    }
}

/// Seconds that are known from a page on, and how many songs they leave out.
pub(super) fn left(pages: &[GigPage], from: u32) -> (u64, u32) {
    let known = |number: i64| u64::try_from(number).ok().filter(|number| *number > 0);
    let (mut seconds, mut untimed) = (0_u64, 0);
    for page in pages
        .iter()
        .skip(usize::try_from(from).unwrap_or(usize::MAX))
    {
        let more = match &page.body {
            GigBody::Song { seconds, .. } => seconds.and_then(known),
            GigBody::Break { minutes, .. } => Some(known(*minutes).unwrap_or(0).saturating_mul(60)),
            GigBody::Section { .. } => Some(0),
        };
        match more {
            Some(more) => seconds = seconds.saturating_add(more),
            None => untimed += 1,
        }
    }
    (seconds, untimed)
}

/// On which page of `now` a player goes on who was on a page of `was`.
pub(super) fn same_place(was: &Version, page: u32, now: &Version) -> u32 {
    let (old, new) = (of(was), of(now));
    let song = |version: &Version, id: &str| {
        let mut items = version.items.iter();
        items.find(|item| item.id == id).and_then(|item| item.song)
    };
    let before = old.iter().take(
        usize::try_from(page)
            .unwrap_or(usize::MAX)
            .saturating_add(1),
    );
    // Some apps give items new ids: then the song says which one it is.
    let place = before.rev().find_map(|page| {
        let by_id = new.iter().position(|other| other.item == page.item);
        by_id.or_else(|| {
            let mine = song(was, &page.item)?;
            new.iter()
                .position(|other| song(now, &other.item) == Some(mine))
        })
    });
    place.map_or(0, |at| u32::try_from(at).unwrap_or(u32::MAX))
}
