//! The end of a user's files: after the account was deleted.

use std::path::Path;

use super::open::{Files, io_failure, lock};
use crate::error::Result;
use crate::model::UserId;

/// Deletes every file of this user: the database, what was quarantined of it, and the lock, which goes last.
///
/// # Errors
/// [`crate::Error::Storage`]: the files are open, or cannot be deleted.
pub(crate) fn erase(dir: &Path, user: UserId) -> Result<()> {
    let files = Files::of(dir, user);
    let lock = lock(dir, &files)?;
    let own = format!("user-{user}");
    for entry in std::fs::read_dir(dir).map_err(|error| io_failure(&error))? {
        let path = entry.map_err(|error| io_failure(&error))?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        if path != files.lock && name.is_some_and(|name| name.starts_with(&own)) {
            std::fs::remove_file(&path).map_err(|error| io_failure(&error))?;
        }
    }
    std::fs::remove_file(&files.lock).map_err(|error| io_failure(&error))?;
    drop(lock);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::Store;
    use super::super::tests::{ME, SAM, config};
    use super::*;

    #[tokio::test]
    async fn nothing_of_the_user_stays_and_all_of_another_does() {
        let dir = tempfile::TempDir::new().unwrap();
        for user in [ME, SAM] {
            let store = Store::open(&config(&dir, user)).unwrap();
            if user == ME {
                erase(dir.path(), user).unwrap_err(); // it is open
            }
            store.close().await;
        }
        let kept_file = dir.path().join(format!("user-{ME}.sqlite.damaged-1"));
        std::fs::write(kept_file, "x").unwrap();
        erase(dir.path(), ME).unwrap();
        let left: Vec<String> = std::fs::read_dir(dir.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        assert!(
            !left.is_empty() && left.iter().all(|name| name.contains(&SAM.to_string())),
            "{left:?}"
        );
    }
}
