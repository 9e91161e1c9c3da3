mod finds;
mod outages;

use super::*;
use crate::error::Service;

const EPOCH: Uuid = Uuid::from_u128(7);

fn scope(n: u128) -> ScopeId {
    ScopeId(Uuid::from_u128(n))
}

fn hint(n: u128, rev: i64) -> Hint {
    Hint {
        scope: scope(n),
        rev: Rev(rev),
        epoch: EPOCH,
    }
}

fn at(millis: u64) -> MonotonicInstant {
    MonotonicInstant(Duration::from_millis(millis))
}

const DONE: Ended = Ended::Done {
    changed: true,
    more: false,
};
const NOTHING: Ended = Ended::Done {
    changed: false,
    more: false,
};

/// On screen, signed in, scope 1 read up to revision 10, and everything that start-up asks for done at time 0.
fn awake() -> Schedule {
    let mut schedule = Schedule::new(3);
    schedule.learn(scope(1), Rev(10), Some(EPOCH));
    schedule.set_foreground(true);
    schedule.set_session(true);
    for _ in 0..4 {
        if let Next::Run(job) = schedule.next(at(0)) {
            schedule.ended(job, NOTHING, at(0));
        }
    }
    assert!(schedule.is_quiet());
    schedule
}

/// Runs the schedule with calls that take `takes` ms until `end`; gives the start times of `wanted` jobs.
fn run(
    schedule: &mut Schedule,
    mut inputs: impl FnMut(u64, &mut Schedule),
    end: u64,
    takes: u64,
    wanted: Job,
) -> Vec<u64> {
    let mut starts = Vec::new();
    let mut running: Option<(Job, u64)> = None;
    for now in 1_000..end {
        inputs(now, schedule);
        if let Some((job, since)) = running
            && now >= since + takes
        {
            schedule.ended(job, DONE, at(now));
            running = None;
        }
        if let Next::Run(job) = schedule.next(at(now)) {
            running = Some((job, now));
            if job == wanted {
                starts.push(now);
            }
        }
    }
    starts
}

#[test]
fn a_hint_above_the_cursor_pulls_at_once_and_one_at_or_below_does_nothing() {
    let mut schedule = awake();
    schedule.hint(hint(1, 10), at(1_000));
    schedule.hint(hint(1, 3), at(1_000));
    assert!(matches!(schedule.next(at(1_000)), Next::Until(_)));
    schedule.hint(hint(1, 11), at(1_000));
    assert_eq!(schedule.next(at(1_000)), Next::Run(Job::Pull));
}

#[test]
fn a_hint_of_ones_own_scope_asks_which_bands_there_are_too() {
    let mut schedule = awake();
    schedule.own_hint(hint(1, 10));
    assert!(schedule.is_quiet(), "nothing new");
    schedule.own_hint(hint(1, 11));
    schedule.hint(hint(1, 11), at(1_000));
    let mut asked = Vec::new();
    for ms in [1_000, 1_100] {
        if let Next::Run(job) = schedule.next(at(ms)) {
            asked.push(job);
            schedule.ended(job, NOTHING, at(ms));
        }
    }
    assert_eq!(asked, [Job::Pull, Job::List]);
}

#[test]
fn hints_that_come_while_a_pull_runs_become_one_more() {
    let mut schedule = awake();
    schedule.hint(hint(1, 11), at(1_000));
    assert_eq!(schedule.next(at(1_000)), Next::Run(Job::Pull));
    for rev in 12..40 {
        schedule.hint(hint(1, rev), at(1_000));
        assert_eq!(schedule.next(at(1_001)), Next::Idle);
    }
    schedule.learn(scope(1), Rev(20), Some(EPOCH));
    schedule.ended(Job::Pull, DONE, at(1_200));
    assert_eq!(schedule.next(at(1_200)), Next::Run(Job::Pull));
    schedule.learn(scope(1), Rev(39), Some(EPOCH));
    schedule.ended(Job::Pull, DONE, at(1_210));
    assert!(schedule.is_quiet());
}

#[test]
fn a_pull_that_already_read_what_a_late_hint_names_is_not_repeated() {
    let mut schedule = awake();
    schedule.hint(hint(1, 11), at(1_000));
    assert_eq!(schedule.next(at(1_000)), Next::Run(Job::Pull));
    schedule.hint(hint(1, 12), at(1_000));
    schedule.learn(scope(1), Rev(12), Some(EPOCH));
    schedule.ended(Job::Pull, DONE, at(1_020));
    assert!(schedule.is_quiet());
}

