//! A member who writes whatever JSON there is into every column that takes some, by both ways: every other row arrives on
//! every phone, every time.
#![expect(
    clippy::too_many_lines,
    reason = "lists and scenarios are read from top to bottom, and formatting makes their JSON and SQL tall"
)]

use reqwest::Method;
use rockon_core::error::Error;
use rockon_core::model::{Kind, RowId};
use rockon_local_stack::Project;
use rockon_tests::phone::{BAND, PATIENCE, Phone};
use rockon_tests::{eventually, http, project};
use serde_json::json;

use crate::cli::{EMAIL, PASSWORD, text, with_input};
use crate::server;

/// The columns of the band's rows that hold JSON, with what else a new row needs.
const COLUMNS: [(&str, &str, &str, &str); 5] = [
    (
        "songs",
        "song",
        "reference_links",
        r#""title":"hostile","context_type":"band","context_id":BAND,"created_by":ME"#,
    ),
    (
        "setlists",
        "setlist",
        "items",
        r#""name":"hostile","band_id":BAND,"context_id":BAND,"created_by":ME"#,
    ),
    (
        "shows",
        "show",
        "contacts",
        r#""name":"hostile","band_id":BAND,"created_by":ME,"scheduled_date":"2027-01-01""#,
    ),
    (
        "practice_sessions",
        "practice",
        "songs",
        r#""type":"rehearsal","band_id":BAND,"scheduled_date":"2027-01-01""#,
    ),
    (
        "practice_sessions",
        "practice",
        "attendees",
        r#""type":"rehearsal","band_id":BAND,"scheduled_date":"2027-01-01""#,
    ),
];

