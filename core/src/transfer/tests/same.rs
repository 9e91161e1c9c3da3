//! Songs that are the same: in a file, in several, in the band; and what becomes of them.

use serde_json::json;

use super::super::twins::Settled;
use super::*;
use crate::model::RowId;

fn row(n: u128) -> RowId {
    RowId(uuid::Uuid::from_u128(n))
}

#[test]
fn case_accents_spaces_and_punctuation_make_no_other_song() {
    let one = |title: &str| Likeness::of(title, "The Band");
    for same in [
        "don't stop",
        "Don’t  Stop!",
        " DON'T STOP ",
        "Dont-Stop",
        "Don't Stop…",
    ] {
        assert_eq!(one(same), one("Don't Stop"), "{same}");
    }
    assert_eq!(one("Cafe\u{301}"), one("Café"));
    assert_eq!(one("Rock & Roll"), one("Rock + Roll"));
    for other in ["Cafe", "Don't Stop 2", "Don't Stop Now", "!!!"] {
        assert_ne!(one(other), one("Don't Stop"), "{other}");
        assert_ne!(one(other), one("Café"), "{other}");
    }
    assert_ne!(one("?"), one("!"));
    assert_ne!(Likeness::of("A", "B"), Likeness::of("A", "C"));
    assert_ne!(Likeness::of("A B", ""), Likeness::of("A", "B"));
}

#[test]
fn songs_of_one_file_that_are_the_same_are_marked() {
    let twins = |path: &str| -> Vec<Option<u32>> {
        let plan = fixture(path);
        let index = |twin| match twin {
            Twin::Planned { index } => index,
            Twin::Kept { .. } => u32::MAX,
        };
        plan.songs.iter().map(|song| song.twin.map(index)).collect()
    };
    assert_eq!(
        twins("tables/same-songs.csv"),
        [None, Some(0), Some(0), None, None, Some(4)]
    );
    assert_eq!(
        twins("tables/same-songs-with-keys.csv"),
        // A song without an artist is not taken for one that has one.
        [None, Some(0), Some(0), None, None, Some(4)]
    );
}

fn marked() -> ImportPlan {
    let mut plan = plan_of(
        "a.csv",
        b"title,artist,key,tempo,notes\nOne,U2,C,,new\none!,u2,,90,\nTwo,U2,D,,\ntwo,U2,,80,\nThree,X,,,\n",
    );
    plan.mark_twins([
        (row(1), Likeness::of("ONE", "U2")),
        (row(2), Likeness::of("Other", "")),
    ]);
    plan
}

fn chosen(twins: SongChoice, songs: &[(u32, SongChoice)]) -> Settled {
    let songs = songs.iter().map(|(index, choice)| SongPick {
        index: *index,
        choice: *choice,
    });
    let choices = ImportChoices {
        twins,
        songs: songs.collect(),
    };
    settle(marked().songs, &choices)
}

fn titles(settled: &Settled) -> Vec<&str> {
    settled
        .add
        .iter()
        .map(|song| song["title"].as_str().unwrap())
        .collect()
}

#[test]
fn twins_are_left_out_unless_chosen() {
    let plan = marked();
    assert_eq!(plan.twins(), 3);
    assert_eq!(plan.songs[0].twin, Some(Twin::Kept { id: row(1) }));
    assert_eq!(plan.songs[1].twin, Some(Twin::Planned { index: 0 }));
    let settled = chosen(SongChoice::default(), &[]);
    assert_eq!(titles(&settled), ["Two", "Three"]);
    assert_eq!((settled.skipped, settled.update.len()), (3, 0));
}

#[test]
fn an_update_fills_in_what_the_file_has_in_the_band_and_in_the_file() {
    let settled = chosen(SongChoice::Update, &[]);
    assert_eq!(titles(&settled), ["Two", "Three"]);
    assert_eq!(
        (
            settled.add[0]["key"].clone(),
            settled.add[0]["tempo"].clone()
        ),
        (json!("D"), json!(80))
    );
    let [(id, set)] = settled.update.as_slice() else {
        panic!("{:?}", settled.update)
    };
    assert_eq!(*id, row(1));
    assert_eq!(
        (&set["key"], &set["tempo"], &set["notes"]),
        (&json!("C"), &json!(90), &json!("new"))
    );
    let mut there = values(json!({"notes": "mine"}));
    fill(&mut there, set.clone());
    assert_eq!(there["notes"], "mine\nnew");
    fill(&mut there, set.clone());
    assert_eq!(there["notes"], "mine\nnew", "not twice");
}

#[test]
fn every_song_can_be_chosen_for_itself() {
    let all = chosen(SongChoice::Add, &[]);
    assert_eq!(titles(&all), ["One", "one!", "Two", "two", "Three"]);
    let mixed = chosen(
        SongChoice::Skip,
        &[
            (1, SongChoice::Update),
            (4, SongChoice::Skip),
            (0, SongChoice::Skip),
            (99, SongChoice::Add),
        ],
    );
    assert_eq!(titles(&mixed), ["Two"]);
    assert_eq!(
        mixed.update.len(),
        1,
        "its twin was left out, the band's song is the same"
    );
    let alone = chosen(
        SongChoice::Skip,
        &[(2, SongChoice::Skip), (3, SongChoice::Update)],
    );
    assert_eq!(titles(&alone), ["two", "Three"], "nothing to update: added");
}
