//! Which token is used, and when another one is asked for.
//!
//! Asking costs no request: whoever gives the tokens keeps the pauses between those, and hands a token on that comes
//! meanwhile. So a question that failed is asked again after a fixed pause, however often it fails.

use super::channel::{Channel, State};
use super::{Effect, Machine, Push, rules};
use crate::realtime::token::AccessToken;
use crate::time::MonotonicInstant;

/// The token and the question for another one.
#[derive(Debug)]
pub(super) struct TokenState {
    current: Option<AccessToken>,
    /// Counts distinct tokens; 0 = none so far.
    serial: u64,
    /// Serial number of a token that the server called expired.
    rejected: Option<u64>,
    asked: bool,
    asked_at: Option<MonotonicInstant>,
    retry_at: Option<MonotonicInstant>,
    signed_out: bool,
}

impl TokenState {
    pub(super) fn new() -> Self {
        Self {
            current: None,
            serial: 0,
            rejected: None,
            asked: false,
            asked_at: None,
            retry_at: None,
            signed_out: false,
        }
    }

    pub(super) fn failed(&mut self, now: MonotonicInstant) {
        self.asked = false;
        self.retry_at = Some(now.after(rules::TOKEN_AGAIN));
    }

    pub(super) fn signed_out(&mut self) {
        self.signed_out = true;
        self.asked = false;
        self.current = None;
        self.retry_at = None;
    }

    pub(super) fn is_signed_out(&self) -> bool {
        self.signed_out
    }

    #[cfg(test)]
    pub(super) fn is_asked(&self) -> bool {
        self.asked
    }

    pub(super) fn serial(&self) -> u64 {
        self.serial
    }

    /// The server called the token of that number expired; if it is still the current one, another is needed.
    pub(super) fn reject(&mut self, serial: u64) {
        if serial == self.serial {
            self.rejected = Some(serial);
        }
    }

    /// Somebody waits: ask again now, but not more often than connecting is tried.
    pub(super) fn hurry(&mut self, now: MonotonicInstant) {
        let soonest = self
            .asked_at
            .map_or(now, |at| at.after(rules::IMMEDIATE_GAP).max(now));
        self.retry_at = self.retry_at.map(|at| at.min(soonest));
    }

    /// True while asking has failed and the next question has to wait.
    pub(super) fn is_failing(&self) -> bool {
        self.retry_at.is_some()
    }

    /// The current token, if it is not rejected and lasts.
    pub(super) fn good(&self, now: MonotonicInstant) -> Option<&AccessToken> {
        let fresh = self.rejected != Some(self.serial);
        self.current
            .as_ref()
            .filter(|token| fresh && token.lasts(now, rules::TOKEN_MIN))
    }
}

impl Machine {
    /// A token came. The one we have, or one that will not last, is no news: if it was an answer, asking has failed.
    pub(super) fn token_came(&mut self, now: MonotonicInstant, token: AccessToken) {
        let tokens = &mut self.tokens;
        tokens.signed_out = false;
        let known = tokens
            .current
            .as_ref()
            .is_some_and(|t| t.secret == token.secret);
        if !token.lasts(now, rules::TOKEN_MIN) || (known && tokens.rejected == Some(tokens.serial))
        {
            if tokens.asked {
                tokens.failed(now);
            }
            return;
        }
        tokens.asked = false;
        tokens.retry_at = None;
        tokens.current = Some(token);
        if !known {
            tokens.serial += 1;
            self.stopped = None;
        }
    }

    /// Asks for a token unless that is under way or has to wait.
    pub(super) fn ask_token(&mut self, now: MonotonicInstant) {
        let tokens = &mut self.tokens;
        if tokens.asked || tokens.retry_at.is_some_and(|at| at > now) {
            return;
        }
        tokens.asked = true;
        tokens.asked_at = Some(now);
        tokens.retry_at = None;
        let rejected = tokens.rejected == Some(tokens.serial);
        let rejected = tokens.current.as_ref().filter(|_| rejected);
        let rejected = rejected.map(|token| token.secret.clone());
        self.effects.push(Effect::AskToken { rejected });
    }

    /// Asking failed and is due again then. Only while something waits for the token.
    pub(super) fn token_deadline(&self) -> Option<MonotonicInstant> {
        self.tokens
            .retry_at
            .filter(|_| !self.tokens.asked && (self.needs_token() || self.starved))
    }

    /// A channel refused for good stays so until another token comes.
    pub(super) fn is_blocked(&self, channel: &Channel) -> bool {
        matches!(channel.state, State::Blocked { serial, .. } if serial == self.tokens.serial)
    }

    /// Gives a new token to every joined channel, once (c097). The server does not answer a good one.
    pub(super) fn push_token(&mut self, now: MonotonicInstant) {
        let Some(token) = self.tokens.good(now).map(|token| token.secret.clone()) else {
            return;
        };
        let Some(conn) = self.open_conn() else {
            return;
        };
        let serial = self.tokens.serial;
        for (scope, channel) in &mut self.channels {
            let State::Joined { join, .. } = &mut channel.state else {
                continue;
            };
            if join.serial == serial {
                continue;
            }
            self.last_ref += 1;
            join.serial = serial;
            join.token_ref = Some(self.last_ref);
            let push = Push::Token {
                reference: self.last_ref,
                join_ref: join.join_ref,
                scope: *scope,
                token: token.clone(),
            };
            self.effects.push(Effect::Send(conn, push));
        }
    }
}
