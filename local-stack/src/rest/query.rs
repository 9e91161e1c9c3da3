//! The query string: `select`, filters, `order`, `limit`, `offset`, `columns`, `on_conflict`. Pure.
//!
//! Values stay text: the database reads them as the type of the column. Groups are at most [`MAX_DEPTH`] deep, a query
//! has at most [`MAX_FILTERS`] parameters; so a hostile one costs neither stack nor an unbounded statement. What is not
//! offered is refused by name: embedding, aggregates, aliases, casts, paths into JSON, full text search, ranges.

use percent_encoding::percent_decode_str;

use super::error::RestError;

/// Deepest nesting of `and`/`or`. Our own bound: the real service has none of its own.
const MAX_DEPTH: usize = 16;

/// Most parameters in one request, and most members of a list of names. A statement has at most 65,535 parameters.
const MAX_FILTERS: usize = 1_600;

/// Operators that compare with one value: the name in the query string and the SQL operator.
const OPERATORS: [(&str, &str); 11] = [
    ("eq", "="),
    ("neq", "<>"),
    ("gte", ">="),
    ("gt", ">"),
    ("lte", "<="),
    ("lt", "<"),
    ("like", "like"),
    ("ilike", "ilike"),
    ("cs", "@>"),
    ("cd", "<@"),
    ("ov", "&&"),
];

/// Operators of the real service that are not here.
const FOREIGN: [&str; 12] = [
    "match",
    "imatch",
    "isdistinct",
    "fts",
    "plfts",
    "phfts",
    "wfts",
    "sl",
    "sr",
    "nxr",
    "nxl",
    "adj",
];

const IS_VALUES: [(&str, &str); 5] = [
    ("null", "is null"),
    ("not_null", "is not null"),
    ("true", "is true"),
    ("false", "is false"),
    ("unknown", "is unknown"),
];

/// One decoded `name=value`, in the order sent.
pub(crate) type Pair = (String, String);

/// The query string (or the path) holds bytes that are not UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotUtf8;

/// Everything a query string says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Query {
    /// The wanted columns; none: all.
    pub(crate) select: Vec<String>,
    /// Conditions, all of which must hold.
    pub(crate) logic: Vec<Logic>,
    pub(crate) order: Vec<Order>,
    pub(crate) limit: Option<i64>,
    pub(crate) offset: Option<i64>,
    pub(crate) columns: Option<Vec<String>>,
    pub(crate) on_conflict: Option<Vec<String>>,
}

/// One item of `order`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) column: String,
    pub(crate) descending: bool,
    pub(crate) nulls_first: Option<bool>,
}

/// A condition tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Logic {
    Filter {
        column: String,
        negated: bool,
        test: Test,
    },
    Group {
        negated: bool,
        any: bool,
        members: Vec<Logic>,
    },
}

/// What a filter asks of its column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Test {
    /// An SQL operator and a value.
    Compare(&'static str, String),
    /// `is null` and its kin.
    Is(&'static str),
    /// `in.(...)`
    In(Vec<String>),
}

/// Decodes one piece of a URL. A `%` that no two hex digits follow stands for itself.
pub(crate) fn decode(piece: &str) -> Result<String, NotUtf8> {
    let text = percent_decode_str(piece).decode_utf8();
    text.map(Into::into).map_err(|_| NotUtf8)
}

/// Splits and decodes a query string; a `+` is a space.
pub(crate) fn pairs(query: &str) -> Result<Vec<Pair>, NotUtf8> {
    let query = query.replace('+', " ");
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            Ok((decode(name)?, decode(value)?))
        })
        .collect()
}

/// Reads the pairs of a query string. Of a reserved name that is repeated the first counts.
pub(crate) fn parse(pairs: &[Pair]) -> Result<Query, RestError> {
    if pairs.len() > MAX_FILTERS {
        let text = format!("At most {MAX_FILTERS} parameters are read");
        return Err(RestError::new(400, "PGRST100", text));
    }
    let mut query = Query::default();
    for (at, (name, value)) in pairs.iter().enumerate() {
        let repeated = pairs.iter().take(at).any(|(before, _)| before == name);
        let value = value.as_str();
        match name.as_str() {
            "select" | "order" | "limit" | "offset" | "columns" | "on_conflict"
                if repeated || value.is_empty() => {}
            "select" => query.select = select(value)?,
            "order" => query.order = list(Cursor::new("order", value), order)?,
            "limit" => query.limit = Some(number(name, value)?),
            "offset" => query.offset = Some(number(name, value)?),
            "columns" => query.columns = Some(names("columns", value)?),
            "on_conflict" => query.on_conflict = Some(names("on_conflict", value)?),
            "and" | "or" | "not.and" | "not.or" => {
                let joined = format!("{name}{value}");
                let mut cursor = Cursor::new("logic tree", &joined);
                query.logic.push(tree(&mut cursor, 0)?);
                cursor.done()?;
            }
            _ => query.logic.push(filter(name, value)?),
        }
    }
    Ok(query)
}

