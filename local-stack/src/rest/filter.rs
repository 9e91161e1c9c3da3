//! Filters (`column=op.value`) and logic trees (`or=(a.eq.1,not.and(...))`). Pure.
//!
//! Values stay text: the database reads them as the type of the column. Trees are parsed with a stack of their own and
//! are at most [`MAX_DEPTH`] deep, so that a hostile query string costs neither stack nor an unbounded statement.

use super::error::RestError;
use super::scan::{Cursor, Field};

/// Deepest nesting of `and`/`or` that is parsed. Our own bound: the real service has none of its own.
pub(crate) const MAX_DEPTH: usize = 64;

/// Most filters in one request. Our own bound, far above what a request line of 64 kB can hold usefully; a statement
/// has at most 65,535 parameters.
pub(crate) const MAX_FILTERS: usize = 8_000;

/// Operators that compare with one value: the name in the query string and the SQL operator.
const BINARY: [(&str, &str); 22] = [
    ("eq", "="),
    ("neq", "<>"),
    ("gte", ">="),
    ("gt", ">"),
    ("lte", "<="),
    ("lt", "<"),
    ("like", "like"),
    ("ilike", "ilike"),
    ("match", "~"),
    ("imatch", "~*"),
    ("cs", "@>"),
    ("cd", "<@"),
    ("ov", "&&"),
    ("sl", "<<"),
    ("sr", ">>"),
    ("nxr", "&<"),
    ("nxl", "&>"),
    ("adj", "-|-"),
    ("isdistinct", "is distinct from"),
    ("is", "is"),
    ("in", "in"),
    ("fts", "fts"),
];

/// Operators of full text search and the function that reads their value.
const TEXT_SEARCH: [(&str, &str); 4] = [
    ("fts", "to_tsquery"),
    ("plfts", "plainto_tsquery"),
    ("phfts", "phraseto_tsquery"),
    ("wfts", "websearch_to_tsquery"),
];

const IS_VALUES: [&str; 5] = ["not_null", "null", "true", "false", "unknown"];
const EXPECTING_OPERATOR: &str = "\"not\" or operator (eq, gt, ...)";
const EXPECTING_IS: &str = "isVal: (null, not_null, true, false, unknown)";
pub(crate) const EXPECTING_FIELD: &str = "field name (* or [a..z0..9_$])";

/// One condition on one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) field: Field,
    pub(crate) negated: bool,
    pub(crate) test: Test,
}

/// What a filter asks of its column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Test {
    /// An SQL operator and a value.
    Compare {
        operator: &'static str,
        quantifier: Option<Quantifier>,
        value: String,
    },
    /// `is null` and its kin; the text is one of a fixed list.
    Is(&'static str),
    /// `in.(...)`
    In(Vec<String>),
    /// Full text search: the function, an optional configuration, the words.
    Search {
        function: &'static str,
        config: Option<String>,
        value: String,
    },
}

/// `op(any)` and `op(all)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantifier {
    Any,
    All,
}

/// A condition tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Logic {
    Filter(Filter),
    Group {
        negated: bool,
        any: bool,
        members: Vec<Logic>,
    },
}

/// Whether a value looks like a filter rather than an argument of a function called by GET.
pub(crate) fn is_filter_value(value: &str) -> bool {
    let mut cursor = Cursor::new("filter", value);
    cursor.eat("not.");
    operator(&mut cursor).is_ok()
}

/// Parses the value of `column=...`.
pub(crate) fn filter(field: Field, value: &str) -> Result<Filter, RestError> {
    let mut cursor = Cursor::new("filter", value);
    let negated = cursor.eat("not.");
    let test = test(&mut cursor, false)?;
    Ok(Filter {
        field,
        negated,
        test,
    })
}

/// Parses a logic tree. `prefix` is the parameter's name (`or`, `not.and`, ...), `value` its text: the real service
/// parses the two joined, and names only the value in its errors.
pub(crate) fn tree(prefix: &str, value: &str) -> Result<Logic, RestError> {
    let joined = format!("{prefix}{value}");
    let mut cursor = Cursor::over("logic tree", value, &joined);
    let mut open: Vec<Logic> = Vec::new();
    loop {
        let mut done = match group_start(&mut cursor) {
            Some((negated, any)) => {
                if open.len() >= MAX_DEPTH {
                    return Err(cursor.fail("fewer nested groups"));
                }
                open.push(Logic::Group {
                    negated,
                    any,
                    members: Vec::new(),
                });
                continue;
            }
            None => Logic::Filter(member(&mut cursor)?),
        };
        // Put what is complete into the group it stands in, and close every group that ends here.
        loop {
            let Some(Logic::Group { members, .. }) = open.last_mut() else {
                return if cursor.is_done() {
                    Ok(done)
                } else {
                    Err(cursor.fail("end of input"))
                };
            };
            members.push(done);
            cursor.take_while(|c| c == ' ');
            if cursor.eat(",") {
                cursor.take_while(|c| c == ' ');
                break;
            }
            cursor.expect(")", "\",\" or \")\"")?;
            let Some(group) = open.pop() else {
                return Err(cursor.fail("end of input"));
            };
            done = group;
        }
    }
}

/// `and(`, `or(`, `not.and(`, `not.or(`.
fn group_start(cursor: &mut Cursor<'_>) -> Option<(bool, bool)> {
    let start = cursor.position();
    let negated = cursor.eat("not.");
    let any = cursor.eat("or");
    if (any || cursor.eat("and")) && cursor.eat("(") {
        return Some((negated, any));
    }
    cursor.back_to(start);
    None
}

