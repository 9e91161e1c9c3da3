//! The filter language of a change subscription: `column=op.value`, joined by commas that mean AND. Pure.
//! Values are compared by PostgreSQL, never here.

use std::fmt::Write as _;

use crate::not_offered;

/// How a column is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    /// `=`
    Eq,
    /// `<>`
    Neq,
    /// `<`
    Lt,
    /// `<=`
    Lte,
    /// `>`
    Gt,
    /// `>=`
    Gte,
    /// One of at most 100 values.
    In,
}

const OPERATORS: [(&str, Op, &str); 7] = [
    ("eq", Op::Eq, "="),
    ("neq", Op::Neq, "<>"),
    ("lt", Op::Lt, "<"),
    ("lte", Op::Lte, "<="),
    ("gt", Op::Gt, ">"),
    ("gte", Op::Gte, ">="),
    ("in", Op::In, "= any"),
];

/// What the real server knows besides.
const FOREIGN: [&str; 7] = [
    "not",
    "like",
    "ilike",
    "match",
    "imatch",
    "is",
    "isdistinct",
];

impl Op {
    fn row(self) -> (&'static str, Self, &'static str) {
        let found = OPERATORS.into_iter().find(|(_, op, _)| *op == self);
        found.unwrap_or(("eq", self, "="))
    }

    /// The name in the filter language.
    pub(crate) fn name(self) -> &'static str {
        self.row().0
    }

    /// The operator in SQL.
    pub(crate) fn sql(self) -> &'static str {
        self.row().2
    }
}

/// One comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Condition {
    /// Column name as written.
    pub column: String,
    /// Comparison.
    pub op: Op,
    /// Values: one, or up to 100 for `in`.
    pub values: Vec<String>,
}

/// Reads a filter; blank text is no condition.
///
/// # Errors
/// What follows ``Error parsing `filter` params: `` in the system message.
pub(crate) fn parse(text: &str) -> Result<Vec<Condition>, String> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    split_outside(text, ',')
        .into_iter()
        .map(condition)
        .collect()
}

fn condition(text: &str) -> Result<Condition, String> {
    if text.trim().is_empty() {
        return Err("empty filter condition".to_owned());
    }
    let Some((column, rest)) = text.split_once('=') else {
        return Err(super::inspect::strings(&[text]));
    };
    let unknown = || super::inspect::strings(&rest.splitn(2, '.').collect::<Vec<_>>());
    let (name, value) = rest.split_once('.').ok_or_else(unknown)?;
    if FOREIGN.contains(&name) {
        return Err(not_offered::text(&format!("`{name}` in row changes")));
    }
    let op = OPERATORS
        .iter()
        .find(|(known, ..)| *known == name)
        .map(|(_, op, _)| *op)
        .ok_or_else(unknown)?;
    Ok(Condition {
        column: column.trim().to_owned(),
        op,
        values: values(op, value)?,
    })
}

fn values(op: Op, value: &str) -> Result<Vec<String>, String> {
    if op != Op::In {
        return Ok(vec![unquote(value)]);
    }
    let list = value
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .ok_or("`in` filter value must be wrapped by parentheses")?;
    if list.trim().is_empty() {
        return Ok(Vec::new());
    }
    Ok(split_outside(list, ',')
        .into_iter()
        .map(|item| unquote(item.trim()))
        .collect())
}

/// Splits at `separator` outside double quotes and parentheses; a backslash inside quotes escapes.
fn split_outside(text: &str, separator: char) -> Vec<&str> {
    let (mut parts, mut start, mut depth, mut quoted, mut escaped) =
        (Vec::new(), 0, 0_u32, false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            _ if letter == separator && !quoted && depth == 0 => {
                parts.push(&text[start..at]);
                start = at + letter.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

fn unquote(text: &str) -> String {
    let inner = text
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let Some(inner) = inner else {
        return text.to_owned();
    };
    let mut out = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        out.push(if letter == '\\' {
            letters.next().unwrap_or(letter)
        } else {
            letter
        });
    }
    out
}

/// `[{"column", "op", "value", negated}]`, as the real server's error texts show filters.
pub(crate) fn inspect(conditions: &[Condition]) -> String {
    let mut out = String::from("[");
    for (at, condition) in conditions.iter().enumerate() {
        let value = match condition.op {
            Op::In => format!("{{{}}}", condition.values.join(",")),
            _ => condition.values.concat(),
        };
        // Writing to a String cannot fail.
        let _ = write!(
            out,
            "{}{{{}, \"{}\", {}, false}}",
            if at == 0 { "" } else { ", " },
            super::inspect::string(&condition.column),
            condition.op.name(),
            super::inspect::string(&value),
        );
    }
    out.push(']');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Result<Condition, String> {
        parse(text).map(|mut all| all.remove(0))
    }

    #[test]
    fn every_operator_is_read_and_others_are_refused_by_name() {
        for (name, op, _) in OPERATORS {
            let value = if op == Op::In { "(1)" } else { "1" };
            let expected = Condition {
                column: "a".to_owned(),
                op,
                values: vec!["1".to_owned()],
            };
            assert_eq!(one(&format!("a={name}.{value}")), Ok(expected), "{name}");
        }
        for name in FOREIGN {
            let error = one(&format!("a={name}.eq.1")).unwrap_err();
            assert!(error.contains("does not offer"), "{error}");
        }
    }

    #[test]
    fn commas_are_and_but_not_inside_lists_and_quotes() {
        let read = parse(r#"a=gt.1,b=in.(x,"y,z",w),c=eq."q,\"r\"""#).unwrap_or_default();
        let values: Vec<&[String]> = read.iter().map(|condition| &*condition.values).collect();
        assert_eq!(values, [&["1"][..], &["x", "y,z", "w"], &["q,\"r\""]]);
    }

    #[test]
    fn a_blank_filter_is_no_filter_and_an_empty_segment_is_an_error() {
        assert_eq!(parse("  "), Ok(Vec::new()));
        for bad in [",a=eq.1", "a=eq.1,", "a=eq.1,,b=eq.2"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn errors_read_as_on_the_real_server() {
        assert_eq!(one("undefined"), Err(r#"["undefined"]"#.to_owned()));
        assert_eq!(one("room=foo.1"), Err(r#"["foo", "1"]"#.to_owned()));
        assert_eq!(
            one("n=in.1,2"),
            Err("`in` filter value must be wrapped by parentheses".to_owned())
        );
    }

    #[test]
    fn a_value_may_hold_dots_and_colons_and_an_empty_list_matches_nothing() {
        let band = "band:11111111-1111-4111-8111-111111111111";
        assert_eq!(
            one(&format!("s=eq.{band}"))
                .unwrap_or_else(|_| unreachable!())
                .values,
            [band]
        );
        assert!(
            one("s=in.()")
                .unwrap_or_else(|_| unreachable!())
                .values
                .is_empty()
        );
    }

    #[test]
    fn filters_are_shown_in_the_server_s_notation() {
        let shown = inspect(&parse("n=eq.a\"b").unwrap_or_default());
        assert_eq!(shown, r#"[{"n", "eq", "a\"b", false}]"#);
    }
}
