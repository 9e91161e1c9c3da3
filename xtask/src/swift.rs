//! A Swift toolchain: the one on the `PATH`, or, on Debian as root, one of Debian's own in a folder of its own.
//!
//! Debian 12 has no Swift, its next release has: the smallest system of that release is unpacked into the user's cache,
//! once, and entered by `bindings/swift/on-linux.sh`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::debian::{self, quiet, run};
use crate::suite::{Screen, succeeds};

/// The release of Debian that has Swift 6.
const RELEASE: &str = "trixie";
/// What a package build needs; the library of the core is C and Rust, so no C++ but Swift's own.
const PACKAGES: &[&str] = &["swiftlang", "libc6-dev", "libstdc++-14-dev", "git"];
/// The core's module, from the top of the repository; with the script that enters a root.
pub(crate) const MODULE: &str = "bindings/swift";
/// Written last: a root without it is half made, and is made again.
const READY: &str = "READY";

/// Where Swift is.
#[derive(Debug)]
pub(crate) enum Swift {
    /// On the `PATH`.
    Here,
    /// In this root.
    Root(PathBuf),
}

/// Finds Swift, or brings it; the reason why there is none otherwise.
pub(crate) fn find() -> Result<Swift, String> {
    if quiet("swift", &["--version"]) {
        return Ok(Swift::Here);
    }
    if !debian::can_install() {
        return Err(
            "no Swift 6 on the PATH; it can be brought only on Debian and as root".to_owned(),
        );
    }
    let root = cache()?.join("swift");
    if !root.join(READY).exists() {
        bring(&root)?;
    }
    Ok(Swift::Root(root))
}

/// The user's cache, beside the downloaded PostgreSQL.
fn cache() -> Result<PathBuf, String> {
    let base = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    let base = base
        .or_else(home)
        .ok_or("neither XDG_CACHE_HOME nor HOME is set")?;
    Ok(base.join("rockon"))
}

fn bring(root: &Path) -> Result<(), String> {
    println!(
        "bringing Swift 6 once: a Debian {RELEASE} of 3 GB in {}, 2 to 4 minutes",
        root.display()
    );
    let part = root.with_extension(format!("part-{}", std::process::id()));
    let made = make(&part);
    if let Err(step) = made {
        let _ = std::fs::remove_dir_all(&part);
        return Err(format!("Swift could not be brought: {step}"));
    }
    // A half-made one of an earlier time, if any, is replaced.
    let _ = std::fs::remove_dir_all(root);
    std::fs::rename(&part, root).map_err(|error| format!("the root could not be moved: {error}"))
}

fn make(root: &Path) -> Result<(), &'static str> {
    let dir = root.to_string_lossy();
    std::fs::create_dir_all(root).map_err(|_| "the cache cannot be written")?;
    if !quiet("debootstrap", &["--version"]) {
        debian::install(&["debootstrap"], "apt-get install debootstrap")?;
    }
    let base = [
        "--variant=minbase",
        "--include=ca-certificates",
        RELEASE,
        &dir,
    ];
    println!("  1 of 3: the base system");
    run("debootstrap", &base, "debootstrap")?;
    // Names are looked up, and packages fetched, the way this machine does it.
    std::fs::copy("/etc/resolv.conf", root.join("etc/resolv.conf")).map_err(|_| "resolv.conf")?;
    println!("  2 of 3: lists of packages");
    run(
        "chroot",
        &[&dir, "apt-get", "update", "-q"],
        "apt-get update",
    )?;
    println!("  3 of 3: Swift");
    let mut install = vec![
        &*dir,
        "apt-get",
        "install",
        "-y",
        "-q",
        "--no-install-recommends",
    ];
    install.extend(PACKAGES);
    run("chroot", &install, "apt-get install swiftlang")?;
    run("chroot", &[&dir, "apt-get", "clean"], "apt-get clean")?;
    std::fs::write(root.join(READY), "").map_err(|_| "the root cannot be written")
}

impl Swift {
    /// `swift ARGS` in the package's folder. Build products and the scenarios' log go to `out`; `library` holds
    /// `librockon.a` alone.
    pub(crate) fn command(&self, args: &[&str], out: &Path, library: &Path) -> Command {
        self.program("swift", args, out, library)
    }

    /// `swift ARGS` in another package of the repository.
    pub(crate) fn command_in(
        &self,
        package: &str,
        args: &[&str],
        out: &Path,
        library: &Path,
    ) -> Command {
        self.command_of(&crate::suite::root(), package, args, out, library)
    }

    /// The same in a copy of the repository, which has `bindings/swift` and `tests/scenarios` too.
    pub(crate) fn command_of(
        &self,
        repository: &Path,
        package: &str,
        args: &[&str],
        out: &Path,
        library: &Path,
    ) -> Command {
        let mut command = self.command(args, out, library);
        match self {
            Self::Here => command.current_dir(repository.join(package)),
            // Its script takes the repository around it into the root.
            Self::Root(_) => {
                command.current_dir(repository.join(MODULE));
                command.env("ROCKON_PACKAGE", package)
            }
        };
        command
    }

    /// The same with another program of the toolchain.
    pub(crate) fn program(
        &self,
        program: &str,
        args: &[&str],
        out: &Path,
        library: &Path,
    ) -> Command {
        let package = crate::suite::root().join(MODULE);
        let mut command = match self {
            Self::Here => {
                let mut command = Command::new(program);
                command.env("ROCKON_SCENARIO_LOG", out.join("scenarios.log"));
                command
            }
            Self::Root(root) => {
                let mut command = Command::new("sh");
                command.arg("on-linux.sh").arg(root).arg(out).arg(program);
                command
            }
        };
        command.current_dir(package).args(args);
        command.env("ROCKON_LIBRARY", library);
        command
    }

    /// A tool of the toolchain that may be beside the programs on the `PATH`, or may not be there.
    pub(crate) fn tool(&self, name: &str) -> Option<String> {
        match self {
            Self::Here => quiet(name, &["--help"]).then(|| name.to_owned()),
            Self::Root(root) => {
                let path = format!("usr/libexec/swift/bin/{name}");
                root.join(&path).exists().then(|| format!("/{path}"))
            }
        }
    }

    /// Where build products go, as the toolchain sees it.
    pub(crate) fn scratch(&self, out: &Path) -> PathBuf {
        PathBuf::from(self.inside(out, "build"))
    }

    /// A place in `out`, as the toolchain sees it.
    pub(crate) fn inside(&self, out: &Path, name: &str) -> String {
        let out = match self {
            Self::Here => out,
            Self::Root(_) => Path::new("/out"),
        };
        out.join(name).to_string_lossy().into_owned()
    }
}

/// True when this program can be run; used where a tool is optional.
pub(crate) fn there(program: &str) -> bool {
    let mut command = Command::new(program);
    command.stdout(std::process::Stdio::null());
    succeeds(command.arg("--version"), &Screen::Live)
}
