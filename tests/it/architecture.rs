//! The import rules of `ARCHITECTURE.md`, the size of files, and the project's own words, checked on the sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const SHARED: [&str; 8] = [
    "model", "error", "time", "config", "redact", "platform", "hint", "speech",
];

/// Room -> rooms it may use besides the shared eight.
fn allowed() -> BTreeMap<&'static str, &'static [&'static str]> {
    BTreeMap::from([
        ("model", &[][..]),
        ("error", &[]),
        ("time", &[]),
        ("config", &[]),
        ("redact", &[]),
        ("platform", &[]),
        ("hint", &[]),
        ("speech", &[]),
        ("store", &[]),
        ("net", &[]),
        ("session", &["net"]),
        ("realtime", &["net"]),
        ("sync", &["store"]),
        ("feed", &["store"]),
        ("notices", &["store", "sync"]),
        ("transfer", &["store"]),
        ("gig", &["store", "notices"]),
        ("doctor", &["net"]),
        ("ffi", &["notices"]),
    ])
}

/// Library -> where in `core/src` it may be named.
const LIBRARIES: [(&str, &str); 3] = [
    ("rusqlite", "store/"),
    ("reqwest", "net/"),
    ("tokio_tungstenite", "realtime/socket.rs"),
];

/// What only a writer of the database says -> rooms that do. Everybody else writes through `SyncHandle::write` and `edit`,
/// which wake the engine up.
const WRITERS: [(&str, &[&str]); 2] = [
    ("Durability::", &["store/", "sync/", "notices/"]),
    ("add_notice(", &["store/", "notices/"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn sources(dir: &Path, extensions: &[&str], found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !matches!(
                name.as_str(),
                // The last one holds generated code alone, where it is built.
                "target" | "node_modules" | ".git" | "fixtures" | "Generated"
            ) {
                sources(&path, extensions, found);
            }
        } else if extensions.iter().any(|e| name.ends_with(e)) {
            found.push(path);
        }
    }
}

pub(crate) fn files(under: &str, extensions: &[&str]) -> Vec<(String, String)> {
    let root = root().canonicalize().unwrap();
    let mut found = Vec::new();
    sources(&root.join(under), extensions, &mut found);
    assert!(
        !found.is_empty(),
        "no sources under {under:?}: the check looks in the wrong place"
    );
    found
        .into_iter()
        .map(|p| {
            let text = fs::read_to_string(&p).unwrap();
            (
                p.strip_prefix(&root)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned(),
                text,
            )
        })
        .collect()
}

fn code_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
}

/// Whether a file of the core holds nothing but tests.
fn only_tests(inside: &str) -> bool {
    inside.ends_with("tests.rs") || inside.contains("/tests/")
}

/// The text before its module of tests.
fn before_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or(text)
}

/// Rooms named in a line as `crate::room` or inside `use crate::{room::.., other::..}`.
fn rooms_used(text: &str) -> Vec<String> {
    let code: String = code_lines(text).collect::<Vec<_>>().join("\n");
    let mut used = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0_usize;
            let mut word = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    _ => {}
                }
                if depth == 0 && (c.is_alphanumeric() || c == '_') {
                    word.push(c);
                } else if depth == 0 && c == ':' || c == ',' {
                    used.push(std::mem::take(&mut word));
                    word.push_str(if c == ':' { "?" } else { "" });
                }
            }
            used.push(word);
        } else {
            used.push(
                rest.chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect(),
            );
        }
    }
    used.retain(|w| !w.is_empty() && !w.starts_with('?'));
    used
}

