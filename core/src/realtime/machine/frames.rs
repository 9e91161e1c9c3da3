//! What an incoming frame means for the channel it belongs to.

use std::time::Duration;

use super::channel::{Channel, Join, State};
use super::connection::Phase;
use super::{ConnId, Machine};
use crate::model::ScopeId;
use crate::realtime::event::{ConnectionError, RealtimeEvent};
use crate::realtime::protocol::{ChannelTopic, Event, Incoming, Ref, Refusal, Signal, Transport};
use crate::time::MonotonicInstant;

impl Machine {
    pub(super) fn frame(&mut self, now: MonotonicInstant, conn: ConnId, frame: &Incoming) {
        let Phase::Open(open) = &mut self.phase else {
            self.counters.stale += 1;
            return;
        };
        if open.conn != conn {
            self.counters.stale += 1;
            return;
        }
        let reply = matches!(frame.event, Event::ReplyOk { .. } | Event::ReplyError(_));
        match frame.topic {
            ChannelTopic::Socket if reply => self.beat_answered(),
            ChannelTopic::Socket | ChannelTopic::Other => self.counters.unknown_scope += 1,
            ChannelTopic::Scope(scope) => {
                if let (true, Ref::Number(reference)) = (reply, frame.reference) {
                    open.answered(now, reference);
                }
                self.channel_frame(now, scope, frame);
            }
        }
    }

    fn channel_frame(&mut self, now: MonotonicInstant, scope: ScopeId, frame: &Incoming) {
        let Some(channel) = self.channels.get(&scope) else {
            self.counters.unknown_scope += 1;
            return;
        };
        let Some(join) = channel.join().copied().filter(|join| belongs(frame, join)) else {
            self.counters.stale += 1;
            return;
        };
        let joining = matches!(channel.state, State::Joining(_));
        let answers_join = joining && frame.reference == Ref::Number(join.join_ref);
        match &frame.event {
            Event::ReplyOk { bindings } if answers_join => self.joined(now, scope, join, bindings),
            Event::ReplyError(why) if answers_join => self.refused(now, scope, join, *why),
            Event::ReplyError(Refusal::Unmatched) if answers_token(frame, &join) => {
                self.refused(now, scope, join, Refusal::Unmatched);
            }
            Event::Close | Event::Crash => {
                if let Phase::Open(open) = &mut self.phase {
                    open.answered(now, join.join_ref);
                }
                self.end(now, scope, Duration::ZERO, ConnectionError::ChannelFailed);
            }
            Event::System(system) if !joining => self.system(now, scope, join, *system),
            Event::ReplyOk { .. } | Event::ReplyError(_) | Event::System(_) => {
                self.counters.stale += 1;
            }
            Event::Broadcast(signal) => self.signal(scope, Transport::Private, join, None, *signal),
            Event::Change { ids, signal } => {
                self.signal(scope, Transport::Changes, join, Some(ids), *signal);
            }
        }
    }

    /// Hands a hint on if it came by the transport the channel was joined for: anybody may broadcast on a public channel, so
    /// in the changes transport a broadcast counts for nothing.
    fn signal(
        &mut self,
        scope: ScopeId,
        transport: Transport,
        join: Join,
        ids: Option<&Vec<u64>>,
        signal: Signal,
    ) {
        let Some(channel) = self.channels.get_mut(&scope) else {
            return;
        };
        if join.transport != transport || !bound(channel, ids) {
            self.counters.wrong_transport += 1;
            return;
        }
        channel.strikes = 0;
        match signal {
            Signal::Hint(hint) => {
                channel.carried.came(Some(hint));
                self.counters.hints += 1;
                self.emit(RealtimeEvent::Hint(hint));
            }
            Signal::Gap => {
                channel.carried.came(None);
                self.emit(RealtimeEvent::Gapped(scope));
            }
        }
    }
}

/// Whether a frame is of the current join. Broadcasts and changes never name one; replies and, in version 1, system
/// messages may not; an end always does, or it could be the end of the join before (c051).
fn belongs(frame: &Incoming, join: &Join) -> bool {
    match frame.join_ref {
        Ref::Number(number) => number == join.join_ref,
        Ref::Null => !matches!(frame.event, Event::Close | Event::Crash),
        Ref::Foreign => false,
    }
}

/// "unmatched topic" in answer to a token: the server has dropped the channel without a word (c054).
fn answers_token(frame: &Incoming, join: &Join) -> bool {
    join.token_ref
        .is_some_and(|token| frame.reference == Ref::Number(token))
}

/// Whether the ids of a change name our binding. Broadcasts have none.
fn bound(channel: &Channel, ids: Option<&Vec<u64>>) -> bool {
    match (&channel.state, ids) {
        (
            State::Joined {
                binding: Some(own), ..
            },
            Some(ids),
        ) => ids.contains(own),
        (_, Some(_)) => false,
        (_, None) => true,
    }
}
