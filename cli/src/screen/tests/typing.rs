//! Text that is typed and pasted.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::super::dialog::{About, Dialog};
use super::super::effect::Effect;
use super::super::input::Input;
use super::super::keys::paste;
use super::{enter, hit, press, scope, shows, with, world};

#[test]
fn keys_go_to_the_question_while_one_is_open() {
    let mut world = world();
    assert_eq!(hit(&mut world, 'a'), None);
    enter(&mut world, "qd");
    press(&mut world, KeyCode::Backspace);
    shows(&world, (80, 24), &["Title of the new song: q"]);
    let Some(Effect::Answer(prompt)) = press(&mut world, KeyCode::Enter) else {
        panic!("nothing was answered");
    };
    assert_eq!(prompt.input.text(), "q");
    assert_eq!(prompt.about, About::NewSong(scope(1)));
    assert!(world.dialog.is_none());
    hit(&mut world, 'a');
    assert_eq!(press(&mut world, KeyCode::Esc), None);
    assert!(world.dialog.is_none());
    assert_eq!(
        press(&mut world, KeyCode::Esc),
        None,
        "one too many ends nothing"
    );
    assert_eq!(hit(&mut world, 'q'), Some(Effect::Quit));
}

#[test]
fn keys_with_ctrl_or_alt_are_no_plain_keys() {
    let mut world = world();
    for held in [
        KeyModifiers::CONTROL,
        KeyModifiers::ALT,
        KeyModifiers::SUPER,
    ] {
        for c in ['q', 'd', 'm', 'x', 'a', 'z', '?'] {
            assert_eq!(with(&mut world, KeyCode::Char(c), held), None, "{c}");
            assert!(world.dialog.is_none(), "{c}");
        }
        assert_eq!(with(&mut world, KeyCode::Delete, held), None);
    }
    world.dialog = Some(Dialog::Setlists);
    assert_eq!(
        with(&mut world, KeyCode::Char('d'), KeyModifiers::CONTROL),
        None
    );
    world.dialog = Some(Dialog::ask("Title:", About::NewBand));
    with(&mut world, KeyCode::Char('x'), KeyModifiers::ALT);
    with(&mut world, KeyCode::Char('d'), KeyModifiers::CONTROL);
    hit(&mut world, 'é');
    shows(&world, (80, 24), &["Title: é "]);
    let quit = with(&mut world, KeyCode::Char('c'), KeyModifiers::CONTROL);
    assert_eq!(quit, Some(Effect::Quit), "whatever is open");
}

#[test]
fn what_is_pasted_is_text_and_never_keys() {
    let mut world = world();
    let song = "qdx\r\nd\u{1b}[31mm\t1";
    assert_eq!(paste(&mut world, song), None);
    assert!(world.dialog.is_none());
    world.dialog = Some(Dialog::Setlists);
    assert_eq!(paste(&mut world, song), None);
    world.dialog = Some(Dialog::ask("Title:", About::NewBand));
    paste(&mut world, song);
    let Some(Effect::Answer(prompt)) = press(&mut world, KeyCode::Enter) else {
        panic!("nothing was answered");
    };
    assert_eq!(prompt.input.text(), "qdx d[31mm 1");
}

#[test]
fn a_text_is_edited_by_letters_as_they_are_seen() {
    let mut input = Input::lines("Capo 2\nDrop D");
    let mut press = |codes: &[KeyCode]| {
        for code in codes {
            input.key(KeyEvent::new(*code, KeyModifiers::NONE));
        }
        input.text().to_owned()
    };
    assert_eq!(press(&[KeyCode::Up, KeyCode::Char('!')]), "Capo 2!\nDrop D");
    assert_eq!(press(&[KeyCode::Home, KeyCode::Delete]), "apo 2!\nDrop D");
    assert_eq!(
        press(&[KeyCode::End, KeyCode::Enter, KeyCode::Char('e')]),
        "apo 2!\ne\nDrop D"
    );
    let mut input = Input::line("e\u{301}👩‍🎤");
    input.key(KeyEvent::new(KeyCode::Backspace, KeyModifiers::NONE));
    assert_eq!(input.text(), "e\u{301}");
    input.key(KeyEvent::new(KeyCode::Backspace, KeyModifiers::NONE));
    assert_eq!(input.text(), "");
}

#[test]
fn the_keys_of_a_shell_edit_a_line() {
    let mut input = Input::line("Cast No Shadow");
    let mut ctrl = |c| {
        input.key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL));
        input.text().to_owned()
    };
    assert_eq!(ctrl('w'), "Cast No ");
    assert_eq!(ctrl('w'), "Cast ");
    assert_eq!(ctrl('u'), "");
}

#[test]
fn a_long_answer_is_shown_where_it_is_typed_and_a_password_is_not() {
    let mut world = world();
    let text = format!("{}END", "la ".repeat(200));
    world.dialog = Some(Dialog::ask_about("Title:", &text, About::NewBand));
    shows(&world, (60, 24), &["END"]);
    world.dialog = Some(Dialog::sign_in());
    enter(&mut world, "secret");
    shows(&world, (60, 24), &["Password: ••••••"]);
}

#[test]
fn what_was_wrong_with_an_answer_stands_above_the_question() {
    let mut world = world();
    world.dialog = Some(Dialog::ask_about("Invite code:", "WRONG", About::Join));
    world.message = "Not allowed: check the code for a typing mistake".to_owned();
    for size in [(80, 24), (40, 12)] {
        shows(&world, size, &["Not allowed", "Invite code: WRONG"]);
    }
}

#[test]
fn the_list_follows_what_is_searched_for() {
    let mut world = world();
    hit(&mut world, '/');
    assert_eq!(hit(&mut world, 'c'), Some(Effect::Search("c".to_owned())));
    assert_eq!(hit(&mut world, 'r'), Some(Effect::Search("cr".to_owned())));
    world.phones[0].search = "cr".to_owned();
    assert_eq!(press(&mut world, KeyCode::Down), None);
    assert_eq!(world.phones[0].songs.at(), 1, "the cursor moves meanwhile");
    assert_eq!(press(&mut world, KeyCode::Enter), None);
    shows(&world, (80, 24), &["Songs with \"cr\" 2", "Esc all songs"]);
    assert_eq!(
        press(&mut world, KeyCode::Esc),
        Some(Effect::Search(String::new()))
    );
}
