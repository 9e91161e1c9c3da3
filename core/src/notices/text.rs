//! What notices say, and what a person tried: which sentence it is, and what stands in it.
//!
//! Never: the words themselves, which are in `speech`, in every language. User interfaces may say the same in their own way
//! from [`NoticeBody`].

mod steps;

use serde_json::Value;

use super::batch::{MAX_COUNT, says_nothing};
use super::body::{Author, DigestEntry, MembershipEvent, NoticeBody, RowChange};
use super::derive;
use crate::model::{FieldChange, Kind, RefusalCode, Role, Verb, rejection};
use crate::speech::kinds::{self, Case};
use crate::speech::{Language, labels, notices as say, refusals};
use crate::store::{RejectedEdit, StoredNotice};

/// Longest title shown before it is cut, in characters.
const TITLE_CHARS: usize = 60;
/// Titles that one sentence names.
const TITLES: usize = 3;

/// One or two plain sentences. Who did what is a headline and has no full stop; what explains itself has.
#[must_use]
pub fn text(body: &NoticeBody, language: Language) -> String {
    match body {
        NoticeBody::Changes {
            author,
            rows,
            count,
        } => changes(language, author, rows, *count),
        NoticeBody::Digest { people } => digest(language, people),
        NoticeBody::Conflict { .. }
        | NoticeBody::Rejected { .. }
        | NoticeBody::Crossed { .. }
        | NoticeBody::Restored { .. } => of_mine(body, language),
        NoticeBody::Membership {
            author,
            member,
            event,
            band,
        } => membership(language, author, member, event, band.as_deref()),
        NoticeBody::AccountGone { kept: 0 } => say::account_gone(language).to_owned(),
        NoticeBody::AccountGone { kept } => say::account_gone_kept(language, u64::from(*kept)),
        NoticeBody::Sent { count } => say::sent(language, u64::from(*count)),
    }
}

/// What became of an edit of mine.
fn of_mine(body: &NoticeBody, language: Language) -> String {
    match body {
        NoticeBody::Conflict {
            kind,
            title,
            fields,
            other,
            ..
        } => {
            let title = named(language, *kind, title, Case::Of);
            say::conflict(
                language,
                person(language, other),
                &names(language, fields),
                &title,
            )
        }
        NoticeBody::Rejected { .. } => was_refused(body, language),
        NoticeBody::Crossed { .. } => crossed(body, language),
        NoticeBody::Restored {
            kind, title, other, ..
        } => restored(
            language,
            &named(language, *kind, title, Case::Object),
            other,
        ),
        NoticeBody::Changes { .. }
        | NoticeBody::Digest { .. }
        | NoticeBody::Membership { .. }
        | NoticeBody::AccountGone { .. }
        | NoticeBody::Sent { .. } => text(body, language),
    }
}

fn crossed(body: &NoticeBody, language: Language) -> String {
    let NoticeBody::Crossed {
        kind,
        title,
        moved,
        fields,
        other,
        ..
    } = body
    else {
        return text(body, language);
    };
    let title = named(language, *kind, title, Case::Object);
    let (other, what) = (person(language, other), had(language, fields));
    let kind = kinds::here(language, *kind);
    if *moved {
        say::moved_crossed(language, &title, other, &what, kind)
    } else {
        say::deleted_crossed(language, &title, other, &what, kind)
    }
}

fn was_refused(body: &NoticeBody, language: Language) -> String {
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
        return text(body, language);
    };
    let why = why(reason, *verb, *viewer, language);
    if *count > 1 {
        let edits = edits_of(language, *verb, *kind, *count);
        let title = named(language, *kind, title, Case::Object);
        return say::were_refused(language, &edits, &title, why);
    }
    let edit = edit_of(*verb, fields, *kind, title, language);
    say::was_refused(language, &edit, why)
}

/// Why an edit was refused, in a person's words.
#[must_use]
pub fn why(reason: &RefusalCode, verb: Verb, viewer: bool, language: Language) -> &'static str {
    match (reason, verb) {
        (RefusalCode::NotAllowed, _) if viewer => refusals::viewer(language),
        (RefusalCode::NotAllowed, Verb::Deleted) => refusals::may_not_delete(language),
        _ => rejection::sentence(reason, language).unwrap_or(refusals::unknown(language)),
    }
}

/// What an edit of mine was: "Your change of the key of "505"".
fn edit_of(verb: Verb, fields: &[String], kind: Kind, title: &str, language: Language) -> String {
    let object = named(language, kind, title, Case::Object);
    match verb {
        Verb::Added => say::my_new(language, &object),
        Verb::Deleted => say::my_delete(language, &object),
        Verb::Restored => say::my_restore(language, &object),
        Verb::Moved => say::my_move(language, &object),
        Verb::Changed if fields.is_empty() => say::my_change(language, &object),
        Verb::Changed => {
            let of = named(language, kind, title, Case::Of);
            say::my_change_of(language, &names(language, fields), &of)
        }
    }
}

