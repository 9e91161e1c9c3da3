//! Tokens: fresh before any join, pushed when new, fetched once when refused.

use super::*;

#[test]
fn a_token_with_less_than_a_minute_left_is_renewed_before_connecting() {
    let mut harness = Harness::idle();
    harness.input(Input::Scopes(scopes(1)));
    harness.token("t1", 59);
    harness.input(Input::Foreground(true));
    assert_eq!((harness.connects.len(), harness.asks.len()), (0, 1));
    harness.token("t2", 60);
    assert_eq!(harness.connects.len(), 1);
}

#[test]
fn a_server_whose_tokens_live_for_a_minute_or_less_gets_its_socket_and_its_joins() {
    for lifetime in [2, 10, 59, 60, 75, 119] {
        let mut harness = Harness::idle();
        harness.input(Input::Scopes(scopes(1)));
        harness.token_of("t1", lifetime, lifetime);
        harness.input(Input::Foreground(true));
        assert_eq!(harness.connects.len(), 1, "{lifetime} s");
        harness.open();
        harness.answer_joins();
        assert_eq!(
            harness.machine.state(),
            ConnectionState::Live(Transport::Private)
        );
        assert!(harness.asks.is_empty(), "{lifetime} s: a fresh one is good");
    }
}

#[test]
fn a_token_that_ran_low_while_connected_is_renewed_before_a_join() {
    let mut harness = Harness::new(1);
    harness.open();
    harness.answer_joins();
    harness.now = harness.now.after(secs(3550));
    harness.input(Input::Scopes(scopes(2)));
    assert_eq!((harness.joins().len(), harness.asks.len()), (1, 1));
    harness.input(Input::TokenFailed);
    harness.pass(rules::TOKEN_AGAIN);
    assert_eq!(
        harness.asks.len(),
        2,
        "a join waits for it: ask again before the next heartbeat"
    );
    harness.token("t2", 3600);
    assert_eq!(harness.joins().len(), 2);
}

#[test]
fn while_no_token_can_be_had_it_is_asked_for_again_and_again_and_nothing_is_joined() {
    let mut harness = Harness::idle();
    harness.input(Input::Scopes(scopes(1)));
    harness.input(Input::Foreground(true));
    for _ in 0..10 {
        harness.input(Input::TokenFailed);
        assert_eq!(
            harness.machine.state(),
            ConnectionState::Retrying(ConnectionError::NoToken)
        );
        harness.pass(rules::TOKEN_AGAIN);
    }
    assert_eq!((harness.asks.len(), harness.connects.len()), (11, 0));
    harness.input(Input::SignedOut);
    assert_eq!(
        harness.machine.state(),
        ConnectionState::Off(OffReason::SignedOut)
    );
    assert_eq!(harness.machine.next_deadline(), None);
}

#[test]
fn c096_an_expired_token_is_renewed_once_and_the_channel_joined_again() {
    let mut harness = Harness::live(1);
    let (join_ref, scope, _) = harness.last_join();
    harness.system("system", "error", "Token has expired 0 seconds ago");
    harness.of_channel(Some(join_ref), scope, "phx_close", &json!({}));
    assert_eq!(harness.asks, [Some(Secret::new("t1"))]);
    harness.input(Input::TokenFailed);
    harness.pass(secs(1));
    harness.token("t1", 3600);
    assert_eq!(
        harness.joins().len(),
        1,
        "not with the refused one, and no loop without another"
    );
    harness.pass(secs(3));
    harness.token("t2", 3600);
    assert_eq!(harness.joins().len(), 2);
    harness.refuse("InvalidJWTToken: Token has expired 9 seconds ago");
    harness.pass(secs(600));
    assert_eq!(harness.joins().len(), 2, "the server's clock is not ours");
    assert_eq!(
        harness.machine.state(),
        ConnectionState::Stopped(ConnectionError::TokenRefused)
    );
    harness.token("t3", 3600);
    harness.open();
    assert_eq!(harness.joins().len(), 3);
}

/// A channel that is live with "t2", after the server called "t1" expired.
fn renewed() -> Harness {
    let mut harness = Harness::live(1);
    harness.system("system", "error", "Token has expired 0 seconds ago");
    harness.token("t2", 24 * 3600);
    harness.answer_joins();
    assert_eq!(
        harness.machine.state(),
        ConnectionState::Live(Transport::Private)
    );
    assert_eq!(harness.asks, [Some(Secret::new("t1"))]);
    harness
}

#[test]
fn a_token_that_expired_hours_ago_does_not_make_the_next_one_the_second_in_a_row() {
    let mut harness = renewed();
    for _ in 0..100 {
        harness.pass(secs(25));
        harness.beat_answered();
    }
    harness.system("system", "error", "Token has expired 0 seconds ago");
    assert_eq!(harness.asks.last(), Some(&Some(Secret::new("t2"))));
    harness.token("t3", 3600);
    harness.answer_joins();
    assert_eq!(
        harness.machine.state(),
        ConnectionState::Live(Transport::Private)
    );
    assert_eq!((harness.joins().len(), harness.asks.len()), (3, 2));
}

