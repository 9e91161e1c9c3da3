//! The `rockon` program, as a person or a script runs it.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use rockon_tests::{eventually, project};
use tempfile::TempDir;

pub(crate) const PASSWORD: &str = "rock-on-demo\n";
pub(crate) const EMAIL: &str = "eric@rock-on.test";

/// The built program: named by `ROCKON_BIN`, else beside the directory of this test's executable.
pub(crate) fn program() -> PathBuf {
    if let Some(path) = std::env::var_os("ROCKON_BIN") {
        return path.into();
    }
    let mut dir = std::env::current_exe().unwrap();
    dir.pop();
    dir.pop();
    let path = dir.join("rockon");
    assert!(path.exists(), "build it first: cargo build -p rockon");
    path
}

pub(crate) fn rockon(args: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.args(args).stdin(Stdio::null());
    command
}

pub(crate) fn output(mut command: Command) -> Output {
    command.output().unwrap()
}

/// Runs it with a line on standard input.
pub(crate) fn with_input(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(program())
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).ok();
    child.wait_with_output().unwrap()
}

pub(crate) fn text(output: &Output) -> String {
    let (out, err) = (&output.stdout, &output.stderr);
    format!(
        "{}{}",
        String::from_utf8_lossy(out),
        String::from_utf8_lossy(err)
    )
}

/// It ends with this code, one `error:` line that says all of `words`, and no panic.
#[track_caller]
pub(crate) fn refused(output: &Output, code: i32, words: &[&str]) {
    let said = text(output);
    assert_eq!(output.status.code(), Some(code), "{said}");
    let errors: Vec<&str> = said
        .lines()
        .filter(|line| line.starts_with("error:"))
        .collect();
    assert_eq!(errors.len(), 1, "{said}");
    for word in words {
        assert!(errors[0].contains(word), "no {word:?} in {said}");
    }
    assert!(!said.contains("panicked"), "{said}");
}

pub(crate) fn file(dir: &TempDir, name: &str, bytes: &[u8]) -> String {
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn the_evening_holds_and_ends_within_a_minute() {
    let started = Instant::now();
    let output = output(rockon(&["--script"]));
    let said = text(&output);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("Everything held: 9 steps"), "{said}");
    assert!(
        said.contains("has each of the edits exactly once"),
        "{said}"
    );
    assert!(said.contains("realtime service"), "{said}");
    assert!(
        started.elapsed() < Duration::from_mins(1),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn the_evening_holds_for_a_plain_user_with_a_song_list_of_their_own() {
    let home = TempDir::new().unwrap();
    let csv =
        "\u{feff}title;artist;key;bpm\nSmoke;Deep Band;Gm;112\n;nobody;A;1\nÉté;Groupe;D;99\n";
    let songs = file(&home, "mine.csv", csv.as_bytes());
    let binary = home.path().join("rockon");
    std::fs::copy(program(), &binary).unwrap();
    let mut command = plain_user(&home, &binary);
    command
        .args(["demo", "--script", "--songs", &songs])
        .stdin(Stdio::null());
    let output = output(command);
    let said = text(&output);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("imports 2 songs"), "{said}");
    assert!(said.contains("line 3"), "the bad line is named: {said}");
}

/// As root: another user, with a home of their own. Otherwise the caller is plain already.
fn plain_user(home: &TempDir, binary: &Path) -> Command {
    const NOBODY: u32 = 65_534;
    let root = std::fs::metadata("/proc/self").is_ok_and(|meta| {
        use std::os::unix::fs::MetadataExt as _;
        meta.uid() == 0
    });
    let mut command = if root {
        for path in [home.path(), binary, &home.path().join("mine.csv")] {
            std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
        let mut setpriv = Command::new("setpriv");
        setpriv
            .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
            .arg(binary);
        setpriv
    } else {
        Command::new(binary)
    };
    command
        .env("HOME", home.path())
        .env("TMPDIR", home.path())
        .current_dir(home.path());
    command
}

#[tokio::test]
async fn a_killed_stack_leaves_no_process_behind() {
    let temp = TempDir::new().unwrap();
    open_to_all(temp.path());
    let mut command = rockon(&["stack", "--port", "0"]);
    command.env("TMPDIR", temp.path()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let lines = first_lines(&mut child);
    assert!(lines.contains("API URL: http://127.0.0.1:"), "{lines}");
    assert!(lines.contains("anon key: ey"), "{lines}");
    said_access_works(&lines).await;
    let running = running_in(temp.path());
    assert!(!running.is_empty(), "PostgreSQL runs in {:?}", temp.path());
    child.kill().unwrap();
    child.wait().unwrap();
    eventually("no process is left", Duration::from_secs(20), || async {
        running_in(temp.path()).is_empty().then_some(())
    })
    .await;
}

/// What the stack printed behind a name.
pub(crate) fn said(lines: &str, name: &str) -> String {
    let name = format!("{name}: ");
    let mut lines = lines.lines();
    let value = lines.find_map(|line| line.trim().strip_prefix(&name));
    value.expect(&name).to_owned()
}

/// Every address and key printed opens what it says.
async fn said_access_works(lines: &str) {
    let get = async |url: String, key: &str| {
        let key = said(lines, key);
        let get = rockon_tests::http::client().get(url).header("apikey", key);
        rockon_tests::http::send(get).await.status
    };
    let songs = format!("{}/songs?limit=1", said(lines, "REST URL"));
    for (key, status) in [
        ("anon key", 401),
        ("publishable key", 401),
        ("service_role key", 200),
        ("secret key", 200),
    ] {
        assert_eq!(get(songs.clone(), key).await, status, "{key}");
    }
    let health = format!("{}/auth/v1/health", said(lines, "API URL"));
    assert_eq!(get(health, "anon key").await, 200);
    let (address, key) = (said(lines, "Realtime URL"), said(lines, "anon key"));
    let socket = format!("{address}/websocket?apikey={key}&vsn=2.0.0");
    assert!(rockon_tests::ws::Ws::open(&socket, &[]).await.is_ok());
    assert!(said(lines, "JWT secret").len() >= 32);
    let database = said(lines, "DB URL");
    let connected = tokio_postgres::connect(&database, tokio_postgres::NoTls).await;
    let (sql, connection) = connected.unwrap();
    tokio::spawn(connection);
    let songs = "select count(*) from public.songs";
    let songs: i64 = sql.query_one(songs, &[]).await.unwrap().get(0);
    assert!(songs > 0);
}

pub(crate) fn open_to_all(dir: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o1777)).unwrap();
}

/// What it prints until it says how it ends.
pub(crate) fn first_lines(child: &mut Child) -> String {
    use std::io::{BufRead as _, BufReader};
    let mut said = String::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        said.push_str(&line);
        said.push('\n');
        if line.contains("Ctrl-C") {
            return said;
        }
    }
    panic!("it ended: {said}");
}

