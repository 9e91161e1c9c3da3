//! One running server process.
//!
//! Owns: `initdb`, start, readiness, stop. The server is the child of a small shell (`watchdog.sh`) that reads a pipe we
//! hold: when this process ends in any way, SIGKILL included, the pipe closes and the shell stops the server.
//! If somebody kills the shell, its waiting half still does so; if both are killed before this process, the server goes on
//! until the next start with its directory, or the next sweep of temporary ones, ends it.
//! `PR_SET_PDEATHSIG` would not do: it fires when the starting *thread* ends.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Stdio};
use std::time::{Duration, Instant};

use super::binaries::Binaries;
use super::directory::{Directory, private_file};
use super::owner::Owner;
use crate::error::{Result, StackError};

const WATCHDOG: &str = include_str!("watchdog.sh");
/// Superuser of the cluster, named as on the hosted platform, where `postgres` is not one.
pub(crate) const SUPERUSER: &str = "supabase_admin";
/// Longest wait for a start; recovery of a kept directory after a power cut may take seconds.
const READY_WITHIN: Duration = Duration::from_secs(30);
/// Settings of every server. `synchronous_commit` stays on: off delays logical decoding by 200-400 ms (measured).
const SETTINGS: [&str; 11] = [
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "wal_level=logical",
    "max_connections=300",
    "max_wal_senders=60",
    "max_replication_slots=60",
    "shared_buffers=64MB",
    "max_slot_wal_keep_size=1GB",
    "log_min_messages=warning",
    "timezone=UTC",
    "log_timezone=UTC",
];
/// After a kill PostgreSQL first sees its whole directory safe on the disk. On a busy disk a start with that took 7 to 11 s
/// file by file, and 3 s by one call for the file system.
#[cfg(target_os = "linux")]
const AFTER_A_KILL: [&str; 1] = ["recovery_init_sync_method=syncfs"];
#[cfg(not(target_os = "linux"))]
const AFTER_A_KILL: [&str; 0] = [];
/// A throw-away database need not survive a power cut.
const VOLATILE: [&str; 2] = ["fsync=off", "full_page_writes=off"];

/// The running server, as seen by its parent.
#[derive(Debug)]
pub(super) struct Server {
    watchdog: Child,
    orders: Option<ChildStdin>,
    pub(super) pid: u32,
}

/// Makes the data directory if there is none. A half-made one of a killed run is made again.
pub(super) fn initialise(binaries: &Binaries, directory: &Directory, owner: Owner) -> Result<()> {
    if directory.data_version().is_some() {
        return Ok(());
    }
    let fresh = directory.path.join("data.new");
    if fresh.exists() {
        fs::remove_dir_all(&fresh).map_err(StackError::path(&fresh))?;
    }
    let output = owner
        .command(&binaries.program("initdb"))
        .arg("-D")
        .arg(&fresh)
        .args([
            "-U",
            SUPERUSER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ])
        .stdin(Stdio::null())
        .output()
        .map_err(StackError::system("starting initdb"))?;
    if !output.status.success() {
        let detail = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(StackError::Program {
            program: "initdb",
            detail,
        });
    }
    fs::rename(&fresh, directory.data()).map_err(StackError::path(&fresh))
}

impl Server {
    /// Starts the server and waits until it takes connections.
    pub(super) fn start(binaries: &Binaries, directory: &Directory, owner: Owner) -> Result<Self> {
        let log = private_file(&directory.log())?;
        log.set_len(0).map_err(StackError::path(directory.log()))?;
        owner.own(&directory.log())?;
        let mut command = owner.command(Path::new("/bin/sh"));
        command.args(["-c", WATCHDOG, "rockon-watchdog"]);
        if directory.temporary {
            command.arg(&directory.path)
        } else {
            command.arg("")
        };
        command
            .arg(&directory.path)
            .arg(binaries.program("postgres"));
        command
            .arg("-D")
            .arg(directory.data())
            .arg("-k")
            .arg(&directory.path)
            .args(["-p", "5432"]);
        let volatile = VOLATILE.iter().filter(|_| directory.temporary);
        for setting in SETTINGS.iter().chain(&AFTER_A_KILL).chain(volatile) {
            command.args(["-c", setting]);
        }
        let mut watchdog = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(StackError::system("starting PostgreSQL"))?;
        let pid = read_pid(&mut watchdog)?;
        let orders = watchdog.stdin.take();
        let mut server = Self {
            watchdog,
            orders,
            pid,
        };
        server.wait_ready(directory)?;
        Ok(server)
    }

    /// Ready = line 8 of `postmaster.pid` says so, and line 1 is our child.
    fn wait_ready(&mut self, directory: &Directory) -> Result<()> {
        let started = Instant::now();
        let file = directory.data().join("postmaster.pid");
        loop {
            let text = fs::read_to_string(&file).unwrap_or_default();
            let mut lines = text.lines();
            let ours = lines.next() == Some(&self.pid.to_string());
            if ours && lines.nth(6).is_some_and(|line| line.trim() == "ready") {
                return Ok(());
            }
            let ended = self
                .watchdog
                .try_wait()
                .map_err(StackError::system("waiting"))?
                .is_some();
            if ended {
                let detail = directory.log_tail();
                return Err(StackError::Program {
                    program: "postgres",
                    detail,
                });
            }
            if started.elapsed() > READY_WITHIN {
                let seconds = READY_WITHIN.as_secs();
                return Err(StackError::NotReady {
                    seconds,
                    detail: directory.log_tail(),
                });
            }
            std::thread::park_timeout(Duration::from_millis(5));
        }
    }

    /// Stops the server: connections are ended, data is written out. Returns when its process is gone.
    pub(super) fn stop(&mut self) {
        if let Some(mut orders) = self.orders.take() {
            let _ = orders.write_all(b"stop\n");
        }
        let _ = self.watchdog.wait();
    }

    /// Whether the server's process still runs.
    pub(super) fn is_running(&mut self) -> bool {
        matches!(self.watchdog.try_wait(), Ok(None))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

fn read_pid(watchdog: &mut Child) -> Result<u32> {
    let mut line = String::new();
    if let Some(stdout) = watchdog.stdout.take() {
        BufReader::new(stdout)
            .read_line(&mut line)
            .map_err(StackError::system("starting"))?;
    }
    line.trim().parse().map_err(|_| StackError::Program {
        program: "the watchdog",
        detail: "it did not report the server's process".to_owned(),
    })
}
