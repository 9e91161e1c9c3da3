//! Files that are their owner's alone: a band's data is nobody else's business on a shared machine.
//!
//! Owns: the modes 0600 and 0700, whatever the process's umask, in directories that were there before too.
//! Never: changes a directory that it did not make: it may be the person's own and serve others.
//! Invariant: `SQLite` gives its log and its index the mode of the database, so the database is narrowed before it is
//! opened.

use std::fs::{DirBuilder, File, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::Path;

const FILE: u32 = 0o600;
const DIRECTORY: u32 = 0o700;

/// Makes the directory and those above it that are missing.
pub(super) fn make_dir(dir: &Path) -> io::Result<()> {
    if dir.is_dir() {
        return Ok(());
    }
    DirBuilder::new()
        .recursive(true)
        .mode(DIRECTORY)
        .create(dir)?;
    // A umask takes rights away, from the owner too.
    set(dir, DIRECTORY);
    Ok(())
}

/// Opens a file for reading and writing, made if it is not there.
pub(super) fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let file = File::options()
        .create(true)
        .read(true)
        .write(true)
        .truncate(false)
        .mode(FILE)
        .open(path)?;
    narrow(path);
    Ok(file)
}

/// Takes the rights of others away from everything that begins as `database` does, its extension left out: what another
/// version or another umask has left.
pub(super) fn narrow_all(dir: &Path, database: &Path) {
    let Some(stem) = database.file_stem() else {
        return;
    };
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let name = entry.file_name();
        if name.to_string_lossy().starts_with(&*stem.to_string_lossy()) {
            narrow(&entry.path());
        }
    }
}

fn narrow(path: &Path) {
    let mode = std::fs::metadata(path).map(|meta| meta.permissions().mode() & 0o7777);
    if mode.is_ok_and(|mode| mode != FILE) {
        set(path, FILE);
    }
}

/// Some file systems keep no modes, and a file may be another's: that is no reason to keep a musician from the songs.
fn set(path: &Path, mode: u32) {
    if let Err(error) = std::fs::set_permissions(path, Permissions::from_mode(mode)) {
        tracing::warn!(kind = ?error.kind(), "a file of the data directory cannot be made private");
    }
}
