//! What tests on phones ask and do in the project's database: look at a row, act as a member with plain SQL.

use rockon_core::model::RowId;
use rockon_local_stack::Project;
use serde_json::Value;

/// A seeded member's user id as text: Eric is 1, Sam 2, Noel 3, Liv 4, Toni (a viewer) 5.
pub(crate) fn member(n: u8) -> String {
    format!("a0000000-0000-4000-8000-00000000000{n}")
}

/// A row as the server has it, by column names; `Null` when it is not there.
pub(crate) async fn row(project: &Project, table: &str, id: RowId) -> Value {
    let sql = format!("select to_jsonb(t) from (select * from {table} where id = $1) t");
    let admin = project.admin().await.unwrap();
    admin
        .execute("set timezone = 'UTC'", &[])
        .await
        .expect("a setting");
    let found = admin.query_opt(&sql, &[&id.0]).await.unwrap();
    found.map_or(Value::Null, |row| row.get(0))
}

/// The one number that a query gives.
pub(crate) async fn count(project: &Project, sql: &str) -> i64 {
    let admin = project.admin().await.unwrap();
    admin.query_one(sql, &[]).await.unwrap().get(0)
}

/// Runs statements as a member would through the web app: the claims say who it is.
pub(crate) async fn act_as(project: &Project, n: u8, sql: &str) {
    let admin = project.admin().await.unwrap();
    let claims = format!(
        "select set_config('request.jwt.claims', '{{\"sub\": \"{}\", \"role\": \"authenticated\"}}', false)",
        member(n)
    );
    admin.batch_execute(&claims).await.unwrap();
    admin.batch_execute(sql).await.unwrap();
}
