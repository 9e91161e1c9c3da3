//! Rung 3: do the key, the token and the session count there?

use super::super::report::{Check, CheckStatus, Layer};
use super::{Evidence, Seen, SessionSeen, check, fine, network, shown};
use crate::model::{AuthErrorCode, sign_in};
use crate::net::answer::{Answer, Shape};
use crate::speech::{Language, checks as say, sign_in as enter};

pub(super) fn checks(evidence: &Evidence) -> Vec<Check> {
    vec![
        key(evidence),
        session(evidence),
        server_view(evidence),
        rest_token(&evidence.health_call, evidence.language),
        realtime_key(evidence),
    ]
}

fn key(evidence: &Evidence) -> Check {
    let language = evidence.language;
    let (name, fix) = (say::api_key(language), say::api_key_fix(language));
    let refused = [&evidence.auth, &evidence.rest]
        .into_iter()
        .find(|seen| match seen {
            Seen::Answered(Answer {
                status: 401 | 403,
                shape,
            }) => match shape {
                Shape::Gateway(_) => true,
                Shape::Rest(code) => code == "PGRST301",
                _ => false,
            },
            _ => false,
        });
    match refused {
        Some(seen) => check(
            Layer::Auth,
            name,
            CheckStatus::Broken,
            shown(seen, language),
            fix,
        ),
        None if network::answered(&[&evidence.auth, &evidence.rest]) => {
            fine(Layer::Auth, name, String::new())
        }
        None => check(Layer::Auth, name, CheckStatus::NotJudged, String::new(), ""),
    }
}

/// Tokens that live for less than this many seconds make work of their own.
const SHORT_S: u64 = 120;

fn session(evidence: &Evidence) -> Check {
    let language = evidence.language;
    let name = say::session(language);
    match &evidence.session {
        SessionSeen::SignedOut => check(
            Layer::Auth,
            name,
            CheckStatus::NotJudged,
            say::signed_out(language).to_owned(),
            "",
        ),
        SessionSeen::Valid => match evidence.token_lifetime_s {
            Some(lifetime @ ..SHORT_S) => check(
                Layer::Auth,
                name,
                CheckStatus::Warning,
                say::short_tokens(language, &lifetime),
                say::short_tokens_fix(language),
            ),
            _ => fine(Layer::Auth, name, String::new()),
        },
        SessionSeen::RefreshWaits => check(
            Layer::Auth,
            name,
            CheckStatus::Warning,
            say::refresh_waits(language).to_owned(),
            "",
        ),
        SessionSeen::Ended(code) => check(
            Layer::Auth,
            name,
            CheckStatus::Broken,
            code.to_string(),
            ended(code, language),
        ),
    }
}

/// A blocked or deleted account does not come back by signing in.
fn ended(code: &AuthErrorCode, language: Language) -> &'static str {
    let again = enter::again(language);
    match code {
        AuthErrorCode::UserBanned | AuthErrorCode::UserNotFound | AuthErrorCode::AccountGone => {
            sign_in::sentence(code, language).unwrap_or(again)
        }
        _ => again,
    }
}

fn server_view(evidence: &Evidence) -> Check {
    let language = evidence.language;
    let name = say::server_view(language);
    match &evidence.user {
        Seen::Answered(Answer { status: 200, .. }) => fine(Layer::Auth, name, String::new()),
        seen @ Seen::Answered(Answer {
            status: 401 | 403,
            shape: Shape::Auth(code),
        }) => check(
            Layer::Auth,
            name,
            CheckStatus::Broken,
            shown(seen, language),
            ended(&code.as_str().into(), language),
        ),
        seen => check(
            Layer::Auth,
            name,
            CheckStatus::NotJudged,
            shown(seen, language),
            "",
        ),
    }
}

/// Auth may know a token that `PostgREST` refuses: another secret, or another clock.
fn rest_token(seen: &Seen, language: Language) -> Check {
    let name = say::rest_token(language);
    let broken = |fix| {
        check(
            Layer::Auth,
            name,
            CheckStatus::Broken,
            shown(seen, language),
            fix,
        )
    };
    match seen {
        Seen::Answered(Answer {
            status: 401,
            shape: Shape::Rest(code),
        }) if code == "PGRST303" => broken(say::token_not_valid(language)),
        Seen::Answered(Answer {
            status: 401,
            shape: Shape::Rest(code),
        }) if code == "PGRST301" => broken(say::rest_secret(language)),
        Seen::Answered(Answer { status: 200, .. }) => fine(Layer::Auth, name, String::new()),
        _ => check(Layer::Auth, name, CheckStatus::NotJudged, String::new(), ""),
    }
}

fn realtime_key(evidence: &Evidence) -> Check {
    let language = evidence.language;
    let name = say::realtime_key(language);
    let seen = match &evidence.realtime {
        ping if is_unknown_tenant(ping) => ping,
        _ => &evidence.upgrade,
    };
    if key_accepted_by_realtime(seen) {
        return fine(Layer::Auth, name, String::new());
    }
    let found = |status, fix| check(Layer::Auth, name, status, shown(seen, language), fix);
    let broken = |fix| found(CheckStatus::Broken, fix);
    let Seen::Answered(Answer { status, shape }) = seen else {
        return found(CheckStatus::NotJudged, "");
    };
    match (status, shape) {
        (404, _) | (_, Shape::Realtime(Some("Tenant not found"))) => {
            broken(say::realtime_tenant(language))
        }
        (401 | 403, Shape::Realtime(Some("Failed to validate JWT signature"))) => {
            broken(say::realtime_secret(language))
        }
        (401 | 403, _) => broken(say::realtime_refuses(language)),
        _ => found(CheckStatus::NotJudged, ""),
    }
}

fn is_unknown_tenant(seen: &Seen) -> bool {
    match seen {
        Seen::Answered(answer) => answer.shape == Shape::Realtime(Some("Tenant not found")),
        _ => false,
    }
}

/// Phoenix checks the key before it looks for the upgrade: 400 means that the key was accepted.
pub(super) fn key_accepted_by_realtime(seen: &Seen) -> bool {
    matches!(
        seen,
        Seen::Answered(Answer {
            status: 400 | 101,
            ..
        })
    )
}
