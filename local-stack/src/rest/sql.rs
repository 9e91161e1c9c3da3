//! Statements from parsed requests. Pure.
//!
//! Every value is a parameter, sent as text and read by the database as the type its place asks for; every identifier is
//! quoted; type names and defaults come from the catalogue, casts hold nothing but words. So nothing a caller sends is
//! ever part of a statement's text. Each statement gives one row: the counted total or null, the rows of this page, the rows an
//! upsert found there, the body, and what the database wants as headers and status.

pub(crate) mod call;
pub(crate) mod read;
pub(crate) mod write;

use super::filter::{Filter, Logic, Quantifier, Test};
use super::media::Media;
use super::scan::{Field, Key};
use super::select::{Item, Order};

/// A statement and its parameters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Statement {
    pub(crate) text: String,
    pub(crate) values: Vec<String>,
}

impl Statement {
    /// Adds a parameter and gives its place (`$1`).
    fn bind(&mut self, value: &str) -> String {
        // PostgreSQL's texts end at a NUL; so do the values of the real service.
        let value = value.split('\0').next().unwrap_or_default();
        self.values.push(value.to_owned());
        format!("${}", self.values.len())
    }

    /// The conditions as `where ...`, or nothing.
    fn filters(&mut self, from: &str, logic: &[Logic]) -> String {
        let conditions: Vec<String> = logic.iter().map(|logic| self.logic(from, logic)).collect();
        if conditions.is_empty() {
            return String::new();
        }
        format!(" where {}", conditions.join(" and "))
    }

    /// Recursion is as deep as the tree, which the parser bounds.
    fn logic(&mut self, from: &str, logic: &Logic) -> String {
        match logic {
            Logic::Filter(filter) => self.filter(from, filter),
            Logic::Group {
                negated,
                any,
                members,
            } => {
                let members: Vec<String> = members
                    .iter()
                    .map(|member| self.logic(from, member))
                    .collect();
                let joined = members.join(if *any { " or " } else { " and " });
                format!("{}({joined})", if *negated { "not " } else { "" })
            }
        }
    }

    fn filter(&mut self, from: &str, filter: &Filter) -> String {
        let field = self.field(from, &filter.field);
        let condition = match &filter.test {
            Test::Compare {
                operator,
                quantifier,
                value,
            } => {
                let value = self.bind(value);
                match quantifier {
                    None => format!("{field} {operator} {value}"),
                    Some(Quantifier::Any) => format!("{field} {operator} any ({value})"),
                    Some(Quantifier::All) => format!("{field} {operator} all ({value})"),
                }
            }
            Test::Is(words) => format!("{field} {words}"),
            Test::In(values) => format!("{field} = any ({})", self.bind(&array(values))),
            Test::Search {
                function,
                config,
                value,
            } => {
                let value = self.bind(value);
                match config {
                    None => format!("{field} @@ {function}({value})"),
                    Some(config) => {
                        let config = self.bind(config);
                        format!("{field} @@ {function}({config}::regconfig, {value})")
                    }
                }
            }
        };
        if filter.negated {
            format!("not ({condition})")
        } else {
            condition
        }
    }

    fn field(&mut self, from: &str, field: &Field) -> String {
        let mut text = format!("{from}.{}", identifier(&field.column));
        if field.path.is_empty() {
            return text;
        }
        text = format!("to_jsonb({text})");
        for step in &field.path {
            let arrow = if step.as_text { "->>" } else { "->" };
            let key = match &step.key {
                Key::Name(name) => format!("{}::text", self.bind(name)),
                Key::Index(index) => format!("{}::int", self.bind(&index.to_string())),
            };
            text = format!("{text}{arrow}{key}");
        }
        format!("({text})")
    }

    /// The selected columns.
    fn select(&mut self, from: &str, items: &[Item]) -> String {
        let columns: Vec<String> = items
            .iter()
            .map(|item| match item {
                Item::All => format!("{from}.*"),
                Item::Field { alias, field, cast } => {
                    let mut text = self.field(from, field);
                    if let Some(cast) = cast {
                        text = format!("cast({text} as {cast})");
                    }
                    let is_plain = field.path.is_empty() && cast.is_none() && alias.is_none();
                    if is_plain {
                        return text;
                    }
                    let name = alias.as_deref().unwrap_or_else(|| field.output_name());
                    format!("{text} as {}", identifier(name))
                }
            })
            .collect();
        columns.join(", ")
    }

    /// `order by ...`, or nothing.
    fn order(&mut self, from: &str, orders: &[Order]) -> String {
        let items: Vec<String> = orders
            .iter()
            .map(|order| {
                let field = self.field(from, &order.field);
                let direction = match order.descending {
                    Some(true) => " desc",
                    Some(false) => " asc",
                    None => "",
                };
                let nulls = match order.nulls_first {
                    Some(true) => " nulls first",
                    Some(false) => " nulls last",
                    None => "",
                };
                format!("{field}{direction}{nulls}")
            })
            .collect();
        if items.is_empty() {
            String::new()
        } else {
            format!(" order by {}", items.join(", "))
        }
    }
}

/// A quoted identifier. A NUL cannot be in one.
pub(crate) fn identifier(name: &str) -> String {
    let name = name.split('\0').next().unwrap_or_default();
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// `"schema"."name"`
pub(crate) fn qualified(schema: &str, name: &str) -> String {
    format!("{}.{}", identifier(schema), identifier(name))
}

/// The text form of an array.
pub(crate) fn array(values: &[String]) -> String {
    let quoted =
        |value: &String| format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""));
    format!(
        "{{{}}}",
        values.iter().map(quoted).collect::<Vec<_>>().join(",")
    )
}

/// The body of an answer, from the rows `_t` of `source`. `scalar`: the one column that is the whole result.
fn body(media: Media, scalar: Option<&str>, is_single: bool) -> String {
    let row = scalar.map_or("_t".to_owned(), |column| format!("_t.{column}"));
    let rows = format!("json_agg({row})");
    let stripped = |json: String| format!("json_strip_nulls({json})");
    match media {
        Media::Json | Media::ArrayStripped if is_single => first(&rows),
        Media::Json => format!("coalesce({rows}, '[]')"),
        Media::ArrayStripped => format!("coalesce({}, '[]')", stripped(rows)),
        Media::Object { stripped: false } => first(&rows),
        Media::Object { stripped: true } => first(&stripped(rows)),
        Media::Csv => CSV.to_owned(),
    }
}

fn first(rows: &str) -> String {
    format!("coalesce({rows}->0, 'null')")
}

/// A header line of the column names, then each row as the database writes a row, without its parentheses.
const CSV: &str = "(select coalesce(string_agg(k, ','), '') from (select json_object_keys(r) as k from (select row_to_json(s) as r from source as s limit 1) as one) as keys) || e'\\n' || coalesce(string_agg(substring(_t::text, 2, length(_t::text) - 2), e'\\n'), '')";

/// The outer select that every statement ends with.
fn answer(total: &str, body: &str) -> String {
    format!(
        "select {total}::bigint, count(_t)::bigint, \
         coalesce(nullif(current_setting('pgrst.changed', true), ''), '0')::bigint, ({body})::text, \
         nullif(current_setting('response.headers', true), ''), \
         nullif(current_setting('response.status', true), '') \
         from (select * from source) as _t"
    )
}

#[cfg(test)]
#[path = "sql_tests.rs"]
mod tests;
