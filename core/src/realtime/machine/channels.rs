//! Channels: joined and left as the wanted scopes change, and joined again when they end.

use std::time::Duration;

use super::channel::{Channel, Flow, Join, State};
use super::connection::Phase;
use super::{Effect, Machine, Push, rules};
use crate::model::ScopeId;
use crate::realtime::event::{ConnectionError, RealtimeEvent};
use crate::realtime::protocol::{Refusal, System, SystemMessage, Transport};
use crate::time::MonotonicInstant;

impl Machine {
    /// Leaves channels that are no longer wanted and notes those that are.
    pub(super) fn follow_scopes(&mut self, now: MonotonicInstant) {
        let gone: Vec<ScopeId> = self
            .channels
            .keys()
            .filter(|scope| !self.wanted.contains(scope))
            .copied()
            .collect();
        for scope in &gone {
            self.leave(*scope);
            self.channels.remove(scope);
        }
        if !gone.is_empty() {
            // A place is free again.
            for channel in self.channels.values_mut() {
                if channel.cause() == Some(ConnectionError::TooManyChannels) {
                    channel.wait(now, None);
                }
            }
        }
        for scope in &self.wanted {
            self.channels
                .entry(*scope)
                .or_insert_with(|| Channel::new(now, self.random.u64(..)));
        }
    }

    /// Ends the channel's join on the server, if there is one.
    pub(super) fn leave(&mut self, scope: ScopeId) {
        let join = self.channels.get(&scope).and_then(Channel::join);
        let (Some(conn), Some(join_ref)) = (self.open_conn(), join.map(|join| join.join_ref))
        else {
            return;
        };
        let reference = self.next_ref();
        let push = Push::Leave {
            reference,
            join_ref,
            scope,
        };
        self.effects.push(Effect::Send(conn, push));
    }

    pub(super) fn run_channels(&mut self, now: MonotonicInstant) {
        self.starved = false;
        if self.open_conn().is_none() {
            return;
        }
        self.run_flows(now);
        self.run_silence(now);
        let mut used = self
            .channels
            .values()
            .filter(|c| c.join().is_some())
            .count();
        let scopes: Vec<ScopeId> = self.channels.keys().copied().collect();
        for scope in scopes {
            let Some(channel) = self.channels.get_mut(&scope) else {
                continue;
            };
            if let State::Blocked { serial, .. } = channel.state
                && serial != self.tokens.serial()
            {
                channel.wait(now, None);
            }
            let State::Waiting { at, .. } = channel.state else {
                continue;
            };
            if at > now {
                continue;
            }
            if used >= rules::MAX_CHANNELS {
                channel.wait(at, Some(ConnectionError::TooManyChannels));
            } else if self.join(now, scope) {
                used += 1;
            }
        }
        self.push_token(now);
    }

    /// Deadlines of the changes transport.
    fn run_flows(&mut self, now: MonotonicInstant) {
        let mut again = Vec::new();
        for (scope, channel) in &mut self.channels {
            let State::Joined { flow, .. } = &mut channel.state else {
                continue;
            };
            match *flow {
                Flow::Pending(until) if until <= now => *flow = Flow::Late,
                Flow::Refused(until) if until <= now => again.push(*scope),
                _ => {}
            }
        }
        for scope in again {
            self.leave(scope);
            if let Some(channel) = self.channels.get_mut(&scope) {
                channel.wait(now, Some(ConnectionError::NotSubscribed));
            }
        }
    }

    /// Sends a join with the newest token, or notes that one is missing.
    fn join(&mut self, now: MonotonicInstant, scope: ScopeId) -> bool {
        let Some(token) = self.tokens.good(now).map(|token| token.secret.clone()) else {
            self.starved = true;
            self.ask_token(now);
            return false;
        };
        let reference = self.next_ref();
        let serial = self.tokens.serial();
        let (Some(channel), Phase::Open(open)) = (self.channels.get_mut(&scope), &mut self.phase)
        else {
            return false;
        };
        let transport = channel.transport(now, self.broadcast);
        channel.carried.joins(now);
        channel.state = State::Joining(Join {
            join_ref: reference,
            transport,
            serial,
            token_ref: None,
        });
        open.joining(now, scope, reference);
        self.counters.joins += 1;
        let push = Push::Join {
            reference,
            scope,
            transport,
            token: Some(token),
        };
        self.effects.push(Effect::Send(open.conn, push));
        true
    }

