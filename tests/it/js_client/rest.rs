//! Tables and functions through the official client.

use rockon_tests::js::Js;
use rockon_tests::phone::BAND;
use rockon_tests::project;
use serde_json::{Value, json};

#[tokio::test]
async fn the_js_client_reads_with_filters_order_range_and_count() {
    let project = project().await;
    let Some(mut js) = Js::signed_in(&project, "eric").await else {
        return;
    };
    let seen = js
        .run(
            r#"
            const songs = () => db.from("songs").select("title");
            const titles = ({ data, error }) => { if (error) throw new Error(error.message); return data.map((s) => s.title); };
            const count = await db.from("songs").select("*", { count: "exact", head: true }).eq("artist", "Oasis");
            const page = await db.from("songs").select("title, tempo", { count: "exact" })
                .eq("artist", "Oasis").order("tempo", { ascending: false }).range(1, 2);
            return {
                count: [count.count, count.status, count.data],
                page: [page.count, page.status, page.data],
                gte: titles(await songs().eq("artist", "Oasis").gte("tempo", 121).order("title")),
                in: titles(await songs().in("title", ["Yellow", "Don't Look Back in Anger", "no such, song"]).order("title")),
                ilike: titles(await songs().ilike("title", "%brightside%")),
                or: titles(await songs().or("title.eq.Creep,and(artist.eq.Blur,key.eq.E)").order("title")),
                not: titles(await songs().eq("artist", "Blur").not("key", "in", "(E,F)")),
                is: titles(await songs().eq("artist", "Blur").is("notes", null).order("title").limit(1)),
                none: titles(await songs().eq("title", "no such song")),
            };"#,
        )
        .await;
    assert_eq!(seen["count"], json!([9, 200, null]));
    assert_eq!(
        seen["page"],
        json!([9, 206, [{"title": "Acquiesce", "tempo": 121}, {"title": "She's Electric", "tempo": 113}]])
    );
    assert_eq!(seen["gte"], json!(["Acquiesce", "Some Might Say"]));
    assert_eq!(seen["in"], json!(["Don't Look Back in Anger", "Yellow"]));
    assert_eq!(seen["ilike"], json!(["Mr. Brightside"]));
    assert_eq!(seen["or"], json!(["Creep", "Parklife"]));
    assert_eq!(seen["not"], json!(["Song 2"]));
    assert_eq!(seen["is"], json!(["Coffee & TV"]));
    assert_eq!(seen["none"], json!([]));
}

#[tokio::test]
async fn single_and_maybe_single_of_the_js_client_tell_none_one_and_many() {
    let project = project().await;
    let Some(mut js) = Js::signed_in(&project, "eric").await else {
        return;
    };
    let seen = js
        .run(
            r#"
            const songs = (artist) => db.from("songs").select("title").eq("artist", artist);
            const told = ({ data, error, status }) => [status, error?.code ?? null, data];
            return [
                told(await songs("The Strokes").eq("title", "Reptilia").single()),
                told(await songs("nobody").single()),
                told(await songs("Oasis").single()),
                told(await songs("Oasis").eq("title", "Acquiesce").maybeSingle()),
                told(await songs("nobody").maybeSingle()),
                told(await songs("Oasis").maybeSingle()),
                told(await db.from("no_such_table").select()),
                told(await db.from("songs").select("no_such_column")),
            ];"#,
        )
        .await;
    let wanted = json!([
        [200, null, {"title": "Reptilia"}],
        [406, "PGRST116", null],
        [406, "PGRST116", null],
        [200, null, {"title": "Acquiesce"}],
        [200, null, null],
        [406, "PGRST116", null],
        [404, "PGRST205", null],
        [400, "42703", null],
    ]);
    assert_eq!(seen, wanted);
}

