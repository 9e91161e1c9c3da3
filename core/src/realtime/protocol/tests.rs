//! Cases of the protocol that concern a hint client; the number in a name is the case's.

use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::binary::UserBroadcast;
use super::*;
use crate::model::Rev;
use crate::redact::Secret;

const SCOPE: &str = "b0000000-0000-4000-8000-00000000000a";
const EPOCH: &str = "e0000000-0000-4000-8000-000000000001";
const TOPIC: &str = "realtime:scope:b0000000-0000-4000-8000-00000000000a";

fn scope() -> ScopeId {
    SCOPE.parse().unwrap()
}

fn v2(frame: &Value) -> Result<Incoming, Ignored> {
    decode(Wire::Text(&frame.to_string()))
}

fn body(rev: &Value) -> Value {
    json!({ "scope": SCOPE, "rev": rev, "epoch": EPOCH, "id": "x" })
}

fn hint(rev: i64) -> Signal {
    Signal::Hint(Hint {
        scope: scope(),
        rev: Rev(rev),
        epoch: EPOCH.parse::<Uuid>().unwrap(),
    })
}

fn broadcast(body: &Value) -> Value {
    json!([null, null, TOPIC, "broadcast", { "event": "hint", "type": "broadcast", "payload": body }])
}

fn change(data: &Value) -> Value {
    json!([null, null, TOPIC, "postgres_changes", { "ids": [7], "data": data }])
}

fn head(record: &Value) -> Value {
    json!({ "schema": "public", "table": "sync_head", "type": "UPDATE", "record": record, "errors": null })
}

fn event(frame: Result<Incoming, Ignored>) -> Result<Event, Ignored> {
    frame.map(|frame| frame.event)
}

#[test]
fn a_hint_is_read_from_every_form_in_which_it_travels() {
    let text = broadcast(&body(&json!(42)));
    assert_eq!(event(v2(&text)), Ok(Event::Broadcast(hint(42))));
    let payload = body(&json!(42)).to_string();
    let frame = UserBroadcast {
        topic: TOPIC,
        event: "hint",
        meta: "{\"id\":\"m\"}",
        json: true,
        payload: payload.as_bytes(),
    };
    let frame = frame.encode().unwrap();
    let seen = decode(Wire::Binary(&frame)).unwrap();
    assert_eq!(
        (seen.topic, seen.event),
        (ChannelTopic::Scope(scope()), Event::Broadcast(hint(42)))
    );
    let row = head(&json!({ "scope_id": SCOPE, "rev": 42, "epoch": EPOCH, "min_rev": 0 }));
    let ids = vec![7];
    assert_eq!(
        event(v2(&change(&row))),
        Ok(Event::Change {
            ids,
            signal: hint(42)
        })
    );
}

#[test]
fn absurd_revisions_and_foreign_scopes_are_no_hints() {
    for rev in [
        json!(0),
        json!(-1),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(1.5),
        json!("42"),
        json!(null),
    ] {
        assert_eq!(v2(&broadcast(&body(&rev))), Err(Ignored::BadHint), "{rev}");
    }
    let other = json!({ "scope": EPOCH, "rev": 1, "epoch": EPOCH });
    for bad in [
        other,
        json!({ "scope": SCOPE, "rev": 1 }),
        json!([]),
        json!(null),
    ] {
        assert_eq!(v2(&broadcast(&bad)), Err(Ignored::BadHint), "{bad}");
    }
    let largest = (1_i64 << 53) - 1;
    assert_eq!(
        event(v2(&broadcast(&body(&json!(largest))))),
        Ok(Event::Broadcast(hint(largest)))
    );
}

#[test]
fn c072_errors_of_a_change_are_a_gap_and_never_a_hint() {
    let record = json!({ "scope_id": SCOPE, "rev": 42, "epoch": EPOCH });
    let mut truncated = head(&record);
    truncated["errors"] = json!(["Error 413: Payload Too Large"]);
    let mut other_table = truncated.clone();
    other_table["table"] = json!("songs");
    let deleted =
        json!({ "table": "sync_head", "type": "DELETE", "old_record": {}, "errors": null });
    let partial = head(&json!({ "scope_id": SCOPE }));
    for data in [truncated, other_table, deleted, partial] {
        let signal = Signal::Gap;
        assert_eq!(
            event(v2(&change(&data))),
            Ok(Event::Change {
                ids: vec![7],
                signal
            }),
            "{data}"
        );
    }
    let foreign = json!({ "table": "songs", "record": {}, "errors": null });
    assert_eq!(v2(&change(&foreign)), Err(Ignored::OtherTable));
}

