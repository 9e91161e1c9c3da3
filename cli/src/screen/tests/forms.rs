//! The form of a song.

use ratatui::crossterm::event::{KeyCode, KeyModifiers};
use rockon_core::model::{Kind, Merge, Values, fields};
use serde_json::{Value, json};

use super::super::dialog::Dialog;
use super::super::effect::Effect;
use super::super::form::Form;
use super::super::model::World;
use super::{enter, hit, id, press, shows, single, with};

fn row() -> Values {
    let row = json!({
        "title": "Creep", "artist": "Radiohead", "key": "G", "tempo": 92, "duration": 238,
        "notes": "Capo 2\nSam starts", "difficulty": 2,
        "reference_links": ["https://a.example", {"url": "https://b.example", "kind": "video"}],
    });
    let Value::Object(row) = row else { panic!() };
    row
}

fn open(row: &Values) -> World {
    let mut world = single();
    world.dialog = Some(Dialog::Form(Form::of_song(id(1), row, &[], false)));
    world
}

fn save(world: &mut World) -> Form {
    match with(world, KeyCode::Char('s'), KeyModifiers::CONTROL) {
        Some(Effect::Save(form)) => form,
        other => panic!("{other:?}"),
    }
}

/// Goes to the field of this label.
fn go_to(world: &mut World, label: &str) {
    let Some(Dialog::Form(form)) = &mut world.dialog else {
        panic!("no form is open");
    };
    form.at = form
        .fields
        .iter()
        .position(|field| field.label == label)
        .unwrap();
}

#[test]
fn every_column_of_a_song_that_a_person_fills_in_has_a_field() {
    let known = fields(Kind::Song).iter();
    let edited = known.filter(|field| field.merge != Merge::ReadOnly);
    // Where a song belongs and who sees it is not typed.
    let apart = ["context_type", "context_id", "visibility", "song_group_id"];
    let edited = edited.filter(|field| !apart.contains(&field.name));
    let world = open(&row());
    let Some(Dialog::Form(form)) = &world.dialog else {
        panic!("no form is open");
    };
    assert_eq!(form.fields.len(), edited.count());
    shows(
        &world,
        (80, 24),
        &["Creep", "Radiohead", "92", "3:58", "Capo 2", "Sam starts"],
    );
}

#[test]
fn only_what_was_changed_is_saved_and_in_its_type() {
    let mut world = open(&row());
    enter(&mut world, "!");
    go_to(&mut world, "Tempo (bpm)");
    with(&mut world, KeyCode::Char('u'), KeyModifiers::CONTROL);
    enter(&mut world, "120");
    press(&mut world, KeyCode::Tab);
    enter(&mut world, "6/8");
    press(&mut world, KeyCode::Tab);
    with(&mut world, KeyCode::Char('u'), KeyModifiers::CONTROL);
    enter(&mut world, "4:05");
    go_to(&mut world, "Genre");
    enter(&mut world, " ");
    go_to(&mut world, "Artist");
    with(&mut world, KeyCode::Char('u'), KeyModifiers::CONTROL);
    let set = save(&mut world).changed().unwrap();
    let wanted = json!({
        "title": "Creep!", "tempo": 120, "time_signature": "6/8", "duration": 245,
        "genre": null, "artist": null,
    });
    assert_eq!(Value::Object(set), wanted);
}

#[test]
fn links_of_other_programs_stay_as_they_are_beside_a_new_one() {
    let mut world = open(&row());
    go_to(&mut world, "Other links");
    press(&mut world, KeyCode::Enter);
    enter(&mut world, "https://c.example");
    let set = save(&mut world).changed().unwrap();
    let wanted = json!([
        "https://a.example",
        {"url": "https://b.example", "kind": "video"},
        "https://c.example",
    ]);
    assert_eq!(set["reference_links"], wanted);
}

#[test]
fn notes_have_lines_and_enter_saves_from_any_other_field() {
    let mut world = single();
    world.dialog = Some(Dialog::Form(Form::of_song(id(1), &row(), &[], true)));
    assert_eq!(press(&mut world, KeyCode::Enter), None);
    enter(&mut world, "q");
    shows(&world, (80, 24), &["Notes of \"Creep\"", "Ctrl-S save"]);
    let set = save(&mut world).changed().unwrap();
    assert_eq!(
        Value::Object(set),
        json!({"notes": "Capo 2\nSam starts\nq"})
    );
    let mut world = open(&row());
    let saved = press(&mut world, KeyCode::Enter);
    assert!(matches!(saved, Some(Effect::Save(_))), "{saved:?}");
}

#[test]
fn what_cannot_be_read_is_said_at_its_field() {
    for (label, text, said) in [
        ("Tempo (bpm)", "x", "Please enter a whole number"),
        (
            "Length (m:ss)",
            ":99",
            "Please enter minutes and seconds, such as 3:45",
        ),
    ] {
        let mut world = open(&row());
        go_to(&mut world, label);
        enter(&mut world, text);
        let mut form = save(&mut world);
        assert_eq!(form.changed(), Err(said.to_owned()));
        assert_eq!(form.fields[form.at].label, label);
    }
}

#[test]
fn typed_text_is_not_thrown_away_by_one_key() {
    let mut world = open(&row());
    press(&mut world, KeyCode::Esc);
    assert!(world.dialog.is_none(), "nothing was typed");
    let mut world = open(&row());
    hit(&mut world, 'x');
    press(&mut world, KeyCode::Esc);
    shows(&world, (80, 24), &["Esc again throws away what you typed"]);
    hit(&mut world, 'y');
    press(&mut world, KeyCode::Esc);
    assert!(world.dialog.is_some(), "a key in between takes it back");
    press(&mut world, KeyCode::Esc);
    assert!(world.dialog.is_none());
}

#[test]
fn a_field_too_large_for_a_phone_is_named_and_not_edited() {
    let mut world = single();
    let cut = ["notes".to_owned()];
    world.dialog = Some(Dialog::Form(Form::of_song(id(1), &row(), &cut, false)));
    go_to(&mut world, "Notes");
    enter(&mut world, "x");
    shows(&world, (80, 24), &["too large for a phone"]);
    assert!(save(&mut world).changed().unwrap().is_empty());
}
