// Made from design/tokens.json by `cargo xtask texts`. Change that, not this.
@file:Suppress("ktlint")

package org.rockon.ui.tokens

import androidx.compose.ui.graphics.Color
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.sp

/** Colours, type, spacing and sizes of both apps. A text has a contrast of at least 4.5 on the grounds it names, in the stage theme 7; a sign has 3. */
public class Palette internal constructor(
    /** Links, buttons without a ground, what is chosen. */
    public val accent: Color,
    /** The ground of the main button of a screen. */
    public val accentGround: Color,
    /** What a difference adds: with a plus. */
    public val addedGround: Color,
    /** Behind everything. */
    public val background: Color,
    /** The ground of a chosen tab or row. */
    public val chosenGround: Color,
    /** Delete, leave, what failed: with a word. */
    public val danger: Color,
    /** The ground of a button that deletes, or of a refused edit. */
    public val dangerGround: Color,
    /** Thin lines between things; nothing is told by it alone. */
    public val line: Color,
    /** Words on it. */
    public val onAccentGround: Color,
    /** Words on it. */
    public val onChosenGround: Color,
    /** Words on it. */
    public val onDangerGround: Color,
    /** Words on it. */
    public val onWarningGround: Color,
    /** The edge of a field or of an empty tick box. */
    public val outline: Color,
    /** What a difference takes away: with a minus. */
    public val removedGround: Color,
    /** Sent, live, done: with a sign and a word. */
    public val success: Color,
    /** Cards, sheets, bars. */
    public val surface: Color,
    /** What lies on a surface: menus, fields, a pressed row. */
    public val surfaceHigh: Color,
    /** What is read. */
    public val text: Color,
    /** What is read second: artist, time, hints. */
    public val textQuiet: Color,
    /** The dot of what was not looked at. */
    public val unread: Color,
    /** Offline, unsent, a conflict: with a sign and a word. */
    public val warning: Color,
    /** The ground of a strip that warns. */
    public val warningGround: Color,
)

public val lightPalette: Palette = Palette(
    accent = Color(0xFF0B5C7A),
    accentGround = Color(0xFF0B5C7A),
    addedGround = Color(0xFFD9F2DE),
    background = Color(0xFFFBFAF7),
    chosenGround = Color(0xFFD3E9F2),
    danger = Color(0xFFA3261B),
    dangerGround = Color(0xFFA3261B),
    line = Color(0xFFDDD9D0),
    onAccentGround = Color(0xFFFFFFFF),
    onChosenGround = Color(0xFF073B4F),
    onDangerGround = Color(0xFFFFFFFF),
    onWarningGround = Color(0xFF4A2E00),
    outline = Color(0xFF7C776C),
    removedGround = Color(0xFFFBDFDC),
    success = Color(0xFF1F6B33),
    surface = Color(0xFFFFFFFF),
    surfaceHigh = Color(0xFFF1EFEA),
    text = Color(0xFF1D1B17),
    textQuiet = Color(0xFF5B574E),
    unread = Color(0xFF0B7DA8),
    warning = Color(0xFF7A4B00),
    warningGround = Color(0xFFFFE9C2),
)

public val darkPalette: Palette = Palette(
    accent = Color(0xFF8CCFEA),
    accentGround = Color(0xFF8CCFEA),
    addedGround = Color(0xFF1A3B22),
    background = Color(0xFF14130F),
    chosenGround = Color(0xFF12465C),
    danger = Color(0xFFFFB0A6),
    dangerGround = Color(0xFF8C1D14),
    line = Color(0xFF38352E),
    onAccentGround = Color(0xFF04293A),
    onChosenGround = Color(0xFFD6EFF9),
    onDangerGround = Color(0xFFFFE9E6),
    onWarningGround = Color(0xFFFFE3AE),
    outline = Color(0xFF8F897C),
    removedGround = Color(0xFF4A1F1B),
    success = Color(0xFF8FD9A0),
    surface = Color(0xFF1D1C18),
    surfaceHigh = Color(0xFF2A2823),
    text = Color(0xFFF0EEE8),
    textQuiet = Color(0xFFB8B3A7),
    unread = Color(0xFF5CC0E8),
    warning = Color(0xFFF5C26B),
    warningGround = Color(0xFF4A3306),
)

