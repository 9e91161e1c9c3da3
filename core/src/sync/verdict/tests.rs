use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::error::{ANSWER_TOO_LARGE, Service};
use crate::model::{Kind, MutationNo, RefusalCode, Rev, RowId, ScopeId};
use crate::store::EntryState;
use crate::time::Timestamp;

fn values(json: Value) -> Values {
    match json {
        Value::Object(values) => values,
        other => panic!("{other}"),
    }
}

fn entry(op: Op, set: Value, base: Value) -> OutboxEntry {
    OutboxEntry {
        seq: crate::model::EditId(1),
        n: Some(MutationNo(8)),
        scope: ScopeId(Uuid::nil()),
        kind: Kind::Song,
        row: RowId(Uuid::nil()),
        op,
        base_rev: Rev(1),
        set: values(set),
        base: values(base),
        state: EntryState::Sent,
        attempt: 1,
        rejection: None,
        at: Timestamp(0),
    }
}

fn result(verdict: Verdict) -> PushResult {
    PushResult {
        n: MutationNo(8),
        tag: None,
        verdict,
        rev: Rev(9),
        restored: false,
        overwritten: Values::new(),
        current: Values::new(),
        changed_by: Vec::new(),
        code: None,
        reason: None,
        field: None,
    }
}

fn refused(code: &str) -> PushResult {
    PushResult {
        code: Some(code.into()),
        reason: Some("no".to_owned()),
        field: Some("key".to_owned()),
        ..result(Verdict::Refused)
    }
}

