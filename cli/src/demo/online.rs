//! Both phones online.

use std::time::Instant;

use rockon_core::model::{Kind, RowId};
use rockon_core::notices::NoticeBody;
use rockon_core::store::Song;
use serde_json::json;

use super::evening::{BAND, Evening, add_song, change};
use super::{Miss, check, say, shows};
use crate::phone::Phone;

/// Songs that Eric edits in one go.
const BURST: usize = 8;
/// What they get.
const GENRE: &str = "loud";

/// Titles for the new song; the first that the band does not play yet.
const TITLES: [&str; 4] = [
    "Wonderwall",
    "Cast No Shadow",
    "Slide Away",
    "The Masterplan",
];

/// Eric adds a song: Sam sees it with a dot, gets one notice, opens it, and the dot goes.
pub(super) async fn new_song(demo: &Evening) -> Result<RowId, Miss> {
    let title = fresh_title(demo).await?;
    let id = added_and_told(demo, &title).await?;
    let (eric, sam) = (&demo.eric, &demo.sam);
    sam.workspace()?.mark_read(Kind::Song, id).await?;
    let claim = "the dot goes once Sam has looked";
    shows::song(sam, id, claim, |song| !song.unread).await?;
    say::line("Sam", "opens it: the dot is gone");
    let own = shows::notices(eric).await?;
    let evidence = || format!("{own:?}");
    check(own.is_empty(), "nobody is told of his own edits", evidence)?;
    Ok(id)
}

/// Sam's phone is watched before Eric types, so that the times are those of the phones.
async fn added_and_told(demo: &Evening, title: &str) -> Result<RowId, Miss> {
    let (eric, sam) = (&demo.eric, &demo.sam);
    let before = shows::last_notice(sam).await?;
    let started = Instant::now();
    let adding = async {
        let song = json!({ "title": title, "artist": "Oasis", "key": "G", "duration": 250 });
        let id = add_song(eric, song).await?;
        say::timed("Eric", &format!("adds \"{title}\""), started.elapsed());
        Ok::<_, Miss>(id)
    };
    let seeing = async {
        let find = |songs: &[Song]| songs.iter().find(|song| song.title == title).cloned();
        let song = shows::list_of_songs(sam, "the new song is there", find).await?;
        Ok((song, started.elapsed()))
    };
    let telling = async {
        let notice = shows::notice(sam, before, "names the new song", |body| names(body, title));
        Ok((notice.await?, started.elapsed()))
    };
    let (id, (song, seen), (notice, told)) = tokio::try_join!(adding, seeing, telling)?;
    let right = song.id == id && song.unread;
    check(right, "it is Eric's song, unread", || format!("{song:?}"))?;
    say::timed("Sam", &format!("sees  ● {title} · Oasis  G"), seen);
    let right = notice.text() == format!("Eric added \"{title}\"");
    check(right, "the notice names who and what", || notice.text())?;
    say::timed("Sam", &format!("reads  {}", notice.text()), told);
    Ok(id)
}

fn names(body: &NoticeBody, title: &str) -> bool {
    matches!(body, NoticeBody::Changes { rows, .. } if rows.iter().any(|row| row.title == title))
}

async fn fresh_title(demo: &Evening) -> Result<String, Miss> {
    let songs = shows::songs(&demo.eric).await?;
    let taken = |title: &str| {
        songs
            .iter()
            .any(|song| song.title.eq_ignore_ascii_case(title))
    };
    let numbered = (2..).map(|n| format!("Wonderwall {n}"));
    let mut all = TITLES
        .iter()
        .map(|title| (*title).to_owned())
        .chain(numbered);
    let free = all.find(|title| !taken(title));
    free.ok_or_else(|| Miss::new("there is a free title", "none"))
}

/// Eric edits songs in one go: Sam has them all, and one notice for all of them.
pub(super) async fn burst(demo: &Evening) -> Result<(), Miss> {
    let (eric, sam) = (&demo.eric, &demo.sam);
    let before = shows::last_notice(sam).await?;
    let started = Instant::now();
    let ids = edit_many(eric).await?;
    let count = ids.len();
    say::timed("Eric", &format!("changes {count} songs"), started.elapsed());
    let claim = "all edits are there, each with a dot";
    shows::list_of_songs(sam, claim, |songs| {
        let fits = |id: &RowId| {
            let song = songs.iter().find(|song| song.id == *id);
            song.is_some_and(|song| song.unread && song.genre.as_deref() == Some(GENRE))
        };
        ids.iter().all(fits).then_some(())
    })
    .await?;
    let seen = format!("sees  ● on {count} songs");
    say::timed("Sam", &seen, started.elapsed());
    let changes = |body: &NoticeBody| matches!(body, NoticeBody::Changes { .. });
    let notice = shows::notice(sam, before, "about the edits", changes).await?;
    let read = format!("reads  {}", notice.text());
    say::timed("Sam", &read, started.elapsed());
    let all = matches!(&notice.body, NoticeBody::Changes { count: told, .. } if usize::try_from(*told) == Ok(count));
    check(all, "the one notice covers every edit", || notice.text())?;
    let since = shows::notices(sam).await?;
    let since = since
        .iter()
        .filter(|notice| Some(notice.id) > before)
        .count();
    let evidence = || format!("{since} notices");
    check(since == 1, "a burst makes one notice", evidence)?;
    all_read(sam).await
}

/// Edits the first songs, one after the other. Returns which.
async fn edit_many(eric: &Phone) -> Result<Vec<RowId>, Miss> {
    let songs = shows::songs(eric).await?;
    let mut ids = Vec::new();
    for (n, song) in (1_i64..).zip(songs.iter().take(BURST)) {
        let tempo = 60 + n + song.tempo.unwrap_or(100) % 100;
        let set = json!({ "tempo": tempo, "genre": GENRE });
        change(eric, Kind::Song, song.id, set).await?;
        ids.push(song.id);
    }
    Ok(ids)
}

async fn all_read(sam: &Phone) -> Result<(), Miss> {
    sam.workspace()?.mark_kind_read(BAND, Kind::Song).await?;
    let read = |songs: &[Song]| songs.iter().all(|song| !song.unread).then_some(());
    shows::list_of_songs(sam, "no dot is left", read).await?;
    say::line("Sam", "marks all as read: no dots");
    Ok(())
}
