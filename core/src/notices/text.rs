//! The English default text of notices. User interfaces may say the same in other words from [`NoticeBody`].

use serde_json::Value;

use super::body::{Author, DigestEntry, FieldChange, MembershipEvent, NoticeBody, RowChange, Verb};
use crate::model::{Kind, refusal};

/// Longest title shown before it is cut, in characters.
const TITLE_CHARS: usize = 60;
/// Titles that one sentence names.
const TITLES: usize = 3;

/// One or two plain sentences.
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
        | NoticeBody::Refused { .. }
        | NoticeBody::Crossed { .. }
        | NoticeBody::Restored { .. } => of_my_edit(body),
        NoticeBody::Membership {
            author,
            member,
            event,
            band,
        } => membership(
            author,
            member,
            *event,
            band.as_deref().unwrap_or("the band"),
        ),
        NoticeBody::Sent { count: 1 } => "Sent 1 change made offline.".to_owned(),
        NoticeBody::Sent { count } => format!("Sent {count} changes made offline."),
        NoticeBody::SessionEnded { .. } => {
            "You are signed out. Sign in again to send and receive changes.".to_owned()
        }
    }
}

/// What became of an edit of mine.
fn of_my_edit(body: &NoticeBody) -> String {
    match body {
        NoticeBody::Conflict {
            title,
            fields,
            other,
            ..
        } => conflict(title, fields, other),
        NoticeBody::Refused {
            title,
            reason,
            verb,
            fields,
            viewer,
            ..
        } => {
            let edit = edit_of(*verb, fields, title);
            let why = why(reason, *verb, *viewer);
            format!("{edit} was refused. {why} It is kept: try again or discard it.")
        }
        NoticeBody::Crossed {
            kind,
            title,
            moved,
            fields,
            other,
            ..
        } => crossed(*kind, title, *moved, fields, other),
        NoticeBody::Restored { title, other, .. } => restored(title, other),
        _ => String::new(),
    }
}

/// Why an edit was refused, in a person's words.
#[must_use]
pub fn why(reason: &str, verb: Verb, viewer: bool) -> &'static str {
    match (reason, verb) {
        ("42501", _) if viewer => "You are a viewer in this band. Ask an admin.",
        ("42501", Verb::Deleted) => "Only an admin, or who added it, can delete it.",
        _ => refusal::sentence(reason).unwrap_or(refusal::UNKNOWN),
    }
}

/// What an edit of mine was: "Your change of the key of "505"".
#[must_use]
pub fn edit_of(verb: Verb, fields: &[String], title: &str) -> String {
    let title = quoted(title);
    match verb {
        Verb::Added => format!("Your new {title}"),
        Verb::Deleted => format!("Your delete of {title}"),
        Verb::Changed if fields.is_empty() => format!("Your change of {title}"),
        Verb::Changed => format!("Your change of the {} of {title}", names(fields)),
    }
}

fn names(fields: &[String]) -> String {
    let names: Vec<String> = fields
        .iter()
        .map(|field| name_of(field).to_owned())
        .collect();
    list(&names)
}

fn crossed(kind: Kind, title: &str, moved: bool, fields: &[String], other: &Author) -> String {
    let (title, kind) = (quoted(title), kind.as_str());
    let what = if fields.is_empty() {
        "it".to_owned()
    } else {
        format!("its {}", names(fields))
    };
    if moved {
        format!(
            "You moved {title} away, but {} had changed {what}. The {kind} stays: move it anyway, or keep it here.",
            other.name
        )
    } else {
        format!(
            "You deleted {title}, but {} had changed {what}. The {kind} is back: delete it anyway, or keep it.",
            other.name
        )
    }
}

fn restored(title: &str, other: &Author) -> String {
    format!(
        "{} had deleted {}; your change brought it back.",
        other.name,
        quoted(title)
    )
}

fn conflict(title: &str, fields: &[String], other: &Author) -> String {
    format!(
        "You and {} both changed the {} of {}. Both are kept: choose one.",
        other.name,
        names(fields),
        quoted(title)
    )
}

