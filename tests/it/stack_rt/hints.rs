//! The two transports of our own hint, with our migrations: broadcast from the database and changes of `sync_head`.

use rockon_local_stack::{Contents, Project, ProjectConfig};
use rockon_tests::ws::Ws;
use serde_json::{Value, json};
use tokio_postgres::Client;

use super::broadcasts::read;
use super::harness::{token, user};

struct Band {
    project: Project,
    sql: Client,
    id: String,
    member: String,
    stranger: String,
}

async fn band() -> Band {
    let config = ProjectConfig {
        contents: Contents::Seeded,
        ..rockon_tests::fast()
    };
    let project = rockon_tests::project_with(config).await;
    let sql = project.admin().await.unwrap();
    let row = sql
        .query_one(
            "select m.band_id::text, m.user_id::text, (select u.id::text from users u where not exists \
             (select from band_memberships o where o.user_id = u.id and o.band_id = m.band_id) limit 1) \
             from band_memberships m where m.status = 'active' and exists (select from users u where not exists \
             (select from band_memberships o where o.user_id = u.id and o.band_id = m.band_id)) order by m.role limit 1",
            &[],
        )
        .await
        .unwrap();
    Band {
        project,
        sql,
        id: row.get(0),
        member: row.get(1),
        stranger: row.get(2),
    }
}

impl Band {
    async fn socket(&self) -> Ws {
        let address = self.project.url().replace("http", "ws");
        let url = format!(
            "{address}/realtime/v1/websocket?apikey={}&vsn=2.0.0",
            self.project.anon_key()
        );
        Ws::open(&url, &[]).await.unwrap()
    }

    async fn change_a_song(&self) -> i64 {
        self.sql
            .execute(
                "update songs set notes = coalesce(notes, '') || '.' where context_id::text = $1",
                &[&self.id],
            )
            .await
            .unwrap();
        let head = "select rev from sync_head where scope_id::text = $1";
        self.sql.query_one(head, &[&self.id]).await.unwrap().get(0)
    }
}

fn private(who: &str) -> Value {
    json!({"config": {"private": true}, "access_token": user(who)})
}

#[tokio::test]
async fn a_member_gets_one_hint_for_a_transaction_over_the_broadcast_transport() {
    let band = band().await;
    let (mut ws, topic) = (band.socket().await, format!("scope:{}", band.id));
    assert_eq!(
        ws.join(&topic, private(&band.member)).await["status"],
        json!("ok")
    );
    // Many songs in one transaction: one hint, with the new head.
    let rev = band.change_a_song().await;
    let (wire, event, meta, payload) = read(&ws.bytes().await);
    assert_eq!(
        (wire, event.as_str()),
        (format!("realtime:{topic}"), "hint")
    );
    assert_eq!(
        (&payload["scope"], &payload["rev"]),
        (&json!(band.id), &json!(rev))
    );
    assert_eq!(meta["id"], payload["id"]);
    ws.silent().await;
    // Nobody may send, not even a member.
    ws.send(json!([topic, "2", format!("realtime:{topic}"), "broadcast", {"event": "hint"}]))
        .await;
    ws.silent().await;
    drop(band.sql);
    band.project.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_stranger_is_refused_and_a_removed_member_is_out_with_his_next_token() {
    let band = band().await;
    let (mut ws, topic) = (band.socket().await, format!("scope:{}", band.id));
    let refused = ws.join(&topic, private(&band.stranger)).await;
    assert!(
        refused["response"]["reason"]
            .as_str()
            .unwrap()
            .starts_with("Unauthorized: "),
        "{refused}"
    );
    ws.join(&topic, private(&band.member)).await;
    let remove = "update band_memberships set status = 'inactive' where user_id::text = $1 and band_id::text = $2";
    band.sql
        .execute(remove, &[&band.member, &band.id])
        .await
        .unwrap();
    assert_eq!(read(&ws.bytes().await).1, "hint");
    let next =
        token(&json!({"role": "authenticated", "sub": band.member, "exp": 9_999_999_998_u64}));
    ws.send(
        json!([topic, "2", format!("realtime:{topic}"), "access_token", {"access_token": next}]),
    )
    .await;
    assert_eq!(ws.json().await[3], json!("system"));
    assert_eq!(ws.json().await[3], json!("phx_close"));
    drop(band.sql);
    band.project.shutdown().await.unwrap();
}

#[tokio::test]
async fn the_changes_transport_shows_the_head_to_members_only() {
    let band = band().await;
    let (mut member, mut stranger) = (band.socket().await, band.socket().await);
    let filter = format!("scope_id=eq.{}", band.id);
    let entries =
        json!([{"event": "*", "schema": "public", "table": "sync_head", "filter": filter}]);
    for (ws, who) in [(&mut member, &band.member), (&mut stranger, &band.stranger)] {
        let payload = json!({"config": {"postgres_changes": entries}, "access_token": user(who)});
        ws.subscribe("heads", payload).await;
    }
    let rev = band.change_a_song().await;
    let frame = member.json().await;
    let data = &frame[4]["data"];
    assert_eq!(
        (&data["table"], &data["type"]),
        (&json!("sync_head"), &json!("UPDATE"))
    );
    assert_eq!(
        (&data["record"]["scope_id"], &data["record"]["rev"]),
        (&json!(band.id), &json!(rev))
    );
    stranger.silent().await;
    drop(band.sql);
    band.project.shutdown().await.unwrap();
}
