//! The official client and a phone of ours side by side: each gets what the other changes.

use rockon_core::model::{Kind, RowId};
use rockon_local_stack::Project;
use rockon_tests::js::Js;
use rockon_tests::phone::{BAND, PATIENCE, Phone};
use rockon_tests::{eventually, project};
use serde_json::json;

/// Sam's browser and Eric's phone.
async fn both(project: &Project) -> Option<(Js, Phone)> {
    let js = Js::signed_in(project, "sam").await?;
    Some((js, Phone::of(project, "eric").await))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_js_client_gets_every_change_of_a_song_made_by_our_core() {
    let project = project().await;
    let Some((mut js, phone)) = both(&project).await else {
        return;
    };
    let publish = "alter publication supabase_realtime add table public.songs"; // as a web app does
    let owner = project.connect("postgres").await.unwrap();
    owner.batch_execute(publish).await.unwrap();
    let ready = js
        .run(
            r#"
            keep.events = [];
            const channel = db.channel("songs");
            const live = new Promise((resolve) => channel.on("system", {}, (m) => m.extension === "postgres_changes" && resolve(m)));
            channel.on("postgres_changes", { event: "*", schema: "public", table: "songs" }, (e) => keep.events.push(e));
            const joined = await subscribed(channel);
            return [joined.status, (await live).message];"#,
        )
        .await;
    assert_eq!(ready, json!(["SUBSCRIBED", "Subscribed to PostgreSQL"]));
    let id = phone.add_song("Made by the Phone").await;
    let event = r"
        const e = await until(args.type, () => keep.events.find((e) => e.eventType === args.type && (e.new.id ?? e.old.id) === args.id));
        return { schema: e.schema, table: e.table, title: e.new.title, key: e.new.key, old: e.old, errors: e.errors };";
    let wait = |kind: &str| json!({ "type": kind, "id": id.0 });
    let insert = js.with(event, wait("INSERT")).await;
    assert_eq!(
        insert,
        json!({"schema": "public", "table": "songs", "title": "Made by the Phone", "key": "G", "old": {}, "errors": null})
    );
    phone.change_song(id, json!({ "key": "A" })).await;
    let update = js.with(event, wait("UPDATE")).await;
    assert_eq!(
        (&update["key"], &update["old"]),
        (&json!("A"), &json!({ "id": id.0 }))
    );
    phone.workspace().delete(Kind::Song, id).await.unwrap();
    let delete = js.with(event, wait("DELETE")).await;
    assert_eq!(delete["old"], json!({ "id": id.0 }), "only the key");
    let order = js.run("return keep.events.map((e) => e.eventType)").await;
    assert_eq!(order, json!(["INSERT", "UPDATE", "DELETE"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_js_client_hears_the_hint_of_a_phones_edit_on_the_private_channel() {
    let project = project().await;
    let Some((mut js, phone)) = both(&project).await else {
        return;
    };
    let joined = js
        .with(
            r#"
            keep.hints = [];
            await db.realtime.setAuth();
            const channel = db.channel(`scope:${args.band}`, { config: { private: true } });
            channel.on("broadcast", { event: "hint" }, (message) => keep.hints.push(message.payload));
            return (await subscribed(channel)).status;"#,
            json!({ "band": BAND.0 }),
        )
        .await;
    assert_eq!(joined, json!("SUBSCRIBED"));
    phone.add_song("Hinted").await;
    let hint = js
        .run(r#"await until("a hint", () => keep.hints.length); return keep.hints[0]"#)
        .await;
    let admin = project.admin().await.unwrap();
    let head = admin
        .query_one(
            "select rev, epoch::text from sync_head where scope_id = $1",
            &[&BAND.0],
        )
        .await
        .unwrap();
    assert_eq!(
        (&hint["scope"], &hint["rev"], &hint["epoch"]),
        (
            &json!(BAND.0),
            &json!(head.get::<_, i64>(0)),
            &json!(head.get::<_, String>(1))
        )
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_writes_of_the_js_client_reach_the_phone_with_author_notice_and_unread_dot() {
    let project = project().await;
    let Some((mut js, phone)) = both(&project).await else {
        return;
    };
    let id = js
        .with(
            r#"
            const created_by = (await db.auth.getUser()).data.user.id;
            const song = { title: "From the Browser", context_type: "band", context_id: args.band, created_by };
            const { data, error } = await db.from("songs").insert(song).select("id").single();
            if (error) throw new Error(error.message);
            return data.id;"#,
            json!({ "band": BAND.0 }),
        )
        .await;
    let song = phone.sees("From the Browser", |song| song.unread).await;
    assert_eq!(json!(song.id.0), id);
    assert_eq!(
        phone.hears("From the Browser").await,
        "Sam added \"From the Browser\""
    );
    phone
        .workspace()
        .mark_read(Kind::Song, song.id)
        .await
        .unwrap();
    phone.sees("From the Browser", |song| !song.unread).await;

    let update =
        r#"return (await db.from("songs").update({ key: "Eb" }).eq("id", args.id)).status"#;
    assert_eq!(js.with(update, json!({ "id": id })).await, json!(204));
    let song = phone
        .sees("From the Browser", |song| song.key.as_deref() == Some("Eb"))
        .await;
    assert!(song.unread, "unread again");

    let remove = r#"return (await db.from("songs").delete().eq("id", args.id)).status"#;
    assert_eq!(js.with(remove, json!({ "id": id })).await, json!(204));
    gone(&phone, song.id).await;
    phone.hears("deleted").await;
}

async fn gone(phone: &Phone, id: RowId) {
    eventually("the song is gone", PATIENCE, || async {
        let song = phone.song("From the Browser").await;
        song.is_none_or(|song| song.id != id).then_some(())
    })
    .await;
}
