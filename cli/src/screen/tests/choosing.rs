//! What waits for a choice.

use ratatui::crossterm::event::{KeyCode, KeyModifiers};
use rockon_core::model::{ConflictId, EditId};
use rockon_core::store::Asks;

use super::super::dialog::{About, Dialog};
use super::super::effect::{Effect, Side};
use super::super::model::{ConflictLine, Model, RejectedLine};
use super::{hit, list, model, press, shows, with};

fn conflict(id: i64, asks: Asks) -> ConflictLine {
    ConflictLine {
        id: ConflictId(id),
        asks,
        about: "Notes of \"Creep\"".to_owned(),
        other: "Sam".to_owned(),
        mine: "Capo 2".to_owned(),
        theirs: "Drop D".to_owned(),
        mine_is_shown: false,
        theirs_is_shown: true,
        both: (asks == Asks::Value).then(|| "Drop D\nCapo 2".to_owned()),
    }
}

fn conflicting(conflicts: Vec<ConflictLine>) -> Model {
    let mut model = model();
    model.phones[0].conflict_count = conflicts.len();
    model.phones[0].conflicts = list(conflicts);
    hit(&mut model, 'c');
    model
}

#[test]
fn a_conflict_is_chosen_by_one_key() {
    let open = conflicting(vec![conflict(4, Asks::Value)]);
    let parts = [
        "Notes of \"Creep\"",
        "Mine",
        "Capo 2",
        "Sam's (shown now)",
        "Drop D",
    ];
    for size in [(80, 24), (110, 40), (40, 12)] {
        shows(&open, size, &parts);
        shows(&open, size, &["m keep mine", "t take Sam's", "e edit both"]);
    }
    for (c, side) in [('m', Side::Mine), ('t', Side::Theirs)] {
        let mut model = open.clone();
        assert_eq!(
            hit(&mut model, c),
            Some(Effect::Resolve(ConflictId(4), side))
        );
        assert!(
            model.dialog.is_none(),
            "the next is never chosen by a key too many"
        );
    }
    let mut model = open;
    press(&mut model, KeyCode::Esc);
    assert_eq!(model.message, "Conflict not resolved yet (c)");
}

#[test]
fn both_values_can_be_made_one_text() {
    let mut model = conflicting(vec![conflict(4, Asks::Value)]);
    hit(&mut model, 'e');
    shows(
        &model,
        (80, 24),
        &[
            "Both: Notes of \"Creep\"",
            "Drop D",
            "Capo 2",
            "Ctrl-S save",
        ],
    );
    hit(&mut model, '!');
    let saved = with(&mut model, KeyCode::Char('s'), KeyModifiers::CONTROL);
    let Some(Effect::Save(form)) = saved else {
        panic!("nothing was saved");
    };
    assert_eq!(
        (form.about.clone(), form.text()),
        (About::Both(ConflictId(4)), "Drop D\nCapo 2!")
    );
}

#[test]
fn long_values_wrap_and_scroll_to_their_ends() {
    let mut one = conflict(4, Asks::Value);
    one.mine = format!("{}MINE-END", "a long line of notes ".repeat(200));
    one.theirs = format!("{}THEIRS-END", "another ".repeat(200));
    let mut model = conflicting(vec![one]);
    press(&mut model, KeyCode::End);
    shows(&model, (80, 24), &["THEIRS-END"]);
    let mut seen = false;
    for _ in 0..40 {
        press(&mut model, KeyCode::PageUp);
        seen |= super::picture(&model, 80, 24).contains("MINE-END");
    }
    assert!(seen);
    shows(&model, (80, 24), &["Notes of \"Creep\"", "1-"]);
}

#[test]
fn a_delete_that_met_a_change_asks_in_its_own_words() {
    let open = conflicting(vec![conflict(4, Asks::Delete), conflict(5, Asks::Move)]);
    shows(
        &open,
        (80, 24),
        &[
            "Conflict 1 of 2",
            "m delete it anyway",
            "t keep it",
            "←→ other",
        ],
    );
    let mut model = open;
    assert_eq!(hit(&mut model, 'e'), None, "there is no third way");
    press(&mut model, KeyCode::Right);
    shows(&model, (80, 24), &["Conflict 2 of 2", "m move it anyway"]);
    assert_eq!(
        hit(&mut model, 't'),
        Some(Effect::Resolve(ConflictId(5), Side::Theirs))
    );
}

#[test]
fn what_is_settled_elsewhere_closes_and_without_any_there_is_a_word() {
    let mut model = conflicting(vec![conflict(4, Asks::Value)]);
    model.phones[0].conflicts = list(Vec::new());
    press(&mut model, KeyCode::Left);
    assert!(model.dialog.is_none());
    hit(&mut model, 'c');
    assert_eq!(model.message, "No conflicts");
    hit(&mut model, 'r');
    assert_eq!(model.message, "No refused edits");
}

#[test]
fn a_refused_edit_says_what_and_why_before_it_is_sent_again_or_discarded() {
    let mut model = model();
    model.phones[0].rejected_count = 1;
    model.phones[0].refused = list(vec![RejectedLine {
        id: EditId(3),
        what: "Your change of the key of \"505\"".to_owned(),
        why: "You are a viewer in this band. Ask an admin.".to_owned(),
        typed: "Key: Bbm".to_owned(),
    }]);
    hit(&mut model, 'r');
    let parts = [
        "Your change of the key",
        "You are a viewer",
        "What you typed",
        "Key: Bbm",
    ];
    shows(&model, (80, 24), &parts);
    assert_eq!(hit(&mut model, 's'), Some(Effect::Retry(EditId(3))));
    model.dialog = Some(Dialog::Refused(0));
    assert_eq!(hit(&mut model, 'd'), Some(Effect::Discard(EditId(3))));
}
