//! What a hint client sends: heartbeats, joins, leaves and new tokens. All of it is text.

use serde_json::{Value, json};

use super::{SOCKET_TOPIC, topic_of};
use crate::model::ScopeId;
use crate::redact::Secret;

/// How the hints of a scope travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum Transport {
    /// Broadcast from the database on a private channel: about a millisecond.
    Private,
    /// Changes of `sync_head`: 0.1 to 0.5 s, for servers without private broadcast.
    Changes,
}

/// One message to the server. `Debug` shows no token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Push {
    /// Keeps the socket open.
    Heartbeat {
        /// Number of this message.
        reference: u64,
    },
    /// Joins the channel of a scope. The join's own number is the `join_ref` of everything that belongs to it.
    Join {
        /// Number of this message and `join_ref`.
        reference: u64,
        /// Whose channel.
        scope: ScopeId,
        /// Which transport.
        transport: Transport,
        /// The user's token. Without one the key is left out, never `null` (c052).
        token: Option<Secret>,
    },
    /// Leaves it.
    Leave {
        /// Number of this message.
        reference: u64,
        /// The join that ends.
        join_ref: u64,
        /// Whose channel.
        scope: ScopeId,
    },
    /// A new token for a joined channel. The server never answers a good one.
    Token {
        /// Number of this message.
        reference: u64,
        /// The join it is for.
        join_ref: u64,
        /// Whose channel.
        scope: ScopeId,
        /// The user's token.
        token: Secret,
    },
}

/// The text frame of a message. It holds the token: never log it.
#[must_use]
pub fn encode(push: &Push) -> String {
    let (join_ref, reference, topic, event, payload) = parts(push);
    let join_ref = join_ref.map(|r| r.to_string());
    let reference = reference.to_string();
    json!([join_ref, reference, topic, event, payload]).to_string()
}

type Parts = (Option<u64>, u64, String, &'static str, Value);

fn parts(push: &Push) -> Parts {
    let of_channel = |join_ref: &u64, reference: &u64, scope: &ScopeId, event, payload| {
        (
            Some(*join_ref),
            *reference,
            topic_of(*scope),
            event,
            payload,
        )
    };
    match push {
        Push::Heartbeat { reference } => {
            let topic = SOCKET_TOPIC.to_owned();
            (None, *reference, topic, "heartbeat", json!({}))
        }
        Push::Join {
            reference,
            scope,
            transport,
            token,
        } => {
            let payload = join(*scope, *transport, token.as_ref());
            of_channel(reference, reference, scope, "phx_join", payload)
        }
        Push::Leave {
            reference,
            join_ref,
            scope,
        } => of_channel(join_ref, reference, scope, "phx_leave", json!({})),
        Push::Token {
            reference,
            join_ref,
            scope,
            token,
        } => {
            let payload = json!({ "access_token": token.expose() });
            of_channel(join_ref, reference, scope, "access_token", payload)
        }
    }
}

/// `replication_ready` asks the server to tell when broadcasts from the database really flow: on a project that slept, a
/// while after the join.
fn join(scope: ScopeId, transport: Transport, token: Option<&Secret>) -> Value {
    let private = transport == Transport::Private;
    let bindings = if private {
        json!([])
    } else {
        json!([{ "event": "*", "schema": "public", "table": "sync_head", "filter": format!("scope_id=eq.{scope}") }])
    };
    let mut broadcast = json!({ "ack": false, "self": false });
    if private {
        broadcast["replication_ready"] = json!(true);
    }
    let mut payload = json!({ "config": {
        "broadcast": broadcast,
        "presence": { "enabled": false, "key": "" },
        "postgres_changes": bindings,
        "private": private,
    } });
    if let Some(token) = token {
        payload["access_token"] = json!(token.expose());
    }
    payload
}
