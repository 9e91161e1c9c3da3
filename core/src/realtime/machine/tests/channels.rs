//! Channels: joins, transports, ends, hints.

use super::*;

const DENIED: &str = "Unauthorized: You do not have permissions to read from this Channel topic: x";

#[test]
fn c051_replies_closes_and_crashes_of_an_older_join_are_ignored() {
    let mut harness = Harness::live(1);
    let (old, scope, _) = harness.last_join();
    harness.of_channel(Some(old), scope, "phx_close", &json!({}));
    harness.pass(secs(1));
    harness.answer_joins();
    assert_ne!(harness.last_join().0, old);
    let stale = harness.machine.counters().stale;
    // As the real server does on a second join: the reply first, then the close of the old one.
    harness.of_channel(Some(old), scope, "phx_close", &json!({}));
    harness.of_channel(Some(old), scope, "phx_error", &json!({}));
    harness.of_channel(None, scope, "phx_close", &json!({}));
    harness.reply(
        old,
        scope,
        &json!({ "status": "error", "response": { "reason": "unmatched topic" } }),
    );
    assert_eq!(
        harness.machine.state(),
        ConnectionState::Live(Transport::Private)
    );
    assert_eq!(harness.machine.counters().stale, stale + 4);
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
        let mut harness = Harness::new(1);
        harness.open();
        harness.refuse(reason);
        harness.pass(secs(3600));
        assert_eq!(harness.joins().len(), 1, "{reason}");
        assert_eq!(harness.connects.len(), 1, "{reason}");
        assert!(
            matches!(harness.machine.state(), ConnectionState::Stopped(_)),
            "{reason}"
        );
        harness.token("t2", 3600);
        harness.open();
        assert_eq!(
            harness.joins().len(),
            2,
            "{reason}: another token is another chance"
        );
    }
}

#[test]
fn c053_unauthorized_is_tried_by_the_other_transport_once_and_then_not_again() {
    let mut harness = Harness::new(1);
    harness.open();
    harness.refuse(DENIED);
    assert_eq!(harness.last_join().2, Transport::Changes, "at once");
    harness.refuse(DENIED);
    harness.pass(secs(1800));
    assert_eq!(harness.joins().len(), 2);
    assert_eq!(
        harness.machine.state(),
        ConnectionState::Stopped(ConnectionError::NotAllowed)
    );
}

#[test]
fn one_refused_scope_leaves_the_others_live_and_the_state_degraded() {
    let mut harness = Harness::new(2);
    harness.open();
    harness.refuse("PrivateOnly: x");
    let (first, scope, _) = harness.joins()[0];
    harness.reply(
        first,
        scope,
        &json!({ "status": "ok", "response": { "postgres_changes": [] } }),
    );
    let cause = Some(ConnectionError::PrivateOnly);
    assert_eq!(
        harness.machine.state(),
        ConnectionState::Degraded {
            live: 1,
            wanted: 2,
            cause
        }
    );
}

#[test]
fn c054_unmatched_topic_joins_that_topic_again_and_no_other() {
    let mut harness = Harness::live(3);
    harness.token("t2", 3600);
    let Some(Push::Token {
        reference, scope, ..
    }) = harness.sent.last().cloned()
    else {
        panic!("no token was pushed");
    };
    let before = harness.joins().len();
    let gone = json!({ "status": "error", "response": { "reason": "unmatched topic" } });
    let topic = format!("realtime:scope:{scope}");
    harness.frame(&json!([
        null,
        reference.to_string(),
        topic,
        "phx_reply",
        gone
    ]));
    harness.pass(rules::BACKOFF_BASE);
    assert_eq!(harness.joins().len(), before + 1);
    assert_eq!(harness.last_join().1, scope);
}

#[test]
fn c056_a_crash_is_a_crash_with_and_without_a_reason() {
    for payload in [json!({}), json!({ "reason": "channel_crash" })] {
        let mut harness = Harness::live(1);
        let (join_ref, scope, _) = harness.last_join();
        harness.of_channel(Some(join_ref), scope, "phx_error", &payload);
        harness.pass(rules::BACKOFF_BASE);
        assert_eq!(harness.joins().len(), 2);
    }
}

