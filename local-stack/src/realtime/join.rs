//! What a `phx_join` asks for. Pure.
//!
//! Tolerance as observed: booleans may be strings, an option of the wrong type falls back to its default, but a payload
//! that is no object, or a `config` or `config.broadcast` that is text, fails the join. So does what is not offered.

use serde_json::{Map, Value};

use crate::not_offered;

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
    /// Empty: the server makes one.
    pub presence_key: String,
    /// Whether `presence_state` is wanted after the reply.
    pub presence: bool,
    /// Entries as sent, without nulls; echoed with an id.
    pub changes: Vec<Map<String, Value>>,
    /// Policies on `realtime.messages` decide.
    pub private: bool,
    /// The channel's own token; absent: the socket's.
    pub token: Option<String>,
}

/// Reads the payload of a join.
///
/// # Errors
/// The reason of the error reply, as the real server words it.
pub(crate) fn parse(payload: &Value) -> Result<Join, String> {
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
        return Err(not_offered::text("a join without config"));
    };
    let broadcast = config.get("broadcast").unwrap_or(&Value::Null);
    if config.is_string() || broadcast.is_string() {
        return Err(
            "UnknownErrorOnChannel: no function clause matching in Access.get/3".to_owned(),
        );
    }
    if broadcast
        .get("replay")
        .is_some_and(|replay| !replay.is_null())
    {
        return Err(not_offered::text("replay of stored messages"));
    }
    let presence = config.get("presence").unwrap_or(&Value::Null);
    let key = presence.get("key").and_then(Value::as_str);
    Ok(Join {
        ack: flag(broadcast.get("ack")),
        echo: flag(broadcast.get("self")),
        replication_ready: flag(broadcast.get("replication_ready")),
        presence_key: key.unwrap_or_default().to_owned(),
        presence: flag(presence.get("enabled")),
        changes: entries(config.get("postgres_changes")),
        private: flag(config.get("private")),
        token,
    })
}

/// A boolean, or "true"/"false" in any case; everything else is false.
fn flag(value: Option<&Value>) -> bool {
    match value {
        Some(Value::Bool(flag)) => *flag,
        Some(Value::String(text)) => text.eq_ignore_ascii_case("true"),
        _ => false,
    }
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
        parse(payload)
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
    fn what_is_not_offered_is_refused_by_name() {
        for refused in [
            json!({}),
            json!({"config": {"private": true, "broadcast": {"replay": {"since": 1}}}}),
        ] {
            let error = parsed(&refused).unwrap_err();
            assert!(error.contains("does not offer"), "{error}");
        }
    }

    #[test]
    fn the_older_token_key_wins_and_new_style_keys_are_ignored() {
        let both = parsed(&json!({"user_token": "u", "access_token": "a", "config": {}}));
        assert_eq!(both.unwrap_or_default().token.as_deref(), Some("u"));
        let publishable = parsed(&json!({"access_token": "sb_publishable_x", "config": {}}));
        assert_eq!(publishable.unwrap_or_default().token, None);
    }
}
