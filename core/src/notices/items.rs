//! What happened to the items of a setlist, from its images before and after: pure.
//!
//! Invariant: the steps, applied to the old list, give the new one: take out what was removed and moved, put in what was
//! added and moved at its place, lowest first. Where there are more than [`MAX_STEPS`] there are none.

use std::collections::HashMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::model::{longest_rising, tagged};

/// Steps that a notice keeps of one setlist; of more it says only that the contents changed.
pub(super) const MAX_STEPS: usize = 60;

/// What an item of a setlist is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum ListItem {
    /// A song; without a title where this phone does not know it.
    Song {
        /// Its title.
        title: Option<String>,
    },
    /// A pause.
    Break {
        /// Its length.
        minutes: i64,
    },
    /// A heading.
    Section {
        /// Its text.
        title: String,
    },
    /// Something a newer version knows.
    Other,
}

/// One thing that was done to a setlist. Places count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "step", rename_all = "snake_case")]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum ListStep {
    /// It is new.
    Added {
        /// What.
        item: ListItem,
        /// Its place in the new list.
        at: u32,
    },
    /// It is gone.
    Removed {
        /// What.
        item: ListItem,
        /// Its place in the old list.
        at: u32,
    },
    /// It stands elsewhere.
    Moved {
        /// What.
        item: ListItem,
        /// Its place in the old list.
        from: u32,
        /// Its place in the new list.
        at: u32,
        /// Which song of the new list it is, where that is another number than before.
        number: Option<u32>,
    },
    /// A pause has another length.
    Break {
        /// The new length.
        minutes: i64,
        /// Its place in the new list.
        at: u32,
    },
    /// Something else about it is different.
    Changed {
        /// What.
        item: ListItem,
        /// Its place in the new list.
        at: u32,
    },
}

impl<'de> Deserialize<'de> for ListItem {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        tagged(from, "type", |case, fields| {
            Ok(Some(match case {
                "song" => Self::Song {
                    title: fields.take("title")?,
                },
                "break" => Self::Break {
                    minutes: fields.take("minutes")?,
                },
                "section" => Self::Section {
                    title: fields.take("title")?,
                },
                "other" => Self::Other,
                _ => return Ok(None),
            }))
        })
    }
}

impl<'de> Deserialize<'de> for ListStep {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        tagged(from, "step", |case, fields| {
            Ok(Some(match case {
                "added" => Self::Added {
                    item: fields.take("item")?,
                    at: fields.take("at")?,
                },
                "removed" => Self::Removed {
                    item: fields.take("item")?,
                    at: fields.take("at")?,
                },
                "moved" => Self::Moved {
                    item: fields.take("item")?,
                    from: fields.take("from")?,
                    at: fields.take("at")?,
                    number: fields.take("number")?,
                },
                "break" => Self::Break {
                    minutes: fields.take("minutes")?,
                    at: fields.take("at")?,
                },
                "changed" => Self::Changed {
                    item: fields.take("item")?,
                    at: fields.take("at")?,
                },
                _ => return Ok(None),
            }))
        })
    }
}

/// One item, as far as notices look at it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    id: String,
    /// The song that it names.
    pub(super) song: Option<String>,
    pub(super) what: ListItem,
    /// Everything else about it.
    rest: Map<String, Value>,
}

impl Item {
    /// A song with its title, or anything else.
    pub(crate) fn titled(value: &Value, title: Option<String>) -> Self {
        let mut item = Self::read(value);
        if let ListItem::Song { title: named } = &mut item.what {
            *named = title;
        }
        item
    }

    fn read(value: &Value) -> Self {
        let mut rest = value.as_object().cloned().unwrap_or_default();
        let mut text = |name: &str| match rest.remove(name) {
            Some(Value::String(text)) => Some(text),
            Some(Value::Number(number)) => Some(number.to_string()),
            _ => None,
        };
        let (id, kind) = (text("id"), text("type"));
        let song = text("songId").filter(|_| kind.as_deref() == Some("song"));
        let section = text("sectionTitle");
        text("position");
        let what = match kind.as_deref() {
            Some("song") => ListItem::Song { title: None },
            Some("break") => ListItem::Break {
                minutes: rest
                    .remove("breakDuration")
                    .and_then(|minutes| minutes.as_i64())
                    .unwrap_or(0),
            },
            Some("section") => ListItem::Section {
                title: section.unwrap_or_default(),
            },
            _ => ListItem::Other,
        };
        let id = id.or_else(|| song.clone());
        Self {
            id: id.unwrap_or_else(|| value.to_string()),
            song,
            what,
            rest,
        }
    }

    /// Could `other` be this one, later?
    fn is_same_thing(&self, other: &Self) -> bool {
        self.song == other.song
            && std::mem::discriminant(&self.what) == std::mem::discriminant(&other.what)
    }

    /// What it is known by where the ids are new.
    fn content(&self) -> String {
        match (&self.song, &self.what) {
            (Some(song), _) => song.clone(),
            (None, what) => format!("{what:?} {:?}", self.rest),
        }
    }
}

/// The items of a list; `None` when it is no list. Null is an empty one.
pub(super) fn items(list: &Value) -> Option<Vec<Item>> {
    match list {
        Value::Null => Some(Vec::new()),
        Value::Array(list) => Some(list.iter().map(Item::read).collect()),
        _ => None,
    }
}

