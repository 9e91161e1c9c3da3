//! Rung 4, on the phone: the database file and what waits in it.

use std::os::unix::fs::FileExt as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use rockon_core::client::Client;
use rockon_core::config::ClientConfig;
use rockon_core::doctor::{CheckStatus, DoctorReport, Layer};
use rockon_core::error::{Error, StorageFailure};
use rockon_core::model::Kind;
use rockon_core::redact::Secret;
use rockon_core::session::MemorySecrets;
use rockon_core::time::{Clock, MonotonicInstant, SystemClock, Timestamp};
use rockon_local_stack::Project;
use rockon_tests::phone::{BAND, PASSWORD, PATIENCE, Phone, values};
use rockon_tests::{eventually, project};
use serde_json::json;

use super::{find, first_broken, warned};

const NAME: &str = "local database";

/// The member's database file.
fn database(phone: &Phone) -> PathBuf {
    let files = std::fs::read_dir(phone.dir()).unwrap().flatten();
    let mut files = files.map(|entry| entry.path());
    let found = files.find(|path| path.extension().is_some_and(|end| end == "sqlite"));
    found.expect("a database file")
}

/// Overwrites bytes of the file of a phone that does not run. A write-ahead log that was left would still hold the old
/// page: its header is made void.
fn overwrite(phone: &Phone, at: u64, bytes: &[u8]) {
    let file = std::fs::File::options().write(true).open(database(phone));
    file.unwrap().write_all_at(bytes, at).unwrap();
    let log = database(phone).with_extension("sqlite-wal");
    if let Ok(log) = std::fs::File::options().write(true).open(log) {
        log.write_all_at(&[0; 32], 0).unwrap();
    }
}

/// Eric's phone, closed, with everything in one file and nobody signed in.
async fn closed(project: &Project) -> Phone {
    let mut eric = Phone::of(project, "eric").await;
    eric.client().sign_out(false).await.unwrap();
    eric.client().shutdown().await;
    eric.kill();
    eric
}

async fn sign_in(client: &Client) -> Result<(), Error> {
    let signed_in = client.sign_in("eric@rock-on.test", Secret::new(PASSWORD));
    signed_in.await.map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_a_newer_program_is_named_and_left_alone() {
    const USER_VERSION: u64 = 60;
    let project = project().await;
    let mut eric = closed(&project).await;
    overwrite(&eric, USER_VERSION, &9_999_u32.to_be_bytes());
    let before = std::fs::read(database(&eric)).unwrap();
    eric.open();
    let failure = StorageFailure::Newer;
    assert_eq!(
        sign_in(eric.client()).await,
        Err(Error::Storage { failure })
    );
    let report = eric.client().diagnose().await;
    first_broken(&report, Layer::App, NAME, "Update the program");
    eric.kill();
    assert!(
        std::fs::read(database(&eric)).unwrap() == before,
        "untouched"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_another_program_holds_is_named() {
    let project = project().await;
    let eric = Phone::of(&project, "eric").await;
    let config = ClientConfig::new(project.url(), project.anon_key(), eric.dir());
    let second = Client::open(config, Arc::new(MemorySecrets::new())).unwrap();
    let failure = StorageFailure::Locked;
    assert_eq!(sign_in(&second).await, Err(Error::Storage { failure }));
    let report = second.diagnose().await;
    first_broken(&report, Layer::App, NAME, "Close the other program");
    let report = eric.client().diagnose().await;
    assert_eq!(find(&report, NAME).status, CheckStatus::Fine, "{report}");
    // Once the other has gone, looking again finds it mended.
    eric.client().shutdown().await;
    let report = eventually("the file is free", PATIENCE, || async {
        let report = second.diagnose().await;
        (find(&report, NAME).status == CheckStatus::Fine).then_some(report)
    })
    .await;
    assert_ne!(find(&report, NAME).status, CheckStatus::Broken);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_file_that_was_quarantined_is_told() {
    let project = project().await;
    let mut eric = closed(&project).await;
    overwrite(&eric, 0, &[0x5a; 4_096]);
    eric.open();
    sign_in(eric.client()).await.unwrap();
    let report = eric.client().diagnose().await;
    warned(&report, NAME, "damaged file was kept");
}

/// A clock that is right but for an offset.
#[derive(Debug)]
struct Shifted(SystemClock, AtomicI64);

impl Clock for Shifted {
    fn wall(&self) -> Timestamp {
        Timestamp(self.0.wall().0 + self.1.load(Ordering::SeqCst))
    }

    fn monotonic(&self) -> MonotonicInstant {
        self.0.monotonic()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn edits_that_wait_for_long_are_warned_of_when_all_else_is_well() {
    const TEN_MINUTES_MS: i64 = 600_000;
    let project = project().await;
    let dir = tempfile::TempDir::new().unwrap();
    let clock = Arc::new(Shifted(SystemClock::new(), AtomicI64::new(0)));
    let config = ClientConfig::new(project.url(), project.anon_key(), dir.path());
    let phone = Client::open_with(config, Arc::new(MemorySecrets::new()), clock.clone(), 7);
    let phone = phone.unwrap();
    sign_in(&phone).await.unwrap();
    phone.set_network(false);
    let song = values(json!({ "title": "Waits", "artist": "Oasis" }));
    let workspace = phone.workspace().unwrap();
    workspace.add(BAND, Kind::Song, song).await.unwrap();
    let young = phone.diagnose().await;
    assert_eq!(
        find(&young, "unsent edits").status,
        CheckStatus::Fine,
        "{young}"
    );
    clock.1.store(TEN_MINUTES_MS, Ordering::SeqCst);
    project.clock().set_offset_ms(TEN_MINUTES_MS);
    let report: DoctorReport = phone.diagnose().await;
    warned(&report, "unsent edits", "keep the app open");
    assert!(
        find(&report, "unsent edits")
            .evidence
            .starts_with("1 waiting, oldest 6")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_edits_are_warned_of_while_they_wait_for_a_decision() {
    let project = project().await;
    let admin = project.admin().await.unwrap();
    let query =
        "select lower(member_name) from band_memberships where band_id = $1 and role = 'viewer'";
    let viewer: String = admin.query_one(query, &[&BAND.0]).await.unwrap().get(0);
    let viewer = Phone::of(&project, &viewer).await;
    let song = viewer.song("Wonderwall").await.unwrap();
    viewer.change_song(song.id, json!({ "key": "C" })).await;
    viewer.hears("was refused").await;
    let report = viewer.client().diagnose().await;
    warned(&report, "unsent edits", "discard");
}
