use proptest::prelude::*;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};

use super::*;
use crate::model::{Kind, RefusalCode, RowId};
use crate::store::{LostRow, Op};

const SCOPE: &str = "b0000000-0000-0000-0000-000000000001";
const ROW: &str = "a0000000-0000-0000-0000-000000000001";

fn raw(value: &Value) -> Box<RawValue> {
    to_raw_value(value).unwrap()
}

fn me() -> UserId {
    ROW.parse().unwrap()
}

fn request(cursor: Option<Cursor>) -> PullRequest {
    PullRequest {
        client_id: ClientId(Uuid::nil()),
        scopes: vec![PullScope {
            id: SCOPE.parse().unwrap(),
            cursor,
            epoch: None,
        }],
        limit: PAGE_ITEMS,
    }
}

fn answer() -> Value {
    json!({
        "user_id": ROW, "server_time": "2026-01-01T20:00:00Z", "surprise": {"of": ["a", "newer", "server"]},
        "scopes": [{
            "id": SCOPE, "type": "band", "epoch": ROW, "head": 42, "reset": false,
            "cursor": {"rev": 42, "ord": null, "id": null}, "has_more": false,
            "rows": {"song": [{"id": ROW, "title": "Wonderwall", "sync_rev": 41, "mood": "new column"}], "poster": [{"size": "A2"}]},
            "tombstones": [{"kind": "song", "id": ROW, "rev": 42, "actor_name": "Eric"},
                           {"kind": "poster", "id": ROW, "rev": 42}],
            "log": [[42, "song", ROW, "update", null, ["key", "tempo"]], [42, "poster", ROW, "update", null, []]],
        }],
        "gone": [], "results": [result()],
    })
}

fn result() -> Value {
    json!({"n": 8, "verdict": "partial", "rev": 43, "restored": false, "overwritten": {"key": "Bm"},
           "current": {"notes": "x"}, "changed_by": [{"user": ROW, "name": "Sam", "rev": 42}],
           "sqlstate": null, "reason": null, "field": null, "tag": "0123456789abcdef"})
}

fn pushed() -> (PushRequest, Value) {
    let mutation = Mutation {
        n: MutationNo(8),
        kind: Kind::Song,
        id: ROW.parse().unwrap(),
        op: Op::Update,
        base_rev: Rev(41),
        set: Values::new(),
        base: Values::new(),
        tag: "0123456789abcdef".to_owned(),
    };
    let request = PushRequest {
        client_id: ClientId(Uuid::nil()),
        scope: SCOPE.parse().unwrap(),
        acked: MutationNo(7),
        mutations: vec![mutation],
    };
    let answer = json!({"scope": SCOPE, "epoch": ROW, "head": 43, "client_reset": false, "results": [result()]});
    (request, answer)
}

