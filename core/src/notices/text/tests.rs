use uuid::Uuid;

use super::*;
use crate::model::{RowId, UserId};
use crate::notices::items::{ListItem, ListStep};

fn person(name: &str) -> Author {
    Author {
        id: Some(UserId(Uuid::from_u128(1))),
        name: name.to_owned(),
    }
}

fn row(verb: Verb, kind: Kind, title: &str) -> RowChange {
    RowChange {
        title: title.to_owned(),
        ..RowChange::bare(verb, kind, RowId(Uuid::from_u128(2)))
    }
}

fn change(name: &str, from: Value, to: Value) -> FieldChange {
    FieldChange {
        field: name.to_owned(),
        from,
        to,
        known: true,
    }
}

fn one(row: RowChange) -> NoticeBody {
    NoticeBody::Changes {
        author: person("Eric"),
        rows: vec![row],
        count: 1,
    }
}

fn german(body: &NoticeBody) -> String {
    text(body, Language::German)
}

fn song(verb: Verb) -> RowChange {
    row(verb, Kind::Song, "505")
}

#[test]
fn fields_that_one_person_changed_are_said_in_german() {
    let with = |fields| RowChange {
        fields,
        ..song(Verb::Changed)
    };
    let key = |from: &str, to: &str| change("key", from.into(), to.into());
    let tempo = change("tempo", Value::Null, 120.into());
    for (row, said) in [
        (
            with(vec![key("D", "E")]),
            "die Tonart von „505“ geändert: D → E",
        ),
        (
            with(vec![key("", "E")]),
            "die Tonart von „505“ eingetragen: E",
        ),
        (with(vec![key("D", "")]), "die Tonart von „505“ geleert"),
        (
            with(vec![key("D", "E"), tempo]),
            "„505“ geändert: Tonart und Tempo",
        ),
    ] {
        assert_eq!(german(&one(row)), format!("Eric hat {said}"));
    }
}

