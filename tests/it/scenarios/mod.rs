//! The scenarios of `tests/scenarios`, played over the core's public API. One test a file.

mod act;
mod expect;
mod gig;
mod hosted;
mod items;
mod play;
mod step;
mod wait;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use play::play;
use step::Scenario;

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

fn scenario(file: &str) -> Scenario {
    let path = directory().join(format!("{file}.json"));
    let text = std::fs::read_to_string(&path).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"))
}

async fn passes(file: &str) {
    let scenario = scenario(file);
    let played = play(&scenario).await;
    log(file, if played.is_ok() { "ok" } else { "failed" });
    if let Err(failure) = played {
        panic!("{file} ({}): {failure}", scenario.name);
    }
}

/// For the table of all languages.
fn log(file: &str, how: &str) {
    use std::io::Write as _;
    if let Some(path) = std::env::var_os("ROCKON_SCENARIO_LOG") {
        let log = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(path);
        // One write a line: tests run side by side.
        log.unwrap()
            .write_all(format!("rust {file} {how}\n").as_bytes())
            .unwrap();
    }
}

/// The untrue expectation is the last step, and the scenario must fail there and nowhere else.
async fn fails_at_its_end(file: &str) {
    let scenario = scenario(file);
    let failure = play(&scenario).await.expect_err("it must fail");
    assert_eq!(failure.step, scenario.steps.len() - 1, "{failure}");
}

/// The files of a directory, without `.json`.
fn files(directory: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(directory).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names
        .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
        .collect()
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

macro_rules! scenarios {
    ($($file:ident)* ; wrong: $($wrong:ident)*) => {
        $(#[tokio::test(flavor = "multi_thread")]
        async fn $file() {
            passes(stringify!($file)).await;
        })*

        mod wrong {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $wrong() {
                super::fails_at_its_end(concat!("wrong/", stringify!($wrong))).await;
            })*
        }

        #[test]
        fn every_scenario_file_is_played() {
            assert_eq!(files(&directory()), set(&[$(stringify!($file)),*]));
            assert_eq!(files(&directory().join("wrong")), set(&[$(stringify!($wrong)),*]));
        }
    };
}

scenarios! {
    account_deleted
    add_change_delete
    answer_lost
    background
    bad_values
    burst_makes_one_notice
    conflict_mine
    conflict_other
    conflict_the_other_is_told
    conflict_theirs
    credentials_changed
    database_restart
    delete_meets_edit_anyway
    delete_meets_edit_kept
    delete_meets_use
    delete_refused
    delete_with_own_edit_meets_edit
    deleted_setlist_was_changed
    doctor_app
    doctor_auth
    doctor_auth_and_rest
    doctor_network
    doctor_services
    edit_beats_delete
    edit_of_a_row_that_is_gone
    first_sync
    german
    gig
    gig_mode_digest
    gig_of_an_own_setlist
    gig_without_a_network
    import_and_export
    invite
    joined_elsewhere
    kill_and_reopen
    merge_of_different_fields
    merge_of_text
    names
    new_epoch
    nobody_signed_in
    offline_edits_and_reconnect
    own_songs
    password_reset
    realtime_silent
    realtime_stopped
    refused_then_discarded
    refused_then_retried
    removed_member
    restore_what_another_deleted
    roles_and_bands
    search
    second_person_on_one_phone
    seen_by
    setlist_items
    setlist_order_by_two
    shows_and_practices
    sign_in_and_restore
    sign_in_by_code
    sign_in_with_identity_token
    sign_out_offline
    sockets_cut
    token_expires_while_sending
    told_outside
    undo_of_a_delete
    undo_of_what_was_never_sent
    unread_on_two_devices
    viewer_reads
    who_may_come_back
    wrong_password
    ; wrong:
    a_call_that_works
    a_song_that_nobody_added
    another_value
    changes_that_nobody_made
}