#[test]
fn a_server_that_joins_and_calls_each_token_expired_at_once_is_not_asked_for_ever() {
    let mut harness = renewed();
    harness.system("system", "error", "Token has expired 0 seconds ago");
    harness.pass(secs(600));
    assert_eq!((harness.joins().len(), harness.asks.len()), (2, 1));
    assert_eq!(
        harness.machine.state(),
        ConnectionState::Stopped(ConnectionError::TokenRefused)
    );
}

#[test]
fn an_end_that_crosses_a_new_token_does_not_speak_of_the_new_one() {
    for said in [
        "Token has expired 0 seconds ago",
        "Fields `role` and `exp` are required in JWT",
    ] {
        let mut harness = Harness::live(1);
        harness.token("t2", 3600);
        let (join_ref, scope, _) = harness.last_join();
        harness.system("system", "error", said);
        harness.of_channel(Some(join_ref), scope, "phx_close", &json!({}));
        assert_eq!(harness.asks, [], "{said}: the new one was not refused");
        assert_eq!(harness.joins().len(), 2, "{said}");
        harness.answer_joins();
        assert_eq!(
            harness.machine.state(),
            ConnectionState::Live(Transport::Private)
        );
    }
}

#[test]
fn c097_a_new_token_is_pushed_once_to_every_joined_channel() {
    let mut harness = Harness::live(3);
    harness.sent.clear();
    harness.token("t2", 3600);
    harness.token("t2", 3600);
    harness.input(Input::Tick);
    let pushed = harness.sent.iter().map(|push| match push {
        Push::Token { scope, token, .. } => (*scope, token.expose().to_owned()),
        other => panic!("{other:?}"),
    });
    let pushed: Vec<_> = pushed.collect();
    let expected: Vec<_> = scopes(3)
        .into_iter()
        .map(|s| (s, "t2".to_owned()))
        .collect();
    assert_eq!(pushed, expected);
    assert_eq!(harness.push()[4], json!({ "access_token": "t2" }));
}

#[test]
fn a_token_that_comes_while_a_join_is_under_way_is_pushed_after_the_reply() {
    let mut harness = Harness::new(1);
    harness.open();
    harness.token("t2", 3600);
    assert!(matches!(harness.sent[..], [Push::Join { .. }]));
    harness.answer_joins();
    assert!(
        matches!(&harness.sent[..], [Push::Join { .. }, Push::Token { token, .. }] if token.expose() == "t2")
    );
}

#[test]
fn a_heartbeat_that_finds_the_token_low_asks_for_the_next_one() {
    let mut harness = Harness::live(1);
    for _ in 0..141 {
        harness.pass(secs(25));
        harness.beat_answered();
    }
    assert_eq!(harness.asks.len(), 1, "75 s before the end");
    assert_eq!(harness.closes, 0);
}

#[test]
fn no_token_shows_in_what_the_machine_prints() {
    let harness = Harness::live(1);
    assert!(!format!("{:?} {:?}", harness.machine, harness.sent).contains("t1"));
}

#[test]
fn a_late_refusal_of_an_older_token_does_not_clear_the_newer_one() {
    let mut harness = Harness::new(2);
    harness.open();
    let late = harness.joins()[0];
    harness.token("t2", 3600);
    let ok = json!({ "status": "ok", "response": { "postgres_changes": [] } });
    for _ in ["with t1, then t2 is pushed", "with t2"] {
        let (reference, scope, _) = harness.last_join();
        harness.reply(reference, scope, &ok);
        harness.system("system", "error", "Token has expired 0 seconds ago");
    }
    assert_eq!((harness.joins().len(), harness.asks.len()), (3, 1));
    let reason = "InvalidJWTToken: Token has expired 9 seconds ago";
    let error = json!({ "status": "error", "response": { "reason": reason } });
    harness.reply(late.0, late.1, &error);
    assert_eq!(harness.joins().len(), 3, "both wait for another token");
    harness.token("t3", 3600);
    assert_eq!((harness.joins().len(), harness.asks.len()), (5, 1));
}

#[test]
fn coming_back_again_and_again_asks_for_a_token_no_sooner_than_a_connection_is_tried() {
    let mut harness = Harness::idle();
    harness.input(Input::Scopes(scopes(1)));
    harness.input(Input::Foreground(true));
    for asked in 1..20 {
        let at = harness.now;
        harness.input(Input::TokenFailed);
        harness.input(Input::Foreground(true));
        assert_eq!(harness.asks.len(), asked, "not at once");
        harness.now = harness.machine.next_deadline().unwrap();
        assert!(harness.now.since(at) <= rules::IMMEDIATE_GAP, "but soon");
        harness.input(Input::Tick);
        assert_eq!(harness.asks.len(), asked + 1);
    }
}