#[test]
fn c026_the_encoder_refuses_strings_that_one_length_byte_cannot_tell() {
    let (most, long) = ("x".repeat(255), "x".repeat(256));
    let umlauts = "ü".repeat(128);
    let fine = UserBroadcast {
        topic: TOPIC,
        event: &most,
        meta: "",
        json: true,
        payload: b"{}",
    };
    assert!(fine.encode().is_some());
    let long = [
        UserBroadcast {
            topic: &long,
            ..fine
        },
        UserBroadcast {
            event: &long,
            ..fine
        },
        UserBroadcast {
            meta: &umlauts,
            ..fine
        },
    ];
    assert!(long.iter().all(|frame| frame.encode().is_none()));
}

#[test]
fn c027_unknown_binary_kinds_and_short_frames_are_ignored() {
    let payload = body(&json!(1)).to_string();
    let frame = UserBroadcast {
        topic: TOPIC,
        event: "hint",
        meta: "",
        json: true,
        payload: payload.as_bytes(),
    };
    let whole = frame.encode().unwrap();
    for end in 0..whole.len() {
        assert!(decode(Wire::Binary(&whole[..end])).is_err(), "{end} bytes");
    }
    for kind in (0..=u8::MAX).filter(|kind| *kind != 4) {
        let mut other = whole.clone();
        other[0] = kind;
        assert_eq!(decode(Wire::Binary(&other)), Err(Ignored::BinaryKind));
    }
}

#[test]
fn a_binary_broadcast_of_bytes_or_with_names_that_are_no_text_is_ignored() {
    let frame = UserBroadcast {
        topic: TOPIC,
        event: "hint",
        meta: "",
        json: true,
        payload: b"{}",
    };
    let raw = UserBroadcast {
        json: false,
        ..frame
    }
    .encode()
    .unwrap();
    assert_eq!(decode(Wire::Binary(&raw)), Err(Ignored::OtherBroadcast));
    let mut latin = frame.encode().unwrap();
    latin[5] = 0xff;
    assert_eq!(decode(Wire::Binary(&latin)), Err(Ignored::BinaryShape));
}

#[test]
fn malformed_text_of_every_kind_is_ignored() {
    let shapes = [
        "[]",
        "{}",
        "null",
        "123",
        "\"str\"",
        "[1,2,3]",
        "[\"1\",\"2\"]",
        "[null,null,null,\"phx_close\",{}]",
        "[1,null,\"t\",\"phx_close\",{}]",
        "[null,null,\"t\",7,{}]",
        "[null,null,\"t\",\"phx_reply\",{}]",
        "[null,null,\"t\",\"system\",\"x\"]",
        "{\"topic\":\"phoenix\",\"event\":\"phx_close\",\"payload\":{}}",
    ];
    for text in shapes {
        assert_eq!(decode(Wire::Text(text)), Err(Ignored::Shape), "{text}");
    }
}

#[test]
fn text_that_is_no_json_too_deep_or_too_large_is_ignored() {
    for text in ["", "not json", "{", "[\"1\",", "\u{0}"] {
        assert_eq!(decode(Wire::Text(text)), Err(Ignored::NotJson), "{text}");
    }
    let deep = "[".repeat(10_000);
    assert_eq!(decode(Wire::Text(&deep)), Err(Ignored::NotJson));
    let huge = format!(
        "[null,null,\"t\",\"phx_close\",\"{}\"]",
        "x".repeat(MAX_FRAME)
    );
    assert_eq!(decode(Wire::Text(&huge)), Err(Ignored::TooLarge));
    assert_eq!(
        decode(Wire::Binary(&vec![4; MAX_FRAME + 1])),
        Err(Ignored::TooLarge)
    );
    assert_eq!(
        v2(&json!([null, null, TOPIC, "presence_state", {}])),
        Err(Ignored::Event)
    );
}

#[test]
fn c052_a_join_holds_the_newest_token_and_no_key_for_it_without_one() {
    let join = |token: Option<&str>, transport| {
        let push = Push::Join {
            reference: 3,
            scope: scope(),
            transport,
            token: token.map(Secret::new),
        };
        assert!(!format!("{push:?}").contains("jwt"));
        serde_json::from_str::<Value>(&encode(&push)).unwrap()
    };
    let private = join(Some("jwt"), Transport::Private);
    assert_eq!(
        private,
        json!(["3", "3", TOPIC, "phx_join", { "config": {
            "broadcast": { "ack": false, "self": false, "replication_ready": true },
            "presence": { "enabled": false, "key": "" }, "postgres_changes": [], "private": true },
            "access_token": "jwt" }])
    );
    let signed_out = join(None, Transport::Private);
    assert!(signed_out[4].get("access_token").is_none());
    let changes = join(Some("jwt"), Transport::Changes);
    let config = &changes[4]["config"];
    assert_eq!(config["private"], json!(false));
    assert_eq!(
        config["postgres_changes"],
        json!([{ "event": "*", "schema": "public", "table": "sync_head", "filter": format!("scope_id=eq.{SCOPE}") }])
    );
}

