//! Lookups of the schema cache against the texts seen on a real server.

use super::*;

fn function(name: &str, arguments: &[(&str, &str, bool)]) -> Function {
    let arguments = arguments
        .iter()
        .map(|(name, type_name, has_default)| Argument {
            name: (*name).to_owned(),
            type_name: (*type_name).to_owned(),
            has_default: *has_default,
            is_variadic: false,
        });
    Function {
        schema: "public".to_owned(),
        name: name.to_owned(),
        arguments: arguments.collect(),
        returns: Returns::Scalar,
        is_set: false,
        is_volatile: true,
    }
}

fn catalog() -> Catalog {
    let functions = vec![
        function("f_stable", &[("request", "jsonb", false)]),
        function("f_opt", &[("a", "integer", false), ("b", "text", true)]),
        function("f_unnamed", &[("", "jsonb", false)]),
        function("f_text", &[("", "text", false)]),
        function("f_noargs", &[]),
        function("f_amb", &[("a", "integer", false)]),
        function("f_amb", &[("a", "text", false)]),
    ];
    Catalog {
        functions,
        ..Catalog::default()
    }
}

fn find(name: &str, names: &[&str], unnamed: Unnamed) -> Result<bool, RestError> {
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    catalog()
        .function("public", name, &names, unnamed)
        .map(|chosen| chosen.takes_body)
}

#[test]
fn arguments_choose_the_function() {
    assert_eq!(find("f_opt", &["a"], Unnamed::Json), Ok(false));
    assert_eq!(find("f_opt", &["a", "b"], Unnamed::None), Ok(false));
    assert_eq!(find("f_unnamed", &["x"], Unnamed::Json), Ok(true));
    assert_eq!(find("f_unnamed", &[], Unnamed::Json), Ok(true));
    assert_eq!(find("f_text", &[], Unnamed::Text), Ok(true));
    assert_eq!(find("f_noargs", &[], Unnamed::Json), Ok(false));
}

#[test]
fn a_call_that_fits_nothing_says_what_was_searched() {
    let error = find("f_stable", &["request", "more"], Unnamed::Json).unwrap_err();
    assert_eq!(
        error.message,
        "Could not find the function public.f_stable(more, request) in the schema cache"
    );
    assert_eq!(
        error.details.as_deref(),
        Some(
            "Searched for the function public.f_stable with parameters more, request or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache."
        )
    );
    assert_eq!(
        error.hint.as_deref(),
        Some("Perhaps you meant to call the function public.f_stable(request)")
    );
    let error = find("f_stable", &[], Unnamed::Json).unwrap_err();
    assert_eq!(
        error.message,
        "Could not find the function public.f_stable without parameters in the schema cache"
    );
    assert_eq!(error.hint, None);
}

#[test]
fn a_near_name_is_a_hint() {
    let error = find("f_stabl", &["request"], Unnamed::Json).unwrap_err();
    assert_eq!(
        error.hint.as_deref(),
        Some("Perhaps you meant to call the function public.f_stable")
    );
    let error = find("nope", &["x"], Unnamed::None).unwrap_err();
    assert_eq!(error.hint, None);
    assert_eq!(
        error.details.as_deref(),
        Some(
            "Searched for the function public.nope with parameter x, but no matches were found in the schema cache."
        )
    );
}

#[test]
fn two_that_fit_are_ambiguous() {
    let error = find("f_amb", &["a"], Unnamed::Json).unwrap_err();
    assert_eq!((error.status, error.code.as_str()), (300, "PGRST203"));
    assert!(
        error
            .message
            .ends_with("public.f_amb(a => integer), public.f_amb(a => text)")
    );
}
