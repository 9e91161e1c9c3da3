//! The scenario server, for runners that are not Rust.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use crate::suite::target;

/// A running scenario server. It ends when this is dropped, and also when this program is killed: its input ends then.
#[derive(Debug)]
pub(crate) struct ScenarioServer {
    child: Child,
    /// `http://127.0.0.1:PORT`.
    pub(crate) address: String,
}

impl ScenarioServer {
    /// Starts it with these arguments; `rockon-scenario-server` is built.
    pub(crate) fn start(args: &[&str]) -> Result<Self, String> {
        let program = target().join("debug/rockon-scenario-server");
        let child = Command::new(program)
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let mut child =
            child.map_err(|error| format!("the scenario server does not start: {error}"))?;
        let mut line = String::new();
        if let Some(out) = child.stdout.take() {
            let mut out = BufReader::new(out);
            // Nothing read is an empty line, which is no address.
            let _ = out.read_line(&mut line);
            // What else it says is its log, which somebody must read until it ends.
            std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
        }
        match line.trim().strip_prefix("scenario server ") {
            Some(address) => Ok(Self {
                address: address.to_owned(),
                child,
            }),
            None => Err("the scenario server says no address".to_owned()),
        }
    }
}

impl Drop for ScenarioServer {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}
