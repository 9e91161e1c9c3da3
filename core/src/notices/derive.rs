//! From a line of the change log to what a notice says about it.

use serde_json::Value;

use super::batch::{ITEMS, Named};
use super::body::{Author, Change, Lists, MembershipEvent, RowChange};
use super::items::{ListItem, items};
use crate::error::Result;
use crate::model::{Kind, Role, UserId, Values, Verb};
use crate::speech::{Language, notices as say};
use crate::store::{LoggedChange, OutboxEntry, Reader};

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

/// Reads what is needed beside the log: names, titles and the images of a setlist's items. Not for rows that the notice
/// does not name: they are only counted.
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
            member(reader, &logged, now.as_ref())
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
        (Some(_), _) => say::somebody(Language::English).to_owned(),
        (None, _) => say::system(Language::English).to_owned(),
    }
}

fn content(reader: &Reader<'_>, mut logged: LoggedChange, named: &mut Named) -> Result<Found> {
    logged.keep_told();
    let (verb, mut fields) = (logged.verb, std::mem::take(&mut logged.fields));
    if verb != Verb::Changed {
        fields.clear();
    }
    if verb == Verb::Changed && fields.is_empty() {
        return Ok(Found::Nothing);
    }
    let row = RowChange {
        fields,
        ..RowChange::bare(verb, logged.kind, logged.row)
    };
    if named.name(logged.actor, (logged.kind, logged.row)) {
        return named_change(reader, logged, row);
    }
    // Nothing is read for a row that the notice does not name, and its author has no name here.
    let author = Author {
        id: logged.actor,
        name: String::new(),
    };
    Ok(Found::Content(change(&logged, author, row, None)))
}

fn change(logged: &LoggedChange, author: Author, row: RowChange, lists: Option<Lists>) -> Change {
    Change {
        scope: logged.scope,
        author,
        rev: logged.rev,
        row,
        lists,
    }
}

fn named_change(
    reader: &Reader<'_>,
    mut logged: LoggedChange,
    mut row: RowChange,
) -> Result<Found> {
    reader.name_change(&mut logged)?;
    row.title = title(logged.kind, logged.title.take().unwrap_or_default());
    let mut both = None;
    if row.fields.iter().any(|field| field.field == ITEMS) && logged.kind == Kind::Setlist {
        let (scope, rev) = (logged.scope, logged.rev);
        match reader.list_change(scope, logged.row, rev, logged.actor)? {
            // Told with the last of this author's changes, which has the image of after.
            Some(found) if found.rev != rev => row.fields.retain(|field| field.field != ITEMS),
            Some(found) => both = lists(reader, &found.was, &found.now)?,
            None => {}
        }
        if row.fields.is_empty() {
            return Ok(Found::Nothing);
        }
    }
    let author = author(&logged);
    Ok(Found::Content(change(&logged, author, row, both)))
}

/// Both images, each song with its title.
pub(super) fn lists(reader: &Reader<'_>, was: &Value, now: &Value) -> Result<Option<Lists>> {
    let (Some(mut was), Some(mut now)) = (items(was), items(now)) else {
        return Ok(None);
    };
    for item in was.iter_mut().chain(&mut now) {
        if let ListItem::Song { title } = &mut item.what {
            let id = item.song.as_ref().and_then(|id| id.parse().ok());
            *title = id.map(|id| reader.song_title(id)).transpose()?.flatten();
        }
    }
    Ok(Some(Lists { was, now }))
}

/// What notices keep before the day of a practice.
pub(super) const PRACTICE_ON: &str = "practice on ";

/// A practice has no name; its day stands for one.
pub(super) fn title(kind: Kind, title: String) -> String {
    let is_day = |day: &&str| {
        let mut places = day.bytes().enumerate();
        places.all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
    };
    match (kind, title.get(..10).filter(is_day)) {
        (Kind::Practice, Some(day)) => format!("{PRACTICE_ON}{day}"),
        // An older database called a deleted practice by its type.
        (Kind::Practice, None) => "practice".to_owned(),
        _ => title,
    }
}

/// What the row of an edit is called: as it is shown, else as the edit called it.
pub(super) fn title_of(reader: &Reader<'_>, entry: &OutboxEntry) -> Result<String> {
    let row = reader.row(entry.kind, entry.row)?;
    let text = entry.kind.title_column().and_then(|column| {
        let named = row.as_ref().and_then(|row| row.get(column));
        let named = named.or_else(|| entry.set.get(column));
        named.or_else(|| entry.base.get(column))?.as_str()
    });
    Ok(title(entry.kind, text.unwrap_or_default().to_owned()))
}

fn member(reader: &Reader<'_>, logged: &LoggedChange, now: Option<&Values>) -> Result<Found> {
    let Some(row) = now else {
        return Ok(Found::Nothing);
    };
    // What this very change left, as far as the log knows; else what is now.
    let changed = |column: &str| logged.fields.iter().find(|one| one.field == column);
    let left = |key: &str| changed(key).filter(|one| one.known).map(|one| &one.to);
    let text = |key: &str| left(key).or_else(|| row.get(key)).and_then(Value::as_str);
    let id = text("user_id").and_then(|id| id.parse().ok());
    let told = text("member_name").map(str::to_owned);
    let member = Author {
        id,
        name: name(id, reader.name_in(logged.scope, id, told)?.as_deref()),
    };
    let event = match (text("status"), text("role").map(Role::from)) {
        (Some("inactive"), _) if member.id == logged.actor => MembershipEvent::Left,
        (Some("inactive"), _) if changed("status").is_some() => MembershipEvent::Removed,
        (Some("active"), _) if logged.verb != Verb::Changed || changed("status").is_some() => {
            MembershipEvent::Joined
        }
        (_, Some(role)) if changed("role").is_some() => MembershipEvent::Role(role),
        _ => return Ok(Found::Nothing),
    };
    Ok(Found::Member {
        author: author(logged),
        member,
        event,
    })
}
