//! What crosses to Kotlin and Swift, as the library itself describes it: one line an item in `bindings/api.txt`, and a
//! doc comment on each.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};

use uniffi_bindgen::macro_metadata::extract_from_library;
use uniffi_meta::{EnumShape, FieldMetadata, FnParamMetadata, Metadata, Type};

/// The library that was built with this test.
fn library() -> Vec<Metadata> {
    let test = std::env::current_exe().unwrap();
    let name = format!(
        "{}rockon{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    let path = test.parent().unwrap().join(name);
    extract_from_library(path.to_str().unwrap().into()).unwrap()
}

fn shown(ty: &Type) -> String {
    match ty {
        Type::Optional { inner_type } => format!("{}?", shown(inner_type)),
        Type::Sequence { inner_type } => format!("[{}]", shown(inner_type)),
        Type::Map {
            key_type,
            value_type,
        } => format!("{{{}: {}}}", shown(key_type), shown(value_type)),
        Type::Object { name, .. }
        | Type::Record { name, .. }
        | Type::Enum { name, .. }
        | Type::CallbackInterface { name, .. }
        | Type::Custom { name, .. } => name.clone(),
        plain => format!("{plain:?}"),
    }
}

fn call(
    (name, is_async): (&str, bool),
    inputs: &[FnParamMetadata],
    gives: Option<&Type>,
    throws: Option<&Type>,
) -> String {
    let inputs: Vec<_> = inputs
        .iter()
        .map(|one| format!("{}: {}", one.name, shown(&one.ty)))
        .collect();
    let wait = if is_async { "async " } else { "" };
    let gives = gives.map_or_else(String::new, |ty| format!(" -> {}", shown(ty)));
    let throws = throws.map_or_else(String::new, |ty| format!(" throws {}", shown(ty)));
    format!("{wait}{name}({}){gives}{throws}", inputs.join(", "))
}

/// A name, and whether anybody said what it is.
type Line = (String, bool);

fn said(doc: Option<&String>) -> bool {
    doc.is_some_and(|doc| !doc.trim().is_empty())
}

fn fields(owner: &str, fields: &[FieldMetadata], lines: &mut Vec<Line>) {
    for field in fields {
        let line = format!("{owner}.{}: {}", field.name, shown(&field.ty));
        // The one value of a case is what the case says.
        lines.push((
            line,
            field.name.is_empty() || said(field.docstring.as_ref()),
        ));
    }
}

fn lines_of(item: &Metadata, lines: &mut Vec<Line>) {
    match item {
        Metadata::Func(one) => {
            let is = (one.name.as_str(), one.is_async);
            let (gives, throws) = (one.return_type.as_ref(), one.throws.as_ref());
            let line = call(is, &one.inputs, gives, throws);
            lines.push((format!("fn {line}"), said(one.docstring.as_ref())));
        }
        Metadata::Constructor(one) => {
            let is = (one.name.as_str(), one.is_async);
            let line = call(is, &one.inputs, None, one.throws.as_ref());
            let line = format!("object {}: new {line}", one.self_name);
            lines.push((line, said(one.docstring.as_ref())));
        }
        Metadata::Method(one) => {
            let is = (one.name.as_str(), one.is_async);
            let (gives, throws) = (one.return_type.as_ref(), one.throws.as_ref());
            let line = call(is, &one.inputs, gives, throws);
            let line = format!("object {}: {line}", one.self_name);
            lines.push((line, said(one.docstring.as_ref())));
        }
        Metadata::TraitMethod(one) => {
            let is = (one.name.as_str(), one.is_async);
            let (gives, throws) = (one.return_type.as_ref(), one.throws.as_ref());
            let line = call(is, &one.inputs, gives, throws);
            let line = format!("foreign {}: {line}", one.trait_name);
            lines.push((line, said(one.docstring.as_ref())));
        }
        Metadata::Record(one) => {
            let name = format!("record {}", one.name);
            fields(&name, &one.fields, lines);
            lines.push((name, said(one.docstring.as_ref())));
        }
        Metadata::Enum(one) => cases(one, lines),
        other => lines.extend(line_of(other)),
    }
}

/// Of what has no parts.
fn line_of(item: &Metadata) -> Option<Line> {
    match item {
        Metadata::Object(one) => {
            Some((format!("object {}", one.name), said(one.docstring.as_ref())))
        }
        Metadata::CustomType(one) => {
            let line = format!("custom {} = {}", one.name, shown(&one.builtin));
            Some((line, true))
        }
        _ => None,
    }
}

fn cases(one: &uniffi_meta::EnumMetadata, lines: &mut Vec<Line>) {
    let what = match one.shape {
        EnumShape::Enum => "enum",
        EnumShape::Error { .. } => "error",
    };
    let name = format!("{what} {}", one.name);
    for variant in &one.variants {
        let case = format!("{name}.{}", variant.name);
        let unnamed = variant
            .fields
            .iter()
            .all(|field| field.name.is_empty() || field.name.starts_with('v'));
        let mut of_case = Vec::new();
        fields(&case, &variant.fields, &mut of_case);
        lines.extend(
            of_case
                .into_iter()
                .map(|(line, documented)| (line, documented || unnamed)),
        );
        lines.push((case, said(variant.docstring.as_ref())));
    }
    lines.push((name, said(one.docstring.as_ref())));
}

fn lines() -> Vec<Line> {
    let mut lines = Vec::new();
    for item in library() {
        lines_of(&item, &mut lines);
    }
    lines.sort();
    lines
}

#[test]
fn the_api_is_the_committed_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("api.txt");
    let outline: Vec<String> = lines().into_iter().map(|(line, _)| line).collect();
    let now = outline.join("\n") + "\n";
    if std::env::var_os("ROCKON_RENEW").is_some() {
        fs::write(&path, &now).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        now == committed,
        "the API has changed; if that is meant, renew the outline and read the difference:\n\
         ROCKON_RENEW=1 cargo test -p rockon-bindings --test api && git diff bindings/api.txt"
    );
}

