//! Calls of functions.

use super::read::{counted, limits};
use super::{Statement, answer, body, identifier, qualified};
use crate::rest::catalog::{Argument, Chosen, Returns};
use crate::rest::media::Media;
use crate::rest::params::Params;
use crate::rest::payload::Payload;
use crate::rest::range::Window;
use crate::rest::select::Item;
use crate::rest::url::Pair;

/// Where the arguments of a call come from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Arguments<'a> {
    Body(&'a Payload),
    Query(&'a [Pair]),
}

/// The column a scalar result is given as.
const SCALAR: &str = "pgrst_scalar";

/// A call; filters, order and window apply to its result.
pub(crate) fn call(
    chosen: Chosen<'_>,
    arguments: Arguments<'_>,
    params: &Params,
    window: Window,
    counts: bool,
    media: Media,
) -> Statement {
    let mut sql = Statement::default();
    let function = chosen.function;
    let called = sql.called(chosen, arguments);
    let from = identifier(&function.name);
    let takes_all = matches!(params.select.as_slice(), [Item::All]);
    let scalar = (function.returns != Returns::Row && takes_all).then_some(SCALAR);
    let columns = sql.select(&from, &params.select);
    let filters = sql.filters(&from, &params.logic);
    let order = sql.order(&from, &params.order);
    let window = limits(window);
    let (counted, total) = counted(counts, &format!("called as {from}{filters}"));
    let answer = answer(total, &body(media, scalar, !function.is_set));
    sql.text = format!(
        "with called as ({called}), source as (select {columns} from called as {from}{filters}{order}{window}){counted} {answer}"
    );
    sql
}

impl Statement {
    fn called(&mut self, chosen: Chosen<'_>, arguments: Arguments<'_>) -> String {
        let function = chosen.function;
        let name = qualified(&function.schema, &function.name);
        let result = match function.returns {
            Returns::Row => "result".to_owned(),
            Returns::Void | Returns::Scalar => format!("result({SCALAR})"),
        };
        match arguments {
            Arguments::Body(payload) if chosen.takes_body => {
                let types = function
                    .arguments
                    .first()
                    .map(|only| only.type_name.as_str());
                let body = self.bind_whole(&payload.text);
                let cast = types.unwrap_or("json");
                format!("select result.* from {name}({body}::{cast}) as {result}")
            }
            Arguments::Body(payload) => {
                let source = self.body_arguments(chosen, payload);
                format!("select result.* from {source} as {result}")
            }
            Arguments::Query(pairs) => {
                let given = |argument: &&Argument| pairs.iter().any(|(n, _)| *n == argument.name);
                let given = function.arguments.iter().filter(given);
                let places: Vec<String> = given
                    .map(|argument| (argument, self.query_value(argument, pairs)))
                    .map(|(argument, place)| passed(argument, &place))
                    .collect();
                format!(
                    "select result.* from {name}({}) as {result}",
                    places.join(", ")
                )
            }
        }
    }

    /// The call with its arguments out of a JSON body: the first object of an array counts.
    fn body_arguments(&mut self, chosen: Chosen<'_>, payload: &Payload) -> String {
        let function = chosen.function;
        let name = qualified(&function.schema, &function.name);
        let given = |argument: &&Argument| payload.keys.contains(&argument.name);
        let given: Vec<&Argument> = function.arguments.iter().filter(given).collect();
        if given.is_empty() {
            return format!("{name}()");
        }
        let json = self.bind_whole(&payload.text);
        let named: Vec<String> = given
            .iter()
            .map(|argument| {
                passed(
                    argument,
                    &format!("arguments.{}", identifier(&argument.name)),
                )
            })
            .collect();
        let (named, shape) = (named.join(", "), shape(&given));
        format!(
            "(select {json}::json as sent) as body, lateral json_to_record(case json_typeof(body.sent) when 'array' then body.sent->0 else body.sent end) as arguments ({shape}), lateral {name}({named})"
        )
    }

    /// A body keeps its NULs out by the JSON check; text bodies may hold one, which the database refuses.
    fn bind_whole(&mut self, text: &str) -> String {
        self.values.push(text.to_owned());
        format!("${}", self.values.len())
    }

    /// The last value sent under the argument's name; all of them for a variadic one.
    fn query_value(&mut self, argument: &Argument, pairs: &[Pair]) -> String {
        let mut values: Vec<String> = pairs
            .iter()
            .filter(|(name, _)| *name == argument.name)
            .map(|(_, value)| value.clone())
            .collect();
        let value = if argument.is_variadic {
            super::array(&values)
        } else {
            values.pop().unwrap_or_default()
        };
        format!("{}::{}", self.bind(&value), argument.type_name)
    }
}

/// `"a" := value`, with `variadic` where it must be said.
fn passed(argument: &Argument, value: &str) -> String {
    let variadic = if argument.is_variadic {
        "variadic "
    } else {
        ""
    };
    format!("{variadic}{} := {value}", identifier(&argument.name))
}

fn shape(given: &[&Argument]) -> String {
    let each: Vec<String> = given
        .iter()
        .map(|argument| format!("{} {}", identifier(&argument.name), argument.type_name))
        .collect();
    each.join(", ")
}
