//! How soon a phone that somebody looks at notices that a server is back.

use super::*;
use crate::time::AWAY_CAP;

fn server(service: Service, status: u16, reason: Option<&str>) -> Error {
    Error::Server {
        service,
        status,
        reason: reason.map(str::to_owned),
        retry_after: None,
    }
}

/// Every call fails like this from second 1 on; the longest time between two tries until `end` (ms).
fn longest_wait(error: &Error, end: u64) -> Duration {
    let mut schedule = awake();
    schedule.recheck();
    let (mut now, mut last, mut longest) = (at(1_000), at(1_000), Duration::ZERO);
    while now < at(end) {
        match schedule.next(now) {
            Next::Run(job) => {
                longest = longest.max(now.since(last));
                last = now;
                schedule.ended(job, Ended::from_error(error), now);
            }
            Next::Until(due) => now = due.max(now.after(Duration::from_millis(1))),
            Next::Idle => panic!("it gave up"),
        }
    }
    longest
}

#[test]
fn while_nothing_answers_a_try_comes_every_three_seconds_at_the_latest() {
    for away in [
        Error::Offline,
        Error::Timeout {
            service: Service::Rest,
        },
        server(Service::Gateway, 502, None),
        server(Service::Gateway, 503, None),
        server(Service::Database, 503, Some("PGRST001")),
        server(Service::Database, 503, Some("PGRST002")),
        Error::Protocol {
            service: Service::Gateway,
            reason: "a web page instead of an answer",
        },
    ] {
        let longest = longest_wait(&away, 120_000);
        assert!(longest <= AWAY_CAP, "{away:?}: {longest:?}");
    }
}

#[test]
fn a_server_that_is_busy_and_one_that_is_away_for_long_are_left_in_peace() {
    for busy in [
        server(Service::Database, 504, Some("PGRST003")),
        server(Service::Rest, 429, None),
        server(Service::Database, 500, Some("57014")),
    ] {
        let longest = longest_wait(&busy, 600_000);
        assert!(longest > Duration::from_secs(10), "{busy:?}: {longest:?}");
    }
    let longest = longest_wait(&Error::Offline, 3_600_000);
    assert!(longest > Duration::from_secs(10), "{longest:?}");
}

#[test]
fn another_network_and_a_joined_channel_end_a_long_wait_at_once() {
    let again: [fn(&mut Schedule); 2] = [|s| s.set_network(true), Schedule::joined];
    for again in again {
        let mut schedule = awake();
        let mut now = at(1_000);
        schedule.recheck();
        for _ in 0..12 {
            match schedule.next(now) {
                Next::Run(job) => {
                    let busy = server(Service::Database, 500, Some("57014"));
                    schedule.ended(job, Ended::from_error(&busy), now);
                }
                Next::Until(due) => now = due,
                Next::Idle => panic!("it gave up"),
            }
        }
        again(&mut schedule);
        let due = match schedule.next(now) {
            Next::Run(_) => now,
            Next::Until(due) => due,
            Next::Idle => panic!("it gave up"),
        };
        assert!(due.since(now) < Duration::from_secs(1), "{due:?}");
    }
}

/// Times between head checks for 40 s from `now` on.
fn checks(schedule: &mut Schedule, mut now: MonotonicInstant) -> Vec<Duration> {
    let (end, mut last, mut gaps) = (now.after(Duration::from_secs(40)), now, Vec::new());
    while now < end {
        match schedule.next(now) {
            Next::Run(job) => {
                if job == Job::List {
                    gaps.push(now.since(last));
                    last = now;
                }
                schedule.ended(job, NOTHING, now);
            }
            Next::Until(due) => now = due,
            Next::Idle => panic!("nothing is planned"),
        }
    }
    gaps
}

#[test]
fn a_service_that_came_back_is_asked_within_five_seconds_and_for_half_a_minute() {
    let mut schedule = awake();
    schedule.recheck();
    assert_eq!(schedule.next(at(1_000)), Next::Run(Job::List));
    schedule.ended(Job::List, Ended::from_error(&Error::Offline), at(1_000));
    let Next::Until(due) = schedule.next(at(1_000)) else {
        panic!("it waits");
    };
    assert_eq!(schedule.next(due), Next::Run(Job::List));
    schedule.ended(Job::List, NOTHING, due);
    let gaps = checks(&mut schedule, due);
    let often = gaps.iter().filter(|gap| **gap <= HEAD_CHECK_BACK.1).count();
    assert!(often >= 6, "{gaps:?}");
    assert!(gaps[0] <= HEAD_CHECK_BACK.1, "{gaps:?}");
}

#[test]
fn without_hints_the_heads_are_asked_for_every_ten_seconds_and_with_them_again_rarely() {
    let mut schedule = awake();
    schedule.set_hints(false, at(1_000));
    let gaps = checks(&mut schedule, at(1_000));
    assert!(
        gaps.len() >= 3 && gaps.iter().all(|gap| *gap <= HEAD_CHECK_ALONE.1),
        "{gaps:?}"
    );
    schedule.set_hints(true, at(41_000));
    let gaps = checks(&mut schedule, at(55_000));
    assert!(gaps.len() <= 2, "{gaps:?}");
}
