//! The tokens for Swift, as numbers: without `SwiftUI`, so that models and tests on Linux take them too.

use std::fmt::Write as _;

use super::{Colour, Theme, Tokens};
use crate::generated::first_line;
use crate::texts::camel;

/// Where it goes.
pub(super) const PATH: &str = "ios/Package/Sources/Design/Tokens.swift";

/// The types that the values are of.
const TYPES: &str = "/// How large words are, in points, and how bold, from 100 to 900.
public struct TypeStyle: Sendable, Hashable {
  public let size: Double
  public let line: Double
  public let weight: Int
}

";

pub(super) fn code(tokens: &Tokens) -> String {
    let mut code = first_line("design/tokens.json") + "\n" + &roles(tokens);
    code += "extension Palette {\n";
    for (name, theme) in tokens.themes.all() {
        code += &of_theme(name, theme);
    }
    code = code.trim_end().to_owned() + "\n}\n\n" + TYPES;
    let styles = tokens.styles.iter().map(|(name, style)| {
        let (size, line, weight) = (style.size, style.line, style.weight);
        let made = format!("TypeStyle(size: {size}, line: {line}, weight: {weight})");
        (name, &style.about, "TypeStyle", made)
    });
    code += &group("TypeScale", "How large words are.", styles);
    let spaces = tokens.spacing.iter();
    let spaces = spaces.map(|(name, is)| (name, &is.about, "Double", is.size.to_string()));
    code += &group("Spacing", "Room between things, in points.", spaces);
    let sizes = tokens.sizes.iter();
    let sizes = sizes.map(|(name, is)| (name, &is.about, "Double", is.ios.to_string()));
    code + group("Sizes", "How large things are, in points.", sizes).trim_end() + "\n"
}

fn roles(tokens: &Tokens) -> String {
    let mut code = format!("/// {}\n/// Colours are `0xRRGGBB`.\n", tokens.about);
    code += "public struct Palette: Sendable, Hashable {\n";
    for (name, role) in &tokens.roles {
        let _ = writeln!(
            code,
            "  /// {}\n  public let {}: UInt32",
            role.about,
            camel(name)
        );
    }
    code + "}\n\n"
}

fn of_theme(name: &str, theme: &Theme) -> String {
    let mut code =
        format!("  /// The colours of the {name} theme.\n  public static let {name} = Palette(\n");
    let colours = theme.iter().map(|(role, Colour([red, green, blue]))| {
        format!("    {}: 0x{red:02X}{green:02X}{blue:02X}", camel(role))
    });
    code += &colours.collect::<Vec<_>>().join(",\n");
    code + ")\n\n"
}

fn group<'a>(
    name: &str,
    about: &str,
    values: impl Iterator<Item = (&'a String, &'a String, &'static str, String)>,
) -> String {
    let mut code = format!("/// {about}\npublic enum {name} {{\n");
    for (name, about, kind, made) in values {
        let name = camel(name);
        let _ = writeln!(
            code,
            "  /// {about}\n  public static let {name}: {kind} = {made}"
        );
    }
    code + "}\n\n"
}
