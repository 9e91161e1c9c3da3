//! The state that is told, worked out from everything else.

use super::Machine;
use super::channel::Channel;
use super::connection::Phase;
use crate::realtime::event::{ConnectionError, ConnectionState, OffReason, RealtimeEvent};
use crate::realtime::protocol::Transport;

impl Machine {
    /// Tells the state if it is another one than told last.
    pub(super) fn tell_state(&mut self) {
        let state = self.current_state();
        if state != self.told {
            self.told = state;
            self.emit(RealtimeEvent::State(state));
        }
    }

    fn current_state(&self) -> ConnectionState {
        if let Some(reason) = self.off_reason() {
            return ConnectionState::Off(reason);
        }
        if let Some(cause) = self.stop_reason() {
            return ConnectionState::Stopped(cause);
        }
        match &self.phase {
            Phase::Open(_) => self.open_state(),
            Phase::NeedsToken | Phase::Waiting { .. } if self.tokens.is_failing() => {
                ConnectionState::Retrying(ConnectionError::NoToken)
            }
            Phase::Off | Phase::NeedsToken | Phase::Waiting { .. } | Phase::Connecting { .. } => {
                self.reconnect
                    .cause
                    .map_or(ConnectionState::Connecting, ConnectionState::Retrying)
            }
        }
    }

    fn off_reason(&self) -> Option<OffReason> {
        if !self.foreground {
            Some(OffReason::Background)
        } else if !self.network {
            Some(OffReason::NoNetwork)
        } else if self.tokens.is_signed_out() {
            Some(OffReason::SignedOut)
        } else if self.wanted.is_empty() {
            Some(OffReason::NoScopes)
        } else {
            None
        }
    }

    fn stop_reason(&self) -> Option<ConnectionError> {
        if self.stopped.is_some() {
            return self.stopped;
        }
        let all_blocked = self.channels.values().all(|c| self.is_blocked(c));
        let first = self.channels.values().find_map(Channel::cause);
        first.filter(|_| all_blocked)
    }

    /// What all hints together may be relied on: one scope on the changes transport makes it that one.
    fn slowest_transport(&self) -> Transport {
        let mut joins = self.channels.values().filter_map(Channel::join);
        if joins.any(|join| join.transport == Transport::Changes) {
            Transport::Changes
        } else {
            Transport::Private
        }
    }

    fn open_state(&self) -> ConnectionState {
        let live = self.channels.values().filter(|c| c.is_live()).count();
        let wanted = self.channels.len();
        let mut causes = self.channels.values().filter_map(Channel::cause);
        let cause = causes
            .next()
            .or_else(|| self.starved.then_some(ConnectionError::NoToken));
        if live == wanted {
            ConnectionState::Live(self.slowest_transport())
        } else if live == 0 && cause.is_none() {
            ConnectionState::Connecting
        } else {
            let few = |count| u32::try_from(count).unwrap_or(u32::MAX);
            ConnectionState::Degraded {
                live: few(live),
                wanted: few(wanted),
                cause,
            }
        }
    }
}
