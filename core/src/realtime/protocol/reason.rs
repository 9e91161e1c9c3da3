//! The reasons a server gives, as far as a hint client acts on them. Texts are matched here and go no further.

use serde_json::Value;

/// What the body of a refused upgrade said. Servers before 2026 say nothing: 403 and an empty body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum UpgradeReason {
    /// No body, or none that this program knows.
    Unknown,
    /// No key, or one that is malformed, wrongly signed, expired, or without claims.
    Key,
    /// The host names no project.
    TenantUnknown,
    /// Realtime is switched off for the project.
    TenantDisabled,
    /// Too many users or joins.
    Busy,
}

/// Why a push, nearly always a join, was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// The token has ended by the server's clock: another one helps.
    TokenExpired,
    /// The token is malformed, wrongly signed or lacks claims: the same one never helps.
    TokenRejected,
    /// No policy lets this user read the topic. A project without policies for broadcast answers the same.
    Unauthorized,
    /// Public channels are switched off.
    PrivateOnly,
    /// The topic has no name: a fault of ours.
    TopicNameRequired,
    /// As many channels as one connection may have.
    TooManyChannels,
    /// Too many joins a second; the server closes the socket next.
    TooManyJoins,
    /// No room for the moment: users, database connections.
    Busy,
    /// The project is unknown; the server closes the socket next.
    TenantUnknown,
    /// Realtime is switched off for the project.
    TenantDisabled,
    /// The channel is not joined on this socket.
    Unmatched,
    /// A known passing fault of the server.
    Transient,
    /// No reason, or one not known here. Retryable, like every unknown code.
    Unknown,
}

/// `system` message of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct System {
    /// True when the extension is `postgres_changes`; then an error leaves the channel joined. Any other error is
    /// followed by `phx_close`.
    pub changes: bool,
    /// Status ok.
    pub ok: bool,
    /// What it says.
    pub message: SystemMessage,
}

/// What a `system` message says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SystemMessage {
    /// "Subscribed to PostgreSQL": the changes transport is live.
    Subscribed,
    /// Broadcasts from the database flow.
    ReplicationReady,
    /// They did not start to flow in time.
    ReplicationLate,
    /// The token has ended.
    TokenExpired,
    /// The token is not accepted.
    TokenRejected,
    /// The user may not read the topic (any more).
    ReadDenied,
    /// Too many messages; averaged over up to a minute.
    RateLimited,
    /// Anything else.
    Other,
}

/// Reads the reason of an error reply: a code before the first `": "`, or a whole text.
pub(super) fn refusal(reason: &str) -> Refusal {
    let code = reason.split_once(": ").map_or(reason, |(code, _)| code);
    match code {
        "InvalidJWTToken" | "InvalidJWTExpiration" if reason.contains("expired") => {
            Refusal::TokenExpired
        }
        "InvalidJWTToken" | "InvalidJWTExpiration" | "MalformedJWT" | "JwtSignatureError" => {
            Refusal::TokenRejected
        }
        "Unauthorized" => Refusal::Unauthorized,
        "PrivateOnly" => Refusal::PrivateOnly,
        "TopicNameRequired" => Refusal::TopicNameRequired,
        "ChannelRateLimitReached" => Refusal::TooManyChannels,
        "ClientJoinRateLimitReached" => Refusal::TooManyJoins,
        "ConnectionRateLimitReached"
        | "IncreaseConnectionPool"
        | "DatabaseLackOfConnections"
        | "DatabaseConnectionRateLimitReached"
        | "JwtSignerError" => Refusal::Busy,
        "TenantNotFound" => Refusal::TenantUnknown,
        "RealtimeDisabledForTenant" => Refusal::TenantDisabled,
        "unmatched topic" => Refusal::Unmatched,
        "UnableToConnectToProject"
        | "Realtime was unable to connect to the project database"
        | "InitializingProjectConnection"
        | "TimeoutOnRpcCall"
        | "ErrorOnRpcCall"
        | "MusterJoinError"
        | "QueryCanceled"
        | "MissingPartition"
        | "RealtimeRestarting" => Refusal::Transient,
        _ => Refusal::Unknown,
    }
}

/// Reads a `system` payload; `None` if it is not one. `channel` may be missing (c099).
pub(super) fn system(payload: &Value) -> Option<System> {
    let text = |key| payload.get(key).and_then(Value::as_str);
    let message = text("message").unwrap_or_default();
    Some(System {
        changes: text("extension") == Some("postgres_changes"),
        ok: text("status")? == "ok",
        message: system_message(message),
    })
}

fn system_message(text: &str) -> SystemMessage {
    const PREFIXES: [(&str, SystemMessage); 13] = [
        ("Subscribed to PostgreSQL", SystemMessage::Subscribed),
        (
            "Replication connection established",
            SystemMessage::ReplicationReady,
        ),
        (
            "Replication connection was not established",
            SystemMessage::ReplicationLate,
        ),
        ("Token has expired", SystemMessage::TokenExpired),
        ("access token has expired", SystemMessage::TokenExpired),
        (
            "The token provided is not a valid JWT",
            SystemMessage::TokenRejected,
        ),
        (
            "Fields `role` and `exp` are required",
            SystemMessage::TokenRejected,
        ),
        (":signature_error", SystemMessage::TokenRejected),
        (":expected_claims_map", SystemMessage::TokenRejected),
        (
            "You do not have permissions to read",
            SystemMessage::ReadDenied,
        ),
        (
            "You no longer have permission to read",
            SystemMessage::ReadDenied,
        ),
        ("Too many", SystemMessage::RateLimited),
        (
            "Client presence rate limit exceeded",
            SystemMessage::RateLimited,
        ),
    ];
    PREFIXES
        .iter()
        .find(|(prefix, _)| text.starts_with(prefix))
        .map_or(SystemMessage::Other, |(_, message)| *message)
}

/// Reads the body of a refused upgrade: `{"error": text}`, a gateway's `{"message": text}`, or nothing useful.
#[must_use]
pub fn upgrade_reason(body: &[u8]) -> UpgradeReason {
    let Ok(body) = serde_json::from_slice::<Value>(body) else {
        return UpgradeReason::Unknown;
    };
    let text = body.get("error").or_else(|| body.get("message"));
    let text = text.and_then(Value::as_str).unwrap_or_default();
    match text {
        "Tenant not found" => UpgradeReason::TenantUnknown,
        "Realtime was disabled for this tenant" => UpgradeReason::TenantDisabled,
        "Too many connected users" | "Too many joins per second" => UpgradeReason::Busy,
        "API key is missing"
        | "Token has expired"
        | "The token provided is not a valid JWT"
        | "Failed to validate JWT signature"
        | "Fields `role` and `exp` are required in JWT"
        | "No API key found in request"
        | "Invalid authentication credentials" => UpgradeReason::Key,
        _ if text.starts_with("Failed to generate JWT signer") => UpgradeReason::Key,
        _ => UpgradeReason::Unknown,
    }
}
