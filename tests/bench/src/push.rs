//! What a push costs inside PostgreSQL: one large row changed a hundred times, a band's push while another member floods,
//! the same band among few and among many others, and a service job over many bands.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use rockon_local_stack::Project;
use rockon_tests::empty_project;
use serde_json::{Value, json};
use tokio_postgres::Client;
use uuid::Uuid;

use crate::Outcome;
use crate::page::processor_ms;
use crate::report::Line;
use crate::stats::Samples;

/// Admin of the band; a viewer of it floods.
const ADMIN: &str = "10000000-0000-4000-8000-000000000001";
const VIEWER: &str = "10000000-0000-4000-8000-000000000002";
const BAND: &str = "b0000000-0000-4000-8000-000000000001";
/// A song of the band, and a large one of the viewer's own space.
const SONG: &str = "50000000-0000-4000-8000-000000000001";
const LARGE: &str = "50000000-0000-4000-8000-000000000002";
/// Measured calls of each kind.
const CALLS: usize = 60;
/// Connections that flood.
const FLOODS: usize = 3;

/// Signs a connection in.
async fn sign_in(client: &Client, person: &str) -> Outcome<()> {
    let claims = format!(r#"{{"sub": "{person}", "role": "authenticated"}}"#);
    let sql = format!(
        "set role authenticated; select set_config('request.jwt.claims', '{claims}', false)"
    );
    Ok(client.batch_execute(&sql).await?)
}

async fn fill(client: &Client) -> Outcome<()> {
    client
        .batch_execute(&format!(
            "insert into auth.users (id, email, raw_user_meta_data) values
               ('{ADMIN}', 'a@example.com', '{{\"name\": \"A\"}}'), ('{VIEWER}', 'v@example.com', '{{\"name\": \"V\"}}');
             insert into public.bands (id, name, created_by) values ('{BAND}', 'One', '{ADMIN}');
             insert into public.band_memberships (user_id, band_id, role) values ('{VIEWER}', '{BAND}', 'viewer');
             insert into public.songs (id, title, context_id, created_by) values ('{SONG}', 'Song', '{BAND}', '{ADMIN}');
             insert into public.songs (title, context_id, created_by) select 'Song ' || n, '{BAND}', '{ADMIN}' from generate_series(1, 57) n;
             insert into public.songs (id, title, notes, reference_links, context_type, context_id, created_by)
               select '{LARGE}', 'Large', (select string_agg(md5(n::text), '') from generate_series(1, 8000) n),
                      jsonb_build_array((select string_agg(md5(n::text), '') from generate_series(1, 4500) n)),
                      'personal', '{VIEWER}', '{VIEWER}'"
        ))
        .await?;
    Ok(client.batch_execute("vacuum analyze").await?)
}

/// A push of `count` edits of one row, each with another value of `field`.
fn push(scope: &str, row: &str, field: &str, count: usize) -> String {
    let edits: Vec<Value> = (1..=count)
        .map(|n| {
            let value = format!("{}{n}", fastrand::u32(..));
            json!({"n": n, "kind": "song", "op": "update", "id": row, "base_rev": 0, "set": {field: value}, "base": {}})
        })
        .collect();
    let call = json!({"client_id": Uuid::new_v4(), "scope": scope, "acked": 0, "mutations": edits});
    format!("select public.sync_push('{call}') is null")
}

async fn pid(client: &Client) -> Outcome<i32> {
    Ok(client
        .query_one("select pg_backend_pid()", &[])
        .await?
        .get(0))
}

/// A hundred edits of a row of 400 kB, twelve times: processor time of the server's process.
async fn large_row(client: &Client, what: &str, field: &str) -> Outcome<Line> {
    let (pid, mut cpu, mut wall) = (pid(client).await?, Samples::default(), Samples::default());
    for round in 0..15 {
        let sql = push(VIEWER, LARGE, field, 100);
        let (before, started) = (processor_ms(pid), Instant::now());
        client.batch_execute(&sql).await?;
        if round >= 3 {
            wall.push_ms(started.elapsed());
            if let (Some(before), Some(after)) = (before, processor_ms(pid)) {
                cpu.push(after - before);
            }
        }
    }
    let shown = format!("processor {}, wall {}", cpu.spread("ms"), wall.spread("ms"));
    Ok(Line::new("push", what, cpu.median(), "ms")
        .at_most(500.0)
        .shown(shown))
}

/// Pushes of the admin into the band, one after the other.
async fn band_pushes(client: &Client) -> Outcome<Samples> {
    let mut samples = Samples::default();
    for _ in 0..CALLS {
        let started = Instant::now();
        client.batch_execute(&push(BAND, SONG, "key", 1)).await?;
        samples.push_ms(started.elapsed());
    }
    Ok(samples)
}

async fn flood(project: &Project, client: &Client) -> Outcome<Vec<Line>> {
    band_pushes(client).await?;
    let quiet = band_pushes(client).await?;
    let stop = Arc::new(AtomicBool::new(false));
    let mut floods = Vec::new();
    for _ in 0..FLOODS {
        let (other, stop) = (project.admin().await?, Arc::clone(&stop));
        sign_in(&other, VIEWER).await?;
        floods.push(tokio::spawn(async move {
            let mut calls = 0_u32;
            while !stop.load(Ordering::Relaxed) {
                let call = push(VIEWER, LARGE, "notes", 100);
                if other.batch_execute(&call).await.is_ok() {
                    calls += 1;
                }
            }
            calls
        }));
    }
    band_pushes(client).await?;
    let under = band_pushes(client).await?;
    stop.store(true, Ordering::Relaxed);
    let mut calls = 0;
    for one in floods {
        calls += one.await?;
    }
    let what = "a push into a band while a viewer of it floods his own space, to one without";
    Ok(vec![
        Line::new("push", what, under.median() / quiet.median(), "x")
            .at_most(2.0)
            .shown(format!(
                "{} to {}; {calls} calls of the flood",
                under.spread("ms"),
                quiet.spread("ms")
            )),
    ])
}

/// Adds bands with two songs each, up to this number.
async fn add_bands(client: &Client, from: usize, to: usize) -> Outcome<()> {
    client
        .batch_execute(&format!(
            "insert into public.users (id, email, name) select md5('u' || n)::uuid, n || '@example.com', 'U' from generate_series({from}, {to}) n;
             insert into public.bands (id, name, created_by) select md5('b' || n)::uuid, 'B', md5('u' || n)::uuid from generate_series({from}, {to}) n;
             insert into public.songs (title, context_id, created_by)
               select 'Song', md5('b' || n)::uuid, md5('u' || n)::uuid from generate_series({from}, {to}) n, generate_series(1, 2)"
        ))
        .await?;
    Ok(client.batch_execute("vacuum analyze").await?)
}

/// A pull, a push and a health check of the band, as its admin: medians of the processor time.
async fn one_band(client: &Client) -> Outcome<[f64; 3]> {
    let pid = pid(client).await?;
    let ask = json!({"scopes": [{"id": BAND, "cursor": null, "epoch": null}]});
    let mut all = [Samples::default(), Samples::default(), Samples::default()];
    for round in 0..CALLS {
        let calls = [
            format!("select public.sync_pull('{ask}') is null"),
            push(BAND, SONG, "key", 5),
            "select public.sync_health() is null".to_owned(),
        ];
        for (sql, samples) in calls.iter().zip(&mut all) {
            let before = processor_ms(pid);
            client.batch_execute(sql).await?;
            if let (true, Some(before), Some(after)) = (round > 9, before, processor_ms(pid)) {
                samples.push(after - before);
            }
        }
    }
    Ok(all.map(|samples| samples.median()))
}

/// Milliseconds of processor time a row, for a job without a user over the songs of so many bands.
async fn service_job(client: &Client, bands: usize, tempo: usize) -> Outcome<f64> {
    let pid = pid(client).await?;
    let sql = format!(
        "update public.songs set tempo = {tempo} where sync_scope = any (array(select md5('b' || n)::uuid from generate_series(1, {bands}) n))"
    );
    let before = processor_ms(pid).ok_or("no times of processes here")?;
    let rows = client.execute(&sql, &[]).await?;
    let after = processor_ms(pid).ok_or("no times of processes here")?;
    Ok((after - before) / rows as f64)
}

async fn growth(owner: &Client, client: &Client) -> Outcome<Vec<Line>> {
    add_bands(owner, 1, 10).await?;
    let few = one_band(client).await?;
    for from in (11..10_000).step_by(370) {
        add_bands(owner, from, from + 369).await?; // analysed between: plans made for a small table are kept otherwise
    }
    let many = one_band(client).await?;
    let names = [
        "sync_pull of one band",
        "sync_push into one band",
        "sync_health",
    ];
    let mut lines: Vec<Line> = names
        .iter()
        .zip(few.iter().zip(many))
        .map(|(name, (few, many))| {
            Line::new(
                "push",
                &format!("{name}: 10,000 bands to 10"),
                many / few,
                "x",
            )
            .at_most(1.2)
            .shown(format!(
                "{} to {} ms",
                crate::stats::short(many),
                crate::stats::short(*few)
            ))
        })
        .collect();
    for (at, bands) in [50, 800, 10_000].into_iter().enumerate() {
        let each = service_job(owner, bands, 100 + at).await?;
        let what = format!("a row of a job without a user over {bands} bands");
        lines.push(Line::new("push", &what, each, "ms").at_most(0.3));
    }
    Ok(lines)
}

async fn measured() -> Outcome<Vec<Line>> {
    let project = empty_project().await;
    let (owner, admin, viewer) = (
        project.admin().await?,
        project.admin().await?,
        project.admin().await?,
    );
    fill(&owner).await?;
    sign_in(&admin, ADMIN).await?;
    sign_in(&viewer, VIEWER).await?;
    let mut lines = vec![
        large_row(&viewer, "100 edits of the key of a row of 400 kB", "key").await?,
        large_row(&viewer, "100 conflicting edits of its notes", "notes").await?,
    ];
    lines.extend(flood(&project, &admin).await?);
    lines.extend(growth(&owner, &admin).await?);
    Ok(lines)
}

pub(crate) fn run() -> Outcome<Vec<Line>> {
    crate::runtime()?.block_on(measured())
}
