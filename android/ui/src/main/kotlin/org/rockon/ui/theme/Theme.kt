package org.rockon.ui.theme

import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Typography
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.remember
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.Modifier
import org.rockon.ui.texts.Language
import org.rockon.ui.texts.Texts
import org.rockon.ui.tokens.TypeScale
import org.rockon.ui.tokens.darkPalette
import org.rockon.ui.tokens.lightPalette
import org.rockon.ui.tokens.stagePalette

/** The colours of the theme around. */
val LocalColours = staticCompositionLocalOf { darkPalette }

/** The sentences of the language around. */
val LocalTexts = staticCompositionLocalOf { Texts(Language.ENGLISH) }

private val Type = Typography(
    displaySmall = TypeScale.display,
    headlineMedium = TypeScale.display,
    titleLarge = TypeScale.title,
    titleMedium = TypeScale.row,
    titleSmall = TypeScale.label,
    bodyLarge = TypeScale.body,
    bodyMedium = TypeScale.detail,
    bodySmall = TypeScale.detail,
    labelLarge = TypeScale.row,
    labelMedium = TypeScale.label,
)

/** Dark words on a light ground. */
@Composable
fun Look.isLight(): Boolean = this == Look.LIGHT || (this == Look.SYSTEM && !isSystemInDarkTheme())

/** Everything of the app is drawn inside of this. */
@Composable
fun RockOnTheme(
    modifier: Modifier = Modifier,
    look: Look = Look.SYSTEM,
    language: Language = Language.ENGLISH,
    content: @Composable () -> Unit,
) {
    val isLight = look.isLight()
    val palette =
        when {
            look == Look.STAGE -> stagePalette
            isLight -> lightPalette
            else -> darkPalette
        }
    val texts = remember(language) { Texts(language) }
    CompositionLocalProvider(LocalColours provides palette, LocalTexts provides texts) {
        MaterialTheme(colorScheme = palette.scheme(isLight), typography = Type) {
            Surface(modifier, color = palette.background, contentColor = palette.text, content = content)
        }
    }
}
