//! Sign-in, refresh and sign-out by the official client.

use std::time::Duration;

use rockon_local_stack::{Contents, ProjectConfig, Timing};
use rockon_tests::js::Js;
use rockon_tests::{fast, project, project_with};
use serde_json::json;

#[tokio::test]
async fn the_js_client_signs_in_and_a_wrong_password_is_its_typed_error() {
    let project = project().await;
    let Some(mut js) = Js::of(&project).await else {
        return;
    };
    let seen = js
        .run(
            r#"
            const email = "eric@rock-on.test";
            const wrong = await db.auth.signInWithPassword({ email, password: "wrong" });
            const right = await db.auth.signInWithPassword({ email, password: "rock-on-demo" });
            const user = await db.auth.getUser();
            const { name, status, code, message } = wrong.error;
            return {
                wrong: { name, status, code, message, data: wrong.data },
                error: right.error,
                type: right.data.session.token_type,
                left: right.data.session.expires_at - Math.floor(Date.now() / 1000),
                emails: [right.data.user.email, user.data.user.email],
            };"#,
        )
        .await;
    let wrong = json!({
        "name": "AuthApiError", "status": 400, "code": "invalid_credentials",
        "message": "Invalid login credentials",
        "data": {"user": null, "session": null},
    });
    assert_eq!(seen["wrong"], wrong);
    assert_eq!(
        (&seen["error"], &seen["type"]),
        (&json!(null), &json!("bearer"))
    );
    assert_eq!(
        seen["emails"],
        json!(["eric@rock-on.test", "eric@rock-on.test"])
    );
    let left = seen["left"].as_i64().unwrap();
    assert!((3590..=3600).contains(&left), "an hour, not {left} s");
}

#[tokio::test]
async fn the_js_client_refreshes_a_session_near_its_end_before_it_uses_it() {
    // The client refreshes within 90 s of the end: a token of a minute is always near it.
    let timing = Timing {
        access_token: Duration::from_mins(1),
        ..Timing::fast()
    };
    let config = ProjectConfig {
        contents: Contents::Seeded,
        timing,
        ..fast()
    };
    let project = project_with(config).await;
    let Some(mut js) = Js::of(&project).await else {
        return;
    };
    let seen = js
        .run(
            r#"
            const events = [];
            db.auth.onAuthStateChange((event) => { events.push(event); });
            const first = (await signIn("eric")).session;
            const { data, error } = await db.auth.getSession();
            const read = await db.from("songs").select("title").eq("title", "Wonderwall");
            return {
                error, events, titles: read.data,
                rotated: data.session.refresh_token !== first.refresh_token,
            };"#,
        )
        .await;
    assert_eq!(
        (&seen["error"], &seen["rotated"]),
        (&json!(null), &json!(true)),
        "{seen}"
    );
    assert_eq!(seen["titles"], json!([{"title": "Wonderwall"}]));
    let events = seen["events"].as_array().unwrap();
    assert!(events.contains(&json!("TOKEN_REFRESHED")), "{events:?}");
}

#[tokio::test]
async fn a_token_the_server_holds_for_expired_is_an_error_until_the_js_client_refreshes() {
    let project = project().await;
    let Some(mut js) = Js::signed_in(&project, "eric").await else {
        return;
    };
    project.expire_tokens();
    let read = r#"
        const { data, error, status } = await db.from("songs").select("id").limit(1);
        return { status, code: error?.code, message: error?.message, rows: data?.length };"#;
    assert_eq!(
        js.run(read).await,
        json!({"status": 401, "code": "PGRST303", "message": "JWT expired"})
    );
    // Tokens count whole seconds: a new one must be younger than the expired.
    project.clock().set_offset_ms(2_000);
    let refreshed = js
        .run("return (await db.auth.refreshSession()).error")
        .await;
    assert_eq!(refreshed, json!(null));
    assert_eq!(js.run(read).await, json!({"status": 200, "rows": 1}));
}

#[tokio::test]
async fn after_sign_out_the_js_client_is_nobody_and_its_session_is_gone_on_the_server() {
    let project = project().await;
    let Some(mut js) = Js::signed_in(&project, "eric").await else {
        return;
    };
    let seen = js
        .run(
            r#"
            const events = [];
            db.auth.onAuthStateChange((event) => { events.push(event); });
            const { session } = (await db.auth.getSession()).data;
            const { error } = await db.auth.signOut();
            const read = await db.from("songs").select("id");
            const other = await client().auth.refreshSession({ refresh_token: session.refresh_token });
            return {
                error, events,
                session: (await db.auth.getSession()).data.session,
                read: [read.status, read.error?.code],
                refresh: [other.error?.status, other.error?.code],
            };"#,
        )
        .await;
    assert_eq!(
        (&seen["error"], &seen["session"]),
        (&json!(null), &json!(null))
    );
    let events = seen["events"].as_array().unwrap();
    assert!(events.contains(&json!("SIGNED_OUT")), "{events:?}");
    assert_eq!(seen["read"], json!([401, "42501"]), "anon may read nothing");
    assert_eq!(seen["refresh"], json!([400, "refresh_token_not_found"]));
}
