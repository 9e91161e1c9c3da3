//! `cargo xtask screens`: the contact sheets of both apps, `docs/screens/{android,ios}/README.md`, and the pictures of iOS.
//!
//! Owns: the sheets, and how pages that tests of iOS write become pictures. Never takes a picture of Android: the app's tests do.
//! Invariant: every picture is on its sheet, once.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::suite::{Screen, root, succeeds};
use crate::{bindings, browser, ios_tests};

/// Wide enough to read a title, narrow enough for five beside each other.
const WIDTH: u32 = 180;

/// The sheet of an app.
struct Sheet {
    /// Its folder, from the top.
    folder: &'static str,
    /// The pictures' folder, from the top.
    pictures: &'static str,
    /// The same from the sheet.
    source: &'static str,
    head: &'static str,
}

const ANDROID: Sheet = Sheet {
    folder: "docs/screens/android",
    pictures: "android/app/src/test/screenshots",
    source: "../../../android/app/src/test/screenshots",
    head: "# The app for Android, in pictures\n\nMade by `cargo xtask screens` from the pictures that the app's tests compare. A name says the screen, the state, \
           the look, the size of\ntext where it is not the usual one, and the language where it is not English.\n",
};

const IOS: Sheet = Sheet {
    folder: "docs/screens/ios",
    pictures: "docs/screens/ios",
    source: ".",
    head: "# The app for iOS, in pictures\n\nMade by `cargo xtask screens ios` from what the doubles of Apple's modules draw: words and their order, \
           not Apple's layout. Menus are\ndrawn open, symbols by their names. A name says the screen and the state.\n",
};

/// The size of a picture: an iPhone's points.
const SIZE: &str = "--window-size=393,852";

/// The task: writes the sheet of Android, whose pictures are there.
pub(crate) fn task() -> ExitCode {
    said(ANDROID.write())
}

/// The task: takes the pictures of iOS and writes their sheet.
pub(crate) fn ios() -> ExitCode {
    said(ios_pictures().and_then(|()| IOS.write()))
}

fn said(done: io::Result<()>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the pictures could not be made: {error}");
            ExitCode::FAILURE
        }
    }
}

fn ios_pictures() -> io::Result<()> {
    let made = bindings::build_and_generate().ok_or(io::Error::other("the core was not built"))?;
    let pages = ios_tests::pages(&made)?;
    browser::bring();
    let chromium = browser::name().ok_or(io::Error::other("no Chromium was found"))?;
    let folder = root().join(IOS.pictures);
    // A state that is not there any more has no picture.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder)?;
    // Chromium says much that nobody needs.
    let screen = Screen::kept("chromium")?;
    for name in names(&pages, ".html")? {
        picture(
            chromium,
            &pages.join(format!("{name}.html")),
            &folder.join(format!("{name}.png")),
            &screen,
        )?;
    }
    Ok(())
}

fn picture(chromium: &str, page: &Path, png: &Path, screen: &Screen) -> io::Result<()> {
    let mut command = Command::new(chromium);
    command.args([
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        SIZE,
    ]);
    command
        .arg(format!("--screenshot={}", png.display()))
        .arg(page);
    if succeeds(&mut command, screen) && png.exists() {
        return Ok(());
    }
    Err(io::Error::other(format!(
        "Chromium has not drawn {}",
        page.display()
    )))
}

/// The names of all files with this ending, without it.
fn names(folder: &Path, ending: &str) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if let Some(name) = name.strip_suffix(ending) {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

impl Sheet {
    fn place(&self) -> PathBuf {
        root().join(self.folder).join("README.md")
    }

    fn write(&self) -> io::Result<()> {
        std::fs::write(self.place(), self.text()?)
    }

    fn text(&self) -> io::Result<String> {
        Ok(self.drawn(&names(&root().join(self.pictures), ".png")?))
    }

    /// One heading for each screen, which is the first word of a name.
    fn drawn(&self, names: &[String]) -> String {
        let mut text = self.head.to_owned();
        let mut screen = "";
        for name in names {
            let first = name.split('-').next().unwrap_or(name);
            if first != screen {
                screen = first;
                text.extend(["\n## ", &screen.replace('_', " "), "\n\n"]);
            }
            text.push_str(&self.shown(name));
        }
        text
    }

    fn shown(&self, name: &str) -> String {
        let source = self.source;
        format!(
            "<img src=\"{source}/{name}.png\" width=\"{WIDTH}\" alt=\"{name}\" title=\"{name}\">\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sheet_shows_every_picture() {
        for sheet in [ANDROID, IOS] {
            let shown = std::fs::read_to_string(sheet.place()).unwrap_or_default();
            let made = sheet.text().unwrap();
            assert!(
                shown == made,
                "{}: `cargo xtask screens` makes it again",
                sheet.folder
            );
        }
    }

    #[test]
    fn a_screen_has_one_heading() {
        let names = ["song-dark", "song-light", "songs-light"].map(str::to_owned);
        let text = ANDROID.drawn(&names);
        let headings: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("## "))
            .collect();
        assert_eq!(headings, ["## song", "## songs"]);
        assert_eq!(text.matches("<img ").count(), 3);
    }
}