/// Changes that hold a person's words or numbers, and what may be said of them.
fn telling() -> [(RowChange, &'static str); 3] {
    let secret = "door code 4711";
    let fields = vec![change("notes", "old 4711".into(), secret.into())];
    let song = RowChange {
        fields,
        ..song(Verb::Changed)
    };
    let item = ListItem::Section {
        title: secret.to_owned(),
    };
    let items = vec![change("items", Value::Null, Value::Null)];
    let list = RowChange {
        steps: vec![ListStep::Added { item, at: 1 }],
        fields: items,
        ..row(Verb::Changed, Kind::Setlist, "Friday")
    };
    let pay = RowChange {
        fields: vec![change("payment", 4_711.into(), 94_711.into())],
        ..row(Verb::Changed, Kind::Show, "Gig")
    };
    [
        (song, "Eric changed the notes of \"505\""),
        (list, "Eric changed the contents of \"Friday\""),
        (pay, "Eric changed the payment of \"Gig\""),
    ]
}

#[test]
fn outside_the_app_nothing_is_said_of_what_is_in_a_row() {
    let digest = |rows: Vec<RowChange>| NoticeBody::Digest {
        people: vec![DigestEntry {
            author: person("Eric"),
            rows,
            count: 1,
        }],
    };
    for (row, said) in telling() {
        for (body, said) in [
            (one(row.clone()), said.to_owned()),
            (digest(vec![row]), format!("While you were away: {said}")),
        ] {
            let notice = StoredNotice {
                id: crate::model::NoticeId(1),
                at: crate::time::Timestamp(0),
                scope: None,
                body: serde_json::to_value(&body).unwrap(),
                seen: false,
            };
            assert!(of(&notice, Language::English).contains("4711"));
            assert_eq!(outside(&notice, Language::English), said);
        }
    }
}

#[test]
fn what_one_person_did_to_a_row_is_said_in_german() {
    let practice = row(Verb::Deleted, Kind::Practice, "practice on 2026-03-05");
    for (row, said) in [
        (song(Verb::Added), "„505“ hinzugefügt"),
        (song(Verb::Moved), "„505“ verschoben"),
        (practice, "die Probe am 05.03.2026 gelöscht"),
        (
            row(Verb::Restored, Kind::Song, ""),
            "einen Song wiederhergestellt",
        ),
        (row(Verb::Changed, Kind::Band, ""), "die Band geändert"),
    ] {
        assert_eq!(german(&one(row)), format!("Eric hat {said}"));
    }
}

#[test]
fn many_changes_are_said_in_german() {
    let titles = ["A", "B", "C"].map(|title| row(Verb::Added, Kind::Song, title));
    let many = |count| NoticeBody::Changes {
        author: person("Somebody"),
        rows: titles.to_vec(),
        count,
    };
    for (count, more) in [(3, ""), (4, " und 1 weiteres"), (9, " und 6 weitere")] {
        let said = format!("Jemand hat {count} Songs hinzugefügt: „C“, „B“, „A“{more}");
        assert_eq!(german(&many(count)), said);
    }
}

#[test]
fn the_steps_of_a_setlist_are_said_in_german() {
    let moved = ListStep::Moved {
        item: ListItem::Song {
            title: Some("505".to_owned()),
        },
        from: 3,
        at: 1,
        number: Some(1),
    };
    let pause = ListStep::Added {
        item: ListItem::Break { minutes: 10 },
        at: 2,
    };
    let said = |steps: Vec<ListStep>| {
        german(&one(RowChange {
            steps,
            ..row(Verb::Changed, Kind::Setlist, "Pub")
        }))
    };
    let both = vec![moved.clone(), pause.clone()];
    assert_eq!(
        said(vec![moved]),
        "Eric hat „505“ in „Pub“ auf Platz 1 verschoben"
    );
    assert_eq!(
        said(vec![pause]),
        "Eric hat eine Pause von 10 min in „Pub“ aufgenommen"
    );
    assert_eq!(
        said(both),
        "Eric hat „Pub“ geändert: eine Pause von 10 min hinzugefügt, „505“ auf Platz 1 verschoben"
    );
}

#[test]
fn what_met_my_edits_is_said_in_german() {
    let id = RowId(Uuid::from_u128(2));
    let conflict = NoticeBody::Conflict {
        kind: Kind::Song,
        id,
        title: "505".to_owned(),
        fields: vec!["key".to_owned(), "tempo".to_owned()],
        other: person("Sam"),
    };
    assert_eq!(
        german(&conflict),
        "Du und Sam habt beide die Tonart und das Tempo von „505“ geändert. Beides bleibt erhalten: Wähl eins aus."
    );
    let crossed = |fields: &[&str]| NoticeBody::Crossed {
        kind: Kind::Show,
        id,
        title: "Pub".to_owned(),
        moved: false,
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
        other: person("Sam"),
    };
    assert_eq!(
        german(&crossed(&["venue"])),
        "Du hast „Pub“ gelöscht, aber Sam hatte den Veranstaltungsort geändert. Der Auftritt ist wieder da: trotzdem löschen oder behalten?"
    );
}

#[test]
fn what_was_refused_and_sent_is_said_in_german() {
    let rejected = |count| NoticeBody::Rejected {
        kind: Kind::Song,
        id: RowId(Uuid::from_u128(2)),
        title: "505".to_owned(),
        reason: RefusalCode::NotAllowed,
        verb: Verb::Deleted,
        fields: Vec::new(),
        viewer: false,
        count,
    };
    assert_eq!(
        german(&rejected(1)),
        "Du wolltest „505“ löschen, aber das wurde abgelehnt. Löschen kann es nur ein Admin oder wer es hinzugefügt hat. Die Änderung ist noch da: Versuch es noch einmal oder verwirf sie."
    );
    assert!(german(&rejected(3)).starts_with("Du wolltest 3 Songs löschen, darunter „505“, aber"));
    assert_eq!(
        german(&NoticeBody::Sent { count: 1 }),
        "1 Änderung gesendet, die du offline gemacht hast"
    );
}

#[test]
fn members_are_told_of_in_german() {
    let told = |member: &str, event, band: Option<&str>| {
        german(&NoticeBody::Membership {
            author: person("Eric"),
            member: person(member),
            event,
            band: band.map(str::to_owned),
        })
    };
    assert_eq!(
        told("Sam", MembershipEvent::Joined, None),
        "Sam ist der Band beigetreten"
    );
    assert_eq!(
        told("you", MembershipEvent::Removed, Some("Oasis")),
        "Eric hat dich aus Oasis entfernt"
    );
    assert_eq!(
        told("Sam", MembershipEvent::Role(Role::Viewer), None),
        "Eric hat Sam zum Gast gemacht"
    );
}
