use std::time::Duration;

use serde_json::{Value, json};
use uuid::Uuid;

use super::batch::{Batcher, Due, MAX_ROWS, MAX_WAIT, QUIET};
use super::*;
use crate::model::{FieldChange, Kind, Rev, RowId, ScopeId, UserId, Verb};
use crate::speech::Language;
use crate::time::MonotonicInstant;

fn at(ms: u64) -> MonotonicInstant {
    MonotonicInstant(Duration::from_millis(ms))
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
        steps: Vec::new(),
    }
}

fn change(author: &Author, row: RowChange) -> Change {
    Change {
        scope: ScopeId(Uuid::from_u128(1)),
        author: author.clone(),
        rev: Rev(1),
        row,
        lists: None,
    }
}

fn texts(due: &[Due]) -> Vec<String> {
    let told = due.iter().filter_map(|due| due.body.as_ref());
    told.map(|body| text::text(body, Language::English))
        .collect()
}

#[test]
fn one_change_is_told_two_seconds_later() {
    let mut batcher = Batcher::default();
    batcher.take(
        1,
        change(&person(1, "Eric"), row(Verb::Added, 9, "Wonderwall")),
        at(0),
    );
    assert_eq!(batcher.next_deadline(), Some(MonotonicInstant(QUIET)));
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
        known: true,
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
fn a_change_of_what_somebody_else_brought_back_is_told_as_a_change() {
    let key = || vec![field("key", json!("C"), json!("D"))];
    assert_eq!(
        told(vec![row(Verb::Deleted, 1, "A"), changed(1, "A", key())]),
        ["Eric changed the key of \"A\": C → D"]
    );
    let mine = [Verb::Added, Verb::Deleted].map(|verb| row(verb, 1, "A"));
    let again = mine.into_iter().chain([changed(1, "A", key())]);
    assert_eq!(told(again.collect()), ["Eric added \"A\""]);
}

fn field(name: &str, from: Value, to: Value) -> FieldChange {
    FieldChange {
        field: name.to_owned(),
        from,
        to,
        known: true,
    }
}

fn changed(id: u128, title: &str, fields: Vec<FieldChange>) -> RowChange {
    RowChange {
        fields,
        ..row(Verb::Changed, id, title)
    }
}

/// What is told of these changes by one person in one window.
fn told(rows: Vec<RowChange>) -> Vec<String> {
    let mut batcher = Batcher::default();
    for (number, row) in (1..).zip(rows) {
        batcher.take(number, change(&person(1, "Eric"), row), at(0));
    }
    let due = batcher.due(at(2_000));
    assert_eq!(due.len(), 1, "the mark moves, whatever is told");
    texts(&due)
}

#[test]
fn what_ends_where_it_began_is_not_told() {
    let key =
        |from: &str, to: &str| changed(9, "Creep", vec![field("key", json!(from), json!(to))]);
    assert!(told(vec![key("G", "A"), key("A", "G")]).is_empty());
    let nothing = |from: Value, to: Value| changed(9, "Creep", vec![field("genre", from, to)]);
    let back = vec![
        nothing(json!(null), json!("pop")),
        nothing(json!("pop"), json!("")),
    ];
    assert!(told(back).is_empty());
    let made = vec![row(Verb::Added, 9, "Creep"), row(Verb::Deleted, 9, "Creep")];
    assert!(told(made).is_empty());
    let mut many: Vec<_> = (0..60).map(|n| row(Verb::Added, n, "s")).collect();
    many.extend((0..60).map(|n| row(Verb::Deleted, n, "s")));
    assert!(told(many).is_empty(), "nor what is only counted");
    let back = vec![row(Verb::Deleted, 9, "Creep"), row(Verb::Added, 9, "Creep")];
    assert_eq!(told(back), ["Eric added \"Creep\""]);
}

#[test]
fn old_and_new_value_are_one_authors_even_when_another_came_between() {
    let key =
        |from: &str, to: &str| changed(9, "Creep", vec![field("key", json!(from), json!(to))]);
    // Between the two Sam changed A to B.
    let told = told(vec![key("G", "A"), key("B", "C")]);
    assert_eq!(told, ["Eric changed the key of \"Creep\": B → C"]);
}

#[test]
fn a_count_is_one_of_rows_and_says_what_is_true_of_all_of_them() {
    let twice = (0..120).map(|n| changed(n % 60, "s", vec![field("key", json!("A"), json!(n))]));
    let said = told(twice.collect());
    assert_eq!(
        said,
        ["Eric changed 60 songs: \"s\", \"s\", \"s\" and 57 more"]
    );
    let mut mixed: Vec<_> = (0..60).map(|n| row(Verb::Added, n, "s")).collect();
    let setlist = |verb| RowChange {
        kind: Kind::Setlist,
        ..row(verb, 99, "Set")
    };
    mixed.push(setlist(Verb::Deleted));
    let said = told(mixed);
    assert_eq!(
        said,
        ["Eric made changes to 61 things: \"s\", \"s\", \"s\" and 58 more"]
    );
}

#[test]
fn a_field_is_told_as_far_as_it_is_known() {
    let unknown = FieldChange {
        known: false,
        ..field("notes", json!(null), json!(null))
    };
    let one = |change: FieldChange| told(vec![changed(9, "Creep", vec![change])]).remove(0);
    assert_eq!(one(unknown), "Eric changed the notes of \"Creep\"");
    let set = one(field("key", json!(null), json!("A")));
    assert_eq!(set, "Eric set the key of \"Creep\": A");
    let cleared = one(field("key", json!("A"), json!("")));
    assert_eq!(cleared, "Eric cleared the key of \"Creep\"");
    let long = one(field("title", json!("x".repeat(40)), json!("Creep")));
    assert_eq!(long, "Eric changed the title of \"Creep\"");
    let untitled = told(vec![changed(
        9,
        "",
        vec![field("key", json!("A"), json!("B"))],
    )]);
    assert_eq!(untitled, ["Eric changed the key of a song: A → B"]);
}

fn in_list(title: &str) -> ListItem {
    ListItem::Song {
        title: Some(title.to_owned()),
    }
}

fn added(item: ListItem) -> ListStep {
    ListStep::Added { item, at: 1 }
}

fn removed() -> ListStep {
    let item = in_list("Zombie");
    ListStep::Removed { item, at: 1 }
}

fn moved(number: Option<u32>) -> ListStep {
    ListStep::Moved {
        item: in_list("505"),
        from: 1,
        at: 4,
        number,
    }
}

const TEA: ListItem = ListItem::Break { minutes: 10 };
const LONGER: ListStep = ListStep::Break { minutes: 25, at: 2 };

fn step(steps: Vec<ListStep>) -> String {
    let items = FieldChange {
        known: false,
        ..field("items", json!(null), json!(null))
    };
    let row = RowChange {
        kind: Kind::Setlist,
        steps,
        ..changed(9, "Pile", vec![items])
    };
    let body = NoticeBody::Changes {
        author: person(1, "Sam"),
        rows: vec![row],
        count: 1,
    };
    text::text(&body, Language::English)
}

#[test]
fn a_setlist_says_what_was_done_to_it() {
    let said = [
        (vec![], "Sam changed the contents of \"Pile\""),
        (vec![added(in_list("X"))], "Sam added \"X\" to \"Pile\""),
        (vec![removed()], "Sam removed \"Zombie\" from \"Pile\""),
        (vec![moved(Some(3))], "Sam moved \"505\" to 3 in \"Pile\""),
        (vec![moved(None)], "Sam moved \"505\" in \"Pile\""),
        (vec![LONGER], "Sam changed \"Pile\": break now 25 min"),
        (vec![added(TEA)], "Sam added a break of 10 min to \"Pile\""),
    ];
    for (steps, wanted) in said {
        assert_eq!(step(steps), wanted);
    }
}

#[test]
fn several_things_done_to_a_setlist_are_counted() {
    let two = || [added(in_list("X")), added(in_list("Y"))];
    let all = [removed(), moved(Some(3)), LONGER];
    assert_eq!(
        step(two().into_iter().chain(all).collect()),
        "Sam changed \"Pile\": added 2 songs, removed \"Zombie\", moved \"505\" to 3, break now 25 min"
    );
    let mixed = vec![added(TEA), added(in_list("X"))];
    assert_eq!(step(mixed), "Sam changed \"Pile\": added 2 items");
}

#[test]
fn one_of_something_is_never_several_and_only_sentences_end_with_a_full_stop() {
    let sent = |count| text::text(&NoticeBody::Sent { count }, Language::English);
    assert_eq!(
        (sent(1), sent(2)),
        (
            "Sent 1 change made offline".to_owned(),
            "Sent 2 changes made offline".to_owned()
        )
    );
    let role = NoticeBody::Membership {
        author: person(1, "Eric"),
        member: person(2, "Sam"),
        event: MembershipEvent::Role(crate::model::Role::Viewer),
        band: None,
    };
    assert_eq!(
        text::text(&role, Language::English),
        "Eric made Sam a viewer"
    );
    let practice = |verb| RowChange {
        kind: Kind::Practice,
        ..row(verb, 1, "practice on 2026-03-05")
    };
    assert_eq!(
        told(vec![practice(Verb::Deleted)]),
        ["Eric deleted the practice on 2026-03-05"]
    );
}

#[test]
fn who_brings_a_row_back_or_moves_it_away_has_not_added_or_deleted_it() {
    assert_eq!(
        told(vec![row(Verb::Restored, 1, "A")]),
        ["Eric restored \"A\""]
    );
    assert_eq!(
        told(vec![row(Verb::Moved, 1, "A")]),
        ["Eric moved \"A\" away"]
    );
    let both = |verb| vec![row(verb, 1, "A"), row(verb, 2, "B")];
    assert_eq!(
        told(both(Verb::Restored)),
        ["Eric restored 2 songs: \"B\", \"A\""]
    );
    assert_eq!(
        told(both(Verb::Moved)),
        ["Eric moved 2 songs away: \"B\", \"A\""]
    );
}

#[test]
fn what_comes_and_goes_in_one_window_is_told_as_it_ended() {
    use Verb::{Added, Changed, Deleted, Moved, Restored};

    let key = || vec![field("key", json!("G"), json!("A"))];
    let said = |verbs: &[Verb]| {
        let rows = verbs.iter().map(|verb| match verb {
            Changed => changed(1, "A", key()),
            verb => row(*verb, 1, "A"),
        });
        told(rows.collect()).concat()
    };
    for nothing in [[Added, Deleted], [Added, Moved], [Restored, Deleted]] {
        assert_eq!(said(&nothing), "", "{nothing:?}");
    }
    assert_eq!(said(&[Deleted, Restored]), "Eric restored \"A\"");
    assert_eq!(said(&[Restored, Changed]), "Eric restored \"A\"");
    assert_eq!(said(&[Changed, Moved]), "Eric moved \"A\" away");
    assert_eq!(said(&[Added, Deleted, Restored]), "Eric added \"A\"");
    // Somebody else brought it back in between.
    let changed = "Eric changed the key of \"A\": G → A";
    assert_eq!(said(&[Deleted, Changed]), changed);
    assert_eq!(said(&[Moved, Changed]), changed);
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
            body: Some(NoticeBody::Changes { rows, count, .. }),
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
        texts(&due)[0],
        "Eric added 10000 songs: \"s\", \"s\", \"s\" and 9997 more"
    );
}

