//! Rung 1: are the services running?

use super::super::report::{Check, CheckStatus, Layer};
use super::{Evidence, Seen, check, fine, shown};
use crate::net::answer::{Answer, Shape};
use crate::speech::{Language, checks as say};

pub(super) fn checks(evidence: &Evidence) -> Vec<Check> {
    let language = evidence.language;
    let start_auth = say::start_auth(language);
    vec![
        gateway(&evidence.gateway, language),
        service(
            say::auth_service(language),
            &evidence.auth,
            start_auth,
            language,
        ),
        rest(&evidence.rest, language),
        database(evidence),
        realtime(evidence),
    ]
}

/// It answers requests, and still every socket may fail: the upgrade is where it reaches for its database.
fn realtime(evidence: &Evidence) -> Check {
    let language = evidence.language;
    let name = say::realtime_service(language);
    let start = say::start_realtime(language);
    let found = service(name, &evidence.realtime, start, language);
    match &evidence.socket {
        socket @ Seen::Answered(Answer {
            status: 500 | 502..=504 | 520..=530,
            ..
        }) if found.status == CheckStatus::Fine => check(
            Layer::Services,
            name,
            CheckStatus::Broken,
            say::no_socket(language, &shown(socket, language)),
            say::no_socket_fix(language),
        ),
        socket @ Seen::Answered(Answer { status: 429, .. })
            if found.status == CheckStatus::Fine =>
        {
            check(
                Layer::Services,
                name,
                CheckStatus::Warning,
                say::no_socket_now(language, &shown(socket, language)),
                say::no_socket_now_fix(language),
            )
        }
        _ => found,
    }
}

fn gateway(seen: &Seen, language: Language) -> Check {
    let name = say::gateway(language);
    match seen {
        Seen::Refused => check(
            Layer::Services,
            name,
            CheckStatus::Broken,
            shown(seen, language),
            say::start(language),
        ),
        Seen::Answered(Answer {
            status: 520..=530, ..
        }) => check(
            Layer::Services,
            name,
            CheckStatus::Broken,
            shown(seen, language),
            say::edge(language),
        ),
        // It has no page of its own to give: 404 is what a gateway that works says.
        Seen::Answered(Answer { status: 0..500, .. }) => {
            fine(Layer::Services, name, say::answers(language).to_owned())
        }
        Seen::Answered(_) => fine(Layer::Services, name, answers(seen, language)),
        _ => check(
            Layer::Services,
            name,
            CheckStatus::NotJudged,
            shown(seen, language),
            "",
        ),
    }
}

/// What a service that runs said, in words that do not pass for a finding.
fn answers(seen: &Seen, language: Language) -> String {
    match seen {
        Seen::Answered(Answer {
            status: 200..300, ..
        }) => say::answers(language).to_owned(),
        _ => say::answers_with(language, &shown(seen, language)),
    }
}

fn service(name: &'static str, seen: &Seen, fix: &'static str, language: Language) -> Check {
    let Seen::Answered(answer) = seen else {
        return unreached(name, seen, language);
    };
    match answer {
        Answer {
            status: 404,
            shape: Shape::Gateway(_),
        } => check(
            Layer::Services,
            name,
            CheckStatus::Broken,
            shown(seen, language),
            say::unknown_service(language),
        ),
        Answer {
            status: 520..=530, ..
        } => check(
            Layer::Services,
            name,
            CheckStatus::Broken,
            shown(seen, language),
            say::edge(language),
        ),
        Answer {
            status: 500 | 502..=504,
            ..
        } => check(
            Layer::Services,
            name,
            CheckStatus::Broken,
            shown(seen, language),
            fix,
        ),
        _ => fine(Layer::Services, name, answers(seen, language)),
    }
}

/// `PostgREST` that answers that it has no database is itself up.
fn rest(seen: &Seen, language: Language) -> Check {
    let name = say::rest_service(language);
    if without_database(seen) {
        return fine(Layer::Services, name, answers(seen, language));
    }
    service(name, seen, say::start_rest(language), language)
}

/// Rest's first page may come from its memory; a function it calls for a member cannot.
fn database(evidence: &Evidence) -> Check {
    let language = evidence.language;
    let name = say::database(language);
    let asked = [&evidence.rest, &evidence.health_call];
    if let Some(seen) = asked.into_iter().find(|seen| without_database(seen)) {
        let fix = if is_busy(seen) {
            say::database_busy(language)
        } else {
            say::start_database(language)
        };
        return check(
            Layer::Services,
            name,
            CheckStatus::Broken,
            shown(seen, language),
            fix,
        );
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

fn unreached(name: &'static str, seen: &Seen, language: Language) -> Check {
    let status = if *seen == Seen::Refused {
        CheckStatus::Broken
    } else {
        CheckStatus::NotJudged
    };
    let fix = if status == CheckStatus::Broken {
        say::start(language)
    } else {
        ""
    };
    check(Layer::Services, name, status, shown(seen, language), fix)
}