/// An older server sends neither; what cannot be read of them costs itself alone.
#[test]
fn what_stands_beside_the_log_is_read_one_by_one() {
    let read = |beside: Value| {
        let mut answer = answer();
        let page = answer["scopes"][0].as_object_mut().unwrap();
        page.extend(beside.as_object().unwrap().clone());
        let read = PullAnswer::parse(&request(None), me(), &raw(&answer)).unwrap();
        let page = read.page.scopes[0].clone();
        (
            page.values.len(),
            page.times
                .iter()
                .map(|one| (one.0.0, one.1.0))
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(read(json!({})), (0, vec![]));
    assert_eq!(read(json!({"values": null, "times": "soon"})), (0, vec![]));
    let values = json!([[42, "song", ROW, {"key": ["G", "A"]}], [42, "song"]]);
    let times = json!([[41, "noon"], [42, 1_764_600_000_123_i64], [42]]);
    let found = read(json!({"values": values, "times": times}));
    assert_eq!(found, (1, vec![(42, 1_764_600_000_123)]));
}

#[test]
fn an_answer_is_read_and_what_a_newer_server_adds_is_passed_over() {
    let read = PullAnswer::parse(&request(None), me(), &raw(&answer())).unwrap();
    let page = &read.page.scopes[0];
    assert!(read.page.is_last());
    assert_eq!(page.rows["song"][0]["mood"], "new column");
    assert_eq!(page.tombstones.len(), 2);
    assert_eq!(page.log[0].5, ["key", "tempo"]);
    assert_eq!(read.results[0].verdict, Verdict::Partial);
    assert_eq!(read.results[0].tag.as_deref(), Some("0123456789abcdef"));
    assert_eq!(page.cursor.rev, Rev(42));
}

#[test]
fn the_list_of_scopes_is_their_heads() {
    let mut answer = answer();
    answer["scopes"][0]["cursor"] = Value::Null;
    let heads = parse_heads(me(), &raw(&answer)).unwrap();
    assert_eq!(
        (heads[0].scope.to_string().as_str(), heads[0].rev),
        (SCOPE, Rev(42))
    );
    assert!(
        parse_heads(UserId(Uuid::nil()), &raw(&answer)).is_err(),
        "another person's scopes"
    );
}

/// Each is one change of a good answer that must make it a bad one.
#[test]
fn every_wrong_shape_is_a_protocol_error() {
    let wrong = [
        ("/user_id", json!(5)),
        ("/user_id", json!(SCOPE)),
        ("/scopes", json!(null)),
        ("/scopes", json!([])),
        ("/scopes/0/id", json!(ROW)),
        ("/scopes/0/head", json!(-1)),
        ("/scopes/0/head", json!(9_007_199_254_740_993_i64)),
        ("/scopes/0/head", json!(1e300)),
        ("/scopes/0/head", json!(40)),
        ("/scopes/0/cursor/rev", json!("42")),
        ("/scopes/0/cursor/rev", json!(43)),
        ("/scopes/0/epoch", json!("x")),
        ("/scopes/0/type", json!("planet")),
        ("/scopes/0/has_more", json!("yes")),
        ("/scopes/0/rows/song/0/sync_rev", json!(43)),
        ("/scopes/0/rows/song", json!({})),
        ("/scopes/0/tombstones/0/rev", json!(99)),
        ("/scopes/0/log/0", json!([1])),
        ("/gone", json!([{"id": SCOPE}])),
        ("/gone", json!([{"id": ROW}])),
        ("/results", json!({})),
    ];
    for (place, value) in wrong {
        let mut answer = answer();
        *answer.pointer_mut(place).unwrap() = value.clone();
        let read = PullAnswer::parse(&request(None), me(), &raw(&answer));
        assert!(
            matches!(read, Err(Error::Protocol { .. })),
            "{place} = {value}"
        );
    }
}

/// A good answer as text, with this in the place of some words of it.
fn spoilt(place: &str, with: &str) -> Box<RawValue> {
    let text = answer().to_string();
    assert!(text.contains(place), "{place} in {text}");
    RawValue::from_string(text.replacen(place, with, 1)).unwrap()
}

/// JSON that is right for every parser, but no value that this phone can keep.
const POISON: [&str; 6] = [
    "1e400",
    "[1e999]",
    r#"{"$serde_json::private::RawValue": "not JSON"}"#,
    r#"{"$serde_json::private::RawValue": "[1]"}"#,
    r#""\ud800""#,
    r#"[{"\udc00": 1}]"#,
];

#[test]
fn a_value_that_cannot_be_read_costs_that_value_and_is_named() {
    let deep = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
    for poison in POISON
        .map(str::to_owned)
        .into_iter()
        .chain([deep(33), deep(90_000)])
    {
        let bad = spoilt(r#""new column""#, &poison);
        let read = PullAnswer::parse(&request(None), me(), &bad).unwrap();
        let page = &read.page.scopes[0];
        let row = &page.rows["song"][0];
        assert_eq!(
            (&row["mood"], &row["title"]),
            (&json!(null), &json!("Wonderwall")),
            "{poison:.60}"
        );
        assert_eq!(row["sync_unreadable"], json!(["mood"]));
        assert_eq!(
            row["sync_too_large"],
            json!(["mood"]),
            "so it is not edited here"
        );
        assert_eq!((page.lost.len(), read.results.len()), (0, 1));
    }
    let fits = spoilt(r#""new column""#, &deep(32));
    let read = PullAnswer::parse(&request(None), me(), &fits).unwrap();
    assert_eq!(
        read.page.scopes[0].rows["song"][0].get("sync_unreadable"),
        None
    );
}

#[test]
fn a_row_that_cannot_be_read_is_quarantined_by_name_and_its_neighbours_arrive() {
    let other = "a0000000-0000-0000-0000-000000000002";
    for bad in [
        json!({"id": other, "title": "no revision"}),
        json!({"id": other, "sync_rev": "41"}),
        json!({"id": other, "sync_rev": 1e300}),
        json!({"id": null, "sync_rev": 41}),
        json!({"sync_rev": 41}),
        json!([1]),
        json!(null),
    ] {
        let mut answer = answer();
        let good = answer["scopes"][0]["rows"]["song"][0].clone();
        answer["scopes"][0]["rows"]["song"] = json!([bad, good]);
        let from = Cursor {
            rev: Rev(7),
            ord: None,
            id: None,
            since: None,
        };
        let read = PullAnswer::parse(&request(Some(from)), me(), &raw(&answer)).unwrap();
        let page = &read.page.scopes[0];
        assert_eq!(page.rows["song"].len(), 1, "{bad}");
        let id = if bad["id"] == other {
            other.parse().unwrap()
        } else {
            RowId(Uuid::nil())
        };
        let lost = LostRow {
            kind: "song".to_owned(),
            id,
            rev: Rev(8),
        };
        assert_eq!(page.lost, [lost], "the revision is not above its own");
    }
}

#[test]
fn a_result_that_cannot_be_read_refuses_its_own_edit() {
    let of = |bad: &RawValue| {
        PullAnswer::parse(&request(None), me(), bad)
            .unwrap()
            .results
    };
    for (place, poison) in [
        (r#""partial""#, r#""maybe""#),
        (r#"{"notes":"x"}"#, "[]"),
        (r#""x""#, "1e400"),
        (r#""rev":43"#, r#""rev":-1"#),
    ] {
        let results = of(&spoilt(place, poison));
        let [result] = results.as_slice() else {
            panic!("{results:?}")
        };
        assert_eq!(
            (result.n, result.verdict),
            (MutationNo(8), Verdict::Refused),
            "{place}"
        );
        assert_eq!(result.tag.as_deref(), Some("0123456789abcdef"));
        assert_eq!(result.code, Some(RefusalCode::UnreadableAnswer));
    }
    assert_eq!(
        of(&spoilt(r#""n":8"#, r#""n":0"#)),
        [],
        "about nobody's edit"
    );
    let (request, answer) = pushed();
    let text = answer.to_string().replacen(r#""n":8"#, r#""n":1e400"#, 1);
    let read = PushAnswer::parse(&request, &RawValue::from_string(text).unwrap()).unwrap();
    assert_eq!(
        read.results[0].verdict,
        Verdict::Refused,
        "the only one that it can be about"
    );
}

#[test]
fn a_cursor_never_goes_back_and_a_head_below_it_makes_the_reading_void() {
    let at = |rev, ord: Option<i64>| Cursor {
        rev: Rev(rev),
        ord,
        id: None,
        since: None,
    };
    let read = |asked, cursor: Cursor, head: i64| {
        let mut answer = answer();
        answer["scopes"][0]["rows"] = json!({});
        answer["scopes"][0]["tombstones"] = json!([]);
        answer["scopes"][0]["log"] = json!([]);
        answer["scopes"][0]["cursor"] = serde_json::to_value(cursor).unwrap();
        answer["scopes"][0]["head"] = json!(head);
        PullAnswer::parse(&request(Some(asked)), me(), &raw(&answer)).map(|read| read.below.len())
    };
    assert_eq!(read(at(42, None), at(42, None), 42), Ok(0));
    assert_eq!(read(at(41, Some(2)), at(41, Some(3)), 42), Ok(0));
    for (asked, cursor) in [
        (at(42, None), at(41, None)),
        (at(41, Some(3)), at(41, Some(2))),
        (at(41, None), at(41, Some(9))),
    ] {
        assert!(read(asked, cursor, 42).is_err(), "{asked:?} {cursor:?}");
    }
    assert_eq!(
        read(at(50, None), at(42, None), 42),
        Ok(1),
        "no success, but a reading from the beginning"
    );
}

#[test]
fn numbers_come_out_as_they_went_in() {
    for number in [
        "1.7976931348623157e308",
        "5e-324",
        "0.1",
        "0.30000000000000004",
        "9007199254740992",
        "123456.789e3",
        "2.2250738585072014e-308",
    ] {
        let read =
            PullAnswer::parse(&request(None), me(), &spoilt(r#""new column""#, number)).unwrap();
        let value = &read.page.scopes[0].rows["song"][0]["mood"];
        assert_eq!(value.as_f64(), number.parse().ok(), "{number}");
    }
}

#[test]
fn more_pages_without_a_step_on_are_refused_instead_of_asked_for_ever() {
    let mut answer = answer();
    answer["scopes"][0]["has_more"] = json!(true);
    let cursor = serde_json::from_value(answer["scopes"][0]["cursor"].clone()).unwrap();
    assert!(PullAnswer::parse(&request(None), me(), &raw(&answer)).is_ok());
    assert!(PullAnswer::parse(&request(Some(cursor)), me(), &raw(&answer)).is_err());
}

#[test]
fn a_reading_that_begins_again_may_end_its_first_page_where_the_old_one_stood() {
    let mut answer = answer();
    answer["scopes"][0]["has_more"] = json!(true);
    answer["scopes"][0]["reset"] = json!(true);
    answer["scopes"][0]["tombstones"] = json!([]);
    let cursor = serde_json::from_value(answer["scopes"][0]["cursor"].clone()).unwrap();
    assert!(PullAnswer::parse(&request(Some(cursor)), me(), &raw(&answer)).is_ok());
}

#[test]
fn a_push_answer_has_a_result_for_every_mutation_unless_the_client_is_reset() {
    let (request, answer) = pushed();
    assert_eq!(
        PushAnswer::parse(&request, &raw(&answer))
            .unwrap()
            .results
            .len(),
        1
    );
    let mut none = answer.clone();
    none["results"] = json!([]);
    assert!(PushAnswer::parse(&request, &raw(&none)).is_err());
    none["client_reset"] = json!(true);
    assert!(
        PushAnswer::parse(&request, &raw(&none))
            .unwrap()
            .client_reset
    );
    let mut other = answer;
    other["scope"] = json!(ROW);
    assert!(PushAnswer::parse(&request, &raw(&other)).is_err());
}

#[test]
fn a_request_is_written_as_the_contract_says() {
    let (request, _) = pushed();
    assert_eq!(
        serde_json::to_value(&request).unwrap(),
        json!({"client_id": Uuid::nil(), "scope": SCOPE, "acked": 7, "mutations": [
            {"n": 8, "kind": "song", "id": ROW, "op": "update", "base_rev": 41, "set": {}, "base": {},
             "tag": "0123456789abcdef"}]})
    );
}

/// Any JSON at all.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::hash_map("[a-z_]{0,8}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Every place in a JSON value, as pointers.
fn places(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    match value {
        Value::Object(map) => map
            .iter()
            .for_each(|(key, value)| places(value, &format!("{at}/{key}"), out)),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .for_each(|(n, value)| places(value, &format!("{at}/{n}"), out)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_good_answer_with_anything_at_any_place_never_panics(at in any::<proptest::sample::Index>(), value in any_json()) {
        let (push, push_answer) = pushed();
        for good in [answer(), push_answer] {
            let mut pointers = Vec::new();
            places(&good, "", &mut pointers);
            let mut bad = good;
            *bad.pointer_mut(&pointers[at.index(pointers.len())]).unwrap() = value.clone();
            let _ = PullAnswer::parse(&request(None), me(), &raw(&bad));
            let _ = parse_heads(me(), &raw(&bad));
            let _ = PushAnswer::parse(&push, &raw(&bad));
        }
    }
}

/// In the words of the log; `None` as a server that does not say it.
fn did(id: u128, rev: i64, fields: &[&str], ops: Option<&[&str]>) -> ChangedBy {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    ChangedBy {
        user: Some(UserId(Uuid::from_u128(id))),
        name: None,
        rev: Rev(rev),
        fields: words(fields),
        ops: ops.map(words),
    }
}

#[test]
fn a_column_is_changed_by_who_changed_it_or_brought_the_row_and_by_nobody_who_took_it_away() {
    let cases: [(&[ChangedBy], Option<usize>); 4] = [
        (
            &[
                did(1, 3, &["key"], Some(&["update"])),
                did(2, 9, &[], Some(&["insert"])),
            ],
            Some(0),
        ),
        (
            &[
                did(1, 3, &[], Some(&["delete", "restore"])),
                did(2, 9, &[], Some(&["delete"])),
            ],
            Some(0),
        ),
        (&[did(1, 3, &[], Some(&["move"]))], None),
        (&[did(1, 3, &[], None)], Some(0)),
    ];
    for (by, who) in cases {
        assert_eq!(ChangedBy::last_in(by, "key"), who.map(|n| &by[n]), "{by:?}");
    }
}

#[test]
fn who_moved_a_row_has_not_deleted_it_and_who_changed_it_too_may_have() {
    let cases: [(&[ChangedBy], Option<usize>); 3] = [
        (&[did(1, 3, &[], Some(&["move"]))], None),
        (
            &[
                did(1, 3, &["key"], Some(&["delete", "update"])),
                did(2, 9, &["key"], Some(&["update"])),
            ],
            Some(0),
        ),
        (&[did(1, 3, &[], None)], Some(0)),
    ];
    for (by, who) in cases {
        assert_eq!(ChangedBy::last_delete(by), who.map(|n| &by[n]), "{by:?}");
    }
}
