//! Keys go in, effects come out, and the drawn screen is looked at. No runtime, no client.

mod choosing;
mod forms;
mod lists;
mod looks;
mod typing;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Size;
use rockon_core::model::{NoticeId, RowId, ScopeId};
use uuid::Uuid;

use super::draw::draw;
use super::effect::Effect;
use super::keys::key;
use super::list::{Line, List};
use super::model::{
    ItemLine, Link, Model, NoticeLine, PhoneView, PlaceLine, SetlistLine, SongLine,
};

fn id(n: u128) -> RowId {
    RowId(Uuid::from_u128(n))
}

fn scope(n: u128) -> ScopeId {
    ScopeId(Uuid::from_u128(n))
}

fn list<T: Line>(lines: Vec<T>) -> List<T> {
    let mut list = List::default();
    list.replace(lines);
    list
}

fn song(n: u128, title: &str) -> SongLine {
    SongLine {
        id: id(n),
        title: title.to_owned(),
        artist: "Oasis".to_owned(),
        key: "F#m".to_owned(),
        unread: false,
        unsent: false,
    }
}

fn item(n: u128, text: &str) -> ItemLine {
    ItemLine {
        id: format!("i{n}"),
        song: Some(id(n)),
        text: text.to_owned(),
        key: "G".to_owned(),
        is_song: true,
    }
}

fn setlist(n: u128, name: &str) -> SetlistLine {
    SetlistLine {
        id: id(n),
        name: name.to_owned(),
        time: "35 min".to_owned(),
        unread: false,
    }
}

fn places() -> Vec<PlaceLine> {
    let place = |n, name: &str, is_band| PlaceLine {
        id: scope(n),
        name: name.to_owned(),
        role: if is_band { "admin" } else { "" }.to_owned(),
        unread: 0,
        is_band,
    };
    vec![place(1, "The Covers", true), place(2, "My songs", false)]
}

fn phone(owner: &str) -> PhoneView {
    let pause = ItemLine {
        song: None,
        key: String::new(),
        is_song: false,
        ..item(99, "    Break 15 min")
    };
    PhoneView {
        link: Link::Live,
        place: Some(scope(1)),
        places: list(places()),
        songs: list(vec![song(1, "Supersonic"), song(2, "Wonderwall")]),
        setlist: Some(id(50)),
        setlists: list(vec![setlist(50, "Friday"), setlist(51, "Saturday")]),
        items: list(vec![
            item(1, " 1  Supersonic"),
            pause,
            item(2, " 2  Wonderwall"),
        ]),
        notices: list(vec![NoticeLine {
            id: NoticeId(7),
            text: "Eric added \"Wonderwall\"".to_owned(),
            seen: false,
        }]),
        ..PhoneView::dark(owner)
    }
}

/// Two phones, as the demo has them.
fn model() -> Model {
    Model {
        phones: vec![phone("Eric"), phone("Sam")],
        focus: 0,
        demo: true,
        stopped: Vec::new(),
        message: String::new(),
        dialog: None,
    }
}

/// One phone, as `rockon phone` has it.
fn single() -> Model {
    let mut model = model();
    model.phones.truncate(1);
    model.demo = false;
    model
}

fn picture(model: &Model, width: u16, height: u16) -> String {
    let mut model = model.clone();
    model.fit(Size::new(width, height));
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| draw(frame, &model)).unwrap();
    terminal.backend().to_string()
}

#[track_caller]
fn shows(model: &Model, size: (u16, u16), parts: &[&str]) {
    let picture = picture(model, size.0, size.1);
    for part in parts {
        assert!(
            picture.contains(part),
            "no {part:?} on the screen:\n{picture}"
        );
    }
}

fn press(model: &mut Model, code: KeyCode) -> Option<Effect> {
    with(model, code, KeyModifiers::NONE)
}

fn with(model: &mut Model, code: KeyCode, modifiers: KeyModifiers) -> Option<Effect> {
    let effect = key(model, KeyEvent::new(code, modifiers));
    model.fit(Size::new(80, 24));
    effect
}

fn hit(model: &mut Model, c: char) -> Option<Effect> {
    press(model, KeyCode::Char(c))
}

fn enter(model: &mut Model, text: &str) {
    for c in text.chars() {
        hit(model, c);
    }
}