/// Processes whose command line names the directory.
fn running_in(dir: &Path) -> Vec<String> {
    let wanted = dir.to_str().unwrap();
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let lines = processes.filter_map(|entry| std::fs::read(entry.path().join("cmdline")).ok());
    lines
        .map(|line| String::from_utf8_lossy(&line).replace('\0', " "))
        .filter(|line| line.contains(wanted))
        .collect()
}

#[test]
fn unusable_arguments_and_settings_are_named_with_advice_and_end_with_2() {
    for (url, key, words) in [
        (
            "http://example.com",
            "a.b.c",
            "plain http is for this machine only",
        ),
        ("example.com", "a.b.c", "scheme"),
        ("https://example.com/rest/v1", "a.b.c", "path"),
        ("https://example.com", "nonsense", "anon_key"),
        ("https://example.com", "sb_secret_x", "secret key"),
    ] {
        let output = output(rockon(&["doctor", "--url", url, "--key", key]));
        refused(&output, 2, &[words, "Correct the setting"]);
    }
    let nothing = output(rockon(&["phone"]));
    assert_eq!(nothing.status.code(), Some(2), "{}", text(&nothing));
}

#[test]
fn song_files_that_cannot_be_used_are_named_with_their_lines() {
    let dir = TempDir::new().unwrap();
    let dry = |path: &str| output(rockon(&["import", path, "--dry-run"]));
    let missing = dir.path().join("none.csv");
    refused(
        &dry(missing.to_str().unwrap()),
        2,
        &["none.csv", "cannot be read"],
    );
    refused(&dry(&file(&dir, "x.pdf", b"x")), 2, &["neither"]);
    refused(&dry(&file(&dir, "empty.csv", b" \n")), 2, &["empty"]);
    refused(
        &dry(&file(&dir, "no.csv", b"artist,key\nOasis,G\n")),
        2,
        &["title"],
    );
    refused(
        &dry(&file(&dir, "open.csv", b"title\n\"never ends\n")),
        2,
        &["line 2"],
    );
    refused(
        &dry(&file(&dir, "nul.csv", b"title\nA\0\n")),
        2,
        &["not text"],
    );
    let mixed = dry(&file(
        &dir,
        "mixed.csv",
        "\u{feff}title;bpm\nRun;75\n;1\nCreep;fast\n".as_bytes(),
    ));
    refused(&mixed, 2, &["1 line cannot be read"]);
    let said = text(&mixed);
    assert!(said.contains("line 3") && said.contains("line 4"), "{said}");
    assert!(said.contains("2 songs can be added"), "{said}");
    let good = dry(&file(&dir, "good.csv", b"title,artist\nRun,Snow Patrol\n"));
    assert!(good.status.success(), "{}", text(&good));
}

