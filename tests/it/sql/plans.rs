//! What PostgreSQL does for a page of `sync_pull`: the plans of the statements it really runs, as a member, by `auto_explain`.
//!
//! A policy is evaluated once per statement and table, whatever the number of rows, and a page is one range of an index.
//! No time is looked at: plans and counts are the same on a busy machine.

use std::future::poll_fn;
use std::sync::{Arc, Mutex};

use rockon_local_stack::Project;
use serde_json::{Value, json};
use tokio_postgres::{AsyncMessage, Client, NoTls};

use super::db::{Db, Who, id, literal};
use super::world::{ADMIN, MEMBER, band, world};

/// Rows of the page.
const ROWS: usize = 300;

/// A superuser's connection on which every statement, also inside functions, tells its plan.
struct Explained {
    client: Client,
    plans: Arc<Mutex<Vec<Value>>>,
}

impl Explained {
    async fn open(project: &Project) -> Self {
        let (cluster, database) = (&project.shared().cluster, project.database());
        let config = cluster.connect_config("supabase_admin", database);
        let (client, mut connection) = config.connect(NoTls).await.expect("a connection");
        let plans = Arc::<Mutex<Vec<Value>>>::default();
        let told = Arc::clone(&plans);
        tokio::spawn(async move {
            while let Some(Ok(message)) = poll_fn(|cx| connection.poll_message(cx)).await {
                if let AsyncMessage::Notice(notice) = message
                    && let Some((_, plan)) = notice.message().split_once("plan:\n")
                {
                    let plan = serde_json::from_str(plan).expect("a plan as JSON");
                    told.lock().expect("unpoisoned").push(plan);
                }
            }
        });
        let settings = "load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_nested_statements = on;
            set auto_explain.log_analyze = on; set auto_explain.log_timing = off; set auto_explain.log_verbose = on;
            set auto_explain.log_format = json; set auto_explain.log_level = notice; set client_min_messages = notice";
        client.batch_execute(settings).await.expect("auto_explain");
        Self { client, plans }
    }

    /// One value as a member, and the plans of all statements inside.
    async fn plans_of(&self, call: &str) -> (String, Vec<Value>) {
        let preamble = Who::User(id(MEMBER)).preamble();
        let begin = format!("begin; {preamble}");
        self.client.batch_execute(&begin).await.expect("signed in");
        self.plans.lock().expect("unpoisoned").clear();
        let answer = self
            .client
            .query_one(&format!("select {call}::text"), &[])
            .await
            .expect("an answer");
        self.client.batch_execute("rollback").await.expect("an end");
        let plans = std::mem::take(&mut *self.plans.lock().expect("unpoisoned"));
        (answer.get(0), plans)
    }

    /// Reads the band from nothing as a member; gives the number of songs and the plans of all statements inside.
    async fn pull(&self) -> (usize, Vec<Value>) {
        let ask = json!({"scopes": [{"id": band(), "cursor": null, "epoch": null}], "limit": 2000});
        let call = format!("public.sync_pull({})", literal(&ask));
        let (page, plans) = self.plans_of(&call).await;
        let page: Value = serde_json::from_str(&page).expect("JSON");
        let songs = page["scopes"][0]["rows"]["song"]
            .as_array()
            .expect("songs")
            .len();
        (songs, plans)
    }
}

/// A node of a plan and everything below it, with the statement's text.
fn nodes<'a>(plan: &'a Value, all: &mut Vec<&'a Value>) {
    all.push(plan);
    for below in plan["Plans"].as_array().into_iter().flatten() {
        nodes(below, all);
    }
}

/// All nodes of all statements.
fn all_nodes(plans: &[Value]) -> Vec<&Value> {
    let mut all = Vec::new();
    for plan in plans {
        nodes(&plan["Plan"], &mut all);
    }
    all
}

fn loops(node: &Value) -> u64 {
    node["Actual Loops"].as_u64().expect("loops")
}

/// How often the caller's scopes were computed: executions of the statement inside `my_scopes()`.
fn policy_evaluations(plans: &[Value]) -> usize {
    let inside = |plan: &&Value| {
        plan["Query Text"]
            .as_str()
            .is_some_and(|text| text.starts_with("select m.band_id from public.band_memberships m"))
    };
    plans.iter().filter(inside).count()
}

/// The statements that read the songs of the page: the keys, then the rows.
fn reads_of_songs(plans: &[Value]) -> Vec<&Value> {
    plans
        .iter()
        .filter(|plan| {
            let mut all = Vec::new();
            nodes(&plan["Plan"], &mut all);
            let names = |index: &str| all.iter().any(|node| node["Index Name"] == index);
            names("songs_sync_page") && !names(UNREADABLE)
        })
        .collect()
}

/// The index of rows with values that no phone can read.
const UNREADABLE: &str = "songs_sync_unreadable";

async fn add_songs(db: &Db, count: usize) {
    db.run(
        Who::User(id(ADMIN)),
        &format!(
            "insert into public.songs (title, context_id, created_by)
             select 'Song ' || n, '{}', '{}' from generate_series(1, {count}) n",
            band(),
            id(ADMIN)
        ),
    )
    .await;
}

