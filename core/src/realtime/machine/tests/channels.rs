//! Channels: joins, transports, ends, hints.

use super::*;

const DENIED: &str = "Unauthorized: You do not have permissions to read from this Channel topic: x";

#[test]
fn c051_replies_closes_and_crashes_of_an_older_join_are_ignored() {
    let mut rig = Rig::live(1);
    let (old, scope, _) = rig.last_join();
    rig.of_channel(Some(old), scope, "phx_close", &json!({}));
    rig.pass(secs(1));
    rig.answer_joins();
    assert_ne!(rig.last_join().0, old);
    let stale = rig.machine.counters().stale;
    // As the real server does on a second join: the reply first, then the close of the old one.
    rig.of_channel(Some(old), scope, "phx_close", &json!({}));
    rig.of_channel(Some(old), scope, "phx_error", &json!({}));
    rig.of_channel(None, scope, "phx_close", &json!({}));
    rig.reply(
        old,
        scope,
        &json!({ "status": "error", "response": { "reason": "unmatched topic" } }),
    );
    assert_eq!(
        rig.machine.state(),
        ConnectionState::Live(Transport::Private)
    );
    assert_eq!(rig.machine.counters().stale, stale + 4);
}

#[test]
fn c053_fatal_reasons_are_not_tried_again_with_the_same_token() {
    for reason in [
        "PrivateOnly: This project only allows private channels",
        "TopicNameRequired: x",
        "MalformedJWT: x",
        "JwtSignatureError: x",
        "InvalidJWTToken: Fields `role` and `exp` are required in JWT",
        "TenantNotFound: x",
        "RealtimeDisabledForTenant: x",
    ] {
        let mut rig = Rig::new(1);
        rig.open();
        rig.refuse(reason);
        rig.pass(secs(3600));
        assert_eq!(rig.joins().len(), 1, "{reason}");
        assert_eq!(rig.connects.len(), 1, "{reason}");
        assert!(
            matches!(rig.machine.state(), ConnectionState::Stopped(_)),
            "{reason}"
        );
        rig.token("t2", 3600);
        rig.open();
        assert_eq!(
            rig.joins().len(),
            2,
            "{reason}: another token is another chance"
        );
    }
}

#[test]
fn c053_unauthorized_is_tried_by_the_other_transport_once_and_then_not_again() {
    let mut rig = Rig::new(1);
    rig.open();
    rig.refuse(DENIED);
    assert_eq!(rig.last_join().2, Transport::Changes, "at once");
    rig.refuse(DENIED);
    rig.pass(secs(1800));
    assert_eq!(rig.joins().len(), 2);
    assert_eq!(
        rig.machine.state(),
        ConnectionState::Stopped(ConnectionError::NotAllowed)
    );
}

#[test]
fn one_refused_scope_leaves_the_others_live_and_the_state_degraded() {
    let mut rig = Rig::new(2);
    rig.open();
    rig.refuse("PrivateOnly: x");
    let (first, scope, _) = rig.joins()[0];
    rig.reply(
        first,
        scope,
        &json!({ "status": "ok", "response": { "postgres_changes": [] } }),
    );
    let cause = Some(ConnectionError::PrivateOnly);
    assert_eq!(
        rig.machine.state(),
        ConnectionState::Degraded {
            live: 1,
            wanted: 2,
            cause
        }
    );
}

#[test]
fn c054_unmatched_topic_joins_that_topic_again_and_no_other() {
    let mut rig = Rig::live(3);
    rig.token("t2", 3600);
    let Some(Push::Token {
        reference, scope, ..
    }) = rig.sent.last().cloned()
    else {
        panic!("no token was pushed");
    };
    let before = rig.joins().len();
    let gone = json!({ "status": "error", "response": { "reason": "unmatched topic" } });
    let topic = format!("realtime:scope:{scope}");
    rig.frame(&json!([
        null,
        reference.to_string(),
        topic,
        "phx_reply",
        gone
    ]));
    rig.pass(rules::BACKOFF_BASE);
    assert_eq!(rig.joins().len(), before + 1);
    assert_eq!(rig.last_join().1, scope);
}

#[test]
fn c056_a_crash_is_a_crash_with_and_without_a_reason() {
    for payload in [json!({}), json!({ "reason": "channel_crash" })] {
        let mut rig = Rig::live(1);
        let (join_ref, scope, _) = rig.last_join();
        rig.of_channel(Some(join_ref), scope, "phx_error", &payload);
        rig.pass(rules::BACKOFF_BASE);
        assert_eq!(rig.joins().len(), 2);
    }
}

