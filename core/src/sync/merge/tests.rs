use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const RULES: [Merge; 4] = [Merge::Scalar, Merge::Text, Merge::Set, Merge::Items];

fn any_value() -> impl Strategy<Value = Value> {
    let text =
        proptest::collection::vec("[ab]{0,2}", 0..5).prop_map(|lines| json!(lines.join("\n")));
    let list = proptest::collection::vec((0..6_u8, 0..2_u8), 0..6).prop_map(|items| {
        json!(
            items
                .iter()
                .map(|(id, note)| json!({"id": id.to_string(), "notes": note}))
                .collect::<Vec<_>>()
        )
    });
    let strange = prop_oneof![
        Just(Value::Null),
        Just(json!(1)),
        Just(json!({"a": [1]})),
        Just(json!(["x", 1, null, ["y"], "x"])),
    ];
    prop_oneof![4 => text, 4 => list, 1 => strange]
}

fn lines(value: &Value) -> BTreeSet<&str> {
    value
        .as_str()
        .map(|text| text.split('\n').collect())
        .unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_unchanged_side_gives_way_and_equal_sides_stay(base in any_value(), x in any_value()) {
        for rule in RULES {
            for (mine, theirs) in [(&base, &x), (&x, &base), (&x, &x)] {
                let merged = merge_value(rule, Some(&base), mine, theirs);
                prop_assert_eq!(&merged.value, &x);
                prop_assert_eq!(merged.field_conflict, None);
            }
        }
    }

    #[test]
    fn a_merge_that_is_sent_and_merged_again_changes_nothing(base in any_value(), mine in any_value(), theirs in any_value()) {
        for rule in RULES {
            let once = merge_value(rule, Some(&base), &mine, &theirs).value;
            let again = merge_value(rule, Some(&theirs), &once, &theirs);
            prop_assert_eq!(again.value, once);
        }
    }

    #[test]
    fn no_line_appears_that_neither_side_had(base in "([abc]\n?){0,8}", mine in "([abc]\n?){0,8}", theirs in "([abc]\n?){0,8}") {
        let (base, mine, theirs) = (json!(base), json!(mine), json!(theirs));
        let merged = merge_value(Merge::Text, Some(&base), &mine, &theirs);
        for line in lines(&merged.value) {
            prop_assert!(lines(&mine).contains(line) || lines(&theirs).contains(line) || line.is_empty(), "{line:?}");
        }
        for line in lines(&mine).difference(&lines(&base)) {
            prop_assert!(merged.field_conflict.is_some() || lines(&merged.value).contains(line), "lost {line:?}");
        }
    }

    #[test]
    fn a_merge_of_anything_does_not_panic(base in any_value(), mine in any_value(), theirs in any_value()) {
        for rule in RULES {
            for base in [None, Some(&base)] {
                let merged = merge_value(rule, base, &mine, &theirs);
                prop_assert!(merged.field_conflict.is_none() || merged.value == mine || merged.value == theirs || merged.value.is_array());
            }
        }
    }
}

/// One edit of a setlist on one phone.
#[derive(Debug, Clone)]
enum Edit {
    Insert(usize, u16),
    Delete(usize),
    Move(usize, usize),
    Note(usize, u16),
}

fn any_edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (0..12_usize, any::<u16>()).prop_map(|(at, id)| Edit::Insert(at, id)),
        (0..12_usize).prop_map(Edit::Delete),
        (0..12_usize, 0..12_usize).prop_map(|(from, to)| Edit::Move(from, to)),
        (0..12_usize, any::<u16>()).prop_map(|(at, note)| Edit::Note(at, note)),
    ]
}

fn item(id: &str) -> Value {
    json!({"id": id, "type": "song", "position": 0, "notes": ""})
}

fn ids(list: &Value) -> Vec<String> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect()
}

