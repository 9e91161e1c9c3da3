//! The checks: evidence in, findings out. Pure.
//!
//! Order of judgement: services, network, auth, app. When the way to the server is itself broken, the services cannot be
//! judged and the network is named instead; a refused connection is the services' (nothing listens there).

mod app;
mod auth;
mod network;
mod services;

use super::report::{Check, CheckStatus, DoctorReport, Layer};
use crate::error::StorageFailure;
use crate::model::{AuthErrorCode, Kind, RowId, ScopeId};
use crate::net::answer::Answer;
use crate::speech::{Language, checks, doctor as say};

/// What came of one request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Seen {
    /// It was not made.
    #[default]
    NotTried,
    /// The host name could not be resolved.
    NoSuchHost,
    /// Nothing listens there.
    Refused,
    /// No connection or no answer in time.
    TimedOut,
    /// The TLS handshake failed.
    TlsFailed,
    /// The connection broke off in the middle.
    CutOff,
    /// An answer came.
    Answered(Answer),
}

impl Seen {
    /// A socket that opened.
    #[must_use]
    pub(crate) fn upgraded() -> Self {
        Self::Answered(Answer {
            status: SWITCHING,
            shape: crate::net::answer::Shape::Empty,
        })
    }
}

/// The status of an upgrade that was carried out.
const SWITCHING: u16 = 101;

/// The session as the phone has it, and what a refresh said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum SessionSeen {
    /// Nobody has signed in on this phone.
    #[default]
    SignedOut,
    /// A token that should be good.
    Valid,
    /// The last refresh failed for a passing reason.
    RefreshWaits,
    /// The server ended the session; the code is `GoTrue`'s.
    Ended(AuthErrorCode),
}

/// What the hint transport did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum TransportSeen {
    /// Not tried, because nobody is signed in.
    #[default]
    NotTried,
    /// Hints come by private broadcast.
    Broadcast,
    /// Hints come by changes of `sync_head`.
    Changes,
    /// The socket is open, but joins fail for a passing or unknown reason.
    JoinsFail,
    /// The join was refused: no right to listen.
    JoinRefused,
    /// The join was accepted, but the changes of `sync_head` were refused or did not start in 15 s.
    NotSubscribed,
    /// The socket could not be opened, or heartbeats go unanswered.
    NoSocket,
    /// Joined, but changes happened of which no hint came.
    NoHints,
    /// Still on the way when the doctor's patience ended, after so many seconds.
    Pending(u64),
}

/// What came of asking the database for a hint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum EchoSeen {
    /// It was not asked: no transport was open, or the database is too old to be asked.
    #[default]
    NotTried,
    /// The hint arrived.
    Came,
    /// It did not arrive in so many seconds.
    Lost(u64),
}

/// What `sync_health()` answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ServerHealth {
    /// Version of the migrations.
    pub schema_version: i64,
    /// `sync_head` is in the publication.
    pub published: bool,
    /// The database can broadcast.
    pub private_broadcast: bool,
    /// The policies are ours, not a web app's.
    pub strict_policies: bool,
    /// Rows without scope, or above their head.
    pub orphans: i64,
}

/// The local database.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct LocalSeen {
    /// There is a member whose file could be looked at.
    pub tried: bool,
    /// What keeps it from being opened or written, if anything.
    pub failure: Option<StorageFailure>,
    /// A damaged file was quarantined, and another one is in use.
    pub quarantined: bool,
    /// Edits waiting to be sent.
    pub unsent: u64,
    /// Age of the oldest of them, in seconds.
    pub oldest_unsent_s: u64,
    /// Edits the server refused, waiting for a decision.
    pub rejected: u64,
}

/// What a pull of everything brought; nothing of it was kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct PullSeen {
    /// It was made.
    pub tried: bool,
    /// Scopes and rows that were read.
    pub read: (u32, usize),
    /// It came to its end; else the doctor's patience ended it.
    pub complete: bool,
    /// Scopes that could not be read, and the code of the error; none = not even the list of scopes.
    pub failed: Vec<(Option<ScopeId>, &'static str)>,
    /// Rows that could not be read, whole or in part.
    pub rows: Vec<RowSeen>,
}