    /// No reply in time: leave, and join again behind the others (c055).
    pub(super) fn join_timed_out(&mut self, now: MonotonicInstant, scope: ScopeId, join_ref: u64) {
        let current = self.channels.get(&scope).and_then(Channel::join);
        if current.is_some_and(|join| join.join_ref == join_ref) {
            self.leave(scope);
            if let Some(channel) = self.channels.get_mut(&scope) {
                channel.wait(now, Some(ConnectionError::Silent));
            }
        }
    }

    /// The server confirmed a join. In the private transport hints flow from now on; in the other one not before the server
    /// says so (c084).
    pub(super) fn joined(
        &mut self,
        now: MonotonicInstant,
        scope: ScopeId,
        join: Join,
        bindings: &[u64],
    ) {
        let asked = usize::from(join.transport == Transport::Changes);
        if bindings.len() != asked {
            self.leave(scope);
            return self.end(now, scope, Duration::ZERO, ConnectionError::ChannelFailed);
        }
        let Some(channel) = self.channels.get_mut(&scope) else {
            return;
        };
        let flow = match join.transport {
            Transport::Private => Flow::Live(now),
            Transport::Changes => Flow::Pending(now.after(rules::SUBSCRIBED_DEADLINE)),
        };
        channel.state = State::Joined {
            join,
            binding: bindings.first().copied(),
            flow,
        };
        if join.transport == Transport::Private {
            self.emit(RealtimeEvent::Joined(scope));
        }
    }

    /// The server refused a join, or closed a channel for the same reason.
    pub(super) fn refused(
        &mut self,
        now: MonotonicInstant,
        scope: ScopeId,
        join: Join,
        why: Refusal,
    ) {
        match why {
            // It may speak of the token before the one that was pushed: they cross on the way. A join with the new one
            // tells, and the new one is not called refused before.
            Refusal::TokenExpired | Refusal::TokenRejected if join.token_ref.is_some() => {
                if let Some(channel) = self.channels.get_mut(&scope) {
                    channel.wait(now, Some(ConnectionError::TokenRefused));
                }
            }
            Refusal::TokenExpired => self.token_expired(now, scope, join),
            Refusal::TokenRejected => self.block(scope, join, ConnectionError::TokenRefused),
            Refusal::Unauthorized if join.transport == Transport::Private => {
                self.change_transport(now, scope);
            }
            Refusal::Unauthorized => self.block(scope, join, ConnectionError::NotAllowed),
            Refusal::PrivateOnly => self.block(scope, join, ConnectionError::PrivateOnly),
            Refusal::TopicNameRequired => self.block(scope, join, ConnectionError::ChannelFailed),
            Refusal::TenantUnknown => self.stopped = Some(ConnectionError::TenantUnknown),
            Refusal::TenantDisabled => self.stopped = Some(ConnectionError::TenantDisabled),
            Refusal::TooManyChannels => {
                self.end(
                    now,
                    scope,
                    rules::BINDING_RETRY,
                    ConnectionError::TooManyChannels,
                );
            }
            Refusal::TooManyJoins | Refusal::Busy => {
                self.end(now, scope, rules::BUSY_RETRY, ConnectionError::ServerBusy);
            }
            Refusal::Unmatched | Refusal::Transient => {
                self.end(now, scope, Duration::ZERO, ConnectionError::ChannelFailed);
            }
            Refusal::Unknown => self.strike(now, scope, join),
        }
    }

    /// The channel is over for now and joins again after a wait.
    pub(super) fn end(
        &mut self,
        now: MonotonicInstant,
        scope: ScopeId,
        floor: Duration,
        cause: ConnectionError,
    ) {
        if let Some(channel) = self.channels.get_mut(&scope) {
            channel.back_off(now, floor, cause);
        }
    }

    /// Trying again with the same token would be refused again (c053).
    fn block(&mut self, scope: ScopeId, join: Join, cause: ConnectionError) {
        if let Some(channel) = self.channels.get_mut(&scope) {
            channel.state = State::Blocked {
                cause,
                serial: join.serial,
            };
            channel.carried.left();
        }
    }

    /// The private join is unsupported: the same channel by the other transport, at once.
    fn change_transport(&mut self, now: MonotonicInstant, scope: ScopeId) {
        if let Some(channel) = self.channels.get_mut(&scope) {
            channel.private_refused = Some(now);
            channel.wait(now, None);
        }
    }

