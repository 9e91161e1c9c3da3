//! Bad input through the program: one plain error line that says what to do, an exit code, no secret, nothing lost.

use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use rockon_local_stack::{BadAnswer, Project, Service};
use rockon_tests::project;
use rockon_tests::reverse_proxy::ReverseProxy;
use tempfile::TempDir;

use crate::cli::{EMAIL, PASSWORD, file, output, program, refused, rockon, text, with_input};

/// The arguments that name a project, and a member's directory.
fn phone<'a>(project: &'a Project, data: &'a str) -> Vec<&'a str> {
    let (url, key) = (project.url(), project.anon_key());
    let place = ["phone", "--url", url, "--key", key];
    [&place[..], &["--email", EMAIL, "--data", data]].concat()
}

/// As [`refused`], and the error line holds no address of a person, no password and no token.
#[track_caller]
fn refused_in_safe_words(output: &Output, code: i32, words: &[&str]) {
    refused(output, code, words);
    let said = text(output);
    let error = said.lines().find(|line| line.starts_with("error:"));
    for secret in [EMAIL, PASSWORD.trim(), "eyJ", "Wonderwall"] {
        assert!(!error.unwrap().contains(secret), "{said}");
    }
}

fn database(data: &Path) -> PathBuf {
    let files = std::fs::read_dir(data).unwrap().flatten();
    let mut files = files.map(|entry| entry.path());
    let found = files.find(|path| path.extension().is_some_and(|end| end == "sqlite"));
    found.expect("a database file")
}

