//! One recorded exchange after the other: send, compare, remember which of our tokens stands for which recorded one.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Method;
use rockon_local_stack::Project;
use rockon_tests::http::{Answer, request, send};
use serde::Deserialize;
use serde_json::{Value, json};

/// Headers whose presence and value must agree.
const HEADERS: [&str; 5] = [
    "content-type",
    "allow",
    "cache-control",
    "x-sb-error-code",
    "x-supabase-api-version",
];
/// Headers of which only presence must agree; tokens and ids are compared through the bodies.
const PRESENT: [&str; 3] = [
    "sb-auth-user-id",
    "sb-auth-session-id",
    "sb-auth-refresh-token-prefix",
];
/// Members whose values are ours alone: texts of the other parser, the version, the address.
const OWN: [&str; 7] = [
    "redirect_to",
    "version",
    "error_id",
    "iss",
    "issuer",
    "jwks_uri",
    "action_link",
];

#[derive(Deserialize)]
struct Record {
    file: String,
    name: String,
    method: String,
    path: String,
    request_headers: HashMap<String, String>,
    request_body: Value,
    status: u16,
    response_headers: HashMap<String, String>,
    response_body: Value,
    sent_at: f64,
}

pub(super) struct Replay<'a> {
    project: &'a Project,
    /// Recorded text to ours: ids, refresh tokens, access tokens.
    ours: HashMap<String, String>,
    complaints: Vec<String>,
}

impl<'a> Replay<'a> {
    pub(super) fn new(project: &'a Project) -> Self {
        Self {
            project,
            ours: HashMap::new(),
            complaints: Vec::new(),
        }
    }

    /// Makes a user the recorded server had already.
    pub(super) async fn set_up(&mut self, email: &str, data: &str, recorded_id: &str) {
        self.project.clock().hold_unix_ms(1_795_364_000_000);
        let data: Value = serde_json::from_str(data).unwrap();
        let body = json!({"email": email, "password": "correct horse 42", "data": data});
        let answer = send(request(self.project, Method::POST, "/auth/v1/signup").json(&body)).await;
        let id = answer.json()["user"]["id"].as_str().unwrap().to_owned();
        self.ours.insert(recorded_id.to_owned(), id);
    }

    pub(super) fn complaints(self) -> Vec<String> {
        self.complaints
    }

