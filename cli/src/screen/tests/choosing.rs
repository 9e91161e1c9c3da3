//! What waits for a choice.

use ratatui::crossterm::event::{KeyCode, KeyModifiers};
use rockon_core::store::Asks;

use super::super::dialog::{About, Dialog};
use super::super::effect::{Effect, Side};
use super::super::model::{ConflictLine, RejectedLine, World};
use super::{hit, list, press, shows, with, world};

fn conflict(id: i64, asks: Asks) -> ConflictLine {
    ConflictLine {
        id,
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

fn clashing(conflicts: Vec<ConflictLine>) -> World {
    let mut world = world();
    world.phones[0].conflict_count = conflicts.len();
    world.phones[0].conflicts = list(conflicts);
    hit(&mut world, 'c');
    world
}

#[test]
fn a_conflict_is_chosen_by_one_key() {
    let open = clashing(vec![conflict(4, Asks::Value)]);
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
        let mut world = open.clone();
        assert_eq!(hit(&mut world, c), Some(Effect::Resolve(4, side)));
        assert!(
            world.dialog.is_none(),
            "the next is never chosen by a key too many"
        );
    }
    let mut world = open;
    press(&mut world, KeyCode::Esc);
    assert_eq!(world.message, "Conflict not resolved yet (c)");
}

#[test]
fn both_values_can_be_made_one_text() {
    let mut world = clashing(vec![conflict(4, Asks::Value)]);
    hit(&mut world, 'e');
    shows(
        &world,
        (80, 24),
        &[
            "Both: Notes of \"Creep\"",
            "Drop D",
            "Capo 2",
            "Ctrl-S save",
        ],
    );
    hit(&mut world, '!');
    let saved = with(&mut world, KeyCode::Char('s'), KeyModifiers::CONTROL);
    let Some(Effect::Save(form)) = saved else {
        panic!("nothing was saved");
    };
    assert_eq!(
        (form.about.clone(), form.text()),
        (About::Both(4), "Drop D\nCapo 2!")
    );
}

#[test]
fn long_values_wrap_and_scroll_to_their_ends() {
    let mut one = conflict(4, Asks::Value);
    one.mine = format!("{}MINE-END", "a long line of notes ".repeat(200));
    one.theirs = format!("{}THEIRS-END", "another ".repeat(200));
    let mut world = clashing(vec![one]);
    press(&mut world, KeyCode::End);
    shows(&world, (80, 24), &["THEIRS-END"]);
    let mut seen = false;
    for _ in 0..40 {
        press(&mut world, KeyCode::PageUp);
        seen |= super::picture(&world, 80, 24).contains("MINE-END");
    }
    assert!(seen);
    shows(&world, (80, 24), &["Notes of \"Creep\"", "1-"]);
}

#[test]
fn a_delete_that_met_a_change_asks_in_its_own_words() {
    let open = clashing(vec![conflict(4, Asks::Delete), conflict(5, Asks::Move)]);
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
    let mut world = open;
    assert_eq!(hit(&mut world, 'e'), None, "there is no third way");
    press(&mut world, KeyCode::Right);
    shows(&world, (80, 24), &["Conflict 2 of 2", "m move it anyway"]);
    assert_eq!(hit(&mut world, 't'), Some(Effect::Resolve(5, Side::Theirs)));
}

#[test]
fn what_is_settled_elsewhere_closes_and_without_any_there_is_a_word() {
    let mut world = clashing(vec![conflict(4, Asks::Value)]);
    world.phones[0].conflicts = list(Vec::new());
    press(&mut world, KeyCode::Left);
    assert!(world.dialog.is_none());
    hit(&mut world, 'c');
    assert_eq!(world.message, "No conflicts");
    hit(&mut world, 'r');
    assert_eq!(world.message, "No refused edits");
}

#[test]
fn a_refused_edit_says_what_and_why_before_it_is_sent_again_or_discarded() {
    let mut world = world();
    world.phones[0].rejected_count = 1;
    world.phones[0].refused = list(vec![RejectedLine {
        id: 3,
        what: "Your change of the key of \"505\"".to_owned(),
        why: "You are a viewer in this band. Ask an admin.".to_owned(),
        typed: "Key: Bbm".to_owned(),
    }]);
    hit(&mut world, 'r');
    let parts = [
        "Your change of the key",
        "You are a viewer",
        "What you typed",
        "Key: Bbm",
    ];
    shows(&world, (80, 24), &parts);
    assert_eq!(hit(&mut world, 's'), Some(Effect::Retry(3)));
    world.dialog = Some(Dialog::Refused(0));
    assert_eq!(hit(&mut world, 'd'), Some(Effect::Discard(3)));
}
