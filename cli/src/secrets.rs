//! Secrets in files of one directory, readable by their owner only. For a terminal program there is no Keychain that
//! could be relied on everywhere; the tokens are as safe as the person's other files.
//!
//! Invariants: a file is created with mode 0600, never widened afterwards; a value is replaced by a rename after its
//! bytes are on the disk, so a crash leaves the old or the new one.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use rockon_core::redact::Secret;
use rockon_core::session::{Held, SecretError, SecretStore};

/// Longest value the trait promises to hold, in bytes.
const MAX_BYTES: u64 = 64 * 1024;

/// A directory of secrets.
#[derive(Debug)]
pub(crate) struct FileSecrets {
    dir: PathBuf,
}

impl FileSecrets {
    /// Makes the directory if it does not exist; mode 0700 whatever the umask, also of one that was there: it is ours alone.
    pub(crate) fn open(dir: &Path) -> io::Result<Self> {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(dir)?;
        fs::set_permissions(dir, fs::Permissions::from_mode(0o700))?;
        Ok(Self {
            dir: dir.to_owned(),
        })
    }

    fn path(&self, key: &str) -> Result<PathBuf, SecretError> {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
        let usable = !key.is_empty() && key.len() <= 64 && key.chars().all(plain);
        if usable && !key.starts_with('.') {
            Ok(self.dir.join(format!("{key}.secret")))
        } else {
            Err(SecretError)
        }
    }

    fn replace(&self, path: &Path, value: &Secret) -> io::Result<()> {
        let new = path.with_extension("new");
        // One that a crash left behind may have any mode; ours is made afresh.
        remove(&new)?;
        let mut file = File::options()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&new)?;
        file.set_permissions(fs::Permissions::from_mode(0o600))?; // A umask may have taken too much.
        file.write_all(value.expose().as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, path)?;
        self.sync_dir()
    }

    fn sync_dir(&self) -> io::Result<()> {
        File::open(&self.dir)?.sync_all()
    }
}

/// Removes a file; none is as good.
fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

impl SecretStore for FileSecrets {
    fn read(&self, key: &str) -> Result<Held, SecretError> {
        use io::Read as _;
        let file = match File::open(self.path(key)?) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Held::Nothing),
            Err(_) => return Err(SecretError),
        };
        let mut bytes = Vec::new();
        let read = file.take(MAX_BYTES).read_to_end(&mut bytes);
        read.map_err(|_| SecretError)?;
        Ok(String::from_utf8(bytes).map_or(Held::Lost, |text| Held::Value(Secret::new(text))))
    }

    fn write(&self, key: &str, value: &Secret) -> Result<(), SecretError> {
        let path = self.path(key)?;
        self.replace(&path, value).map_err(|_| SecretError)
    }

    fn delete(&self, key: &str) -> Result<(), SecretError> {
        let path = self.path(key)?;
        remove(&path)
            .and_then(|()| self.sync_dir())
            .map_err(|_| SecretError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Held {
        Held::Value(Secret::new(text))
    }

    #[test]
    fn bytes_that_are_no_text_are_lost_and_can_be_replaced_and_removed() {
        let dir = tempfile::TempDir::new().unwrap();
        let secrets = FileSecrets::open(dir.path()).unwrap();
        let garbage = [0xff_u8, 0x00, 0xc3, 0x28].repeat(100);
        for again in [true, false] {
            fs::write(dir.path().join("session.secret"), &garbage).unwrap();
            assert_eq!(secrets.read("session").unwrap(), Held::Lost);
            if again {
                secrets.write("session", &Secret::new("new")).unwrap();
                assert_eq!(secrets.read("session").unwrap(), value("new"));
            } else {
                secrets.delete("session").unwrap();
                assert_eq!(secrets.read("session").unwrap(), Held::Nothing);
            }
        }
    }

    #[test]
    fn a_directory_that_was_there_becomes_private() {
        let dir = tempfile::TempDir::new().unwrap();
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let _secrets = FileSecrets::open(dir.path()).unwrap();
        let mode = fs::metadata(dir.path()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }

    #[test]
    fn a_secret_survives_a_new_start_and_only_its_owner_can_read_it() {
        let dir = tempfile::TempDir::new().unwrap();
        let place = dir.path().join("deep/secrets");
        let secrets = FileSecrets::open(&place).unwrap();
        assert_eq!(secrets.read("session").unwrap(), Held::Nothing);
        secrets.write("session", &Secret::new("one")).unwrap();
        secrets.write("session", &Secret::new("two")).unwrap();
        let again = FileSecrets::open(&place).unwrap();
        assert_eq!(again.read("session").unwrap(), value("two"));
        let file = place.join("session.secret");
        assert_eq!(
            fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert_eq!(
            fs::metadata(&place).unwrap().permissions().mode() & 0o777,
            0o700
        );
        assert_eq!(
            fs::read_dir(&place).unwrap().count(),
            1,
            "nothing is left beside it"
        );
        again.delete("session").unwrap();
        again.delete("session").unwrap();
        assert_eq!(again.read("session").unwrap(), Held::Nothing);
    }

    #[test]
    fn a_left_over_of_a_crash_is_replaced_and_never_widens_the_mode() {
        let dir = tempfile::TempDir::new().unwrap();
        let secrets = FileSecrets::open(dir.path()).unwrap();
        let left = dir.path().join("session.new");
        fs::write(&left, "half").unwrap();
        fs::set_permissions(&left, fs::Permissions::from_mode(0o666)).unwrap();
        secrets.write("session", &Secret::new("whole")).unwrap();
        assert_eq!(secrets.read("session").unwrap(), value("whole"));
        let mode = fs::metadata(dir.path().join("session.secret"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_key_never_names_a_file_elsewhere() {
        let dir = tempfile::TempDir::new().unwrap();
        let secrets = FileSecrets::open(dir.path()).unwrap();
        for key in ["", "../x", "a/b", ".hidden", "..", &"k".repeat(65)] {
            assert_eq!(
                secrets.write(key, &Secret::new("v")),
                Err(SecretError),
                "{key}"
            );
        }
    }
}
