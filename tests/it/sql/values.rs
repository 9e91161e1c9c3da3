//! Values that a phone cannot read: refused by column for every writer; what is in the tables already costs itself alone.

use rockon_local_stack::Project;
use serde_json::{Value, json};

use super::db::{Db, Who, id, quoted};
use super::push::{add_song, client, edit, request};
use super::world::{ADMIN, MEMBER, VIEWER, band, world};

fn deep(open: &str, close: &str, n: usize) -> String {
    format!("{}{}", open.repeat(n), close.repeat(n))
}

/// Runs statements with triggers off, as a restore does, or as somebody did before these migrations.
async fn past_triggers(project: &Project, sql: &str) {
    let (cluster, database) = (&project.shared().cluster, project.database());
    let config = cluster.connect_config("supabase_admin", database);
    let (client, connection) = config.connect(tokio_postgres::NoTls).await.expect("owner");
    tokio::spawn(connection);
    let all = format!("set session_replication_role = replica; {sql}");
    client.batch_execute(&all).await.expect("written");
}

/// SQLSTATE and column with which a statement of the member's is refused.
async fn refused(db: &Db, sql: &str) -> Option<(String, String)> {
    let preamble = Who::User(id(MEMBER)).preamble();
    let all = format!("begin; {preamble} {sql}; rollback");
    let outcome = db.client().simple_query(&all).await;
    let error = outcome.err()?;
    db.client().batch_execute("rollback").await.expect("an end");
    let error = error.as_db_error().expect("PostgreSQL refuses");
    let column = error.column().or(error.detail()).unwrap_or_default();
    Some((error.code().code().to_owned(), column.to_owned()))
}

/// One row of each kind with values a member may write; how to insert it with one column more.
fn insert(table: &str, column: &str, value: &str) -> String {
    let (names, values) = match table {
        "songs" => (
            "title, context_id, created_by",
            format!("'S', '{}', '{}'", band(), id(MEMBER)),
        ),
        "setlists" => (
            "name, band_id, context_id, created_by",
            format!("'L', '{0}', '{0}', '{1}'", band(), id(MEMBER)),
        ),
        "shows" => (
            "name, band_id, created_by, scheduled_date",
            format!("'G', '{}', '{}', now()", band(), id(MEMBER)),
        ),
        _ => (
            "type, band_id, scheduled_date",
            format!("'rehearsal', '{}', now()", band()),
        ),
    };
    if names.contains(column) {
        let values = values.replace("now()", value);
        return format!("insert into public.{table} ({names}) values ({values})");
    }
    format!("insert into public.{table} ({names}, {column}) values ({values}, {value})")
}

const VALUES: [(&str, &str); 5] = [
    ("songs", "reference_links"),
    ("setlists", "items"),
    ("shows", "contacts"),
    ("practice_sessions", "songs"),
    ("practice_sessions", "attendees"),
];

