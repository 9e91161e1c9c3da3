//! The socket: heartbeats, time-outs, reconnecting.

use super::*;
use crate::realtime::protocol::Transport;

#[test]
fn c013_a_401_is_tried_once_more_soon_and_then_slowly_and_the_token_is_kept() {
    let mut harness = Harness::new(1);
    let refused = ConnectFailure::Refused(401, UpgradeReason::Key);
    harness.input(Input::ConnectFailed(harness.conn, refused));
    harness.pass(rules::BACKOFF_BASE);
    assert_eq!(harness.connects.len(), 2, "one soon");
    for tries in 3..6 {
        let refused_at = harness.now;
        harness.input(Input::ConnectFailed(harness.conn, refused));
        harness.pass(less(rules::SLOW_RETRY));
        assert_eq!(harness.connects.len(), tries - 1, "then slowly");
        harness.pass_until_connect(tries);
        assert!(harness.now.since(refused_at) <= 2 * rules::SLOW_RETRY);
    }
    let cause = ConnectionError::UpgradeRefused(401, UpgradeReason::Key);
    assert_eq!(
        harness.machine.state(),
        ConnectionState::Retrying(cause),
        "nobody is signed out"
    );
    assert!(harness.asks.is_empty());
}

#[test]
fn c014_busy_failing_and_unreachable_servers_are_tried_within_the_backoff_law() {
    for failure in [
        ConnectFailure::Refused(429, UpgradeReason::Busy),
        ConnectFailure::Refused(503, UpgradeReason::Unknown),
        ConnectFailure::Unreachable,
    ] {
        let mut harness = Harness::new(1);
        for n in 0..12_u32 {
            let bound = rules::BACKOFF_BASE
                .saturating_mul(1 << n)
                .min(rules::BACKOFF_CAP);
            let tries = harness.connects.len();
            harness.input(Input::ConnectFailed(harness.conn, failure));
            harness.pass(bound);
            assert!(
                harness.connects.len() > tries,
                "{failure:?}: attempt {n} within {bound:?}"
            );
        }
    }
}

#[test]
fn a_project_that_is_not_there_stops_the_connection_until_somebody_comes_back() {
    let mut harness = Harness::new(1);
    let gone = ConnectFailure::Refused(404, UpgradeReason::TenantUnknown);
    harness.input(Input::ConnectFailed(harness.conn, gone));
    assert_eq!(
        harness.machine.state(),
        ConnectionState::Stopped(ConnectionError::TenantUnknown)
    );
    assert_eq!(harness.machine.next_deadline(), None);
    harness.pass(secs(600));
    harness.input(Input::Foreground(true));
    assert_eq!(harness.connects.len(), 2);
}

#[test]
fn c028_a_heartbeat_every_25_s_and_an_unanswered_one_costs_the_socket() {
    let mut harness = Harness::live(1);
    harness.pass(secs(24));
    assert_eq!(harness.machine.counters().heartbeats, 0);
    harness.pass(secs(1));
    assert_eq!(harness.machine.counters().heartbeats, 1);
    assert_eq!(harness.push()[3], json!("heartbeat"));
    harness.pass(less(rules::HEARTBEAT_DEADLINE));
    harness.beat_answered();
    harness.pass(secs(16));
    assert_eq!(
        (harness.machine.counters().heartbeats, harness.closes),
        (2, 0),
        "answered in time"
    );
    harness.pass(rules::HEARTBEAT_DEADLINE);
    assert_eq!(harness.closes, 1, "not answered");
    harness.pass(rules::BACKOFF_BASE);
    assert_eq!(harness.connects.len(), 2);
}

#[test]
fn an_idle_hour_in_the_foreground_wakes_for_heartbeats_only() {
    let mut harness = Harness::live(3);
    let mut wakes = 0;
    for _ in 0..120 {
        wakes += harness.pass(secs(25));
        harness.beat_answered();
    }
    assert_eq!(wakes, 120);
    assert_eq!(harness.machine.counters().heartbeats, 120);
}

