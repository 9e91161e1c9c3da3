//! As on a hosted project, nothing that comes through REST changes or deletes every row of a table by mistake.

use reqwest::Method;
use rockon_local_stack::Project;
use rockon_tests::bare_project;
use rockon_tests::http::{self, Answer};
use serde_json::{Value, json};

const TABLES: &str = "
create table notes (id int primary key, body text not null default '');
create table closed (id int primary key);
create table log (id int);
insert into notes select n, 'n' || n from generate_series(1, 3) n;
grant all on notes to anon, authenticated, service_role;
grant all on log to service_role;
create function wipe() returns void language sql as 'delete from notes';
create function spoil() returns void language plpgsql as $$ begin update notes set body = ''; end $$;
create function dynamic(what text) returns void language plpgsql as $$ begin execute what; end $$;
create function as_owner() returns void language plpgsql security definer as $$ begin delete from closed; end $$;
create function below_with() returns int language sql
  as 'with gone as (delete from notes returning id) select count(*)::int from gone';
create function either(really boolean) returns void language plpgsql
  as $$ begin if really then delete from notes; end if; end $$;
create function with_condition() returns void language plpgsql
  as $$ begin update notes set body = 'changed' where true; delete from notes where id = 3; end $$;
create function clear_log() returns trigger language plpgsql as $$ begin delete from log; return new; end $$;
create trigger clear_log after insert on log for each row execute function clear_log();
notify pgrst, 'reload schema';
";

async fn project() -> Project {
    let project = bare_project().await;
    let owner = project.connect("postgres").await.unwrap();
    owner.batch_execute(TABLES).await.unwrap();
    project
}

async fn ask(project: &Project, method: Method, path: &str, body: Value) -> Answer {
    let request = http::app(project, method, &format!("/rest/v1{path}"));
    let request = request.bearer_auth(project.service_key());
    http::send(request.json(&body)).await
}

async fn call(project: &Project, function: &str, arguments: Value) -> Answer {
    let path = format!("/rpc/{function}");
    ask(project, Method::POST, &path, arguments).await
}

#[track_caller]
fn refused(answer: &Answer, what: &str) {
    let message = format!("{what} requires a WHERE clause");
    let body = json!({ "code": "21000", "details": null, "hint": null, "message": message });
    assert_eq!((answer.status, answer.json()), (400, body));
}

async fn notes(project: &Project) -> Vec<String> {
    let admin = project.admin().await.unwrap();
    let rows = admin.query("select body from notes order by id", &[]).await;
    rows.unwrap().iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn a_change_or_a_delete_of_a_table_wants_a_filter() {
    let project = project().await;
    let change = json!({ "body": "same for all" });
    refused(
        &ask(&project, Method::PATCH, "/notes", change.clone()).await,
        "UPDATE",
    );
    refused(
        &ask(&project, Method::DELETE, "/notes", json!({})).await,
        "DELETE",
    );
    // Before rights are looked at.
    refused(
        &ask(&project, Method::DELETE, "/closed", json!({})).await,
        "DELETE",
    );
    assert_eq!(notes(&project).await, ["n1", "n2", "n3"]);
    let one = ask(&project, Method::PATCH, "/notes?id=eq.1", change.clone()).await;
    let all = ask(&project, Method::PATCH, "/notes?id=gt.0", change).await;
    let row = json!({ "id": 9, "body": "new" });
    let new = ask(&project, Method::POST, "/notes", row).await;
    let none = ask(&project, Method::PATCH, "/notes", json!({})).await;
    let gone = ask(&project, Method::DELETE, "/notes?id=eq.9", json!({})).await;
    let upsert = http::app(&project, Method::POST, "/rest/v1/notes")
        .bearer_auth(project.service_key())
        .header("prefer", "resolution=merge-duplicates");
    let upsert = http::send(upsert.json(&json!({ "id": 1, "body": "again" }))).await;
    let statuses = [one, all, new, none, gone, upsert].map(|answer| answer.status);
    assert_eq!(statuses, [204, 204, 201, 204, 204, 200]);
}

#[tokio::test]
async fn a_function_that_changes_every_row_is_refused_each_time_it_is_called() {
    let project = project().await;
    let dynamic = json!({ "what": "update notes set body = 'x'" });
    let functions = [
        ("wipe", json!({}), "DELETE"),
        ("spoil", json!({}), "UPDATE"),
        ("dynamic", dynamic, "UPDATE"),
        ("as_owner", json!({}), "DELETE"),
        ("below_with", json!({}), "DELETE"),
    ];
    // More often than there are connections: each has met each function before.
    for round in 0..25 {
        for (function, arguments, what) in &functions {
            let answer = call(&project, function, arguments.clone()).await;
            assert_eq!(answer.status, 400, "{function} in round {round}");
            refused(&answer, what);
        }
    }
    let logged = ask(&project, Method::POST, "/log", json!({ "id": 1 })).await;
    refused(&logged, "DELETE");
    assert_eq!(notes(&project).await, ["n1", "n2", "n3"]);
}

#[tokio::test]
async fn what_has_a_condition_or_is_not_reached_is_carried_out() {
    let project = project().await;
    for _ in 0..3 {
        assert_eq!(
            call(&project, "with_condition", json!({})).await.status,
            204
        );
    }
    assert_eq!(notes(&project).await, ["changed", "changed"]);
    for really in [false, true, false] {
        let answer = call(&project, "either", json!({ "really": really })).await;
        assert_eq!(answer.status, if really { 400 } else { 204 });
    }
    assert_eq!(notes(&project).await.len(), 2);
}

#[tokio::test]
async fn whoever_works_on_the_database_itself_may_do_as_they_like() {
    let project = project().await;
    let owner = project.connect("postgres").await.unwrap();
    owner.batch_execute("select wipe()").await.unwrap();
    assert_eq!(notes(&project).await, Vec::<String>::new());
}
