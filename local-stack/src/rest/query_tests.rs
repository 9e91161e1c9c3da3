//! What a query string means, and what of it is refused.

use super::*;

fn query(text: &str) -> Result<Query, RestError> {
    parse(&pairs(text).unwrap())
}

fn filter(column: &str, negated: bool, test: Test) -> Logic {
    Logic::Filter {
        column: column.to_owned(),
        negated,
        test,
    }
}

fn compare(operator: &'static str, value: &str) -> Test {
    Test::Compare(operator, value.to_owned())
}

#[test]
fn pairs_are_decoded_once_and_a_broken_escape_stands_for_itself() {
    let decoded = pairs("title=eq.a+b&or=(a.eq.%2525)&flag&x=100%&y=%zz").unwrap();
    let expected = [
        ("title", "eq.a b"),
        ("or", "(a.eq.%25)"),
        ("flag", ""),
        ("x", "100%"),
        ("y", "%zz"),
    ];
    assert_eq!(decoded, expected.map(|(n, v)| (n.to_owned(), v.to_owned())));
    assert_eq!(pairs("a=%ff"), Err(NotUtf8));
}

#[test]
fn filters_name_a_column_an_operator_and_a_value() {
    let seen = [
        ("a=eq.x,y)", filter("a", false, compare("=", "x,y)"))),
        ("a=not.like.O*", filter("a", true, compare("like", "O%"))),
        ("a=is.not_null", filter("a", false, Test::Is("is not null"))),
        (
            "a=in.(\"b,c\",d\"e,\"f\"g)",
            filter(
                "a",
                false,
                Test::In(["b,c", "d\"e", "\"f\"g"].map(str::to_owned).to_vec()),
            ),
        ),
        ("a=in.()", filter("a", false, Test::In(Vec::new()))),
        ("\"a.b\"=cs.{x}", filter("a.b", false, compare("@>", "{x}"))),
    ];
    for (text, expected) in seen {
        assert_eq!(query(text).unwrap().logic, [expected], "{text}");
    }
}

#[test]
fn groups_nest_to_a_bound() {
    let parsed = query("or=(a.eq.1,not.and(b.ov.{1,2},c.eq.\"x,y\"))").unwrap();
    let inner = Logic::Group {
        negated: true,
        any: false,
        members: vec![
            filter("b", false, compare("&&", "{1,2}")),
            filter("c", false, compare("=", "x,y")),
        ],
    };
    let outer = Logic::Group {
        negated: false,
        any: true,
        members: vec![filter("a", false, compare("=", "1")), inner],
    };
    assert_eq!(parsed.logic, [outer]);
    for depth in [MAX_DEPTH, 100_000] {
        let deep = format!("or=({}a.eq.1{})", "and(".repeat(depth), ")".repeat(depth));
        assert_eq!(query(&deep).unwrap_err().code, "PGRST100");
    }
}

#[test]
fn columns_order_and_window_are_read_and_the_first_of_a_repeated_name_counts() {
    let text = "select=id, title&select=nope&order=a.desc.nullslast,b.nullsfirst,c.asc&limit=2&offset=3&columns=%22x%22,y&on_conflict=";
    let parsed = query(text).unwrap();
    assert_eq!(parsed.select, ["id", "title"]);
    let orders: Vec<_> = parsed
        .order
        .iter()
        .map(|order| (&*order.column, order.descending, order.nulls_first))
        .collect();
    assert_eq!(
        orders,
        [
            ("a", true, Some(false)),
            ("b", false, Some(true)),
            ("c", false, None)
        ]
    );
    assert_eq!((parsed.limit, parsed.offset), (Some(2), Some(3)));
    assert_eq!(parsed.columns, Some(vec!["x".to_owned(), "y".to_owned()]));
    assert_eq!(parsed.on_conflict, None);
    assert!(query("select=*,title").unwrap().select.is_empty());
}

#[test]
fn what_is_not_offered_is_refused_by_name() {
    for text in [
        "select=title,bands(name)",
        "select=bands!band_id(name)",
        "select=...bands(name)",
        "select=count()",
        "select=tempo.max()",
        "select=name:title",
        "select=tempo::text",
        "select=items->0",
        "order=bands(name)",
        "songs.tempo=gt.1",
        "items->>k=eq.1",
        "title=fts.cat",
        "title=wfts(english).cat",
        "title=not.match.^O",
        "tempo=eq(any).{1,2}",
        "or=(title.imatch.x)",
    ] {
        let error = query(text).unwrap_err();
        assert_eq!((error.status, &*error.code), (501, "NOT_OFFERED"), "{text}");
    }
}

#[test]
fn what_does_not_parse_is_refused_where_it_fails() {
    let error = query("apikey=abc").unwrap_err();
    let text = "\"failed to parse filter (abc)\" (line 1, column 1)";
    assert_eq!((&*error.code, &*error.message), ("PGRST100", text));
    let many = "a=eq.1&".repeat(MAX_FILTERS + 1);
    for text in [
        "select=id,",
        "order=tempo.up",
        "order=((",
        "limit=x",
        "a=is.foo",
        "a=in.1",
        "or=(a.eq.1",
        "or=(a.eq.1))",
        "or=()",
        "a=eq",
        "a\"b=eq.1",
        "\"open=eq.1",
        "=eq.1",
        "'; drop table x=eq.1",
        &many,
    ] {
        let error = query(text).unwrap_err();
        assert_eq!((error.status, &*error.code), (400, "PGRST100"), "{text}");
    }
}
