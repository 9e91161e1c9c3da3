package org.rockon.ui.theme

import androidx.compose.material3.ColorScheme
import androidx.compose.material3.darkColorScheme
import androidx.compose.material3.lightColorScheme
import org.rockon.ui.tokens.Palette

/** How the app looks. [SYSTEM] follows the phone; [STAGE] is black and never glows. */
enum class Look { SYSTEM, LIGHT, DARK, STAGE }

/** What Material's own parts draw with. */
internal fun Palette.scheme(isLight: Boolean): ColorScheme {
    val base = if (isLight) lightColorScheme() else darkColorScheme()
    return base.copy(
        primary = accent,
        onPrimary = onAccentGround,
        primaryContainer = accentGround,
        onPrimaryContainer = onAccentGround,
        secondaryContainer = chosenGround,
        onSecondaryContainer = onChosenGround,
        background = background,
        onBackground = text,
        surface = background,
        onSurface = text,
        surfaceVariant = surfaceHigh,
        onSurfaceVariant = textQuiet,
        surfaceContainerLowest = background,
        surfaceContainerLow = surface,
        surfaceContainer = surface,
        surfaceContainerHigh = surfaceHigh,
        surfaceContainerHighest = surfaceHigh,
        surfaceTint = accent,
        outline = outline,
        outlineVariant = line,
        error = danger,
        onError = background,
    )
}
