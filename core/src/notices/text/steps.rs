//! What was done to the items of a setlist, in words: one thing is said, several are counted.

use super::super::batch::ITEMS;
use super::super::body::RowChange;
use super::super::items::{ListItem, ListStep};
use super::quoted;
use crate::model::Kind;
use crate::speech::{Language, kinds, labels::label, lists as say, notices};

/// The sentence about a setlist with steps, from its verb on.
pub(super) fn said(language: Language, row: &RowChange, title: &str) -> String {
    let others = row.fields.iter().filter(|change| change.field != ITEMS);
    let mut parts: Vec<String> = others
        .map(|change| label(language, &change.field).to_owned())
        .collect();
    if let ([only], true) = (row.steps.as_slice(), parts.is_empty()) {
        return sentence(language, only, title);
    }
    let is = |which: fn(&ListStep) -> bool| row.steps.iter().filter(move |step| which(step));
    let groups: [Vec<&ListStep>; 5] = [
        is(|step| matches!(step, ListStep::Added { .. })).collect(),
        is(|step| matches!(step, ListStep::Removed { .. })).collect(),
        is(|step| matches!(step, ListStep::Moved { .. })).collect(),
        is(|step| matches!(step, ListStep::Break { .. })).collect(),
        is(|step| matches!(step, ListStep::Changed { .. })).collect(),
    ];
    parts.extend(groups.iter().filter_map(|group| phrase(language, group)));
    notices::changed_parts(language, title, &parts.join(", "))
}

fn sentence(language: Language, step: &ListStep, title: &str) -> String {
    match step {
        ListStep::Added { item, .. } => say::put_in(language, &a(language, item), title),
        ListStep::Removed { item, .. } => say::taken_out(language, &a(language, item), title),
        ListStep::Moved { item, number, .. } => {
            let item = the(language, item);
            match number {
                Some(number) => say::moved_to_in(language, &item, number, title),
                None => say::moved_in(language, &item, title),
            }
        }
        ListStep::Changed { item, .. } => say::changed_in(language, &the(language, item), title),
        ListStep::Break { .. } => notices::changed_parts(language, title, &alone(language, step)),
    }
}

fn alone(language: Language, step: &ListStep) -> String {
    match step {
        ListStep::Added { item, .. } => say::added(language, &a(language, item)),
        ListStep::Removed { item, .. } => say::removed(language, &a(language, item)),
        ListStep::Moved { item, number, .. } => {
            let item = the(language, item);
            match number {
                Some(number) => say::moved_to(language, &item, number),
                None => say::moved(language, &item),
            }
        }
        ListStep::Break { minutes, .. } => say::break_now(language, minutes),
        ListStep::Changed { item, .. } => say::changed(language, &the(language, item)),
    }
}

/// Steps of one sort, as a part of a sentence.
fn phrase(language: Language, steps: &[&ListStep]) -> Option<String> {
    let (first, count) = (
        steps.first()?,
        u32::try_from(steps.len()).unwrap_or(u32::MAX),
    );
    if count == 1 {
        return Some(alone(language, first));
    }
    let things = if steps.iter().all(|step| is_song(step)) {
        kinds::counted(language, Some(Kind::Song), count)
    } else {
        say::items(language, u64::from(count))
    };
    Some(match first {
        ListStep::Added { .. } => say::added(language, &things),
        ListStep::Removed { .. } => say::removed(language, &things),
        ListStep::Moved { .. } => say::moved(language, &things),
        ListStep::Break { .. } => say::changed(language, &say::breaks(language, u64::from(count))),
        ListStep::Changed { .. } => say::changed(language, &things),
    })
}

fn is_song(step: &ListStep) -> bool {
    match step {
        ListStep::Added { item, .. }
        | ListStep::Removed { item, .. }
        | ListStep::Moved { item, .. }
        | ListStep::Changed { item, .. } => matches!(item, ListItem::Song { .. }),
        ListStep::Break { .. } => false,
    }
}

/// An item that was not named before.
fn a(language: Language, item: &ListItem) -> String {
    match item {
        ListItem::Break { minutes } => say::a_break(language, minutes),
        other => the(language, other),
    }
}

/// An item that is known.
fn the(language: Language, item: &ListItem) -> String {
    match item {
        ListItem::Song { title: Some(title) } => quoted(language, title),
        ListItem::Song { title: None } => kinds::a_song(language).to_owned(),
        ListItem::Break { minutes } => say::the_break(language, minutes),
        ListItem::Section { title } => say::the_section(language, &quoted(language, title)),
        ListItem::Other => say::an_item(language).to_owned(),
    }
}