/// The band has a few songs among many of others, as on a server with many bands.
async fn filled() -> (Project, Db) {
    let (project, db) = world().await;
    db.client()
        .batch_execute(&format!(
            "insert into public.songs (title, context_type, context_id, created_by)
             select 'Song ' || n, 'personal', '{0}', '{0}' from generate_series(1, 3000) n",
            id(ADMIN)
        ))
        .await
        .expect("songs of others");
    add_songs(&db, ROWS).await;
    db.client()
        .batch_execute("analyze")
        .await
        .expect("statistics");
    (project, db)
}

#[tokio::test]
async fn a_page_evaluates_its_policies_once_per_statement_and_reads_one_range_of_an_index() {
    let (project, _db) = filled().await;
    let explained = Explained::open(&project).await;
    let (songs, plans) = explained.pull().await;
    assert_eq!(songs, ROWS);
    let reads = reads_of_songs(&plans);
    assert_eq!(reads.len(), 2, "the keys, then the rows");
    for read in reads {
        let mut all = Vec::new();
        nodes(&read["Plan"], &mut all);
        let shown = serde_json::to_string_pretty(read).expect("a plan");
        let scans: Vec<_> = all
            .iter()
            .filter(|node| node["Relation Name"] == "songs")
            .collect();
        assert_eq!(scans.len(), 1, "{shown}");
        let scan = scans[0];
        assert_eq!(loops(scan), 1, "{shown}");
        assert!(
            scan.get("Rows Removed by Filter")
                .is_none_or(|rows| rows == 0),
            "{shown}"
        );
        let index = all
            .iter()
            .find(|node| node["Index Name"] == "songs_sync_page")
            .expect("the index of pages");
        assert_eq!(
            (loops(index), index["Actual Rows"].as_u64()),
            (1, Some(ROWS as u64)),
            "{shown}"
        );
    }
    let every = all_nodes(&plans);
    let odd: Vec<_> = every
        .iter()
        .filter(|node| node["Index Name"] == UNREADABLE)
        .collect();
    assert_eq!(odd.len(), 1, "looked for once, not in the rows");
    assert_eq!((loops(odd[0]), &odd[0]["Actual Rows"]), (1, &json!(0)));
    let scopes: Vec<_> = every
        .iter()
        .filter(|node| node["Output"].to_string().contains("my_scopes()"))
        .collect();
    assert!(
        scopes.len() > 16,
        "a policy for each table read twice: {}",
        scopes.len()
    );
    for node in scopes {
        assert!(loops(node) <= 1, "{node}");
        assert_eq!(
            node["Parent Relationship"].as_str().unwrap_or("InitPlan"),
            "InitPlan",
            "{node}"
        );
    }
    let repeated = every
        .iter()
        .find(|node| node["Parent Relationship"] == "SubPlan" && loops(node) > 1);
    assert!(repeated.is_none(), "{repeated:?}");
}

#[tokio::test]
async fn the_number_of_rows_changes_no_number_of_policy_evaluations_unless_the_policy_speaks_of_the_row()
 {
    let (project, db) = filled().await;
    let explained = Explained::open(&project).await;
    let (_, plans) = explained.pull().await;
    let once = policy_evaluations(&plans);
    assert!((1..30).contains(&once), "{once}");
    add_songs(&db, ROWS).await;
    let (songs, plans) = explained.pull().await;
    assert_eq!(songs, 2 * ROWS);
    assert_eq!(policy_evaluations(&plans), once, "twice the rows");
    db.client()
        .batch_execute(
            "create function public.may_see(scope uuid) returns boolean language plpgsql stable as
               'begin return scope in (select sync.my_scopes()); end';
             alter policy strict_select on public.songs using (public.may_see(sync_scope))",
        )
        .await
        .expect("a policy of the row");
    let (songs, plans) = explained.pull().await;
    assert_eq!(songs, 2 * ROWS);
    let each = policy_evaluations(&plans);
    assert!(
        each >= once + 2 * ROWS,
        "a policy of the row is evaluated for each: {each}"
    );
}

#[tokio::test]
async fn the_health_check_looks_at_no_row_of_anybody_that_is_well() {
    let (project, _db) = filled().await;
    let explained = Explained::open(&project).await;
    let (health, plans) = explained.plans_of("public.sync_health()").await;
    assert!(health.contains("\"orphans\" : 0"), "{health}");
    let nodes = all_nodes(&plans);
    let data: Vec<_> = nodes
        .iter()
        .filter(|node| node["Relation Name"] == "songs" || node["Relation Name"] == "setlists")
        .collect();
    assert_eq!(data.len(), 4, "{data:?}");
    for node in data {
        assert_ne!(node["Node Type"], "Seq Scan", "{node}");
        let read = |name: &str| node[name].as_f64().unwrap_or(0.0);
        assert!(
            read("Actual Rows") + read("Rows Removed by Filter") < 1.0,
            "{node}"
        );
    }
}
