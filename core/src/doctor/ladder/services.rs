//! Rung 1: are the services running?

use super::super::report::{Check, Layer, Status};
use super::{Evidence, Seen, check, fine, shown};
use crate::net::answer::{Answer, Shape};

const START: &str = "The server is down. Tell whoever runs it. (Administrator: `supabase start`, or `rockon stack`.)";

const ANSWERS: &str = "it answers";

/// What a provider's edge answers by itself when it does not reach the project.
const EDGE: &str = "The provider's edge does not reach the project: look whether it is paused, and at the provider's status page.";

pub(super) fn checks(evidence: &Evidence) -> Vec<Check> {
    let mut checks = vec![gateway(&evidence.gateway)];
    checks.push(service(
        "auth service",
        &evidence.auth,
        "Start the auth service (GoTrue).",
    ));
    checks.push(rest(&evidence.rest));
    checks.push(database(&evidence.rest));
    checks.push(service(
        "realtime service",
        &evidence.realtime,
        "Start the realtime service.",
    ));
    checks
}

fn gateway(seen: &Seen) -> Check {
    let name = "gateway";
    match seen {
        Seen::Refused => check(Layer::Services, name, Status::Broken, shown(seen), START),
        Seen::Answered(Answer {
            status: 520..=530, ..
        }) => check(Layer::Services, name, Status::Broken, shown(seen), EDGE),
        // It has no page of its own to give: 404 is what a gateway that works says.
        Seen::Answered(Answer { status: 0..500, .. }) => {
            fine(Layer::Services, name, ANSWERS.to_owned())
        }
        Seen::Answered(_) => fine(Layer::Services, name, answers(seen)),
        _ => check(Layer::Services, name, Status::NotJudged, shown(seen), ""),
    }
}

/// What a service that runs said, in words that do not pass for a finding.
fn answers(seen: &Seen) -> String {
    match seen {
        Seen::Answered(Answer {
            status: 200..300, ..
        }) => ANSWERS.to_owned(),
        _ => format!("{ANSWERS}: {}", shown(seen)),
    }
}

fn service(name: &'static str, seen: &Seen, fix: &'static str) -> Check {
    let Seen::Answered(answer) = seen else {
        return unreached(name, seen);
    };
    match answer {
        Answer {
            status: 404,
            shape: Shape::Gateway(_),
        } => check(
            Layer::Services,
            name,
            Status::Broken,
            shown(seen),
            "The gateway is up but does not know this service: check the project's address and the gateway's routes.",
        ),
        Answer {
            status: 520..=530, ..
        } => check(Layer::Services, name, Status::Broken, shown(seen), EDGE),
        Answer {
            status: 500 | 502..=504,
            ..
        } => check(Layer::Services, name, Status::Broken, shown(seen), fix),
        _ => fine(Layer::Services, name, answers(seen)),
    }
}

/// `PostgREST` that answers that it has no database is itself up.
fn rest(seen: &Seen) -> Check {
    if without_database(seen) {
        return fine(Layer::Services, "rest service", answers(seen));
    }
    service("rest service", seen, "Start the rest service (PostgREST).")
}

fn database(seen: &Seen) -> Check {
    let name = "database";
    if without_database(seen) {
        let fix = "Start PostgreSQL, or wait until it has started.";
        return check(Layer::Services, name, Status::Broken, shown(seen), fix);
    }
    match seen {
        Seen::Answered(Answer { status: 0..500, .. }) => fine(Layer::Services, name, String::new()),
        _ => check(Layer::Services, name, Status::NotJudged, String::new(), ""),
    }
}

fn without_database(seen: &Seen) -> bool {
    matches!(seen, Seen::Answered(Answer { status: 503, shape: Shape::Rest(code) }) if code.starts_with("PGRST00"))
}

fn unreached(name: &'static str, seen: &Seen) -> Check {
    let status = if *seen == Seen::Refused {
        Status::Broken
    } else {
        Status::NotJudged
    };
    let fix = if status == Status::Broken { START } else { "" };
    check(Layer::Services, name, status, shown(seen), fix)
}
