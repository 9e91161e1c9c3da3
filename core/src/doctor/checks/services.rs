//! Rung 1: are the services running?

use super::super::report::{Check, CheckStatus, Layer};
use super::{Evidence, Seen, check, fine, shown};
use crate::net::answer::{Answer, Shape};

const START: &str = "The server is down. Tell whoever runs it. (Administrator: `supabase start`; for development, `rockon stack`.)";

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
    checks.push(database(evidence));
    checks.push(realtime(evidence));
    checks
}

/// It answers requests, and still every socket may fail: the upgrade is where it reaches for its database.
fn realtime(evidence: &Evidence) -> Check {
    let name = "realtime service";
    let found = service(name, &evidence.realtime, "Start the realtime service.");
    match &evidence.socket {
        socket @ Seen::Answered(Answer {
            status: 500 | 502..=504 | 520..=530,
            ..
        }) if found.status == CheckStatus::Fine => check(
            Layer::Services,
            name,
            CheckStatus::Broken,
            format!("no socket opens: {}", shown(socket)),
            "Realtime runs but opens no socket: look at its log, and whether it reaches its database.",
        ),
        socket @ Seen::Answered(Answer { status: 429, .. })
            if found.status == CheckStatus::Fine =>
        {
            check(
                Layer::Services,
                name,
                CheckStatus::Warning,
                format!("no socket opens now: {}", shown(socket)),
                "Realtime has as many users or joins as it allows. It is tried again by itself; if it lasts, raise its limits.",
            )
        }
        _ => found,
    }
}

fn gateway(seen: &Seen) -> Check {
    let name = "gateway";
    match seen {
        Seen::Refused => check(
            Layer::Services,
            name,
            CheckStatus::Broken,
            shown(seen),
            START,
        ),
        Seen::Answered(Answer {
            status: 520..=530, ..
        }) => check(
            Layer::Services,
            name,
            CheckStatus::Broken,
            shown(seen),
            EDGE,
        ),
        // It has no page of its own to give: 404 is what a gateway that works says.
        Seen::Answered(Answer { status: 0..500, .. }) => {
            fine(Layer::Services, name, ANSWERS.to_owned())
        }
        Seen::Answered(_) => fine(Layer::Services, name, answers(seen)),
        _ => check(
            Layer::Services,
            name,
            CheckStatus::NotJudged,
            shown(seen),
            "",
        ),
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
            CheckStatus::Broken,
            shown(seen),
            "The gateway is up but does not know this service: check the project's address and the gateway's routes.",
        ),
        Answer {
            status: 520..=530, ..
        } => check(
            Layer::Services,
            name,
            CheckStatus::Broken,
            shown(seen),
            EDGE,
        ),
        Answer {
            status: 500 | 502..=504,
            ..
        } => check(Layer::Services, name, CheckStatus::Broken, shown(seen), fix),
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

/// Rest's first page may come from its memory; a function it calls for a member cannot.
fn database(evidence: &Evidence) -> Check {
    let name = "database";
    let asked = [&evidence.rest, &evidence.health_call];
    if let Some(seen) = asked.into_iter().find(|seen| without_database(seen)) {
        let fix = if is_busy(seen) {
            "The database is out of connections: look for what holds them, or allow more."
        } else {
            "Start PostgreSQL, or wait until it has started."
        };
        return check(Layer::Services, name, CheckStatus::Broken, shown(seen), fix);
    }
    match &evidence.rest {
        Seen::Answered(Answer { status: 0..500, .. }) => fine(Layer::Services, name, String::new()),
        _ => check(
            Layer::Services,
            name,
            CheckStatus::NotJudged,
            String::new(),
            "",
        ),
    }
}

fn without_database(seen: &Seen) -> bool {
    matches!(seen, Seen::Answered(Answer { status: 503 | 504, shape: Shape::Rest(code) }) if code.starts_with("PGRST00"))
}

/// It runs, but no connection to it became free in time.
fn is_busy(seen: &Seen) -> bool {
    matches!(seen, Seen::Answered(Answer { shape: Shape::Rest(code), .. }) if code == "PGRST003")
}

fn unreached(name: &'static str, seen: &Seen) -> Check {
    let status = if *seen == Seen::Refused {
        CheckStatus::Broken
    } else {
        CheckStatus::NotJudged
    };
    let fix = if status == CheckStatus::Broken {
        START
    } else {
        ""
    };
    check(Layer::Services, name, status, shown(seen), fix)
}
