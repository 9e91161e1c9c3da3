//! Looking: the requests whose answers the ladder judges. Read-only; each ends by itself within the client's time-outs.

use serde::Deserialize;
use serde_json::json;

use super::ladder::{
    Evidence, LaneSeen, LocalSeen, PullSeen, Seen, ServerHealth, SessionSeen, judge,
};
use super::report::Report;
use crate::net::{Bearer, Http, RawAnswer, Unreached};
use crate::redact::Secret;

/// The schema version that this program needs at least.
pub const NEEDS_SCHEMA: i64 = 2;

/// What the rest of the client knows at this moment.
#[derive(Debug, Clone, Default)]
pub struct Inside {
    /// A token of the session, if there is one.
    pub token: Option<Secret>,
    /// The session.
    pub session: SessionSeen,
    /// How hints come.
    pub lane: LaneSeen,
    /// Whether the socket opens; `None` = not tried.
    pub socket_opens: Option<bool>,
    /// What a pull brought.
    pub pull: PullSeen,
    /// The local database.
    pub local: LocalSeen,
}

/// Looks at everything and judges it. Never fails: what goes wrong is a finding.
pub async fn examine(http: &Http, inside: Inside) -> Report {
    let (gateway, auth, rest, realtime, upgrade) = tokio::join!(
        http.get("", Bearer::Key),
        http.get("auth/v1/health", Bearer::Key),
        http.get("rest/v1/", Bearer::Key),
        http.get("realtime/v1/api/ping", Bearer::Key),
        http.realtime_key_probe(),
    );
    let mut evidence = Evidence {
        gateway: seen(&gateway),
        auth: seen(&auth),
        rest: seen(&rest),
        realtime: seen(&realtime),
        upgrade: seen(&upgrade),
        socket_opens: inside.socket_opens,
        session: inside.session,
        needs_schema: NEEDS_SCHEMA,
        lane: inside.lane,
        pull: inside.pull,
        local: inside.local,
        ..Evidence::default()
    };
    if let Some(token) = &inside.token {
        as_member(http, token, &mut evidence).await;
    }
    evidence.clock_ahead_s = http.clock_ahead_s();
    judge(&evidence)
}

async fn as_member(http: &Http, token: &Secret, evidence: &mut Evidence) {
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
