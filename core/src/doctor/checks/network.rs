//! Rung 2: does the network carry us there unchanged, and does the clock agree?

use super::super::report::{Check, CheckStatus, Layer};
use super::{Evidence, Seen, check, fine, shown};
use crate::net::answer::{Answer, Shape};

/// `PostgREST` refuses tokens issued more than 30 s in the future.
const CLOCK_WARN_S: u64 = 30;
const CLOCK_BROKEN_S: u64 = 60;

pub(super) fn checks(evidence: &Evidence) -> Vec<Check> {
    vec![
        way(evidence),
        portal(evidence),
        sockets(evidence),
        clock(evidence.clock_ahead_s),
    ]
}

fn way(evidence: &Evidence) -> Check {
    let name = "way to the server";
    let seen = &evidence.gateway;
    let broken = |fix| check(Layer::Network, name, CheckStatus::Broken, shown(seen), fix);
    match seen {
        Seen::NoSuchHost => broken("Check the project's address and that this phone is online."),
        Seen::TimedOut => broken("Check that this phone is online; a firewall may be in the way."),
        Seen::TlsFailed => broken(
            "Something between this phone and the server breaks TLS, or the date of the phone is wrong.",
        ),
        Seen::CutOff => broken("The connection breaks off: try another network."),
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
    let name = "no proxy or login page in between";
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
            shown(seen),
            "A sign-in page or proxy answers instead of the server: open a web page on this phone, or use another network.",
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
    let name = "web sockets pass";
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
            format!(
                "requests pass, the upgrade to a web socket does not: {}",
                shown(&evidence.socket)
            ),
            "This network blocks web sockets; changes still come, a little later. Try another network.",
        ),
        Upgrade::Silent => check(
            Layer::Network,
            name,
            CheckStatus::Broken,
            "requests pass, the upgrade to a web socket is not answered".to_owned(),
            "Try another network; if it stays, realtime hangs: tell whoever runs the server.",
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

fn clock(ahead_s: Option<i64>) -> Check {
    let name = "clock";
    let Some(ahead) = ahead_s else {
        return check(
            Layer::Network,
            name,
            CheckStatus::NotJudged,
            String::new(),
            "",
        );
    };
    let evidence = clock_in_words(ahead);
    let fix = "Set this device's date and time to automatic.";
    match ahead.unsigned_abs() {
        0..=CLOCK_WARN_S => fine(Layer::Network, name, evidence),
        31..=CLOCK_BROKEN_S => check(Layer::Network, name, CheckStatus::Warning, evidence, fix),
        _ => check(Layer::Network, name, CheckStatus::Broken, evidence, fix),
    }
}

/// As a person says it, rounded: "The clock of this device is 2 h behind".
fn clock_in_words(ahead_s: i64) -> String {
    let off = ahead_s.unsigned_abs();
    let amount = match off {
        0..100 => format!("{off} s"),
        100..5_400 => format!("{} min", (off + 30) / 60),
        5_400..172_800 => format!("{} h", (off + 1_800) / 3_600),
        _ => format!("{} days", off / 86_400),
    };
    match ahead_s {
        0 => "The clock of this device is right".to_owned(),
        1.. => format!("The clock of this device is {amount} ahead"),
        _ => format!("The clock of this device is {amount} behind"),
    }
}
