//! From a line of the change log to what a notice says about it.

use serde_json::Value;

use super::batch::Named;
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

/// Reads what is needed beside the log: the row as it is, and as it was when the member last looked. Not for rows that
/// the notice does not name: they are only counted.
pub(super) fn derive(
    reader: &Reader<'_>,
    mut logged: LoggedChange,
    named: &mut Named,
) -> Result<Found> {
    if logged.actor == Some(reader.user()) {
        return Ok(Found::Nothing);
    }
    match logged.kind {
        Kind::Membership => {
            reader.name_change(&mut logged)?;
            let now = reader.row(logged.kind, logged.row)?;
            Ok(member(&logged, now.as_ref()))
        }
        Kind::ReadMark => Ok(Found::Nothing),
        Kind::Band | Kind::Song | Kind::Setlist | Kind::Show | Kind::Practice => {
            content(reader, logged, named)
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

fn content(reader: &Reader<'_>, logged: LoggedChange, named: &mut Named) -> Result<Found> {
    let verb = match logged.op.as_str() {
        "insert" | "restore" => Verb::Added,
        "delete" => Verb::Deleted,
        _ => Verb::Changed,
    };
    let columns = if verb == Verb::Changed {
        known_columns(&logged)
    } else {
        Vec::new()
    };
    if verb == Verb::Changed && columns.is_empty() {
        return Ok(Found::Nothing);
    }
    let named = named.name(logged.actor, (logged.kind, logged.row));
    let change = if named {
        named_change(reader, logged, verb, columns)?
    } else {
        counted_change(&logged, verb)
    };
    Ok(Found::Content(change))
}

fn named_change(
    reader: &Reader<'_>,
    mut logged: LoggedChange,
    verb: Verb,
    columns: Vec<String>,
) -> Result<Change> {
    reader.name_change(&mut logged)?;
    let fields = if columns.is_empty() {
        Vec::new()
    } else {
        changed(reader, &logged, columns)?
    };
    let author = author(&logged);
    let title = title(logged.kind, logged.title.take().unwrap_or_default());
    let mut change = counted_change(&logged, verb);
    change.author = author;
    (change.row.title, change.row.fields) = (title, fields);
    Ok(change)
}

/// A change whose row the notice does not name: nothing is read for it, and its author has no name here.
fn counted_change(logged: &LoggedChange, verb: Verb) -> Change {
    Change {
        scope: logged.scope,
        author: Author {
            id: logged.actor,
            name: String::new(),
        },
        rev: logged.rev,
        row: RowChange {
            verb,
            kind: logged.kind,
            id: logged.row,
            title: String::new(),
            fields: Vec::new(),
        },
    }
}

/// The changed columns that people know.
fn known_columns(logged: &LoggedChange) -> Vec<String> {
    let known = logged.columns.iter().filter(|name| {
        field(logged.kind, name).is_some_and(|field| field.merge != Merge::ReadOnly)
    });
    known.cloned().collect()
}

/// The columns with the values this device has of before and now.
fn changed(
    reader: &Reader<'_>,
    logged: &LoggedChange,
    columns: Vec<String>,
) -> Result<Vec<FieldChange>> {
    let before = reader.before(logged.kind, logged.row)?;
    // Without this member's own unsent edits: those are not what the other one did.
    let now = reader.server_row(logged.kind, logged.row)?;
    let value = |row: &Option<Values>, name: &str| {
        row.as_ref()
            .and_then(|row| row.get(name))
            .cloned()
            .unwrap_or(Value::Null)
    };
    let changes = columns.into_iter().map(|name| FieldChange {
        from: value(&before, &name),
        to: value(&now, &name),
        field: name,
    });
    Ok(changes.collect())
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