/// What a person tried that was refused.
#[must_use]
pub fn tried(edit: &RejectedEdit, language: Language) -> String {
    let title = derive::title(edit.kind, edit.title.clone().unwrap_or_default());
    let fields = edit.set.keys().filter(|_| edit.verb == Verb::Changed);
    let fields: Vec<String> = fields.cloned().collect();
    edit_of(edit.verb, &fields, edit.kind, &title, language)
}

/// What several edits of mine were: "Your 3 changes of songs".
fn edits_of(language: Language, verb: Verb, kind: Kind, count: u32) -> String {
    let things = kinds::many(language, kind);
    match verb {
        Verb::Added => say::my_many_new(language, &count, things),
        Verb::Changed => say::my_changes(language, &count, things),
        Verb::Deleted => say::my_deletes(language, &count, things),
        Verb::Restored => say::my_restores(language, &count, things),
        Verb::Moved => say::my_moves(language, &count, things),
    }
}

/// Fields in a sentence that has an article before them.
fn names(language: Language, fields: &[String]) -> String {
    let names = fields.iter();
    let names: Vec<&str> = names
        .map(|field| labels::with_article(language, field))
        .collect();
    labels::list(language, &names)
}

/// What somebody else had done to a row that I deleted or moved away.
fn had(language: Language, fields: &[String]) -> String {
    let (uses, fields): (Vec<String>, Vec<String>) = fields
        .iter()
        .cloned()
        .partition(|field| put_to_use(field, language).is_some());
    match uses.iter().find_map(|table| put_to_use(table, language)) {
        _ if !fields.is_empty() => say::had_changed(language, &names(language, &fields)),
        Some(put) => put.to_owned(),
        None => say::had_changed_it(language).to_owned(),
    }
}

/// That somebody put a row somewhere, by the table that the server names among the fields of who had changed it.
pub(super) fn put_to_use(table: &str, language: Language) -> Option<&'static str> {
    match table {
        "setlists" => Some(say::had_put_into_a_setlist(language)),
        "shows" => Some(say::had_put_into_a_show(language)),
        "practice_sessions" => Some(say::had_put_into_a_practice(language)),
        _ => None,
    }
}

fn restored(language: Language, title: &str, other: &Author) -> String {
    // Without an id nobody knows who: it may have been this member, on another phone.
    match other.id {
        None => say::brought_back(language, title),
        Some(_) => say::brought_back_from(language, person(language, other), title),
    }
}

/// What a stored notice says.
#[must_use]
pub fn of(notice: &StoredNotice, language: Language) -> String {
    NoticeBody::of(notice).map_or_else(
        || say::from_a_newer_version(language).to_owned(),
        |body| text(&body, language),
    )
}

/// What a stored notice says outside the app, where others may read it: who did what to which thing, and nothing of what is
/// in it.
#[must_use]
pub(super) fn outside(notice: &StoredNotice, language: Language) -> String {
    NoticeBody::of(notice).map_or_else(
        || say::from_a_newer_version(language).to_owned(),
        |body| text(&body.without_contents(), language),
    )
}

fn changes(language: Language, author: &Author, rows: &[RowChange], count: u32) -> String {
    let author = person(language, author);
    if let ([row], 1) = (rows, count) {
        return say::by(language, author, &one(language, row));
    }
    let verb = common(rows.iter().map(|row| row.verb));
    let kind = common(rows.iter().map(|row| row.kind));
    let mut things = kinds::counted(language, kind, count);
    if usize::try_from(count).is_ok_and(|count| count >= MAX_COUNT) {
        things = say::at_least(language, &things);
    }
    let what = verb.map_or_else(
        || say::made_changes(language, &things),
        |verb| did(language, verb, &things),
    );
    let last = rows.iter().rev().take(TITLES);
    let titles: Vec<_> = last
        .map(|row| named(language, row.kind, &row.title, Case::Object))
        .collect();
    let more = usize::try_from(count)
        .unwrap_or(usize::MAX)
        .saturating_sub(titles.len());
    let titles = titles.join(", ");
    match u64::try_from(more).unwrap_or(u64::MAX) {
        0 => say::several(language, author, &what, &titles),
        more => say::several_more(language, more, author, &what, &titles),
    }
}

