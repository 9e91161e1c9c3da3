//! `cargo xtask bindings --publish-local`: the core as apps on this machine take it.
//!
//! Owns: where the jar with its pom and the Swift package lie, and what is in them.
//! Never: speaks to a registry, or builds for a phone: `bindings/android` and `bindings/apple` do.
//! Invariants: what is published is made from one library, and replaces what was there whole.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::bindings::Generated;
use crate::suite::{Screen, root, succeeds, target};
use crate::swift_tests;

/// The version of all that is here.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Where to publish.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Places {
    maven: PathBuf,
    swift: PathBuf,
}

impl Places {
    /// What the arguments ask for; nothing when they do not ask to publish.
    pub(crate) fn read(args: &[&str]) -> Result<Option<Self>, &'static str> {
        const WRONG: &str =
            "usage: cargo xtask bindings [--publish-local [--maven DIR] [--swift DIR]]";
        let mut rest = match args {
            [] => return Ok(None),
            ["--publish-local", rest @ ..] => rest,
            _ => return Err(WRONG),
        };
        let (mut maven, mut swift) = (None, None);
        while let [name, dir, more @ ..] = rest {
            let place = match *name {
                "--maven" => &mut maven,
                "--swift" => &mut swift,
                _ => return Err(WRONG),
            };
            *place = Some(PathBuf::from(dir));
            rest = more;
        }
        if !rest.is_empty() {
            return Err(WRONG);
        }
        let maven = maven
            .or_else(local_repository)
            .ok_or("HOME is not set: say --maven DIR")?;
        let swift = swift.unwrap_or_else(|| target().join("bindings/rock-on"));
        Ok(Some(Self { maven, swift }))
    }
}

/// Where Maven keeps what it has.
pub(crate) fn local_repository() -> Option<PathBuf> {
    std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".m2/repository"))
}

/// Publishes both, and says where they are and how an app finds the library.
pub(crate) fn task(made: &Generated, places: &Places) -> ExitCode {
    if !package(made, &Screen::Live) {
        return ExitCode::FAILURE;
    }
    let published = kotlin(&places.maven).and_then(|()| swift(made, &places.swift));
    if let Err(error) = published {
        eprintln!("it could not be published: {error}");
        return ExitCode::FAILURE;
    }
    println!(
        "Kotlin   org.rockon:rockon-core:{VERSION} in {}",
        places.maven.display()
    );
    println!(
        "         run with -Djna.library.path={}",
        made.library.display()
    );
    println!("Swift    {}", places.swift.display());
    ExitCode::SUCCESS
}

/// Makes the jar, without tests.
pub(crate) fn package(made: &Generated, screen: &Screen) -> bool {
    let mut command = Command::new("mvn");
    command
        .current_dir(root().join("bindings/kotlin"))
        .args([
            "--batch-mode",
            "--quiet",
            "package",
            "-Dmaven.test.skip=true",
        ])
        .arg(format!("-Dgenerated.dir={}", made.kotlin.display()))
        .arg(format!("-Dnative.dir={}", made.library.display()));
    succeeds(&mut command, screen)
}

/// Puts the jar that was made, and the pom that names what it needs, into a Maven repository.
pub(crate) fn kotlin(repository: &Path) -> io::Result<()> {
    let module = root().join("bindings/kotlin");
    let place = repository.join("org/rockon/rockon-core").join(VERSION);
    let name = format!("rockon-core-{VERSION}");
    fs::create_dir_all(&place)?;
    fs::copy(
        module.join("target").join(format!("{name}.jar")),
        place.join(format!("{name}.jar")),
    )?;
    fs::copy(module.join("pom.xml"), place.join(format!("{name}.pom")))?;
    Ok(())
}

/// Makes the folder of a package that another one takes by its path.
pub(crate) fn swift(made: &Generated, folder: &Path) -> io::Result<()> {
    let ours = root().join("bindings/swift");
    let sources = folder.join("Sources");
    if sources.exists() {
        fs::remove_dir_all(&sources)?;
    }
    copy_folder(&ours.join("Sources"), &sources, &|name| name != "Generated")?;
    swift_tests::place_in(folder, made)?;
    fs::copy(
        ours.join("published/Package.swift"),
        folder.join("Package.swift"),
    )?;
    let library = folder.join("Library");
    fs::create_dir_all(&library)?;
    fs::copy(
        made.library.join("librockon.a"),
        library.join("librockon.a"),
    )?;
    Ok(())
}

/// Copies the files and folders whose names `wanted` takes.
pub(crate) fn copy_folder(from: &Path, to: &Path, wanted: &dyn Fn(&str) -> bool) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if !wanted(&name.to_string_lossy()) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &to.join(name), wanted)?;
        } else {
            fs::copy(entry.path(), to.join(name))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_copied_whole_but_for_what_is_not_wanted() {
        let place = std::env::temp_dir().join(format!("rockon-publish-{}", std::process::id()));
        let (from, to) = (place.join("from"), place.join("to"));
        for file in [
            "A.swift",
            "inner/B.swift",
            "inner/Generated/C.swift",
            "Generated/D.swift",
        ] {
            let file = from.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "let a = 1").unwrap();
        }
        copy_folder(&from, &to, &|name| name != "Generated").unwrap();
        let there = |file: &str| to.join(file).exists();
        assert!(there("A.swift") && there("inner/B.swift"));
        assert!(!there("Generated") && !there("inner/Generated"));
        assert_eq!(fs::read_to_string(to.join("A.swift")).unwrap(), "let a = 1");
        fs::remove_dir_all(&place).unwrap();
    }

    #[test]
    fn what_is_published_goes_where_the_arguments_say() {
        assert_eq!(Places::read(&[]), Ok(None));
        let places = Places::read(&["--publish-local", "--swift", "/s", "--maven", "/m"]);
        let wanted = Places {
            maven: "/m".into(),
            swift: "/s".into(),
        };
        assert_eq!(places, Ok(Some(wanted)));
        for wrong in [
            &["--publish"][..],
            &["--publish-local", "--swift"],
            &["--publish-local", "--to", "/x"],
        ] {
            assert!(Places::read(wrong).is_err(), "{wrong:?}");
        }
    }
}