fn changes(author: &Author, rows: &[RowChange], count: u32) -> String {
    if let ([row], 1) = (rows, count) {
        return format!("{} {}", author.name, one(row));
    }
    let verb = common(rows.iter().map(|row| row.verb));
    let kind = common(rows.iter().map(|row| row.kind));
    let things = plural(kind);
    let what = match verb {
        Some(verb) => format!("{} {count} {things}", said(verb)),
        None => format!("made changes to {count} {things}"),
    };
    let titles: Vec<_> = rows
        .iter()
        .rev()
        .take(TITLES)
        .map(|row| quoted(&row.title))
        .collect();
    let more = usize::try_from(count)
        .unwrap_or(usize::MAX)
        .saturating_sub(titles.len());
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    format!("{} {what}: {}{more}", author.name, titles.join(", "))
}

fn one(row: &RowChange) -> String {
    let title = quoted(&row.title);
    match (row.verb, row.fields.as_slice()) {
        (Verb::Changed, [only]) => match (short(&only.from), short(&only.to)) {
            (Some(from), Some(to)) => format!(
                "changed the {} of {title}: {from} → {to}",
                name_of(&only.field)
            ),
            _ => format!("changed the {} of {title}", name_of(&only.field)),
        },
        (Verb::Changed, fields @ [_, _, ..]) => {
            let names: Vec<_> = fields
                .iter()
                .map(|f: &FieldChange| name_of(&f.field).to_owned())
                .collect();
            format!("changed {title}: {}", list(&names))
        }
        (verb, _) => format!("{} {title}", said(verb)),
    }
}

fn digest(people: &[DigestEntry]) -> String {
    let lines: Vec<_> = people
        .iter()
        .map(|p| changes(&p.author, &p.rows, p.count))
        .collect();
    format!("While you were away: {}", lines.join("; "))
}

fn membership(author: &Author, member: &Author, event: MembershipEvent, band: &str) -> String {
    match event {
        MembershipEvent::Joined => format!("{} joined {band}", member.name),
        MembershipEvent::Left => format!("{} left {band}", member.name),
        MembershipEvent::Removed => {
            format!("{} removed {} from {band}", author.name, member.name)
        }
        MembershipEvent::Role(role) => {
            format!("{} made {} {}", author.name, member.name, role.as_str())
        }
    }
}

/// The common value, or `None` when they differ or there are none.
fn common<T: PartialEq + Copy>(mut values: impl Iterator<Item = T>) -> Option<T> {
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

fn said(verb: Verb) -> &'static str {
    match verb {
        Verb::Added => "added",
        Verb::Changed => "changed",
        Verb::Deleted => "deleted",
    }
}

fn plural(kind: Option<Kind>) -> &'static str {
    match kind {
        Some(Kind::Song) => "songs",
        Some(Kind::Setlist) => "setlists",
        Some(Kind::Show) => "shows",
        Some(Kind::Practice) => "practices",
        Some(Kind::Band | Kind::Membership | Kind::ReadMark) | None => "things",
    }
}

/// Column names as people say them.
fn name_of(field: &str) -> &str {
    match field {
        "time_signature" => "time signature",
        "guitar_tuning" => "tuning",
        "scheduled_date" => "date",
        "load_in_time" => "load-in",
        "soundcheck_time" => "soundcheck",
        "set_time" => "set time",
        "items" => "order",
        "wrapup_notes" => "wrap-up notes",
        "completed_objectives" => "finished goals",
        "objectives" => "goals",
        "reference_links" => "links",
        "setlist_id" => "setlist",
        other => other,
    }
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
            if !text.is_empty() && text.chars().count() <= 24 && !text.contains('\n') =>
        {
            Some(text.clone())
        }
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn quoted(title: &str) -> String {
    let mut cut: String = title.chars().take(TITLE_CHARS).collect();
    if title.chars().nth(TITLE_CHARS).is_some() {
        cut.push('…');
    }
    format!("\"{}\"", cut.replace(['\n', '\r'], " "))
}
