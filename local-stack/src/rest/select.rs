//! The grammars of `select`, `order`, `columns` and `on_conflict`. Pure.
//!
//! Embedding, spreading and aggregates are recognised and refused by name: nothing asked for is dropped in silence.

use super::error::RestError;
use super::filter::EXPECTING_FIELD;
use super::scan::{Cursor, Field};

/// Most items in one `select`, `order` or `columns`: PostgreSQL gives at most 1,664 result columns.
const MAX_ITEMS: usize = 1_664;

const EXPECTING_ITEM: &str = "\"...\", field name (* or [a..z0..9_$]), \"*\" or \"count()\"";
const EXPECTING_DIRECTION: &str = "\"asc\", \"desc\", \"nullsfirst\" or \"nullslast\"";

/// One item of `select`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Item {
    /// `*`
    All,
    Field {
        alias: Option<String>,
        field: Field,
        cast: Option<String>,
    },
}

/// One item of `order`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) field: Field,
    pub(crate) descending: Option<bool>,
    pub(crate) nulls_first: Option<bool>,
}

/// What a `select` asks for that this service cannot give; the table's name is not known yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SelectError {
    Refused(RestError),
    Embeds(String),
}

impl From<RestError> for SelectError {
    fn from(error: RestError) -> Self {
        Self::Refused(error)
    }
}

/// Parses `select`; an empty one means all columns.
pub(crate) fn select(value: &str) -> Result<Vec<Item>, SelectError> {
    if value.is_empty() {
        return Ok(vec![Item::All]);
    }
    let mut cursor = Cursor::new("select parameter", value);
    let mut items = Vec::new();
    loop {
        items.push(item(&mut cursor)?);
        if cursor.is_done() {
            return Ok(items);
        }
        cursor.expect(",", "\",\" or end of input")?;
        bounded(&cursor, items.len())?;
    }
}

fn item(cursor: &mut Cursor<'_>) -> Result<Item, SelectError> {
    cursor.take_while(|c| c == ' ');
    if cursor.eat("*") {
        return Ok(Item::All);
    }
    if cursor.eat("...") {
        return Err(SelectError::Embeds(cursor.name(EXPECTING_ITEM)?));
    }
    let mut field = cursor.field(EXPECTING_ITEM)?;
    let mut alias = None;
    if cursor.rest().starts_with(':') && !cursor.rest().starts_with("::") {
        cursor.eat(":");
        alias = Some(field.column);
        field = cursor.field(EXPECTING_ITEM)?;
    }
    if cursor.eat(".") || (field.column == "count" && cursor.rest().starts_with("()")) {
        return Err(
            RestError::new(400, "PGRST123", "Use of aggregate functions is not allowed").into(),
        );
    }
    if cursor.rest().starts_with(['(', '!']) {
        return Err(SelectError::Embeds(field.column));
    }
    let cast = if cursor.eat("::") {
        Some(cast(cursor)?)
    } else {
        None
    };
    Ok(Item::Field { alias, field, cast })
}

/// A type's name: words, digits, `_`, and `[]` at the end. Nothing else, because it is written into the statement.
fn cast(cursor: &mut Cursor<'_>) -> Result<String, RestError> {
    let words = cursor.take_while(|c| c.is_ascii_alphanumeric() || c == '_' || c == ' ');
    if words.trim().is_empty() {
        return Err(cursor.fail("cast type"));
    }
    let array = if cursor.eat("[]") { "[]" } else { "" };
    Ok(format!("{words}{array}"))
}

/// Parses `order`.
pub(crate) fn order(value: &str) -> Result<Vec<Order>, RestError> {
    let mut cursor = Cursor::new("order", value);
    let mut orders = Vec::new();
    loop {
        cursor.take_while(|c| c == ' ');
        orders.push(order_item(&mut cursor)?);
        if cursor.is_done() {
            return Ok(orders);
        }
        cursor.expect(",", "\",\" or end of input")?;
        bounded(&cursor, orders.len())?;
    }
}

