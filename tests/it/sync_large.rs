//! Rows that the web app has made larger than a phone can read: the band goes on, and nothing is lost on the server.

use reqwest::Method;
use rockon_core::error::Error;
use rockon_core::model::{Kind, RefusalCode, RowId, Values};
use rockon_local_stack::Project;
use rockon_tests::phone::{BAND, PATIENCE, Phone, first, values};
use rockon_tests::{eventually, http, project};
use serde_json::{Value, json};

use crate::cli::{EMAIL, PASSWORD, text, with_input};
use crate::server;

/// More than any answer that a phone reads.
const HUGE: usize = 6_000_000;

/// A project from before values had limits: the rows are there already.
pub(crate) async fn before_limits() -> Project {
    let project = project().await;
    let lifted = "update sync.limits set value = 1000000000 where name like '%\\_bytes'";
    let owner = project.connect("postgres").await.unwrap();
    owner.batch_execute(lifted).await.unwrap();
    project
}

/// Writes to a table over REST as the web app does, as Eric.
async fn web_app(project: &Project, method: Method, path: &str, row: Value) {
    let exp = project.clock().unix() + 3600;
    let claims = json!({ "role": "authenticated", "sub": server::member(1), "exp": exp });
    let token = project.keys().sign(&claims).unwrap();
    let request = http::app(project, method, path).bearer_auth(token);
    let answer = http::send(request.json(&row)).await;
    assert!(answer.status < 300, "{answer:?}");
}

/// The web app makes a song with notes of 6 MB.
async fn add_huge_song(project: &Project) -> RowId {
    let id = RowId::fresh();
    let song = json!({ "id": id, "title": "Epic", "key": "G", "notes": "la ".repeat(HUGE / 3),
        "context_type": "band", "context_id": BAND, "created_by": server::member(1) });
    web_app(project, Method::POST, "/rest/v1/songs", song).await;
    id
}

/// Waits until the phone has the row with this value in a column; the whole row then.
async fn has(phone: &Phone, id: RowId, name: &str, value: Value) -> Values {
    eventually(format!("{name} = {value}"), PATIENCE, || async {
        let row = phone.workspace().row(Kind::Song, id).await.unwrap()?;
        (row.get(name) == Some(&value)).then_some(row)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_song_too_large_for_any_answer_comes_shortened_and_everything_else_goes_on() {
    let project = before_limits().await;
    let sam = Phone::of(&project, "sam").await;
    let id = add_huge_song(&project).await;
    let row = has(&sam, id, "title", json!("Epic")).await;
    assert_eq!(row["sync_too_large"], json!(["notes"]));
    assert_eq!(row["notes"].as_str().map(str::len), Some(200));
    sam.sees("Epic", |song| song.shortened == ["notes"]).await;
    sam.sees("Wonderwall", |song| song.shortened.is_empty())
        .await;
    let eric = Phone::of(&project, "eric").await;
    eric.add_song("After it").await;
    sam.sees("After it", |_| true).await;
    sam.caught_up().await;
    assert_eq!(
        has(&eric, id, "title", json!("Epic")).await,
        row,
        "a first sync"
    );
    web_app(
        &project,
        Method::PATCH,
        &format!("/rest/v1/songs?id=eq.{id}"),
        json!({ "notes": "short again" }),
    )
    .await;
    let row = has(&sam, id, "notes", json!("short again")).await;
    assert_eq!(row.get("sync_too_large"), None);
    sam.sees("Epic", |song| song.shortened.is_empty()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_names_what_is_not_whole_in_the_file_by_line_and_not_by_title() {
    let project = before_limits().await;
    add_huge_song(&project).await;
    let dir = tempfile::TempDir::new().unwrap();
    let export = |name: &str| {
        let file = dir.path().join(name);
        let file = file.to_str().unwrap();
        let place = ["--url", project.url(), "--key", project.anon_key()];
        let export = ["export", file, "--email", EMAIL];
        let output = with_input(&[&export[..], &place].concat(), PASSWORD);
        assert!(output.status.success(), "{}", text(&output));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        (std::fs::read_to_string(file).unwrap(), said)
    };
    let (csv, said) = export("songs.csv");
    let mut lines = (1..).zip(csv.lines());
    let (line, _) = lines.find(|(_, line)| line.starts_with("Epic,")).unwrap();
    let named = format!("songs.csv, line {line}, column notes: only the beginning");
    assert!(said.contains(&named), "{said}");
    assert!(said.contains("warning: 1 value is not whole"), "{said}");
    assert!(!said.contains("Epic"), "{said}");
    let (chordpro, said) = export("songs.cho");
    assert!(chordpro.contains("{title: Epic}"), "{chordpro}");
    assert!(said.contains("column notes: only the beginning"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shortened_text_is_not_edited_here_and_stays_whole_on_the_server_beside_other_edits() {
    let project = before_limits().await;
    let sam = Phone::of(&project, "sam").await;
    let id = add_huge_song(&project).await;
    let shown = has(&sam, id, "title", json!("Epic")).await;
    let more = format!("{} and more", shown["notes"].as_str().unwrap());
    let change = values(json!({ "notes": more, "key": "A" }));
    let refused = sam.workspace().change(Kind::Song, id, change).await;
    let too_long = Error::Invalid {
        field: "notes",
        reason: "it is too long for a phone; change it in the web app",
    };
    assert_eq!(refused, Err(too_long));
    sam.change_song(id, json!({ "notes": shown["notes"], "key": "D" }))
        .await;
    sam.caught_up().await;
    let row = server::row(&project, "songs", id).await;
    assert_eq!(row["key"], json!("D"));
    assert_eq!(row["notes"].as_str().map(str::len), Some(HUGE));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offline_edit_of_a_text_that_became_too_large_is_rejected_with_its_words() {
    let project = before_limits().await;
    let sam = Phone::of(&project, "sam").await;
    let id = sam.song("Wonderwall").await.unwrap().id;
    sam.network(false);
    sam.change_song(id, json!({ "notes": "Sam's own words" }))
        .await;
    let path = format!("/rest/v1/songs?id=eq.{id}");
    let notes = json!({ "notes": "la ".repeat(HUGE / 3) });
    web_app(&project, Method::PATCH, &path, notes).await;
    sam.network(true);
    let rejected = eventually("a rejected edit", PATIENCE, || async {
        first(sam.workspace().rejected_edits(10)).await.pop()
    })
    .await;
    assert_eq!(rejected.set["notes"], json!("Sam's own words"));
    let rejection = rejected.rejection;
    assert_eq!(rejection.code, RefusalCode::RowTooLong);
    assert_eq!(rejection.field.as_deref(), Some("notes"));
    sam.caught_up().await;
    let shown = has(&sam, id, "sync_too_large", json!(["notes"])).await;
    assert_eq!(shown["notes"].as_str().map(str::len), Some(200));
    sam.add_song("Afterwards").await;
    sam.caught_up().await;
}