#[test]
fn c088a_no_entry_is_ever_serialised_with_a_null_key() {
    let push = Push::Join {
        reference: 1,
        scope: scope(),
        transport: Transport::Changes,
        token: None,
    };
    let text = encode(&push);
    assert!(!text.contains("null"), "{text}");
}

const REASONS: [(&str, Refusal); 10] = [
    (
        "InvalidJWTToken: Token has expired 100 seconds ago",
        Refusal::TokenExpired,
    ),
    (
        "InvalidJWTToken: Fields `role` and `exp` are required in JWT",
        Refusal::TokenRejected,
    ),
    (
        "MalformedJWT: The token provided is not a valid JWT",
        Refusal::TokenRejected,
    ),
    (
        "JwtSignatureError: Failed to validate JWT signature",
        Refusal::TokenRejected,
    ),
    (
        "Unauthorized: You do not have permissions to read from this Channel topic: x",
        Refusal::Unauthorized,
    ),
    (
        "ClientJoinRateLimitReached: Too many joins per second",
        Refusal::TooManyJoins,
    ),
    ("unmatched topic", Refusal::Unmatched),
    ("Unknown Error on Channel", Refusal::Unknown),
    ("BrandNewCode: whatever", Refusal::Unknown),
    ("", Refusal::Unknown),
];

#[test]
fn reasons_of_refusals_are_told_apart_and_unknown_ones_stay_retryable() {
    let why = |response: Value| {
        let frame =
            json!(["1", "1", TOPIC, "phx_reply", { "status": "error", "response": response }]);
        event(v2(&frame))
    };
    for (text, reason) in REASONS {
        assert_eq!(
            why(json!({ "reason": text })),
            Ok(Event::ReplyError(reason)),
            "{text}"
        );
    }
    assert_eq!(
        why(json!("payload_size_exceeded")),
        Ok(Event::ReplyError(Refusal::Unknown))
    );
    assert_eq!(why(json!({})), Ok(Event::ReplyError(Refusal::Unknown)));
}

#[test]
fn c012_a_refused_upgrade_without_a_body_has_an_unknown_reason_and_one_with_text_has_that() {
    assert_eq!(upgrade_reason(b""), UpgradeReason::Unknown);
    assert_eq!(upgrade_reason(b"<html>"), UpgradeReason::Unknown);
    assert_eq!(
        upgrade_reason(b"{\"error\":\"Realtime was disabled for this tenant\"}"),
        UpgradeReason::TenantDisabled
    );
    assert_eq!(
        upgrade_reason(b"{\"error\":\"Token has expired\"}"),
        UpgradeReason::Key
    );
    assert_eq!(
        upgrade_reason(b"{\"error\":\"Tenant not found\"}"),
        UpgradeReason::TenantUnknown
    );
}

proptest! {
    #[test]
    fn no_text_makes_the_decoder_panic(text in ".{0,200}") {
        let _ = decode(Wire::Text(&text));
    }

    #[test]
    fn no_bytes_make_the_decoder_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), kind in 0_u8..6) {
        let _ = decode(Wire::Binary(&bytes));
        let mut framed = vec![kind];
        framed.extend(bytes);
        let _ = decode(Wire::Binary(&framed));
    }

    #[test]
    fn no_json_in_the_place_of_a_payload_makes_the_decoder_panic(
        event in prop::sample::select(vec!["phx_reply", "phx_error", "system", "broadcast", "postgres_changes", "x"]),
        key in prop::sample::select(vec!["status", "response", "data", "ids", "payload", "event", "message"]),
        value in prop::sample::select(vec!["null", "{}", "[]", "\"ok\"", "1e308", "[[1]]", "{\"reason\":7}", "{\"table\":1}"]),
    ) {
        let payload = format!("{{\"{key}\":{value},\"event\":\"hint\",\"status\":\"ok\"}}");
        let text = format!("[\"1\",null,\"{TOPIC}\",\"{event}\",{payload}]");
        let _ = decode(Wire::Text(&text));
    }
}
