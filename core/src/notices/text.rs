//! The English default text of notices. User interfaces may say the same in other words from [`NoticeBody`].

mod steps;

use serde_json::Value;

use super::batch::{MAX_COUNT, says_nothing};
use super::body::{Author, DigestEntry, MembershipEvent, NoticeBody, RowChange};
use super::derive;
use crate::model::{FieldChange, Kind, RefusalCode, Role, Verb, label, rejection};
use crate::store::{RejectedEdit, StoredNotice};

/// Longest title shown before it is cut, in characters.
const TITLE_CHARS: usize = 60;
/// Titles that one sentence names.
const TITLES: usize = 3;

/// One or two plain sentences. Who did what is a headline and has no full stop; what explains itself has.
#[must_use]
pub fn text(body: &NoticeBody) -> String {
    match body {
        NoticeBody::Changes {
            author,
            rows,
            count,
        } => changes(author, rows, *count),
        NoticeBody::Digest { people } => digest(people),
        NoticeBody::Conflict { .. }
        | NoticeBody::Rejected { .. }
        | NoticeBody::Crossed { .. }
        | NoticeBody::Restored { .. } => of_mine(body),
        NoticeBody::Membership {
            author,
            member,
            event,
            band,
        } => membership(author, member, event, band.as_deref().unwrap_or("the band")),
        NoticeBody::AccountGone { kept: 0 } => {
            "Your account was deleted. Its songs and bands have left this phone.".to_owned()
        }
        NoticeBody::AccountGone { kept } => {
            let edits = counted(*kept, "change was", "changes were");
            format!(
                "Your account was deleted. Its songs and bands have left this phone. {edits} not sent: copy what you need before you sign out."
            )
        }
        NoticeBody::Sent { count } => {
            format!("Sent {} made offline", counted(*count, "change", "changes"))
        }
    }
}

/// What became of an edit of mine.
fn of_mine(body: &NoticeBody) -> String {
    match body {
        NoticeBody::Conflict {
            kind,
            title,
            fields,
            other,
            ..
        } => conflict(&named(*kind, title), fields, other),
        NoticeBody::Rejected { .. } => was_refused(body),
        NoticeBody::Crossed {
            kind,
            title,
            moved,
            fields,
            other,
            ..
        } => crossed(*kind, &named(*kind, title), *moved, fields, other),
        NoticeBody::Restored {
            kind, title, other, ..
        } => restored(&named(*kind, title), other),
        NoticeBody::Changes { .. }
        | NoticeBody::Digest { .. }
        | NoticeBody::Membership { .. }
        | NoticeBody::AccountGone { .. }
        | NoticeBody::Sent { .. } => text(body),
    }
}

fn was_refused(body: &NoticeBody) -> String {
    let NoticeBody::Rejected {
        kind,
        title,
        reason,
        verb,
        fields,
        viewer,
        count,
        ..
    } = body
    else {
        return text(body);
    };
    let (title, why) = (named(*kind, title), why(reason, *verb, *viewer));
    if *count > 1 {
        let edits = edits_of(*verb, *kind, *count);
        return format!(
            "{edits}, {title} among them, were refused. {why} They are kept: try again or discard them."
        );
    }
    let edit = edit_of(*verb, fields, &title);
    format!("{edit} was refused. {why} It is kept: try again or discard it.")
}

/// Why an edit was refused, in a person's words.
#[must_use]
pub fn why(reason: &RefusalCode, verb: Verb, viewer: bool) -> &'static str {
    match (reason, verb) {
        (RefusalCode::NotAllowed, _) if viewer => "You are a viewer in this band. Ask an admin.",
        (RefusalCode::NotAllowed, Verb::Deleted) => {
            "Only an admin, or who added it, can delete it."
        }
        _ => rejection::sentence(reason).unwrap_or(rejection::UNKNOWN),
    }
}

/// What an edit of mine was: "Your change of the key of "505"".
#[must_use]
pub fn edit_of(verb: Verb, fields: &[String], title: &str) -> String {
    match verb {
        Verb::Added => format!("Your new {title}"),
        Verb::Deleted => format!("Your delete of {title}"),
        Verb::Restored => format!("Your restore of {title}"),
        Verb::Moved => format!("Your move of {title}"),
        Verb::Changed if fields.is_empty() => format!("Your change of {title}"),
        Verb::Changed => format!("Your change of the {} of {title}", names(fields)),
    }
}

