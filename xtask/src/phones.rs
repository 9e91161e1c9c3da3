//! `cargo xtask phones`: two phones of one band on a desk, on the real core and a server of their own.
//!
//! Owns: building what they need, the local stack that they share, and the Java that shows them.
//! Never: what they show; that is `android/desktop`.
//! Invariant: the stack and its data end with the phones.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};

use crate::suite::{Screen, root, succeeds, target};
use crate::{bindings, publish};

/// The task.
pub(crate) fn task(args: &[&str]) -> ExitCode {
    let pictures = match args {
        [] => None,
        ["--pictures", folder] => Some(PathBuf::from(folder)),
        _ => {
            eprintln!("usage: cargo xtask phones [--pictures DIR]");
            return ExitCode::from(2);
        }
    };
    match shown(pictures.as_deref()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn shown(pictures: Option<&Path>) -> Result<(), String> {
    let made = bindings::build_and_generate().ok_or("the core was not built")?;
    if !publish::package(&made, &Screen::Live) {
        return Err("the core's jar was not made".to_owned());
    }
    let class_path = compiled(&made)?;
    let stack = Stack::start()?;
    let mut java = Command::new("java");
    java.arg("-cp").arg(class_path);
    java.arg(format!("-Djna.library.path={}", made.library.display()));
    java.arg(format!("-Djava.awt.headless={}", pictures.is_some()));
    java.arg("org.rockon.desktop.PhonesKt");
    java.args([&stack.url, &stack.key, &stack.password]);
    if let Some(folder) = pictures {
        java.arg("--pictures").arg(folder);
    }
    succeeds(&mut java, &Screen::Live)
        .then_some(())
        .ok_or_else(|| "the phones ended with an error".to_owned())
}

/// Compiles the desktop's module; where its classes and libraries are.
fn compiled(made: &bindings::Generated) -> Result<String, String> {
    let folder = root().join("android");
    let mut maven = Command::new("mvn");
    maven
        .current_dir(&folder)
        .args([
            "--batch-mode",
            "--quiet",
            "--projects",
            "maven/tool,desktop",
        ])
        .args([
            "compile",
            "dependency:build-classpath",
            "-Dmdep.outputFile=target/classpath",
        ])
        .arg(format!("-Dnative.dir={}", made.library.display()));
    if !succeeds(&mut maven, &Screen::Live) {
        return Err("Maven could not build the phones".to_owned());
    }
    let target = folder.join("desktop/target");
    let libraries = std::fs::read_to_string(target.join("classpath"))
        .map_err(|error| format!("Maven has not said where the libraries are: {error}"))?;
    Ok(format!("{}:{libraries}", target.join("classes").display()))
}

/// A local stack with its band. It ends when this is dropped.
struct Stack {
    child: Child,
    url: String,
    key: String,
    password: String,
}

impl Stack {
    fn start() -> Result<Self, String> {
        let mut child = Command::new(target().join("debug/rockon"))
            .args(["stack", "--port", "0"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("the local stack does not start: {error}"))?;
        let said = child.stdout.take().map(said).unwrap_or_default();
        let of = |name| value(&said, name);
        match (of("API URL"), of("publishable key"), of("password")) {
            (Some(url), Some(key), Some(password)) => Ok(Self {
                child,
                url,
                key,
                password,
            }),
            _ => Err("the local stack says no address".to_owned()),
        }
    }
}

/// What it says until everything is there. The rest is read and thrown away: a full pipe would stop it.
fn said(out: std::process::ChildStdout) -> String {
    let mut out = BufReader::new(out);
    let mut text = String::new();
    // Nothing read is its end.
    while !text.contains("password:") && out.read_line(&mut text).is_ok_and(|read| read > 0) {}
    std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
    text
}

/// What stands behind `name: ` in a line.
fn value(said: &str, name: &str) -> Option<String> {
    let lines = said.lines().filter_map(|line| line.split_once(": "));
    lines
        .filter(|(before, _)| before.trim() == name)
        .map(|(_, value)| value.trim().to_owned())
        .next()
}

impl Drop for Stack {
    fn drop(&mut self) {
        // An interrupt, so that it removes its data; a kill would leave them.
        let id = self.child.id().to_string();
        let _ = Command::new("kill").args(["-INT", &id]).status();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_stack_says_is_read_by_its_names() {
        let said = "         API URL: http://127.0.0.1:7\n        REST URL: http://127.0.0.1:7/rest/v1\n publishable key: sb_publishable_1\n        password: rock-on-demo\n";
        let all = ["API URL", "publishable key", "password", "key"].map(|name| value(said, name));
        let known = ["http://127.0.0.1:7", "sb_publishable_1", "rock-on-demo"];
        assert_eq!(all[..3], known.map(|value| Some(value.to_owned())));
        assert_eq!(all[3], None);
    }
}
