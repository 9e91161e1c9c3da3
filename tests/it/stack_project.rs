//! A project starts on real PostgreSQL and has what a Supabase project has.

use reqwest::Method;
use rockon_tests::http::{app, request, send};
use rockon_tests::{bare_project, project};

#[tokio::test]
async fn a_project_starts_and_its_auth_service_is_healthy() {
    let project = project().await;
    let answer = send(app(&project, Method::GET, "/auth/v1/health")).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.json()["name"], "GoTrue");
    project.shutdown().await.unwrap();
}

#[tokio::test]
async fn an_unknown_path_is_the_gateways_404() {
    let project = bare_project().await;
    let answer = send(request(&project, Method::GET, "/nowhere")).await;
    assert_eq!(answer.status, 404);
    assert_eq!(
        answer.text,
        r#"{"message":"no Route matched with those values"}"#
    );
}

#[tokio::test]
async fn migrations_run_as_an_owner_who_is_no_superuser() {
    let project = bare_project().await;
    let owner = project.connect("postgres").await.unwrap();
    let row = owner
        .query_one(
            "select rolsuper, rolbypassrls from pg_roles where rolname = current_user",
            &[],
        )
        .await
        .unwrap();
    assert_eq!(
        (row.get::<_, bool>(0), row.get::<_, bool>(1)),
        (false, true)
    );
    owner
        .batch_execute(
            "create table t (id int); alter publication supabase_realtime add table t;
             create policy listen on realtime.messages for select to authenticated using (true);
             create function on_user() returns trigger language plpgsql as $$ begin return new; end $$;
             create trigger on_user after insert on auth.users for each row execute function on_user();
             insert into auth.users (id, email, encrypted_password)
             values (gen_random_uuid(), 'a@example.com', extensions.crypt('secret', extensions.gen_salt('bf')));
             select realtime.send('{}', 'e', 'scope:x', true);",
        )
        .await
        .unwrap();
    let admin = project.admin().await.unwrap();
    let sent = admin
        .query_one("select payload ? 'id', topic from realtime.messages", &[])
        .await
        .unwrap();
    assert_eq!(
        (sent.get::<_, bool>(0), sent.get::<_, String>(1)),
        (true, "scope:x".to_owned())
    );
}

#[tokio::test]
async fn the_owner_may_set_what_a_hosted_projects_may_and_is_no_superuser_for_it() {
    let project = bare_project().await;
    let owner = project.connect("postgres").await.unwrap();
    owner
        .batch_execute(
            "create table t (id int);
             create function told() returns trigger language plpgsql as $$ begin raise exception 'fired'; end $$;
             create trigger told before insert on t for each row execute function told();
             set session_replication_role = replica;
             insert into t values (1);
             reset session_replication_role;
             set log_min_messages = warning; set track_io_timing = on; set log_statement = 'none'",
        )
        .await
        .unwrap();
    let fired = owner.batch_execute("insert into t values (2)").await;
    assert!(fired.is_err(), "triggers fire again");
    for nobody in ["authenticator", "supabase_auth_admin"] {
        let other = project.connect(nobody).await.unwrap();
        let refused = other
            .batch_execute("set session_replication_role = replica")
            .await
            .unwrap_err();
        assert_eq!(refused.code().unwrap().code(), "42501", "{nobody}");
    }
    let refused = owner.batch_execute("set log_executor_stats = on").await;
    assert_eq!(refused.unwrap_err().code().unwrap().code(), "42501");
}