/// A refused edit and why, for a list of them.
#[must_use]
pub fn refused(edit: &RejectedEdit) -> String {
    let title = derive::title(edit.kind, edit.title.clone().unwrap_or_default());
    let fields = edit.set.keys().filter(|_| edit.verb == Verb::Changed);
    let fields: Vec<String> = fields.cloned().collect();
    let why = why(&edit.rejection.code, edit.verb, false);
    format!(
        "{}: {why}",
        edit_of(edit.verb, &fields, &named(edit.kind, &title))
    )
}

/// What several edits of mine were: "Your 3 changes of songs".
fn edits_of(verb: Verb, kind: Kind, count: u32) -> String {
    let (_, things) = nouns(Some(kind));
    match verb {
        Verb::Added => format!("Your {count} new {things}"),
        Verb::Changed => format!("Your {count} changes of {things}"),
        Verb::Deleted => format!("Your {count} deletes of {things}"),
        Verb::Restored => format!("Your {count} restores of {things}"),
        Verb::Moved => format!("Your {count} moves of {things}"),
    }
}

fn names(fields: &[String]) -> String {
    let names: Vec<String> = fields.iter().map(|field| label(field).to_owned()).collect();
    list(&names)
}

fn crossed(kind: Kind, title: &str, moved: bool, fields: &[String], other: &Author) -> String {
    let kind = kind.as_str();
    let (uses, fields): (Vec<String>, Vec<String>) = fields
        .iter()
        .cloned()
        .partition(|field| put_to_use(field).is_some());
    let what = match uses.iter().find_map(|table| put_to_use(table)) {
        _ if !fields.is_empty() => format!("changed its {}", names(&fields)),
        Some(place) => format!("put it into {place}"),
        None => "changed it".to_owned(),
    };
    if moved {
        format!(
            "You moved {title} away, but {} had {what}. The {kind} stays: move it anyway, or keep it here.",
            other.name
        )
    } else {
        format!(
            "You deleted {title}, but {} had {what}. The {kind} is back: delete it anyway, or keep it.",
            other.name
        )
    }
}

/// Where somebody put a row, by the table that the server names among the fields of who had changed it.
pub(super) fn put_to_use(table: &str) -> Option<&'static str> {
    match table {
        "setlists" => Some("a setlist"),
        "shows" => Some("a show"),
        "practice_sessions" => Some("a practice"),
        _ => None,
    }
}

fn restored(title: &str, other: &Author) -> String {
    // Without an id nobody knows who: it may have been this member, on another phone.
    let Some(_) = other.id else {
        return format!("Your change brought back {title}, which had been deleted.");
    };
    format!(
        "{} had deleted {title}; your change brought it back.",
        other.name
    )
}

/// What a stored notice says.
#[must_use]
pub fn of(notice: &StoredNotice) -> String {
    NoticeBody::of(notice).map_or_else(
        || "A newer version of the app made this notice.".to_owned(),
        |body| text(&body),
    )
}

fn conflict(title: &str, fields: &[String], other: &Author) -> String {
    format!(
        "You and {} both changed the {} of {title}. Both are kept: choose one.",
        other.name,
        names(fields),
    )
}

fn changes(author: &Author, rows: &[RowChange], count: u32) -> String {
    if let ([row], 1) = (rows, count) {
        return format!("{} {}", author.name, one(row));
    }
    let verb = common(rows.iter().map(|row| row.verb));
    let (thing, things) = nouns(common(rows.iter().map(|row| row.kind)));
    let most = usize::try_from(count).is_ok_and(|count| count >= MAX_COUNT);
    let count_of = counted(count, thing, things);
    let titles: Vec<_> = rows
        .iter()
        .rev()
        .take(TITLES)
        .map(|row| named(row.kind, &row.title))
        .collect();
    let more = usize::try_from(count)
        .unwrap_or(usize::MAX)
        .saturating_sub(titles.len());
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    let least = if most { "at least " } else { "" };
    let rows = format!("{least}{count_of}");
    let what = verb.map_or_else(
        || format!("made changes to {rows}"),
        |verb| did(verb, &rows),
    );
    format!("{} {what}: {}{more}", author.name, titles.join(", "))
}

