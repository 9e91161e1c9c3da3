//! The official JavaScript client: a Node process with `tests/js/driver.mjs`, which runs pieces of code sent to it.
//!
//! Packages are installed by `npm ci`, with the versions and hashes of the lock file, into `tests/js/node_modules`, once
//! for every lock file. Where Node or the packages cannot be had the test is skipped by name: see [`Js::of`].

use std::path::PathBuf;
use std::process::Stdio;

use rockon_local_stack::Project;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::OnceCell;

use crate::phone::PATIENCE;
use crate::skip;

/// A Node process with a client of one project. Killed when dropped.
#[derive(Debug)]
pub struct Js {
    /// Held for its kill on drop.
    _child: Child,
    commands: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Js {
    /// Starts Node with a client for the project, nobody signed in. `None`: this machine cannot, and the calling test
    /// has been named as skipped.
    pub async fn of(project: &Project) -> Option<Self> {
        if let Err(reason) = installed().await {
            skip(&reason);
            return None;
        }
        let mut child = Command::new("node")
            .args(["--no-warnings", "driver.mjs"])
            .args([project.url(), project.anon_key()])
            .current_dir(directory())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("node starts");
        let commands = child.stdin.take().expect("piped");
        let answers = BufReader::new(child.stdout.take().expect("piped")).lines();
        Some(Self {
            _child: child,
            commands,
            answers,
        })
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
        let mut version = Command::new(program);
        version.arg("--version").stdout(Stdio::null());
        if !version.status().await.is_ok_and(|status| status.success()) {
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
