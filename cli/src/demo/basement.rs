//! Sam without a signal: both edit the same things, the phone is killed, and later everything meets.

use std::time::Instant;

use rockon_core::client::{Choice, Status};
use rockon_core::model::{Kind, NoticeId, RowId};
use rockon_core::notices::NoticeBody;
use rockon_core::store::{ItemPlace, Setlist, Song};
use serde_json::json;

use super::evening::{BAND, Evening, add_song, change};
use super::{Miss, check, say, shows, wait};
use crate::out::counted;
use crate::phone::Phone;

/// Rows that Sam edits in the basement: two songs, a setlist, and a new song.
const UNSENT: u64 = 4;
const SAMS_NOTES: &str = "Capo 2, Sam starts alone";
const ERICS_NOTES: &str = "Drop D, no intro";
const NEW_SONG: &str = "Basement Jam";

/// What is under way while Sam is away.
pub(super) struct Left {
    /// Both edit it, different fields.
    merging: RowId,
    /// Both edit its notes.
    conflicting: RowId,
    /// Sam's new song.
    added: RowId,
    /// The item that Sam has put first, and the one that Eric has put last.
    put_first: String,
    put_last: String,
    /// Number of items.
    items: usize,
    /// The band's revision when Sam went offline.
    rev: i64,
    /// Sam's newest notice then.
    notice: Option<NoticeId>,
    /// What Sam's phone shows.
    songs: Vec<Song>,
    setlist: Setlist,
}

/// Sam goes offline; both go on working on the same things.
pub(super) async fn apart(demo: &Evening, merging: RowId) -> Result<Left, Miss> {
    let (eric, sam, list) = (&demo.eric, &demo.sam, demo.setlist()?);
    let songs = shows::songs(sam).await?;
    let conflicting = songs.iter().find(|song| song.id != merging);
    let conflicting = conflicting.ok_or_else(|| Miss::new("there are two songs", "one"))?;
    let notice = shows::last_notice(sam).await?;
    sam.client()?.set_network(false);
    let sql = "select rev from sync_head where scope_id = $1";
    let rev = demo.count(sql, &[&BAND.0]).await?;
    let added = sam_edits(sam, merging, conflicting.id).await?;
    let put_first = move_item(sam, list, Move::LastToFront).await?;
    let counted = |s: &Status| s.outbox.unsent == UNSENT;
    wait::status(sam, "every edit is counted as unsent", counted).await?;
    let did = "○ offline: a tempo, notes, a new song, a setlist reordered";
    say::line("Sam", did);
    say::line("Sam", &format!("status strip: {UNSENT} unsent"));
    eric_edits(eric, merging, conflicting.id).await?;
    let put_last = move_item(eric, list, Move::SecondToBack).await?;
    wait::caught_up(eric).await?;
    let did = "meanwhile: the same song's key, the same notes, the same setlist";
    say::line("Eric", did);
    nothing_sent(demo, added).await?;
    let setlist = shows::setlist(sam, list, "shows its own order", |list| list.pending).await?;
    Ok(Left {
        merging,
        conflicting: conflicting.id,
        added,
        put_first,
        put_last,
        items: setlist.items.len(),
        rev,
        notice,
        songs: shows::songs(sam).await?,
        setlist,
    })
}

async fn sam_edits(sam: &Phone, merging: RowId, conflicting: RowId) -> Result<RowId, Miss> {
    let notes = json!({ "notes": SAMS_NOTES });
    change(sam, Kind::Song, merging, json!({ "tempo": 96 })).await?;
    change(sam, Kind::Song, conflicting, notes).await?;
    let song = json!({ "title": NEW_SONG, "artist": "Sam", "key": "E" });
    add_song(sam, song).await
}

async fn eric_edits(eric: &Phone, merging: RowId, conflicting: RowId) -> Result<(), Miss> {
    let notes = json!({ "notes": ERICS_NOTES });
    change(eric, Kind::Song, merging, json!({ "key": "Em" })).await?;
    change(eric, Kind::Song, conflicting, notes).await
}

