//! The tokens for Compose: colours by role, type, spacing and sizes.

use std::fmt::Write as _;

use super::{Colour, Theme, Tokens};
use crate::generated::first_line;
use crate::texts::camel;

/// Where it goes; nothing else is there.
pub(crate) const FOLDER: &str = "android/ui/src/main/kotlin/org/rockon/ui/tokens";

const HEAD: &str = "@file:Suppress(\"ktlint\")

package org.rockon.ui.tokens

import androidx.compose.ui.graphics.Color
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.sp

";

pub(super) fn code(tokens: &Tokens) -> String {
    let mut code = first_line("design/tokens.json") + HEAD;
    code += &roles(tokens);
    for (name, theme) in tokens.themes.all() {
        code += &of_theme(name, theme);
    }
    let styles = tokens.styles.iter().map(|(name, style)| {
        let (size, line, weight) = (style.size, style.line, style.weight);
        let made = format!(
            "TextStyle(fontSize = {size}.sp, lineHeight = {line}.sp, fontWeight = FontWeight({weight}))"
        );
        (name, &style.about, "TextStyle", made)
    });
    code += &object("TypeScale", "How large words are.", styles);
    let spaces = tokens.spacing.iter();
    let spaces = spaces.map(|(name, is)| (name, &is.about, "Dp", format!("{}.dp", is.size)));
    code += &object("Spacing", "Room between things.", spaces);
    let sizes = tokens.sizes.iter();
    let sizes = sizes.map(|(name, is)| (name, &is.about, "Dp", format!("{}.dp", is.android)));
    code + object("Sizes", "How large things are.", sizes).trim_end() + "\n"
}

fn roles(tokens: &Tokens) -> String {
    let mut code = format!(
        "/** {} */\npublic class Palette internal constructor(\n",
        tokens.about
    );
    for (name, role) in &tokens.roles {
        let _ = writeln!(
            code,
            "    /** {} */\n    public val {}: Color,",
            role.about,
            camel(name)
        );
    }
    code + ")\n\n"
}

fn of_theme(name: &str, theme: &Theme) -> String {
    let mut code = format!("public val {name}Palette: Palette = Palette(\n");
    for (role, Colour([red, green, blue])) in theme {
        let role = camel(role);
        let _ = writeln!(
            code,
            "    {role} = Color(0xFF{red:02X}{green:02X}{blue:02X}),"
        );
    }
    code + ")\n\n"
}

fn object<'a>(
    name: &str,
    about: &str,
    values: impl Iterator<Item = (&'a String, &'a String, &'static str, String)>,
) -> String {
    let mut code = format!("/** {about} */\npublic object {name} {{\n");
    for (name, about, kind, made) in values {
        let name = camel(name);
        let _ = writeln!(
            code,
            "    /** {about} */\n    public val {name}: {kind} = {made}"
        );
    }
    code + "}\n\n"
}
