//! Joining: the checks in the real server's order, and what follows a good join.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite};

use super::{End, GOING_AWAY, Session, Step, subscribe};
use crate::realtime::authorize;
use crate::realtime::changes::binding;
use crate::realtime::channels::{Channel, Rights};
use crate::realtime::frame::{Payload, Push};
use crate::realtime::hub::{Member, Topic};
use crate::realtime::join::{self, Join};
use crate::realtime::limits::Window;
use crate::realtime::token::{self, Claims};

const NO_DATABASE: &str =
    "UnableToConnectToProject: Realtime was unable to connect to the project database";

/// A refused join.
struct Refusal {
    reason: String,
    /// The socket is closed after the reply.
    close: bool,
}

impl From<String> for Refusal {
    fn from(reason: String) -> Self {
        Self {
            reason,
            close: false,
        }
    }
}

impl From<&str> for Refusal {
    fn from(reason: &str) -> Self {
        reason.to_owned().into()
    }
}

/// What a good join found out.
struct Admitted {
    join: Join,
    token: String,
    claims: Claims,
    rights: Rights,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Session<S> {
    /// Observed for a second join on a joined topic: the old channel is gone at once, the new join's reply comes first,
    /// then the close of the old one.
    pub(super) async fn join(&mut self, name: &str, push: &Push) -> Step {
        let old = self.channels.remove(name);
        if let Some(old) = &old {
            self.leave(old);
        }
        let outcome = match self.admit(name, push).await {
            Ok(admitted) => self.joined(name, push, admitted, old.as_ref()).await,
            Err(refusal) => {
                tokio::time::sleep(self.realtime.timing.join_refusal).await;
                self.reply(
                    &push.join_ref,
                    push,
                    "error",
                    &json!({"reason": refusal.reason}),
                )
                .await?;
                if let Some(old) = &old {
                    self.closed(old).await?;
                }
                if refusal.close {
                    Err(End(Some(GOING_AWAY)))
                } else {
                    Ok(())
                }
            }
        };
        self.heard = tokio::time::Instant::now();
        outcome
    }

    async fn admit(&mut self, name: &str, push: &Push) -> Result<Admitted, Refusal> {
        let join = parse(push)?;
        let limits = self.realtime.limits();
        if name.is_empty() {
            return Err("TopicNameRequired: You must provide a topic name".into());
        }
        if let Some(reason) = self.realtime.refused_join() {
            let close = reason.starts_with("TenantNotFound");
            return Err(Refusal { reason, close });
        }
        if limits.private_only && !join.private {
            return Err("PrivateOnly: This project only allows private channels".into());
        }
        if !self.realtime.count_join() {
            let reason = "ClientJoinRateLimitReached: Too many joins per second".to_owned();
            return Err(Refusal {
                reason,
                close: true,
            });
        }
        if self.channels.len() >= limits.channels {
            return Err("ChannelRateLimitReached: Too many channels".into());
        }
        let token = join.token.clone().unwrap_or_else(|| self.token.clone());
        let claims = self
            .realtime
            .verify(&token)
            .map_err(token::TokenError::join)?;
        self.realtime.start_stream().await;
        let rights = self.rights(name, &join, &claims).await?;
        Ok(Admitted {
            join,
            token,
            claims,
            rights,
        })
    }

    async fn rights(
        &mut self,
        name: &str,
        join: &Join,
        claims: &Claims,
    ) -> Result<Rights, Refusal> {
        if !join.private {
            return Ok(Rights::PUBLIC);
        }
        let mut client = self.realtime.client().await.map_err(|()| NO_DATABASE)?;
        let rights = authorize::read(&mut client, name, claims)
            .await
            .map_err(|_| NO_DATABASE)?;
        if !rights.broadcast && !rights.presence {
            return Err(format!("Unauthorized: {}", super::tokens::no_permission(name)).into());
        }
        Ok(rights)
    }

    async fn joined(
        &mut self,
        name: &str,
        push: &Push,
        admitted: Admitted,
        old: Option<&Channel>,
    ) -> Step {
        let mut channel = Channel {
            id: self.realtime.hub.number(),
            join_ref: push.join_ref.clone(),
            topic: Topic {
                private: admitted.join.private,
                name: name.to_owned(),
            },
            join: admitted.join,
            token: admitted.token,
            claims: admitted.claims,
            rights: admitted.rights,
            presence_calls: Window::default(),
        };
        if channel.join.presence_key.is_empty() {
            channel.join.presence_key = uuid::Uuid::new_v4().to_string();
        }
        let (join, topic) = (channel.join.clone(), channel.topic.clone());
        let presence = join.presence && channel.rights.presence;
        self.listen(channel, presence);
        let echoed: Vec<Value> = join.changes.iter().map(binding::echo).collect();
        let echoed = json!({"postgres_changes": echoed});
        self.reply(&push.join_ref, push, "ok", &echoed).await?;
        if let Some(old) = old {
            self.closed(old).await?;
        }
        if presence {
            let state = self.realtime.hub.presence(&topic);
            self.channel_frame(name, "presence_state", &state).await?;
        }
        if join.replication_ready {
            self.system(name, "system", "ok", "Replication connection established")
                .await?;
        }
        Ok(())
    }

    /// Puts a channel where events find it. What comes before the reply waits in the queue.
    fn listen(&mut self, channel: Channel, presence: bool) {
        let member = Member {
            channel: channel.id,
            outbox: self.outbox.clone(),
            broadcast: channel.rights.broadcast,
            presence,
        };
        self.realtime.hub.join(channel.topic.clone(), member);
        if !channel.join.changes.is_empty() {
            subscribe(&self.realtime, &self.outbox, &channel, Duration::ZERO);
        }
        self.channels.insert(channel);
    }
}

fn parse(push: &Push) -> Result<Join, String> {
    let payload = match &push.payload {
        Payload::Json(raw) => serde_json::from_str(raw.get()).unwrap_or(Value::Null),
        Payload::User(_) => Value::Null,
    };
    join::parse(&payload)
}
