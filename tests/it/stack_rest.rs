//! The server cases 135 to 156 of REST, each against a project's own port with small tables, and what has no recording:
//! repeated transactions, the schema cache, hostile requests.

use reqwest::Method;
use rockon_local_stack::Project;
use rockon_tests::http::{self, Answer};
use rockon_tests::{bare_project, empty_project, eventually};
use serde_json::{Value, json};
use std::time::Duration;

const USER: &str = "a0000000-0000-4000-8000-00000000000a";

const TABLES: &str = "
create table notes (
  id integer primary key, a integer, b integer, body text not null, rank integer default 7 check (rank > 0),
  owner uuid default auth.uid(), unique (a, b));
create table parents (id integer primary key);
create table children (id integer primary key, parent integer references parents);
alter table notes enable row level security;
create policy own on notes for all to authenticated using (owner = auth.uid()) with check (owner = auth.uid());
grant all on notes, children, parents to authenticated, service_role;
grant all on notes to anon;
create function answer() returns integer language sql stable as 'select 42';
create function letters() returns setof text language sql stable as $$ values ('a'), ('b') $$;
create function chooses() returns integer language sql
  as $$ select set_config('response.headers', '[]', true); select 1 $$;
create function nothing() returns void language sql as '';
create function raise(code text) returns void language plpgsql
  as $$ begin raise exception 'told so' using errcode = code; end $$;
notify pgrst, 'reload schema';
";

/// A project with the tables, and one user's token.
struct Case {
    project: Project,
    token: String,
}

impl Case {
    async fn start() -> Self {
        let project = bare_project().await;
        project
            .admin()
            .await
            .unwrap()
            .batch_execute(TABLES)
            .await
            .unwrap();
        let token = Self::token(&project, 3600);
        Self { project, token }
    }

    fn token(project: &Project, lifetime: i64) -> String {
        let exp = project.clock().unix() + lifetime;
        let claims = json!({"role": "authenticated", "sub": USER, "exp": exp});
        project.keys().sign(&claims).unwrap()
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let path = format!("/rest/v1{path}");
        http::app(&self.project, method, &path).bearer_auth(&self.token)
    }

    async fn get(&self, path: &str) -> Answer {
        http::send(self.request(Method::GET, path)).await
    }

    async fn write(&self, method: Method, path: &str, prefer: &str, body: Value) -> Answer {
        let request = self.request(method, path).header("prefer", prefer);
        http::send(request.json(&body)).await
    }

    async fn post(&self, path: &str, prefer: &str, body: Value) -> Answer {
        self.write(Method::POST, path, prefer, body).await
    }

    async fn fill(&self, rows: i32) {
        let sql = format!(
            "insert into notes (id, a, b, body, owner) select n, n, n, 'n' || n, '{USER}' from generate_series(1, {rows}) n"
        );
        self.project
            .admin()
            .await
            .unwrap()
            .batch_execute(&sql)
            .await
            .unwrap();
    }
}

