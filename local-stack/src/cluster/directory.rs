//! The directory of one server: data, socket, lock.
//!
//! Owns: its creation, the lock that says "in use", recovery after a killed run, and the sweep of temporary directories
//! that a killed run left. Never touches a directory whose lock somebody holds, nor one with other people's files.
//! Invariant: directories have mode 0700 and files 0600 whatever the umask is and whatever they had before.
//!
//! Layout: `DIR/lock`, `DIR/data`, `DIR/log`, and the socket `DIR/.s.PGSQL.5432`.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io;
use std::os::unix::fs::{
    DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _,
};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal};

use super::owner::Owner;
use crate::error::{Result, StackError};

/// Start of the name of temporary directories; short, since a socket's path may have about 100 bytes.
const TEMPORARY: &str = "rockon-pg-";
/// Longest directory path that leaves room for the socket's name (`sun_path` is 104 bytes on macOS).
const LONGEST: usize = 80;
/// Patience with a process of a killed run before it is killed. A server that is just stopping writes its data out, which
/// takes seconds on a busy disk; to kill it in that costs the next start a recovery, which takes longer.
const PATIENCE: Duration = Duration::from_secs(10);
/// And how long a killed one is waited for.
const AFTER_KILL: Duration = Duration::from_secs(4);

/// A locked directory. Dropping it releases the lock; [`Directory::remove`] deletes it.
#[derive(Debug)]
pub(super) struct Directory {
    pub(super) path: PathBuf,
    pub(super) temporary: bool,
    _lock: File,
}

impl Directory {
    /// A fresh temporary directory, after sweeping those of killed runs.
    pub(super) fn temporary(owner: Owner) -> Result<Self> {
        let base = short_base();
        sweep(&base, owner);
        let name = format!(
            "{TEMPORARY}{}-{:08x}",
            std::process::id(),
            fastrand::u32(..)
        );
        let path = base.join(name);
        DirBuilder::new()
            .mode(0o700)
            .create(&path)
            .map_err(StackError::path(&path))?;
        Self::open(path, true, owner)
    }

    /// A directory that stays, made if it is missing. Processes and locks of a killed run are cleared.
    pub(super) fn kept(path: &Path, owner: Owner) -> Result<Self> {
        owner.check_way(path)?;
        check_ours(path)?;
        let mut builder = DirBuilder::new();
        builder
            .mode(0o700)
            .recursive(true)
            .create(path)
            .map_err(StackError::path(path))?;
        let path = path.canonicalize().map_err(StackError::path(path))?;
        let directory = Self::open(path, false, owner)?;
        directory.recover()?;
        Ok(directory)
    }

    fn open(path: PathBuf, temporary: bool, owner: Owner) -> Result<Self> {
        if path.as_os_str().len() > LONGEST {
            let source =
                io::Error::new(io::ErrorKind::InvalidFilename, "path too long for a socket");
            return Err(StackError::Path { path, source });
        }
        restrict(&path, 0o700)?;
        owner.own(&path)?;
        let lock = try_lock(&path)?;
        restrict(&path.join("data"), 0o700)?;
        Ok(Self {
            path,
            temporary,
            _lock: lock,
        })
    }

    pub(super) fn data(&self) -> PathBuf {
        self.path.join("data")
    }

    pub(super) fn log(&self) -> PathBuf {
        self.path.join("log")
    }

    /// Contents of `PG_VERSION`, if the data directory was initialised.
    pub(super) fn data_version(&self) -> Option<String> {
        let text = fs::read_to_string(self.data().join("PG_VERSION")).ok()?;
        Some(text.trim().to_owned())
    }

    /// The end of the server's log, for error texts.
    pub(super) fn log_tail(&self) -> String {
        let text = fs::read_to_string(self.log()).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(5)..].join("\n")
    }

    /// Ends processes of a killed run that still use the data, and removes what would stop a start.
    pub(super) fn recover(&self) -> Result<()> {
        recover(&self.path)
    }

    /// Deletes a temporary directory; a kept one stays.
    pub(super) fn remove(&self) {
        if self.temporary
            && let Err(error) = fs::remove_dir_all(&self.path)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "a temporary directory could not be removed");
        }
    }
}

/// Sets the mode of what is there.
fn restrict(path: &Path, mode: u32) -> Result<()> {
    match fs::set_permissions(path, fs::Permissions::from_mode(mode)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StackError::path(path)(error)),
        _ => Ok(()),
    }
}

