//! Moving in lists, and acting on their lines.

use ratatui::crossterm::event::{KeyCode, KeyModifiers};

use rockon_core::model::Kind;

use super::super::dialog::{About, Dialog};
use super::super::effect::{Effect, Part};
use super::super::list::List;
use super::super::model::{DeletedLine, DeletedRows, Pane};
use super::{hit, id, list, model, press, scope, shows, single, song, with};

#[test]
fn the_last_of_three_thousand_songs_is_one_key_away() {
    let mut model = single();
    let songs = (0..3_000).map(|n| song(n, &format!("Song {n:04}")));
    model.phones[0].songs = list(songs.collect());
    press(&mut model, KeyCode::End);
    shows(
        &model,
        (80, 24),
        &["Songs 3000", "3000/3000", "Song 2999", "Song 2985"],
    );
    press(&mut model, KeyCode::PageUp);
    shows(&model, (80, 24), &["Song 2999"]);
    press(&mut model, KeyCode::PageUp);
    press(&mut model, KeyCode::Home);
    shows(&model, (80, 24), &["Song 0000", "1/3000"]);
}

#[test]
fn keys_of_a_song_name_the_song_at_the_cursor_in_both_lists() {
    let mut model = model();
    for (pane, song) in [(Pane::Songs, id(2)), (Pane::Setlist, id(2))] {
        model.phones[0].pane = pane;
        press(&mut model, KeyCode::End);
        assert_eq!(
            press(&mut model, KeyCode::Enter),
            Some(Effect::ShowSong(song))
        );
        assert_eq!(hit(&mut model, 'e'), Some(Effect::Edit(song, Part::All)));
        assert_eq!(hit(&mut model, 'k'), Some(Effect::Edit(song, Part::Key)));
        assert_eq!(hit(&mut model, 'n'), Some(Effect::Edit(song, Part::Notes)));
    }
    let list = id(50);
    let song = id(2);
    assert_eq!(
        hit(&mut model, '+'),
        Some(Effect::AddToSetlist { list, song })
    );
    press(&mut model, KeyCode::Up);
    assert_eq!(hit(&mut model, 'k'), None, "a break has no key");
    assert_eq!(model.message, "No song selected");
    model.phones[0].songs = List::default();
    model.phones[0].pane = Pane::Songs;
    assert_eq!(hit(&mut model, 'd'), None);
    assert_eq!(model.message, "No song selected");
}

#[test]
fn every_page_key_moves_the_item_at_the_cursor_by_one_line() {
    let mut model = model();
    model.phones[0].pane = Pane::Setlist;
    press(&mut model, KeyCode::End);
    let moved = |down| {
        Some(Effect::MoveItem {
            list: id(50),
            item: "i2".to_owned(),
            down,
        })
    };
    for _ in 0..3 {
        assert_eq!(press(&mut model, KeyCode::PageUp), moved(false));
    }
    assert_eq!(press(&mut model, KeyCode::PageDown), moved(true));
    let shift = with(&mut model, KeyCode::Down, KeyModifiers::SHIFT);
    assert_eq!(shift, moved(true));
    model.phones[0].pane = Pane::Songs;
    assert_eq!(
        press(&mut model, KeyCode::PageDown),
        None,
        "a page in the songs"
    );
}

#[test]
fn what_is_deleted_can_be_brought_back() {
    let mut model = model();
    assert_eq!(hit(&mut model, 'd'), Some(Effect::DeleteSong(id(1))));
    assert_eq!(hit(&mut model, 'z'), Some(Effect::Undo));
    model.phones[0].pane = Pane::Setlist;
    let item = Effect::DeleteItem {
        list: id(50),
        item: "i1".to_owned(),
    };
    assert_eq!(press(&mut model, KeyCode::Delete), Some(item));
    let line = DeletedLine {
        id: (Kind::Song, id(9)),
        text: "\"Gone\" (song), deleted by Sam".to_owned(),
        when: "2 h ago".to_owned(),
    };
    model.dialog = Some(Dialog::Deleted(DeletedRows {
        list: list(vec![line]),
        note: "The server cannot be asked now".to_owned(),
    }));
    let wanted = [
        "Deleted lately",
        "deleted by Sam",
        "2 h ago",
        "The server cannot be asked now",
    ];
    for size in [(80, 24), (44, 9)] {
        shows(&model, size, &wanted);
    }
    assert_eq!(
        press(&mut model, KeyCode::Enter),
        Some(Effect::Restore(Kind::Song, id(9)))
    );
}

#[test]
fn setlists_are_chosen_made_renamed_and_deleted() {
    let mut model = model();
    hit(&mut model, 'l');
    shows(
        &model,
        (80, 24),
        &["Setlists", "Friday", "Saturday", "a new  e rename"],
    );
    press(&mut model, KeyCode::Down);
    assert_eq!(hit(&mut model, 'd'), Some(Effect::DeleteSetlist(id(51))));
    assert_eq!(hit(&mut model, 'z'), Some(Effect::Undo));
    assert_eq!(
        press(&mut model, KeyCode::Enter),
        Some(Effect::ShowSetlist(id(51)))
    );
    hit(&mut model, 'l');
    hit(&mut model, 'e');
    let Some(Dialog::Prompt(prompt)) = &model.dialog else {
        panic!("nothing is asked");
    };
    assert_eq!(
        (prompt.about.clone(), prompt.input.text()),
        (About::RenameSetlist(id(50)), "Friday")
    );
    model.dialog = Some(Dialog::Setlists);
    hit(&mut model, 'a');
    let Some(Dialog::Prompt(prompt)) = &model.dialog else {
        panic!("nothing is asked");
    };
    assert_eq!(prompt.about, About::NewSetlist(scope(1)));
}

#[test]
fn bands_and_own_songs_are_apart_and_new_ones_are_joined_or_made() {
    let mut model = single();
    hit(&mut model, 'b');
    shows(
        &model,
        (80, 24),
        &["The Covers", "My songs", "j join with a code"],
    );
    assert_eq!(hit(&mut model, 'i'), Some(Effect::Invite(scope(1))));
    hit(&mut model, 'b');
    press(&mut model, KeyCode::Down);
    assert_eq!(hit(&mut model, 'i'), None, "nobody is invited to own songs");
    assert_eq!(
        press(&mut model, KeyCode::Enter),
        Some(Effect::ShowPlace(scope(2)))
    );
    for (c, about) in [('j', About::Join), ('n', About::NewBand)] {
        model.dialog = Some(Dialog::Places);
        hit(&mut model, c);
        let asked = matches!(&model.dialog, Some(Dialog::Prompt(prompt)) if prompt.about == about);
        assert!(asked, "{c}");
    }
}

#[test]
fn one_key_tries_at_once_and_one_asks_the_doctor() {
    let mut model = single();
    assert_eq!(hit(&mut model, 't'), Some(Effect::TryNow));
    assert_eq!(hit(&mut model, '?'), Some(Effect::Doctor));
    assert_eq!(hit(&mut model, 'm'), Some(Effect::MarkAllRead));
}