/// Applies edits of one phone; new ids carry the phone's name, as random ids would.
fn edited(list: &Value, phone: usize, edits: &[Edit]) -> Value {
    let mut list = list.as_array().unwrap().clone();
    for edit in edits {
        let len = list.len();
        match *edit {
            Edit::Insert(at, id) => {
                let id = format!("p{phone}-{id}");
                if !list.iter().any(|item| item["id"] == id.as_str()) {
                    list.insert(at.min(len), item(&id));
                }
            }
            Edit::Delete(at) if len > 0 => drop(list.remove(at % len)),
            Edit::Move(from, to) if len > 0 => {
                let moved = list.remove(from % len);
                list.insert(to.min(len - 1), moved);
            }
            Edit::Note(at, note) if len > 0 => {
                list[at % len]["notes"] = json!(format!("p{phone}-{note}"));
            }
            _ => {}
        }
    }
    for (at, item) in list.iter_mut().enumerate() {
        item["position"] = json!(at);
    }
    Value::Array(list)
}

fn notes(list: &Value) -> BTreeMap<String, Value> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|item| {
            (
                item["id"].as_str().unwrap().to_owned(),
                item["notes"].clone(),
            )
        })
        .collect()
}

/// The ids of `list` that `keep` holds.
fn only(list: &[String], keep: &[String]) -> Vec<String> {
    list.iter()
        .filter(|id| keep.contains(id))
        .cloned()
        .collect()
}

fn before(list: &[String], id: &String) -> Option<String> {
    let at = list.iter().position(|other| other == id)?;
    at.checked_sub(1).map(|before| list[before].clone())
}

