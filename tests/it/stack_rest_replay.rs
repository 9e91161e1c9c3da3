//! What was recorded on a real PostgREST 14.14 is sent again, against the same tables: status, the headers that matter
//! and the body must come back the same. Of the recording only what this service offers is kept.

use std::sync::Arc;

use axum::http::{HeaderName, HeaderValue, Method};
use reqwest::Client;
use rockon_local_stack::Project;
use rockon_local_stack::rest::{Rest, Settings, Times};
use rockon_tests::{bare_project, cluster, http};
use serde::Deserialize;
use serde_json::{Value, json};

/// Compared on every exchange.
const HEADERS: [&str; 6] = [
    "content-range",
    "content-type",
    "preference-applied",
    "proxy-status",
    "www-authenticate",
    "retry-after",
];

#[derive(Deserialize)]
struct Exchange {
    name: String,
    method: String,
    path: String,
    request_headers: Vec<(String, String)>,
    request_body: Value,
    status: u16,
    response_headers: Vec<(String, String)>,
    response_body: Value,
}

/// A service on the recorded tables, as the recorded one was set up.
struct Recorded {
    project: Project,
    url: String,
    server: tokio::task::JoinHandle<()>,
}

impl Recorded {
    async fn start() -> Self {
        let project = bare_project().await;
        let schema = include_str!("../fixtures/rest/schema.sql");
        let admin = project.admin().await.unwrap();
        admin.batch_execute(schema).await.unwrap();
        let database = cluster()
            .await
            .connect_config("authenticator", project.database());
        let shared = project.shared().clone();
        let rest = Rest::new(Settings {
            database,
            secret: project.jwt_secret().as_bytes().to_vec(),
            // The recorded server had no such rule.
            safe_updates: false,
            times: Arc::new(move || Times {
                now: shared.clock.unix(),
                expired_until: None,
            }),
        });
        let router = rest.unwrap().router();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self {
            project,
            url,
            server,
        }
    }

    /// `<jwt alg=HS256 role=...>` in a header becomes a token.
    fn header(&self, value: &str) -> String {
        let Some((before, role)) = value.split_once("<jwt alg=HS256 role=") else {
            return value.to_owned();
        };
        let role = role.trim_end_matches('>');
        let now = self.project.clock().unix();
        let mut claims = json!({"role": role, "exp": now + 3600});
        if role == "authenticated" {
            claims["sub"] = json!("a0000000-0000-4000-8000-00000000000a");
        }
        format!("{before}{}", self.project.keys().sign(&claims).unwrap())
    }

    /// Every difference between what was recorded and what comes back now.
    async fn differences(&self, client: &Client, exchange: &Exchange) -> Vec<String> {
        let method = Method::from_bytes(exchange.method.as_bytes()).unwrap();
        let mut request = client.request(method, format!("{}{}", self.url, exchange.path));
        for (name, value) in &exchange.request_headers {
            let value = HeaderValue::from_str(&self.header(value)).unwrap();
            request = request.header(name.parse::<HeaderName>().unwrap(), value);
        }
        if let Value::String(body) = &exchange.request_body {
            request = request.body(body.clone());
        }
        let response = request.send().await.unwrap();
        let status = (exchange.status, response.status().as_u16());
        let mut pairs = vec![(
            "status",
            format!("{:?}", status.0),
            format!("{:?}", status.1),
        )];
        for name in HEADERS {
            let now = response
                .headers()
                .get(name)
                .map(|value| value.to_str().unwrap());
            pairs.push((
                name,
                exchange.header(name),
                now.unwrap_or_default().to_owned(),
            ));
        }
        let now = response.text().await.unwrap();
        if let Value::String(recorded) = &exchange.response_body {
            pairs.push(("body", recorded.clone(), now));
        }
        let different = pairs
            .into_iter()
            .filter(|(_, recorded, now)| recorded != now);
        different
            .map(|(what, recorded, now)| format!("{what}: recorded {recorded:?}, now {now:?}"))
            .collect()
    }
}

impl Exchange {
    /// A recorded header, empty when there was none.
    fn header(&self, name: &str) -> String {
        let found = self
            .response_headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

impl Drop for Recorded {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// Replays one file; at least `least` exchanges must have been compared.
async fn replay(recording: &str, least: usize) {
    let recorded = Recorded::start().await;
    let client = http::client();
    let (mut compared, mut failures) = (0, Vec::new());
    for line in recording.lines() {
        let exchange: Exchange = serde_json::from_str(line).unwrap();
        compared += 1;
        for difference in recorded.differences(&client, &exchange).await {
            failures.push(format!("{}: {difference}", exchange.name));
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {compared}:\n{}",
        failures.len(),
        failures.join("\n")
    );
    assert!(compared >= least, "only {compared} exchanges were compared");
}

#[tokio::test(flavor = "multi_thread")]
async fn recorded_reads_are_answered_the_same() {
    replay(include_str!("../fixtures/rest/read.jsonl"), 85).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn recorded_calls_are_answered_the_same() {
    replay(include_str!("../fixtures/rest/rpc.jsonl"), 130).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn recorded_writes_are_answered_the_same() {
    replay(include_str!("../fixtures/rest/write.jsonl"), 121).await;
}