#[test]
fn long_titles_are_cut_and_line_breaks_taken_out() {
    let body = NoticeBody::Rejected {
        kind: Kind::Song,
        id: RowId(Uuid::nil()),
        title: format!("a\n{}", "🎸".repeat(100)),
        reason: crate::model::RefusalCode::NotAllowed,
        verb: Verb::Changed,
        fields: Vec::new(),
        viewer: false,
        count: 1,
    };
    let text = text::text(&body, Language::English);
    assert!(
        text.contains('…') && !text.contains('\n') && text.chars().count() < 200,
        "{text}"
    );
}

#[test]
fn a_delete_that_is_held_back_says_what_was_changed_or_where_the_row_was_put() {
    let told = |kind, moved, fields: &[&str]| {
        let body = NoticeBody::Crossed {
            kind,
            id: RowId(Uuid::from_u128(9)),
            title: "505".to_owned(),
            moved,
            fields: fields.iter().map(|field| (*field).to_owned()).collect(),
            other: person(1, "Eric"),
        };
        text::text(&body, Language::English)
    };
    let deleted = [
        (vec!["key"], "changed its key"),
        (vec!["setlists"], "put it into a setlist"),
        (vec!["practice_sessions"], "put it into a practice"),
        (vec!["key", "setlists"], "changed its key"),
        (vec![], "changed it"),
    ];
    for (fields, what) in deleted {
        let wanted = format!(
            "You deleted \"505\", but Eric had {what}. The song is back: delete it anyway, or keep it."
        );
        assert_eq!(told(Kind::Song, false, &fields), wanted);
    }
    assert_eq!(
        told(Kind::Setlist, true, &["shows"]),
        "You moved \"505\" away, but Eric had put it into a show. The setlist stays: move it anyway, or keep it here."
    );
}