#[test]
fn rooms_of_the_core_import_only_what_the_map_allows() {
    let allowed = allowed();
    let mut wrong = Vec::new();
    for (path, text) in files("core/src", &[".rs"]) {
        let inside = path.strip_prefix("core/src/").unwrap();
        let room = inside.split('/').next().unwrap().trim_end_matches(".rs");
        if matches!(room, "lib" | "client") {
            continue;
        }
        let Some(may) = allowed.get(room) else {
            wrong.push(format!("{path}: room `{room}` is not on the map"));
            continue;
        };
        for used in rooms_used(&text) {
            let known = allowed.contains_key(used.as_str()) || used == "client";
            if known
                && used != room
                && !SHARED.contains(&used.as_str())
                && !may.contains(&used.as_str())
            {
                wrong.push(format!("{path}: uses `{used}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_permission_of_the_map_is_used() {
    let mut unused: BTreeSet<(&str, &str)> = allowed()
        .into_iter()
        .flat_map(|(room, may)| may.iter().map(move |other| (room, *other)))
        .collect();
    for (path, text) in files("core/src", &[".rs"]) {
        let inside = path.strip_prefix("core/src/").unwrap();
        let room = inside.split('/').next().unwrap().trim_end_matches(".rs");
        if !only_tests(inside) {
            for used in rooms_used(before_tests(&text)) {
                unused.retain(|(from, to)| *from != room || *to != used);
            }
        }
    }
    assert!(unused.is_empty(), "no code needs these: {unused:?}");
}

#[test]
fn libraries_stay_in_their_rooms() {
    let mut wrong = Vec::new();
    for (path, text) in files("core/src", &[".rs"]) {
        let inside = path.strip_prefix("core/src/").unwrap();
        for (library, home) in LIBRARIES {
            let names = code_lines(&text).any(|line| line.contains(&format!("{library}::")));
            if names && !inside.starts_with(home) {
                wrong.push(format!("{path}: names `{library}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a file of the core says of `uniffi` that is not one line beside a public type or a field of one, for the feature
/// `ffi` alone.
fn besides_derives(text: &str) -> Vec<String> {
    let code = code_lines(text).collect::<Vec<_>>().join("\n") + "\n";
    let mut wrong = Vec::new();
    let mut rest = code.as_str();
    while let Some(at) = rest.find("uniffi") {
        let attribute = rest[..at].rfind("#[");
        let end = rest[at..].find(")]\n").map(|end| at + end + ")]\n".len());
        let (Some(attribute), Some(end)) = (attribute, end) else {
            wrong.push(rest[at..].lines().next().unwrap_or_default().to_owned());
            break;
        };
        let gate: String = rest[attribute..at].split_whitespace().collect();
        let owner = rest[end..]
            .lines()
            .map(str::trim_start)
            .find(|line| !line.starts_with("#["));
        let beside = gate.starts_with("#[cfg_attr(feature=\"ffi\",")
            && !gate.contains(")]")
            && owner.is_some_and(|line| line.starts_with("pub ") || line == "] }");
        if !beside {
            wrong.push(rest[attribute..end].to_owned());
        }
        rest = &rest[end..];
    }
    wrong
}

#[test]
fn the_core_names_uniffi_in_derives_for_its_feature_and_in_one_room() {
    let mut wrong = Vec::new();
    let mut derives = 0;
    for (path, text) in files("core/src", &[".rs"]) {
        let inside = path.strip_prefix("core/src/").unwrap();
        derives += text.matches("derive(uniffi::").count();
        let text = match inside {
            _ if inside.starts_with("ffi/") => continue,
            "lib.rs" => text
                .replace("#[cfg(feature = \"ffi\")]\npub mod ffi;", "")
                .replace(
                    "#[cfg(feature = \"ffi\")]\nuniffi::setup_scaffolding!(\"rockon_core\");",
                    "",
                ),
            _ => text,
        };
        let said = besides_derives(&text).into_iter();
        wrong.extend(said.map(|said| format!("{path}: {said}")));
        // Code that is there for the phones' languages alone would be untested by everybody else.
        if text.contains("cfg(feature = \"ffi\")") || text.contains("crate::ffi") {
            wrong.push(format!("{path}: depends on the feature"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        derives > 60,
        "{derives}: the check looks in the wrong place"
    );
    let manifest = fs::read_to_string(root().join("core/Cargo.toml")).unwrap();
    assert!(manifest.contains("uniffi = { workspace = true, optional = true }"));
    assert!(
        !manifest.contains("default = ["),
        "the feature is asked for"
    );
}

#[test]
fn the_check_of_derives_sees_what_is_none() {
    let good = "/// uniffi\n#[derive(Debug)]\n#[cfg_attr(\n    feature = \"ffi\",\n    derive(uniffi::Record),\n    uniffi(name = \"X\")\n)]\n#[serde(x)]\npub struct A {\n    #[cfg_attr(feature = \"ffi\", uniffi(default = false))]\n    pub b: bool,\n}\n";
    assert_eq!(besides_derives(good), [""; 0]);
    for bad in [
        "#[derive(uniffi::Record)]\npub struct A;\n",
        "#[cfg_attr(feature = \"ffi\", derive(uniffi::Record))]\nstruct A;\n",
        "#[cfg_attr(feature = \"ffi\", derive(Debug))]\n#[derive(uniffi::Record)]\npub struct A;\n",
        "#[cfg(test)]\nfn f() {}\nuniffi::custom_type!(A, String);\n",
    ] {
        assert_eq!(besides_derives(bad).len(), 1, "{bad}");
    }
}

#[test]
fn only_sync_and_notices_write_to_the_store() {
    let mut wrong = Vec::new();
    for (path, text) in files("core/src", &[".rs"]) {
        let inside = path.strip_prefix("core/src/").unwrap();
        for (words, rooms) in WRITERS {
            let says = code_lines(before_tests(&text)).any(|line| line.contains(words));
            if says && !only_tests(inside) && !rooms.iter().any(|room| inside.starts_with(room)) {
                wrong.push(format!("{path}: says `{words}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Cargo adds up features: an app that asked for it would have it, and so would phones.
#[test]
fn only_the_packages_of_tests_ask_for_what_the_core_shows_to_tests() {
    let asking = files("", &["Cargo.toml"]).into_iter().filter(|(_, text)| {
        let mut code = text.lines().filter(|line| !line.starts_with('#'));
        code.any(|line| line.contains("rockon-core") && line.contains("testing"))
    });
    let asking: Vec<String> = asking.map(|(path, _)| path).collect();
    let of_tests = [
        "tests/Cargo.toml",
        "tests/bench/Cargo.toml",
        "tests/sim/Cargo.toml",
    ];
    assert_eq!(asking, of_tests);
}

#[test]
fn the_import_check_sees_every_form_of_use() {
    let text = "use crate::store::Store;\nuse crate::{error::{Error, Result}, sync::Engine};\nfn f() { crate::net::x(); }\n// crate::doctor";
    assert_eq!(rooms_used(text), ["store", "error", "sync", "net"]);
}

#[test]
fn no_source_file_is_longer_than_600_lines_and_the_median_is_at_most_180() {
    let mut sizes: Vec<(usize, String)> = files("", &[".rs", ".sql", ".kt", ".swift"])
        .into_iter()
        .map(|(path, text)| (text.lines().count(), path))
        .collect();
    sizes.sort();
    let long: Vec<_> = sizes.iter().filter(|(lines, _)| *lines > 600).collect();
    assert!(long.is_empty(), "split by purpose: {long:?}");
    let median = sizes[sizes.len() / 2].0;
    assert!(median <= 180, "the median is {median} lines");
}
