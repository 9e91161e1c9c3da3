//! Rows keep what nobody changed, and everything a member can write reaches the others.

use rockon_core::model::{
    FieldType, Kind, Merge, PracticeStatus, Role, RowId, ScopeId, Values, fields,
};
use rockon_core::store::PracticeQuery;
use rockon_local_stack::Project;
use rockon_tests::lossy_proxy::LossyProxy;
use rockon_tests::phone::{BAND, PATIENCE, Phone, first, values};
use rockon_tests::{eventually, project};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::server;

const WONDERWALL: RowId = RowId(Uuid::from_u128(0x5000_0000_0000_4000_8000_0000_0000_0001));
const CROWN_SET: RowId = RowId(Uuid::from_u128(0x6000_0000_0000_4000_8000_0000_0000_0001));
const CROWN: RowId = RowId(Uuid::from_u128(0x7000_0000_0000_4000_8000_0000_0000_0001));
const PRACTICE: RowId = RowId(Uuid::from_u128(0x8000_0000_0000_4000_8000_0000_0000_0001));

/// A seeded row of every kind that members write: the kind, its table, the row.
const SEEDED: [(Kind, &str, RowId); 4] = [
    (Kind::Song, "songs", WONDERWALL),
    (Kind::Setlist, "setlists", CROWN_SET),
    (Kind::Show, "shows", CROWN),
    (Kind::Practice, "practice_sessions", PRACTICE),
];

/// What every write changes, and what only the server uses.
const BOOKKEEPING: [&str; 9] = [
    "version",
    "updated_date",
    "last_modified",
    "last_modified_by",
    "sync_rev",
    "sync_by",
    "sync_by_rev",
    "sync_other_rev",
    "sync_bytes",
];