fn moves(edits: &[Edit]) -> bool {
    edits.iter().any(|edit| matches!(edit, Edit::Move(..)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Three phones edit one setlist offline and come back one after the other; the server's list is the merge so far.
    #[test]
    fn three_phones_that_reorder_lose_and_double_no_item(
        start in 0..9_usize,
        edits in proptest::collection::vec(proptest::collection::vec(any_edit(), 0..6), 3),
    ) {
        let base = edited(&json!((0..start).map(|n| item(&n.to_string())).collect::<Vec<_>>()), 9, &[]);
        let phones: Vec<Value> = edits.iter().enumerate().map(|(phone, edits)| edited(&base, phone, edits)).collect();
        let mut server = base.clone();
        for mine in &phones {
            server = merge_value(Merge::Items, Some(&base), mine, &server).value;
        }
        let result = ids(&server);
        let unique: BTreeSet<_> = result.iter().cloned().collect();
        prop_assert_eq!(unique.len(), result.len(), "doubled");
        let before = notes(&base);
        for id in phones.iter().flat_map(ids).chain(ids(&base)) {
            let in_base = before.contains_key(&id);
            let touched = phones.iter().any(|phone| notes(phone).get(&id).is_some_and(|note| Some(note) != before.get(&id)));
            let deleted = in_base && phones.iter().any(|phone| !notes(phone).contains_key(&id));
            prop_assert_eq!(unique.contains(&id), !deleted || touched, "{}", id);
        }
        for (at, item) in server.as_array().unwrap().iter().enumerate() {
            prop_assert_eq!(&item["position"], &json!(at));
        }
    }

    /// Every item stands directly behind what it stood behind here, or in the server's order. Where only one phone
    /// moved anything, that phone's order is the result's order.
    #[test]
    fn each_moved_item_stands_where_some_phone_put_it(
        start in 0..9_usize,
        first in proptest::collection::vec(any_edit(), 0..5),
        second in proptest::collection::vec(any_edit(), 0..5),
    ) {
        let base = edited(&json!((0..start).map(|n| item(&n.to_string())).collect::<Vec<_>>()), 9, &[]);
        let (theirs, mine) = (edited(&base, 0, &first), edited(&base, 1, &second));
        let result = ids(&merge_value(Merge::Items, Some(&base), &mine, &theirs).value);
        let (mine, theirs) = (only(&ids(&mine), &result), only(&ids(&theirs), &result));
        let rest: Vec<String> = result
            .iter()
            .filter(|id| !mine.contains(id) || before(&result, id) != before(&mine, id))
            .cloned()
            .collect();
        prop_assert_eq!(&only(&theirs, &rest), &rest);
        if !moves(&first) {
            prop_assert_eq!(only(&result, &mine), mine);
        } else if !moves(&second) {
            prop_assert_eq!(only(&result, &theirs), theirs);
        }
    }
}

#[test]
fn edits_of_different_lines_are_both_kept() {
    let merged = merge_value(
        Merge::Text,
        Some(&json!("intro\nverse\nend")),
        &json!("intro x2\nverse\nend"),
        &json!("intro\nverse\nend\ncoda"),
    );
    assert_eq!(
        merged,
        Merged {
            value: json!("intro x2\nverse\nend\ncoda"),
            field_conflict: None
        }
    );
}

#[test]
fn edits_of_the_same_line_keep_the_servers_and_report_both() {
    let row = merge_row(
        Kind::Song,
        &Values::from_iter([("notes".to_owned(), json!("slow"))]),
        &Values::from_iter([("notes".to_owned(), json!("very slow"))]),
        &Values::from_iter([("notes".to_owned(), json!("fast"))]),
    );
    assert!(row.send.is_empty());
    assert_eq!(
        row.field_conflicts,
        [FieldConflict {
            field: "notes".to_owned(),
            base: json!("slow"),
            mine: json!("very slow"),
            theirs: json!("fast"),
            kept: Kept::Theirs,
        }]
    );
}

#[test]
fn two_phones_that_swap_and_insert_get_both_changes() {
    let list = |ids: &[&str]| json!(ids.iter().map(|id| item(id)).collect::<Vec<_>>());
    let merged = merge_value(
        Merge::Items,
        Some(&list(&["a", "b", "c", "d"])),
        &list(&["d", "a", "b", "c"]),
        &list(&["a", "b", "x", "c", "d"]),
    );
    assert_eq!(ids(&merged.value), ["d", "a", "b", "x", "c"]);
    assert_eq!(merged.field_conflict, None);
}

#[test]
fn an_item_deleted_here_and_changed_there_stays() {
    let base = json!([item("a"), item("b")]);
    let mut theirs = base.clone();
    theirs[1]["notes"] = json!("capo 2");
    let merged = merge_value(Merge::Items, Some(&base), &json!([item("a")]), &theirs);
    assert_eq!(ids(&merged.value), ["a", "b"]);
}

#[test]
fn an_unknown_base_unites_lists_and_keeps_both_texts() {
    let merged = merge_value(Merge::Set, None, &json!(["x", "y"]), &json!(["y", "z"]));
    assert_eq!(merged.value.as_array().unwrap().len(), 3);
    let merged = merge_value(Merge::Text, None, &json!("x"), &json!("y"));
    assert_eq!(merged.field_conflict, Some(Kept::Theirs));
}

#[test]
fn an_unknown_base_conflicts_with_nothing_where_the_server_has_no_value() {
    for (rule, mine) in [
        (Merge::Text, json!("drop D")),
        (Merge::Scalar, json!(120)),
        (Merge::Set, json!(["a"])),
    ] {
        for theirs in [json!(null), json!(""), json!([])] {
            let merged = merge_value(rule, None, &mine, &theirs);
            assert_eq!(
                (merged.value, merged.field_conflict),
                (mine.clone(), None),
                "{theirs}"
            );
        }
    }
    let cleared = merge_value(Merge::Text, Some(&json!("a")), &json!("b"), &json!(null));
    assert!(
        cleared.field_conflict.is_some(),
        "emptied by somebody on purpose"
    );
}

#[test]
fn two_values_of_one_scalar_keep_the_last_and_report_both() {
    let row = merge_row(
        Kind::Song,
        &Values::from_iter([("key".to_owned(), json!("G"))]),
        &Values::from_iter([("key".to_owned(), json!("A"))]),
        &Values::from_iter([("key".to_owned(), json!("Bm"))]),
    );
    assert_eq!(row.send.get("key"), Some(&json!("A")));
    assert_eq!(row.field_conflicts[0].kept, Kept::Mine);
}
