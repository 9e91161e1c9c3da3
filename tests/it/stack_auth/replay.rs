//! Exchanges recorded from a real auth server, sent again in their order and at their times (the stack's clock is set).
//! Tokens and ids differ from run to run: the first meeting ties a recorded one to ours, later ones must agree.

use std::time::Duration;

use rockon_local_stack::{AuthSettings, Contents, ProjectConfig, Timing};
use rockon_tests::{fast, project_with};

use super::transcript::Replay;

/// The made-up secret the recorded tokens were signed with.
const SECRET: &str = "test-secret-only-for-transcripts-0123456789";

fn config(access_token: u64, refresh_reuse: u64, auth: AuthSettings) -> ProjectConfig {
    let timing = Timing {
        access_token: Duration::from_secs(access_token),
        refresh_reuse: Duration::from_secs(refresh_reuse),
        ..Timing::fast()
    };
    ProjectConfig {
        contents: Contents::Bare,
        timing,
        auth,
        jwt_secret: Some(SECRET.to_owned()),
        // Nothing stood before the recorded server.
        key_check: false,
        ..fast()
    }
}

const EARLIER: [Earlier; 1] = [(
    "tea@example.com",
    r#"{"name":"Tea","team":"blue"}"#,
    "46d1e466-39aa-4c62-b43b-7f41855ba872",
)];

/// Address, data and recorded id of a user made before the recording.
type Earlier = (&'static str, &'static str, &'static str);

async fn replay(fixture: &str, config: ProjectConfig, users: &[Earlier]) {
    let project = project_with(config).await;
    let mut replay = Replay::new(&project);
    for (email, data, id) in users {
        replay.set_up(email, data, id).await;
    }
    let records: Vec<&str> = fixture.lines().collect();
    for record in &records {
        replay.exchange(record).await;
    }
    let bad = replay.complaints();
    assert!(
        bad.is_empty(),
        "{} of {}:\n{}",
        bad.len(),
        records.len(),
        bad.join("\n")
    );
    project.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_recorded_server_with_autoconfirm_is_answered_alike() {
    let fixture = include_str!("../../fixtures/auth/autoconfirm.jsonl");
    replay(fixture, config(60, 10, fast().auth), &EARLIER).await;
}

#[tokio::test]
async fn a_recorded_server_that_wants_confirmation_is_answered_alike() {
    let fixture = include_str!("../../fixtures/auth/confirmation.jsonl");
    let auth = AuthSettings {
        autoconfirm: false,
        ..fast().auth
    };
    replay(fixture, config(60, 10, auth), &[]).await;
}

#[tokio::test]
async fn the_mails_of_a_recorded_server_with_autoconfirm_are_answered_alike() {
    let fixture = include_str!("../../fixtures/auth/mail_autoconfirm.jsonl");
    replay(fixture, config(60, 10, fast().auth), &[]).await;
}

#[tokio::test]
async fn the_mails_codes_and_links_of_a_recorded_server_that_wants_confirmation_are_answered_alike()
{
    let fixture = include_str!("../../fixtures/auth/mail_confirmation.jsonl");
    let auth = AuthSettings {
        autoconfirm: false,
        ..fast().auth
    };
    replay(fixture, config(60, 10, auth), &[]).await;
}

#[tokio::test]
async fn a_recorded_server_without_reuse_interval_is_answered_alike() {
    let fixture = include_str!("../../fixtures/auth/no_reuse_interval.jsonl");
    replay(fixture, config(60, 0, fast().auth), &[]).await;
}

#[tokio::test]
async fn a_recorded_server_with_tokens_of_two_seconds_is_answered_alike() {
    let fixture = include_str!("../../fixtures/auth/short_tokens.jsonl");
    replay(fixture, config(2, 10, fast().auth), &[]).await;
}

#[tokio::test]
async fn a_recorded_server_without_sign_up_is_answered_alike() {
    let fixture = include_str!("../../fixtures/auth/signup_disabled.jsonl");
    let auth = AuthSettings {
        signup_disabled: true,
        ..fast().auth
    };
    replay(fixture, config(60, 10, auth), &[]).await;
}

#[tokio::test]
async fn a_recorded_server_without_the_email_provider_is_answered_alike() {
    let fixture = include_str!("../../fixtures/auth/email_disabled.jsonl");
    let auth = AuthSettings {
        email_disabled: true,
        ..fast().auth
    };
    replay(fixture, config(60, 10, auth), &[]).await;
}