#[test]
fn a_pull_that_came_too_early_for_its_hint_is_made_again() {
    let mut schedule = awake();
    schedule.hint(hint(1, 11), at(1_000));
    assert_eq!(schedule.next(at(1_000)), Next::Run(Job::Pull));
    schedule.ended(Job::Pull, NOTHING, at(1_003));
    let Next::Until(again) = schedule.next(at(1_003)) else {
        panic!("the hint was forgotten");
    };
    assert!(again <= at(1_100), "{again:?}");
    assert_eq!(schedule.next(again), Next::Run(Job::Pull));
    schedule.learn(scope(1), Rev(11), Some(EPOCH));
    schedule.ended(Job::Pull, DONE, again);
    assert!(schedule.is_quiet());
}

#[test]
fn a_single_absurd_hint_is_forgotten_after_a_few_fruitless_pulls() {
    let mut schedule = awake();
    schedule.hint(hint(1, i64::MAX), at(1_000));
    let mut pulls = 0;
    for now in 1_000..28_000 {
        if schedule.next(at(now)) == Next::Run(Job::Pull) {
            pulls += 1;
            schedule.ended(Job::Pull, NOTHING, at(now));
        }
    }
    assert_eq!(pulls, 7, "fruitless pulls, each twice as far from the last");
    assert!(schedule.is_quiet());
}

/// When pulls start while a hint comes every `every` ms until `end`. A pull takes 3 ms, and reads what there is when it
/// starts.
fn pulls_under_hints(every: u64, end: u64) -> Vec<u64> {
    let mut schedule = awake();
    let mut starts = Vec::new();
    let mut rev = 10;
    let mut running = None;
    for now in 1_000..end + 1_000 {
        if now < end && now.is_multiple_of(every) {
            rev += 1;
            schedule.hint(hint(1, rev), at(now));
        }
        if let Some((read, _)) = running.take_if(|(_, since)| now >= *since + 3) {
            schedule.learn(scope(1), Rev(read), Some(EPOCH));
            schedule.ended(Job::Pull, DONE, at(now));
        }
        if schedule.next(at(now)) == Next::Run(Job::Pull) {
            running = Some((rev, now));
            starts.push(now);
        }
    }
    starts
}

#[test]
fn a_storm_of_hints_pulls_at_once_then_three_times_a_second_and_right_after_its_end() {
    let starts = pulls_under_hints(1, 11_000);
    assert_eq!(starts[0], 1_000);
    let (last, held) = starts.split_last().unwrap();
    assert!(
        held.windows(2)
            .all(|pair| (350..=354).contains(&(pair[1] - pair[0]))),
        "{starts:?}"
    );
    assert!((11_000..=11_025).contains(last), "{starts:?}");
}

#[test]
fn hints_that_come_one_by_one_are_each_followed_at_once_and_never_more_than_twenty_a_second() {
    assert!(pulls_under_hints(60, 4_000).iter().all(|at| at % 60 == 0));
    for every in 1..60 {
        let starts = pulls_under_hints(every, 4_000);
        let apart = |pair: &[u64]| pair[1] - pair[0];
        assert!(
            starts.windows(2).all(|pair| apart(pair) >= 50),
            "{every}: {starts:?}"
        );
    }
}

#[test]
fn a_new_epoch_pulls_whatever_its_revision() {
    let mut schedule = awake();
    schedule.hint(
        Hint {
            epoch: Uuid::from_u128(8),
            ..hint(1, 1)
        },
        at(1_000),
    );
    assert_eq!(schedule.next(at(1_000)), Next::Run(Job::Pull));
}

#[test]
fn an_absurd_hint_repeated_for_ever_slows_down_to_one_pull_in_seconds() {
    let mut schedule = awake();
    let mut pulls = 0;
    for now in 1_000..61_000 {
        schedule.hint(hint(1, i64::MAX), at(now));
        if schedule.next(at(now)) == Next::Run(Job::Pull) {
            pulls += 1;
            schedule.ended(Job::Pull, NOTHING, at(now));
        }
    }
    assert!(pulls <= 30, "{pulls}");
    schedule.hint(hint(1, 11), at(1_000));
    schedule.joined();
    assert_eq!(
        schedule.next(at(61_050)),
        Next::Run(Job::Pull),
        "a real reason does not wait"
    );
}

