use serde_json::json;
use uuid::Uuid;

use super::super::items::ListItem;
use super::*;
use crate::model::RefusalCode;

const ID: RowId = RowId(Uuid::from_u128(7));

fn sam() -> Author {
    Author {
        id: Some(UserId(Uuid::from_u128(8))),
        name: "Sam".to_owned(),
    }
}

fn row(steps: Vec<ListStep>) -> RowChange {
    RowChange {
        verb: Verb::Changed,
        kind: Kind::Setlist,
        id: ID,
        title: "Friday".to_owned(),
        fields: Vec::new(),
        steps,
    }
}

/// One notice of each case, by the one before: a new case does not compile until it is in the row.
fn after(body: Option<&NoticeBody>) -> Option<NoticeBody> {
    let Some(body) = body else {
        return Some(changes());
    };
    Some(match body {
        NoticeBody::Changes { .. } => NoticeBody::Digest {
            people: vec![DigestEntry {
                author: sam(),
                rows: vec![row(Vec::new())],
                count: 1,
            }],
        },
        NoticeBody::Digest { .. } => conflict(),
        NoticeBody::Conflict { .. } => rejected(),
        NoticeBody::Rejected { .. } => crossed(),
        NoticeBody::Crossed { .. } => restored(),
        NoticeBody::Restored { .. } => NoticeBody::Membership {
            author: sam(),
            member: sam(),
            event: MembershipEvent::Left,
            band: Some("The Basement".to_owned()),
        },
        NoticeBody::Membership { .. } => NoticeBody::AccountGone { kept: 4 },
        NoticeBody::AccountGone { .. } => NoticeBody::Sent { count: 5 },
        NoticeBody::Sent { .. } => return None,
    })
}

fn changes() -> NoticeBody {
    NoticeBody::Changes {
        author: sam(),
        rows: vec![row(every(step))],
        count: 3,
    }
}

fn conflict() -> NoticeBody {
    NoticeBody::Conflict {
        kind: Kind::Song,
        id: ID,
        title: "Hello".to_owned(),
        fields: vec!["key".to_owned()],
        other: sam(),
    }
}

fn rejected() -> NoticeBody {
    NoticeBody::Rejected {
        kind: Kind::Song,
        id: ID,
        title: "Hello".to_owned(),
        reason: RefusalCode::NotAllowed,
        verb: Verb::Deleted,
        fields: vec!["key".to_owned()],
        viewer: true,
        count: 2,
    }
}

fn crossed() -> NoticeBody {
    NoticeBody::Crossed {
        kind: Kind::Song,
        id: ID,
        title: "Hello".to_owned(),
        moved: true,
        fields: vec!["key".to_owned()],
        other: sam(),
    }
}

fn restored() -> NoticeBody {
    NoticeBody::Restored {
        kind: Kind::Song,
        id: ID,
        title: "Hello".to_owned(),
        other: sam(),
    }
}

/// The same of the steps of a setlist.
fn step(before: Option<&ListStep>) -> Option<ListStep> {
    let (item, at) = (ListItem::Other, 2);
    let Some(before) = before else {
        let item = ListItem::Song {
            title: Some("Hello".to_owned()),
        };
        return Some(ListStep::Added { item, at });
    };
    Some(match before {
        ListStep::Added { .. } => ListStep::Removed { item, at },
        ListStep::Removed { .. } => {
            let item = ListItem::Break { minutes: 15 };
            ListStep::Moved {
                item,
                from: 1,
                at,
                number: Some(3),
            }
        }
        ListStep::Moved { .. } => ListStep::Break { minutes: 20, at },
        ListStep::Break { .. } => {
            let item = ListItem::Section {
                title: "Encore".to_owned(),
            };
            ListStep::Changed { item, at }
        }
        ListStep::Changed { .. } => return None,
    })
}

fn every<T>(after: fn(Option<&T>) -> Option<T>) -> Vec<T> {
    let mut all = Vec::new();
    while let Some(next) = after(all.last()) {
        all.push(next);
    }
    all
}

#[test]
fn every_notice_is_read_as_it_was_kept() {
    for body in every(after) {
        let kept = serde_json::to_string(&body).unwrap();
        let read = serde_json::from_str::<NoticeBody>(&kept);
        assert_eq!(read.ok(), Some(body), "{kept}");
    }
}

#[test]
fn a_refusal_that_an_older_version_kept_is_read_with_what_was_meant() {
    let kept = json!({
        "type": "rejected", "kind": "song", "id": ID, "title": "Hello", "reason": "42501",
    });
    let read = serde_json::from_value::<NoticeBody>(kept).unwrap();
    let NoticeBody::Rejected {
        verb,
        fields,
        viewer,
        count,
        ..
    } = read
    else {
        panic!("{read:?}")
    };
    assert_eq!(
        (verb, fields, viewer, count),
        (Verb::Changed, Vec::new(), false, 1)
    );
}