#[tokio::test]
async fn a_value_that_no_phone_reads_is_refused_in_every_column_by_name() {
    let (_project, db) = world().await;
    let many = |n: usize| format!("[{}]", vec!["1"; n].join(","));
    let long = |n: usize| format!(r#"["{}"]"#, "x".repeat(n));
    let cases = [
        ("[1e400]".to_owned(), Some("22003")),
        (format!("[1{}]", "0".repeat(400)), Some("22003")),
        ("{\"a\": [-1e309]}".to_owned(), Some("22003")),
        ("1e400".to_owned(), Some("22003")),
        ("[1e-400]".to_owned(), Some("22003")),
        ("[9007199254740993]".to_owned(), Some("22003")),
        ("[0.1000000000000000000001]".to_owned(), Some("22003")),
        (deep("[", "]", 33), Some("22023")),
        (deep("[", "]", 122), Some("22023")),
        (deep("[", "]", 3_000), Some("22023")),
        (
            format!("{}1{}", "{\"a\":".repeat(33), "}".repeat(33)),
            Some("22023"),
        ),
        (many(50_000), Some("22001")),
        (long(1_000_000), Some("22001")),
        (deep("[", "]", 32), None),
        (many(49_999), None),
        (long(250_000), None),
        (
            "[1.7976931348623157e308, 5e-324, 0.1, -9007199254740992, 1e22, 0]".to_owned(),
            None,
        ),
        ("\"text\"".to_owned(), None),
        ("null".to_owned(), None),
    ];
    for (table, column) in VALUES {
        for (value, state) in &cases {
            let sql = insert(table, column, &quoted(value));
            let wanted = state.map(|state| (state.to_owned(), column.to_owned()));
            assert_eq!(
                refused(&db, &sql).await,
                wanted,
                "{table}.{column} = {value:.40}"
            );
        }
    }
    let settings = format!(
        "update public.bands set settings = '[1e400]' where id = '{}'",
        band()
    );
    db.try_run(Who::User(id(ADMIN)), &settings)
        .await
        .expect_err("settings too");
}

#[tokio::test]
async fn lists_and_times_that_no_phone_can_show_are_refused_too() {
    let (_project, db) = world().await;
    let lists = [
        ("'{{a},{b}}'", true),
        ("'{a,null}'", true),
        ("'{}'", false),
        ("'{a,b}'", false),
        ("null", false),
    ];
    for (table, column) in [
        ("setlists", "tags"),
        ("practice_sessions", "objectives"),
        ("practice_sessions", "completed_objectives"),
    ] {
        for (value, bad) in lists {
            let wanted = bad.then(|| ("22023".to_owned(), column.to_owned()));
            assert_eq!(
                refused(&db, &insert(table, column, value)).await,
                wanted,
                "{column} = {value}"
            );
        }
    }
    let times = [
        ("'infinity'", true),
        ("'-infinity'", true),
        ("'294276-01-01'", true),
        ("'0044-03-15 BC'", true),
        ("'0001-01-02'", false),
        ("'9999-12-30'", false),
        ("now()", false),
    ];
    for (table, column) in [
        ("songs", "last_practiced"),
        ("shows", "scheduled_date"),
        ("practice_sessions", "scheduled_date"),
        ("practice_sessions", "end_time"),
    ] {
        for (value, bad) in times {
            let wanted = bad.then(|| ("22008".to_owned(), column.to_owned()));
            assert_eq!(
                refused(&db, &insert(table, column, value)).await,
                wanted,
                "{column} = {value}"
            );
        }
    }
}

#[tokio::test]
async fn a_pushed_value_that_no_phone_reads_is_refused_alone_with_its_field() {
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    let deep: Value = serde_json::from_str(&deep("[", "]", 40)).expect("JSON");
    let edits = [
        edit(
            1,
            "update",
            id(1),
            &json!({"reference_links": deep, "tempo": 1}),
            &json!({"reference_links": [], "tempo": 87}),
        ),
        edit(
            2,
            "update",
            id(1),
            &json!({"last_practiced": "infinity"}),
            &json!({"last_practiced": null}),
        ),
        edit(
            3,
            "insert",
            id(2),
            &json!({"title": "New", "reference_links": [9_007_199_254_740_993_i64]}),
            &json!({}),
        ),
        edit(
            4,
            "update",
            id(1),
            &json!({"tempo": 99}),
            &json!({"tempo": 87}),
        ),
    ];
    let answer = db
        .push(id(MEMBER), &request(client(MEMBER), band(), 0, &edits))
        .await;
    let told = |at: usize| {
        let result = &answer["results"][at];
        let text = |name: &str| result[name].as_str().unwrap_or_default().to_owned();
        [
            text("verdict"),
            text("sqlstate"),
            text("field"),
            text("reason"),
        ]
    };
    assert_eq!(
        told(0),
        ["refused", "22023", "reference_links", "not a valid edit"]
    );
    assert_eq!(
        told(1),
        [
            "refused",
            "22008",
            "last_practiced",
            "a date is out of range"
        ]
    );
    assert_eq!(
        told(2),
        [
            "refused",
            "22003",
            "reference_links",
            "a number is out of range"
        ]
    );
    assert_eq!(told(3)[0], "applied");
}

/// The songs of an answer that a phone can read: any JSON parser with doubles and a depth of 128.
async fn pulled(db: &Db, person: u32, cursor: &Value) -> Value {
    let ask =
        json!({"scopes": [{"id": band(), "cursor": cursor["cursor"], "epoch": cursor["epoch"]}]});
    db.pull(id(person), &ask).await["scopes"][0].clone()
}

#[tokio::test]
async fn what_is_in_the_tables_already_comes_as_null_by_name_and_everything_else_whole() {
    let (project, db) = world().await;
    for n in 1..=9 {
        add_song(&db, ADMIN, id(n), &format!("Song {n}")).await;
    }
    let lists = insert("setlists", "items", "'[]'");
    let shows = insert("shows", "contacts", "'[]'");
    let practices = insert("practice_sessions", "songs", "'[]'");
    db.run(
        Who::User(id(MEMBER)),
        &format!("{lists}; {shows}; {practices}"),
    )
    .await;
    let before = pulled(&db, VIEWER, &json!({})).await;
    let (b, s) = (band(), id(3));
    // Without stamps, as nobody would notice it; then with a revision, as a restored row has it.
    past_triggers(&project, &format!(
        "update public.songs set reference_links = '[1e400]', last_practiced = 'infinity' where id = '{s}';
         update public.setlists set items = '{}', tags = '{{{{a}},{{b}}}}' where band_id = '{b}';
         update public.shows set contacts = '[1e309]', scheduled_date = '-infinity' where band_id = '{b}';
         update public.practice_sessions set songs = '[9007199254740993]', attendees = '[1e-400]', objectives = '{{a,null}}' where band_id = '{b}'",
        deep("[", "]", 5_000))).await;
    let page = pulled(&db, VIEWER, &json!({})).await;
    let song = |page: &Value, n: u32| {
        let songs = page["rows"]["song"].as_array().expect("songs").clone();
        songs
            .into_iter()
            .find(|song| song["id"] == json!(id(n)))
            .expect("the song")
    };
    let bad = song(&page, 3);
    assert_eq!(
        bad["sync_unreadable"],
        json!(["last_practiced", "reference_links"])
    );
    assert_eq!(bad["sync_too_large"], bad["sync_unreadable"]);
    assert_eq!(
        (
            &bad["title"],
            &bad["reference_links"],
            &bad["last_practiced"]
        ),
        (&json!("Song 3"), &Value::Null, &Value::Null)
    );
    assert_eq!(bad.get("sync_cut"), None);
    for (kind, names) in [
        ("setlist", json!(["items", "tags"])),
        ("show", json!(["contacts", "scheduled_date"])),
        ("practice", json!(["attendees", "objectives", "songs"])),
    ] {
        let row = &page["rows"][kind][0];
        assert_eq!(row["sync_unreadable"], names, "{row}");
        assert!(
            names
                .as_array()
                .expect("names")
                .iter()
                .all(|name| row[name.as_str().expect("a name")].is_null())
        );
    }
    for n in (1..=9).filter(|n| *n != 3) {
        assert_eq!(song(&page, n), song(&before, n), "all others are unchanged");
    }
    // A row written like this, as it was before our migrations: from a cursor on.
    past_triggers(&project, &format!(
        "update public.songs set reference_links = '[1e400]', sync_rev = sync_rev + 1 where id = '{}';
         update public.sync_head set rev = rev + 1 where scope_id = '{b}'", id(5))).await;
    past_triggers(&project, &format!(
        "update public.songs set sync_rev = (select rev from public.sync_head where scope_id = '{b}') where id = '{}'", id(5))).await;
    let news = pulled(&db, VIEWER, &page).await;
    assert_eq!(news["rows"]["song"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        song(&news, 5)["sync_unreadable"],
        json!(["reference_links"])
    );
    // Mended, it is whole again.
    db.run(
        Who::User(id(MEMBER)),
        &format!(
            "update public.songs set reference_links = '[]' where id = '{}'",
            id(5)
        ),
    )
    .await;
    let news = pulled(&db, VIEWER, &news).await;
    assert_eq!(song(&news, 5)["reference_links"], json!([]));
    assert_eq!(song(&news, 5).get("sync_unreadable"), None);
}

#[tokio::test]
async fn an_old_value_that_no_phone_reads_stays_and_stops_no_other_edit_of_its_row() {
    let (project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    let poison = format!(
        "update public.songs set reference_links = '[1e400]' where id = '{}'",
        id(1)
    );
    past_triggers(&project, &poison).await;
    let as_member = Who::User(id(MEMBER));
    for set in [
        "key = 'A'",
        "key = 'B', reference_links = '[1e400]'",
        "last_practiced = now()",
    ] {
        db.run(
            as_member,
            &format!("update public.songs set {set} where id = '{}'", id(1)),
        )
        .await;
    }
    let upsert = format!(
        "insert into public.songs (id, title, context_id, created_by, reference_links) values ('{}', 'Again', '{}', '{}', '[1e400]')
         on conflict (id) do update set title = excluded.title, reference_links = excluded.reference_links",
        id(1), band(), id(MEMBER));
    db.run(as_member, &upsert).await;
    let other = format!(
        "update public.songs set reference_links = '[1e401]' where id = '{}'",
        id(1)
    );
    assert_eq!(
        refused(&db, &other).await,
        Some(("22003".to_owned(), "reference_links".to_owned()))
    );
    let edits = [
        edit(
            1,
            "update",
            id(1),
            &json!({"title": "Pushed"}),
            &json!({"title": "Again"}),
        ),
        edit(
            2,
            "update",
            id(1),
            &json!({"reference_links": [1]}),
            &json!({"reference_links": []}),
        ),
    ];
    let answer = db
        .push(id(MEMBER), &request(client(MEMBER), band(), 0, &edits))
        .await;
    assert_eq!(answer["results"][0]["verdict"], "applied");
    assert_eq!(
        (
            &answer["results"][1]["sqlstate"],
            &answer["results"][1]["field"]
        ),
        (&json!("RO004"), &json!("reference_links"))
    );
    let kept = db.one(&format!("select title || ' ' || length(reference_links::text) from public.songs where id = '{}'", id(1))).await;
    assert_eq!(kept, "Pushed 403");
}

#[tokio::test]
async fn a_stored_result_with_a_value_that_no_phone_reads_tells_the_verdict_without_it() {
    let (project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    let edits = [edit(
        1,
        "update",
        id(1),
        &json!({"notes": "mine", "tempo": 1}),
        &json!({"notes": "other", "tempo": 2}),
    )];
    let call = request(client(MEMBER), band(), 0, &edits);
    let first = db.push(id(MEMBER), &call).await;
    assert_eq!(first["results"][0]["overwritten"], json!({"tempo": 87}));
    past_triggers(
        &project,
        r#"update public.songs set reference_links = '[1e400]' where title = 'Wonderwall';
           update sync.results set body = body || '{"current": {"reference_links": null}, "verdict": "partial"}' where n = 1"#,
    )
    .await;
    let ask = json!({"client_id": client(MEMBER), "scopes": []});
    for answer in [
        db.pull(id(MEMBER), &ask).await,
        db.push(id(MEMBER), &call).await,
    ] {
        let result = &answer["results"][0];
        assert_eq!(
            (&result["n"], &result["verdict"], &result["current"]),
            (&json!(1), &json!("partial"), &json!({})),
            "{answer}"
        );
    }
}

#[tokio::test]
async fn a_column_that_came_later_is_checked_from_the_next_pruning_on_and_one_that_goes_stops_nobody()
 {
    let (_project, db) = world().await;
    db.run(Who::Owner, "alter table public.songs add column chart jsonb, add column price numeric, add column old json").await;
    db.run(Who::Service, "select sync.prune()").await;
    for (column, value) in [
        ("chart", "'[1e400]'"),
        ("price", "1e400"),
        ("old", "'[1e400]'"),
    ] {
        let wanted = Some(("22003".to_owned(), column.to_owned()));
        assert_eq!(
            refused(&db, &insert("songs", column, value)).await,
            wanted,
            "{column}"
        );
    }
    db.run(
        Who::Owner,
        "alter table public.songs drop column chart cascade",
    )
    .await;
    add_song(&db, MEMBER, id(1), "Goes on").await;
    db.run(Who::Service, "select sync.prune()").await;
    assert!(
        refused(&db, &insert("songs", "reference_links", "'[1e400]'"))
            .await
            .is_some()
    );
}

#[tokio::test]
async fn json_that_is_stored_as_text_can_hold_more_and_costs_its_column_alone() {
    let (project, db) = world().await;
    add_song(&db, MEMBER, id(1), "Old").await;
    add_song(&db, MEMBER, id(2), "Other").await;
    db.run(Who::Owner, "alter table public.songs add column old json")
        .await;
    db.run(Who::Service, "select sync.prune()").await;
    for poison in [r#"["\ud800"]"#, r#"{"\u0000": 1}"#, "[1e400]"] {
        past_triggers(
            &project,
            &format!(
                "update public.songs set old = '{poison}' where id = '{}'",
                id(1)
            ),
        )
        .await;
        let page = pulled(&db, VIEWER, &json!({})).await;
        let songs = page["rows"]["song"].as_array().expect("songs");
        assert_eq!(songs.len(), 2);
        let cut: Vec<&Value> = songs
            .iter()
            .filter_map(|song| song.get("sync_unreadable"))
            .collect();
        assert_eq!(cut, [&json!(["old"])], "{poison}");
    }
}

#[tokio::test]
async fn json_that_jsonb_cannot_hold_stops_no_edit_of_its_row() {
    let (project, db) = world().await;
    add_song(&db, MEMBER, id(1), "Old").await;
    db.run(
        Who::Owner,
        "alter table public.songs add column old json, add column fine json",
    )
    .await;
    db.run(Who::Service, "select sync.prune()").await;
    for (round, poison) in (1..).zip([r#"["\ud800"]"#, r#"{"\u0000": 1}"#]) {
        let plant = format!(
            "update public.songs set old = '{poison}', fine = '[1]' where id = '{}'",
            id(1)
        );
        past_triggers(&project, &plant).await;
        let plain = format!(
            "update public.songs set tempo = {round} where id = '{}'",
            id(1)
        );
        db.run(Who::User(id(MEMBER)), &plain).await;
        let pushed = edit(
            round,
            "update",
            id(1),
            &json!({"key": format!("A{round}")}),
            &json!({}),
        );
        let answer = db
            .push(id(MEMBER), &request(client(MEMBER), band(), 0, &[pushed]))
            .await;
        assert_eq!(answer["results"][0]["verdict"], "applied", "{answer}");
        let sql = format!(
            "update public.songs set fine = '[1e400]' where id = '{}'",
            id(1)
        );
        assert_eq!(
            refused(&db, &sql).await,
            Some(("22003".to_owned(), "fine".to_owned()))
        );
        let page = pulled(&db, VIEWER, &json!({})).await;
        let song = &page["rows"]["song"][0];
        assert_eq!(
            (&song["tempo"], &song["fine"], &song["sync_unreadable"]),
            (&json!(round), &json!([1]), &json!(["old"]))
        );
    }
    let fresh = insert("songs", "old", r#"'["\ud800"]'"#);
    assert_eq!(
        refused(&db, &fresh).await,
        Some(("22003".to_owned(), "old".to_owned())),
        "a new one is refused"
    );
    db.run(
        Who::User(id(MEMBER)),
        &format!("delete from public.songs where id = '{}'", id(1)),
    )
    .await;
    let restore = edit(9, "restore", id(1), &json!({}), &json!({}));
    let answer = db
        .push(id(MEMBER), &request(client(MEMBER), band(), 0, &[restore]))
        .await;
    assert_eq!(answer["results"][0]["restored"], true, "{answer}");
    let back = "select (old is null) || ' ' || fine || ' ' || title from public.songs";
    assert_eq!(db.one(back).await, "true [1] Old", "all but that value");
}