fn one(language: Language, row: &RowChange) -> String {
    let title = named(language, row.kind, &row.title, Case::Object);
    if row.verb != Verb::Changed {
        return did(language, row.verb, &title);
    }
    if !row.steps.is_empty() {
        return steps::said(language, row, &title);
    }
    match row.fields.as_slice() {
        [] => say::changed(language, &title),
        [only] => {
            let of = named(language, row.kind, &row.title, Case::Of);
            field(language, only, &of)
        }
        fields => {
            let names = fields.iter().map(|f| labels::label(language, &f.field));
            let names: Vec<&str> = names.collect();
            say::changed_parts(language, &title, &labels::list(language, &names))
        }
    }
}

fn field(language: Language, change: &FieldChange, title: &str) -> String {
    let name = labels::with_article(language, &change.field);
    let values = (short(&change.from), short(&change.to));
    match values {
        (Some(from), Some(to)) if change.known => {
            say::changed_from_to(language, name, title, &from, &to)
        }
        (None, Some(to)) if change.known && says_nothing(&change.from) => {
            say::set_to(language, name, title, &to)
        }
        _ if change.known && says_nothing(&change.to) => say::cleared(language, name, title),
        _ => say::changed_field(language, name, title),
    }
}

fn digest(language: Language, people: &[DigestEntry]) -> String {
    let lines: Vec<_> = people
        .iter()
        .map(|p| changes(language, &p.author, &p.rows, p.count))
        .collect();
    say::away(language, &lines.join("; "))
}

fn membership(
    language: Language,
    author: &Author,
    member: &Author,
    event: &MembershipEvent,
    band: Option<&str>,
) -> String {
    let (author, member) = (person(language, author), person(language, member));
    match (event, band) {
        (MembershipEvent::Joined, Some(band)) => say::joined(language, member, band),
        (MembershipEvent::Joined, None) => say::joined_the_band(language, member),
        (MembershipEvent::Left, Some(band)) => say::left(language, member, band),
        (MembershipEvent::Left, None) => say::left_the_band(language, member),
        (MembershipEvent::Removed, Some(band)) => say::removed(language, author, member, band),
        (MembershipEvent::Removed, None) => say::removed_from_the_band(language, author, member),
        (MembershipEvent::Role(role), _) => match role {
            Role::Admin => say::made_admin(language, author, member),
            Role::Member => say::made_member(language, author, member),
            Role::Viewer => say::made_viewer(language, author, member),
            Role::Other { .. } => say::another_role(language, author, member),
        },
    }
}

/// The common value, or `None` when they differ or there are none.
fn common<T: PartialEq + Copy>(mut values: impl Iterator<Item = T>) -> Option<T> {
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

fn did(language: Language, verb: Verb, what: &str) -> String {
    match verb {
        Verb::Added => say::added(language, what),
        Verb::Changed => say::changed(language, what),
        Verb::Deleted => say::deleted(language, what),
        Verb::Restored => say::restored(language, what),
        Verb::Moved => say::moved_away(language, what),
    }
}

/// A name as it is said: notices keep what stands for a name that is not known in English.
fn person(language: Language, author: &Author) -> &str {
    let unnamed = [
        say::somebody as fn(Language) -> &'static str,
        say::somebody_else,
        say::system,
        say::former_member,
        say::you,
    ];
    let known = unnamed
        .into_iter()
        .find(|name| name(Language::English) == author.name);
    known.map_or(author.name.as_str(), |name| name(language))
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
fn named(language: Language, kind: Kind, title: &str, case: Case) -> String {
    match (kind, title.trim()) {
        // A practice has no name but its day.
        (_, "") | (Kind::Practice, "practice") => kinds::nameless(language, kind, case).to_owned(),
        (Kind::Practice, title) => practice(language, &plain(title), case),
        (_, title) => quoted(language, title),
    }
}

fn practice(language: Language, title: &str, case: Case) -> String {
    let day = title.strip_prefix(derive::PRACTICE_ON);
    match (day.map(|day| day_of(language, day)), case) {
        (Some(day), Case::Object) => kinds::the_practice_on(language, &day),
        (Some(day), Case::Of) => kinds::of_the_practice_on(language, &day),
        (None, Case::Object) => kinds::the_practice(language, title),
        (None, Case::Of) => kinds::of_the_practice(language, title),
    }
}

/// A day as people write it.
fn day_of(language: Language, day: &str) -> String {
    match (language, day.split('-').collect::<Vec<_>>().as_slice()) {
        (Language::German, [year, month, day]) => format!("{day}.{month}.{year}"),
        _ => day.to_owned(),
    }
}

fn quoted(language: Language, title: &str) -> String {
    say::quoted(language, &plain(title))
}

/// Cut, and on one line.
fn plain(title: &str) -> String {
    let mut cut: String = title.chars().take(TITLE_CHARS).collect();
    if title.chars().nth(TITLE_CHARS).is_some() {
        cut.push('…');
    }
    cut.replace(char::is_control, " ")
}

#[cfg(test)]
mod tests;