/// The row without its bookkeeping and without `changed`.
fn rest_of(row: &Values, changed: &str) -> Values {
    let kept = row
        .iter()
        .filter(|(name, _)| *name != changed && !BOOKKEEPING.contains(&name.as_str()));
    kept.map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

async fn shown(phone: &Phone, kind: Kind, id: RowId) -> Values {
    let row = phone.workspace().row(kind, id).await.unwrap();
    row.unwrap_or_else(|| panic!("no {kind}"))
}

/// Waits until the phone shows this value in a column of a row; the whole row then.
async fn shows(phone: &Phone, kind: Kind, id: RowId, name: &str, value: &Value) -> Values {
    let what = format!("{kind}.{name} = {value}");
    eventually(what, PATIENCE, || async {
        let row = phone.workspace().row(kind, id).await.unwrap()?;
        (row.get(name) == Some(value)).then_some(row)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn d07_changing_one_field_keeps_all_others_on_the_server() {
    let project = project().await;
    let eric = Phone::of(&project, "eric").await;
    for (kind, table, id) in SEEDED {
        let before = server::row(&project, table, id).await;
        let notes = values(json!({ "notes": "only this" }));
        eric.workspace().change(kind, id, notes).await.unwrap();
        eric.caught_up().await;
        let after = server::row(&project, table, id).await;
        assert_eq!(after["notes"], json!("only this"));
        let rest = |row: &Value| rest_of(row.as_object().unwrap(), "notes");
        assert_eq!(rest(&after), rest(&before), "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn d08_another_phones_change_of_one_field_keeps_all_others_here() {
    let project = project().await;
    let (eric, sam) = (
        Phone::of(&project, "eric").await,
        Phone::of(&project, "sam").await,
    );
    for (kind, _, id) in SEEDED {
        let before = shown(&sam, kind, id).await;
        let notes = values(json!({ "notes": "only this" }));
        eric.workspace().change(kind, id, notes).await.unwrap();
        let after = shows(&sam, kind, id, "notes", &json!("only this")).await;
        assert!(before.len() > 10, "{kind}");
        assert_eq!(
            rest_of(&after, "notes"),
            rest_of(&before, "notes"),
            "{kind}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn d09_dates_on_the_phone_are_the_servers_on_first_arrival_and_after_a_change() {
    let project = project().await;
    let eric = Phone::of(&project, "eric").await;
    // A phone whose own clock would be seen at once.
    let sam = Phone::ahead(&project, "sam", 86_400_000).await;
    for (kind, table, id) in SEEDED {
        same_dates(&project, &sam, kind, table, id).await;
        let notes = values(json!({ "notes": "later" }));
        eric.workspace().change(kind, id, notes).await.unwrap();
        shows(&sam, kind, id, "notes", &json!("later")).await;
        same_dates(&project, &sam, kind, table, id).await;
    }
}

async fn same_dates(project: &Project, phone: &Phone, kind: Kind, table: &str, id: RowId) {
    let (here, there) = (
        shown(phone, kind, id).await,
        server::row(project, table, id).await,
    );
    let dates = fields(kind)
        .iter()
        .filter(|field| field.kind == FieldType::Time);
    for field in dates {
        let value = here.get(field.name).unwrap_or(&Value::Null);
        assert_eq!(value, &there[field.name], "{kind}.{}", field.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn d10_a_delete_by_somebody_else_goes_no_further() {
    let project = project().await;
    let proxy = LossyProxy::to(project.url()).await;
    let eric = Phone::of(&project, "eric").await;
    let sam = Phone::by(&proxy, &project, "sam").await;
    for (kind, _, id) in SEEDED {
        eric.workspace().delete(kind, id).await.unwrap();
        eventually(format!("no {kind}"), PATIENCE, || async {
            let row = sam.workspace().row(kind, id).await.unwrap();
            row.is_none().then_some(())
        })
        .await;
    }
    // An echo would be in the outbox now, and sent by the time everything is.
    assert_eq!(sam.client().status_now().await.unwrap().outbox.unsent, 0);
    assert!(sam.client().sync_once(PATIENCE).await.unwrap().complete);
    let deletes = proxy.seen("sync_push").into_iter();
    let deletes = deletes.filter(|push| push.body.contains("\"delete\""));
    assert_eq!(deletes.count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn d15_a_practice_cancelled_on_one_phone_is_cancelled_on_the_other_and_on_the_server() {
    let project = project().await;
    let (eric, sam) = (
        Phone::of(&project, "eric").await,
        Phone::of(&project, "sam").await,
    );
    let off = values(json!({ "status": "cancelled" }));
    let workspace = eric.workspace();
    workspace
        .change(Kind::Practice, PRACTICE, off)
        .await
        .unwrap();
    eventually("Sam sees it cancelled", PATIENCE, || async {
        let query = PracticeQuery {
            scope: Some(BAND),
            limit: 100,
            ..PracticeQuery::default()
        };
        let list = first(sam.workspace().practices(query)).await;
        let practice = list.into_iter().find(|practice| practice.id == PRACTICE)?;
        (practice.status == Some(PracticeStatus::Cancelled)).then_some(())
    })
    .await;
    let row = server::row(&project, "practice_sessions", PRACTICE).await;
    assert_eq!(row["status"], json!("cancelled"));
}

/// A value for a column that the seeded row does not have yet.
fn another(kind: Kind, name: &str, kind_of: FieldType) -> Option<Value> {
    Some(match (kind, name) {
        // Where a row belongs is not changed by this test.
        (_, "band_id" | "context_type" | "context_id") => return None,
        (Kind::Practice, "setlist_id") => json!("60000000-0000-4000-8000-000000000002"),
        (_, "setlist_id" | "source_setlist_id") => json!("60000000-0000-4000-8000-000000000003"),
        (_, "show_id") => json!("70000000-0000-4000-8000-000000000002"),
        (Kind::Setlist, "status") => json!("archived"),
        (Kind::Show | Kind::Practice, "status") => json!("cancelled"),
        (_, "type") => json!("recording"),
        (_, "visibility") => json!("public"),
        (Kind::Setlist, "items") => {
            json!([{ "id": "1", "position": 1, "type": "section", "sectionTitle": "New" }])
        }
        (_, "contacts" | "attendees" | "songs" | "reference_links") => json!([{ "id": "new" }]),
        (_, "settings") => json!({ "new": true }),
        _ => match kind_of {
            FieldType::Text => json!(format!("new {name}")),
            FieldType::Int => json!(4),
            FieldType::Bool => json!(true),
            FieldType::Time => json!("2027-03-04T19:30:00+00:00"),
            FieldType::Ref => json!("50000000-0000-4000-8000-000000000099"),
            FieldType::Json => json!(["new"]),
        },
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn d19_every_column_of_every_kind_that_can_be_written_arrives_and_is_unread() {
    let project = project().await;
    let (eric, sam) = (
        Phone::of(&project, "eric").await,
        Phone::of(&project, "sam").await,
    );
    let band = (Kind::Band, "bands", RowId(BAND.0));
    for (kind, _, id) in SEEDED.into_iter().chain([band]) {
        let writable = fields(kind)
            .iter()
            .filter(|field| field.merge != Merge::ReadOnly);
        let set: Values = writable
            .filter_map(|field| {
                Some((
                    field.name.to_owned(),
                    another(kind, field.name, field.kind)?,
                ))
            })
            .collect();
        let before = shown(&sam, kind, id).await;
        let all_new = set
            .iter()
            .all(|(name, value)| before.get(name) != Some(value));
        assert!(all_new, "{kind}: {set:?} against {before:?}");
        let workspace = eric.workspace();
        assert!(workspace.change(kind, id, set.clone()).await.unwrap());
        for (name, value) in &set {
            shows(&sam, kind, id, name, value).await;
        }
    }
    let unread = sam.workspace().unread().next().await.unwrap().unwrap();
    for kind in Kind::CONTENT {
        let count = unread
            .iter()
            .find(|count| count.scope == BAND && count.kind == kind);
        assert_eq!(
            count.map(|count| count.count),
            Some(1),
            "{kind}: {unread:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn d19_memberships_and_read_marks_arrive_too() {
    let project = project().await;
    let (eric, sam, sams_tablet) = (
        Phone::of(&project, "eric").await,
        Phone::of(&project, "sam").await,
        Phone::of(&project, "sam").await,
    );
    let noel = server::member(3).parse().unwrap();
    let client = eric.client();
    client
        .set_member_role(BAND, noel, Role::Viewer)
        .await
        .unwrap();
    eventually("Sam sees the role", PATIENCE, || async {
        let members = first(sam.workspace().members(ScopeId(BAND.0), false)).await;
        let noel = members
            .into_iter()
            .find(|member| member.user == Some(noel))?;
        (noel.role == Some(Role::Viewer)).then_some(())
    })
    .await;
    eric.change_song(WONDERWALL, json!({ "key": "Dm" })).await;
    sams_tablet.sees("Wonderwall", |song| song.unread).await;
    sam.sees("Wonderwall", |song| song.unread).await;
    sam.workspace()
        .mark_read(Kind::Song, WONDERWALL)
        .await
        .unwrap();
    sams_tablet.sees("Wonderwall", |song| !song.unread).await;
}
