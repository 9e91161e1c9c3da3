//! The channels of one socket and what a push means for them. Pure: it decides, the socket does.
//!
//! Observed rules: a push without join ref is accepted; one with a stale join ref is ignored without a reply; leaving a
//! topic that is not joined is answered ok; anything else on such a topic is "unmatched topic".

use std::collections::HashMap;
use std::time::Duration;

use serde_json::Value;

use super::frame::Push;
use super::hub::Topic;
use super::join::Join;
use super::limits::Window;
use super::outbox::ChannelId;
use super::token::Claims;

/// The prefix of every topic that can be joined.
const PREFIX: &str = "realtime:";

/// Who may do what on a private channel; public channels may do all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rights {
    /// Broadcasts are received (checked at join and for a new token).
    pub broadcast: bool,
    /// Presence is received.
    pub presence: bool,
    /// Own broadcasts and presence are passed on; asked at the first send, kept until the token changes.
    pub write: Option<Writes>,
}

/// What a channel may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Writes {
    /// Broadcasts.
    pub broadcast: bool,
    /// Presence.
    pub presence: bool,
}

impl Rights {
    /// A public channel.
    pub(crate) const PUBLIC: Self = Self {
        broadcast: true,
        presence: true,
        write: Some(Writes {
            broadcast: true,
            presence: true,
        }),
    };
}

/// A joined channel.
#[derive(Debug)]
pub(crate) struct Channel {
    /// Its number in the hub.
    pub id: ChannelId,
    /// Echoed in every frame that belongs to this join.
    pub join_ref: Value,
    /// Where it listens.
    pub topic: Topic,
    /// What it asked for.
    pub join: Join,
    /// The token now in force.
    pub token: String,
    /// What that token says.
    pub claims: Claims,
    /// What policies allow.
    pub rights: Rights,
    /// Counts presence calls.
    pub presence_calls: Window,
}

impl Channel {
    /// Counts a presence call; `false` when the channel must be closed for it.
    pub(crate) fn presence_call(&mut self, limit: usize) -> bool {
        self.presence_calls
            .allow(std::time::Instant::now(), limit, Duration::from_secs(30))
    }
}

