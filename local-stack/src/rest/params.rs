//! The parameters of a request: reserved names, filters, and the arguments of a function called by GET. Pure.

use super::error::RestError;
use super::filter::{self, EXPECTING_FIELD, Filter, Logic, MAX_FILTERS};
use super::scan::Cursor;
use super::select::{self, Item, Order, SelectError};
use super::url::Pair;

/// Everything a query string says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Params {
    pub(crate) select: Vec<Item>,
    /// Conditions, all of which must hold.
    pub(crate) logic: Vec<Logic>,
    pub(crate) order: Vec<Order>,
    pub(crate) limit: Option<String>,
    pub(crate) offset: Option<String>,
    pub(crate) columns: Option<Vec<String>>,
    pub(crate) on_conflict: Option<Vec<String>>,
    /// Arguments of a function called by GET; empty otherwise.
    pub(crate) arguments: Vec<Pair>,
}

/// Reads the pairs of a query string. `is_call_by_get`: pairs that are no filter are arguments. Of a reserved name that
/// is repeated the first counts.
pub(crate) fn parse(pairs: &[Pair], is_call_by_get: bool) -> Result<Params, SelectError> {
    let value = |name: &str| {
        pairs
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    };
    if pairs.len() > MAX_FILTERS {
        let text = format!("At most {MAX_FILTERS} parameters are read");
        return Err(RestError::new(400, "PGRST100", text).into());
    }
    let names = |name: &'static str| {
        value(name)
            .map(|text| select::names(name, text))
            .transpose()
    };
    let columns = names_or_none(value("columns"), || names("columns"))?;
    let on_conflict = names_or_none(value("on_conflict"), || names("on_conflict"))?;
    let mut params = Params {
        select: select::select(value("select").unwrap_or_default())?,
        logic: Vec::new(),
        order: value("order")
            .map(order_or_none)
            .transpose()?
            .unwrap_or_default(),
        limit: value("limit").map(str::to_owned),
        offset: value("offset").map(str::to_owned),
        columns,
        on_conflict,
        arguments: Vec::new(),
    };
    for (name, value) in pairs {
        params.take(name, value, is_call_by_get)?;
    }
    Ok(params)
}

fn names_or_none(
    value: Option<&str>,
    parse: impl Fn() -> Result<Option<Vec<String>>, RestError>,
) -> Result<Option<Vec<String>>, RestError> {
    match value {
        None | Some("") => Ok(None),
        Some(_) => parse(),
    }
}

fn order_or_none(value: &str) -> Result<Vec<Order>, RestError> {
    if value.is_empty() {
        Ok(Vec::new())
    } else {
        select::order(value)
    }
}

fn condition(name: &str, value: &str) -> Result<Filter, RestError> {
    let mut cursor = Cursor::new("tree path", name);
    let field = cursor.field(EXPECTING_FIELD)?;
    if cursor.eat(".") {
        return Err(RestError::not_embedded(&field.column));
    }
    if !cursor.is_done() {
        return Err(cursor.fail("\"->\", \"->>\", \".\" or end of input"));
    }
    filter::filter(field, value)
}

impl Params {
    /// Takes a pair that is no reserved name.
    fn take(&mut self, name: &str, value: &str, is_call_by_get: bool) -> Result<(), RestError> {
        match name {
            "select" | "order" | "limit" | "offset" | "columns" | "on_conflict" => {}
            "and" | "or" | "not.and" | "not.or" => self.logic.push(filter::tree(name, value)?),
            _ if is_call_by_get && !filter::is_filter_value(value) => {
                self.arguments.push((name.to_owned(), value.to_owned()));
            }
            _ => self.logic.push(Logic::Filter(condition(name, value)?)),
        }
        Ok(())
    }

    /// The filters of a PUT: every condition must be `column=eq.value`.
    pub(crate) fn plain_equalities(&self) -> Option<Vec<(&str, &str)>> {
        self.logic.iter().map(equality).collect()
    }
}

fn equality(logic: &Logic) -> Option<(&str, &str)> {
    let Logic::Filter(Filter {
        field,
        negated: false,
        test,
    }) = logic
    else {
        return None;
    };
    let filter::Test::Compare {
        operator: "=",
        quantifier: None,
        value,
    } = test
    else {
        return None;
    };
    field
        .path
        .is_empty()
        .then_some((field.column.as_str(), value.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::url;
    use super::*;

    fn params(query: &str, is_call_by_get: bool) -> Result<Params, SelectError> {
        parse(&url::pairs(query).unwrap(), is_call_by_get)
    }

    #[test]
    fn a_stray_parameter_is_a_filter_that_does_not_parse() {
        let Err(SelectError::Refused(error)) = params("select=id&apikey=abc", false) else {
            panic!("refused")
        };
        assert_eq!(
            error.message,
            "\"failed to parse filter (abc)\" (line 1, column 1)"
        );
    }

    #[test]
    fn a_parameter_of_something_not_embedded_is_refused() {
        for query in [
            "songs.order=title",
            "songs.limit=1",
            "songs.tempo=gt.1",
            "songs.or=(a.eq.1)",
        ] {
            let Err(SelectError::Refused(error)) = params(query, false) else {
                panic!("{query}")
            };
            assert_eq!(error.code, "PGRST108", "{query}");
        }
    }

    #[test]
    fn a_call_by_get_tells_arguments_from_filters() {
        let parsed = params("n=2&t=eq.x&order=t", true).unwrap();
        assert_eq!(parsed.arguments, [("n".to_owned(), "2".to_owned())]);
        assert_eq!((parsed.logic.len(), parsed.order.len()), (1, 1));
    }

    #[test]
    fn the_first_of_a_repeated_reserved_name_counts() {
        let parsed = params("select=id&select=title", false).unwrap();
        assert!(matches!(&parsed.select[..], [Item::Field { field, .. }] if field.column == "id"));
    }

    #[test]
    fn a_put_needs_plain_equalities() {
        assert_eq!(
            params("id=eq.1", false).unwrap().plain_equalities(),
            Some(vec![("id", "1")])
        );
        for query in [
            "id=gt.1",
            "id=not.eq.1",
            "or=(id.eq.1)",
            "id->a=eq.1",
            "id=eq(any).{1}",
        ] {
            assert_eq!(
                params(query, false).unwrap().plain_equalities(),
                None,
                "{query}"
            );
        }
    }

    #[test]
    fn too_many_parameters_are_refused() {
        let query = "a=eq.1&".repeat(MAX_FILTERS + 1);
        assert!(params(&query, false).is_err());
    }
}
