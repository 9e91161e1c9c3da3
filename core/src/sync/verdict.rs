//! What becomes of an edit when the server has answered. Pure.
//!
//! Owns: the reading of one [`PushResult`] beside the outbox entry it answers, and of a call that failed as a whole.
//! Never: writes anything; `settle.rs` carries out what is decided here.
//! Invariant: no value that a member typed disappears: it is applied, sent again merged, kept in a conflict, or rejected.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde_json::Value;

use super::merge::{FieldConflict, Kept, is_empty, merge_row};
use super::wire::{PushResult, Verdict};
use crate::error::{ANSWER_TOO_LARGE, Error};
use crate::model::{Merge, RefusalCode, Values, field};
use crate::store::{Op, OutboxEntry, Rejection};

/// What to do with an answered edit.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Decision {
    /// The server has it, but perhaps not all of it.
    Done(Done),
    /// The row is deleted and the server has no image of it: send the whole row.
    RestoreWhole,
    /// Refused for good: a person decides.
    Reject(Rejection),
    /// A delete or a move of what somebody else has changed unseen: a person decides, knowing that.
    Cross(Rejection),
}

/// An edit that the server has applied.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Done {
    /// Fields to send again.
    pub(super) resend: BTreeMap<String, Resend>,
    /// Two values of one field; both are kept.
    pub(super) field_conflicts: Vec<FieldConflict>,
    /// The row was deleted and is back.
    pub(super) restored: bool,
}

/// A field that is sent again, and what it starts from.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Resend {
    /// The server did not apply it and said what it has: that is what this value, merged with it, starts from.
    Merged {
        /// What to send.
        value: Value,
        /// The server's.
        theirs: Value,
    },
    /// The server did not say what it has: the value is sent from where it started, or from something unknown.
    Unsaid {
        /// What to send.
        value: Value,
        /// What the field was before this member changed it; `None` is unknown.
        base: Option<Value>,
    },
}

impl Done {
    /// The values to send again and what they start from, where that is known, as an edit has them.
    pub(super) fn resent(&self) -> (Values, Values) {
        let (mut set, mut bases) = (Values::new(), Values::new());
        for (name, resend) in &self.resend {
            let (value, base) = match resend {
                Resend::Merged { value, theirs } => (value, Some(theirs)),
                Resend::Unsaid { value, base } => (value, base.as_ref()),
            };
            set.insert(name.clone(), value.clone());
            bases.extend(base.map(|base| (name.clone(), base.clone())));
        }
        (set, bases)
    }
}

/// Decides about `entry`. `later` is the unsent edit of the same row behind it, if there is one: its values are newer,
/// and what the server did not apply has to be merged with those.
pub(super) fn decide(
    entry: &OutboxEntry,
    later: Option<&OutboxEntry>,
    result: &PushResult,
) -> Decision {
    match result.verdict {
        Verdict::Refused if result.code == Some(RefusalCode::TooLate) && entry.op == Op::Update => {
            Decision::RestoreWhole
        }
        Verdict::Refused => refused(result),
        Verdict::Partial if result.current.is_empty() => Decision::Done(unknown_rest(entry, later)),
        Verdict::Applied | Verdict::Partial => Decision::Done(done(entry, later, result)),
    }
}

fn refused(result: &PushResult) -> Decision {
    let rejection = Rejection {
        code: result.code.clone().unwrap_or(RefusalCode::Unstated),
        reason: result.reason.clone(),
        field: result.field.clone(),
    };
    if rejection.code == RefusalCode::Crossed {
        Decision::Cross(rejection)
    } else {
        Decision::Reject(rejection)
    }
}