fn member(cursor: &mut Cursor<'_>) -> Result<Filter, RestError> {
    let field = cursor.field(EXPECTING_FIELD)?;
    cursor.expect(".", "\"->\", \"->>\" or delimiter (.)")?;
    let negated = cursor.eat("not.");
    Ok(Filter {
        field,
        negated,
        test: test(cursor, true)?,
    })
}

/// An operator's name, its quantifier or configuration in parentheses, and the dot.
fn operator<'a>(
    cursor: &mut Cursor<'a>,
) -> Result<(&'static str, &'static str, Option<&'a str>), RestError> {
    let start = cursor.position();
    let word = cursor.take_while(|c| c.is_ascii_lowercase());
    let known = BINARY
        .iter()
        .chain(&TEXT_SEARCH)
        .find(|(name, _)| *name == word);
    let option = cursor.eat("(").then(|| {
        let option = cursor.take_while(|c| c.is_ascii_alphanumeric() || c == '_');
        (option, cursor.eat(")"))
    });
    let Some((name, sql)) = known else {
        cursor.back_to(start);
        return Err(cursor.fail(EXPECTING_OPERATOR));
    };
    match option {
        Some((_, false)) => Err(cursor.fail("\")\"")),
        Some((option, true)) => {
            cursor.expect(".", "delimiter (.)")?;
            Ok((name, sql, Some(option)))
        }
        None if *name == "in" && cursor.rest().starts_with(".(") => {
            cursor.eat(".");
            Ok((name, sql, None))
        }
        None => {
            cursor.expect(".", "delimiter (.)")?;
            Ok((name, sql, None))
        }
    }
}

fn test(cursor: &mut Cursor<'_>, in_tree: bool) -> Result<Test, RestError> {
    let start = cursor.position();
    let (name, sql, option) = operator(cursor)?;
    if let Some((_, function)) = TEXT_SEARCH.iter().find(|(search, _)| *search == name) {
        let config = option.map(str::to_owned);
        return Ok(Test::Search {
            function,
            config,
            value: value(cursor, in_tree)?,
        });
    }
    let quantifier = option.and_then(|option| quantifier(name, option));
    if option.is_some() && quantifier.is_none() {
        cursor.back_to(start);
        return Err(cursor.fail("an operator that takes \"any\" or \"all\""));
    }
    match name {
        "is" => is_value(cursor).map(Test::Is),
        "in" => list(cursor).map(Test::In),
        _ => {
            let value = value(cursor, in_tree)?;
            let has_stars = matches!(name, "like" | "ilike");
            let value = if has_stars {
                value.replace('*', "%")
            } else {
                value
            };
            Ok(Test::Compare {
                operator: sql,
                quantifier,
                value,
            })
        }
    }
}

/// The quantifier in an operator's parentheses, if the operator takes one.
fn quantifier(name: &str, option: &str) -> Option<Quantifier> {
    const QUANTIFIED: [&str; 9] = [
        "eq", "gte", "gt", "lte", "lt", "like", "ilike", "match", "imatch",
    ];
    match option {
        "any" if QUANTIFIED.contains(&name) => Some(Quantifier::Any),
        "all" if QUANTIFIED.contains(&name) => Some(Quantifier::All),
        _ => None,
    }
}

fn is_value(cursor: &mut Cursor<'_>) -> Result<&'static str, RestError> {
    match cursor.one_of(&IS_VALUES, EXPECTING_IS)? {
        "null" => Ok("is null"),
        "not_null" => Ok("is not null"),
        "true" => Ok("is true"),
        "false" => Ok("is false"),
        _ => Ok("is unknown"),
    }
}

/// `(a,"b,c")`. Outside a list element a quote is a character like others.
fn list(cursor: &mut Cursor<'_>) -> Result<Vec<String>, RestError> {
    cursor.expect("(", "\"(\"")?;
    let mut values = Vec::new();
    if cursor.eat(")") {
        return Ok(values);
    }
    loop {
        values.push(element(cursor, |c| c != ',' && c != ')')?);
        if cursor.eat(")") {
            return Ok(values);
        }
        cursor.expect(",", "\",\" or \")\"")?;
    }
}

/// A quoted value where the quotes enclose all of it, else the plain text up to a delimiter.
fn element(cursor: &mut Cursor<'_>, keep: impl Fn(char) -> bool) -> Result<String, RestError> {
    let start = cursor.position();
    if let Some(quoted) = cursor.quoted() {
        match cursor.peek() {
            Some(next) if keep(next) => cursor.back_to(start),
            _ => return quoted,
        }
    }
    Ok(cursor.take_while(keep).to_owned())
}

/// A filter's value: all that is left, or inside a tree up to `,` or `)` (braces and parentheses kept whole).
fn value(cursor: &mut Cursor<'_>, in_tree: bool) -> Result<String, RestError> {
    if !in_tree {
        return Ok(cursor.take_rest().to_owned());
    }
    if cursor.rest().starts_with('{') {
        let inside = cursor.take_while(|c| c != '}').to_owned();
        cursor.expect("}", "\"}\"")?;
        return Ok(format!("{inside}}}"));
    }
    element(cursor, |c| c != ',' && c != ')')
}

#[cfg(test)]
#[path = "filter_tests.rs"]
mod tests;
