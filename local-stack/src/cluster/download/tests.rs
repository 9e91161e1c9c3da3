//! Downloads from a small repository on the loopback interface: bytes told, breaks, damage, two at once.

use std::io::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;

/// Gives the scripted answers one by one, the last one ever after.
struct Repository {
    url: String,
    requests: Arc<AtomicUsize>,
}

impl Repository {
    async fn start(answers: Vec<Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/server.jar", listener.local_addr().unwrap());
        let requests = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&requests);
        tokio::spawn(async move {
            loop {
                let (mut socket, _) = listener.accept().await.unwrap();
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    head.push(socket.read_u8().await.unwrap());
                }
                let nth = count.fetch_add(1, Ordering::SeqCst);
                let answer = &answers[nth.min(answers.len() - 1)];
                // A client that gives up early closes first.
                let _ = socket.write_all(answer).await;
            }
        });
        Self { url, requests }
    }

    fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }

    fn archive(&self, bytes: &[u8]) -> Archive {
        Archive {
            url: self.url.clone(),
            checksum: sha256(bytes),
            folder: "postgresql-test".to_owned(),
        }
    }
}

fn answer(status: &str, length: usize, body: &[u8]) -> Vec<u8> {
    let head =
        format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
    [head.as_bytes(), body].concat()
}

fn whole(bytes: &[u8]) -> Vec<u8> {
    answer("200 OK", bytes.len(), bytes)
}

fn cut_off(bytes: &[u8]) -> Vec<u8> {
    answer("200 OK", bytes.len(), &bytes[..bytes.len() / 2])
}

/// An archive in the repository's layout: a compressed tape archive in a zip file; the "server" tells its version.
fn archive() -> Vec<u8> {
    let xz = liblzma::write::XzEncoder::new(Vec::new(), 1);
    let mut tape = tar::Builder::new(xz);
    for name in ["bin/initdb", "bin/postgres"] {
        let script = b"#!/bin/sh\necho 'postgres (PostgreSQL) 17.11'\n";
        let mut header = tar::Header::new_gnu();
        header.set_size(script.len() as u64);
        header.set_mode(0o755);
        tape.append_data(&mut header, name, &script[..]).unwrap();
    }
    let tape = tape.into_inner().unwrap().finish().unwrap();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("postgres-test.txz", stored).unwrap();
    zip.write_all(&tape).unwrap();
    zip.finish().unwrap().into_inner()
}

fn names_in(cache: &Path) -> Vec<String> {
    let entries = fs::read_dir(cache).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_server_is_downloaded_once_and_its_bytes_are_told() {
    static STEPS: Mutex<Vec<Step>> = Mutex::new(Vec::new());
    let bytes = archive();
    let repository = Repository::start(vec![whole(&bytes)]).await;
    let cache = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let got = cached(
            repository.archive(&bytes),
            cache.path().join("new"),
            |step| STEPS.lock().unwrap().push(step),
        );
        assert_eq!(got.await.unwrap().major, 17);
    }
    assert_eq!(
        repository.requests(),
        1,
        "the second start finds the first's"
    );
    let size = bytes.len() as u64;
    let steps = STEPS.lock().unwrap().clone();
    let downloading = |received, total| Step::Downloading { received, total };
    assert_eq!(steps.first(), Some(&downloading(0, None)));
    assert!(steps.contains(&downloading(size, Some(size))), "{steps:?}");
    assert_eq!(steps.last(), Some(&Step::Unpacking));
    assert_eq!(
        names_in(&cache.path().join("new")),
        ["lock", "postgresql-test"]
    );
    let folder = cache.path().join("new/postgresql-test").metadata().unwrap();
    assert_eq!(folder.permissions().mode() & 0o777, 0o755);
}

#[tokio::test]
async fn a_transfer_that_breaks_and_a_struggling_server_are_tried_again() {
    let bytes = archive();
    let busy = answer("503 Service Unavailable", 0, b"");
    let repository = Repository::start(vec![cut_off(&bytes), busy, whole(&bytes)]).await;
    let cache = tempfile::tempdir().unwrap();
    let got = cached(repository.archive(&bytes), cache.path().to_owned(), |_| {});
    assert_eq!(got.await.unwrap().major, 17);
    assert_eq!(repository.requests(), 3);
}