public val stagePalette: Palette = Palette(
    accent = Color(0xFF9ADCF5),
    accentGround = Color(0xFF9ADCF5),
    addedGround = Color(0xFF0F2E17),
    background = Color(0xFF000000),
    chosenGround = Color(0xFF0A3547),
    danger = Color(0xFFFFB8AF),
    dangerGround = Color(0xFF5E120B),
    line = Color(0xFF3A3A3A),
    onAccentGround = Color(0xFF00222F),
    onChosenGround = Color(0xFFE3F6FD),
    onDangerGround = Color(0xFFFFEDEB),
    onWarningGround = Color(0xFFFFE6B3),
    outline = Color(0xFF9A9A9A),
    removedGround = Color(0xFF3A1512),
    success = Color(0xFF98E3AA),
    surface = Color(0xFF000000),
    surfaceHigh = Color(0xFF161616),
    text = Color(0xFFFFFFFF),
    textQuiet = Color(0xFFC4C4C4),
    unread = Color(0xFF66CCF2),
    warning = Color(0xFFFFCB6B),
    warningGround = Color(0xFF3D2A00),
)

/** How large words are. */
public object TypeScale {
    /** Sentences and notes. */
    public val body: TextStyle = TextStyle(fontSize = 16.sp, lineHeight = 24.sp, fontWeight = FontWeight(400))
    /** The second line of a row; hints under fields. */
    public val detail: TextStyle = TextStyle(fontSize = 14.sp, lineHeight = 20.sp, fontWeight = FontWeight(400))
    /** The title of a screen that shows one thing. */
    public val display: TextStyle = TextStyle(fontSize = 32.sp, lineHeight = 40.sp, fontWeight = FontWeight(700))
    /** Gig mode: key, capo and tempo. */
    public val gigKey: TextStyle = TextStyle(fontSize = 48.sp, lineHeight = 52.sp, fontWeight = FontWeight(700))
    /** Gig mode: what is next, the position, the clock. */
    public val gigNext: TextStyle = TextStyle(fontSize = 22.sp, lineHeight = 28.sp, fontWeight = FontWeight(500))
    /** Gig mode: notes, at most; they shrink to fit. */
    public val gigNotes: TextStyle = TextStyle(fontSize = 40.sp, lineHeight = 48.sp, fontWeight = FontWeight(500))
    /** Gig mode: the title, at most; it shrinks to fit. */
    public val gigTitle: TextStyle = TextStyle(fontSize = 88.sp, lineHeight = 92.sp, fontWeight = FontWeight(700))
    /** Tabs, badges, heads of groups. */
    public val label: TextStyle = TextStyle(fontSize = 13.sp, lineHeight = 16.sp, fontWeight = FontWeight(600))
    /** The first line of a row; fields. */
    public val row: TextStyle = TextStyle(fontSize = 17.sp, lineHeight = 24.sp, fontWeight = FontWeight(500))
    /** The bar of a screen; the head of a card. */
    public val title: TextStyle = TextStyle(fontSize = 22.sp, lineHeight = 28.sp, fontWeight = FontWeight(600))
}

/** Room between things. */
public object Spacing {
    /** Between a sign and its number. */
    public val hair: Dp = 2.dp
    /** Between groups. */
    public val huge: Dp = 24.dp
    /** The edge of the screen; between cards. */
    public val large: Dp = 16.dp
    /** Between things that belong together. */
    public val medium: Dp = 8.dp
    /** Above and below an empty state. */
    public val screen: Dp = 32.dp
    /** Inside a row, between its lines. */
    public val small: Dp = 4.dp
}

/** How large things are. */
public object Sizes {
    /** The corner of a card. */
    public val corner: Dp = 12.dp
    /** The corner of a field or button. */
    public val cornerSmall: Dp = 8.dp
    /** The dot of what is unread. */
    public val dot: Dp = 10.dp
    /** An icon. */
    public val icon: Dp = 24.dp
    /** The widest column of text. */
    public val readable: Dp = 640.dp
    /** The least height of a row with two lines. */
    public val row: Dp = 64.dp
    /** The least height and width of what is tapped. */
    public val touch: Dp = 48.dp
    /** The same in gig mode, for a wet hand. */
    public val touchGig: Dp = 64.dp
}
