//! Lanes that are joined and carry nothing.

use super::*;
use crate::model::Rev;

const EPOCH: uuid::Uuid = uuid::Uuid::from_u128(9);

fn head(n: u128, rev: i64) -> Hint {
    Hint {
        scope: scope(n),
        rev: Rev(rev),
        epoch: EPOCH,
    }
}

/// A change that sync found by asking, and all the time that its hint may take.
fn found(harness: &mut Harness, n: u128, rev: i64) {
    harness.input(Input::Found(vec![head(n, rev)]));
    harness.pass(rules::HINT_GRACE);
    harness.beat_answered();
}

/// Live long enough for a hint to be due.
fn settled(n: u128) -> Harness {
    let mut harness = Harness::live(n);
    harness.pass(rules::HINT_GRACE);
    harness
}

const NO_HINTS: ConnectionState = ConnectionState::Degraded {
    live: 0,
    wanted: 1,
    cause: Some(ConnectionError::NoHints),
};

#[test]
fn the_second_change_in_a_row_without_a_hint_makes_the_transport_silent_and_the_other_is_tried() {
    let mut harness = settled(1);
    found(&mut harness, 1, 11);
    assert_eq!(
        harness.machine.state(),
        ConnectionState::Live(Transport::Private)
    );
    found(&mut harness, 1, 12);
    assert_eq!(harness.last_join().2, Transport::Changes);
    harness.answer_joins();
    harness.subscribed();
    assert_eq!(
        harness.machine.state(),
        NO_HINTS,
        "joined is not enough now"
    );
    let (_, scope, _) = harness.last_join();
    harness.hint_by(Transport::Changes, scope, &json!([99]));
    assert_eq!(
        harness.machine.state(),
        ConnectionState::Live(Transport::Changes)
    );
}

#[test]
fn a_silent_changes_transport_gives_the_private_one_another_chance() {
    let mut harness = Harness::changes();
    harness.subscribed();
    harness.pass(rules::HINT_GRACE);
    found(&mut harness, 1, 11);
    found(&mut harness, 1, 12);
    assert_eq!(harness.last_join().2, Transport::Private);
    harness.answer_joins();
    assert_eq!(harness.machine.state(), NO_HINTS);
    harness.pass(rules::HINT_GRACE);
    found(&mut harness, 1, 13);
    found(&mut harness, 1, 14);
    assert_eq!(
        harness.last_join().2,
        Transport::Changes,
        "each gets its turn"
    );
}

#[test]
fn a_hint_that_comes_just_after_the_pull_is_no_miss() {
    let mut harness = settled(1);
    for rev in [3, 4, 5] {
        harness.input(Input::Found(vec![head(1, rev)]));
        harness.pass(less(rules::HINT_GRACE));
        // Each says revision 5.
        harness.hint_by(Transport::Private, scope(1), &json!(null));
        harness.pass(rules::HINT_GRACE);
        harness.beat_answered();
        assert_eq!(
            harness.machine.state(),
            ConnectionState::Live(Transport::Private)
        );
    }
    found(&mut harness, 1, 5);
    found(&mut harness, 1, 5);
    assert_eq!(
        harness.machine.state(),
        ConnectionState::Live(Transport::Private),
        "what a hint told before is not missed"
    );
}

#[test]
fn one_lost_hint_is_none_and_a_hint_between_two_misses_begins_the_count_again() {
    let mut harness = settled(1);
    for rev in (10..40).step_by(2) {
        found(&mut harness, 1, rev);
        harness.hint_by(Transport::Private, scope(1), &json!(null));
    }
    assert_eq!(
        harness.machine.state(),
        ConnectionState::Live(Transport::Private)
    );
    assert_eq!(harness.joins().len(), 1);
}

#[test]
fn what_is_found_while_the_channel_is_not_joined_or_was_just_now_proves_nothing() {
    let mut harness = Harness::live(1);
    for rev in 11..20 {
        harness.input(Input::Found(vec![head(1, rev)]));
    }
    harness.pass(rules::HINT_GRACE);
    harness.input(Input::Found(vec![head(2, 11)]));
    assert_eq!(
        harness.machine.state(),
        ConnectionState::Live(Transport::Private)
    );
    // Lost in the middle of the grace: the join reads what was missed.
    found(&mut harness, 1, 21);
    harness.input(Input::Found(vec![head(1, 22)]));
    harness.input(Input::Closed(harness.conn, 1006));
    harness.pass(AWAY_CAP);
    harness.open();
    harness.answer_joins();
    harness.pass(rules::HINT_GRACE);
    assert_eq!(
        harness.machine.state(),
        ConnectionState::Live(Transport::Private)
    );
    // The first miss is remembered: a server that says nothing does so on the next connection, too.
    found(&mut harness, 1, 23);
    assert_eq!(harness.last_join().2, Transport::Changes);
}

#[test]
fn of_several_scopes_the_silent_one_alone_changes_its_transport() {
    let mut harness = settled(3);
    found(&mut harness, 2, 11);
    found(&mut harness, 2, 12);
    let joined: Vec<_> = harness.joins().split_off(3);
    assert_eq!(joined.len(), 1);
    assert_eq!((joined[0].1, joined[0].2), (scope(2), Transport::Changes));
    assert_eq!(
        harness.machine.state(),
        ConnectionState::Degraded {
            live: 2,
            wanted: 3,
            cause: Some(ConnectionError::NoHints),
        }
    );
}

#[test]
fn a_silence_of_long_ago_is_over_with_the_next_join_until_it_shows_again() {
    let mut harness = settled(1);
    found(&mut harness, 1, 11);
    found(&mut harness, 1, 12);
    harness.answer_joins();
    harness.subscribed();
    assert_eq!(harness.machine.state(), NO_HINTS);
    harness.input(Input::Foreground(false));
    harness.now = harness.now.after(rules::TRANSPORT_MEMORY);
    harness.token("t2", 3600);
    harness.input(Input::Foreground(true));
    harness.open();
    harness.answer_joins();
    assert_eq!(
        harness.machine.state(),
        ConnectionState::Live(Transport::Private)
    );
}

#[test]
fn a_database_that_cannot_broadcast_is_listened_to_by_changes_from_then_on() {
    let mut harness = Harness::live(2);
    harness.input(Input::Broadcast(false));
    let joined = harness.joins().split_off(2);
    assert!(
        joined
            .iter()
            .all(|(_, _, transport)| *transport == Transport::Changes)
    );
    assert_eq!(joined.len(), 2);
    harness.answer_joins();
    harness.input(Input::Closed(harness.conn, 1006));
    harness.pass(AWAY_CAP);
    harness.open();
    assert_eq!(harness.last_join().2, Transport::Changes, "not tried again");
    let joins = harness.joins().len();
    harness.input(Input::Broadcast(true));
    assert_eq!(harness.joins().len(), joins, "what is joined stays");
    harness.input(Input::Scopes(scopes(3)));
    assert_eq!(harness.last_join().2, Transport::Private);
}

#[test]
fn where_the_database_cannot_broadcast_a_silent_transport_is_not_changed_for_one_that_cannot_work()
{
    let mut harness = Harness::changes();
    harness.input(Input::Broadcast(false));
    harness.subscribed();
    harness.pass(rules::HINT_GRACE);
    let joins = harness.joins().len();
    found(&mut harness, 1, 11);
    found(&mut harness, 1, 12);
    assert_eq!(harness.joins().len(), joins);
    assert_eq!(harness.machine.state(), NO_HINTS);
}
