//! Lists: three-way by element, order included.
//!
//! An element is known by its `id` (or the id of what it points to), so that an item that was changed on one phone and
//! moved on another is still one item. Elements without any id are known by their whole value.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::{Kept, Merged};
use crate::model::longest_rising;

/// Names by which an element of one of our lists is known, best first: setlist items and contacts have an `id`, the
/// songs of a practice a `songId`, its attendees a `memberId`, links a `url`.
const ID_NAMES: [&str; 4] = ["id", "songId", "memberId", "url"];

/// Elements of one side beyond which no merge is tried: a list of this length is no setlist, and the server's stays.
const MAX_ELEMENTS: usize = 5_000;

/// The number that some apps write into each item; it follows from the order and never makes an item "changed".
const POSITION: &str = "position";

/// What an element is known by, and which of several elements with that name it is.
type ItemKey = (String, usize);

/// Merges two lists by element.
///
/// Content: an element added by a side is in, one deleted by a side is out unless the other side changed it; one that
/// both changed is merged field by field, mine winning where they conflict. Order: the server's, then every element that
/// this device moved or added is put behind the element it stands behind here.
pub(super) fn merge(base: Option<&Value>, mine: &Value, theirs: &Value) -> Merged {
    let empty = Vec::new();
    let (Some(base), Some(mine_list), Some(theirs_list)) = (
        base.map_or(Some(&empty), |base| elements(base, &empty)),
        elements(mine, &empty),
        elements(theirs, &empty),
    ) else {
        return keep_theirs(theirs);
    };
    if [base, mine_list, theirs_list]
        .iter()
        .any(|list| list.len() > MAX_ELEMENTS)
    {
        return keep_theirs(theirs);
    }
    let (base, mine, theirs) = (
        ListSide::new(base),
        ListSide::new(mine_list),
        ListSide::new(theirs_list),
    );
    let (content, conflicted) = merged_content(&base, &mine, &theirs);
    let order = merged_order(&base, &mine, &theirs, &content);
    let mut list: Vec<Value> = order
        .iter()
        .filter_map(|key| content.get(key).cloned())
        .collect();
    renumber(&mut list, &theirs, &mine);
    Merged {
        value: Value::Array(list),
        field_conflict: conflicted.then_some(Kept::Mine),
    }
}

fn keep_theirs(theirs: &Value) -> Merged {
    Merged {
        value: theirs.clone(),
        field_conflict: Some(Kept::Theirs),
    }
}

/// Null is an empty list; anything else that is no list cannot be merged.
fn elements<'a>(value: &'a Value, empty: &'a Vec<Value>) -> Option<&'a Vec<Value>> {
    match value {
        Value::Null => Some(empty),
        Value::Array(list) => Some(list),
        _ => None,
    }
}

/// One side's list, by key.
struct ListSide<'a> {
    order: Vec<ItemKey>,
    values: HashMap<ItemKey, &'a Value>,
}

impl<'a> ListSide<'a> {
    fn new(list: &'a [Value]) -> Self {
        let mut seen: HashMap<String, usize> = HashMap::new();
        let mut side = Self {
            order: Vec::with_capacity(list.len()),
            values: HashMap::with_capacity(list.len()),
        };
        for value in list {
            let name = name_of(value);
            let count = seen.entry(name.clone()).or_default();
            let key = (name, *count);
            *count += 1;
            side.order.push(key.clone());
            side.values.insert(key, value);
        }
        side
    }

    fn has(&self, key: &ItemKey) -> bool {
        self.values.contains_key(key)
    }
}

fn name_of(value: &Value) -> String {
    let id = value
        .as_object()
        .and_then(|object| {
            ID_NAMES
                .iter()
                .find_map(|name| Some((name, object.get(*name)?.as_str()?)))
        })
        .map(|(name, id)| format!("{name}:{id}"));
    // Sorted keys, so that the order in which a client wrote an object's keys does not make it another element.
    id.unwrap_or_else(|| format!("={}", sorted(value)))
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let mut pairs: Vec<_> = object
                .iter()
                .map(|(key, value)| (key.clone(), sorted(value)))
                .collect();
            pairs.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(pairs.into_iter().collect())
        }
        Value::Array(list) => Value::Array(list.iter().map(sorted).collect()),
        other => other.clone(),
    }
}

