//! Rung 2: does the network carry us there unchanged, and does the clock agree?

use super::super::report::{Check, Layer, Status};
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
    let broken = |fix| check(Layer::Network, name, Status::Broken, shown(seen), fix);
    match seen {
        Seen::NoSuchHost => broken("Check the project's address and that this phone is online."),
        Seen::TimedOut => broken("Check that this phone is online; a firewall may be in the way."),
        Seen::TlsFailed => broken(
            "Something between this phone and the server breaks TLS, or the date of the phone is wrong.",
        ),
        Seen::CutOff => broken("The connection breaks off: try another network."),
        Seen::Answered(_) => fine(Layer::Network, name, String::new()),
        Seen::Refused | Seen::NotTried => {
            check(Layer::Network, name, Status::NotJudged, String::new(), "")
        }
    }
}

/// A web page or a redirect where JSON is due: a hotel's sign-in page, a proxy.
fn portal(evidence: &Evidence) -> Check {
    let name = "no proxy or login page in between";
    let asked = [&evidence.auth, &evidence.rest, &evidence.realtime];
    let page = asked.into_iter().find(|seen| {
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
            Status::Broken,
            shown(seen),
            "A sign-in page or proxy answers instead of the server: open a web page on this phone, or use another network.",
        ),
        None => fine(Layer::Network, name, String::new()),
    }
}

/// Requests pass and the key counts, but the socket does not open: a proxy that blocks upgrades.
fn sockets(evidence: &Evidence) -> Check {
    let name = "web sockets pass";
    match (
        evidence.socket_opens,
        super::auth::key_accepted_by_realtime(&evidence.upgrade),
    ) {
        (Some(true), _) => fine(Layer::Network, name, String::new()),
        (Some(false), true) => check(
            Layer::Network,
            name,
            Status::Broken,
            "requests pass, the upgrade to a web socket does not".to_owned(),
            "This network blocks web sockets; changes still come, a little later. Try another network.",
        ),
        _ => check(Layer::Network, name, Status::NotJudged, String::new(), ""),
    }
}

fn clock(ahead_s: Option<i64>) -> Check {
    let name = "clock";
    let Some(ahead) = ahead_s else {
        return check(Layer::Network, name, Status::NotJudged, String::new(), "");
    };
    let evidence = clock_in_words(ahead);
    let fix = "Set the phone's date and time to automatic.";
    match ahead.unsigned_abs() {
        0..=CLOCK_WARN_S => fine(Layer::Network, name, evidence),
        31..=CLOCK_BROKEN_S => check(Layer::Network, name, Status::Warning, evidence, fix),
        _ => check(Layer::Network, name, Status::Broken, evidence, fix),
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