fn number(name: &str, value: &str) -> Result<i64, RestError> {
    let bad = |_| RestError::new(400, "PGRST100", format!("\"{name}\" must be a number"));
    value.parse().map_err(bad)
}

fn names(what: &'static str, value: &str) -> Result<Vec<String>, RestError> {
    list(Cursor::new(what, value), Cursor::name)
}

/// Items separated by commas.
fn list<'a, T>(
    mut cursor: Cursor<'a>,
    item: impl Fn(&mut Cursor<'a>) -> Result<T, RestError>,
) -> Result<Vec<T>, RestError> {
    let mut items = Vec::new();
    loop {
        cursor.take_while(|c| c == ' ');
        items.push(item(&mut cursor)?);
        if cursor.rest.is_empty() {
            return Ok(items);
        }
        cursor.expect(",")?;
        if items.len() > MAX_FILTERS {
            return Err(cursor.fail("fewer items"));
        }
    }
}

/// Column names; a `*` among them means all.
fn select(value: &str) -> Result<Vec<String>, RestError> {
    let items = list(Cursor::new("select parameter", value), |cursor| {
        if cursor.eat("*") {
            return Ok(None);
        }
        if cursor.rest.starts_with("...") {
            return Err(RestError::not_offered("embedding"));
        }
        let name = cursor.name()?;
        let refused = match cursor.rest.chars().next() {
            Some('(' | '!') => "embedding and aggregates",
            Some('.') => "aggregates",
            Some(':') => "aliases and casts",
            _ => return Ok(Some(name)),
        };
        Err(RestError::not_offered(refused))
    })?;
    Ok(items
        .into_iter()
        .collect::<Option<Vec<_>>>()
        .unwrap_or_default())
}

fn order(cursor: &mut Cursor<'_>) -> Result<Order, RestError> {
    let column = cursor.name()?;
    if cursor.rest.starts_with('(') {
        return Err(RestError::not_offered("embedding"));
    }
    let descending = cursor.eat(".desc");
    if !descending {
        cursor.eat(".asc");
    }
    let nulls_first = if cursor.eat(".nullsfirst") {
        Some(true)
    } else {
        cursor.eat(".nullslast").then_some(false)
    };
    Ok(Order {
        column,
        descending,
        nulls_first,
    })
}

/// `column=[not.]op.value`.
fn filter(name: &str, value: &str) -> Result<Logic, RestError> {
    let mut left = Cursor::new("filter", name);
    let column = left.name()?;
    if left.rest.starts_with('.') {
        return Err(RestError::not_offered("embedding"));
    }
    left.done()?;
    let mut cursor = Cursor::new("filter", value);
    let negated = cursor.eat("not.");
    let test = test(&mut cursor, false)?;
    cursor.done()?;
    Ok(Logic::Filter {
        column,
        negated,
        test,
    })
}

/// `and(...)`, `or(...)`, each with or without `not.`, or a filter `column.[not.]op.value`.
fn tree(cursor: &mut Cursor<'_>, depth: usize) -> Result<Logic, RestError> {
    let start = *cursor;
    let negated = cursor.eat("not.");
    let any = cursor.eat("or");
    if !((any || cursor.eat("and")) && cursor.eat("(")) {
        *cursor = start;
        let column = cursor.name()?;
        cursor.expect(".")?;
        let negated = cursor.eat("not.");
        let test = test(cursor, true)?;
        return Ok(Logic::Filter {
            column,
            negated,
            test,
        });
    }
    if depth >= MAX_DEPTH {
        return Err(cursor.fail("fewer nested groups"));
    }
    let mut members = Vec::new();
    loop {
        cursor.take_while(|c| c == ' ');
        members.push(tree(cursor, depth + 1)?);
        cursor.take_while(|c| c == ' ');
        if cursor.eat(")") {
            return Ok(Logic::Group {
                negated,
                any,
                members,
            });
        }
        cursor.expect(",")?;
    }
}

