//! Whether programs may be run from a place: only where nobody else can put theirs.
//!
//! Owns: the rule. A directory or file is trusted when it is ours or root's and no other user may write to it, and so is
//! every directory above it; one above may be open to all if it keeps what is in it to its owners (the sticky bit of
//! `/tmp`). Never: changes anything.

use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use crate::error::{Result, StackError};

/// Others may write.
const OPEN: u32 = 0o022;
/// Only owners may rename and delete.
const STICKY: u32 = 0o1000;

/// Refuses a place that others can change, and one that is not there. A link is judged by itself and by where it leads.
pub(super) fn check(path: &Path) -> Result<()> {
    let real = path.canonicalize().map_err(StackError::path(path))?;
    for place in [path, &real] {
        for (depth, part) in place.ancestors().enumerate() {
            if part.as_os_str().is_empty() {
                continue;
            }
            let found = fs::symlink_metadata(part).map_err(StackError::path(part))?;
            if let Some(why) = wrong_with(&found, depth > 0) {
                return Err(StackError::Untrusted {
                    path: part.to_owned(),
                    why,
                });
            }
        }
    }
    Ok(())
}

fn wrong_with(found: &Metadata, is_above: bool) -> Option<&'static str> {
    let me = rustix::process::geteuid().as_raw();
    if found.uid() != me && found.uid() != 0 {
        return Some("it belongs to another user");
    }
    // The mode of a link says nothing.
    let open = !found.is_symlink() && found.mode() & OPEN != 0;
    let kept_apart = is_above && found.mode() & STICKY != 0;
    (open && !kept_apart).then_some("other users may write to it")
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::fs::symlink;

    use super::*;

    fn mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    fn why(path: &Path) -> Option<(String, &'static str)> {
        match check(path) {
            Ok(()) => None,
            Err(StackError::Untrusted { path, why }) => {
                Some((path.file_name()?.to_string_lossy().into_owned(), why))
            }
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn a_place_below_tmp_is_trusted_only_while_others_cannot_write_there() {
        let dir = tempfile::tempdir_in("/tmp").unwrap();
        let outer = dir.path().join("outer");
        let inner = outer.join("inner");
        fs::create_dir_all(&inner).unwrap();
        mode(&outer, 0o755);
        mode(&inner, 0o755);
        assert_eq!(why(&inner), None);
        let open = "other users may write to it";
        for bits in [0o775, 0o757, 0o777] {
            mode(&inner, bits);
            assert_eq!(why(&inner), Some(("inner".to_owned(), open)), "{bits:o}");
            mode(&inner, 0o755);
            mode(&outer, bits);
            assert_eq!(why(&inner), Some(("outer".to_owned(), open)), "{bits:o}");
            mode(&outer, 0o1000 | bits);
            assert_eq!(why(&inner), None, "what is in it is kept to its owners");
            assert_eq!(
                why(&outer),
                Some(("outer".to_owned(), open)),
                "itself is open"
            );
            mode(&outer, 0o755);
        }
    }

    #[test]
    fn what_belongs_to_somebody_else_is_not_trusted_nor_a_link_to_it() {
        if !rustix::process::geteuid().is_root() {
            return;
        }
        let dir = tempfile::tempdir_in("/tmp").unwrap();
        mode(dir.path(), 0o755);
        let theirs = dir.path().join("theirs");
        fs::create_dir(&theirs).unwrap();
        let link = dir.path().join("link");
        symlink(&theirs, &link).unwrap();
        assert_eq!(why(&link), None);
        std::os::unix::fs::chown(&theirs, Some(65_534), Some(65_534)).unwrap();
        let other = "it belongs to another user";
        assert_eq!(why(&theirs), Some(("theirs".to_owned(), other)));
        assert_eq!(why(&link), Some(("theirs".to_owned(), other)));
    }
}
