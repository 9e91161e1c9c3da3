//! Channels: joined and left as the wanted scopes change, and joined again when they end.

use std::time::Duration;

use super::channel::{Channel, Flow, Join, State};
use super::connection::Phase;
use super::{Effect, Machine, Push, rules};
use crate::model::ScopeId;
use crate::realtime::event::{RealtimeEvent, Trouble};
use crate::realtime::protocol::{Lane, Refusal, System, SystemMessage};
use crate::time::Mono;

impl Machine {
    /// Leaves channels that are no longer wanted and notes those that are.
    pub(super) fn follow_scopes(&mut self, now: Mono) {
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
                if channel.trouble() == Some(Trouble::TooManyChannels) {
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

    pub(super) fn run_channels(&mut self, now: Mono) {
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
                channel.wait(at, Some(Trouble::TooManyChannels));
            } else if self.join(now, scope) {
                used += 1;
            }
        }
        self.push_token(now);
    }

    /// Deadlines of the changes lane.
    fn run_flows(&mut self, now: Mono) {
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
                channel.wait(now, Some(Trouble::NotSubscribed));
            }
        }
    }

    /// Sends a join with the newest token, or notes that one is missing.
    fn join(&mut self, now: Mono, scope: ScopeId) -> bool {
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
        let lane = channel.lane(now, self.broadcast);
        channel.carried.joins(now);
        channel.state = State::Joining(Join {
            join_ref: reference,
            lane,
            serial,
            token_ref: None,
        });
        open.joining(now, scope, reference);
        self.counters.joins += 1;
        let push = Push::Join {
            reference,
            scope,
            lane,
            token: Some(token),
        };
        self.effects.push(Effect::Send(open.conn, push));
        true
    }

    /// No reply in time: leave, and join again behind the others (c055).
    pub(super) fn join_timed_out(&mut self, now: Mono, scope: ScopeId, join_ref: u64) {
        let current = self.channels.get(&scope).and_then(Channel::join);
        if current.is_some_and(|join| join.join_ref == join_ref) {
            self.leave(scope);
            if let Some(channel) = self.channels.get_mut(&scope) {
                channel.wait(now, Some(Trouble::Silent));
            }
        }
    }

    /// The server confirmed a join. In the private lane hints flow from now on; in the other one not before the server
    /// says so (c084).
    pub(super) fn joined(&mut self, now: Mono, scope: ScopeId, join: Join, bindings: &[u64]) {
        let asked = usize::from(join.lane == Lane::Changes);
        if bindings.len() != asked {
            self.leave(scope);
            return self.end(now, scope, Duration::ZERO, Trouble::ChannelFailed);
        }
        let Some(channel) = self.channels.get_mut(&scope) else {
            return;
        };
        let flow = match join.lane {
            Lane::Private => Flow::Live(now),
            Lane::Changes => Flow::Pending(now.after(rules::SUBSCRIBED_DEADLINE)),
        };
        channel.state = State::Joined {
            join,
            binding: bindings.first().copied(),
            flow,
        };
        if join.lane == Lane::Private {
            self.emit(RealtimeEvent::Joined(scope));
        }
    }

    /// The server refused a join, or closed a channel for the same reason.
    pub(super) fn refused(&mut self, now: Mono, scope: ScopeId, join: Join, why: Refusal) {
        match why {
            // It may speak of the token before the one that was pushed: they cross on the way. A join with the new one
            // tells, and the new one is not called refused before.
            Refusal::TokenExpired | Refusal::TokenRejected if join.token_ref.is_some() => {
                if let Some(channel) = self.channels.get_mut(&scope) {
                    channel.wait(now, Some(Trouble::TokenRefused));
                }
            }
            Refusal::TokenExpired => self.token_expired(now, scope, join),
            Refusal::TokenRejected => self.block(scope, join, Trouble::TokenRefused),
            Refusal::Unauthorized if join.lane == Lane::Private => self.change_lane(now, scope),
            Refusal::Unauthorized => self.block(scope, join, Trouble::NotAllowed),
            Refusal::PrivateOnly => self.block(scope, join, Trouble::PrivateOnly),
            Refusal::TopicNameRequired => self.block(scope, join, Trouble::ChannelFailed),
            Refusal::TenantUnknown => self.stopped = Some(Trouble::TenantUnknown),
            Refusal::TenantDisabled => self.stopped = Some(Trouble::TenantDisabled),
            Refusal::TooManyChannels => {
                self.end(now, scope, rules::BINDING_RETRY, Trouble::TooManyChannels);
            }
            Refusal::TooManyJoins | Refusal::Busy => {
                self.end(now, scope, rules::BUSY_RETRY, Trouble::ServerBusy);
            }
            Refusal::Unmatched | Refusal::Transient => {
                self.end(now, scope, Duration::ZERO, Trouble::ChannelFailed);
            }
            Refusal::Unknown => self.strike(now, scope, join),
        }
    }

    /// The channel is over for now and joins again after a wait.
    pub(super) fn end(&mut self, now: Mono, scope: ScopeId, floor: Duration, trouble: Trouble) {
        if let Some(channel) = self.channels.get_mut(&scope) {
            channel.back_off(now, floor, trouble);
        }
    }

    /// Trying again with the same token would be refused again (c053).
    fn block(&mut self, scope: ScopeId, join: Join, trouble: Trouble) {
        if let Some(channel) = self.channels.get_mut(&scope) {
            channel.state = State::Blocked {
                trouble,
                serial: join.serial,
            };
            channel.carried.left();
        }
    }

    /// The private join is unsupported: the same channel by the other lane, at once.
    fn change_lane(&mut self, now: Mono, scope: ScopeId) {
        if let Some(channel) = self.channels.get_mut(&scope) {
            channel.private_refused = Some(now);
            channel.wait(now, None);
        }
    }

    /// A reason that is not known. Twice in a row on the private lane means that the server cannot do it.
    fn strike(&mut self, now: Mono, scope: ScopeId, join: Join) {
        self.end(now, scope, Duration::ZERO, Trouble::ChannelFailed);
        let Some(channel) = self.channels.get_mut(&scope) else {
            return;
        };
        if join.lane == Lane::Private {
            channel.strikes += 1;
            if channel.strikes >= rules::LANE_STRIKES {
                channel.private_refused = Some(now);
            }
        }
    }

    /// Another token is fetched once (c096). If the server calls that one expired too, its clock is not ours: wait for the
    /// next token of the session. A channel that was live for a while shows that it is: what was expired before is over.
    fn token_expired(&mut self, now: Mono, scope: ScopeId, join: Join) {
        let Some(channel) = self.channels.get_mut(&scope) else {
            return;
        };
        if channel.has_settled(now) {
            channel.expired = None;
        }
        let before = channel.expired.replace(join.serial);
        if before.is_some_and(|serial| serial != join.serial) {
            return self.block(scope, join, Trouble::TokenRefused);
        }
        channel.wait(now, Some(Trouble::TokenRefused));
        self.tokens.reject(join.serial);
    }

    /// A `system` message about a joined channel.
    pub(super) fn system(&mut self, now: Mono, scope: ScopeId, join: Join, system: System) {
        match system.message {
            SystemMessage::Subscribed if system.ok && join.lane == Lane::Changes => {
                self.subscribed(now, scope);
            }
            SystemMessage::ReplicationReady if system.ok && join.lane == Lane::Private => {
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
                self.end(now, scope, rules::RATE_RETRY, Trouble::ServerBusy);
            }
            SystemMessage::ReplicationLate => self.strike(now, scope, join),
            _ => self.end(now, scope, Duration::ZERO, Trouble::ChannelFailed),
        }
    }

    /// "Subscribed to PostgreSQL": each one may end a gap, so each one asks for a pull.
    fn subscribed(&mut self, now: Mono, scope: ScopeId) {
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
    fn subscription_refused(&mut self, now: Mono, scope: ScopeId, join: Join) {
        if let Some(channel) = self.channels.get_mut(&scope)
            && let State::Joined { flow, .. } = &mut channel.state
            && join.lane == Lane::Changes
        {
            *flow = Flow::Refused(now.after(rules::BINDING_RETRY));
        }
    }

    /// The next deadline of a channel. What was due at the last step and did not happen waits for something else.
    pub(super) fn channel_deadline(&self) -> Option<Mono> {
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
