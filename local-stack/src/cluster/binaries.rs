//! Where PostgreSQL's programs are.
//!
//! Owns: finding an installed server, newest first. Never: starts anything.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::{Result, StackError};

/// Folders that hold one sub-folder per installed version, on Debian, Red Hat, Homebrew (both processors) and Postgres.app.
const VERSIONED: [(&str, &str); 4] = [
    ("/usr/lib/postgresql", "bin"),
    ("/opt/homebrew/opt", "bin"),
    ("/usr/local/opt", "bin"),
    ("/Applications/Postgres.app/Contents/Versions", "bin"),
];

/// Oldest version our migrations support.
const OLDEST: u32 = 15;

/// Major version of the archive that `download` pins, as `PG_VERSION` in a data directory names it.
const MAJOR: &str = "17";

/// One set of server programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binaries {
    /// Folder with `postgres` and `initdb`.
    pub dir: PathBuf,
    /// Major version, such as 15.
    pub major: u32,
}

impl Binaries {
    /// Looks at a folder: `None` when it holds no server we can use.
    pub fn probe(dir: &Path) -> Option<Self> {
        if !dir.join("initdb").is_file() {
            return None;
        }
        let output = Command::new(dir.join("postgres"))
            .arg("--version")
            .output()
            .ok()?;
        let major = major_version(&String::from_utf8_lossy(&output.stdout))?;
        (major >= OLDEST).then(|| Self {
            dir: dir.to_owned(),
            major,
        })
    }

    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }
}

/// `postgres (PostgreSQL) 15.18 (Debian ...)` is 15.
fn major_version(text: &str) -> Option<u32> {
    let number = text
        .split_whitespace()
        .find(|w| w.starts_with(|c: char| c.is_ascii_digit()))?;
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// Every installed server of a supported version, newest first.
pub fn installed() -> Vec<Binaries> {
    let mut dirs: Vec<PathBuf> = VERSIONED
        .iter()
        .flat_map(|(root, bin)| {
            let entries = std::fs::read_dir(root).into_iter().flatten().flatten();
            entries.map(move |entry| entry.path().join(bin))
        })
        .filter(|dir| dir.to_string_lossy().contains("ostgres"))
        .collect();
    dirs.extend(reported_by_pg_config());
    let path = std::env::var_os("PATH").unwrap_or_default();
    dirs.extend(std::env::split_paths(&path));
    let mut found: Vec<Binaries> = Vec::new();
    for binaries in dirs.iter().filter_map(|dir| Binaries::probe(dir)) {
        if !found.iter().any(|known| known.dir == binaries.dir) {
            found.push(binaries);
        }
    }
    found.sort_by_key(|binaries| std::cmp::Reverse(binaries.major));
    found
}

fn reported_by_pg_config() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    let dir = String::from_utf8(output.stdout).ok()?;
    Some(PathBuf::from(dir.trim()))
}

/// The newest of `candidates`, or the one that fits existing data.
pub(super) fn choose(
    candidates: Vec<Binaries>,
    data_version: Option<&str>,
) -> Result<Option<Binaries>> {
    let Some(version) = data_version else {
        return Ok(candidates.into_iter().next());
    };
    let wanted = candidates
        .iter()
        .find(|b| b.major.to_string() == version)
        .cloned();
    match wanted {
        Some(binaries) => Ok(Some(binaries)),
        // The version that can be downloaded.
        None if version == MAJOR => Ok(None),
        None => Err(StackError::Version {
            found: version.to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_what_the_server_prints() {
        assert_eq!(
            major_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"),
            Some(15)
        );
        assert_eq!(major_version("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major_version("command not found"), None);
    }

    #[test]
    fn data_of_another_version_is_an_error_and_not_a_start() {
        let have = |major| Binaries {
            dir: PathBuf::from("/x"),
            major,
        };
        assert_eq!(
            choose(vec![have(17), have(15)], None).unwrap(),
            Some(have(17))
        );
        assert_eq!(
            choose(vec![have(17), have(15)], Some("15")).unwrap(),
            Some(have(15))
        );
        assert!(matches!(
            choose(vec![have(17)], Some("15")),
            Err(StackError::Version { .. })
        ));
        assert!(matches!(
            choose(vec![], Some("15")),
            Err(StackError::Version { .. })
        ));
        assert_eq!(choose(vec![have(15)], Some(MAJOR)).unwrap(), None);
    }
}
