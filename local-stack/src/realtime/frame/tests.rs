use serde_json::json;

use super::*;

fn push(vsn: Vsn, text: &str) -> Option<Push> {
    decode_text(vsn, text)
}

#[test]
fn versions_one_and_two_are_spoken_and_absent_means_one() {
    assert_eq!(Vsn::parse(None), Some(Vsn::V1));
    assert_eq!(Vsn::parse(Some("1.0.1")), Some(Vsn::V1));
    assert_eq!(Vsn::parse(Some("2.0.1")), Some(Vsn::V2));
    for refused in ["3.0.0", "garbage", "", "2", "2.x.0", "1.0.0.0"] {
        assert_eq!(Vsn::parse(Some(refused)), None, "{refused}");
    }
}

#[test]
fn a_frame_of_the_wrong_shape_is_dropped() {
    let bad_for_v2 = [
        "not json",
        "",
        "{",
        "[]",
        "{}",
        "[1,2,3]",
        "null",
        "\"str\"",
        "123",
        r#"["1","2"]"#,
        r#"{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"obj"}"#,
        r#"[null,"1","t",7,{}]"#,
    ];
    for text in bad_for_v2 {
        assert!(push(Vsn::V2, text).is_none(), "{text}");
    }
    let without_ref = r#"{"topic":"phoenix","event":"heartbeat","payload":{}}"#;
    assert!(push(Vsn::V1, without_ref).is_none());
    let null_ref = r#"{"topic":"phoenix","event":"heartbeat","payload":{},"ref":null}"#;
    assert_eq!(push(Vsn::V1, null_ref).unwrap().reference, Value::Null);
}

#[test]
fn refs_and_topics_of_any_type_are_kept_for_the_echo() {
    let push = push(Vsn::V2, r#"[44, 5, null, "phx_join", {}, "extra"]"#).unwrap();
    assert_eq!(push.join_ref, json!(44));
    assert_eq!(push.reference, json!(5));
    assert_eq!(push.topic, Value::Null);
}

#[test]
fn version_one_frames_have_exactly_four_keys() {
    let frame = Out {
        join_ref: &json!("1"),
        reference: &Value::Null,
        topic: &json!("realtime:t"),
        event: "system",
        payload: "{}",
    };
    let Frame::Text(text) = frame.encode(Vsn::V1) else {
        unreachable!()
    };
    let value: Value = serde_json::from_str(&text).unwrap();
    let mut keys: Vec<&String> = value.as_object().unwrap().keys().collect();
    keys.sort();
    assert_eq!(keys, ["event", "payload", "ref", "topic"]);
    assert_eq!(value["ref"], Value::Null);
    assert_eq!(
        frame.encode(Vsn::V2),
        Frame::Text(r#"["1",null,"realtime:t","system",{}]"#.to_owned())
    );
}

#[test]
fn numbers_beyond_a_double_pass_through_untouched() {
    let text = r#"[null,"1","realtime:t","broadcast",{"n":12345678901234567890.123456789}]"#;
    let Payload::Json(raw) = push(Vsn::V2, text).unwrap().payload else {
        unreachable!()
    };
    assert_eq!(raw.get(), r#"{"n":12345678901234567890.123456789}"#);
}

/// The bytes of these frames were recorded from the real server (scenario s22b).
#[test]
fn a_binary_broadcast_is_kind_four_for_version_two_and_json_for_version_one() {
    let sent = Bytes::from_static(
        b"\x03\x01\x02\x0c\x07\x00\x011b1realtime:binev-json{\"bin\": \"json\"}",
    );
    let push = binary::decode(&sent).unwrap();
    assert_eq!(push.topic, json!("realtime:bin"));
    let Payload::User(user) = push.payload else {
        unreachable!()
    };
    let broadcast = Broadcast::User(user);
    assert_eq!(
        broadcast.encode(Vsn::V2, "realtime:bin"),
        Some(Frame::Binary(Bytes::from_static(
            b"\x04\x0c\x07\x00\x01realtime:binev-json{\"bin\": \"json\"}"
        )))
    );
    assert_eq!(
        broadcast.encode(Vsn::V1, "realtime:bin"),
        Some(Frame::Text(
            r#"{"ref":null,"event":"broadcast","topic":"realtime:bin","payload":{"event":"ev-json","payload":{"bin": "json"},"type":"broadcast"}}"#
                .to_owned()
        ))
    );
}

#[test]
fn binary_payloads_are_not_delivered_to_version_one() {
    let sent =
        Bytes::from_static(b"\x03\x01\x02\x0c\x06\x00\x001b2realtime:binev-bin\x00\x01\xfe\xff");
    let Payload::User(user) = binary::decode(&sent).unwrap().payload else {
        unreachable!()
    };
    let broadcast = Broadcast::User(user);
    assert_eq!(broadcast.encode(Vsn::V1, "realtime:bin"), None);
    assert!(broadcast.encode(Vsn::V2, "realtime:bin").is_some());
    assert_eq!(
        Broadcast::Bytes(Bytes::from_static(b"raw")).encode(Vsn::V1, "t"),
        None
    );
}

#[test]
fn short_and_unknown_binary_frames_are_dropped() {
    for bytes in [
        &b""[..],
        b"\x00\x01\x02",
        &[0xff; 50],
        b"\x09abc",
        b"\x03\xff\x00\x00\x00\x00\x00",
    ] {
        assert!(
            binary::decode(&Bytes::copy_from_slice(bytes)).is_none(),
            "{bytes:?}"
        );
    }
}

#[test]
fn a_topic_too_long_for_a_binary_frame_reaches_nobody() {
    let user = UserBroadcast {
        event: "e".to_owned(),
        meta: None,
        json: true,
        payload: Bytes::new(),
    };
    assert_eq!(binary::encode_user(&"t".repeat(256), &user), None);
}
