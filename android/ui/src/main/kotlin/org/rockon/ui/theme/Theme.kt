package org.rockon.ui.theme

import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Typography
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.sp

/** The colours of the theme around. */
val LocalColours = staticCompositionLocalOf { Dark }

/** Distances and sizes, once. */
object Sizes {
    /** Between parts of one thing. */
    val tight = 4.dp

    /** Between things that belong together. */
    val near = 8.dp

    /** From the edge of the screen, and between groups. */
    val edge = 16.dp

    /** Between sections. */
    val far = 24.dp

    /** The least that a finger meets. */
    val touch = 48.dp

    /** A row of a list. */
    val row = 68.dp

    /** The mark of what is unread. */
    val dot = 10.dp

    /** A sign. */
    val icon = 24.dp

    /** Lines are read best up to here. */
    val text = 640.dp
}

private val Type =
    Typography(
        displaySmall = TextStyle(fontSize = 34.sp, lineHeight = 40.sp, fontWeight = FontWeight.Bold),
        headlineMedium = TextStyle(fontSize = 28.sp, lineHeight = 34.sp, fontWeight = FontWeight.Bold),
        titleLarge = TextStyle(fontSize = 20.sp, lineHeight = 26.sp, fontWeight = FontWeight.SemiBold),
        titleMedium = TextStyle(fontSize = 17.sp, lineHeight = 22.sp, fontWeight = FontWeight.Medium),
        titleSmall = TextStyle(fontSize = 14.sp, lineHeight = 20.sp, fontWeight = FontWeight.SemiBold),
        bodyLarge = TextStyle(fontSize = 17.sp, lineHeight = 24.sp),
        bodyMedium = TextStyle(fontSize = 15.sp, lineHeight = 20.sp),
        bodySmall = TextStyle(fontSize = 13.sp, lineHeight = 18.sp),
        labelLarge = TextStyle(fontSize = 16.sp, lineHeight = 20.sp, fontWeight = FontWeight.SemiBold),
        labelMedium = TextStyle(fontSize = 13.sp, lineHeight = 16.sp, fontWeight = FontWeight.Medium),
    )

/** Everything of the app is drawn inside of this. */
@Composable
fun RockOnTheme(
    modifier: Modifier = Modifier,
    look: Look = Look.SYSTEM,
    content: @Composable () -> Unit,
) {
    val colours =
        when (look) {
            Look.LIGHT -> Light
            Look.DARK -> Dark
            Look.STAGE -> Stage
            Look.SYSTEM -> if (isSystemInDarkTheme()) Dark else Light
        }
    CompositionLocalProvider(LocalColours provides colours) {
        MaterialTheme(colorScheme = colours.scheme(), typography = Type) {
            Surface(modifier, color = colours.page, contentColor = colours.ink, content = content)
        }
    }
}
