//! What a `phx_join` asks for. Pure.
//!
//! Tolerance as observed: booleans may be strings, an option of the wrong type falls back to its default, but a payload
//! that is no object, or a `config` or `config.broadcast` that is text, fails the join. A payload without `config` is the
//! old API: the topic itself names the subscription and events come in the old form.

use serde_json::{Map, Value};

/// At most this many stored messages are replayed at a join (protocol limit).
const MAX_REPLAY: i64 = 25;

/// A join's options after defaults.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of the protocol"
)]
pub(crate) struct Join {
    /// Reply to every broadcast of this channel.
    pub ack: bool,
    /// Send the channel its own broadcasts.
    pub echo: bool,
    /// Announce with a system message that messages from the database flow.
    pub replication_ready: bool,
    /// Stored messages to send after the reply; private channels only.
    pub replay: Option<Replay>,
    /// Empty: the server makes one.
    pub presence_key: String,
    /// Whether `presence_state` is wanted after the reply.
    pub presence: bool,
    /// Entries as sent, without nulls; echoed with an id.
    pub changes: Vec<Map<String, Value>>,
    /// Policies on `realtime.messages` decide.
    pub private: bool,
    /// Joined without `config`: change events come in the old form.
    pub legacy: bool,
    /// The channel's own token; absent: the socket's.
    pub token: Option<String>,
}

/// Which stored messages a private join wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Replay {
    /// Unix time in milliseconds.
    pub since: i64,
    /// 1 to 25.
    pub limit: i64,
}

/// Reads the payload of a join on `topic` (without the `realtime:` prefix).
///
/// # Errors
/// The reason of the error reply, as the real server words it.
pub(crate) fn parse(topic: &str, payload: &Value) -> Result<Join, String> {
    let Value::Object(payload) = payload else {
        let shown = super::inspect::value(payload);
        return Err(format!(
            "UnknownErrorOnChannel: expected params to be a :map, got: `{shown}`"
        ));
    };
    let token = ["user_token", "access_token"]
        .iter()
        .find_map(|key| payload.get(*key).and_then(Value::as_str))
        .filter(|token| !token.starts_with("sb_"))
        .map(str::to_owned);
    let Some(config) = payload.get("config") else {
        return Ok(Join {
            changes: vec![legacy_entry(topic)],
            legacy: true,
            token,
            ..Join::default()
        });
    };
    let broadcast = config.get("broadcast").unwrap_or(&Value::Null);
    if config.is_string() || broadcast.is_string() {
        return Err(
            "UnknownErrorOnChannel: no function clause matching in Access.get/3".to_owned(),
        );
    }
    let presence = config.get("presence").unwrap_or(&Value::Null);
    Ok(Join {
        ack: flag(broadcast.get("ack")),
        echo: flag(broadcast.get("self")),
        replication_ready: flag(broadcast.get("replication_ready")),
        replay: replay(broadcast.get("replay")),
        presence_key: presence_key(presence.get("key")),
        presence: flag(presence.get("enabled")),
        changes: entries(config.get("postgres_changes")),
        private: flag(config.get("private")),
        legacy: false,
        token,
    })
}

/// `schema[:table[:filter]]`: the filter may itself contain colons.
fn legacy_entry(topic: &str) -> Map<String, Value> {
    ["schema", "table", "filter"]
        .into_iter()
        .zip(topic.splitn(3, ':'))
        .map(|(key, part)| (key.to_owned(), Value::String(part.to_owned())))
        .collect()
}

/// A boolean, or "true"/"false" in any case; everything else is false.
fn flag(value: Option<&Value>) -> bool {
    match value {
        Some(Value::Bool(flag)) => *flag,
        Some(Value::String(text)) => text.eq_ignore_ascii_case("true"),
        _ => false,
    }
}

fn presence_key(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(key)) => key.clone(),
        Some(Value::Number(key)) => key.to_string(),
        _ => String::new(),
    }
}

fn replay(value: Option<&Value>) -> Option<Replay> {
    let since = value?.get("since")?.as_i64()?;
    let limit = value?.get("limit").and_then(Value::as_i64);
    Some(Replay {
        since,
        limit: limit.unwrap_or(MAX_REPLAY).clamp(1, MAX_REPLAY),
    })
}

fn entries(value: Option<&Value>) -> Vec<Map<String, Value>> {
    let entries = value.and_then(Value::as_array);
    entries
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parsed(payload: &Value) -> Result<Join, String> {
        parse("public:notes:room=eq.a:b", payload)
    }

    #[test]
    fn booleans_may_be_strings_in_any_case() {
        let join = parsed(
            &json!({"config": {"broadcast": {"self": "TRUE", "ack": true}, "private": "maybe"}}),
        );
        assert_eq!(
            join,
            Ok(Join {
                echo: true,
                ack: true,
                ..Join::default()
            })
        );
    }

    #[test]
    fn options_of_the_wrong_type_fall_back_to_defaults() {
        let join = parsed(
            &json!({"config": {"postgres_changes": {"a": 1}, "presence": 5, "broadcast": []}, "access_token": 7}),
        );
        assert_eq!(join, Ok(Join::default()));
        let nulls = parsed(&json!({"config": {"postgres_changes": [null, 3]}}));
        assert_eq!(nulls, Ok(Join::default()));
    }

    #[test]
    fn text_in_place_of_config_or_broadcast_fails_the_join() {
        for bad in [
            json!({"config": "x"}),
            json!({"config": {"broadcast": "x"}}),
        ] {
            assert_eq!(
                parsed(&bad),
                Err(
                    "UnknownErrorOnChannel: no function clause matching in Access.get/3".to_owned()
                )
            );
        }
        assert_eq!(
            parsed(&json!("str")),
            Err("UnknownErrorOnChannel: expected params to be a :map, got: `\"str\"`".to_owned())
        );
        assert_eq!(
            parsed(&Value::Null),
            Err("UnknownErrorOnChannel: expected params to be a :map, got: `nil`".to_owned())
        );
    }

    #[test]
    fn without_config_the_topic_names_the_subscription() {
        let join = parsed(&json!({})).unwrap_or_default();
        assert!(join.legacy);
        assert_eq!(
            Value::Object(join.changes.concat_first()),
            json!({"schema": "public", "table": "notes", "filter": "room=eq.a:b"})
        );
    }

    trait First {
        fn concat_first(self) -> Map<String, Value>;
    }
    impl First for Vec<Map<String, Value>> {
        fn concat_first(self) -> Map<String, Value> {
            self.into_iter().next().unwrap_or_default()
        }
    }

    #[test]
    fn the_older_token_key_wins_and_new_style_keys_are_ignored() {
        let both = parsed(&json!({"user_token": "u", "access_token": "a", "config": {}}));
        assert_eq!(both.unwrap_or_default().token.as_deref(), Some("u"));
        let publishable = parsed(&json!({"access_token": "sb_publishable_x", "config": {}}));
        assert_eq!(publishable.unwrap_or_default().token, None);
    }

    #[test]
    fn a_numeric_presence_key_becomes_text() {
        let join = parsed(&json!({"config": {"presence": {"key": 5, "enabled": "true"}}}));
        let join = join.unwrap_or_default();
        assert_eq!((join.presence_key.as_str(), join.presence), ("5", true));
    }
}
