use std::time::Duration;

use serde_json::json;
use uuid::Uuid;

use super::batch::{Batcher, Due, MAX_ROWS, MAX_WAIT, QUIET};
use super::*;
use crate::model::{Kind, Rev, RowId, ScopeId, UserId};
use crate::time::Mono;

fn at(ms: u64) -> Mono {
    Mono(Duration::from_millis(ms))
}

fn person(n: u128, name: &str) -> Author {
    Author {
        id: Some(UserId(Uuid::from_u128(n))),
        name: name.to_owned(),
    }
}

fn row(verb: Verb, id: u128, title: &str) -> RowChange {
    RowChange {
        verb,
        kind: Kind::Song,
        id: RowId(Uuid::from_u128(id)),
        title: title.to_owned(),
        fields: Vec::new(),
    }
}

fn change(author: &Author, row: RowChange) -> Change {
    Change {
        scope: ScopeId(Uuid::from_u128(1)),
        author: author.clone(),
        rev: Rev(1),
        row,
    }
}

fn texts(due: &[Due]) -> Vec<String> {
    due.iter().map(|d| text::text(&d.body)).collect()
}

#[test]
fn one_change_is_told_two_seconds_later() {
    let mut batcher = Batcher::default();
    batcher.take(
        1,
        change(&person(1, "Eric"), row(Verb::Added, 9, "Wonderwall")),
        at(0),
    );
    assert_eq!(batcher.next_deadline(), Some(Mono(QUIET)));
    assert!(batcher.due(at(1_999)).is_empty());
    let due = batcher.due(at(2_000));
    assert_eq!(texts(&due), ["Eric added \"Wonderwall\""]);
    assert_eq!((due[0].told[0].up_to, due[0].told[0].changes), (1, 1));
    assert_eq!(batcher.next_deadline(), None);
}

/// Names the defect of a debounce without a maximum wait (D14).
#[test]
fn d14_a_minute_of_steady_edits_speaks_within_five_seconds_each_time() {
    let mut batcher = Batcher::default();
    let (mut told_at, mut counted) = (Vec::new(), 0);
    for ms in (0..60_000_u64).step_by(100) {
        batcher.take(
            1,
            change(&person(1, "Eric"), row(Verb::Changed, u128::from(ms), "x")),
            at(ms),
        );
        for due in batcher.due(at(ms)) {
            told_at.push(ms);
            counted += due.told.iter().map(|t| t.changes).sum::<u32>();
        }
    }
    let window = u64::try_from(MAX_WAIT.as_millis()).unwrap();
    assert!(told_at.len() >= 10, "only {} notices", told_at.len());
    assert!(
        told_at.windows(2).all(|pair| pair[1] - pair[0] >= window),
        "more than one notice a window"
    );
    assert!(
        told_at
            .windows(2)
            .all(|pair| pair[1] - pair[0] <= window + 200)
    );
    counted += batcher
        .digest()
        .iter()
        .flat_map(|d| &d.told)
        .map(|t| t.changes)
        .sum::<u32>();
    assert_eq!(counted, 600, "every change is told exactly once");
}

#[test]
fn people_with_the_same_name_are_told_apart() {
    let mut batcher = Batcher::default();
    batcher.take(
        1,
        change(&person(1, "Sam"), row(Verb::Added, 1, "A")),
        at(0),
    );
    batcher.take(
        2,
        change(&person(2, "Sam"), row(Verb::Deleted, 2, "B")),
        at(0),
    );
    assert_eq!(
        texts(&batcher.due(at(2_000))),
        ["Sam added \"A\"", "Sam deleted \"B\""]
    );
}

#[test]
fn edits_of_one_row_fold_into_one_line() {
    let mut batcher = Batcher::default();
    let eric = person(1, "Eric");
    let key = |from: &str, to: &str| FieldChange {
        field: "key".to_owned(),
        from: json!(from),
        to: json!(to),
    };
    let mut first = row(Verb::Changed, 9, "Creep");
    first.fields = vec![key("G", "A")];
    let mut second = first.clone();
    second.fields = vec![key("A", "B")];
    batcher.take(1, change(&eric, first), at(0));
    batcher.take(2, change(&eric, second), at(500));
    assert_eq!(
        texts(&batcher.due(at(3_000))),
        ["Eric changed the key of \"Creep\": G → B"]
    );
}

#[test]
fn gig_mode_is_silent_and_ends_in_one_digest() {
    let mut batcher = Batcher::default();
    assert!(batcher.set_gig_mode(true).is_empty());
    batcher.take(
        1,
        change(&person(1, "Eric"), row(Verb::Added, 1, "A")),
        at(0),
    );
    batcher.take(
        2,
        change(&person(2, "Ana"), row(Verb::Deleted, 2, "B")),
        at(10),
    );
    assert!(batcher.due(at(3_600_000)).is_empty());
    assert_eq!(
        batcher.next_deadline(),
        None,
        "a silent phone does not wake up"
    );
    let digest = batcher.set_gig_mode(false);
    assert_eq!(
        texts(&digest),
        ["While you were away: Eric added \"A\"; Ana deleted \"B\""]
    );
    assert_eq!(
        digest[0].told.iter().map(|t| t.up_to).collect::<Vec<_>>(),
        [1, 2]
    );
}

#[test]
fn a_huge_import_stays_small_and_counts_right() {
    let mut batcher = Batcher::default();
    for n in 0..10_000 {
        batcher.take(
            n,
            change(
                &person(1, "Eric"),
                row(Verb::Added, u128::try_from(n).unwrap(), "s"),
            ),
            at(0),
        );
    }
    let due = batcher.due(at(2_000));
    let [
        Due {
            body: NoticeBody::Changes { rows, count, .. },
            told,
            ..
        },
    ] = due.as_slice()
    else {
        panic!("{due:?}")
    };
    assert_eq!(
        (rows.len(), *count, told[0].changes),
        (MAX_ROWS, 10_000, 10_000)
    );
    assert_eq!(
        text::text(&due[0].body),
        "Eric added 10000 songs: \"s\", \"s\", \"s\" and 9997 more"
    );
}

#[test]
fn long_titles_are_cut_and_line_breaks_taken_out() {
    let body = NoticeBody::Refused {
        kind: Kind::Song,
        id: RowId(Uuid::nil()),
        title: format!("a\n{}", "🎸".repeat(100)),
        reason: "42501".to_owned(),
        verb: Verb::Changed,
        fields: Vec::new(),
        viewer: false,
    };
    let text = text::text(&body);
    assert!(
        text.contains('…') && !text.contains('\n') && text.chars().count() < 200,
        "{text}"
    );
}
