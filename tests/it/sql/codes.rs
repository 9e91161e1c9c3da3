//! Every code that our functions raise has a sentence for a person.

use std::collections::BTreeSet;

use rockon_core::model::rejection;
use rockon_core::speech::Language;

/// Raised on purpose where no person made the call, or where the device sends again and nobody is told.
const UNSEEN: [&str; 2] = ["P0001", "55P03"];

/// What stands between `before` and `end`, wherever `before` is followed by it.
fn after<'a>(text: &'a str, before: &str, end: char) -> impl Iterator<Item = &'a str> {
    let found: Vec<&str> = text.split(before).skip(1).collect();
    found
        .into_iter()
        .filter_map(move |rest| Some(rest.split_once(end)?.0))
}

#[test]
fn every_code_of_our_functions_has_a_sentence() {
    let migrations = concat!(env!("CARGO_MANIFEST_DIR"), "/../supabase/migrations");
    let mut codes = BTreeSet::new();
    for file in std::fs::read_dir(migrations).unwrap() {
        let sql = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for before in ["errcode = '", "refuse('", "p_state = '"] {
            codes.extend(after(&sql, before, '\'').map(str::to_owned));
        }
        for before in ["fail('", "raise exception '"] {
            let named = after(&sql, before, ':')
                .filter(|code| code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
            codes.extend(named.map(str::to_owned));
        }
    }
    assert!(
        codes.len() > 20 && codes.contains("last_admin") && codes.contains("RO001"),
        "{codes:?}"
    );
    codes.retain(|code| !UNSEEN.contains(&code.as_str()));
    let silent: Vec<_> = codes
        .iter()
        .filter(|code| rejection::sentence(&code.as_str().into(), Language::English).is_none())
        .collect();
    assert!(
        silent.is_empty(),
        "no sentence in core/src/model/rejection.rs: {silent:?}"
    );
}