#[test]
fn c057_a_rejoin_sends_the_whole_binding_and_takes_the_new_id() {
    let mut harness = Harness::changes();
    harness.subscribed();
    harness.hint_by(Transport::Changes, scope(1), &json!([99]));
    harness.hint_by(Transport::Changes, scope(1), &json!([100]));
    assert_eq!(
        (harness.hints(), harness.machine.counters().wrong_transport),
        (1, 1)
    );
    harness.input(Input::Closed(harness.conn, 1006));
    harness.pass(secs(2));
    harness.open();
    assert_eq!(
        harness.push()[4]["config"]["postgres_changes"][0]["table"],
        json!("sync_head")
    );
    let (reference, scope, _) = harness.last_join();
    let ok = json!({ "status": "ok", "response": { "postgres_changes": [{ "id": 100 }] } });
    harness.reply(reference, scope, &ok);
    harness.hint_by(Transport::Changes, scope, &json!([99]));
    harness.hint_by(Transport::Changes, scope, &json!([3, 100]));
    assert_eq!(
        (harness.hints(), harness.machine.counters().wrong_transport),
        (2, 2)
    );
}

#[test]
fn c084_the_changes_transport_is_not_live_before_the_system_message_and_each_one_asks_for_a_pull() {
    let mut harness = Harness::changes();
    let joined = RealtimeEvent::Joined(scope(1));
    assert_eq!(harness.count(joined), 0);
    assert_eq!(harness.machine.state(), ConnectionState::Connecting);
    harness.subscribed();
    assert_eq!(
        (harness.count(joined), harness.machine.state()),
        (1, ConnectionState::Live(Transport::Changes))
    );
    harness.subscribed();
    assert_eq!(harness.count(joined), 2);
}

#[test]
fn c085_without_a_system_message_in_15_s_the_scope_is_degraded_and_the_channel_kept() {
    let mut harness = Harness::changes();
    harness.pass(less(rules::SUBSCRIBED_DEADLINE));
    assert_eq!(harness.machine.state(), ConnectionState::Connecting);
    harness.pass(secs(1));
    let cause = Some(ConnectionError::NotSubscribed);
    assert_eq!(
        harness.machine.state(),
        ConnectionState::Degraded {
            live: 0,
            wanted: 1,
            cause
        }
    );
    assert_eq!(harness.joins().len(), 2, "kept");
    harness.subscribed();
    assert_eq!(
        harness.machine.state(),
        ConnectionState::Live(Transport::Changes),
        "late is better than never"
    );
}

#[test]
fn a_refused_binding_is_tried_again_after_five_minutes() {
    let mut harness = Harness::changes();
    harness.system(
        "postgres_changes",
        "error",
        "Unable to subscribe to changes with given parameters. x",
    );
    let cause = Some(ConnectionError::NotSubscribed);
    assert_eq!(
        harness.machine.state(),
        ConnectionState::Degraded {
            live: 0,
            wanted: 1,
            cause
        }
    );
    for _ in 0..11 {
        harness.pass(secs(25));
        harness.beat_answered();
    }
    assert_eq!(harness.joins().len(), 2);
    harness.pass(secs(25));
    assert_eq!(harness.joins().len(), 3);
}

#[test]
fn a_gap_and_a_hint_are_handed_on_by_the_channels_own_transport_only() {
    let mut harness = Harness::live(1);
    harness.hint_by(Transport::Private, scope(1), &json!([]));
    harness.hint_by(Transport::Changes, scope(1), &json!([99]));
    assert_eq!(
        (harness.hints(), harness.machine.counters().wrong_transport),
        (1, 1)
    );
    let mut harness = Harness::changes();
    harness.subscribed();
    harness.hint_by(Transport::Private, scope(1), &json!([]));
    assert_eq!(
        (harness.hints(), harness.machine.counters().wrong_transport),
        (0, 1),
        "anybody may broadcast there"
    );
    let errors = json!({ "ids": [99], "data": { "table": "sync_head", "record": {}, "errors": ["Error 413"] } });
    harness.of_channel(None, scope(1), "postgres_changes", &errors);
    assert_eq!(harness.count(RealtimeEvent::Gapped(scope(1))), 1);
}

