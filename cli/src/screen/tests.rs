use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::draw::draw;
use super::keys::{Action, action};
use super::model::{ItemLine, Link, NoticeLine, Pane, Phone, Prompt, SongLine, World};

fn song(title: &str, unread: bool, unsent: bool) -> SongLine {
    SongLine {
        title: title.to_owned(),
        artist: "Oasis".to_owned(),
        key: "F#m".to_owned(),
        unread,
        unsent,
    }
}

fn item(text: &str, is_song: bool) -> ItemLine {
    ItemLine {
        text: text.to_owned(),
        is_song,
    }
}

fn world() -> World {
    let eric = Phone {
        role: "admin".to_owned(),
        link: Link::Live,
        songs: vec![
            song("Wonderwall", false, false),
            song("Supersonic", false, false),
        ],
        setlist_name: "Friday".to_owned(),
        setlist_time: "1:02:00".to_owned(),
        items: vec![item("1 Wonderwall", true), item("Break 15 min", false)],
        ..Phone::dark("Eric")
    };
    let sam = Phone {
        owner: "Sam".to_owned(),
        link: Link::Offline,
        unsent: 3,
        songs: vec![song("Wonderwall", true, true)],
        notices: vec![NoticeLine {
            text: "Eric added \"Wonderwall\"".to_owned(),
            seen: false,
        }],
        ..eric.clone()
    };
    World {
        phones: vec![eric, sam],
        focus: 0,
        stopped: vec!["realtime"],
        message: "ready".to_owned(),
        prompt: None,
        listing: None,
        report: None,
    }
}

fn picture(world: &World, width: u16, height: u16) -> String {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| draw(frame, world)).unwrap();
    terminal.backend().to_string()
}

fn press(world: &mut World, code: KeyCode) -> Option<Action> {
    action(KeyEvent::new(code, KeyModifiers::NONE), world)
}

#[test]
fn both_phones_show_songs_dots_counts_and_their_state() {
    let picture = picture(&world(), 120, 30);
    for part in [
        "Eric · admin",
        "● live",
        "Sam",
        "○ offline",
        "3 unsent",
        "● Wonderwall",
        "↑",
        "Songs 1 (1 new)",
        "Friday 1:02:00",
        "Break 15 min",
        "● Eric added \"Wonderwall\"",
        "stopped: realtime",
    ] {
        assert!(
            picture.contains(part),
            "{part} is not on the screen:\n{picture}"
        );
    }
}

#[test]
fn a_killed_phone_says_how_to_open_it() {
    let mut world = world();
    world.phones[1] = Phone::dark("Sam");
    assert!(picture(&world, 100, 24).contains("x opens it again"));
}

#[test]
fn any_size_of_terminal_is_drawn() {
    let mut world = world();
    world.report = Some("All is well.".to_owned());
    for (width, height) in [(1, 1), (10, 3), (40, 8), (300, 100)] {
        picture(&world, width, height);
    }
}

#[test]
fn keys_go_to_the_prompt_while_one_is_open() {
    let mut world = world();
    world.prompt = Some(Prompt {
        question: "Title?".to_owned(),
        answer: String::new(),
    });
    for c in ['q', 'd'] {
        assert_eq!(press(&mut world, KeyCode::Char(c)), Some(Action::Redraw));
    }
    press(&mut world, KeyCode::Backspace);
    assert_eq!(world.prompt.as_ref().map(|p| p.answer.as_str()), Some("q"));
    assert_eq!(press(&mut world, KeyCode::Enter), Some(Action::Answered));
    assert_eq!(press(&mut world, KeyCode::Esc), Some(Action::Redraw));
    assert!(world.prompt.is_none());
    assert_eq!(
        press(&mut world, KeyCode::Esc),
        None,
        "one Esc too many ends nothing"
    );
    assert_eq!(press(&mut world, KeyCode::Char('q')), Some(Action::Quit));
}

#[test]
fn every_state_of_the_link_has_its_word() {
    let words = [
        (Link::Live, "live"),
        (Link::Connecting, "connecting"),
        (Link::Polling, "updates may be delayed"),
        (Link::Failing, "sync fails"),
        (Link::Offline, "offline"),
    ];
    for (link, word) in words {
        let mut world = world();
        world.phones.truncate(1);
        world.phones[0].link = link;
        assert!(picture(&world, 80, 24).contains(word), "{word}");
    }
}

#[test]
fn any_key_closes_the_report_and_ctrl_c_always_quits() {
    let mut world = world();
    world.report = Some("x".to_owned());
    assert_eq!(
        press(&mut world, KeyCode::Char('d')),
        Some(Action::Redraw),
        "the key deletes nothing"
    );
    assert_eq!(world.report, None);
    world.prompt = Some(Prompt {
        question: String::new(),
        answer: String::new(),
    });
    assert_eq!(
        action(
            KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL),
            &mut world
        ),
        Some(Action::Quit)
    );
}

#[test]
fn the_cursor_stays_inside_its_list() {
    let mut world = world();
    let phone = world.focused().unwrap();
    for _ in 0..5 {
        phone.step(true);
    }
    assert_eq!(phone.cursor, 1);
    phone.next_pane();
    assert_eq!((phone.pane, phone.cursor), (Pane::Setlist, 0));
    phone.step(false);
    assert_eq!(phone.cursor, 0);
}
