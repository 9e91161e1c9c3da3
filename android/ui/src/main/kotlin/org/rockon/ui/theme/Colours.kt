package org.rockon.ui.theme

import androidx.compose.material3.ColorScheme
import androidx.compose.material3.darkColorScheme
import androidx.compose.material3.lightColorScheme
import androidx.compose.runtime.Immutable
import androidx.compose.ui.graphics.Color

/** How the app looks. [SYSTEM] follows the phone; [STAGE] is black and never glows. */
enum class Look { SYSTEM, LIGHT, DARK, STAGE }

/**
 * Colours by what they say.
 *
 * @property page behind everything
 * @property raised a card, a field, a bar on it
 * @property line between things
 * @property ink what is read first
 * @property quiet what is read second
 * @property accent what can be touched, and what is new
 * @property onAccent text on it
 * @property notice behind a word about the network or about what waits
 * @property onNotice text on it
 * @property wrong what went wrong
 */
@Immutable
data class Colours(
    val page: Color,
    val raised: Color,
    val line: Color,
    val ink: Color,
    val quiet: Color,
    val accent: Color,
    val onAccent: Color,
    val notice: Color,
    val onNotice: Color,
    val wrong: Color,
    val isLight: Boolean,
)

internal val Light =
    Colours(
        page = Color(0xFFFAF8F5),
        raised = Color(0xFFFFFFFF),
        line = Color(0xFFD9D3CA),
        ink = Color(0xFF1C1A17),
        quiet = Color(0xFF5C564D),
        accent = Color(0xFF8A4700),
        onAccent = Color(0xFFFFFFFF),
        notice = Color(0xFFFFE7C2),
        onNotice = Color(0xFF3D2600),
        wrong = Color(0xFFB3261E),
        isLight = true,
    )

internal val Dark =
    Colours(
        page = Color(0xFF141312),
        raised = Color(0xFF211F1D),
        line = Color(0xFF45413B),
        ink = Color(0xFFF0ECE5),
        quiet = Color(0xFFBDB6AB),
        accent = Color(0xFFFFB95C),
        onAccent = Color(0xFF3A2100),
        notice = Color(0xFF46320F),
        onNotice = Color(0xFFFFE3B8),
        wrong = Color(0xFFFFB4AB),
        isLight = false,
    )

internal val Stage =
    Colours(
        page = Color(0xFF000000),
        raised = Color(0xFF101010),
        line = Color(0xFF4A4A4A),
        ink = Color(0xFFFFFFFF),
        quiet = Color(0xFFD2D2D2),
        accent = Color(0xFFFFC24B),
        onAccent = Color(0xFF000000),
        notice = Color(0xFF2B2008),
        onNotice = Color(0xFFFFE3B8),
        wrong = Color(0xFFFFB4AB),
        isLight = false,
    )

/** What Material's own parts draw with. */
internal fun Colours.scheme(): ColorScheme {
    val base = if (isLight) lightColorScheme() else darkColorScheme()
    return base.copy(
        primary = accent,
        onPrimary = onAccent,
        primaryContainer = accent,
        onPrimaryContainer = onAccent,
        secondaryContainer = notice,
        onSecondaryContainer = onNotice,
        background = page,
        onBackground = ink,
        surface = page,
        onSurface = ink,
        surfaceVariant = raised,
        onSurfaceVariant = quiet,
        surfaceContainerLowest = page,
        surfaceContainerLow = raised,
        surfaceContainer = raised,
        surfaceContainerHigh = raised,
        surfaceContainerHighest = raised,
        surfaceTint = accent,
        outline = quiet,
        outlineVariant = line,
        error = wrong,
        onError = page,
    )
}
