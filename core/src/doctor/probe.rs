//! Looking: the requests whose answers the checks judge. Each ends by itself within the client's time-outs.

use serde::Deserialize;
use serde_json::json;

use super::checks::{Evidence, Seen, ServerHealth};
use crate::net::{Bearer, Http, RawAnswer, Unreached};
use crate::redact::Secret;

/// The schema version that this program needs at least.
pub const NEEDS_SCHEMA: i64 = 2;

/// Looks at what everybody may look at: the services and the way to them. Never fails: what goes wrong is a finding.
pub(crate) async fn look(http: &Http) -> Evidence {
    let (gateway, auth, rest, realtime, upgrade) = tokio::join!(
        http.get("", Bearer::Key),
        http.get("auth/v1/health", Bearer::Key),
        http.get("rest/v1/", Bearer::Key),
        http.get("realtime/v1/api/ping", Bearer::Key),
        http.realtime_key_probe(),
    );
    Evidence {
        gateway: seen(&gateway),
        auth: seen(&auth),
        rest: seen(&rest),
        realtime: seen(&realtime),
        upgrade: seen(&upgrade),
        clock_ahead_s: http.clock_ahead_s(),
        needs_schema: NEEDS_SCHEMA,
        ..Evidence::default()
    }
}

/// Looks at what only a member may look at.
pub(crate) async fn look_as_member(http: &Http, token: &Secret, evidence: &mut Evidence) {
    let arguments = json!({});
    let (user, health) = tokio::join!(
        http.get("auth/v1/user", Bearer::User(token)),
        http.rpc_raw("sync_health", &arguments, Bearer::User(token)),
    );
    evidence.user = seen(&user);
    if let Ok(health) = health {
        evidence.health_call = seen(&health);
        evidence.health = health.ok().and_then(|raw| told(&raw));
    }
    evidence.clock_ahead_s = http.clock_ahead_s();
}

/// Asks the database to announce the member's own scope once more, as it stands; nothing of anybody's changes by it.
/// `false`: it did not, or this database cannot.
pub(crate) async fn ask_for_echo(http: &Http, token: &Secret) -> bool {
    let arguments = json!({});
    let asked = http.rpc_raw("sync_echo", &arguments, Bearer::User(token));
    matches!(asked.await, Ok(Ok(raw)) if raw.status == 200 && raw.body == b"true")
}

fn seen(outcome: &Result<RawAnswer, Unreached>) -> Seen {
    match outcome {
        Ok(raw) => Seen::Answered(raw.answer()),
        Err(Unreached::NoSuchHost) => Seen::NoSuchHost,
        Err(Unreached::Refused) => Seen::Refused,
        Err(Unreached::TimedOut) => Seen::TimedOut,
        Err(Unreached::TlsFailed) => Seen::TlsFailed,
        Err(Unreached::CutOff | Unreached::TooLarge | Unreached::BadEncoding) => Seen::CutOff,
        Err(Unreached::BadRequest) => Seen::NotTried,
    }
}

#[derive(Deserialize)]
struct Health {
    schema_version: i64,
    publication: bool,
    private_broadcast: bool,
    policies: String,
    orphans: i64,
}

fn told(raw: &RawAnswer) -> Option<ServerHealth> {
    let health: Health = serde_json::from_slice(&raw.body).ok()?;
    Some(ServerHealth {
        schema_version: health.schema_version,
        published: health.publication,
        private_broadcast: health.private_broadcast,
        strict_policies: health.policies == "strict",
        orphans: health.orphans,
    })
}