/// Overwrites bytes of a database file, and voids the write-ahead log that might still hold the old page.
fn overwrite(database: &Path, at: u64, bytes: &[u8]) {
    let write = |path: &Path| std::fs::File::options().write(true).open(path);
    write(database).unwrap().write_all_at(bytes, at).unwrap();
    if let Ok(log) = write(&database.with_extension("sqlite-wal")) {
        log.write_all_at(&[0; 32], 0).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_at_the_sign_in_that_are_no_answers_are_told_apart() {
    let project = project().await;
    let dir = TempDir::new().unwrap();
    let data = dir.path().to_str().unwrap();
    for (answer, words) in [
        (BadAnswer::Html, "web page"),
        (BadAnswer::CutOff, "cut off"),
        (BadAnswer::Huge, "larger than 5 MB"),
        (BadAnswer::WrongShape, "another shape"),
        (BadAnswer::Status(500), "gateway answered 500"),
    ] {
        project.faults().answer_once(Service::Auth, answer);
        let tried = with_input(&phone(&project, data), PASSWORD);
        refused_in_safe_words(&tried, 1, &[words, "doctor"]);
    }
    let well = with_input(&phone(&project, data), PASSWORD);
    assert!(well.status.success(), "{}", text(&well));
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_answers_while_reading_and_columns_of_a_newer_server_lose_no_song() {
    let project = project().await;
    let admin = project.admin().await.unwrap();
    let newer = "alter table songs add column mood text default 'blue'";
    admin.batch_execute(newer).await.unwrap();
    for answer in [
        BadAnswer::Html,
        BadAnswer::CutOff,
        BadAnswer::Huge,
        BadAnswer::WrongShape,
        BadAnswer::Status(502),
    ] {
        project.faults().answer_once(Service::Rest, answer);
    }
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("out.csv");
    let place = ["--url", project.url(), "--key", project.anon_key()];
    let export = ["export", out.to_str().unwrap(), "--email", EMAIL];
    let export = with_input(&[&export[..], &place].concat(), PASSWORD);
    assert!(export.status.success(), "{}", text(&export));
    let count =
        "select count(*) from songs where context_id = 'b0000000-0000-4000-8000-000000000001'";
    let songs: i64 = admin.query_one(count, &[]).await.unwrap().get(0);
    let lines = std::fs::read_to_string(&out).unwrap().lines().count();
    assert_eq!(
        i64::try_from(lines).unwrap(),
        songs + 1,
        "all, and a header"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_the_project_does_not_know_is_named_by_phone_and_doctor() {
    let project = project().await;
    let dir = TempDir::new().unwrap();
    let data = dir.path().to_str().unwrap();
    let mut place = phone(&project, data);
    place[4] = "e30.e30.e30";
    refused_in_safe_words(&with_input(&place, PASSWORD), 2, &["anon_key", "Correct"]);
    let doctor = output(rockon(&["doctor", place[1], place[2], place[3], place[4]]));
    refused_in_safe_words(&doctor, 1, &["Broken: API key"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_may_not_grow_is_said_and_the_next_run_has_everything() {
    let project = project().await;
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("phone");
    let arguments = phone(&project, data.to_str().unwrap());
    // Files may not grow beyond 8 kB, for root too. The signal that would end the program is passed over.
    let mut limited = Command::new("sh");
    let script = "trap '' XFSZ; ulimit -f 16; exec \"$0\" \"$@\"";
    limited.args(["-c", script]).arg(program()).args(&arguments);
    limited.stdin(Stdio::from(
        std::fs::File::open(file(&dir, "password", PASSWORD.as_bytes())).unwrap(),
    ));
    // Such a limit, like a quota, is told as a failed write; the advice names the space all the same.
    refused_in_safe_words(
        &output(limited),
        1,
        &["SQLite reports", "storage works and has space left"],
    );
    let well = with_input(&arguments, PASSWORD);
    assert!(well.status.success(), "{}", text(&well));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_a_newer_program_is_refused_untouched_and_a_damaged_one_quarantined() {
    const USER_VERSION: u64 = 60;
    let project = project().await;
    let dir = TempDir::new().unwrap();
    let arguments = phone(&project, dir.path().to_str().unwrap());
    let first = with_input(&arguments, PASSWORD);
    assert!(first.status.success(), "{}", text(&first));
    let database = database(dir.path());
    let good = std::fs::read(&database).unwrap();
    overwrite(&database, USER_VERSION, &9_999_u32.to_be_bytes());
    let newer = std::fs::read(&database).unwrap();
    refused_in_safe_words(&with_input(&arguments, ""), 1, &["Update the program"]);
    assert!(std::fs::read(&database).unwrap() == newer, "untouched");
    std::fs::write(&database, good).unwrap();
    overwrite(&database, 0, &[0x5a; 4_096]);
    let mended = with_input(&arguments, "");
    let said = text(&mended);
    assert!(mended.status.success(), "{said}");
    assert!(
        said.contains("The database was damaged: it was kept as"),
        "{said}"
    );
    let kept = std::fs::read_dir(dir.path()).unwrap().flatten();
    let mut kept = kept.map(|entry| entry.file_name().to_string_lossy().into_owned());
    assert!(kept.any(|name| name.contains("damaged")), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_of_a_private_authority_is_reached_with_its_certificate_alone() {
    let project = project().await;
    let reverse_proxy = ReverseProxy::tls(project.url(), "127.0.0.1").await;
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("phone");
    let mut phone = phone(&project, data.to_str().unwrap());
    phone[2] = reverse_proxy.url();
    let doctor = [&["doctor"], &phone[1..7]].concat();
    let ca = file(&dir, "ca.pem", reverse_proxy.authority.as_bytes());
    for (command, broken) in [(&phone, "TLS handshake failed"), (&doctor, "Broken: ")] {
        refused_in_safe_words(&with_input(command, PASSWORD), 1, &[broken]);
        let trusting = [&command[..], &["--ca", &ca]].concat();
        let well = with_input(&trusting, PASSWORD);
        assert!(well.status.success(), "{}", text(&well));
    }
    let out = dir.path().join("out.csv");
    let export = [
        &["export", out.to_str().unwrap(), "--ca", &ca],
        &phone[1..7],
    ]
    .concat();
    let export = with_input(&export, PASSWORD);
    assert!(export.status.success(), "{}", text(&export));
}

#[test]
fn a_file_of_certificates_that_cannot_be_used_is_named_before_anything_is_asked() {
    let dir = TempDir::new().unwrap();
    let missing = dir.path().join("none.pem");
    let key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for (path, why) in [
        (missing.to_str().unwrap().to_owned(), "No such file"),
        (dir.path().to_str().unwrap().to_owned(), "Is a directory"),
        (file(&dir, "empty.pem", b" \n"), "it is empty"),
        (
            file(&dir, "der.pem", &[0x30, 0x82, 0xff, 0xfe]),
            "it is not PEM text",
        ),
        (
            file(&dir, "text.pem", b"no certificate"),
            "it holds no certificate",
        ),
        (
            file(&dir, "key.pem", key.as_bytes()),
            "it holds no certificate",
        ),
        (
            file(&dir, "broken.pem", broken.as_bytes()),
            "cannot be read",
        ),
        (
            file(&dir, "cut.pem", &broken.as_bytes()[..40]),
            "it is not PEM text",
        ),
    ] {
        for command in ["doctor", "phone"] {
            let place = [command, "--url", "https://127.0.0.1:1", "--key", "a.b.c"];
            let ca = ["--email", EMAIL, "--ca", &path];
            let tried = with_input(&[&place[..], &ca].concat(), PASSWORD);
            refused_in_safe_words(&tried, 2, &[&path, why, "Give --ca"]);
        }
    }
}

#[test]
fn song_lists_with_each_kind_of_fault_are_read_or_named_with_their_lines() {
    let dir = TempDir::new().unwrap();
    let dry = |name: &str, text: &str| {
        let path = file(&dir, name, text.as_bytes());
        output(rockon(&["import", &path, "--dry-run"]))
    };
    let bom = dry("bom.csv", "\u{feff}title;artist\n\"One; Two\";Us\n");
    assert!(bom.status.success(), "{}", text(&bom));
    assert!(text(&bom).contains("1 song can be added"), "{}", text(&bom));
    let open = dry("open.csv", "title,artist\nRun,Us\n\"One,Us\nTwo,Us\n");
    refused_in_safe_words(&open, 2, &["line 3"]);
    let missing = dry("missing.csv", "artist,key\nUs,G\n");
    refused_in_safe_words(&missing, 2, &["title"]);
}

#[test]
fn a_file_that_would_steer_the_terminal_is_told_of_without_doing_so() {
    let dir = TempDir::new().unwrap();
    let csv = "title,W\u{1b}]0;PWNED\u{7}\u{1b}[41mx\u{202e}\nCreep,1\n";
    let path = file(&dir, "x.csv", csv.as_bytes());
    let said = text(&output(rockon(&["import", &path, "--dry-run"])));
    assert!(said.contains("PWNED"), "{said}");
    let steers = |c: char| c != '\n' && (c.is_control() || c == '\u{202e}');
    assert!(!said.contains(steers), "{said:?}");
}
