//! Rung 2: does the network carry us there unchanged, and does the clock agree?

use super::super::report::{Check, CheckStatus, Layer};
use super::{Evidence, Seen, check, fine, shown};
use crate::net::answer::{Answer, Shape};
use crate::speech::{Language, checks as say};

/// `PostgREST` refuses tokens issued more than 30 s in the future.
const CLOCK_WARN_S: u64 = 30;
const CLOCK_BROKEN_S: u64 = 60;

pub(super) fn checks(evidence: &Evidence) -> Vec<Check> {
    vec![
        way(evidence),
        portal(evidence),
        sockets(evidence),
        clock(evidence.clock_ahead_s, evidence.language),
    ]
}

fn way(evidence: &Evidence) -> Check {
    let language = evidence.language;
    let name = say::way(language);
    let seen = &evidence.gateway;
    let broken = |fix| {
        check(
            Layer::Network,
            name,
            CheckStatus::Broken,
            shown(seen, language),
            fix,
        )
    };
    match seen {
        Seen::NoSuchHost => broken(say::check_address(language)),
        Seen::TimedOut => broken(say::check_online(language)),
        Seen::TlsFailed => broken(say::tls_broken(language)),
        Seen::CutOff => broken(say::other_network(language)),
        Seen::Answered(_) => fine(Layer::Network, name, String::new()),
        Seen::Refused | Seen::NotTried => check(
            Layer::Network,
            name,
            CheckStatus::NotJudged,
            String::new(),
            "",
        ),
    }
}

/// A web page or a redirect where JSON is due: a hotel's sign-in page, a proxy.
fn portal(evidence: &Evidence) -> Check {
    let language = evidence.language;
    let name = say::portal(language);
    let asked = [&evidence.auth, &evidence.rest, &evidence.realtime];
    let page = asked.iter().copied().find(|seen| {
        matches!(
            seen,
            Seen::Answered(Answer {
                status: 200..=399,
                shape: Shape::Html
            })
        ) || matches!(
            seen,
            Seen::Answered(Answer {
                status: 300..=399 | 511,
                ..
            })
        )
    });
    match page {
        Some(seen) => check(
            Layer::Network,
            name,
            CheckStatus::Broken,
            shown(seen, language),
            say::portal_fix(language),
        ),
        None if answered(&asked) => fine(Layer::Network, name, String::new()),
        None => check(
            Layer::Network,
            name,
            CheckStatus::NotJudged,
            String::new(),
            "",
        ),
    }
}

/// Anything came back at all.
pub(super) fn answered(asked: &[&Seen]) -> bool {
    asked.iter().any(|seen| matches!(seen, Seen::Answered(_)))
}

/// Requests pass and the key counts, but the socket does not open. What realtime says itself is realtime's (services and
/// auth judge it); only what something else says, or swallows, is the network's.
fn sockets(evidence: &Evidence) -> Check {
    let language = evidence.language;
    let name = say::sockets(language);
    let not_judged = || {
        check(
            Layer::Network,
            name,
            CheckStatus::NotJudged,
            String::new(),
            "",
        )
    };
    if upgrade(&evidence.socket) == Upgrade::Opened {
        return fine(Layer::Network, name, String::new());
    }
    if !super::auth::key_accepted_by_realtime(&evidence.upgrade) {
        return not_judged();
    }
    match upgrade(&evidence.socket) {
        Upgrade::Swallowed => check(
            Layer::Network,
            name,
            CheckStatus::Broken,
            say::sockets_swallowed(language, &shown(&evidence.socket, language)),
            say::sockets_swallowed_fix(language),
        ),
        Upgrade::Silent => check(
            Layer::Network,
            name,
            CheckStatus::Broken,
            say::sockets_silent(language).to_owned(),
            say::sockets_silent_fix(language),
        ),
        Upgrade::Opened | Upgrade::NotTried | Upgrade::OfRealtime => not_judged(),
    }
}

/// What came of the upgrade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Upgrade {
    /// It was carried out.
    Opened,
    /// Nobody tried, or nothing could be reached at all.
    NotTried,
    /// The realtime server, or the gateway for it, answered something else: refused, busy, broken.
    OfRealtime,
    /// Something between here and there answered, cut the connection or took the upgrade out of the request.
    Swallowed,
    /// No answer.
    Silent,
}

/// Who is behind a status: realtime refuses with 401, 403, 404 and 429 and `{"error"}`, fails with 500, and a gateway
/// says 502 to 504 for it, or 520 to 530 at a provider's edge. A 400 says "no upgrade asked for": it was taken out on the
/// way. Older servers refuse with 403 and nothing, and then refuse the key without an upgrade too.
pub(super) fn upgrade(seen: &Seen) -> Upgrade {
    match seen {
        Seen::NotTried | Seen::NoSuchHost | Seen::Refused => Upgrade::NotTried,
        Seen::TimedOut => Upgrade::Silent,
        Seen::TlsFailed | Seen::CutOff => Upgrade::Swallowed,
        Seen::Answered(Answer { status, shape }) => match (status, shape) {
            (101, _) => Upgrade::Opened,
            (429 | 500 | 502..=504 | 520..=530, _)
            | (_, Shape::Realtime(_) | Shape::Gateway(_)) => Upgrade::OfRealtime,
            _ => Upgrade::Swallowed,
        },
    }
}

fn clock(ahead_s: Option<i64>, language: Language) -> Check {
    let name = say::clock(language);
    let Some(ahead) = ahead_s else {
        return check(
            Layer::Network,
            name,
            CheckStatus::NotJudged,
            String::new(),
            "",
        );
    };
    let evidence = clock_in_words(ahead, language);
    let fix = say::clock_fix(language);
    match ahead.unsigned_abs() {
        0..=CLOCK_WARN_S => fine(Layer::Network, name, evidence),
        31..=CLOCK_BROKEN_S => check(Layer::Network, name, CheckStatus::Warning, evidence, fix),
        _ => check(Layer::Network, name, CheckStatus::Broken, evidence, fix),
    }
}

/// As a person says it, rounded: "The clock of this device is 2 h behind".
fn clock_in_words(ahead_s: i64, language: Language) -> String {
    let off = ahead_s.unsigned_abs();
    let amount = match off {
        0..100 => format!("{off} s"),
        100..5_400 => format!("{} min", (off + 30) / 60),
        5_400..172_800 => say::hours(language, (off + 1_800) / 3_600),
        _ => say::days(language, off / 86_400),
    };
    match ahead_s {
        0 => say::clock_right(language).to_owned(),
        1.. => say::clock_ahead(language, &amount),
        _ => say::clock_behind(language, &amount),
    }
}
