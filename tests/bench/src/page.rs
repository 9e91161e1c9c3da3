//! A page of `sync_pull` inside PostgreSQL, beside the shortest query for the same rows, in turns on one connection, and
//! what the plan says of the policy.

use std::time::Instant;

use rockon_tests::empty_project;
use tokio_postgres::Client;

use crate::Outcome;
use crate::report::Line;
use crate::stats::Samples;

/// Rows of the page.
const ROWS: usize = 1_000;
/// Measured rounds.
const ROUNDS: usize = 60;
/// Rounds before them: plans and caches are warm.
const WARM: usize = 8;

const ME: &str = "10000000-0000-4000-8000-000000000001";
const BAND: &str = "b0000000-0000-4000-8000-000000000001";

/// Two scopes of a thousand songs with what people fill in.
fn rows() -> String {
    let insert = |kind: &str, scope: &str| {
        format!(
            "insert into public.songs (title, artist, key, tempo, time_signature, duration, difficulty, genre, notes,
               lyrics_url, context_type, context_id, created_by)
             select 'Song number ' || n, 'Artist ' || n % 50, 'Am', 90 + n % 80, '4/4', 180 + n % 120, 1 + n % 5, 'Rock',
               repeat('capo 2, ', n % 10), 'https://example.com/lyrics/' || n, '{kind}', '{scope}', '{ME}'
             from generate_series(1, {ROWS}) n;"
        )
    };
    let (band, mine) = (insert("band", BAND), insert("personal", ME));
    format!("select public.create_band('One', '{BAND}'); {band} {mine}")
}

async fn fill(client: &Client) -> Outcome<()> {
    let people = format!(
        "insert into auth.users (id, email, raw_user_meta_data)
           values ('{ME}', 'me@example.com', '{{\"name\": \"Me\"}}')"
    );
    client.batch_execute(&people).await?;
    let claims = format!(r#"{{"sub": "{ME}", "role": "authenticated"}}"#);
    let sign_in = format!("select set_config('request.jwt.claims', '{claims}', false)");
    client.batch_execute(&sign_in).await?;
    client.batch_execute("set role authenticated").await?;
    client.batch_execute(&rows()).await?;
    // One at a time: VACUUM runs in no transaction.
    for one in ["reset role", "vacuum analyze", "set role authenticated"] {
        client.batch_execute(one).await?;
    }
    Ok(())
}

/// One query measured again and again: wall time of the call, and processor time of the server's process where the
/// system tells it.
struct Timed {
    sql: String,
    wall: Samples,
    cpu: Samples,
}

impl Timed {
    fn new(sql: String) -> Self {
        Self {
            sql,
            wall: Samples::default(),
            cpu: Samples::default(),
        }
    }

    async fn run(&mut self, client: &Client, pid: i32, counts: bool) -> Outcome<()> {
        let (before, started) = (processor_ms(pid), Instant::now());
        client.query_one(&self.sql, &[]).await?;
        if counts {
            self.wall.push_ms(started.elapsed());
            if let (Some(before), Some(after)) = (before, processor_ms(pid)) {
                self.cpu.push(after - before);
            }
        }
        Ok(())
    }
}

/// Milliseconds a process has run, from the scheduler's statistics of Linux.
pub(crate) fn processor_ms(pid: i32) -> Option<f64> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/schedstat")).ok()?;
    let nanoseconds: u64 = text.split(' ').next()?.parse().ok()?;
    Some(nanoseconds as f64 / 1e6)
}

/// Of the plan: how the policy's scopes are had, and the condition on the index.
async fn essential(client: &Client) -> Outcome<String> {
    let read = format!(
        "explain (analyze, costs off, timing off, summary off) select t from public.songs t where t.sync_scope = '{BAND}'
           and (t.sync_rev, t.id) > (0, '{ME}') and (t.sync_rev, t.id) <= (9, '{ME}') order by t.sync_rev, t.id"
    );
    let rows = client.query(&read, &[]).await?;
    let plan: Vec<String> = rows
        .iter()
        .map(|row| row.get::<_, String>(0).trim().to_owned())
        .collect();
    let wanted = ["InitPlan", "SubPlan", "ProjectSet", "Index Cond"];
    let told: Vec<&str> = plan
        .iter()
        .map(|line| line.trim_start_matches("-> ").trim())
        .filter(|line| wanted.iter().any(|word| line.starts_with(word)))
        .collect();
    Ok(told.join(" | ").replace(BAND, "..").replace(ME, ".."))
}

async fn measured() -> Outcome<Vec<Line>> {
    let project = empty_project().await;
    let client = project.admin().await?;
    fill(&client).await?;
    let pid = client
        .query_one("select pg_backend_pid()", &[])
        .await?
        .get(0);
    let ask = format!(
        r#"{{"scopes": [{{"id": "{BAND}", "cursor": null, "epoch": null}}], "limit": {ROWS}}}"#
    );
    let rows = format!(
        "(select * from public.songs where sync_scope = '{BAND}' order by sync_rev, id limit {ROWS}) t"
    );
    let mut all = [
        Timed::new(format!("select public.sync_pull('{ask}')::text")),
        Timed::new(format!("select jsonb_agg(to_jsonb(t))::text from {rows}")),
        Timed::new(format!("select json_agg(t)::text from {rows}")),
    ];
    for round in 0..WARM + ROUNDS {
        for one in &mut all {
            one.run(&client, pid, round >= WARM).await?;
        }
    }
    let plan = essential(&client).await?;
    let bytes: i32 = client
        .query_one(
            &format!("select octet_length(public.sync_pull('{ask}')::text)"),
            &[],
        )
        .await?
        .get(0);
    Ok(lines(&all, bytes, &plan))
}

fn lines([pull, jsonb, json]: &[Timed; 3], bytes: i32, plan: &str) -> Vec<Line> {
    let of = |what: &str, timed: &Timed| {
        let shown = format!(
            "{}, least {}, processor {}",
            timed.wall.spread("ms"),
            crate::stats::short(timed.wall.least()),
            timed.cpu.spread("ms")
        );
        Line::new("page", what, timed.wall.median(), "ms").shown(shown)
    };
    let what = format!(
        "sync_pull of {ROWS} rows, {} kB, in PostgreSQL",
        bytes / 1_000
    );
    let ratio = |what: &str, other: &Timed| {
        Line::new("page", what, pull.cpu.median() / other.cpu.median(), "x")
    };
    vec![
        of(&what, pull).at_most(15.0),
        of("select jsonb_agg(to_jsonb(..)) of the same rows", jsonb),
        of("select json_agg(..) of the same rows", json),
        ratio("sync_pull / jsonb_agg, processor time", jsonb),
        ratio("sync_pull / json_agg, processor time", json),
        Line::new("page", "plan of the rows", 0.0, "").shown(plan.to_owned()),
    ]
}

pub(crate) fn run() -> Outcome<Vec<Line>> {
    crate::runtime()?.block_on(measured())
}
