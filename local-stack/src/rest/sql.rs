//! Statements from parsed requests. Pure.
//!
//! Every value is a parameter, sent as text and read by the database as the type its place asks for; every identifier is
//! quoted; type names and defaults come from the catalogue. So nothing a caller sends is ever part of a statement's text.
//! Each statement gives one row: the counted total or null, the rows of this page, the rows an upsert found there, the
//! body, and what the database wants as headers and status.

use super::SCHEMA;
use super::catalog::{Column, Function, Returns, Table};
use super::payload::Payload;
use super::plan::Window;
use super::prefer::{Prefer, Resolution};
use super::query::{Logic, Query, Test};

/// The column a scalar result is given as.
const SCALAR: &str = "pgrst_scalar";

/// A statement and its parameters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Statement {
    pub(crate) text: String,
    pub(crate) values: Vec<String>,
}

/// A page of a table; a count adds the number of all rows that pass the filters.
pub(crate) fn read(table: &Table, query: &Query, window: Window, prefer: Prefer) -> Statement {
    let mut sql = Statement::default();
    sql.page(
        "",
        &qualified(&table.name),
        query,
        window,
        prefer,
        &body(prefer.object, "_t"),
    );
    sql
}

/// A call; filters, order and window apply to its result.
pub(crate) fn call(
    function: &Function,
    payload: Option<&Payload>,
    query: &Query,
    window: Window,
    prefer: Prefer,
) -> Statement {
    let mut sql = Statement::default();
    let source = sql.source(function, payload);
    let (result, row) = if function.returns == Returns::Row || !query.select.is_empty() {
        ("result".to_owned(), "_t".to_owned())
    } else {
        (format!("result({SCALAR})"), format!("_t.{SCALAR}"))
    };
    let first = prefer.object || !function.is_set;
    let called = format!("called as (select result.* from {source} as {result}), ");
    sql.page(&called, "called", query, window, prefer, &body(first, &row));
    sql
}

/// `insert ... [on conflict ...] returning ...`
pub(crate) fn insert(
    table: &Table,
    query: &Query,
    payload: &Payload,
    columns: &[&Column],
    prefer: Prefer,
) -> Statement {
    let mut sql = Statement::default();
    let into = qualified(&table.name);
    let names: Vec<String> = columns
        .iter()
        .map(|column| identifier(&column.name))
        .collect();
    let listed = names.join(", ");
    let rows = match (names.is_empty(), payload.rows) {
        (true, Some(0)) => format!("insert into {into} select where false"),
        (true, _) => format!("insert into {into} default values"),
        (false, _) => {
            let source = sql.rows(payload, columns, prefer.defaults);
            format!("insert into {into} ({listed}) select {listed} from {source} as body")
        }
    };
    let target = query.on_conflict.as_ref().unwrap_or(&table.primary_key);
    let conflict = on_conflict(prefer.resolution, target, &names);
    sql.finish(&format!("{rows}{conflict}"), table, query, prefer);
    sql
}

/// `update ... set ... from the body where ... returning ...`
pub(crate) fn update(
    table: &Table,
    query: &Query,
    payload: &Payload,
    columns: &[&Column],
    prefer: Prefer,
) -> Statement {
    let mut sql = Statement::default();
    if columns.is_empty() {
        let nothing = answer("null", "'[]'");
        sql.text = format!("with source as (select where false) {nothing}");
        return sql;
    }
    let target = qualified(&table.name);
    let source = sql.rows(payload, columns, prefer.defaults);
    let set: Vec<String> = columns
        .iter()
        .map(|column| identifier(&column.name))
        .map(|name| format!("{name} = body.{name}"))
        .collect();
    let set = set.join(", ");
    let filters = sql.filters(&target, &query.logic);
    let change = format!("update {target} set {set} from {source} as body{filters}");
    sql.finish(&change, table, query, prefer);
    sql
}

/// `delete ... where ... returning ...`
pub(crate) fn delete(table: &Table, query: &Query, prefer: Prefer) -> Statement {
    let mut sql = Statement::default();
    let target = qualified(&table.name);
    let filters = sql.filters(&target, &query.logic);
    sql.finish(
        &format!("delete from {target}{filters}"),
        table,
        query,
        prefer,
    );
    sql
}

