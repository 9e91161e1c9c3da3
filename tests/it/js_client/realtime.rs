//! Channels of the official client among themselves.

use rockon_tests::js::Js;
use rockon_tests::phone::BAND;
use rockon_tests::project;
use serde_json::json;

#[tokio::test]
async fn a_broadcast_of_one_js_client_reaches_another_and_itself_only_if_asked() {
    let project = project().await;
    let Some(mut js) = Js::of(&project).await else {
        return;
    };
    let seen = js
        .run(
            r#"
            const heard = { own: [], other: [] };
            const join = async (who, config) => {
                const channel = client().channel("rehearsal", { config: { broadcast: config } });
                channel.on("broadcast", { event: "tempo" }, ({ payload }) => heard[who].push(payload));
                return [channel, await subscribed(channel)];
            };
            const [own, first] = await join("own", { self: true, ack: true });
            const [other, second] = await join("other", {});
            const sent = await own.send({ type: "broadcast", event: "tempo", payload: { bpm: 120 } });
            await until("both hear it", () => heard.own.length && heard.other.length);
            await other.send({ type: "broadcast", event: "tempo", payload: { bpm: 90 } });
            await until("the first hears the second", () => heard.own.length === 2);
            // A second round trip: what the other had been sent before it has come.
            await own.send({ type: "broadcast", event: "tempo", payload: { bpm: 60 } });
            await until("the end", () => heard.other.some((p) => p.bpm === 60));
            return { first, second, sent, heard: { own: heard.own.map((p) => p.bpm), other: heard.other.map((p) => p.bpm) } };"#,
        )
        .await;
    assert_eq!(
        (&seen["first"]["status"], &seen["second"]["status"]),
        (&json!("SUBSCRIBED"), &json!("SUBSCRIBED"))
    );
    assert_eq!(seen["sent"], json!("ok"));
    assert_eq!(seen["heard"]["other"], json!([120, 60]));
    assert_eq!(seen["heard"]["own"], json!([120, 90, 60]));
}

#[tokio::test]
async fn js_clients_see_each_other_come_and_go_by_presence() {
    let project = project().await;
    let Some(mut js) = Js::of(&project).await else {
        return;
    };
    let seen = js
        .run(
            r#"
            const events = [];
            const join = async (key) => {
                const channel = client().channel("stage", { config: { presence: { key } } });
                channel.on("presence", { event: "sync" }, () => {});
                if (key === "eric") {
                    channel.on("presence", { event: "join" }, (e) => events.push(["join", e.key]));
                    channel.on("presence", { event: "leave" }, (e) => events.push(["leave", e.key]));
                }
                await subscribed(channel);
                await channel.track({ plays: key });
                return channel;
            };
            const eric = await join("eric");
            await until("eric sees himself", () => eric.presenceState().eric);
            const sam = await join("sam");
            await until("eric sees sam", () => eric.presenceState().sam);
            await until("sam sees eric", () => sam.presenceState().eric);
            const plays = eric.presenceState().sam.map((meta) => meta.plays);
            await sam.untrack();
            await until("sam is gone", () => !eric.presenceState().sam);
            return { plays, events };"#,
        )
        .await;
    assert_eq!(seen["plays"], json!(["sam"]));
    assert_eq!(
        seen["events"],
        json!([["join", "eric"], ["join", "sam"], ["leave", "sam"]])
    );
}

#[tokio::test]
async fn the_private_channel_of_a_band_takes_the_js_client_of_a_member_and_no_stranger() {
    let project = project().await;
    let Some(mut js) = Js::of(&project).await else {
        return;
    };
    let seen = js
        .with(
            r#"
            const topic = `scope:${args.band}`;
            const join = async (db) => {
                await db.realtime.setAuth();
                return subscribed(db.channel(topic, { config: { private: true } }));
            };
            const anon = await join(client());
            await signIn("eric");
            const member = await join(db);
            return { anon, member };"#,
            json!({ "band": BAND.0 }),
        )
        .await;
    assert_eq!(seen["member"]["status"], json!("SUBSCRIBED"));
    assert_eq!(seen["anon"]["status"], json!("CHANNEL_ERROR"));
    let error = seen["anon"]["error"].as_str().unwrap();
    let reason = format!(
        "Unauthorized: You do not have permissions to read from this Channel topic: scope:{}",
        BAND.0
    );
    assert!(error.contains(&reason), "{error}");
}
