//! What a pull does to the rows.

use serde_json::json;

use super::super::Op;
use super::{fixture, id, page, song, values};

#[tokio::test]
async fn a_server_row_round_trips_verbatim_with_columns_nobody_here_knows() {
    let mut row = song(1, 5, "Wonderwall");
    row["tempo"] = json!(90.5);
    row["tuning_id"] = json!({"new": [1, 2]});
    let f = fixture().synced(5, vec![row.clone()]).await;
    let mut expected = values(row);
    expected.retain(|name, value| !value.is_null() && name != "sync_scope");
    assert_eq!(f.song(id(1)).await.unwrap(), expected);
}

#[tokio::test]
async fn a_pull_keeps_a_pending_edit_on_top_of_the_new_server_row() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    f.edit(id(1), Op::Update, json!({"key": "A"})).await;
    let mut newer = song(1, 6, "Wonderwall (live)");
    newer["key"] = json!("C");
    f.pull(page(6, vec![newer])).await;
    let shown = f.song(id(1)).await.unwrap();
    assert_eq!(
        (&shown["key"], &shown["title"]),
        (&json!("A"), &json!("Wonderwall (live)"))
    );
    assert_eq!(f.entries(id(1)).await[0].base, values(json!({"key": "G"})));
}
