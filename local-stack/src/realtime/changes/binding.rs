//! One entry of a channel's `postgres_changes`. Pure: reading it, its id, its error texts.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::not_offered;
use crate::realtime::filter::{self, Condition};
use crate::realtime::inspect;

/// Kind of a row change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// A new row.
    Insert,
    /// A changed row.
    Update,
    /// A deleted row.
    Delete,
}

impl Kind {
    /// As in the event.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Insert => "INSERT",
            Self::Update => "UPDATE",
            Self::Delete => "DELETE",
        }
    }
}

/// A subscription to the changes of tables.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Binding {
    /// Equal for equal entries, in every channel of every socket.
    pub id: u32,
    /// `None` = every kind.
    pub kind: Option<Kind>,
    /// Schema, a LIKE pattern; `*` for all.
    pub schema: String,
    /// Table, a LIKE pattern; `*` for all.
    pub table: String,
    /// All must hold.
    pub filter: Vec<Condition>,
}

/// The entry with its id added, as the join's reply echoes it.
pub(crate) fn echo(entry: &Map<String, Value>) -> Value {
    let mut echoed = entry.clone();
    echoed.insert("id".to_owned(), id(entry).into());
    Value::Object(echoed)
}

/// A stable number below 2^27: FNV-1a over the entry with sorted keys. The real server's is another hash; clients
/// compare it only with itself.
pub(crate) fn id(entry: &Map<String, Value>) -> u32 {
    // Whether a map keeps the order of its keys depends on the features of a build.
    let sorted: BTreeMap<&String, &Value> = entry.iter().collect();
    let text = serde_json::json!(sorted).to_string();
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    u32::try_from(hash >> 37).unwrap_or_default()
}

impl Binding {
    /// Reads an entry.
    ///
    /// # Errors
    /// The message of the system error; such a subscription is not retried.
    pub(crate) fn parse(entry: &Map<String, Value>) -> Result<Self, String> {
        let text = |key| entry.get(key).map(|value| value.as_str().ok_or(()));
        // A key that is there without being text (null counts) makes the entry invalid.
        let parts = (text("schema"), text("table"), text("filter"));
        let (schema, table, filter) = match parts {
            (Some(Ok(schema)), Some(Ok(table)), filter @ (None | Some(Ok(_)))) => {
                (schema, table, filter)
            }
            (Some(Ok(schema)), None, None) => (schema, "*", None),
            (None, Some(Ok(table)), None) => ("public", table, None),
            _ => return Err(invalid(entry)),
        };
        let filter = match filter {
            Some(Ok(text)) => filter::parse(text)
                .map_err(|error| format!("Error parsing `filter` params: {error}"))?,
            _ => Vec::new(),
        };
        if entry.get("select").is_some_and(|select| !select.is_null()) {
            return Err(not_offered::text("a choice of columns in row changes"));
        }
        let event = entry.get("event").and_then(Value::as_str);
        Ok(Self {
            id: id(entry),
            kind: event.and_then(kind),
            schema: schema.to_owned(),
            table: table.to_owned(),
            filter,
        })
    }

    /// `[event: .., schema: .., table: .., filters: [..], select: nil]` of the error texts.
    pub(crate) fn inspect(&self) -> String {
        format!(
            "[event: {}, schema: {}, table: {}, filters: {}, select: nil]",
            self.kind.map_or("*", Kind::name),
            self.schema,
            self.table,
            filter::inspect(&self.filter),
        )
    }

    /// The pattern for SQL `LIKE`.
    pub(crate) fn pattern(part: &str) -> &str {
        if part == "*" { "%" } else { part }
    }
}

/// Upper or lower case; anything unknown means every kind.
fn kind(event: &str) -> Option<Kind> {
    [Kind::Insert, Kind::Update, Kind::Delete]
        .into_iter()
        .find(|kind| kind.name().eq_ignore_ascii_case(event))
}

fn invalid(entry: &Map<String, Value>) -> String {
    format!(
        "No subscription params provided. Please provide at least a `schema` or `table` to subscribe to: {}",
        inspect::map(entry)
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn entry(value: Value) -> Map<String, Value> {
        let Value::Object(entry) = value else {
            unreachable!()
        };
        entry
    }

    #[test]
    fn only_four_combinations_of_keys_are_valid_and_null_counts_as_present() {
        let good = [
            json!({"schema": "s", "table": "t", "filter": "a=eq.1"}),
            json!({"schema": "s", "table": "t"}),
            json!({"schema": "s"}),
            json!({"table": "t"}),
        ];
        for value in good {
            assert!(Binding::parse(&entry(value.clone())).is_ok(), "{value}");
        }
        let bad = [
            json!({}),
            json!({"event": "*"}),
            json!({"schema": "s", "filter": "a=eq.1"}),
            json!({"schema": "s", "table": "t", "filter": null}),
            json!({"schema": "s", "table": null}),
        ];
        for value in bad {
            let error = Binding::parse(&entry(value.clone())).unwrap_err();
            assert!(
                error.starts_with("No subscription params provided."),
                "{value}"
            );
        }
    }

    #[test]
    fn an_invalid_entry_is_shown_as_the_real_server_shows_it() {
        assert_eq!(
            Binding::parse(&entry(json!({"event": "*"}))),
            Err("No subscription params provided. Please provide at least a `schema` or `table` to subscribe to: %{\"event\" => \"*\"}".to_owned())
        );
    }

    #[test]
    fn event_names_are_read_in_any_case_and_unknown_ones_mean_all() {
        for (event, kind) in [
            ("insert", Some(Kind::Insert)),
            ("DELETE", Some(Kind::Delete)),
            ("BOGUS", None),
            ("*", None),
        ] {
            let binding = Binding::parse(&entry(json!({"event": event, "table": "t"}))).unwrap();
            assert_eq!(binding.kind, kind, "{event}");
        }
    }

    #[test]
    fn equal_entries_have_equal_ids_below_two_to_the_27() {
        let one = entry(json!({"event": "*", "schema": "public", "table": "notes"}));
        let two = entry(json!({"table": "notes", "schema": "public", "event": "*"}));
        assert_eq!(id(&one), id(&two));
        assert!(id(&one) < 1 << 27);
        assert_ne!(id(&one), id(&entry(json!({"event": "*"}))));
    }

    #[test]
    fn the_parameters_are_shown_in_error_texts() {
        let binding = Binding::parse(&entry(
            json!({"schema": "public", "table": "notes", "filter": "n=eq.abc"}),
        ));
        assert_eq!(
            binding.unwrap().inspect(),
            r#"[event: *, schema: public, table: notes, filters: [{"n", "eq", "abc", false}], select: nil]"#
        );
    }
}