/// Counts the rows that were there in a setting of the transaction: `returning` cannot tell them from inserted ones
/// without a right to read the row.
const COUNT_CHANGED: &str = "where set_config('pgrst.changed', (coalesce(nullif(current_setting('pgrst.changed', true), ''), '0')::bigint + 1)::text, true) is not null";

fn on_conflict(resolution: Option<Resolution>, target: &[String], names: &[String]) -> String {
    let Some(resolution) = resolution.filter(|_| !target.is_empty()) else {
        return String::new();
    };
    let target: Vec<String> = target.iter().map(|name| identifier(name)).collect();
    let target = target.join(", ");
    if resolution == Resolution::Ignore || names.is_empty() {
        return format!(" on conflict ({target}) do nothing");
    }
    let set: Vec<String> = names
        .iter()
        .map(|name| format!("{name} = excluded.{name}"))
        .collect();
    let set = set.join(", ");
    format!(" on conflict ({target}) do update set {set} {COUNT_CHANGED}")
}

impl Statement {
    /// Adds a parameter and gives its place (`$1`).
    fn bind(&mut self, value: &str) -> String {
        // PostgreSQL's texts end at a NUL; so do the values of the real service.
        let value = value.split('\0').next().unwrap_or_default();
        self.values.push(value.to_owned());
        format!("${}", self.values.len())
    }

    fn page(
        &mut self,
        with: &str,
        from: &str,
        query: &Query,
        window: Window,
        prefer: Prefer,
        body: &str,
    ) {
        let columns = select(from, &query.select);
        let filters = self.filters(from, &query.logic);
        let order = order(from, query);
        let limit = window.limit.map(|limit| format!(" limit {limit}"));
        let window = format!("{} offset {}", limit.unwrap_or_default(), window.offset);
        let total = if prefer.count {
            format!("(select count(*) from {from}{filters})")
        } else {
            "null".to_owned()
        };
        let answer = answer(&total, body);
        self.text = format!(
            "with {with}source as (select {columns} from {from}{filters}{order}{window}) {answer}"
        );
    }

    /// The function with its arguments out of the body.
    fn source(&mut self, function: &Function, payload: Option<&Payload>) -> String {
        let name = qualified(&function.name);
        let Some(payload) = payload else {
            return format!("{name}()");
        };
        let given = function.arguments.iter();
        let given = given.filter(|argument| payload.keys.contains(&argument.name));
        let (mut named, mut shape) = (Vec::new(), Vec::new());
        for argument in given {
            let (name, kind) = (identifier(&argument.name), &argument.type_name);
            named.push(format!("{name} := arguments.{name}"));
            shape.push(format!("{name} {kind}"));
        }
        if named.is_empty() {
            return format!("{name}()");
        }
        let (named, shape) = (named.join(", "), shape.join(", "));
        let json = self.bind(&payload.text);
        format!("json_to_record({json}::json) as arguments ({shape}), lateral {name}({named})")
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
        let (condition, negated) = match logic {
            Logic::Filter {
                column,
                negated,
                test,
            } => {
                let field = format!("{from}.{}", identifier(column));
                let condition = match test {
                    Test::Compare(operator, value) => {
                        format!("{field} {operator} {}", self.bind(value))
                    }
                    Test::Is(words) => format!("{field} {words}"),
                    Test::In(values) => format!("{field} = any ({})", self.bind(&array(values))),
                };
                (condition, negated)
            }
            Logic::Group {
                negated,
                any,
                members,
            } => {
                let members: Vec<String> = members
                    .iter()
                    .map(|member| self.logic(from, member))
                    .collect();
                (members.join(if *any { " or " } else { " and " }), negated)
            }
        };
        format!("{}({condition})", if *negated { "not " } else { "" })
    }

    /// Adds what is given back. An `order` is the order of the rows given back; it is applied to the whole rows.
    fn finish(&mut self, change: &str, table: &Table, query: &Query, prefer: Prefer) {
        let from = qualified(&table.name);
        let is_ordered = !query.order.is_empty();
        let (source, body) = match prefer.rows {
            Some(true) if is_ordered => {
                let name = identifier(&table.name);
                let (columns, order) = (select(&name, &query.select), order(&name, query));
                let source = format!(
                    "changed as ({change} returning {from}.*), source as (select {columns} from changed as {name}{order})"
                );
                (source, body(prefer.object, "_t"))
            }
            Some(true) => {
                let columns = select(&from, &query.select);
                let source = format!("source as ({change} returning {columns})");
                (source, body(prefer.object, "_t"))
            }
            _ => (format!("source as ({change} returning 1)"), "''".to_owned()),
        };
        self.text = format!("with {source} {}", answer("null", &body));
    }

