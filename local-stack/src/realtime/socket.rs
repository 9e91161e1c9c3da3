//! One WebSocket: reads pushes one after the other, writes what the hub sends.
//!
//! One task per socket does everything in order, so a refused join (slow on purpose) holds back heartbeat replies and
//! other channels' events, as on the real server. Only a cut gets through at once. When the task ends its channels
//! leave the hub.

mod admission;
mod events;
mod tokens;

use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use super::channels::{Channel, Channels, Route};
use super::frame::{self, Frame, MAX_FRAME, Out, Push};
use super::outbox::{ChannelId, Control, Event, Inbox, Outbox};
use super::{Realtime, binary, token};
use crate::not_offered;

/// Closes that end a socket.
const NORMAL: u16 = 1000;
const GOING_AWAY: u16 = 1001;
const UNSUPPORTED: u16 = 1003;
const TOO_BIG: u16 = 1009;
const RESTART: u16 = 1012;
/// A closing handshake that takes longer is abandoned.
const CLOSING: Duration = Duration::from_secs(2);

/// Why a socket ends: with this code, or with nothing more to say.
pub(super) struct End(Option<u16>);

/// A failed write or a decided end.
pub(super) type Step = Result<(), End>;

/// Serves a socket until it ends.
pub(crate) async fn serve<S>(
    realtime: Arc<Realtime>,
    stream: WebSocketStream<S>,
    outbox: Outbox,
    inbox: Inbox,
    token: String,
) where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let Inbox {
        mut events,
        mut control,
    } = inbox;
    let now = Instant::now();
    let mut session = Session {
        realtime,
        stream,
        outbox,
        token,
        channels: Channels::default(),
        heard: now,
        empty_since: now,
    };
    let end = tokio::select! {
        biased;
        end = cut(&mut control) => end,
        end = session.run(&mut events) => end,
    };
    session.leave_all();
    if let End(Some(code)) = end {
        let frame = CloseFrame {
            code: code.into(),
            reason: "".into(),
        };
        let closing = async {
            // The client may be gone already; there is nobody left to tell.
            let _ = session.stream.close(Some(frame)).await;
            while let Some(Ok(_)) = session.stream.next().await {}
        };
        let _ = tokio::time::timeout(CLOSING, closing).await;
    }
}

async fn cut(control: &mut watch::Receiver<Control>) -> End {
    match control
        .wait_for(|control| *control != Control::Run)
        .await
        .as_deref()
    {
        Ok(Control::Cut(code)) => End(*code),
        Ok(Control::Run) | Err(_) => End(None),
    }
}