/// Refuses a directory with files in it that no stack put there.
fn check_ours(path: &Path) -> Result<()> {
    let mut entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(StackError::path(path)(error)),
    };
    if path.join("lock").is_file() || entries.next().is_none() {
        return Ok(());
    }
    Err(StackError::Occupied(path.to_owned()))
}

/// A file of the directory, for its owner alone.
pub(super) fn private_file(path: &Path) -> Result<File> {
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(path)
        .map_err(StackError::path(path))?;
    restrict(path, 0o600)?;
    Ok(file)
}

fn try_lock(dir: &Path) -> Result<File> {
    let path = dir.join("lock");
    let file = private_file(&path)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StackError::InUse(dir.to_owned())),
        Err(TryLockError::Error(source)) => Err(StackError::Path { path, source }),
    }
}

/// The system's temporary directory, or `/tmp` when that is too deep for a socket or closed to other users.
fn short_base() -> PathBuf {
    let base = std::env::temp_dir();
    let open = base
        .ancestors()
        .all(|dir| fs::metadata(dir).is_ok_and(|m| m.mode() & 0o001 != 0));
    if open && base.as_os_str().len() + 40 <= LONGEST {
        base
    } else {
        PathBuf::from("/tmp")
    }
}

/// Removes directories of killed runs: ours by name and owner, and not locked by a living process.
fn sweep(base: &Path, owner: Owner) {
    for entry in fs::read_dir(base).into_iter().flatten().flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(TEMPORARY)
            && entry
                .metadata()
                .is_ok_and(|m| m.is_dir() && m.uid() == owner.uid());
        // A directory without a lock file is being made or being removed at this moment.
        if !ours || !entry.path().join("lock").exists() {
            continue;
        }
        let Ok(_lock) = try_lock(&entry.path()) else {
            continue;
        };
        if recover(&entry.path()).is_ok() {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn recover(dir: &Path) -> Result<()> {
    let data = dir.join("data");
    if data.exists() {
        end_processes_in(&data);
    }
    for stale in [
        "data/postmaster.pid",
        ".s.PGSQL.5432",
        ".s.PGSQL.5432.lock",
        "orphaned",
    ] {
        let path = dir.join(stale);
        match fs::remove_file(&path) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(StackError::Path { path, source }),
        }
    }
    Ok(())
}

/// Every server process has the data directory as its working directory; a busy one survives its killed parent and
/// keeps the shared memory, so that the next start is refused.
fn end_processes_in(data: &Path) {
    let started = Instant::now();
    let mut signalled = false;
    loop {
        let running = processes_in(data);
        if running.is_empty() {
            return;
        }
        let late = started.elapsed() > PATIENCE;
        if !signalled || late {
            let signal = if late { Signal::KILL } else { Signal::TERM };
            for pid in running {
                let _ = rustix::process::kill_process(pid, signal);
            }
            signalled = true;
        }
        if started.elapsed() > PATIENCE + AFTER_KILL {
            return;
        }
        std::thread::park_timeout(Duration::from_millis(10));
    }
}

#[cfg(target_os = "linux")]
fn processes_in(data: &Path) -> Vec<Pid> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries
        .filter(|entry| fs::read_link(entry.path().join("cwd")).is_ok_and(|cwd| cwd == data))
        .filter_map(|entry| entry.file_name().to_string_lossy().parse().ok())
        .filter_map(Pid::from_raw)
        .collect()
}

#[cfg(not(target_os = "linux"))]
fn processes_in(data: &Path) -> Vec<Pid> {
    // `-t` prints bare process ids; `-a` joins "open as working directory" with the path.
    let output = std::process::Command::new("lsof")
        .args(["-t", "-a", "-d", "cwd"])
        .arg(data)
        .output();
    let text = output
        .map(|o| String::from_utf8_lossy(&o.stdout).into_owned())
        .unwrap_or_default();
    text.lines()
        .filter_map(|line| line.trim().parse().ok())
        .filter_map(Pid::from_raw)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn a_process_that_takes_seconds_to_stop_is_not_killed_in_that() {
        let data = tempfile::tempdir().unwrap();
        let path = data.path().canonicalize().unwrap();
        let script = "trap 'sleep 3; : >stopped; exit' TERM; : >ready; while :; do sleep 0.1; done";
        let mut process = Command::new("sh");
        let mut process = process
            .args(["-c", script])
            .current_dir(&path)
            .spawn()
            .unwrap();
        while !path.join("ready").exists() {
            std::thread::yield_now();
        }
        let waiting = std::thread::spawn(move || process.wait());
        end_processes_in(&path);
        assert!(path.join("stopped").exists(), "it came to its end");
        waiting.join().unwrap().unwrap();
    }
}