    /// The rows of a body as a set with the columns' types.
    fn rows(&mut self, payload: &Payload, columns: &[&Column], defaults: bool) -> String {
        let json = match payload.rows {
            Some(_) => self.bind(&payload.text),
            None => self.bind(&format!("[{}]", payload.text)),
        };
        let shape: Vec<String> = columns
            .iter()
            .map(|column| format!("{} {}", identifier(&column.name), column.type_name))
            .collect();
        let shape = shape.join(", ");
        if !defaults {
            return format!("(select * from json_to_recordset({json}::json) as one_row ({shape}))");
        }
        let filled: Vec<String> = columns
            .iter()
            .filter_map(|column| Some((column, column.default.as_ref()?)))
            .map(|(column, default)| format!("{}, {default}", literal(&column.name)))
            .collect();
        let filled = filled.join(", ");
        format!(
            "(select one_row.* from json_array_elements({json}::json) as element, lateral jsonb_to_record(jsonb_build_object({filled}) || element::jsonb) as one_row ({shape}))"
        )
    }
}

/// The selected columns.
fn select(from: &str, names: &[String]) -> String {
    if names.is_empty() {
        return format!("{from}.*");
    }
    let columns = names
        .iter()
        .map(|name| format!("{from}.{}", identifier(name)));
    columns.collect::<Vec<_>>().join(", ")
}

/// `order by ...`, or nothing.
fn order(from: &str, query: &Query) -> String {
    let items: Vec<String> = query
        .order
        .iter()
        .map(|order| {
            let direction = if order.descending { " desc" } else { "" };
            let nulls = match order.nulls_first {
                Some(true) => " nulls first",
                Some(false) => " nulls last",
                None => "",
            };
            format!("{from}.{}{direction}{nulls}", identifier(&order.column))
        })
        .collect();
    if items.is_empty() {
        return String::new();
    }
    format!(" order by {}", items.join(", "))
}

/// A quoted identifier. A NUL cannot be in one.
pub(crate) fn identifier(name: &str) -> String {
    let name = name.split('\0').next().unwrap_or_default();
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn qualified(name: &str) -> String {
    format!("{SCHEMA}.{}", identifier(name))
}

/// A text literal of a name out of the catalogue.
fn literal(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}

/// The text form of an array.
fn array(values: &[String]) -> String {
    let quoted =
        |value: &String| format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""));
    let quoted: Vec<String> = values.iter().map(quoted).collect();
    format!("{{{}}}", quoted.join(","))
}

/// The body of an answer, from the rows `_t` of `source`: all of them, or the first.
fn body(first: bool, row: &str) -> String {
    if first {
        format!("coalesce(json_agg({row})->0, 'null')")
    } else {
        format!("coalesce(json_agg({row}), '[]')")
    }
}

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
mod tests {
    use super::super::query::{pairs, parse};
    use super::*;

    fn page(query: &str) -> Statement {
        let table = Table {
            name: "so\"ngs".to_owned(),
            columns: Vec::new(),
            primary_key: Vec::new(),
        };
        let query = parse(&pairs(query).unwrap()).unwrap();
        let window = Window {
            offset: 0,
            limit: Some(10),
        };
        read(&table, &query, window, Prefer::default())
    }

    #[test]
    fn values_are_parameters_and_names_are_quoted() {
        let sql = page(
            "%22na%5C%22me%22=eq.'; drop table x&or=(a.is.null,b.in.(x,%22y%5C%22%22))&order=c.desc.nullslast",
        );
        assert_eq!(sql.values, ["'; drop table x", r#"{"x","y\""}"#]);
        let conditions = r#"from public."so""ngs" where (public."so""ngs"."na""me" = $1) and ((public."so""ngs"."a" is null) or (public."so""ngs"."b" = any ($2))) order by public."so""ngs"."c" desc nulls last limit 10 offset 0)"#;
        assert!(sql.text.contains(conditions), "{}", sql.text);
    }

    #[test]
    fn a_nul_ends_a_value_and_a_name() {
        let sql = page("%22a%00b%22=eq.x%00y");
        assert_eq!(sql.values, ["x"]);
        assert!(!sql.text.contains('\0'));
    }
}
