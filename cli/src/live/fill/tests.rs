use std::sync::Arc;

use rockon_core::model::{ConflictId, EditId, Kind, RefusalCode, Rev, Role, UserId, Verb};
use rockon_core::store::{Asks, Conflict, ConflictDetails, RejectedEdit, Rejection, Side};
use rockon_core::time::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::screen::list::Go;

fn scope(n: u128) -> ScopeId {
    ScopeId(Uuid::from_u128(n))
}

fn row(n: u128, title: &str) -> Song {
    Song {
        title: title.to_owned(),
        key: Some("G".to_owned()),
        unread: true,
        rev: Rev(1),
        ..Song::blank(RowId(Uuid::from_u128(n)), scope(1))
    }
}

fn list(n: u128, running_time: u64, untimed: u32, bodies: Vec<ItemBody>) -> Setlist {
    let item = |body| SetlistItem {
        id: Uuid::from_u128(7).to_string(),
        body,
        raw: json!({}),
        number: None,
    };
    Setlist {
        name: "Friday".to_owned(),
        items: bodies.into_iter().map(item).collect(),
        running_time,
        untimed,
        rev: Rev(1),
        ..Setlist::blank(RowId(Uuid::from_u128(n)), scope(1))
    }
}

fn band() -> Band {
    Band {
        id: scope(1),
        name: "Covers".to_owned(),
        description: None,
        my_role: Some(Role::Viewer),
        may_edit: false,
        may_manage: false,
        members: 3,
        pending: false,
        rev: Rev(1),
    }
}

fn shown(songs: Vec<Song>) -> Shown {
    Shown {
        songs: Arc::new(songs),
        bands: vec![band()],
        ..Shown::default()
    }
}

fn view() -> View {
    View {
        own: Some(scope(2)),
        ..View::default()
    }
}

fn titles(phone: &PhoneView) -> Vec<&str> {
    let songs = phone.songs.lines().iter();
    songs.map(|song| song.title.as_str()).collect()
}

#[test]
fn the_cursor_stays_on_its_song_when_another_comes_in_above() {
    let mut phone = PhoneView::dark("Sam");
    fill(
        &mut phone,
        &shown(vec![row(2, "Creep"), row(3, "Run")]),
        &view(),
    );
    phone.songs.go(Go::End);
    let songs = vec![row(1, "Acquiesce"), row(2, "Creep"), row(3, "Run")];
    fill(&mut phone, &shown(songs), &view());
    assert_eq!(phone.songs.selected().unwrap().title, "Run");
    fill(&mut phone, &shown(Vec::new()), &view());
    assert_eq!(phone.songs.selected(), None);
}

#[test]
fn the_band_and_the_own_songs_are_shown_apart() {
    let mut own = row(9, "Blackbird");
    own.scope = scope(2);
    let mut now = shown(vec![row(1, "Acquiesce"), own]);
    let (mut phone, mut view) = (PhoneView::dark("Sam"), view());
    fill(&mut phone, &now, &view);
    assert_eq!(titles(&phone), ["Acquiesce"]);
    assert_eq!(phone.place().unwrap().role, "viewer");
    view.place = Some(scope(2));
    fill(&mut phone, &now, &view);
    assert_eq!(titles(&phone), ["Blackbird"]);
    view.search = "x".to_owned();
    view.found = Some(Arc::new(Vec::new()));
    fill(&mut phone, &now, &view);
    assert_eq!(titles(&phone), [""; 0]);
    now.bands.clear();
    view.place = Some(scope(1));
    assert_eq!(
        view.place_in(&now),
        Some(scope(2)),
        "a band that is left is not shown"
    );
}

#[test]
fn no_text_of_others_steers_the_terminal() {
    let evil = "\u{1b}]0;PWNED\u{7}\u{202e}x";
    let mut now = shown(vec![row(1, evil)]);
    now.bands[0].name = evil.to_owned();
    let section = ItemBody::Section {
        title: evil.to_owned(),
    };
    let mut setlist = list(5, 0, 0, vec![section]);
    setlist.name = evil.to_owned();
    now.setlists = Arc::new(vec![setlist]);
    now.conflicts = vec![conflict("notes", json!(evil), json!("b"))];
    let mut phone = PhoneView::dark("Sam");
    fill(&mut phone, &now, &view());
    let conflicts = phone.conflicts.lines().iter();
    let shown = format!(
        "{:?}{:?}",
        (phone.place(), &phone.songs, &phone.setlists, &phone.items),
        conflicts.map(|one| &one.mine).collect::<Vec<_>>()
    );
    assert!(shown.contains("PWNED"));
    assert!(!shown.contains("u{1b}") && !shown.contains("u{7}") && !shown.contains("u{202e}"));
}