/// Expects a failure whose text has `word`, after `requests`, and an empty cache; then that the next try succeeds.
async fn fails_then_recovers(bad: Vec<u8>, word: &str, requests: usize) {
    let bytes = archive();
    let mut answers = vec![bad; requests];
    answers.push(whole(&bytes));
    let repository = Repository::start(answers).await;
    let cache = tempfile::tempdir().unwrap();
    let get = || cached(repository.archive(&bytes), cache.path().to_owned(), |_| {});
    let error = get().await.unwrap_err();
    assert!(matches!(error, StackError::NoPostgres(_)), "{error:?}");
    assert!(error.to_string().contains(word), "{error}");
    assert_eq!(repository.requests(), requests);
    assert_eq!(names_in(cache.path()), ["lock"]);
    assert_eq!(get().await.unwrap().major, 17);
}

#[tokio::test]
async fn a_transfer_that_always_breaks_ends_with_an_error_and_an_empty_cache() {
    fails_then_recovers(cut_off(&archive()), "downloading one failed", 3).await;
}

#[tokio::test]
async fn a_refusal_is_named_and_not_tried_again() {
    fails_then_recovers(answer("404 Not Found", 0, b""), "404", 1).await;
}

#[tokio::test]
async fn an_archive_with_another_checksum_is_refused_and_not_kept() {
    let mut changed = archive();
    *changed.last_mut().unwrap() ^= 1;
    fails_then_recovers(whole(&changed), "damaged or changed", 1).await;
}

#[tokio::test]
async fn an_archive_beyond_every_measure_is_refused_before_it_is_read() {
    let huge = answer("200 OK", 1 << 40, b"x");
    fails_then_recovers(huge, "over 64 MB", 1).await;
}

#[tokio::test]
async fn a_page_instead_of_an_archive_is_refused() {
    // With the right checksum: the pinned archive itself would be no archive.
    let page = b"<html>Sign in to this network</html>";
    let repository = Repository::start(vec![whole(page)]).await;
    let cache = tempfile::tempdir().unwrap();
    let got = cached(repository.archive(page), cache.path().to_owned(), |_| {}).await;
    let text = got.unwrap_err().to_string();
    assert!(text.contains("cannot be unpacked"), "{text}");
}

#[tokio::test]
async fn two_that_start_at_once_download_once_and_the_second_is_told_to_wait() {
    static STEPS: Mutex<Vec<Step>> = Mutex::new(Vec::new());
    let bytes = archive();
    let repository = Repository::start(vec![whole(&bytes)]).await;
    let cache = tempfile::tempdir().unwrap();
    let get = || {
        cached(
            repository.archive(&bytes),
            cache.path().to_owned(),
            |step| {
                STEPS.lock().unwrap().push(step);
            },
        )
    };
    let (one, two) = tokio::join!(get(), get());
    assert_eq!(one.unwrap(), two.unwrap());
    assert_eq!(repository.requests(), 1);
    assert!(STEPS.lock().unwrap().contains(&Step::Waiting));
}

#[tokio::test]
async fn what_a_killed_run_left_half_unpacked_is_replaced() {
    let bytes = archive();
    let repository = Repository::start(vec![whole(&bytes)]).await;
    let cache = tempfile::tempdir().unwrap();
    for folder in ["unpacking/.tmpX/bin", "postgresql-test/share"] {
        fs::create_dir_all(cache.path().join(folder)).unwrap();
    }
    let got = cached(repository.archive(&bytes), cache.path().to_owned(), |_| {});
    assert_eq!(got.await.unwrap().major, 17);
    assert_eq!(names_in(cache.path()), ["lock", "postgresql-test"]);
    assert!(!cache.path().join("postgresql-test/share").exists());
}

#[test]
fn a_platform_without_archive_is_named_in_the_error() {
    let error = checksum("plan9", "mips").unwrap_err().to_string();
    assert!(error.contains("plan9 mips"), "{error}");
}