/// JSON that hurts some reader of it: too large, too deep, too long, or what a library takes for its own.
fn hostile() -> Vec<String> {
    let mut cores = Vec::new();
    for exponent in [308, 309, 310, 400, 999, 5_000, 100_000] {
        cores.extend([
            format!("1e{exponent}"),
            format!("-1E+{exponent}"),
            format!("1e-{exponent}"),
        ]);
    }
    for digits in [17, 20, 39, 309, 400, 5_000] {
        cores.push("9".repeat(digits));
        cores.push(format!("0.{}1", "0".repeat(digits)));
    }
    for number in [
        "9007199254740993",
        "9223372036854775808",
        "18446744073709551616",
        "-9223372036854775809",
        "1.7976931348623159e308",
        "-0.0",
        "5e-324",
    ] {
        cores.push(number.to_owned());
    }
    for depth in [32, 33, 122, 127, 128, 129, 1_000, 4_000] {
        cores.push(format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
        cores.push(format!(
            "{}1{}",
            r#"{"a":"#.repeat(depth),
            "}".repeat(depth)
        ));
        cores.push(format!(
            "{}1e400{}",
            r#"[{"a":"#.repeat(depth / 2),
            "}]".repeat(depth / 2)
        ));
    }
    for key in [
        "$serde_json::private::RawValue",
        "$serde_json::private::Number",
        "__proto__",
        "",
    ] {
        for value in ["1", r#""1e400""#, r#""not JSON""#, "[]"] {
            cores.push(format!(r#"{{"{key}":{value}}}"#));
        }
    }
    for word in [
        r#""\uffff\ufffe\u202e""#,
        r#""\u0000""#,
        r#""\ud800""#,
        "true",
        "null",
        "{}",
        r#""🎸""#,
    ] {
        cores.push(word.to_owned());
    }
    let mut all = Vec::new();
    for core in cores {
        all.push(format!(
            r#"[{{"id":"1","type":"break","position":1,"breakDuration":{core}}}]"#
        ));
        all.push(format!("[{core}]"));
        all.push(core);
    }
    // Once each: what costs in them is their size.
    all.push(format!("[{}]", vec!["0"; 60_000].join(",")));
    all.push(format!(r#""{}""#, "x".repeat(300_000)));
    all.push(format!(r#""{}""#, r"\u0001".repeat(40_000)));
    all
}

fn bearer(project: &Project) -> String {
    let exp = project.clock().unix() + 3600;
    let claims = json!({ "role": "authenticated", "sub": server::member(2), "exp": exp });
    project.keys().sign(&claims).unwrap()
}

async fn post(project: &Project, path: &str, body: String) -> u16 {
    let request = http::app(project, Method::POST, path).bearer_auth(bearer(project));
    let request = request
        .header("content-type", "application/json")
        .body(body);
    http::send(request).await.status
}

fn row(template: &str) -> String {
    let me = format!(r#""{}""#, server::member(2));
    template
        .replace("BAND", &format!(r#""{BAND}""#))
        .replace("ME", &me)
}

/// Writes a value into every column by plain REST; how many were taken.
async fn by_rest(project: &Project, value: &str) -> usize {
    let mut taken = 0;
    for (table, _, column, template) in COLUMNS {
        let body = format!(r#"{{{},"{column}":{value}}}"#, row(template));
        let status = post(project, &format!("/rest/v1/{table}"), body).await;
        assert!(status < 500, "{table}.{column}: {status} for {value:.60}");
        taken += usize::from(status < 300);
    }
    taken
}

/// The same by one push with a mutation a column, and one that is good.
async fn by_push(project: &Project, value: &str) {
    let edits = (1..).zip(COLUMNS).map(|(n, (_, kind, column, template))| {
        let set = format!(r#"{{{},"{column}":{value}}}"#, row(template));
        format!(
            r#"{{"n":{n},"kind":"{kind}","op":"insert","id":"{}","base_rev":0,"set":{set}}}"#,
            RowId::fresh()
        )
    });
    let edits: Vec<String> = edits.collect();
    let body = format!(
        r#"{{"request":{{"client_id":"{}","scope":"{BAND}","acked":0,"mutations":[{}]}}}}"#,
        uuid::Uuid::new_v4(),
        edits.join(",")
    );
    let status = post(project, "/rest/v1/rpc/sync_push", body).await;
    assert!(status < 500, "{status} for {value:.60}");
}

/// Writes rows with triggers off: what was in the tables before anything was checked.
async fn before_checks(project: &Project, sql: &str) {
    let (cluster, database) = (&project.shared().cluster, project.database());
    let config = cluster.connect_config("supabase_admin", database);
    let (client, connection) = config.connect(tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let all = format!("set session_replication_role = replica; {sql}");
    client.batch_execute(&all).await.unwrap();
}

/// Puts a value into a song without any check, in a revision of its own.
async fn plant(project: &Project, song: RowId, column: &str, value: &str) {
    let sql = format!(
        "update sync_head set rev = rev + 1 where scope_id = '{BAND}';
         update songs set {column} = '{}', sync_rev = (select rev from sync_head where scope_id = '{BAND}') where id = '{song}'",
        value.replace('\'', "''")
    );
    before_checks(project, &sql).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_json_a_member_writes_every_other_row_arrives_on_every_phone() {
    let project = project().await;
    let sam = Phone::of(&project, "sam").await;
    let values = hostile();
    assert!(values.len() >= 200, "{}", values.len());
    let mut taken = 0;
    for (n, chunk) in values.chunks(16).enumerate() {
        for value in chunk {
            taken += by_rest(&project, value).await;
            by_push(&project, value).await;
        }
        let canary = format!("Canary {n}");
        let insert = format!(
            "insert into songs (title, context_id, created_by) values ('{canary}', '{BAND}', '{}')",
            server::member(1)
        );
        server::act_as(&project, 1, &insert).await;
        sam.sees(&canary, |_| true).await;
    }
    let writes = values.len() * COLUMNS.len();
    assert!(
        taken > 0 && taken < writes / 2,
        "{taken} of {writes} were taken"
    );
    let eric = Phone::of(&project, "eric").await;
    for phone in [&sam, &eric] {
        phone.caught_up().await;
        let sql = format!("select count(*) from songs where sync_scope = '{BAND}'");
        let all = usize::try_from(server::count(&project, &sql).await).unwrap();
        let query = rockon_core::store::SongQuery {
            scope: Some(BAND),
            limit: 10_000,
            ..Default::default()
        };
        let songs = rockon_tests::phone::first(phone.workspace().songs(query)).await;
        assert_eq!(
            songs.len(),
            all,
            "every row, also those that hold such a value"
        );
        let status = phone.client().status_now().await.unwrap();
        assert_eq!(status.sync.and_then(|sync| sync.error), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn values_from_before_the_checks_cost_themselves_and_status_and_doctor_name_them() {
    let project = project().await;
    let sam = Phone::of(&project, "sam").await;
    let eric = Phone::of(&project, "eric").await;
    let id = sam.song("Wonderwall").await.unwrap().id;
    let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
    for (n, (column, value)) in [
        ("reference_links", "[1e400]"),
        ("reference_links", deep.as_str()),
        ("last_practiced", "infinity"),
    ]
    .into_iter()
    .enumerate()
    {
        plant(&project, id, column, value).await;
        let after = format!("After {n}");
        eric.add_song(&after).await;
        sam.sees(&after, |_| true).await;
        let shown = eventually("the value is named", PATIENCE, || async {
            let rows = sam.client().status_now().await?.unreadable;
            rows.iter()
                .any(|row| row.columns.iter().any(|name| name == column))
                .then_some(rows)
        })
        .await;
        let [row] = shown.as_slice() else {
            panic!("{shown:?}")
        };
        assert_eq!((row.scope, row.kind, row.id), (BAND, Kind::Song, id));
        let song = sam
            .song("Wonderwall")
            .await
            .expect("the row itself is here");
        assert!(
            song.shortened.iter().any(|name| name == column),
            "{:?}",
            song.shortened
        );
    }
    let edit = sam
        .workspace()
        .change(
            Kind::Song,
            id,
            rockon_tests::phone::values(json!({ "reference_links": [] })),
        )
        .await;
    assert!(
        matches!(
            edit,
            Err(Error::Invalid {
                field: "reference_links",
                ..
            })
        ),
        "{edit:?}"
    );
    sam.change_song(id, json!({ "key": "A" })).await;
    sam.caught_up().await;
    let report = sam.client().diagnose().await;
    let said = report.to_string();
    assert!(
        said.contains(&format!(
            "song {id} in scope {BAND} (last_practiced, reference_links)"
        )),
        "{said}"
    );
    assert!(
        !said.contains("All is well") && !said.contains("Wonderwall"),
        "{said}"
    );
    let first = Phone::of(&project, "noel").await;
    assert_eq!(
        first.song("Wonderwall").await.map(|song| song.id),
        Some(id),
        "a first sync"
    );
    let sql =
        format!("update songs set reference_links = '[]', last_practiced = null where id = '{id}'");
    server::act_as(&project, 1, &sql).await;
    eventually("mended", PATIENCE, || async {
        sam.client()
            .status_now()
            .await?
            .unreadable
            .is_empty()
            .then_some(())
    })
    .await;
    assert!(
        !sam.client()
            .diagnose()
            .await
            .to_string()
            .contains("reading the data: song")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_ends_although_a_value_cannot_be_read_and_says_which() {
    let project = project().await;
    let sam = Phone::of(&project, "sam").await;
    let id = sam.song("Wonderwall").await.unwrap().id;
    plant(&project, id, "reference_links", "[1e400]").await;
    let dir = tempfile::TempDir::new().unwrap();
    let file = dir.path().join("songs.csv");
    let place = ["--url", project.url(), "--key", project.anon_key()];
    let export = ["export", file.to_str().unwrap(), "--email", EMAIL];
    let output = with_input(&[&export[..], &place].concat(), PASSWORD);
    assert!(output.status.success(), "{}", text(&output));
    assert!(
        std::fs::read_to_string(&file)
            .unwrap()
            .contains("Wonderwall")
    );
}