/// One open socket.
pub(super) struct Session<S> {
    realtime: Arc<Realtime>,
    stream: WebSocketStream<S>,
    outbox: Outbox,
    token: String,
    channels: Channels,
    heard: Instant,
    empty_since: Instant,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Session<S> {
    async fn run(&mut self, events: &mut mpsc::Receiver<(Instant, Event)>) -> End {
        let mut held: Option<(Instant, Event)> = None;
        loop {
            if self.channels.len() > 0 {
                self.empty_since = Instant::now();
            }
            let silent = self.heard + self.realtime.timing.silence;
            let idle = silent.min(self.empty_since + self.realtime.timing.no_channel);
            let expiry = self.until_expiry();
            let due = held.as_ref().map_or(silent, |(due, _)| *due);
            let step = tokio::select! {
                biased;
                () = sleep_until(expiry.unwrap_or(silent)), if expiry.is_some() => self.expire().await,
                () = sleep_until(due), if held.is_some() => match held.take() {
                    Some((_, event)) => self.event(event).await,
                    None => Ok(()),
                },
                Some((due, event)) = events.recv(), if held.is_none() => {
                    // Timers are a millisecond coarse: what is due now does not go through one.
                    if due <= Instant::now() {
                        self.event(event).await
                    } else {
                        held = Some((due, event));
                        Ok(())
                    }
                }
                message = self.stream.next() => match message {
                    Some(Ok(message)) => self.message(message).await,
                    Some(Err(_)) | None => Err(End(None)),
                },
                () = sleep_until(idle) => Err(End(Some(NORMAL))),
            };
            if let Err(end) = step {
                return end;
            }
        }
    }

    fn until_expiry(&self) -> Option<Instant> {
        let (exp, _) = self.channels.next_expiry()?;
        let left = (exp - self.realtime.now_precise()).max(0.0);
        Some(Instant::now() + Duration::try_from_secs_f64(left).unwrap_or(Duration::from_hours(24)))
    }

    async fn message(&mut self, message: Message) -> Step {
        self.realtime.thaw().await;
        self.heard = Instant::now();
        if message.len() > MAX_FRAME {
            return Err(End(Some(TOO_BIG)));
        }
        let push = match message {
            Message::Text(text) => frame::decode_text(&text),
            Message::Binary(bytes) if binary::is_plain_push(&bytes) => {
                tracing::warn!("{}", not_offered::text("pushes in bytes"));
                return Err(End(Some(UNSUPPORTED)));
            }
            Message::Binary(bytes) => binary::decode(&bytes),
            // Ping is answered by the library; the client's close is answered by it too, and ends the stream.
            Message::Ping(_) | Message::Pong(_) | Message::Close(_) | Message::Frame(_) => None,
        };
        match push {
            Some(push) => self.push(push).await,
            None => Ok(()),
        }
    }

    async fn push(&mut self, push: Push) -> Step {
        match self.channels.route(&push) {
            Route::Heartbeat | Route::LeaveNothing => {
                self.reply(&push.join_ref, &push, "ok", &json!({})).await
            }
            Route::Unmatched => {
                self.reply(
                    &Value::Null,
                    &push,
                    "error",
                    &json!({"reason": "unmatched topic"}),
                )
                .await
            }
            Route::Stale => Ok(()),
            Route::Join(name) => {
                let name = name.to_owned();
                self.join(&name, &push).await
            }
            Route::Leave(name) => match self.channels.remove(name) {
                Some(channel) => {
                    self.leave(&channel);
                    self.reply(&channel.join_ref, &push, "ok", &json!({}))
                        .await?;
                    self.closed(&channel).await
                }
                None => Ok(()),
            },
            Route::Event(name) => {
                let name = name.to_owned();
                self.channel_event(&name, &push).await
            }
        }
    }

    async fn event(&mut self, event: Event) -> Step {
        self.realtime.thaw().await;
        match event {
            Event::Frame(channel, frame) if self.channels.has(channel) => self.write(frame).await,
            Event::Frame(..) => Ok(()),
            Event::Subscribed(channel, subscribed) => self.subscribed(channel, *subscribed).await,
            Event::Resubscribe(channel) => {
                if let Some(channel) = self.channels.by_id(channel) {
                    subscribe(&self.realtime, &self.outbox, channel, Duration::ZERO);
                }
                Ok(())
            }
            Event::TooManyMessages(channel) => {
                self.shut(channel, "Too many messages per second").await
            }
            Event::ExpireTokens => {
                for name in self.channels.names() {
                    self.fail(&name, &token::TokenError::Expired(0).system())
                        .await?;
                }
                Ok(())
            }
            Event::CheckTokens => self.check_tokens().await,
            Event::Disconnect => {
                let payload = json!({"message": "Server requested disconnect", "status": "ok", "extension": "system"});
                for name in self.channels.names() {
                    self.channel_frame(&name, "system", &payload).await?;
                }
                Err(End(Some(RESTART)))
            }
        }
    }

    async fn shut(&mut self, id: ChannelId, message: &str) -> Step {
        let name = self
            .channels
            .by_id(id)
            .map(|channel| channel.topic.name.clone());
        match name {
            Some(name) => self.fail(&name, message).await,
            None => Ok(()),
        }
    }

    /// System error, then close: how the server ends a channel.
    async fn fail(&mut self, name: &str, message: &str) -> Step {
        self.system(name, "system", "error", message).await?;
        let Some(channel) = self.channels.remove(name) else {
            return Ok(());
        };
        self.leave(&channel);
        self.closed(&channel).await
    }

    async fn system(&mut self, name: &str, extension: &str, status: &str, message: &str) -> Step {
        let payload =
            json!({"message": message, "status": status, "extension": extension, "channel": name});
        self.channel_frame(name, "system", &payload).await
    }

    /// A frame that belongs to a join and answers nothing.
    async fn channel_frame(&mut self, name: &str, event: &str, payload: &Value) -> Step {
        let Some(channel) = self.channels.get_mut(name) else {
            return Ok(());
        };
        let join_ref = channel.join_ref.clone();
        let topic = wire(name);
        self.out(&join_ref, &Value::Null, &topic, event, payload)
            .await
    }

    async fn closed(&mut self, channel: &Channel) -> Step {
        let topic = wire(&channel.topic.name);
        self.out(
            &channel.join_ref,
            &channel.join_ref,
            &topic,
            "phx_close",
            &json!({}),
        )
        .await
    }

    async fn reply(
        &mut self,
        join_ref: &Value,
        push: &Push,
        status: &str,
        response: &Value,
    ) -> Step {
        let payload = json!({"status": status, "response": response});
        self.out(
            join_ref,
            &push.reference,
            &push.topic,
            "phx_reply",
            &payload,
        )
        .await
    }

    async fn out(
        &mut self,
        join_ref: &Value,
        reference: &Value,
        topic: &Value,
        event: &str,
        payload: &Value,
    ) -> Step {
        let payload = payload.to_string();
        let out = Out {
            join_ref,
            reference,
            topic,
            event,
            payload: &payload,
        };
        self.write(out.encode()).await
    }

    async fn write(&mut self, frame: Frame) -> Step {
        let message = match frame {
            Frame::Text(text) => Message::text(text),
            Frame::Binary(bytes) => Message::Binary(bytes),
        };
        self.stream.send(message).await.map_err(|_| End(None))
    }

    /// Takes a removed channel out of everything.
    fn leave(&self, channel: &Channel) {
        self.realtime.changes.unsubscribe(channel.id);
        self.realtime
            .hub
            .leave(&channel.topic, channel.id, Duration::ZERO);
    }

    fn leave_all(&mut self) {
        for channel in self.channels.drain() {
            self.leave(&channel);
        }
    }
}

/// The topic as clients write it.
fn wire(name: &str) -> Value {
    Value::String(format!("realtime:{name}"))
}

/// Subscribes a channel to row changes in the background; the result comes back as an event.
fn subscribe(realtime: &Arc<Realtime>, outbox: &Outbox, channel: &Channel, wait: Duration) {
    let (realtime, outbox) = (Arc::clone(realtime), outbox.clone());
    let (id, entries, claims) = (
        channel.id,
        channel.join.changes.clone(),
        channel.claims.clone(),
    );
    tokio::spawn(async move {
        tokio::time::sleep(wait).await;
        let subscribed = realtime.resolve(&entries, claims).await;
        outbox.send(Event::Subscribed(id, Box::new(subscribed)), Duration::ZERO);
    });
}
