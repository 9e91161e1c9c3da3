//! Events on a joined channel: broadcast, presence, a new token. Unknown events are ignored without a reply.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite};

use super::{Session, Step};
use crate::not_offered;
use crate::realtime::authorize;
use crate::realtime::channels::Writes;
use crate::realtime::frame::{Broadcast, Frame, Out, Payload, Push};
use crate::realtime::outbox::Event;

/// What the envelope of a broadcast may add to the largest payload, in bytes.
const ENVELOPE: usize = 500;

impl<S: AsyncRead + AsyncWrite + Unpin> Session<S> {
    pub(super) async fn channel_event(&mut self, name: &str, push: &Push) -> Step {
        match push.event.as_str() {
            "broadcast" => self.broadcast(name, push).await,
            "presence" => self.presence(name, push).await,
            "access_token" => self.access_token(name, push).await,
            _ => Ok(()),
        }
    }

    /// Observed: without the right to write there is no reply at all, even if one was asked for.
    async fn broadcast(&mut self, name: &str, push: &Push) -> Step {
        if !self.writes(name).await.broadcast {
            return Ok(());
        }
        let limits = self.realtime.limits();
        let Some((broadcast, size)) = content(&push.payload) else {
            let text = not_offered::text("a broadcast that is a bare text");
            return self.fail(name, &text).await;
        };
        let Some(channel) = self.channels.get_mut(name) else {
            return Ok(());
        };
        let (id, topic, join) = (channel.id, channel.topic.clone(), channel.join.clone());
        let join_ref = channel.join_ref.clone();
        if size > limits.payload_bytes + ENVELOPE {
            return if join.ack {
                self.reply(&join_ref, push, "error", &json!("payload_size_exceeded"))
                    .await
            } else {
                Ok(())
            };
        }
        let except = if join.echo { None } else { Some(id) };
        if let Some(delay) = self.realtime.event_delay() {
            self.realtime
                .hub
                .broadcast(&topic, &broadcast, except, delay);
        }
        if self.realtime.count_broadcast() {
            self.realtime.hub.too_many(&topic);
        }
        if join.ack {
            // Through the same queue, so that it comes after the echo.
            let reply = Self::encoded_reply(&join_ref, push);
            self.outbox.send(Event::Frame(id, reply), Duration::ZERO);
        }
        Ok(())
    }

    fn encoded_reply(join_ref: &Value, push: &Push) -> Frame {
        let out = Out {
            join_ref,
            reference: &push.reference,
            topic: &push.topic,
            event: "phx_reply",
            payload: r#"{"status":"ok","response":{}}"#,
        };
        out.encode()
    }

    async fn presence(&mut self, name: &str, push: &Push) -> Step {
        let limits = self.realtime.limits();
        let Some(channel) = self.channels.get_mut(name) else {
            return Ok(());
        };
        let join_ref = channel.join_ref.clone();
        if !channel.presence_call(limits.presence_calls) {
            return self.fail(name, "Client presence rate limit exceeded").await;
        }
        let Payload::Json(raw) = &push.payload else {
            return self.reply(&join_ref, push, "error", &json!({})).await;
        };
        let payload: Value = serde_json::from_str(raw.get()).unwrap_or(Value::Null);
        let event = payload
            .get("event")
            .and_then(Value::as_str)
            .map(str::to_ascii_lowercase);
        match event.as_deref() {
            None => self.reply(&join_ref, push, "ok", &json!({})).await,
            Some("track") if raw.get().len() > limits.payload_bytes + ENVELOPE => {
                self.fail(name, "Track message size exceeded").await
            }
            Some("track") => self.track(name, push, payload.get("payload")).await,
            Some("untrack") => {
                if let Some(channel) = self.channels.get_mut(name) {
                    let (topic, id) = (channel.topic.clone(), channel.id);
                    self.realtime.hub.untrack(&topic, id, Duration::ZERO);
                }
                self.reply(&join_ref, push, "ok", &json!({})).await
            }
            Some(_) => self.reply(&join_ref, push, "error", &json!({})).await,
        }
    }

    async fn track(&mut self, name: &str, push: &Push, payload: Option<&Value>) -> Step {
        let allowed = self.writes(name).await.presence;
        let Some(channel) = self.channels.get_mut(name) else {
            return Ok(());
        };
        let (id, topic, key) = (
            channel.id,
            channel.topic.clone(),
            channel.join.presence_key.clone(),
        );
        let join_ref = channel.join_ref.clone();
        if !allowed {
            return self.reply(&join_ref, push, "error", &json!({})).await;
        }
        let fields = match payload {
            None => serde_json::Map::new(),
            Some(Value::Object(fields)) => fields.clone(),
            Some(_) => {
                let reason = json!({"reason": "Presence track payload must be a map"});
                return self.reply(&join_ref, push, "error", &reason).await;
            }
        };
        self.reply(&join_ref, push, "ok", &json!({})).await?;
        self.realtime
            .hub
            .track(&topic, id, &key, fields, Duration::ZERO);
        Ok(())
    }

    /// What the channel may send: asked once per token. A database that fails means no.
    async fn writes(&mut self, name: &str) -> Writes {
        const NOTHING: Writes = Writes {
            broadcast: false,
            presence: false,
        };
        let Some(channel) = self.channels.get_mut(name) else {
            return NOTHING;
        };
        if let Some(writes) = channel.rights.write {
            return writes;
        }
        let Ok(mut client) = self.realtime.client().await else {
            return NOTHING;
        };
        match authorize::write(&mut client, name, &channel.claims).await {
            Ok(writes) => {
                channel.rights.write = Some(writes);
                writes
            }
            Err(error) => {
                tracing::warn!(
                    code = error.code().map(tokio_postgres::error::SqlState::code),
                    "the right to send could not be asked"
                );
                NOTHING
            }
        }
    }
}

/// The broadcast for the receivers and the size that counts; a bare text, of which the real server's channel dies, is none.
fn content(payload: &Payload) -> Option<(Broadcast, usize)> {
    match payload {
        Payload::Json(raw) => {
            let text = raw.get();
            let broadcast = Broadcast::Json("broadcast", text.to_owned());
            (!text.starts_with('"')).then_some((broadcast, text.len()))
        }
        Payload::User(user) => Some((Broadcast::User(user.clone()), user.payload.len())),
    }
}
