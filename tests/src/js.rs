//! The official JavaScript client: a Node process with `tests/js/driver.mjs`, which runs pieces of code sent to it, or with
//! `tests/js/browser.mjs`, which runs them in a page of a browser.
//!
//! Packages are installed by `npm ci`, with the versions and hashes of the lock file, into `tests/js/node_modules`, once
//! for every lock file. Where Node, the packages or a browser cannot be had the test is skipped by name: see [`Js::of`].

use std::path::PathBuf;
use std::process::Stdio;

use rockon_local_stack::Project;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::OnceCell;

use crate::phone::PATIENCE;
use crate::skip;

/// A Node process with a client of one project. Killed when dropped.
#[derive(Debug)]
pub struct Js {
    child: Child,
    commands: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
    /// Where a browser keeps its profile.
    _profile: Option<TempDir>,
}

impl Js {
    /// Starts Node with a client for the project, nobody signed in. `None`: this machine cannot, and the calling test
    /// has been named as skipped.
    pub async fn of(project: &Project) -> Option<Self> {
        if let Err(reason) = installed().await {
            skip(&reason);
            return None;
        }
        Some(Self::start("driver.mjs", project, &[], None))
    }

    /// As [`Js::of`], in a page of a browser that is of another origin than the project. The page is there until
    /// [`Js::end`]; a test that fails leaves no process.
    pub async fn in_browser(project: &Project) -> Option<Self> {
        let found = installed().await.and(browser().await);
        let program = found.map_err(|reason| skip(&reason)).ok()?;
        let profile = TempDir::with_prefix("rockon-browser-").expect("a directory");
        let place = profile.path().to_str().expect("UTF-8").to_owned();
        let arguments = [program, place.as_str()];
        let page = Self::start("browser.mjs", project, &arguments, Some(profile));
        Some(page)
    }

    fn start(script: &str, project: &Project, more: &[&str], profile: Option<TempDir>) -> Self {
        let mut child = Command::new("node")
            .args(["--no-warnings", script, project.url(), project.anon_key()])
            .args(more)
            .current_dir(directory())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("node starts");
        let commands = child.stdin.take().expect("piped");
        let answers = BufReader::new(child.stdout.take().expect("piped")).lines();
        Self {
            child,
            commands,
            answers,
            _profile: profile,
        }
    }

    /// Waits for its end.
    pub async fn end(self) {
        let Self {
            mut child,
            commands,
            ..
        } = self;
        drop(commands);
        let ended = tokio::time::timeout(PATIENCE, child.wait()).await;
        assert!(ended.expect("it ends").expect("it ran").success());
    }

    /// [`Js::of`], with a seeded member signed in.
    pub async fn signed_in(project: &Project, name: &str) -> Option<Self> {
        let mut js = Self::of(project).await?;
        js.with("await signIn(args.name)", json!({ "name": name }))
            .await;
        Some(js)
    }

    /// Runs the body of an async function and gives what it returns. Fails the test when it throws.
    pub async fn run(&mut self, code: &str) -> Value {
        self.with(code, json!({})).await
    }

    /// [`Js::run`] with values the code sees as `args`.
    pub async fn with(&mut self, code: &str, args: Value) -> Value {
        let line = format!("{}\n", json!({ "code": code, "args": args }));
        let answer = async {
            self.commands.write_all(line.as_bytes()).await.unwrap();
            let answer = self.answers.next_line().await.unwrap();
            answer.expect("node still runs")
        };
        // The code's own waits end a little earlier and say what they waited for.
        let answer = tokio::time::timeout(PATIENCE * 2, answer).await;
        let mut answer: Value = serde_json::from_str(&answer.expect(code)).unwrap();
        assert_eq!(answer["thrown"], Value::Null, "thrown by:\n{code}");
        answer["value"].take()
    }
}

/// A Chromium of this machine, under one of its names.
async fn browser() -> Result<&'static str, String> {
    let names = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];
    for name in names {
        if runs(name).await {
            return Ok(name);
        }
    }
    Err("no Chromium here".to_owned())
}

/// Whether a program is here and says its version.
async fn runs(program: &str) -> bool {
    let mut version = Command::new(program);
    version.arg("--version").stdout(Stdio::null());
    version.status().await.is_ok_and(|status| status.success())
}

fn directory() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/js"))
}

/// Installs the packages unless those of this very lock file are there. The error says what is missing.
async fn installed() -> Result<(), String> {
    static DONE: OnceCell<Result<(), String>> = OnceCell::const_new();
    DONE.get_or_init(install).await.clone()
}

async fn install() -> Result<(), String> {
    for program in ["node", "npm"] {
        if !runs(program).await {
            return Err(format!("no {program} here"));
        }
    }
    let wanted = std::fs::read(directory().join("package-lock.json")).unwrap();
    let stamp = directory().join("node_modules/.installed-lock");
    if std::fs::read(&stamp).is_ok_and(|there| there == wanted) {
        return Ok(());
    }
    eprintln!("installing the official JavaScript client ...");
    let mut npm = Command::new("npm");
    npm.args(["ci", "--loglevel=error"])
        .current_dir(directory())
        .stdout(Stdio::null());
    if !npm.status().await.is_ok_and(|status| status.success()) {
        return Err("npm ci failed".to_owned());
    }
    std::fs::write(&stamp, wanted).unwrap();
    Ok(())
}
