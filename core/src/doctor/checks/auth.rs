//! Rung 3: do the key, the token and the session count there?

use super::super::report::{Check, CheckStatus, Layer};
use super::{Evidence, Seen, SessionSeen, check, fine, network, shown};
use crate::model::{AuthErrorCode, sign_in};
use crate::net::answer::{Answer, Shape};

pub(super) fn checks(evidence: &Evidence) -> Vec<Check> {
    vec![
        key(evidence),
        session(evidence),
        server_view(evidence),
        rest_token(&evidence.health_call),
        realtime_key(evidence),
    ]
}

fn key(evidence: &Evidence) -> Check {
    let fix = "Copy the project's anon (or publishable) key again; it belongs to this address.";
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
            "API key",
            CheckStatus::Broken,
            shown(seen),
            fix,
        ),
        None if network::answered(&[&evidence.auth, &evidence.rest]) => {
            fine(Layer::Auth, "API key", String::new())
        }
        None => check(
            Layer::Auth,
            "API key",
            CheckStatus::NotJudged,
            String::new(),
            "",
        ),
    }
}

/// Tokens that live for less than this many seconds make work of their own.
const SHORT_S: u64 = 120;

fn session(evidence: &Evidence) -> Check {
    let name = "session";
    match &evidence.session {
        SessionSeen::SignedOut => check(
            Layer::Auth,
            name,
            CheckStatus::NotJudged,
            "nobody is signed in".to_owned(),
            "",
        ),
        SessionSeen::Valid => match evidence.token_lifetime_s {
            Some(lifetime @ ..SHORT_S) => check(
                Layer::Auth,
                name,
                CheckStatus::Warning,
                format!("its tokens last {lifetime} s"),
                "Let access tokens last for an hour (auth settings, JWT expiry): such short ones are renewed all the time.",
            ),
            _ => fine(Layer::Auth, name, String::new()),
        },
        SessionSeen::RefreshWaits => check(
            Layer::Auth,
            name,
            CheckStatus::Warning,
            "the last refresh failed; it is tried again".to_owned(),
            "",
        ),
        SessionSeen::Ended(code) => check(
            Layer::Auth,
            name,
            CheckStatus::Broken,
            code.to_string(),
            ended(code),
        ),
    }
}

const SIGN_IN: &str = "Sign in again; nothing on this phone is lost.";

/// A blocked or deleted account does not come back by signing in.
fn ended(code: &AuthErrorCode) -> &'static str {
    match code {
        AuthErrorCode::UserBanned | AuthErrorCode::UserNotFound | AuthErrorCode::AccountGone => {
            sign_in::sentence(code).unwrap_or(SIGN_IN)
        }
        _ => SIGN_IN,
    }
}

fn server_view(evidence: &Evidence) -> Check {
    let name = "the server knows the session";
    match &evidence.user {
        Seen::Answered(Answer { status: 200, .. }) => fine(Layer::Auth, name, String::new()),
        seen @ Seen::Answered(Answer {
            status: 401 | 403,
            shape: Shape::Auth(code),
        }) => check(
            Layer::Auth,
            name,
            CheckStatus::Broken,
            shown(seen),
            ended(&code.as_str().into()),
        ),
        seen => check(Layer::Auth, name, CheckStatus::NotJudged, shown(seen), ""),
    }
}

/// Auth may know a token that `PostgREST` refuses: another secret, or another clock.
fn rest_token(seen: &Seen) -> Check {
    let name = "rest accepts the token";
    let broken = |fix| check(Layer::Auth, name, CheckStatus::Broken, shown(seen), fix);
    match seen {
        Seen::Answered(Answer {
            status: 401,
            shape: Shape::Rest(code),
        }) if code == "PGRST303" => broken(
            "The token is not valid now: sign in again; if it stays, the clocks of the server's parts differ.",
        ),
        Seen::Answered(Answer {
            status: 401,
            shape: Shape::Rest(code),
        }) if code == "PGRST301" => {
            broken("Rest has another JWT secret than auth: give all services the same one.")
        }
        Seen::Answered(Answer { status: 200, .. }) => fine(Layer::Auth, name, String::new()),
        _ => check(Layer::Auth, name, CheckStatus::NotJudged, String::new(), ""),
    }
}

fn realtime_key(evidence: &Evidence) -> Check {
    let name = "realtime accepts the key";
    let tenant = |seen: &Seen| match seen {
        Seen::Answered(answer) => answer.shape == Shape::Realtime(Some("Tenant not found")),
        _ => false,
    };
    let seen = match &evidence.realtime {
        ping if tenant(ping) => ping,
        _ => &evidence.upgrade,
    };
    if key_accepted_by_realtime(seen) {
        return fine(Layer::Auth, name, String::new());
    }
    let broken = |fix| check(Layer::Auth, name, CheckStatus::Broken, shown(seen), fix);
    let Seen::Answered(Answer { status, shape }) = seen else {
        return check(Layer::Auth, name, CheckStatus::NotJudged, shown(seen), "");
    };
    match (status, shape) {
        (404, _) | (_, Shape::Realtime(Some("Tenant not found"))) => broken(
            "Realtime does not know this project under this host name: check its tenant's name.",
        ),
        (401 | 403, Shape::Realtime(Some("Failed to validate JWT signature"))) => broken(
            "Realtime has another JWT secret than the rest of the project: give all services the same one.",
        ),
        (401 | 403, _) => {
            broken("Realtime refuses the key: check the key, and realtime's JWT secret.")
        }
        _ => check(Layer::Auth, name, CheckStatus::NotJudged, shown(seen), ""),
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
