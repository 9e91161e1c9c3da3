//! Packages of Debian, where a tool that is missing can be had from there.

use std::path::Path;
use std::process::Command;

/// Whether packages can be installed: on Debian, and as root.
pub(crate) fn can_install() -> bool {
    Path::new("/etc/debian_version").exists() && quiet("sh", &["-c", "test \"$(id -u)\" = 0"])
}

/// Installs packages of this very machine. Lists that are missing or too old are fetched; another installation that runs
/// is waited for.
pub(crate) fn install(packages: &[&str], name: &'static str) -> Result<(), &'static str> {
    let wait = "DPkg::Lock::Timeout=300";
    let mut args = vec!["-o", wait, "install", "-y", "-q", "--no-install-recommends"];
    args.extend(packages);
    if quiet("apt-get", &args) {
        return Ok(());
    }
    run("apt-get", &["-o", wait, "update", "-q"], "apt-get update")?;
    run("apt-get", &args, name)
}

/// Whether it ran and succeeded; what it said is dropped.
pub(crate) fn quiet(program: &str, args: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(args).env("DEBIAN_FRONTEND", "noninteractive");
    command.output().is_ok_and(|output| output.status.success())
}

/// Its output is shown only when it fails; a step that works is one line.
pub(crate) fn run(program: &str, args: &[&str], name: &'static str) -> Result<(), &'static str> {
    let mut command = Command::new(program);
    command.args(args).env("DEBIAN_FRONTEND", "noninteractive");
    let Ok(output) = command.output() else {
        return Err(name);
    };
    if output.status.success() {
        return Ok(());
    }
    eprintln!("{}", String::from_utf8_lossy(&output.stdout));
    eprintln!("{}", String::from_utf8_lossy(&output.stderr));
    Err(name)
}
