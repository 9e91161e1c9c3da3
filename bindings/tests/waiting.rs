//! No call of the core blocks the thread it is made on: what touches disk or network is `async`. The calls that are not
//! are written out here, each with the reason why it cannot wait for either; a new one fails this test until somebody has
//! found such a reason.
//!
//! Foreign traits are not calls of the core: it makes them, on threads of its own.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// What is not `async`, and why it returns at once.
const AT_ONCE: &[(&[&str], &str)] = &[
    (
        &[
            "fn attendee_value",
            "fn auth_error_code",
            "fn contact_value",
            "fn core_version",
            "fn error_advice",
            "fn error_code",
            "fn field_label",
            "fn language_of",
            "fn practice_status_code",
            "fn practice_type_code",
            "fn practised_song_value",
            "fn refusal_code",
            "fn rejection_text",
            "fn role_code",
            "fn setlist_status_code",
            "fn show_status_code",
            "fn show_time_text",
            "fn song_format",
        ],
        "constants, chosen by what is passed",
    ),
    (
        &[
            "fn doctor_text",
            "fn error_message",
            "fn import_failure_text",
            "fn link_text",
            "fn rejected_edit_text",
            "fn time_signature_text",
            "fn warning_text",
        ],
        "makes a text of what is passed",
    ),
    (
        &["fn parse_link"],
        "reads a short text: a longer one is no link",
    ),
    (
        &["fn text_changes"],
        "compares two texts in memory; above 512 kB together they are told as one replaced by the other",
    ),
    (
        &["fn web_links"],
        "reads the addresses in the values of one row, which are bounded, until it has 50",
    ),
    (&["fn recent_log"], "copies at most 500 lines from memory"),
    (
        &["fn start_log"],
        "sets a level and a sink in memory, and starts a thread at its first call; no lock of it is held while a sink is called",
    ),
    (
        &["Client: damaged_file"],
        "a path that was noted when the data was opened",
    ),
    (
        &["Client: set_foreground", "Client: set_network"],
        "puts a flag where the engine's task looks; that task does what follows",
    ),
    (
        &["Client: set_language"],
        "puts a flag where feeds look; their tasks read again",
    ),
    (&["Client: observe_"], "starts a task, which reads"),
    (
        &["Subscription: cancel", "Subscription: set_limit"],
        "tells the feed's task, which ends or reads again by itself",
    ),
];

/// Calls of the outline that are not `async`, as `fn NAME` and `OBJECT: NAME`.
fn blocking(outline: &str) -> BTreeSet<String> {
    let calls = outline.lines().filter_map(|line| {
        let (head, _) = line.split_once('(')?;
        let head = head
            .strip_prefix("object ")
            .or(head.starts_with("fn ").then_some(head))?;
        let blocks = !head.split(' ').any(|word| word == "async");
        // Each feed is opened alike.
        let feed = "Client: observe_";
        blocks.then(|| if head.starts_with(feed) { feed } else { head }.to_owned())
    });
    calls.collect()
}

#[test]
fn what_is_not_async_has_a_reason_to_return_at_once() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("api.txt");
    let blocking = blocking(&fs::read_to_string(path).unwrap());
    let argued = AT_ONCE.iter().flat_map(|(calls, _)| *calls);
    let argued: BTreeSet<_> = argued.map(|call| (*call).to_owned()).collect();
    assert_eq!(blocking, argued);
    assert!(AT_ONCE.iter().all(|(_, reason)| !reason.is_empty()));
}

#[test]
fn the_outline_is_read_as_it_is_written() {
    let outline = "custom Rev = Int64\nfn one() -> String\nforeign Sink: line(line: LogLine)\nobject Client\n\
                   object Client: async two(id: RowId)\nobject Client: new open(config: ClientConfig)\n\
                   object Client: three()\nrecord Song.title: String\n";
    let found: Vec<_> = blocking(outline).into_iter().collect();
    assert_eq!(found, ["Client: new open", "Client: three", "fn one"]);
}