#[test]
fn hints_for_unknown_scopes_ask_for_the_list_once_in_ten_seconds() {
    let mut schedule = awake();
    let mut stranger = 1_000;
    let starts = run(
        &mut schedule,
        |now, schedule| {
            stranger += 1;
            schedule.hint(hint(stranger, 1), at(now));
        },
        61_000,
        3,
        Job::List,
    );
    assert!((5..=7).contains(&starts.len()), "{starts:?}");
}

#[test]
fn the_list_leads_to_a_pull_when_a_head_moved_a_scope_is_new_or_one_is_missing() {
    let cases: [(&[Hint], bool); 4] = [
        (&[hint(1, 10)], false),
        (&[hint(1, 11)], true),
        (&[hint(1, 10), hint(2, 1)], true),
        (&[], true),
    ];
    for (heads, pulls) in cases {
        let mut schedule = awake();
        schedule.recheck();
        assert_eq!(schedule.next(at(1_000)), Next::Run(Job::List));
        schedule.listed(heads);
        schedule.ended(Job::List, DONE, at(1_010));
        assert_eq!(
            schedule.next(at(2_000)) == Next::Run(Job::Pull),
            pulls,
            "{heads:?}"
        );
    }
}

#[test]
fn joining_and_pushing_pull_and_coming_back_asks_for_the_list() {
    let mut schedule = awake();
    schedule.joined();
    assert_eq!(schedule.next(at(1_000)), Next::Run(Job::Pull));
    schedule.ended(Job::Pull, NOTHING, at(1_001));
    schedule.edited();
    assert_eq!(schedule.next(at(1_100)), Next::Run(Job::Push));
    schedule.ended(Job::Push, DONE, at(1_101));
    assert_eq!(schedule.next(at(1_200)), Next::Run(Job::Pull));
    schedule.ended(Job::Pull, DONE, at(1_201));
    let ways: [fn(&mut Schedule, bool); 3] = [
        Schedule::set_foreground,
        Schedule::set_network,
        Schedule::set_session,
    ];
    for (n, way) in ways.into_iter().enumerate() {
        let now = at(10_000 * (n as u64 + 1));
        way(&mut schedule, false);
        schedule.hint(hint(1, 99), now);
        assert_eq!(
            schedule.next(now),
            Next::Idle,
            "nothing runs while it is off"
        );
        way(&mut schedule, true);
        let mut ran = Vec::new();
        while let Next::Run(job) = schedule.next(now) {
            ran.push(job);
            schedule.learn(scope(1), Rev(99), Some(EPOCH));
            schedule.ended(job, NOTHING, now);
        }
        assert!(
            ran.contains(&Job::List) && ran.contains(&Job::Push),
            "{ran:?}"
        );
        schedule.learn(scope(1), Rev(10), Some(EPOCH));
    }
}

#[test]
fn heads_are_checked_every_half_to_one_minute_in_the_foreground_only() {
    let mut schedule = awake();
    let checks = run(&mut schedule, |_, _| {}, 600_000, 3, Job::List);
    assert!((9..=20).contains(&checks.len()), "{checks:?}");
    assert!(
        checks
            .windows(2)
            .all(|pair| (30_000..=60_100).contains(&(pair[1] - pair[0])))
    );
    schedule.set_foreground(false);
    assert_eq!(schedule.next(at(900_000)), Next::Idle);
}

#[test]
fn failures_wait_longer_each_time_but_never_less_than_the_server_asked() {
    let mut schedule = awake();
    schedule.edited();
    let mut now = at(1_000);
    for n in 0..20 {
        assert_eq!(schedule.next(now), Next::Run(Job::Push), "attempt {n}");
        let error = Error::Server {
            service: Service::Rest,
            status: 429,
            reason: None,
            retry_after: Some(7),
        };
        schedule.ended(Job::Push, Ended::from_error(&error), now);
        let Next::Until(due) = schedule.next(now) else {
            panic!("the wish was forgotten");
        };
        if due.since(now) < Duration::from_secs(7) {
            // The head check may come first; the push does not.
            assert_eq!(schedule.next(due), Next::Run(Job::List));
            schedule.ended(Job::List, NOTHING, due);
        }
        now = now.after(Duration::from_secs(61));
        if let Next::Run(Job::List) = schedule.next(now) {
            schedule.ended(Job::List, NOTHING, now);
        }
    }
    assert!(schedule.failures() > 10);
}