#[test]
fn everything_that_crosses_says_what_it_is() {
    let silent: Vec<_> = lines()
        .into_iter()
        .filter(|(_, documented)| !documented)
        .map(|(line, _)| line)
        .collect();
    assert!(silent.is_empty(), "no doc comment: {silent:#?}");
}

/// The fields of a record, or of the cases of an enum or error, by its name; with each the owner's name.
fn parts(items: &[Metadata], name: &str) -> Vec<(String, Type)> {
    let field =
        |owner: &str, field: &FieldMetadata| (format!("{owner}.{}", field.name), field.ty.clone());
    let mut found = Vec::new();
    for item in items {
        match item {
            Metadata::Record(one) if one.name == name => {
                found.extend(one.fields.iter().map(|one| field(name, one)));
            }
            Metadata::Enum(one) if one.name == name => {
                for case in &one.variants {
                    let owner = format!("{name}.{}", case.name);
                    found.extend(case.fields.iter().map(|one| field(&owner, one)));
                }
            }
            _ => {}
        }
    }
    found
}

/// What a print of a value of this type can show of a person.
fn shows(items: &[Metadata], place: &str, ty: &Type, found: &mut Vec<String>) {
    match ty {
        Type::Optional { inner_type } | Type::Sequence { inner_type } => {
            shows(items, place, inner_type, found);
        }
        Type::Map { .. } | Type::Bytes => found.push(place.to_owned()),
        Type::String if !CODES.iter().any(|codes| place.ends_with(codes)) => {
            found.push(place.to_owned());
        }
        Type::Record { name, .. } | Type::Enum { name, .. } => {
            for (place, ty) in parts(items, name) {
                shows(items, &place, &ty, found);
            }
        }
        Type::Custom { name, builtin, .. } => {
            let is_text = !matches!(**builtin, Type::Int64);
            if is_text && !PLAIN.contains(&name.as_str()) && !prints_nothing(name) {
                found.push(place.to_owned());
            }
        }
        _ => {}
    }
}

/// Texts that are codes (letters, digits and underscores, see `net/answer.rs`) and names of columns.
const CODES: [&str; 5] = [
    ".reason",
    "AuthErrorCode.Other.code",
    "RefusalCode.Other.code",
    "RockOnError.UnknownColumn.column",
    "UnreadableRow.columns",
];

/// Ids and constants.
const PLAIN: [&str; 4] = ["RowId", "ScopeId", "UserId", "Words"];

/// Has it a class of its own in both languages, which says how it is printed?
fn prints_nothing(name: &str) -> bool {
    let read =
        |path: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let bound = read("uniffi.toml");
    let kotlin = read("kotlin/src/main/kotlin/org/rockon/Values.kt");
    let swift = read("swift/Sources/RockOn/Values.swift");
    let class = kotlin.split_once(&format!("\nclass {name}("));
    let class = class
        .and_then(|(_, after)| after.split_once("\n}"))
        .map(|(body, _)| body);
    bound.contains(&format!("[crates.rockon_core.bindings.kotlin.custom_types.{name}]"))
        && bound.contains(&format!("[crates.rockon_core.bindings.swift.custom_types.{name}]"))
        && class.is_some_and(|class| class.contains("override fun toString()"))
        && swift.contains(&format!(
            "extension {name}: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable"
        ))
}

/// An app writes an error or the status into its log as it is; records of content it does not.
#[test]
fn no_error_and_no_status_prints_what_a_person_typed_or_is_called() {
    let items = library();
    let errors = items.iter().filter_map(|item| match item {
        Metadata::Enum(one) if matches!(one.shape, EnumShape::Error { .. }) => {
            Some(one.name.as_str())
        }
        _ => None,
    });
    let roots: Vec<&str> = errors.chain(["Status", "SignUp", "SyncOutcome"]).collect();
    assert!(roots.contains(&"RockOnError"), "{roots:?}");
    let mut found = Vec::new();
    for root in roots {
        let parts = parts(&items, root);
        assert!(
            !parts.is_empty() || root == "PlatformError",
            "{root} is not there"
        );
        for (place, ty) in parts {
            shows(&items, &place, &ty, &mut found);
        }
    }
    assert_eq!(found, Vec::<String>::new(), "these are printed");
}

fn rust_files(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

fn texts(dir: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(dir), &mut found);
    assert!(!found.is_empty(), "nothing below {dir}");
    let read = found.into_iter().map(|path| {
        let text = fs::read_to_string(&path).unwrap();
        (path, text)
    });
    read.collect()
}

#[test]
fn no_doc_comment_ends_the_comment_it_becomes() {
    for (path, text) in texts("src").into_iter().chain(texts("../core/src")) {
        let bad = text
            .lines()
            .find(|line| line.trim_start().starts_with("///") && line.contains("*/"));
        assert_eq!(bad, None, "{}", path.display());
    }
}

#[test]
fn the_bindings_are_at_most_2_lines_of_code_to_100_of_the_core() {
    let is_code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
    let count = |dir| -> usize {
        let texts = texts(dir);
        let lines = texts.iter().map(|(_, text)| text.lines().filter(is_code));
        lines.map(Iterator::count).sum()
    };
    let (bindings, core) = (count("src"), count("../core/src"));
    assert!(bindings * 100 <= core * 2, "{bindings} of {core}");
}
