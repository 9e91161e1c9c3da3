//! Text that is typed and pasted.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::super::dialog::{About, Dialog};
use super::super::effect::Effect;
use super::super::input::Input;
use super::super::keys::paste;
use super::{enter, hit, model, press, scope, shows, with};

#[test]
fn keys_go_to_the_question_while_one_is_open() {
    let mut model = model();
    assert_eq!(hit(&mut model, 'a'), None);
    enter(&mut model, "qd");
    press(&mut model, KeyCode::Backspace);
    shows(&model, (80, 24), &["Title of the new song: q"]);
    let Some(Effect::Answer(prompt)) = press(&mut model, KeyCode::Enter) else {
        panic!("nothing was answered");
    };
    assert_eq!(prompt.input.text(), "q");
    assert_eq!(prompt.about, About::NewSong(scope(1)));
    assert!(model.dialog.is_none());
    hit(&mut model, 'a');
    assert_eq!(press(&mut model, KeyCode::Esc), None);
    assert!(model.dialog.is_none());
    assert_eq!(
        press(&mut model, KeyCode::Esc),
        None,
        "one too many ends nothing"
    );
    assert_eq!(hit(&mut model, 'q'), Some(Effect::Quit));
}

#[test]
fn keys_with_ctrl_or_alt_are_no_plain_keys() {
    let mut model = model();
    for held in [
        KeyModifiers::CONTROL,
        KeyModifiers::ALT,
        KeyModifiers::SUPER,
    ] {
        for c in ['q', 'd', 'm', 'x', 'a', 'z', '?'] {
            assert_eq!(with(&mut model, KeyCode::Char(c), held), None, "{c}");
            assert!(model.dialog.is_none(), "{c}");
        }
        assert_eq!(with(&mut model, KeyCode::Delete, held), None);
    }
    model.dialog = Some(Dialog::Setlists);
    assert_eq!(
        with(&mut model, KeyCode::Char('d'), KeyModifiers::CONTROL),
        None
    );
    model.dialog = Some(Dialog::ask("Title:", About::NewBand));
    with(&mut model, KeyCode::Char('x'), KeyModifiers::ALT);
    with(&mut model, KeyCode::Char('d'), KeyModifiers::CONTROL);
    hit(&mut model, 'é');
    shows(&model, (80, 24), &["Title: é "]);
    let quit = with(&mut model, KeyCode::Char('c'), KeyModifiers::CONTROL);
    assert_eq!(quit, Some(Effect::Quit), "whatever is open");
}

#[test]
fn what_is_pasted_is_text_and_never_keys() {
    let mut model = model();
    let song = "qdx\r\nd\u{1b}[31mm\t1";
    assert_eq!(paste(&mut model, song), None);
    assert!(model.dialog.is_none());
    model.dialog = Some(Dialog::Setlists);
    assert_eq!(paste(&mut model, song), None);
    model.dialog = Some(Dialog::ask("Title:", About::NewBand));
    paste(&mut model, song);
    let Some(Effect::Answer(prompt)) = press(&mut model, KeyCode::Enter) else {
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
    let mut model = model();
    let text = format!("{}END", "la ".repeat(200));
    model.dialog = Some(Dialog::ask_about("Title:", &text, About::NewBand));
    shows(&model, (60, 24), &["END"]);
    model.dialog = Some(Dialog::sign_in());
    enter(&mut model, "secret");
    shows(&model, (60, 24), &["Password: ••••••"]);
}

#[test]
fn what_was_wrong_with_an_answer_stands_above_the_question() {
    let mut model = model();
    model.dialog = Some(Dialog::ask_about("Invite code:", "WRONG", About::Join));
    model.message = "Not allowed: check the code for a typing mistake".to_owned();
    for size in [(80, 24), (40, 12)] {
        shows(&model, size, &["Not allowed", "Invite code: WRONG"]);
    }
}

#[test]
fn the_list_follows_what_is_searched_for() {
    let mut model = model();
    hit(&mut model, '/');
    assert_eq!(hit(&mut model, 'c'), Some(Effect::Search("c".to_owned())));
    assert_eq!(hit(&mut model, 'r'), Some(Effect::Search("cr".to_owned())));
    model.phones[0].search = "cr".to_owned();
    assert_eq!(press(&mut model, KeyCode::Down), None);
    assert_eq!(model.phones[0].songs.at(), 1, "the cursor moves meanwhile");
    assert_eq!(press(&mut model, KeyCode::Enter), None);
    shows(&model, (80, 24), &["Songs with \"cr\" 2", "Esc all songs"]);
    assert_eq!(
        press(&mut model, KeyCode::Esc),
        Some(Effect::Search(String::new()))
    );
}