/// What became of a list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ListChanges {
    /// The steps; none where they are too many to say.
    pub(crate) steps: Vec<ListStep>,
    pub(crate) added: u32,
    pub(crate) removed: u32,
    pub(crate) is_reordered: bool,
    /// There is a step, said or not.
    pub(crate) is_any: bool,
}

/// The steps from one list to the other, and how many they are where they are not said.
pub(crate) fn list_changes(was: &[Item], now: &[Item]) -> ListChanges {
    let steps = all_steps(was, now);
    let count = |which: fn(&ListStep) -> bool| {
        u32::try_from(steps.iter().filter(|step| which(step)).count()).unwrap_or(u32::MAX)
    };
    ListChanges {
        added: count(|step| matches!(step, ListStep::Added { .. })),
        removed: count(|step| matches!(step, ListStep::Removed { .. })),
        is_reordered: count(|step| matches!(step, ListStep::Moved { .. })) > 0,
        is_any: !steps.is_empty(),
        steps: few(steps).unwrap_or_default(),
    }
}

/// The steps from one list to the other; `None` when they are too many to say.
pub(super) fn steps(was: &[Item], now: &[Item]) -> Option<Vec<ListStep>> {
    few(all_steps(was, now))
}

fn few(steps: Vec<ListStep>) -> Option<Vec<ListStep>> {
    (steps.len() <= MAX_STEPS).then_some(steps)
}

fn all_steps(was: &[Item], now: &[Item]) -> Vec<ListStep> {
    let origin = origins(was, now);
    let stays = longest_rising(&origin);
    let gone = (0..was.len()).filter(|at| !origin.contains(&Some(*at)));
    let mut steps: Vec<ListStep> = gone
        .map(|at| ListStep::Removed {
            item: was[at].what.clone(),
            at: place(at),
        })
        .collect();
    let before = numbers(was);
    for ((at, item), number) in now.iter().enumerate().zip(numbers(now)) {
        let name = || item.what.clone();
        match origin[at] {
            None => steps.push(ListStep::Added {
                item: name(),
                at: place(at),
            }),
            Some(from) if !stays[at] => steps.push(ListStep::Moved {
                item: name(),
                from: place(from),
                at: place(at),
                number: number.filter(|_| before[from] != number),
            }),
            Some(_) => {}
        }
    }
    let pairs = origin.iter().enumerate();
    for (at, from) in pairs.filter_map(|(at, from)| Some((at, (*from)?))) {
        steps.extend(content_step(&was[from], &now[at], at));
    }
    steps
}

fn content_step(was: &Item, now: &Item, at: usize) -> Option<ListStep> {
    let at = place(at);
    match &now.what {
        ListItem::Break { minutes } if was.what != now.what => Some(ListStep::Break {
            minutes: *minutes,
            at,
        }),
        item => (was.what != now.what || was.rest != now.rest).then(|| ListStep::Changed {
            item: item.clone(),
            at,
        }),
    }
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX).saturating_add(1)
}

/// The number of each song, as a screen shows it.
fn numbers(list: &[Item]) -> Vec<Option<u32>> {
    let mut number = 0;
    let one = |item: &Item| {
        matches!(item.what, ListItem::Song { .. }).then(|| {
            number += 1;
            number
        })
    };
    list.iter().map(one).collect()
}

/// Where each item of `now` was: by its id, else (some apps give new ids) by what it is.
fn origins(was: &[Item], now: &[Item]) -> Vec<Option<usize>> {
    let mut origin = vec![None; now.len()];
    let mut taken = vec![false; was.len()];
    for name in [|item: &Item| item.id.clone(), Item::content] {
        let mut free: HashMap<String, Vec<usize>> = HashMap::new();
        for at in (0..was.len()).rev().filter(|at| !taken[*at]) {
            free.entry(name(&was[at])).or_default().push(at);
        }
        for (at, item) in now.iter().enumerate() {
            if origin[at].is_some() {
                continue;
            }
            let there = free.get_mut(&name(item));
            let from = there.and_then(|there| there.pop_if(|from| item.is_same_thing(&was[*from])));
            if let Some(from) = from {
                (origin[at], taken[from]) = (Some(from), true);
            }
        }
    }
    origin
}

/// Does what the steps say.
#[cfg(any(test, feature = "testing"))]
pub fn apply(was: &[ListItem], steps: &[ListStep]) -> Vec<ListItem> {
    let index = |at: u32| usize::try_from(at).map_or(usize::MAX, |at| at.saturating_sub(1));
    let out = steps.iter().filter_map(|step| match step {
        ListStep::Removed { at, .. } | ListStep::Moved { from: at, .. } => Some(index(*at)),
        _ => None,
    });
    let out: Vec<usize> = out.collect();
    let left = was.iter().enumerate().filter(|(at, _)| !out.contains(at));
    let mut list: Vec<ListItem> = left.map(|(_, item)| item.clone()).collect();
    for step in steps {
        match step {
            ListStep::Added { item, at } | ListStep::Moved { item, at, .. } => {
                list.insert(index(*at).min(list.len()), item.clone());
            }
            ListStep::Break { minutes, at } => {
                if let Some(item) = list.get_mut(index(*at)) {
                    *item = ListItem::Break { minutes: *minutes };
                }
            }
            ListStep::Changed { item, at } => {
                if let Some(old) = list.get_mut(index(*at)) {
                    *old = item.clone();
                }
            }
            ListStep::Removed { .. } => {}
        }
    }
    list
}

#[cfg(test)]
mod tests;
