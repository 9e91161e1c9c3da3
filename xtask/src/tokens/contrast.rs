//! Contrast by WCAG 2.2: relative luminance of sRGB colours, and what each sort of role needs.

use serde::Deserialize;

use super::{Role, Sort, Theme, Tokens};

/// An opaque colour, written `#RRGGBB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Colour(pub(super) [u8; 3]);

impl TryFrom<String> for Colour {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let digits = text.strip_prefix('#').filter(|rest| rest.len() == 6);
        let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let [_, rgb @ ..] = number
            .ok_or(format!("{text} is not #RRGGBB"))?
            .to_be_bytes();
        Ok(Self(rgb))
    }
}

impl Colour {
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Between 1 and 21.
    pub(super) fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }
}

/// The least contrast that a role needs in a theme.
fn needed(sort: Sort, theme: &str) -> Option<f64> {
    match (sort, theme) {
        (Sort::Text, "stage") => Some(7.0),
        (Sort::Text, _) => Some(4.5),
        (Sort::Sign, _) => Some(3.0),
        (Sort::Ground | Sort::Decoration, _) => None,
    }
}

/// What is wrong with the colours.
pub(super) fn faults(tokens: &Tokens) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, role) in &tokens.roles {
        let seen = matches!(role.is, Sort::Text | Sort::Sign);
        if seen == role.on.is_empty() {
            faults.push(format!(
                "{name}: a text or sign names its grounds, nothing else does"
            ));
        }
        let ground = |on: &&String| tokens.roles.get(*on).is_none_or(|r| r.is != Sort::Ground);
        let strange = role.on.iter().filter(ground);
        faults.extend(strange.map(|on| format!("{name}: {on} is no ground")));
    }
    for (theme, colours) in tokens.themes.all() {
        let unknown = colours
            .keys()
            .filter(|role| !tokens.roles.contains_key(*role));
        faults.extend(unknown.map(|role| format!("{theme}: {role} is no role")));
        for (name, role) in &tokens.roles {
            faults.extend(of_role(theme, colours, name, role));
        }
    }
    faults
}

fn of_role(theme: &str, colours: &Theme, name: &str, role: &Role) -> Vec<String> {
    let Some(colour) = colours.get(name) else {
        return vec![format!("{theme}: {name} has no colour")];
    };
    let Some(needed) = needed(role.is, theme) else {
        return Vec::new();
    };
    let grounds = role.on.iter().filter_map(|on| Some((on, colours.get(on)?)));
    let contrasts = grounds.map(|(on, ground)| (on, colour.contrast(*ground)));
    let faint = contrasts.filter(|(_, contrast)| *contrast < needed);
    faint
        .map(|(on, is)| format!("{theme}: {name} on {on} has {is:.2}, needs {needed}"))
        .collect()
}
