//! The words of `server` steps, read strictly: a step with a word or a member that is not known is refused, so that a
//! scenario with a slip of the pen cannot pass by doing nothing.

use rockon_local_stack::Service;
use serde::Deserialize;
use serde_json::Value;

/// What a step does to the server; see `tests/scenarios/README.md`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "server", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Step {
    Stop { service: Part },
    Start { service: Part },
    DropHints { on: bool },
    CutSockets { code: Option<u16> },
    RestartDatabase {},
    ExpireTokens {},
    NewEpoch {},
    Html { on: bool },
    LoseAnswer { path: String },
    OldSchema { on: bool },
    ConfirmEmail { email: String },
}

/// An identity token that a step wants; see `tests/scenarios/README.md`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TokenWanted {
    pub(super) provider: String,
    pub(super) email: String,
    pub(super) flaw: Option<Flaw>,
}

/// What is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Flaw {
    Expired,
    Audience,
    Issuer,
    Nonce,
    Signature,
    Unverified,
}

/// What can be stopped by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Part {
    Gateway,
    Auth,
    Rest,
    Realtime,
    Database,
}

impl Part {
    /// The service behind the gateway; the gateway and the database are none.
    pub(super) fn service(self) -> Option<Service> {
        match self {
            Self::Auth => Some(Service::Auth),
            Self::Rest => Some(Service::Rest),
            Self::Realtime => Some(Service::Realtime),
            Self::Gateway | Self::Database => None,
        }
    }
}

impl Step {
    /// Says what it does not understand.
    pub(super) fn read(step: &Value) -> Result<Self, String> {
        let read = Self::deserialize(step).map_err(|error| format!("{step}: {error}"))?;
        match &read {
            Self::LoseAnswer { path } if path.is_empty() => {
                Err(format!("{step}: the answer of which path?"))
            }
            _ => Ok(read),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn means(step: &Value, meant: Step) {
        assert_eq!(Step::read(step), Ok(meant), "{step}");
    }

    #[test]
    fn every_word_is_read_with_its_members() {
        let service = Part::Auth;
        means(
            &json!({ "server": "stop", "service": "auth" }),
            Step::Stop { service },
        );
        let service = Part::Database;
        means(
            &json!({ "server": "start", "service": "database" }),
            Step::Start { service },
        );
        means(
            &json!({ "server": "drop_hints", "on": true }),
            Step::DropHints { on: true },
        );
        means(
            &json!({ "server": "cut_sockets" }),
            Step::CutSockets { code: None },
        );
        let code = Some(1012);
        means(
            &json!({ "server": "cut_sockets", "code": 1012 }),
            Step::CutSockets { code },
        );
        means(
            &json!({ "server": "restart_database" }),
            Step::RestartDatabase {},
        );
        means(&json!({ "server": "expire_tokens" }), Step::ExpireTokens {});
        means(&json!({ "server": "new_epoch" }), Step::NewEpoch {});
        means(
            &json!({ "server": "html", "on": false }),
            Step::Html { on: false },
        );
    }

    #[test]
    fn words_that_bend_an_answer_are_read_with_their_members() {
        let path = "/rest".to_owned();
        means(
            &json!({ "server": "lose_answer", "path": "/rest" }),
            Step::LoseAnswer { path },
        );
        means(
            &json!({ "server": "old_schema", "on": true }),
            Step::OldSchema { on: true },
        );
        let email = "eric.b@rock-on.test".to_owned();
        means(
            &json!({ "server": "confirm_email", "email": email }),
            Step::ConfirmEmail { email },
        );
    }

    #[test]
    fn a_slip_of_the_pen_is_refused_and_named() {
        for (step, named) in [
            (json!({ "server": "stopp", "service": "auth" }), "stopp"),
            (json!({ "server": "stop" }), "service"),
            (json!({ "server": "stop", "service": "storage" }), "storage"),
            (
                json!({ "server": "stop", "service": "auth", "on": true }),
                "on",
            ),
            (json!({ "server": "html", "onn": true }), "onn"),
            (json!({ "server": "html" }), "on"),
            (json!({ "server": "html", "on": "yes" }), "yes"),
            (json!({ "server": "cut_sockets", "code": "1012" }), "1012"),
            (json!({ "server": "cut_sockets", "code": 70_000 }), "70000"),
            (
                json!({ "server": "new_epoch", "service": "auth" }),
                "service",
            ),
            (json!({ "server": "lose_answer", "path": "" }), "which path"),
            (json!({ "phone": "eric", "do": "sign_in" }), "server"),
            (json!("stop"), "stop"),
        ] {
            let refused = Step::read(&step).unwrap_err();
            let (_, reason) = refused.split_once(&format!("{step}: ")).unwrap();
            assert!(reason.contains(named), "{refused}");
        }
    }
}
