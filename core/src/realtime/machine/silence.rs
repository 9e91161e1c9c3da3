//! Whether a transport that is joined carries anything.
//!
//! A server can answer "joined" and "Subscribed" and then send nothing, for ever: without a replication slot, without
//! `realtime.send`, after its database came back. No frame tells. What tells is a change that sync found by asking,
//! although the channel was joined all the time and no hint has come of it.
//!
//! Owns: the suspicion, the grace for a hint that is on its way, and the change of transport.
//! Never: takes a hint's absence for a fault while the channel is not joined, or was joined a moment ago.

use super::channel::{Channel, Flow, State};
use super::{Machine, rules};
use crate::hint::Hint;
use crate::model::ScopeId;
use crate::realtime::event::ConnectionError;
use crate::realtime::protocol::Transport;
use crate::time::MonotonicInstant;

/// What a channel has carried, kept from one join to the next: a server that says nothing does so again.
#[derive(Debug, Clone, Default)]
pub(super) struct Carried {
    /// The newest hint that came.
    heard: Option<Hint>,
    /// A change of which a hint should have come; it may still come until then.
    missed: Option<(Hint, MonotonicInstant)>,
    /// Changes in a row of which none came.
    misses: u32,
    /// Since when nothing is believed to come; until a hint does, or it was long ago.
    silent: Option<MonotonicInstant>,
}

impl Carried {
    pub(super) fn is_silent(&self) -> bool {
        self.silent.is_some()
    }

    /// Something came through: whatever was suspected, the transport lives.
    pub(super) fn came(&mut self, hint: Option<Hint>) {
        self.misses = 0;
        self.silent = None;
        let Some(hint) = hint else {
            return;
        };
        if self
            .missed
            .is_some_and(|(missed, _)| !is_above(missed, hint))
        {
            self.missed = None;
        }
        if self.heard.is_none_or(|heard| is_above(hint, heard)) {
            self.heard = Some(hint);
        }
    }

    /// The channel is not joined any more: of what happens meanwhile no hint can come.
    pub(super) fn left(&mut self) {
        self.missed = None;
    }

    /// It is joined again. A silence of long ago is over until it shows again.
    pub(super) fn joins(&mut self, now: MonotonicInstant) {
        self.silent = self
            .silent
            .filter(|since| now.since(*since) < rules::TRANSPORT_MEMORY);
    }

    pub(super) fn deadline(&self) -> Option<MonotonicInstant> {
        self.missed.map(|(_, until)| until)
    }
}

/// Of two epochs nobody can tell which is later: the other one counts as above.
fn is_above(hint: Hint, other: Hint) -> bool {
    hint.epoch != other.epoch || hint.rev > other.rev
}

impl Machine {
    /// Sync asked where the scopes stand and found this, above all it knew and all it was told.
    pub(super) fn found(&mut self, now: MonotonicInstant, found: Hint) {
        let Some(channel) = self.channels.get_mut(&found.scope) else {
            return;
        };
        let joined = matches!(channel.state, State::Joined { flow: Flow::Live(since), .. }
            if now.since(since) >= rules::HINT_GRACE);
        let carried = &mut channel.carried;
        let told = carried.heard.is_some_and(|heard| !is_above(found, heard));
        if joined && !told && carried.missed.is_none() {
            carried.missed = Some((found, now.after(rules::HINT_GRACE)));
        }
    }

    /// Hints that had their time and did not come. The second in a row makes the transport silent.
    pub(super) fn run_silence(&mut self, now: MonotonicInstant) {
        let mut silent = Vec::new();
        for (scope, channel) in &mut self.channels {
            let carried = &mut channel.carried;
            if carried.deadline().is_none_or(|until| until > now) {
                continue;
            }
            carried.missed = None;
            carried.misses += 1;
            if carried.misses >= rules::HINT_MISSES {
                carried.misses = 0;
                carried.silent = Some(now);
                silent.push(*scope);
            }
        }
        for scope in silent {
            self.try_other_transport(now, scope);
        }
    }

    /// The other transport may carry what this one does not. Where the database cannot broadcast there is no other.
    fn try_other_transport(&mut self, now: MonotonicInstant, scope: ScopeId) {
        let Some(transport) = self
            .channels
            .get(&scope)
            .and_then(Channel::join)
            .map(|j| j.transport)
        else {
            return;
        };
        if transport == Transport::Changes && !self.broadcast {
            return;
        }
        self.leave(scope);
        if let Some(channel) = self.channels.get_mut(&scope) {
            channel.private_refused = (transport == Transport::Private).then_some(now);
            channel.strikes = 0;
            channel.wait(now, Some(ConnectionError::NoHints));
        }
    }

    /// What the database says of itself: without broadcast the private transport would be joined and stay silent.
    pub(super) fn can_broadcast(&mut self, now: MonotonicInstant, can: bool) {
        self.broadcast = can;
        if can {
            return;
        }
        let private = |channel: &Channel| {
            channel
                .join()
                .is_some_and(|j| j.transport == Transport::Private)
        };
        let channels = self.channels.iter();
        let scopes: Vec<ScopeId> = channels
            .filter(|(_, channel)| private(channel))
            .map(|(scope, _)| *scope)
            .collect();
        for scope in scopes {
            self.leave(scope);
            if let Some(channel) = self.channels.get_mut(&scope) {
                channel.wait(now, None);
            }
        }
    }
}