    pub(super) async fn exchange(&mut self, line: &str) {
        let record: Record = serde_json::from_str(line).unwrap();
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a time of this century in ms"
        )]
        let ms = (record.sent_at * 1000.0) as i64;
        self.project.clock().hold_unix_ms(ms);
        let method = Method::from_bytes(record.method.as_bytes()).unwrap();
        let path = format!("/auth/v1{}", self.translate_text(&record.path));
        let mut outgoing = request(self.project, method, &path);
        for (name, value) in &record.request_headers {
            outgoing = outgoing.header(name, self.translate_header(value));
        }
        outgoing = match &record.request_body {
            Value::Null => outgoing,
            Value::String(raw) => outgoing.body(raw.clone()),
            json => outgoing.body(self.translate_json(json).to_string()),
        };
        let answer = send(outgoing).await;
        self.compare(&record, &answer);
    }

    fn compare(&mut self, record: &Record, answer: &Answer) {
        let mut found = Vec::new();
        if answer.status != record.status {
            found.push(format!(
                "status {} instead of {}",
                answer.status, record.status
            ));
        }
        self.compare_headers(record, answer, &mut found);
        let body = match &record.response_body {
            Value::String(_) => Value::String(answer.text.clone()),
            Value::Null if answer.text.is_empty() => Value::Null,
            _ => answer.json(),
        };
        self.same("", &record.response_body, &body, &mut found);
        for complaint in found {
            self.complaints
                .push(format!("[{}] {}: {complaint}", record.file, record.name));
        }
    }

    fn compare_headers(&mut self, record: &Record, answer: &Answer, found: &mut Vec<String>) {
        for name in HEADERS {
            let recorded = record.response_headers.get(name).map_or("", String::as_str);
            if answer.header(name) != recorded {
                found.push(format!(
                    "{name}: {:?} instead of {recorded:?}",
                    answer.header(name)
                ));
            }
        }
        if answer.header("vary") != "Origin" {
            found.push(format!("vary: {:?}", answer.header("vary")));
        }
        let recorded = record.response_headers.get("location");
        let recorded = recorded.map_or("", String::as_str);
        if without_session(recorded) != without_session(answer.header("location")) {
            found.push(format!(
                "location: {:?} instead of {recorded:?}",
                answer.header("location")
            ));
        }
        for name in PRESENT {
            let recorded = record.response_headers.contains_key(name);
            if answer.headers.contains_key(name) != recorded {
                found.push(format!(
                    "{name} is present in one only (recorded: {recorded})"
                ));
            }
            let recorded = record.response_headers.get(name).map_or("", String::as_str);
            if uuid(recorded) && !self.same_text(name, recorded, answer.header(name)) {
                found.push(format!("{name} names another one"));
            }
        }
    }

    /// Compares values; ties unknown ids and tokens together on the way.
    fn same(&mut self, at: &str, recorded: &Value, ours: &Value, found: &mut Vec<String>) {
        let name = at.rsplit('.').next().unwrap_or_default();
        if OWN.contains(&name) || at.starts_with(".users") {
            return;
        }
        match (recorded, ours) {
            (Value::Object(a), Value::Object(b)) if name != "openid" => {
                if keys(a) != keys(b) && !a.contains_key("issuer") {
                    found.push(format!(
                        "{at}: members {:?} instead of {:?}",
                        keys(b),
                        keys(a)
                    ));
                }
                for (key, value) in a {
                    if let Some(other) = b.get(key) {
                        self.same(&format!("{at}.{key}"), value, other, found);
                    }
                }
            }
            (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
                for (value, other) in a.iter().zip(b) {
                    self.same(&format!("{at}[]"), value, other, found);
                }
            }
            (Value::String(a), Value::String(b)) => {
                if !self.same_text(name, a, b) {
                    found.push(format!("{at}: {b:?} instead of {a:?}"));
                }
            }
            (Value::Number(_), Value::Number(_)) if name == "expires_at" => {
                let distance = ours.as_i64().unwrap() - recorded.as_i64().unwrap();
                if distance.abs() > 1 {
                    found.push(format!("{at}: {distance} s away"));
                }
            }
            _ if recorded == ours => {}
            _ => found.push(format!("{at}: {ours} instead of {recorded}")),
        }
    }

    fn same_text(&mut self, name: &str, recorded: &str, ours: &str) -> bool {
        if recorded.starts_with("Could not parse request body as JSON: json: ") {
            return ours.starts_with("Could not parse request body as JSON: json: ");
        }
        if recorded.contains("illegal base64 data") {
            return recorded.starts_with(ours);
        }
        if recorded.contains("you can only request this after") {
            return ours.contains("you can only request this after");
        }
        if name.ends_with("_at") || name == "banned_until" {
            return recorded.ends_with('Z') && ours.ends_with('Z');
        }
        // Two access tokens of one session and second are the same text on either side, or on neither.
        if name == "access_token" {
            self.ours.insert(recorded.to_owned(), ours.to_owned());
            return true;
        }
        if recorded.contains("#access_token=") {
            return without_session(recorded) == without_session(ours);
        }
        let names = ["refresh_token", "hashed_token", "email_otp"];
        let is_token = names.contains(&name) || uuid(recorded);
        if !is_token {
            return recorded == ours;
        }
        let known = self.ours.get(recorded).cloned();
        let taken = self.ours.values().any(|value| value == ours);
        match known {
            Some(known) => known == ours,
            None if taken => false,
            None => {
                self.ours.insert(recorded.to_owned(), ours.to_owned());
                true
            }
        }
    }

    fn translate_text(&self, text: &str) -> String {
        let mut text = text.to_owned();
        let in_paths = |recorded: &str| uuid(recorded) || recorded.len() == 56;
        for (recorded, ours) in self.ours.iter().filter(|(known, _)| in_paths(known)) {
            text = text.replace(recorded, ours);
        }
        text
    }

    fn translate_json(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.ours.get(text).unwrap_or(text).clone()),
            Value::Array(items) => items.iter().map(|item| self.translate_json(item)).collect(),
            Value::Object(map) => map
                .iter()
                .map(|(key, value)| (key.clone(), self.translate_json(value)))
                .collect(),
            other => other.clone(),
        }
    }

    /// A recorded access token becomes ours; one that was made up for a case is made up again with our ids.
    fn translate_header(&self, value: &str) -> String {
        let Some((scheme, token)) = value.split_once(' ') else {
            return value.to_owned();
        };
        if let Some(ours) = self.ours.get(token) {
            return format!("{scheme} {ours}");
        }
        let forged = self.project.keys().verify_signature(token).is_err();
        let claims = token
            .split('.')
            .nth(1)
            .and_then(|part| URL_SAFE_NO_PAD.decode(part).ok());
        match claims.and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok()) {
            Some(claims) if !forged => {
                let claims = self.translate_json(&claims);
                format!("{scheme} {}", self.project.keys().sign(&claims).unwrap())
            }
            _ => value.to_owned(),
        }
    }
}

fn keys(map: &serde_json::Map<String, Value>) -> Vec<&str> {
    let mut keys: Vec<&str> = map.keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

/// An address, or a page with one, without the values of the session in it.
fn without_session(address: &str) -> String {
    let secret = ["access_token=", "expires_at=", "refresh_token="];
    let parts = address.split_inclusive(['#', '&', ';']);
    let parts = parts.map(|part| {
        let named = secret.iter().find(|name| part.starts_with(**name));
        named.map_or(part, |name| *name)
    });
    parts.collect()
}

fn uuid(text: &str) -> bool {
    text.len() == 36 && text.bytes().filter(|byte| *byte == b'-').count() == 4
}