#[tokio::test]
async fn the_js_client_inserts_upserts_updates_and_deletes() {
    let project = project().await;
    let Some(mut js) = Js::signed_in(&project, "eric").await else {
        return;
    };
    let seen = js
        .with(
            r#"
            const created_by = (await db.auth.getUser()).data.user.id;
            const song = (title) => ({ title, context_type: "band", context_id: args.band, created_by });
            const told = ({ data, error, status }) => [status, error?.code ?? null, data];
            const many = [0, 1].map((n) => ({ ...song(`Many ${n}`), id: crypto.randomUUID() }));
            const ids = many.map((song) => song.id);
            const one = (await db.from("songs").select("id, version").eq("title", "Creep").single()).data;
            return {
                quiet: told(await db.from("songs").insert(song("Quiet"))),
                insert: told(await db.from("songs").insert(many).select("title")),
                again: told(await db.from("songs").insert(many[0])),
                upsert: told(await db.from("songs").upsert({ ...many[0], title: "Many again" }).select("title").single()),
                ignore: told(await db.from("songs").upsert({ ...many[1], title: "ignored" }, { ignoreDuplicates: true }).select("title")),
                update: told(await db.from("songs").update({ tempo: 99, key: null }).eq("id", ids[0]).select("tempo, key").single()),
                version: (await db.from("songs").update({ tempo: 93 }).eq("id", one.id).select("version").single()).data.version - one.version,
                check: told(await db.from("songs").update({ difficulty: 9 }).eq("id", ids[0])),
                remove: told(await db.from("songs").delete().in("id", ids).select("title").order("title")),
                left: (await db.from("songs").select("id").in("id", ids)).data,
            };"#,
            json!({ "band": BAND.0 }),
        )
        .await;
    let wanted = json!({
        "quiet": [201, null, null], "version": 1, "left": [],
        "insert": [201, null, [{"title": "Many 0"}, {"title": "Many 1"}]],
        "again": [409, "23505", null],
        "upsert": [200, null, {"title": "Many again"}],
        "ignore": [201, null, []],
        "update": [200, null, {"tempo": 99, "key": null}],
        "check": [400, "23514", null],
        "remove": [200, null, [{"title": "Many 1"}, {"title": "Many again"}]],
    });
    assert_eq!(seen, wanted);
}

#[tokio::test]
async fn the_js_client_calls_sync_pull_and_gets_its_scopes_and_rows() {
    let project = project().await;
    let Some(mut js) = Js::signed_in(&project, "eric").await else {
        return;
    };
    let pulled = js
        .with(
            r#"
            const scopes = [{ id: args.band, cursor: null, epoch: null }];
            const request = { client_id: crypto.randomUUID(), scopes, limit: 50 };
            const { data, error, status } = await db.rpc("sync_pull", { request });
            return { error, status, data };"#,
            json!({ "band": BAND.0 }),
        )
        .await;
    assert_eq!(
        (&pulled["error"], &pulled["status"]),
        (&json!(null), &json!(200))
    );
    let scope = &pulled["data"]["scopes"][0];
    assert_eq!(scope["id"], json!(BAND.0), "{}", pulled["data"]);
    assert!(scope["head"].as_i64().unwrap() > 0);
    let missing = js
        .run(r#"const { error, status } = await db.rpc("no_such_function"); return [status, error.code]"#)
        .await;
    assert_eq!(missing, json!([404, "PGRST202"]));
}

#[tokio::test]
async fn a_viewers_writes_by_the_js_client_are_refused_and_change_nothing() {
    let project = project().await;
    let Some(mut js) = Js::signed_in(&project, "toni").await else {
        return;
    };
    let seen = js
        .with(
            r#"
            const created_by = (await db.auth.getUser()).data.user.id;
            const insert = await db.from("songs").insert({ title: "Mine", context_type: "band", context_id: args.band, created_by });
            const { name, code, message } = insert.error;
            const update = await db.from("songs").update({ key: "C" }).eq("title", "Wonderwall").select();
            const remove = await db.from("songs").delete().eq("title", "Wonderwall").select();
            const left = await db.from("songs").select("key").eq("title", "Wonderwall").single();
            return { insert: [insert.status, name, code, message], update: update.data, remove: remove.data, key: left.data.key };"#,
            json!({ "band": BAND.0 }),
        )
        .await;
    let text = "new row violates row-level security policy for table \"songs\"";
    let insert = seen["insert"].as_array().unwrap();
    assert_eq!(
        (&insert[0], &insert[2], &insert[3]),
        (&json!(403), &json!("42501"), &json!(text))
    );
    // As PostgreSQL does it: rows no policy lets one write are passed over without a word.
    assert_eq!((&seen["update"], &seen["remove"]), (&json!([]), &json!([])));
    assert_eq!(seen["key"], Value::from("F#m"));
}