/// An operator and its value. Inside a tree the value ends at `,` or `)`.
fn test(cursor: &mut Cursor<'_>, in_tree: bool) -> Result<Test, RestError> {
    let start = *cursor;
    let word = cursor.take_while(|c| c.is_ascii_lowercase());
    if FOREIGN.contains(&word) && cursor.rest.starts_with(['.', '(']) {
        let what = format!("the operator \"{word}\"");
        return Err(RestError::not_offered(&what));
    }
    if cursor.rest.starts_with("(any)") || cursor.rest.starts_with("(all)") {
        return Err(RestError::not_offered("operators with (any) or (all)"));
    }
    let found = OPERATORS.iter().find(|(name, _)| *name == word);
    if found.is_none() && !["is", "in"].contains(&word) {
        return Err(start.fail("\"not\" or operator (eq, gt, ...)"));
    }
    cursor.expect(".")?;
    match found {
        Some((name, sql)) => {
            let mut value = cursor.value(in_tree)?;
            if name.ends_with("like") {
                value = value.replace('*', "%");
            }
            Ok(Test::Compare(sql, value))
        }
        None if word == "in" => cursor.list().map(Test::In),
        None => {
            let start = *cursor;
            let word = cursor.take_while(|c| c.is_ascii_lowercase() || c == '_');
            let known = IS_VALUES.iter().find(|(name, _)| *name == word);
            known
                .map(|(_, sql)| Test::Is(sql))
                .ok_or_else(|| start.fail("isVal: (null, not_null, true, false, unknown)"))
        }
    }
}

/// A position in one value; `what` and `input` are for the error text.
#[derive(Debug, Clone, Copy)]
struct Cursor<'a> {
    what: &'static str,
    input: &'a str,
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    fn new(what: &'static str, input: &'a str) -> Self {
        Self {
            what,
            input,
            rest: input,
        }
    }

    /// Takes `token` if it is next.
    fn eat(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Takes characters while `keep` holds.
    fn take_while(&mut self, keep: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !keep(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    fn expect(&mut self, token: &str) -> Result<(), RestError> {
        if self.eat(token) {
            Ok(())
        } else {
            Err(self.fail(&format!("\"{token}\"")))
        }
    }

    fn done(&self) -> Result<(), RestError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(self.fail("end of input"))
        }
    }

    /// The refusal at this position.
    fn fail(&self, expecting: &str) -> RestError {
        let found = match self.rest.chars().next() {
            Some(found) => format!("unexpected \"{found}\""),
            None => "unexpected end of input".to_owned(),
        };
        let column = self.input.chars().count() - self.rest.chars().count() + 1;
        let details = format!("{found} expecting {expecting}");
        RestError::unparsed(self.what, self.input, column, details)
    }

    /// `"..."` with `\` before a character that stands for itself. None if no quote is next.
    fn quoted(&mut self) -> Option<Result<String, RestError>> {
        if !self.eat("\"") {
            return None;
        }
        let mut value = String::new();
        let mut letters = self.rest.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '"' => {
                    self.rest = letters.as_str();
                    return Some(Ok(value));
                }
                '\\' => value.extend(letters.next()),
                other => value.push(other),
            }
        }
        Some(Err(self.fail("\"\\\"\"")))
    }

    /// A name: quoted, or letters, digits, `_`, `$`, `-` and spaces inside.
    fn name(&mut self) -> Result<String, RestError> {
        if let Some(quoted) = self.quoted() {
            return quoted;
        }
        let start = *self;
        let name = self.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '$' | ' ' | '-'));
        if self.rest.starts_with('>') && name.ends_with('-') {
            return Err(RestError::not_offered("paths into JSON"));
        }
        if name.trim().is_empty() {
            return Err(start.fail("field name (* or [a..z0..9_$])"));
        }
        Ok(name.trim().to_owned())
    }

    /// All that is left, or inside a tree up to `,` or `)`; braces are kept whole.
    fn value(&mut self, in_tree: bool) -> Result<String, RestError> {
        if !in_tree {
            return Ok(self.take_while(|_| true).to_owned());
        }
        if self.rest.starts_with('{') {
            let inside = self.take_while(|c| c != '}');
            self.expect("}")?;
            return Ok(format!("{inside}}}"));
        }
        self.element()
    }

    /// `(a,"b,c")`
    fn list(&mut self) -> Result<Vec<String>, RestError> {
        self.expect("(")?;
        let mut values = Vec::new();
        if self.eat(")") {
            return Ok(values);
        }
        loop {
            values.push(self.element()?);
            if self.eat(")") {
                return Ok(values);
            }
            self.expect(",")?;
        }
    }

    /// A quoted value where the quotes enclose all of it, else the plain text up to a delimiter.
    fn element(&mut self) -> Result<String, RestError> {
        let keep = |c: char| c != ',' && c != ')';
        let start = *self;
        if let Some(quoted) = self.quoted() {
            if !self.rest.starts_with(keep) {
                return quoted;
            }
            *self = start;
        }
        Ok(self.take_while(keep).to_owned())
    }
}

#[cfg(test)]
#[path = "query_tests.rs"]
mod tests;
