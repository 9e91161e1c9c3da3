//! One feature graph: what cargo compiles again in a step that should find everything built.
//!
//! Cargo adds up the features of the packages that it is asked for. A step that names others than the step before gets
//! other features, and then half of the lock file is compiled a second time. So all steps name the whole workspace, and
//! this counts: a later step compiles no crate that is not ours. Pure but for running cargo.

use std::process::Command;

use crate::suite::{MESSAGE, Screen, cargo, run};
use crate::tally::Tally;

/// Makes cargo say what it compiles, a line of JSON for each crate; errors and warnings stay text.
const MESSAGES: &str = "--message-format=json-render-diagnostics";

/// A cargo of the whole workspace.
pub(crate) fn workspace(task: &str) -> Command {
    let mut command = cargo();
    command.args([task, "--workspace", "--locked", MESSAGES]);
    command
}

/// Runs it as the first step of its profile, which may compile everything.
pub(crate) fn first(command: &mut Command) -> Tally {
    counted(command, &Screen::Live).0
}

/// Runs it as a later step: that it compiles nothing of others is a test of its own.
pub(crate) fn later(command: &mut Command) -> Tally {
    later_on(command, &Screen::Live)
}

/// The same on this screen.
pub(crate) fn later_on(command: &mut Command, screen: &Screen) -> Tally {
    let (mut tally, compiled) = counted(command, screen);
    if compiled.is_empty() {
        tally.passed += 1;
    } else {
        let again = format!(
            "compiled again, with other features: {}",
            compiled.join(", ")
        );
        tally.failures.push(again);
        tally.failed += 1;
    }
    tally
}

fn counted(command: &mut Command, screen: &Screen) -> (Tally, Vec<String>) {
    let mut compiled = Vec::new();
    let tally = run(command, screen, &mut |tally, line| {
        if line.starts_with(MESSAGE) {
            compiled.extend(compiled_of_others(line));
            return false;
        }
        tally.read_cargo_line(line);
        true
    });
    (tally, compiled)
}

/// The crate that a message says was compiled just now, if it comes from a registry: `name@version`.
fn compiled_of_others(message: &str) -> Option<String> {
    if !message.contains("\"reason\":\"compiler-artifact\"") || !message.contains("\"fresh\":false")
    {
        return None;
    }
    let (_, rest) = message.split_once("\"package_id\":\"registry+")?;
    let (id, _) = rest.split_once('"')?;
    id.split_once('#').map(|(_, name)| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_crate_of_others_that_was_not_there_counts() {
        let message = |reason: &str, id: &str, fresh: bool| {
            format!(r#"{{"reason":"{reason}","package_id":"{id}","target":{{}},"fresh":{fresh}}}"#)
        };
        let theirs = "registry+https://crates.test/index#tokio@1.54.0";
        let ours = "path+file:///home/me/rock-on/core#rockon-core@0.1.0";
        let found = |reason, id, fresh| compiled_of_others(&message(reason, id, fresh));
        assert_eq!(
            found("compiler-artifact", theirs, false).as_deref(),
            Some("tokio@1.54.0")
        );
        assert_eq!(found("compiler-artifact", theirs, true), None);
        assert_eq!(found("compiler-artifact", ours, false), None);
        assert_eq!(found("build-script-executed", theirs, false), None);
    }
}
