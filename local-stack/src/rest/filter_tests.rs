//! The filter grammar against the cases seen on a real server, and against hostile input.

use super::*;

fn parse(column: &str, value: &str) -> Result<Filter, RestError> {
    filter(
        Field {
            column: column.to_owned(),
            path: Vec::new(),
        },
        value,
    )
}

fn compare(operator: &'static str, value: &str) -> Test {
    Test::Compare {
        operator,
        quantifier: None,
        value: value.to_owned(),
    }
}

#[test]
fn every_operator_parses_to_its_sql_and_keeps_the_value_whole() {
    assert_eq!(parse("t", "eq.a.b").unwrap().test, compare("=", "a.b"));
    assert_eq!(parse("t", "eq.").unwrap().test, compare("=", ""));
    assert_eq!(parse("t", "like.T*").unwrap().test, compare("like", "T%"));
    assert_eq!(
        parse("t", "cs.{rock,slow}").unwrap().test,
        compare("@>", "{rock,slow}")
    );
    assert_eq!(
        parse("t", "isdistinct.100").unwrap().test,
        compare("is distinct from", "100")
    );
    let negated = parse("t", "not.is.null").unwrap();
    assert_eq!((negated.negated, negated.test), (true, Test::Is("is null")));
    assert_eq!(
        parse("t", "is.not_null").unwrap().test,
        Test::Is("is not null")
    );
}

#[test]
fn quantifiers_and_configurations_stand_in_parentheses() {
    let any = parse("t", "eq(any).{One,Two}").unwrap().test;
    let expected = Test::Compare {
        operator: "=",
        quantifier: Some(Quantifier::Any),
        value: "{One,Two}".to_owned(),
    };
    assert_eq!(any, expected);
    let search = parse("t", "wfts(english).note").unwrap().test;
    let expected = Test::Search {
        function: "websearch_to_tsquery",
        config: Some("english".to_owned()),
        value: "note".to_owned(),
    };
    assert_eq!(search, expected);
    assert!(parse("t", "eq(some).{1}").is_err());
    assert!(parse("t", "is(any).null").is_err());
}

#[test]
fn lists_take_quoted_and_plain_values() {
    let list = |value| parse("t", value).unwrap().test;
    let expected = |values: &[&str]| Test::In(values.iter().map(|v| (*v).to_owned()).collect());
    assert_eq!(list("in.(\"a,b\",c)"), expected(&["a,b", "c"]));
    assert_eq!(list(r#"in.("One","c\"d")"#), expected(&["One", "c\"d"]));
    assert_eq!(list("in.()"), expected(&[]));
    assert_eq!(list("in.(a\"b)"), expected(&["a\"b"]));
    assert!(parse("t", "in.(a").is_err());
    assert!(parse("t", "in.a").is_err());
}

#[test]
fn refusals_name_the_value_and_the_column_of_the_fault() {
    let error = parse("t", "foo.One").unwrap_err();
    assert_eq!(
        error.message,
        "\"failed to parse filter (foo.One)\" (line 1, column 1)"
    );
    assert_eq!(
        error.details.as_deref(),
        Some("unexpected \"f\" expecting \"not\" or operator (eq, gt, ...)")
    );
    let error = parse("t", "is.foo").unwrap_err();
    assert_eq!(
        error.message,
        "\"failed to parse filter (is.foo)\" (line 1, column 5)"
    );
    let error = tree("or", "(title.eq.One").unwrap_err();
    assert_eq!(
        error.message,
        "\"failed to parse logic tree ((title.eq.One)\" (line 1, column 16)"
    );
    assert_eq!(
        error.details.as_deref(),
        Some("unexpected end of input expecting \",\" or \")\"")
    );
}

#[test]
fn trees_nest_and_negate() {
    let parsed = tree(
        "or",
        "(title.eq.One,not.and(tempo.gt.100,title.not.like.T*))",
    )
    .unwrap();
    let Logic::Group {
        negated: false,
        any: true,
        members,
    } = parsed
    else {
        panic!("a group")
    };
    assert!(matches!(&members[0], Logic::Filter(filter) if filter.test == compare("=", "One")));
    let Logic::Group {
        negated: true,
        any: false,
        members,
    } = &members[1]
    else {
        panic!("a group")
    };
    assert!(matches!(&members[1], Logic::Filter(filter) if filter.negated));
}

#[test]
fn a_tree_without_parentheses_is_a_filter_on_a_joined_name_as_on_the_real_service() {
    let Logic::Filter(filter) = tree("or", "title.eq.One").unwrap() else {
        panic!("a filter")
    };
    assert_eq!(filter.field.column, "ortitle");
}

#[test]
fn arrays_and_quoted_values_inside_a_tree_keep_their_commas() {
    let parsed = tree("and", "(tags.cs.{a,b},title.eq.\"x,y)\",id.in.(1,2))").unwrap();
    let Logic::Group { members, .. } = parsed else {
        panic!("a group")
    };
    let tests: Vec<_> = members
        .into_iter()
        .map(|member| match member {
            Logic::Filter(filter) => filter.test,
            Logic::Group { .. } => panic!("a filter"),
        })
        .collect();
    assert_eq!(tests[0], compare("@>", "{a,b}"));
    assert_eq!(tests[1], compare("=", "x,y)"));
    assert_eq!(tests[2], Test::In(vec!["1".to_owned(), "2".to_owned()]));
}

#[test]
fn hostile_trees_end_in_a_clean_refusal() {
    let deep = format!("{}a.eq.1{}", "(and".repeat(100_000), ")".repeat(100_000));
    let nested = format!("({}a.eq.1{}", "and(".repeat(100_000), ")".repeat(100_001));
    for value in [
        deep.as_str(),
        &nested,
        "(",
        "()",
        "(,)",
        "(a.eq.1))",
        "(a.eq.1",
        "(not.)",
        "(",
    ] {
        let error = tree("or", value).unwrap_err();
        assert_eq!((error.status, error.code.as_str()), (400, "PGRST100"));
    }
    let long = format!("({}a.eq.1)", "a.eq.1,".repeat(10_000));
    assert!(tree("or", &long).is_ok());
}

#[test]
fn only_values_that_begin_with_an_operator_are_filters() {
    for value in [
        "eq.1",
        "not.in.(1)",
        "fts(english).x",
        "like(any).{a}",
        "is.null",
    ] {
        assert!(is_filter_value(value), "{value}");
    }
    for value in ["1", "{\"a\":1}", "{1,2}", "equal.1", "eq", ""] {
        assert!(!is_filter_value(value), "{value}");
    }
}
