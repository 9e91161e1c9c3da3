//! Every frame that a real server sent in the recorded sessions of serializer 2.0.0, decoded; what came out is compared with
//! a table.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::{Event, Signal, SystemMessage, Wire, decode};

fn folder() -> &'static Path {
    Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../tests/fixtures/realtime"
    ))
}

/// What a frame came to, in one word.
fn outcome(wire: Wire<'_>) -> String {
    match decode(wire) {
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
fn outcome_of_line(frame: &Value) -> String {
    match frame {
        Value::String(text) => outcome(Wire::Text(text)),
        Value::Object(binary) => {
            let bytes = STANDARD.decode(binary["base64"].as_str().unwrap()).unwrap();
            outcome(Wire::Binary(&bytes))
        }
        other => outcome(Wire::Text(&other.to_string())),
    }
}

/// Connections of one session may differ in serializer: the URL of each tells. Those of another are left out.
fn counts(text: &str, default: bool) -> BTreeMap<String, u64> {
    let mut ours: BTreeMap<String, bool> = BTreeMap::new();
    let mut counts = BTreeMap::new();
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let conn = line["conn"].as_str().unwrap_or_default().to_owned();
        if line["dir"] == "open" {
            let url = line["frame"].as_str().unwrap_or_default();
            ours.insert(conn, url.contains("vsn=2"));
        } else if line["dir"] == "recv" && ours.get(&conn).copied().unwrap_or(default) {
            *counts.entry(outcome_of_line(&line["frame"])).or_default() += 1;
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
        let counts = counts(&text, !name.contains(".v1."));
        if counts.is_empty() {
            continue;
        }
        write!(table, "{name}").unwrap();
        for (what, count) in counts {
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
fn every_recorded_frame_of_another_serializer_or_cut_short_is_only_ignored() {
    for (name, text) in transcripts() {
        for line in text.lines() {
            let line: Value = serde_json::from_str(line).unwrap();
            let Some(frame) = line["frame"].as_str().filter(|_| line["dir"] == "recv") else {
                continue;
            };
            let whole = decode(Wire::Text(frame));
            assert!(
                frame.starts_with('[') || whole.is_err(),
                "{name}: {frame:.80}"
            );
            let end = frame.len().saturating_sub(1);
            let cut = frame.get(..end).unwrap_or_default();
            assert!(decode(Wire::Text(cut)).is_err(), "{name}: {cut:.80}");
        }
    }
}