#[test]
fn the_background_closes_the_socket_and_sets_no_timer() {
    let mut harness = Harness::live(2);
    harness.input(Input::Foreground(false));
    assert_eq!((harness.closes, harness.machine.next_deadline()), (1, None));
    harness.sent.clear();
    harness.token("t2", 3600);
    harness.input(Input::Scopes(scopes(5)));
    harness.input(Input::Network(true));
    harness.pass(secs(100_000));
    assert!(harness.sent.is_empty() && harness.connects.len() == 1 && harness.asks.is_empty());
    harness.token("t3", 3600);
    harness.input(Input::Foreground(true));
    assert_eq!(harness.connects.len(), 2, "at once");
}

#[test]
fn coming_back_tries_at_once_but_not_more_than_once_in_two_seconds() {
    let mut harness = Harness::new(1);
    for _ in 0..200 {
        harness.input(Input::ConnectFailed(
            harness.conn,
            ConnectFailure::Unreachable,
        ));
        harness.input(Input::Foreground(false));
        harness.input(Input::Foreground(true));
        harness.input(Input::Network(true));
        harness.pass(Duration::from_millis(100));
    }
    let gaps = harness.connects.windows(2).map(|two| two[1].since(two[0]));
    assert!(
        gaps.min().unwrap() >= rules::IMMEDIATE_GAP,
        "{:?}",
        harness.connects
    );
    assert_eq!(harness.connects.len(), 11, "one in two seconds, 20 s");
}

#[test]
fn a_network_change_probes_the_open_socket_with_a_short_deadline() {
    let mut harness = Harness::live(1);
    harness.pass(secs(10));
    harness.input(Input::Network(true));
    assert_eq!(harness.push()[3], json!("heartbeat"));
    harness.pass(rules::PROBE_DEADLINE);
    assert_eq!(harness.closes, 1);
}

#[test]
fn a_refused_join_blocks_the_socket_for_5_s_and_no_heartbeat_dies_of_it() {
    let mut harness = Harness::new(6);
    harness.open();
    harness.pass(secs(4));
    harness.input(Input::Network(true));
    let joins = harness.joins();
    for (reference, scope, _) in joins {
        harness.pass(secs(5));
        let error = json!({ "status": "error", "response": { "reason": "PrivateOnly: x" } });
        harness.reply(reference, scope, &error);
        if scope != super::scope(6) {
            assert_eq!(harness.closes, 0, "blocked for 34 s in all");
        }
    }
    let mut harness = Harness::new(1);
    harness.open();
    harness.pass(secs(9));
    harness.input(Input::Network(true));
    harness.answer_joins();
    harness.pass(less(rules::PROBE_DEADLINE));
    assert_eq!(
        harness.closes, 0,
        "the clock starts when the join is settled"
    );
    harness.pass(secs(1));
    assert_eq!(harness.closes, 1, "and then it runs");
}

#[test]
fn c055_a_join_without_a_reply_is_left_and_repeated_and_the_second_time_the_socket_goes() {
    let mut harness = Harness::new(1);
    harness.open();
    let first = harness.last_join().0;
    harness.sent.clear();
    harness.pass(rules::JOIN_DEADLINE);
    assert!(
        matches!(harness.sent[..], [Push::Leave { join_ref, .. }, Push::Join { .. }] if join_ref == first)
    );
    harness.pass(rules::JOIN_DEADLINE);
    assert_eq!(harness.closes, 1);
    harness.pass(secs(2));
    assert_eq!(harness.connects.len(), 2);
}

#[test]
fn c099_every_close_is_followed_by_a_reconnect_and_a_system_message_without_channel_is_fine() {
    for code in [1000, 1001, 1006, 1009, 1012, 4000] {
        let mut harness = Harness::live(2);
        let (join_ref, scope, _) = harness.last_join();
        let payload = json!({ "extension": "system", "status": "ok", "message": "Server requested disconnect" });
        harness.of_channel(Some(join_ref), scope, "system", &payload);
        harness.input(Input::Closed(harness.conn, code));
        assert_eq!(
            harness.machine.state(),
            ConnectionState::Retrying(ConnectionError::Closed(code))
        );
        harness.pass(rules::BACKOFF_BASE);
        assert_eq!(harness.connects.len(), 2, "{code}");
        harness.open();
        harness.answer_joins();
        assert_eq!(
            harness.count(RealtimeEvent::Joined(scope)),
            2,
            "joined again: pull"
        );
    }
}