#[test]
fn a_failing_push_does_not_hold_up_pulls() {
    let mut schedule = awake();
    schedule.edited();
    assert_eq!(schedule.next(at(1_000)), Next::Run(Job::Push));
    schedule.ended(
        Job::Push,
        Ended::Retry {
            floor: Some(Duration::from_secs(50)),
            away: false,
        },
        at(1_000),
    );
    schedule.hint(hint(1, 11), at(1_000));
    assert_eq!(schedule.next(at(1_001)), Next::Run(Job::Pull));
}

#[test]
fn without_a_session_everything_waits_for_one() {
    let mut schedule = awake();
    schedule.edited();
    assert_eq!(schedule.next(at(1_000)), Next::Run(Job::Push));
    schedule.ended(Job::Push, Ended::from_error(&Error::SignedOut), at(1_000));
    schedule.hint(hint(1, 11), at(1_000));
    assert_eq!(schedule.next(at(3_600_000)), Next::Idle);
    schedule.set_session(true);
    assert!(matches!(schedule.next(at(3_600_001)), Next::Run(_)));
}

#[test]
fn background_work_runs_once_and_nothing_after_it() {
    let mut schedule = awake();
    schedule.set_foreground(false);
    schedule.set_once(true);
    let mut ran = Vec::new();
    while let Next::Run(job) = schedule.next(at(5_000)) {
        ran.push(job);
        schedule.ended(job, NOTHING, at(5_000));
    }
    assert!(
        ran.contains(&Job::List) && ran.contains(&Job::Push),
        "{ran:?}"
    );
    assert!(schedule.is_quiet());
    schedule.set_once(false);
    schedule.hint(hint(1, 99), at(1_000));
    assert_eq!(schedule.next(at(9_000)), Next::Idle);
}

/// What an app leaves when it goes to the background after `before` and then `after`: how often it sends, with pushes that
/// end like this.
fn sends_when_leaving(
    before: impl Fn(&mut Schedule),
    after: impl Fn(&mut Schedule),
    ended: &[Ended],
) -> usize {
    let mut schedule = awake();
    before(&mut schedule);
    schedule.set_foreground(false);
    after(&mut schedule);
    let (mut sent, mut now) = (0, at(5_000));
    loop {
        match schedule.next(now) {
            Next::Run(job) => {
                assert_eq!(job, Job::Push, "nothing is read in the background");
                schedule.ended(job, ended[sent], now);
                sent += 1;
            }
            Next::Until(due) => now = due,
            Next::Idle => return sent,
        }
    }
}

#[test]
fn what_was_left_to_send_when_the_app_went_is_sent_until_a_call_fails_and_nothing_after_it() {
    let edit = Schedule::edited;
    let nothing = |_: &mut Schedule| {};
    let more = Ended::Done {
        changed: true,
        more: true,
    };
    let failed = Ended::from_error(&Error::Offline);
    assert_eq!(sends_when_leaving(edit, nothing, &[DONE]), 1);
    assert_eq!(sends_when_leaving(edit, nothing, &[more, DONE]), 2);
    assert_eq!(sends_when_leaving(edit, nothing, &[failed]), 1);
    assert_eq!(sends_when_leaving(nothing, edit, &[]), 0, "typed later");
    let offline = |schedule: &mut Schedule| {
        schedule.edited();
        schedule.set_network(false);
    };
    let back = |schedule: &mut Schedule| schedule.set_network(true);
    assert_eq!(sends_when_leaving(offline, back, &[]), 0, "no network");
    let blink = |schedule: &mut Schedule| {
        schedule.set_network(false);
        schedule.set_network(true);
    };
    assert_eq!(sends_when_leaving(edit, blink, &[]), 0);
    let failing = |schedule: &mut Schedule| {
        schedule.edited();
        assert_eq!(schedule.next(at(1_000)), Next::Run(Job::Push));
        schedule.ended(Job::Push, failed, at(1_000));
    };
    assert_eq!(sends_when_leaving(failing, nothing, &[]), 0, "it fails");
    let mut sent = awake();
    sent.edited();
    sent.set_foreground(false);
    assert_eq!(sent.next(at(1_000)), Next::Run(Job::Push));
    sent.ended(Job::Push, DONE, at(1_000));
    sent.edited();
    assert_eq!(sent.next(at(9_000)), Next::Idle, "typed when it was done");
}

#[test]
fn a_scope_that_the_database_has_lost_is_read_again() {
    let mut schedule = awake();
    let heads = [hint(1, 10)];
    schedule.listed(&heads);
    assert!(schedule.is_quiet());
    schedule.learn_all(&[]);
    schedule.listed(&heads);
    assert_eq!(schedule.next(at(1_000)), Next::Run(Job::Pull));
}
