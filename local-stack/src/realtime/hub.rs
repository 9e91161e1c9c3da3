//! Which sockets are open and which channels listen to which topic. In memory, behind one lock that is never held
//! across an await; sending never blocks.
//!
//! Invariants: a public and a private topic of one name are two topics; a topic exists while it has members or
//! presence; leaving ends presence and tells the others.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Map, Value};

use super::frame::Broadcast;
use super::outbox::{ChannelId, Event, Outbox};
use super::presence::Presence;

/// A topic without the `realtime:` prefix, in its name space.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Topic {
    /// Policies decided who may join.
    pub private: bool,
    /// Name.
    pub name: String,
}

/// A channel that listens.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    /// The join.
    pub channel: ChannelId,
    /// Its socket.
    pub outbox: Outbox,
    /// Whether broadcasts are sent to it.
    pub broadcast: bool,
    /// Whether presence diffs are sent to it.
    pub presence: bool,
}

#[derive(Debug, Default)]
struct Room {
    members: Vec<Member>,
    presence: Presence,
}

#[derive(Debug, Default)]
struct Inner {
    rooms: HashMap<Topic, Room>,
    sockets: HashMap<u64, Outbox>,
}

/// The registry of sockets and topics.
#[derive(Debug, Default)]
pub(crate) struct Hub {
    inner: Mutex<Inner>,
    next: AtomicU64,
}

impl Hub {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing panics while it is held; a poisoned map would still be whole.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A number nobody else has.
    pub(crate) fn number(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    /// Adds a socket unless `limit` are open.
    pub(crate) fn open(&self, outbox: &Outbox, limit: usize) -> Option<u64> {
        let mut inner = self.lock();
        if inner.sockets.len() >= limit {
            return None;
        }
        let number = self.number();
        inner.sockets.insert(number, outbox.clone());
        Some(number)
    }

    /// Forgets a socket.
    pub(crate) fn close(&self, socket: u64) {
        self.lock().sockets.remove(&socket);
    }

    /// Sockets now open.
    pub(crate) fn sockets(&self) -> Vec<Outbox> {
        self.lock().sockets.values().cloned().collect()
    }

    /// Adds a channel to its topic.
    pub(crate) fn join(&self, topic: Topic, member: Member) {
        self.lock()
            .rooms
            .entry(topic)
            .or_default()
            .members
            .push(member);
    }

    /// Removes a channel; those who stay learn that its presence ended.
    pub(crate) fn leave(&self, topic: &Topic, channel: ChannelId, delay: Duration) {
        let mut inner = self.lock();
        let Some(room) = inner.rooms.get_mut(topic) else {
            return;
        };
        room.members.retain(|member| member.channel != channel);
        if let Some(diff) = room.presence.untrack(channel) {
            room.tell(topic, &diff, delay);
        }
        if room.members.is_empty() && room.presence.is_empty() {
            inner.rooms.remove(topic);
        }
    }

    /// Sends to every member but `except`; how many got it.
    pub(crate) fn broadcast(
        &self,
        topic: &Topic,
        broadcast: &Broadcast,
        except: Option<ChannelId>,
        delay: Duration,
    ) -> usize {
        let members = {
            let inner = self.lock();
            let Some(room) = inner.rooms.get(topic) else {
                return 0;
            };
            room.members.clone()
        };
        let wire = format!("realtime:{}", topic.name);
        let others = members
            .iter()
            .filter(|member| member.broadcast && Some(member.channel) != except);
        let mut told = 0;
        for member in others {
            if let Some(frame) = broadcast.encode(&wire) {
                member
                    .outbox
                    .send(Event::Frame(member.channel, frame), delay);
                told += 1;
            }
        }
        told
    }

    /// Tells every channel of the topic that its message rate is exceeded.
    pub(crate) fn too_many(&self, topic: &Topic) {
        let inner = self.lock();
        for member in inner
            .rooms
            .get(topic)
            .into_iter()
            .flat_map(|room| &room.members)
        {
            member
                .outbox
                .send(Event::TooManyMessages(member.channel), Duration::ZERO);
        }
    }

    /// Tracks presence of a joined channel and tells the topic, itself included.
    pub(crate) fn track(
        &self,
        topic: &Topic,
        channel: ChannelId,
        key: &str,
        payload: Map<String, Value>,
        delay: Duration,
    ) {
        let reference = format!("{:016x}", self.number());
        let mut inner = self.lock();
        let room = inner.rooms.entry(topic.clone()).or_default();
        // Observed: who tracks also receives, even if presence was not enabled at the join.
        for member in room
            .members
            .iter_mut()
            .filter(|member| member.channel == channel)
        {
            member.presence = true;
        }
        if let Some(diff) = room.presence.track(channel, key, reference, payload) {
            room.tell(topic, &diff, delay);
        }
    }

    /// Ends presence of a channel that stays joined.
    pub(crate) fn untrack(&self, topic: &Topic, channel: ChannelId, delay: Duration) {
        let mut inner = self.lock();
        if let Some(room) = inner.rooms.get_mut(topic)
            && let Some(diff) = room.presence.untrack(channel)
        {
            room.tell(topic, &diff, delay);
        }
    }

    /// Who is present.
    pub(crate) fn presence(&self, topic: &Topic) -> Value {
        let inner = self.lock();
        inner
            .rooms
            .get(topic)
            .map_or_else(|| Value::Object(Map::new()), |room| room.presence.state())
    }
}

impl Room {
    fn tell(&self, topic: &Topic, diff: &Value, delay: Duration) {
        let broadcast = Broadcast::Json("presence_diff", diff.to_string());
        let wire = format!("realtime:{}", topic.name);
        for member in self.members.iter().filter(|member| member.presence) {
            if let Some(frame) = broadcast.encode(&wire) {
                member
                    .outbox
                    .send(Event::Frame(member.channel, frame), delay);
            }
        }
    }
}
