//! The documents: decision records have one form and an index, case numbers have a list, how-tos name files that are there,
//! and the words are plain.

use std::collections::BTreeSet;
use std::path::Path;

use crate::architecture::files;

/// Old-fashioned turns, each with plain English for it. Single words are in `typos.toml`.
const TURNS: [(&str, &str); 11] = [
    ("is no more", "no longer exists"),
    ("are no more", "no longer exist"),
    ("or no more", "or not"),
    ("do no more", "can no longer do"),
    ("mine no more", "the user has lost access"),
    ("when it is none", "if it is not one"),
    ("is nothing any more", "is left out"),
    ("somebody else's making", "not ours"),
    ("at leisure", "slowly"),
    ("passes for", "looks like"),
    (" of before", "earlier, older"),
];

/// What no pass may change: released migrations, and the lists of this file.
const AS_IT_WAS: [&str; 4] = [
    "supabase/migrations/",
    "core/migrations/",
    "tests/it/docs.rs",
    "typos.toml",
];

/// Words that this project had for things that others have a word for, each with that word. They are in no name; the words
/// of this project are in `docs/glossary.md`.
const OLD_WORDS: [(&str, &str); 21] = [
    ("witness", "observer"),
    ("teller", "generator"),
    ("parked", "rejected"),
    ("clash", "conflict"),
    ("clashes", "conflicts"),
    ("trouble", "cause, connection error"),
    ("lane", "transport"),
    ("lanes", "transports"),
    ("obey", "handle"),
    ("inbox", "queue, inputs"),
    ("mono", "monotonic"),
    ("mirror", "server row"),
    ("mirrored", "server row"),
    ("thaw", "unpin"),
    ("vault", "session store"),
    ("ladder", "checks"),
    ("rung", "layer"),
    ("stone", "tombstone"),
    ("stones", "tombstones"),
    ("rig", "harness"),
    ("aside", "quarantined"),
];

const ADR: &str = "docs/adr/";
const SECTIONS: [&str; 3] = ["## Context", "## Decision", "## Consequences"];

/// What the header of a decision record says.
struct Header<'a> {
    title: &'a str,
    status: &'a str,
    date: &'a str,
}

/// `# NNNN. Title`, an empty line, `Status: STATUS. Date: YYYY-MM-DD[, changed YYYY-MM-DD].`
fn header<'a>(number: &str, text: &'a str) -> Option<Header<'a>> {
    let mut lines = text.lines();
    let title = lines.next()?.strip_prefix(&format!("# {number}. "))?;
    let said = (lines.next() == Some("")).then(|| lines.next())??;
    let (status, dates) = said.strip_prefix("Status: ")?.split_once(". Date: ")?;
    let dates = dates.strip_suffix('.')?;
    let (date, changed) = dates.split_once(", changed ").unwrap_or((dates, dates));
    let replaced = status.strip_prefix("replaced by ").is_some_and(is_number);
    let right = (status == "accepted" || replaced) && is_date(date) && is_date(changed);
    (right && lines.next() == Some("")).then_some(Header {
        title,
        status,
        date,
    })
}

