//! What a head check finds although nobody has told of it.

use super::*;

/// Lets time pass until the head check begins; everything that is wanted before is done.
fn head_check(schedule: &mut Schedule, now: &mut u64) {
    loop {
        match schedule.next(at(*now)) {
            Next::Run(Job::List) => return,
            Next::Run(job) => schedule.ended(job, NOTHING, at(*now)),
            // A deadline lies between two milliseconds.
            Next::Until(due) => *now = u64::try_from(due.0.as_millis()).unwrap() + 1,
            Next::Idle => panic!("nothing is planned"),
        }
    }
}

/// The heads are as given when the check of itself asks; what it finds.
fn finds(schedule: &mut Schedule, heads: &[Hint]) -> Vec<Hint> {
    let mut now = 1_000;
    head_check(schedule, &mut now);
    schedule.listed(heads)
}

#[test]
fn a_head_above_what_was_read_that_no_hint_told_of_is_found() {
    let mut schedule = awake();
    let heads = [hint(1, 12)];
    assert_eq!(finds(&mut schedule, &heads), heads);
    let mut schedule = awake();
    assert_eq!(finds(&mut schedule, &[hint(1, 10)]), []);
}

#[test]
fn what_a_hint_told_of_while_the_question_was_on_its_way_is_not_found() {
    let mut schedule = awake();
    let mut now = 1_000;
    head_check(&mut schedule, &mut now);
    schedule.hint(hint(1, 12), at(now));
    assert_eq!(schedule.listed(&[hint(1, 12)]), []);
}

#[test]
fn lists_that_somebody_asked_for_find_nothing_whatever_they_say() {
    let asked: [fn(&mut Schedule); 6] = [
        Schedule::recheck,
        |s| s.set_network(true),
        |s| {
            s.set_foreground(false);
            s.set_foreground(true);
        },
        |s| s.set_once(true),
        |s| {
            s.set_session(false);
            s.set_session(true);
        },
        |s| s.hint(hint(7, 1), at(20_000)),
    ];
    for ask in asked {
        let mut schedule = awake();
        ask(&mut schedule);
        let mut now = 20_000;
        head_check(&mut schedule, &mut now);
        assert!(now < 40_000, "it was asked for, not due");
        assert_eq!(schedule.listed(&[hint(1, 12)]), []);
    }
}

#[test]
fn the_first_reading_a_new_epoch_and_a_scope_that_is_new_are_not_found() {
    let mut schedule = awake();
    schedule.learn(scope(2), Rev(0), None);
    let other = Hint {
        epoch: Uuid::from_u128(8),
        ..hint(1, 99)
    };
    assert_eq!(finds(&mut schedule, &[other, hint(2, 5), hint(3, 5)]), []);
}

#[test]
fn a_join_or_an_edit_of_ours_that_is_still_to_be_read_makes_the_check_prove_nothing() {
    let mut schedule = awake();
    let mut now = 1_000;
    head_check(&mut schedule, &mut now);
    schedule.joined();
    assert_eq!(schedule.listed(&[hint(1, 12)]), [], "joined meanwhile");
    schedule.ended(Job::List, NOTHING, at(now));
    let mut schedule = awake();
    schedule.edited();
    assert_eq!(schedule.next(at(1_000)), Next::Run(Job::Push));
    schedule.ended(Job::Push, DONE, at(1_000));
    assert_eq!(schedule.next(at(1_000)), Next::Run(Job::Pull));
    let later = Ended::Retry {
        floor: Some(Duration::from_secs(100)),
        away: false,
    };
    schedule.ended(Job::Pull, later, at(1_000));
    let mut now = 1_000;
    head_check(&mut schedule, &mut now);
    assert!(now < 100_000, "before the pull of what was sent");
    assert_eq!(schedule.listed(&[hint(1, 12)]), [], "ours");
}

#[test]
fn after_an_outage_a_while_of_lost_hints_proves_nothing() {
    let mut schedule = awake();
    let mut now = 1_000;
    head_check(&mut schedule, &mut now);
    schedule.ended(Job::List, Ended::from_error(&Error::Offline), at(now));
    head_check(&mut schedule, &mut now);
    assert_eq!(schedule.listed(&[hint(1, 12)]), [], "it failed in between");
    schedule.ended(Job::List, NOTHING, at(now));
    schedule.learn(scope(1), Rev(12), Some(EPOCH));
    let back = now;
    while now < back + 25_000 {
        head_check(&mut schedule, &mut now);
        assert_eq!(schedule.listed(&[hint(1, 13)]), []);
        schedule.learn(scope(1), Rev(13), Some(EPOCH));
        schedule.ended(Job::List, NOTHING, at(now));
    }
    now += 40_000;
    head_check(&mut schedule, &mut now);
    let heads = [hint(1, 14)];
    assert_eq!(schedule.listed(&heads), heads, "and then it does again");
}
