//! A plain HTTP client for looking at what a service really answers.

use std::sync::LazyLock;

use reqwest::{Client, Method, RequestBuilder};
use rockon_local_stack::Project;
use serde_json::Value;

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: reqwest::header::HeaderMap,
    /// Body as text.
    pub text: String,
}

impl Answer {
    /// The body as JSON; `Null` if it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    /// A header's text, empty when absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}

/// A client without a proxy, which follows no redirect. The core's `reqwest` brings no TLS of its own, so a provider is chosen first.
///
/// One for all tests: making one reads every certificate of the system. It keeps no connection, which would belong to the
/// runtime of one test.
pub fn client() -> Client {
    static CLIENT: LazyLock<Client> = LazyLock::new(|| {
        let _chosen_before = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().no_proxy().pool_max_idle_per_host(0);
        let client = client.redirect(reqwest::redirect::Policy::none());
        client.build().expect("a client")
    });
    CLIENT.clone()
}

/// Starts a request to a path of the project. No header is added: see [`app`] for what an app sends.
pub fn request(project: &Project, method: Method, path: &str) -> RequestBuilder {
    client().request(method, format!("{}{path}", project.url()))
}

/// A request as an app sends it: with the `apikey`.
pub fn app(project: &Project, method: Method, path: &str) -> RequestBuilder {
    request(project, method, path).header("apikey", project.anon_key())
}

/// Sends and reads the whole answer.
pub async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.expect("an answer");
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let text = response.text().await.expect("a body");
    Answer {
        status,
        headers,
        text,
    }
}

/// Gives an order to the project's `/admin` paths with the admin key, with a body as JSON.
pub async fn order(project: &Project, method: Method, path: &str, body: Option<Value>) -> Answer {
    let mut order = request(project, method, path).bearer_auth(project.admin_key());
    if let Some(body) = body {
        order = order.json(&body);
    }
    send(order).await
}