enum Move {
    LastToFront,
    SecondToBack,
}

/// Moves an item of a setlist, as dragging does. Returns the item's id.
async fn move_item(phone: &Phone, list: RowId, how: Move) -> Result<String, Miss> {
    let shown = shows::setlist(phone, list, "shows the setlist", |_| true).await?;
    let ids: Vec<String> = shown.items.into_iter().map(|item| item.id).collect();
    let (moved, place) = match how {
        Move::LastToFront => (ids.last(), ItemPlace::First),
        Move::SecondToBack => (ids.get(1), ItemPlace::Last),
    };
    let id = moved.cloned().unwrap_or_default();
    let workspace = phone.workspace()?;
    workspace.move_item(list, id.clone(), place).await?;
    Ok(id)
}

async fn nothing_sent(demo: &Evening, added: RowId) -> Result<(), Miss> {
    let sql = "select count(*) from songs where id = $1";
    let there = demo.count(sql, &[&added.0]).await?;
    check(there == 0, "an offline phone sends nothing", || {
        format!("{there} row on the server")
    })
}

/// Sam's program is killed and opened again without a signal: what was typed and everything else is there.
pub(super) async fn killed(demo: &mut Evening, left: &Left) -> Result<(), Miss> {
    let list = demo.setlist()?;
    demo.sam.kill();
    say::line("Sam", "the program is killed");
    let started = Instant::now();
    let opened = demo.sam.open(false).await?;
    let sam = &demo.sam;
    let songs = shows::songs(sam).await?;
    say::timed("Sam", "opens it without a signal", opened);
    say::timed(
        "Sam",
        &format!("sees  {}, with the edits", counted(songs.len(), "song")),
        started.elapsed(),
    );
    check(
        songs == left.songs,
        "every song is as it was before the kill",
        || difference(&left.songs, &songs),
    )?;
    let same = |now: &Setlist| shows::order(now) == shows::order(&left.setlist);
    shows::setlist(sam, list, "the setlist is in Sam's order", same).await?;
    let counted = |s: &Status| s.outbox.unsent == UNSENT && !s.network;
    wait::status(sam, "the unsent count survived the kill", counted).await?;
    say::line("Sam", &format!("status strip: ○ offline, {UNSENT} unsent"));
    nothing_sent(demo, left.added).await
}

fn difference(before: &[Song], now: &[Song]) -> String {
    let changed = before.iter().find(|song| !now.contains(song));
    format!("{} songs; first difference: {changed:?}", now.len())
}

/// The signal is back: sent once, merged, told as a digest.
pub(super) async fn together(demo: &Evening, left: &Left) -> Result<(), Miss> {
    let sam = &demo.sam;
    let started = Instant::now();
    sam.client()?.set_network(true);
    wait::caught_up(sam).await?;
    let did = "● signal: everything sent and read";
    say::timed("Sam", did, started.elapsed());
    sent_once(demo, left).await?;
    merged_everywhere(demo, left).await?;
    let did = "see   tempo 96 and key Em; one order of the setlist";
    say::timed("both", did, started.elapsed());
    let told = shows::notice(sam, left.notice, "sums up what Eric did", sums_up).await?;
    say::timed("Sam", &format!("reads  {}", told.text()), started.elapsed());
    let since = shows::notices(sam).await?;
    let missed = |notice: &&shows::Read| Some(notice.id) > left.notice && sums_up(&notice.body);
    let since = since.iter().filter(missed).count();
    let evidence = || format!("{since} notices");
    check(since == 1, "what was missed is one notice", evidence)?;
    let sent = |body: &NoticeBody| matches!(body, NoticeBody::Sent { .. });
    let told = shows::notice(sam, left.notice, "says that the edits were sent", sent).await?;
    say::line("Sam", &format!("reads  {}", told.text()));
    Ok(())
}

