//! Colours, type, spacing and sizes of both apps: `design/tokens.json`, as Kotlin and Swift take them.
//!
//! Owns: reading the file, and what a whole theme is: a colour for each role, and for each text and sign the contrast on
//! the grounds that it names.
//! Never: a colour that no role names; a screen names roles.

mod contrast;
mod kotlin;
mod swift;

pub(crate) use kotlin::FOLDER as KOTLIN;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::generated::Made;
use contrast::Colour;

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tokens {
    about: String,
    roles: BTreeMap<String, Role>,
    themes: Themes,
    #[serde(rename = "type")]
    styles: BTreeMap<String, Style>,
    spacing: BTreeMap<String, Space>,
    sizes: BTreeMap<String, Size>,
}

/// What a colour is for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Role {
    is: Sort,
    about: String,
    /// The grounds on which it must be seen.
    #[serde(default)]
    on: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Sort {
    Ground,
    Text,
    /// Not words, but something is told by it.
    Sign,
    Decoration,
}

type Theme = BTreeMap<String, Colour>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Themes {
    light: Theme,
    dark: Theme,
    stage: Theme,
}

impl Themes {
    fn all(&self) -> [(&'static str, &Theme); 3] {
        [
            ("light", &self.light),
            ("dark", &self.dark),
            ("stage", &self.stage),
        ]
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Style {
    size: u16,
    line: u16,
    weight: u16,
    about: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Space {
    size: u16,
    about: String,
}

/// In Android's dp and in iOS's points.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Size {
    android: u16,
    ios: u16,
    about: String,
}

impl Tokens {
    /// Reads and checks the file; the error names every fault, one a line.
    pub(crate) fn read(path: &Path) -> Result<Self, String> {
        let said = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let text = fs::read_to_string(path).map_err(|error| said(&error))?;
        Self::of(&text).map_err(|fault| said(&fault))
    }

    fn of(text: &str) -> Result<Self, String> {
        let tokens: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let faults = contrast::faults(&tokens);
        if faults.is_empty() {
            Ok(tokens)
        } else {
            Err(faults.join("\n"))
        }
    }
}

/// Everything that is made of the tokens.
pub(crate) fn files(tokens: &Tokens) -> Made {
    Made::from([
        (
            format!("{}/Tokens.kt", kotlin::FOLDER),
            kotlin::code(tokens),
        ),
        (swift::PATH.to_owned(), swift::code(tokens)),
    ])
}

#[cfg(test)]
mod tests;