    /// A reason that is not known. Twice in a row on the private transport means that the server cannot do it.
    fn strike(&mut self, now: MonotonicInstant, scope: ScopeId, join: Join) {
        self.end(now, scope, Duration::ZERO, ConnectionError::ChannelFailed);
        let Some(channel) = self.channels.get_mut(&scope) else {
            return;
        };
        if join.transport == Transport::Private {
            channel.strikes += 1;
            if channel.strikes >= rules::TRANSPORT_STRIKES {
                channel.private_refused = Some(now);
            }
        }
    }

    /// Another token is fetched once (c096). If the server calls that one expired too, its clock is not ours: wait for the
    /// next token of the session. A channel that was live for a while shows that it is: what was expired before is over.
    fn token_expired(&mut self, now: MonotonicInstant, scope: ScopeId, join: Join) {
        let Some(channel) = self.channels.get_mut(&scope) else {
            return;
        };
        if channel.has_settled(now) {
            channel.expired = None;
        }
        let before = channel.expired.replace(join.serial);
        if before.is_some_and(|serial| serial != join.serial) {
            return self.block(scope, join, ConnectionError::TokenRefused);
        }
        channel.wait(now, Some(ConnectionError::TokenRefused));
        self.tokens.reject(join.serial);
    }

    /// A `system` message about a joined channel.
    pub(super) fn system(
        &mut self,
        now: MonotonicInstant,
        scope: ScopeId,
        join: Join,
        system: System,
    ) {
        match system.message {
            SystemMessage::Subscribed if system.ok && join.transport == Transport::Changes => {
                self.subscribed(now, scope);
            }
            SystemMessage::ReplicationReady
                if system.ok && join.transport == Transport::Private =>
            {
                if let Some(channel) = self.channels.get_mut(&scope) {
                    channel.strikes = 0;
                }
                self.emit(RealtimeEvent::Joined(scope));
            }
            _ if system.ok => {}
            _ if system.changes => self.subscription_refused(now, scope, join),
            SystemMessage::TokenExpired => self.refused(now, scope, join, Refusal::TokenExpired),
            SystemMessage::TokenRejected => self.refused(now, scope, join, Refusal::TokenRejected),
            SystemMessage::ReadDenied => self.refused(now, scope, join, Refusal::Unauthorized),
            SystemMessage::RateLimited => {
                self.end(now, scope, rules::RATE_RETRY, ConnectionError::ServerBusy);
            }
            SystemMessage::ReplicationLate => self.strike(now, scope, join),
            _ => self.end(now, scope, Duration::ZERO, ConnectionError::ChannelFailed),
        }
    }

    /// "Subscribed to PostgreSQL": each one may end a gap, so each one asks for a pull.
    fn subscribed(&mut self, now: MonotonicInstant, scope: ScopeId) {
        if let Some(channel) = self.channels.get_mut(&scope)
            && let State::Joined { flow, .. } = &mut channel.state
        {
            if !matches!(flow, Flow::Live(_)) {
                *flow = Flow::Live(now);
            }
            self.emit(RealtimeEvent::Joined(scope));
        }
    }

    /// The channel stays joined, but nothing will come of it.
    fn subscription_refused(&mut self, now: MonotonicInstant, scope: ScopeId, join: Join) {
        if let Some(channel) = self.channels.get_mut(&scope)
            && let State::Joined { flow, .. } = &mut channel.state
            && join.transport == Transport::Changes
        {
            *flow = Flow::Refused(now.after(rules::BINDING_RETRY));
        }
    }

    /// The next deadline of a channel. What was due at the last step and did not happen waits for something else.
    pub(super) fn channel_deadline(&self) -> Option<MonotonicInstant> {
        self.open_conn()?;
        let silences = self.channels.values().filter_map(|c| c.carried.deadline());
        self.channels
            .values()
            .filter_map(|channel| match &channel.state {
                State::Waiting { at, .. } => Some(*at),
                State::Joined { flow, .. } => match flow {
                    Flow::Pending(at) | Flow::Refused(at) => Some(*at),
                    Flow::Live(_) | Flow::Late => None,
                },
                State::Joining(_) | State::Blocked { .. } => None,
            })
            .chain(silences)
            .filter(|at| *at > self.now)
            .min()
    }

    pub(super) fn emit(&mut self, event: RealtimeEvent) {
        self.effects.push(Effect::Emit(event));
    }
}