#[tokio::test(flavor = "multi_thread")]
async fn songs_go_out_to_a_file_and_come_in_once_however_often_it_is_imported() {
    let project = project().await;
    let dir = TempDir::new().unwrap();
    let place = [
        "--url",
        project.url(),
        "--key",
        project.anon_key(),
        "--email",
        EMAIL,
    ];
    let songs = file(
        &dir,
        "new.csv",
        "title,artist,key\nNew One,Us,Am\nYellow,Coldplay,B\n".as_bytes(),
    );
    let import = with_input(&[&["import", &songs][..], &place].concat(), PASSWORD);
    assert!(import.status.success(), "{}", text(&import));
    assert!(text(&import).contains("1 song added"), "{}", text(&import));
    let again = with_input(&[&["import", &songs][..], &place].concat(), PASSWORD);
    assert!(text(&again).contains("0 songs added"), "{}", text(&again));
    let out = dir.path().join("out.csv");
    let out = out.to_str().unwrap();
    let export = with_input(&[&["export", out][..], &place].concat(), PASSWORD);
    assert!(export.status.success(), "{}", text(&export));
    let written = std::fs::read_to_string(out).unwrap();
    assert!(
        written.contains("New One") && written.contains("Wonderwall"),
        "{written}"
    );
    let twice = with_input(&[&["export", out][..], &place].concat(), PASSWORD);
    refused(&twice, 2, &["cannot be written"]);
    let other = with_input(
        &[&["import", &songs, "--band", "Nobody"][..], &place].concat(),
        PASSWORD,
    );
    refused(&other, 2, &["no such band", "The Wonderwalls"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_an_unreachable_server_and_a_used_data_directory_are_said_plainly() {
    let project = project().await;
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("phone");
    let data = data.to_str().unwrap();
    let place = [
        "--url",
        project.url(),
        "--key",
        project.anon_key(),
        "--email",
        EMAIL,
        "--data",
        data,
    ];
    let phone = [&["phone"][..], &place].concat();
    refused(
        &with_input(&phone, "wrong\n"),
        1,
        &["invalid_credentials", "Check the e-mail"],
    );
    refused(&with_input(&phone, ""), 2, &["no password"]);
    let first = with_input(&phone, PASSWORD);
    assert!(first.status.success(), "{}", text(&first));
    let again = with_input(&phone, "");
    assert!(
        again.status.success(),
        "the session is kept: {}",
        text(&again)
    );
    let held = locked(data);
    let second = with_input(&phone, "");
    refused(&second, 1, &["Close the other program"]);
    drop(held);
    let unusable = file(&dir, "a-file", b"");
    let bad = [&["phone"][..], &place[..6], &["--data", &unusable]].concat();
    refused(&with_input(&bad, PASSWORD), 2, &["Give another --data"]);
    let unreachable = ["doctor", "--url", "http://127.0.0.1:1", "--key", "a.b.c"];
    let report = output(rockon(&unreachable));
    refused(&report, 1, &["Broken: "]);
}

/// What another program that runs on this data directory holds.
fn locked(data: &str) -> std::fs::File {
    let files = std::fs::read_dir(data).unwrap().flatten();
    let mut files = files.map(|entry| entry.path());
    let lock = files.find(|path| path.extension().is_some_and(|ending| ending == "lock"));
    let mut options = std::fs::File::options();
    let file = options.write(true).open(lock.unwrap()).unwrap();
    file.try_lock().unwrap();
    file
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_finds_a_whole_project_well_and_a_stopped_service_broken() {
    use rockon_local_stack::{Outage, Service};
    let project = project().await;
    let place = [
        "--url",
        project.url(),
        "--key",
        project.anon_key(),
        "--email",
        EMAIL,
    ];
    let well = with_input(&[&["doctor"][..], &place].concat(), PASSWORD);
    assert!(well.status.success(), "{}", text(&well));
    assert!(text(&well).contains("All is well"), "{}", text(&well));
    project.faults().stop(Service::Rest, Outage::Removed);
    let broken = with_input(&[&["doctor"][..], &place].concat(), PASSWORD);
    refused(&broken, 1, &["Broken: rest service"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_makes_an_account_with_a_name_and_says_where_there_is_none() {
    let project = project().await;
    let dir = TempDir::new().unwrap();
    let data = dir.path().to_str().unwrap();
    let place = ["--url", project.url(), "--key", project.anon_key()];
    let zoe = ["--email", "zoe@rock-on.test"];
    let phone = [&["phone"][..], &place, &zoe, &["--data", data]].concat();
    let signing = [&phone[..], &["--sign-up"]].concat();
    let made = with_input(&signing, "long-enough-1\n  Zo\u{eb} \n");
    assert!(made.status.success(), "{}", text(&made));
    let again = with_input(&phone, "");
    assert!(
        again.status.success(),
        "the session is kept: {}",
        text(&again)
    );
    let account = [&["account"][..], &place, &zoe].concat();
    let named = text(&with_input(&account, "long-enough-1\n"));
    assert!(named.contains("Your name is Zo\u{eb}."), "{named}");
    let admin = project.admin().await.unwrap();
    let nameless = "set session_replication_role = replica;
        update public.users set name = 'New member' where email = 'sam@rock-on.test'";
    admin.batch_execute(nameless).await.unwrap();
    let sam = ["--email", "sam@rock-on.test"];
    let other = dir.path().join("sam");
    let data = ["--data", other.to_str().unwrap()];
    let phone = [&["phone"][..], &place, &sam, &data].concat();
    let said = text(&with_input(&phone, PASSWORD));
    assert!(said.contains("You have no name yet"), "{said}");
}
