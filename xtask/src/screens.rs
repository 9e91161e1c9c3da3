//! `cargo xtask screens`: the contact sheet of the app for Android, `docs/screens/android/README.md`.
//!
//! Owns: the sheet, made of the pictures that the app's tests compare. Never takes a picture: those tests do.
//! Invariant: every picture is on it, once.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::suite::root;

/// Where the pictures are, from the sheet.
const PICTURES: &str = "../../../android/app/src/test/screenshots";
/// Wide enough to read a title, narrow enough for five beside each other.
const WIDTH: u32 = 180;

/// The task: writes the sheet.
pub(crate) fn task() -> ExitCode {
    match sheet().and_then(|text| std::fs::write(place(), text)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the contact sheet could not be written: {error}");
            ExitCode::FAILURE
        }
    }
}

fn place() -> PathBuf {
    root().join("docs/screens/android/README.md")
}

/// The names of all pictures, without their ending.
fn names() -> io::Result<Vec<String>> {
    let folder = root().join("android/app/src/test/screenshots");
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if let Some(name) = name.strip_suffix(".png") {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

fn sheet() -> io::Result<String> {
    Ok(drawn(&names()?))
}

/// One heading for each screen, which is the first word of a name.
fn drawn(names: &[String]) -> String {
    let mut text = String::from(
        "# The app for Android, in pictures\n\nMade by `cargo xtask screens` from the pictures that the app's tests compare. A name says the screen, the state, \
         the look, the size of\ntext where it is not the usual one, and the language where it is not English.\n",
    );
    let mut screen = "";
    for name in names {
        let first = name.split('-').next().unwrap_or(name);
        if first != screen {
            screen = first;
            text.extend(["\n## ", screen, "\n\n"]);
        }
        text.push_str(&picture(name));
    }
    text
}

fn picture(name: &str) -> String {
    format!(
        "<img src=\"{PICTURES}/{name}.png\" width=\"{WIDTH}\" alt=\"{name}\" title=\"{name}\">\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_shows_every_picture() {
        let shown = std::fs::read_to_string(place()).unwrap_or_default();
        let made = sheet().unwrap();
        assert!(
            shown == made,
            "`cargo xtask screens` makes the sheet of {} pictures again",
            names().unwrap().len()
        );
    }

    #[test]
    fn a_screen_has_one_heading() {
        let names = ["song-dark", "song-light", "songs-light"].map(str::to_owned);
        let text = drawn(&names);
        let headings: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("## "))
            .collect();
        assert_eq!(headings, ["## song", "## songs"]);
        assert_eq!(text.matches("<img ").count(), 3);
    }
}
