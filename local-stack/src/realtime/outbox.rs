//! The way from the rest of the server to one socket. Never blocks the sender.
//!
//! Bound: 8,192 events per socket. A client that reads so slowly that this fills is cut without a close frame, as the
//! real server's transport process dies when its memory is full; nothing is dropped silently from a living socket.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

use super::changes::Subscribed;
use super::frame::Frame;

/// Events that may wait for one socket.
const CAPACITY: usize = 8_192;

/// Number of one join; never used twice in a process.
pub(crate) type ChannelId = u64;

/// What a socket is told.
#[derive(Debug)]
pub(crate) enum Event {
    /// Write this, if the channel is still joined.
    Frame(ChannelId, Frame),
    /// The subscription to row changes of a channel was accepted or refused.
    Subscribed(ChannelId, Box<Subscribed>),
    /// The published tables have changed: subscribe again.
    Resubscribe(ChannelId),
    /// Every channel is over its message rate: system error and close.
    TooManyMessages(ChannelId),
    /// A fault: every channel's token is treated as expired now.
    ExpireTokens,
    /// Look again whether every channel's token is still good.
    CheckTokens,
    /// A system message on every channel, then close 1012.
    Disconnect,
}

/// What a socket is made to do at once, whatever is queued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Control {
    /// Nothing special.
    Run,
    /// Close with this code, or end the connection without a close frame.
    Cut(Option<u16>),
}

/// The sending half for one socket; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Outbox {
    events: mpsc::Sender<(Instant, Event)>,
    control: Arc<watch::Sender<Control>>,
}

/// The receiving half.
#[derive(Debug)]
pub(crate) struct Inbox {
    /// Events with the time before which they must not be written (a fault may delay them; order is kept).
    pub events: mpsc::Receiver<(Instant, Event)>,
    /// Whether to go on.
    pub control: watch::Receiver<Control>,
}

/// Makes the two halves.
pub(crate) fn outbox() -> (Outbox, Inbox) {
    let (events_sender, events) = mpsc::channel(CAPACITY);
    let (control_sender, control) = watch::channel(Control::Run);
    let outbox = Outbox {
        events: events_sender,
        control: Arc::new(control_sender),
    };
    (outbox, Inbox { events, control })
}

impl Outbox {
    /// Queues an event that is due after `delay`; a full queue cuts the socket.
    pub(crate) fn send(&self, event: Event, delay: Duration) {
        if let Err(mpsc::error::TrySendError::Full(_)) =
            self.events.try_send((Instant::now() + delay, event))
        {
            tracing::warn!("a realtime client reads too slowly and is cut");
            self.cut(None);
        }
    }

    /// Ends the socket now.
    pub(crate) fn cut(&self, code: Option<u16>) {
        self.control.send_replace(Control::Cut(code));
    }
}
