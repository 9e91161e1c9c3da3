//! From a line of the change log to what a notice says about it.

use serde_json::Value;

use super::body::{Author, Change, FieldChange, MembershipEvent, RowChange, Verb};
use crate::error::Result;
use crate::model::{Kind, Merge, Role, UserId, Values, field};
use crate::store::{LoggedChange, Reader};

/// What a change of the log is to the member.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Found {
    /// A change of content, to be batched.
    Content(Change),
    /// Something about a member, told at once.
    Member {
        author: Author,
        member: Author,
        event: MembershipEvent,
    },
    /// Nothing to tell: my own change, or bookkeeping.
    Nothing,
}

/// Reads what is needed beside the log: the row as it is, and as it was when the member last looked.
pub(super) fn derive(reader: &Reader<'_>, logged: LoggedChange) -> Result<Found> {
    if logged.actor == Some(reader.user()) {
        return Ok(Found::Nothing);
    }
    // Without this member's own unsent edits: those are not what the other one did.
    let now = reader.server_row(logged.kind, logged.row)?;
    match logged.kind {
        Kind::Membership => Ok(member(&logged, now.as_ref())),
        Kind::ReadMark => Ok(Found::Nothing),
        Kind::Band | Kind::Song | Kind::Setlist | Kind::Show | Kind::Practice => {
            let before = reader.before(logged.kind, logged.row)?;
            Ok(content(logged, before.as_ref(), now.as_ref()))
        }
    }
}

fn author(logged: &LoggedChange) -> Author {
    Author {
        id: logged.actor,
        name: name(logged.actor, logged.actor_name.as_deref()),
    }
}

/// A person without a name here was never a member of this band: somebody.
fn name(id: Option<UserId>, name: Option<&str>) -> String {
    match (id, name) {
        (_, Some(name)) if !name.is_empty() => name.to_owned(),
        (Some(_), _) => "Somebody".to_owned(),
        (None, _) => "System".to_owned(),
    }
}

fn content(logged: LoggedChange, before: Option<&Values>, now: Option<&Values>) -> Found {
    let verb = match logged.op.as_str() {
        "insert" | "restore" => Verb::Added,
        "delete" => Verb::Deleted,
        _ => Verb::Changed,
    };
    let fields = if verb == Verb::Changed {
        changed(&logged, before, now)
    } else {
        Vec::new()
    };
    if verb == Verb::Changed && fields.is_empty() {
        return Found::Nothing;
    }
    let author = author(&logged);
    let title = title(logged.kind, logged.title.unwrap_or_default());
    let row = RowChange {
        verb,
        kind: logged.kind,
        id: logged.row,
        title,
        fields,
    };
    Found::Content(Change {
        scope: logged.scope,
        author,
        rev: logged.rev,
        row,
    })
}

/// The changed columns that people know, with the values this device has of before and now.
fn changed(
    logged: &LoggedChange,
    before: Option<&Values>,
    now: Option<&Values>,
) -> Vec<FieldChange> {
    let value = |row: Option<&Values>, name: &str| {
        row.and_then(|row| row.get(name))
            .cloned()
            .unwrap_or(Value::Null)
    };
    let known = logged.columns.iter().filter(|name| {
        field(logged.kind, name).is_some_and(|field| field.merge != Merge::ReadOnly)
    });
    known
        .map(|name| FieldChange {
            field: name.clone(),
            from: value(before, name),
            to: value(now, name),
        })
        .collect()
}

/// A practice has no name; its day stands for one.
fn title(kind: Kind, title: String) -> String {
    match (kind, title.get(..10)) {
        (Kind::Practice, Some(day)) => format!("practice on {day}"),
        (Kind::Practice, None) => "practice".to_owned(),
        _ => title,
    }
}

fn member(logged: &LoggedChange, now: Option<&Values>) -> Found {
    let Some(row) = now else {
        return Found::Nothing;
    };
    let text = |key: &str| row.get(key).and_then(Value::as_str);
    let id = text("user_id").and_then(|id| id.parse().ok());
    let member = Author {
        id,
        name: name(id, text("member_name")),
    };
    let changed = |column: &str| logged.columns.iter().any(|name| name == column);
    let event = match (
        text("status"),
        text("role").and_then(|role| role.parse::<Role>().ok()),
    ) {
        (Some("inactive"), _) if member.id == logged.actor => MembershipEvent::Left,
        (Some("inactive"), _) if changed("status") => MembershipEvent::Removed,
        (Some("active"), _) if logged.op == "insert" || changed("status") => {
            MembershipEvent::Joined
        }
        (_, Some(role)) if changed("role") => MembershipEvent::Role(role),
        _ => return Found::Nothing,
    };
    Found::Member {
        author: author(logged),
        member,
        event,
    }
}