#[test]
fn a_server_that_accepts_and_closes_is_not_stormed() {
    let mut harness = Harness::new(1);
    let start = harness.now;
    while harness.now.since(start) < secs(3000) {
        harness.open();
        harness.input(Input::Closed(harness.conn, 1006));
        let at = harness.machine.next_deadline().unwrap();
        harness.now = at.max(harness.now);
        harness.input(Input::Tick);
    }
    // Waits are uniform in 0..30 s once the cap is reached: 200 on average.
    assert!(
        (150..280).contains(&harness.connects.len()),
        "{}",
        harness.connects.len()
    );
}

#[test]
fn without_scopes_there_is_no_socket() {
    let mut harness = Harness::live(1);
    harness.input(Input::Scopes(BTreeSet::new()));
    assert_eq!(
        (harness.closes, harness.machine.state()),
        (1, ConnectionState::Off(OffReason::NoScopes))
    );
    assert_eq!(harness.machine.next_deadline(), None);
}

#[test]
fn what_an_older_socket_still_says_counts_for_nothing() {
    let mut harness = Harness::live(1);
    let old = harness.conn;
    harness.input(Input::Closed(old, 1006));
    harness.pass(secs(2));
    harness.open();
    harness.input(Input::Closed(old, 1006));
    harness.answer_joins();
    assert_eq!(
        harness.machine.state(),
        ConnectionState::Live(Transport::Private)
    );
    assert!(harness.machine.counters().stale > 0);
}

#[test]
fn another_network_ends_an_attempt_on_the_old_one_and_probes_an_open_socket() {
    let mut harness = Harness::new(1);
    harness.pass(secs(5));
    assert_eq!(harness.connects.len(), 1);
    harness.input(Input::Network(true));
    assert_eq!(
        (harness.closes, harness.connects.len()),
        (1, 2),
        "tried at once"
    );
    harness.input(Input::Network(true));
    harness.pass(secs(3));
    assert_eq!(harness.connects.len(), 3, "and within 3 s at the latest");
    harness.open();
    harness.answer_joins();
    harness.pass(secs(25));
    assert_eq!(harness.machine.counters().heartbeats, 1);
    // The heartbeat that was just sent went by the old network: it is not given its usual time.
    harness.input(Input::Network(true));
    harness.pass(rules::PROBE_DEADLINE);
    assert_eq!(harness.closes, 3);
    harness.pass(AWAY_CAP);
    assert_eq!(harness.connects.len(), 4);
}

#[test]
fn a_server_that_is_away_is_tried_every_three_seconds_and_one_that_fails_is_not() {
    let longest = |failure: ConnectFailure, tries: usize| {
        let mut harness = Harness::new(1);
        for n in 2..tries {
            harness.input(Input::ConnectFailed(harness.conn, failure));
            harness.pass_until_connect(n);
        }
        let gaps = harness
            .connects
            .windows(2)
            .map(|pair| pair[1].since(pair[0]));
        gaps.max().unwrap()
    };
    for away in [
        ConnectFailure::Unreachable,
        ConnectFailure::Refused(502, UpgradeReason::Unknown),
        ConnectFailure::Refused(503, UpgradeReason::Unknown),
        ConnectFailure::Refused(522, UpgradeReason::Unknown),
    ] {
        assert!(longest(away, 150) <= AWAY_CAP, "{away:?}");
        let long = longest(away, 260);
        assert!(long > AWAY_CAP, "{away:?} for ever: {long:?}");
    }
    for answers in [
        ConnectFailure::Refused(500, UpgradeReason::Unknown),
        ConnectFailure::Refused(429, UpgradeReason::Busy),
    ] {
        assert!(longest(answers, 20) > AWAY_CAP, "{answers:?}");
    }
}
