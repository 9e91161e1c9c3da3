//! No value and no name a caller sends is ever part of a statement's text unquoted.

use super::*;
use crate::rest::catalog::{Column, Table};
use crate::rest::range::Window;
use crate::rest::{params, url};

fn songs() -> Table {
    let column = |name: &str, type_name: &str| Column {
        name: name.to_owned(),
        type_name: type_name.to_owned(),
        default: None,
    };
    Table {
        schema: "public".to_owned(),
        name: "songs".to_owned(),
        columns: vec![column("id", "uuid"), column("title", "text")],
        primary_key: vec!["id".to_owned()],
    }
}

fn page(query: &str) -> Statement {
    let params = params::parse(&url::pairs(query).unwrap(), false).unwrap();
    let window = Window {
        offset: 0,
        limit: None,
    };
    read::page(&songs(), &params, window, true, Media::Json)
}

#[test]
fn values_are_parameters_and_names_are_quoted() {
    let sql = page("select=id&title=eq.x'%3B drop table songs%3B--&order=\"a\\\"b\"");
    assert!(!sql.text.contains("drop"), "{}", sql.text);
    let quoted = page("\"we\\\"ird%3B drop\"=eq.1&items->\"k'%3B\"=eq.2");
    assert!(
        quoted.text.contains(r#""we""ird; drop" = $1"#),
        "{}",
        quoted.text
    );
    assert!(!quoted.text.contains("k';"), "{}", quoted.text);
    assert_eq!(quoted.values, ["1", "k';", "2"]);
}

#[test]
fn lists_are_one_array_parameter() {
    let sql = page(r#"title=in.(a,"b,")"#);
    assert!(sql.text.contains("= any ($1)"), "{}", sql.text);
    assert_eq!(
        array(&["a\"b".to_owned(), "c\\d".to_owned()]),
        r#"{"a\"b","c\\d"}"#
    );
}

#[test]
fn a_value_ends_at_a_nul() {
    assert_eq!(page("title=eq.a%00b").values, ["a"]);
}

#[test]
fn conditions_of_one_request_are_joined_with_and() {
    let sql = page("title=not.eq.a&or=(id.eq.1,and(id.gt.2,title.is.null))");
    let expected = r#" where not ("public"."songs"."title" = $1) and ("public"."songs"."id" = $2 or ("public"."songs"."id" > $3 and "public"."songs"."title" is null))"#;
    assert!(sql.text.contains(expected), "{}", sql.text);
}
