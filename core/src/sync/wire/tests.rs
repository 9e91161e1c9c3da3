use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::model::Kind;
use crate::store::Op;

const SCOPE: &str = "b0000000-0000-0000-0000-000000000001";
const ROW: &str = "a0000000-0000-0000-0000-000000000001";

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

#[test]
fn an_answer_is_read_and_what_a_newer_server_adds_is_passed_over() {
    let read = PullAnswer::parse(&request(None), me(), answer()).unwrap();
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
    let heads = parse_heads(me(), answer.clone()).unwrap();
    assert_eq!(
        (heads[0].scope.to_string().as_str(), heads[0].rev),
        (SCOPE, Rev(42))
    );
    assert!(
        parse_heads(UserId(Uuid::nil()), answer).is_err(),
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
        ("/scopes/0/rows/song/0/id", json!(null)),
        ("/scopes/0/rows/song/0/sync_rev", json!(null)),
        ("/scopes/0/rows/song/0/sync_rev", json!(43)),
        ("/scopes/0/rows/song", json!({})),
        ("/scopes/0/tombstones/0/rev", json!(99)),
        ("/scopes/0/log/0", json!([1])),
        ("/gone", json!([{"id": SCOPE}])),
        ("/gone", json!([{"id": ROW}])),
        ("/results/0/verdict", json!("maybe")),
        ("/results/0/n", json!(0)),
        ("/results/0/current", json!([])),
    ];
    for (place, value) in wrong {
        let mut answer = answer();
        *answer.pointer_mut(place).unwrap() = value.clone();
        let read = PullAnswer::parse(&request(None), me(), answer);
        assert!(
            matches!(read, Err(Error::Protocol { .. })),
            "{place} = {value}"
        );
    }
}

#[test]
fn more_pages_without_a_step_on_are_refused_instead_of_asked_for_ever() {
    let mut answer = answer();
    answer["scopes"][0]["has_more"] = json!(true);
    let cursor = serde_json::from_value(answer["scopes"][0]["cursor"].clone()).unwrap();
    assert!(PullAnswer::parse(&request(None), me(), answer.clone()).is_ok());
    assert!(PullAnswer::parse(&request(Some(cursor)), me(), answer).is_err());
}

#[test]
fn a_reading_that_begins_anew_may_end_its_first_page_where_the_old_one_stood() {
    let mut answer = answer();
    answer["scopes"][0]["has_more"] = json!(true);
    answer["scopes"][0]["reset"] = json!(true);
    answer["scopes"][0]["tombstones"] = json!([]);
    let cursor = serde_json::from_value(answer["scopes"][0]["cursor"].clone()).unwrap();
    assert!(PullAnswer::parse(&request(Some(cursor)), me(), answer).is_ok());
}

#[test]
fn a_push_answer_has_a_result_for_every_mutation_unless_the_client_is_reset() {
    let (request, answer) = pushed();
    assert_eq!(
        PushAnswer::parse(&request, answer.clone())
            .unwrap()
            .results
            .len(),
        1
    );
    let mut none = answer.clone();
    none["results"] = json!([]);
    assert!(PushAnswer::parse(&request, none.clone()).is_err());
    none["client_reset"] = json!(true);
    assert!(PushAnswer::parse(&request, none).unwrap().client_reset);
    let mut other = answer;
    other["scope"] = json!(ROW);
    assert!(PushAnswer::parse(&request, other).is_err());
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
            let _ = PullAnswer::parse(&request(None), me(), bad.clone());
            let _ = parse_heads(me(), bad.clone());
            let _ = PushAnswer::parse(&push, bad);
        }
    }
}
