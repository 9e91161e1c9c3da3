//! A real browser: a page of another origin uses the stack by the official client. What a test of answers cannot show is
//! whether a browser lets a page read them.

use rockon_core::model::Kind;
use rockon_tests::js::Js;
use rockon_tests::phone::{BAND, Phone};
use rockon_tests::project;
use serde_json::json;

/// Sam signs in, reads and writes, and is refused what an app is refused.
const USE: &str = r#"
    const wrong = await db.auth.signInWithPassword({ email: "sam@rock-on.test", password: "wrong" });
    await signIn("sam");
    const created_by = (await db.auth.getUser()).data.user.id;
    const song = { title: "From a Page", context_type: "band", context_id: args.band, created_by };
    const insert = await db.from("songs").insert(song).select("id").single();
    const update = await db.from("songs").update({ key: "Eb" }).eq("id", insert.data.id).select("title, key");
    const page = await db.from("songs").select("title", { count: "exact" }).eq("artist", "Oasis").range(0, 1);
    const all = await db.from("songs").update({ key: "C" });
    const missing = await db.rpc("no_such_function");
    const remove = await db.from("songs").delete().eq("id", insert.data.id);
    return {
        here: location.origin === new URL(args.url).origin,
        wrong: [wrong.error.status, wrong.error.code],
        insert: insert.status, update: update.data, page: [page.count, page.data.length],
        all: [all.status, all.error.code], missing: missing.error.code, remove: remove.status,
    };"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_origin_signs_in_reads_writes_and_hears_of_a_phones_edit() {
    let project = project().await;
    let Some(mut page) = Js::in_browser(&project).await else {
        return;
    };
    let args = json!({ "band": BAND.0, "url": project.url() });
    let seen = page.with(USE, args).await;
    let wanted = json!({
        "here": false, "wrong": [400, "invalid_credentials"],
        "insert": 201, "update": [{ "title": "From a Page", "key": "Eb" }], "page": [9, 2],
        "all": [400, "21000"], "missing": "PGRST202", "remove": 204,
    });
    assert_eq!(seen, wanted);
    let joined = page
        .with(
            r#"
            keep.heard = [];
            await db.realtime.setAuth();
            const channel = db.channel(`scope:${args.band}`, { config: { private: true } });
            channel.on("broadcast", { event: "hint" }, ({ payload }) => keep.heard.push(payload.scope));
            return (await subscribed(channel)).status;"#,
            json!({ "band": BAND.0 }),
        )
        .await;
    assert_eq!(joined, json!("SUBSCRIBED"));
    let phone = Phone::of(&project, "eric").await;
    let id = phone.add_song("From a Phone").await;
    let read = r#"
        await until("a hint", () => keep.heard.length);
        return (await db.from("songs").select("title").eq("id", args.id).single()).data.title;"#;
    let title = page.with(read, json!({ "id": id.0 })).await;
    assert_eq!(title, json!("From a Phone"));
    phone.workspace().delete(Kind::Song, id).await.unwrap();
    page.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_signs_in_by_the_code_of_a_mail_and_can_give_no_order() {
    let project = project().await;
    let Some(mut page) = Js::in_browser(&project).await else {
        return;
    };
    let sent = page
        .run(r#"return (await db.auth.signInWithOtp({ email: "sam@rock-on.test" })).error"#)
        .await;
    assert_eq!(sent, json!(null));
    let code = project.mails()[0].code.clone();
    let verify = r#"
        const { data, error } = await db.auth.verifyOtp({ email: "sam@rock-on.test", token: args.token, type: "email" });
        return { email: data.user?.email, code: error?.code };"#;
    let right = page.with(verify, json!({ "token": code })).await;
    assert_eq!(right, json!({ "email": "sam@rock-on.test" }));
    let again = page.with(verify, json!({ "token": code })).await;
    assert_eq!(again, json!({ "code": "otp_expired" }));
    let order = r#"
        const ask = (path, headers) => fetch(args.url + path, { headers }).then((a) => a.status, (e) => e.name);
        return [
            await ask("/auth/v1/health", { apikey: args.anon }),
            await ask("/admin/mail", { authorization: `Bearer ${args.admin}` }),
            await ask("/admin/mail", {}),
        ];"#;
    let args =
        json!({ "url": project.url(), "anon": project.anon_key(), "admin": project.admin_key() });
    let seen = page.with(order, args).await;
    assert_eq!(seen, json!([200, "TypeError", "TypeError"]));
    page.end().await;
}
