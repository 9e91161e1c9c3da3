//! A channel's token: a new one, its expiry, and the subscriptions that depend on its claims.

use serde_json::Value;
use tokio::io::{AsyncRead, AsyncWrite};

use super::{Session, Step, subscribe};
use crate::realtime::authorize;
use crate::realtime::changes::{Subscribed, Subscription};
use crate::realtime::frame::{Payload, Push};
use crate::realtime::outbox::ChannelId;
use crate::realtime::token::TokenError;

/// The refusal of a private topic.
pub(super) fn no_permission(name: &str) -> String {
    format!("You do not have permissions to read from this Channel topic: {name}")
}

impl<S: AsyncRead + AsyncWrite + Unpin> Session<S> {
    /// Never answered. The same token, none, or a new-style key is ignored; a bad one closes the channel at once.
    pub(super) async fn access_token(&mut self, name: &str, push: &Push) -> Step {
        let Some(token) = sent_token(push) else {
            return Ok(());
        };
        let Some(channel) = self.channels.get_mut(name) else {
            return Ok(());
        };
        if token.starts_with("sb_") || token == channel.token {
            return Ok(());
        }
        let claims = match self.realtime.verify(&token) {
            Ok(claims) => claims,
            Err(error) => return self.fail(name, &error.system()).await,
        };
        channel.token = token;
        channel.claims = claims;
        if channel.join.private {
            let rights = match self.realtime.client().await {
                Ok(mut client) => authorize::read(&mut client, name, &channel.claims)
                    .await
                    .ok(),
                Err(()) => None,
            };
            match rights {
                Some(rights) if rights.broadcast || rights.presence => channel.rights = rights,
                Some(_) => return self.fail(name, &no_permission(name)).await,
                None => {
                    let message = "Realtime was unable to connect to the project database";
                    return self.fail(name, message).await;
                }
            }
        }
        if !channel.join.changes.is_empty() {
            let wait = self.realtime.timing.resubscribe;
            subscribe(&self.realtime, &self.outbox, channel, wait);
        }
        Ok(())
    }

    /// Closes the channel whose token has just expired.
    pub(super) async fn expire(&mut self) -> Step {
        let due = self
            .channels
            .next_expiry()
            .filter(|(exp, _)| *exp <= self.realtime.now_precise());
        match due.map(|(_, name)| name.to_owned()) {
            Some(name) => self.fail(&name, &TokenError::Expired(0).system()).await,
            None => Ok(()),
        }
    }

    /// Closes the channels whose token a switch has declared expired.
    pub(super) async fn check_tokens(&mut self) -> Step {
        for name in self.channels.names() {
            let claims = self
                .channels
                .get_mut(&name)
                .map(|channel| channel.claims.clone());
            if claims.is_some_and(|claims| self.realtime.is_cancelled(&claims)) {
                self.fail(&name, &TokenError::Expired(0).system()).await?;
            }
        }
        Ok(())
    }

    /// Activates a subscription before it is announced, unless the channel has left or has another token by now.
    pub(super) async fn subscribed(&mut self, id: ChannelId, subscribed: Subscribed) -> Step {
        let Some(channel) = self.channels.by_id(id) else {
            return Ok(());
        };
        if channel.claims != subscribed.claims {
            return Ok(());
        }
        let name = channel.topic.name.clone();
        match subscribed.result {
            Ok(watches) => {
                self.realtime.changes.subscribe(Subscription {
                    channel: id,
                    outbox: self.outbox.clone(),
                    topic: super::wire(&name),
                    claims: subscribed.claims,
                    watches,
                });
                self.system(&name, "postgres_changes", "ok", "Subscribed to PostgreSQL")
                    .await
            }
            Err(message) => {
                self.realtime.changes.unsubscribe(id);
                self.system(&name, "postgres_changes", "error", &message)
                    .await
            }
        }
    }
}

fn sent_token(push: &Push) -> Option<String> {
    let Payload::Json(raw) = &push.payload else {
        return None;
    };
    let payload: Value = serde_json::from_str(raw.get()).ok()?;
    payload.get("access_token")?.as_str().map(str::to_owned)
}