#[test]
fn running_times_are_written_as_people_say_them() {
    for (seconds, untimed, said) in [
        (2_100, 0, "35 min"),
        (5_700, 0, "1 h 35 min"),
        (7_200, 1, "2 h + 1 song"),
        (0, 3, "0 min + 3 songs"),
    ] {
        assert_eq!(running_time(&list(1, seconds, untimed, Vec::new())), said);
    }
}

#[test]
fn an_item_of_a_newer_version_says_what_to_do() {
    let lines = items(&list(1, 0, 0, vec![ItemBody::Other]));
    assert_eq!(lines[0].text, "(unknown item: update the app)");
}

fn conflict(field: &str, mine: Value, theirs: Value) -> Conflict {
    Conflict {
        id: ConflictId(1),
        what: ConflictDetails {
            scope: scope(1),
            kind: if field == "items" {
                Kind::Setlist
            } else {
                Kind::Song
            },
            row: RowId(Uuid::from_u128(1)),
            asks: Asks::Value,
            field: field.to_owned(),
            mine,
            theirs,
            by: Some(UserId(Uuid::from_u128(8))),
            by_name: Some("Eric".to_owned()),
        },
        live: Side::Theirs,
        notice: None,
        at: Timestamp(0),
    }
}

#[test]
fn both_values_of_a_conflict_are_told_in_words_and_texts_can_be_joined() {
    let mut now = shown(vec![row(1, "Creep")]);
    let song = json!({ "type": "song", "songId": Uuid::from_u128(1) });
    let pause = json!({ "type": "break", "breakDuration": 15 });
    now.conflicts = vec![
        conflict("notes", json!("a"), json!("b")),
        conflict("tempo", json!(96), json!(null)),
        conflict("items", json!([song, pause]), json!([pause])),
    ];
    let mut phone = PhoneView::dark("Sam");
    fill(&mut phone, &now, &view());
    let told: Vec<_> = now
        .conflicts
        .iter()
        .map(|one| waiting::conflict(one, &now))
        .collect();
    assert_eq!(told[0].about, "Notes of \"Creep\"");
    assert_eq!(told[0].both.as_deref(), Some("b\na"));
    assert_eq!(
        (told[1].mine.as_str(), told[1].theirs.as_str()),
        ("96", "(empty)")
    );
    assert_eq!(told[2].mine, "Creep\nBreak 15 min");
    assert_eq!(told[2].both, None);
    assert!(told[0].theirs_is_shown && !told[0].mine_is_shown);
}

#[test]
fn a_refused_edit_says_what_it_was_why_and_what_was_typed() {
    let mut now = shown(vec![row(1, "505")]);
    let Value::Object(set) = json!({ "key": "Bbm", "duration": 225 }) else {
        panic!()
    };
    now.rejected = vec![RejectedEdit {
        id: EditId(3),
        scope: scope(1),
        kind: Kind::Song,
        row: RowId(Uuid::from_u128(1)),
        title: Some("505".to_owned()),
        verb: Verb::Changed,
        set,
        base: rockon_core::model::Values::new(),
        rejection: Rejection {
            code: RefusalCode::NotAllowed,
            reason: None,
            field: None,
        },
        notice: None,
        at: Timestamp(0),
    }];
    let mut phone = PhoneView::dark("Sam");
    fill(&mut phone, &now, &view());
    let line = &phone.refused.lines()[0];
    assert!(line.what.starts_with("Your change of the ") && line.what.ends_with("of \"505\""));
    assert_eq!(line.why, "You are a viewer in this band. Ask an admin.");
    assert!(
        line.typed.contains("Key: Bbm") && line.typed.contains("Duration: 3:45"),
        "{}",
        line.typed
    );
}
