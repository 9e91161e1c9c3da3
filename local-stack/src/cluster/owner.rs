//! Which user the server runs as.
//!
//! Owns: the choice of a plain user when we are root, and dropping to it. PostgreSQL refuses root.

use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

use crate::error::{Result, StackError};

/// Users tried in this order when root starts the stack; `SUDO_UID` comes before them.
const CANDIDATES: [&str; 5] = ["postgres", "_postgres", "nobody", "daemon", "bin"];

/// The user of the server's processes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The caller: not root.
    Caller,
    /// Another user, since the caller is root.
    Other {
        /// User id.
        uid: u32,
        /// Group id.
        gid: u32,
    },
}

impl Owner {
    /// Decides for this process.
    pub fn choose() -> Result<Self> {
        if !rustix::process::geteuid().is_root() {
            return Ok(Self::Caller);
        }
        let sudo = std::env::var("SUDO_UID").ok().filter(|uid| uid != "0");
        sudo.iter()
            .map(String::as_str)
            .chain(CANDIDATES)
            .find_map(look_up)
            .ok_or(StackError::NoUser)
    }

    /// A command that runs as this user, in its own process group so that Ctrl-C reaches only us.
    pub(super) fn command(self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.process_group(0).current_dir("/");
        if let Self::Other { uid, gid } = self {
            command.gid(gid).uid(uid);
        }
        command
    }

    /// Gives a file or directory to this user.
    pub(super) fn own(self, path: &Path) -> Result<()> {
        let Self::Other { uid, gid } = self else {
            return Ok(());
        };
        std::os::unix::fs::chown(path, Some(uid), Some(gid)).map_err(StackError::path(path))
    }

    /// Looks whether this user can get to a directory that may not be there yet: the first one on the way that it cannot
    /// enter is named. Asked of the system itself, since modes alone do not say it.
    pub(super) fn check_way(self, path: &Path) -> Result<()> {
        let Self::Other { uid, .. } = self else {
            return Ok(());
        };
        let path = std::path::absolute(path).map_err(StackError::path(path))?;
        let mut above: Vec<&Path> = path
            .ancestors()
            .skip(1)
            .filter(|dir| dir.exists())
            .collect();
        above.reverse();
        // Ends with the number of the directory that is closed, from 1; 0 when there is none.
        let script = "n=0; for dir do n=$((n+1)); cd \"$dir\" 2>/dev/null || exit $n; done";
        let mut command = self.command(Path::new("/bin/sh"));
        let status = command.args(["-c", script, "sh"]).args(&above).status();
        let code = status
            .map_err(StackError::system("starting a shell"))?
            .code();
        let number = code.and_then(|code| usize::try_from(code).ok());
        let closed = number.and_then(|number| above.get(number.checked_sub(1)?));
        match closed {
            Some(directory) => Err(StackError::NoWay {
                directory: directory.to_path_buf(),
                user: name_of(uid),
            }),
            None => Ok(()),
        }
    }

    /// The user id of the server's processes and files.
    pub(super) fn uid(self) -> u32 {
        match self {
            Self::Caller => rustix::process::geteuid().as_raw(),
            Self::Other { uid, .. } => uid,
        }
    }
}

fn name_of(uid: u32) -> String {
    let output = Command::new("id").args(["-un", &uid.to_string()]).output();
    let name = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    name.ok()
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| uid.to_string())
}

/// `id` knows every user source of the system (files, directory services); there must be an entry, or `initdb` fails.
fn look_up(name: &str) -> Option<Owner> {
    let ask = |flag| {
        let output = Command::new("id").args([flag, name]).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        text.trim().parse::<u32>().ok()
    };
    let (uid, gid) = (ask("-u")?, ask("-g")?);
    (uid != 0).then_some(Owner::Other { uid, gid })
}
