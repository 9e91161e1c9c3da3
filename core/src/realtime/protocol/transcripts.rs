//! Every frame that a real server sent in the recorded sessions, decoded; what came out is compared with a table.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::{Event, Signal, SystemMessage, Version, Wire, decode};

fn folder() -> &'static Path {
    Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../tests/fixtures/realtime"
    ))
}

/// What a frame came to, in one word.
fn outcome(version: Version, wire: Wire<'_>) -> String {
    match decode(version, wire) {
        Err(why) => format!("ignored_{why:?}"),
        Ok(frame) => match frame.event {
            Event::ReplyOk { .. } => "reply_ok".to_owned(),
            Event::ReplyError(why) => format!("reply_{why:?}"),
            Event::Close => "close".to_owned(),
            Event::Crash => "crash".to_owned(),
            Event::System(system) if system.ok && system.message == SystemMessage::Other => {
                "system_ok_other".to_owned()
            }
            Event::System(system) => format!("system_{:?}", system.message),
            Event::Broadcast(_) => "broadcast".to_owned(),
            Event::Change {
                signal: Signal::Gap,
                ..
            } => "change_gap".to_owned(),
            Event::Change { .. } => "change_hint".to_owned(),
        },
    }
}

/// The frame of a line: text as sent, binary as base64, or (second series of recordings) the array itself.
fn outcome_of_line(version: Version, frame: &Value) -> String {
    match frame {
        Value::String(text) => outcome(version, Wire::Text(text)),
        Value::Object(binary) => {
            let bytes = STANDARD.decode(binary["base64"].as_str().unwrap()).unwrap();
            outcome(version, Wire::Binary(&bytes))
        }
        other => outcome(version, Wire::Text(&other.to_string())),
    }
}

/// Connections of one session may differ in version: the URL of each tells.
fn counts(text: &str, default: Version) -> BTreeMap<String, u64> {
    let mut versions: BTreeMap<String, Version> = BTreeMap::new();
    let mut counts = BTreeMap::new();
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let conn = line["conn"].as_str().unwrap_or_default().to_owned();
        if line["dir"] == "open" {
            let url = line["frame"].as_str().unwrap_or_default();
            let version = if url.contains("vsn=2") {
                Version::V2
            } else {
                Version::V1
            };
            versions.insert(conn, version);
        } else if line["dir"] == "recv" {
            let version = versions.get(&conn).copied().unwrap_or(default);
            *counts
                .entry(outcome_of_line(version, &line["frame"]))
                .or_default() += 1;
        }
    }
    counts
}

fn transcripts() -> Vec<(String, String)> {
    let mut all: Vec<_> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "jsonl"))
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                fs::read_to_string(&path).unwrap(),
            )
        })
        .collect();
    all.sort();
    all
}

#[test]
fn every_recorded_frame_decodes_to_what_the_table_says() {
    let mut table = String::new();
    for (name, text) in transcripts() {
        let default = if name.contains(".v1.") {
            Version::V1
        } else {
            Version::V2
        };
        write!(table, "{name}").unwrap();
        for (what, count) in counts(&text, default) {
            write!(table, " {what}={count}").unwrap();
        }
        table.push('\n');
    }
    let expected = folder().join("decoded.txt");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&expected, &table).unwrap();
    }
    let expected = fs::read_to_string(expected).unwrap();
    for (seen, wanted) in table.lines().zip(expected.lines()) {
        assert_eq!(seen, wanted);
    }
    assert_eq!(table.lines().count(), expected.lines().count());
}

#[test]
fn every_recorded_frame_in_the_wrong_version_or_cut_short_is_only_ignored() {
    for (name, text) in transcripts() {
        for line in text.lines() {
            let line: Value = serde_json::from_str(line).unwrap();
            let Some(frame) = line["frame"].as_str().filter(|_| line["dir"] == "recv") else {
                continue;
            };
            let wrong = if frame.starts_with('[') {
                Version::V1
            } else {
                Version::V2
            };
            assert!(
                decode(wrong, Wire::Text(frame)).is_err(),
                "{name}: {frame:.80}"
            );
            let end = frame.len().saturating_sub(1);
            let cut = frame.get(..end).unwrap_or_default();
            for version in [Version::V1, Version::V2] {
                assert!(
                    decode(version, Wire::Text(cut)).is_err(),
                    "{name}: {cut:.80}"
                );
            }
        }
    }
}