fn done_of(decision: Decision) -> Done {
    match decision {
        Decision::Done(done) => done,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_applied_edit_leaves_nothing_to_do() {
    let entry = entry(Op::Update, json!({"key": "A"}), json!({"key": "G"}));
    let done = done_of(decide(&entry, None, &result(Verdict::Applied)));
    assert_eq!(done, Done::default());
}

#[test]
fn a_scalar_that_gave_way_is_kept_beside_mine() {
    let entry = entry(Op::Update, json!({"key": "A"}), json!({"key": "G"}));
    let result = PushResult {
        overwritten: values(json!({"key": "Bm", "tempo": 90})),
        ..result(Verdict::Applied)
    };
    let done = done_of(decide(&entry, None, &result));
    assert_eq!(
        done.field_conflicts.len(),
        1,
        "a field that was not mine is none"
    );
    assert_eq!(
        (
            &done.field_conflicts[0].mine,
            &done.field_conflicts[0].theirs,
            done.field_conflicts[0].kept
        ),
        (&json!("A"), &json!("Bm"), Kept::Mine)
    );
}

#[test]
fn a_text_that_was_not_applied_is_sent_again_merged_with_the_servers_as_base() {
    let entry = entry(
        Op::Update,
        json!({"notes": "x\nb\nc", "key": "A"}),
        json!({"notes": "a\nb\nc", "key": "G"}),
    );
    let result = PushResult {
        current: values(json!({"notes": "a\nb\nz"})),
        ..result(Verdict::Partial)
    };
    let done = done_of(decide(&entry, None, &result));
    assert_eq!(done.resent().0, values(json!({"notes": "x\nb\nz"})));
    assert_eq!(done.resent().1, values(json!({"notes": "a\nb\nz"})));
    assert!(done.field_conflicts.is_empty());
}

#[test]
fn texts_that_conflict_are_both_kept_and_nothing_is_sent() {
    let entry = entry(
        Op::Update,
        json!({"notes": "mine"}),
        json!({"notes": "old"}),
    );
    let result = PushResult {
        current: values(json!({"notes": "theirs"})),
        ..result(Verdict::Partial)
    };
    let done = done_of(decide(&entry, None, &result));
    assert!(done.resend.is_empty());
    assert_eq!(done.field_conflicts[0].mine, json!("mine"));
    assert_eq!(done.field_conflicts[0].kept, Kept::Theirs);
}

#[test]
fn a_later_edit_of_the_same_text_is_what_gets_merged() {
    let sent = entry(
        Op::Update,
        json!({"notes": "x\nb\nc"}),
        json!({"notes": "a\nb\nc"}),
    );
    let later = entry(
        Op::Update,
        json!({"notes": "x\ny\nc"}),
        json!({"notes": "x\nb\nc"}),
    );
    let result = PushResult {
        current: values(json!({"notes": "a\nb\nc\nd"})),
        ..result(Verdict::Partial)
    };
    let done = done_of(decide(&sent, Some(&later), &result));
    assert_eq!(done.resent().1, result.current);
    assert_eq!(done.resent().0["notes"], json!("x\ny\nc\nd"));
}

#[test]
fn a_partial_answer_that_names_no_field_sends_the_texts_again_from_where_they_started() {
    let sent = entry(
        Op::Update,
        json!({"notes": "x", "reference_links": ["l"], "key": "A"}),
        json!({"notes": "a", "key": "G"}),
    );
    let done = done_of(decide(&sent, None, &result(Verdict::Partial)));
    assert_eq!(
        done.resent().0,
        values(json!({"notes": "x", "reference_links": ["l"]}))
    );
    assert_eq!(
        done.resent().1,
        values(json!({"notes": "a"})),
        "a base that is not known stays unknown"
    );
    assert!(done.field_conflicts.is_empty());

    let newer = entry(Op::Update, json!({"notes": "y"}), json!({"notes": "x"}));
    let done = done_of(decide(&sent, Some(&newer), &result(Verdict::Partial)));
    assert_eq!(done.resent().0["notes"], json!("y"));
    assert_eq!(done.resent().1["notes"], json!("a"));

    let undone = entry(Op::Update, json!({"notes": "a"}), json!({"notes": "x"}));
    let done = done_of(decide(&sent, Some(&undone), &result(Verdict::Partial)));
    assert_eq!(done.resent().0["notes"], json!("a"));
    assert!(
        done.resent().1.is_empty(),
        "with its old base it would count as nothing to send"
    );
}

#[test]
fn an_edit_that_brought_its_row_back_says_so() {
    let entry = entry(Op::Update, json!({"key": "A"}), json!({"key": "G"}));
    let result = PushResult {
        restored: true,
        ..result(Verdict::Applied)
    };
    assert!(done_of(decide(&entry, None, &result)).restored);
}

#[test]
fn a_refused_edit_is_rejected_with_its_reason_whatever_it_was() {
    for op in [Op::Insert, Op::Update, Op::Delete, Op::Restore] {
        let decision = decide(&entry(op, json!({}), json!({})), None, &refused("42501"));
        let Decision::Reject(rejection) = decision else {
            panic!("{decision:?}");
        };
        assert_eq!(
            (rejection.code, rejection.field.as_deref()),
            (RefusalCode::NotAllowed, Some("key"))
        );
    }
}

#[test]
fn an_update_of_a_row_without_an_image_sends_the_whole_row_and_anything_else_is_rejected() {
    let update = entry(Op::Update, json!({"key": "A"}), json!({}));
    assert_eq!(
        decide(&update, None, &refused("02000")),
        Decision::RestoreWhole
    );
    let restore = entry(Op::Restore, json!({"key": "A"}), json!({}));
    assert!(matches!(
        decide(&restore, None, &refused("02000")),
        Decision::Reject(_)
    ));
}

#[test]
fn only_what_the_content_of_a_call_can_cause_is_blamed_on_it() {
    let server = |status, reason: Option<&str>| Error::Server {
        service: Service::Rest,
        status,
        reason: reason.map(str::to_owned),
        retry_after: None,
    };
    let denied = |reason: &str| Error::Denied {
        reason: reason.into(),
    };
    let protocol = |reason| Error::Protocol {
        service: Service::Rest,
        reason,
    };
    let cases = [
        (server(400, Some("PGRST102")), CallFailure::Content),
        (server(413, None), CallFailure::Content),
        (denied("22P02"), CallFailure::Content),
        (server(500, Some("XX000")), CallFailure::Server),
        (
            Error::Timeout {
                service: Service::Rest,
            },
            CallFailure::Server,
        ),
        (protocol(ANSWER_TOO_LARGE), CallFailure::Server),
        (protocol("it was cut off"), CallFailure::Elsewhere),
        (server(502, None), CallFailure::Elsewhere),
        (server(404, Some("PGRST202")), CallFailure::Elsewhere),
        (server(401, None), CallFailure::Elsewhere),
        (denied("42501"), CallFailure::Elsewhere),
        (Error::SignedOut, CallFailure::Elsewhere),
        (Error::Offline, CallFailure::Elsewhere),
    ];
    for (error, expected) in cases {
        assert_eq!(read_failure(&error), expected, "{error:?}");
    }
}

#[test]
fn an_empty_value_gives_way_unseen_only_where_nobody_is_known_to_have_emptied_it() {
    let result = PushResult {
        overwritten: values(json!({"key": null})),
        ..result(Verdict::Applied)
    };
    let field_conflicts = |base| {
        let entry = entry(Op::Update, json!({"key": "A"}), base);
        done_of(decide(&entry, None, &result)).field_conflicts.len()
    };
    assert_eq!(
        field_conflicts(json!({"key": "G"})),
        1,
        "somebody cleared it"
    );
    assert_eq!(field_conflicts(json!({})), 0);
}

#[test]
fn a_later_edit_that_agrees_with_the_server_gets_the_servers_value_as_its_base() {
    let sent = entry(Op::Update, json!({"notes": "x"}), json!({"notes": "a"}));
    let later = entry(Op::Update, json!({"notes": "y"}), json!({"notes": "x"}));
    let result = PushResult {
        current: values(json!({"notes": "y"})),
        ..result(Verdict::Partial)
    };
    let done = done_of(decide(&sent, Some(&later), &result));
    assert_eq!(
        done.resent(),
        (result.current.clone(), result.current.clone())
    );
    assert!(done_of(decide(&sent, None, &result)).resend.is_empty());
}