/// The server has not said which fields it left out: this device acknowledged the answer once, before it went back to a
/// backup, and only the verdict was kept. Each text and list is sent again from where it started. One that is there
/// already changes nothing then, and any other comes back with what the server has, to be merged.
fn unknown_rest(entry: &OutboxEntry, later: Option<&OutboxEntry>) -> Done {
    let mut done = Done::default();
    for (name, value) in &entry.set {
        let rule = field(entry.kind, name).map_or(Merge::Scalar, |field| field.merge);
        if matches!(rule, Merge::Scalar | Merge::ReadOnly) {
            continue;
        }
        let newer = later.and_then(|later| later.set.get(name));
        let value = newer.unwrap_or(value);
        // Set back to where it started it must be sent too: what the server has now is not known.
        let base = entry.base.get(name).filter(|base| *base != value).cloned();
        let value = value.clone();
        done.resend
            .insert(name.clone(), Resend::Unsaid { value, base });
    }
    done
}

fn done(entry: &OutboxEntry, later: Option<&OutboxEntry>, result: &PushResult) -> Done {
    let mut done = Done {
        restored: result.restored,
        field_conflicts: overwritten(entry, result),
        ..Done::default()
    };
    let newer = |name: &String| later.and_then(|later| later.set.get(name));
    let mut mine = Values::new();
    for (name, value) in entry
        .set
        .iter()
        .filter(|(name, _)| result.current.contains_key(*name))
    {
        mine.insert(name.clone(), newer(name).unwrap_or(value).clone());
    }
    let merged = merge_row(entry.kind, &entry.base, &mine, &result.current);
    done.field_conflicts.extend(merged.field_conflicts);
    for (name, theirs) in result
        .current
        .iter()
        .filter(|(name, _)| mine.contains_key(*name))
    {
        // A later edit of the field has the value that was not applied as its base: it must get the right one, even if
        // nothing is left to send.
        let value = match merged.send.get(name) {
            Some(value) => value.clone(),
            None if newer(name).is_some() => theirs.clone(),
            None => continue,
        };
        let theirs = theirs.clone();
        done.resend
            .insert(name.clone(), Resend::Merged { value, theirs });
    }
    done
}

/// Scalars of somebody else's that gave way to mine. An empty value that was not known to be there before is nobody's.
fn overwritten(entry: &OutboxEntry, result: &PushResult) -> Vec<FieldConflict> {
    let mine = |name: &String| entry.set.get(name);
    let lost = |name: &String, theirs: &Value| entry.base.contains_key(name) || !is_empty(theirs);
    result
        .overwritten
        .iter()
        .filter(|(name, theirs)| lost(name, theirs))
        .filter_map(|(name, theirs)| {
            Some(FieldConflict {
                field: name.clone(),
                base: entry.base.get(name).cloned().unwrap_or_default(),
                mine: mine(name)?.clone(),
                theirs: theirs.clone(),
                kept: Kept::Mine,
            })
        })
        .collect()
}

/// What a failed push call says about its mutations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CallFailure {
    /// The call's content was refused as a whole: send less at a time; a single mutation refused like this is poison.
    Content,
    /// The server had trouble with it: send less at a time, and try again for ever.
    Server,
    /// Nothing to do with the content: there is no network, no session, no such function.
    Elsewhere,
}

/// Reads the error of a push call.
///
/// PostgREST answers 400 for a body it cannot read and for data PostgreSQL refuses before the function can (SQLSTATE
/// classes 22, 23, 54), proxies answer 413 and 422. Other rejections (404, 401, 42501 on the function itself) are about the
/// project or the session: rejecting edits for them would reject everything.
pub(super) fn read_failure(error: &Error) -> CallFailure {
    match error {
        Error::Server { status, reason, .. } => match status {
            400 | 413 | 414 | 422 => CallFailure::Content,
            408 | 500..=599 if reason.is_some() => CallFailure::Server,
            _ => CallFailure::Elsewhere,
        },
        Error::Denied { reason } if is_about_content(reason) => CallFailure::Content,
        Error::Timeout { .. } => CallFailure::Server,
        // The results are stored: fewer mutations at a time bring shorter answers.
        Error::Protocol { reason, .. } if *reason == ANSWER_TOO_LARGE => CallFailure::Server,
        _ => CallFailure::Elsewhere,
    }
}

fn is_about_content(code: &RefusalCode) -> bool {
    matches!(code.sqlstate_class(), Some("22" | "23" | "54")) || *code == RefusalCode::BadBody
}