#[test]
fn hints_of_unknown_scopes_and_frames_that_mean_nothing_are_counted() {
    let mut harness = Harness::live(1);
    harness.hint_by(Transport::Private, scope(77), &json!([]));
    harness.frame(&json!("nonsense"));
    assert_eq!(
        (harness.hints(), harness.machine.counters().unknown_scope),
        (0, 1)
    );
    assert_eq!(
        harness.machine.counters().ignored.get(&Ignored::Shape),
        Some(&1)
    );
    assert_eq!(
        harness.machine.state(),
        ConnectionState::Live(Transport::Private)
    );
}

#[test]
fn scopes_are_left_and_joined_as_the_set_changes() {
    let mut harness = Harness::live(2);
    harness.sent.clear();
    harness.input(Input::Scopes(BTreeSet::from([scope(2), scope(3)])));
    assert!(matches!(
        harness.sent[..],
        [Push::Leave { scope: left, .. }, Push::Join { scope: joined, .. }] if left == scope(1) && joined == scope(3)
    ));
}

#[test]
fn an_unknown_refusal_or_no_replication_twice_in_a_row_changes_the_transport_for_an_hour() {
    let mut harness = Harness::new(1);
    harness.open();
    harness.refuse("Unknown Error on Channel");
    harness.pass(secs(2));
    assert_eq!(harness.last_join().2, Transport::Private);
    harness.answer_joins();
    harness.system(
        "system",
        "error",
        "Replication connection was not established in time",
    );
    harness.pass(secs(4));
    assert_eq!(harness.last_join().2, Transport::Changes);
    harness.input(Input::Foreground(false));
    harness.pass(rules::TRANSPORT_MEMORY);
    harness.token("t2", 3600);
    harness.input(Input::Foreground(true));
    harness.open();
    assert_eq!(harness.last_join().2, Transport::Private);
}

#[test]
fn broadcasts_that_begin_to_flow_after_the_join_ask_for_another_pull() {
    let mut harness = Harness::live(1);
    harness.system("system", "ok", "Replication connection established");
    assert_eq!(harness.count(RealtimeEvent::Joined(scope(1))), 2);
}

#[test]
fn channels_above_the_servers_limit_wait_for_a_free_place() {
    let mut harness = Harness::new(102);
    harness.open();
    assert_eq!(harness.joins().len(), rules::MAX_CHANNELS);
    harness.answer_joins();
    assert!(matches!(
        harness.machine.state(),
        ConnectionState::Degraded {
            live: 100,
            wanted: 102,
            ..
        }
    ));
    harness.input(Input::Scopes((2..=102).map(scope).collect()));
    assert_eq!(harness.joins().len(), rules::MAX_CHANNELS + 1);
    let mut harness = Harness::new(2);
    harness.open();
    harness.refuse("ChannelRateLimitReached: Too many channels");
    harness.answer_joins();
    harness.input(Input::Scopes(BTreeSet::from([scope(2)])));
    assert_eq!(harness.last_join().1, scope(2), "the other one has left");
    assert_eq!(harness.joins().len(), 3);
}

#[test]
fn a_muted_channel_waits_a_minute_before_it_joins_again() {
    let mut harness = Harness::live(1);
    let (join_ref, scope, _) = harness.last_join();
    harness.system("system", "error", "Too many messages per second");
    harness.of_channel(Some(join_ref), scope, "phx_close", &json!({}));
    harness.pass(secs(20));
    assert_eq!(harness.joins().len(), 1);
    for _ in 0..2 {
        harness.pass(secs(14));
        harness.beat_answered();
    }
    harness.pass(secs(11));
    assert_eq!(harness.joins().len(), 1, "59 s");
    harness.beat_answered();
    harness.pass(secs(1));
    assert_eq!(harness.joins().len(), 2);
}

#[test]
fn an_echo_with_another_number_of_bindings_is_left_and_joined_again() {
    let mut harness = Harness::changes();
    harness.input(Input::Closed(harness.conn, 1000));
    harness.pass(secs(2));
    harness.open();
    let (reference, scope, _) = harness.last_join();
    harness.reply(
        reference,
        scope,
        &json!({ "status": "ok", "response": { "postgres_changes": [] } }),
    );
    assert!(
        matches!(harness.sent.last(), Some(Push::Leave { join_ref, .. }) if *join_ref == reference)
    );
    harness.pass(rules::BACKOFF_BASE);
    assert_eq!(harness.joins().len(), 4);
}
