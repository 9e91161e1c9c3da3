//! Whole files: the fixtures of `tests/fixtures/import`, kind by kind, and what is written.

mod charts;
mod files;
mod hostile;
mod round_trip;
mod same;
mod tables;

use std::path::Path;

use serde_json::Value;

use super::*;
use crate::model::Values;

/// The plan of one file of the fixtures.
fn fixture(path: &str) -> ImportPlan {
    let whole = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/fixtures/import")
        .join(path);
    plan_of(
        path,
        &std::fs::read(&whole).unwrap_or_else(|error| panic!("{path}: {error}")),
    )
}

fn plan_of(name: &str, bytes: &[u8]) -> ImportPlan {
    let file = SourceFile {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    };
    read(&[file], &[]).unwrap()
}

/// Why nothing of a file can be read.
fn failure_of(name: &str, bytes: &[u8]) -> Option<ImportError> {
    plan_of(name, bytes).files[0].failure
}

fn values(song: Value) -> Values {
    let Value::Object(map) = song else {
        panic!("not an object")
    };
    map
}

/// The songs of a plan, one a line: title, then the other values in the order of a file.
fn said(plan: &ImportPlan) -> Vec<String> {
    let mut lines = Vec::new();
    for song in &plan.songs {
        let mut line = song.values["title"].as_str().unwrap().to_owned();
        for column in meaning::columns().skip(1) {
            if let Some(value) = song.values.get(column) {
                let value = value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned);
                line += "; ";
                line += column;
                line += " ";
                line += &value.replace('\n', " / ");
            }
        }
        lines.push(line);
    }
    lines
}

/// The warnings of a plan: line, meaning, text, kind.
fn warned(plan: &ImportPlan) -> Vec<String> {
    let line = |warning: &Warning| {
        let (line, meaning, text, kind) = (
            warning.line,
            warning.meaning.name(),
            &warning.text,
            warning.kind,
        );
        format!("{line} {meaning} {text} {kind:?}")
    };
    plan.warnings.iter().map(line).collect()
}