fn is_number(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_date(text: &str) -> bool {
    let form = |(at, b): (usize, u8)| match at {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    };
    text.len() == 10 && text.bytes().enumerate().all(form)
}

#[test]
fn every_decision_record_has_the_header_the_sections_and_a_line_in_the_index() {
    let mut wrong = Vec::new();
    let mut index = BTreeSet::new();
    let mut expected = BTreeSet::new();
    for (path, text) in files(ADR, &[".md"]) {
        let name = path.strip_prefix(ADR).unwrap();
        if name == "README.md" {
            let rows = text.lines().filter(|line| line.starts_with("| ["));
            index.extend(rows.map(str::to_owned));
            continue;
        }
        let number = name.get(..4).filter(|number| is_number(number));
        let Some(header) = number.and_then(|number| header(number, &text)) else {
            wrong.push(format!("{path}: the header is not that of the template"));
            continue;
        };
        let (
            number,
            Header {
                title,
                status,
                date,
            },
        ) = (number.unwrap_or_default(), header);
        expected.insert(format!(
            "| [{number}]({name}) | {title} | {status} | {date} |"
        ));
        let headings: Vec<_> = text.lines().filter(|line| line.starts_with("##")).collect();
        if headings != SECTIONS {
            wrong.push(format!("{path}: its sections are {headings:?}"));
        }
    }
    let missing = expected.difference(&index);
    wrong.extend(missing.map(|row| format!("not in the index: {row}")));
    let unknown = index.difference(&expected);
    wrong.extend(unknown.map(|row| format!("in the index, but not so in any file: {row}")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Numbers of cases in names and comments: a letter and three digits as a word of its own (`c055_...`, `(c055)`).
fn case_numbers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| {
            let digits = word.strip_prefix(['c', 's']).unwrap_or_default();
            digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit())
        })
}

/// The numbers of the list, as they are written there, and with those between "from" and "to".
fn listed_cases() -> (BTreeSet<String>, BTreeSet<String>) {
    let list = &files("docs/", &["cases.md"])[0].1;
    let (mut written, mut meant) = (BTreeSet::new(), BTreeSet::new());
    for row in list.lines().filter(|line| line.starts_with("| ")) {
        let cell = row.split(" | ").next().unwrap_or_default();
        let numbers: Vec<&str> = case_numbers(cell).collect();
        written.extend(numbers.iter().map(|number| (*number).to_owned()));
        if let ([from, to], true) = (numbers.as_slice(), cell.contains(" to ")) {
            let (letter, from) = from.split_at(1);
            let (from, to): (u16, u16) = (from.parse().unwrap(), to[1..].parse().unwrap());
            meant.extend((from..to).map(|number| format!("{letter}{number:03}")));
        }
    }
    meant.extend(written.iter().cloned());
    (written, meant)
}

#[test]
fn the_list_of_cases_and_the_code_name_the_same_numbers() {
    let (mut written, meant) = listed_cases();
    let mut wrong = Vec::new();
    let sources = ["core/src", "local-stack", "tests/it"].into_iter();
    for (path, text) in sources.flat_map(|under| files(under, &[".rs"])) {
        if path.ends_with("it/docs.rs") {
            continue;
        }
        let lines = text
            .lines()
            .filter(|line| line.contains("fn ") || line.contains("//"));
        for number in lines.flat_map(case_numbers) {
            written.remove(number);
            if !meant.contains(number) {
                wrong.push(format!("{path}: {number} is not in docs/cases.md"));
            }
        }
    }
    let unused = written.iter();
    wrong.extend(unused.map(|number| format!("docs/cases.md: no test is named by {number}")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Paths of files and folders in backquotes: with a folder of the repository at their beginning.
fn paths(text: &str) -> impl Iterator<Item = &str> {
    const FOLDERS: [&str; 9] = [
        "bindings/",
        "cli/",
        "core/",
        "design/",
        "docs/",
        "local-stack/",
        "supabase/",
        "tests/",
        "xtask/",
    ];
    let quoted = text.split('`').skip(1).step_by(2);
    quoted.filter(|path| {
        let whole = !path.contains(|c: char| c.is_whitespace() || "*<>{}".contains(c));
        whole && !path.contains("...") && FOLDERS.iter().any(|folder| path.starts_with(folder))
    })
}

/// Names of tests in backquotes: words joined by underscores, five at least.
fn test_names(text: &str) -> impl Iterator<Item = &str> {
    let quoted = text.split('`').skip(1).step_by(2);
    quoted.filter(|name| {
        let words = name.split('_').count() >= 5;
        words
            && name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    })
}

#[test]
fn the_how_tos_name_files_and_tests_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let code: String = [
        "core/src",
        "bindings",
        "tests/it",
        "local-stack/src",
        "xtask/src",
    ]
    .into_iter()
    .flat_map(|under| files(under, &[".rs"]))
    .map(|(_, text)| text)
    .collect();
    let mut wrong = Vec::new();
    let texts = files("docs/howto", &[".md"]);
    let texts = texts.into_iter().chain(files("", &["SECURITY.md"]));
    for (page, text) in texts {
        let gone = paths(&text).filter(|path| !root.join(path).exists());
        wrong.extend(gone.map(|path| format!("{page}: no {path}")));
        let gone = test_names(&text).filter(|name| !code.contains(&format!("fn {name}(")));
        wrong.extend(gone.map(|name| format!("{page}: no test {name}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_words_are_plain() {
    let mut wrong = Vec::new();
    for (path, text) in files("", &[".md", ".rs", ".kt", ".swift", ".sql", ".toml"]) {
        if AS_IT_WAS.iter().any(|old| path.contains(old)) {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            // A number that something does not exceed is meant.
            let line = line.to_lowercase().replace("no more than", "");
            let found = TURNS.iter().filter(|(turn, _)| line.contains(turn));
            wrong.extend(found.map(|(turn, plain)| {
                format!("{path}:{}: \"{turn}\", say \"{plain}\"", number + 1)
            }));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Names that are not ours, and the folder of the bindings that has the core's types once more.
const NOT_OURS: [&str; 1] = ["customMirror"];

/// The words of the names in a line of code: `ParkedEdit` and `park_scope` have two each. Comments and texts are left out.
fn words_of_names(line: &str) -> Vec<String> {
    let code = line.split("//").next().unwrap_or_default();
    let mut words = vec![String::new()];
    for part in code.split('"').step_by(2) {
        let mut lower = false;
        for c in part.chars().chain([' ']) {
            if !c.is_alphanumeric() || (c.is_uppercase() && lower) {
                words.push(String::new());
            }
            lower = c.is_lowercase();
            if let (true, Some(word)) = (c.is_alphanumeric(), words.last_mut()) {
                word.extend(c.to_lowercase());
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn no_name_has_an_old_word() {
    let mut wrong = Vec::new();
    for under in ["core/src", "bindings", "cli", "tests", "xtask"] {
        for (path, text) in files(under, &[".rs", ".kt", ".swift"]) {
            if path == "tests/it/docs.rs" {
                continue;
            }
            for (number, line) in text.lines().enumerate() {
                if NOT_OURS.iter().any(|name| line.contains(name)) {
                    continue;
                }
                let words = words_of_names(line);
                let found = OLD_WORDS
                    .iter()
                    .filter(|(old, _)| words.iter().any(|word| word == old));
                wrong.extend(
                    found.map(|(old, word)| format!("{path}:{}: {old}, say {word}", number + 1)),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_old_word_is_seen_in_every_form_of_a_name() {
    for line in [
        "fn park_parked_edit()",
        "struct ParkedEdit;",
        "const PARKED: u8 = 1;",
        "a(f(\"x\"), parked)",
    ] {
        assert!(
            words_of_names(line).contains(&"parked".to_owned()),
            "{line}"
        );
    }
    for line in ["// parked", "say(\"parked\")", "parkedness"] {
        assert!(
            !words_of_names(line).contains(&"parked".to_owned()),
            "{line}"
        );
    }
}

#[test]
fn a_header_of_another_form_is_seen() {
    let good =
        "# 0010. Title\n\nStatus: accepted. Date: 2026-01-31, changed 2026-02-28.\n\n## Context\n";
    assert!(header("0010", good).is_some());
    for (from, to) in [
        ("# 0010. ", "# 0011. "),
        ("# 0010. ", "# 10. "),
        ("accepted", "perhaps"),
        (". Date: 2026-01-31", ""),
        ("2026-02-28", "28.2.2026"),
        ("\n\nStatus", "\nStatus"),
    ] {
        assert!(
            header("0010", &good.replacen(from, to, 1)).is_none(),
            "{to}"
        );
    }
    let replaced = good.replacen("accepted", "replaced by 0012", 1);
    assert!(header("0010", &replaced).is_some());
}