fn order_item(cursor: &mut Cursor<'_>) -> Result<Order, RestError> {
    let field = cursor.field(EXPECTING_FIELD)?;
    if cursor.peek() == Some('(') {
        return Err(RestError::not_embedded(&field.column));
    }
    let mut item = Order {
        field,
        descending: None,
        nulls_first: None,
    };
    let words = ["asc", "desc", "nullsfirst", "nullslast"];
    while cursor.eat(".") {
        match cursor.one_of(&words, EXPECTING_DIRECTION)? {
            "asc" if item.descending.is_none() && item.nulls_first.is_none() => {
                item.descending = Some(false);
            }
            "desc" if item.descending.is_none() && item.nulls_first.is_none() => {
                item.descending = Some(true);
            }
            "nullsfirst" if item.nulls_first.is_none() => item.nulls_first = Some(true),
            "nullslast" if item.nulls_first.is_none() => item.nulls_first = Some(false),
            _ => return Err(cursor.fail("\",\" or end of input")),
        }
    }
    Ok(item)
}

/// Parses `columns` or `on_conflict`: names, quoted or plain, separated by commas.
pub(crate) fn names(what: &'static str, value: &str) -> Result<Vec<String>, RestError> {
    let mut cursor = Cursor::new(what, value);
    let mut names = Vec::new();
    loop {
        cursor.take_while(|c| c == ' ');
        names.push(cursor.name(EXPECTING_FIELD)?);
        if cursor.is_done() {
            return Ok(names);
        }
        cursor.expect(",", "\",\" or end of input")?;
        bounded(&cursor, names.len())?;
    }
}

fn bounded(cursor: &Cursor<'_>, items: usize) -> Result<(), RestError> {
    if items < MAX_ITEMS {
        Ok(())
    } else {
        Err(cursor.fail("fewer items"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str) -> Field {
        Field {
            column: name.to_owned(),
            path: Vec::new(),
        }
    }

    #[test]
    fn columns_aliases_casts_and_paths_are_read() {
        let items = select("name:title, tempo::text,items->0->>k,*").unwrap();
        let named = |alias: Option<&str>, name: &str, cast: Option<&str>| Item::Field {
            alias: alias.map(str::to_owned),
            field: column(name),
            cast: cast.map(str::to_owned),
        };
        assert_eq!(items[0], named(Some("name"), "title", None));
        assert_eq!(items[1], named(None, "tempo", Some("text")));
        assert!(matches!(&items[2], Item::Field { field, .. } if field.path.len() == 2));
        assert_eq!(items[3], Item::All);
        assert_eq!(select("").unwrap(), [Item::All]);
    }

    #[test]
    fn what_is_not_offered_is_refused_by_name() {
        assert_eq!(
            select("title,bands(name)"),
            Err(SelectError::Embeds("bands".to_owned()))
        );
        assert_eq!(
            select("bands!band_id(name)"),
            Err(SelectError::Embeds("bands".to_owned()))
        );
        assert_eq!(
            select("...bands(name)"),
            Err(SelectError::Embeds("bands".to_owned()))
        );
        for text in ["tempo.max()", "count()"] {
            let Err(SelectError::Refused(error)) = select(text) else {
                panic!("{text}")
            };
            assert_eq!(error.code, "PGRST123");
        }
        assert_eq!(order("bands(name)").unwrap_err().code, "PGRST108");
    }

    #[test]
    fn a_trailing_comma_is_refused_where_it_ends() {
        let Err(SelectError::Refused(error)) = select("id,") else {
            panic!("refused")
        };
        assert_eq!(
            error.message,
            "\"failed to parse select parameter (id,)\" (line 1, column 4)"
        );
    }

    #[test]
    fn a_cast_holds_nothing_but_words() {
        assert!(select("a::double precision").is_ok());
        assert!(select("a::text[]").is_ok());
        for text in ["a::text)", "a::", "a::text;drop", "a::x'y", "a::int[][]"] {
            assert!(select(text).is_err(), "{text}");
        }
    }

    #[test]
    fn order_reads_direction_then_nulls() {
        let items = order("tempo.desc.nullslast,title.asc,id").unwrap();
        assert_eq!(
            (items[0].descending, items[0].nulls_first),
            (Some(true), Some(false))
        );
        assert_eq!((items[2].descending, items[2].nulls_first), (None, None));
        let error = order("tempo.up").unwrap_err();
        assert_eq!(
            error.message,
            "\"failed to parse order (tempo.up)\" (line 1, column 7)"
        );
        for text in ["", "a.asc.desc", "a.nullsfirst.asc", "a,,b"] {
            assert!(order(text).is_err(), "{text}");
        }
    }

    #[test]
    fn columns_may_be_quoted_and_are_bounded() {
        assert_eq!(names("columns", "\"a\",b").unwrap(), ["a", "b"]);
        let many = vec!["a"; MAX_ITEMS + 1].join(",");
        assert!(names("columns", &many).is_err());
        assert!(select(&many).is_err());
    }
}
