//! Running a child and reading its lines as they come.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::tally::Tally;

/// The top of the repository.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Where cargo builds: the folder above that of this very program.
pub(crate) fn target() -> PathBuf {
    let exe = std::env::current_exe().unwrap_or_default();
    let target = exe.parent().and_then(Path::parent);
    target.map_or_else(|| root().join("target"), Path::to_path_buf)
}

/// The cargo that runs this task, at the top of the repository. It gets nothing of what the outer cargo says of this package:
/// the build scripts of some crates look at it, and would compile them again.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    for (name, _) in std::env::vars_os() {
        let said = name.to_string_lossy();
        if said.starts_with("CARGO_PKG_") || said.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name);
        }
    }
    command.current_dir(root());
    command
}

/// How a line begins that cargo writes for programs.
pub(crate) const MESSAGE: &str = "{\"reason\":";

/// Where the output of children goes.
#[derive(Debug)]
pub(crate) enum Screen {
    /// To this program's own.
    Live,
    /// Into a file, for a lane that runs beside another: two outputs at once cannot be read.
    Kept(PathBuf),
}

impl Screen {
    /// An empty file of this name among the build products.
    pub(crate) fn kept(name: &str) -> std::io::Result<Self> {
        let folder = target().join("logs");
        std::fs::create_dir_all(&folder)?;
        let path = folder.join(name).with_extension("log");
        File::create(&path)?;
        Ok(Self::Kept(path))
    }

    /// Shows what was kept, but for cargo's messages to programs.
    pub(crate) fn show(&self) {
        if let Self::Kept(path) = self {
            let said = std::fs::read_to_string(path).unwrap_or_default();
            let people = said.lines().filter(|line| !line.starts_with(MESSAGE));
            people.for_each(|line| println!("{line}"));
        }
    }
}

/// Runs the command to its end; true if it succeeded.
pub(crate) fn succeeds(command: &mut Command, screen: &Screen) -> bool {
    if let Screen::Kept(path) = screen
        && append(command, path).is_err()
    {
        return false;
    }
    match command.status() {
        Ok(status) => status.success(),
        Err(error) => {
            eprintln!(
                "cannot start {}: {error}",
                command.get_program().to_string_lossy()
            );
            false
        }
    }
}

/// Both outputs of the command go to the end of the file.
fn append(command: &mut Command, path: &Path) -> std::io::Result<()> {
    let file = OpenOptions::new().append(true).open(path)?;
    command.stdout(file.try_clone()?).stderr(file);
    Ok(())
}

/// Runs a test runner and counts by `read`, which says whether a line is for people. A runner that fails without a failed
/// test (it did not compile, it crashed) counts as one failure.
pub(crate) fn run(
    command: &mut Command,
    screen: &Screen,
    read: &mut dyn FnMut(&mut Tally, &str) -> bool,
) -> Tally {
    let mut tally = Tally::default();
    let ok = match screen {
        Screen::Live => live(command, &mut |line| {
            if read(&mut tally, line) {
                println!("{line}");
            }
        }),
        Screen::Kept(path) => kept(command, path, &mut |line| {
            read(&mut tally, line);
        }),
    };
    if !ok && tally.failed == 0 {
        tally.failed = 1;
    }
    tally
}

fn live(command: &mut Command, line: &mut dyn FnMut(&str)) -> bool {
    let Ok(mut child) = command.stdout(Stdio::piped()).spawn() else {
        eprintln!("cannot start {}", command.get_program().to_string_lossy());
        return false;
    };
    if let Some(out) = child.stdout.take() {
        let lines = BufReader::new(out).lines().map_while(Result::ok);
        lines.for_each(|text| line(&text));
    }
    child.wait().is_ok_and(|status| status.success())
}

fn kept(command: &mut Command, path: &Path, line: &mut dyn FnMut(&str)) -> bool {
    let begin = std::fs::metadata(path).map_or(0, |file| file.len());
    let ok = append(command, path).is_ok() && command.status().is_ok_and(|status| status.success());
    let mut said = String::new();
    let read = File::open(path).and_then(|mut file| {
        file.seek(SeekFrom::Start(begin))?;
        file.read_to_string(&mut said)
    });
    said.lines().for_each(line);
    ok && read.is_ok()
}