/// A row that cannot be read, whole or in part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowSeen {
    /// Where it is.
    pub scope: ScopeId,
    /// What it is.
    pub kind: Kind,
    /// Which it is.
    pub id: RowId,
    /// The columns whose value is missing; empty = the whole row is.
    pub columns: Vec<String>,
}

/// Everything that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Evidence {
    /// In which language the findings are said.
    pub language: Language,
    /// `GET /`.
    pub gateway: Seen,
    /// `GET /auth/v1/health`.
    pub auth: Seen,
    /// `GET /rest/v1/` with the key.
    pub rest: Seen,
    /// `GET /realtime/v1/api/ping`.
    pub realtime: Seen,
    /// `GET /realtime/v1/websocket?apikey=...` without an upgrade: 400 with a text means "key accepted".
    pub upgrade: Seen,
    /// The upgrade to a web socket: answered with 101 when it opened.
    pub socket: Seen,
    /// This phone's clock minus the server's `Date`, in seconds.
    pub clock_ahead_s: Option<i64>,
    /// The session.
    pub session: SessionSeen,
    /// `GET /auth/v1/user` with the session's token.
    pub user: Seen,
    /// `rpc/sync_health` with the session's token.
    pub health_call: Seen,
    /// What it said.
    pub health: Option<ServerHealth>,
    /// The schema version this program needs at least.
    pub needs_schema: i64,
    /// How hints come.
    pub transport: TransportSeen,
    /// Whether one came that was asked for.
    pub echo: EchoSeen,
    /// How long a fresh access token lasts, in seconds.
    pub token_lifetime_s: Option<u64>,
    /// What a pull brought.
    pub pull: PullSeen,
    /// The local database.
    pub local: LocalSeen,
}

/// Judges the evidence.
#[must_use]
pub(crate) fn judge(evidence: &Evidence) -> DoctorReport {
    let layers: [fn(&Evidence) -> Vec<Check>; 4] =
        [services::checks, network::checks, auth::checks, app::checks];
    let mut checks: Vec<Check> = Vec::new();
    let mut broken = false;
    for layer in layers {
        let found = layer(evidence);
        let breaks = found
            .iter()
            .any(|check| check.status == CheckStatus::Broken);
        checks.extend(found.into_iter().map(|check| {
            if broken {
                not_judged(check, evidence.language)
            } else {
                check
            }
        }));
        broken |= breaks;
    }
    DoctorReport { checks }
}

/// A finding above a broken layer is withheld: it would blame what only suffers. The local database needs no server.
fn not_judged(check: Check, language: Language) -> Check {
    if check.name == checks::local(language) {
        return check;
    }
    Check {
        status: CheckStatus::NotJudged,
        evidence: String::new(),
        fix: "",
        ..check
    }
}

fn check(
    layer: Layer,
    name: &'static str,
    status: CheckStatus,
    evidence: String,
    fix: &'static str,
) -> Check {
    Check {
        layer,
        name,
        status,
        evidence,
        fix,
    }
}

fn fine(layer: Layer, name: &'static str, evidence: String) -> Check {
    check(layer, name, CheckStatus::Fine, evidence, "")
}

/// A short, safe description of what was seen.
fn shown(seen: &Seen, language: Language) -> String {
    use crate::net::answer::Shape;
    match seen {
        Seen::NotTried => say::not_tried(language).to_owned(),
        Seen::NoSuchHost => say::no_such_host(language).to_owned(),
        Seen::Refused => say::refused(language).to_owned(),
        Seen::TimedOut => say::timed_out(language).to_owned(),
        Seen::TlsFailed => say::tls_failed(language).to_owned(),
        Seen::CutOff => say::cut_off(language).to_owned(),
        Seen::Answered(Answer { status, shape }) => match shape {
            Shape::Gateway(Some(text)) => say::from_gateway_with(language, status, text),
            Shape::Gateway(None) => say::from_gateway(language, status),
            Shape::Auth(code) => say::from_auth(language, status, code),
            Shape::Rest(code) => say::from_rest(language, status, code),
            Shape::Realtime(Some(text)) => say::from_realtime_with(language, status, text),
            Shape::Realtime(None) => say::from_realtime(language, status),
            Shape::Html => say::web_page(language, status),
            Shape::Json | Shape::Empty | Shape::Text => status.to_string(),
        },
    }
}
