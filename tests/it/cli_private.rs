//! What `rockon phone` leaves on the disk: its owner's alone, and no reason never to open again.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use rockon_local_stack::Project;
use rockon_tests::project;
use tempfile::TempDir;

use crate::cli::{EMAIL, PASSWORD, program, text};

/// Runs a phone once on this directory, under a umask, with this password on standard input.
fn phone(project: &Project, data: &Path, umask: &str, password: &str) -> Output {
    use std::io::Write as _;
    let mut child = Command::new("sh")
        .arg("-c")
        .arg(format!("umask {umask}; exec \"$@\""))
        .arg("sh")
        .arg(program())
        .args(["phone", "--url", project.url(), "--key", project.anon_key()])
        .args(["--email", EMAIL, "--data"])
        .arg(data)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(password.as_bytes())
        .ok();
    child.wait_with_output().unwrap()
}

/// Everything below a directory.
fn below(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(below(&path));
        }
        found.push(path);
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_umask_and_the_directory_others_can_read_nothing() {
    let project = project().await;
    for umask in ["000", "022", "077"] {
        let dir = TempDir::new().unwrap();
        std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        let run = phone(&project, dir.path(), umask, PASSWORD);
        assert!(run.status.success(), "{}", text(&run));
        let all = below(dir.path());
        assert!(all.len() >= 4, "database, lock, session: {all:?}");
        for path in all {
            let mode = std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
            let wanted = if path.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode, wanted, "umask {umask}: {}", path.display());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_cannot_be_read_any_more_costs_a_password_and_nothing_else() {
    let project = project().await;
    let dir = TempDir::new().unwrap();
    let first = phone(&project, dir.path(), "022", PASSWORD);
    assert!(first.status.success(), "{}", text(&first));
    let secrets: Vec<PathBuf> = below(&dir.path().join("session"));
    assert_eq!(
        secrets.len(),
        2,
        "the session, and whose it is: {secrets:?}"
    );
    let garbage = [0xff_u8, 0xfe, 0x00, 0xc3].repeat(100);
    for secret in secrets {
        let whole = std::fs::read(&secret).unwrap();
        for broken in [&garbage[..], b"", b"text", &b"a".repeat(70_000)] {
            std::fs::write(&secret, broken).unwrap();
            let asked = phone(&project, dir.path(), "022", "");
            let said = text(&asked);
            assert!(said.contains("no password was given"), "{said}");
            let again = phone(&project, dir.path(), "022", PASSWORD);
            assert!(again.status.success(), "{}", text(&again));
            let signed_in = phone(&project, dir.path(), "022", "");
            assert!(signed_in.status.success(), "{}", text(&signed_in));
        }
        assert!(!whole.is_empty());
    }
}
