//! Reads of tables and views.

use super::{Statement, answer, body, qualified};
use crate::rest::catalog::Table;
use crate::rest::media::Media;
use crate::rest::params::Params;
use crate::rest::range::Window;

/// A page of a table; `counts` adds the number of all rows that pass the filters.
pub(crate) fn page(
    table: &Table,
    params: &Params,
    window: Window,
    counts: bool,
    media: Media,
) -> Statement {
    let mut sql = Statement::default();
    let from = qualified(&table.schema, &table.name);
    let columns = sql.select(&from, &params.select);
    let filters = sql.filters(&from, &params.logic);
    let order = sql.order(&from, &params.order);
    let window = limits(window);
    let (counted, total) = counted(counts, &format!("{from}{filters}"));
    let answer = answer(total, &body(media, None, false));
    sql.text = format!(
        "with source as (select {columns} from {from}{filters}{order}{window}){counted} {answer}"
    );
    sql
}

/// A further part of the `with`, and the expression that gives the total.
pub(super) fn counted(counts: bool, from_where: &str) -> (String, &'static str) {
    if !counts {
        return (String::new(), "null");
    }
    let part = format!(", counted as (select 1 from {from_where})");
    (part, "(select count(*) from counted)")
}

/// The plan of the same read without a window: its estimate is the planned count.
pub(crate) fn plan(table: &Table, params: &Params) -> Statement {
    let mut sql = Statement::default();
    let from = qualified(&table.schema, &table.name);
    let filters = sql.filters(&from, &params.logic);
    sql.text = format!("explain (format json) select 1 from {from}{filters}");
    sql
}

/// The number of rows that pass the filters, counted to `most` and no further.
pub(crate) fn bounded_count(table: &Table, params: &Params, most: i64) -> Statement {
    let mut sql = Statement::default();
    let from = qualified(&table.schema, &table.name);
    let filters = sql.filters(&from, &params.logic);
    sql.text =
        format!("select count(*)::text from (select 1 from {from}{filters} limit {most}) as page");
    sql
}

/// `limit n offset n`: numbers of our own, so they are written out.
pub(super) fn limits(window: Window) -> String {
    let limit = window
        .limit
        .map(|limit| format!(" limit {limit}"))
        .unwrap_or_default();
    if window.offset == 0 {
        limit
    } else {
        format!("{limit} offset {}", window.offset)
    }
}