/// What a push is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Route<'a> {
    /// Answer ok.
    Heartbeat,
    /// Join this topic (without prefix).
    Join(&'a str),
    /// Leave the joined topic.
    Leave(&'a str),
    /// Answer ok though nothing is joined.
    LeaveNothing,
    /// An event for the joined topic.
    Event(&'a str),
    /// Ignore.
    Stale,
    /// Answer "unmatched topic".
    Unmatched,
}

/// The channels of one socket, by topic without prefix. Bounded by the project's channels per client.
#[derive(Debug, Default)]
pub(crate) struct Channels {
    open: HashMap<String, Channel>,
}

impl Channels {
    /// Decides what a push means.
    pub(crate) fn route<'a>(&self, push: &'a Push) -> Route<'a> {
        let Some(topic) = push.topic.as_str() else {
            return Route::Unmatched;
        };
        if topic == "phoenix" && push.event == "heartbeat" {
            return Route::Heartbeat;
        }
        let name = topic.strip_prefix(PREFIX);
        if push.event == "phx_join" {
            return name.map_or(Route::Unmatched, Route::Join);
        }
        let leaving = push.event == "phx_leave";
        let Some((name, channel)) = name.and_then(|name| Some((name, self.open.get(name)?))) else {
            return if leaving {
                Route::LeaveNothing
            } else {
                Route::Unmatched
            };
        };
        if !push.join_ref.is_null() && push.join_ref != channel.join_ref {
            return Route::Stale;
        }
        if leaving {
            Route::Leave(name)
        } else {
            Route::Event(name)
        }
    }

    /// The channel of a topic.
    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Channel> {
        self.open.get_mut(name)
    }

    /// The channel with this number.
    pub(crate) fn by_id(&mut self, id: ChannelId) -> Option<&mut Channel> {
        self.open.values_mut().find(|channel| channel.id == id)
    }

    /// Whether the channel with this number is still joined.
    pub(crate) fn has(&self, id: ChannelId) -> bool {
        self.open.values().any(|channel| channel.id == id)
    }

    /// Joined channels.
    pub(crate) fn len(&self) -> usize {
        self.open.len()
    }

    /// Adds a channel; the one it replaces is returned.
    pub(crate) fn insert(&mut self, channel: Channel) -> Option<Channel> {
        self.open.insert(channel.topic.name.clone(), channel)
    }

    /// Removes the channel of a topic.
    pub(crate) fn remove(&mut self, name: &str) -> Option<Channel> {
        self.open.remove(name)
    }

    /// Topics of the joined channels.
    pub(crate) fn names(&self) -> Vec<String> {
        self.open.keys().cloned().collect()
    }

    /// Removes all.
    pub(crate) fn drain(&mut self) -> Vec<Channel> {
        self.open.drain().map(|(_, channel)| channel).collect()
    }

    /// The earliest expiry of a channel's token: Unix seconds and topic.
    pub(crate) fn next_expiry(&self) -> Option<(f64, &str)> {
        let expiries = self
            .open
            .values()
            .map(|channel| (channel.claims.exp, &*channel.topic.name));
        expiries.min_by(|a, b| a.0.total_cmp(&b.0))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::frame::decode_text;
    use super::*;

    fn channels() -> Channels {
        let mut channels = Channels::default();
        channels.insert(Channel {
            id: 1,
            join_ref: json!("1"),
            topic: Topic {
                private: false,
                name: "t".to_owned(),
            },
            join: Join::default(),
            token: String::new(),
            claims: Claims {
                role: String::new(),
                exp: 0.0,
                json: String::new(),
                subject: String::new(),
                issued: None,
            },
            rights: Rights::PUBLIC,
            presence_calls: Window::default(),
        });
        channels
    }

    fn push(text: &str) -> Push {
        decode_text(text).unwrap()
    }

    #[test]
    fn pushes_are_routed_as_observed() {
        let cases = [
            (r#"[null,"1","phoenix","heartbeat",{}]"#, Route::Heartbeat),
            (r#"[null,"1","phoenix","bogus",{}]"#, Route::Unmatched),
            (r#"[null,"1",null,"heartbeat",{}]"#, Route::Unmatched),
            (r#"["9","9","realtime:x","phx_join",{}]"#, Route::Join("x")),
            (r#"["9","9","realtime:","phx_join",{}]"#, Route::Join("")),
            (
                r#"["9","9","public:todos","phx_join",{}]"#,
                Route::Unmatched,
            ),
            (
                r#"["9","9","realtime:x","phx_leave",{}]"#,
                Route::LeaveNothing,
            ),
            (r#"["9","9","realtime:x","broadcast",{}]"#, Route::Unmatched),
            (
                r#"["1","9","realtime:t","broadcast",{}]"#,
                Route::Event("t"),
            ),
            (
                r#"[null,"9","realtime:t","broadcast",{}]"#,
                Route::Event("t"),
            ),
            (r#"["0","9","realtime:t","broadcast",{}]"#, Route::Stale),
            (r#"["0","9","realtime:t","phx_leave",{}]"#, Route::Stale),
            (
                r#"["1","9","realtime:t","phx_leave",{}]"#,
                Route::Leave("t"),
            ),
        ];
        for (text, route) in cases {
            assert_eq!(channels().route(&push(text)), route, "{text}");
        }
    }

    #[test]
    fn the_channel_that_is_replaced_is_handed_back() {
        let mut channels = channels();
        let mut other = channels.remove("t").unwrap();
        assert_eq!(channels.len(), 0);
        other.id = 2;
        assert!(channels.insert(other).is_none());
        assert!(channels.has(2) && !channels.has(1));
    }
}
