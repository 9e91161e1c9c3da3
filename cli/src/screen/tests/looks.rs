//! What is on the screen, in every size.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::super::dialog::{About, Dialog};
use super::super::keys::key;
use super::super::model::{DeletedRows, Link, Pane, PhoneView};
use super::super::sheet::{Piece, Sheet};
use super::{hit, list, model, phone, picture, press, shows, single, song};

#[test]
fn both_phones_show_songs_dots_counts_and_their_state() {
    let mut model = model();
    model.stopped = vec!["realtime"];
    let sam = &mut model.phones[1];
    sam.link = Link::Offline;
    sam.unsent = 3;
    sam.conflict_count = 1;
    let mut unread = song(1, "Wonderwall");
    (unread.unread, unread.unsent) = (true, true);
    sam.songs = list(vec![unread]);
    let parts = [
        "Eric · The Covers · admin",
        "● Live",
        "○ Offline 3 unsent 1 conflict",
        "● Wonderwall · Oasis",
        "F#m ↑",
        "Songs 1 (1 new)",
        "Friday · 35 min (1 of 2)",
        "Break 15 min",
        "● Eric added \"Wonderwall\"",
        "Stopped: realtime",
    ];
    shows(&model, (120, 30), &parts);
    shows(&model, (80, 24), &parts);
}

#[test]
fn every_state_of_the_link_has_its_words() {
    for (link, words) in [
        (Link::Live, "● Live"),
        (Link::Connecting, "◌ Connecting"),
        (Link::Polling, "◐ Online, updates may be delayed"),
        (Link::Failing, "◐ Sync fails"),
        (Link::SignedOut, "○ Signed out (i)"),
        (Link::Offline, "○ Offline"),
    ] {
        for mut model in [model(), single()] {
            model.phones[0].link = link;
            shows(&model, (80, 24), &[words]);
        }
    }
}

#[test]
fn a_killed_phone_says_how_to_open_it_and_takes_no_other_key() {
    let mut model = model();
    model.phones[0] = PhoneView::dark("Eric");
    shows(&model, (100, 24), &["x opens it"]);
    for c in ['d', 'a', 'm', 'z', 't'] {
        assert_eq!(hit(&mut model, c), None);
    }
    assert!(model.dialog.is_none());
}

#[test]
fn any_size_of_terminal_is_drawn_with_anything_open() {
    let mut model = model();
    let long = "word ".repeat(500);
    let sheet = Sheet::new("Doctor", vec![Piece::Body(long.clone())]);
    model.message.clone_from(&long);
    let dialogs = [
        None,
        Some(Dialog::ask_about("Title?", &long, About::NewBand)),
        Some(Dialog::Sheet(sheet, None)),
        Some(Dialog::Setlists),
        Some(Dialog::Places),
        Some(Dialog::Conflicts(0)),
        Some(Dialog::Deleted(DeletedRows {
            note: long.clone(),
            ..DeletedRows::default()
        })),
    ];
    for dialog in dialogs {
        model.dialog = dialog;
        for size in [(1, 1), (10, 3), (20, 5), (40, 8), (300, 100)] {
            picture(&model, size.0, size.1);
        }
    }
}

#[test]
fn a_small_screen_shows_everything_somewhere() {
    let mut model = model();
    let small = (38, 11);
    shows(
        &model,
        small,
        &["Eric", "Songs 2", "Wonderwall", "h all keys", "q quit"],
    );
    press(&mut model, KeyCode::Right);
    shows(&model, small, &["Friday", "Break 15 min"]);
    press(&mut model, KeyCode::Right);
    shows(&model, small, &["Notices 1", "Eric added"]);
    press(&mut model, KeyCode::Tab);
    shows(&model, small, &["Sam"]);
    hit(&mut model, 'h');
    assert!(picture(&model, 38, 11).contains("Keys"));
    key(&mut model, KeyEvent::new(KeyCode::End, KeyModifiers::NONE));
    shows(&model, small, &["q          quit"]);
}

#[test]
fn a_single_phone_shows_no_keys_of_two_and_has_its_setlist_beside_its_songs() {
    let mut model = single();
    for open_help in [false, true] {
        if open_help {
            hit(&mut model, 'h');
        }
        let picture = picture(&model, 80, 40);
        for word in ["other phone", "Tab phone", "kill", "realtime"] {
            assert!(!picture.contains(word), "{word}:\n{picture}");
        }
    }
    model.dialog = None;
    for c in ['x', 's'] {
        assert_eq!(hit(&mut model, c), None);
    }
    press(&mut model, KeyCode::Tab);
    assert_eq!(model.phones[0].pane, Pane::Setlist);
    let picture = picture(&model, 80, 24);
    let beside = |line: &str| line.contains("Songs 2") && line.contains("Friday");
    assert!(picture.lines().any(beside), "{picture}");
}

#[test]
fn keys_that_do_not_fit_are_left_out_but_help_and_quit_stay() {
    for width in [40, 60, 80, 104] {
        shows(&model(), (width, 24), &["h all keys", "q quit"]);
    }
    let mut model = model();
    model.phones[0] = PhoneView {
        conflict_count: 1,
        ..phone("Eric")
    };
    shows(&model, (60, 24), &["c conflict"]);
}

#[test]
fn a_long_message_is_shown_whole() {
    let mut model = model();
    model.message = format!("{}the end.", "It cannot be saved because. ".repeat(5));
    shows(&model, (80, 24), &["the end."]);
}
