//! The form of a song.

use ratatui::crossterm::event::{KeyCode, KeyModifiers};
use rockon_core::model::{Kind, Merge, Values, fields};
use serde_json::{Value, json};

use super::super::dialog::Dialog;
use super::super::effect::Effect;
use super::super::form::Form;
use super::super::model::Model;
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

fn open(row: &Values) -> Model {
    let mut model = single();
    model.dialog = Some(Dialog::Form(Form::of_song(id(1), row, &[], false)));
    model
}

fn save(model: &mut Model) -> Form {
    match with(model, KeyCode::Char('s'), KeyModifiers::CONTROL) {
        Some(Effect::Save(form)) => form,
        other => panic!("{other:?}"),
    }
}

/// Goes to the field of this label.
fn go_to(model: &mut Model, label: &str) {
    let Some(Dialog::Form(form)) = &mut model.dialog else {
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
    let model = open(&row());
    let Some(Dialog::Form(form)) = &model.dialog else {
        panic!("no form is open");
    };
    assert_eq!(form.fields.len(), edited.count());
    shows(
        &model,
        (80, 24),
        &["Creep", "Radiohead", "92", "3:58", "Capo 2", "Sam starts"],
    );
}

#[test]
fn only_what_was_changed_is_saved_and_in_its_type() {
    let mut model = open(&row());
    enter(&mut model, "!");
    go_to(&mut model, "Tempo (bpm)");
    with(&mut model, KeyCode::Char('u'), KeyModifiers::CONTROL);
    enter(&mut model, "120");
    press(&mut model, KeyCode::Tab);
    enter(&mut model, "6/8");
    press(&mut model, KeyCode::Tab);
    with(&mut model, KeyCode::Char('u'), KeyModifiers::CONTROL);
    enter(&mut model, "4:05");
    go_to(&mut model, "Genre");
    enter(&mut model, " ");
    go_to(&mut model, "Artist");
    with(&mut model, KeyCode::Char('u'), KeyModifiers::CONTROL);
    let set = save(&mut model).changed().unwrap();
    let wanted = json!({
        "title": "Creep!", "tempo": 120, "time_signature": "6/8", "duration": 245,
        "genre": null, "artist": null,
    });
    assert_eq!(Value::Object(set), wanted);
}

#[test]
fn links_of_other_programs_stay_as_they_are_beside_a_new_one() {
    let mut model = open(&row());
    go_to(&mut model, "Other links");
    press(&mut model, KeyCode::Enter);
    enter(&mut model, "https://c.example");
    let set = save(&mut model).changed().unwrap();
    let wanted = json!([
        "https://a.example",
        {"url": "https://b.example", "kind": "video"},
        "https://c.example",
    ]);
    assert_eq!(set["reference_links"], wanted);
}

#[test]
fn notes_have_lines_and_enter_saves_from_any_other_field() {
    let mut model = single();
    model.dialog = Some(Dialog::Form(Form::of_song(id(1), &row(), &[], true)));
    assert_eq!(press(&mut model, KeyCode::Enter), None);
    enter(&mut model, "q");
    shows(&model, (80, 24), &["Notes of \"Creep\"", "Ctrl-S save"]);
    let set = save(&mut model).changed().unwrap();
    assert_eq!(
        Value::Object(set),
        json!({"notes": "Capo 2\nSam starts\nq"})
    );
    let mut model = open(&row());
    let saved = press(&mut model, KeyCode::Enter);
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
        let mut model = open(&row());
        go_to(&mut model, label);
        enter(&mut model, text);
        let mut form = save(&mut model);
        assert_eq!(form.changed(), Err(said.to_owned()));
        assert_eq!(form.fields[form.at].label, label);
    }
}

#[test]
fn typed_text_is_not_thrown_away_by_one_key() {
    let mut model = open(&row());
    press(&mut model, KeyCode::Esc);
    assert!(model.dialog.is_none(), "nothing was typed");
    let mut model = open(&row());
    hit(&mut model, 'x');
    press(&mut model, KeyCode::Esc);
    shows(&model, (80, 24), &["Esc again throws away what you typed"]);
    hit(&mut model, 'y');
    press(&mut model, KeyCode::Esc);
    assert!(model.dialog.is_some(), "a key in between takes it back");
    press(&mut model, KeyCode::Esc);
    assert!(model.dialog.is_none());
}

#[test]
fn a_field_too_large_for_a_phone_is_named_and_not_edited() {
    let mut model = single();
    let cut = ["notes".to_owned()];
    model.dialog = Some(Dialog::Form(Form::of_song(id(1), &row(), &cut, false)));
    go_to(&mut model, "Notes");
    enter(&mut model, "x");
    shows(&model, (80, 24), &["too large for a phone"]);
    assert!(save(&mut model).changed().unwrap().is_empty());
}