#[test]
fn c057_a_rejoin_sends_the_whole_binding_and_takes_the_new_id() {
    let mut rig = Rig::changes();
    rig.subscribed();
    rig.hint_by(Transport::Changes, scope(1), &json!([99]));
    rig.hint_by(Transport::Changes, scope(1), &json!([100]));
    assert_eq!(
        (rig.hints(), rig.machine.counters().wrong_transport),
        (1, 1)
    );
    rig.input(Input::Closed(rig.conn, 1006));
    rig.pass(secs(2));
    rig.open();
    assert_eq!(
        rig.push()[4]["config"]["postgres_changes"][0]["table"],
        json!("sync_head")
    );
    let (reference, scope, _) = rig.last_join();
    let ok = json!({ "status": "ok", "response": { "postgres_changes": [{ "id": 100 }] } });
    rig.reply(reference, scope, &ok);
    rig.hint_by(Transport::Changes, scope, &json!([99]));
    rig.hint_by(Transport::Changes, scope, &json!([3, 100]));
    assert_eq!(
        (rig.hints(), rig.machine.counters().wrong_transport),
        (2, 2)
    );
}

#[test]
fn c084_the_changes_transport_is_not_live_before_the_system_message_and_each_one_asks_for_a_pull() {
    let mut rig = Rig::changes();
    let joined = RealtimeEvent::Joined(scope(1));
    assert_eq!(rig.count(joined), 0);
    assert_eq!(rig.machine.state(), ConnectionState::Connecting);
    rig.subscribed();
    assert_eq!(
        (rig.count(joined), rig.machine.state()),
        (1, ConnectionState::Live(Transport::Changes))
    );
    rig.subscribed();
    assert_eq!(rig.count(joined), 2);
}

#[test]
fn c085_without_a_system_message_in_15_s_the_scope_is_degraded_and_the_channel_kept() {
    let mut rig = Rig::changes();
    rig.pass(less(rules::SUBSCRIBED_DEADLINE));
    assert_eq!(rig.machine.state(), ConnectionState::Connecting);
    rig.pass(secs(1));
    let cause = Some(ConnectionError::NotSubscribed);
    assert_eq!(
        rig.machine.state(),
        ConnectionState::Degraded {
            live: 0,
            wanted: 1,
            cause
        }
    );
    assert_eq!(rig.joins().len(), 2, "kept");
    rig.subscribed();
    assert_eq!(
        rig.machine.state(),
        ConnectionState::Live(Transport::Changes),
        "late is better than never"
    );
}

#[test]
fn a_refused_binding_is_tried_again_after_five_minutes() {
    let mut rig = Rig::changes();
    rig.system(
        "postgres_changes",
        "error",
        "Unable to subscribe to changes with given parameters. x",
    );
    let cause = Some(ConnectionError::NotSubscribed);
    assert_eq!(
        rig.machine.state(),
        ConnectionState::Degraded {
            live: 0,
            wanted: 1,
            cause
        }
    );
    for _ in 0..11 {
        rig.pass(secs(25));
        rig.beat_answered();
    }
    assert_eq!(rig.joins().len(), 2);
    rig.pass(secs(25));
    assert_eq!(rig.joins().len(), 3);
}

#[test]
fn a_gap_and_a_hint_are_handed_on_by_the_channels_own_transport_only() {
    let mut rig = Rig::live(1);
    rig.hint_by(Transport::Private, scope(1), &json!([]));
    rig.hint_by(Transport::Changes, scope(1), &json!([99]));
    assert_eq!(
        (rig.hints(), rig.machine.counters().wrong_transport),
        (1, 1)
    );
    let mut rig = Rig::changes();
    rig.subscribed();
    rig.hint_by(Transport::Private, scope(1), &json!([]));
    assert_eq!(
        (rig.hints(), rig.machine.counters().wrong_transport),
        (0, 1),
        "anybody may broadcast there"
    );
    let errors = json!({ "ids": [99], "data": { "table": "sync_head", "record": {}, "errors": ["Error 413"] } });
    rig.of_channel(None, scope(1), "postgres_changes", &errors);
    assert_eq!(rig.count(RealtimeEvent::Gapped(scope(1))), 1);
}

