use proptest::prelude::*;
use serde_json::json;

use super::*;

fn song(id: &str) -> Value {
    json!({"id": id, "type": "song", "songId": format!("s{id}"), "position": 9})
}

fn pause(id: &str, minutes: i64) -> Value {
    json!({"id": id, "type": "break", "breakDuration": minutes})
}

fn between(was: &[Value], now: &[Value]) -> Vec<ListStep> {
    let read = |list: &[Value]| items(&json!(list)).unwrap();
    steps(&read(was), &read(now)).unwrap()
}

const SONG: ListItem = ListItem::Song { title: None };

#[test]
fn a_song_added_removed_or_moved_and_a_longer_break_are_each_one_step() {
    let head = json!({"id": "h", "type": "section", "sectionTitle": "To learn"});
    let list = [
        head.clone(),
        song("1"),
        song("2"),
        pause("b", 10),
        song("3"),
    ];
    let mut longer = list.to_vec();
    longer.push(song("4"));
    let added = ListStep::Added { item: SONG, at: 6 };
    assert_eq!(between(&list, &longer), [added]);
    let removed = ListStep::Removed { item: SONG, at: 6 };
    assert_eq!(between(&longer, &list), [removed]);
    let mut other = list.to_vec();
    let zombie = other.pop().unwrap();
    other.insert(1, zombie);
    let moved = ListStep::Moved {
        item: SONG,
        from: 5,
        at: 2,
        number: Some(1),
    };
    assert_eq!(between(&list, &other), [moved]);
    let mut later = list.to_vec();
    later[3] = pause("b", 25);
    let longer = ListStep::Break { minutes: 25, at: 4 };
    assert_eq!(between(&list, &later), [longer]);
    assert_eq!(between(&list, &list), []);
}

#[test]
fn a_song_that_crosses_a_heading_keeps_its_number() {
    let head = json!({"id": "h", "type": "section", "sectionTitle": "Encore"});
    let steps = between(&[song("1"), head.clone()], &[head, song("1")]);
    let number = |step: &ListStep| match step {
        ListStep::Moved { number, .. } => *number,
        _ => Some(0),
    };
    assert_eq!(steps.iter().map(number).collect::<Vec<_>>(), [None]);
}

#[test]
fn another_song_under_the_same_id_is_removed_and_added() {
    let other = json!({"id": "1", "type": "song", "songId": "s7"});
    let steps = between(&[song("1")], &[other]);
    let (removed, added) = (
        ListStep::Removed { item: SONG, at: 1 },
        ListStep::Added { item: SONG, at: 1 },
    );
    assert_eq!(steps, [removed, added]);
}

#[test]
fn new_ids_for_the_same_songs_are_no_change() {
    let fresh = |id: &str, song: &str| json!({"id": id, "type": "song", "songId": song});
    let was = [fresh("1", "a"), fresh("2", "b"), fresh("3", "a")];
    let now = [fresh("4", "a"), fresh("5", "b"), fresh("6", "a")];
    assert_eq!(between(&was, &now), []);
}

#[test]
fn what_is_no_list_and_what_is_too_much_is_not_told_by_steps() {
    assert_eq!(items(&json!({"a": 1})), None);
    assert_eq!(items(&Value::Null), Some(Vec::new()));
    let many: Vec<_> = (0..=MAX_STEPS).map(|n| song(&n.to_string())).collect();
    let many = items(&json!(many)).unwrap();
    assert_eq!(steps(&[], &many), None);
    // Whatever is in there.
    let odd = items(
        &json!([1, null, [[]], {"id": {}}, "x", {"type": 7}, {"type": "break", "breakDuration": 1e300}]),
    );
    assert!(
        steps(&odd.clone().unwrap(), &odd.unwrap())
            .unwrap()
            .is_empty()
    );
}

#[test]
fn the_same_break_under_a_new_id_is_nothing_to_tell() {
    let (was, now) = ([named(9, 1)], [named(15, 1)]);
    assert_ne!(was, now);
    assert_eq!(steps(&was, &now), Some(Vec::new()));
}

/// An item whose name tells it apart.
fn named(n: u8, minutes: i64) -> Item {
    let what = match n % 3 {
        0 => ListItem::Break { minutes },
        1 => ListItem::Section {
            title: n.to_string(),
        },
        _ => ListItem::Song {
            title: Some(n.to_string()),
        },
    };
    Item {
        id: n.to_string(),
        song: (n % 3 == 2).then(|| n.to_string()),
        what,
        rest: Map::new(),
    }
}

fn distinct() -> impl Strategy<Value = Vec<(u8, i64)>> {
    let one = prop::collection::hash_map(0..24_u8, 1..3_i64, 0..14);
    one.prop_map(|all| all.into_iter().collect())
}

proptest! {
    #[test]
    fn the_steps_applied_to_the_old_list_give_the_new_one(was in distinct(), now in distinct()) {
        let make = |list: Vec<(u8, i64)>| list.into_iter().map(|(n, m)| named(n, m)).collect::<Vec<_>>();
        let (was, now) = (make(was), make(now));
        let steps = steps(&was, &now).unwrap();
        let named = |list: &[Item]| list.iter().map(|item| item.what.clone()).collect::<Vec<_>>();
        prop_assert_eq!(apply(&named(&was), &steps), named(&now));
        prop_assert!(was != now || steps.is_empty());
    }

    #[test]
    fn one_item_dragged_is_one_step(n in 2..12_u8, from in 0..12_usize, to in 0..12_usize) {
        let was: Vec<_> = (0..n).map(|n| named(n, 1)).collect();
        let (from, to) = (from % was.len(), to % was.len());
        let mut now = was.clone();
        let item = now.remove(from);
        now.insert(to, item);
        prop_assert_eq!(steps(&was, &now).unwrap().len(), usize::from(from != to));
    }
}