/// Which elements there are and what they hold; true when a field of an element conflicted.
fn merged_content(
    base: &ListSide<'_>,
    mine: &ListSide<'_>,
    theirs: &ListSide<'_>,
) -> (HashMap<ItemKey, Value>, bool) {
    let mut out = HashMap::new();
    let mut conflicted = false;
    for key in theirs.order.iter().chain(&mine.order) {
        if out.contains_key(key) {
            continue;
        }
        let was = base.values.get(key).copied();
        let value = match (mine.values.get(key), theirs.values.get(key)) {
            (Some(mine), Some(theirs)) => {
                let (value, field_conflict) = merged_element(was, mine, theirs);
                conflicted |= field_conflict;
                Some(value)
            }
            (Some(only), None) | (None, Some(only)) => was
                .is_none_or(|was| changed(was, only))
                .then(|| (*only).clone()),
            (None, None) => None,
        };
        if let Some(value) = value {
            out.insert(key.clone(), value);
        }
    }
    (out, conflicted)
}

fn merged_element(base: Option<&Value>, mine: &Value, theirs: &Value) -> (Value, bool) {
    if mine == theirs || base.is_some_and(|base| !changed(base, mine)) {
        return (theirs.clone(), false);
    }
    if base.is_some_and(|base| !changed(base, theirs)) {
        return (mine.clone(), false);
    }
    let (Some(mine), Some(theirs)) = (mine.as_object(), theirs.as_object()) else {
        return (mine.clone(), true);
    };
    let empty = Map::new();
    let base = base.and_then(Value::as_object).unwrap_or(&empty);
    let (mut out, mut conflicted) = (Map::new(), false);
    for name in theirs.keys().chain(mine.keys()) {
        if out.contains_key(name) {
            continue;
        }
        let (was, my, their) = (base.get(name), mine.get(name), theirs.get(name));
        let keep_their = my == their || my == was;
        conflicted |= !keep_their && their != was && name != POSITION;
        if let Some(value) = if keep_their { their } else { my } {
            out.insert(name.clone(), value.clone());
        }
    }
    (Value::Object(out), conflicted)
}

/// Whether an element changed in more than its place.
fn changed(a: &Value, b: &Value) -> bool {
    match (a.as_object(), b.as_object()) {
        (Some(a), Some(b)) => {
            let rest = |object: &Map<String, Value>| {
                object.len() - usize::from(object.contains_key(POSITION))
            };
            rest(a) != rest(b)
                || a.iter()
                    .any(|(name, value)| name != POSITION && b.get(name) != Some(value))
        }
        _ => a != b,
    }
}

/// The server's order with this device's moves and additions put in.
fn merged_order(
    base: &ListSide<'_>,
    mine: &ListSide<'_>,
    theirs: &ListSide<'_>,
    content: &HashMap<ItemKey, Value>,
) -> Vec<ItemKey> {
    let placed_here = placed(base, mine, theirs);
    let mut order: Vec<ItemKey> = theirs
        .order
        .iter()
        .filter(|key| content.contains_key(*key) && !placed_here.contains(*key))
        .cloned()
        .collect();
    let mut before: Option<&ItemKey> = None;
    for key in &mine.order {
        if !content.contains_key(key) {
            continue;
        }
        if placed_here.contains(key) {
            let at = before.map_or(0, |before| {
                order
                    .iter()
                    .position(|other| other == before)
                    .map_or(0, |at| at + 1)
            });
            order.insert(at, key.clone());
        }
        before = Some(key);
    }
    order
}

/// The elements whose place this device chose: added here (and not there), kept here though deleted there, or moved.
fn placed(base: &ListSide<'_>, mine: &ListSide<'_>, theirs: &ListSide<'_>) -> HashSet<ItemKey> {
    let was_at: HashMap<&ItemKey, usize> = base
        .order
        .iter()
        .filter(|key| mine.has(key))
        .enumerate()
        .map(|(at, key)| (key, at))
        .collect();
    let here: Vec<&ItemKey> = mine.order.iter().filter(|key| base.has(key)).collect();
    let from: Vec<Option<usize>> = here.iter().map(|key| was_at.get(key).copied()).collect();
    let moved = here
        .into_iter()
        .zip(longest_rising(&from))
        .filter(|(_, stayed)| !stayed)
        .map(|(key, _)| key.clone());
    let absent_there = mine.order.iter().filter(|key| !theirs.has(key)).cloned();
    moved.chain(absent_there).collect()
}

/// Where items carry a `position`, it is written again to agree with the order, counting from the smallest one there was.
fn renumber(list: &mut [Value], theirs: &ListSide<'_>, mine: &ListSide<'_>) {
    let position = |value: &&Value| value.get(POSITION).and_then(Value::as_u64);
    let first = theirs
        .values
        .values()
        .chain(mine.values.values())
        .filter_map(position)
        .min();
    let Some(first) = first else {
        return;
    };
    for (at, item) in (first..).zip(list.iter_mut()) {
        if let Some(place) = item.get_mut(POSITION) {
            *place = Value::from(at);
        }
    }
}
