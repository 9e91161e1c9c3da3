//! What was done to the items of a setlist, in words: one thing is said, several are counted.

use super::super::batch::ITEMS;
use super::super::body::RowChange;
use super::super::items::{ListItem, ListStep};
use super::{counted, quoted};
use crate::model::label;

/// The sentence about a setlist with steps, from its verb on.
pub(super) fn said(row: &RowChange, title: &str) -> String {
    let others = row.fields.iter().filter(|change| change.field != ITEMS);
    let mut parts: Vec<String> = others
        .map(|change| label(&change.field).to_owned())
        .collect();
    if let ([only], true) = (row.steps.as_slice(), parts.is_empty()) {
        return sentence(only, title);
    }
    let is = |which: fn(&ListStep) -> bool| row.steps.iter().filter(move |step| which(step));
    let groups: [Vec<&ListStep>; 5] = [
        is(|step| matches!(step, ListStep::Added { .. })).collect(),
        is(|step| matches!(step, ListStep::Removed { .. })).collect(),
        is(|step| matches!(step, ListStep::Moved { .. })).collect(),
        is(|step| matches!(step, ListStep::Break { .. })).collect(),
        is(|step| matches!(step, ListStep::Changed { .. })).collect(),
    ];
    parts.extend(groups.iter().filter_map(|group| phrase(group)));
    format!("changed {title}: {}", parts.join(", "))
}

fn sentence(step: &ListStep, title: &str) -> String {
    match step {
        ListStep::Added { .. } => format!("{} to {title}", alone(step)),
        ListStep::Removed { .. } => format!("{} from {title}", alone(step)),
        ListStep::Moved { .. } | ListStep::Changed { .. } => format!("{} in {title}", alone(step)),
        ListStep::Break { .. } => format!("changed {title}: {}", alone(step)),
    }
}

fn alone(step: &ListStep) -> String {
    match step {
        ListStep::Added { item, .. } => format!("added {}", name(item, "a")),
        ListStep::Removed { item, .. } => format!("removed {}", name(item, "a")),
        ListStep::Moved { item, number, .. } => {
            let to = number.map_or_else(String::new, |number| format!(" to {number}"));
            format!("moved {}{to}", name(item, "the"))
        }
        ListStep::Break { minutes, .. } => format!("break now {minutes} min"),
        ListStep::Changed { item, .. } => format!("changed {}", name(item, "the")),
    }
}

/// Steps of one sort, as a part of a sentence.
fn phrase(steps: &[&ListStep]) -> Option<String> {
    let (first, count) = (
        steps.first()?,
        u32::try_from(steps.len()).unwrap_or(u32::MAX),
    );
    if count == 1 {
        return Some(alone(first));
    }
    let songs = steps.iter().all(|step| is_song(step));
    let (one, many) = if songs {
        ("song", "songs")
    } else {
        ("item", "items")
    };
    let things = counted(count, one, many);
    Some(match first {
        ListStep::Added { .. } => format!("added {things}"),
        ListStep::Removed { .. } => format!("removed {things}"),
        ListStep::Moved { .. } => format!("moved {things}"),
        ListStep::Break { .. } => format!("changed {}", counted(count, "break", "breaks")),
        ListStep::Changed { .. } => format!("changed {things}"),
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

fn name(item: &ListItem, article: &str) -> String {
    match item {
        ListItem::Song { title: Some(title) } => quoted(title),
        ListItem::Song { title: None } => "a song".to_owned(),
        ListItem::Break { minutes } => format!("{article} break of {minutes} min"),
        ListItem::Section { title } => format!("the section {}", quoted(title)),
        ListItem::Other => "an item".to_owned(),
    }
}