fn one(row: &RowChange) -> String {
    let title = named(row.kind, &row.title);
    if row.verb != Verb::Changed {
        return did(row.verb, &title);
    }
    if !row.steps.is_empty() {
        return steps::said(row, &title);
    }
    match row.fields.as_slice() {
        [] => format!("changed {title}"),
        [only] => field(only, &title),
        fields => {
            let names: Vec<_> = fields.iter().map(|f| label(&f.field).to_owned()).collect();
            format!("changed {title}: {}", list(&names))
        }
    }
}

fn field(change: &FieldChange, title: &str) -> String {
    let name = label(&change.field);
    let values = (short(&change.from), short(&change.to));
    match values {
        (Some(from), Some(to)) if change.known => {
            format!("changed the {name} of {title}: {from} → {to}")
        }
        (None, Some(to)) if change.known && says_nothing(&change.from) => {
            format!("set the {name} of {title}: {to}")
        }
        _ if change.known && says_nothing(&change.to) => format!("cleared the {name} of {title}"),
        _ => format!("changed the {name} of {title}"),
    }
}

fn digest(people: &[DigestEntry]) -> String {
    let lines: Vec<_> = people
        .iter()
        .map(|p| changes(&p.author, &p.rows, p.count))
        .collect();
    format!("While you were away: {}", lines.join("; "))
}

fn membership(author: &Author, member: &Author, event: &MembershipEvent, band: &str) -> String {
    match event {
        MembershipEvent::Joined => format!("{} joined {band}", member.name),
        MembershipEvent::Left => format!("{} left {band}", member.name),
        MembershipEvent::Removed => {
            format!("{} removed {} from {band}", author.name, member.name)
        }
        MembershipEvent::Role(role) => {
            let role = match role {
                Role::Admin => "an admin",
                Role::Member => "a member",
                Role::Viewer => "a viewer",
                Role::Other { .. } => {
                    return format!("{} gave {} another role", author.name, member.name);
                }
            };
            format!("{} made {} {role}", author.name, member.name)
        }
    }
}

/// The common value, or `None` when they differ or there are none.
fn common<T: PartialEq + Copy>(mut values: impl Iterator<Item = T>) -> Option<T> {
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

fn did(verb: Verb, what: &str) -> String {
    match verb {
        Verb::Added => format!("added {what}"),
        Verb::Changed => format!("changed {what}"),
        Verb::Deleted => format!("deleted {what}"),
        Verb::Restored => format!("restored {what}"),
        Verb::Moved => format!("moved {what} away"),
    }
}

/// One and several of a kind.
fn nouns(kind: Option<Kind>) -> (&'static str, &'static str) {
    kind.map_or(("thing", "things"), |kind| kind.facts().nouns)
}

fn counted(count: u32, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A value short enough for a sentence.
fn short(value: &Value) -> Option<String> {
    match value {
        Value::String(text)
            if !text.is_empty()
                && text.chars().count() <= 24
                && !text.contains(char::is_control) =>
        {
            Some(text.clone())
        }
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A row as a sentence names it: by its title, or by what it is.
fn named(kind: Kind, title: &str) -> String {
    match (kind, title.trim()) {
        (Kind::Band, "") => "the band".to_owned(),
        (_, "") => format!("a {}", nouns(Some(kind)).0),
        // A practice has no name but its day.
        (Kind::Practice, "practice") => "a practice".to_owned(),
        (Kind::Practice, day) => format!("the {}", plain(day)),
        (_, title) => quoted(title),
    }
}

fn quoted(title: &str) -> String {
    format!("\"{}\"", plain(title))
}

/// Cut, and on one line.
fn plain(title: &str) -> String {
    let mut cut: String = title.chars().take(TITLE_CHARS).collect();
    if title.chars().nth(TITLE_CHARS).is_some() {
        cut.push('…');
    }
    cut.replace(char::is_control, " ")
}
