//! Shows and practices in one list.

use super::*;
use crate::store::CalendarEntry;

/// Noon of 2 December 2026.
const NOW: Timestamp = Timestamp(1_796_212_800_000);

fn row(n: u128, name: &str, when: Option<&str>) -> Values {
    values(
        json!({ "id": id(n), "name": name, "notes": name, "scheduled_date": when, "sync_rev": 5,
        "status": if name == "off" { "cancelled" } else { "scheduled" } }),
    )
}

async fn with(shows: Vec<Values>, practices: Vec<Values>) -> Fixture {
    let mut first = page(5, vec![]);
    let rows = [("show", shows), ("practice", practices)];
    first.scopes[0].rows = rows.map(|(kind, rows)| (kind.to_owned(), rows)).into();
    let f = fixture();
    f.pull(first).await;
    f
}

/// Shows by name and practices by their notes; `-` before what has passed.
async fn listed(f: &Fixture, limit: u32) -> Vec<String> {
    let entries = f.store.read(move |r| r.calendar(Some(BAND), NOW, limit));
    let one = |entry: CalendarEntry| match entry {
        CalendarEntry::OfShow { show, is_past } => (show.name, is_past),
        CalendarEntry::OfPractice { practice, is_past } => {
            (practice.notes.unwrap_or_default(), is_past)
        }
    };
    let entries = entries.await.unwrap().into_iter().map(one);
    entries
        .map(|(name, is_past)| format!("{}{name}", if is_past { "-" } else { "" }))
        .collect()
}

#[tokio::test]
async fn what_comes_is_first_then_what_has_passed_and_what_has_no_time_is_last() {
    let f = with(
        vec![
            row(1, "far", Some("2027-01-01T20:00:00+00:00")),
            row(2, "yesterday", Some("2026-12-01T20:00:00+00:00")),
            row(3, "soon", Some("soon")),
            row(4, "off", Some("2026-12-02T14:00:00+01:00")),
        ],
        vec![
            row(5, "tonight", Some("2026-12-02T19:00:00+00:00")),
            row(6, "just over", Some("2026-12-02T12:59:59+01:00")),
            row(7, "last year", Some("2025-12-02T12:00:00+00:00")),
            row(8, "never", None),
        ],
    )
    .await;
    let all = [
        "off",
        "tonight",
        "far",
        "-just over",
        "-yesterday",
        "-last year",
        "soon",
        "never",
    ];
    assert_eq!(listed(&f, u32::MAX).await, all);
    for limit in 0..=8 {
        let shown = listed(&f, limit).await;
        assert_eq!(shown, all[..usize::try_from(limit).unwrap()]);
    }
    let count = f.store.read(|r| r.count_calendar(Some(BAND)));
    assert_eq!(count.await, Ok(8));
    let elsewhere = f.store.read(|r| r.count_calendar(Some(ME.into())));
    assert_eq!(elsewhere.await, Ok(0));
    let everywhere = f.store.read(|r| r.calendar(None, NOW, 9));
    assert_eq!(everywhere.await.unwrap().len(), 8);
}