/// One person's digest reads like any notice of that person; several people's names them all.
fn sums_up(body: &NoticeBody) -> bool {
    matches!(body, NoticeBody::Changes { .. } | NoticeBody::Digest { .. })
}

/// Both phones show both edits, and one order.
async fn merged_everywhere(demo: &Evening, left: &Left) -> Result<(), Miss> {
    let list = demo.setlist()?;
    let mut orders = Vec::new();
    for phone in [&demo.sam, &demo.eric] {
        let merged = |song: &Song| song.tempo == Some(96) && song.key.as_deref() == Some("Em");
        let claim = "Sam's tempo and Eric's key, both";
        shows::song(phone, left.merging, claim, merged).await?;
        let both = |now: &Setlist| is_merged(now, left);
        let claim = "both reorderings, no item lost or doubled";
        orders.push(shows::setlist(phone, list, claim, both).await?);
    }
    let orders: Vec<_> = orders.iter().map(shows::order).collect();
    let same = orders.windows(2).all(|pair| pair[0] == pair[1]);
    check(same, "one order on both phones", || format!("{orders:?}"))
}

fn is_merged(list: &Setlist, left: &Left) -> bool {
    let order = shows::order(list);
    let mut distinct = order.clone();
    distinct.sort_unstable();
    distinct.dedup();
    order.len() == left.items
        && distinct.len() == left.items
        && order.first() == Some(&left.put_first.as_str())
        && order.last() == Some(&left.put_last.as_str())
}

/// In the database each of Sam's edits happened exactly once.
async fn sent_once(demo: &Evening, left: &Left) -> Result<(), Miss> {
    let sam = demo.sam.workspace()?.user();
    let log = "select count(*) from sync.log where scope_id = $1 and rev > $2 and actor = $3 and row_id = $4";
    for (row, what) in [(left.added, "the new song"), (left.merging, "the tempo")] {
        let times = demo
            .count(log, &[&BAND.0, &left.rev, &sam.0, &row.0])
            .await?;
        check(times == 1, "each edit is applied once", || {
            format!("{what}: {times} times")
        })?;
    }
    let sql = "select count(*) from songs where title = $1";
    let rows = demo.count(sql, &[&NEW_SONG]).await?;
    check(rows == 1, "the new song is there once", || {
        format!("{rows} rows")
    })?;
    say::line("server", "has each of the edits exactly once");
    Ok(())
}

/// Both values of the notes are kept until Sam has chosen.
pub(super) async fn choose(demo: &Evening, left: &Left) -> Result<(), Miss> {
    let (eric, sam) = (&demo.eric, &demo.sam);
    let conflict =
        shows::conflict(sam, "both notes are kept for a choice", left.conflicting).await?;
    let both = [conflict.what.mine.clone(), conflict.what.theirs.clone()];
    let wanted = [json!(SAMS_NOTES), json!(ERICS_NOTES)];
    check(both == wanted, "the conflict holds both values", || {
        format!("{both:?}")
    })?;
    let is_conflict = |body: &NoticeBody| matches!(body, NoticeBody::Conflict { .. });
    let told = shows::notice(sam, left.notice, "about the conflict", is_conflict).await?;
    say::line("Sam", &format!("reads  {}", told.text()));
    say::line(
        "Sam",
        &format!("mine: \"{SAMS_NOTES}\"   theirs: \"{ERICS_NOTES}\""),
    );
    let chosen = format!("{ERICS_NOTES}. {SAMS_NOTES}");
    let started = Instant::now();
    let choice = Choice::Other(json!(chosen));
    sam.workspace()?.resolve(conflict.id, choice).await?;
    let settled = |song: &Song| song.notes.as_deref() == Some(chosen.as_str());
    shows::song(eric, left.conflicting, "the chosen notes arrive", settled).await?;
    say::timed("Eric", &format!("sees  \"{chosen}\""), started.elapsed());
    Ok(())
}