fn code(answer: &Answer) -> String {
    answer.json()["code"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

fn row(id: i32) -> Value {
    json!({"id": id, "a": id, "b": id, "body": "x"})
}

const MERGE: &str = "resolution=merge-duplicates,return=representation";
const IGNORE: &str = "resolution=ignore-duplicates,return=representation";

#[tokio::test(flavor = "multi_thread")]
async fn s135_an_insert_answers_201_with_rows_only_when_asked() {
    let case = Case::start().await;
    let minimal = case.post("/notes", "return=minimal", row(1)).await;
    assert_eq!((minimal.status, minimal.text.as_str()), (201, ""));
    let rows = case
        .post("/notes?select=id,body", "return=representation", row(2))
        .await;
    assert_eq!(
        (rows.status, rows.json()),
        (201, json!([{"id": 2, "body": "x"}]))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn s136_a_merge_answers_200_when_every_row_was_there() {
    let case = Case::start().await;
    case.fill(1).await;
    let all = case.post("/notes", MERGE, json!([row(1)])).await;
    assert_eq!(all.status, 200);
    assert_eq!(
        all.header("preference-applied"),
        "resolution=merge-duplicates, return=representation"
    );
    let some = case.post("/notes", MERGE, json!([row(1), row(2)])).await;
    assert_eq!(
        (some.status, some.json().as_array().unwrap().len()),
        (201, 2)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn s137_a_merge_of_nothing_answers_200_and_no_rows() {
    let case = Case::start().await;
    let answer = case.post("/notes", MERGE, json!([])).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, "[]"));
}

#[tokio::test(flavor = "multi_thread")]
async fn s138_an_ignored_duplicate_is_not_given_back() {
    let case = Case::start().await;
    case.fill(1).await;
    let answer = case.post("/notes", IGNORE, row(1)).await;
    assert_eq!((answer.status, answer.text.as_str()), (201, "[]"));
}

#[tokio::test(flavor = "multi_thread")]
async fn s139_on_conflict_names_another_unique_constraint() {
    let case = Case::start().await;
    case.fill(1).await;
    let sent = json!({"id": 1, "a": 1, "b": 1, "body": "changed"});
    let answer = case
        .post("/notes?on_conflict=a,b&select=body", MERGE, sent)
        .await;
    assert_eq!(
        (answer.status, answer.json()),
        (200, json!([{"body": "changed"}]))
    );
    let is_conflict = case
        .post(
            "/notes",
            MERGE,
            json!({"id": 9, "a": 1, "b": 1, "body": "x"}),
        )
        .await;
    assert_eq!(
        (is_conflict.status, code(&is_conflict).as_str()),
        (409, "23505")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn s140_the_same_row_twice_in_a_merge_is_500() {
    let case = Case::start().await;
    let answer = case.post("/notes", MERGE, json!([row(1), row(1)])).await;
    assert_eq!((answer.status, code(&answer).as_str()), (500, "21000"));
}

#[tokio::test(flavor = "multi_thread")]
async fn s141_violated_constraints_are_409_or_400() {
    let case = Case::start().await;
    case.fill(1).await;
    let seen = [
        ("/notes", row(1), 409, "23505"),
        ("/children", json!({"id": 1, "parent": 5}), 409, "23503"),
        ("/notes", json!({"id": 2, "body": null}), 400, "23502"),
        (
            "/notes",
            json!({"id": 2, "body": "x", "rank": 0}),
            400,
            "23514",
        ),
    ];
    for (path, body, status, expected) in seen {
        let answer = case.post(path, "return=minimal", body).await;
        assert_eq!((answer.status, code(&answer).as_str()), (status, expected));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s142_a_row_the_policy_refuses_is_403_for_a_user_and_401_for_anonymous() {
    let case = Case::start().await;
    let foreign = json!({"id": 1, "body": "x", "owner": "b0000000-0000-4000-8000-00000000000b"});
    let user = case.post("/notes", "return=minimal", foreign.clone()).await;
    assert_eq!((user.status, code(&user).as_str()), (403, "42501"));
    let anonymous = http::app(&case.project, Method::POST, "/rest/v1/notes").json(&foreign);
    let anonymous = http::send(anonymous).await;
    assert_eq!(
        (anonymous.status, code(&anonymous).as_str()),
        (401, "42501")
    );
    assert_eq!(anonymous.header("www-authenticate"), "Bearer");
}

#[tokio::test(flavor = "multi_thread")]
async fn s143_a_change_of_nothing_is_no_error() {
    let case = Case::start().await;
    for method in [Method::PATCH, Method::DELETE] {
        let quiet = case.write(
            method.clone(),
            "/notes?id=eq.9",
            "return=minimal",
            json!({"body": "y"}),
        );
        assert_eq!(quiet.await.status, 204);
        let body = json!({"body": "y"});
        let rows = case
            .write(method, "/notes?id=eq.9", "return=representation", body)
            .await;
        assert_eq!((rows.status, rows.text.as_str()), (200, "[]"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s145_unknown_columns_tables_and_functions_are_told_apart() {
    let case = Case::start().await;
    let column = case
        .post("/notes", "return=minimal", json!({"id": 1, "nope": 1}))
        .await;
    assert_eq!((column.status, code(&column).as_str()), (400, "PGRST204"));
    let table = case.get("/nope").await;
    assert_eq!((table.status, code(&table).as_str()), (404, "PGRST205"));
    let function = case.post("/rpc/nope", "", json!({})).await;
    assert_eq!(
        (function.status, code(&function).as_str()),
        (404, "PGRST202")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn s146_one_object_of_no_row_is_406() {
    let case = Case::start().await;
    let request = case.request(Method::GET, "/notes?id=eq.9");
    let answer = http::send(request.header("accept", "application/vnd.pgrst.object+json")).await;
    assert_eq!((answer.status, code(&answer).as_str()), (406, "PGRST116"));
    assert_eq!(answer.json()["details"], "The result contains 0 rows");
}

#[tokio::test(flavor = "multi_thread")]
async fn s147_an_expired_token_is_401_and_says_so() {
    let mut case = Case::start().await;
    case.token = Case::token(&case.project, -31);
    let answer = case.get("/notes").await;
    assert_eq!((answer.status, code(&answer).as_str()), (401, "PGRST303"));
    assert_eq!(answer.json()["message"], "JWT expired");
    assert!(answer.header("www-authenticate").contains("invalid_token"));
    case.token = Case::token(&case.project, -25);
    assert_eq!(case.get("/notes").await.status, 200, "within the leeway");
}

#[tokio::test(flavor = "multi_thread")]
async fn s149_rows_with_differing_keys_are_refused() {
    let case = Case::start().await;
    let rows = json!([{"id": 1, "body": "x"}, {"id": 2, "body": "x", "a": 1}]);
    let answer = case.post("/notes", "return=minimal", rows).await;
    assert_eq!((answer.status, code(&answer).as_str()), (400, "PGRST102"));
}

#[tokio::test(flavor = "multi_thread")]
async fn s150_missing_keys_become_null_or_the_default() {
    let case = Case::start().await;
    let rows = json!([{"id": 1, "body": "x"}, {"id": 2, "body": "x", "rank": 3}]);
    let path = "/notes?columns=id,body,rank&select=id,rank";
    let nulls = case.post(path, "return=representation", rows).await;
    assert_eq!(
        nulls.json(),
        json!([{"id": 1, "rank": null}, {"id": 2, "rank": 3}])
    );
    let rows = json!([{"id": 3, "body": "x"}, {"id": 4, "body": "x", "rank": 3}]);
    let filled = case
        .post(path, "return=representation,missing=default", rows)
        .await;
    assert_eq!(
        filled.json(),
        json!([{"id": 3, "rank": 7}, {"id": 4, "rank": 3}])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn s151_ranges_with_a_count_are_206_and_past_the_end_416() {
    let case = Case::start().await;
    case.fill(5).await;
    let request = case.request(Method::GET, "/notes?limit=2");
    let page = http::send(request.header("prefer", "count=exact")).await;
    assert_eq!((page.status, page.header("content-range")), (206, "0-1/5"));
    let request = case.request(Method::GET, "/notes?offset=10");
    let past = http::send(request.header("prefer", "count=exact")).await;
    assert_eq!((past.status, code(&past).as_str()), (416, "PGRST103"));
    assert_eq!(past.header("content-range"), "*/5");
}

#[tokio::test(flavor = "multi_thread")]
async fn s152_filters_and_order_mean_what_they_say() {
    let case = Case::start().await;
    let rows = json!([
        {"id": 1, "a": 1, "body": "a,b"}, {"id": 2, "a": null, "body": "c"}, {"id": 3, "a": 3, "body": "d"}]);
    case.post("/notes", "return=minimal", rows).await;
    let seen = [
        ("body=in.(%22a,b%22,c)", vec![1, 2]),
        ("a=is.null", vec![2]),
        ("or=(a.eq.1,body.eq.d)", vec![1, 3]),
        ("body=not.eq.c", vec![1, 3]),
        ("order=a.desc.nullslast", vec![3, 1, 2]),
        ("order=a.desc", vec![2, 3, 1]),
    ];
    for (query, expected) in seen {
        let order = if query.starts_with("order") {
            ""
        } else {
            "&order=id"
        };
        let answer = case
            .get(&format!("/notes?select=id&{query}{order}"))
            .await
            .json();
        let ids: Vec<i64> = answer
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["id"].as_i64().unwrap())
            .collect();
        assert_eq!(ids, expected, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s153_results_of_functions_are_bare_listed_or_nothing() {
    let case = Case::start().await;
    assert_eq!(case.post("/rpc/answer", "", json!({})).await.text, "42");
    assert_eq!(
        case.post("/rpc/letters", "", json!({})).await.json(),
        json!(["a", "b"])
    );
    let void = case.post("/rpc/nothing", "", json!({})).await;
    assert_eq!((void.status, void.text.as_str()), (204, ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn s154_a_function_chooses_its_status() {
    let case = Case::start().await;
    let chosen = case.post("/rpc/raise", "", json!({"code": "PT409"})).await;
    assert_eq!((chosen.status, code(&chosen).as_str()), (409, "PT409"));
    let plain = case.post("/rpc/raise", "", json!({"code": "P0001"})).await;
    assert_eq!(
        (plain.status, plain.json()["message"].as_str()),
        (400, Some("told so"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn s155_a_read_gives_a_thousand_rows_at_most() {
    let case = Case::start().await;
    case.fill(1100).await;
    let answer = case.get("/notes?select=id&limit=1100").await;
    assert_eq!(
        (answer.status, answer.header("content-range")),
        (200, "0-999/*")
    );
    assert_eq!(answer.json().as_array().unwrap().len(), 1000);
}

#[tokio::test(flavor = "multi_thread")]
async fn s156_every_refusal_has_the_four_keys() {
    let case = Case::start().await;
    for path in [
        "/nope",
        "/notes?id=foo",
        "/notes?nope=eq.1",
        "/notes/1",
        "/rpc/nope?x=1",
        "/notes?limit=-1",
    ] {
        let answer = case.get(path).await;
        let body = answer.json();
        let keys: Vec<&String> = body.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["code", "details", "hint", "message"], "{path}");
        assert!(
            answer
                .header("proxy-status")
                .ends_with(body["code"].as_str().unwrap())
        );
    }
}

/// One of each kind; the others are among the tests of the parsers.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_offered_is_refused_by_name() {
    let case = Case::start().await;
    let get = |path: &str| case.request(Method::GET, path);
    let seen = [
        (get("/children?select=id,parents(id)"), "embedding"),
        (get("/children?parents.id=eq.1"), "embedding"),
        (get("/notes?body=fts.cat"), "the operator \"fts\""),
        (get("/rpc/answer"), "calls by GET"),
        (get("/notes").header("range", "0-1"), "the header Range"),
        (get("/notes").header("accept", "text/csv"), "text/csv"),
        (
            get("/notes").header("prefer", "count=planned"),
            "count=planned",
        ),
        (case.request(Method::PUT, "/notes?id=eq.1"), "PUT"),
        (case.request(Method::DELETE, "/notes?limit=1"), "a limit"),
        (
            case.request(Method::POST, "/rpc/chooses").json(&json!({})),
            "headers chosen",
        ),
        (
            case.request(Method::POST, "/rpc/raise")
                .json(&json!({"code": "PGRST"})),
            "an answer made by sqlstate",
        ),
    ];
    for (request, what) in seen {
        let answer = http::send(request).await;
        let seen = (answer.status, code(&answer));
        assert_eq!(seen, (501, "NOT_OFFERED".to_owned()), "{what}");
        let body = answer.json();
        let text = body["message"].as_str().unwrap();
        assert!(
            text.contains("does not offer") && text.contains(what),
            "{text}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadlock_is_repeated_unseen_and_an_endless_one_ends_with_its_caller() {
    let case = Case::start().await;
    let sql = "create sequence tries; grant all on tries to authenticated;
        create function fails_once() returns bigint language plpgsql as $$
          begin if nextval('tries') = 1 then raise exception 'again' using errcode = '40P01'; end if;
          return currval('tries'); end $$;
        create function fails_always() returns bigint language plpgsql as $$
          begin perform nextval('tries'); raise exception 'again' using errcode = '40001'; end $$;
        notify pgrst;";
    let admin = case.project.admin().await.unwrap();
    admin.batch_execute(sql).await.unwrap();
    assert_eq!(case.post("/rpc/fails_once", "", json!({})).await.text, "2");
    let request = case
        .request(Method::POST, "/rpc/fails_always")
        .json(&json!({}));
    let gone = request.timeout(Duration::from_millis(300)).send().await;
    assert!(gone.unwrap_err().is_timeout(), "it never answers");
    let last = || async {
        admin
            .query_one("select last_value from tries", &[])
            .await
            .unwrap()
            .get::<_, i64>(0)
    };
    assert!(last().await > 3, "it was repeated");
    let idle = "select count(*) from pg_stat_activity where datname = current_database() and query like '%fails_always%' and state <> 'idle' and pid <> pg_backend_pid()";
    eventually("the repeating ends", Duration::from_secs(5), || async {
        let busy: i64 = admin.query_one(idle, &[]).await.unwrap().get(0);
        let before = last().await;
        (busy == 0 && last().await == before).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_schema_is_seen_after_a_notification_and_on_a_miss() {
    let case = Case::start().await;
    assert_eq!(case.get("/later").await.status, 404);
    let admin = case.project.admin().await.unwrap();
    admin
        .batch_execute("create table later (id integer); grant all on later to authenticated")
        .await
        .unwrap();
    assert_eq!(case.get("/later").await.status, 200, "a miss looks again");
    let sql = "create or replace function answer() returns integer language plpgsql volatile
        as 'begin insert into later values (1); return 1; end'; notify pgrst, 'reload schema'";
    admin.batch_execute(sql).await.unwrap();
    eventually("the new volatility", Duration::from_secs(5), || async {
        (case.post("/rpc/answer", "", json!({})).await.status == 200).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_requests_end_in_clean_refusals() {
    let case = Case::start().await;
    let deep = format!(
        "/notes?or=({}a.eq.1{})",
        "and(".repeat(5000),
        ")".repeat(5000)
    );
    let named = "/notes?%22id%22%22;drop%20table%20notes;--%22=eq.1";
    for path in [deep.as_str(), named, "/notes?a=%zz", "/notes?order=(("] {
        let answer = case.get(path).await;
        assert!(
            (400..500).contains(&answer.status),
            "{path}: {}",
            answer.status
        );
        assert!(!code(&answer).is_empty(), "{path}");
    }
    assert_eq!(
        case.get("/notes?body=eq.%ff").await.status,
        500,
        "as the real server"
    );
    assert_eq!(case.get("/notes").await.text, "[]");
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_bodies_end_in_clean_refusals() {
    let case = Case::start().await;
    let post = async |body: &str| {
        let request = case.request(Method::POST, "/notes");
        let request = request.header("content-type", "application/json");
        http::send(request.body(body.to_owned())).await
    };
    for body in ["{\"a\"", "\u{0}", ""] {
        assert_eq!(code(&post(body).await), "PGRST102");
    }
    let half = post("{\"id\":1,\"body\":\"\\ud800\"}").await;
    assert_eq!((half.status, code(&half).as_str()), (400, "22P02"));
    let (open, close) = ("[".repeat(100_000), "]".repeat(100_000));
    let answer = post(&format!("{{\"id\":1,\"body\":{open}{close}}}")).await;
    assert_eq!((answer.status, code(&answer).as_str()), (500, "54001"));
    assert_eq!(case.get("/notes").await.text, "[]");
}

#[tokio::test(flavor = "multi_thread")]
async fn our_own_functions_are_called_as_the_user() {
    let project = empty_project().await;
    let token = Case::token(&project, 3600);
    let account = format!("insert into auth.users (id, email) values ('{USER}', 'u@example.com')");
    let admin = project.admin().await.unwrap();
    admin.batch_execute(&account).await.unwrap();
    let case = Case { project, token };
    let pull = json!({"request": {"client_id": USER, "scopes": [], "limit": 100}});
    let pulled = case.post("/rpc/sync_pull", "", pull.clone()).await;
    assert_eq!(pulled.status, 200, "{}", pulled.text);
    assert!(pulled.json().is_object(), "{}", pulled.text);
    let anonymous = http::app(&case.project, Method::POST, "/rest/v1/rpc/sync_pull").json(&pull);
    let anonymous = http::send(anonymous).await;
    assert_eq!(
        (anonymous.status, code(&anonymous).as_str()),
        (401, "42501")
    );
    let without = case.post("/rpc/sync_push", "", json!({})).await;
    assert_eq!((without.status, code(&without).as_str()), (404, "PGRST202"));
}