#[test]
fn hints_of_unknown_scopes_and_frames_that_mean_nothing_are_counted() {
    let mut rig = Rig::live(1);
    rig.hint_by(Transport::Private, scope(77), &json!([]));
    rig.frame(&json!("nonsense"));
    assert_eq!((rig.hints(), rig.machine.counters().unknown_scope), (0, 1));
    assert_eq!(
        rig.machine.counters().ignored.get(&Ignored::Shape),
        Some(&1)
    );
    assert_eq!(
        rig.machine.state(),
        ConnectionState::Live(Transport::Private)
    );
}

#[test]
fn scopes_are_left_and_joined_as_the_set_changes() {
    let mut rig = Rig::live(2);
    rig.sent.clear();
    rig.input(Input::Scopes(BTreeSet::from([scope(2), scope(3)])));
    assert!(matches!(
        rig.sent[..],
        [Push::Leave { scope: left, .. }, Push::Join { scope: joined, .. }] if left == scope(1) && joined == scope(3)
    ));
}

#[test]
fn an_unknown_refusal_or_no_replication_twice_in_a_row_changes_the_transport_for_an_hour() {
    let mut rig = Rig::new(1);
    rig.open();
    rig.refuse("Unknown Error on Channel");
    rig.pass(secs(2));
    assert_eq!(rig.last_join().2, Transport::Private);
    rig.answer_joins();
    rig.system(
        "system",
        "error",
        "Replication connection was not established in time",
    );
    rig.pass(secs(4));
    assert_eq!(rig.last_join().2, Transport::Changes);
    rig.input(Input::Foreground(false));
    rig.pass(rules::TRANSPORT_MEMORY);
    rig.token("t2", 3600);
    rig.input(Input::Foreground(true));
    rig.open();
    assert_eq!(rig.last_join().2, Transport::Private);
}

#[test]
fn broadcasts_that_begin_to_flow_after_the_join_ask_for_another_pull() {
    let mut rig = Rig::live(1);
    rig.system("system", "ok", "Replication connection established");
    assert_eq!(rig.count(RealtimeEvent::Joined(scope(1))), 2);
}

#[test]
fn channels_above_the_servers_limit_wait_for_a_free_place() {
    let mut rig = Rig::new(102);
    rig.open();
    assert_eq!(rig.joins().len(), rules::MAX_CHANNELS);
    rig.answer_joins();
    assert!(matches!(
        rig.machine.state(),
        ConnectionState::Degraded {
            live: 100,
            wanted: 102,
            ..
        }
    ));
    rig.input(Input::Scopes((2..=102).map(scope).collect()));
    assert_eq!(rig.joins().len(), rules::MAX_CHANNELS + 1);
    let mut rig = Rig::new(2);
    rig.open();
    rig.refuse("ChannelRateLimitReached: Too many channels");
    rig.answer_joins();
    rig.input(Input::Scopes(BTreeSet::from([scope(2)])));
    assert_eq!(rig.last_join().1, scope(2), "the other one has left");
    assert_eq!(rig.joins().len(), 3);
}

#[test]
fn a_muted_channel_waits_a_minute_before_it_joins_again() {
    let mut rig = Rig::live(1);
    let (join_ref, scope, _) = rig.last_join();
    rig.system("system", "error", "Too many messages per second");
    rig.of_channel(Some(join_ref), scope, "phx_close", &json!({}));
    rig.pass(secs(20));
    assert_eq!(rig.joins().len(), 1);
    for _ in 0..2 {
        rig.pass(secs(14));
        rig.beat_answered();
    }
    rig.pass(secs(11));
    assert_eq!(rig.joins().len(), 1, "59 s");
    rig.beat_answered();
    rig.pass(secs(1));
    assert_eq!(rig.joins().len(), 2);
}

#[test]
fn an_echo_with_another_number_of_bindings_is_left_and_joined_again() {
    let mut rig = Rig::changes();
    rig.input(Input::Closed(rig.conn, 1000));
    rig.pass(secs(2));
    rig.open();
    let (reference, scope, _) = rig.last_join();
    rig.reply(
        reference,
        scope,
        &json!({ "status": "ok", "response": { "postgres_changes": [] } }),
    );
    assert!(
        matches!(rig.sent.last(), Some(Push::Leave { join_ref, .. }) if *join_ref == reference)
    );
    rig.pass(rules::BACKOFF_BASE);
    assert_eq!(rig.joins().len(), 4);
}
